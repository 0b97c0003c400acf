/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-stft.h"

#include "chorus-decibels-private.h"
#include "chorus-stft-private.h"

#include <fftw3.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct _ChorusStft
{
  ChorusStftParams params;
  unsigned n_bins;

  float *window;
  float *input;
  fftwf_complex *output;
  float *powers;
  float *maxima;
  fftwf_plan plan;
};

/* FFTW may run plans from any thread, but makes and destroys them in one at a time. */
static pthread_mutex_t chorus_stft_planner_mutex = PTHREAD_MUTEX_INITIALIZER;

static bool
chorus_stft_params_are_valid (const ChorusStftParams *params)
{
  unsigned length = params->window_length;

  return length >= CHORUS_STFT_MIN_WINDOW_LENGTH && length <= CHORUS_STFT_MAX_WINDOW_LENGTH
         && (length & (length - 1)) == 0 && params->hop >= 1;
}

/* Fills the window so scaled that the squared magnitude of a bin is its power in our convention. */
static void
chorus_stft_fill_window (ChorusStft *self)
{
  unsigned length = self->params.window_length;
  double sum = 0.0;

  chorus_window_function_fill (self->params.function, self->params.kaiser_beta, self->window, length);
  for (unsigned i = 0; i < length; i++)
    sum += (double) self->window[i];
  for (unsigned i = 0; i < length; i++)
    self->window[i] = (float) ((double) self->window[i] * 2.0 / sum);
}

ChorusStft *
chorus_stft_new (const ChorusStftParams *params)
{
  ChorusStft *self;
  unsigned length;

  if (!chorus_stft_params_are_valid (params))
    return NULL;

  self = calloc (1, sizeof *self);
  if (!self)
    return NULL;

  length = params->window_length;
  self->params = *params;
  self->n_bins = length / 2 + 1;
  self->window = fftwf_alloc_real (length);
  self->input = fftwf_alloc_real (length);
  self->output = fftwf_alloc_complex (self->n_bins);
  self->powers = fftwf_alloc_real (self->n_bins);
  self->maxima = fftwf_alloc_real (self->n_bins);
  if (self->window && self->input && self->output && self->powers && self->maxima)
    {
      chorus_stft_fill_window (self);
      pthread_mutex_lock (&chorus_stft_planner_mutex);
      /* A measured plan would be faster here and there, but would differ from run to run. */
      self->plan = fftwf_plan_dft_r2c_1d ((int) length, self->input, self->output, FFTW_ESTIMATE);
      pthread_mutex_unlock (&chorus_stft_planner_mutex);
    }

  if (!self->plan)
    {
      chorus_stft_free (self);
      return NULL;
    }

  return self;
}

void
chorus_stft_free (ChorusStft *stft)
{
  if (!stft)
    return;

  if (stft->plan)
    {
      pthread_mutex_lock (&chorus_stft_planner_mutex);
      fftwf_destroy_plan (stft->plan);
      pthread_mutex_unlock (&chorus_stft_planner_mutex);
    }
  fftwf_free (stft->window);
  fftwf_free (stft->input);
  fftwf_free (stft->output);
  fftwf_free (stft->powers);
  fftwf_free (stft->maxima);
  free (stft);
}

unsigned
chorus_stft_get_window_length (const ChorusStft *stft)
{
  return stft->params.window_length;
}

unsigned
chorus_stft_get_hop (const ChorusStft *stft)
{
  return stft->params.hop;
}

unsigned
chorus_stft_n_bins (const ChorusStft *stft)
{
  return stft->n_bins;
}

CHORUS_DSP_HOT static void
chorus_stft_apply_window (const float *restrict samples,
                          const float *restrict window,
                          float       *restrict out,
                          unsigned              n)
{
  for (unsigned i = 0; i < n; i++)
    out[i] = chorus_decibels_sane_sample (samples[i]) * window[i];
}

CHORUS_DSP_HOT static void
chorus_stft_square (const float *restrict spectrum,
                    float       *restrict powers,
                    unsigned              n_bins)
{
  for (unsigned i = 0; i < n_bins; i++)
    powers[i] = spectrum[2 * i] * spectrum[2 * i] + spectrum[2 * i + 1] * spectrum[2 * i + 1];

  powers[0] *= 0.25f;
  powers[n_bins - 1] *= 0.25f;
}

CHORUS_DSP_HOT static void
chorus_stft_raise (const float *restrict powers,
                   float       *restrict maxima,
                   unsigned              n_bins)
{
  for (unsigned i = 0; i < n_bins; i++)
    maxima[i] = powers[i] > maxima[i] ? powers[i] : maxima[i];
}

CHORUS_DSP_HOT static void
chorus_stft_log (const float *restrict powers,
                 float       *restrict levels_db,
                 unsigned              n_bins)
{
  for (unsigned i = 0; i < n_bins; i++)
    levels_db[i] = chorus_decibels_from_power (powers[i]);
}

const float *
chorus_stft_powers (ChorusStft  *stft,
                    const float *samples)
{
  chorus_stft_apply_window (samples, stft->window, stft->input, stft->params.window_length);
  fftwf_execute (stft->plan);
  chorus_stft_square ((const float *) stft->output, stft->powers, stft->n_bins);

  return stft->powers;
}

const float *
chorus_stft_maximum_powers (ChorusStft  *stft,
                            const float *samples,
                            size_t       n_frames)
{
  memcpy (stft->maxima, chorus_stft_powers (stft, samples), stft->n_bins * sizeof *stft->maxima);
  for (size_t frame = 1; frame < n_frames; frame++)
    chorus_stft_raise (chorus_stft_powers (stft, samples + frame * stft->params.hop), stft->maxima, stft->n_bins);

  return stft->maxima;
}

void
chorus_stft_levels (ChorusStft  *stft,
                    const float *samples,
                    size_t       n_frames,
                    float       *levels_db)
{
  for (size_t frame = 0; frame < n_frames; frame++)
    {
      const float *powers = chorus_stft_powers (stft, samples + frame * stft->params.hop);

      chorus_stft_log (powers, levels_db + frame * stft->n_bins, stft->n_bins);
    }
}
