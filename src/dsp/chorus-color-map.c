/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-color-map.h"

#include "chorus-color-map-tables.h"
#include "chorus-level-tile.h"

#include <pthread.h>

#define CHORUS_COLOR_MAP_COUNT (CHORUS_COLOR_MAP_GRAY_INVERTED + 1)
#define CHORUS_COLOR_MAP_OPAQUE 0xff000000u

static uint32_t chorus_color_map_tables[CHORUS_COLOR_MAP_COUNT][CHORUS_COLOR_MAP_LENGTH];
static pthread_once_t chorus_color_map_once = PTHREAD_ONCE_INIT;

static void
chorus_color_map_fill_tables (void)
{
  for (uint32_t i = 0; i < CHORUS_COLOR_MAP_LENGTH; i++)
    {
      uint32_t gray = i * 0x010101u;

      chorus_color_map_tables[CHORUS_COLOR_MAP_VIRIDIS][i] = CHORUS_COLOR_MAP_OPAQUE | chorus_color_map_viridis[i];
      chorus_color_map_tables[CHORUS_COLOR_MAP_MAGMA][i] = CHORUS_COLOR_MAP_OPAQUE | chorus_color_map_magma[i];
      chorus_color_map_tables[CHORUS_COLOR_MAP_INFERNO][i] = CHORUS_COLOR_MAP_OPAQUE | chorus_color_map_inferno[i];
      chorus_color_map_tables[CHORUS_COLOR_MAP_CIVIDIS][i] = CHORUS_COLOR_MAP_OPAQUE | chorus_color_map_cividis[i];
      chorus_color_map_tables[CHORUS_COLOR_MAP_GRAY][i] = CHORUS_COLOR_MAP_OPAQUE | gray;
      chorus_color_map_tables[CHORUS_COLOR_MAP_GRAY_INVERTED][i] = CHORUS_COLOR_MAP_OPAQUE | (0xffffffu - gray);
    }
}

const uint32_t *
chorus_color_map_table (ChorusColorMap map)
{
  unsigned index = (unsigned) map < CHORUS_COLOR_MAP_COUNT ? (unsigned) map : (unsigned) CHORUS_COLOR_MAP_VIRIDIS;

  pthread_once (&chorus_color_map_once, chorus_color_map_fill_tables);

  return chorus_color_map_tables[index];
}

/* The color of each of the 256 levels under a contrast setting. */
static void
chorus_color_map_fill_levels (ChorusColorMap  map,
                              double          low_db,
                              double          high_db,
                              uint32_t       *colors)
{
  const uint32_t *table = chorus_color_map_table (map);

  for (unsigned level = 0; level < 256; level++)
    {
      double db = chorus_level_to_db ((uint8_t) level);
      double position = 0.0;

      if (high_db > low_db)
        position = (db - low_db) / (high_db - low_db) * (CHORUS_COLOR_MAP_LENGTH - 1) + 0.5;
      else if (db >= low_db)
        position = CHORUS_COLOR_MAP_LENGTH - 1;

      if (!(position > 0.0))
        colors[level] = table[0];
      else if (position < CHORUS_COLOR_MAP_LENGTH - 1)
        colors[level] = table[(unsigned) position];
      else
        colors[level] = table[CHORUS_COLOR_MAP_LENGTH - 1];
    }
}

void
chorus_color_map_apply (ChorusColorMap  map,
                        double          low_db,
                        double          high_db,
                        const uint8_t  *levels,
                        size_t          n,
                        uint32_t       *out)
{
  uint32_t colors[256];

  chorus_color_map_fill_levels (map, low_db, high_db, colors);
  for (size_t i = 0; i < n; i++)
    out[i] = colors[levels[i]];
}
