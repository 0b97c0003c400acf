/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-writer.h"

#include <math.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "chorus-audio-magic.h"
#include "chorus-clip-guano.h"
#include "chorus-pcm-convert.h"
#include "chorus-pcm-source.h"
#include "chorus-wave-layout.h"
#include "core/chorus-new-file.h"

/* Bytes that are copied at a time, at most: enough for a disk, and soon enough cancelled. */
#define CHORUS_CLIP_WRITER_BLOCK (1024 * 1024)

/* Of what is decoded: exact for lossless formats of up to 24 bits, and finer than any lossy one. */
#define CHORUS_CLIP_WRITER_BITS 24

/* Where the samples come from: @file for those that are copied, or else the source of the clip. */
typedef struct
{
  const ChorusClip *clip;
  const ChorusAudioFile *file;
  ChorusWaveLayout *layout;
  guint8 *bytes;
  float *samples;
} ChorusClipWriter;

static void
chorus_clip_writer_clear (ChorusClipWriter *self)
{
  g_clear_pointer (&self->layout, chorus_wave_layout_free);
  g_clear_pointer (&self->bytes, g_free);
  g_clear_pointer (&self->samples, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusClipWriter, chorus_clip_writer_clear)

static gboolean
chorus_clip_writer_open (ChorusClipWriter  *self,
                         const ChorusClip  *clip,
                         GError           **error)
{
  guint channels = chorus_sample_source_get_channels (clip->source);
  ChorusAudioKind kind = CHORUS_AUDIO_KIND_OTHER;

  self->clip = clip;
  if (CHORUS_IS_PCM_SOURCE (clip->source))
    {
      self->file = chorus_pcm_source_get_file (CHORUS_PCM_SOURCE (clip->source));
      if (!chorus_audio_magic_identify (self->file, &kind, error))
        return FALSE;
      self->layout = chorus_wave_layout_read (self->file, kind, error);
      return self->layout != NULL;
    }

  if (channels > CHORUS_PCM_HEADER_MAX_CHANNELS)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
                   _("The clip could not be saved: a WAV file cannot hold %u channels."), channels);
      return FALSE;
    }

  self->layout =
    chorus_wave_layout_new_for_integers ((guint) lround (chorus_sample_source_get_sample_rate (clip->source)), channels,
                                         CHORUS_CLIP_WRITER_BITS);

  return TRUE;
}

/* A clip that takes the place of its recording would be all that is left of it. */
static gboolean
chorus_clip_writer_check_target (const ChorusClipWriter  *self,
                                 GFile                   *target,
                                 GError                 **error)
{
  g_autofree char *path = g_file_get_path (target);
  GStatBuf source_status;
  GStatBuf target_status;

  if (!self->file || !path || g_stat (path, &target_status) != 0
      || g_stat (chorus_audio_file_get_path (self->file), &source_status) != 0
      || source_status.st_dev != target_status.st_dev || source_status.st_ino != target_status.st_ino)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is the recording itself: choose another name."),
               chorus_audio_file_get_name (self->file));

  return FALSE;
}

/* Makes the bytes of @n_frames frames from @frame on, as they are in the clip. */
static gboolean
chorus_clip_writer_read (ChorusClipWriter  *self,
                         guint64            frame,
                         gsize              n_frames,
                         GCancellable      *cancellable,
                         GError           **error)
{
  const ChorusPcmHeader *header = chorus_wave_layout_get_header (self->layout);
  gsize frame_size = chorus_wave_layout_get_frame_size (self->layout);
  gsize n_samples = n_frames * header->channels;
  gsize n_read = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!self->file)
    {
      if (!chorus_sample_source_read (self->clip->source, frame, n_frames, self->samples, cancellable, error))
        return FALSE;
      chorus_pcm_convert_from_float (CHORUS_CLIP_WRITER_BITS, self->samples, n_samples, self->bytes);
      return TRUE;
    }

  if (!chorus_audio_file_read (self->file, header->data_offset + (goffset) (frame * frame_size), self->bytes,
                               n_frames * frame_size, &n_read, error))
    return FALSE;
  if (n_read < n_frames * frame_size)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” became shorter while it was open: open it again."),
                   chorus_audio_file_get_name (self->file));
      return FALSE;
    }
  chorus_pcm_convert_to_wave (header->encoding, self->bytes, n_samples);

  return TRUE;
}

static gboolean
chorus_clip_writer_copy (ChorusClipWriter       *self,
                         ChorusNewFile          *file,
                         GCancellable           *cancellable,
                         GFileProgressCallback   progress,
                         gpointer                progress_data,
                         GError                **error)
{
  gsize frame_size = chorus_wave_layout_get_frame_size (self->layout);
  gsize block = MAX (CHORUS_CLIP_WRITER_BLOCK / frame_size, 1);
  guint64 first_frame = 0;
  guint64 n_frames = 0;

  chorus_clip_get_extent (self->clip, &first_frame, &n_frames);
  self->bytes = g_malloc (block * frame_size);
  if (!self->file)
    self->samples = g_new (float, block *chorus_sample_source_get_channels (self->clip->source));

  for (guint64 done = 0; done < n_frames;)
    {
      gsize n = (gsize) MIN ((guint64) block, n_frames - done);

      if (!chorus_clip_writer_read (self, first_frame + done, n, cancellable, error)
          || !chorus_new_file_write (file, self->bytes, n * frame_size, error))
        return FALSE;
      done += n;
      if (progress)
        progress ((goffset) done, (goffset) n_frames, progress_data);
    }

  return TRUE;
}

gboolean
chorus_clip_writer_write (const ChorusClip       *clip,
                          GFile                  *target,
                          GCancellable           *cancellable,
                          GFileProgressCallback   progress,
                          gpointer                progress_data,
                          GError                **error)
{
  g_auto (ChorusClipWriter) self = { 0 };
  g_autoptr (ChorusNewFile) file = NULL;
  g_autoptr (GBytes) guano = NULL;
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) tail = NULL;
  guint64 first_frame = 0;
  guint64 n_frames = 0;

  g_return_val_if_fail (clip != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (target), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !chorus_clip_writer_open (&self, clip, error)
      || !chorus_clip_writer_check_target (&self, target, error))
    return FALSE;

  guano = chorus_clip_guano_new (clip, chorus_wave_layout_get_chunk (self.layout, "guan"));
  chorus_wave_layout_set_chunk (self.layout, "guan", guano);
  chorus_clip_get_extent (clip, &first_frame, &n_frames);
  chorus_wave_layout_build (self.layout, first_frame, n_frames, &head, &tail);

  file = chorus_new_file_create (target, error);

  return file && chorus_new_file_write (file, g_bytes_get_data (head, NULL), g_bytes_get_size (head), error)
         && chorus_clip_writer_copy (&self, file, cancellable, progress, progress_data, error)
         && chorus_new_file_write (file, g_bytes_get_data (tail, NULL), g_bytes_get_size (tail), error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error) && chorus_new_file_finish (file, error);
}

typedef struct
{
  ChorusClip *clip;
  GFileProgressCallback progress;
  gpointer progress_data;
} ChorusClipTask;

typedef struct
{
  GTask *task;
  goffset done;
  goffset total;
} ChorusClipProgress;

static void
chorus_clip_task_free (gpointer data)
{
  ChorusClipTask *self = data;

  chorus_clip_free (self->clip);
  g_free (self);
}

static void
chorus_clip_progress_free (gpointer data)
{
  ChorusClipProgress *self = data;

  g_object_unref (self->task);
  g_free (self);
}

static gboolean
chorus_clip_progress_report_cb (gpointer data)
{
  ChorusClipProgress *self = data;
  ChorusClipTask *task_data = g_task_get_task_data (self->task);

  if (!g_task_get_completed (self->task))
    task_data->progress (self->done, self->total, task_data->progress_data);

  return G_SOURCE_REMOVE;
}

/* On the worker. */
static void
chorus_clip_writer_progress_cb (goffset  done,
                                goffset  total,
                                gpointer data)
{
  ChorusClipProgress *progress = g_new0 (ChorusClipProgress, 1);

  progress->task = g_object_ref (G_TASK (data));
  progress->done = done;
  progress->total = total;
  g_main_context_invoke_full (g_task_get_context (progress->task), g_task_get_priority (progress->task),
                              chorus_clip_progress_report_cb, progress, chorus_clip_progress_free);
}

static void
chorus_clip_writer_worker (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  ChorusClipTask *data = task_data;
  g_autoptr (GError) error = NULL;

  if (chorus_clip_writer_write (data->clip, G_FILE (source_object), cancellable,
                                data->progress ? chorus_clip_writer_progress_cb : NULL, task, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_clip_writer_write_async (ChorusClip            *clip,
                                GFile                 *target,
                                GCancellable          *cancellable,
                                GFileProgressCallback  progress,
                                gpointer               progress_data,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusClipTask *data;

  g_return_if_fail (clip != NULL);
  g_return_if_fail (G_IS_FILE (target));

  data = g_new0 (ChorusClipTask, 1);
  data->clip = clip;
  data->progress = progress;
  data->progress_data = progress_data;
  task = g_task_new (target, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_clip_writer_write_async);
  /* Who cancels too late has the file, and is told so. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, chorus_clip_task_free);
  g_task_run_in_thread (task, chorus_clip_writer_worker);
}

gboolean
chorus_clip_writer_write_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_clip_writer_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
