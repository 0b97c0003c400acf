/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-event-detector.h"

#include "chorus-event-list.h"
#include "chorus-event-regions.h"
#include "chorus-level-tile-private.h"
#include "chorus-noise-floor.h"
#include "chorus-stft-private.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* How long a frame should be, in seconds: long enough to resolve a whistle, short enough to follow a trill. */
#define CHORUS_EVENT_DETECTOR_FRAME_SECONDS 0.0185

/* Above this rate a recording is of ultrasound, where calls last milliseconds: its frames are kept short. */
#define CHORUS_EVENT_DETECTOR_AUDIBLE_RATE 100000.0
#define CHORUS_EVENT_DETECTOR_ULTRASOUND_WINDOW_LENGTH 1024u

/* The background of a block is estimated from the block and its two neighbors. */
#define CHORUS_EVENT_DETECTOR_BLOCK_SECONDS 10.0
#define CHORUS_EVENT_DETECTOR_N_BLOCKS 3u

/* A click lies in two frames that overlap by half, or three, and in two more once these are smoothed. */
#define CHORUS_EVENT_DETECTOR_CLICK_FRAMES 5u

/* A click has a ragged spectrum, so where all bins rise together a cell must rise above them by as much again, up to
 * this, in dB. */
#define CHORUS_EVENT_DETECTOR_CLICK_MARGIN_DB 8.0

/* An event of the length of a click is one if it spans so much of the band. */
#define CHORUS_EVENT_DETECTOR_CLICK_BAND 0.2

#define CHORUS_EVENT_DETECTOR_STEPS_PER_DB (255.0 / (CHORUS_LEVEL_CEILING_DB - CHORUS_LEVEL_FLOOR_DB))

typedef struct
{
  size_t n_rows;
  uint8_t *rows;
} ChorusEventBlock;

struct _ChorusEventDetector
{
  double sample_rate;
  ChorusEventDetectorParams params;
  unsigned window_length;
  unsigned hop;
  unsigned n_bins;
  unsigned low_bin;
  unsigned high_bin;
  int seed_excess;

  ChorusStft *stft;
  ChorusMedianBackground *levels_over_time;
  ChorusEventRegions *regions;
  ChorusEventList *events;

  /* Samples that wait for their frame to fill up. */
  float *samples;
  size_t n_samples;
  size_t capacity;
  uint64_t n_pushed;
  bool finished;

  /* The latest frames, smoothed over neighboring bins, to be smoothed over neighboring frames. */
  float *smooth_rows[3];
  float *smooth;
  uint64_t n_frames;

  /* The blocks around the one to be searched, the earliest first. */
  ChorusEventBlock blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS];
  size_t block_rows;
  uint64_t n_blocks;

  uint8_t *background;
  int16_t *excess;
};

void
chorus_event_detector_params_init (ChorusEventDetectorParams *params)
{
  *params = (ChorusEventDetectorParams){
    .low = 150.0,
    .high = 0.0,
    .seed_db = 7.0,
    .grow_db = 4.5,
    .min_duration = 0.0,
    .min_bandwidth = 0.0,
    .min_confidence = 0.1,
    .merge_gap = 0.35,
    .merge_band = 1000.0,
  };
}

/* What is not a number is in no range. */
static bool
chorus_event_detector_params_are_valid (double                           sample_rate,
                                        const ChorusEventDetectorParams *params)
{
  const struct
  {
    double number;
    double low;
    double high;
  } ranges[] = {
    { sample_rate, 1000.0, 1e6 },
    { params->low, 0.0, sample_rate / 2.0 },
    { params->high, params->high == 0.0 ? 0.0 : params->low, HUGE_VAL },
    { params->seed_db, params->grow_db, 100.0 },
    { params->grow_db, 0.1, 100.0 },
    { params->min_duration, 0.0, HUGE_VAL },
    { params->min_bandwidth, 0.0, HUGE_VAL },
    { params->min_confidence, 0.0, 1.0 },
    { params->merge_gap, 0.0, HUGE_VAL },
    { params->merge_band, 0.0, HUGE_VAL },
  };

  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    if (!(ranges[i].number >= ranges[i].low && ranges[i].number <= ranges[i].high))
      return false;

  return true;
}

static unsigned
chorus_event_detector_choose_window_length (double sample_rate)
{
  unsigned length = CHORUS_STFT_MIN_WINDOW_LENGTH;

  if (sample_rate > CHORUS_EVENT_DETECTOR_AUDIBLE_RATE)
    return CHORUS_EVENT_DETECTOR_ULTRASOUND_WINDOW_LENGTH;

  /* The nearest power of two, by ratio. */
  while ((double) length * M_SQRT2 < sample_rate * CHORUS_EVENT_DETECTOR_FRAME_SECONDS)
    length *= 2;

  return length;
}

/* The logistic function of how far a region rises above its background and how large it is; the header explains it. */
static double
chorus_event_detector_rate (double   snr_db,
                            uint64_t n_cells)
{
  double score = (snr_db - 9.0) / 2.0 + fmin (log2 ((double) n_cells / 32.0) / 2.0, 0.0);

  return 1.0 / (1.0 + exp (-score));
}

static void
chorus_event_detector_region_cb (const ChorusEventRegion *region,
                                 void                    *user_data)
{
  ChorusEventDetector *self = user_data;
  uint64_t n_frames = region->last_frame - region->first_frame + 1;
  unsigned n_bins = region->high_bin - region->low_bin + 1;
  double hop_seconds = (double) self->hop / self->sample_rate;
  double bin_hz = self->sample_rate / self->window_length;
  double band_bins = (double) (self->high_bin - self->low_bin + 1);
  /* The middle of a frame, less half a hop. */
  double offset = ((double) self->window_length - (double) self->hop) / 2.0 / self->sample_rate;
  ChorusEvent event = { 0 };

  if (region->peak_excess < self->seed_excess)
    return;
  if (n_frames < CHORUS_EVENT_DETECTOR_CLICK_FRAMES
      || (n_frames <= CHORUS_EVENT_DETECTOR_CLICK_FRAMES + 1 && n_bins > CHORUS_EVENT_DETECTOR_CLICK_BAND * band_bins))
    return;

  event.start = (double) region->first_frame * hop_seconds + offset;
  event.end =
    fmin ((double) (region->last_frame + 1) * hop_seconds + offset, (double) self->n_pushed / self->sample_rate);
  /* Smoothing made the region a bin wider on each side. */
  event.low = ((double) region->low_bin + (n_bins > 2 ? 0.5 : -0.5)) * bin_hz;
  event.high = fmin (((double) region->high_bin + (n_bins > 2 ? -0.5 : 0.5)) * bin_hz, self->sample_rate / 2.0);
  event.peak_level_db = chorus_level_to_db (region->peak_level);
  event.snr_db = 10.0 * log10 (region->ratio_sum / (double) region->n_cells);
  event.confidence = chorus_event_detector_rate (event.snr_db, region->n_cells);

  if (event.end - event.start >= self->params.min_duration && event.high - event.low >= self->params.min_bandwidth
      && event.confidence >= self->params.min_confidence)
    chorus_event_list_add (self->events, &event);
}

static bool
chorus_event_detector_allocate (ChorusEventDetector *self)
{
  ChorusStftParams stft_params = { self->window_length, self->hop, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  int grow_excess = (int) ceil (self->params.grow_db * CHORUS_EVENT_DETECTOR_STEPS_PER_DB);
  bool complete;

  self->stft = chorus_stft_new (&stft_params);
  self->levels_over_time = chorus_median_background_new (self->n_bins);
  self->regions = chorus_event_regions_new (self->n_bins, grow_excess, chorus_event_detector_region_cb, self);
  self->events = chorus_event_list_new ();
  self->capacity = (size_t) self->window_length * 16;
  self->samples = malloc (self->capacity * sizeof *self->samples);
  self->smooth = malloc (self->n_bins * sizeof *self->smooth);
  self->background = malloc (self->n_bins);
  self->excess = malloc (self->n_bins * sizeof *self->excess);
  complete = self->stft && self->levels_over_time && self->regions && self->events && self->samples && self->smooth
             && self->background && self->excess;

  for (unsigned i = 0; i < 3; i++)
    {
      self->smooth_rows[i] = calloc (self->n_bins, sizeof *self->smooth_rows[i]);
      complete = complete && self->smooth_rows[i];
    }
  for (unsigned i = 0; i < CHORUS_EVENT_DETECTOR_N_BLOCKS; i++)
    {
      self->blocks[i].rows = malloc (self->block_rows * self->n_bins);
      complete = complete && self->blocks[i].rows;
    }

  return complete;
}

ChorusEventDetector *
chorus_event_detector_new (double                           sample_rate,
                           const ChorusEventDetectorParams *params)
{
  ChorusEventDetector *self = NULL;
  ChorusEventDetectorParams defaults;
  double bin_hz;

  chorus_event_detector_params_init (&defaults);
  if (!params)
    params = &defaults;
  if (!chorus_event_detector_params_are_valid (sample_rate, params))
    return NULL;

  self = calloc (1, sizeof *self);
  if (!self)
    return NULL;

  self->sample_rate = sample_rate;
  self->params = *params;
  self->window_length = chorus_event_detector_choose_window_length (sample_rate);
  self->hop = self->window_length / 2;
  self->n_bins = self->window_length / 2 + 1;
  bin_hz = sample_rate / self->window_length;
  /* The first bin holds the offset of the recorder and leaks into the second. */
  self->low_bin = (unsigned) fmax (ceil (params->low / bin_hz), 2.0);
  self->high_bin = self->n_bins - 1;
  if (params->high > 0.0 && params->high < sample_rate / 2.0)
    self->high_bin = (unsigned) fmax (params->high / bin_hz, self->low_bin);
  self->seed_excess = (int) ceil (params->seed_db * CHORUS_EVENT_DETECTOR_STEPS_PER_DB);
  self->block_rows = (size_t) (CHORUS_EVENT_DETECTOR_BLOCK_SECONDS * sample_rate / self->hop) + 1;

  if (!chorus_event_detector_allocate (self))
    {
      chorus_event_detector_free (self);
      return NULL;
    }

  return self;
}

void
chorus_event_detector_free (ChorusEventDetector *detector)
{
  if (!detector)
    return;

  chorus_stft_free (detector->stft);
  chorus_median_background_free (detector->levels_over_time);
  chorus_event_regions_free (detector->regions);
  chorus_event_list_free (detector->events);
  free (detector->samples);
  free (detector->smooth);
  free (detector->background);
  free (detector->excess);
  for (unsigned i = 0; i < 3; i++)
    free (detector->smooth_rows[i]);
  for (unsigned i = 0; i < CHORUS_EVENT_DETECTOR_N_BLOCKS; i++)
    free (detector->blocks[i].rows);
  free (detector);
}

/* The rise of a frame that all of its bins share, in level steps: the median of the excess, and 0 if it falls. */
static int
chorus_event_detector_find_common_rise (const ChorusEventDetector *self)
{
  unsigned n = self->high_bin - self->low_bin + 1;
  unsigned counts[256] = { 0 };
  unsigned below = 0;
  int rise = 0;

  for (unsigned bin = self->low_bin; bin <= self->high_bin; bin++)
    counts[self->excess[bin] > 0 ? self->excess[bin] : 0]++;
  for (below = counts[0]; below <= n / 2 && rise < 255; below += counts[rise])
    rise++;

  return rise;
}

static void
chorus_event_detector_search_row (ChorusEventDetector *self,
                                  const uint8_t       *levels)
{
  const int max_margin = (int) (CHORUS_EVENT_DETECTOR_CLICK_MARGIN_DB * CHORUS_EVENT_DETECTOR_STEPS_PER_DB);
  int rise;

  for (unsigned bin = 0; bin < self->n_bins; bin++)
    self->excess[bin] = (int16_t) ((int) levels[bin] - (int) self->background[bin]);
  rise = chorus_event_detector_find_common_rise (self);
  rise += rise < max_margin ? rise : max_margin;
  for (unsigned bin = 0; bin < self->n_bins; bin++)
    {
      bool within = bin >= self->low_bin && bin <= self->high_bin;

      self->excess[bin] = within ? (int16_t) (self->excess[bin] - rise) : INT16_MIN;
    }

  chorus_event_regions_add (self->regions, levels, self->excess);
}

/* Searches a block over the background that it and its neighbors have. */
static void
chorus_event_detector_search_block (ChorusEventDetector    *self,
                                    const ChorusEventBlock *block)
{
  chorus_median_background_reset (self->levels_over_time);
  for (unsigned i = 0; i < CHORUS_EVENT_DETECTOR_N_BLOCKS; i++)
    chorus_median_background_add (self->levels_over_time, self->blocks[i].rows, self->blocks[i].n_rows);
  chorus_noise_floor_estimate (self->levels_over_time, self->n_bins, self->background);

  for (size_t row = 0; row < block->n_rows; row++)
    chorus_event_detector_search_row (self, block->rows + row * self->n_bins);
}

/* The last block is full: the one before it now has both its neighbors. */
static void
chorus_event_detector_advance_blocks (ChorusEventDetector *self)
{
  ChorusEventBlock earliest = self->blocks[0];

  if (self->n_blocks > 0)
    chorus_event_detector_search_block (self, &self->blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS - 2]);

  for (unsigned i = 1; i < CHORUS_EVENT_DETECTOR_N_BLOCKS; i++)
    self->blocks[i - 1] = self->blocks[i];
  self->blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS - 1] = earliest;
  self->blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS - 1].n_rows = 0;
  self->n_blocks++;
}

/* Smooths the frame before the latest over its neighbors in time and keeps its levels. */
static void
chorus_event_detector_store_row (ChorusEventDetector *self)
{
  ChorusEventBlock *block = &self->blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS - 1];

  for (unsigned bin = 0; bin < self->n_bins; bin++)
    self->smooth[bin] = (self->smooth_rows[0][bin] + self->smooth_rows[1][bin] + self->smooth_rows[2][bin]) / 9.0f;
  chorus_level_tile_quantize (self->smooth, block->rows + block->n_rows * self->n_bins, self->n_bins);

  if (++block->n_rows == self->block_rows)
    chorus_event_detector_advance_blocks (self);
}

/* Makes room for the latest frame. */
static float *
chorus_event_detector_rotate_rows (ChorusEventDetector *self)
{
  float *earliest = self->smooth_rows[0];

  self->smooth_rows[0] = self->smooth_rows[1];
  self->smooth_rows[1] = self->smooth_rows[2];
  self->smooth_rows[2] = earliest;

  return earliest;
}

static void
chorus_event_detector_add_frame (ChorusEventDetector *self,
                                 const float         *samples)
{
  const float *powers = chorus_stft_powers (self->stft, samples);
  float *row = chorus_event_detector_rotate_rows (self);
  unsigned last = self->n_bins - 1;

  row[0] = 2.0f * powers[0] + powers[1];
  for (unsigned bin = 1; bin < last; bin++)
    row[bin] = powers[bin - 1] + powers[bin] + powers[bin + 1];
  row[last] = powers[last - 1] + 2.0f * powers[last];

  /* The first frame stands in for the one before it. */
  if (self->n_frames == 0)
    memcpy (self->smooth_rows[1], row, self->n_bins * sizeof *row);
  else
    chorus_event_detector_store_row (self);
  self->n_frames++;
}

/* Takes all frames that are complete out of the waiting samples. */
static void
chorus_event_detector_add_frames (ChorusEventDetector *self)
{
  size_t start = 0;

  for (; self->n_samples - start >= self->window_length; start += self->hop)
    chorus_event_detector_add_frame (self, self->samples + start);

  self->n_samples -= start;
  memmove (self->samples, self->samples + start, self->n_samples * sizeof *self->samples);
}

void
chorus_event_detector_push (ChorusEventDetector *detector,
                            const float         *samples,
                            size_t               n)
{
  if (detector->finished)
    return;

  detector->n_pushed += n;
  while (n > 0)
    {
      size_t room = detector->capacity - detector->n_samples;
      size_t taken = n < room ? n : room;

      memcpy (detector->samples + detector->n_samples, samples, taken * sizeof *samples);
      detector->n_samples += taken;
      samples += taken;
      n -= taken;
      chorus_event_detector_add_frames (detector);
    }
}

/* Fills the last frame up with silence if there are samples in no other frame. */
static void
chorus_event_detector_pad (ChorusEventDetector *self)
{
  size_t covered = self->n_frames > 0 ? self->window_length - self->hop : 0;

  if (self->n_samples <= covered)
    return;

  memset (self->samples + self->n_samples, 0, (self->window_length - self->n_samples) * sizeof *self->samples);
  self->n_samples = self->window_length;
  chorus_event_detector_add_frames (self);
}

/* Searches the blocks that still wait for a neighbor: the last full one, and the one that is being filled. */
static void
chorus_event_detector_search_rest (ChorusEventDetector *self)
{
  if (self->n_blocks > 0)
    chorus_event_detector_search_block (self, &self->blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS - 2]);
  chorus_event_detector_search_block (self, &self->blocks[CHORUS_EVENT_DETECTOR_N_BLOCKS - 1]);
}

size_t
chorus_event_detector_finish (ChorusEventDetector  *detector,
                              ChorusEvent         **events)
{
  float *row;

  *events = NULL;
  if (detector->finished)
    return 0;

  chorus_event_detector_pad (detector);
  detector->finished = true;
  if (detector->n_frames == 0)
    return 0;

  /* The last frame stands in for the one after it. */
  row = chorus_event_detector_rotate_rows (detector);
  memcpy (row, detector->smooth_rows[1], detector->n_bins * sizeof *row);
  chorus_event_detector_store_row (detector);
  chorus_event_detector_search_rest (detector);
  chorus_event_regions_flush (detector->regions);

  return chorus_event_list_take (detector->events, detector->params.merge_gap, detector->params.merge_band, events);
}
