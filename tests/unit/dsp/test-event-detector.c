/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-event-detector.h"
#include "dsp/chorus-stft.h"
#include "soundscape-synth.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TEST_RATE 32000.0
#define TEST_SECONDS 150.0
#define TEST_N_SAMPLES ((size_t) (TEST_RATE * TEST_SECONDS))
#define TEST_CALL_SPACING 2.5
#define TEST_N_CALLS 56u
#define TEST_PINK_RMS 0.01

/* How far a detected band may lie beside the true one, in Hz: a pure tone has no width, a bin of the detector has
 * 62.5. */
#define TEST_BAND_TOLERANCE 100.0

/* What makes up a mixture beside the calls. */
typedef enum
{
  TEST_PINK = 1 << 0,
  TEST_RAIN = 1 << 1,
  TEST_HUM = 1 << 2,
} TestNoise;

typedef struct
{
  unsigned n_calls;
  unsigned n_found;
  unsigned n_events;
  unsigned n_true;
} TestScore;

typedef struct
{
  double snr_db;
  double recall;
  double precision;
} TestFloor;

/* A little under what was measured when the detector was tuned. */
static const TestFloor test_floors[] = {
  { -6.0, 0.15, 0.78 }, { -3.0, 0.62, 0.93 }, { 0.0, 0.80, 0.93 },  { 3.0, 0.82, 0.93 },
  { 6.0, 0.92, 0.94 },  { 10.0, 0.96, 0.94 }, { 15.0, 0.97, 0.93 }, { 20.0, 0.97, 0.93 },
};

static float *
test_make_noise (guint64   seed,
                 TestNoise noise,
                 size_t    n)
{
  ChorusSynthRandom random = { seed };
  float *samples = g_new0 (float, n);

  if (noise & TEST_PINK)
    chorus_synth_add_pink (&random, TEST_PINK_RMS, TEST_RATE, samples, n);
  if (noise & TEST_RAIN)
    chorus_synth_add_rain (&random, 3.0, 0.3, TEST_RATE, samples, n);
  if (noise & TEST_HUM)
    chorus_synth_add_hum (0.01, TEST_RATE, samples, n);

  return samples;
}

/* Calls of all kinds in turn, one in each slot so that each is a case of its own, at random times, places and lengths.
 * */
static void
test_plan_calls (ChorusSynthCall *calls)
{
  ChorusSynthRandom random = { 4711 };

  for (unsigned i = 0; i < TEST_N_CALLS; i++)
    {
      ChorusSynthKind kind = i % CHORUS_SYNTH_N_KINDS;
      double low = chorus_synth_random_uniform (&random, 1500.0, 7000.0);
      double start = 2.0 + i * TEST_CALL_SPACING + chorus_synth_random_uniform (&random, 0.0, 0.8);
      double duration = chorus_synth_random_uniform (&random, 0.4, 1.2);
      double width = chorus_synth_random_uniform (&random, 500.0, 1500.0);

      if (kind == CHORUS_SYNTH_HOOT)
        {
          low = chorus_synth_random_uniform (&random, 300.0, 700.0);
          width = 80.0;
        }
      else if (kind == CHORUS_SYNTH_CROAK)
        {
          low = chorus_synth_random_uniform (&random, 400.0, 900.0);
          width = 1500.0;
        }
      else if (kind == CHORUS_SYNTH_CRICKET)
        {
          width = 300.0;
        }
      calls[i] = (ChorusSynthCall){ kind, start, start + duration, low, low + width, 1.0 };
    }
}

/* The root mean square of the noise within a band and a time, from its power spectrum. */
static double
test_measure_band (const float           *noise,
                   const ChorusSynthCall *call)
{
  const ChorusStftParams params = { 1024, 512, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const double noise_bandwidth = 1.5;
  ChorusStft *stft = chorus_stft_new (&params);
  unsigned n_bins = chorus_stft_n_bins (stft);
  size_t first = (size_t) (call->start * TEST_RATE);
  size_t n_frames = (size_t) ((call->end - call->start) * TEST_RATE) / params.hop;
  unsigned low_bin = (unsigned) round (call->low / TEST_RATE * params.window_length);
  unsigned high_bin = (unsigned) round (call->high / TEST_RATE * params.window_length);
  g_autofree float *levels = g_new (float, n_frames *n_bins);
  double sum = 0.0;

  chorus_stft_levels (stft, noise + first, n_frames, levels);
  for (size_t frame = 0; frame < n_frames; frame++)
    for (unsigned bin = low_bin; bin <= high_bin; bin++)
      sum += pow (10.0, (double) levels[frame * n_bins + bin] / 10.0) / 2.0 / noise_bandwidth;
  chorus_stft_free (stft);

  return sqrt (sum / (double) n_frames);
}

/* The root mean square of a call of amplitude 1 from its start to its end. */
static double
test_measure_call (const ChorusSynthCall *call)
{
  ChorusSynthCall alone = *call;
  size_t n = (size_t) ((call->end - call->start) * TEST_RATE);
  g_autofree float *samples = g_new0 (float, n);
  double sum = 0.0;

  alone.start = 0.0;
  alone.end = call->end - call->start;
  chorus_synth_add_call (&alone, TEST_RATE, samples, n);
  for (size_t i = 0; i < n; i++)
    sum += (double) samples[i] * (double) samples[i];

  return sqrt (sum / (double) n);
}

static size_t
test_detect (double        rate,
             const float  *samples,
             size_t        n,
             size_t        chunk,
             ChorusEvent **events)
{
  ChorusEventDetector *detector = chorus_event_detector_new (rate, NULL);
  size_t n_events;

  g_assert_nonnull (detector);
  for (size_t start = 0; start < n; start += chunk)
    chorus_event_detector_push (detector, samples + start, MIN (chunk, n - start));
  n_events = chorus_event_detector_finish (detector, events);
  chorus_event_detector_free (detector);

  return n_events;
}

static gboolean
test_overlaps (double start_a,
               double end_a,
               double start_b,
               double end_b)
{
  double shorter = fmin (end_a - start_a, end_b - start_b);

  return fmin (end_a, end_b) - fmax (start_a, start_b) >= 0.5 * shorter;
}

static gboolean
test_matches (const ChorusEvent     *event,
              const ChorusSynthCall *call)
{
  return test_overlaps (event->start, event->end, call->start, call->end)
         && test_overlaps (event->low, event->high, call->low - TEST_BAND_TOLERANCE, call->high + TEST_BAND_TOLERANCE);
}

static TestScore
test_score (const ChorusEvent     *events,
            size_t                 n_events,
            const ChorusSynthCall *calls)
{
  TestScore score = { TEST_N_CALLS, 0, (unsigned) n_events, 0 };

  for (unsigned i = 0; i < TEST_N_CALLS; i++)
    {
      gboolean found = FALSE;

      for (size_t j = 0; j < n_events && !found; j++)
        found = test_matches (&events[j], &calls[i]);
      score.n_found += found;
    }
  for (size_t j = 0; j < n_events; j++)
    {
      gboolean right = FALSE;

      for (unsigned i = 0; i < TEST_N_CALLS && !right; i++)
        right = test_matches (&events[j], &calls[i]);
      score.n_true += right;
    }

  return score;
}

static void
test_recall_and_precision (void)
{
  g_autofree float *pink = test_make_noise (1, TEST_PINK, TEST_N_SAMPLES);
  g_autofree float *background = test_make_noise (1, TEST_PINK | TEST_RAIN | TEST_HUM, TEST_N_SAMPLES);
  g_autofree float *mixture = g_new (float, TEST_N_SAMPLES);
  ChorusSynthCall calls[TEST_N_CALLS];
  double unit[TEST_N_CALLS];

  test_plan_calls (calls);
  for (unsigned i = 0; i < TEST_N_CALLS; i++)
    unit[i] = test_measure_band (pink, &calls[i]) / test_measure_call (&calls[i]);

  g_test_message ("%u calls of %d kinds in %.0f s of pink noise with rain-like clicks (3 a second) and mains hum.",
                  TEST_N_CALLS, CHORUS_SYNTH_N_KINDS, TEST_SECONDS);
  g_test_message ("SNR: RMS of the call over RMS of the pink noise in the band of the call, over its duration.");
  g_test_message ("A call is found, an event is right: the two share half of the time of the shorter one and half of "
                  "the band of the narrower one (to %.0f Hz).",
                  TEST_BAND_TOLERANCE);
  g_test_message ("  SNR dB   recall   precision   events");
  for (size_t i = 0; i < G_N_ELEMENTS (test_floors); i++)
    {
      const TestFloor *floor = &test_floors[i];
      ChorusEvent *events = NULL;
      size_t n_events;
      TestScore score;
      double recall;
      double precision;

      memcpy (mixture, background, TEST_N_SAMPLES * sizeof *mixture);
      for (unsigned j = 0; j < TEST_N_CALLS; j++)
        {
          calls[j].amplitude = unit[j] * pow (10.0, floor->snr_db / 20.0);
          chorus_synth_add_call (&calls[j], TEST_RATE, mixture, TEST_N_SAMPLES);
        }
      n_events = test_detect (TEST_RATE, mixture, TEST_N_SAMPLES, TEST_N_SAMPLES, &events);
      score = test_score (events, n_events, calls);
      free (events);

      recall = (double) score.n_found / score.n_calls;
      precision = score.n_events > 0 ? (double) score.n_true / score.n_events : 1.0;
      g_test_message ("  %6.0f   %6.2f   %9.2f   %6u", floor->snr_db, recall, precision, score.n_events);
      g_assert_cmpfloat (recall, >=, floor->recall);
      g_assert_cmpfloat (precision, >=, floor->precision);
    }
}

static void
test_without_calls (void)
{
  static const struct
  {
    const char *name;
    TestNoise noise;
    double per_minute;
  } recordings[] = {
    { "pink noise", TEST_PINK, 0.8 },
    { "and mains hum", TEST_PINK | TEST_HUM, 0.8 },
    { "and rain-like clicks", TEST_PINK | TEST_RAIN, 1.2 },
    { "and both", TEST_PINK | TEST_RAIN | TEST_HUM, 1.2 },
  };

  g_test_message ("False events a minute where nothing calls, over %.0f s:", TEST_SECONDS);
  for (size_t i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      g_autofree float *samples = test_make_noise (100 + i, recordings[i].noise, TEST_N_SAMPLES);
      ChorusEvent *events = NULL;
      size_t n_events = test_detect (TEST_RATE, samples, TEST_N_SAMPLES, TEST_N_SAMPLES, &events);
      double per_minute = (double) n_events / TEST_SECONDS * 60.0;
      unsigned n_confident = 0;

      for (size_t j = 0; j < n_events; j++)
        n_confident += events[j].confidence >= 0.5;
      free (events);
      g_test_message ("  %-22s %5.2f, of confidence 0.5 and more %.2f", recordings[i].name, per_minute,
                      n_confident / TEST_SECONDS * 60.0);
      g_assert_cmpfloat (per_minute, <=, recordings[i].per_minute);
    }
}

/* A recording that has some of everything, and is no whole number of frames or blocks long. */
static float *
test_make_mixture (size_t n)
{
  const ChorusSynthCall calls[] = {
    { CHORUS_SYNTH_WHISTLE, 3.0, 3.8, 2000.0, 3000.0, 0.05 },
    { CHORUS_SYNTH_TRILL, 9.6, 10.5, 5000.0, 6000.0, 0.05 },
    { CHORUS_SYNTH_CROAK, 21.0, 21.6, 500.0, 2000.0, 0.05 },
  };
  float *samples = test_make_noise (7, TEST_PINK | TEST_RAIN | TEST_HUM, n);

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    chorus_synth_add_call (&calls[i], TEST_RATE, samples, n);

  return samples;
}

static void
test_chunks (void)
{
  const size_t chunks[] = { 1, 7, 255, 4096, 100003 };
  const size_t n = (size_t) (TEST_RATE * 23.0) + 77;
  g_autofree float *samples = test_make_mixture (n);
  ChorusEvent *whole = NULL;
  size_t n_whole = test_detect (TEST_RATE, samples, n, n, &whole);

  g_assert_cmpuint (n_whole, >=, 3);
  for (size_t i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      ChorusEvent *cut = NULL;
      size_t n_cut = test_detect (TEST_RATE, samples, n, chunks[i], &cut);

      g_assert_cmpmem (cut, n_cut * sizeof *cut, whole, n_whole * sizeof *whole);
      free (cut);
    }
  free (whole);
}

static void
test_order_and_bounds (void)
{
  const size_t n = (size_t) (TEST_RATE * 23.0);
  g_autofree float *samples = test_make_mixture (n);
  ChorusEvent *events = NULL;
  size_t n_events = test_detect (TEST_RATE, samples, n, n, &events);

  g_assert_cmpuint (n_events, >=, 3);
  for (size_t i = 0; i < n_events; i++)
    {
      g_assert_cmpfloat (events[i].start, >=, i > 0 ? events[i - 1].start : 0.0);
      g_assert_cmpfloat (events[i].end, >, events[i].start);
      g_assert_cmpfloat (events[i].end, <=, 23.0);
      g_assert_cmpfloat (events[i].low, >=, 0.0);
      g_assert_cmpfloat (events[i].high, >, events[i].low);
      g_assert_cmpfloat (events[i].high, <=, TEST_RATE / 2.0);
      g_assert_cmpfloat (events[i].snr_db, >, 0.0);
      g_assert_cmpfloat (events[i].confidence, >, 0.0);
      g_assert_cmpfloat (events[i].confidence, <=, 1.0);
    }
  free (events);
}

/* One loud whistle: the box must lie where the sound is. */
static void
test_box (void)
{
  const ChorusSynthCall call = { CHORUS_SYNTH_WHISTLE, 5.0, 5.7, 2500.0, 3700.0, 0.1 };
  const size_t n = (size_t) (TEST_RATE * 12.0);
  g_autofree float *samples = test_make_noise (3, TEST_PINK, n);
  ChorusEvent *events = NULL;

  chorus_synth_add_call (&call, TEST_RATE, samples, n);
  g_assert_cmpuint (test_detect (TEST_RATE, samples, n, n, &events), ==, 1);
  g_assert_cmpfloat_with_epsilon (events[0].start, call.start, 0.025);
  g_assert_cmpfloat_with_epsilon (events[0].end, call.end, 0.025);
  g_assert_cmpfloat_with_epsilon (events[0].low, call.low, 160.0);
  g_assert_cmpfloat_with_epsilon (events[0].high, call.high, 160.0);
  g_assert_cmpfloat (events[0].confidence, >, 0.95);
  free (events);
}

/* A bat: sweeps of a few milliseconds from 80 to 40 kHz, ten a second. */
static void
test_ultrasound (void)
{
  const double rate = 384000.0;
  const size_t n = (size_t) (rate * 3.0);
  ChorusSynthRandom random = { 9 };
  g_autofree float *samples = g_new0 (float, n);
  ChorusEvent *events = NULL;
  size_t n_events;

  chorus_synth_add_pink (&random, 0.002, rate, samples, n);
  for (unsigned i = 0; i < 8; i++)
    {
      ChorusSynthCall call = { CHORUS_SYNTH_FALLING_WHISTLE, 1.0 + 0.1 * i, 1.006 + 0.1 * i, 40000.0, 80000.0, 0.05 };

      chorus_synth_add_call (&call, rate, samples, n);
    }

  n_events = test_detect (rate, samples, n, n, &events);
  g_assert_cmpuint (n_events, ==, 1);
  g_assert_cmpfloat_with_epsilon (events[0].start, 1.0, 0.01);
  g_assert_cmpfloat_with_epsilon (events[0].end, 1.706, 0.01);
  g_assert_cmpfloat_with_epsilon (events[0].low, 40000.0, 4000.0);
  g_assert_cmpfloat_with_epsilon (events[0].high, 80000.0, 4000.0);
  free (events);
}

static void
test_damage (void)
{
  const float damage[] = { NAN, INFINITY, -INFINITY, 3e38f, -1e30f };
  const size_t n = (size_t) (TEST_RATE * 12.0);
  g_autofree float *samples = test_make_mixture (n);
  ChorusEvent *events = NULL;
  size_t n_events;
  gboolean found = FALSE;

  for (size_t i = 0; i < n; i += 997)
    samples[i] = damage[i % G_N_ELEMENTS (damage)];
  n_events = test_detect (TEST_RATE, samples, n, 1000, &events);
  for (size_t i = 0; i < n_events; i++)
    {
      g_assert_true (isfinite (events[i].snr_db));
      g_assert_true (isfinite (events[i].peak_level_db));
      found = found || test_overlaps (events[i].start, events[i].end, 3.0, 3.8);
    }
  g_assert_true (found);
  free (events);

  for (size_t i = 0; i < n; i++)
    samples[i] = NAN;
  g_assert_cmpuint (test_detect (TEST_RATE, samples, n, 1000, &events), ==, 0);
  g_assert_null (events);
}

static void
test_short_recordings (void)
{
  const size_t lengths[] = { 1, 100, 511, 512, 513, 767, 768, 769, 5000 };
  g_autofree float *silence = g_new0 (float, 5000);
  g_autofree float *noise = test_make_noise (5, TEST_PINK, 5000);
  ChorusEvent *events = NULL;

  g_assert_cmpuint (test_detect (TEST_RATE, silence, 0, 1, &events), ==, 0);
  g_assert_null (events);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_assert_cmpuint (test_detect (TEST_RATE, silence, lengths[i], 64, &events), ==, 0);
      g_assert_null (events);
      g_assert_cmpuint (test_detect (TEST_RATE, noise, lengths[i], 64, &events), ==, 0);
      g_assert_null (events);
    }
}

/* More events than anyone can review must not cost more memory. */
static void
test_many_events (void)
{
  const double rate = 16000.0;
  const size_t n = (size_t) (rate * 400.0);
  g_autofree float *samples = g_new0 (float, n);
  ChorusEventDetectorParams params;
  ChorusEventDetector *detector;
  ChorusEvent *events = NULL;
  size_t n_events;

  for (double start = 0.1; start < 399.0; start += 0.2)
    for (double hz = 400.0; hz < 7600.0; hz += 1000.0)
      {
        ChorusSynthCall call = { CHORUS_SYNTH_HOOT, start, start + 0.1, hz, hz, 0.02 };

        chorus_synth_add_call (&call, rate, samples, MIN (n, (size_t) ((start + 0.2) * rate)));
      }

  chorus_event_detector_params_init (&params);
  params.merge_gap = 0.0;
  params.merge_band = 0.0;
  detector = chorus_event_detector_new (rate, &params);
  chorus_event_detector_push (detector, samples, n);
  n_events = chorus_event_detector_finish (detector, &events);
  g_assert_cmpuint (n_events, >, 1000);
  g_assert_cmpuint (n_events, <=, 4096);
  free (events);
  chorus_event_detector_free (detector);
}

static void
test_params (void)
{
  ChorusEventDetectorParams params;
  ChorusEventDetector *detector;

  g_assert_null (chorus_event_detector_new (0.0, NULL));
  g_assert_null (chorus_event_detector_new ((double) NAN, NULL));
  g_assert_null (chorus_event_detector_new (1e9, NULL));

  chorus_event_detector_params_init (&params);
  params.grow_db = params.seed_db + 1.0;
  g_assert_null (chorus_event_detector_new (TEST_RATE, &params));

  chorus_event_detector_params_init (&params);
  params.low = (double) NAN;
  g_assert_null (chorus_event_detector_new (TEST_RATE, &params));

  /* A band narrower than a bin still has one. */
  chorus_event_detector_params_init (&params);
  params.low = 1000.0;
  params.high = 1001.0;
  detector = chorus_event_detector_new (TEST_RATE, &params);
  g_assert_nonnull (detector);
  chorus_event_detector_free (detector);
  chorus_event_detector_free (NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/event-detector/recall-and-precision", test_recall_and_precision);
  g_test_add_func ("/dsp/event-detector/without-calls", test_without_calls);

  g_test_add_func ("/dsp/event-detector/chunks", test_chunks);
  g_test_add_func ("/dsp/event-detector/order-and-bounds", test_order_and_bounds);
  g_test_add_func ("/dsp/event-detector/box", test_box);
  g_test_add_func ("/dsp/event-detector/ultrasound", test_ultrasound);
  g_test_add_func ("/dsp/event-detector/damage", test_damage);
  g_test_add_func ("/dsp/event-detector/short-recordings", test_short_recordings);
  g_test_add_func ("/dsp/event-detector/many-events", test_many_events);
  g_test_add_func ("/dsp/event-detector/params", test_params);

  return g_test_run ();
}
