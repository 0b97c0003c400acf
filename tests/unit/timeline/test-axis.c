/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-axis.h"

#include <math.h>
#include <string.h>

#include "core/chorus-text.h"

#define CHARACTER_WIDTH 7.0
#define AIR 12.0

static double
measure_cb (const char *label,
            gpointer    user_data)
{
  return (double) g_utf8_strlen (label, -1) * CHARACTER_WIDTH + AIR;
}

static double
measure_line_cb (const char *label,
                 gpointer    user_data)
{
  return 20.0;
}

static void
assert_time (double                     seconds,
             double                     step,
             const ChorusRecordingTime *origin,
             const char                *expected)
{
  g_autofree char *text = chorus_axis_format_time (seconds, step, origin);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format_time (void)
{
  g_autoptr (ChorusRecordingTime) origin = chorus_recording_time_new_from_file_name ("20250604_235930.WAV");

  assert_time (0.0, 1.0, NULL, "0:00");
  assert_time (12.3456, 0.001, NULL, "0:12.346");
  assert_time (59.9996, 0.001, NULL, "1:00.000");
  assert_time (59.4, 1.0, NULL, "0:59");
  assert_time (3723.0, 1.0, NULL, "1:02:03");
  assert_time (3599.9999, 0.01, NULL, "1:00:00.00");
  assert_time (86399.9994, 0.001, NULL, "23:59:59.999");
  assert_time (0.2, 0.5, NULL, "0:00.2");
  assert_time (-1.5, 0.5, NULL, "-0:01.5");
  assert_time (0.000125, 0.000005, NULL, "0:00.000125");
  assert_time (NAN, 1.0, NULL, "–");
  assert_time (INFINITY, 1.0, NULL, "–");
  assert_time (1.0, 0.0, NULL, "0:01.000000");
  assert_time (0.0, 1.0, origin, "23:59:30");
  assert_time (31.25, 0.01, origin, "00:00:01.25");
  assert_time (86400.0 * 3, 1.0, origin, "23:59:30");
  assert_time (30.0, 86400.0, origin, "5 Jun");
}

static void
test_format_frequency (void)
{
  static const struct
  {
    double hertz;
    const char *expected;
  } cases[] = {
    { 0.0, "0" CHORUS_NARROW_SPACE "Hz" },
    { 440.2, "440" CHORUS_NARROW_SPACE "Hz" },
    { 999.4, "999" CHORUS_NARROW_SPACE "Hz" },
    { 999.6, "1.00" CHORUS_NARROW_SPACE "kHz" },
    { 3250.0, "3.25" CHORUS_NARROW_SPACE "kHz" },
    { 187500.0, "187.50" CHORUS_NARROW_SPACE "kHz" },
    { NAN, "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_axis_format_frequency (cases[i].hertz);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_steps (void)
{
  static const double expected[] = {
    0.01, 0.02, 0.05, 0.1, 0.2,  0.5,  1,    2,     5,     10,    15,    30,     60,
    120,  300,  600,  900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000
  };
  double step = 0.01;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpfloat_with_epsilon (step, expected[i], expected[i] * 1e-9);
      /* What is round already stays, and what is a little above goes on to the next. */
      g_assert_cmpfloat_with_epsilon (chorus_axis_time_step (expected[i]), expected[i], expected[i] * 1e-9);
      step = chorus_axis_time_step (step * 1.01);
    }
  g_assert_cmpfloat_with_epsilon (chorus_axis_frequency_step (0.3), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (chorus_axis_frequency_step (2000.0), 2000.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (chorus_axis_frequency_step (2100.0), 5000.0, 1e-9);
}

static void
test_mapping (void)
{
  ChorusAxis axis = { 10.0, 30.0, 200.0, FALSE };

  g_assert_cmpfloat (chorus_axis_to_position (&axis, 10.0), ==, 0.0);
  g_assert_cmpfloat (chorus_axis_to_position (&axis, 30.0), ==, 200.0);
  g_assert_cmpfloat (chorus_axis_to_value (&axis, 50.0), ==, 15.0);
  axis.inverted = TRUE;
  g_assert_cmpfloat (chorus_axis_to_position (&axis, 10.0), ==, 200.0);
  g_assert_cmpfloat (chorus_axis_to_value (&axis, 50.0), ==, 25.0);
}

/* Labels in order, each of them on the axis, none nearer to the next than both need. */
static guint
assert_labels_fit (const ChorusAxis *axis,
                   const GArray     *ticks)
{
  const ChorusTick *last = NULL;
  guint n_labels = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);

      g_assert_cmpfloat (tick->position, >=, -1e-3 * axis->length);
      g_assert_cmpfloat (tick->position, <=, axis->length * 1.001);
      if (!tick->label)
        continue;
      n_labels++;
      if (last)
        {
          g_assert_cmpfloat (tick->position - last->position, >=,
                             (measure_cb (tick->label, NULL) + measure_cb (last->label, NULL)) / 2.0 - 1e-6);
          g_assert_cmpstr (tick->label, !=, last->label);
        }
      last = tick;
    }

  return n_labels;
}

static void
test_time_labels_fit (void)
{
  g_autoptr (ChorusRecordingTime) origin = chorus_recording_time_new_from_file_name ("20250604_050003.WAV");

  for (double span = 0.005; span < 2e5; span *= 1.37)
    {
      for (double length = 120; length < 4000; length *= 1.7)
        {
          ChorusAxis axis = { span * 0.37, span * 1.37, length, FALSE };
          g_autoptr (GArray) ticks = chorus_axis_time_ticks (&axis, NULL, measure_cb, NULL);
          g_autoptr (GArray) clock_ticks = chorus_axis_time_ticks (&axis, origin, measure_cb, NULL);

          /* Wide axes are not left bare. */
          if (length > 1000)
            g_assert_cmpuint (assert_labels_fit (&axis, ticks), >=, 2);
          assert_labels_fit (&axis, ticks);
          assert_labels_fit (&axis, clock_ticks);
        }
    }
}

static void
test_frequency_ticks (void)
{
  ChorusAxis axis = { 0.0, 24000.0, 400.0, TRUE };
  g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (&axis, measure_line_cb, NULL);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < ticks->len; i++)
    {
      if (g_array_index (ticks, ChorusTick, i).label)
        g_ptr_array_add (labels, g_array_index (ticks, ChorusTick, i).label);
    }
  g_assert_cmpuint (labels->len, ==, 13);
  g_assert_cmpstr (g_ptr_array_index (labels, 0), ==, "0");
  g_assert_cmpstr (g_ptr_array_index (labels, 12), ==, "24");
  g_assert_cmpfloat_with_epsilon (g_array_index (ticks, ChorusTick, 0).position, 400.0, 1e-9);
  g_assert_cmpstr (chorus_axis_frequency_unit (&axis), ==, "kHz");

  axis.high = 500.0;
  g_assert_cmpstr (chorus_axis_frequency_unit (&axis), ==, "Hz");
}

static double
measure_row_cb (const char *label,
                gpointer    user_data)
{
  return 23.0;
}

/* The labels of @axis, with spaces between. */
static char *
get_labels (const ChorusAxis *axis)
{
  g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (axis, measure_row_cb, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      if (g_array_index (ticks, ChorusTick, i).label)
        g_string_append_printf (text, "%s%s", text->len ? " " : "", g_array_index (ticks, ChorusTick, i).label);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_uneven_ticks (void)
{
  static const struct
  {
    ChorusAxis axis;
    const char *expected;
  } cases[] = {
    { { 23.4375, 24000.0, 400.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC }, "0.05 0.1 0.2 0.5 1 2 5 10 20" },
    { { 23.4375, 24000.0, 150.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC }, "0.1 1 10" },
    { { 0.98, 1000.0, 400.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC },
      "0.001 0.002 0.005 0.01 0.02 0.05 0.1 0.2 0.5 1" },
    { { 2000.0, 3000.0, 250.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC }, "2.0 2.2 2.4 2.6 2.8 3.0" },
    { { 0.0, 24000.0, 400.0, TRUE, CHORUS_FREQUENCY_SCALE_MEL }, "0 0.2 0.5 1 2 5 10 20" },
    { { 0.0, 400.0, 400.0, TRUE, CHORUS_FREQUENCY_SCALE_MEL }, "0 20 50 100 200" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *labels = get_labels (&cases[i].axis);

      g_assert_cmpstr (labels, ==, cases[i].expected);
    }
}

/* On every scale, zoom and height: labels apart, in order, on the axis, few enough, and none twice. */
static void
test_uneven_labels_fit (void)
{
  for (int scale = CHORUS_FREQUENCY_SCALE_LINEAR; scale <= CHORUS_FREQUENCY_SCALE_MEL; scale++)
    {
      for (double low = 0.7; low < 90000.0; low *= 1.9)
        {
          for (double ratio = 1.01; ratio < 3e5; ratio *= 2.3)
            {
              ChorusAxis axis = { low, low * ratio, 120.0 + fmod (low * ratio, 900.0), TRUE,
                                  (ChorusFrequencyScale) scale };
              g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (&axis, measure_row_cb, NULL);
              const ChorusTick *last = NULL;

              g_assert_cmpuint (ticks->len, <, 400);
              for (guint k = 0; k < ticks->len; k++)
                {
                  const ChorusTick *tick = &g_array_index (ticks, ChorusTick, k);

                  g_assert_cmpfloat_with_epsilon (tick->position, chorus_axis_to_position (&axis, tick->value), 1e-9);
                  g_assert_cmpfloat (tick->position, >=, -0.5);
                  g_assert_cmpfloat (tick->position, <=, axis.length + 0.5);
                  if (k > 0)
                    g_assert_cmpfloat (tick->value, >, g_array_index (ticks, ChorusTick, k - 1).value);
                  if (!tick->label)
                    continue;
                  if (last)
                    {
                      g_assert_cmpfloat (last->position - tick->position, >=, 23.0 - 1e-6);
                      g_assert_cmpstr (last->label, !=, tick->label);
                    }
                  last = tick;
                }
            }
        }
    }
}

/* Ticks of clock time stand where the clock is round, not where the recording is. */
static void
test_clock_ticks (void)
{
  g_autoptr (ChorusRecordingTime) origin = chorus_recording_time_new_from_file_name ("20250604_050003.WAV");
  ChorusAxis axis = { 0.0, 60.0, 600.0, FALSE };
  g_autoptr (GArray) ticks = chorus_axis_time_ticks (&axis, origin, measure_cb, NULL);
  const ChorusTick *first = NULL;

  for (guint i = 0; i < ticks->len && !first; i++)
    {
      if (g_array_index (ticks, ChorusTick, i).label)
        first = &g_array_index (ticks, ChorusTick, i);
    }
  g_assert_nonnull (first);
  g_assert_cmpstr (first->label, ==, "05:00:10");
  g_assert_cmpfloat_with_epsilon (first->value, 7.0, 1e-9);
}

static void
test_degenerate (void)
{
  const ChorusAxis axes[] = {
    { 0.0, 0.0, 100.0, FALSE },
    { 5.0, 1.0, 100.0, FALSE },
    { 0.0, 10.0, 0.0, FALSE },
    { NAN, 10.0, 100.0, FALSE },
    { 0.0, INFINITY, 100.0, FALSE },
    { 1e9, 1e9 + 1e-7, 100.0, FALSE },
    { 0.0, 1000.0, 100.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC },
    { 1e-300, 1e300, 100.0, TRUE, CHORUS_FREQUENCY_SCALE_LOGARITHMIC },
    { -500.0, 1e300, 100.0, TRUE, CHORUS_FREQUENCY_SCALE_MEL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_autoptr (GArray) time_ticks = chorus_axis_time_ticks (&axes[i], NULL, measure_cb, NULL);
      g_autoptr (GArray) frequency_ticks = chorus_axis_frequency_ticks (&axes[i], measure_cb, NULL);

      g_assert_cmpuint (time_ticks->len, <, 4096);
      g_assert_cmpuint (frequency_ticks->len, <, 4096);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/axis/format-time", test_format_time);
  g_test_add_func ("/timeline/axis/format-frequency", test_format_frequency);
  g_test_add_func ("/timeline/axis/steps", test_steps);
  g_test_add_func ("/timeline/axis/mapping", test_mapping);
  g_test_add_func ("/timeline/axis/time-labels-fit", test_time_labels_fit);
  g_test_add_func ("/timeline/axis/frequency-ticks", test_frequency_ticks);
  g_test_add_func ("/timeline/axis/uneven-ticks", test_uneven_ticks);
  g_test_add_func ("/timeline/axis/uneven-labels-fit", test_uneven_labels_fit);
  g_test_add_func ("/timeline/axis/clock-ticks", test_clock_ticks);
  g_test_add_func ("/timeline/axis/degenerate", test_degenerate);

  return g_test_run ();
}
