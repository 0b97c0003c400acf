/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that throws away what it is sent. With a certificate and a key it speaks TLS. Prints its port, and then for
 * each request the number of bytes of its body. Ends with its standard input. */

#include <gio/gunixinputstream.h>
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

static void
bench_chunk_cb (SoupServerMessage *message,
                GBytes            *chunk,
                guint64           *n_bytes)
{
  *n_bytes += g_bytes_get_size (chunk);
}

static void
bench_early_cb (SoupServer        *server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  guint64 *n_bytes = g_new0 (guint64, 1);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), "n-bytes", n_bytes, g_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (bench_chunk_cb), n_bytes);
}

static void
bench_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  static const char answer[] = "{\"files\":[]}";
  guint64 *n_bytes = g_object_get_data (G_OBJECT (message), "n-bytes");

  printf ("%" G_GUINT64_FORMAT "\n", n_bytes ? *n_bytes : 0);
  fflush (stdout);
  soup_server_message_set_status (message, SOUP_STATUS_CREATED, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, answer, strlen (answer));
}

static void
bench_input_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_main_loop_quit (user_data);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new ("server-header", NULL, NULL);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  GSList *uris = NULL;
  char byte = 0;

  if (argc > 2)
    {
      certificate = g_tls_certificate_new_from_files (argv[1], argv[2], &error);
      if (!certificate)
        g_error ("%s", error->message);
      soup_server_set_tls_certificate (server, certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  soup_server_add_early_handler (server, NULL, bench_early_cb, NULL, NULL);
  soup_server_add_handler (server, NULL, bench_cb, NULL, NULL);
  if (!soup_server_listen_local (server, 0, options, &error))
    g_error ("%s", error->message);

  uris = soup_server_get_uris (server);
  printf ("%d\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_input_stream_read_async (input, &byte, 1, G_PRIORITY_DEFAULT, NULL, bench_input_cb, loop);
  g_main_loop_run (loop);

  return 0;
}
