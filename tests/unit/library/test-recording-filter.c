/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"
#include "library/chorus-recording-listing.h"

/* Names say what they are. The place of deployment d is 11.5 N, 76.4 E: on 4 June 2025 the sun rises there at 6:01 and sets
 * at 18:47 (tables of sunrise for Ooty, in the time of India). */
#define RECORDINGS                                                                                                                     \
  "INSERT INTO deployments (profile_id, deployment_id, name, latitude, longitude) VALUES"                                              \
  "  ('p', 'd', 'North', 11.5, 76.4), ('p', 'e', 'Nowhere', NULL, NULL);"                                                              \
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at, recorded_has_zone, time_source,"                \
  "  file_id, upload_state, analysis_state, n_detections, duration, size) VALUES"                                                      \
  " (1, 'p', 'd', 'dawn.wav', '2025-06-04T05:30:00+05:30', 1, 'file-name', 'f1', 'sent', 'none', 0, 60, 10),"                          \
  " (2, 'p', 'd', 'MORNING.wav', '2025-06-04T06:30:00+05:30', 1, 'file-name', 'f2', 'sent', 'completed', 0, 50, 30),"                  \
  " (3, 'p', 'd', 'dusk é.wav', '2025-06-04T18:30:00+05:30', 1, 'file-name', 'f3', 'sent', 'completed', 2, 40, 20),"                  \
  " (4, 'p', 'd', 'night 10.wav', '2025-06-04T23:30:00+05:30', 1, 'file-name', 'f4', 'sent', 'failed', 0, NULL, 50),"                  \
  " (5, 'p', 'd', 'night 9.wav', '2025-06-05T00:30:00+05:30', 1, 'file-name', 'f5', 'sent', 'completed', 3, 20, 60),"                  \
  " (6, 'p', 'd', 'clock.wav', '2025-06-05T18:10:00', 0, 'file-name', 'f6', 'sent', 'none', 0, 10, 40),"                               \
  " (7, 'p', 'd', 'untimed.wav', NULL, 0, NULL, 'f7', 'sent', 'none', 0, 70, NULL);"                                                   \
  "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 3, 'i', 'completed'),"                                     \
  "  (2, 5, 'i', 'completed'), (3, 5, 'old', 'completed');"                                                                            \
  "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, common_name, confidence) VALUES"                            \
  "  (1, 0, 3, 'Pycnonotus jocosus', 'Red-whiskered Bulbul', 0.9),"                                                                    \
  "  (1, 1, 3, 'Myophonus horsfieldii', 'Malabar Whistling Thrush', 0.4),"                                                             \
  "  (2, 0, 5, 'Otus bakkamoena', 'Indian Scops Owl', 0.6), (2, 1, 5, 'Otus bakkamoena', NULL, 0.7),"                                  \
  "  (2, 2, 5, 'Strix ocellata', NULL, NULL), (3, 0, 5, 'Gone species', NULL, 0.99);"                                                  \
  "INSERT INTO species (name, color) SELECT DISTINCT species, 0 FROM detections;" /* The species are counted once the run is shown. */ \
  "UPDATE recordings SET run_id = 1 WHERE recording_id = 3;"                                                                           \
  "UPDATE recordings SET run_id = 2 WHERE recording_id = 5;"                                                                           \
  "UPDATE recordings SET n_species = 2 WHERE recording_id IN (3, 5);"

typedef struct
{
  ChorusStore *store;
  ChorusLibrary *library;
  ChorusRecordingList *list;
  ChorusRecordingListing *view;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->store = fixture_open_store (NULL);
  fixture_execute (fixture->store, RECORDINGS);
  fixture->library = chorus_library_new (fixture->store, NULL, "p");
  fixture->list = chorus_library_open_recordings (fixture->library, "d");
  fixture->view = chorus_recording_listing_new ();
  chorus_recording_listing_set_list (fixture->view, fixture->library, fixture->list);
  chorus_test_wait (!chorus_recording_list_get_loading (fixture->list)
                    && !chorus_recording_listing_get_pending (fixture->view));
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->view);
  g_clear_object (&fixture->list);
  fixture_close (fixture->store, fixture->library);
}

/* The ids of what is shown. */
static char *
get_ids (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->view)); i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (fixture->view), i);

      g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) chorus_recording_get_recording_id (recording));
    }

  return g_string_free (text, FALSE);
}

#define assert_filtered(fixture, filter, expected)                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *ids_ = NULL;                                                                                      \
    chorus_recording_listing_set_filter (fixture->view, filter);                                                       \
    chorus_test_wait (!chorus_recording_listing_get_pending (fixture->view));                                          \
    ids_ = get_ids (fixture);                                                                                          \
    g_assert_cmpstr (ids_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
test_filter_text (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *ids;
  } cases[] = {
    { "", "1 2 3 4 5 6 7" },
    { "  ", "1 2 3 4 5 6 7" },
    { "morning", "2" },
    { "MORN", "2" },
    { "É", "3 7" },
    { "dusk e", "3" },
    { "wav night", "4 5" },
    { "night 9", "5" },
    { "night xyz", "" },
    { "bulbul", "3" },
    { "PYCNO", "3" },
    { "whistling", "3" },
    /* One word from the name, another from a species. */
    { "night owl", "5" },
    { "dusk owl", "" },
    { "otus", "3 5" },
    { "otus bakka", "5" },
    { "strix", "5" },
    /* What an earlier run had found is not shown, and not found. */
    { "gone", "" },
    /* One letter is looked for in names alone: there is an r in Strix and in Bulbul's Red. */
    { "r", "2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

      g_free (filter->text);
      filter->text = g_strdup (cases[i].text);
      g_test_message ("%s", cases[i].text);
      assert_filtered (fixture, filter, cases[i].ids);
    }
}

static void
test_filter_threshold (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

  filter->threshold = 0.5;
  assert_filtered (fixture, filter, "3 5");
  filter->threshold = 0.7;
  assert_filtered (fixture, filter, "3 5");
  filter->threshold = 0.8;
  assert_filtered (fixture, filter, "3");

  /* Of the species that is looked for, not of any. */
  g_free (filter->text);
  filter->text = g_strdup ("thrush");
  assert_filtered (fixture, filter, "");
  filter->threshold = 0.4;
  assert_filtered (fixture, filter, "3");
}

static void
test_filter_status (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

  filter->statuses = 1u << CHORUS_RECORDING_DETECTIONS;
  assert_filtered (fixture, filter, "3 5");
  filter->statuses = (1u << CHORUS_RECORDING_FAILED) | (1u << CHORUS_RECORDING_NO_DETECTIONS);
  assert_filtered (fixture, filter, "2 4");
}

/* 4 June 2025 is the day 20243 since 1970. */
static void
test_filter_time (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    int first_day;
    int last_day;
    int first_hour;
    int last_hour;
    const char *ids;
  } cases[] = {
    { 20243, CHORUS_FILTER_ANY_DAY, -1, -1, "1 2 3 4 5 6" },
    { 20243, 20243, -1, -1, "1 2 3 4" },
    { CHORUS_FILTER_ANY_DAY, 20242, -1, -1, "" },
    { 20244, CHORUS_FILTER_ANY_DAY, -1, -1, "5 6" },
    { CHORUS_FILTER_ANY_DAY, CHORUS_FILTER_ANY_DAY, 5, 6, "1 2" },
    { CHORUS_FILTER_ANY_DAY, CHORUS_FILTER_ANY_DAY, 18, 18, "3 6" },
    { CHORUS_FILTER_ANY_DAY, CHORUS_FILTER_ANY_DAY, 23, 5, "1 4 5" },
    { 20244, 20244, 0, 23, "5 6" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

      filter->first_day = cases[i].first_day;
      filter->last_day = cases[i].last_day;
      filter->first_hour = cases[i].first_hour;
      filter->last_hour = cases[i].last_hour;
      assert_filtered (fixture, filter, cases[i].ids);
    }
}

static void
test_filter_night (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

  g_assert_false (chorus_recording_listing_get_night_by_clock (fixture->view));

  /* By the sun it is still day at 18:30; by the clock alone 18:10 is night. */
  filter->night = TRUE;
  assert_filtered (fixture, filter, "1 4 5 6");
  g_assert_true (chorus_recording_listing_get_night_by_clock (fixture->view));

  /* All zones are known: nothing is guessed. */
  filter->last_day = 20243;
  fixture_execute (fixture->store, "UPDATE deployments SET latitude = NULL");
  assert_filtered (fixture, filter, "1 3 4");
  g_assert_true (chorus_recording_listing_get_night_by_clock (fixture->view));
  fixture_execute (fixture->store, "UPDATE deployments SET latitude = 11.5");
  filter->first_day = 20243;
  assert_filtered (fixture, filter, "1 4");
  g_assert_false (chorus_recording_listing_get_night_by_clock (fixture->view));
}

static void
test_filter_saved (void)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();
  g_autoptr (ChorusRecordingFilter) read = NULL;
  g_autoptr (ChorusRecordingFilter) empty = NULL;
  g_autoptr (ChorusRecordingFilter) odd = NULL;
  g_autoptr (GVariant) saved = NULL;
  g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GVariant) strange = g_variant_ref_sink (g_variant_new_parsed (
    "{'text': <5>, 'first-hour': <99>, 'last-hour': <2>, 'threshold': <7.0>, 'more': <'x'>, 'night': <true>}"));

  g_assert_true (chorus_recording_filter_is_empty (filter));
  g_free (filter->text);
  filter->text = g_strdup ("owl");
  filter->statuses = 5;
  filter->first_day = -3;
  filter->last_day = 20243;
  filter->first_hour = 22;
  filter->last_hour = 3;
  filter->night = TRUE;
  filter->threshold = 0.25;
  g_assert_false (chorus_recording_filter_is_empty (filter));
  saved = g_variant_ref_sink (chorus_recording_filter_to_variant (filter));
  read = chorus_recording_filter_new_from_variant (saved);
  g_assert_true (chorus_recording_filter_equal (filter, read));

  empty = chorus_recording_filter_new_from_variant (nothing);
  g_assert_true (chorus_recording_filter_is_empty (empty));

  /* Settings can be edited by hand. */
  odd = chorus_recording_filter_new_from_variant (strange);
  g_assert_true (odd->night);
  odd->night = FALSE;
  g_assert_true (chorus_recording_filter_is_empty (odd));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/library/recording-filter/text", test_filter_text);
  ADD ("/library/recording-filter/threshold", test_filter_threshold);
  ADD ("/library/recording-filter/status", test_filter_status);
  ADD ("/library/recording-filter/time", test_filter_time);
  ADD ("/library/recording-filter/night", test_filter_night);
#undef ADD
  g_test_add_func ("/library/recording-filter/saved", test_filter_saved);

  return g_test_run ();
}
