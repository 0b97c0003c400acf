/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-loader.h"

#include "core/chorus-job-queue.h"

/* Recordings that are kept open: each has a file, one that was decoded for it perhaps. */
#define CHORUS_CLIP_LOADER_MOST_OPEN 12
/* Bytes of pictures that are kept. */
#define CHORUS_CLIP_LOADER_BUDGET ((gsize) 48 << 20)
/* Painting leaves a processor to what is being played. */
#define CHORUS_CLIP_LOADER_THREADS 2

/* A recording that is open, is being opened, or cannot be. */
typedef struct
{
  gatomicrefcount ref_count;
  ChorusClipLoader *loader; /* borrowed; NULL when the loader has let go of it */
  gint64 recording_id;
  ChorusRecording *recording;
  ChorusSampleSource *source;
  ChorusClipPainter *painter;
  GError *error;
  GQueue waiting; /* of GTask, which want a picture or the source */
} ChorusClipEntry;

typedef struct
{
  gint64 detection_id;
  guint width;
  guint height;
} ChorusClipKey;

typedef struct
{
  ChorusClipKey key;
  ChorusClipImage *image;
  GList link; /* in the order of use */
} ChorusClipPlace;

struct _ChorusClipLoader
{
  GObject parent_instance;

  ChorusLibrary *library;
  ChorusJobQueue *jobs;
  ChorusClipStyle style;
  GCancellable *cancellable; /* of all that was begun before the style or the loader went */
  GHashTable *entries;       /* recording id (gint64 *) to ChorusClipEntry */
  GQueue order;              /* of ids (gint64 *), which the entries hold: what was used last first */
  GHashTable *places;        /* ChorusClipKey to ChorusClipPlace */
  GQueue recent;             /* of ChorusClipPlace: what was used last first */
  gsize size;
};

/* What a task wants: a picture where there is a size, else the source. */
typedef struct
{
  ChorusClipKey key;
  ChorusTimeSpan span;
} ChorusClipWish;

typedef struct
{
  GTask *task;
  ChorusClipPainter *painter;
  ChorusTimeSpan span;
  ChorusClipKey key;
  ChorusClipImage *image;
  GError *error;
} ChorusPaintJob;

typedef struct
{
  ChorusClipEntry *entry;
  ChorusSampleSource *source;
  ChorusClipStyle style;
  ChorusClipPainter *painter;
  GError *error;
} ChorusPrepareJob;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusClipLoader, chorus_clip_loader, G_TYPE_OBJECT)

/* Places of pictures */

static guint
chorus_clip_key_hash (gconstpointer data)
{
  const ChorusClipKey *key = data;

  return g_int64_hash (&key->detection_id) ^ key->width << 16 ^ key->height;
}

static gboolean
chorus_clip_key_equal (gconstpointer a,
                       gconstpointer b)
{
  const ChorusClipKey *one = a;
  const ChorusClipKey *two = b;

  return one->detection_id == two->detection_id && one->width == two->width && one->height == two->height;
}

static void
chorus_clip_place_free (gpointer data)
{
  ChorusClipPlace *self = data;

  chorus_clip_image_unref (self->image);
  g_free (self);
}

static void
chorus_clip_loader_drop_place (ChorusClipLoader *self,
                               ChorusClipPlace  *place)
{
  self->size -= g_bytes_get_size (place->image->pixels);
  g_queue_unlink (&self->recent, &place->link);
  g_hash_table_remove (self->places, &place->key);
}

static void
chorus_clip_loader_keep (ChorusClipLoader    *self,
                         const ChorusClipKey *key,
                         ChorusClipImage     *image)
{
  ChorusClipPlace *place = g_hash_table_lookup (self->places, key);

  if (place != NULL)
    chorus_clip_loader_drop_place (self, place);

  place = g_new0 (ChorusClipPlace, 1);
  place->key = *key;
  place->image = chorus_clip_image_ref (image);
  place->link.data = place;
  g_hash_table_insert (self->places, &place->key, place);
  g_queue_push_head_link (&self->recent, &place->link);
  self->size += g_bytes_get_size (image->pixels);

  while (self->size > CHORUS_CLIP_LOADER_BUDGET && self->recent.length > 1)
    chorus_clip_loader_drop_place (self, g_queue_peek_tail (&self->recent));
}

/* Entries */

static ChorusClipEntry *
chorus_clip_entry_ref (ChorusClipEntry *entry)
{
  g_atomic_ref_count_inc (&entry->ref_count);

  return entry;
}

static void
chorus_clip_entry_unref (gpointer data)
{
  ChorusClipEntry *entry = data;

  if (!g_atomic_ref_count_dec (&entry->ref_count))
    return;

  g_assert (g_queue_is_empty (&entry->waiting));
  g_clear_object (&entry->recording);
  g_clear_object (&entry->source);
  g_clear_pointer (&entry->painter, chorus_clip_painter_unref);
  g_clear_error (&entry->error);
  g_free (entry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusClipEntry, chorus_clip_entry_unref)

static void
chorus_clip_loader_touch (ChorusClipLoader *self,
                          ChorusClipEntry  *entry)
{
  g_queue_remove (&self->order, &entry->recording_id);
  g_queue_push_head (&self->order, &entry->recording_id);
}

static void
chorus_clip_loader_drop_entry (ChorusClipLoader *self,
                               ChorusClipEntry  *entry)
{
  entry->loader = NULL;
  g_queue_remove (&self->order, &entry->recording_id);
  g_hash_table_remove (self->entries, &entry->recording_id);
}

/* Lets go of what was not used for longest and has nothing to do. */
static void
chorus_clip_loader_trim (ChorusClipLoader *self)
{
  GList *next = NULL;

  for (GList *l = self->order.tail; l != NULL && self->order.length > CHORUS_CLIP_LOADER_MOST_OPEN; l = next)
    {
      ChorusClipEntry *entry = g_hash_table_lookup (self->entries, l->data);

      next = l->prev;
      if (g_queue_is_empty (&entry->waiting) && (entry->painter != NULL || entry->error != NULL))
        chorus_clip_loader_drop_entry (self, entry);
    }
}

static void
chorus_paint_job_run (gpointer      data,
                      GCancellable *cancellable)
{
  ChorusPaintJob *job = data;

  job->image =
    chorus_clip_painter_paint (job->painter, &job->span, job->key.width, job->key.height, cancellable, &job->error);
}

static void
chorus_paint_job_free (gpointer data)
{
  ChorusPaintJob *job = data;
  ChorusClipLoader *self = g_task_get_source_object (job->task);

  if (g_task_return_error_if_cancelled (job->task))
    ;
  else if (job->image != NULL)
    {
      chorus_clip_loader_keep (self, &job->key, job->image);
      g_task_return_pointer (job->task, g_steal_pointer (&job->image), (GDestroyNotify) chorus_clip_image_unref);
    }
  else if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  g_clear_pointer (&job->image, chorus_clip_image_unref);
  g_clear_error (&job->error);
  chorus_clip_painter_unref (job->painter);
  g_object_unref (job->task);
  g_free (job);
}

/* Takes @task, and gives it what it waits for. */
static void
chorus_clip_entry_serve (ChorusClipEntry *entry,
                         GTask           *task)
{
  ChorusClipLoader *self = g_task_get_source_object (task);
  ChorusClipWish *wish = g_task_get_task_data (task);
  ChorusPaintJob *job = NULL;

  if (entry->error != NULL || wish->key.width == 0 || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      if (g_task_return_error_if_cancelled (task))
        ;
      else if (entry->error != NULL)
        g_task_return_error (task, g_error_copy (entry->error));
      else
        g_task_return_pointer (task, g_object_ref (entry->source), g_object_unref);
      g_object_unref (task);
      return;
    }

  job = g_new0 (ChorusPaintJob, 1);
  job->task = task;
  job->painter = chorus_clip_painter_ref (entry->painter);
  job->key = wish->key;
  job->span = chorus_clip_get_span (&wish->span, chorus_sample_source_get_duration (entry->source));
  chorus_job_queue_push (self->jobs, CHORUS_JOB_PRIORITY_VISIBLE, chorus_paint_job_run, NULL, job,
                         chorus_paint_job_free, g_task_get_cancellable (task));
}

static void
chorus_clip_entry_serve_all (ChorusClipEntry *entry)
{
  GTask *task = NULL;

  while ((task = g_queue_pop_head (&entry->waiting)))
    chorus_clip_entry_serve (entry, task);
  if (entry->loader != NULL)
    chorus_clip_loader_trim (entry->loader);
}

/* Ends with an error. One that says that it was given up is not kept: the next who asks tries again. */
static void
chorus_clip_entry_fail (ChorusClipEntry *entry,
                        GError          *error)
{
  gboolean given_up = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  entry->error = error;
  chorus_clip_entry_serve_all (entry);
  if (given_up && entry->loader != NULL)
    chorus_clip_loader_drop_entry (entry->loader, entry);
}

/* Whether somebody still waits for it: who scrolls past a recording does not have it opened. */
static gboolean
chorus_clip_entry_is_wanted (ChorusClipEntry *entry)
{
  for (GList *l = entry->waiting.head; l != NULL; l = l->next)
    if (!g_cancellable_is_cancelled (g_task_get_cancellable (l->data)))
      return TRUE;

  chorus_clip_entry_fail (entry, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));

  return FALSE;
}

static void
chorus_prepare_job_run (gpointer      data,
                        GCancellable *cancellable)
{
  ChorusPrepareJob *job = data;

  job->painter = chorus_clip_painter_new (job->source, &job->style, cancellable, &job->error);
}

static void
chorus_prepare_job_free (gpointer data)
{
  ChorusPrepareJob *job = data;

  if (job->painter != NULL)
    {
      job->entry->painter = g_steal_pointer (&job->painter);
      chorus_clip_entry_serve_all (job->entry);
    }
  else if (job->error != NULL)
    chorus_clip_entry_fail (job->entry, g_steal_pointer (&job->error));
  else
    chorus_clip_entry_fail (job->entry, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));

  g_object_unref (job->source);
  chorus_clip_entry_unref (job->entry);
  g_free (job);
}

static void
chorus_clip_loader_opened_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusClipEntry) entry = user_data;
  ChorusPrepareJob *job = NULL;
  GError *error = NULL;

  entry->source = chorus_sample_source_open_finish (result, &error);
  if (entry->source == NULL)
    {
      chorus_clip_entry_fail (entry, error);
      return;
    }
  if (entry->loader == NULL)
    {
      chorus_clip_entry_fail (entry, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
      return;
    }

  job = g_new0 (ChorusPrepareJob, 1);
  job->entry = chorus_clip_entry_ref (entry);
  job->source = g_object_ref (entry->source);
  job->style = entry->loader->style;
  chorus_job_queue_push (entry->loader->jobs, CHORUS_JOB_PRIORITY_VISIBLE, chorus_prepare_job_run, NULL, job,
                         chorus_prepare_job_free, entry->loader->cancellable);
}

static void
chorus_clip_loader_found_cb (GObject      *object,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (ChorusClipEntry) entry = user_data;
  GError *error = NULL;
  g_autoptr (GFile) file = chorus_library_locate_audio_finish (CHORUS_LIBRARY (object), result, &error);

  if (file == NULL)
    chorus_clip_entry_fail (entry, error);
  else if (chorus_clip_entry_is_wanted (entry))
    chorus_sample_source_open_async (file, g_task_get_cancellable (G_TASK (result)), chorus_clip_loader_opened_cb,
                                     chorus_clip_entry_ref (entry));
}

static void
chorus_clip_loader_recording_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (ChorusClipEntry) entry = user_data;
  GError *error = NULL;

  entry->recording = chorus_library_load_recording_finish (CHORUS_LIBRARY (object), result, &error);
  if (entry->recording == NULL)
    chorus_clip_entry_fail (entry, error);
  else if (chorus_clip_entry_is_wanted (entry))
    chorus_library_find_audio_async (CHORUS_LIBRARY (object), entry->recording,
                                     g_task_get_cancellable (G_TASK (result)), chorus_clip_loader_found_cb,
                                     chorus_clip_entry_ref (entry));
}

/* Takes @task. */
static void
chorus_clip_loader_ask (ChorusClipLoader *self,
                        gint64            recording_id,
                        GTask            *task)
{
  ChorusClipEntry *entry = g_hash_table_lookup (self->entries, &recording_id);

  if (entry != NULL)
    {
      chorus_clip_loader_touch (self, entry);
      if (entry->painter != NULL || entry->error != NULL)
        chorus_clip_entry_serve (entry, task);
      else
        g_queue_push_tail (&entry->waiting, task);
      return;
    }

  entry = g_new0 (ChorusClipEntry, 1);
  g_atomic_ref_count_init (&entry->ref_count);
  entry->loader = self;
  entry->recording_id = recording_id;
  g_queue_push_tail (&entry->waiting, task);
  g_hash_table_insert (self->entries, &entry->recording_id, entry);
  chorus_clip_loader_touch (self, entry);
  chorus_clip_loader_trim (self);
  chorus_library_load_recording_async (self->library, recording_id, self->cancellable, chorus_clip_loader_recording_cb,
                                       chorus_clip_entry_ref (entry));
}

/* What is under way ends as given up. */
static void
chorus_clip_loader_drop_all (ChorusClipLoader *self)
{
  GHashTableIter iter = { 0 };
  gpointer value = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((ChorusClipEntry *) value)->loader = NULL;
  g_queue_clear (&self->order);
  g_hash_table_remove_all (self->entries);
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->places);
  self->size = 0;
}

static void
chorus_clip_loader_finalize (GObject *object)
{
  ChorusClipLoader *self = CHORUS_CLIP_LOADER (object);

  chorus_clip_loader_drop_all (self);
  g_clear_object (&self->jobs);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);

  G_OBJECT_CLASS (chorus_clip_loader_parent_class)->finalize (object);
}

static void
chorus_clip_loader_class_init (ChorusClipLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chorus_clip_loader_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", CHORUS_TYPE_CLIP_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_clip_loader_init (ChorusClipLoader *self)
{
  self->jobs = chorus_job_queue_new (CHORUS_CLIP_LOADER_THREADS);
  self->cancellable = g_cancellable_new ();
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, chorus_clip_entry_unref);
  self->places = g_hash_table_new_full (chorus_clip_key_hash, chorus_clip_key_equal, NULL, chorus_clip_place_free);
}

ChorusClipLoader *
chorus_clip_loader_new (ChorusLibrary         *library,
                        const ChorusClipStyle *style)
{
  ChorusClipLoader *self = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);

  self = g_object_new (CHORUS_TYPE_CLIP_LOADER, NULL);
  self->library = g_object_ref (library);
  self->style = *style;

  return self;
}

void
chorus_clip_loader_set_style (ChorusClipLoader      *self,
                              const ChorusClipStyle *style)
{
  g_return_if_fail (CHORUS_IS_CLIP_LOADER (self));

  self->style = *style;
  chorus_clip_loader_drop_all (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
chorus_clip_loader_forget (ChorusClipLoader *self,
                           gint64            recording_id)
{
  ChorusClipEntry *entry = NULL;

  g_return_if_fail (CHORUS_IS_CLIP_LOADER (self));

  entry = g_hash_table_lookup (self->entries, &recording_id);
  if (entry == NULL || entry->error == NULL)
    return;

  chorus_clip_loader_drop_entry (self, entry);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

ChorusClipImage *
chorus_clip_loader_lookup (ChorusClipLoader *self,
                           ChorusDetection  *detection,
                           guint             width,
                           guint             height)
{
  ChorusClipKey key = { .width = width, .height = height };
  ChorusClipPlace *place = NULL;

  g_return_val_if_fail (CHORUS_IS_CLIP_LOADER (self), NULL);
  g_return_val_if_fail (CHORUS_IS_DETECTION (detection), NULL);

  key.detection_id = chorus_detection_get_detection_id (detection);
  place = g_hash_table_lookup (self->places, &key);
  if (place == NULL)
    return NULL;

  g_queue_unlink (&self->recent, &place->link);
  g_queue_push_head_link (&self->recent, &place->link);

  return place->image;
}

void
chorus_clip_loader_load_async (ChorusClipLoader    *self,
                               ChorusDetection     *detection,
                               guint                width,
                               guint                height,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = NULL;
  ChorusClipWish *wish = NULL;
  ChorusClipImage *image = NULL;

  g_return_if_fail (CHORUS_IS_CLIP_LOADER (self));
  g_return_if_fail (CHORUS_IS_DETECTION (detection));
  g_return_if_fail (width > 0 && height > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_clip_loader_load_async);

  image = chorus_clip_loader_lookup (self, detection, width, height);
  if (image != NULL)
    {
      g_task_return_pointer (task, chorus_clip_image_ref (image), (GDestroyNotify) chorus_clip_image_unref);
      g_object_unref (task);
      return;
    }

  wish = g_new0 (ChorusClipWish, 1);
  wish->key = (ChorusClipKey){ chorus_detection_get_detection_id (detection), width, height };
  wish->span = (ChorusTimeSpan){ chorus_detection_get_start (detection), chorus_detection_get_end (detection) };
  g_task_set_task_data (task, wish, g_free);
  chorus_clip_loader_ask (self, chorus_detection_get_recording_id (detection), task);
}

ChorusClipImage *
chorus_clip_loader_load_finish (ChorusClipLoader  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_clip_loader_open_async (ChorusClipLoader    *self,
                               gint64               recording_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHORUS_IS_CLIP_LOADER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_clip_loader_open_async);
  g_task_set_task_data (task, g_new0 (ChorusClipWish, 1), g_free);
  chorus_clip_loader_ask (self, recording_id, task);
}

ChorusSampleSource *
chorus_clip_loader_open_finish (ChorusClipLoader  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
