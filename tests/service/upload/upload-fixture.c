/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Where a queue that comes to rest may leave an upload. */
static const char *const upload_fixture_settled[] = {
  "sent", "failed", "refused", "may-have-arrived", "needs-file", "canceled", "paused", NULL,
};

/* The recordings. */

/* A recording may last five minutes: more samples than this have to be of a higher rate. */
#define UPLOAD_RECORDINGS_MAX_SLOW 1000000

static GByteArray *
upload_recordings_make (guint32 seed,
                        guint32 n_samples)
{
  GByteArray *bytes = g_byte_array_sized_new (44 + 2 * n_samples);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint32 riff = GUINT32_TO_LE (36 + 2 * n_samples);
  guint32 size = GUINT32_TO_LE (2 * n_samples);
  guint32 rate = n_samples > UPLOAD_RECORDINGS_MAX_SLOW ? 48000 : 8000;
  guint32 rates[2] = { GUINT32_TO_LE (rate), GUINT32_TO_LE (2 * rate) };

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  g_byte_array_append (bytes, (guint8 *) &riff, 4);
  g_byte_array_append (bytes, (const guint8 *) "WAVEfmt \x10\0\0\0\1\0\1\0", 16);
  g_byte_array_append (bytes, (guint8 *) rates, 8);
  g_byte_array_append (bytes, (const guint8 *) "\2\0\x10\0data", 8);
  g_byte_array_append (bytes, (guint8 *) &size, 4);
  for (guint32 i = 0; i < n_samples; i++)
    {
      gint16 sample = GINT16_TO_LE ((gint16) (g_rand_int (random) >> 18) - 8192);

      g_byte_array_append (bytes, (guint8 *) &sample, 2);
    }

  return bytes;
}

char *
upload_recordings_write (const char *path,
                         guint32     seed,
                         guint32     n_samples)
{
  g_autoptr (GByteArray) bytes = upload_recordings_make (seed, n_samples);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

char *
upload_recordings_shorten (const char *path,
                           guint32     n_samples)
{
  guint32 riff = GUINT32_TO_LE (36 + 2 * n_samples);
  guint32 size = GUINT32_TO_LE (2 * n_samples);
  g_autofree char *contents = NULL;
  gsize length = 0;
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, &riff, 4, 4), ==, 4);
  g_assert_cmpint (pwrite (fd, &size, 4, 40), ==, 4);
  g_assert_cmpint (ftruncate (fd, 44 + 2 * (off_t) n_samples), ==, 0);
  close (fd);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, length);
}

UploadRecordings *
upload_recordings_new (const char *parent,
                       guint       n,
                       guint32     n_samples)
{
  UploadRecordings *self = g_new0 (UploadRecordings, 1);
  g_autofree char *template = g_build_filename (parent, "card-XXXXXX", NULL);

  self->folder = g_strdup (g_mkdtemp (template));
  g_assert_nonnull (self->folder);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->sha256s = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      char *name = g_strdup_printf ("20250604_%02u%02u00.WAV", 5 + i / 12, i % 12 * 5);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_ptr_array_add (self->names, name);
      g_ptr_array_add (self->sha256s, upload_recordings_write (path, i + 1, n_samples + (i % 2 ? 20 * i : 0)));
    }

  return self;
}

void
upload_recordings_free (UploadRecordings *self)
{
  chorus_test_remove_folder (self->folder);
  g_free (self->folder);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->sha256s);
  g_free (self);
}

/* The queue. */

static void
upload_fixture_open_queue (UploadFixture *self,
                           ChorusClient  *client)
{
  self->queue = chorus_upload_queue_new (self->store, client, "profile");
  chorus_upload_queue_set_retry_delay (self->queue, 1);
}

void
upload_fixture_open (UploadFixture *self,
                     const char    *store_path,
                     const char    *url,
                     const char    *refresh_token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusServer) server = chorus_server_new (url, NULL, NULL, &error);
  g_autoptr (ChorusSession) session = NULL;

  g_assert_no_error (error);
  session = chorus_session_new (server);
  chorus_session_set_tokens (session, "access", refresh_token);
  self->client = chorus_client_new (session);
  self->store = chorus_store_open (store_path, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  upload_fixture_open_queue (self, NULL);
}

void
upload_fixture_close_queue (UploadFixture *self)
{
  if (self->queue)
    g_assert_finalize_object (g_steal_pointer (&self->queue));
}

void
upload_fixture_reopen_queue (UploadFixture *self)
{
  g_autoptr (GError) error = NULL;

  upload_fixture_close_queue (self);
  upload_fixture_open_queue (self, self->client);
  upload_fixture_load (self, &error);
  g_assert_no_error (error);
}

static gboolean
upload_fixture_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
upload_fixture_close (UploadFixture *self)
{
  ChorusStore *store = self->store;
  guint tick = 0;

  upload_fixture_close_queue (self);
  g_clear_object (&self->client);
  if (!store)
    return;

  /* What was under way holds the store until it has wound down. The last reference may go in another thread, which wakes
   * nobody. */
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_clear_object (&self->store);
  tick = g_timeout_add (10, upload_fixture_tick_cb, NULL);
  chorus_test_wait (g_atomic_pointer_get (&store) == NULL);
  g_source_remove (tick);
}

gboolean
upload_fixture_add (UploadFixture  *self,
                    const char     *folder,
                    GError        **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GAsyncResult) result = NULL;

  g_list_store_append (files, file);
  chorus_upload_queue_add_async (self->queue, G_LIST_MODEL (files), CHORUS_UPLOAD_SERVER_DEPLOYMENT,
                                 CHORUS_UPLOAD_ADD_NONE, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_upload_queue_add_finish (self->queue, result, NULL, NULL, NULL, error);
}

void
upload_fixture_send_all (UploadFixture *self)
{
  chorus_test_wait (upload_fixture_count (self, "ready") == g_list_model_get_n_items (G_LIST_MODEL (self->queue)));
  chorus_upload_queue_set_client (self->queue, self->client);
}

gboolean
upload_fixture_load (UploadFixture  *self,
                     GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_upload_queue_load_async (self->queue, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_upload_queue_load_finish (self->queue, result, error);
}

const char *
upload_fixture_get_state (ChorusUpload *upload)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CHORUS_TYPE_UPLOAD_STATE);
  const GEnumValue *value = g_enum_get_value (klass, (int) chorus_upload_get_state (upload));

  g_assert_nonnull (value);

  return g_intern_string (value->value_nick);
}

guint
upload_fixture_count (UploadFixture *self,
                      const char    *state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      n += g_strcmp0 (upload_fixture_get_state (upload), state) == 0;
    }

  return n;
}

gboolean
upload_fixture_is_settled (UploadFixture *self)
{
  gboolean paused = chorus_upload_queue_get_paused (self->queue);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      const char *state = upload_fixture_get_state (upload);

      if (!g_strv_contains (upload_fixture_settled, state) && !(paused && strcmp (state, "ready") == 0))
        return FALSE;
    }

  return TRUE;
}

/* The truth. */

typedef struct
{
  char *name;
  char *state;
  char *reason;
  char *file_id;
  guint64 size;
} UploadRow;

static void
upload_row_free (gpointer data)
{
  UploadRow *row = data;

  g_free (row->name);
  g_free (row->state);
  g_free (row->reason);
  g_free (row->file_id);
  g_free (row);
}

static gpointer
upload_fixture_read_rows (ChorusDatabase  *db,
                          gpointer         data,
                          GError         **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (upload_row_free);
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT name, upload_state, upload_error, file_id, size FROM recordings"
                          " WHERE upload_state <> 'remote' ORDER BY recording_id",
                          error);

  if (!statement)
    return NULL;
  while (chorus_statement_step (statement, error) == CHORUS_STEP_ROW)
    {
      UploadRow *row = g_new0 (UploadRow, 1);

      row->name = chorus_statement_dup_text (statement, 0);
      row->state = chorus_statement_dup_text (statement, 1);
      row->reason = chorus_statement_dup_text (statement, 2);
      row->file_id = chorus_statement_dup_text (statement, 3);
      row->size = (guint64) chorus_statement_get_int64 (statement, 4);
      g_ptr_array_add (rows, row);
    }

  return *error ? NULL : g_steal_pointer (&rows);
}

static GPtrArray *
upload_fixture_list_rows (UploadFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = NULL;

  chorus_store_run_async (self->store, upload_fixture_read_rows, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                          chorus_test_result_cb, &result);
  chorus_test_wait (result);
  rows = chorus_store_run_finish (self->store, result, &error);
  g_assert_no_error (error);

  return rows;
}

static ChorusUpload *
upload_fixture_find (UploadFixture *self,
                     const char    *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (g_strcmp0 (chorus_upload_get_name (upload), name) == 0)
        return upload; /* the queue keeps it */
    }

  return NULL;
}

gboolean
upload_fixture_is_doubtful (ChorusUpload *upload)
{
  const char *reason = chorus_upload_get_reason (upload);

  return strcmp (upload_fixture_get_state (upload), "may-have-arrived") == 0
         || (reason && strstr (reason, "may have arrived"));
}

static void
upload_fixture_check_id (const UploadRow    *row,
                         const char         *sha256,
                         ChorusUploadServer *server,
                         UploadIds           ids)
{
  const ChorusUploadShelved *file = chorus_upload_server_find_stored (server, row->file_id);

  g_assert_nonnull (file);
  g_assert_cmpuint (file->size, ==, row->size);
  if (ids == UPLOAD_IDS_TRUE)
    g_assert_cmpstr (file->sha256, ==, sha256);
}

static void
upload_fixture_check_one (ChorusUpload       *upload,
                          const UploadRow    *row,
                          const char         *sha256,
                          ChorusUploadServer *server,
                          UploadIds           ids,
                          UploadTruth        *truth)
{
  const char *state = upload_fixture_get_state (upload);
  guint n_stored = chorus_upload_server_count_stored (server, sha256);

  g_assert_cmpuint (n_stored, <=, 1);
  if (strcmp (state, "sent") == 0)
    {
      g_assert_cmpuint (n_stored, ==, 1);
      g_assert_cmpstr (row->state, ==, "sent");
      truth->n_sent++;
      if (row->file_id)
        {
          upload_fixture_check_id (row, sha256, server, ids);
          truth->n_ids++;
        }
      return;
    }

  g_assert_cmpstr (row->state, !=, "sent");
  g_assert_nonnull (row->reason);
  g_assert_cmpstr (row->reason, ==, chorus_upload_get_reason (upload));
  g_assert_true (g_str_has_suffix (row->reason, "."));
  if (upload_fixture_is_doubtful (upload))
    {
      truth->n_doubtful++;
    }
  else
    {
      g_assert_cmpuint (n_stored, ==, 0);
      truth->n_given_up++;
    }
}

UploadTruth
upload_fixture_check (UploadFixture      *self,
                      ChorusUploadServer *server,
                      UploadRecordings   *recordings,
                      UploadIds           ids)
{
  g_autoptr (GPtrArray) rows = upload_fixture_list_rows (self);
  g_autoptr (GHashTable) row_of = g_hash_table_new (g_str_hash, g_str_equal);
  UploadTruth truth = { 0 };

  g_assert_cmpuint (rows->len, ==, recordings->names->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (g_hash_table_insert (row_of, ((UploadRow *) rows->pdata[i])->name, rows->pdata[i]));
  for (guint i = 0; i < recordings->names->len; i++)
    {
      const char *name = recordings->names->pdata[i];
      ChorusUpload *upload = upload_fixture_find (self, name);
      UploadRow *row = g_hash_table_lookup (row_of, name);

      g_assert_nonnull (upload);
      g_assert_nonnull (row);
      upload_fixture_check_one (upload, row, recordings->sha256s->pdata[i], server, ids, &truth);
    }

  return truth;
}

/* The cases. */

static gboolean
upload_case_is_over (UploadFixture      *fixture,
                     ChorusUploadServer *server)
{
  if (chorus_upload_server_get_n_held (server) > 0)
    chorus_upload_server_release (server);

  return upload_fixture_is_settled (fixture);
}

void
upload_case_run (const UploadCase *self,
                 UploadRecordings *recordings)
{
  g_autoptr (GByteArray) foreign =
    upload_recordings_make (9999, self->n_foreign_size > 2 ? self->n_foreign_size - 2 : 123);
  g_autoptr (GBytes) foreign_bytes = g_bytes_new (foreign->data, foreign->len);
  ChorusUploadLimits limits = self->limits;
  g_autoptr (ChorusUploadServer) server = NULL;
  UploadFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  UploadTruth truth = { 0 };

  limits.foreign = foreign_bytes;
  server = chorus_upload_server_new (&limits, self->script, G_N_ELEMENTS (self->script));
  if (self->has_bad)
    chorus_upload_server_set_bad (server, recordings->sha256s->pdata[7]);
  upload_fixture_open (&fixture, NULL, chorus_upload_server_get_url (server), self->renews ? "refresh" : NULL);
  chorus_client_set_stall_timeout (fixture.client, 1);
  upload_fixture_add (&fixture, recordings->folder, &error);
  g_assert_no_error (error);
  upload_fixture_send_all (&fixture);
  chorus_test_wait (upload_case_is_over (&fixture, server));

  if (self->retries)
    {
      chorus_session_set_tokens (chorus_client_get_session (fixture.client), "another", NULL);
      chorus_upload_queue_retry_failed (fixture.queue);
      chorus_upload_queue_set_paused (fixture.queue, FALSE);
      chorus_test_wait (upload_case_is_over (&fixture, server));
    }

  truth = upload_fixture_check (&fixture, server, recordings, self->ids);
  g_test_message (
    "%u sent (%u with ids), %u doubtful, %u given up; %u stored; %u uploads of up to %u files, %u at once, "
    "%u lists",
    truth.n_sent, truth.n_ids, truth.n_doubtful, truth.n_given_up, chorus_upload_server_get_n_stored (server),
    chorus_upload_server_get_n_uploads (server), chorus_upload_server_get_max_files (server),
    chorus_upload_server_get_max_uploads (server), chorus_upload_server_get_n_lists (server));
  g_assert_cmpuint (truth.n_doubtful, <=, self->max_doubtful);
  g_assert_cmpuint (truth.n_given_up, ==, self->has_bad);
  g_assert_cmpuint (chorus_upload_server_get_n_uploads (server), >=, self->min_uploads);
  if (truth.n_sent == recordings->names->len)
    chorus_upload_server_assert_exactly_once (server, recordings->sha256s);
  g_assert_cmpuint (chorus_upload_server_get_n_hurried (server), ==, 0);
  g_assert_cmpuint (chorus_upload_server_get_max_uploads (server), ==, 1);

  upload_fixture_close (&fixture);
}
