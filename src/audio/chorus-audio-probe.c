/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audio-probe.h"

#include <math.h>

#include "chorus-audio-file.h"
#include "chorus-audio-magic.h"
#include "chorus-decoder.h"
#include "chorus-pcm-header.h"

static gboolean
chorus_audio_probe_pcm (ChorusAudioInfo        *info,
                        const ChorusAudioFile  *file,
                        GError                **error)
{
  ChorusPcmHeader header;

  if (!chorus_pcm_header_read (&header, file, info->kind, error))
    return FALSE;

  info->n_frames = header.n_frames;
  info->sample_rate = header.sample_rate;
  info->channels = header.channels;
  info->bits = header.bits;
  info->duration = (double) header.n_frames / header.sample_rate;
  info->truncated = header.truncated;

  return TRUE;
}

/* Some streams without a container do not say how long they are: their frames are counted. */
static gboolean
chorus_audio_probe_count_frames (ChorusDecoder  *decoder,
                                 guint64        *n_frames,
                                 GCancellable   *cancellable,
                                 GError        **error)
{
  const float *samples = NULL;
  gsize n = 0;

  *n_frames = 0;
  do
    {
      if (!chorus_decoder_read (decoder, &samples, &n, cancellable, error))
        return FALSE;
      *n_frames += n;
    }
  while (n > 0);

  return TRUE;
}

static gboolean
chorus_audio_probe_compressed (ChorusAudioInfo        *info,
                               const ChorusAudioFile  *file,
                               GCancellable           *cancellable,
                               GError                **error)
{
  g_autoptr (ChorusDecoder) decoder = chorus_decoder_open (file, cancellable, error);

  if (decoder == NULL)
    return FALSE;

  info->sample_rate = chorus_decoder_get_sample_rate (decoder);
  info->channels = chorus_decoder_get_channels (decoder);
  info->duration = chorus_decoder_get_duration (decoder);
  info->n_frames = (guint64) llround (info->duration * info->sample_rate);

  if (info->n_frames == 0)
    {
      if (!chorus_audio_probe_count_frames (decoder, &info->n_frames, cancellable, error))
        return FALSE;
      info->duration = (double) info->n_frames / info->sample_rate;
    }

  /* The sound of a video can be listened to, but the file is not one of the kinds that hold sound alone. */
  if (chorus_decoder_has_video (decoder))
    info->kind = CHORUS_AUDIO_KIND_OTHER;

  return TRUE;
}

ChorusAudioInfo *
chorus_audio_probe (GFile         *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (ChorusAudioFile) audio_file = NULL;
  g_autoptr (ChorusAudioInfo) info = NULL;
  gboolean found;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  audio_file = chorus_audio_file_open (file, error);
  if (audio_file == NULL)
    return NULL;

  info = g_new0 (ChorusAudioInfo, 1);
  info->size = chorus_audio_file_get_size (audio_file);
  if (!chorus_audio_magic_identify (audio_file, &info->kind, error))
    return NULL;

  found = chorus_audio_kind_is_pcm (info->kind) ? chorus_audio_probe_pcm (info, audio_file, error)
                                                : chorus_audio_probe_compressed (info, audio_file, cancellable, error);

  return found ? g_steal_pointer (&info) : NULL;
}

static void
chorus_audio_probe_worker (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = chorus_audio_probe (G_FILE (source_object), cancellable, &error);
  if (info)
    g_task_return_pointer (task, g_steal_pointer (&info), (GDestroyNotify) chorus_audio_info_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_audio_probe_async (GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_audio_probe_async);
  g_task_run_in_thread (task, chorus_audio_probe_worker);
}

ChorusAudioInfo *
chorus_audio_probe_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_audio_probe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
