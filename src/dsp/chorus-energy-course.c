/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-energy-course-private.h"

#include <stdlib.h>

#define CHORUS_ENERGY_COURSE_MAX_SLOTS (2 * CHORUS_ENERGY_COURSE_MIN_SLOTS)

struct _ChorusEnergyCourse
{
  size_t frames_per_slot;
  size_t n_frames;
  double slots[CHORUS_ENERGY_COURSE_MAX_SLOTS];
};

ChorusEnergyCourse *
chorus_energy_course_new (void)
{
  ChorusEnergyCourse *self = calloc (1, sizeof *self);

  if (self)
    self->frames_per_slot = 1;

  return self;
}

void
chorus_energy_course_free (ChorusEnergyCourse *self)
{
  free (self);
}

static void
chorus_energy_course_merge (ChorusEnergyCourse *self)
{
  for (size_t i = 0; i < CHORUS_ENERGY_COURSE_MIN_SLOTS; i++)
    self->slots[i] = self->slots[2 * i] + self->slots[2 * i + 1];
  for (size_t i = CHORUS_ENERGY_COURSE_MIN_SLOTS; i < CHORUS_ENERGY_COURSE_MAX_SLOTS; i++)
    self->slots[i] = 0.0;
  self->frames_per_slot *= 2;
}

void
chorus_energy_course_add (ChorusEnergyCourse *self,
                          double              energy)
{
  if (self->n_frames / self->frames_per_slot == CHORUS_ENERGY_COURSE_MAX_SLOTS)
    chorus_energy_course_merge (self);

  self->slots[self->n_frames / self->frames_per_slot] += energy;
  self->n_frames++;
}

double
chorus_energy_course_find (const ChorusEnergyCourse *self,
                           double                    share)
{
  size_t n_slots = (self->n_frames + self->frames_per_slot - 1) / self->frames_per_slot;
  size_t slot = 0;
  double total = 0.0;
  double reached = 0.0;

  for (size_t i = 0; i < n_slots; i++)
    total += self->slots[i];
  while (slot + 1 < n_slots && reached + self->slots[slot] < share * total)
    reached += self->slots[slot++];

  /* The middle of the frames that share the slot. */
  return (double) slot * (double) self->frames_per_slot + (double) (self->frames_per_slot - 1) / 2.0;
}
