/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/chorus-text.h"

#include <math.h>

static void
test_name (void)
{
  static const struct
  {
    const char *name;
    const char *text;
  } cases[] = {
    { "", "" },
    { "20250604_050000.WAV", "20250604_050000.WAV" },
    { "Gärten früh.wav", "Gärten früh.wav" },
    { "a\nb\tc\x7f.wav", "a\uFFFDb\uFFFDc\uFFFD.wav" },
    { "bad\xff\xfe.wav", "bad\uFFFD\uFFFD.wav" },
    { "cut\xc3", "cut\uFFFD" },
    { "x\u202egpj.wav", "x\uFFFDgpj.wav" },
    { "\u2066a\u2069\u200f\u061c", "\uFFFDa\uFFFD\uFFFD\uFFFD" },
    { "line\u2028break\xc2\x85", "line\uFFFDbreak\uFFFD" },
    { "क्\u200dष.wav", "क्\u200dष.wav" },
    { "<b>&%s../../x", "<b>&%s../../x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_text_from_name (cases[i].name);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_name_any_bytes (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      char name[24] = { 0 };
      g_autofree char *text = NULL;

      for (gsize i = 0; i < sizeof name - 1; i++)
        name[i] = (char) g_test_rand_int_range (1, 256);
      text = chorus_text_from_name (name);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      for (const char *p = text; *p; p = g_utf8_next_char (p))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
    }
}

static void
test_duration (void)
{
  static const struct
  {
    double seconds;
    const char *text;
  } cases[] = {
    { 0, "0:00" },       { 0.4, "0:00" },       { 59.6, "1:00" },    { 300, "5:00" },       { 360.2, "6:00" },
    { 3599.4, "59:59" }, { 3599.5, "1:00:00" }, { 3900, "1:05:00" }, { 86400, "24:00:00" }, { -1, "–" },
    { NAN, "–" },        { INFINITY, "–" },     { 1e300, "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_text_from_duration (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_size (void)
{
  static const struct
  {
    guint64 bytes;
    const char *text;
  } cases[] = {
    { 0, "0\u202fbytes" },           { 1, "1\u202fbyte" },
    { 999, "999\u202fbytes" },       { 1000, "1.0\u202fkB" },
    { 999949, "999.9\u202fkB" },     { 999950, "1.0\u202fMB" },
    { 28800044, "28.8\u202fMB" },    { G_GUINT64_CONSTANT (8294400044), "8.3\u202fGB" },
    { G_MAXUINT64, "18.4\u202fEB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_text_from_size (cases[i].bytes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/text/name", test_name);
  g_test_add_func ("/core/text/name-any-bytes", test_name_any_bytes);
  g_test_add_func ("/core/text/duration", test_duration);
  g_test_add_func ("/core/text/size", test_size);

  return g_test_run ();
}
