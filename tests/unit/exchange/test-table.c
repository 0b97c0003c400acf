/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/chorus-species-label.h"
#include "exchange/chorus-table-file.h"
#include "exchange/chorus-table-number.h"
#include "exchange/chorus-table-reader.h"

#include "chorus-exchange-fixture.h"

static void
test_table_text (void)
{
  static const struct
  {
    const char *text;
    const char *csv;
    const char *tsv;
  } cases[] = {
    { "Turdus merula", "Turdus merula", "Turdus merula" },
    { "a,b", "\"a,b\"", "a,b" },
    { "a;b", "\"a;b\"", "a;b" },
    { "a \"b\"", "\"a \"\"b\"\"\"", "a \"b\"" },
    { "=1+1", "'=1+1", "'=1+1" },
    { "+1", "'+1", "'+1" },
    { "-1", "'-1", "'-1" },
    { "@x", "'@x", "'@x" },
    { "'=1", "''=1", "''=1" },
    { "''@", "'''@", "'''@" },
    { "'Apapane", "'Apapane", "'Apapane" },
    { "\"a\"", "\"'\"\"a\"\"\"", "'\"a\"" },
    { "\uff1dx", "'\uff1dx", "'\uff1dx" },
    { "=\"a\",b", "\"'=\"\"a\"\",b\"", "'=\"a\",b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);
      g_autoptr (GString) tsv = g_string_new (NULL);
      g_autofree char *restored = NULL;

      chorus_table_text_append (csv, cases[i].text, CHORUS_TABLE_CSV);
      g_assert_cmpstr (csv->str, ==, cases[i].csv);
      chorus_table_text_append (tsv, cases[i].text, CHORUS_TABLE_TSV);
      g_assert_cmpstr (tsv->str, ==, cases[i].tsv);
      restored = chorus_table_text_restore (tsv->str);
      g_assert_cmpstr (restored, ==, cases[i].text);
    }
}

/* What begins with a tab or a line break is quoted in CSV and made one line in TSV; neither begins with it. */
static void
test_table_text_breaks (void)
{
  static const char *const texts[] = { "\tx",
                                       "\rx",
                                       "\nx",
                                       "a\tb\nc\r\nd",
                                       "a\u2028b\u2029c\xc2\x85"
                                       "d",
                                       NULL };

  for (guint i = 0; texts[i]; i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);
      g_autoptr (GString) tsv = g_string_new (NULL);

      chorus_table_text_append (csv, texts[i], CHORUS_TABLE_CSV);
      g_assert_true (i > 2 || g_str_has_prefix (csv->str, "\"'"));
      chorus_table_text_append (tsv, texts[i], CHORUS_TABLE_TSV);
      g_assert_null (strpbrk (tsv->str, "\t\r\n"));
      g_assert_null (strstr (tsv->str, "\u2028"));
      g_assert_true (g_utf8_validate (tsv->str, -1, NULL));
      g_assert_cmpuint (strlen (tsv->str), ==, strlen (texts[i]));
    }
}

static void
test_table_numbers (void)
{
  static const struct
  {
    double number;
    guint decimals;
    const char *text;
  } cases[] = {
    { 1.5, 3, "1.500" },     { -1, 6, "-1.000000" },          { 1234567.0001, 3, "1234567.000" },
    { -0.0001, 3, "0.000" }, { 1e15, 0, "1000000000000000" }, { (double) NAN, 3, "" },
    { HUGE_VAL, 3, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      chorus_table_text_append_number (text, cases[i].number, cases[i].decimals);
      g_assert_cmpstr (text->str, ==, cases[i].text);
    }
}

static void
test_table_numbers_read (void)
{
  static const struct
  {
    const char *text;
    double number; /* NaN: none */
  } cases[] = {
    { "1.5", 1.5 },
    { "1,5", 1.5 },
    { " -3 ", -3 },
    { "1.5e3", 1500 },
    { "", (double) NAN },
    { " ", (double) NAN },
    { "1,234.5", (double) NAN },
    { "0x10", (double) NAN },
    { "inf", (double) NAN },
    { "nan", (double) NAN },
    { "1e999", (double) NAN },
    { "1.5 s", (double) NAN },
    { "1.2.3", (double) NAN },
    { "-", (double) NAN },
    { "e", (double) NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double number = 0;

      g_assert_true (chorus_table_number_read (cases[i].text, &number) == !isnan (cases[i].number));
      if (!isnan (cases[i].number))
        g_assert_cmpfloat (number, ==, cases[i].number);
    }
}

static void
test_table_labels (void)
{
  static const struct
  {
    const char *scientific_name;
    const char *common_name;
    double confidence;
    ChorusVerdict verdict;
    const char *text;
  } cases[] = {
    { "Erithacus rubecula", NULL, 0.87, CHORUS_VERDICT_NONE, "Erithacus rubecula 0.8700" },
    { "Erithacus rubecula", "European Robin", 0.87, CHORUS_VERDICT_CONFIRMED,
      "Erithacus rubecula_European Robin 0.8700 [confirmed]" },
    { NULL, "European Robin", (double) NAN, CHORUS_VERDICT_REJECTED, "European Robin [rejected]" },
    { NULL, "House sparrow", 1, CHORUS_VERDICT_UNCERTAIN, "_House sparrow 1.0000 [uncertain]" },
    { "Turdus", NULL, 0, CHORUS_VERDICT_NONE, "Turdus_ 0.0000" },
    { NULL, NULL, 0.25, CHORUS_VERDICT_NONE, "0.2500" },
    { NULL, NULL, (double) NAN, CHORUS_VERDICT_NONE, "" },
    { NULL, "Type 1", (double) NAN, CHORUS_VERDICT_NONE, "Type 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_species_label_write (cases[i].scientific_name, cases[i].common_name,
                                                          cases[i].confidence, cases[i].verdict);
      g_autofree char *scientific_name = NULL;
      g_autofree char *common_name = NULL;
      double confidence = 0;
      ChorusVerdict verdict = CHORUS_VERDICT_NONE;

      g_assert_cmpstr (text, ==, cases[i].text);
      chorus_species_label_read (text, &scientific_name, &common_name, &confidence, &verdict);
      g_assert_cmpstr (scientific_name, ==, cases[i].scientific_name);
      g_assert_cmpstr (common_name, ==, cases[i].common_name);
      fixture_assert_near (confidence, cases[i].confidence, 1e-4);
      g_assert_cmpint (verdict, ==, cases[i].verdict);
    }
}

/* Reads a table to its end: fields with | between, rows with a line feed behind, and ! for a row that is none. */
static char *
read_all (const char *bytes,
          gsize       length,
          gsize       step_size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (ChorusTableReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  ChorusTableStep step = CHORUS_TABLE_STEP_ERROR;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i += step_size)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), bytes + i, (gssize) MIN (step_size, length - i),
                                    NULL);
  reader = chorus_table_reader_new (stream, "x.csv");
  while ((step = chorus_table_reader_next (reader, NULL, &error)) == CHORUS_TABLE_STEP_ROW
         || step == CHORUS_TABLE_STEP_BAD_ROW)
    {
      guint n_fields = 0;
      const char *const *fields = chorus_table_reader_get_fields (reader, &n_fields);

      g_string_append_printf (text, "%" G_GUINT64_FORMAT ":", chorus_table_reader_get_line (reader));
      for (guint i = 0; step == CHORUS_TABLE_STEP_ROW && i < n_fields; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", fields[i]);
      if (step == CHORUS_TABLE_STEP_BAD_ROW)
        {
          g_assert_nonnull (chorus_table_reader_get_problem (reader));
          g_string_append_c (text, '!');
        }
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, CHORUS_TABLE_STEP_END);

  return g_string_free (text, FALSE);
}

static void
test_table_reader (void)
{
  static const struct
  {
    const char *table;
    const char *rows;
  } cases[] = {
    { "", "" },
    { "\n\r\n", "" },
    { "a,b\n1,2\n", "1:a|b\n2:1|2\n" },
    { "a,b\r\n1,2", "1:a|b\n2:1|2\n" },
    { "a,b\r1,2\r", "1:a|b\n2:1|2\n" },
    { "\xef\xbb\xbf"
      "a,b\n1,2\n",
      "1:a|b\n2:1|2\n" },
    { "\xef\xbb\xbf\"a\",b\n", "1:a|b\n" },
    { "a\n\n \nb\n", "1:a\n4:b\n" },
    { "a,\"b,\"\"c\"\"\nd\",e\nf,g,h\n", "1:a|b,\"c\"\nd|e\n3:f|g|h\n" },
    { "a,\"\",\"b\"c\n", "1:a||bc\n" },
    { "a;b,c;d\n1,5;2;3\n", "1:a|b,c|d\n2:1,5|2|3\n" },
    { "a\tb;c,d\n", "1:a|b;c,d\n" },
    { "a\t\"b\tc\"\td\n", "1:a|b\tc|d\n" },
    /* Where it does not end on its line it was no quote. */
    { "a\t\"b\tc\nd\te\n", "1:a|\"b|c\n2:d|e\n" },
    { "a,b\n1,\"2\n3,4\n", "1:a|b\n2:!\n3:3|4\n" },
    { "a,b\n1,2,\n", "1:a|b\n2:1|2|\n" },
    { "a\xff"
      "b,c\n",
      "1:a\xef\xbf\xbd"
      "b|c\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* However the bytes arrive */
      for (gsize step_size = 1; step_size <= 64; step_size *= 4)
        {
          g_autofree char *rows = read_all (cases[i].table, strlen (cases[i].table), step_size);

          g_assert_cmpstr (rows, ==, cases[i].rows);
        }
    }
}

/* A row may be as long as it likes: it is told, and the next one is read. */
static void
test_table_reader_long (void)
{
  g_autofree char *filler = g_strnfill (5 * CHORUS_TABLE_MAX_ROW, 'x');
  g_autofree char *table = g_strconcat ("a,b\n", filler, "\nc,d\n", NULL);
  g_autofree char *quoted = g_strconcat ("a,b\n\"", filler, "\"\nc,d\n", NULL);
  g_autofree char *rows = read_all (table, strlen (table), 4096);
  g_autofree char *quoted_rows = read_all (quoted, strlen (quoted), 4096);

  g_assert_cmpstr (rows, ==, "1:a|b\n2:!\n3:c|d\n");
  g_assert_cmpstr (quoted_rows, ==, "1:a|b\n2:!\n3:c|d\n");
}

static void
test_table_reader_null_bytes (void)
{
  static const char table[] = "a,b\0c\nd,e\n";
  g_autofree char *rows = read_all (table, sizeof table - 1, 3);

  g_assert_cmpstr (rows, ==,
                   "1:a|b\xef\xbf\xbd"
                   "c\n2:d|e\n");
}

static void
test_table_reader_errors (void)
{
  static const char wide[] = "\xff\xfe"
                             "a\0,\0";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (wide, sizeof wide - 1, NULL);
  g_autoptr (ChorusTableReader) reader = chorus_table_reader_new (stream, "%s.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (chorus_table_reader_next (reader, NULL, &error), ==, CHORUS_TABLE_STEP_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==,
                   "“%s.csv” is written in UTF-16: save it as UTF-8 in the program that wrote it, and try again.");
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (chorus_table_reader_next (reader, cancellable, &error), ==, CHORUS_TABLE_STEP_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/table/text", test_table_text);
  g_test_add_func ("/exchange/table/text-breaks", test_table_text_breaks);
  g_test_add_func ("/exchange/table/numbers", test_table_numbers);
  g_test_add_func ("/exchange/table/numbers-read", test_table_numbers_read);
  g_test_add_func ("/exchange/table/labels", test_table_labels);
  g_test_add_func ("/exchange/table/reader", test_table_reader);
  g_test_add_func ("/exchange/table/reader-long", test_table_reader_long);
  g_test_add_func ("/exchange/table/reader-null-bytes", test_table_reader_null_bytes);
  g_test_add_func ("/exchange/table/reader-errors", test_table_reader_errors);

  return g_test_run ();
}
