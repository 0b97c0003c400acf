/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-image.h"

#include <math.h>

#include "dsp/chorus-median-background.h"

/* Rows of one bin each may come out a little smaller than that. */
#define ROUNDING 1e-9

/* What a row of pixels takes from a column of bins. */
typedef struct
{
  guint first;
  guint last;
  /* Of @last against @first, in 256ths; used where the row covers no bin of its own. */
  guint weight;
  gboolean between;
} ChorusImageRow;

static void
chorus_image_clear (gpointer data)
{
  ChorusImage *self = data;

  g_clear_pointer (&self->levels, g_bytes_unref);
  g_clear_pointer (&self->pixels, g_bytes_unref);
}

ChorusImage *
chorus_image_new (gint64                   index,
                  guint                    height,
                  gboolean                 exact,
                  GBytes                  *levels,
                  const ChorusImageColors *colors)
{
  ChorusImage *self = g_atomic_rc_box_new0 (ChorusImage);
  gsize n = (gsize) height * CHORUS_IMAGE_WIDTH;
  guint32 *pixels = g_new (guint32, n);

  g_assert (g_bytes_get_size (levels) == n);

  chorus_color_map_apply (colors->map, colors->low_db, colors->high_db, g_bytes_get_data (levels, NULL), n, pixels);
  self->index = index;
  self->height = height;
  self->exact = exact;
  self->levels = g_bytes_ref (levels);
  self->colors = *colors;
  self->pixels = g_bytes_new_take (pixels, n * sizeof (guint32));

  return self;
}

ChorusImage *
chorus_image_ref (ChorusImage *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
chorus_image_unref (ChorusImage *self)
{
  g_atomic_rc_box_release_full (self, chorus_image_clear);
}

gboolean
chorus_image_view_equal (const ChorusImageView *self,
                         const ChorusImageView *other)
{
  return self->samples_per_pixel == other->samples_per_pixel && self->low == other->low && self->high == other->high
         && self->height == other->height && self->scale == other->scale && self->bin_width == other->bin_width;
}

/* Where @row rows below the top of the picture are, in bins. */
static double
chorus_image_view_get_bin (const ChorusImageView *view,
                           double                 row)
{
  double low = 0.0;
  double high = 0.0;

  if (view->scale == CHORUS_FREQUENCY_SCALE_LINEAR)
    return view->high - row * ((view->high - view->low) / view->height);
  low = chorus_frequency_scale_forward (view->scale, view->low * view->bin_width);
  high = chorus_frequency_scale_forward (view->scale, view->high * view->bin_width);

  return chorus_frequency_scale_backward (view->scale, high - row * ((high - low) / view->height)) / view->bin_width;
}

static ChorusImageRow *
chorus_image_map_rows (const ChorusImageView *view,
                       guint                  n_bins)
{
  ChorusImageRow *rows = g_new (ChorusImageRow, view->height);
  double top = view->high;

  for (guint i = 0; i < view->height; i++)
    {
      /* The edge below one row is the edge above the next to the last bit, so that no bin is in both or in neither. */
      double bottom = i + 1 == view->height ? view->low : chorus_image_view_get_bin (view, i + 1);
      double first = ceil (bottom);
      /* The topmost row keeps the bin that stands exactly on its edge. */
      double last = i == 0 ? floor (top) : ceil (top) - 1.0;
      double center = CLAMP (chorus_image_view_get_bin (view, i + 0.5), 0.0, n_bins - 1.0);

      rows[i].between = top - bottom < 1.0 - ROUNDING || first > last;
      if (rows[i].between)
        {
          first = floor (center);
          last = first + 1.0;
        }
      rows[i].first = (guint) CLAMP (first, 0.0, n_bins - 1.0);
      rows[i].last = (guint) CLAMP (last, 0.0, n_bins - 1.0);
      rows[i].weight = (guint) ((center - floor (center)) * 256.0);
      top = bottom;
    }

  return rows;
}

/* The levels of one column, or NULL where its tile is not there. */
static const guint8 *
chorus_image_layer_get_column (const ChorusImageLayer *layer,
                               guint64                 column)
{
  guint64 index = column / CHORUS_TILE_COLUMNS;
  const ChorusTile *tile = NULL;

  if (index < layer->first || index - layer->first >= layer->n_tiles)
    return NULL;
  tile = layer->tiles[index - layer->first];
  if (!tile || column % CHORUS_TILE_COLUMNS >= tile->n_columns)
    return NULL;

  return tile->levels + (column % CHORUS_TILE_COLUMNS) * tile->n_bins;
}

/* The maximum of the columns that a pixel covers. */
static gboolean
chorus_image_gather_maximum (const ChorusTileGrid   *grid,
                             const ChorusImageLayer *layer,
                             double                  start,
                             double                  end,
                             guint8                 *bins,
                             guint                   n_bins)
{
  guint64 first = 0;
  guint64 last = 0;
  gboolean found = FALSE;

  if (!chorus_tile_grid_get_columns_between (grid, CHORUS_TILE_LEVELS, layer->level, start, end, &first, &last))
    return FALSE;
  for (guint64 column = first; column <= last; column++)
    {
      const guint8 *levels = chorus_image_layer_get_column (layer, column);

      if (!levels)
        continue;
      for (guint i = 0; i < n_bins; i++)
        bins[i] = found ? MAX (bins[i], levels[i]) : levels[i];
      found = TRUE;
    }

  return found;
}

/* The line between the two columns on either side of @sample. */
static gboolean
chorus_image_gather_between (const ChorusTileGrid   *grid,
                             const ChorusImageLayer *layer,
                             double                  sample,
                             guint8                 *bins,
                             guint                   n_bins)
{
  double length = chorus_tile_grid_get_column_length (grid, CHORUS_TILE_LEVELS, layer->level);
  double origin = chorus_tile_grid_get_column_origin (grid, CHORUS_TILE_LEVELS, layer->level);
  guint64 n_columns = chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_LEVELS, layer->level);
  double place = 0.0;
  guint weight = 0;
  const guint8 *left = NULL;
  const guint8 *right = NULL;

  if (n_columns == 0 || sample < 0 || sample >= (double) grid->n_samples)
    return FALSE;
  place = CLAMP ((sample - origin) / length, 0.0, (double) (n_columns - 1));
  weight = (guint) ((place - floor (place)) * 256.0);
  left = chorus_image_layer_get_column (layer, (guint64) place);
  right = chorus_image_layer_get_column (layer, MIN ((guint64) place + 1, n_columns - 1));
  if (!left && !right)
    return FALSE;
  left = left ? left : right;
  right = right ? right : left;
  for (guint i = 0; i < n_bins; i++)
    bins[i] = (guint8) ((left[i] * (256 - weight) + right[i] * weight + 128) >> 8);

  return TRUE;
}

static guint8
chorus_image_row_level (const ChorusImageRow *row,
                        const guint8         *bins)
{
  guint8 level = bins[row->first];

  if (row->between)
    return (guint8) ((level * (256 - row->weight) + bins[row->last] * row->weight + 128) >> 8);
  for (guint i = row->first + 1; i <= row->last; i++)
    level = MAX (level, bins[i]);

  return level;
}

void
chorus_image_paint (guint8                 *levels,
                    const ChorusImageView  *view,
                    gint64                  index,
                    const ChorusTileGrid   *grid,
                    const ChorusImageLayer *layer)
{
  guint n_bins = grid->params.window_length / 2 + 1;
  double length = chorus_tile_grid_get_column_length (grid, CHORUS_TILE_LEVELS, layer->level);
  gboolean between = length > view->samples_per_pixel;
  g_autofree ChorusImageRow *rows = chorus_image_map_rows (view, n_bins);
  g_autofree guint8 *bins = g_new0 (guint8, n_bins);

  for (guint x = 0; x < CHORUS_IMAGE_WIDTH; x++)
    {
      double start = ((double) index * CHORUS_IMAGE_WIDTH + x) * view->samples_per_pixel;
      double end = ((double) index * CHORUS_IMAGE_WIDTH + x + 1) * view->samples_per_pixel;
      gboolean found = between ? chorus_image_gather_between (grid, layer, (start + end) / 2.0, bins, n_bins)
                               : chorus_image_gather_maximum (grid, layer, start, end, bins, n_bins);

      if (found && layer->background)
        chorus_median_background_subtract (bins, 1, layer->background, n_bins, bins);
      for (guint y = 0; found && y < view->height; y++)
        levels[(gsize) y * CHORUS_IMAGE_WIDTH + x] = chorus_image_row_level (&rows[y], bins);
    }
}
