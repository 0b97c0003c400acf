/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-style.h"

#include <math.h>

#include "timeline/chorus-palette.h"

#define DIM_ALPHA 0.65f

GdkRGBA
chorus_style_get_text_color (GtkWidget *widget)
{
  GdkRGBA color = { 0 };

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);

  return color;
}

GdkRGBA
chorus_style_get_dim_color (GtkWidget *widget)
{
  GdkRGBA color = chorus_style_get_text_color (widget);

  color.alpha *= DIM_ALPHA;

  return color;
}

GdkRGBA
chorus_style_get_accent_color (GtkWidget *widget)
{
  GdkRGBA color = { 0 };

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", &color))
    color = chorus_style_get_text_color (widget);

  return color;
}

static GdkRGBA
chorus_style_from_rgb (guint32 rgb)
{
  return (GdkRGBA){
    .red = (float) ((rgb >> 16) & 0xff) / 255.0f,
    .green = (float) ((rgb >> 8) & 0xff) / 255.0f,
    .blue = (float) (rgb & 0xff) / 255.0f,
    .alpha = 1.0f,
  };
}

GdkRGBA
chorus_style_get_floor (ChorusColorMap map)
{
  return chorus_style_from_rgb (chorus_color_map_table (map)[0]);
}

static gboolean
chorus_style_is_dark (const GdkRGBA *color)
{
  /* Luma after Rec. 709. Not half: up to there, black on a color is easier to read than white. */
  return 0.2126f * color->red + 0.7152f * color->green + 0.0722f * color->blue < 0.4f;
}

void
chorus_style_append_text (GtkSnapshot   *snapshot,
                          PangoLayout   *layout,
                          const char    *text,
                          const GdkRGBA *color,
                          double         x,
                          double         y)
{
  pango_layout_set_text (layout, text, -1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

GdkRGBA
chorus_style_get_contrast (const GdkRGBA *color)
{
  return chorus_style_from_rgb (chorus_style_is_dark (color) ? 0xffffff : 0x000000);
}

GdkRGBA
chorus_style_get_plot_ink (ChorusColorMap map)
{
  GdkRGBA floor_color = chorus_style_get_floor (map);

  return chorus_style_get_contrast (&floor_color);
}

GdkRGBA
chorus_style_get_palette_on (guint          index,
                             const GdkRGBA *background)
{
  return chorus_style_from_rgb (chorus_style_is_dark (background) ? chorus_palette_get (index)
                                                                  : chorus_palette_get_dark (index));
}

guint32
chorus_style_to_pixel (const GdkRGBA *color)
{
  guint32 alpha = (guint32) lroundf (CLAMP (color->alpha, 0.0f, 1.0f) * 255.0f);
  guint32 red = (guint32) lroundf (CLAMP (color->red, 0.0f, 1.0f) * (float) alpha);
  guint32 green = (guint32) lroundf (CLAMP (color->green, 0.0f, 1.0f) * (float) alpha);
  guint32 blue = (guint32) lroundf (CLAMP (color->blue, 0.0f, 1.0f) * (float) alpha);

  return alpha << 24 | red << 16 | green << 8 | blue;
}
