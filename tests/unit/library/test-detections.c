/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"

static ChorusRecording *
take_only_recording (ChorusLibrary        *library,
                     ChorusRecordingList **list)
{
  *list = chorus_library_open_recordings (library, "d");
  chorus_test_wait (!chorus_recording_list_get_loading (*list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (*list)), ==, 1);

  return g_list_model_get_item (G_LIST_MODEL (*list), 0);
}

static GListModel *
load (ChorusLibrary   *library,
      ChorusRecording *recording)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *detections = NULL;

  chorus_library_load_detections_async (library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detections = chorus_library_load_detections_finish (library, result, &error);
  g_assert_no_error (error);

  return detections;
}

static void
test_detections_values (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (ChorusRecording) recording = NULL;
  g_autoptr (GListModel) detections = NULL;
  g_autoptr (GPtrArray) predictions = g_ptr_array_new_with_free_func (g_object_unref);
  ChorusInferenceInit init = { .id = "i",
                               .status = CHORUS_INFERENCE_STATUS_COMPLETED,
                               .predictions = predictions,
                               .n_unknown = 3,
                               .unknown_json = "[1,2,3]" };
  ChorusPredictionInit whole = { .common_name = "Rain",
                                 .confidence = (double) NAN,
                                 .start_time = (double) NAN,
                                 .end_time = (double) NAN,
                                 .low_freq = (double) NAN,
                                 .high_freq = (double) NAN };

  g_ptr_array_add (predictions, fixture_prediction ("Turdus merula", "Blackbird", 7.25, 8.5));
  g_ptr_array_add (predictions, fixture_prediction ("Strix aluco", NULL, 2, 3));
  g_ptr_array_add (predictions, fixture_prediction ("Turdus merula", "Blackbird\n<b>", 1, 2));
  g_ptr_array_add (predictions, chorus_prediction_new (&whole));
  fixture_sync (store, fixture_file ("f", "a.wav", chorus_inference_new (&init), NULL));

  recording = take_only_recording (library, &list);
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, 4);
  g_assert_cmpuint (chorus_recording_get_n_species (recording), ==, 3);
  g_assert_cmpuint (chorus_recording_get_n_unknown (recording), ==, 3);
  g_assert_cmpint (chorus_recording_get_run_id (recording), >, 0);

  detections = load (library, recording);
  g_assert_cmpuint (g_list_model_get_n_items (detections), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      static const double starts[] = { 0, 1, 2, 7.25 };
      static const double ends[] = { 60, 2, 3, 8.5 };
      static const guint colors[] = { 1, 0, 2, 0 };
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (detections, i);

      g_assert_cmpfloat (chorus_detection_get_start (detection), ==, starts[i]);
      g_assert_cmpfloat (chorus_detection_get_end (detection), ==, ends[i]);
      g_assert_cmpuint (chorus_detection_get_color (detection), ==, colors[i]);
      g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_NONE);
      if (i == 0)
        {
          g_assert_true (isnan (chorus_detection_get_confidence (detection)));
          g_assert_true (isnan (chorus_detection_get_low (detection)));
          g_assert_true (isnan (chorus_detection_get_high (detection)));
          g_assert_cmpstr (chorus_detection_get_display_name (detection), ==, "Rain");
        }
      else
        {
          g_assert_cmpfloat (chorus_detection_get_confidence (detection), ==, 0.5);
          g_assert_cmpfloat (chorus_detection_get_low (detection), ==, 1000);
          g_assert_cmpfloat (chorus_detection_get_high (detection), ==, 2000);
        }
      if (i == 1)
        {
          g_assert_null (strchr (chorus_detection_get_display_name (detection), '\n'));
          g_assert_true (g_str_has_suffix (chorus_detection_get_display_name (detection), "<b>"));
        }
      if (i == 2)
        g_assert_cmpstr (chorus_detection_get_display_name (detection), ==, "Strix aluco");
    }

  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);
  fixture_close (store, library);
}

static void
test_detections_none (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (ChorusRecording) recording = NULL;
  g_autoptr (GListModel) detections = NULL;

  fixture_sync (store, fixture_file ("f", "a.wav", NULL));
  recording = take_only_recording (library, &list);
  detections = load (library, recording);
  g_assert_cmpuint (g_list_model_get_n_items (detections), ==, 0);

  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);
  fixture_close (store, library);
}

static void
note_cb (GObject    *object,
         GParamSpec *pspec,
         gpointer    user_data)
{
  ++*(guint *) user_data;
}

static void
test_detections_verdict (void)
{
  g_autoptr (ChorusDetection) detection = g_object_new (CHORUS_TYPE_DETECTION, NULL);
  guint n_notes = 0;

  g_assert_cmpstr (chorus_detection_get_display_name (detection), ==, "Unnamed sound");
  g_signal_connect (detection, "notify::verdict", G_CALLBACK (note_cb), &n_notes);
  chorus_detection_set_verdict (detection, CHORUS_VERDICT_REJECTED);
  chorus_detection_set_verdict (detection, CHORUS_VERDICT_REJECTED);
  g_assert_cmpuint (n_notes, ==, 1);

  for (ChorusVerdict verdict = CHORUS_VERDICT_NONE; verdict <= CHORUS_VERDICT_UNCERTAIN; verdict++)
    g_assert_cmpint (chorus_verdict_from_text (chorus_verdict_to_text (verdict)), ==, verdict);
  g_assert_cmpint (chorus_verdict_from_text ("perhaps"), ==, CHORUS_VERDICT_NONE);
  g_assert_cmpint (chorus_verdict_from_text (NULL), ==, CHORUS_VERDICT_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/detections/values", test_detections_values);
  g_test_add_func ("/library/detections/none", test_detections_none);
  g_test_add_func ("/library/detections/verdict", test_detections_verdict);

  return g_test_run ();
}
