/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/*
 * ChorusEnergyCourse:
 *
 * The energy of each frame, for as many frames as there may be in bounded memory: neighbors are added up when it is
 * full.
 */
typedef struct _ChorusEnergyCourse ChorusEnergyCourse;

/* Courses are kept to 1 / CHORUS_ENERGY_COURSE_MIN_SLOTS of their length, or exactly where they are shorter. */
#define CHORUS_ENERGY_COURSE_MIN_SLOTS 65536u

ChorusEnergyCourse *chorus_energy_course_new (void);
void chorus_energy_course_free (ChorusEnergyCourse *self);

/* Adds the energy of the next frame. */
void chorus_energy_course_add (ChorusEnergyCourse *self,
                               double              energy);

/* The first frame, to a slot, with which @share of the energy is reached; 0 if there is none. */
double chorus_energy_course_find (const ChorusEnergyCourse *self,
                                  double                    share);
