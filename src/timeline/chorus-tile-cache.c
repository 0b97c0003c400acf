/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-tile-cache.h"

#include <math.h>

#include "dsp/chorus-level-tile.h"

/* Wishes further down a list follow closely, but never reach the next customary priority. */
#define MOST_PRIORITY_STEPS 99
/* A tile that covers more samples than this, a tenth of a second of work, is merged from finer ones, so that there is
 * something to see of a day of sound at once, and all threads work at it from one end to the other. */
#define MOST_SAMPLES_AT_ONCE ((double) (1 << 25))

typedef struct
{
  /* Its place in the order of use, and first, to be found from it. */
  ChorusTilePlace place;
  /* Borrowed: entries end with their cache. */
  ChorusTileCache *cache;
  ChorusTileKey key;
  /* Owned; NULL while it is being computed, or when that failed. */
  ChorusTile *tile;
  ChorusTileRequest *request;
  int priority;
  /* The most urgent of all wishes for it, or G_MAXINT. */
  int wanted;
  gboolean failed;
} ChorusTileEntry;

typedef struct
{
  GArray *keys;
  int priority;
} ChorusTileWish;

struct _ChorusTileCache
{
  GObject parent_instance;

  /* Owned reference */
  ChorusTilePool *pool;

  int channel;
  ChorusTileGrid grid;
  gsize size;
  /* ChorusTileKey * -> ChorusTileEntry *, which owns the key. */
  GHashTable *entries;
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

/* Gives up what an entry has or waits for. */
static void
chorus_tile_cache_clear_entry (ChorusTileCache *self,
                               ChorusTileEntry *entry)
{
  if (entry->request)
    chorus_tile_pool_withdraw (self->pool, g_steal_pointer (&entry->request));
  if (entry->tile)
    {
      self->size -= entry->place.size;
      chorus_tile_pool_give_back (self->pool, &entry->place);
      g_clear_pointer (&entry->tile, chorus_tile_unref);
    }
}

static void
chorus_tile_entry_evict (ChorusTilePlace *place)
{
  ChorusTileEntry *entry = (ChorusTileEntry *) place;
  ChorusTileCache *self = entry->cache;

  chorus_tile_cache_clear_entry (self, entry);
  g_hash_table_remove (self->entries, &entry->key);
}

static void chorus_tile_cache_update_jobs (ChorusTileCache *self);

static void
chorus_tile_entry_done (gpointer    user_data,
                        ChorusTile *tile,
                        const char *sentence)
{
  ChorusTileEntry *entry = user_data;
  ChorusTileKey key = entry->key;
  g_autoptr (ChorusTileCache) self = g_object_ref (entry->cache);

  g_assert (!entry->tile);

  entry->request = NULL;
  if (!tile)
    {
      /* Remembered, so that a damaged file is not read over and over. */
      entry->failed = TRUE;
      chorus_tile_cache_update_jobs (self);
      g_signal_emit (self, signals[FAILED], 0, sentence);
      return;
    }

  entry->tile = chorus_tile_ref (tile);
  entry->place.size = chorus_tile_get_size (tile);
  entry->place.wanted = entry->wanted != G_MAXINT;
  self->size += entry->place.size;
  chorus_tile_pool_take_place (self->pool, &entry->place);
  /* It may be what a coarser one waits for. */
  chorus_tile_cache_update_jobs (self);
  g_signal_emit (self, signals[TILE_READY], 0, (guint) key.kind, key.level, key.index);
}

/* The two tiles that @key can be merged from, of which the second may lie behind the end. Returns how many there are. */
static guint
chorus_tile_cache_get_children (ChorusTileCache     *self,
                                const ChorusTileKey *key,
                                ChorusTileKey       *children)
{
  guint64 n_columns = 0;

  if (key->level <= 0)
    return 0;
  n_columns = chorus_tile_grid_get_n_columns (&self->grid, key->kind, key->level - 1);
  children[0] = (ChorusTileKey){ key->kind, key->level - 1, key->index * 2 };
  children[1] = (ChorusTileKey){ key->kind, key->level - 1, key->index * 2 + 1 };

  return children[1].index * chorus_tile_kind_get_columns (key->kind) < n_columns ? 2 : 1;
}

/* Finds the tiles that @key can be merged from. Returns whether all of them are there. */
static gboolean
chorus_tile_cache_find_children (ChorusTileCache      *self,
                                 const ChorusTileKey  *key,
                                 ChorusTile          **children)
{
  ChorusTileKey keys[2];
  guint n_children = chorus_tile_cache_get_children (self, key, keys);

  for (guint i = 0; i < n_children; i++)
    {
      children[i] = chorus_tile_cache_lookup (self, &keys[i]);
      if (!children[i])
        return FALSE;
    }

  return n_children > 0;
}

static void
chorus_tile_cache_start (ChorusTileCache *self,
                         ChorusTileEntry *entry)
{
  ChorusTile *children[2] = { NULL, NULL };
  gboolean merged = chorus_tile_cache_find_children (self, &entry->key, children);

  entry->priority = entry->wanted;
  entry->request = chorus_tile_pool_request (self->pool, &entry->key, self->channel, &self->grid,
                                             merged ? children : NULL, entry->priority, chorus_tile_entry_done, entry);
}

static ChorusTileEntry *
chorus_tile_cache_ensure (ChorusTileCache     *self,
                          const ChorusTileKey *key)
{
  ChorusTileEntry *entry = g_hash_table_lookup (self->entries, key);

  if (entry)
    return entry;
  entry = g_new0 (ChorusTileEntry, 1);
  entry->place.evict = chorus_tile_entry_evict;
  entry->cache = self;
  entry->key = *key;
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

/* Whether @key is too much for one job, and finer tiles must come first. */
static gboolean
chorus_tile_cache_is_large (ChorusTileCache     *self,
                            const ChorusTileKey *key)
{
  double samples =
    chorus_tile_grid_get_column_length (&self->grid, key->kind, key->level) * chorus_tile_kind_get_columns (key->kind);
  double first = samples * (double) key->index;

  return key->level > 0 && MIN (samples, (double) self->grid.n_samples - first) > MOST_SAMPLES_AT_ONCE;
}

/* Wants @key, and before it what it is to be merged from. Jobs start in this order. */
static void
chorus_tile_cache_wish (ChorusTileCache     *self,
                        const ChorusTileKey *key,
                        int                  priority)
{
  ChorusTileEntry *entry = chorus_tile_cache_ensure (self, key);
  ChorusTileKey children[2];
  guint n_children = 0;
  gboolean waits = FALSE;

  entry->wanted = MIN (entry->wanted, priority);
  if (entry->tile || entry->failed || entry->request)
    return;
  if (chorus_tile_cache_is_large (self, key))
    n_children = chorus_tile_cache_get_children (self, key, children);
  for (guint i = 0; i < n_children; i++)
    {
      const ChorusTileEntry *child = NULL;

      chorus_tile_cache_wish (self, &children[i], priority);
      child = g_hash_table_lookup (self->entries, &children[i]);
      waits = waits || !child->tile;
      entry->failed = entry->failed || child->failed;
    }
  if (!waits && !entry->failed)
    chorus_tile_cache_start (self, entry);
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
        chorus_tile_cache_wish (self, &g_array_index (wish->keys, ChorusTileKey, i),
                                wish->priority + (int) MIN (i, MOST_PRIORITY_STEPS));
    }

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      entry->place.wanted = entry->wanted != G_MAXINT;
      if (entry->tile || entry->failed)
        continue;
      if (entry->wanted == G_MAXINT)
        {
          chorus_tile_cache_clear_entry (self, entry);
          g_hash_table_iter_remove (&iter);
        }
      else if (entry->request && entry->priority != entry->wanted)
        {
          entry->priority = entry->wanted;
          chorus_tile_pool_set_priority (self->pool, entry->request, entry->priority);
        }
    }
  chorus_tile_pool_shrink (self->pool);
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
  chorus_tile_pool_touch (self->pool, &entry->place);

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

  return chorus_tile_pool_get_source (self->pool);
}

int
chorus_tile_cache_get_channel (ChorusTileCache *self)
{
  g_return_val_if_fail (CHORUS_IS_TILE_CACHE (self), CHORUS_CHANNEL_MIX);

  return self->channel;
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

  sample_rate = chorus_sample_source_get_sample_rate (chorus_tile_pool_get_source (self->pool));
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
      chorus_tile_cache_clear_entry (self, entry);
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
    chorus_tile_cache_clear_entry (self, entry);

  G_OBJECT_CLASS (chorus_tile_cache_parent_class)->dispose (object);
}

static void
chorus_tile_cache_finalize (GObject *object)
{
  ChorusTileCache *self = CHORUS_TILE_CACHE (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->wishes, g_hash_table_unref);
  g_clear_object (&self->pool);

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
  self->entries = g_hash_table_new_full (chorus_tile_key_hash, chorus_tile_key_equal, NULL, chorus_tile_entry_free);
  self->wishes = g_hash_table_new_full (NULL, NULL, NULL, chorus_tile_wish_free);
}

ChorusTileCache *
chorus_tile_cache_new_for_channel (ChorusTilePool         *pool,
                                   int                     channel,
                                   const ChorusStftParams *params)
{
  ChorusSampleSource *source = NULL;
  ChorusTileCache *self = NULL;

  g_return_val_if_fail (CHORUS_IS_TILE_POOL (pool), NULL);
  g_return_val_if_fail (params && params->hop > 0, NULL);

  source = chorus_tile_pool_get_source (pool);
  g_return_val_if_fail (channel >= CHORUS_CHANNEL_MIX && channel < (int) chorus_sample_source_get_channels (source),
                        NULL);

  self = g_object_new (CHORUS_TYPE_TILE_CACHE, NULL);
  self->pool = g_object_ref (pool);
  self->channel = channel;
  self->grid.n_samples = chorus_sample_source_get_n_frames (source);
  self->grid.params = *params;

  return self;
}

ChorusTileCache *
chorus_tile_cache_new (ChorusSampleSource     *source,
                       ChorusJobQueue         *queue,
                       const ChorusStftParams *params,
                       gsize                   budget)
{
  g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, budget);

  return pool ? chorus_tile_cache_new_for_channel (pool, CHORUS_CHANNEL_MIX, params) : NULL;
}
