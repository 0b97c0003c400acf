/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-view-preset.h"

/* At every rate a recorder has, a preset is something that can be computed and shown. */
static void
test_sound (void)
{
  static const double rates[] = { 1.0,     500.0,   2000.0,   8000.0,   22050.0, 44100.0,
                                  48000.0, 96000.0, 256000.0, 384000.0, 1e6,     1e12 };

  for (int preset = CHORUS_VIEW_PRESET_BIRDS; preset < CHORUS_VIEW_PRESET_N; preset++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
        {
          ChorusViewPresetValues values = { 0 };

          g_assert_true (chorus_view_preset_get_values ((ChorusViewPreset) preset, rates[i], &values));
          g_assert_cmpuint (values.window_length, >=, CHORUS_STFT_MIN_WINDOW_LENGTH);
          g_assert_cmpuint (values.window_length, <=, CHORUS_STFT_MAX_WINDOW_LENGTH);
          g_assert_cmpuint (values.window_length & (values.window_length - 1), ==, 0);
          g_assert_cmpfloat (values.overlap, >=, 0.0);
          g_assert_cmpfloat (values.overlap, <=, CHORUS_VIEW_SESSION_MOST_OVERLAP);
          g_assert_cmpfloat (values.band.low, >=, 0.0);
          g_assert_cmpfloat (values.band.high, >, values.band.low);
          g_assert_cmpfloat (values.band.high, <=, rates[i] / 2.0);
        }
    }
}

/* Where the sources of the presets say how many samples at what rate, that is what comes out. */
static void
test_sources (void)
{
  static const struct
  {
    ChorusViewPreset preset;
    double sample_rate;
    guint window_length;
  } cases[] = {
    { CHORUS_VIEW_PRESET_BIRDS, 48000.0, 1024 },
    { CHORUS_VIEW_PRESET_BIRDS, 24000.0, 512 },
    { CHORUS_VIEW_PRESET_BATS, 256000.0, 512 },
    { CHORUS_VIEW_PRESET_BATS, 500000.0, 1024 },
    { CHORUS_VIEW_PRESET_INSECTS_AND_FROGS, 44100.0, 512 },
    { CHORUS_VIEW_PRESET_WHALES, 2048.0, 512 },
    { CHORUS_VIEW_PRESET_WHALES, 96000.0, 16384 },
  };
  ChorusViewPresetValues values = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (chorus_view_preset_get_values (cases[i].preset, cases[i].sample_rate, &values));
      g_assert_cmpuint (values.window_length, ==, cases[i].window_length);
    }
  g_assert_false (chorus_view_preset_get_values (CHORUS_VIEW_PRESET_CUSTOM, 48000.0, &values));
  g_assert_false (chorus_view_preset_get_values (CHORUS_VIEW_PRESET_N, 48000.0, &values));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/view-preset/sound", test_sound);
  g_test_add_func ("/timeline/view-preset/sources", test_sources);

  return g_test_run ();
}
