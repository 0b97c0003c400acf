/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dsp/chorus-color-map.h"

#include "chorus-frequency-scale.h"
#include "chorus-tile-grid.h"

G_BEGIN_DECLS

/* Columns of an image, in device pixels. */
#define CHORUS_IMAGE_WIDTH 256

/**
 * ChorusImageView:
 * @samples_per_pixel: how much sound a column of device pixels covers, in samples
 * @low: the lower edge of the picture, in bins of the transform
 * @high: the upper edge of the picture, in bins of the transform
 * @height: device pixels from @low to @high
 * @scale: what is even from @low to @high; logarithmic begins above 0
 * @bin_width: the distance of bins, in Hz, which only a scale that is not linear depends on
 *
 * At what magnification a spectrogram is drawn. Column x of device pixels, counted from the start of the recording,
 * covers the samples from x * @samples_per_pixel up to (x + 1) * @samples_per_pixel.
 */
typedef struct
{
  double samples_per_pixel;
  double low;
  double high;
  guint height;
  ChorusFrequencyScale scale;
  double bin_width;
} ChorusImageView;

/**
 * chorus_image_view_equal:
 * @self: a magnification
 * @other: another
 *
 * Returns: whether levels are painted to the same pixels
 */
gboolean chorus_image_view_equal (const ChorusImageView *self,
                                  const ChorusImageView *other);

/**
 * ChorusImageColors:
 * @map: a color map
 * @low_db: the level of its first color, in dBFS
 * @high_db: the level of its last color, in dBFS
 *
 * How levels become colors.
 */
typedef struct
{
  ChorusColorMap map;
  double low_db;
  double high_db;
} ChorusImageColors;

/**
 * ChorusImageLayer:
 * @level: level of the tiles
 * @first: index of the first tile
 * @n_tiles: length of @tiles
 * @tiles: (array length=n_tiles) (element-type ChorusTile): the tiles, %NULL where one has not been computed
 * @background: (nullable): what is taken away from each bin, as chorus_median_background_subtract() does
 *
 * Tiles of one level that lie side by side.
 */
typedef struct
{
  int level;
  guint64 first;
  guint n_tiles;
  ChorusTile **tiles;
  const guint8 *background;
} ChorusImageLayer;

/**
 * ChorusImage:
 * @index: its first column is @index * %CHORUS_IMAGE_WIDTH
 * @height: rows
 * @exact: whether every level it was painted from was final
 * @levels: guint8[@height * %CHORUS_IMAGE_WIDTH], from the top row down
 * @colors: how @pixels were colored
 * @pixels: guint32[@height * %CHORUS_IMAGE_WIDTH], as GDK_MEMORY_DEFAULT
 *
 * A piece of a spectrogram, ready to be drawn pixel for pixel. Immutable and counted; may be used from any thread.
 */
typedef struct
{
  gint64 index;
  guint height;
  gboolean exact;
  GBytes *levels;
  ChorusImageColors colors;
  GBytes *pixels;
} ChorusImage;

/**
 * chorus_image_paint:
 * @levels: (inout) (array): guint8[height * %CHORUS_IMAGE_WIDTH] of the picture so far
 * @view: the magnification
 * @index: which image
 * @grid: where columns stand
 * @layer: what to paint
 *
 * Paints the columns that @layer has over what is there, and leaves the others. Where a pixel covers several columns or
 * bins it gets their maximum, and where it covers less than one, it lies on the straight line between the neighbors of its
 * center. Rows are of equal height on the scale of @view.
 */
void chorus_image_paint (guint8                 *levels,
                         const ChorusImageView  *view,
                         gint64                  index,
                         const ChorusTileGrid   *grid,
                         const ChorusImageLayer *layer);

/**
 * chorus_image_new:
 * @index: which image
 * @height: rows
 * @exact: whether @levels are final
 * @levels: the levels
 * @colors: how to color them
 *
 * Returns: (transfer full): an image with its pixels
 */
ChorusImage *chorus_image_new (gint64                   index,
                               guint                    height,
                               gboolean                 exact,
                               GBytes                  *levels,
                               const ChorusImageColors *colors) G_GNUC_WARN_UNUSED_RESULT;

ChorusImage *chorus_image_ref (ChorusImage *self);

void chorus_image_unref (ChorusImage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusImage, chorus_image_unref)

G_END_DECLS
