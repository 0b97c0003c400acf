/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-measure.h"

#include <glib.h>
#include <math.h>

#define TEST_LENGTH 48000u

static void
test_sine (void)
{
  g_autofree float *samples = g_new (float, TEST_LENGTH);

  for (unsigned i = 0; i < TEST_LENGTH; i++)
    samples[i] = (float) (0.5 * sin (2.0 * G_PI * 1000.0 * i / 48000.0));

  g_assert_cmpfloat_with_epsilon (chorus_measure_rms_db (samples, TEST_LENGTH), -6.0206, 1e-3);
  g_assert_cmpfloat_with_epsilon (chorus_measure_peak_db (samples, TEST_LENGTH), -6.0206, 1e-3);
}

/* A square wave has the RMS of its amplitude: 3.01 dB more than a sine of the same. The peak may be a negative one. */
static void
test_square (void)
{
  const float samples[] = { 0.1f, -0.1f, 0.1f, -0.1f };
  const float lopsided[] = { 0.1f, -0.5f, 0.2f };

  g_assert_cmpfloat_with_epsilon (chorus_measure_rms_db (samples, 4), -16.9897, 1e-3);
  g_assert_cmpfloat_with_epsilon (chorus_measure_peak_db (samples, 4), -20.0, 1e-3);
  g_assert_cmpfloat_with_epsilon (chorus_measure_peak_db (lopsided, 3), -6.0206, 1e-3);
}

static void
test_silence (void)
{
  const float silence[] = { 0.0f, 0.0f };
  const float damage[] = { NAN, INFINITY, -INFINITY, 1e30f };

  g_assert_cmpfloat (chorus_measure_rms_db (NULL, 0), ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (chorus_measure_peak_db (NULL, 0), ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (chorus_measure_rms_db (silence, 2), ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (chorus_measure_peak_db (silence, 2), ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (chorus_measure_rms_db (damage, 4), ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (chorus_measure_peak_db (damage, 4), ==, CHORUS_MEASURE_FLOOR_DB);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/measure/sine", test_sine);
  g_test_add_func ("/dsp/measure/square", test_square);
  g_test_add_func ("/dsp/measure/silence", test_silence);

  return g_test_run ();
}
