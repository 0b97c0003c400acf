/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three kinds of thread meet here. The owner's thread calls the functions of the header, each of which attaches a
 * message to the context of the playback's thread. That thread alone touches the pipeline. GStreamer's streaming
 * thread asks the feed for samples. What has to be told travels back to the owner's context the same way. */

#include "config.h"

#include "chorus-playback.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "chorus-audio-init.h"
#include "chorus-playback-feed.h"

#define CHORUS_PLAYBACK_TICK_MS 16

/* Samples without dither: what is played at the file's own depth arrives unchanged. */
#define CHORUS_PLAYBACK_PIPELINE                                                                                       \
  "appsrc name=source format=time ! audioconvert dithering=none ! audioresample ! volume name=volume"

#define CHORUS_PLAYBACK_DEFAULT_SINK "autoaudiosink"

struct _ChorusPlayback
{
  /* The owner's thread. */
  ChorusPlaybackFunc func;
  gpointer user_data;
  GMainContext *owner_context;
  gboolean closed;

  /* The playback's thread. */
  GMainContext *context;
  GMainLoop *loop;
  GstElement *pipeline;
  GstElement *appsrc;
  GstElement *volume_element;
  GSource *bus_source;
  GSource *tick_source;
  double volume;
  guint serial;

  ChorusPlaybackFeed *feed;
};

typedef struct
{
  ChorusPlayback *self;
  ChorusPlaybackEvent event;
  guint serial;
  double frame;
  char *sentence;
} ChorusPlaybackReport;

typedef struct _ChorusPlaybackCommand ChorusPlaybackCommand;

struct _ChorusPlaybackCommand
{
  ChorusPlayback *self;
  void (*run) (ChorusPlayback *self, const ChorusPlaybackCommand *command);
  ChorusSampleSource *source;
  guint64 first_frame;
  guint64 end_frame;
  guint serial;
  double volume;
};

static void
chorus_playback_clear (gpointer data)
{
  ChorusPlayback *self = data;

  g_clear_pointer (&self->feed, chorus_playback_feed_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->owner_context, g_main_context_unref);
}

static void
chorus_playback_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, chorus_playback_clear);
}

static void
chorus_playback_attach (GMainContext   *context,
                        GSourceFunc     func,
                        gpointer        data,
                        GDestroyNotify  destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* Not g_main_context_invoke(), which may run the function here and now. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}

/* Reports to the owner */

static gboolean
chorus_playback_deliver_cb (gpointer user_data)
{
  ChorusPlaybackReport *report = user_data;

  if (!report->self->closed)
    report->self->func (report->event, report->serial, report->frame, report->sentence, report->self->user_data);

  return G_SOURCE_REMOVE;
}

static void
chorus_playback_report_free (gpointer data)
{
  ChorusPlaybackReport *report = data;

  chorus_playback_unref (report->self);
  g_free (report->sentence);
  g_free (report);
}

static void
chorus_playback_report (ChorusPlayback      *self,
                        ChorusPlaybackEvent  event,
                        double               frame,
                        const char          *sentence)
{
  ChorusPlaybackReport *report = g_new0 (ChorusPlaybackReport, 1);

  report->self = g_atomic_rc_box_acquire (self);
  report->event = event;
  report->serial = self->serial;
  report->frame = frame;
  report->sentence = g_strdup (sentence);

  chorus_playback_attach (self->owner_context, chorus_playback_deliver_cb, report, chorus_playback_report_free);
}

/* The playback's thread */

static void
chorus_playback_stop_ticking (ChorusPlayback *self)
{
  if (self->tick_source)
    g_source_destroy (self->tick_source);
  g_clear_pointer (&self->tick_source, g_source_unref);
}

/* Brings the pipeline to rest, with the device let go of. Nothing that was on its way from the old span is seen
 * afterwards: no streaming thread runs any more, and the bus is emptied. */
static void
chorus_playback_rest (ChorusPlayback *self,
                      GstState        state)
{
  g_autoptr (GstBus) bus = NULL;

  chorus_playback_stop_ticking (self);
  if (self->pipeline == NULL || GST_STATE_TARGET (self->pipeline) <= state)
    return;

  gst_element_set_state (self->pipeline, state);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
}

static void
chorus_playback_fail (ChorusPlayback *self,
                      const char     *sentence)
{
  /* From NULL rather than READY, so that the next attempt looks for a device again. */
  chorus_playback_rest (self, GST_STATE_NULL);
  chorus_playback_feed_set_span (self->feed, NULL, 0, 0);
  chorus_playback_report (self, CHORUS_PLAYBACK_EVENT_FAILED, 0, sentence);
}

static void
chorus_playback_fail_device (ChorusPlayback *self)
{
  chorus_playback_fail (self, _("No sound can be heard: there is no working audio device. Connect one, or look at the "
                                 "sound settings of this computer."));
}

static gboolean
chorus_playback_tick_cb (gpointer user_data)
{
  ChorusPlayback *self = user_data;
  gint64 position = 0;

  if (gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &position) && position > 0)
    chorus_playback_report (self, CHORUS_PLAYBACK_EVENT_POSITION,
                            chorus_playback_feed_get_frame (self->feed, (GstClockTime) position), NULL);

  return G_SOURCE_CONTINUE;
}

static void
chorus_playback_start_ticking (ChorusPlayback *self)
{
  if (self->tick_source)
    return;

  self->tick_source = g_timeout_source_new (CHORUS_PLAYBACK_TICK_MS);
  g_source_set_callback (self->tick_source, chorus_playback_tick_cb, self, NULL);
  g_source_attach (self->tick_source, self->context);
}

static void
chorus_playback_end (ChorusPlayback *self)
{
  g_autofree char *failure = chorus_playback_feed_dup_failure (self->feed);

  chorus_playback_rest (self, GST_STATE_READY);
  if (failure)
    {
      chorus_playback_fail (self, failure);
      return;
    }

  chorus_playback_feed_set_span (self->feed, NULL, 0, 0);
  chorus_playback_report (self, CHORUS_PLAYBACK_EVENT_FINISHED, 0, NULL);
}

/* Where no device works, the automatic sink says so in a warning and then plays into nothing. */
static gboolean
chorus_playback_is_missing_device (GstMessage *message)
{
  GstElementFactory *factory = NULL;

  if (GST_IS_ELEMENT (GST_MESSAGE_SRC (message)))
    factory = gst_element_get_factory (GST_ELEMENT (GST_MESSAGE_SRC (message)));

  return factory && g_strcmp0 (GST_OBJECT_NAME (factory), CHORUS_PLAYBACK_DEFAULT_SINK) == 0;
}

static gboolean
chorus_playback_message_cb (GstBus     *bus,
                            GstMessage *message,
                            gpointer    user_data)
{
  ChorusPlayback *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    chorus_playback_end (self);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    chorus_playback_fail_device (self);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING && chorus_playback_is_missing_device (message))
    chorus_playback_fail_device (self);

  return G_SOURCE_CONTINUE;
}

static GstElement *
chorus_playback_create_sink (void)
{
  const char *description = g_getenv ("CHORUS_AUDIO_SINK");
  g_autoptr (GError) error = NULL;
  GstElement *sink;

  if (description == NULL || *description == '\0')
    description = CHORUS_PLAYBACK_DEFAULT_SINK;

  sink = gst_parse_bin_from_description (description, TRUE, &error);
  if (error)
    {
      g_debug ("The audio sink could not be made: %s", error->message);
      g_clear_pointer (&sink, gst_object_unref);
    }

  return sink;
}

static gboolean
chorus_playback_create_pipeline (ChorusPlayback *self)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (self->pipeline)
    return TRUE;

  if (!chorus_audio_init ())
    return FALSE;

  pipeline = gst_parse_launch_full (CHORUS_PLAYBACK_PIPELINE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  sink = chorus_playback_create_sink ();
  if (pipeline == NULL || sink == NULL)
    return FALSE;

  self->appsrc = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  self->volume_element = gst_bin_get_by_name (GST_BIN (pipeline), "volume");
  gst_bin_add (GST_BIN (pipeline), gst_object_ref (sink));
  gst_element_link (self->volume_element, sink);

  g_object_set (self->volume_element, "volume", self->volume, NULL);
  chorus_playback_feed_connect (self->feed, GST_APP_SRC (self->appsrc));

  bus = gst_element_get_bus (pipeline);
  self->bus_source = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_source, G_SOURCE_FUNC (chorus_playback_message_cb), self, NULL);
  g_source_attach (self->bus_source, self->context);
  self->pipeline = g_steal_pointer (&pipeline);

  return TRUE;
}

static void
chorus_playback_run_play (ChorusPlayback              *self,
                          const ChorusPlaybackCommand *command)
{
  g_autoptr (GstCaps) caps = NULL;

  self->serial = command->serial;
  if (!chorus_playback_create_pipeline (self))
    {
      chorus_playback_fail (self, _("No sound can be heard: GStreamer or its plugins for playing are not installed."));
      return;
    }

  chorus_playback_rest (self, GST_STATE_READY);
  chorus_playback_feed_set_span (self->feed, command->source, command->first_frame, command->end_frame);

  caps = chorus_playback_feed_dup_caps (self->feed);
  gst_app_src_set_caps (GST_APP_SRC (self->appsrc), caps);

  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    chorus_playback_fail_device (self);
  else
    chorus_playback_start_ticking (self);
}

static void
chorus_playback_run_pause (ChorusPlayback              *self,
                           const ChorusPlaybackCommand *command)
{
  if (self->tick_source == NULL)
    return;

  chorus_playback_stop_ticking (self);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

static void
chorus_playback_run_resume (ChorusPlayback              *self,
                            const ChorusPlaybackCommand *command)
{
  if (!chorus_playback_feed_has_span (self->feed))
    return;

  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    chorus_playback_fail_device (self);
  else
    chorus_playback_start_ticking (self);
}

static void
chorus_playback_run_stop (ChorusPlayback              *self,
                          const ChorusPlaybackCommand *command)
{
  chorus_playback_rest (self, GST_STATE_READY);
  chorus_playback_feed_set_span (self->feed, NULL, 0, 0);
}

static void
chorus_playback_run_set_volume (ChorusPlayback              *self,
                                const ChorusPlaybackCommand *command)
{
  self->volume = command->volume;
  if (self->volume_element)
    g_object_set (self->volume_element, "volume", self->volume, NULL);
}

static void
chorus_playback_run_quit (ChorusPlayback              *self,
                          const ChorusPlaybackCommand *command)
{
  g_main_loop_quit (self->loop);
}

static gpointer
chorus_playback_thread (gpointer data)
{
  ChorusPlayback *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);

  chorus_playback_rest (self, GST_STATE_NULL);
  chorus_playback_feed_set_span (self->feed, NULL, 0, 0);
  if (self->bus_source)
    g_source_destroy (self->bus_source);
  g_clear_pointer (&self->bus_source, g_source_unref);
  g_clear_object (&self->volume_element);
  g_clear_object (&self->appsrc);
  g_clear_object (&self->pipeline);

  g_main_context_pop_thread_default (self->context);
  chorus_playback_unref (self);

  return NULL;
}

/* The owner's thread */

static gboolean
chorus_playback_run_command_cb (gpointer user_data)
{
  ChorusPlaybackCommand *command = user_data;

  command->run (command->self, command);

  return G_SOURCE_REMOVE;
}

static void
chorus_playback_command_free (gpointer data)
{
  ChorusPlaybackCommand *command = data;

  g_clear_object (&command->source);
  g_free (command);
}

/* The thread lives until it has run the last command, which is to quit, so commands need no reference of their own. */
static void
chorus_playback_send (ChorusPlayback              *self,
                      const ChorusPlaybackCommand *command)
{
  ChorusPlaybackCommand *copy = g_memdup2 (command, sizeof *command);

  copy->self = self;
  if (copy->source)
    g_object_ref (copy->source);
  chorus_playback_attach (self->context, chorus_playback_run_command_cb, copy, chorus_playback_command_free);
}

ChorusPlayback *
chorus_playback_new (ChorusPlaybackFunc func,
                     gpointer           user_data)
{
  ChorusPlayback *self = g_atomic_rc_box_new0 (ChorusPlayback);

  self->func = func;
  self->user_data = user_data;
  self->owner_context = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->volume = 1;
  self->feed = chorus_playback_feed_new ();

  g_thread_unref (g_thread_new ("chorus-playback", chorus_playback_thread, g_atomic_rc_box_acquire (self)));

  return self;
}

void
chorus_playback_close (ChorusPlayback *self)
{
  if (self == NULL)
    return;

  self->closed = TRUE;
  chorus_playback_send (self, &(ChorusPlaybackCommand){ .run = chorus_playback_run_quit });
  chorus_playback_unref (self);
}

void
chorus_playback_play (ChorusPlayback     *self,
                      ChorusSampleSource *source,
                      guint64             first_frame,
                      guint64             end_frame,
                      guint               serial)
{
  g_return_if_fail (CHORUS_IS_SAMPLE_SOURCE (source));
  g_return_if_fail (first_frame < end_frame);

  chorus_playback_send (self, &(ChorusPlaybackCommand){
                                .run = chorus_playback_run_play,
                                .source = source,
                                .first_frame = first_frame,
                                .end_frame = end_frame,
                                .serial = serial,
                              });
}

void
chorus_playback_pause (ChorusPlayback *self)
{
  chorus_playback_send (self, &(ChorusPlaybackCommand){ .run = chorus_playback_run_pause });
}

void
chorus_playback_resume (ChorusPlayback *self)
{
  chorus_playback_send (self, &(ChorusPlaybackCommand){ .run = chorus_playback_run_resume });
}

void
chorus_playback_stop (ChorusPlayback *self)
{
  chorus_playback_send (self, &(ChorusPlaybackCommand){ .run = chorus_playback_run_stop });
}

void
chorus_playback_set_volume (ChorusPlayback *self,
                            double          volume)
{
  chorus_playback_send (self, &(ChorusPlaybackCommand){ .run = chorus_playback_run_set_volume, .volume = volume });
}
