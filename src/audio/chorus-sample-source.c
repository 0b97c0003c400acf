/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-sample-source.h"

#include <string.h>

#include "chorus-audio-file.h"
#include "chorus-audio-magic.h"
#include "chorus-decoded-source.h"
#include "chorus-pcm-source.h"

/* How many samples of all channels are taken apart at a time: 1 MiB of 16-bit samples. Through the document portal, smaller
 * reads take more than twice the time; on a disk it makes no difference. */
#define CHORUS_SAMPLE_SOURCE_MIX_SAMPLES 524288

typedef struct
{
  guint64 n_frames;
  double sample_rate;
  guint channels;
} ChorusSampleSourcePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChorusSampleSource, chorus_sample_source, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_FRAMES,
  PROP_SAMPLE_RATE,
  PROP_CHANNELS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
chorus_sample_source_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  ChorusSampleSource *self = CHORUS_SAMPLE_SOURCE (object);

  switch (prop_id)
    {
    case PROP_N_FRAMES:
      g_value_set_uint64 (value, chorus_sample_source_get_n_frames (self));
      break;

    case PROP_SAMPLE_RATE:
      g_value_set_double (value, chorus_sample_source_get_sample_rate (self));
      break;

    case PROP_CHANNELS:
      g_value_set_uint (value, chorus_sample_source_get_channels (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_sample_source_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  ChorusSampleSourcePrivate *priv = chorus_sample_source_get_instance_private (CHORUS_SAMPLE_SOURCE (object));

  switch (prop_id)
    {
    case PROP_N_FRAMES:
      priv->n_frames = g_value_get_uint64 (value);
      break;

    case PROP_SAMPLE_RATE:
      priv->sample_rate = g_value_get_double (value);
      break;

    case PROP_CHANNELS:
      priv->channels = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_sample_source_class_init (ChorusSampleSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = chorus_sample_source_get_property;
  object_class->set_property = chorus_sample_source_set_property;

  properties[PROP_N_FRAMES] = g_param_spec_uint64 ("n-frames", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SAMPLE_RATE] = g_param_spec_double ("sample-rate", NULL, NULL, 1, G_MAXINT, 1, flags);
  properties[PROP_CHANNELS] = g_param_spec_uint ("channels", NULL, NULL, 1, G_MAXUINT16, 1, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_sample_source_init (ChorusSampleSource *self)
{
}

ChorusSampleSource *
chorus_sample_source_open (GFile         *file,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (ChorusAudioFile) audio_file = NULL;
  ChorusAudioKind kind = CHORUS_AUDIO_KIND_OTHER;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  audio_file = chorus_audio_file_open (file, error);
  if (audio_file == NULL || !chorus_audio_magic_identify (audio_file, &kind, error))
    return NULL;

  if (chorus_audio_kind_is_pcm (kind))
    return chorus_pcm_source_new (g_steal_pointer (&audio_file), kind, error);

  return chorus_decoded_source_new (audio_file, cancellable, error);
}

static void
chorus_sample_source_open_worker (GTask        *task,
                                  gpointer      source_object,
                                  gpointer      task_data,
                                  GCancellable *cancellable)
{
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) error = NULL;

  source = chorus_sample_source_open (G_FILE (source_object), cancellable, &error);
  if (source)
    g_task_return_pointer (task, g_steal_pointer (&source), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_sample_source_open_async (GFile               *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_sample_source_open_async);
  g_task_run_in_thread (task, chorus_sample_source_open_worker);
}

ChorusSampleSource *
chorus_sample_source_open_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_sample_source_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint64
chorus_sample_source_get_n_frames (ChorusSampleSource *self)
{
  ChorusSampleSourcePrivate *priv = chorus_sample_source_get_instance_private (self);

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (self), 0);

  return priv->n_frames;
}

double
chorus_sample_source_get_sample_rate (ChorusSampleSource *self)
{
  ChorusSampleSourcePrivate *priv = chorus_sample_source_get_instance_private (self);

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (self), 1);

  return priv->sample_rate;
}

guint
chorus_sample_source_get_channels (ChorusSampleSource *self)
{
  ChorusSampleSourcePrivate *priv = chorus_sample_source_get_instance_private (self);

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (self), 1);

  return priv->channels;
}

double
chorus_sample_source_get_duration (ChorusSampleSource *self)
{
  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (self), 0);

  return (double) chorus_sample_source_get_n_frames (self) / chorus_sample_source_get_sample_rate (self);
}

/* How many of @n_frames frames from @first_frame on lie within the source. */
static gsize
chorus_sample_source_count_inside (ChorusSampleSource *self,
                                   guint64             first_frame,
                                   gsize               n_frames)
{
  guint64 total = chorus_sample_source_get_n_frames (self);

  if (first_frame >= total)
    return 0;

  return (gsize) MIN ((guint64) n_frames, total - first_frame);
}

gboolean
chorus_sample_source_read (ChorusSampleSource  *self,
                           guint64              first_frame,
                           gsize                n_frames,
                           float               *interleaved,
                           GCancellable        *cancellable,
                           GError             **error)
{
  gsize channels;
  gsize n_inside;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (self), FALSE);
  g_return_val_if_fail (interleaved != NULL || n_frames == 0, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  channels = chorus_sample_source_get_channels (self);
  n_inside = chorus_sample_source_count_inside (self, first_frame, n_frames);

  if (n_inside > 0
      && !CHORUS_SAMPLE_SOURCE_GET_CLASS (self)->read (self, first_frame, n_inside, interleaved, cancellable, error))
    return FALSE;

  if (n_inside < n_frames)
    memset (interleaved + n_inside * channels, 0, (n_frames - n_inside) * channels * sizeof (float));

  return TRUE;
}

/* Takes @channel out of @n_frames frames, or their mean. */
static void
chorus_sample_source_take (const float *interleaved,
                           gsize        n_channels,
                           int          channel,
                           gsize        n_frames,
                           float       *samples)
{
  for (gsize frame = 0; channel >= 0 && frame < n_frames; frame++)
    samples[frame] = interleaved[frame * n_channels + (gsize) channel];
  for (gsize frame = 0; channel < 0 && frame < n_frames; frame++)
    {
      double sum = 0;

      for (gsize i = 0; i < n_channels; i++)
        sum += (double) interleaved[frame * n_channels + i];
      samples[frame] = (float) (sum / (double) n_channels);
    }
}

gboolean
chorus_sample_source_read_channels (ChorusSampleSource        *self,
                                    const int                 *channels,
                                    gsize                      n_channels,
                                    guint64                    first_frame,
                                    gsize                      n_frames,
                                    float              *const *samples,
                                    GCancellable              *cancellable,
                                    GError                   **error)
{
  g_autofree float *interleaved = NULL;
  gsize n_all;
  gsize n_inside;
  gsize n_at_once;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (self), FALSE);
  g_return_val_if_fail (n_channels > 0 && channels != NULL && samples != NULL, FALSE);

  n_all = chorus_sample_source_get_channels (self);
  for (gsize i = 0; i < n_channels; i++)
    g_return_val_if_fail (channels[i] >= CHORUS_CHANNEL_MIX && channels[i] < (int) n_all, FALSE);
  if (n_all == 1 && n_channels == 1)
    return chorus_sample_source_read (self, first_frame, n_frames, samples[0], cancellable, error);

  n_inside = chorus_sample_source_count_inside (self, first_frame, n_frames);
  n_at_once = MAX (CHORUS_SAMPLE_SOURCE_MIX_SAMPLES / n_all, 1);
  n_at_once = MIN (n_at_once, MAX (n_inside, 1));
  interleaved = g_new (float, n_at_once *n_all);

  for (gsize done = 0; done < n_inside; done += n_at_once)
    {
      gsize n = MIN (n_at_once, n_inside - done);

      if (!chorus_sample_source_read (self, first_frame + done, n, interleaved, cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n_channels; i++)
        chorus_sample_source_take (interleaved, n_all, channels[i], n, samples[i] + done);
    }

  for (gsize i = 0; n_inside < n_frames && i < n_channels; i++)
    memset (samples[i] + n_inside, 0, (n_frames - n_inside) * sizeof (float));

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
chorus_sample_source_read_channel (ChorusSampleSource  *self,
                                   int                  channel,
                                   guint64              first_frame,
                                   gsize                n_frames,
                                   float               *samples,
                                   GCancellable        *cancellable,
                                   GError             **error)
{
  g_return_val_if_fail (samples != NULL || n_frames == 0, FALSE);

  return chorus_sample_source_read_channels (self, &channel, 1, first_frame, n_frames, &samples, cancellable, error);
}

gboolean
chorus_sample_source_read_mono (ChorusSampleSource  *self,
                                guint64              first_frame,
                                gsize                n_frames,
                                float               *samples,
                                GCancellable        *cancellable,
                                GError             **error)
{
  return chorus_sample_source_read_channel (self, CHORUS_CHANNEL_MIX, first_frame, n_frames, samples, cancellable,
                                            error);
}
