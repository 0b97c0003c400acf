/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-sound-kind.h"

static const struct
{
  const char *label;
  ChorusSoundKind kind;
} chorus_sound_kinds[] = {
  { "homo sapiens", CHORUS_SOUND_KIND_HUMAN },  { "human", CHORUS_SOUND_KIND_HUMAN },
  { "human vocal", CHORUS_SOUND_KIND_HUMAN },   { "human non-vocal", CHORUS_SOUND_KIND_HUMAN },
  { "human whistle", CHORUS_SOUND_KIND_HUMAN }, { "human voice", CHORUS_SOUND_KIND_HUMAN },
  { "speech", CHORUS_SOUND_KIND_HUMAN },        { "engine", CHORUS_SOUND_KIND_VEHICLE },
  { "siren", CHORUS_SOUND_KIND_VEHICLE },       { "vehicle", CHORUS_SOUND_KIND_VEHICLE },
  { "car", CHORUS_SOUND_KIND_VEHICLE },         { "motorcycle", CHORUS_SOUND_KIND_VEHICLE },
  { "truck", CHORUS_SOUND_KIND_VEHICLE },       { "boat", CHORUS_SOUND_KIND_VEHICLE },
  { "aircraft", CHORUS_SOUND_KIND_VEHICLE },    { "helicopter", CHORUS_SOUND_KIND_VEHICLE },
  { "environmental", CHORUS_SOUND_KIND_OTHER }, { "noise", CHORUS_SOUND_KIND_OTHER },
  { "background", CHORUS_SOUND_KIND_OTHER },    { "wind", CHORUS_SOUND_KIND_OTHER },
  { "rain", CHORUS_SOUND_KIND_OTHER },          { "thunder", CHORUS_SOUND_KIND_OTHER },
  { "fireworks", CHORUS_SOUND_KIND_OTHER },     { "gun", CHORUS_SOUND_KIND_OTHER },
  { "gunshot", CHORUS_SOUND_KIND_OTHER },       { "chainsaw", CHORUS_SOUND_KIND_OTHER },
  { "power tools", CHORUS_SOUND_KIND_OTHER },   { "nocall", CHORUS_SOUND_KIND_OTHER },
};

ChorusSoundKind
chorus_sound_kind_of (const char *scientific_name,
                      const char *common_name)
{
  const char *name = scientific_name && *scientific_name ? scientific_name : common_name;
  g_autofree char *valid = NULL;
  g_autofree char *lower = NULL;

  if (!name || !*name)
    return CHORUS_SOUND_KIND_NONE;

  valid = g_utf8_make_valid (name, -1);
  lower = g_utf8_strdown (valid, -1);
  g_strstrip (lower);
  for (gsize i = 0; i < G_N_ELEMENTS (chorus_sound_kinds); i++)
    if (g_str_equal (lower, chorus_sound_kinds[i].label))
      return chorus_sound_kinds[i].kind;

  return CHORUS_SOUND_KIND_ANIMAL;
}
