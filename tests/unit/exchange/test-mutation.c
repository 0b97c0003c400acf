/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables with damage: the readers say something true about every one of them, or that they cannot. */

#include "exchange/chorus-import-match.h"

#include "chorus-exchange-fixture.h"

/* How often each table is damaged; more with the environment variable CHORUS_MUTATIONS. */
#define N_MUTATIONS 500

static const char *const tables[] = {
  "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tBegin Path\tFile Offset (s)\t"
  "Annotation\tConfidence\tVerdict\tBand\n"
  "1\tWaveform 1\t1\t1.5\t2.25\t0.0\t24000.0\t/a/b.wav\t1.5\tErithacus rubecula 0.5\t0.5\tconfirmed\t\n"
  "1\tSpectrogram 1\t1\t1.5\t2.25\t1000.0\t2000.5\tC:\\a\\b.wav\t1.5\t\"Robin\"\t0.5\trejected\tnot known\n",
  "12.000000\t15.000000\tErithacus rubecula_Robin 0.87 [confirmed]\n\\\t2000.000000\t8000.000000\n1,5\t2,5\t'=x\t0,5\n",
  "Start (s),End (s),Scientific name,Common name,Confidence,File\n"
  "0.0,3.0,Erithacus rubecula,\"European, \"\"Robin\"\"\",0.8765,/data/a.wav\n",
  "INDIR,OUTDIR,FOLDER,IN FILE,OFFSET,DURATION,Fmin,Fmax,DATE,TIME,TOP1MATCH*,TOP1DIST,MANUAL ID\n"
  "D:\\bats,x,night1,a.wav,1.5,2.5,44.5,52.25,2025-06-04,05:00:00,PIPPIP,0.5,PIPPYG\n",
  "\xef\xbb\xbfrecording,start,end,low,high,verdict_scientific_name,deployment_id,file_id,recorded,note,starred\r\n"
  "b.wav,1,2,3,4,x,d2,f,2025-06-04T05:00:00+05:30,\"two\r\nlines\",1\r\n",
};

/* What may be put into a table: what means something, and what is often wrong. */
static const char *const pieces[] = {
  "\"",       "\"\"", "\t",     ",",          ";",      "\n",    "\r",           "\r\n",
  "\\",       "'",    "=",      "-",          "-1",     "1e308", "1e-308",       "99999999999999999999",
  "nan",      "inf",  "0x1p3",  "NaN",        "\xff",   "\xc3",  "\xe2\x80\xa8", "\xef\xbb\xbf",
  "\xff\xfe", "%s%n", "nocall", "Noise",      "NoID",   "1,5",   ".5",           "[confirmed]",
  "_",        " ",    "../",    "\\\t1\t2\n", "\n\n\n",
};

/* Changes @table somewhere. */
static void
mutate (GRand   *random,
        GString *table)
{
  const gssize place = g_rand_int_range (random, 0, (int) table->len + 1);
  const gssize wanted = g_rand_int_range (random, 1, 20);
  const gssize length = MIN (wanted, (gssize) table->len - place);

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      if (place < (gssize) table->len)
        table->str[place] = (char) g_rand_int_range (random, 0, 256);
      break;

    case 1:
      g_string_insert (table, place, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      break;

    case 2:
      g_string_erase (table, place, length);
      break;

    case 3:
      g_string_truncate (table, (gsize) place);
      break;

    default:
      {
        /* Twice, somewhere else */
        g_autofree char *copy = g_strndup (table->str + place, (gsize) length);

        g_string_insert (table, g_rand_int_range (random, 0, (int) table->len + 1), copy);
        break;
      }
    }
}

static void
assert_text (const char *text)
{
  g_assert_true (text == NULL || (*text != '\0' && g_utf8_validate (text, -1, NULL)));
}

/* What is promised about every row, whatever the table was. */
static void
assert_true_row (const ChorusImportRow *row)
{
  const char *const texts[] = { row->file,
                                row->file_id,
                                row->deployment_id,
                                row->recorded,
                                row->scientific_name,
                                row->common_name,
                                row->verdict_scientific_name,
                                row->verdict_common_name,
                                row->reviewer,
                                row->reviewed_at,
                                row->model_name,
                                row->model_version,
                                row->note };

  g_assert_true (isfinite (row->start) && isfinite (row->end));
  g_assert_cmpfloat (row->start, >=, 0);
  g_assert_cmpfloat (row->end, >=, row->start);
  g_assert_true (isnan (row->low) || (isfinite (row->low) && row->low >= 0));
  g_assert_true (isnan (row->high) || (isfinite (row->high) && row->high >= 0));
  g_assert_false (row->low > row->high);
  g_assert_true (isnan (row->confidence) || (row->confidence >= 0 && row->confidence <= 1));
  g_assert_cmpint (row->verdict, >=, CHORUS_VERDICT_NONE);
  g_assert_cmpint (row->verdict, <=, CHORUS_VERDICT_UNCERTAIN);
  g_assert_cmpuint (row->line, >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_text (texts[i]);
}

static guint
assert_readable (const GString *table,
                 GPtrArray     *recordings)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (table->str, (gssize) table->len, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusImport) import = chorus_import_read_stream (stream, "b.txt", NULL, &error);
  g_autoptr (ChorusImportMatch) match = NULL;

  if (!import)
    {
      g_assert_true (error->domain == G_IO_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  match = chorus_import_match_new (import, recordings);
  for (guint i = 0; i < chorus_import_get_n_rows (import); i++)
    {
      assert_true_row (chorus_import_get_row (import, i));
      g_assert_true ((chorus_import_match_get_recording (match, i) == NULL)
                     == (chorus_import_match_get_reason (match, i) != NULL));
    }
  for (guint i = 0; i < chorus_import_get_problems (import)->len; i++)
    {
      const ChorusImportProblem *problem = g_ptr_array_index (chorus_import_get_problems (import), i);

      g_assert_true (g_utf8_validate (problem->reason, -1, NULL));
      g_assert_cmpuint (problem->line, >, 0);
    }

  return chorus_import_get_n_rows (import) + chorus_import_get_n_problems (import);
}

static void
test_mutation (gconstpointer data)
{
  const char *table = data;
  const char *wanted = g_getenv ("CHORUS_MUTATIONS");
  const guint n_mutations = wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10) : N_MUTATIONS;
  g_autoptr (GPtrArray) recordings = fixture_results ();
  GRand *random = g_rand_new_with_seed (g_str_hash (table));
  guint n_told = 0;

  g_ptr_array_add (recordings, fixture_result ("b.wav", "d1", 60));
  g_ptr_array_add (recordings, fixture_result ("b.wav", "d2", 60));
  for (guint i = 0; i < n_mutations; i++)
    {
      GString *damaged = g_string_new (table);
      const guint n_changes = (guint) g_rand_int_range (random, 1, 6);

      for (guint j = 0; j < n_changes; j++)
        mutate (random, damaged);
      n_told += assert_readable (damaged, recordings);
      g_string_free (damaged, TRUE);
    }
  /* Damage leaves something to read often enough. */
  g_assert_cmpuint (n_told, >, n_mutations / 4);
  g_rand_free (random);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/mutation/%" G_GSIZE_FORMAT, i + 1);

      g_test_add_data_func (path, tables[i], test_mutation);
    }

  return g_test_run ();
}
