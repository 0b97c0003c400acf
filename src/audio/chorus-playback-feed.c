/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-feed.h"

#include <math.h>

#include <glib/gi18n.h>
#include <gst/audio/audio.h>

/* A twentieth of a second is read at a time, and no less than this many frames. */
#define CHORUS_PLAYBACK_FEED_MIN_FRAMES 1024

struct _ChorusPlaybackFeed
{
  GMutex lock;
  ChorusSampleSource *source;
  guint64 first_frame;
  guint64 next_frame;
  guint64 end_frame;
  guint rate;
  char *failure;
};

ChorusPlaybackFeed *
chorus_playback_feed_new (void)
{
  ChorusPlaybackFeed *self = g_new0 (ChorusPlaybackFeed, 1);

  g_mutex_init (&self->lock);
  self->rate = 1;

  return self;
}

void
chorus_playback_feed_free (ChorusPlaybackFeed *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->source);
  g_free (self->failure);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Up to two channels are heard as they are, more as their mean: which loudspeaker each would belong to is not known. */
static guint
chorus_playback_feed_get_channels (ChorusSampleSource *source)
{
  return chorus_sample_source_get_channels (source) == 2 ? 2 : 1;
}

static GstBuffer *
chorus_playback_feed_read (ChorusSampleSource  *source,
                           guint64              frame,
                           gsize                n_frames,
                           char               **failure)
{
  guint channels = chorus_playback_feed_get_channels (source);
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;
  GstMapInfo map;

  buffer = gst_buffer_new_allocate (NULL, n_frames * channels * sizeof (float), NULL);
  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      *failure = g_strdup (_("There is not enough memory to play this."));
      return NULL;
    }

  if (channels == 2)
    done = chorus_sample_source_read (source, frame, n_frames, (float *) (gpointer) map.data, NULL, &error);
  else
    done = chorus_sample_source_read_mono (source, frame, n_frames, (float *) (gpointer) map.data, NULL, &error);
  gst_buffer_unmap (buffer, &map);

  if (!done)
    {
      *failure = g_strdup (error->message);
      return NULL;
    }

  return g_steal_pointer (&buffer);
}

static void
chorus_playback_feed_need_data_cb (GstAppSrc *appsrc,
                                   guint      length,
                                   gpointer   user_data)
{
  ChorusPlaybackFeed *self = user_data;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autofree char *failure = NULL;
  GstBuffer *buffer = NULL;
  guint64 offset;
  guint64 frame;
  gsize n_frames;
  guint rate;

  g_mutex_lock (&self->lock);
  g_set_object (&source, self->source);
  rate = self->rate;
  frame = self->next_frame;
  offset = frame - self->first_frame;
  n_frames = (gsize) MIN (self->end_frame - frame, (guint64) MAX (rate / 20, CHORUS_PLAYBACK_FEED_MIN_FRAMES));
  self->next_frame += n_frames;
  g_mutex_unlock (&self->lock);

  if (source && n_frames > 0)
    buffer = chorus_playback_feed_read (source, frame, n_frames, &failure);

  if (buffer == NULL)
    {
      g_mutex_lock (&self->lock);
      if (self->failure == NULL)
        self->failure = g_steal_pointer (&failure);
      g_mutex_unlock (&self->lock);

      gst_app_src_end_of_stream (appsrc);
      return;
    }

  /* Time begins at 0 with the first sample of the span, so that no rounding can clip it. */
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (offset, GST_SECOND, rate);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (offset + n_frames, GST_SECOND, rate) - GST_BUFFER_PTS (buffer);
  gst_app_src_push_buffer (appsrc, buffer);
}

void
chorus_playback_feed_connect (ChorusPlaybackFeed *self,
                              GstAppSrc          *appsrc)
{
  g_signal_connect (appsrc, "need-data", G_CALLBACK (chorus_playback_feed_need_data_cb), self);
}

void
chorus_playback_feed_set_span (ChorusPlaybackFeed *self,
                               ChorusSampleSource *source,
                               guint64             first_frame,
                               guint64             end_frame)
{
  double rate = source ? chorus_sample_source_get_sample_rate (source) : 1;

  g_mutex_lock (&self->lock);
  g_set_object (&self->source, source);
  self->first_frame = first_frame;
  self->next_frame = first_frame;
  self->end_frame = end_frame;
  self->rate = (guint) CLAMP (lround (rate), 1, G_MAXINT);
  g_clear_pointer (&self->failure, g_free);
  g_mutex_unlock (&self->lock);
}

gboolean
chorus_playback_feed_has_span (ChorusPlaybackFeed *self)
{
  gboolean has_span;

  g_mutex_lock (&self->lock);
  has_span = self->source != NULL;
  g_mutex_unlock (&self->lock);

  return has_span;
}

GstCaps *
chorus_playback_feed_dup_caps (ChorusPlaybackFeed *self)
{
  GstCaps *caps;

  g_mutex_lock (&self->lock);
  caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout", G_TYPE_STRING,
                              "interleaved", "rate", G_TYPE_INT, (int) self->rate, "channels", G_TYPE_INT,
                              (int) chorus_playback_feed_get_channels (self->source), NULL);
  g_mutex_unlock (&self->lock);

  return caps;
}

double
chorus_playback_feed_get_frame (ChorusPlaybackFeed *self,
                                GstClockTime        position)
{
  double frame;

  g_mutex_lock (&self->lock);
  frame = (double) self->first_frame + (double) position / (double) GST_SECOND * self->rate;
  frame = MIN (frame, (double) self->end_frame);
  g_mutex_unlock (&self->lock);

  return frame;
}

char *
chorus_playback_feed_dup_failure (ChorusPlaybackFeed *self)
{
  char *failure;

  g_mutex_lock (&self->lock);
  failure = g_strdup (self->failure);
  g_mutex_unlock (&self->lock);

  return failure;
}
