/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-tile-cache.h"

#include <math.h>

#include "dsp/chorus-level-tile.h"

#include "chorus-tile-job.h"

/* Wishes further down a list follow closely, but never reach the next customary priority. */
#define MOST_PRIORITY_STEPS 99

typedef struct
{
  ChorusTileKey key;
  /* Owned; NULL while it is being computed, or when that failed. */
  ChorusTile *tile;
  guint64 job;
  int priority;
  /* The most urgent of all wishes for it, or G_MAXINT. */
  int wanted;
  gboolean failed;
  /* Its place in the order of use. */
  GList link;
} ChorusTileEntry;

typedef struct
{
  /* Borrowed: a cache that goes away cancels its jobs, and then nobody calls back. */
  ChorusTileCache *cache;
  ChorusTileKey key;
  ChorusTileGrid grid;
  ChorusSampleSource *source;
  ChorusStftPool *pool;
  ChorusTile *children[2];
  ChorusTile *tile;
  GError *error;
} ChorusTileJob;

typedef struct
{
  GArray *keys;
  int priority;
} ChorusTileWish;

struct _ChorusTileCache
{
  GObject parent_instance;

  /* Owned references */
  ChorusSampleSource *source;
  ChorusJobQueue *queue;
  ChorusStftPool *pool;

  ChorusTileGrid grid;
  gsize budget;
  gsize size;
  /* ChorusTileKey * -> ChorusTileEntry *, which owns the key. */
  GHashTable *entries;
  /* Entries with a tile; the one used last comes first. */
  GQueue used;
  /* who -> ChorusTileWish * */
  GHashTable *wishes;
};

enum
{
  TILE_READY,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusTileCache, chorus_tile_cache, G_TYPE_OBJECT)

static guint
chorus_tile_key_hash (gconstpointer data)
{
  const ChorusTileKey *key = data;

  return (guint) ((key->index * 2 + key->kind) * 64 + (guint) (key->level + 16)) * 2654435761u;
}

static gboolean
chorus_tile_key_equal (gconstpointer a,
                       gconstpointer b)
{
  const ChorusTileKey *first = a;
  const ChorusTileKey *second = b;

  return first->kind == second->kind && first->level == second->level && first->index == second->index;
}

static void
chorus_tile_entry_free (gpointer data)
{
  ChorusTileEntry *entry = data;

  g_clear_pointer (&entry->tile, chorus_tile_unref);
  g_free (entry);
}

static void
chorus_tile_wish_free (gpointer data)
{
  ChorusTileWish *wish = data;

  g_array_unref (wish->keys);
  g_free (wish);
}

static void
chorus_tile_job_free (gpointer data)
{
  ChorusTileJob *job = data;

  g_clear_object (&job->source);
  g_clear_pointer (&job->pool, chorus_stft_pool_unref);
  g_clear_pointer (&job->children[0], chorus_tile_unref);
  g_clear_pointer (&job->children[1], chorus_tile_unref);
  g_clear_pointer (&job->tile, chorus_tile_unref);
  g_clear_error (&job->error);
  g_free (job);
}

/* In a worker thread. */
static void
chorus_tile_job_run (gpointer      data,
                     GCancellable *cancellable)
{
  ChorusTileJob *job = data;

  job->tile = chorus_tile_compute (&job->key, &job->grid, job->source, job->pool,
                                   job->children[0] ? job->children : NULL, cancellable, &job->error);
}

static void
chorus_tile_cache_forget (ChorusTileCache *self,
                          ChorusTileEntry *entry)
{
  if (entry->job)
    chorus_job_queue_cancel (self->queue, entry->job);
  if (entry->tile)
    {
      self->size -= chorus_tile_get_size (entry->tile);
      g_queue_unlink (&self->used, &entry->link);
    }
  g_hash_table_remove (self->entries, &entry->key);
}

/* Drops what was not used for longest until the tiles fit, except for those somebody wants. */
static void
chorus_tile_cache_shrink (ChorusTileCache *self)
{
  GList *link = self->used.tail;

  while (link && self->size > self->budget)
    {
      ChorusTileEntry *entry = link->data;

      link = link->prev;
      if (entry->wanted == G_MAXINT)
        chorus_tile_cache_forget (self, entry);
    }
}

static void
chorus_tile_job_done (gpointer data)
{
  ChorusTileJob *job = data;
  ChorusTileCache *self = job->cache;
  ChorusTileEntry *entry = g_hash_table_lookup (self->entries, &job->key);

  g_assert (CHORUS_IS_TILE_CACHE (self));
  g_assert (entry && !entry->tile);

  entry->job = 0;
  if (!job->tile)
    {
      /* Remembered, so that a damaged file is not read over and over. */
      entry->failed = TRUE;
      g_signal_emit (self, signals[FAILED], 0, job->error->message);
      return;
    }

  entry->tile = g_steal_pointer (&job->tile);
  self->size += chorus_tile_get_size (entry->tile);
  g_queue_push_head_link (&self->used, &entry->link);
  chorus_tile_cache_shrink (self);
  g_signal_emit (self, signals[TILE_READY], 0, (guint) job->key.kind, job->key.level, job->key.index);
}

/* Gives @job the two tiles that it can be merged from, if both are there. */
static void
chorus_tile_cache_find_children (ChorusTileCache *self,
                                 ChorusTileJob   *job)
{
  ChorusTileKey first = { job->key.kind, job->key.level - 1, job->key.index * 2 };
  ChorusTileKey second = { job->key.kind, job->key.level - 1, job->key.index * 2 + 1 };
  guint64 n_columns = chorus_tile_grid_get_n_columns (&self->grid, first.kind, first.level);
  gboolean has_second = second.index * chorus_tile_kind_get_columns (second.kind) < n_columns;
  ChorusTile *tiles[2] = { NULL, NULL };

  if (job->key.level <= 0)
    return;
  tiles[0] = chorus_tile_cache_lookup (self, &first);
  tiles[1] = has_second ? chorus_tile_cache_lookup (self, &second) : NULL;
  if (!tiles[0] || (has_second && !tiles[1]))
    return;
  job->children[0] = chorus_tile_ref (tiles[0]);
  job->children[1] = tiles[1] ? chorus_tile_ref (tiles[1]) : NULL;
}

static void
chorus_tile_cache_start (ChorusTileCache *self,
                         ChorusTileEntry *entry)
{
  ChorusTileJob *job = g_new0 (ChorusTileJob, 1);

  job->cache = self;
  job->key = entry->key;
  job->grid = self->grid;
  job->source = g_object_ref (self->source);
  job->pool = chorus_stft_pool_ref (self->pool);
  chorus_tile_cache_find_children (self, job);
  entry->priority = entry->wanted;
  entry->job = chorus_job_queue_push (self->queue, entry->priority, chorus_tile_job_run, chorus_tile_job_done, job,
                                      chorus_tile_job_free, NULL);
}

static ChorusTileEntry *
chorus_tile_cache_ensure (ChorusTileCache     *self,
                          const ChorusTileKey *key)
{
  ChorusTileEntry *entry = g_hash_table_lookup (self->entries, key);

  if (entry)
    return entry;
  entry = g_new0 (ChorusTileEntry, 1);
  entry->key = *key;
  entry->link.data = entry;
  entry->wanted = G_MAXINT;
  g_hash_table_insert (self->entries, &entry->key, entry);

  return entry;
}

static gboolean
chorus_tile_cache_has (ChorusTileCache     *self,
                       const ChorusTileKey *key)
{
  guint per_tile = chorus_tile_kind_get_columns (key->kind);
  guint64 n_columns = 0;

  if (key->level < chorus_tile_grid_get_finest_level (&self->grid, key->kind)
      || key->level > CHORUS_TILE_GRID_COARSEST_LEVEL)
    return FALSE;
  n_columns = chorus_tile_grid_get_n_columns (&self->grid, key->kind, key->level);

  return n_columns > 0 && key->index <= (n_columns - 1) / per_tile;
}

/* Brings the jobs in line with the wishes of all. */
static void
chorus_tile_cache_update_jobs (ChorusTileCache *self)
{
  GHashTableIter iter;
  ChorusTileEntry *entry = NULL;
  ChorusTileWish *wish = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    entry->wanted = G_MAXINT;

  g_hash_table_iter_init (&iter, self->wishes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &wish))
    {
      for (guint i = 0; i < wish->keys->len; i++)
        {
          entry = chorus_tile_cache_ensure (self, &g_array_index (wish->keys, ChorusTileKey, i));
          entry->wanted = MIN (entry->wanted, wish->priority + (int) MIN (i, MOST_PRIORITY_STEPS));
        }
    }

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->tile || entry->failed)
        continue;
      if (entry->wanted == G_MAXINT)
        {
          chorus_job_queue_cancel (self->queue, entry->job);
          g_hash_table_iter_remove (&iter);
        }
      else if (!entry->job)
        {
          chorus_tile_cache_start (self, entry);
        }
      else if (entry->priority != entry->wanted)
        {
          entry->priority = entry->wanted;
          chorus_job_queue_set_priority (self->queue, entry->job, entry->priority);
        }
    }
  chorus_tile_cache_shrink (self);
}

void
chorus_tile_cache_want (ChorusTileCache     *self,
                        gconstpointer        who,
                        const ChorusTileKey *keys,
                        gsize                n_keys,
                        int                  priority)
{
  ChorusTileWish *wish = NULL;

  g_return_if_fail (CHORUS_IS_TILE_CACHE (self));

  if (n_keys == 0)
    {
      g_hash_table_remove (self->wishes, who);
    }
  else
    {
      wish = g_new0 (ChorusTileWish, 1);
      wish->keys = g_array_sized_new (FALSE, FALSE, sizeof (ChorusTileKey), (guint) n_keys);
      wish->priority = priority;
      for (gsize i = 0; i < n_keys; i++)
        {
          if (chorus_tile_cache_has (self, &keys[i]))
            g_array_append_val (wish->keys, keys[i]);
        }
      g_hash_table_replace (self->wishes, (gpointer) who, wish);
    }
  chorus_tile_cache_update_jobs (self);
}

ChorusTile *
chorus_tile_cache_lookup (ChorusTileCache     *self,
                          const ChorusTileKey *key)
{
  ChorusTileEntry *entry = NULL;

  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (self), NULL);

  entry = g_hash_table_lookup (self->entries, key);
  if (!entry || !entry->tile)
    return NULL;
  g_queue_unlink (&self->used, &entry->link);
  g_queue_push_head_link (&self->used, &entry->link);

  return entry->tile;
}

gsize
chorus_tile_cache_get_size (ChorusTileCache *self)
{
  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (self), 0);

  return self->size;
}

ChorusSampleSource *
chorus_tile_cache_get_source (ChorusTileCache *self)
{
  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (self), NULL);

  return self->source;
}

const ChorusTileGrid *
chorus_tile_cache_get_grid (ChorusTileCache *self)
{
  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (self), NULL);

  return &self->grid;
}

double
chorus_tile_cache_get_level_db (ChorusTileCache *self,
                                double           time,
                                double           frequency,
                                double           samples)
{
  double sample_rate = 0.0;
  double bin = 0.0;

  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (self), NAN);

  sample_rate = chorus_sample_source_get_sample_rate (self->source);
  bin = round (frequency / sample_rate * self->grid.params.window_length);
  if (!(time >= 0.0) || !(bin >= 0.0) || bin > self->grid.params.window_length / 2)
    return NAN;
  for (int level = chorus_tile_grid_get_level_for (&self->grid, CHORUS_TILE_LEVELS, samples);
       level <= chorus_tile_grid_get_coarsest_level (&self->grid, CHORUS_TILE_LEVELS); level++)
    {
      double length = chorus_tile_grid_get_column_length (&self->grid, CHORUS_TILE_LEVELS, level);
      double origin = chorus_tile_grid_get_column_origin (&self->grid, CHORUS_TILE_LEVELS, level);
      guint64 n_columns = chorus_tile_grid_get_n_columns (&self->grid, CHORUS_TILE_LEVELS, level);
      double column = MAX (round ((time * sample_rate - origin) / length), 0.0);
      ChorusTileKey key = { CHORUS_TILE_LEVELS, level, 0 };
      ChorusTile *tile = NULL;

      if (n_columns == 0 || column > (double) n_columns)
        return NAN;
      column = MIN (column, (double) (n_columns - 1));
      key.index = (guint64) column / CHORUS_TILE_COLUMNS;
      tile = chorus_tile_cache_lookup (self, &key);
      if (tile)
        return chorus_level_to_db (tile->levels[((guint64) column % CHORUS_TILE_COLUMNS) * tile->n_bins + (guint) bin]);
    }

  return NAN;
}

void
chorus_tile_cache_set_params (ChorusTileCache        *self,
                              const ChorusStftParams *params)
{
  GHashTableIter iter;
  ChorusTileEntry *entry = NULL;
  ChorusTileWish *wish = NULL;

  g_return_if_fail (CHORUS_IS_TILE_CACHE (self));

  self->grid.params = *params;
  g_hash_table_iter_init (&iter, self->wishes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &wish))
    {
      for (guint i = wish->keys->len; i > 0; i--)
        {
          if (g_array_index (wish->keys, ChorusTileKey, i - 1).kind == CHORUS_TILE_LEVELS)
            g_array_remove_index (wish->keys, i - 1);
        }
    }
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->key.kind != CHORUS_TILE_LEVELS)
        continue;
      if (entry->job)
        chorus_job_queue_cancel (self->queue, entry->job);
      if (entry->tile)
        {
          self->size -= chorus_tile_get_size (entry->tile);
          g_queue_unlink (&self->used, &entry->link);
        }
      g_hash_table_iter_remove (&iter);
    }
}

static void
chorus_tile_cache_dispose (GObject *object)
{
  ChorusTileCache *self = CHORUS_TILE_CACHE (object);
  GHashTableIter iter;
  ChorusTileEntry *entry = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->job)
        chorus_job_queue_cancel (self->queue, entry->job);
      entry->job = 0;
    }

  G_OBJECT_CLASS (chorus_tile_cache_parent_class)->dispose (object);
}

static void
chorus_tile_cache_finalize (GObject *object)
{
  ChorusTileCache *self = CHORUS_TILE_CACHE (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->wishes, g_hash_table_unref);
  g_clear_pointer (&self->pool, chorus_stft_pool_unref);
  g_clear_object (&self->source);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (chorus_tile_cache_parent_class)->finalize (object);
}

static void
chorus_tile_cache_class_init (ChorusTileCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_tile_cache_dispose;
  object_class->finalize = chorus_tile_cache_finalize;

  signals[TILE_READY] = g_signal_new ("tile-ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT, G_TYPE_UINT64);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
chorus_tile_cache_init (ChorusTileCache *self)
{
  self->pool = chorus_stft_pool_new ();
  self->entries = g_hash_table_new_full (chorus_tile_key_hash, chorus_tile_key_equal, NULL, chorus_tile_entry_free);
  self->wishes = g_hash_table_new_full (NULL, NULL, NULL, chorus_tile_wish_free);
  g_queue_init (&self->used);
}

ChorusTileCache *
chorus_tile_cache_new (ChorusSampleSource     *source,
                       ChorusJobQueue         *queue,
                       const ChorusStftParams *params,
                       gsize                   budget)
{
  ChorusTileCache *self = NULL;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (source), NULL);
  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (queue), NULL);
  g_return_val_if_fail (params && params->hop > 0, NULL);

  self = g_object_new (CHORUS_TYPE_TILE_CACHE, NULL);
  self->source = g_object_ref (source);
  self->queue = g_object_ref (queue);
  self->grid.n_samples = chorus_sample_source_get_n_frames (source);
  self->grid.params = *params;
  self->budget = budget;

  return self;
}
