/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-tile-cache.h"

#include "chorus-picture.h"

G_BEGIN_DECLS

/**
 * ChorusWaveformPainter:
 *
 * A picture of a stretch of waveform in the colors of the theme, painted anew only when something about it is different.
 * To be kept within a widget.
 */
typedef struct
{
  /*< private >*/
  ChorusPicture *picture;
  double start;
  double samples_per_pixel;
  double extent;
  int width;
  int height;
  guint32 color;
  gboolean exact;
} ChorusWaveformPainter;

/**
 * chorus_waveform_painter_clear:
 * @self: a painter
 *
 * Forgets the picture, as when more peaks have arrived.
 */
void chorus_waveform_painter_clear (ChorusWaveformPainter *self);

/**
 * chorus_waveform_painter_snapshot:
 * @self: a painter
 * @widget: whose whole area is painted
 * @snapshot: where to paint
 * @tiles: where peaks come from
 * @start: the first sample
 * @samples: how many samples @widget is wide
 * @extent: the magnitude to scale by, or 0 for the largest there is
 */
void chorus_waveform_painter_snapshot (ChorusWaveformPainter *self,
                                       GtkWidget             *widget,
                                       GtkSnapshot           *snapshot,
                                       ChorusTileCache       *tiles,
                                       double                 start,
                                       double                 samples,
                                       double                 extent);

G_END_DECLS
