/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as others write them. Each names where its form is from: "interop" is the project's reference of formats, with its
 * section, and the source that it names. */

#include "chorus-exchange-fixture.h"

typedef struct
{
  const char *file;
  double start;
  double end;
  double low;
  double high;
  const char *scientific_name;
  const char *common_name;
  double confidence;
  ChorusVerdict verdict;
  const char *verdict_name; /* scientific or else common */
} ExpectedRow;

/* What is not said about a row: no band, no confidence, no verdict. */
#define NO ((double) NAN)

typedef struct
{
  const char *source;
  const char *name;
  const char *table;
  ChorusImportFormat format;
  guint n_nothing;
  ExpectedRow rows[6];
} ImportCase;

static const ImportCase cases[] = {
  { "interop 6.1: the minimum, with the twin rows that Raven writes for two views",
    "a.Table.1.selections.txt",
    "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\n"
    "1\tWaveform 1\t1\t1.500000000\t2.250000000\t0.0\t24000.0\n"
    "1\tSpectrogram 1\t1\t1.500000000\t2.250000000\t1000.0\t2000.5\n"
    "2\tSpectrogram 1\t1\t10.0\t11.0\t500.0\t600.0\n"
    "2\tWaveform 1\t1\t10.0\t11.0\t0.0\t24000.0\n"
    "3\tWaveform 1\t1\t20.0\t21.0\t0.0\t24000.0\n",
    CHORUS_IMPORT_RAVEN,
    0,
    { { NULL, 1.5, 2.25, 1000, 2000.5, NULL, NULL, NO },
      { NULL, 10, 11, 500, 600, NULL, NULL, NO },
      { NULL, 20, 21, NO, NO, NULL, NULL, NO } } },

  { "interop 6.1: extras of Raven, of a sequence; columns in another order, CRLF and a byte order mark",
    "b.txt",
    "\xef\xbb\xbf"
    "Begin File\tEnd File\tBegin Path\tFile Offset (s)\tEnd Time (s)\tBegin Time (s)\tSpecies\tNotes\tSelection\tView\t"
    "Channel\tDelta Time (s)\tLow Frequency (Hz)\tHigh Frequency (Hz)\tSEL (dB)\tPeak Frequency (Hz)\r\n"
    "b.wav\tb.wav\tC:\\card\\b.wav\t1.2500\t301.7500\t301.2500\tTurdus merula\tfaint\t1\tSpectrogram 1\t1\t0.5\t1000\t"
    "2000\t70.1\t1500\r\n",
    CHORUS_IMPORT_RAVEN,
    0,
    { { "C:\\card\\b.wav", 1.25, 1.75, 1000, 2000, "Turdus merula", NULL, NO } } },

  { "interop 6.1: abbreviated Freq, a length instead of an end, an Annotation, names as R mangles them",
    "c.txt",
    "Selection\tView\tChannel\tBegin.Time..s.\tDelta.Time..s.\tLow.Freq..Hz.\tHigh.Freq..Hz.\tAnnotation\n"
    "1\tSpectrogram 1\t1\t2\t3\t100\t200\tHouse Sparrow\n"
    "2\tSpectrogram 1\t1\t2\t3\t100\t200\tErithacus rubecula_European Robin\n",
    CHORUS_IMPORT_RAVEN,
    0,
    { { NULL, 2, 5, 100, 200, NULL, "House Sparrow", NO },
      { NULL, 2, 5, 100, 200, "Erithacus rubecula", "European Robin", NO } } },

  { "interop 6.2: Raven of BirdNET-Analyzer 2.x",
    "a.BirdNET.selection.table.txt",
    "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tCommon Name\tSpecies Code\t"
    "Confidence\tBegin Path\tFile Offset (s)\n"
    "1\tSpectrogram 1\t1\t303\t306\t0\t15000\tEurasian Blackbird\teurbla\t0.8765\t/data/a.wav\t3\n"
    "2\tSpectrogram 1\t1\t600\t603\t0\t15000\tnocall\tnocall\t1.0\t/data/b.wav\t0\n",
    CHORUS_IMPORT_RAVEN,
    1,
    { { "/data/a.wav", 3, 6, 0, 15000, NULL, "Eurasian Blackbird", 0.8765 } } },

  { "interop 6.2: Raven of BirdNET-Analyzer 3.0, whose cumulative times pass over files without detections",
    "x.txt",
    "Selection\tBegin Time (s)\tEnd Time (s)\tCommon Name\tScientific Name\tSpecies Code\tConfidence\tView\tChannel\t"
    "File Offset (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tBegin Path\n"
    "1\t3.0\t6.0\tCooper's Hawk\tAstur cooperii\tcoohaw\t0.5\tSpectrogram 1\t1\t3.0\t0\t15000\t/data/a.wav\n"
    "2\t69.0\t72.0\tCooper's Hawk\tAstur cooperii\tcoohaw\t0.25\tSpectrogram 1\t1\t9.0\t0\t15000\t/data/c.wav\n",
    CHORUS_IMPORT_RAVEN,
    0,
    { { "/data/a.wav", 3, 6, 0, 15000, "Astur cooperii", "Cooper's Hawk", 0.5 },
      { "/data/c.wav", 9, 12, 0, 15000, "Astur cooperii", "Cooper's Hawk", 0.25 } } },

  { "interop 6.2: Raven of BirdNET-Go, whose times are those in the file",
    "x.txt",
    "Selection\tView\tChannel\tBegin File\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tSpecies Code\t"
    "Common Name\tConfidence\n"
    "1\tSpectrogram 1\t1\ta.wav\t3.0\t6.0\t0\t15000\teurbla\tEurasian Blackbird\t0.5\n",
    CHORUS_IMPORT_RAVEN,
    0,
    { { "a.wav", 3, 6, 0, 15000, NULL, "Eurasian Blackbird", 0.5 } } },

  { "interop 6.3: Audacity labels with frequencies, its example in bytes, a point label, and a band of one side",
    "a.txt",
    "12.000000\t15.000000\tErithacus rubecula 0.87\n\\\t2000.000000\t8000.000000\n"
    "20.000000\t20.000000\t\n"
    "21.500000\t22.000000\tRain\n\\\t-1.000000\t500.000000\n",
    CHORUS_IMPORT_AUDACITY,
    0,
    { { NULL, 12, 15, 2000, 8000, "Erithacus rubecula", NULL, 0.87 },
      { NULL, 20, 20, NO, NO, NULL, NULL, NO },
      { NULL, 21.5, 22, NO, 500, NULL, "Rain", NO } } },

  { "interop 6.3: Audacity labels with decimal commas",
    "a.txt",
    "12,500000\t15,250000\tErithacus rubecula 0,87\n\\\t2000,5\t8000\n",
    CHORUS_IMPORT_AUDACITY,
    0,
    { { NULL, 12.5, 15.25, 2000.5, 8000, "Erithacus rubecula", NULL, 0.87 } } },

  { "interop 6.2: Audacity of BirdNET-Analyzer, with the confidence in a fourth field",
    "a.BirdNET.results.txt",
    "0.0\t3.0\tErithacus rubecula_European Robin\t0.8765\n3.0\t6.0\tTurdus merula_Common Blackbird\t1.0\n",
    CHORUS_IMPORT_AUDACITY,
    0,
    { { NULL, 0, 3, NO, NO, "Erithacus rubecula", "European Robin", 0.8765 },
      { NULL, 3, 6, NO, NO, "Turdus merula", "Common Blackbird", 1 } } },

  { "interop 6.2: CSV of BirdNET-Analyzer",
    "a.BirdNET.results.csv",
    "Start (s),End (s),Scientific name,Common name,Confidence,File\n"
    "0.0,3.0,Erithacus rubecula,European Robin,0.8765,/data/a.wav\n"
    "3.0,6.0,Human vocal,\"Human, vocal\",0.5,\"/data/a, b.wav\"\n",
    CHORUS_IMPORT_BIRDNET,
    0,
    { { "/data/a.wav", 0, 3, NO, NO, "Erithacus rubecula", "European Robin", 0.8765 },
      { "/data/a, b.wav", 3, 6, NO, NO, "Human vocal", "Human, vocal", 0.5 } } },

  { "interop 6.2: CSV of BirdNET-Analyzer with its optional columns, saved again with semicolons",
    "a.csv",
    "Start (s);End (s);Scientific name;Common name;Confidence;File;lat;lon;week;overlap;sensitivity;min_conf;"
    "species_list;model\n"
    "0,0;3,0;Erithacus rubecula;European Robin;0,8765;a.wav;-1;-1;-1;0;1;0,1;;BirdNET_GLOBAL_6K_V2.4\n",
    CHORUS_IMPORT_BIRDNET,
    0,
    { { "a.wav", 0, 3, NO, NO, "Erithacus rubecula", "European Robin", 0.8765 } } },

  { "interop 6.2: R of BirdNET-Analyzer",
    "a.csv",
    "filepath,start,end,scientific_name,common_name,confidence,lat,lon,week,overlap,sensitivity,min_conf,species_list,"
    "model\n"
    "/data/a.wav,0,3,Erithacus rubecula,European Robin,0.8765,-1,-1,-1,0.0,1.0,0.1,,BirdNET_GLOBAL_6K_V2.4\n",
    CHORUS_IMPORT_BIRDNET,
    0,
    { { "/data/a.wav", 0, 3, NO, NO, "Erithacus rubecula", "European Robin", 0.8765 } } },

  { "interop 6.2: Kaleidoscope of BirdNET-Analyzer up to 2.4",
    "a.BirdNET.results.kaleidoscope.csv",
    "INDIR,FOLDER,IN FILE,OFFSET,DURATION,scientific_name,common_name,confidence,lat,lon,week,overlap,sensitivity\n"
    "/data,card,a.wav,3.0,3.0,Erithacus rubecula,European Robin,0.8765,-1,-1,-1,0.0,1.0\n",
    CHORUS_IMPORT_KALEIDOSCOPE,
    0,
    { { "/data/card/a.wav", 3, 6, NO, NO, "Erithacus rubecula", "European Robin", 0.8765 } } },

  { "interop 6.2: Kaleidoscope of BirdNET-Analyzer after its pull request 856",
    "a.csv",
    "INDIR,FOLDER,IN FILE,OFFSET,DURATION,TOP1MATCH,TOP1DIST\n/data,card,a.wav,3.0,3.0,Erithacus rubecula,0.125\n",
    CHORUS_IMPORT_KALEIDOSCOPE,
    0,
    { { "/data/card/a.wav", 3, 6, NO, NO, "Erithacus rubecula", NULL, 0.875 } } },

  { "interop 6.2: Kaleidoscope of BirdNET-Analyzer now: other columns first, the probability in confidence",
    "a.csv",
    "OFFSET,DURATION,scientific_name,common_name,confidence,INDIR,FOLDER,IN FILE\n"
    "3.0,3.0,Erithacus rubecula,European Robin,0.8765,/data,card,a.wav\n",
    CHORUS_IMPORT_KALEIDOSCOPE,
    0,
    { { "/data/card/a.wav", 3, 6, NO, NO, "Erithacus rubecula", "European Robin", 0.8765 } } },

  { "interop 6.4: id.csv of Kaleidoscope",
    "id.csv",
    "INDIR,OUTDIR,FOLDER,IN FILE,CHANNEL,OFFSET,DURATION,OUT FILE FS,OUT FILE ZC,DATE,TIME,HOUR,DATE-12,TIME-12,HOUR-12,"
    "AUTO ID*,PULSES,MATCHING,MATCH RATIO,MARGIN,ALTERNATE 1,ALTERNATE 2,N,Fc,Sc,Dur,Fmax,Fmin,Fmean,TBC,Fk,Tk,S1,Tc,"
    "Qual,FILES,MANUAL ID,ORGID,USERID,REVIEW ORGID,REVIEW USERID,INPATHMD5,OUTPATHMD5FS,OUTPATHMD5ZC\n"
    "D:\\bats,D:\\out,night1,a.wav,0,1.5,2.5,,,2025-06-04,05:00:00,5,2025-06-03,17:00:00,17,PIPPIP,12,11,0.916667,0.2,,,"
    "12,46.1,20,5.1,52.25,44.5,47,90,46,2,100,4,1,1,PIPPYG,,,,,x,y,z\n"
    "D:\\bats,D:\\out,night1,b.wav,0,,4.5,,,2025-06-04,05:00:00,5,2025-06-03,17:00:00,17,NoID,2,0,0,0,,,"
    "2,,,,,,,,,,,,,1,MYODAU,,,,,x,y,z\n"
    "D:\\bats,D:\\out,night1,c.wav,0,0,4.5,,,2025-06-04,05:00:00,5,2025-06-03,17:00:00,17,Noise,0,0,0,0,,,"
    "0,,,,,,,,,,,,,1,,,,,,x,y,z\n"
    "D:\\bats,D:\\out,,d.wav,0,0,4.5,,,2025-06-04,05:00:00,5,2025-06-03,17:00:00,17,PIPPIP,0,0,0,0,,,"
    "0,,,,,,,,,,,,,1,Noise,,,,,x,y,z\n",
    CHORUS_IMPORT_KALEIDOSCOPE,
    1,
    { { "D:\\bats\\night1\\a.wav", 1.5, 4, 44500, 52250, NULL, "PIPPIP", NO, CHORUS_VERDICT_CONFIRMED, "PIPPYG" },
      { "D:\\bats\\night1\\b.wav", 0, 4.5, NO, NO, NULL, "MYODAU", NO, CHORUS_VERDICT_CONFIRMED },
      { "D:\\bats\\d.wav", 0, 4.5, NO, NO, NULL, "PIPPIP", NO, CHORUS_VERDICT_REJECTED } } },

  { "interop 6.4: cluster.csv of Kaleidoscope, whose distances are no confidences",
    "cluster.csv",
    "INDIR,OUTDIR,FOLDER,IN FILE,CHANNEL,OFFSET,DURATION,Fmin,Fmean,Fmax,DATE,TIME,HOUR,TOP1MATCH*,TOP1DIST,MANUAL ID*\n"
    "/in,/out,,a.wav,0,1,2,2.5,3,4.5,2025-06-04,05:00:00,5,Turdus merula,0.4,Turdus merula\n",
    CHORUS_IMPORT_KALEIDOSCOPE,
    0,
    { { "/in/a.wav", 1, 3, 2500, 4500, "Turdus merula", NULL, NO, CHORUS_VERDICT_CONFIRMED } } },
};

static void
assert_row (const ChorusImportRow *row,
            const ExpectedRow     *expected)
{
  g_assert_cmpstr (row->file, ==, expected->file);
  g_assert_cmpfloat_with_epsilon (row->start, expected->start, 1e-9);
  g_assert_cmpfloat_with_epsilon (row->end, expected->end, 1e-9);
  fixture_assert_near (row->low, expected->low, 1e-9);
  fixture_assert_near (row->high, expected->high, 1e-9);
  g_assert_cmpstr (row->scientific_name, ==, expected->scientific_name);
  g_assert_cmpstr (row->common_name, ==, expected->common_name);
  fixture_assert_near (row->confidence, expected->confidence, 1e-9);
  g_assert_cmpint (row->verdict, ==, expected->verdict);
  g_assert_cmpstr (row->verdict_scientific_name ? row->verdict_scientific_name : row->verdict_common_name, ==,
                   expected->verdict_name);
}

static void
test_import_case (gconstpointer data)
{
  const ImportCase *test = data;
  g_autoptr (ChorusImport) import = fixture_import (test->table, test->name);
  guint n_rows = 0;

  g_test_message ("%s", test->source);
  for (guint i = 0; i < chorus_import_get_n_problems (import); i++)
    g_test_message ("%s", ((ChorusImportProblem *) g_ptr_array_index (chorus_import_get_problems (import), i))->reason);
  g_assert_cmpuint (chorus_import_get_n_problems (import), ==, 0);
  g_assert_cmpint (chorus_import_get_format (import), ==, test->format);
  g_assert_cmpuint (chorus_import_get_n_nothing (import), ==, test->n_nothing);

  while (n_rows < G_N_ELEMENTS (test->rows) && (test->rows[n_rows].end > 0 || test->rows[n_rows].file))
    n_rows++;
  g_assert_cmpuint (chorus_import_get_n_rows (import), ==, n_rows);
  for (guint i = 0; i < n_rows; i++)
    assert_row (chorus_import_get_row (import, i), &test->rows[i]);
}

static void
test_import_details (void)
{
  g_autoptr (ChorusImport) raven =
    fixture_import ("Begin Time (s)\tEnd Time (s)\tNotes\tReviewer\tVerdict\n1\t2\t'=faint\tAsha\tConfirmed\n",
                    "x.txt");
  g_autoptr (ChorusImport) kaleidoscope =
    fixture_import ("IN FILE,OFFSET,DURATION,DATE,TIME,TOP1MATCH\na.wav,1,2,2025-06-04,05:00:00,X\n"
                    "20250604_050000.wav,1,2,2025-06-04,05:00:01,X\n",
                    "x.csv");
  g_autoptr (ChorusImport) birdnet =
    fixture_import ("filepath,start,end,scientific_name,model\na.wav,1,2,Turdus merula,BirdNET_GLOBAL_6K_V2.4\n",
                    "x.csv");
  const ChorusImportRow *row = chorus_import_get_row (raven, 0);

  g_assert_cmpstr (row->note, ==, "=faint");
  g_assert_cmpstr (row->reviewer, ==, "Asha");
  g_assert_cmpint (row->verdict, ==, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpuint (row->line, ==, 2);
  g_assert_cmpstr (chorus_import_get_row (kaleidoscope, 0)->recorded, ==, "2025-06-04T05:00:00");
  g_assert_null (chorus_import_get_row (kaleidoscope, 1)->recorded);
  g_assert_cmpstr (chorus_import_get_row (birdnet, 0)->model_name, ==, "BirdNET_GLOBAL_6K_V2.4");
}

/* Tables of several files one after the other number their selections anew. */
static void
test_import_repeated_selections (void)
{
  g_autoptr (ChorusImport) import = fixture_import ("Selection\tView\tBegin Time (s)\tEnd Time (s)\tBegin File\n"
                                                    "1\tSpectrogram 1\t1\t2\ta.wav\n"
                                                    "2\tSpectrogram 1\t3\t4\ta.wav\n"
                                                    "1\tSpectrogram 1\t1\t2\tb.wav\n"
                                                    "2\tWaveform 1\t5\t6\tb.wav\n",
                                                    "x.txt");

  g_assert_cmpuint (chorus_import_get_n_rows (import), ==, 4);
}

static void
test_import_problems (void)
{
  static const struct
  {
    const char *table;
    guint64 line;
    const char *reason;
  } problems[] = {
    { "Start (s),End (s),Common name\nx%s,2,Robin\n1,2,Robin\n", 2,
      "The column “Start (s)” has “x%s”, which is not a time in seconds." },
    { "Start (s),End (s),Common name\n1,2,Robin\n1\n", 3, "There is no time in the column “End (s)”." },
    { "Start (s),End (s),Common name\n3,2,Robin\n1,2,Robin\n", 2, "It ends before it begins." },
    { "Start (s),End (s),Common name\n-3,2,Robin\n1,2,Robin\n", 2, "It begins before its recording does." },
    { "Start (s),End (s),Common name\n1,1e12,Robin\n1,2,Robin\n", 2, "It is later than any recording is long." },
    { "Start (s),End (s),Common name\n1,2,\"Robin\n1,2,Robin\n", 2,
      "A quotation mark begins a text that does not end." },
    { "Begin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\n1\t2\t500\t400\n1\t2\t0\t1\n", 2,
      "Its low frequency is above its high frequency." },
    { "1\t2\tx\nyes\tno\tx\n", 2, "A label begins with two times in seconds." },
    { "1\t2\tx\n\\\t1\t2\n\\\t1\t2\n", 3, "These frequencies belong to no label." },
    { "1\t2\tx\n\\\t300\t200\n", 2, "These are no frequencies from low to high." },
    { "1\t2\tx\n\\\t300\n", 2, "These are no frequencies from low to high." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      g_autoptr (ChorusImport) import = fixture_import (problems[i].table, "x");
      const ChorusImportProblem *problem = NULL;

      /* The rest is read all the same. */
      g_assert_cmpuint (chorus_import_get_n_rows (import), ==, 1);
      g_assert_cmpuint (chorus_import_get_n_problems (import), ==, 1);
      problem = g_ptr_array_index (chorus_import_get_problems (import), 0);
      g_assert_cmpstr (problem->reason, ==, problems[i].reason);
      g_assert_cmpuint (problem->line, ==, problems[i].line);
    }
}

static void
test_import_many_problems (void)
{
  GString *table = g_string_new ("Start (s),End (s),Common name\n");
  g_autoptr (ChorusImport) import = NULL;

  for (guint i = 0; i < 2500; i++)
    g_string_append (table, "x,y,z\n");
  import = fixture_import (table->str, "x");
  g_assert_cmpuint (chorus_import_get_n_problems (import), ==, 2500);
  g_assert_cmpuint (chorus_import_get_problems (import)->len, ==, 1000);
  g_string_free (table, TRUE);
}

static void
test_import_unknown (void)
{
  static const char *const tables[] = {
    "", "\n\n", "Dear diary,\n", "a,b,c\n1,2,3\n", "1,2,x\n", "RIFF\x01\x02WAVEfmt ", "\""
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GInputStream) stream =
        g_memory_input_stream_new_from_data (tables[i], (gssize) strlen (tables[i]), NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (chorus_import_read_stream (stream, "<b>%s.txt", NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      g_assert_cmpstr (
        error->message, ==,
        "“<b>%s.txt” is none of the tables that Chorus reads: choose a table of Chorus, Raven, Audacity, "
        "BirdNET-Analyzer or Kaleidoscope.");
    }
}

static void
test_import_stems (void)
{
  static const struct
  {
    const char *name;
    const char *stem;
  } names[] = {
    { "20250604_050000.Table.1.selections.txt", "20250604_050000" },
    { "a.Table.12.selections.txt", "a" },
    { "a.selections.txt", "a" },
    { "a.BirdNET.selection.table.txt", "a" },
    { "a.BirdNET.results.csv", "a" },
    { "a.BirdNET.results.kaleidoscope.csv", "a" },
    { "a.Chorus.labels.txt", "a" },
    { "a (2).Chorus.labels.txt", "a" },
    { "a (2).txt", "a (2)" },
    { "a.b.txt", "a.b" },
    { ".txt", ".txt" },
    { "a", "a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ChorusImport) import = fixture_import ("1\t2\n", names[i].name);

      g_assert_cmpstr (chorus_import_get_stem (import), ==, names[i].stem);
    }
}

static void
test_import_file (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "a%s.txt", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) failed = NULL;
  g_autoptr (ChorusImport) import = NULL;
  g_autoptr (GError) error = NULL;

  chorus_import_read_async (file, NULL, chorus_test_result_cb, &failed);
  chorus_test_wait (failed);
  g_assert_null (chorus_import_read_finish (failed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==,
                   "“a%s.txt” could not be opened: make sure that it is still there and that you may read it.");
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "1\t2\tx\n", -1, NULL));
  chorus_import_read_async (file, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  import = chorus_import_read_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_import_get_n_rows (import), ==, 1);
  g_assert_cmpstr (chorus_import_get_stem (import), ==, "a%s");
  chorus_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/import/formats/%02" G_GSIZE_FORMAT, i + 1);

      g_test_add_data_func (path, &cases[i], test_import_case);
    }
  g_test_add_func ("/exchange/import/details", test_import_details);
  g_test_add_func ("/exchange/import/repeated-selections", test_import_repeated_selections);
  g_test_add_func ("/exchange/import/problems", test_import_problems);
  g_test_add_func ("/exchange/import/many-problems", test_import_many_problems);
  g_test_add_func ("/exchange/import/unknown", test_import_unknown);
  g_test_add_func ("/exchange/import/stems", test_import_stems);
  g_test_add_func ("/exchange/import/file", test_import_file);

  return g_test_run ();
}
