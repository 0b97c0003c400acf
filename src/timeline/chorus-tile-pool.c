/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-tile-pool.h"

#include "chorus-tile-job.h"

typedef struct
{
  /* Borrowed: whoever asks holds the pool, and a pool without requests has no jobs. */
  ChorusTilePool *pool;
  ChorusTileKey key;
  ChorusTileGrid grid;
  ChorusSampleSource *source;
  ChorusStftPool *transforms;
  ChorusTile *children[2];
  guint64 id;
  int priority;

  /* ChorusTileRequest *, in the order of @channels. Of the main thread. */
  GPtrArray *requests;
  guint n_withdrawn;

  /* Nobody joins a job that has begun. */
  GMutex lock;
  gboolean begun;
  int channels[CHORUS_TILE_POOL_MOST_TOGETHER];
  guint n_channels;

  /* Of the worker, until it is done. */
  ChorusTile *tiles[CHORUS_TILE_POOL_MOST_TOGETHER];
  GError *error;
} ChorusTileJob;

struct _ChorusTileRequest
{
  ChorusTileJob *job;
  int priority;
  ChorusTileDone done;
  gpointer user_data;
  gboolean over;
};

struct _ChorusTilePool
{
  GObject parent_instance;

  /* Owned references */
  ChorusSampleSource *source;
  ChorusJobQueue *queue;
  ChorusStftPool *transforms;

  gsize budget;
  gsize size;
  /* Places that are taken; the one used last comes first. */
  GQueue places;
  /* ChorusTileKey * -> ChorusTileJob *, which has the key: the last that was made for it. */
  GHashTable *jobs;
};

G_DEFINE_FINAL_TYPE (ChorusTilePool, chorus_tile_pool, G_TYPE_OBJECT)

static void
chorus_tile_job_free (gpointer data)
{
  ChorusTileJob *job = data;

  g_clear_object (&job->source);
  g_clear_pointer (&job->transforms, chorus_stft_pool_unref);
  g_clear_pointer (&job->children[0], chorus_tile_unref);
  g_clear_pointer (&job->children[1], chorus_tile_unref);
  for (guint i = 0; i < job->n_channels; i++)
    g_clear_pointer (&job->tiles[i], chorus_tile_unref);
  g_clear_pointer (&job->requests, g_ptr_array_unref);
  g_clear_error (&job->error);
  g_mutex_clear (&job->lock);
  g_free (job);
}

/* In a worker thread. */
static void
chorus_tile_job_run (gpointer      data,
                     GCancellable *cancellable)
{
  ChorusTileJob *job = data;

  g_mutex_lock (&job->lock);
  job->begun = TRUE;
  g_mutex_unlock (&job->lock);
  if (job->children[0])
    job->tiles[0] = chorus_tile_merge (&job->key, &job->grid, job->children);
  else
    chorus_tile_compute (&job->key, &job->grid, job->source, job->channels, job->n_channels, job->transforms,
                         job->tiles, cancellable, &job->error);
}

/* Nobody can join @job any more. */
static void
chorus_tile_pool_close_job (ChorusTilePool *self,
                            ChorusTileJob  *job)
{
  if (g_hash_table_lookup (self->jobs, &job->key) == job)
    g_hash_table_remove (self->jobs, &job->key);
}

static void
chorus_tile_job_done (gpointer data)
{
  ChorusTileJob *job = data;
  g_autoptr (ChorusTilePool) self = g_object_ref (job->pool);

  chorus_tile_pool_close_job (self, job);
  for (guint i = 0; i < job->requests->len; i++)
    {
      ChorusTileRequest *request = g_ptr_array_index (job->requests, i);

      /* What one of them does with its tile may withdraw the next. */
      if (request->over)
        continue;
      request->over = TRUE;
      request->done (request->user_data, job->tiles[i], job->error ? job->error->message : NULL);
    }
}

static ChorusTileRequest *
chorus_tile_job_add (ChorusTileJob  *job,
                     int             channel,
                     int             priority,
                     ChorusTileDone  done,
                     gpointer        user_data)
{
  ChorusTileRequest *request = g_new0 (ChorusTileRequest, 1);

  request->job = job;
  request->priority = priority;
  request->done = done;
  request->user_data = user_data;
  g_ptr_array_add (job->requests, request);
  job->channels[job->n_channels++] = channel;

  return request;
}

static void
chorus_tile_pool_update_priority (ChorusTilePool *self,
                                  ChorusTileJob  *job)
{
  int priority = G_MAXINT;

  for (guint i = 0; i < job->requests->len; i++)
    {
      const ChorusTileRequest *request = g_ptr_array_index (job->requests, i);

      if (!request->over)
        priority = MIN (priority, request->priority);
    }
  if (job->priority == priority)
    return;
  job->priority = priority;
  chorus_job_queue_set_priority (self->queue, job->id, priority);
}

static gboolean
chorus_tile_grid_equal (const ChorusTileGrid *a,
                        const ChorusTileGrid *b)
{
  return a->n_samples == b->n_samples && a->params.window_length == b->params.window_length
         && a->params.hop == b->params.hop && a->params.function == b->params.function
         && a->params.kaiser_beta == b->params.kaiser_beta;
}

/* Adds a request to a job for the same tile that has not begun, where there is one. */
static ChorusTileRequest *
chorus_tile_pool_join (ChorusTilePool       *self,
                       const ChorusTileKey  *key,
                       int                   channel,
                       const ChorusTileGrid *grid,
                       int                   priority,
                       ChorusTileDone        done,
                       gpointer              user_data)
{
  ChorusTileJob *job = g_hash_table_lookup (self->jobs, key);
  ChorusTileRequest *request = NULL;

  if (!job || !chorus_tile_grid_equal (&job->grid, grid))
    return NULL;
  g_mutex_lock (&job->lock);
  if (!job->begun && job->n_channels < CHORUS_TILE_POOL_MOST_TOGETHER)
    request = chorus_tile_job_add (job, channel, priority, done, user_data);
  g_mutex_unlock (&job->lock);
  if (request)
    chorus_tile_pool_update_priority (self, job);

  return request;
}

ChorusTileRequest *
chorus_tile_pool_request (ChorusTilePool              *self,
                          const ChorusTileKey         *key,
                          int                          channel,
                          const ChorusTileGrid        *grid,
                          ChorusTile           *const *children,
                          int                          priority,
                          ChorusTileDone               done,
                          gpointer                     user_data)
{
  ChorusTileJob *job = NULL;
  ChorusTileRequest *request = NULL;

  g_return_val_if_fail (CHORUS_IS_TILE_POOL (self), NULL);

  if (!children)
    request = chorus_tile_pool_join (self, key, channel, grid, priority, done, user_data);
  if (request)
    return request;

  job = g_new0 (ChorusTileJob, 1);
  g_mutex_init (&job->lock);
  job->pool = self;
  job->key = *key;
  job->grid = *grid;
  job->source = g_object_ref (self->source);
  job->transforms = chorus_stft_pool_ref (self->transforms);
  job->requests = g_ptr_array_new_with_free_func (g_free);
  job->priority = priority;
  request = chorus_tile_job_add (job, channel, priority, done, user_data);
  if (children)
    {
      job->children[0] = chorus_tile_ref (children[0]);
      job->children[1] = children[1] ? chorus_tile_ref (children[1]) : NULL;
    }
  else
    {
      g_hash_table_replace (self->jobs, &job->key, job);
    }
  job->id = chorus_job_queue_push (self->queue, priority, chorus_tile_job_run, chorus_tile_job_done, job,
                                   chorus_tile_job_free, NULL);

  return request;
}

void
chorus_tile_pool_set_priority (ChorusTilePool    *self,
                               ChorusTileRequest *request,
                               int                priority)
{
  g_return_if_fail (CHORUS_IS_TILE_POOL (self));
  g_return_if_fail (request && !request->over);

  request->priority = priority;
  chorus_tile_pool_update_priority (self, request->job);
}

void
chorus_tile_pool_withdraw (ChorusTilePool    *self,
                           ChorusTileRequest *request)
{
  ChorusTileJob *job = NULL;

  g_return_if_fail (CHORUS_IS_TILE_POOL (self));
  g_return_if_fail (request && !request->over);

  job = request->job;
  request->over = TRUE;
  if (++job->n_withdrawn < job->requests->len)
    {
      chorus_tile_pool_update_priority (self, job);
      return;
    }
  chorus_tile_pool_close_job (self, job);
  /* The last thing done with it: a job that waits is freed at once. */
  chorus_job_queue_cancel (self->queue, job->id);
}

ChorusSampleSource *
chorus_tile_pool_get_source (ChorusTilePool *self)
{
  g_return_val_if_fail (CHORUS_IS_TILE_POOL (self), NULL);

  return self->source;
}

void
chorus_tile_pool_take_place (ChorusTilePool  *self,
                             ChorusTilePlace *place)
{
  g_return_if_fail (CHORUS_IS_TILE_POOL (self));
  g_return_if_fail (place && place->evict);

  place->link.data = place;
  self->size += place->size;
  g_queue_push_head_link (&self->places, &place->link);
}

void
chorus_tile_pool_touch (ChorusTilePool  *self,
                        ChorusTilePlace *place)
{
  g_return_if_fail (CHORUS_IS_TILE_POOL (self));

  g_queue_unlink (&self->places, &place->link);
  g_queue_push_head_link (&self->places, &place->link);
}

void
chorus_tile_pool_give_back (ChorusTilePool  *self,
                            ChorusTilePlace *place)
{
  g_return_if_fail (CHORUS_IS_TILE_POOL (self));

  self->size -= place->size;
  g_queue_unlink (&self->places, &place->link);
}

void
chorus_tile_pool_shrink (ChorusTilePool *self)
{
  GList *link = NULL;

  g_return_if_fail (CHORUS_IS_TILE_POOL (self));

  link = self->places.tail;
  while (link && self->size > self->budget)
    {
      ChorusTilePlace *place = link->data;

      link = link->prev;
      if (!place->wanted)
        place->evict (place);
    }
}

gsize
chorus_tile_pool_get_size (ChorusTilePool *self)
{
  g_return_val_if_fail (CHORUS_IS_TILE_POOL (self), 0);

  return self->size;
}

static void
chorus_tile_pool_finalize (GObject *object)
{
  ChorusTilePool *self = CHORUS_TILE_POOL (object);

  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->transforms, chorus_stft_pool_unref);
  g_clear_object (&self->source);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (chorus_tile_pool_parent_class)->finalize (object);
}

static void
chorus_tile_pool_class_init (ChorusTilePoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_tile_pool_finalize;
}

static void
chorus_tile_pool_init (ChorusTilePool *self)
{
  self->transforms = chorus_stft_pool_new ();
  self->jobs = g_hash_table_new (chorus_tile_key_hash, chorus_tile_key_equal);
  g_queue_init (&self->places);
}

ChorusTilePool *
chorus_tile_pool_new (ChorusSampleSource *source,
                      ChorusJobQueue     *queue,
                      gsize               budget)
{
  ChorusTilePool *self = NULL;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (source), NULL);
  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (queue), NULL);

  self = g_object_new (CHORUS_TYPE_TILE_POOL, NULL);
  self->source = g_object_ref (source);
  self->queue = g_object_ref (queue);
  self->budget = budget;

  return self;
}
