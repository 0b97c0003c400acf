/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusSoundKind:
 * @CHORUS_SOUND_KIND_NONE: it has no name
 * @CHORUS_SOUND_KIND_ANIMAL: an animal
 * @CHORUS_SOUND_KIND_HUMAN: a person
 * @CHORUS_SOUND_KIND_VEHICLE: an engine, or what drives with one
 * @CHORUS_SOUND_KIND_OTHER: weather, noise, tools, shots
 *
 * What made a sound. Models that name species name such things as well, in the same field.
 */
typedef enum
{
  CHORUS_SOUND_KIND_NONE,
  CHORUS_SOUND_KIND_ANIMAL,
  CHORUS_SOUND_KIND_HUMAN,
  CHORUS_SOUND_KIND_VEHICLE,
  CHORUS_SOUND_KIND_OTHER,
} ChorusSoundKind;

/**
 * chorus_sound_kind_of:
 * @scientific_name: (nullable): a scientific name, or a label in its place
 * @common_name: (nullable): a common name
 *
 * Goes by the labels that BirdNET and Perch have beside their species, such as "Engine" and "Human vocal"; all else is an
 * animal.
 *
 * Returns: what made the sound
 */
ChorusSoundKind chorus_sound_kind_of (const char *scientific_name,
                                      const char *common_name);

G_END_DECLS
