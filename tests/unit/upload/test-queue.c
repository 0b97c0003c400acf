/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/chorus-schema.h"
#include "upload/chorus-upload-queue.h"

#include "chorus-test.h"

#include <math.h>
#include <string.h>

/* Without a client: what happens before anything is sent, and what the store remembers. */

typedef struct
{
  char *folder;
  ChorusStore *store;
  ChorusUploadQueue *queue;
  GString *told; /* "3:sent " and so on */
} Fixture;

static void
told_cb (ChorusUploadQueue *queue,
         gint64             recording_id,
         ChorusUploadState  state,
         double             progress,
         const char        *reason,
         Fixture           *fixture)
{
  g_string_append_printf (fixture->told, "%" G_GINT64_FORMAT ":%s%s ", recording_id,
                          chorus_upload_state_to_text (state), reason ? "!" : "");
}

static void
fixture_open_queue (Fixture *fixture)
{
  fixture->queue = chorus_upload_queue_new (fixture->store, NULL, "local");
  g_signal_connect (fixture->queue, "recording-changed", G_CALLBACK (told_cb), fixture);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-queue-XXXXXX", NULL);
  fixture->store = chorus_store_open (NULL, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  fixture->told = g_string_new (NULL);
  fixture_open_queue (fixture);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  if (fixture->queue)
    g_assert_finalize_object (fixture->queue);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->store);
  g_string_free (fixture->told, TRUE);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* A tone of its own for each @pitch: 8 kHz, 16 bits, mono. */
static void
fixture_make_long_wav (Fixture    *fixture,
                       const char *name,
                       guint       pitch,
                       guint       n_seconds)
{
  static const guint8 header[44] =
    "RIFF\xa4\x3e\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\x80\x3e\0";
  guint32 riff = GUINT32_TO_LE (36 + 16000 * n_seconds);
  guint32 samples = GUINT32_TO_LE (16000 * n_seconds);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, header, sizeof header);
  memcpy (bytes->data + 4, &riff, 4);
  memcpy (bytes->data + 40, &samples, 4);
  for (guint i = 0; i < 8000 * n_seconds; i++)
    {
      gint16 sample = GINT16_TO_LE ((gint16) (10000 * sin (2 * G_PI * pitch * i / 8000)));

      g_byte_array_append (bytes, (guint8 *) &sample, 2);
    }
  g_assert_true (g_file_set_contents (path, (char *) bytes->data, bytes->len, NULL));
}

static void
fixture_make_wav (Fixture    *fixture,
                  const char *name,
                  guint       pitch)
{
  fixture_make_long_wav (fixture, name, pitch, 1);
}

static guint
fixture_add (Fixture              *fixture,
             const char           *name,
             ChorusUploadAddFlags  flags)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_added = 0;

  g_list_store_append (files, file);
  chorus_upload_queue_add_async (fixture->queue, G_LIST_MODEL (files), "deployment-1", flags, NULL,
                                 chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_upload_queue_add_finish (fixture->queue, result, &n_added, NULL, NULL, &error);
  g_assert_no_error (error);

  return n_added;
}

static ChorusUpload *
fixture_get (Fixture *fixture,
             guint    position)
{
  g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (fixture->queue), position);

  g_assert_nonnull (upload);

  return upload; /* the queue keeps it */
}

static gpointer
read_row (ChorusDatabase  *db,
          gpointer         data,
          GError         **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT upload_state, upload_error IS NOT NULL, name, size, length (sha256), duration,"
                          " sample_rate, channels, recorded_at, time_source, synthetic FROM recordings"
                          " ORDER BY recording_id LIMIT 1 OFFSET ?",
                          error);

  g_assert_no_error (*error);
  chorus_statement_bind_int64 (statement, 1, GPOINTER_TO_INT (data));
  if (chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return NULL;

  return g_strdup_printf ("%s %d %s %d %d %g %g %d %s %s %d", chorus_statement_get_text (statement, 0),
                          chorus_statement_get_boolean (statement, 1), chorus_statement_get_text (statement, 2),
                          (int) chorus_statement_get_int64 (statement, 3),
                          (int) chorus_statement_get_int64 (statement, 4), chorus_statement_get_double (statement, 5),
                          chorus_statement_get_double (statement, 6), (int) chorus_statement_get_int64 (statement, 7),
                          chorus_statement_get_text (statement, 8), chorus_statement_get_text (statement, 9),
                          chorus_statement_get_boolean (statement, 10));
}

static char *
fixture_read_row (Fixture *fixture,
                  int      number)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *row = NULL;

  chorus_store_run_async (fixture->store, read_row, GINT_TO_POINTER (number), NULL, g_free, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  row = chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return row;
}

static void
test_ready (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *row = NULL;
  ChorusUpload *upload = NULL;

  fixture_make_wav (fixture, "20250604_050000.WAV", 440);
  g_assert_cmpuint (fixture_add (fixture, "20250604_050000.WAV", CHORUS_UPLOAD_ADD_SYNTHETIC), ==, 1);
  upload = fixture_get (fixture, 0);
  g_assert_cmpstr (chorus_upload_get_name (upload), ==, "20250604_050000.WAV");
  g_assert_cmpstr (chorus_upload_get_deployment_id (upload), ==, "deployment-1");
  chorus_test_wait (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_READY);

  g_assert_cmpuint (chorus_upload_get_bytes (upload), ==, 16044);
  g_assert_cmpuint (chorus_upload_queue_get_n_unfinished (fixture->queue), ==, 1);
  row = fixture_read_row (fixture, 0);
  g_assert_cmpstr (row, ==, "waiting 0 20250604_050000.WAV 16044 64 1 8000 1 2025-06-04T05:00:00 file-name 1");
  g_assert_true (g_str_has_prefix (fixture->told->str, "1:waiting "));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "text.wav", NULL);
  g_autofree char *row = NULL;
  ChorusUpload *upload = NULL;

  g_assert_true (g_file_set_contents (path, "Notes\n", -1, NULL));
  fixture_add (fixture, "text.wav", CHORUS_UPLOAD_ADD_NONE);
  upload = fixture_get (fixture, 0);
  chorus_test_wait (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_REFUSED);
  g_assert_nonnull (chorus_upload_get_reason (upload));
  g_assert_cmpuint (chorus_upload_queue_get_n_unfinished (fixture->queue), ==, 0);
  row = fixture_read_row (fixture, 0);
  g_assert_true (g_str_has_prefix (row, "refused 1 text.wav"));

  /* Mended by the person, it goes through. */
  fixture_make_wav (fixture, "text.wav", 440);
  chorus_upload_queue_retry (fixture->queue, upload);
  chorus_test_wait (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_READY);
  g_assert_null (chorus_upload_get_reason (upload));
}

static void
test_twins (Fixture       *fixture,
            gconstpointer  data)
{
  fixture_make_wav (fixture, "a.wav", 440);
  fixture_make_wav (fixture, "b.wav", 440);
  fixture_make_wav (fixture, "c.wav", 550);
  g_assert_cmpuint (fixture_add (fixture, ".", CHORUS_UPLOAD_ADD_NONE), ==, 3);
  chorus_test_wait (chorus_upload_queue_get_n_unfinished (fixture->queue) == 2
                    && chorus_upload_get_state (fixture_get (fixture, 2)) == CHORUS_UPLOAD_STATE_READY);

  /* Two checks run side by side, so that either of the twins may be the first. */
  for (guint i = 0; i < 2; i++)
    {
      ChorusUpload *upload = fixture_get (fixture, i);

      if (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_REFUSED)
        g_assert_cmpstr (chorus_upload_get_reason (upload), ==,
                         i == 0 ? "The same recording as “b.wav”, which is in the list already."
                                : "The same recording as “a.wav”, which is in the list already.");
    }
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u.wav", i);

      fixture_make_wav (fixture, name, 100 + i);
    }
  g_assert_cmpuint (fixture_add (fixture, ".", CHORUS_UPLOAD_ADD_NONE), ==, 150);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 150);
  for (guint i = 0; i < 150; i++)
    chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, i)) == CHORUS_UPLOAD_STATE_READY);
}

static void
test_cancel_and_retry (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *row = NULL;
  ChorusUpload *upload = NULL;

  fixture_make_wav (fixture, "a.wav", 440);
  fixture_add (fixture, "a.wav", CHORUS_UPLOAD_ADD_NONE);
  upload = fixture_get (fixture, 0);
  chorus_upload_queue_cancel (fixture->queue, upload);
  g_assert_cmpint (chorus_upload_get_state (upload), ==, CHORUS_UPLOAD_STATE_CANCELED);
  chorus_upload_queue_cancel (fixture->queue, upload);
  row = fixture_read_row (fixture, 0);
  g_assert_true (g_str_has_prefix (row, "failed 0 a.wav"));

  chorus_upload_queue_retry_failed (fixture->queue);
  g_assert_cmpint (chorus_upload_get_state (upload), ==, CHORUS_UPLOAD_STATE_CANCELED);
  chorus_upload_queue_retry (fixture->queue, upload);
  chorus_test_wait (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_READY);
  g_assert_cmpuint (chorus_upload_queue_get_n_unfinished (fixture->queue), ==, 1);
}

static void
test_remove_finished (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "b.wav", NULL);

  fixture_make_wav (fixture, "a.wav", 440);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  fixture_add (fixture, ".", CHORUS_UPLOAD_ADD_NONE);
  chorus_test_wait (chorus_upload_queue_get_n_unfinished (fixture->queue) == 1
                    && chorus_upload_get_state (fixture_get (fixture, 0)) == CHORUS_UPLOAD_STATE_READY);
  chorus_upload_queue_remove_finished (fixture->queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 1);
  g_assert_cmpstr (chorus_upload_get_name (fixture_get (fixture, 0)), ==, "a.wav");
}

static void
fixture_load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_upload_queue_load_async (fixture->queue, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_upload_queue_load_finish (fixture->queue, result, &error);
  g_assert_no_error (error);
}

/* WA003: two recordings of one recorder that cannot both be true. A second of overlap is rounding. */
static void
test_overlap (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *notes;
  } cases[] = {
    { "20250604_050000.wav", NULL },
    { "20250604_050005.wav", "Recorded at the same time as “20250604_050000.wav”: check the time of both." },
    { "20250604_050009.wav", "Recorded at the same time as “20250604_050005.wav”: check the time of both." },
    { "20250604_050018.wav", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChorusUpload *upload = NULL;

      fixture_make_long_wav (fixture, cases[i].name, 440 + i, 10);
      fixture_add (fixture, cases[i].name, CHORUS_UPLOAD_ADD_NONE);
      upload = fixture_get (fixture, i);
      chorus_test_wait (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_READY);
      g_assert_cmpstr (chorus_upload_get_notes (upload), ==, cases[i].notes);
    }
}

/* A second queue takes up what a first one left, as after a crash. */
static void
test_load (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.wav", NULL);

  fixture_make_wav (fixture, "a.wav", 440);
  fixture_make_wav (fixture, "gone.wav", 550);
  fixture_add (fixture, "a.wav", CHORUS_UPLOAD_ADD_NONE);
  fixture_add (fixture, "gone.wav", CHORUS_UPLOAD_ADD_NONE);
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
  g_assert_cmpint (g_unlink (gone), ==, 0);

  fixture_open_queue (fixture);
  fixture_load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 2);
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 0)) == CHORUS_UPLOAD_STATE_READY);
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 1)) == CHORUS_UPLOAD_STATE_NEEDS_FILE);
  g_assert_cmpstr (chorus_upload_get_reason (fixture_get (fixture, 1)), ==,
                   "“gone.wav” is no longer there: insert the card or bring the file back, then retry.");
}

static void
test_dispose_while_checking (Fixture       *fixture,
                             gconstpointer  data)
{
  fixture_make_wav (fixture, "a.wav", 440);
  fixture_make_wav (fixture, "b.wav", 550);
  fixture_make_wav (fixture, "c.wav", 660);
  fixture_add (fixture, ".", CHORUS_UPLOAD_ADD_NONE);
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
}

#define ADD(name, func) g_test_add ("/upload/queue/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("ready", test_ready);
  ADD ("refused", test_refused);
  ADD ("twins", test_twins);
  ADD ("many", test_many);
  ADD ("cancel-and-retry", test_cancel_and_retry);
  ADD ("remove-finished", test_remove_finished);
  ADD ("overlap", test_overlap);
  ADD ("load", test_load);
  ADD ("dispose-while-checking", test_dispose_while_checking);

  return g_test_run ();
}
