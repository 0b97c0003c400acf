/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-window-function.h"

#include <glib.h>
#include <math.h>

#define TEST_LENGTH 256u

static void
test_rectangular (void)
{
  float window[TEST_LENGTH];

  chorus_window_function_fill (CHORUS_WINDOW_FUNCTION_RECTANGULAR, 0.0, window, TEST_LENGTH);
  for (unsigned i = 0; i < TEST_LENGTH; i++)
    g_assert_cmpfloat (window[i], ==, 1.0f);
}

/* Closed forms at points where the cosines are known without computing any. */
static void
test_cosines (void)
{
  const struct
  {
    ChorusWindowFunction function;
    double start;
    double quarter;
    double middle;
  } cases[] = {
    { CHORUS_WINDOW_FUNCTION_HANN, 0.0, 0.5, 1.0 },
    { CHORUS_WINDOW_FUNCTION_HAMMING, 0.08, 0.54, 1.0 },
    { CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS, 0.00006, 0.21747, 1.0 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      float window[TEST_LENGTH];

      chorus_window_function_fill (cases[i].function, 0.0, window, TEST_LENGTH);
      g_assert_cmpfloat_with_epsilon ((double) window[0], cases[i].start, 1e-7);
      g_assert_cmpfloat_with_epsilon ((double) window[TEST_LENGTH / 4], cases[i].quarter, 1e-7);
      g_assert_cmpfloat_with_epsilon ((double) window[TEST_LENGTH / 2], cases[i].middle, 1e-7);
    }
}

/* A periodic window is symmetric about its middle, with the first weight on its own. */
static void
test_symmetry (void)
{
  for (int function = CHORUS_WINDOW_FUNCTION_RECTANGULAR; function <= CHORUS_WINDOW_FUNCTION_KAISER; function++)
    {
      float window[TEST_LENGTH];

      chorus_window_function_fill ((ChorusWindowFunction) function, 8.6, window, TEST_LENGTH);
      for (unsigned i = 1; i < TEST_LENGTH; i++)
        {
          g_assert_cmpfloat_with_epsilon ((double) window[i], (double) window[TEST_LENGTH - i], 1e-6);
          g_assert_cmpfloat (window[i], <=, 1.0f);
          g_assert_cmpfloat (window[i], >=, 0.0f);
        }
    }
}

static void
test_kaiser (void)
{
  float window[TEST_LENGTH];

  /* 1 / I0 (5), from tables of the Bessel function: I0 (5) = 27.2398718236. */
  chorus_window_function_fill (CHORUS_WINDOW_FUNCTION_KAISER, 5.0, window, TEST_LENGTH);
  g_assert_cmpfloat_with_epsilon ((double) window[0], 1.0 / 27.2398718236, 1e-7);
  g_assert_cmpfloat_with_epsilon ((double) window[TEST_LENGTH / 2], 1.0, 1e-7);

  /* A shape of 0, or one that makes no sense, is rectangular. */
  chorus_window_function_fill (CHORUS_WINDOW_FUNCTION_KAISER, 0.0, window, TEST_LENGTH);
  g_assert_cmpfloat (window[3], ==, 1.0f);
  chorus_window_function_fill (CHORUS_WINDOW_FUNCTION_KAISER, (double) NAN, window, TEST_LENGTH);
  g_assert_cmpfloat (window[3], ==, 1.0f);
  chorus_window_function_fill (CHORUS_WINDOW_FUNCTION_KAISER, (double) INFINITY, window, TEST_LENGTH);
  g_assert_true (isfinite (window[3]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/window-function/rectangular", test_rectangular);
  g_test_add_func ("/dsp/window-function/cosines", test_cosines);
  g_test_add_func ("/dsp/window-function/symmetry", test_symmetry);
  g_test_add_func ("/dsp/window-function/kaiser", test_kaiser);

  return g_test_run ();
}
