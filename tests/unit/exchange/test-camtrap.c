/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packages of the acoustic profile of Camtrap DP, with schemas of its tables in Python as the truth. */

#include "package-fixture.h"

#include "exchange/chorus-camtrap-writer.h"
#include "exchange/chorus-export-remarks.h"

/* Two deployments, of which one has its place from elsewhere, and a recording of which nobody knows the time. */
static GPtrArray *
make_results (void)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
  ChorusResult *first = result_new (1, "a.wav", "2026-05-01T05:10:00+02:00");
  ChorusResult *second = result_new (2, "..\\..\\x/~y.FLAC", "2026-05-01T05:15:00.5+02:00");
  ChorusResult *third = result_new (3, "c.wav", "2026-05-02T06:00:00.250");
  ChorusResult *untimed = result_new (4, "d.wav", NULL);
  ChorusResultDetection *detection = NULL;

  first->latitude = 11.59;
  first->longitude = -76.08;
  detection = result_add (first, 11, "Myophonus horsfieldii", "Malabar Whistling-Thrush", 12.0, 15.5, 0.931,
                          CHORUS_VERDICT_CONFIRMED);
  detection->low = 1800.5;
  detection->high = 4200.0;
  detection->starred = TRUE;
  detection = result_add (first, 12, "=1+1,\"x\"", "a|b", 15.125, 18.25, 0.5, CHORUS_VERDICT_NONE);
  detection->note = g_strdup ("a, \"b\"\nc");
  detection->low = 5000.0;
  detection->high = 5000.0;
  result_add (first, 13, "Pavo cristatus", "Indian Peafowl", 20.0, 23.0, 0.9, CHORUS_VERDICT_REJECTED);
  detection =
    result_add (first, 14, "Corvus macrorhynchos", "Large-billed Crow", 30.0, 33.0, 0.7, CHORUS_VERDICT_CONFIRMED);
  detection->verdict_scientific_name = g_strdup ("Corvus splendens");
  result_add (first, 15, "Human vocal", "Human vocal", 40.0, 43.0, 0.9, CHORUS_VERDICT_NONE);
  result_add (first, 16, "Engine", "Engine", 43.0, 46.0, 0.9, CHORUS_VERDICT_NONE);
  result_add (first, 17, "Noise", "Noise", 46.0, 49.0, 0.9, CHORUS_VERDICT_NONE);
  g_free (third->deployment_id);
  third->deployment_id = g_strdup ("dep-2");
  result_add (third, 31, "Pavo cristatus", "Indian Peafowl", 0.0, 3.0, 0.9, CHORUS_VERDICT_UNCERTAIN);
  result_add (untimed, 41, "Pavo cristatus", "Indian Peafowl", 0.0, 3.0, 0.9, CHORUS_VERDICT_NONE);
  g_ptr_array_add (results, first);
  g_ptr_array_add (results, second);
  g_ptr_array_add (results, untimed);
  g_ptr_array_add (results, third);

  return results;
}

static void
add_all (ChorusExportWriter *writer,
         GPtrArray          *results)
{
  for (guint i = 0; i < results->len; i++)
    writer_add (writer, g_ptr_array_index (results, i));
}

static void
test_camtrap_read_by_others (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GPtrArray) results = make_results ();
  g_autoptr (ChorusCamtrapOptions) options = chorus_camtrap_options_new ();
  g_autoptr (ChorusExportWriter) writer = NULL;
  g_autofree char *path = fixture_path (fixture, "a.zip");
  g_autofree char *output = NULL;
  g_auto (GStrv) remarks = NULL;

  if (!fixture_can_import ("jsonschema"))
    return;

  options->package->title = g_strdup ("Birds in \"A\"");
  options->package->contact_email = g_strdup ("asha@example.org");
  options->package->coordinate_decimals = 1;
  options->design = CHORUS_CAMTRAP_DESIGN_SYSTEMATIC_RANDOM;
  chorus_camtrap_options_set_place (options, "dep-2", 12.34, 76.98);
  writer = chorus_camtrap_writer_new (options);
  writer_begin (writer, path);
  add_all (writer, results);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  writer_finish (writer);
  output = fixture_check ("check-camtrap.py", path, "times");
  remarks = chorus_export_remarks_dup (CHORUS_EXPORT_REMARKS (writer));
  g_assert_cmpuint (g_strv_length (remarks), ==, 2);
  g_assert_cmpstr (remarks[0], ==,
                   "1 rejected detection was left out, because this format cannot say that it is wrong.");
  g_assert_cmpstr (remarks[1], ==,
                   "1 recording was left out, because it is not known when it began: set its time and export again.");
  g_assert_cmpuint (fixture_count (fixture), ==, 1);
}

/* A score is a probability where somebody says so, and then only that of the model. */
static void
test_camtrap_probability (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChorusResult) result = result_new (1, "a.wav", "2026-05-01T05:10:00Z");
  g_autoptr (ChorusCamtrapOptions) options = chorus_camtrap_options_new ();
  g_autoptr (ChorusExportWriter) writer = NULL;
  g_autofree char *path = fixture_path (fixture, "a.zip");
  g_autofree char *output = NULL;

  if (!fixture_can_import ("jsonschema"))
    return;

  options->score_is_probability = TRUE;
  chorus_camtrap_options_set_place (options, "dep-1", 0.0, 0.0);
  result_add (result, 1, "Pavo cristatus", NULL, 0.0, 3.0, 0.9, CHORUS_VERDICT_NONE);
  result_add (result, 2, "Pavo cristatus", NULL, 3.0, 6.0, 0.8, CHORUS_VERDICT_CONFIRMED);
  result_add (result, 3, "Pavo cristatus", NULL, 6.0, 9.0, NAN, CHORUS_VERDICT_NONE);
  writer = chorus_camtrap_writer_new (options);
  writer_begin (writer, path);
  writer_add (writer, result);
  writer_finish (writer);
  output = fixture_check ("check-camtrap.py", path, "any");
  g_assert_cmpstr (output, ==, "1 0.9\n2 -\n3 -\n");
}

/* What is missing is known before anything is written, and said where it is still missing. */
static void
test_camtrap_unplaced (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GPtrArray) results = make_results ();
  g_autoptr (ChorusCamtrapOptions) options = chorus_camtrap_options_new ();
  g_autoptr (GPtrArray) unplaced = chorus_camtrap_options_find_unplaced (options, results);
  g_autoptr (GPtrArray) placed = NULL;
  g_autoptr (ChorusExportWriter) writer = chorus_camtrap_writer_new (options);
  g_autoptr (ChorusExportWriter) empty = chorus_camtrap_writer_new (options);
  g_autofree char *path = fixture_path (fixture, "a.zip");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (unplaced->len, ==, 1);
  g_assert_cmpstr (((ChorusResult *) g_ptr_array_index (unplaced, 0))->deployment_id, ==, "dep-2");
  writer_begin (writer, path);
  add_all (writer, results);
  g_assert_false (chorus_export_writer_finish (writer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==,
                   "Nothing was exported, because Camtrap DP needs to know where “North” is: enter its latitude and "
                   "longitude.");
  g_clear_error (&error);
  g_clear_object (&writer);

  writer_begin (empty, path);
  writer_add (empty, g_ptr_array_index (results, 2));
  g_assert_false (chorus_export_writer_finish (empty, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_object (&empty);
  g_assert_cmpuint (fixture_count (fixture), ==, 0);

  /* A place that cannot be is none. */
  chorus_camtrap_options_set_place (options, "dep-2", 91.0, 0.0);
  placed = chorus_camtrap_options_find_unplaced (options, results);
  g_assert_cmpuint (placed->len, ==, 1);
  g_clear_pointer (&placed, g_ptr_array_unref);
  chorus_camtrap_options_set_place (options, "dep-2", -90.0, 180.0);
  placed = chorus_camtrap_options_find_unplaced (options, results);
  g_assert_cmpuint (placed->len, ==, 0);
}

static void
test_camtrap_leaves_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChorusResult) result = result_new (1, "a.wav", "2026-05-01T05:10:00+02:00");
  g_autofree char *path = fixture_path (fixture, "a.zip");

  result->latitude = 11.59;
  result->longitude = -76.08;
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Species %08x%08x", i * 2654435761u, i * 40503u);

      result_add (result, i, name, NULL, i, i + 3.0, 0.5, CHORUS_VERDICT_NONE);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusExportWriter) writer = chorus_camtrap_writer_new (NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      gboolean success = FALSE;

      writer_begin (writer, path);
      writer_add (writer, result);
      if (i == 0)
        g_cancellable_cancel (cancellable);
      else
        fixture_limit_size (20000);
      success =
        chorus_export_writer_add (writer, result, cancellable, &error) && chorus_export_writer_finish (writer, &error);
      fixture_limit_size (0);
      g_assert_false (success);
      if (i == 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_nonnull (strstr (error->message, "“a.zip” could not be saved"));
    }
  g_assert_cmpuint (fixture_count (fixture), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/exchange/camtrap/read-by-others", test_camtrap_read_by_others);
  fixture_add ("/exchange/camtrap/probability", test_camtrap_probability);
  fixture_add ("/exchange/camtrap/unplaced", test_camtrap_unplaced);
  fixture_add ("/exchange/camtrap/leaves-nothing", test_camtrap_leaves_nothing);

  return g_test_run ();
}
