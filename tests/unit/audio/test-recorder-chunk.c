/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The metadata of a part: the chunks are written out to the letter, and so is what has to come of them. */

#include "audio/chorus-recorder-chunk.h"

#include <string.h>

#define TEST_RATE 48000.0

static void
assert_moved (const char *id,
              const void *before,
              gsize       before_size,
              double      start,
              double      duration,
              const void *after,
              gsize       after_size)
{
  g_autoptr (GBytes) contents = g_bytes_new (before, before_size);
  g_autoptr (GBytes) moved = chorus_recorder_chunk_move_time (id, contents, start, duration, TEST_RATE);
  gsize size = 0;
  const void *data = g_bytes_get_data (moved, &size);

  g_assert_cmpmem (data, size, after, after_size);
}

#define assert_text(id, before, start, duration, after)                                                                \
  assert_moved (id, before, strlen (before), start, duration, after, strlen (after))

static void
test_guano (void)
{
  static const struct
  {
    const char *before;
    double start;
    double duration;
    const char *after;
  } cases[] = {
    { "GUANO|Version: 1.0\nTimestamp: 2025-06-04T23:58:00+05:30\nLength: 600\nNote: a: b\n", 300, 150,
      "GUANO|Version: 1.0\nTimestamp: 2025-06-05T00:03:00+05:30\nLength: 150\nNote: a: b\n" },
    { "Timestamp: 2024-02-28 23:59:59.500-03:00\nLength: 10.250", 1.5, 2.125,
      "Timestamp: 2024-02-29 00:00:01.000-03:00\nLength: 2.125" },
    { "Timestamp:2025-12-31T23:59:59Z\r\nLength:60.0\r\n", 3, 3, "Timestamp:2026-01-01T00:00:02Z\r\nLength:3.0\r\n" },
    { "Timestamp: 2025-06-04T05:00:00\n", 0.25, 1, "Timestamp: 2025-06-04T05:00:00.25\n" },
    { "Timestamp: 2025-06-04T05:00:00.123456789 +10:00 \n", 3, 1,
      "Timestamp: 2025-06-04T05:00:03.123456789 +10:00 \n" },
    { "\xef\xbb\xbfTimestamp: 2025-06-04T05:00:00\n", 60, 1, "\xef\xbb\xbfTimestamp: 2025-06-04T05:01:00\n" },
    { "\nTimestamp : 2025-06-04T05:00:00 \n\n", 60, 1, "\nTimestamp : 2025-06-04T05:01:00 \n\n" },
    /* Written twice, true twice. */
    { "Timestamp: 2025-06-04T05:00:00\nTimestamp: 2025-06-04T06:00:00", 60, 1,
      "Timestamp: 2025-06-04T05:01:00\nTimestamp: 2025-06-04T06:01:00" },
    /* Ten times expanded: a minute of the file is six seconds of the night. */
    { "TE: 10\nTimestamp: 2025-06-04T05:00:00\nLength: 30", 60, 30,
      "TE: 10\nTimestamp: 2025-06-04T05:00:06\nLength: 3" },
    { "TE: 0\nTimestamp: 2025-06-04T05:00:00", 60, 30, "TE: 0\nTimestamp: 2025-06-04T05:01:00" },
    /* What is said first stands, here as in reading. */
    { "TE: 1\nTE: 10\nTimestamp: 2025-06-04T05:00:00", 60, 30, "TE: 1\nTE: 10\nTimestamp: 2025-06-04T05:01:00" },
    { "TE: 0\nTE: 10\nTimestamp: 2025-06-04T05:00:00", 60, 30, "TE: 0\nTE: 10\nTimestamp: 2025-06-04T05:00:06" },
    /* The first part begins when the recording did. */
    { "Timestamp: 2025-06-04t05:00:00,5\nLength: 600", 0, 300, "Timestamp: 2025-06-04t05:00:00,5\nLength: 300" },
    /* Not a time, not this field, not a length. */
    { "Timestamp: 2025-13-04T05:00:00\n", 60, 1, "Timestamp: 2025-13-04T05:00:00\n" },
    { "Timestamp: 0005-12-04T05:00:00\n", 60, 1, "Timestamp: 0005-12-04T05:00:00\n" },
    { "Timestamp: 2025-06-04T05:00:00 PM\n", 60, 1, "Timestamp: 2025-06-04T05:00:00 PM\n" },
    { "Timestamp: 2025-06-04\n", 60, 1, "Timestamp: 2025-06-04\n" },
    { "Timestamp:\nLength:\n", 60, 1, "Timestamp:\nLength:\n" },
    { "Timestamp\nLength\n", 60, 1, "Timestamp\nLength\n" },
    { "Timestamp: 9999-12-31T23:59:00\n", 60, 1, "Timestamp: 9999-12-31T23:59:00\n" },
    { "timestamp: 2025-06-04T05:00:00\n", 60, 1, "timestamp: 2025-06-04T05:00:00\n" },
    { "X|Timestamp: 2025-06-04T05:00:00\n", 60, 1, "X|Timestamp: 2025-06-04T05:00:00\n" },
    { "Length: long\nLength: inf\nLength: 1 2\n", 60, 1, "Length: long\nLength: inf\nLength: 1 2\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = g_strescape (cases[i].before, NULL);

      g_test_message ("%s", shown);
      assert_text ("guan", cases[i].before, cases[i].start, cases[i].duration, cases[i].after);
    }
}

static void
test_guano_zero_bytes (void)
{
  static const char before[] = "A: \0b\nTimestamp: 2025-06-04T05:00:00\0\0";
  static const char after[] = "A: \0b\nTimestamp: 2025-06-04T06:00:00\0\0";

  assert_moved ("guan", before, sizeof before, 3600, 1, after, sizeof after);
}

static void
test_wamd (void)
{
  static const char before[] = "\x00\x00\x02\x00\x00\x00\x01\x00"
                               "\x01\x00\x03\x00\x00\x00SM4"
                               "\x05\x00\x13\x00\x00\x00"
                               "2025-06-04 23:59:59"
                               "\xff\xff\x02\x00\x00\x00\x00\x00";
  static const char whole[] = "\x00\x00\x02\x00\x00\x00\x01\x00"
                              "\x01\x00\x03\x00\x00\x00SM4"
                              "\x05\x00\x13\x00\x00\x00"
                              "2025-06-05 00:00:02"
                              "\xff\xff\x02\x00\x00\x00\x00\x00";
  static const char fraction[] = "\x00\x00\x02\x00\x00\x00\x01\x00"
                                 "\x01\x00\x03\x00\x00\x00SM4"
                                 "\x05\x00\x17\x00\x00\x00"
                                 "2025-06-05 00:00:00.125"
                                 "\xff\xff\x02\x00\x00\x00\x00\x00";
  static const char zone[] = "\x05\x00\x1d\x00\x00\x00"
                             "2025-06-04 05:00:00.000+05:30\x0f\x00\x02\x00\x00\x00\x0a\x00";
  static const char zone_after[] = "\x05\x00\x1d\x00\x00\x00"
                                   "2025-06-04 05:00:30.000+05:30\x0f\x00\x02\x00\x00\x00\x0a\x00";
  /* Time expansion 0, which says nothing, and then 10 */
  static const char twice[] = "\x0f\x00\x02\x00\x00\x00\x00\x00\x0f\x00\x02\x00\x00\x00\x0a\x00"
                              "\x05\x00\x13\x00\x00\x00"
                              "2025-06-04 05:00:00";
  static const char twice_after[] = "\x0f\x00\x02\x00\x00\x00\x00\x00\x0f\x00\x02\x00\x00\x00\x0a\x00"
                                    "\x05\x00\x13\x00\x00\x00"
                                    "2025-06-04 05:00:30";
  /* Cut off within the record, and a record that claims more than there is. */
  static const char cut[] = "\x05\x00\x14\x00\x00\x00"
                            "2025-06-04 23:59:59";
  static const char huge[] = "\x01\x00\xff\xff\xff\xff\x05\x00\x13\x00\x00\x00"
                             "2025-06-04 23:59:59";
  static const char empty[] = "\x05\x00\x00\x00\x00\x00\x05\x00\x13\x00\x00\x00"
                              "2025-06-04 05:00:00";
  static const char empty_after[] = "\x05\x00\x00\x00\x00\x00\x05\x00\x13\x00\x00\x00"
                                    "2025-06-04 05:01:00";

  assert_moved ("wamd", before, sizeof before - 1, 3, 1, whole, sizeof whole - 1);
  assert_moved ("wamd", before, sizeof before - 1, 1.125, 1, fraction, sizeof fraction - 1);
  assert_moved ("wamd", before, sizeof before - 1, 0, 1, before, sizeof before - 1);
  assert_moved ("wamd", zone, sizeof zone - 1, 300, 1, zone_after, sizeof zone_after - 1);
  assert_moved ("wamd", twice, sizeof twice - 1, 300, 1, twice_after, sizeof twice_after - 1);
  assert_moved ("wamd", cut, sizeof cut - 1, 3, 1, cut, sizeof cut - 1);
  assert_moved ("wamd", huge, sizeof huge - 1, 3, 1, huge, sizeof huge - 1);
  assert_moved ("wamd", empty, sizeof empty - 1, 60, 1, empty_after, sizeof empty_after - 1);
  assert_moved ("wamd", before, 5, 3, 1, before, 5);
}

/* LIST/INFO with the artist before the comment or after it; the comment is padded as an AudioMoth does. */
static GBytes *
make_list (const char *comment,
           gboolean    artist_first)
{
  static const guint8 artist[] = { 'I', 'A', 'R', 'T', 7, 0, 0, 0, 'A', 'b', 'c', 'd', 'e', 'f', 'g', 0 };
  static const guint8 header[] = { 'I', 'C', 'M', 'T', 0x80, 1, 0, 0 };
  char padded[384] = { 0 };
  GByteArray *list = g_byte_array_new ();

  memcpy (padded, comment, strlen (comment));
  g_byte_array_append (list, (const guint8 *) "INFO", 4);
  if (artist_first)
    g_byte_array_append (list, artist, sizeof artist);
  g_byte_array_append (list, header, sizeof header);
  g_byte_array_append (list, (const guint8 *) padded, sizeof padded);
  if (!artist_first)
    g_byte_array_append (list, artist, sizeof artist);

  return g_byte_array_free_to_bytes (list);
}

static void
test_audiomoth_comment (void)
{
  static const struct
  {
    const char *before;
    double start;
    const char *after;
  } cases[] = {
    { "Recorded at 23:59:30 31/12/2019 (UTC) by AudioMoth 24F319055FDF2205 at gain setting 2 while battery state was "
      "4.5V",
      60,
      "Recorded at 00:00:30 01/01/2020 (UTC) by AudioMoth 24F319055FDF2205 at gain setting 2 while battery state was "
      "4.5V" },
    { "Recorded at 05:00:00 04/06/2025 (UTC+5:30) during deployment 0123456789ABCDEF at medium gain.", 3.4,
      "Recorded at 05:00:03 04/06/2025 (UTC+5:30) during deployment 0123456789ABCDEF at medium gain." },
    { "Recorded at 23:59:59.750 04/06/2025 (UTC+5:30) by AudioMoth Live", 1.125,
      "Recorded at 00:00:00.875 05/06/2025 (UTC+5:30) by AudioMoth Live" },
    { "Recorded at 05:00:00.750 04/06/2025 (UTC)", 0.2499, "Recorded at 05:00:01.000 04/06/2025 (UTC)" },
    { "Recorded at 05:00:00.75 04/06/2025 (UTC)", 60, "Recorded at 05:00:00.75 04/06/2025 (UTC)" },
    { "Recorded at 05:00:00 04/06/2025", 3.6, "Recorded at 05:00:04 04/06/2025" },
    { "Recorded at 05:00:00 04/06/2025 (UTC)", 0, "Recorded at 05:00:00 04/06/2025 (UTC)" },
    { "Recorded at 05:00:00 04/13/2025 (UTC)", 60, "Recorded at 05:00:00 04/13/2025 (UTC)" },
    { "Recorded at 05:00:00 04/12/0005 (UTC)", 60, "Recorded at 05:00:00 04/12/0005 (UTC)" },
    { "Recorded at 05:60:00 04/12/2025 (UTC)", 60, "Recorded at 05:60:00 04/12/2025 (UTC)" },
    { "Recorded in June", 60, "Recorded in June" },
    { "{\"recording_start_time\": \"2021-09-24T06:52:00+00:00\"}", 60,
      "{\"recording_start_time\": \"2021-09-24T06:52:00+00:00\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int artist_first = 0; artist_first < 2; artist_first++)
      {
        g_autoptr (GBytes) before = make_list (cases[i].before, artist_first);
        g_autoptr (GBytes) after = make_list (cases[i].after, artist_first);

        g_test_message ("%s", cases[i].before);
        assert_moved ("LIST", g_bytes_get_data (before, NULL), g_bytes_get_size (before), cases[i].start, 1,
                      g_bytes_get_data (after, NULL), g_bytes_get_size (after));
      }
}

static void
test_list_of_other_kinds (void)
{
  static const char other[] = "adtlICMT\x20\0\0\0Recorded at 05:00:00 04/06/2025 ";
  static const char cut[] = "INFOICMT\x80\x01\0\0Recorded at 05:00:00 04/06/20";
  static const char long_size[] = "INFOICMT\xff\xff\xff\xff"
                                  "Recorded at 05:00:00 04/06/2025";
  static const char long_after[] = "INFOICMT\xff\xff\xff\xff"
                                   "Recorded at 05:01:00 04/06/2025";

  assert_moved ("LIST", other, sizeof other - 1, 60, 1, other, sizeof other - 1);
  assert_moved ("LIST", cut, sizeof cut - 1, 60, 1, cut, sizeof cut - 1);
  assert_moved ("LIST", long_size, sizeof long_size - 1, 60, 1, long_after, sizeof long_after - 1);
  for (gsize size = 1; size < 12; size++)
    assert_moved ("LIST", cut, size, 60, 1, cut, size);
}

static void
fill_broadcast (guint8      chunk[604],
                const char *date_and_time,
                guint64     reference)
{
  memset (chunk, 0, 604);
  memcpy (chunk, "A description", 13);
  memcpy (chunk + 256, "Originator", 10);
  memcpy (chunk + 320, date_and_time, 18);
  for (guint i = 0; i < 8; i++)
    chunk[338 + i] = (guint8) (reference >> (8 * i));
  chunk[346] = 1;
  memcpy (chunk + 602, "\r\n", 2);
}

static void
test_broadcast (void)
{
  static const struct
  {
    const char *before;
    guint64 reference;
    double start;
    const char *after;
    guint64 moved;
  } cases[] = {
    /* 48000 samples a second, 4147200000 a day */
    { "2025-06-0405:00:00", 864000000, 300, "2025-06-0405:05:00", 878400000 },
    { "2025:06:04 5-00-00", 5, 300, "2025:06:04 5-00-00", 14400005 },
    { "2025_06_0405-00-00", 0, 0.5, "2025_06_0405-00-01", 24000 },
    { "2025/06/0423.59.00", 4144320000, 120, "2025/06/0500.01.00", 2880000 },
    { "2025-06-0405:00:00", 5000000000, 1, "2025-06-0405:00:01", 5000048000 },
    { "2025-06-0405:00:00", G_MAXUINT64, 1, "2025-06-0405:00:01", G_MAXUINT64 },
    { "2025-13-0405:00:00", 48000, 1, "2025-13-0405:00:00", 96000 },
    { "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0, 300, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0 },
    { "                  ", 0, 300, "                  ", 0 },
    { "2025-06-0405:00:00", 864000000, 0, "2025-06-0405:00:00", 864000000 },
  };
  guint8 before[604];
  guint8 after[604];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].before);
      fill_broadcast (before, cases[i].before, cases[i].reference);
      fill_broadcast (after, cases[i].after, cases[i].moved);
      assert_moved ("bext", before, sizeof before, cases[i].start, 1, after, sizeof after);
    }

  /* As much as there is: no further than the time, and not even that. */
  fill_broadcast (before, "2025-06-0405:00:00", 7);
  fill_broadcast (after, "2025-06-0405:01:00", 7);
  assert_moved ("bext", before, 340, 60, 1, after, 340);
  assert_moved ("bext", before, 337, 60, 1, before, 337);
}

static void
test_other_chunks (void)
{
  assert_text ("iXML", "Timestamp: 2025-06-04T05:00:00", 60, 1, "Timestamp: 2025-06-04T05:00:00");
  assert_text ("guano", "Timestamp: 2025-06-04T05:00:00", 60, 1, "Timestamp: 2025-06-04T05:00:00");
  assert_text ("guan", "", 60, 1, "");
  assert_text ("wamd", "", 60, 1, "");
  assert_text ("LIST", "", 60, 1, "");
  assert_text ("bext", "", 60, 1, "");
}

static void
test_any_bytes (void)
{
  static const char *const ids[] = { "guan", "wamd", "LIST", "bext" };
  static const char text[] = "INFOICMT\x40\0\0\0Recorded at 05:00:00 04/06/2025 (UTC)\nTimestamp: 2025-06-04T05:00:00\n"
                             "\x05\0\x13\0\0\0"
                             "2025-06-04 05:00:00 Length: 5.0 TE: 8\n";

  for (guint round = 0; round < 20000; round++)
    {
      gsize size = (gsize) g_test_rand_int_range (1, sizeof text + 600);
      guint8 *bytes = g_malloc0 (size);
      g_autoptr (GBytes) contents = NULL;

      memcpy (bytes, text, MIN (size, sizeof text));
      for (gsize i = 0; i < 8; i++)
        bytes[g_test_rand_int_range (0, (gint32) size)] = (guint8) g_test_rand_int_range (0, 256);
      contents = g_bytes_new_take (bytes, size);
      for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
        {
          g_autoptr (GBytes) moved = chorus_recorder_chunk_move_time (ids[i], contents, 300, 150, TEST_RATE);

          /* A time or a length may gain digits, never more. */
          g_assert_cmpuint (g_bytes_get_size (moved), <, size + 64);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/audio/recorder-chunk/guano", test_guano);
  g_test_add_func ("/audio/recorder-chunk/guano-zero-bytes", test_guano_zero_bytes);
  g_test_add_func ("/audio/recorder-chunk/wamd", test_wamd);
  g_test_add_func ("/audio/recorder-chunk/audiomoth-comment", test_audiomoth_comment);
  g_test_add_func ("/audio/recorder-chunk/list-of-other-kinds", test_list_of_other_kinds);
  g_test_add_func ("/audio/recorder-chunk/broadcast", test_broadcast);
  g_test_add_func ("/audio/recorder-chunk/other-chunks", test_other_chunks);
  g_test_add_func ("/audio/recorder-chunk/any-bytes", test_any_bytes);

  return g_test_run ();
}
