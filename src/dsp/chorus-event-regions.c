/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-event-regions.h"

#include "chorus-level-tile.h"

#include <math.h>
#include <stdlib.h>

/* How many frames a region looks back for a neighbor: the one before and, over a gap, the one before that. */
#define CHORUS_EVENT_REGIONS_REACH 2u

/* How many bins from one cell of a region to the next at most. */
#define CHORUS_EVENT_REGIONS_BIN_REACH 2u

#define CHORUS_EVENT_REGIONS_LEVELS 256

/* Cells of one frame that hang together. */
typedef struct
{
  unsigned low_bin;
  unsigned high_bin;
  size_t region;
} ChorusEventRun;

typedef struct
{
  ChorusEventRun *runs;
  size_t n_runs;
} ChorusEventRow;

struct _ChorusEventRegions
{
  unsigned n_bins;
  int grow_excess;
  ChorusEventRegionFunc func;
  void *user_data;

  /* The runs of this frame and of the frames within reach, the latest first. */
  ChorusEventRow rows[CHORUS_EVENT_REGIONS_REACH + 1];
  ChorusEventRegion *regions;
  size_t n_regions;
  uint64_t frame;

  double ratios[CHORUS_EVENT_REGIONS_LEVELS];
};

ChorusEventRegions *
chorus_event_regions_new (unsigned               n_bins,
                          int                    grow_excess,
                          ChorusEventRegionFunc  func,
                          void                  *user_data)
{
  ChorusEventRegions *self = calloc (1, sizeof *self);
  size_t max_runs = n_bins / (CHORUS_EVENT_REGIONS_BIN_REACH + 1) + 1;
  bool complete;

  if (!self)
    return NULL;

  self->n_bins = n_bins;
  self->grow_excess = grow_excess;
  self->func = func;
  self->user_data = user_data;
  for (int i = 0; i < CHORUS_EVENT_REGIONS_LEVELS; i++)
    self->ratios[i] = pow (10.0, (chorus_level_to_db ((uint8_t) i) - CHORUS_LEVEL_FLOOR_DB) / 10.0);

  /* Each region that may still grow has a run in one of the rows. */
  self->regions = malloc (max_runs * (CHORUS_EVENT_REGIONS_REACH + 1) * sizeof *self->regions);
  complete = self->regions != NULL;
  for (unsigned i = 0; i <= CHORUS_EVENT_REGIONS_REACH; i++)
    {
      self->rows[i].runs = malloc (max_runs * sizeof *self->rows[i].runs);
      complete = complete && self->rows[i].runs;
    }

  if (!complete)
    {
      chorus_event_regions_free (self);
      return NULL;
    }

  return self;
}

void
chorus_event_regions_free (ChorusEventRegions *self)
{
  if (!self)
    return;

  for (unsigned i = 0; i <= CHORUS_EVENT_REGIONS_REACH; i++)
    free (self->rows[i].runs);
  free (self->regions);
  free (self);
}

/* Renames a region in every run that belongs to it. */
static void
chorus_event_regions_relabel (ChorusEventRegions *self,
                              size_t              from,
                              size_t              to)
{
  for (unsigned i = 0; i <= CHORUS_EVENT_REGIONS_REACH; i++)
    for (size_t j = 0; j < self->rows[i].n_runs; j++)
      if (self->rows[i].runs[j].region == from)
        self->rows[i].runs[j].region = to;
}

/* Closes the gap that a region leaves in the array by moving the last one there. */
static void
chorus_event_regions_remove (ChorusEventRegions *self,
                             size_t              index)
{
  size_t last = --self->n_regions;

  if (index == last)
    return;

  self->regions[index] = self->regions[last];
  chorus_event_regions_relabel (self, last, index);
}

static void
chorus_event_region_join (ChorusEventRegion       *region,
                          const ChorusEventRegion *other)
{
  region->first_frame = other->first_frame < region->first_frame ? other->first_frame : region->first_frame;
  region->last_frame = other->last_frame > region->last_frame ? other->last_frame : region->last_frame;
  region->low_bin = other->low_bin < region->low_bin ? other->low_bin : region->low_bin;
  region->high_bin = other->high_bin > region->high_bin ? other->high_bin : region->high_bin;
  region->n_cells += other->n_cells;
  region->ratio_sum += other->ratio_sum;
  region->peak_excess = other->peak_excess > region->peak_excess ? other->peak_excess : region->peak_excess;
  region->peak_level = other->peak_level > region->peak_level ? other->peak_level : region->peak_level;
}

static bool
chorus_event_runs_touch (const ChorusEventRun *a,
                         const ChorusEventRun *b)
{
  return a->low_bin <= b->high_bin + CHORUS_EVENT_REGIONS_BIN_REACH
         && b->low_bin <= a->high_bin + CHORUS_EVENT_REGIONS_BIN_REACH;
}

/* Measures the cells of a run: a region of one frame. */
static ChorusEventRegion
chorus_event_regions_measure (ChorusEventRegions   *self,
                              const ChorusEventRun *run,
                              const uint8_t        *levels,
                              const int16_t        *excess)
{
  ChorusEventRegion region = { self->frame, self->frame, run->low_bin, run->high_bin, 0, 0.0, 0, 0 };

  for (unsigned bin = run->low_bin; bin <= run->high_bin; bin++)
    if (excess[bin] >= self->grow_excess)
      {
        region.n_cells++;
        region.ratio_sum += self->ratios[excess[bin] < 0 ? 0 : excess[bin]];
        if (excess[bin] > region.peak_excess)
          region.peak_excess = excess[bin];
        if (levels[bin] > region.peak_level)
          region.peak_level = levels[bin];
      }

  return region;
}

/* Gives a run of this frame to the region it touches; where it touches several, they become one. */
static void
chorus_event_regions_place (ChorusEventRegions      *self,
                            ChorusEventRun          *run,
                            const ChorusEventRegion *measured)
{
  run->region = self->n_regions;
  self->regions[self->n_regions++] = *measured;

  for (unsigned i = 1; i <= CHORUS_EVENT_REGIONS_REACH; i++)
    for (size_t j = 0; j < self->rows[i].n_runs; j++)
      {
        const ChorusEventRun *earlier = &self->rows[i].runs[j];
        size_t absorbed = run->region;
        size_t kept = earlier->region;

        if (kept == absorbed || !chorus_event_runs_touch (run, earlier))
          continue;

        chorus_event_region_join (&self->regions[kept], &self->regions[absorbed]);
        chorus_event_regions_relabel (self, absorbed, kept);
        chorus_event_regions_remove (self, absorbed);
      }
}

/* Finds the runs of a frame, without their regions. */
static void
chorus_event_regions_find_runs (ChorusEventRegions *self,
                                const int16_t      *excess)
{
  ChorusEventRow *row = &self->rows[0];

  for (unsigned bin = 0; bin < self->n_bins; bin++)
    {
      ChorusEventRun *last = row->n_runs > 0 ? &row->runs[row->n_runs - 1] : NULL;

      if (excess[bin] < self->grow_excess)
        continue;

      if (last && bin - last->high_bin <= CHORUS_EVENT_REGIONS_BIN_REACH)
        last->high_bin = bin;
      else
        row->runs[row->n_runs++] = (ChorusEventRun){ bin, bin, SIZE_MAX };
    }
}

/* Hands over the regions that no later frame can reach. */
static void
chorus_event_regions_close (ChorusEventRegions *self)
{
  for (size_t i = self->n_regions; i-- > 0;)
    if (self->regions[i].last_frame + CHORUS_EVENT_REGIONS_REACH <= self->frame)
      {
        self->func (&self->regions[i], self->user_data);
        chorus_event_regions_remove (self, i);
      }
}

void
chorus_event_regions_add (ChorusEventRegions *self,
                          const uint8_t      *levels,
                          const int16_t      *excess)
{
  ChorusEventRow oldest = self->rows[CHORUS_EVENT_REGIONS_REACH];

  for (unsigned i = CHORUS_EVENT_REGIONS_REACH; i > 0; i--)
    self->rows[i] = self->rows[i - 1];
  self->rows[0] = oldest;
  self->rows[0].n_runs = 0;

  chorus_event_regions_find_runs (self, excess);
  for (size_t i = 0; i < self->rows[0].n_runs; i++)
    {
      ChorusEventRun *run = &self->rows[0].runs[i];
      ChorusEventRegion measured = chorus_event_regions_measure (self, run, levels, excess);

      chorus_event_regions_place (self, run, &measured);
    }

  chorus_event_regions_close (self);
  self->frame++;
}

void
chorus_event_regions_flush (ChorusEventRegions *self)
{
  while (self->n_regions > 0)
    self->func (&self->regions[--self->n_regions], self->user_data);
}
