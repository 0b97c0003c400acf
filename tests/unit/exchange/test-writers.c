/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written, to the byte, and what is left when it is not written whole. */

#include <signal.h>
#include <sys/resource.h>

#include "exchange/chorus-audacity-writer.h"
#include "exchange/chorus-birdnet-writer.h"
#include "exchange/chorus-csv-writer.h"
#include "exchange/chorus-export-format.h"
#include "exchange/chorus-kaleidoscope-writer.h"
#include "exchange/chorus-raven-sequence-writer.h"
#include "exchange/chorus-raven-writer.h"

#include "chorus-exchange-fixture.h"

/* Two detections that say everything there is to say, and one that says as little as possible. */
static ChorusResult *
make_result (void)
{
  ChorusResult *result = fixture_result ("20250604_050000.WAV", "d1", 300);
  ChorusResultDetection *detection = NULL;

  result->project = g_strdup ("Western Ghats");
  result->site = g_strdup ("Site A");
  result->deployment = g_strdup ("North");
  result->file_id = g_strdup ("f1");
  result->sha256 = g_strdup ("ab12");
  result->latitude = 12.5;
  result->longitude = -75.25;
  result->sample_rate = 48000;
  result->recorded = chorus_recording_time_new_from_iso ("2025-06-04T05:00:00+05:30", CHORUS_TIME_SOURCE_FILE_NAME);

  detection = fixture_detect (result, "Myophonus horsfieldii", "Malabar whistling thrush", 1.25, 4.25, 2000, 8000.5);
  detection->confidence = 0.9321;
  detection->verdict = CHORUS_VERDICT_CONFIRMED;
  detection->reviewer = g_strdup ("Asha");
  detection->reviewed_at = g_strdup ("2025-07-01T10:00:00Z");
  detection->model_name = g_strdup ("model");
  detection->model_version = g_strdup ("1");
  detection->note = g_strdup ("two, \"calling\"");
  detection->starred = TRUE;

  detection = fixture_detect (result, "Turdus merula", NULL, 30, 33, 1000, (double) NAN);
  detection->verdict = CHORUS_VERDICT_REJECTED;
  detection->verdict_scientific_name = g_strdup ("Turdus simillimus");
  detection->verdict_common_name = g_strdup ("Indian blackbird");

  detection = fixture_detect (result, NULL, "Rain", 0, 300, (double) NAN, (double) NAN);
  detection->confidence = (double) NAN;

  return result;
}

static char *
write_one (ChorusExportWriter *writer,
           ChorusResult       *result,
           const char         *target_name,
           const char         *written_name)
{
  g_autoptr (GPtrArray) results = fixture_results ();
  g_autofree char *folder = fixture_folder ();
  g_autofree char *names = NULL;
  char *text = NULL;

  g_ptr_array_add (results, result);
  fixture_write (writer, results, folder, target_name);
  names = fixture_list (folder);
  g_assert_cmpstr (names, ==, written_name);
  text = fixture_read (folder, written_name);
  chorus_test_remove_folder (folder);

  return text;
}

static void
test_writers_raven (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_raven_writer_new ();
  g_autofree char *text = write_one (writer, make_result (), NULL, "20250604_050000.Chorus.selections.txt");

  g_assert_cmpstr (
    text, ==,
    "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tBegin File\t"
    "File Offset (s)\tAnnotation\tScientific Name\tCommon Name\tConfidence\tVerdict\tReviewer\tNotes\tBand\n"
    "1\tSpectrogram 1\t1\t1.250000\t4.250000\t2000.000\t8000.500\t20250604_050000.WAV\t1.250000\t"
    "Malabar whistling thrush\tMyophonus horsfieldii\tMalabar whistling thrush\t0.932100\tconfirmed\tAsha\t"
    "two, \"calling\"\t\n"
    "2\tSpectrogram 1\t1\t30.000000\t33.000000\t0.000\t24000.000\t20250604_050000.WAV\t30.000000\t"
    "Indian blackbird\tTurdus simillimus\tIndian blackbird\t0.500000\trejected\t\t\tnot known\n"
    "3\tSpectrogram 1\t1\t0.000000\t300.000000\t0.000\t24000.000\t20250604_050000.WAV\t0.000000\t"
    "Rain\t\tRain\t\t\t\t\tnot known\n");
}

static void
test_writers_audacity (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_audacity_writer_new ();
  g_autofree char *text = write_one (writer, make_result (), NULL, "20250604_050000.Chorus.labels.txt");

  g_assert_cmpstr (text, ==,
                   "1.250000\t4.250000\tMyophonus horsfieldii_Malabar whistling thrush 0.9321 [confirmed]\n"
                   "\\\t2000.000000\t8000.500000\n"
                   "30.000000\t33.000000\tTurdus simillimus_Indian blackbird 0.5000 [rejected]\n"
                   "\\\t1000.000000\t-1.000000\n"
                   "0.000000\t300.000000\tRain\n");
}

static void
test_writers_csv (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_csv_writer_new ();
  g_autofree char *text = write_one (writer, make_result (), "a.csv", "a.csv");

#define PLACE                                                                                                          \
  "Western Ghats,Site A,North,d1,12.500000,-75.250000,20250604_050000.WAV,f1,ab12,2025-06-04T05:00:00+05:30,"          \
  "file-name,300.000000,"
  g_assert_cmpstr (
    text, ==,
    "project,site,deployment,deployment_id,latitude,longitude,recording,file_id,sha256,recorded,recorded_source,"
    "duration,time,start,end,low,high,scientific_name,common_name,confidence,verdict,verdict_scientific_name,"
    "verdict_common_name,reviewer,reviewed_at,model,model_version,note,starred\n" PLACE
    "2025-06-04T05:00:01.250000+05:30,1.250000,4.250000,2000.000,8000.500,Myophonus horsfieldii,"
    "Malabar whistling thrush,0.932100,confirmed,,,Asha,2025-07-01T10:00:00Z,model,1,\"two, \"\"calling\"\"\",1\n" PLACE
    "2025-06-04T05:00:30+05:30,30.000000,33.000000,1000.000,,Turdus merula,,0.500000,rejected,Turdus simillimus,"
    "Indian blackbird,,,,,,0\n" PLACE "2025-06-04T05:00:00+05:30,0.000000,300.000000,,,,Rain,,,,,,,,,,0\n");
}

static void
test_writers_birdnet (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_birdnet_writer_new ();
  ChorusResult *result = make_result ();
  g_autofree char *text = NULL;
  guint n_left_out = 0;

  result->path = g_strdup ("/media/card/20250604_050000.WAV");
  text = write_one (writer, result, "a.csv", "a.csv");
  g_assert_cmpstr (text, ==,
                   "Start (s),End (s),Scientific name,Common name,Confidence,File\n"
                   "1.250,4.250,Myophonus horsfieldii,Malabar whistling thrush,0.9321,/media/card/20250604_050000.WAV\n"
                   "0.000,300.000,,Rain,,/media/card/20250604_050000.WAV\n");
  chorus_export_writer_get_left_out (writer, CHORUS_LEFT_OUT_REJECTED, NULL, &n_left_out);
  g_assert_cmpuint (n_left_out, ==, 1);
}

static void
test_writers_kaleidoscope (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_kaleidoscope_writer_new ();
  ChorusResult *result = make_result ();
  g_autofree char *text = NULL;
  g_auto (GStrv) sentences = NULL;

  result->path = g_strdup ("/media/card/20250604_050000.WAV");
  text = write_one (writer, result, "a.csv", "a.csv");
  g_assert_cmpstr (
    text, ==,
    "INDIR,FOLDER,IN FILE,CHANNEL,OFFSET,DURATION,Fmin,Fmax,DATE,TIME,HOUR,TOP1MATCH,TOP1DIST,MANUAL ID\n"
    "/media/card,,20250604_050000.WAV,0,1.2500,3.0000,2.0000,8.0005,2025-06-04,05:00:00,05,"
    "Myophonus horsfieldii,0.0679,Myophonus horsfieldii\n"
    "/media/card,,20250604_050000.WAV,0,0.0000,300.0000,,,2025-06-04,05:00:00,05,Rain,,\n");
  sentences = chorus_export_writer_list_left_out (writer);
  g_assert_cmpuint (g_strv_length (sentences), ==, 1);
  g_assert_cmpstr (sentences[0], ==,
                   "1 rejected detection was left out, because this format cannot say that it is wrong.");
}

/* The sequence is that of the files that are there, with detections or without; the numbers have no gap. */
static void
test_writers_sequence (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_raven_sequence_writer_new ();
  g_autoptr (GPtrArray) results = fixture_results ();
  g_autofree char *folder = fixture_folder ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  static const struct
  {
    const char *name;
    double duration;
    gboolean is_there;
    guint n_detections;
  } files[] = {
    { "a.wav", 60.5, TRUE, 1 },  { "gone.wav", 60, FALSE, 2 },   { "silent.wav", 10, TRUE, 0 },
    { "b.wav", 300, TRUE, 2 },   { "\t.wav", 60, TRUE, 1 },      { "c.wav", (double) NAN, TRUE, 1 },
    { "d\xff.wav", 9, TRUE, 0 }, { "last.wav", 60.25, TRUE, 1 },
  };
  static const double begins[] = { 1, 71.5, 72.5, 371.5 };
  static const char *const names[] = { "a.wav", "b.wav", "b.wav", "last.wav" };
  static const double offsets[] = { 1, 1, 2, 1 };
  guint n_recordings = 0;
  guint n_detections = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ChorusResult *result = fixture_result (files[i].name, "d", files[i].duration);

      result->path = g_build_filename (folder, files[i].name, NULL);
      if (files[i].is_there)
        g_assert_true (g_file_set_contents (result->path, "", 0, NULL));
      for (guint j = 0; j < files[i].n_detections; j++)
        fixture_detect (result, "Turdus merula", NULL, 1 + j, 2.5 + j, 1000, 2000);
      g_ptr_array_add (results, result);
    }
  fixture_write (writer, results, folder, "table.txt");

  text = fixture_read (folder, "table.txt");
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + G_N_ELEMENTS (begins) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i + 1], "\t", -1);
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpuint (g_strv_length (fields), ==, 18);
      g_assert_cmpuint (g_ascii_strtoull (fields[0], NULL, 10), ==, i + 1);
      g_assert_cmpfloat (g_ascii_strtod (fields[3], NULL), ==, begins[i]);
      g_assert_cmpfloat (g_ascii_strtod (fields[4], NULL), ==, begins[i] + 1.5);
      g_assert_cmpstr (fields[7], ==, names[i]);
      g_assert_cmpfloat (g_ascii_strtod (fields[8], NULL), ==, offsets[i]);
      g_assert_cmpstr (fields[17], ==, path);
    }

  chorus_export_writer_get_left_out (writer, CHORUS_LEFT_OUT_NO_FILE, &n_recordings, &n_detections);
  g_assert_cmpuint (n_recordings, ==, 1);
  g_assert_cmpuint (n_detections, ==, 2);
  chorus_export_writer_get_left_out (writer, CHORUS_LEFT_OUT_PATH, &n_recordings, &n_detections);
  g_assert_cmpuint (n_recordings, ==, 2);
  g_assert_cmpuint (n_detections, ==, 1);
  chorus_export_writer_get_left_out (writer, CHORUS_LEFT_OUT_NO_DURATION, &n_recordings, &n_detections);
  g_assert_cmpuint (n_recordings, ==, 1);
  g_assert_cmpuint (n_detections, ==, 1);
  chorus_test_remove_folder (folder);
}

/* Files for recordings of one name, of names that differ by their case alone, and of names that are none. */
static void
test_writers_names (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_audacity_writer_new ();
  g_autoptr (GPtrArray) results = fixture_results ();
  g_autofree char *folder = fixture_folder ();
  g_autofree char *names = NULL;
  static const char *const recordings[] = {
    "a.wav", "A.WAV", "a.flac", "a (2).wav", "../../x.wav", "", "b\n<i>.wav", "silent.wav", NULL,
  };
  guint n_left_out = 0;

  for (guint i = 0; recordings[i]; i++)
    {
      ChorusResult *result = fixture_result (recordings[i], "d", 60);

      if (!g_str_equal (recordings[i], "silent.wav"))
        fixture_detect (result, "Turdus merula", NULL, 1, 2, 1000, 2000);
      g_ptr_array_add (results, result);
    }
  fixture_write (writer, results, folder, NULL);
  names = fixture_list (folder);
  g_assert_cmpstr (names, ==,
                   "A (2).Chorus.labels.txt|_.Chorus.labels.txt|"
                   "a (2) (2).Chorus.labels.txt|a (3).Chorus.labels.txt|a.Chorus.labels.txt|"
                   "b--i-.Chorus.labels.txt|x.Chorus.labels.txt");
  chorus_export_writer_get_left_out (writer, CHORUS_LEFT_OUT_NO_DETECTIONS, &n_left_out, NULL);
  g_assert_cmpuint (n_left_out, ==, 1);
  chorus_test_remove_folder (folder);
}

/* What Debian's Python makes of a table: every field, with unit and record separators. */
static char *
ask_python (const char *path,
            gboolean    is_csv)
{
  static const char script[] =
    "import csv, sys\n"
    "options = {'dialect': 'excel'} if sys.argv[2] == 'csv' else {'delimiter': '\\t', 'quoting': csv.QUOTE_NONE}\n"
    "with open(sys.argv[1], newline='', encoding='utf-8') as table:\n"
    "    sys.stdout.buffer.write(''.join('\\x1f'.join(row) + '\\x1e' for row in csv.reader(table, strict=True,"
    " **options)).encode())\n";
  const char *argv[] = { "/usr/bin/python3", "-c", script, path, is_csv ? "csv" : "tsv", NULL };
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  g_assert_true (
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &errors, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (status, ==, 0);

  return out;
}

static const char *const nasty_texts[] = {
  "=cmd|' /C calc'!A0",
  "+1",
  "-1",
  "@SUM(A1)",
  "\tx",
  "\rx",
  "a\tb",
  "a\r\nb",
  "a\nb",
  "\"",
  "a\"b\"",
  ",",
  "a,b",
  ";",
  "<b>&amp;</b>",
  "%s%n",
  "\u202eevil",
  "'=1",
  "'",
  "\\",
  "\\N",
  "a\\",
  "日本語",
  "NULL",
};

/* A text as it is in CSV: with an apostrophe where it would be computed or, as TSV has it, take in what follows. */
static char *
protect (const char *text)
{
  const char *first = text + strspn (text, "'");

  return g_strconcat (*first && strchr ("=+-@\t\r\n\"", *first) ? "'" : "", text, NULL);
}

/* The formats that are tables come first. */
#define N_TABLES (CHORUS_EXPORT_KALEIDOSCOPE + 1)

/* Every text in every table: as many rows and columns as there should be, and no field that a spreadsheet computes. */
static void
test_writers_nasty (void)
{
  for (guint format = 0; format < N_TABLES; format++)
    {
      const ChorusExportFormatInfo *info = chorus_export_format_get_info ((ChorusExportFormat) format);
      const gboolean is_csv = g_strcmp0 (info->extension, "csv") == 0;
      g_autoptr (ChorusExportWriter) writer = chorus_export_format_info_new_writer (info, NULL);
      g_autoptr (GPtrArray) results = fixture_results ();
      g_autofree char *folder = fixture_folder ();
      ChorusResult *result = fixture_result ("x.wav", "d", 60);
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      g_autofree char *table = NULL;
      g_auto (GStrv) rows = NULL;

      result->path = g_build_filename (folder, ".x.wav", NULL);
      g_assert_true (g_file_set_contents (result->path, "", 0, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (nasty_texts); i++)
        {
          ChorusResultDetection *detection =
            fixture_detect (result, nasty_texts[i], nasty_texts[i], i, i + 1, (double) NAN, (double) NAN);

          detection->note = g_strdup (nasty_texts[i]);
          detection->reviewer = g_strdup (nasty_texts[i]);
        }
      g_ptr_array_add (results, result);
      fixture_write (writer, results, folder, info->extension ? "t" : NULL);
      g_assert_cmpint (g_unlink (result->path), ==, 0);

      name = fixture_list (folder);
      path = g_build_filename (folder, name, NULL);
      table = ask_python (path, is_csv);
      rows = g_strsplit (table, "\x1e", -1);
      g_assert_cmpuint (g_strv_length (rows), ==,
                        G_N_ELEMENTS (nasty_texts) + (format == CHORUS_EXPORT_AUDACITY ? 1 : 2));
      for (guint i = 0; rows[i + 1]; i++)
        {
          g_auto (GStrv) first = g_strsplit (rows[0], "\x1f", -1);
          g_auto (GStrv) fields = g_strsplit (rows[i], "\x1f", -1);

          g_assert_cmpuint (g_strv_length (fields), ==, g_strv_length (first));
          for (guint j = 0; fields[j]; j++)
            g_assert_true (fields[j][0] == '\0' || !strchr ("=+-@\t\r\n", fields[j][0]));
          if (format == CHORUS_EXPORT_CSV && i > 0)
            {
              g_autofree char *text = protect (nasty_texts[i - 1]);

              g_assert_cmpstr (fields[17], ==, text);
              g_assert_cmpstr (fields[18], ==, text);
              g_assert_cmpstr (fields[27], ==, text);
            }
        }
      chorus_test_remove_folder (folder);
    }
}

/* Numbers are numbers, though they begin with a minus. */
static void
test_writers_negative (void)
{
  g_autoptr (ChorusExportWriter) writer = chorus_csv_writer_new ();
  ChorusResult *result = make_result ();
  g_autofree char *text = NULL;

  result->latitude = -12.5;
  text = write_one (writer, result, "a.csv", "a.csv");
  g_assert_nonnull (strstr (text, ",d1,-12.500000,-75.250000,"));
}

/* A disk that takes no more, wherever it happens, and a writer that goes before it has finished. */
static void
test_writers_interrupted (void)
{
  struct rlimit limit = { 0 };
  struct rlimit small = { 0 };

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 4096;
  signal (SIGXFSZ, SIG_IGN);
  for (guint i = 0; i < 2 * N_TABLES; i++)
    {
      const ChorusExportFormatInfo *info = chorus_export_format_get_info ((ChorusExportFormat) (i / 2));
      ChorusExportWriter *writer = chorus_export_format_info_new_writer (info, NULL);
      g_autofree char *folder = fixture_folder ();
      g_autofree char *names = NULL;
      g_autoptr (GFile) target = g_file_new_build_filename (folder, info->extension ? "t" : NULL, NULL);
      g_autoptr (ChorusResult) little = make_result ();
      g_autoptr (ChorusResult) much = fixture_result ("x.wav", "d", 60);
      g_autofree char *path = g_build_filename (folder, "t", NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;

      if (info->extension)
        g_assert_true (g_file_set_contents (path, "before", -1, NULL));
      much->path = g_strdup ("/proc/self/exe");
      for (guint j = 0; j < 2000; j++)
        fixture_detect (much, "Turdus merula", NULL, j, j + 1, 1000, 2000);
      g_assert_true (chorus_export_writer_begin (writer, target, &error));
      g_assert_true (chorus_export_writer_add (writer, little, NULL, &error));
      if (i % 2 == 0)
        {
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
          g_assert_false (chorus_export_writer_add (writer, much, NULL, &error)
                          && chorus_export_writer_finish (writer, &error));
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, "could not be saved, because this disk takes no file of its size"));
        }
      g_assert_finalize_object (writer);

      names = fixture_list (folder);
      g_assert_cmpstr (names, ==, info->extension ? "t" : "");
      if (info->extension)
        {
          contents = fixture_read (folder, "t");
          g_assert_cmpstr (contents, ==, "before");
        }
      chorus_test_remove_folder (folder);
    }
}

static void
test_writers_nowhere (void)
{
  for (guint i = 0; i < CHORUS_N_EXPORT_FORMATS; i++)
    {
      const ChorusExportFormatInfo *info = chorus_export_format_get_info ((ChorusExportFormat) i);
      g_autoptr (ChorusExportWriter) writer = chorus_export_format_info_new_writer (info, NULL);
      g_autoptr (GFile) target = g_file_new_for_path ("/nowhere/at all");
      g_autoptr (GError) error = NULL;

      g_assert_false (chorus_export_writer_begin (writer, target, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      g_assert_cmpstr (error->message, ==,
                       "“at all” could not be saved, because its folder is not there: choose another folder.");
      g_assert_cmpint (chorus_export_format_from_id (info->id), ==, i);
    }
  g_assert_cmpint (chorus_export_format_from_id (NULL), ==, CHORUS_EXPORT_CSV);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/writers/raven", test_writers_raven);
  g_test_add_func ("/exchange/writers/audacity", test_writers_audacity);
  g_test_add_func ("/exchange/writers/csv", test_writers_csv);
  g_test_add_func ("/exchange/writers/birdnet", test_writers_birdnet);
  g_test_add_func ("/exchange/writers/kaleidoscope", test_writers_kaleidoscope);
  g_test_add_func ("/exchange/writers/sequence", test_writers_sequence);
  g_test_add_func ("/exchange/writers/names", test_writers_names);
  g_test_add_func ("/exchange/writers/nasty", test_writers_nasty);
  g_test_add_func ("/exchange/writers/negative", test_writers_negative);
  g_test_add_func ("/exchange/writers/interrupted", test_writers_interrupted);
  g_test_add_func ("/exchange/writers/nowhere", test_writers_nowhere);

  return g_test_run ();
}
