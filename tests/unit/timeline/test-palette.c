/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-palette.h"

#include <math.h>

#include "dsp/chorus-color-map.h"

/* How dichromats see linear RGB: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A physiologically-based model
 * for simulation of color vision deficiency", IEEE TVCG 15(6), 2009, at full severity. */
static const double visions[][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};

static double
linearize (guint value)
{
  double c = value / 255.0;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
lab_function (double t)
{
  return t > 0.008856 ? cbrt (t) : 7.787 * t + 16.0 / 116.0;
}

/* CIE 1976 L*a*b*, D65, of 0xRRGGBB as @vision sees it. */
static void
to_lab (guint32       color,
        const double  vision[3][3],
        double       *lab)
{
  const double rgb[3] = { linearize ((color >> 16) & 0xff), linearize ((color >> 8) & 0xff), linearize (color & 0xff) };
  double seen[3] = { 0 };
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;

  for (guint i = 0; i < 3; i++)
    seen[i] = CLAMP (vision[i][0] * rgb[0] + vision[i][1] * rgb[1] + vision[i][2] * rgb[2], 0.0, 1.0);
  x = lab_function ((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
  y = lab_function (0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
  z = lab_function ((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089);
  lab[0] = 116.0 * y - 16.0;
  lab[1] = 500.0 * (x - y);
  lab[2] = 200.0 * (y - z);
}

static double
get_difference (guint32      a,
                guint32      b,
                const double vision[3][3])
{
  double first[3] = { 0 };
  double second[3] = { 0 };

  to_lab (a, vision, first);
  to_lab (b, vision, second);

  return sqrt (pow (first[0] - second[0], 2) + pow (first[1] - second[1], 2) + pow (first[2] - second[2], 2));
}

/* A difference of about 2 can just be seen side by side; 20 cannot be missed across a plot. */
static void
test_apart (void)
{
  for (gsize vision = 0; vision < G_N_ELEMENTS (visions); vision++)
    {
      for (guint i = 0; i < CHORUS_PALETTE_SIZE; i++)
        {
          for (guint k = 0; k < i; k++)
            g_assert_cmpfloat (get_difference (chorus_palette_get (i), chorus_palette_get (k), visions[vision]), >,
                               20.0);
        }
    }
  g_assert_cmphex (chorus_palette_get (CHORUS_PALETTE_SIZE + 2), ==, chorus_palette_get (2));
}

/* Each stands out from silence on every color map. */
static void
test_on_maps (void)
{
  for (guint map = CHORUS_COLOR_MAP_VIRIDIS; map <= CHORUS_COLOR_MAP_GRAY_INVERTED; map++)
    {
      guint32 background = chorus_color_map_table ((ChorusColorMap) map)[0] & 0xffffff;
      gboolean light = map == CHORUS_COLOR_MAP_GRAY_INVERTED;

      for (gsize vision = 0; vision < G_N_ELEMENTS (visions); vision++)
        {
          for (guint i = 0; i < CHORUS_PALETTE_SIZE; i++)
            g_assert_cmpfloat (get_difference (light ? chorus_palette_get_dark (i) : chorus_palette_get (i), background,
                                               visions[vision]),
                               >, 30.0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/palette/apart", test_apart);
  g_test_add_func ("/timeline/palette/on-maps", test_on_maps);

  return g_test_run ();
}
