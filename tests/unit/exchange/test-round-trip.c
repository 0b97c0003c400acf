/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was written comes back the same: in time to 1 ms and in frequency to 1 Hz, with its species, confidence and verdict as
 * far as the format can hold them. */

#include "exchange/chorus-export-format.h"
#include "exchange/chorus-import-match.h"

#include "chorus-exchange-fixture.h"

#define N_DETECTIONS 200

static const char *const scientific_names[] = { "Turdus merula", "Myophonus horsfieldii", "Corvus corone cornix",
                                                NULL };
static const char *const common_names[] = { "Blackbird", "Malabar whistling thrush", "House sparrow", "Rain & wind",
                                            NULL };
static const char *const notes[] = { NULL, "faint", "=1+1", "two\nlines, \"quoted\"", "'-x", "tab\there" };

static double
pick_number (GRand *random)
{
  /* Not a round number, and sometimes a large one */
  return g_rand_double_range (random, 0, g_rand_boolean (random) ? 10 : 100000);
}

static void
add_random (GRand        *random,
            ChorusResult *result)
{
  const double start = pick_number (random);
  const gboolean has_band = g_rand_boolean (random);
  const double low = pick_number (random);
  const char *scientific_name = scientific_names[g_rand_int_range (random, 0, G_N_ELEMENTS (scientific_names))];
  const char *common_name = common_names[g_rand_int_range (random, 0, G_N_ELEMENTS (common_names))];
  ChorusResultDetection *detection =
    fixture_detect (result, scientific_name, common_name, start, start + g_rand_double_range (random, 0, 30),
                    has_band ? low : (double) NAN, has_band ? low + pick_number (random) : (double) NAN);

  detection->confidence = g_rand_int_range (random, 0, 4) == 0 ? (double) NAN : g_rand_double (random);
  detection->verdict = (ChorusVerdict) g_rand_int_range (random, 0, CHORUS_VERDICT_UNCERTAIN + 1);
  if (detection->verdict == CHORUS_VERDICT_CONFIRMED && g_rand_boolean (random))
    {
      detection->verdict_scientific_name = g_strdup ("Turdus simillimus");
      detection->verdict_common_name = g_strdup ("Indian Blackbird");
    }
  if (detection->verdict != CHORUS_VERDICT_NONE)
    {
      detection->reviewer = g_strdup ("=Asha \"A.\"");
      detection->reviewed_at = g_strdup ("2025-07-01T10:00:00Z");
    }
  detection->model_name = g_strdup ("model");
  detection->model_version = g_strdup ("1.0");
  detection->note = g_strdup (notes[g_rand_int_range (random, 0, G_N_ELEMENTS (notes))]);
  detection->starred = g_rand_boolean (random);
}

/* Two recordings of many detections each, one of which is on this computer. */
static GPtrArray *
make_results (const char *folder)
{
  static const char *const names[] = { "20250604_050000.WAV", "=a, \"b\".wav" };
  GRand *random = g_rand_new_with_seed (20250604);
  GPtrArray *results = fixture_results ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ChorusResult *result = fixture_result (names[i], i == 0 ? "d1" : "+d2", 200000.125);

      result->path = g_build_filename (folder, names[i], NULL);
      result->sample_rate = 48000;
      result->recorded =
        chorus_recording_time_new_from_iso (i == 0 ? "2025-06-04T05:00:00" : "2025-06-05T05:00:00+05:30",
                                            CHORUS_TIME_SOURCE_FILE_NAME);
      g_assert_true (g_file_set_contents (result->path, "", 0, NULL));
      for (guint j = 0; j < N_DETECTIONS; j++)
        add_random (random, result);
      g_ptr_array_add (results, result);
    }
  g_rand_free (random);

  return results;
}

/* What a format can hold. */
typedef struct
{
  ChorusExportFormat format;
  ChorusImportFormat read_as;
  gboolean has_band;
  gboolean has_all_verdicts;
  gboolean has_confirmed; /* of the verdicts only this */
  gboolean has_all;       /* whatever else there is to know */
  gboolean has_one_name;
} Capability;

static const Capability capabilities[] = {
  { CHORUS_EXPORT_CSV, CHORUS_IMPORT_CHORUS, TRUE, TRUE, TRUE, TRUE, FALSE },
  { CHORUS_EXPORT_RAVEN, CHORUS_IMPORT_RAVEN, TRUE, TRUE, TRUE, FALSE, FALSE },
  { CHORUS_EXPORT_RAVEN_SEQUENCE, CHORUS_IMPORT_RAVEN, TRUE, TRUE, TRUE, FALSE, FALSE },
  { CHORUS_EXPORT_AUDACITY, CHORUS_IMPORT_AUDACITY, TRUE, TRUE, TRUE, FALSE, FALSE },
  { CHORUS_EXPORT_BIRDNET, CHORUS_IMPORT_BIRDNET, FALSE, FALSE, FALSE, FALSE, FALSE },
  { CHORUS_EXPORT_KALEIDOSCOPE, CHORUS_IMPORT_KALEIDOSCOPE, TRUE, FALSE, TRUE, FALSE, TRUE },
};

static void
assert_everything (const ChorusImportRow       *row,
                   const ChorusResultDetection *detection)
{
  g_assert_cmpstr (row->scientific_name, ==, detection->scientific_name);
  g_assert_cmpstr (row->common_name, ==, detection->common_name);
  g_assert_cmpstr (row->verdict_scientific_name, ==, detection->verdict_scientific_name);
  g_assert_cmpstr (row->verdict_common_name, ==, detection->verdict_common_name);
  g_assert_cmpstr (row->reviewer, ==, detection->reviewer);
  g_assert_cmpstr (row->reviewed_at, ==, detection->reviewed_at);
  g_assert_cmpstr (row->model_name, ==, detection->model_name);
  g_assert_cmpstr (row->model_version, ==, detection->model_version);
  g_assert_cmpstr (row->note, ==, detection->note);
  g_assert_cmpint (row->starred, ==, detection->starred);
}

/* A name alone may be taken for the other kind, and is then where the other would be. */
static void
assert_one_name (const ChorusImportRow       *row,
                 const ChorusResultDetection *detection)
{
  const char *found = detection->scientific_name ? detection->scientific_name : detection->common_name;
  const char *holds = chorus_result_detection_get_scientific_name (detection);
  const char *manual = row->verdict_scientific_name ? row->verdict_scientific_name : row->verdict_common_name;

  if (!holds)
    holds = chorus_result_detection_get_common_name (detection);
  if (!found)
    found = detection->verdict == CHORUS_VERDICT_CONFIRMED ? holds : NULL;
  g_assert_cmpstr (row->scientific_name ? row->scientific_name : row->common_name, ==, found);
  if (detection->verdict == CHORUS_VERDICT_CONFIRMED && g_strcmp0 (holds, found) != 0)
    g_assert_cmpstr (manual, ==, holds);
  else
    g_assert_null (manual);
}

static void
assert_same (const Capability            *capability,
             const ChorusImportRow       *row,
             const ChorusResultDetection *detection)
{
  fixture_assert_near (row->start, detection->start, 0.001);
  fixture_assert_near (row->end, detection->end, 0.001);
  fixture_assert_near (row->low, capability->has_band ? detection->low : (double) NAN, 1);
  fixture_assert_near (row->high, capability->has_band ? detection->high : (double) NAN, 1);
  fixture_assert_near (row->confidence, detection->confidence, 1e-4);
  if (capability->has_all_verdicts)
    g_assert_cmpint (row->verdict, ==, detection->verdict);
  else if (capability->has_confirmed && (detection->scientific_name || detection->common_name))
    g_assert_true ((row->verdict == CHORUS_VERDICT_CONFIRMED) == (detection->verdict == CHORUS_VERDICT_CONFIRMED));
  else if (!capability->has_confirmed)
    g_assert_cmpint (row->verdict, ==, CHORUS_VERDICT_NONE);

  if (capability->has_all)
    assert_everything (row, detection);
  else if (capability->has_one_name)
    assert_one_name (row, detection);
  else
    {
      g_assert_cmpstr (row->scientific_name, ==, chorus_result_detection_get_scientific_name (detection));
      g_assert_cmpstr (row->common_name, ==, chorus_result_detection_get_common_name (detection));
    }
}

/* Reads all tables of a folder and compares them with the detections that they were made of, in order. */
static void
compare (const Capability *capability,
         const char       *folder,
         GPtrArray        *results)
{
  g_autofree char *list = fixture_list (folder);
  g_auto (GStrv) names = g_strsplit (list, "|", -1);
  guint next[2] = { 0, 0 };

  for (guint i = 0; names[i]; i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (folder, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ChorusImport) import = chorus_import_read (file, NULL, &error);
      g_autoptr (ChorusImportMatch) match = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (chorus_import_get_format (import), ==, capability->read_as);
      g_assert_cmpuint (chorus_import_get_n_problems (import), ==, 0);
      g_assert_cmpuint (chorus_import_get_n_nothing (import), ==, 0);
      match = chorus_import_match_new (import, results);
      for (guint j = 0; j < chorus_import_get_n_rows (import); j++)
        {
          const ChorusResult *result = chorus_import_match_get_recording (match, j);
          const ChorusResultDetection *detection = NULL;
          guint which = 0;

          g_assert_cmpstr (chorus_import_match_get_reason (match, j), ==, NULL);
          g_assert_true (g_ptr_array_find (results, result, &which));
          do
            detection = g_ptr_array_index (result->detections, next[which]++);
          while (!capability->has_all_verdicts && detection->verdict == CHORUS_VERDICT_REJECTED);
          assert_same (capability, chorus_import_get_row (import, j), detection);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    {
      const ChorusResult *result = g_ptr_array_index (results, i);

      /* What is left could not be written. */
      for (; next[i] < result->detections->len; next[i]++)
        {
          const ChorusResultDetection *detection = g_ptr_array_index (result->detections, next[i]);

          g_assert_true (!capability->has_all_verdicts && detection->verdict == CHORUS_VERDICT_REJECTED);
        }
    }
}

static void
test_round_trip (gconstpointer data)
{
  const Capability *capability = data;
  const ChorusExportFormatInfo *info = chorus_export_format_get_info (capability->format);
  g_autofree char *recordings_folder = fixture_folder ();
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GPtrArray) results = make_results (recordings_folder);
  g_autoptr (ChorusExportWriter) writer = chorus_export_format_info_new_writer (info, NULL);

  fixture_write (writer, results, folder, info->extension ? "table" : NULL);
  compare (capability, folder, results);
  chorus_test_remove_folder (folder);
  chorus_test_remove_folder (recordings_folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/exchange/round-trip/%s", chorus_export_format_get_info (capabilities[i].format)->id);

      g_test_add_data_func (path, &capabilities[i], test_round_trip);
    }

  return g_test_run ();
}
