/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"

#include "chorus-synthetic-source.h"

#include "timeline/chorus-selection-measure.h"

#include <locale.h>
#include <math.h>

#define RATE 48000.0
#define N_FRAMES 96000

/* A tone of 3 kHz and amplitude 0.5 from 0.5 s to 1.5 s in the second of two channels, and weak noise everywhere. */
static ChorusSampleSource *
make_source (void)
{
  float *samples = g_new (float, 2 * N_FRAMES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < N_FRAMES; i++)
    {
      gboolean sounds = i >= RATE / 2 && i < 3 * RATE / 2;

      samples[2 * i] = (float) g_rand_double_range (rand, -0.001, 0.001);
      samples[2 * i + 1] =
        (float) (g_rand_double_range (rand, -0.001, 0.001) + (sounds ? 0.5 * sin (2 * G_PI * 3000.0 * i / RATE) : 0.0));
    }

  return chorus_synthetic_source_new_interleaved (samples, N_FRAMES, 2, RATE);
}

typedef struct
{
  gboolean done;
  gboolean measured;
  ChorusSelectionMeasurements measurements;
  GError *error;
} Outcome;

static void
measured_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->measured = chorus_selection_measure_finish (result, &outcome->measurements, &outcome->error);
  outcome->done = TRUE;
}

static void
measure (ChorusSampleSource        *source,
         int                        channel,
         double                     start,
         double                     end,
         const ChorusFrequencyBand *band,
         GCancellable              *cancellable,
         Outcome                   *outcome)
{
  const ChorusTimeSpan span = { start, end };
  const ChorusStftParams params = { 1024, 512, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

  *outcome = (Outcome){ 0 };
  chorus_selection_measure_async (source, channel, &span, band, &params, cancellable, measured_cb, outcome);
  chorus_test_wait (outcome->done);
}

static void
test_channel (void)
{
  g_autoptr (ChorusSampleSource) source = make_source ();
  const ChorusFrequencyBand band = { 2000.0, 4000.0 };
  Outcome one = { 0 };
  Outcome mix = { 0 };

  measure (source, 1, 0.5, 1.5, &band, NULL, &one);
  g_assert_no_error (one.error);
  g_assert_true (one.measured);
  g_assert_cmpfloat_with_epsilon (one.measurements.duration, 1.0, 1e-9);
  g_assert_cmpfloat (one.measurements.low, ==, 2000.0);
  g_assert_cmpfloat (one.measurements.high, ==, 4000.0);
  /* Within a bin of 46.875 Hz. */
  g_assert_cmpfloat_with_epsilon (one.measurements.peak_frequency, 3000.0, 46.875);
  g_assert_cmpfloat_with_epsilon (one.measurements.rms_db, 20 * log10 (0.5), 0.1);
  g_assert_cmpfloat_with_epsilon (one.measurements.sel_db, 20 * log10 (0.5), 0.1);
  /* The noise has the power 0.001^2 / 3, a twelfth of it in the band, and the tone 0.5^2 / 2. */
  g_assert_cmpfloat_with_epsilon (one.measurements.snr_db, 10 * log10 (0.125 / (1e-6 / 3 / 12)), 0.5);

  measure (source, CHORUS_CHANNEL_MIX, 0.5, 1.5, &band, NULL, &mix);
  g_assert_true (mix.measured);
  g_assert_cmpfloat_with_epsilon (mix.measurements.rms_db, 20 * log10 (0.25), 0.1);

  measure (source, 0, 0.5, 1.5, &band, NULL, &one);
  g_assert_true (one.measured);
  g_assert_cmpfloat (one.measurements.rms_db, <, -70.0);
}

/* A selection at either end has surroundings on one side only, and one of everything has none. */
static void
test_ends (void)
{
  g_autoptr (ChorusSampleSource) source = make_source ();
  Outcome outcome = { 0 };

  measure (source, 1, 0.0, 1.5, NULL, NULL, &outcome);
  g_assert_true (outcome.measured);
  g_assert_cmpfloat (outcome.measurements.snr_db, >, 40.0);
  measure (source, 1, 0.5, 10.0, NULL, NULL, &outcome);
  g_assert_true (outcome.measured);
  g_assert_cmpfloat_with_epsilon (outcome.measurements.duration, 1.5, 1e-9);
  measure (source, 7, 0.0, 2.0, NULL, NULL, &outcome);
  g_assert_true (outcome.measured);
  g_assert_true (isnan (outcome.measurements.snr_db));
}

static void
test_cancel (void)
{
  g_autoptr (ChorusSampleSource) source = make_source ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  g_cancellable_cancel (cancellable);
  measure (source, 1, 0.0, 2.0, NULL, cancellable, &outcome);
  g_assert_false (outcome.measured);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static void
test_fails (void)
{
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (g_new0 (float, 1000), 1000, RATE, TRUE);
  Outcome outcome = { 0 };

  measure (source, CHORUS_CHANNEL_MIX, 0.0, 0.01, NULL, NULL, &outcome);
  g_assert_false (outcome.measured);
  g_assert_nonnull (outcome.error);
  g_clear_error (&outcome.error);
}

/* As many values as names, no comma for a decimal point, and nothing that could break a line. */
static void
test_table (void)
{
  ChorusSelectionMeasurements measurements = {
    .duration = 0.5,
    .low = 1000,
    .high = 2500.5,
    .delta_frequency = 1500.5,
    .peak_frequency = 2000,
    .peak_time = 0.25,
    .center_frequency = NAN,
    .rms_db = -43.21,
    .snr_db = INFINITY,
  };
  const char *locale = setlocale (LC_NUMERIC, "de_DE.UTF-8");
  g_autofree char *table = chorus_selection_measure_to_table (&measurements, 3661.125, 2, "/a\tb\n/\xff.wav");
  g_auto (GStrv) rows = g_strsplit (table, "\n", -1);
  g_auto (GStrv) names = g_strsplit (rows[0], "\t", -1);
  g_auto (GStrv) values = g_strsplit (rows[1], "\t", -1);
  static const struct
  {
    const char *name;
    const char *value;
  } expected[] = {
    { "Selection", "1" },
    { "View", "Spectrogram 1" },
    { "Channel", "3" },
    { "Begin Time (s)", "3661.125000000" },
    { "End Time (s)", "3661.625000000" },
    { "Low Freq (Hz)", "1000.000" },
    { "High Freq (Hz)", "2500.500" },
    { "File Offset (s)", "3661.125000000" },
    { "Delta Time (s)", "0.500000" },
    { "Peak Freq (Hz)", "2000.000" },
    { "Peak Time (s)", "3661.375000" },
    { "Center Freq (Hz)", "" },
    { "RMS Level (dBFS)", "-43.21" },
    { "SNR (dB)", "" },
  };

  g_test_message ("locale: %s", locale ? locale : "the C locale, because no other is installed");
  setlocale (LC_NUMERIC, "C");
  g_assert_cmpuint (g_strv_length (rows), ==, 3);
  g_assert_cmpstr (rows[2], ==, "");
  g_assert_cmpuint (g_strv_length (names), ==, g_strv_length (values));
  g_assert_true (g_utf8_validate (table, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint column = 0;

      while (names[column] && g_strcmp0 (names[column], expected[i].name) != 0)
        column++;
      g_assert_nonnull (names[column]);
      g_assert_cmpstr (values[column], ==, expected[i].value);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/selection-measure/channel", test_channel);
  g_test_add_func ("/timeline/selection-measure/ends", test_ends);
  g_test_add_func ("/timeline/selection-measure/cancel", test_cancel);
  g_test_add_func ("/timeline/selection-measure/fails", test_fails);
  g_test_add_func ("/timeline/selection-measure/table", test_table);

  return g_test_run ();
}
