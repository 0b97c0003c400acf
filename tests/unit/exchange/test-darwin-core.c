/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Darwin Core archives, with Python's readers and a schema of the Text Guide as the truth. */

#include "package-fixture.h"

#include "exchange/chorus-darwin-core-writer.h"
#include "exchange/chorus-export-remarks.h"

/* A recording of each kind of time: with a zone, without, and none. */
static GPtrArray *
make_results (void)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
  ChorusResult *zoned = result_new (1, "a.wav", "2026-05-01T05:10:00+02:00");
  ChorusResult *clock = result_new (2, "b.wav", "2026-05-01T23:59:50");
  ChorusResult *bare = result_new (3, "c.wav", NULL);
  ChorusResultDetection *detection = NULL;

  zoned->latitude = 11.59;
  zoned->longitude = -76.08;
  detection = result_add (zoned, 11, "Myophonus horsfieldii", "Malabar Whistling-Thrush", 12.0, 15.0, 0.931,
                          CHORUS_VERDICT_CONFIRMED);
  detection->low = 1800.5;
  detection->high = 4200.0;
  detection = result_add (zoned, 12, "=HYPERLINK(\"http://x\")", "<b>&\"'\x01\ttab\nline\r\nend\\", 15.125, 18.25, 0.5,
                          CHORUS_VERDICT_NONE);
  detection->note = g_strdup ("@note, with; all");
  result_add (zoned, 13, "Pavo cristatus", "Indian Peafowl", 20.0, 23.0, 0.9, CHORUS_VERDICT_REJECTED);
  detection =
    result_add (zoned, 14, "Corvus macrorhynchos", "Large-billed Crow", 30.0, 33.0, 0.7, CHORUS_VERDICT_CONFIRMED);
  detection->verdict_scientific_name = g_strdup ("Corvus splendens protegatus");
  result_add (zoned, 15, "Human vocal", "Human vocal", 40.0, 43.0, 0.9, CHORUS_VERDICT_NONE);
  result_add (zoned, 16, "Engine", "Engine", 43.0, 46.0, 0.9, CHORUS_VERDICT_CONFIRMED);
  result_add (zoned, 17, NULL, NULL, 46.0, 49.0, 0.9, CHORUS_VERDICT_NONE);
  result_add (clock, 21, "Pavo cristatus", "Indian Peafowl", 9.0, 12.0, 0.4, CHORUS_VERDICT_UNCERTAIN);
  bare->duration = NAN;
  detection = result_add (bare, 31, "Pavo cristatus", NULL, 9.0, 12.0, NAN, CHORUS_VERDICT_CONFIRMED);
  g_clear_pointer (&detection->model_name, g_free);
  detection = result_add (bare, 32, "Pavo cristatus", NULL, 20.0, 21.5, NAN, CHORUS_VERDICT_NONE);
  g_clear_pointer (&detection->model_name, g_free);
  g_ptr_array_add (results, zoned);
  g_ptr_array_add (results, clock);
  g_ptr_array_add (results, bare);

  return results;
}

static ChorusExportWriter *
make_writer (void)
{
  g_autoptr (ChorusPackageOptions) package = chorus_package_options_new ();
  ChorusDarwinCoreOptions options = { package, NULL, FALSE };

  package->title = g_strdup ("Birds & <bats> of \"A\"");
  package->creator = g_strdup ("Asha <Rao>");
  package->organization = g_strdup ("A & B");
  package->contact_email = g_strdup ("asha@example.org");
  package->license = CHORUS_LICENSE_CC0;
  g_free (package->sampling_protocol);
  package->sampling_protocol = g_strdup ("point counts by <machine>");
  package->coordinate_decimals = 1;
  package->created = g_date_time_new_utc (2026, 6, 1, 8, 0, 0.0);

  return chorus_darwin_core_writer_new (&options);
}

static void
write_all (ChorusExportWriter *writer,
           const char         *path)
{
  g_autoptr (GPtrArray) results = make_results ();

  writer_begin (writer, path);
  for (guint i = 0; i < results->len; i++)
    writer_add (writer, g_ptr_array_index (results, i));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  writer_finish (writer);
}

static void
test_darwin_core_read_by_others (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (ChorusExportWriter) writer = make_writer ();
  g_autofree char *path = fixture_path (fixture, "a.zip");
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "unit", "exchange", "darwin-core-text.xsd", NULL);
  g_autofree char *output = NULL;
  g_auto (GStrv) remarks = NULL;

  write_all (writer, path);
  output = fixture_check ("check-darwin-core.py", path, schema);
  remarks = chorus_export_remarks_dup (CHORUS_EXPORT_REMARKS (writer));
  g_assert_cmpuint (g_strv_length (remarks), ==, 3);
  g_assert_cmpstr (remarks[0], ==,
                   "1 rejected detection was left out, because this format cannot say that it is wrong.");
  g_assert_cmpstr (remarks[1], ==, "2 detections were left out, because they are not of animals.");
  g_assert_cmpstr (remarks[2], ==, "1 detection was left out, because it has no species.");
  g_assert_cmpuint (fixture_count (fixture), ==, 1);
}

/* Whoever exports again has the same file. */
static void
test_darwin_core_same_bytes (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *contents[2] = { NULL, NULL };
  gsize sizes[2] = { 0, 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusExportWriter) writer = make_writer ();
      g_autofree char *path = fixture_path (fixture, i == 0 ? "a.zip" : "b.zip");

      write_all (writer, path);
      g_assert_true (g_file_get_contents (path, &contents[i], &sizes[i], NULL));
    }
  g_assert_cmpmem (contents[0], sizes[0], contents[1], sizes[1]);
  g_free (g_steal_pointer (&contents[1]));
}

/* What the options leave to themselves, and what they can leave out. */
static void
test_darwin_core_options (Fixture       *fixture,
                          gconstpointer  data)
{
  static const char look[] =
    "import csv, io, sys, zipfile\n"
    "archive = zipfile.ZipFile(sys.argv[1])\n"
    "table = io.StringIO(archive.read('occurrence.txt').decode())\n"
    "for row in csv.DictReader(table, delimiter='\\t', quoting=csv.QUOTE_NONE):\n"
    "    print(row['occurrenceID'], row['occurrenceStatus'], row['decimalLatitude'], row['decimalLongitude'],\n"
    "          row['coordinateUncertaintyInMeters'] or '-')\n"
    "eml = archive.read('eml.xml').decode()\n"
    "assert '<title>Acoustic detections of Western Ghats</title>' in eml\n"
    "assert '<organizationName>Not stated</organizationName>' in eml\n"
    "assert '/licenses/by/4.0/' in eml\n";
  ChorusDarwinCoreOptions options = { NULL, "detected", TRUE };
  g_autoptr (ChorusExportWriter) writer = chorus_darwin_core_writer_new (&options);
  g_autofree char *path = fixture_path (fixture, "a.zip");
  const char *argv[] = { PYTHON, "-c", look, path, NULL };
  g_autofree char *output = NULL;

  write_all (writer, path);
  g_assert_true (fixture_run (argv, &output));
  g_assert_cmpstr (output, ==,
                   "dep-1:1:11 detected 11.59 -76.08 -\n"
                   "dep-1:1:14 detected 11.59 -76.08 -\n"
                   "dep-1:3:31 detected   -\n");
}

/* More rows than are held back, so that the disk is met before the end. */
static ChorusResult *
make_large (void)
{
  ChorusResult *result = result_new (1, "a.wav", "2026-05-01T05:10:00+02:00");

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Species %08x%08x", i * 2654435761u, i * 40503u);

      result_add (result, i, name, NULL, i, i + 3.0, 0.5, CHORUS_VERDICT_NONE);
    }

  return result;
}

static void
test_darwin_core_leaves_nothing (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (ChorusResult) result = make_large ();
  g_autofree char *path = fixture_path (fixture, "a.zip");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ChorusExportWriter) writer = chorus_darwin_core_writer_new (NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      writer_begin (writer, path);
      writer_add (writer, result);
      if (i == 1)
        {
          g_cancellable_cancel (cancellable);
          g_assert_false (chorus_export_writer_add (writer, result, cancellable, &error));
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        }
      if (i == 2)
        {
          gboolean success = FALSE;

          fixture_limit_size (20000);
          success =
            chorus_export_writer_add (writer, result, NULL, &error) && chorus_export_writer_finish (writer, &error);
          fixture_limit_size (0);
          g_assert_false (success);
          g_assert_nonnull (strstr (error->message, "“a.zip” could not be saved"));
        }
    }
  g_assert_cmpuint (fixture_count (fixture), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/exchange/darwin-core/read-by-others", test_darwin_core_read_by_others);
  fixture_add ("/exchange/darwin-core/same-bytes", test_darwin_core_same_bytes);
  fixture_add ("/exchange/darwin-core/options", test_darwin_core_options);
  fixture_add ("/exchange/darwin-core/leaves-nothing", test_darwin_core_leaves_nothing);

  return g_test_run ();
}
