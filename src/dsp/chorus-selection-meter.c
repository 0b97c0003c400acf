/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-selection-meter.h"

#include "chorus-decibels-private.h"
#include "chorus-energy-course-private.h"
#include "chorus-measure.h"
#include "chorus-stft-private.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Samples that are transformed at once, beyond the first window. */
#define CHORUS_SELECTION_METER_BLOCK 8192u

struct _ChorusSelectionMeter
{
  ChorusStft *stft;
  double rate;
  double low;
  double high;
  bool whole_band;
  unsigned first_bin;
  unsigned last_bin;
  unsigned first_peak_bin;
  unsigned last_peak_bin;
  double noise_bandwidth;

  /* The samples that the next frames need, and how many frames of this part came before. */
  ChorusSelectionPart part;
  float *samples;
  size_t n_samples;
  size_t capacity;
  size_t n_frames;
  size_t n_part_samples;
  bool finished;

  ChorusEnergyCourse *course;
  double *weights;
  double *bins;
  float peak_power;
  unsigned peak_bin;
  size_t peak_frame;
  float peak_magnitude;
  size_t peak_sample;
  size_t n_inside;
  size_t n_outside;
  double squares_inside;
  double squares_outside;
  double energy_inside;
  double energy_outside;
};

/* Frames closer than this weigh every sample the same: the square of a window of c cosines has 2 c harmonics. */
static unsigned
chorus_selection_meter_choose_hop (const ChorusStftParams *params)
{
  bool many_cosines =
    params->function == CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS || params->function == CHORUS_WINDOW_FUNCTION_KAISER;
  unsigned most = params->window_length / (many_cosines ? 8 : 4);

  return params->hop < most ? params->hop : most;
}

/* How many bins of white noise have the power that one bin of the transform shows (Harris 1978). */
static double
chorus_selection_meter_measure_noise_bandwidth (const ChorusStftParams *params,
                                                float                  *window)
{
  double sum = 0.0;
  double squares = 0.0;

  chorus_window_function_fill (params->function, params->kaiser_beta, window, params->window_length);
  for (unsigned i = 0; i < params->window_length; i++)
    {
      sum += (double) window[i];
      squares += (double) window[i] * (double) window[i];
    }

  return params->window_length * squares / (sum * sum);
}

/* How much of the width of a bin lies in the band. */
static double
chorus_selection_meter_get_share (const ChorusSelectionMeter *self,
                                  unsigned                    bin)
{
  double width = self->rate / chorus_stft_get_window_length (self->stft);
  double from = fmax ((bin - 0.5) * width, 0.0);
  double to = fmin ((bin + 0.5) * width, self->rate / 2.0);

  return fmax (fmin (to, self->high) - fmax (from, self->low), 0.0) / (to - from);
}

/* The bins that weigh anything, and among them those that may be the peak. A bin without mirror image has twice the
 * mean square that a sine of the same level has. */
static void
chorus_selection_meter_choose_bins (ChorusSelectionMeter *self)
{
  double bins_per_hertz = chorus_stft_get_window_length (self->stft) / self->rate;
  unsigned last = chorus_stft_n_bins (self->stft) - 1;
  double low = self->low * bins_per_hertz;
  double high = self->high * bins_per_hertz;

  self->first_bin = (unsigned) fmin (round (low), last);
  self->last_bin = (unsigned) fmin (round (high), last);
  self->first_peak_bin = (unsigned) fmin (ceil (low), last);
  self->last_peak_bin = (unsigned) fmin (floor (high), last);
  if (high - low < 1.0)
    {
      self->first_bin = self->last_bin = (unsigned) fmin (round ((low + high) / 2.0), last);
      self->first_peak_bin = self->last_peak_bin = self->first_bin;
    }
  for (unsigned bin = self->first_bin; bin <= self->last_bin; bin++)
    {
      double share = self->first_bin == self->last_bin ? 1.0 : chorus_selection_meter_get_share (self, bin);

      self->weights[bin] = bin == 0 || bin == last ? 2.0 * share : share;
    }
}

/* The first frame of a part is the first whose window reaches its first sample; before it there is silence. */
static unsigned
chorus_selection_meter_get_lead (const ChorusSelectionMeter *self)
{
  unsigned hop = chorus_stft_get_hop (self->stft);

  return (chorus_stft_get_window_length (self->stft) / 2 - 1) / hop * hop;
}

static void
chorus_selection_meter_begin (ChorusSelectionMeter *self,
                              ChorusSelectionPart   part)
{
  self->part = part;
  self->n_part_samples = 0;
  self->n_frames = 0;
  self->n_samples = chorus_stft_get_window_length (self->stft) / 2 + chorus_selection_meter_get_lead (self);
  memset (self->samples, 0, self->n_samples * sizeof *self->samples);
}

ChorusSelectionMeter *
chorus_selection_meter_new (const ChorusStftParams *params,
                            double                  rate,
                            double                  low,
                            double                  high)
{
  ChorusStftParams own = *params;
  ChorusSelectionMeter *self;

  if (!(rate > 0.0) || !isfinite (rate))
    return NULL;

  low = low > 0.0 ? low : 0.0;
  high = high <= rate / 2.0 ? high : rate / 2.0;
  if (low > high)
    return NULL;

  self = calloc (1, sizeof *self);
  if (!self)
    return NULL;

  self->rate = rate;
  self->low = low;
  self->high = high;
  self->whole_band = low <= 0.0 && high >= rate / 2.0;
  if (own.hop > 0)
    own.hop = chorus_selection_meter_choose_hop (params);
  self->stft = chorus_stft_new (&own);
  if (self->stft)
    {
      self->capacity = 2 * (size_t) own.window_length + CHORUS_SELECTION_METER_BLOCK;
      self->samples = malloc (self->capacity * sizeof *self->samples);
      self->weights = calloc (chorus_stft_n_bins (self->stft), sizeof *self->weights);
      self->bins = calloc (chorus_stft_n_bins (self->stft), sizeof *self->bins);
      self->course = chorus_energy_course_new ();
    }
  if (!self->samples || !self->weights || !self->bins || !self->course)
    {
      chorus_selection_meter_free (self);
      return NULL;
    }

  self->noise_bandwidth = chorus_selection_meter_measure_noise_bandwidth (&own, self->samples);
  chorus_selection_meter_choose_bins (self);
  chorus_selection_meter_begin (self, CHORUS_SELECTION_BEFORE);

  return self;
}

void
chorus_selection_meter_free (ChorusSelectionMeter *meter)
{
  if (!meter)
    return;

  chorus_stft_free (meter->stft);
  chorus_energy_course_free (meter->course);
  free (meter->samples);
  free (meter->weights);
  free (meter->bins);
  free (meter);
}

static void
chorus_selection_meter_add_frame (ChorusSelectionMeter *self,
                                  const float          *samples)
{
  const float *powers = chorus_stft_powers (self->stft, samples);
  double energy = 0.0;

  for (unsigned bin = self->first_bin; bin <= self->last_bin; bin++)
    energy += self->weights[bin] * (double) powers[bin];
  self->n_frames++;
  if (self->part != CHORUS_SELECTION_INSIDE)
    {
      self->energy_outside += energy;
      return;
    }

  self->energy_inside += energy;
  chorus_energy_course_add (self->course, energy);
  for (unsigned bin = self->first_bin; bin <= self->last_bin; bin++)
    self->bins[bin] += self->weights[bin] * (double) powers[bin];
  for (unsigned bin = self->first_peak_bin; bin <= self->last_peak_bin; bin++)
    if (powers[bin] > self->peak_power)
      {
        self->peak_power = powers[bin];
        self->peak_bin = bin;
        self->peak_frame = self->n_frames - 1;
      }
}

/* Transforms the frames that are there in full. */
static void
chorus_selection_meter_transform (ChorusSelectionMeter *self)
{
  unsigned length = chorus_stft_get_window_length (self->stft);
  unsigned hop = chorus_stft_get_hop (self->stft);
  size_t start;

  for (start = 0; start + length <= self->n_samples; start += hop)
    chorus_selection_meter_add_frame (self, self->samples + start);
  self->n_samples -= start;
  memmove (self->samples, self->samples + start, self->n_samples * sizeof *self->samples);
}

/* Ends a part: transforms the frames whose windows reach its last samples. */
static void
chorus_selection_meter_end (ChorusSelectionMeter *self)
{
  unsigned length = chorus_stft_get_window_length (self->stft);
  unsigned hop = chorus_stft_get_hop (self->stft);

  if (self->n_part_samples == 0)
    return;

  chorus_selection_meter_transform (self);
  memset (self->samples + self->n_samples, 0, length * sizeof *self->samples);
  for (size_t start = 0; start < self->n_samples; start += hop)
    chorus_selection_meter_add_frame (self, self->samples + start);
  self->n_samples = 0;
}

/* What the waveform tells. Squares are added up one by one, so that the sum does not depend on the pieces. */
static void
chorus_selection_meter_add_samples (ChorusSelectionMeter *self,
                                    const float          *samples,
                                    size_t                n)
{
  bool inside = self->part == CHORUS_SELECTION_INSIDE;
  double squares = inside ? self->squares_inside : self->squares_outside;

  for (size_t i = 0; i < n; i++)
    {
      float magnitude = fabsf (chorus_decibels_sane_sample (samples[i]));

      squares += (double) magnitude * (double) magnitude;
      if (inside && magnitude > self->peak_magnitude)
        {
          self->peak_magnitude = magnitude;
          self->peak_sample = self->n_inside + i;
        }
    }

  if (inside)
    {
      self->squares_inside = squares;
      self->n_inside += n;
    }
  else
    {
      self->squares_outside = squares;
      self->n_outside += n;
    }
  self->n_part_samples += n;
}

void
chorus_selection_meter_push (ChorusSelectionMeter *meter,
                             ChorusSelectionPart   part,
                             const float          *samples,
                             size_t                n)
{
  if (part < meter->part || meter->finished)
    return;

  if (part > meter->part)
    {
      chorus_selection_meter_end (meter);
      chorus_selection_meter_begin (meter, part);
    }

  chorus_selection_meter_add_samples (meter, samples, n);
  while (n > 0)
    {
      size_t room = meter->capacity - chorus_stft_get_window_length (meter->stft) - meter->n_samples;
      size_t some = n < room ? n : room;

      memcpy (meter->samples + meter->n_samples, samples, some * sizeof *samples);
      meter->n_samples += some;
      samples += some;
      n -= some;
      if (some == room)
        chorus_selection_meter_transform (meter);
    }
}

/* The mean square of samples in the band, twice, so that it is 1 for a full-scale sine. */
static double
chorus_selection_meter_get_power (const ChorusSelectionMeter *self,
                                  double                      energy,
                                  double                      squares,
                                  size_t                      n)
{
  if (n == 0)
    return 0.0;

  if (self->whole_band)
    return 2.0 * squares / (double) n;

  return energy * chorus_stft_get_hop (self->stft) / self->noise_bandwidth / (double) n;
}

static double
chorus_selection_meter_get_db (double power)
{
  return power > 0.0 ? fmax (10.0 * log10 (power), CHORUS_MEASURE_FLOOR_DB) : CHORUS_MEASURE_FLOOR_DB;
}

static double
chorus_selection_meter_get_snr (double signal,
                                double noise,
                                size_t n_noise)
{
  if (n_noise == 0 || (signal <= 0.0 && noise <= 0.0))
    return (double) NAN;

  if (noise <= 0.0)
    return (double) INFINITY;

  return signal > noise ? 10.0 * log10 ((signal - noise) / noise) : (double) -INFINITY;
}

static double
chorus_selection_meter_get_frequency (const ChorusSelectionMeter *self,
                                      unsigned                    bin)
{
  return bin * self->rate / chorus_stft_get_window_length (self->stft);
}

static double
chorus_selection_meter_get_time (const ChorusSelectionMeter *self,
                                 double                      frame)
{
  double sample = frame * chorus_stft_get_hop (self->stft) - chorus_selection_meter_get_lead (self);

  return fmin (fmax (sample, 0.0), (double) self->n_inside) / self->rate;
}

static double
chorus_selection_meter_find_time (const ChorusSelectionMeter *self,
                                  double                      share)
{
  return chorus_selection_meter_get_time (self, chorus_energy_course_find (self->course, share));
}

static double
chorus_selection_meter_find_frequency (const ChorusSelectionMeter *self,
                                       double                      share)
{
  double total = 0.0;
  double reached = 0.0;
  unsigned bin = self->first_bin;

  for (unsigned i = self->first_bin; i <= self->last_bin; i++)
    total += self->bins[i];
  while (bin < self->last_bin && reached + self->bins[bin] < share * total)
    reached += self->bins[bin++];

  return chorus_selection_meter_get_frequency (self, bin);
}

static void
chorus_selection_meter_find_shares (const ChorusSelectionMeter  *self,
                                    ChorusSelectionMeasurements *out)
{
  out->frequency_5 = chorus_selection_meter_find_frequency (self, 0.05);
  out->frequency_25 = chorus_selection_meter_find_frequency (self, 0.25);
  out->center_frequency = chorus_selection_meter_find_frequency (self, 0.5);
  out->frequency_75 = chorus_selection_meter_find_frequency (self, 0.75);
  out->frequency_95 = chorus_selection_meter_find_frequency (self, 0.95);
  out->bandwidth_50 = out->frequency_75 - out->frequency_25;
  out->bandwidth_90 = out->frequency_95 - out->frequency_5;
  out->time_5 = chorus_selection_meter_find_time (self, 0.05);
  out->time_25 = chorus_selection_meter_find_time (self, 0.25);
  out->center_time = chorus_selection_meter_find_time (self, 0.5);
  out->time_75 = chorus_selection_meter_find_time (self, 0.75);
  out->time_95 = chorus_selection_meter_find_time (self, 0.95);
  out->duration_50 = out->time_75 - out->time_25;
  out->duration_90 = out->time_95 - out->time_5;
  out->peak_frequency = chorus_selection_meter_get_frequency (self, self->peak_bin);
  out->peak_power_time = chorus_selection_meter_get_time (self, (double) self->peak_frame);
}

static void
chorus_selection_meter_forget_shares (ChorusSelectionMeasurements *out)
{
  double *const none[] = {
    &out->frequency_5,  &out->frequency_25, &out->center_frequency, &out->frequency_75,
    &out->frequency_95, &out->bandwidth_50, &out->bandwidth_90,     &out->time_5,
    &out->time_25,      &out->center_time,  &out->time_75,          &out->time_95,
    &out->duration_50,  &out->duration_90,  &out->peak_frequency,   &out->peak_power_time,
  };

  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    *none[i] = (double) NAN;
}

void
chorus_selection_meter_finish (ChorusSelectionMeter        *meter,
                               ChorusSelectionMeasurements *measurements)
{
  double signal;
  double noise;

  if (!meter->finished)
    chorus_selection_meter_end (meter);
  meter->finished = true;

  signal = chorus_selection_meter_get_power (meter, meter->energy_inside, meter->squares_inside, meter->n_inside);
  noise = chorus_selection_meter_get_power (meter, meter->energy_outside, meter->squares_outside, meter->n_outside);
  measurements->duration = (double) meter->n_inside / meter->rate;
  measurements->low = meter->low;
  measurements->high = meter->high;
  measurements->delta_frequency = meter->high - meter->low;
  measurements->rms_db = chorus_selection_meter_get_db (signal);
  measurements->sel_db = chorus_selection_meter_get_db (signal * measurements->duration);
  measurements->snr_db = chorus_selection_meter_get_snr (signal, noise, meter->n_outside);
  measurements->peak_db =
    chorus_selection_meter_get_db ((double) meter->peak_magnitude * (double) meter->peak_magnitude);
  measurements->peak_time = meter->peak_magnitude > 0.0f ? (double) meter->peak_sample / meter->rate : (double) NAN;
  measurements->peak_power_db = chorus_selection_meter_get_db ((double) meter->peak_power);
  if (meter->peak_power > 0.0f)
    chorus_selection_meter_find_shares (meter, measurements);
  else
    chorus_selection_meter_forget_shares (measurements);
}
