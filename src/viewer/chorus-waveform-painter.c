/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-waveform-painter.h"

#include "timeline/chorus-waveform.h"

#include "chorus-style.h"

#define PEAK_ALPHA 0.55f
/* Air above the loudest peak. */
#define HEADROOM 1.1
/* Noise of the last bits is not blown up to fill the picture. */
#define LEAST_EXTENT 0.002

void
chorus_waveform_painter_clear (ChorusWaveformPainter *self)
{
  g_clear_pointer (&self->picture, chorus_picture_unref);
}

static void
chorus_waveform_painter_paint (ChorusWaveformPainter *self,
                               ChorusTileCache       *tiles,
                               const GdkRGBA         *color)
{
  g_autofree ChorusPeak *columns = g_new (ChorusPeak, (gsize) self->width);
  gsize size = (gsize) self->width * (gsize) self->height * sizeof (guint32);
  guint32 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);
  GdkRGBA peak_color = *color;
  double extent = self->extent;

  peak_color.alpha *= PEAK_ALPHA;
  self->exact = chorus_waveform_gather (tiles, self->start, self->samples_per_pixel, columns, (guint) self->width);
  if (!(extent > 0.0))
    extent = chorus_waveform_get_extent (columns, (guint) self->width);
  chorus_waveform_paint (columns, (guint) self->width, (guint) self->height, MAX (extent * HEADROOM, LEAST_EXTENT),
                         chorus_style_to_pixel (&peak_color), chorus_style_to_pixel (color), pixels);
  self->picture = chorus_picture_new (bytes, self->width, self->height);
}

void
chorus_waveform_painter_snapshot (ChorusWaveformPainter *self,
                                  GtkWidget             *widget,
                                  GtkSnapshot           *snapshot,
                                  ChorusTileCache       *tiles,
                                  double                 start,
                                  double                 samples,
                                  double                 extent)
{
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget) * scale;
  int height = gtk_widget_get_height (widget) * scale;
  GdkRGBA color = chorus_style_get_accent_color (widget);

  if (!(extent > 0.0))
    extent = chorus_waveform_find_extent (tiles);
  if (width <= 0 || height <= 0 || !(samples > 0.0))
    return;
  if (!self->picture || self->start != start || self->samples_per_pixel != samples / width || self->width != width
      || self->height != height || self->color != chorus_style_to_pixel (&color) || self->extent != extent)
    {
      g_clear_pointer (&self->picture, chorus_picture_unref);
      self->start = start;
      self->samples_per_pixel = samples / width;
      self->extent = extent;
      self->width = width;
      self->height = height;
      self->color = chorus_style_to_pixel (&color);
      chorus_waveform_painter_paint (self, tiles, &color);
    }
  chorus_picture_snapshot (self->picture, widget, snapshot,
                           &GRAPHENE_RECT_INIT (0, 0, (float) width / (float) scale, (float) height / (float) scale));
}
