/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-synthetic-source.h"

struct _ChorusSyntheticSource
{
  ChorusSampleSource parent_instance;

  float *samples;
  gboolean fails;
  gint n_reads;
};

G_DEFINE_FINAL_TYPE (ChorusSyntheticSource, chorus_synthetic_source, CHORUS_TYPE_SAMPLE_SOURCE)

static gboolean
chorus_synthetic_source_read (ChorusSampleSource  *source,
                              guint64              first_frame,
                              gsize                n_frames,
                              float               *interleaved,
                              GCancellable        *cancellable,
                              GError             **error)
{
  ChorusSyntheticSource *self = CHORUS_SYNTHETIC_SOURCE (source);
  gsize channels = chorus_sample_source_get_channels (source);

  g_atomic_int_inc (&self->n_reads);
  if (self->fails)
    {
      g_set_error_literal (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE, "The disk is gone.");
      return FALSE;
    }
  for (gsize i = 0; i < n_frames * channels; i++)
    interleaved[i] = self->samples[first_frame * channels + i];

  return TRUE;
}

static void
chorus_synthetic_source_finalize (GObject *object)
{
  ChorusSyntheticSource *self = CHORUS_SYNTHETIC_SOURCE (object);

  g_clear_pointer (&self->samples, g_free);

  G_OBJECT_CLASS (chorus_synthetic_source_parent_class)->finalize (object);
}

static void
chorus_synthetic_source_class_init (ChorusSyntheticSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_synthetic_source_finalize;
  CHORUS_SAMPLE_SOURCE_CLASS (klass)->read = chorus_synthetic_source_read;
}

static void
chorus_synthetic_source_init (ChorusSyntheticSource *self)
{
}

ChorusSampleSource *
chorus_synthetic_source_new_interleaved (float   *samples,
                                         guint64  n_frames,
                                         guint    n_channels,
                                         double   sample_rate)
{
  ChorusSyntheticSource *self = g_object_new (CHORUS_TYPE_SYNTHETIC_SOURCE, "n-frames", n_frames, "sample-rate",
                                              sample_rate, "channels", n_channels, NULL);

  self->samples = samples;

  return CHORUS_SAMPLE_SOURCE (self);
}

ChorusSampleSource *
chorus_synthetic_source_new (float    *samples,
                             guint64   n_samples,
                             double    sample_rate,
                             gboolean  fails)
{
  ChorusSampleSource *source = chorus_synthetic_source_new_interleaved (samples, n_samples, 1, sample_rate);

  CHORUS_SYNTHETIC_SOURCE (source)->fails = fails;

  return source;
}

guint
chorus_synthetic_source_get_n_reads (ChorusSyntheticSource *self)
{
  return (guint) g_atomic_int_get (&self->n_reads);
}
