/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends files in one request, as Chorus does. */

#include "api/chorus-client.h"
#include "upload/chorus-upload-body.h"

#include <stdlib.h>

static char *trust = NULL;
static char **arguments = NULL;

static const GOptionEntry entries[] = {
  { "trust", 0, 0, G_OPTION_ARG_FILENAME, &trust, "Trust the certificates in FILE and no others", "FILE" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, "URL FILE…" },
  { NULL },
};

typedef struct
{
  GMainLoop *loop;
  gboolean sent;
} Bench;

static void
bench_sent_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Bench *bench = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = chorus_client_upload_finish (CHORUS_CLIENT (source), result, &error);

  bench->sent = files != NULL;
  if (error)
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (bench->loop);
}

static gboolean
bench_add (ChorusUploadBody  *body,
           const char        *path,
           GError           **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file,
                       G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                      "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                       G_FILE_QUERY_INFO_NONE, NULL, error);
  ChorusUploadPart part = { 0 };
  g_autoptr (GDateTime) modified = info ? g_file_info_get_modification_date_time (info) : NULL;

  if (!modified)
    return FALSE;
  part.size = g_file_info_get_size (info);
  chorus_upload_body_add_part (body, file, "wav", CHORUS_UPLOAD_METHOD_WHOLE, part.size,
                               g_date_time_to_unix (modified) * G_USEC_PER_SEC + g_date_time_get_microsecond (modified),
                               &part);

  return TRUE;
}

/* What the backend trusts is what libsoup trusts that was told nothing else, which is how Chorus uses it. */
static gboolean
bench_trust (const char  *path,
             GError     **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (absolute, error);

  if (database)
    g_tls_backend_set_default_database (g_tls_backend_get_default (), database);

  return database != NULL;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ChorusUploadBody) body = chorus_upload_body_new ();
  g_autoptr (ChorusServer) server = NULL;
  g_autoptr (ChorusSession) session = NULL;
  g_autoptr (ChorusClient) client = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { loop, FALSE };

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || (trust && !bench_trust (trust, &error)))
    goto failed;
  if (!arguments || !arguments[1])
    {
      g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "An address and files are needed.");
      goto failed;
    }
  server = chorus_server_new (arguments[0], "Bench", NULL, &error);
  if (!server)
    goto failed;
  for (guint i = 1; arguments[i]; i++)
    if (!bench_add (body, arguments[i], &error))
      goto failed;

  session = chorus_session_new (server);
  chorus_session_set_tokens (session, "token", NULL);
  client = chorus_client_new (session);
  chorus_client_upload_async (client, "deployment", G_INPUT_STREAM (body), chorus_upload_body_get_length (body), NULL,
                              NULL, NULL, NULL, bench_sent_cb, &bench);
  g_main_loop_run (loop);

  return bench.sent ? EXIT_SUCCESS : EXIT_FAILURE;

failed:
  g_printerr ("%s\n", error->message);

  return EXIT_FAILURE;
}
