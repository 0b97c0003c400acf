/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-byte-range.h"

typedef struct
{
  const char *header;
  guint64 size;
  ChorusByteRangeKind kind;
  guint64 first;
  guint64 length;
} TestRange;

static const TestRange test_ranges[] = {
  { NULL, 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "items=0-9", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=-", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=5", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=9-5", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=0-1,5-6", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=a-b", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=+1-5", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=--5", 100, CHORUS_BYTE_RANGE_WHOLE, 0, 100 },
  { "bytes=0-0", 100, CHORUS_BYTE_RANGE_PART, 0, 1 },
  { "BYTES=0-9", 100, CHORUS_BYTE_RANGE_PART, 0, 10 },
  { "bytes= 10-19 ", 100, CHORUS_BYTE_RANGE_PART, 10, 10 },
  { "bytes=99-", 100, CHORUS_BYTE_RANGE_PART, 99, 1 },
  { "bytes=0-", 100, CHORUS_BYTE_RANGE_PART, 0, 100 },
  { "bytes=90-1000", 100, CHORUS_BYTE_RANGE_PART, 90, 10 },
  { "bytes=90-99999999999999999999999", 100, CHORUS_BYTE_RANGE_PART, 90, 10 },
  { "bytes=0-18446744073709551615", 100, CHORUS_BYTE_RANGE_PART, 0, 100 },
  { "bytes=-1", 100, CHORUS_BYTE_RANGE_PART, 99, 1 },
  { "bytes=-100", 100, CHORUS_BYTE_RANGE_PART, 0, 100 },
  { "bytes=-1000", 100, CHORUS_BYTE_RANGE_PART, 0, 100 },
  { "bytes=-99999999999999999999999", 100, CHORUS_BYTE_RANGE_PART, 0, 100 },
  { "bytes=100-", 100, CHORUS_BYTE_RANGE_NOT_SATISFIABLE, 0, 0 },
  { "bytes=99999999999999999999999-", 100, CHORUS_BYTE_RANGE_NOT_SATISFIABLE, 0, 0 },
  { "bytes=-0", 100, CHORUS_BYTE_RANGE_NOT_SATISFIABLE, 0, 0 },
  { "bytes=0-", 0, CHORUS_BYTE_RANGE_NOT_SATISFIABLE, 0, 0 },
  { "bytes=-5", 0, CHORUS_BYTE_RANGE_NOT_SATISFIABLE, 0, 0 },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (test_ranges); i++)
    {
      const TestRange *range = &test_ranges[i];
      guint64 first = 0;
      guint64 length = 0;

      g_test_message ("%s of %" G_GUINT64_FORMAT, range->header ? range->header : "(none)", range->size);
      g_assert_cmpint (chorus_byte_range_parse (range->header, range->size, &first, &length), ==, range->kind);
      if (range->kind == CHORUS_BYTE_RANGE_NOT_SATISFIABLE)
        continue;
      g_assert_cmpuint (first, ==, range->first);
      g_assert_cmpuint (length, ==, range->length);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/byte-range/parse", test_parse);

  return g_test_run ();
}
