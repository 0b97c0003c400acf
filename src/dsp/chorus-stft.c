/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-stft.h"

#include "chorus-stft-kernels-private.h"
#include "chorus-stft-private.h"

#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct _ChorusStft
{
  const ChorusStftKernels *kernels;
  ChorusStftParams params;
  unsigned n_bins;

  float *window;
  float *cosines;
  float *sines;
  float *input;
  float *output;
  float *powers;
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

/* Fills the window so scaled that four times the squared magnitude of a bin is its power in our convention. */
static void
chorus_stft_fill_window (ChorusStft *self)
{
  unsigned length = self->params.window_length;
  double sum = 0.0;

  chorus_window_function_fill (self->params.function, self->params.kaiser_beta, self->window, length);
  for (unsigned i = 0; i < length; i++)
    sum += (double) self->window[i];
  for (unsigned i = 0; i < length; i++)
    self->window[i] = (float) ((double) self->window[i] / sum);
}

static void
chorus_stft_fill_circle (ChorusStft *self)
{
  unsigned length = self->params.window_length;

  for (unsigned k = 0; k < length / 4; k++)
    {
      self->cosines[k] = (float) cos (2.0 * M_PI * k / length);
      self->sines[k] = (float) -sin (2.0 * M_PI * k / length);
    }
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
  self->kernels = chorus_stft_kernels_get ();
  self->window = fftwf_alloc_real (length);
  self->cosines = fftwf_alloc_real (length / 4);
  self->sines = fftwf_alloc_real (length / 4);
  self->input = fftwf_alloc_real (length);
  self->output = fftwf_alloc_real (length + 2);
  self->powers = fftwf_alloc_real (self->n_bins);
  if (self->window && self->cosines && self->sines && self->input && self->output && self->powers)
    {
      chorus_stft_fill_window (self);
      chorus_stft_fill_circle (self);
      pthread_mutex_lock (&chorus_stft_planner_mutex);
      /* A measured plan would be faster here and there, but would differ from run to run. */
      self->plan = fftwf_plan_dft_1d ((int) length / 2, (fftwf_complex *) self->input, (fftwf_complex *) self->output,
                                      FFTW_FORWARD, FFTW_ESTIMATE);
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
  fftwf_free (stft->cosines);
  fftwf_free (stft->sines);
  fftwf_free (stft->input);
  fftwf_free (stft->output);
  fftwf_free (stft->powers);
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

/* Transforms a frame and raises the powers to what is in it. */
static void
chorus_stft_raise (ChorusStft  *self,
                   const float *samples)
{
  unsigned length = self->params.window_length;

  self->kernels->apply_window (samples, self->window, self->input, length);
  fftwf_execute (self->plan);
  self->output[length] = self->output[0];
  self->output[length + 1] = self->output[1];
  self->kernels->raise_powers (self->output, self->cosines, self->sines, self->powers, length / 2);
}

const float *
chorus_stft_powers (ChorusStft  *stft,
                    const float *samples)
{
  return chorus_stft_maximum_powers (stft, samples, 1);
}

const float *
chorus_stft_maximum_powers (ChorusStft  *stft,
                            const float *samples,
                            size_t       n_frames)
{
  memset (stft->powers, 0, stft->n_bins * sizeof *stft->powers);
  for (size_t frame = 0; frame < n_frames; frame++)
    chorus_stft_raise (stft, samples + frame * stft->params.hop);

  /* These two have no mirror image to share their power with. */
  stft->powers[0] *= 0.25f;
  stft->powers[stft->n_bins - 1] *= 0.25f;

  return stft->powers;
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

      stft->kernels->decibels (powers, levels_db + frame * stft->n_bins, stft->n_bins);
    }
}
