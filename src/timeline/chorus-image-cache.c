/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-image-cache.h"

#include <math.h>

/* Levels that stand in until the right one has been computed. */
#define MOST_COARSER_LAYERS 10
#define MOST_FINER_LAYERS 2
/* Images beside the screen that are painted ahead, and those that are kept. */
#define AHEAD 1
#define KEPT 8

typedef struct
{
  gint64 index;
  ChorusImage *image;
  guint64 job;
  /* Tiles that went into @image while it is not exact. */
  guint n_tiles;
} ChorusImageEntry;

typedef struct
{
  /* Borrowed: a cache that goes away cancels its jobs. */
  ChorusImageCache *cache;
  gint64 index;
  ChorusImageView view;
  ChorusImageColors colors;
  ChorusTileGrid grid;
  ChorusLevelBackground *background;
  /* ChorusImageLayer, from the one behind to the one in front. */
  GArray *layers;
  guint n_tiles;
  gboolean exact;
  /* Set to color known levels anew. */
  GBytes *levels;
  ChorusImage *image;
} ChorusImageJob;

struct _ChorusImageCache
{
  GObject parent_instance;

  ChorusTileCache *tiles;
  ChorusJobQueue *queue;

  ChorusImageView view;
  ChorusImageColors colors;
  ChorusLevelBackground *background;
  gint64 first;
  gint64 last;
  /* gint64 * -> ChorusImageEntry *, which owns the key. */
  GHashTable *entries;
  guint update_id;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusImageCache, chorus_image_cache, G_TYPE_OBJECT)

static void chorus_image_cache_consider (ChorusImageCache *self,
                                         gint64            index);

static void
chorus_image_entry_free (gpointer data)
{
  ChorusImageEntry *entry = data;

  g_clear_pointer (&entry->image, chorus_image_unref);
  g_free (entry);
}

static void
chorus_image_layer_clear (gpointer data)
{
  ChorusImageLayer *layer = data;

  for (guint i = 0; i < layer->n_tiles; i++)
    g_clear_pointer (&layer->tiles[i], chorus_tile_unref);
  g_clear_pointer (&layer->tiles, g_free);
}

static void
chorus_image_job_free (gpointer data)
{
  ChorusImageJob *job = data;

  g_clear_pointer (&job->layers, g_array_unref);
  g_clear_pointer (&job->background, chorus_level_background_unref);
  g_clear_pointer (&job->levels, g_bytes_unref);
  g_clear_pointer (&job->image, chorus_image_unref);
  g_free (job);
}

/* In a worker thread. */
static void
chorus_image_job_run (gpointer      data,
                      GCancellable *cancellable)
{
  ChorusImageJob *job = data;
  gsize size = (gsize) job->view.height * CHORUS_IMAGE_WIDTH;
  guint8 *levels = NULL;

  if (!job->levels)
    {
      levels = g_malloc0 (size);
      for (guint i = 0; i < job->layers->len && !g_cancellable_is_cancelled (cancellable); i++)
        chorus_image_paint (levels, &job->view, job->index, &job->grid,
                            &g_array_index (job->layers, ChorusImageLayer, i));
      job->levels = g_bytes_new_take (levels, size);
    }
  job->image = chorus_image_new (job->index, job->view.height, job->exact, job->levels, &job->colors);
}

static void
chorus_image_job_done (gpointer data)
{
  ChorusImageJob *job = data;
  ChorusImageCache *self = job->cache;
  ChorusImageEntry *entry = g_hash_table_lookup (self->entries, &job->index);

  g_assert (CHORUS_IS_IMAGE_CACHE (self));
  g_assert (entry);

  entry->job = 0;
  entry->n_tiles = job->n_tiles;
  g_clear_pointer (&entry->image, chorus_image_unref);
  entry->image = g_steal_pointer (&job->image);
  chorus_image_cache_consider (self, job->index);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The tiles of @level that image @index needs, with one column to spare on either side to draw lines to. */
static gboolean
chorus_image_cache_get_tile_range (ChorusImageCache *self,
                                   gint64            index,
                                   int               level,
                                   guint64          *first,
                                   guint64          *last)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (self->tiles);
  double length = chorus_tile_grid_get_column_length (grid, CHORUS_TILE_LEVELS, level);
  double origin = chorus_tile_grid_get_column_origin (grid, CHORUS_TILE_LEVELS, level);
  guint64 n_columns = chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_LEVELS, level);
  double start = (double) index * CHORUS_IMAGE_WIDTH * self->view.samples_per_pixel;
  double end = ((double) index + 1.0) * CHORUS_IMAGE_WIDTH * self->view.samples_per_pixel;
  double from = floor ((start - origin) / length) - 1.0;
  double to = ceil ((end - origin) / length) + 1.0;

  if (n_columns == 0 || index < 0 || start >= (double) grid->n_samples)
    return FALSE;
  from = CLAMP (from, 0.0, (double) (n_columns - 1));
  to = CLAMP (to, 0.0, (double) (n_columns - 1));
  *first = (guint64) from / CHORUS_TILE_COLUMNS;
  *last = (guint64) to / CHORUS_TILE_COLUMNS;

  return TRUE;
}

/* Appends the tiles of @level that are there. Returns how many those are, and in @n_missing how many are not. */
static guint
chorus_image_cache_append_layer (ChorusImageCache *self,
                                 gint64            index,
                                 int               level,
                                 GArray           *layers,
                                 guint            *n_missing)
{
  ChorusImageLayer layer = { .level = level };
  guint64 last = 0;
  guint n_found = 0;

  if (!chorus_image_cache_get_tile_range (self, index, level, &layer.first, &last))
    return 0;
  layer.n_tiles = (guint) (last - layer.first + 1);
  layer.tiles = g_new0 (ChorusTile *, layer.n_tiles);
  layer.background = self->background ? chorus_level_background_get (self->background, level) : NULL;
  for (guint i = 0; i < layer.n_tiles; i++)
    {
      ChorusTileKey key = { CHORUS_TILE_LEVELS, level, layer.first + i };
      ChorusTile *tile = chorus_tile_cache_lookup (self->tiles, &key);

      if (!tile)
        continue;
      layer.tiles[i] = chorus_tile_ref (tile);
      n_found++;
    }
  if (n_missing)
    *n_missing = layer.n_tiles - n_found;
  if (n_found)
    g_array_append_val (layers, layer);
  else
    chorus_image_layer_clear (&layer);

  return n_found;
}

/* Finds what @index can be painted from: the tiles it needs, or else, behind those, coarser and finer ones. */
static ChorusImageJob *
chorus_image_cache_prepare (ChorusImageCache *self,
                            gint64            index)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (self->tiles);
  int level = chorus_tile_grid_get_level_for (grid, CHORUS_TILE_LEVELS, self->view.samples_per_pixel);
  int coarsest = chorus_tile_grid_get_coarsest_level (grid, CHORUS_TILE_LEVELS);
  int finest = chorus_tile_grid_get_finest_level (grid, CHORUS_TILE_LEVELS);
  ChorusImageJob *job = g_new0 (ChorusImageJob, 1);
  ChorusImageLayer front = { 0 };
  guint n_missing = 0;

  job->cache = self;
  job->index = index;
  job->view = self->view;
  job->colors = self->colors;
  job->grid = *grid;
  job->background = self->background ? chorus_level_background_ref (self->background) : NULL;
  job->layers = g_array_new (FALSE, FALSE, sizeof (ChorusImageLayer));
  g_array_set_clear_func (job->layers, chorus_image_layer_clear);

  job->n_tiles = chorus_image_cache_append_layer (self, index, level, job->layers, &n_missing);
  job->exact = job->n_tiles > 0 && n_missing == 0;
  if (job->exact)
    return job;

  if (job->layers->len)
    {
      front = g_array_index (job->layers, ChorusImageLayer, 0);
      g_array_index (job->layers, ChorusImageLayer, 0) = (ChorusImageLayer){ 0 };
      g_array_set_size (job->layers, 0);
    }
  for (int i = MIN (level + MOST_COARSER_LAYERS, coarsest); i > level; i--)
    job->n_tiles += chorus_image_cache_append_layer (self, index, i, job->layers, NULL);
  for (int i = MAX (level - MOST_FINER_LAYERS, finest); i < level; i++)
    job->n_tiles += chorus_image_cache_append_layer (self, index, i, job->layers, NULL);
  if (front.tiles)
    g_array_append_val (job->layers, front);

  return job;
}

static gboolean
chorus_image_colors_equal (const ChorusImageColors *a,
                           const ChorusImageColors *b)
{
  return a->map == b->map && a->low_db == b->low_db && a->high_db == b->high_db;
}

/* Starts what brings image @index nearer to what it should be, unless something is under way. */
static void
chorus_image_cache_consider (ChorusImageCache *self,
                             gint64            index)
{
  ChorusImageEntry *entry = g_hash_table_lookup (self->entries, &index);
  gboolean visible = index >= self->first && index <= self->last;
  int priority = visible ? CHORUS_JOB_PRIORITY_VISIBLE : CHORUS_JOB_PRIORITY_NEARBY;
  ChorusImageJob *job = NULL;
  gboolean same_colors = FALSE;

  if (!entry)
    {
      entry = g_new0 (ChorusImageEntry, 1);
      entry->index = index;
      g_hash_table_insert (self->entries, &entry->index, entry);
    }
  if (entry->job)
    return;

  same_colors = entry->image && chorus_image_colors_equal (&entry->image->colors, &self->colors);
  if (entry->image && entry->image->exact && same_colors)
    return;
  if (entry->image && entry->image->exact)
    {
      job = g_new0 (ChorusImageJob, 1);
      job->cache = self;
      job->index = index;
      job->view = self->view;
      job->colors = self->colors;
      job->exact = TRUE;
      job->levels = g_bytes_ref (entry->image->levels);
    }
  else
    {
      job = chorus_image_cache_prepare (self, index);
      if (job->n_tiles == 0 || (!job->exact && entry->n_tiles == job->n_tiles && same_colors))
        {
          chorus_image_job_free (job);
          return;
        }
    }
  entry->job = chorus_job_queue_push (self->queue, priority, chorus_image_job_run, chorus_image_job_done, job,
                                      chorus_image_job_free, NULL);
}

/* Wants the tiles of all images on the screen, then those beside it. */
static void
chorus_image_cache_want_tiles (ChorusImageCache *self)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (self->tiles);
  int level = chorus_tile_grid_get_level_for (grid, CHORUS_TILE_LEVELS, self->view.samples_per_pixel);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ChorusTileKey));
  guint64 first = 0;
  guint64 last = 0;
  guint64 end = 0;
  guint64 next = 0;

  if (!chorus_image_cache_get_tile_range (self, self->first, level, &first, &last))
    return;
  for (gint64 i = self->first; i <= self->last; i++)
    {
      if (chorus_image_cache_get_tile_range (self, i, level, &next, &end))
        last = end;
    }
  for (guint64 i = first; i <= last; i++)
    {
      ChorusTileKey key = { CHORUS_TILE_LEVELS, level, i };

      g_array_append_val (keys, key);
    }
  for (guint64 i = 1; i <= (last - first) / 2 + 1; i++)
    {
      ChorusTileKey after = { CHORUS_TILE_LEVELS, level, last + i };
      ChorusTileKey before = { CHORUS_TILE_LEVELS, level, first - i };

      g_array_append_val (keys, after);
      if (i <= first)
        g_array_append_val (keys, before);
    }
  chorus_tile_cache_want (self->tiles, self, (const ChorusTileKey *) (gpointer) keys->data, keys->len,
                          CHORUS_JOB_PRIORITY_VISIBLE);
}

static void
chorus_image_cache_update (ChorusImageCache *self)
{
  GHashTableIter iter;
  ChorusImageEntry *entry = NULL;

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->last < self->first)
    return;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->index >= self->first - KEPT && entry->index <= self->last + KEPT)
        continue;
      if (entry->job)
        chorus_job_queue_cancel (self->queue, entry->job);
      g_hash_table_iter_remove (&iter);
    }
  for (gint64 i = self->first; i <= self->last; i++)
    chorus_image_cache_consider (self, i);
  for (gint64 i = 1; i <= AHEAD; i++)
    {
      chorus_image_cache_consider (self, self->last + i);
      if (self->first >= i)
        chorus_image_cache_consider (self, self->first - i);
    }
}

static gboolean
chorus_image_cache_update_cb (gpointer user_data)
{
  ChorusImageCache *self = user_data;

  self->update_id = 0;
  chorus_image_cache_update (self);

  return G_SOURCE_REMOVE;
}

/* Tiles arrive in bursts: all that are there are painted together. */
static void
chorus_image_cache_tile_ready_cb (ChorusImageCache *self,
                                  guint             kind)
{
  g_assert (CHORUS_IS_IMAGE_CACHE (self));

  if (kind == CHORUS_TILE_LEVELS && self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_DEFAULT, chorus_image_cache_update_cb, self, NULL);
}

static void
chorus_image_cache_cancel_all (ChorusImageCache *self)
{
  GHashTableIter iter;
  ChorusImageEntry *entry = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->job)
        chorus_job_queue_cancel (self->queue, entry->job);
    }
  g_hash_table_remove_all (self->entries);
}

void
chorus_image_cache_set_background (ChorusImageCache      *self,
                                   ChorusLevelBackground *background)
{
  g_return_if_fail (CHORUS_IS_IMAGE_CACHE (self));
  g_return_if_fail (
    !background || background->params.window_length == chorus_tile_cache_get_grid (self->tiles)->params.window_length);

  if (self->background == background)
    return;
  chorus_image_cache_cancel_all (self);
  g_clear_pointer (&self->background, chorus_level_background_unref);
  self->background = background ? chorus_level_background_ref (background) : NULL;
}

void
chorus_image_cache_set_view (ChorusImageCache        *self,
                             const ChorusImageView   *view,
                             const ChorusImageColors *colors,
                             gint64                   first_column,
                             guint                    n_columns)
{
  g_return_if_fail (CHORUS_IS_IMAGE_CACHE (self));
  g_return_if_fail (view->samples_per_pixel > 0 && view->height > 0 && view->high > view->low);
  g_return_if_fail (view->scale == CHORUS_FREQUENCY_SCALE_LINEAR || view->bin_width > 0);
  g_return_if_fail (first_column >= 0 && n_columns > 0);

  if (!chorus_image_view_equal (view, &self->view))
    chorus_image_cache_cancel_all (self);
  self->view = *view;
  self->colors = *colors;
  self->first = first_column / CHORUS_IMAGE_WIDTH;
  self->last = (first_column + n_columns - 1) / CHORUS_IMAGE_WIDTH;
  chorus_image_cache_want_tiles (self);
  chorus_image_cache_update (self);
}

ChorusImage *
chorus_image_cache_lookup (ChorusImageCache *self,
                           gint64            index)
{
  ChorusImageEntry *entry = NULL;

  g_return_val_if_fail (CHORUS_IS_IMAGE_CACHE (self), NULL);

  entry = g_hash_table_lookup (self->entries, &index);

  return entry ? entry->image : NULL;
}

gboolean
chorus_image_cache_is_complete (ChorusImageCache *self)
{
  g_return_val_if_fail (CHORUS_IS_IMAGE_CACHE (self), FALSE);

  for (gint64 i = self->first; i <= self->last; i++)
    {
      ChorusImage *image = chorus_image_cache_lookup (self, i);

      if (!image || !image->exact || !chorus_image_colors_equal (&image->colors, &self->colors))
        return FALSE;
    }

  return self->last >= self->first;
}

static void
chorus_image_cache_dispose (GObject *object)
{
  ChorusImageCache *self = CHORUS_IMAGE_CACHE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  chorus_image_cache_cancel_all (self);
  if (self->tiles)
    chorus_tile_cache_want (self->tiles, self, NULL, 0, 0);
  g_clear_object (&self->tiles);

  G_OBJECT_CLASS (chorus_image_cache_parent_class)->dispose (object);
}

static void
chorus_image_cache_finalize (GObject *object)
{
  ChorusImageCache *self = CHORUS_IMAGE_CACHE (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->background, chorus_level_background_unref);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (chorus_image_cache_parent_class)->finalize (object);
}

static void
chorus_image_cache_class_init (ChorusImageCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_image_cache_dispose;
  object_class->finalize = chorus_image_cache_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_image_cache_init (ChorusImageCache *self)
{
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, chorus_image_entry_free);
  self->last = -1;
}

ChorusImageCache *
chorus_image_cache_new (ChorusTileCache *tiles,
                        ChorusJobQueue  *queue)
{
  ChorusImageCache *self = NULL;

  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (tiles), NULL);
  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (queue), NULL);

  self = g_object_new (CHORUS_TYPE_IMAGE_CACHE, NULL);
  self->tiles = g_object_ref (tiles);
  self->queue = g_object_ref (queue);
  g_signal_connect_object (tiles, "tile-ready", G_CALLBACK (chorus_image_cache_tile_ready_cb), self, G_CONNECT_SWAPPED);

  return self;
}
