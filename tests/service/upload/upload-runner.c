/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The uploading half of Chorus without a window, to be killed and started again: opens a store, loads the queue, adds what
 * of a folder is not in the store yet, and ends when everything has come to its end.
 *
 * The service may move. Its new address is given as a line on the standard input, as the application is told by
 * ChorusLocalStation; what had failed meanwhile is then tried again, as a person would. The last line of the output says
 * how it went, in JSON. */

#include "store/chorus-schema.h"
#include "upload/chorus-upload-queue.h"

#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *store_path;
  char *profile;
  char *url;
  char *token_file;
  char *deployment;
  char *add;
  int retry_delay;

  GMainLoop *loop;
  ChorusStore *store;
  ChorusUploadQueue *queue;
  GString *input; /* of which the line is not complete */
  guint input_id;
  guint n_adding;
  gboolean loaded;
  char *error;
} UploadRunner;

static void
upload_runner_fail (UploadRunner *self,
                    const GError *error)
{
  if (!self->error)
    self->error = g_strdup (error->message);
  g_main_loop_quit (self->loop);
}

static const char *
upload_runner_get_state (ChorusUpload *upload)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CHORUS_TYPE_UPLOAD_STATE);

  return g_intern_string (g_enum_get_value (klass, (int) chorus_upload_get_state (upload))->value_nick);
}

/* What is left to do is what moves by itself, and what has failed: the next address may change that. */
static void
upload_runner_look (UploadRunner *self)
{
  static const char *const over[] = { "sent", "refused", "may-have-arrived", "needs-file", "canceled", NULL };

  if (!self->loaded || self->n_adding > 0)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (!g_strv_contains (over, upload_runner_get_state (upload)))
        return;
    }
  g_main_loop_quit (self->loop);
}

static ChorusClient *
upload_runner_make_client (UploadRunner *self)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusServer) server = chorus_server_new (self->url, NULL, NULL, &error);
  g_autoptr (ChorusSession) session = server ? chorus_session_new (server) : NULL;

  if (!server || !g_file_get_contents (self->token_file, &token, NULL, &error))
    {
      upload_runner_fail (self, error);
      return NULL;
    }
  chorus_session_set_tokens (session, g_strstrip (token), NULL);

  return chorus_client_new (session);
}

static void
upload_runner_move (UploadRunner *self,
                    const char   *url)
{
  g_autoptr (ChorusClient) client = NULL;

  g_free (self->url);
  self->url = g_strdup (url);
  client = upload_runner_make_client (self);
  if (!client)
    return;
  chorus_upload_queue_set_client (self->queue, client);
  chorus_upload_queue_set_paused (self->queue, FALSE);
  chorus_upload_queue_retry_failed (self->queue);
}

static gboolean
upload_runner_told_cb (int          fd,
                       GIOCondition condition,
                       gpointer     user_data)
{
  UploadRunner *self = user_data;
  char buffer[1024];
  gssize n = read (fd, buffer, sizeof buffer);
  char *end = NULL;

  /* Nobody is left who could tell. */
  if (n <= 0)
    {
      self->input_id = 0;
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }

  g_string_append_len (self->input, buffer, n);
  while ((end = strchr (self->input->str, '\n')))
    {
      g_autofree char *line = g_strndup (self->input->str, (gsize) (end - self->input->str));

      g_string_erase (self->input, 0, end - self->input->str + 1);
      upload_runner_move (self, line);
    }

  return G_SOURCE_CONTINUE;
}

static void
upload_runner_changed_cb (ChorusUploadQueue *queue,
                          gint64             recording_id,
                          ChorusUploadState  state,
                          double             progress,
                          const char        *reason,
                          UploadRunner      *self)
{
  upload_runner_look (self);
}

static void
upload_runner_added_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  UploadRunner *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!chorus_upload_queue_add_finish (CHORUS_UPLOAD_QUEUE (object), result, NULL, NULL, NULL, &error))
    upload_runner_fail (self, error);
  self->n_adding--;
  upload_runner_look (self);
}

/* Adding may have been cut short by a kill: whoever dropped the folder drops again what did not appear. */
static gpointer
upload_runner_read_paths (ChorusDatabase  *db,
                          gpointer         data,
                          GError         **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "SELECT local_path FROM recordings WHERE local_path IS NOT NULL", error);

  if (!statement)
    return NULL;
  while (chorus_statement_step (statement, error) == CHORUS_STEP_ROW)
    g_hash_table_add (paths, chorus_statement_dup_text (statement, 0));

  return *error ? NULL : g_steal_pointer (&paths);
}

static void
upload_runner_paths_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  UploadRunner *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) paths = chorus_store_run_finish (CHORUS_STORE (object), result, &error);
  g_autoptr (GDir) dir = paths ? g_dir_open (self->add, 0, &error) : NULL;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  const char *name = NULL;

  if (!dir)
    {
      upload_runner_fail (self, error);
      return;
    }
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->add, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (!g_hash_table_contains (paths, path))
        g_list_store_append (files, file);
    }
  chorus_upload_queue_add_async (self->queue, G_LIST_MODEL (files), self->deployment, CHORUS_UPLOAD_ADD_NONE, NULL,
                                 upload_runner_added_cb, self);
}

static void
upload_runner_loaded_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  UploadRunner *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!chorus_upload_queue_load_finish (CHORUS_UPLOAD_QUEUE (object), result, &error))
    {
      upload_runner_fail (self, error);
      return;
    }
  self->loaded = TRUE;
  if (self->add)
    {
      self->n_adding++;
      chorus_store_run_async (self->store, upload_runner_read_paths, NULL, NULL, (GDestroyNotify) g_hash_table_unref,
                              NULL, upload_runner_paths_cb, self);
    }
  upload_runner_look (self);
}

/* {"total": 3, "states": {"sent": 2, "failed": 1}, "reasons": ["..."], "error": null} */
static void
upload_runner_report (UploadRunner *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonObject) states = json_object_new ();
  g_autoptr (JsonArray) reasons = json_array_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->queue), i);
      const char *state = upload_runner_get_state (upload);

      json_object_set_int_member (states, state, json_object_get_int_member_with_default (states, state, 0) + 1);
      if (strcmp (state, "sent") != 0 && chorus_upload_get_reason (upload))
        json_array_add_string_element (reasons, chorus_upload_get_reason (upload));
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "total");
  json_builder_add_int_value (builder, n);
  json_builder_set_member_name (builder, "states");
  json_builder_add_value (builder, json_node_init_object (json_node_alloc (), states));
  json_builder_set_member_name (builder, "reasons");
  json_builder_add_value (builder, json_node_init_array (json_node_alloc (), reasons));
  json_builder_set_member_name (builder, "error");
  json_builder_add_string_value (builder, self->error);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

static gboolean
upload_runner_parse (UploadRunner  *self,
                     int            argc,
                     char          *argv[],
                     GError       **error)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store_path, "The store", "FILE" },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &self->profile, "The profile", "ID" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &self->url, "Where the service is", "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &self->token_file, "What holds the token", "FILE" },
    { "deployment", 0, 0, G_OPTION_ARG_STRING, &self->deployment, "Where to send to", "ID" },
    { "add", 0, 0, G_OPTION_ARG_FILENAME, &self->add, "What to send, unless the store has it", "FOLDER" },
    { "retry-delay", 0, 0, G_OPTION_ARG_INT, &self->retry_delay, "Before the second attempt", "MILLISECONDS" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (self->store_path && self->profile && self->url && self->token_file && self->deployment && self->retry_delay > 0)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "An option is missing.");

  return FALSE;
}

static void
upload_runner_run (UploadRunner *self)
{
  g_autoptr (ChorusClient) client = upload_runner_make_client (self);

  if (!client)
    return;
  self->queue = chorus_upload_queue_new (self->store, client, self->profile);
  chorus_upload_queue_set_retry_delay (self->queue, (guint) self->retry_delay);
  g_signal_connect (self->queue, "recording-changed", G_CALLBACK (upload_runner_changed_cb), self);
  self->input_id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, upload_runner_told_cb, self);
  chorus_upload_queue_load_async (self->queue, NULL, upload_runner_loaded_cb, self);
  g_main_loop_run (self->loop);
  g_clear_handle_id (&self->input_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->queue, self);
  upload_runner_report (self);
}

int
main (int   argc,
      char *argv[])
{
  UploadRunner self = { .retry_delay = 200 };
  g_autoptr (GError) error = NULL;
  int status = EXIT_FAILURE;

  setlocale (LC_ALL, "");
  self.loop = g_main_loop_new (NULL, FALSE);
  self.input = g_string_new (NULL);
  if (upload_runner_parse (&self, argc, argv, &error))
    self.store = chorus_store_open (self.store_path, chorus_schema_get_migrations (), &error);
  if (self.store)
    upload_runner_run (&self);
  else
    g_printerr ("upload-runner: %s\n", error->message);
  if (self.store && !self.error)
    status = EXIT_SUCCESS;

  g_clear_object (&self.queue);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  if (self.store)
    chorus_store_close (self.store);
  g_clear_object (&self.store);
  g_main_loop_unref (self.loop);
  g_string_free (self.input, TRUE);
  g_free (self.store_path);
  g_free (self.profile);
  g_free (self.url);
  g_free (self.token_file);
  g_free (self.deployment);
  g_free (self.add);
  g_free (self.error);

  return status;
}
