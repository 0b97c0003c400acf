/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-frequency-scale.h"

#include <math.h>

#include "timeline/chorus-axis.h"
#include "timeline/chorus-viewport.h"

static const ChorusFrequencyScale scales[] = {
  CHORUS_FREQUENCY_SCALE_LINEAR,
  CHORUS_FREQUENCY_SCALE_LOGARITHMIC,
  CHORUS_FREQUENCY_SCALE_MEL,
};

/* Values that were computed with 2595 log10 (1 + f / 700) and log2, to the digits given. */
static void
test_known (void)
{
  static const double mel[][2] = {
    { 0.0, 0.0 },         { 100.0, 150.4891 },   { 440.0, 549.6387 },   { 700.0, 781.1728 },
    { 1000.0, 999.9855 }, { 4000.0, 2146.0645 }, { 8000.0, 2840.0230 }, { 24000.0, 4016.0192 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mel); i++)
    g_assert_cmpfloat_with_epsilon (chorus_frequency_scale_forward (CHORUS_FREQUENCY_SCALE_MEL, mel[i][0]), mel[i][1],
                                    5e-4);
  for (int i = -3; i < 18; i++)
    g_assert_cmpfloat_with_epsilon (chorus_frequency_scale_forward (CHORUS_FREQUENCY_SCALE_LOGARITHMIC, ldexp (1.0, i)),
                                    i, 1e-12);
  g_assert_cmpfloat (chorus_frequency_scale_forward (CHORUS_FREQUENCY_SCALE_LINEAR, 1234.5), ==, 1234.5);
  g_assert_true (isfinite (chorus_frequency_scale_forward (CHORUS_FREQUENCY_SCALE_LOGARITHMIC, 0.0)));
  g_assert_true (isfinite (chorus_frequency_scale_forward (CHORUS_FREQUENCY_SCALE_LOGARITHMIC, -5.0)));
}

/* There and back, and always upwards. */
static void
test_inverse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      double last = -INFINITY;

      for (double hertz = 0.5; hertz < 300000.0; hertz *= 1.03)
        {
          double value = chorus_frequency_scale_forward (scales[i], hertz);

          g_assert_cmpfloat (value, >, last);
          g_assert_cmpfloat_with_epsilon (chorus_frequency_scale_backward (scales[i], value), hertz, hertz * 1e-9);
          last = value;
        }
    }
}

static void
test_floor (void)
{
  g_assert_cmpfloat (chorus_frequency_scale_get_floor (CHORUS_FREQUENCY_SCALE_LINEAR, 24000.0), ==, 0.0);
  g_assert_cmpfloat (chorus_frequency_scale_get_floor (CHORUS_FREQUENCY_SCALE_MEL, 24000.0), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (chorus_frequency_scale_get_floor (CHORUS_FREQUENCY_SCALE_LOGARITHMIC, 24000.0),
                                  23.4375, 1e-9);
}

/* On a screen of 500 pixels an octave is everywhere as high, and the ends are at the ends. */
static void
test_axis (void)
{
  ChorusAxis octaves = { 31.25, 32000.0, 500.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC };
  ChorusAxis mel = { 0.0, 24000.0, 401.60192, TRUE, CHORUS_FREQUENCY_SCALE_MEL };

  for (int i = 0; i <= 10; i++)
    {
      g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&octaves, ldexp (31.25, i)), 500.0 - 50.0 * i, 1e-9);
      g_assert_cmpfloat_with_epsilon (chorus_axis_to_value (&octaves, 500.0 - 50.0 * i), ldexp (31.25, i), 1e-6);
    }
  g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&mel, 1000.0), 401.60192 - 99.99855, 1e-3);
  g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&mel, 0.0), 401.60192, 1e-9);
  g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&mel, 24000.0), 0.0, 1e-9);
  for (double y = 0.0; y < 401.0; y += 7.3)
    g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&mel, chorus_axis_to_value (&mel, y)), y, 1e-9);
}

static void
assert_sound (const ChorusViewport *viewport)
{
  ChorusFrequencyBand band = chorus_viewport_get_band (viewport);

  g_assert_cmpfloat (band.low, >=, chorus_frequency_scale_get_floor (viewport->scale, viewport->nyquist));
  g_assert_cmpfloat (band.high, >, band.low);
  g_assert_cmpfloat (band.high, <=, viewport->nyquist);
}

/* What is under the pointer stays there while the picture is zoomed, and moves with it while it is moved. */
static void
test_zoom_and_shift (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      ChorusViewport viewport = { 0 };

      chorus_viewport_init (&viewport, 10.0, 48000.0);
      chorus_viewport_set_scale (&viewport, scales[i]);
      for (guint k = 0; k < 10; k++)
        {
          ChorusFrequencyBand band = chorus_viewport_get_band (&viewport);
          ChorusAxis axis = { band.low, band.high, 300.0, TRUE, scales[i] };
          double before = chorus_axis_to_position (&axis, 3000.0);

          chorus_viewport_zoom_band (&viewport, 1.3, 3000.0);
          band = chorus_viewport_get_band (&viewport);
          axis.low = band.low;
          axis.high = band.high;
          g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&axis, 3000.0), before, 1e-6);

          chorus_viewport_shift_band (&viewport, 0.01);
          band = chorus_viewport_get_band (&viewport);
          axis.low = band.low;
          axis.high = band.high;
          g_assert_cmpfloat_with_epsilon (chorus_axis_to_position (&axis, 3000.0), before + 3.0, 1e-6);
        }
      for (guint k = 0; k < 100; k++)
        {
          chorus_viewport_zoom_band (&viewport, k % 3 ? 2.0 : 0.7, k * 300.0);
          chorus_viewport_shift_band (&viewport, k % 2 ? 3.0 : -5.0);
          assert_sound (&viewport);
        }
      for (guint k = 0; k < 40; k++)
        chorus_viewport_zoom_band (&viewport, 0.5, 700.0);
      g_assert_cmpfloat (viewport.low, ==, 0.0);
      g_assert_cmpfloat (viewport.high, ==, 24000.0);
      chorus_viewport_shift_band (&viewport, NAN);
      chorus_viewport_set_band (&viewport, NAN, 3.0);
      g_assert_cmpfloat (viewport.high, ==, 24000.0);
    }
}

/* To a logarithmic scale and back, all is still shown, down to 0 Hz; a band is as it was said. */
static void
test_change (void)
{
  ChorusViewport viewport = { 0 };

  chorus_viewport_init (&viewport, 10.0, 48000.0);
  for (gsize i = 0; i < 6; i++)
    {
      chorus_viewport_set_scale (&viewport, scales[(i + 1) % 3]);
      assert_sound (&viewport);
    }
  g_assert_cmpfloat (chorus_viewport_get_band (&viewport).low, ==, 0.0);
  g_assert_cmpfloat (chorus_viewport_get_band (&viewport).high, ==, 24000.0);
  chorus_viewport_set_scale (&viewport, CHORUS_FREQUENCY_SCALE_LOGARITHMIC);
  g_assert_cmpfloat_with_epsilon (chorus_viewport_get_band (&viewport).low, 23.4375, 1e-9);
  chorus_viewport_set_band (&viewport, 1234.5, 5432.1);
  g_assert_cmpfloat (viewport.low, ==, 1234.5);
  g_assert_cmpfloat (viewport.high, ==, 5432.1);
  /* An octave low down is narrower than any linear view may be, and has to be allowed. */
  chorus_viewport_set_band (&viewport, 40.0, 80.0);
  g_assert_cmpfloat (viewport.high, ==, 80.0);
  chorus_viewport_set_scale (&viewport, CHORUS_FREQUENCY_SCALE_LINEAR);
  g_assert_cmpfloat (viewport.high - viewport.low, >=, 187.4);
  assert_sound (&viewport);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/frequency-scale/known", test_known);
  g_test_add_func ("/timeline/frequency-scale/inverse", test_inverse);
  g_test_add_func ("/timeline/frequency-scale/floor", test_floor);
  g_test_add_func ("/timeline/frequency-scale/axis", test_axis);
  g_test_add_func ("/timeline/frequency-scale/zoom-and-shift", test_zoom_and_shift);
  g_test_add_func ("/timeline/frequency-scale/change", test_change);

  return g_test_run ();
}
