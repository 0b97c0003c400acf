/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What levels and detection cost, beside what FFTW alone takes for the same frames in the same run: as real numbers,
 * which is what one would ask of it, and as half as many complex numbers, which is what ChorusStft asks and which is not
 * yet a spectrum. One thread; the best of several rounds, in turn, so that all meet the same machine. */

#include "dsp/chorus-event-detector.h"
#include "dsp/chorus-level-tile.h"
#include "dsp/chorus-peaks.h"
#include "dsp/chorus-selection-meter.h"

#include <fftw3.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define BENCH_RATE 48000u
#define BENCH_SECONDS 60u
#define BENCH_N_SAMPLES ((size_t) BENCH_RATE * BENCH_SECONDS)
#define BENCH_N_ROUNDS 7
#define BENCH_SAMPLES_PER_PEAK 256u

static double
bench_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static float *
bench_make_noise (void)
{
  uint64_t state = 1;
  float *samples = malloc (BENCH_N_SAMPLES * sizeof *samples);

  if (!samples)
    exit (EXIT_FAILURE);
  for (size_t i = 0; i < BENCH_N_SAMPLES; i++)
    {
      state = state * 6364136223846793005u + 1442695040888963407u;
      samples[i] = (float) (state >> 40) * 0x1p-24f - 0.5f;
    }

  return samples;
}

static double
bench_fftw (const float *samples,
            unsigned     length,
            unsigned     hop,
            size_t       n_frames,
            bool         halved)
{
  float *input = fftwf_alloc_real (length);
  fftwf_complex *output = fftwf_alloc_complex (length / 2 + 1);
  fftwf_plan plan =
    halved ? fftwf_plan_dft_1d ((int) length / 2, (fftwf_complex *) input, output, FFTW_FORWARD, FFTW_ESTIMATE)
           : fftwf_plan_dft_r2c_1d ((int) length, input, output, FFTW_ESTIMATE);
  double start = bench_now ();

  for (size_t frame = 0; frame < n_frames; frame++)
    {
      memcpy (input, samples + frame * hop, length * sizeof *input);
      fftwf_execute (plan);
    }
  start = bench_now () - start;
  fftwf_destroy_plan (plan);
  fftwf_free (input);
  fftwf_free (output);

  return start;
}

static double
bench_tile (const float *samples,
            ChorusStft  *stft,
            size_t       n_frames,
            unsigned     frames_per_column,
            uint8_t     *columns)
{
  double start = bench_now ();

  chorus_level_tile_compute (stft, samples, n_frames, frames_per_column, columns);

  return bench_now () - start;
}

static void
bench_length (const float *samples,
              unsigned     length)
{
  const ChorusStftParams params = { length, length / 2, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  size_t n_frames = (BENCH_N_SAMPLES - length) / params.hop + 1;
  double million_samples = (double) (n_frames * params.hop) / 1e6;
  ChorusStft *stft = chorus_stft_new (&params);
  uint8_t *columns = malloc (n_frames * (length / 2 + 1));
  double fftw = HUGE_VAL;
  double halved = HUGE_VAL;
  double fine = HUGE_VAL;
  double coarse = HUGE_VAL;

  if (!stft || !columns)
    exit (EXIT_FAILURE);
  for (int round = 0; round < BENCH_N_ROUNDS; round++)
    {
      fftw = fmin (fftw, bench_fftw (samples, length, params.hop, n_frames, false));
      halved = fmin (halved, bench_fftw (samples, length, params.hop, n_frames, true));
      fine = fmin (fine, bench_tile (samples, stft, n_frames, 1, columns));
      coarse = fmin (coarse, bench_tile (samples, stft, n_frames, 64, columns));
    }
  printf ("%6u  %10.0f  %11.0f  %12.0f (%.2f)  %18.0f (%.2f)\n", length, million_samples / fftw,
          million_samples / halved, million_samples / fine, fftw / fine, million_samples / coarse, fftw / coarse);
  chorus_stft_free (stft);
  free (columns);
}

static void
bench_peaks (const float *samples)
{
  ChorusPeak *peaks = malloc (chorus_peaks_count (BENCH_N_SAMPLES, BENCH_SAMPLES_PER_PEAK) * sizeof *peaks);
  double best = HUGE_VAL;

  if (!peaks)
    exit (EXIT_FAILURE);
  for (int round = 0; round < BENCH_N_ROUNDS; round++)
    {
      double start = bench_now ();

      chorus_peaks_compute (samples, BENCH_N_SAMPLES, BENCH_SAMPLES_PER_PEAK, peaks);
      best = fmin (best, bench_now () - start);
    }
  printf ("peaks of %u samples: %.0f MSamples/s\n", BENCH_SAMPLES_PER_PEAK, (double) BENCH_N_SAMPLES / 1e6 / best);
  free (peaks);
}

static void
bench_selection_meter (const float *samples)
{
  const ChorusStftParams params = { 1024, 512, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  ChorusSelectionMeasurements measurements;
  double best = HUGE_VAL;

  for (int round = 0; round < BENCH_N_ROUNDS; round++)
    {
      ChorusSelectionMeter *meter = chorus_selection_meter_new (&params, BENCH_RATE, 1000.0, 8000.0);
      double start = bench_now ();

      if (!meter)
        exit (EXIT_FAILURE);
      chorus_selection_meter_push (meter, CHORUS_SELECTION_INSIDE, samples, BENCH_N_SAMPLES);
      chorus_selection_meter_finish (meter, &measurements);
      best = fmin (best, bench_now () - start);
      chorus_selection_meter_free (meter);
    }
  printf ("selection meter, window %u: %.0f MSamples/s\n", params.window_length, (double) BENCH_N_SAMPLES / 1e6 / best);
}

/* Five minutes at @rate; prints the memory that the detector added to the process. */
static void
bench_detector (const float *samples,
                double       rate)
{
  struct rusage before;
  struct rusage after;
  size_t n_left = (size_t) (300.0 * rate);
  double million_samples = (double) n_left / 1e6;
  ChorusEvent *events = NULL;
  ChorusEventDetector *detector;
  size_t n_events;
  double start;

  getrusage (RUSAGE_SELF, &before);
  start = bench_now ();
  detector = chorus_event_detector_new (rate, NULL);
  if (!detector)
    exit (EXIT_FAILURE);
  while (n_left > 0)
    {
      size_t n = n_left < BENCH_N_SAMPLES ? n_left : BENCH_N_SAMPLES;

      chorus_event_detector_push (detector, samples, n);
      n_left -= n;
    }
  n_events = chorus_event_detector_finish (detector, &events);
  start = bench_now () - start;
  getrusage (RUSAGE_SELF, &after);
  printf ("event detector, 300 s at %.0f Hz: %.2f s, %.0f MSamples/s, %ld KiB more resident, %zu events\n", rate, start,
          million_samples / start, after.ru_maxrss - before.ru_maxrss, n_events);
  free (events);
  chorus_event_detector_free (detector);
}

int
main (void)
{
  float *samples = bench_make_noise ();

  printf ("%s, one thread, %u s at %u Hz, hop of half a window; MSamples/s (ratio to FFTW alone)\n", fftwf_version,
          BENCH_SECONDS, BENCH_RATE);
  printf ("window  FFTW alone  and halved     8-bit levels         64 frames a column\n");
  for (unsigned length = CHORUS_STFT_MIN_WINDOW_LENGTH; length <= CHORUS_STFT_MAX_WINDOW_LENGTH; length *= 2)
    bench_length (samples, length);
  bench_peaks (samples);
  bench_selection_meter (samples);
  bench_detector (samples, 48000.0);
  bench_detector (samples, 384000.0);
  free (samples);

  return EXIT_SUCCESS;
}
