/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-color-map.h"
#include "dsp/chorus-level-tile.h"

#include <glib.h>
#include <math.h>

/* The first, the middle and the last color of the published tables. */
static void
test_published (void)
{
  const struct
  {
    ChorusColorMap map;
    guint32 colors[3];
  } cases[] = {
    { CHORUS_COLOR_MAP_VIRIDIS, { 0xff440154, 0xff21918c, 0xfffde725 } },
    { CHORUS_COLOR_MAP_MAGMA, { 0xff000004, 0xffb73779, 0xfffcfdbf } },
    { CHORUS_COLOR_MAP_INFERNO, { 0xff000004, 0xffbc3754, 0xfffcffa4 } },
    { CHORUS_COLOR_MAP_CIVIDIS, { 0xff00224e, 0xff7d7c78, 0xfffee838 } },
    { CHORUS_COLOR_MAP_GRAY, { 0xff000000, 0xff808080, 0xffffffff } },
    { CHORUS_COLOR_MAP_GRAY_INVERTED, { 0xffffffff, 0xff7f7f7f, 0xff000000 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const guint32 *table = chorus_color_map_table (cases[i].map);

      g_assert_cmphex (table[0], ==, cases[i].colors[0]);
      g_assert_cmphex (table[128], ==, cases[i].colors[1]);
      g_assert_cmphex (table[255], ==, cases[i].colors[2]);
    }
}

/* What the eye sees as lightness (CIE 1976 L*), from an sRGB color. */
static double
test_lightness (guint32 color)
{
  const double weights[] = { 0.0722, 0.7152, 0.2126 };
  double luminance = 0.0;

  for (int i = 0; i < 3; i++)
    {
      double value = (color >> (8 * i) & 0xff) / 255.0;

      luminance += weights[i] * (value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4));
    }

  return luminance > 0.008856 ? 116.0 * cbrt (luminance) - 16.0 : 903.3 * luminance;
}

/* A louder sound is never painted darker. 8-bit colors allow a wobble of a fraction of a step. */
static void
test_monotonic (void)
{
  for (int map = CHORUS_COLOR_MAP_VIRIDIS; map <= CHORUS_COLOR_MAP_GRAY_INVERTED; map++)
    {
      const guint32 *table = chorus_color_map_table ((ChorusColorMap) map);
      double sign = map == CHORUS_COLOR_MAP_GRAY_INVERTED ? -1.0 : 1.0;

      for (unsigned i = 1; i < CHORUS_COLOR_MAP_LENGTH; i++)
        {
          g_assert_cmpfloat (sign * (test_lightness (table[i]) - test_lightness (table[i - 1])), >, -0.4);
          g_assert_cmphex (table[i] >> 24, ==, 0xff);
        }
      g_assert_cmpfloat (sign * (test_lightness (table[255]) - test_lightness (table[0])), >, 70.0);
    }
}

static void
test_apply (void)
{
  const guint32 *table = chorus_color_map_table (CHORUS_COLOR_MAP_VIRIDIS);
  const double dbs[] = { -140.0, -100.0, -55.0, -10.0, 10.0 };
  guint8 levels[G_N_ELEMENTS (dbs)];
  guint32 out[G_N_ELEMENTS (dbs)];

  for (gsize i = 0; i < G_N_ELEMENTS (dbs); i++)
    levels[i] = chorus_level_from_db (dbs[i]);

  chorus_color_map_apply (CHORUS_COLOR_MAP_VIRIDIS, -100.0, -10.0, levels, G_N_ELEMENTS (levels), out);
  g_assert_cmphex (out[0], ==, table[0]);
  g_assert_cmphex (out[1], ==, table[0]);
  g_assert_cmphex (out[2], ==, table[(int) round ((chorus_level_to_db (levels[2]) + 100.0) / 90.0 * 255.0)]);
  g_assert_cmphex (out[3], ==, table[255]);
  g_assert_cmphex (out[4], ==, table[255]);
}

static void
test_apply_degenerate (void)
{
  const guint32 *table = chorus_color_map_table (CHORUS_COLOR_MAP_GRAY);
  const guint8 levels[] = { 0, 255 };
  guint32 out[2];

  chorus_color_map_apply (CHORUS_COLOR_MAP_GRAY, -50.0, -50.0, levels, 2, out);
  g_assert_cmphex (out[0], ==, table[0]);
  g_assert_cmphex (out[1], ==, table[255]);

  chorus_color_map_apply (CHORUS_COLOR_MAP_GRAY, 0.0, -50.0, levels, 2, out);
  g_assert_cmphex (out[0], ==, table[0]);
  g_assert_cmphex (out[1], ==, table[255]);

  chorus_color_map_apply (CHORUS_COLOR_MAP_GRAY, (double) NAN, (double) NAN, levels, 2, out);
  g_assert_cmphex (out[0], ==, table[0]);

  g_assert_true (chorus_color_map_table ((ChorusColorMap) 99) == chorus_color_map_table (CHORUS_COLOR_MAP_VIRIDIS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/color-map/published", test_published);
  g_test_add_func ("/dsp/color-map/monotonic", test_monotonic);
  g_test_add_func ("/dsp/color-map/apply", test_apply);
  g_test_add_func ("/dsp/color-map/apply-degenerate", test_apply_degenerate);

  return g_test_run ();
}
