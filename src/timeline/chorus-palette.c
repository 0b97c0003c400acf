/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-palette.h"

/* Of each channel, in percent, where the background is light. */
#define DARKENING 55

/* Amber, sky blue, green, vermilion, peach, violet, lemon and ice. */
static const guint32 palette[CHORUS_PALETTE_SIZE] = {
  0xf4a700, 0x31c6ff, 0x389779, 0xe66737, 0xffcba5, 0x7f7cff, 0xf5ff87, 0xccfff7,
};

guint32
chorus_palette_get (guint index)
{
  return palette[index % CHORUS_PALETTE_SIZE];
}

guint32
chorus_palette_get_dark (guint index)
{
  guint32 color = chorus_palette_get (index);
  guint32 red = ((color >> 16) & 0xff) * DARKENING / 100;
  guint32 green = ((color >> 8) & 0xff) * DARKENING / 100;
  guint32 blue = (color & 0xff) * DARKENING / 100;

  return red << 16 | green << 8 | blue;
}
