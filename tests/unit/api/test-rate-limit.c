/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "api/chorus-rate-limit.h"

/* Sun, 06 Nov 1994 08:49:37 GMT, the moment of the examples in RFC 9110 section 5.6.7. */
#define TEST_MOMENT G_GINT64_CONSTANT (784111777)

static void
test_rate_limit_parse (void)
{
  static const struct
  {
    const char *value;
    gint64 now;
    gint64 delay;
  } cases[] = {
    { "120", 1700000000, 120 },
    { " 0 ", 1700000000, 0 },
    { "1.2", 1700000000, 2 },
    { "1700000060", 1700000000, 60 },
    { "1699999000", 1700000000, 0 },
    { "1700000060000", 1700000000, 60 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", TEST_MOMENT - 90, 90 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", TEST_MOMENT - 90, 90 },
    { "Sun Nov  6 08:49:37 1994", TEST_MOMENT - 90, 90 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", TEST_MOMENT + 90, 0 },
    { "-5", 1700000000, -1 },
    { "soon", 1700000000, -1 },
    { "12 apples", 1700000000, -1 },
    { "1e400", 1700000000, -1 },
    { "99999999999999999999", 1700000000, -1 },
    { "inf", 1700000000, -1 },
    { "nan", 1700000000, -1 },
    { "", 1700000000, -1 },
    { NULL, 1700000000, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (chorus_rate_limit_parse_delay (cases[i].value, cases[i].now), ==, cases[i].delay);
    }
}

static void
test_rate_limit_describe (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { 0, "1 second" },   { 1, "1 second" },           { 59, "59 seconds" },    { 60, "1 minute" },
    { 61, "2 minutes" }, { 120, "2 minutes" },        { 7140, "119 minutes" }, { 7200, "2 hours" },
    { 7201, "3 hours" }, { G_MAXINT64, "720 hours" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_rate_limit_describe_delay (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/rate-limit/parse", test_rate_limit_parse);
  g_test_add_func ("/api/rate-limit/describe", test_rate_limit_describe);

  return g_test_run ();
}
