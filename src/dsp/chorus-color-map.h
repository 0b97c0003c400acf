/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * ChorusColorMap:
 * @CHORUS_COLOR_MAP_VIRIDIS: dark violet over green to yellow
 * @CHORUS_COLOR_MAP_MAGMA: black over purple to pale yellow
 * @CHORUS_COLOR_MAP_INFERNO: black over red to bright yellow
 * @CHORUS_COLOR_MAP_CIVIDIS: dark blue to yellow, the same to eyes with a color vision deficiency
 * @CHORUS_COLOR_MAP_GRAY: black to white
 * @CHORUS_COLOR_MAP_GRAY_INVERTED: white to black, as on paper
 *
 * The colors that levels are painted in. In each of them lightness grows (or falls) evenly.
 *
 * Sources: viridis, magma and inferno by S. van der Walt and N. Smith (2015), cividis by J. R. Nuñez, C. R. Anderton
 * and R. S. Renslow (PLoS ONE 13(7), 2018): published tables of 256 colors in the public domain (CC0).
 */
typedef enum
{
  CHORUS_COLOR_MAP_VIRIDIS,
  CHORUS_COLOR_MAP_MAGMA,
  CHORUS_COLOR_MAP_INFERNO,
  CHORUS_COLOR_MAP_CIVIDIS,
  CHORUS_COLOR_MAP_GRAY,
  CHORUS_COLOR_MAP_GRAY_INVERTED,
} ChorusColorMap;

#define CHORUS_COLOR_MAP_LENGTH 256u

/**
 * chorus_color_map_table:
 * @map: a color map
 *
 * Returns: (array fixed-size=256) (transfer none): opaque colors from the lowest level to the highest, each in native
 *   byte order as alpha, red, green, blue from the highest byte down (GDK_MEMORY_DEFAULT, cairo's ARGB32)
 */
const uint32_t *chorus_color_map_table (ChorusColorMap map);

/**
 * chorus_color_map_apply:
 * @map: a color map
 * @low_db: the level that gets the first color, in dBFS
 * @high_db: the level that gets the last color, in dBFS
 * @levels: (array length=n): 8-bit levels as in chorus_level_tile_compute()
 * @n: how many
 * @out: (out caller-allocates) (array length=n): receives the colors
 *
 * Paints levels. Where @high_db is not above @low_db, levels under @low_db get the first color and all others the last.
 */
void chorus_color_map_apply (ChorusColorMap  map,
                             double          low_db,
                             double          high_db,
                             const uint8_t  *levels,
                             size_t          n,
                             uint32_t       *out);
