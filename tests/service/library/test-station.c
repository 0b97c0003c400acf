/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library and the station that comes with Chorus: from an empty computer to a verdict, and the next start. */

#include <math.h>
#include <string.h>

#include "chorus-test.h"
#include "library/chorus-library.h"
#include "review/chorus-review.h"
#include "store/chorus-schema.h"
#include "upload/chorus-upload-queue.h"

#define SAMPLE_RATE 24000
#define N_SECONDS 6

/* Calls in noise: the truth that the detections are held against. */
typedef struct
{
  double start;
  double end;
  double frequency;
} Call;

static const Call calls[] = {
  { 1.0, 1.5, 3000 },
  { 3.5, 4.1, 6000 },
};

/* Longer than the service takes: in the first part, across the end of it, and in the second. */
#define N_LONG_SECONDS 310

static const Call long_calls[] = {
  { 10.0, 10.5, 3000 },
  { 299.6, 300.4, 5000 },
  { 305.0, 305.6, 6000 },
};

typedef struct
{
  char *folder;
  char *path;
  char *cache;
  GSubprocess *station;
  ChorusClient *client;
  ChorusStore *store;
  ChorusLibrary *library;
} Fixture;

static void
fixture_open_library (Fixture      *fixture,
                      ChorusClient *client)
{
  g_autoptr (GError) error = NULL;

  fixture->store = chorus_store_open (fixture->path, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  fixture->library = g_object_new (CHORUS_TYPE_LIBRARY, "store", fixture->store, "client", client, "profile-id",
                                   "local", "cache-folder", fixture->cache, NULL);
}

static void
fixture_close_library (Fixture *fixture)
{
  g_object_run_dispose (G_OBJECT (fixture->library));
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->library));
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (ChorusServer) server = NULL;
  g_autoptr (ChorusSession) session = NULL;
  g_autofree char *station_folder = NULL;
  g_autofree char *token_path = NULL;
  g_autofree char *token = NULL;
  g_autofree char *line = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-library-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
  fixture->cache = g_build_filename (fixture->folder, "cache", NULL);
  station_folder = g_build_filename (fixture->folder, "station", NULL);
  token_path = g_build_filename (station_folder, "token", NULL);

  fixture->station =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                      g_getenv ("CHORUS_STATION"), "--data", station_folder, "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->station));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "Listening on "));
  g_assert_true (g_file_get_contents (token_path, &token, NULL, &error));

  server = chorus_server_new (line + strlen ("Listening on "), "Station", NULL, &error);
  g_assert_no_error (error);
  session = chorus_session_new (server);
  chorus_session_set_tokens (session, g_strstrip (token), NULL);
  fixture->client = chorus_client_new (session);
  fixture_open_library (fixture, fixture->client);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture_close_library (fixture);
  g_object_unref (fixture->client);
  g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->station), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (fixture->station, NULL, &error));
  g_assert_no_error (error);
  g_object_unref (fixture->station);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->cache);
}

static void
append_le (GByteArray *bytes,
           guint32     value,
           guint       size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static GBytes *
make_wav (const Call *truth,
          guint       n_truth,
          guint       n_seconds)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const guint32 n = SAMPLE_RATE * n_seconds;

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  append_le (bytes, 36 + 2 * n, 4);
  g_byte_array_append (bytes, (const guint8 *) "WAVEfmt ", 8);
  append_le (bytes, 16, 4);
  append_le (bytes, 1, 2);
  append_le (bytes, 1, 2);
  append_le (bytes, SAMPLE_RATE, 4);
  append_le (bytes, 2 * SAMPLE_RATE, 4);
  append_le (bytes, 2, 2);
  append_le (bytes, 16, 2);
  g_byte_array_append (bytes, (const guint8 *) "data", 4);
  append_le (bytes, 2 * n, 4);
  for (guint32 i = 0; i < n; i++)
    {
      const double t = (double) i / SAMPLE_RATE;
      double value = g_rand_double_range (random, -0.005, 0.005);

      for (guint j = 0; j < n_truth; j++)
        {
          if (t >= truth[j].start && t < truth[j].end)
            value += 0.25 * sin (2 * G_PI * truth[j].frequency * t);
        }
      append_le (bytes, (guint16) (gint16) lrint (value * 32767), 2);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static char *
create (Fixture         *fixture,
        ChorusPlaceKind  kind,
        const char      *parent_id,
        const char      *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusPlace) place = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_create_place_async (fixture->library, kind, parent_id, name, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  place = chorus_library_create_place_finish (fixture->library, result, &error);
  g_assert_no_error (error);

  return g_strdup (chorus_place_get_id (place));
}

static void
upload (Fixture    *fixture,
        const char *deployment_id,
        GBytes     *wav)
{
  gsize size = 0;
  const guint8 *contents = g_bytes_get_data (wav, &size);
  g_autofree char *base64 = g_base64_encode (contents, size);
  char *body = g_strdup_printf ("{\"files\":[\"data:audio/wav;base64,%s\"]}", base64);
  const gssize length = (gssize) strlen (body);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (body, length, g_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  chorus_client_upload_async (fixture->client, deployment_id, stream, length, NULL, NULL, NULL, NULL,
                              chorus_test_result_cb, &result);
  chorus_test_wait (result);
  files = chorus_client_upload_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
}

static ChorusRecordingList *
open_list (Fixture    *fixture,
           const char *deployment_id)
{
  ChorusRecordingList *list = chorus_library_open_recordings (fixture->library, deployment_id);

  chorus_test_wait (!chorus_recording_list_get_loading (list));

  return list;
}

static void
refresh (Fixture    *fixture,
         const char *deployment_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_refresh_deployment_async (fixture->library, deployment_id, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_library_refresh_deployment_finish (fixture->library, result, &error);
  g_assert_no_error (error);
}

static void
analyze (Fixture         *fixture,
         ChorusRecording *recording)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_analyze_async (fixture->library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_library_analyze_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  chorus_test_wait (chorus_recording_get_status (recording) != CHORUS_RECORDING_ANALYZING);
  g_assert_cmpint (chorus_recording_get_status (recording), ==, CHORUS_RECORDING_DETECTIONS);
}

static GListModel *
load_detections (Fixture         *fixture,
                 ChorusRecording *recording)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *detections = NULL;

  chorus_library_load_detections_async (fixture->library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detections = chorus_library_load_detections_finish (fixture->library, result, &error);
  g_assert_no_error (error);

  return detections;
}

/* Each call is met by one detection, whose span and band are those of the call. */
static void
assert_calls_found (GListModel *detections,
                    const Call *truth,
                    guint       n_truth)
{
  for (guint i = 0; i < n_truth; i++)
    {
      guint n_found = 0;

      for (guint j = 0; j < g_list_model_get_n_items (detections); j++)
        {
          g_autoptr (ChorusDetection) detection = g_list_model_get_item (detections, j);

          if (chorus_detection_get_end (detection) <= truth[i].start
              || chorus_detection_get_start (detection) >= truth[i].end)
            continue;
          n_found++;
          g_assert_cmpfloat_with_epsilon (chorus_detection_get_start (detection), truth[i].start, 0.1);
          g_assert_cmpfloat_with_epsilon (chorus_detection_get_end (detection), truth[i].end, 0.1);
          g_assert_cmpfloat (chorus_detection_get_low (detection), <, truth[i].frequency);
          g_assert_cmpfloat (chorus_detection_get_high (detection), >, truth[i].frequency);
        }
      g_assert_cmpuint (n_found, ==, 1);
    }
}

static void
assert_audio (Fixture         *fixture,
              ChorusRecording *recording,
              GBytes          *wav)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_locate_audio_async (fixture->library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  file = chorus_library_locate_audio_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  contents = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (contents, wav));
}

static void
confirm (Fixture         *fixture,
         ChorusRecording *recording,
         ChorusDetection *detection)
{
  g_autoptr (ChorusReview) review = chorus_review_new (fixture->store, "ada@example.org");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_review_set_verdict_async (review, recording, detection, CHORUS_VERDICT_CONFIRMED, NULL, chorus_test_result_cb,
                                   &result);
  chorus_test_wait (result);
  chorus_review_set_verdict_finish (review, result, &error);
  g_assert_no_error (error);
}

static void
test_station_end_to_end (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *project_id = create (fixture, CHORUS_PLACE_PROJECT, NULL, "Western Ghats");
  g_autofree char *site_id = create (fixture, CHORUS_PLACE_SITE, project_id, "Site A");
  g_autofree char *deployment_id = create (fixture, CHORUS_PLACE_DEPLOYMENT, site_id, "North");
  g_autoptr (GBytes) wav = make_wav (calls, G_N_ELEMENTS (calls), N_SECONDS);
  ChorusRecordingList *list = open_list (fixture, deployment_id);
  ChorusRecording *recording = NULL;
  GListModel *detections = NULL;
  ChorusDetection *detection = NULL;
  guint n_detections = 0;

  upload (fixture, deployment_id, wav);
  refresh (fixture, deployment_id);
  refresh (fixture, deployment_id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  recording = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "To analyze");
  g_assert_true (fabs (chorus_recording_get_duration (recording) - N_SECONDS) < 1e-6);
  g_assert_cmpint (chorus_recording_get_size (recording), ==, (gint64) g_bytes_get_size (wav));

  analyze (fixture, recording);
  n_detections = chorus_recording_get_n_detections (recording);
  detections = load_detections (fixture, recording);
  g_assert_cmpuint (g_list_model_get_n_items (detections), ==, n_detections);
  assert_calls_found (detections, calls, G_N_ELEMENTS (calls));
  assert_audio (fixture, recording, wav);

  /* The runs are listed with the files, too: nothing doubles. */
  refresh (fixture, deployment_id);
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, n_detections);

  detection = g_list_model_get_item (detections, 0);
  confirm (fixture, recording, detection);
  g_clear_object (&detection);
  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);

  /* The next start, without a network: all of it is there. */
  fixture_close_library (fixture);
  fixture_open_library (fixture, NULL);
  list = open_list (fixture, deployment_id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  recording = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, n_detections);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (recording), ==, 1);
  detections = load_detections (fixture, recording);
  detection = g_list_model_get_item (detections, 0);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_CONFIRMED);
  assert_audio (fixture, recording, wav);
  g_clear_object (&detection);
  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);
}

/* Uploaded as two files it stays one recording: its detections lie where the calls are, and the one that was cut in two is
 * one. */
static void
test_station_parts (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *project_id = create (fixture, CHORUS_PLACE_PROJECT, NULL, "Western Ghats");
  g_autofree char *site_id = create (fixture, CHORUS_PLACE_SITE, project_id, "Site A");
  g_autofree char *deployment_id = create (fixture, CHORUS_PLACE_DEPLOYMENT, site_id, "North");
  g_autofree char *path = g_build_filename (fixture->folder, "20250604_050000.wav", NULL);
  g_autoptr (GBytes) wav = make_wav (long_calls, G_N_ELEMENTS (long_calls), N_LONG_SECONDS);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (ChorusUploadQueue) queue = chorus_upload_queue_new (fixture->store, fixture->client, "local");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusUpload) sent = NULL;
  ChorusRecordingList *list = NULL;
  ChorusRecording *recording = NULL;
  GListModel *detections = NULL;
  guint n_detections = 0;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (wav, NULL), (gssize) g_bytes_get_size (wav), NULL));
  g_list_store_append (files, file);
  chorus_upload_queue_add_async (queue, G_LIST_MODEL (files), deployment_id, CHORUS_UPLOAD_ADD_NONE, NULL,
                                 chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_upload_queue_add_finish (queue, result, NULL, NULL, NULL, NULL));
  g_clear_object (&result);
  sent = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  chorus_test_wait (chorus_upload_get_state (sent) == CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (chorus_upload_get_n_parts (sent), ==, 2);

  list = open_list (fixture, deployment_id);
  refresh (fixture, deployment_id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  recording = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpfloat (chorus_recording_get_duration (recording), ==, N_LONG_SECONDS);
  analyze (fixture, recording);
  n_detections = chorus_recording_get_n_detections (recording);
  detections = load_detections (fixture, recording);
  g_assert_cmpuint (g_list_model_get_n_items (detections), ==, n_detections);
  assert_calls_found (detections, long_calls, G_N_ELEMENTS (long_calls));

  /* The runs of both files are listed, too: nothing doubles, and neither file is a recording of its own. */
  refresh (fixture, deployment_id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, n_detections);
  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/service/library-station/end-to-end", Fixture, NULL, fixture_set_up, test_station_end_to_end,
              fixture_tear_down);
  g_test_add ("/service/library-station/parts", Fixture, NULL, fixture_set_up, test_station_parts, fixture_tear_down);

  return g_test_run ();
}
