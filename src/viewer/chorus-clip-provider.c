/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-provider.h"

#include <errno.h>
#include <time.h>

#include <glib/gstdio.h>

#include "audio/chorus-clip-writer.h"
#include "core/chorus-new-file.h"

/* How long a dropped file is kept, in seconds. */
#define CHORUS_CLIP_PROVIDER_KEPT (24 * 60 * 60)

#define CHORUS_CLIP_PROVIDER_PNG "image/png"

struct _ChorusClipProvider
{
  GdkContentProvider parent_instance;

  ChorusClip *clip;     /* until the file is being made */
  ChorusFigure *figure; /* until the picture is being made */
  char *name;
  GFile *file;   /* once it is there */
  GBytes *image; /* once it is there */
  GError *file_error;
  GError *image_error;

  /* Those who wait for either. A program may ask for the same in several forms at once. */
  GPtrArray *waiting_for_file;
  GPtrArray *waiting_for_image;
};

/* What somebody waits for. */
typedef struct
{
  char *mime_type;
  GOutputStream *stream;
  int io_priority;
} ChorusClipRequest;

G_DEFINE_FINAL_TYPE (ChorusClipProvider, chorus_clip_provider, GDK_TYPE_CONTENT_PROVIDER)

static void
chorus_clip_request_free (gpointer data)
{
  ChorusClipRequest *self = data;

  g_clear_object (&self->stream);
  g_free (self->mime_type);
  g_free (self);
}

static char *
chorus_clip_provider_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), USER_FOLDER, "clips", NULL);
}

/* Folders with one file each, nothing else. */
static void
chorus_clip_provider_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* In a worker thread. */
static void
chorus_clip_provider_clean_worker (GTask        *task,
                                   gpointer      source_object,
                                   gpointer      task_data,
                                   GCancellable *cancellable)
{
  g_autofree char *folder = chorus_clip_provider_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  time_t now = time (NULL);
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_stat (path, &status) == 0 && now - status.st_mtime > CHORUS_CLIP_PROVIDER_KEPT)
        chorus_clip_provider_remove_folder (path);
    }
  g_task_return_boolean (task, TRUE);
}

static void
chorus_clip_provider_clean (void)
{
  static gsize cleaned = 0;

  if (g_once_init_enter (&cleaned))
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_run_in_thread (task, chorus_clip_provider_clean_worker);
      g_once_init_leave (&cleaned, 1);
    }
}

static GdkContentFormats *
chorus_clip_provider_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  GdkContentFormats *files = NULL;
  const char *const *types = NULL;
  gsize n_types = 0;

  /* With the types that let a program in a sandbox have the file, and without that of the list itself: there is none
   * before the file has been made. */
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  files = gdk_content_formats_union_serialize_mime_types (gdk_content_formats_builder_free_to_formats (builder));
  types = gdk_content_formats_get_mime_types (files, &n_types);
  builder = gdk_content_formats_builder_new ();
  for (gsize i = 0; i < n_types; i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i]);
  gdk_content_formats_builder_add_mime_type (builder, CHORUS_CLIP_PROVIDER_PNG);
  gdk_content_formats_unref (files);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
chorus_clip_provider_written_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
chorus_clip_provider_serialized_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Hands out what is there now, or says why it is not. */
static void
chorus_clip_provider_answer (ChorusClipProvider *self,
                             GTask              *task,
                             const GError       *error)
{
  ChorusClipRequest *request = g_task_get_task_data (task);

  if (error)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  if (g_str_equal (request->mime_type, CHORUS_CLIP_PROVIDER_PNG))
    {
      gsize size = 0;
      gconstpointer data = g_bytes_get_data (self->image, &size);

      g_output_stream_write_all_async (request->stream, data, size, request->io_priority, g_task_get_cancellable (task),
                                       chorus_clip_provider_written_cb, g_object_ref (task));
    }
  else
    {
      g_auto (GValue) value = G_VALUE_INIT;
      GSList list = { self->file, NULL };

      g_value_init (&value, GDK_TYPE_FILE_LIST);
      g_value_set_boxed (&value, &list);
      gdk_content_serialize_async (request->stream, request->mime_type, &value, request->io_priority,
                                   g_task_get_cancellable (task), chorus_clip_provider_serialized_cb,
                                   g_object_ref (task));
    }
}

static void
chorus_clip_provider_answer_all (ChorusClipProvider  *self,
                                 GPtrArray          **waiting,
                                 const GError        *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (waiting);

  *waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    chorus_clip_provider_answer (self, g_ptr_array_index (tasks, i), error);
}

static void
chorus_clip_provider_file_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusClipProvider) self = user_data;

  if (chorus_clip_writer_write_finish (result, &self->file_error))
    g_set_object (&self->file, G_FILE (object));
  chorus_clip_provider_answer_all (self, &self->waiting_for_file, self->file_error);
}

static void
chorus_clip_provider_image_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusClipProvider) self = user_data;

  self->image = chorus_figure_render_finish (result, &self->image_error);
  chorus_clip_provider_answer_all (self, &self->waiting_for_image, self->image_error);
}

/* A folder of its own for each file, so that it can have its name. */
static void
chorus_clip_provider_make_file (ChorusClipProvider *self)
{
  g_autofree char *folder = chorus_clip_provider_dup_folder ();
  g_autofree char *own = g_build_filename (folder, "XXXXXX", NULL);
  g_autoptr (GFile) target = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_mkdtemp (own))
    {
      chorus_new_file_set_error (self->name, errno, &self->file_error);
      chorus_clip_provider_answer_all (self, &self->waiting_for_file, self->file_error);
      return;
    }
  target = g_file_new_build_filename (own, self->name, NULL);
  chorus_clip_writer_write_async (g_steal_pointer (&self->clip), target, NULL, NULL, NULL, chorus_clip_provider_file_cb,
                                  g_object_ref (self));
}

static void
chorus_clip_provider_write_mime_type_async (GdkContentProvider  *provider,
                                            const char          *mime_type,
                                            GOutputStream       *stream,
                                            int                  io_priority,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data)
{
  ChorusClipProvider *self = CHORUS_CLIP_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ChorusClipRequest *request = g_new0 (ChorusClipRequest, 1);
  gboolean image = g_str_equal (mime_type, CHORUS_CLIP_PROVIDER_PNG);

  request->mime_type = g_strdup (mime_type);
  request->stream = g_object_ref (stream);
  request->io_priority = io_priority;
  g_task_set_source_tag (task, chorus_clip_provider_write_mime_type_async);
  g_task_set_task_data (task, request, chorus_clip_request_free);

  if (image ? self->image || self->image_error : self->file || self->file_error)
    {
      chorus_clip_provider_answer (self, task, image ? self->image_error : self->file_error);
      return;
    }
  g_ptr_array_add (image ? self->waiting_for_image : self->waiting_for_file, g_object_ref (task));
  if (image && self->figure)
    chorus_figure_render_async (g_steal_pointer (&self->figure), NULL, NULL, chorus_clip_provider_image_cb,
                                g_object_ref (self));
  else if (!image && self->clip)
    chorus_clip_provider_make_file (self);
}

static gboolean
chorus_clip_provider_write_mime_type_finish (GdkContentProvider  *provider,
                                             GAsyncResult        *result,
                                             GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
chorus_clip_provider_finalize (GObject *object)
{
  ChorusClipProvider *self = CHORUS_CLIP_PROVIDER (object);

  g_clear_pointer (&self->clip, chorus_clip_free);
  g_clear_pointer (&self->figure, chorus_figure_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->file);
  g_clear_pointer (&self->image, g_bytes_unref);
  g_clear_error (&self->file_error);
  g_clear_error (&self->image_error);
  g_clear_pointer (&self->waiting_for_file, g_ptr_array_unref);
  g_clear_pointer (&self->waiting_for_image, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_clip_provider_parent_class)->finalize (object);
}

static void
chorus_clip_provider_class_init (ChorusClipProviderClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_clip_provider_finalize;
  provider_class->ref_formats = chorus_clip_provider_ref_formats;
  provider_class->write_mime_type_async = chorus_clip_provider_write_mime_type_async;
  provider_class->write_mime_type_finish = chorus_clip_provider_write_mime_type_finish;
}

static void
chorus_clip_provider_init (ChorusClipProvider *self)
{
  self->waiting_for_file = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting_for_image = g_ptr_array_new_with_free_func (g_object_unref);
}

GdkContentProvider *
chorus_clip_provider_new (ChorusClip   *clip,
                          ChorusFigure *figure,
                          const char   *name)
{
  ChorusClipProvider *self = g_object_new (CHORUS_TYPE_CLIP_PROVIDER, NULL);

  self->clip = clip;
  self->figure = figure;
  self->name = g_strdup (name);
  chorus_clip_provider_clean ();

  return GDK_CONTENT_PROVIDER (self);
}
