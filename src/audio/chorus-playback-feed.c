/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-feed.h"

#include <math.h>

#include <glib/gi18n.h>
#include <gst/audio/audio.h>

#include "chorus-playback-map.h"

struct _ChorusPlaybackFeed
{
  /* Of the streaming thread while it runs; set while it does not. */
  ChorusPlaybackStream *stream;
  guint64 n_pushed; /* frames */
  guint64 n_added;

  GMutex lock;
  ChorusPlaybackMap map;
  guint64 first_frame;
  guint64 end_frame;
  double end_place;
  ChorusPlaybackTreatment treatment;
  double normal_gain;
  gboolean changed; /* @treatment or @normal_gain, since the stream has seen them */
  char *failure;
};

ChorusPlaybackFeed *
chorus_playback_feed_new (void)
{
  ChorusPlaybackFeed *self = g_new0 (ChorusPlaybackFeed, 1);

  g_mutex_init (&self->lock);

  return self;
}

void
chorus_playback_feed_free (ChorusPlaybackFeed *self)
{
  if (self == NULL)
    return;

  chorus_playback_feed_clear (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The streaming thread */

static void
chorus_playback_feed_take_changes (ChorusPlaybackFeed *self)
{
  ChorusPlaybackTreatment treatment;
  double normal_gain;
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->changed;
  self->changed = FALSE;
  treatment = self->treatment;
  normal_gain = self->normal_gain;
  g_mutex_unlock (&self->lock);

  if (!changed)
    return;

  chorus_playback_stream_set_normal_gain (self->stream, normal_gain);
  if (!chorus_playback_stream_adopt (self->stream, &treatment))
    chorus_playback_stream_leave (self->stream);
}

/* Returns the next samples, or NULL when there are none, for a reason that @failure tells where it is one. */
static GstBuffer *
chorus_playback_feed_pull (ChorusPlaybackFeed  *self,
                           char               **failure)
{
  gsize frame_size = chorus_playback_stream_get_channels (self->stream) * sizeof (float);
  gsize max_frames = chorus_playback_stream_get_max_frames (self->stream);
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, max_frames * frame_size, NULL);
  g_autoptr (GError) error = NULL;
  ChorusPlaybackBlock block = { 0 };
  gboolean done = TRUE;
  GstMapInfo map;

  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      *failure = g_strdup (_("There is not enough memory to play this."));
      return NULL;
    }

  while (done && block.n_frames == 0 && !block.ended)
    {
      done = chorus_playback_stream_pull (self->stream, (float *) (gpointer) map.data, &block, &error);
      if (done && block.n_added > 0)
        {
          g_mutex_lock (&self->lock);
          chorus_playback_map_add (&self->map, self->n_added, block.place, block.step);
          self->end_place = chorus_playback_stream_get_end (self->stream);
          g_mutex_unlock (&self->lock);
          self->n_added += block.n_added;
        }
    }
  gst_buffer_unmap (buffer, &map);

  if (!done)
    *failure = g_strdup (error->message);
  if (!done || block.n_frames == 0)
    return NULL;

  gst_buffer_set_size (buffer, (gssize) (block.n_frames * frame_size));

  return g_steal_pointer (&buffer);
}

static void
chorus_playback_feed_need_data_cb (GstAppSrc *appsrc,
                                   guint      length,
                                   gpointer   user_data)
{
  ChorusPlaybackFeed *self = user_data;
  g_autofree char *failure = NULL;
  GstBuffer *buffer = NULL;
  guint64 offset = self->n_pushed;
  guint rate;

  if (self->stream)
    {
      chorus_playback_feed_take_changes (self);
      buffer = chorus_playback_feed_pull (self, &failure);
    }

  if (buffer == NULL)
    {
      g_mutex_lock (&self->lock);
      if (self->failure == NULL)
        self->failure = g_steal_pointer (&failure);
      g_mutex_unlock (&self->lock);

      gst_app_src_end_of_stream (appsrc);
      return;
    }

  rate = chorus_playback_stream_get_rate (self->stream);
  self->n_pushed +=
    gst_buffer_get_size (buffer) / (chorus_playback_stream_get_channels (self->stream) * sizeof (float));

  /* Time begins at 0 with the first sample, so that no rounding can clip it. */
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (offset, GST_SECOND, rate);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (self->n_pushed, GST_SECOND, rate) - GST_BUFFER_PTS (buffer);
  gst_app_src_push_buffer (appsrc, buffer);
}

void
chorus_playback_feed_connect (ChorusPlaybackFeed *self,
                              GstAppSrc          *appsrc)
{
  g_signal_connect (appsrc, "need-data", G_CALLBACK (chorus_playback_feed_need_data_cb), self);
}

/* The thread that owns the pipeline */

void
chorus_playback_feed_clear (ChorusPlaybackFeed *self)
{
  g_clear_pointer (&self->stream, chorus_playback_stream_free);
  self->n_pushed = 0;
  self->n_added = 0;

  g_mutex_lock (&self->lock);
  self->map.n_added = 0;
  self->changed = FALSE;
  g_clear_pointer (&self->failure, g_free);
  g_mutex_unlock (&self->lock);
}

void
chorus_playback_feed_set_span (ChorusPlaybackFeed            *self,
                               ChorusSampleSource            *source,
                               const ChorusPlaybackSpan      *span,
                               const ChorusPlaybackTreatment *treatment,
                               double                         normal_gain,
                               gboolean                       fade_in)
{
  chorus_playback_feed_clear (self);
  self->stream = chorus_playback_stream_new (source, span, treatment, normal_gain, fade_in);

  g_mutex_lock (&self->lock);
  self->first_frame = span->first_frame;
  self->end_frame = span->end_frame;
  self->end_place = chorus_playback_stream_get_end (self->stream);
  self->treatment = *treatment;
  self->normal_gain = normal_gain;
  g_mutex_unlock (&self->lock);
}

void
chorus_playback_feed_set_treatment (ChorusPlaybackFeed            *self,
                                    const ChorusPlaybackTreatment *treatment,
                                    double                         normal_gain)
{
  g_mutex_lock (&self->lock);
  self->treatment = *treatment;
  self->normal_gain = normal_gain;
  self->changed = TRUE;
  g_mutex_unlock (&self->lock);
}

gboolean
chorus_playback_feed_get_left (ChorusPlaybackFeed *self,
                               guint64            *frame)
{
  return self->stream && chorus_playback_stream_get_left (self->stream, frame);
}

GstCaps *
chorus_playback_feed_dup_caps (ChorusPlaybackFeed *self)
{
  return gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout", G_TYPE_STRING,
                              "interleaved", "rate", G_TYPE_INT, (int) chorus_playback_stream_get_rate (self->stream),
                              "channels", G_TYPE_INT, (int) chorus_playback_stream_get_channels (self->stream), NULL);
}

double
chorus_playback_feed_get_frame (ChorusPlaybackFeed *self,
                                GstClockTime        position)
{
  double heard = (double) position / (double) GST_SECOND * chorus_playback_stream_get_rate (self->stream);
  double n_frames;
  double frame;
  double place;

  g_mutex_lock (&self->lock);
  n_frames = (double) (self->end_frame - self->first_frame);
  place = MAX (chorus_playback_map_get_place (&self->map, heard), 0);
  if (place >= self->end_place)
    frame = (double) self->end_frame;
  else
    frame = (double) self->first_frame + fmod (place, n_frames);
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
