/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"

#define TIMES                                                                                                          \
  "SELECT recording_id || ':' || coalesce (recorded_at, '-') || '|' || recorded_has_zone || '|' ||"                    \
  " coalesce (time_source, '-') || '|' || coalesce (recorder_time, '-') FROM recordings ORDER BY recording_id"
#define UPLOADS                                                                                                        \
  "SELECT recording_id || ':' || coalesce (start_time, '-') || '-' || coalesce (end_time, '-') FROM uploads"           \
  " ORDER BY recording_id"

typedef struct
{
  ChorusStore *store;
  ChorusLibrary *library;
  ChorusRecordingList *list;
} Fixture;

/* 1749013200 is 2025-06-04T05:00:00Z: date -u -d 2025-06-04T05:00:00Z +%s */
static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->store = fixture_open_store (NULL);
  fixture_execute (fixture->store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, duration, recorded_at,"
                   "  recorded_has_zone, time_source) VALUES"
                   " (1, 'p', 'd', 'a.wav', 60, '2025-06-04T05:00:00', 0, 'file-name'),"
                   " (2, 'p', 'd', 'b.wav', 60, '2025-06-04T06:00:00.250000+02:00', 1, 'metadata'),"
                   " (3, 'p', 'd', 'c.wav', 60, NULL, 0, NULL);"
                   "INSERT INTO uploads (recording_id, state, start_time, end_time) VALUES"
                   " (1, 'waiting', 1749013200, 1749013260.5), (2, 'sent', 1749009600.25, 1749009660.25),"
                   " (3, 'sent', NULL, NULL)");
  fixture->library = chorus_library_new (fixture->store, NULL, "p");
  fixture->list = chorus_library_open_recordings (fixture->library, "d");
  chorus_test_wait (!chorus_recording_list_get_loading (fixture->list));
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_clear_object (&fixture->list);
  fixture_close (fixture->store, fixture->library);
}

static ChorusRecording *
get_recording (Fixture *fixture,
               gint64   recording_id)
{
  return chorus_recording_list_find (fixture->list, recording_id);
}

/* Corrects recordings 1 to @last. */
static guint
correct (Fixture              *fixture,
         gint64                last,
         ChorusTimeCorrection *correction)
{
  g_autoptr (ChorusTimeCorrection) owned = correction;
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_corrected = 0;

  for (gint64 id = 1; id <= last; id++)
    g_ptr_array_add (recordings, get_recording (fixture, id));
  chorus_library_correct_times_async (fixture->library, recordings, owned, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_correct_times_finish (fixture->library, result, &n_corrected, &error));
  g_assert_no_error (error);

  return n_corrected;
}

static void
test_times_zone (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *before = fixture_run (fixture->store, fixture_read_job, (gpointer) TIMES);
  g_autofree char *uploads = fixture_run (fixture->store, fixture_read_job, (gpointer) UPLOADS);

  g_assert_cmpuint (correct (fixture, 3, chorus_time_correction_new_zone (19800)), ==, 2);
  fixture_assert (fixture->store, TIMES,
                  "1:2025-06-04T05:00:00+05:30|1|person|file-name 2025-06-04T05:00:00"
                  " 2:2025-06-04T06:00:00.250000+05:30|1|person|metadata 2025-06-04T06:00:00.250000+02:00"
                  " 3:-|0|-|-");

  /* As instants they move, and stay as long as they were. */
  fixture_assert (fixture->store, UPLOADS, "1:1748993400.0-1748993460.5 2:1748997000.25-1748997060.25 3:---");
  g_assert_cmpstr (chorus_recording_get_recorded_text (get_recording (fixture, 1)), ==, "4 Jun 2025 05:00 +05:30");
  g_assert_true (chorus_recording_get_corrected (get_recording (fixture, 1)));
  g_assert_false (chorus_recording_get_corrected (get_recording (fixture, 3)));

  /* The recorder's word brings back all of it. */
  g_assert_cmpuint (correct (fixture, 3, chorus_time_correction_new_recorder ()), ==, 2);
  fixture_assert (fixture->store, TIMES, before);
  fixture_assert (fixture->store, UPLOADS, uploads);
  g_assert_false (chorus_recording_get_corrected (get_recording (fixture, 1)));
  g_assert_cmpuint (correct (fixture, 3, chorus_time_correction_new_recorder ()), ==, 0);
}

static void
test_times_shift (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ChorusRecordingTime) recorder = NULL;
  g_autofree char *iso = NULL;

  /* Corrections add up, and the recorder's time is still the recorder's. */
  g_assert_cmpuint (correct (fixture, 2, chorus_time_correction_new_shift (3600)), ==, 2);
  g_assert_cmpuint (correct (fixture, 1, chorus_time_correction_new_shift (-90)), ==, 1);
  fixture_assert (fixture->store, TIMES,
                  "1:2025-06-04T05:58:30|0|person|file-name 2025-06-04T05:00:00"
                  " 2:2025-06-04T07:00:00.250000+02:00|1|person|metadata 2025-06-04T06:00:00.250000+02:00"
                  " 3:-|0|-|-");
  fixture_assert (fixture->store, UPLOADS, "1:1749016710.0-1749016770.5 2:1749013200.25-1749013260.25 3:---");
  recorder = chorus_recording_dup_recorder_time (get_recording (fixture, 1));
  iso = chorus_recording_time_to_iso (recorder);
  g_assert_cmpstr (iso, ==, "2025-06-04T05:00:00");
}

static void
test_times_set (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (ChorusRecordingTime) time = chorus_entered_time_parse ("2025-06-04 05:00:00 Z");
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusTimeCorrection) set = chorus_time_correction_new_set (time);
  g_autoptr (ChorusTimeCorrection) recorder = chorus_time_correction_new_recorder ();
  guint n_corrected = 0;

  /* One that had no time gets one, and takes its place in the list. */
  g_ptr_array_add (recordings, get_recording (fixture, 3));
  chorus_library_correct_times_async (fixture->library, recordings, set, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_correct_times_finish (fixture->library, result, &n_corrected, NULL));
  g_assert_cmpuint (n_corrected, ==, 1);
  fixture_assert (fixture->store, "SELECT recorded_at || recorder_time FROM recordings WHERE recording_id = 3",
                  "2025-06-04T05:00:00+00:00unknown");
  fixture_assert (fixture->store, "SELECT start_time || '-' || end_time FROM uploads WHERE recording_id = 3",
                  "1749013200.0-1749013260.0");
  {
    g_autoptr (ChorusRecording) second = g_list_model_get_item (G_LIST_MODEL (fixture->list), 2);

    g_assert_cmpint (chorus_recording_get_recording_id (second), ==, 3);
    g_assert_null (chorus_recording_dup_recorder_time (second));
  }

  g_clear_object (&result);
  chorus_library_correct_times_async (fixture->library, recordings, recorder, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_correct_times_finish (fixture->library, result, NULL, NULL));
  fixture_assert (fixture->store,
                  "SELECT (recorded_at IS NULL) || (time_source IS NULL) || (recorder_time IS NULL) FROM recordings"
                  " WHERE recording_id = 3",
                  "111");
  fixture_assert (fixture->store,
                  "SELECT (start_time IS NULL) || (end_time IS NULL) FROM uploads"
                  " WHERE recording_id = 3",
                  "11");
  g_assert_cmpstr (chorus_recording_get_recorded_text (get_recording (fixture, 3)), ==, "");
}

static void
test_times_given_twice (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (ChorusTimeCorrection) shift = chorus_time_correction_new_shift (60);
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (recordings, get_recording (fixture, 1));
  g_ptr_array_add (recordings, get_recording (fixture, 1));
  chorus_library_correct_times_async (fixture->library, recordings, shift, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_correct_times_finish (fixture->library, result, NULL, NULL));
  fixture_assert (fixture->store, "SELECT recorded_at FROM recordings WHERE recording_id = 1", "2025-06-04T05:01:00");
}

static void
test_times_all_or_nothing (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (ChorusTimeCorrection) shift = chorus_time_correction_new_shift (60);
  g_autofree char *before = fixture_run (fixture->store, fixture_read_job, (gpointer) TIMES);
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_execute (fixture->store, "CREATE TRIGGER fail BEFORE UPDATE ON recordings WHEN NEW.recording_id = 2 BEGIN"
                                   "  SELECT raise (ABORT, 'no'); END");
  g_ptr_array_add (recordings, get_recording (fixture, 1));
  g_ptr_array_add (recordings, get_recording (fixture, 2));
  chorus_library_correct_times_async (fixture->library, recordings, shift, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_false (chorus_library_correct_times_finish (fixture->library, result, NULL, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
  fixture_assert (fixture->store, TIMES, before);
  g_assert_cmpstr (chorus_recording_get_recorded_text (get_recording (fixture, 1)), ==, "4 Jun 2025 05:00");
}

/* More than are shown in one go, each in its new place. */
static void
test_times_many (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) recordings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ChorusTimeCorrection) shift = chorus_time_correction_new_shift (-86400 * 365);
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  guint n_corrected = 0;

  fixture_execute (fixture->store,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                   " INSERT INTO recordings (profile_id, deployment_id, name, recorded_at, time_source)"
                   " SELECT 'p', 'many', i || '.wav', strftime ('%Y-%m-%dT%H:%M:%S', 1700000000 + i, 'unixepoch'),"
                   "  'file-name' FROM n");
  list = chorus_library_open_recordings (fixture->library, "many");
  chorus_test_wait (!chorus_recording_list_get_loading (list));
  for (guint i = 0; i < 1200; i++)
    g_ptr_array_add (recordings, g_list_model_get_item (G_LIST_MODEL (list), i + 800));
  chorus_library_correct_times_async (fixture->library, recordings, shift, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_correct_times_finish (fixture->library, result, &n_corrected, NULL));
  g_assert_cmpuint (n_corrected, ==, 1200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2000);
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (list), i);
      GDateTime *time = chorus_recording_time_get_time (chorus_recording_get_recorded (recording));

      g_assert_cmpint (g_date_time_to_unix (time), ==,
                       i < 1200 ? 1700000000 + 801 + i - 86400 * 365 : 1700000000 + 1 + i - 1200);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/library/times/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("zone", test_times_zone);
  ADD ("shift", test_times_shift);
  ADD ("set", test_times_set);
  ADD ("given-twice", test_times_given_twice);
  ADD ("all-or-nothing", test_times_all_or_nothing);
  ADD ("many", test_times_many);
#undef ADD

  return g_test_run ();
}
