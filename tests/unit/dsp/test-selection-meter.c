/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-measure.h"
#include "dsp/chorus-selection-meter.h"
#include "soundscape-synth.h"
#include "test-scipy.h"

#include <math.h>

#define TEST_RATE 48000.0

static const ChorusStftParams test_params = { 512, 256, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

/* A frame and a bin of those. */
#define TEST_FRAME (128.0 / TEST_RATE)
#define TEST_BIN (TEST_RATE / 512.0)

static void
test_measure (const float                 *samples,
              gsize                        n,
              double                       low,
              double                       high,
              ChorusSelectionMeasurements *out)
{
  ChorusSelectionMeter *meter = chorus_selection_meter_new (&test_params, TEST_RATE, low, high);

  g_assert_nonnull (meter);
  chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, samples, n);
  chorus_selection_meter_finish (meter, out);
  chorus_selection_meter_free (meter);
}

static void
test_add_sine (float  *samples,
               gsize   n,
               double  frequency,
               double  amplitude)
{
  for (gsize i = 0; i < n; i++)
    samples[i] += (float) (amplitude * sin (2.0 * G_PI * frequency * (double) i / TEST_RATE));
}

static void
test_add_noise (float             *samples,
                gsize              n,
                double             rms,
                ChorusSynthRandom *random)
{
  for (gsize i = 0; i < n; i++)
    samples[i] += (float) chorus_synth_random_uniform (random, -rms * sqrt (3.0), rms * sqrt (3.0));
}

/* Half of full scale for two seconds: all follows from the definitions. */
static void
test_sine (void)
{
  const gsize n = 96000;
  g_autofree float *samples = g_new0 (float, n);
  ChorusSelectionMeasurements all;
  ChorusSelectionMeasurements band;

  test_add_sine (samples, n, 3000.0, 0.5);
  test_measure (samples, n, 0.0, (double) NAN, &all);
  test_measure (samples, n, 2500.0, 4000.0, &band);

  g_assert_cmpfloat_with_epsilon (all.duration, 2.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (all.high, 24000.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (all.delta_frequency, 24000.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (all.rms_db, -6.0206, 1e-4);
  g_assert_cmpfloat_with_epsilon (all.sel_db, -6.0206 + 3.0103, 1e-4);
  g_assert_cmpfloat_with_epsilon (all.peak_db, -6.0206, 1e-4);
  /* The first of the crests: a quarter of a period. */
  g_assert_cmpfloat_with_epsilon (all.peak_time, 0.25 / 3000.0, 1e-9);
  g_assert_true (isnan (all.snr_db));

  g_assert_cmpfloat_with_epsilon (band.low, 2500.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (band.delta_frequency, 1500.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (band.rms_db, -6.0206, 0.01);
  g_assert_cmpfloat_with_epsilon (band.sel_db, -6.0206 + 3.0103, 0.01);
  g_assert_cmpfloat_with_epsilon (band.peak_power_db, -6.0206, 0.01);
  g_assert_cmpfloat_with_epsilon (band.peak_frequency, 3000.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (band.center_frequency, 3000.0, TEST_BIN);
  g_assert_cmpfloat (band.bandwidth_90, <=, 2.0 * TEST_BIN);
  g_assert_cmpfloat_with_epsilon (band.time_5, 0.1, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.time_25, 0.5, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.center_time, 1.0, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.time_75, 1.5, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.time_95, 1.9, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.duration_50, 1.0, 2.0 * TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.duration_90, 1.8, 2.0 * TEST_FRAME);
}

/* A sweep at constant speed has its energy spread evenly over time and frequency; and it is cut by the band. */
static void
test_chirp (void)
{
  const gsize n = 96000;
  g_autofree float *samples = g_new (float, n);
  ChorusSelectionMeasurements all;
  ChorusSelectionMeasurements band;

  /* From 2 kHz to 12 kHz. */
  for (gsize i = 0; i < n; i++)
    {
      double t = (double) i / TEST_RATE;

      samples[i] = (float) (0.1 * sin (2.0 * G_PI * (2000.0 + 2500.0 * t) * t));
    }
  test_measure (samples, n, 0.0, 24000.0, &all);
  test_measure (samples, n, 4000.0, 6000.0, &band);

  g_assert_cmpfloat_with_epsilon (all.frequency_5, 2500.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.frequency_25, 4500.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.center_frequency, 7000.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.frequency_75, 9500.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.frequency_95, 11500.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.bandwidth_50, 5000.0, 2.0 * TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.bandwidth_90, 9000.0, 2.0 * TEST_BIN);
  g_assert_cmpfloat_with_epsilon (all.center_time, 1.0, TEST_FRAME);

  /* A fifth of the energy, between 0.4 s and 0.8 s. */
  g_assert_cmpfloat_with_epsilon (band.rms_db, -20.0 + 10.0 * log10 (0.2), 0.1);
  g_assert_cmpfloat_with_epsilon (band.time_5, 0.42, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.center_time, 0.6, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.time_95, 0.78, TEST_FRAME);
  g_assert_cmpfloat_with_epsilon (band.center_frequency, 5000.0, TEST_BIN);
  g_assert_cmpfloat (band.peak_frequency, >=, 4000.0);
  g_assert_cmpfloat (band.peak_frequency, <=, 6000.0);
}

/* A click has the same energy at all frequencies, wherever it falls between frames, and whatever the window. */
static void
test_click (void)
{
  const gsize n = 4800;

  for (int function = CHORUS_WINDOW_FUNCTION_RECTANGULAR; function <= CHORUS_WINDOW_FUNCTION_KAISER; function++)
    for (gsize position = 0; position < n; position += 313)
      {
        const ChorusStftParams params = { 512, 512, (ChorusWindowFunction) function, 8.6 };
        g_autofree float *samples = g_new0 (float, n);
        ChorusSelectionMeter *meter = chorus_selection_meter_new (&params, TEST_RATE, 6000.0, 12000.0);
        ChorusSelectionMeasurements out;

        samples[position] = -0.5f;
        chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, samples, n);
        chorus_selection_meter_finish (meter, &out);
        chorus_selection_meter_free (meter);

        g_assert_cmpfloat_with_epsilon (out.peak_db, -6.0206, 1e-4);
        g_assert_cmpfloat_with_epsilon (out.peak_time, (double) position / TEST_RATE, 1e-9);
        g_assert_cmpfloat_with_epsilon (out.center_time, (double) position / TEST_RATE, TEST_FRAME);
        g_assert_cmpfloat_with_epsilon (out.peak_power_time, (double) position / TEST_RATE,
                                        function == CHORUS_WINDOW_FUNCTION_RECTANGULAR ? 2.0 * TEST_FRAME : TEST_FRAME);
        /* A quarter of the energy. */
        g_assert_cmpfloat_with_epsilon (out.rms_db, 10.0 * log10 (2.0 * 0.25 / (double) n * 0.25), 0.02);
        g_assert_cmpfloat_with_epsilon (out.sel_db, out.rms_db - 10.0, 1e-9);
        g_assert_cmpfloat_with_epsilon (out.center_frequency, 9000.0, TEST_BIN);
      }
}

/* A tone in noise, between noise: what the protocol says for a signal and a noise of known powers. */
static void
test_snr (void)
{
  const gsize n = 96000;
  const double noise_rms = 0.02;
  const double tone = 0.01;
  g_autofree float *before = g_new0 (float, n);
  g_autofree float *inside = g_new0 (float, n);
  g_autofree float *after = g_new0 (float, n);
  ChorusSynthRandom random = { 5 };
  ChorusSelectionMeter *meter = chorus_selection_meter_new (&test_params, TEST_RATE, 4000.0, 7000.0);
  ChorusSelectionMeasurements out;
  double noise_power = 2.0 * noise_rms * noise_rms * 3000.0 / 24000.0;

  test_add_noise (before, n, noise_rms, &random);
  test_add_noise (inside, n, noise_rms, &random);
  test_add_sine (inside, n, 5000.0, tone);
  /* Not in the band, and so neither signal nor noise. */
  test_add_sine (inside, n, 1000.0, 0.3);
  test_add_sine (after, n, 15000.0, 0.3);
  test_add_noise (after, n, noise_rms, &random);

  chorus_selection_meter_push (meter, CHORUS_SELECTION_BEFORE, before, n);
  chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, inside, n);
  chorus_selection_meter_push (meter, CHORUS_SELECTION_AFTER, after, n);
  chorus_selection_meter_finish (meter, &out);
  chorus_selection_meter_free (meter);

  g_assert_cmpfloat_with_epsilon (out.duration, 2.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (out.rms_db, 10.0 * log10 (noise_power + tone * tone), 0.1);
  g_assert_cmpfloat_with_epsilon (out.snr_db, 10.0 * log10 (tone * tone / noise_power), 0.25);
  g_assert_cmpfloat_with_epsilon (out.peak_frequency, 5000.0, TEST_BIN);
}

/* The ends of the scale of signal to noise. */
static void
test_snr_extremes (void)
{
  const struct
  {
    double inside;
    double outside;
    int infinite;
  } cases[] = { { 0.1, 0.0, 1 }, { 0.1, 0.2, -1 }, { 0.0, 0.1, -1 }, { 0.0, 0.0, 0 } };
  const double bands[] = { 0.0, 100.0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (bands); j++)
      {
        g_autofree float *inside = g_new0 (float, 4800);
        g_autofree float *outside = g_new0 (float, 4800);
        ChorusSelectionMeter *meter = chorus_selection_meter_new (&test_params, TEST_RATE, bands[j], 24000.0);
        ChorusSelectionMeasurements out;

        test_add_sine (inside, 4800, 5000.0, cases[i].inside);
        test_add_sine (outside, 4800, 5000.0, cases[i].outside);
        chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, inside, 4800);
        chorus_selection_meter_push (meter, CHORUS_SELECTION_AFTER, outside, 4800);
        chorus_selection_meter_finish (meter, &out);
        chorus_selection_meter_free (meter);
        if (cases[i].infinite)
          g_assert_cmpint (isinf (out.snr_db) ? (out.snr_db > 0.0 ? 1 : -1) : 0, ==, cases[i].infinite);
        else
          g_assert_true (isnan (out.snr_db));
      }
}

/* Pieces of any length make no difference, and what comes out of turn does not count. */
static void
test_pieces (void)
{
  const gsize n = 50000;
  g_autofree float *samples = g_new0 (float, n);
  ChorusSynthRandom random = { 6 };
  ChorusSelectionMeasurements expected;
  ChorusSelectionMeasurements again;

  test_add_noise (samples, n, 0.1, &random);
  for (guint piece = 1; piece < 60000; piece = piece * 7 + 3)
    {
      ChorusSelectionMeter *meter = chorus_selection_meter_new (&test_params, TEST_RATE, 3000.0, 9000.0);
      ChorusSelectionMeasurements actual;

      for (gsize i = 0; i < n; i += piece)
        chorus_selection_meter_push (meter,
                                     i < 20000 / piece * piece ? CHORUS_SELECTION_BEFORE : CHORUS_SELECTION_INSIDE,
                                     samples + i, MIN (piece, n - i));
      chorus_selection_meter_push (meter, CHORUS_SELECTION_BEFORE, samples, n);
      chorus_selection_meter_finish (meter, &actual);
      chorus_selection_meter_push (meter, CHORUS_SELECTION_AFTER, samples, n);
      chorus_selection_meter_finish (meter, &again);
      g_assert_cmpmem (&again, sizeof again, &actual, sizeof actual);
      chorus_selection_meter_free (meter);

      meter = chorus_selection_meter_new (&test_params, TEST_RATE, 3000.0, 9000.0);
      chorus_selection_meter_push (meter, CHORUS_SELECTION_BEFORE, samples, 20000 / piece * piece);
      chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, samples + 20000 / piece * piece,
                                   n - 20000 / piece * piece);
      chorus_selection_meter_finish (meter, &expected);
      chorus_selection_meter_free (meter);
      g_assert_cmpmem (&actual, sizeof actual, &expected, sizeof expected);
    }
}

static void
test_assert_nothing (const ChorusSelectionMeasurements *out)
{
  g_assert_cmpfloat (out->rms_db, ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (out->sel_db, ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (out->peak_db, ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_cmpfloat (out->peak_power_db, ==, CHORUS_MEASURE_FLOOR_DB);
  g_assert_true (isnan (out->peak_time));
  g_assert_true (isnan (out->peak_frequency));
  g_assert_true (isnan (out->center_frequency));
  g_assert_true (isnan (out->bandwidth_90));
  g_assert_true (isnan (out->time_5));
  g_assert_true (isnan (out->duration_90));
  g_assert_true (isnan (out->snr_db));
}

/* Nothing, silence, damage, one sample, and less than a window. */
static void
test_short (void)
{
  const float damage[] = { NAN, INFINITY, -INFINITY, 1e30f };
  const float silence[600] = { 0 };
  const float one = 0.25f;
  g_autofree float *few = g_new0 (float, 200);
  ChorusSelectionMeasurements out;

  test_measure (NULL, 0, 0.0, 24000.0, &out);
  g_assert_cmpfloat (out.duration, ==, 0.0);
  test_assert_nothing (&out);
  test_measure (silence, G_N_ELEMENTS (silence), 0.0, 24000.0, &out);
  test_assert_nothing (&out);
  test_measure (silence, G_N_ELEMENTS (silence), 100.0, 200.0, &out);
  test_assert_nothing (&out);
  test_measure (damage, G_N_ELEMENTS (damage), 1000.0, 24000.0, &out);
  test_assert_nothing (&out);

  test_measure (&one, 1, 0.0, 24000.0, &out);
  g_assert_cmpfloat_with_epsilon (out.duration, 1.0 / TEST_RATE, 1e-12);
  g_assert_cmpfloat_with_epsilon (out.rms_db, 20.0 * log10 (0.25) + 3.0103, 1e-4);
  g_assert_cmpfloat_with_epsilon (out.peak_db, 20.0 * log10 (0.25), 1e-4);
  g_assert_cmpfloat_with_epsilon (out.peak_time, 0.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (out.center_frequency, 12000.0, TEST_BIN);
  g_assert_cmpfloat (out.time_95, <=, out.duration);
  test_measure (&one, 1, 0.0, 12000.0, &out);
  g_assert_cmpfloat_with_epsilon (out.rms_db, 20.0 * log10 (0.25), 0.05);

  test_add_sine (few, 200, 6000.0, 0.5);
  test_measure (few, 200, 3000.0, 9000.0, &out);
  g_assert_cmpfloat_with_epsilon (out.peak_frequency, 6000.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (out.center_frequency, 6000.0, TEST_BIN);
  g_assert_cmpfloat_with_epsilon (out.rms_db, -6.0206, 0.1);
  g_assert_cmpfloat_with_epsilon (out.center_time, 100.0 / TEST_RATE, TEST_FRAME);
}

/* A band narrower than a bin has the nearest bin; one that makes no sense has no meter. */
static void
test_bands (void)
{
  const double infinity = (double) INFINITY;
  g_autofree float *samples = g_new0 (float, 4800);
  ChorusSelectionMeasurements out;

  test_add_sine (samples, 4800, 6000.0, 0.5);
  test_measure (samples, 4800, 6010.0, 6020.0, &out);
  g_assert_cmpfloat_with_epsilon (out.peak_frequency, 6000.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (out.bandwidth_90, 0.0, 1e-9);
  test_measure (samples, 4800, -5.0, infinity, &out);
  g_assert_cmpfloat (out.low, ==, 0.0);
  g_assert_cmpfloat (out.high, ==, 24000.0);
  test_measure (samples, 4800, 24000.0, 24000.0, &out);
  g_assert_cmpfloat (out.peak_power_db, <, -60.0);

  g_assert_null (chorus_selection_meter_new (&test_params, TEST_RATE, 25000.0, 26000.0));
  g_assert_null (chorus_selection_meter_new (&test_params, TEST_RATE, 2000.0, 1000.0));
  g_assert_null (chorus_selection_meter_new (&test_params, TEST_RATE, 0.0, -1.0));
  g_assert_null (chorus_selection_meter_new (&test_params, 0.0, 0.0, 1.0));
  g_assert_null (chorus_selection_meter_new (&test_params, (double) NAN, 0.0, 1.0));
  g_assert_null (chorus_selection_meter_new (&test_params, infinity, 0.0, 1.0));
  g_assert_null (chorus_selection_meter_new (&(ChorusStftParams){ 512, 0 }, TEST_RATE, 0.0, 1.0));
  g_assert_null (chorus_selection_meter_new (&(ChorusStftParams){ 500, 10 }, TEST_RATE, 0.0, 1.0));
  chorus_selection_meter_free (NULL);
}

/* More frames than are kept apart: a tone that is there from a fifth to three fifths of five million samples. */
static void
test_long (void)
{
  const ChorusStftParams params = { 128, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const gsize n = 100000;
  g_autofree float *silence = g_new0 (float, n);
  g_autofree float *tone = g_new0 (float, n);
  ChorusSelectionMeter *meter = chorus_selection_meter_new (&params, TEST_RATE, 1000.0, 20000.0);
  double duration = 50.0 * (double) n / TEST_RATE;
  double step = duration / 65536.0;
  ChorusSelectionMeasurements out;

  test_add_sine (tone, n, 6000.0, 0.5);
  for (guint i = 0; i < 50; i++)
    chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, i >= 10 && i < 30 ? tone : silence, n);
  chorus_selection_meter_finish (meter, &out);
  chorus_selection_meter_free (meter);

  g_assert_cmpfloat_with_epsilon (out.duration, duration, 1e-9);
  g_assert_cmpfloat_with_epsilon (out.time_5, duration * (0.2 + 0.05 * 0.4), step);
  g_assert_cmpfloat_with_epsilon (out.center_time, duration * 0.4, step);
  g_assert_cmpfloat_with_epsilon (out.time_95, duration * (0.2 + 0.95 * 0.4), step);
  g_assert_cmpfloat_with_epsilon (out.rms_db, -6.0206 + 10.0 * log10 (0.4), 0.01);
}

/* The same by scipy's transform and numpy's sums, for (window, length, hop, rate, low, high, start, end) of the samples. The
 * levels in the band are by Parseval, from a transform of everything. */
static const char test_script[] =
  "def frames(y, window, length, hop):\n"
  "  lead = length // 2 + length // 2 // hop * hop\n"
  "  y = np.concatenate([np.zeros(lead), y, np.zeros(length)])\n"
  "  f, t, z = sg.stft(y, 1, sg.get_window(window, length), length, length - hop, detrend=False, boundary=None, padded=False)\n"
  "  return abs(z) ** 2, t - lead\n"
  "def power(y, rate, low, high):\n"
  "  f = np.fft.rfftfreq(len(y), 1 / rate)\n"
  "  p = abs(np.fft.rfft(y)) ** 2 / len(y) ** 2 * 2\n"
  "  return 2 * p[(f >= low) & (f <= high)].sum()\n"
  "for window, length, hop, rate, low, high, start, end in ast.literal_eval(sys.argv[1]):\n"
  "  y = x[start:end]\n"
  "  p, t = frames(y, window, length, hop)\n"
  "  f = np.arange(length // 2 + 1) * rate / length\n"
  "  band = (f >= low) & (f <= high)\n"
  "  p, f = p[band], f[band]\n"
  "  row, column = np.unravel_index(p.argmax(), p.shape)\n"
  "  at = lambda v, axis, share: axis[np.searchsorted(v.cumsum(), share * v.sum())]\n"
  "  shares = [0.05, 0.25, 0.5, 0.75, 0.95]\n"
  "  s = power(y, rate, low, high)\n"
  "  outside = [x[:start], x[end:]]\n"
  "  n = sum(power(o, rate, low, high) * len(o) for o in outside) / sum(map(len, outside))\n"
  "  out.append([f[row], t[column] / rate] + [at(p.sum(1), f, q) for q in shares] + [at(p.sum(0), t, q) / rate for q in shares])\n"
  "  out.append([10 * np.log10(s), 10 * np.log10(s * len(y) / rate), 10 * np.log10((s - n) / n)])\n"
  "  out.append([abs(y).argmax() / rate, 20 * np.log10(abs(y).max())])\n";

typedef struct
{
  const char *window;
  ChorusStftParams params;
  double rate;
  double low;
  double high;
  guint start;
  guint end;
  guint hop; /* of the frames that are measured, as documented */
} TestCase;

/* A call: a sweep that swells and fades, within the selection of the case, in noise. */
static float *
test_make_call (const TestCase    *test,
                gsize              n,
                ChorusSynthRandom *random)
{
  float *samples = g_new0 (float, n);
  double length = (double) (test->end - test->start);
  double slope = (test->high - test->low) * 0.6 / length;
  double start = test->low + (test->high - test->low) * 0.2;

  test_add_noise (samples, n, 0.01, random);
  for (guint i = test->start; i < test->end; i++)
    {
      double j = (double) (i - test->start);
      double envelope = pow (sin (G_PI * pow (j / length, 0.7)), 2.0);

      samples[i] += (float) (0.3 * envelope * sin (2.0 * G_PI * (start + slope / 2.0 * j) * j / test->rate));
    }

  return samples;
}

static void
test_compare (const TestCase *test,
              const float    *samples,
              gsize           n,
              const float    *expected)
{
  ChorusSelectionMeter *meter = chorus_selection_meter_new (&test->params, test->rate, test->low, test->high);
  double bin = test->rate / test->params.window_length * 1.001;
  double frame = test->hop / test->rate * 1.001;
  ChorusSelectionMeasurements out;

  chorus_selection_meter_push (meter, CHORUS_SELECTION_BEFORE, samples, test->start);
  chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, samples + test->start, test->end - test->start);
  chorus_selection_meter_push (meter, CHORUS_SELECTION_AFTER, samples + test->end, n - test->end);
  chorus_selection_meter_finish (meter, &out);
  chorus_selection_meter_free (meter);

  g_assert_cmpfloat_with_epsilon (out.peak_frequency, (double) expected[0], bin);
  g_assert_cmpfloat_with_epsilon (out.peak_power_time, (double) expected[1], frame);
  g_assert_cmpfloat_with_epsilon (out.frequency_5, (double) expected[2], bin);
  g_assert_cmpfloat_with_epsilon (out.frequency_25, (double) expected[3], bin);
  g_assert_cmpfloat_with_epsilon (out.center_frequency, (double) expected[4], bin);
  g_assert_cmpfloat_with_epsilon (out.frequency_75, (double) expected[5], bin);
  g_assert_cmpfloat_with_epsilon (out.frequency_95, (double) expected[6], bin);
  g_assert_cmpfloat_with_epsilon (out.time_5, (double) expected[7], frame);
  g_assert_cmpfloat_with_epsilon (out.time_25, (double) expected[8], frame);
  g_assert_cmpfloat_with_epsilon (out.center_time, (double) expected[9], frame);
  g_assert_cmpfloat_with_epsilon (out.time_75, (double) expected[10], frame);
  g_assert_cmpfloat_with_epsilon (out.time_95, (double) expected[11], frame);
  g_assert_cmpfloat_with_epsilon (out.rms_db, (double) expected[12], 0.1);
  g_assert_cmpfloat_with_epsilon (out.sel_db, (double) expected[13], 0.1);
  g_assert_cmpfloat_with_epsilon (out.snr_db, (double) expected[14], 0.5);
  g_assert_cmpfloat_with_epsilon (out.peak_time, (double) expected[15], 1e-6);
  g_assert_cmpfloat_with_epsilon (out.peak_db, (double) expected[16], 1e-3);
}

static void
test_scipy (void)
{
  const TestCase cases[] = {
    { "'hann'", { 512, 256, CHORUS_WINDOW_FUNCTION_HANN, 0.0 }, 48000.0, 2000.0, 9000.0, 30000, 54000, 128 },
    { "'hamming'", { 1024, 128, CHORUS_WINDOW_FUNCTION_HAMMING, 0.0 }, 22050.0, 500.0, 5000.0, 20000, 40000, 128 },
    { "'blackmanharris'",
      { 2048, 1024, CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS, 0.0 },
      48000.0,
      300.0,
      6000.0,
      30000,
      90000,
      256 },
    { "('kaiser', 8.6)",
      { 256, 64, CHORUS_WINDOW_FUNCTION_KAISER, 8.6 },
      384000.0,
      20000.0,
      90000.0,
      19200,
      21200,
      32 },
    { "'boxcar'", { 512, 512, CHORUS_WINDOW_FUNCTION_RECTANGULAR, 0.0 }, 8000.0, 100.0, 3000.0, 8000, 16000, 128 },
    { "'hann'", { 16384, 819, CHORUS_WINDOW_FUNCTION_HANN, 0.0 }, 1000.0, 15.0, 120.0, 30000, 80000, 819 },
    { "'hann'", { 128, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 }, 250000.0, 30000.0, 110000.0, 40000, 41000, 32 },
  };
  const gsize n = 100000;

  if (!test_scipy_is_here ())
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TestCase *test = &cases[i];
      ChorusSynthRandom random = { 40 + i };
      g_autofree float *samples = test_make_call (test, n, &random);
      g_autofree char *argument =
        g_strdup_printf ("[(%s, %u, %u, %.1f, %.1f, %.1f, %u, %u)]", test->window, test->params.window_length,
                         test->hop, test->rate, test->low, test->high, test->start, test->end);
      g_autoptr (GBytes) answer = test_scipy_run (test_script, argument, samples, n);
      gsize size;
      const float *expected = g_bytes_get_data (answer, &size);

      g_assert_cmpuint (size, ==, 17 * sizeof *expected);
      test_compare (test, samples, n, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/selection-meter/sine", test_sine);
  g_test_add_func ("/dsp/selection-meter/chirp", test_chirp);
  g_test_add_func ("/dsp/selection-meter/click", test_click);
  g_test_add_func ("/dsp/selection-meter/snr", test_snr);
  g_test_add_func ("/dsp/selection-meter/snr-extremes", test_snr_extremes);
  g_test_add_func ("/dsp/selection-meter/pieces", test_pieces);
  g_test_add_func ("/dsp/selection-meter/short", test_short);
  g_test_add_func ("/dsp/selection-meter/bands", test_bands);
  g_test_add_func ("/dsp/selection-meter/long", test_long);
  g_test_add_func ("/dsp/selection-meter/scipy", test_scipy);

  return g_test_run ();
}
