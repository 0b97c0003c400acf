/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"

/* The one recording of the store. */
static ChorusRecording *
read_recording (ChorusStore *store)
{
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", NULL);
  g_autoptr (ChorusRecordingsOutput) output = NULL;

  input->recording_id = 1;
  output = fixture_run (store, chorus_recording_rows_read_one, input);
  g_assert_cmpuint (output->recordings->len, ==, 1);

  return g_object_ref (g_ptr_array_index (output->recordings, 0));
}

static ChorusStore *
open_store (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (
    store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name) VALUES (1, 'p', 'd', 'a.wav')");

  return store;
}

static void
test_recording_status (void)
{
  static const struct
  {
    const char *sql;
    ChorusRecordingStatus status;
    const char *text;
    const char *reason;
  } cases[] = {
    { "UPDATE recordings SET upload_state = 'waiting'", CHORUS_RECORDING_WAITING, "Waiting", NULL },
    { "UPDATE recordings SET upload_state = 'checking'", CHORUS_RECORDING_CHECKING, "Checking", NULL },
    { "UPDATE recordings SET upload_state = 'sending'", CHORUS_RECORDING_UPLOADING, "Uploading 0\u202f%", NULL },
    { "UPDATE recordings SET upload_state = 'failed', upload_error = 'Why.'", CHORUS_RECORDING_FAILED, "Failed",
      "Why." },
    { "UPDATE recordings SET upload_state = 'refused', upload_error = 'No.'", CHORUS_RECORDING_REFUSED, "Failed",
      "No." },
    { "UPDATE recordings SET upload_state = 'sent'", CHORUS_RECORDING_UPLOADED, "Uploaded", NULL },
    { "UPDATE recordings SET file_id = 'f'", CHORUS_RECORDING_TO_ANALYZE, "To analyze", NULL },
    { "UPDATE recordings SET analysis_state = 'pending'", CHORUS_RECORDING_ANALYZING, "Analyzing", NULL },
    { "UPDATE recordings SET analysis_state = 'running'", CHORUS_RECORDING_ANALYZING, "Analyzing", NULL },
    { "UPDATE recordings SET analysis_state = 'failed', analysis_error = 'Bad.'", CHORUS_RECORDING_FAILED, "Failed",
      "Bad." },
    { "UPDATE recordings SET analysis_state = 'completed', analysis_error = NULL", CHORUS_RECORDING_NO_DETECTIONS,
      "No detections", NULL },
    { "UPDATE recordings SET n_detections = 1", CHORUS_RECORDING_DETECTIONS, "1 detection", NULL },
    { "UPDATE recordings SET n_detections = 14", CHORUS_RECORDING_DETECTIONS, "14 detections", NULL },
  };
  ChorusStore *store = open_store ();
  g_autoptr (ChorusRecording) kept = read_recording (store);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecording) fresh = NULL;

      fixture_execute (store, cases[i].sql);
      fresh = read_recording (store);
      chorus_recording_update (kept, fresh);
      g_assert_cmpint (chorus_recording_get_status (kept), ==, cases[i].status);
      g_assert_cmpstr (chorus_recording_get_status_text (kept), ==, cases[i].text);
      g_assert_cmpstr (chorus_recording_get_reason (kept), ==, cases[i].reason);
    }
  fixture_close (store, NULL);
}

static void
test_recording_progress (void)
{
  ChorusStore *store = open_store ();
  g_autoptr (ChorusRecording) recording = read_recording (store);

  chorus_recording_set_upload (recording, CHORUS_UPLOAD_SENDING, 0.437, NULL);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Uploading 43\u202f%");
  g_assert_cmpfloat (chorus_recording_get_progress (recording), ==, 0.437);

  /* Not done before the service has said so, and never nonsense. */
  chorus_recording_set_upload (recording, CHORUS_UPLOAD_SENDING, 1.5, NULL);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Uploading 99\u202f%");
  g_assert_cmpfloat (chorus_recording_get_progress (recording), ==, 1);
  chorus_recording_set_upload (recording, CHORUS_UPLOAD_SENDING, (double) NAN, NULL);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Uploading 0\u202f%");
  fixture_close (store, NULL);
}

static void
note_cb (GObject    *object,
         GParamSpec *pspec,
         gpointer    user_data)
{
  g_ptr_array_add (user_data, (gpointer) pspec->name);
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The properties that were notified since the last time, sorted, with spaces between. */
static char *
take_notes (GPtrArray *notes)
{
  char *text = NULL;

  g_ptr_array_sort (notes, compare_text);
  g_ptr_array_add (notes, NULL);
  text = g_strjoinv (" ", (char **) notes->pdata);
  g_ptr_array_set_size (notes, 0);

  return text;
}

static void
test_recording_notifies (void)
{
  ChorusStore *store = open_store ();
  g_autoptr (ChorusRecording) recording = read_recording (store);
  g_autoptr (ChorusRecording) same = read_recording (store);
  g_autoptr (ChorusRecording) fresh = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_signal_connect (recording, "notify", G_CALLBACK (note_cb), notes);
  chorus_recording_update (recording, same);
  first = take_notes (notes);
  g_assert_cmpstr (first, ==, "");

  fixture_execute (store,
                   "UPDATE recordings SET upload_state = 'sent', file_id = 'f', duration = 60, size = 100,"
                   " recorded_at = '2025-06-04T05:00:00+05:30', recorded_has_zone = 1, time_source = 'metadata'");
  fresh = read_recording (store);
  chorus_recording_update (recording, fresh);
  second = take_notes (notes);
  g_assert_cmpstr (second, ==, "at-service duration file-id recorded recorded-text size status status-text");
  g_assert_cmpstr (chorus_recording_get_recorded_text (recording), ==, "4 Jun 2025 05:00 +05:30");
  g_assert_cmpstr (chorus_recording_get_file_id (recording), ==, "f");

  chorus_recording_set_counts (recording, 0, 0, 2);
  chorus_recording_set_counts (recording, 0, 0, 2);
  third = take_notes (notes);
  g_assert_cmpstr (third, ==, "n-reviewed");
  fixture_close (store, NULL);
}

static void
test_recording_unknown_zone (void)
{
  ChorusStore *store = open_store ();
  g_autoptr (ChorusRecording) recording = NULL;

  fixture_execute (store, "UPDATE recordings SET recorded_at = '2025-06-04T05:00:00', recorded_has_zone = 0,"
                          " time_source = 'file-name'");
  recording = read_recording (store);
  g_assert_nonnull (chorus_recording_get_recorded (recording));
  g_assert_false (chorus_recording_time_get_has_zone (chorus_recording_get_recorded (recording)));
  g_assert_cmpint (chorus_recording_time_get_source (chorus_recording_get_recorded (recording)), ==,
                   CHORUS_TIME_SOURCE_FILE_NAME);
  g_assert_cmpstr (chorus_recording_get_recorded_text (recording), ==, "4 Jun 2025 05:00");
  fixture_close (store, NULL);
}

static void
test_recording_nothing_known (void)
{
  ChorusStore *store = open_store ();
  g_autoptr (ChorusRecording) recording = NULL;

  fixture_execute (store,
                   "UPDATE recordings SET name = 'a' || char(10) || 'b' || char(8238), recorded_at = 'yesterday'");
  recording = read_recording (store);
  g_assert_null (chorus_recording_get_recorded (recording));
  g_assert_cmpstr (chorus_recording_get_recorded_text (recording), ==, "");
  g_assert_true (isnan (chorus_recording_get_duration (recording)));
  g_assert_cmpint (chorus_recording_get_size (recording), ==, -1);
  g_assert_null (chorus_recording_get_local_path (recording));
  g_assert_null (strchr (chorus_recording_get_name (recording), '\n'));
  g_assert_null (strstr (chorus_recording_get_name (recording), "\u202e"));
  fixture_close (store, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/recording/status", test_recording_status);
  g_test_add_func ("/library/recording/progress", test_recording_progress);
  g_test_add_func ("/library/recording/notifies", test_recording_notifies);
  g_test_add_func ("/library/recording/unknown-zone", test_recording_unknown_zone);
  g_test_add_func ("/library/recording/nothing-known", test_recording_nothing_known);

  return g_test_run ();
}
