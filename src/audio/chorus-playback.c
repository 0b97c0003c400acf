/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three kinds of thread meet here. The owner's thread calls the functions of the header, each of which attaches a
 * message to the context of the playback's thread. That thread alone touches the pipeline. GStreamer's streaming
 * thread asks the feed for samples. What has to be told travels back to the owner's context the same way. */

#include "config.h"

#include "chorus-playback.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "chorus-playback-feed.h"
#include "chorus-playback-peak.h"
#include "chorus-playback-pipeline.h"

#define CHORUS_PLAYBACK_TICK_MS 16

/* How much longer than GStreamer says the device may be left to play to the end: a sound server that is late would
 * otherwise lose the last few samples when the device is let go of. */
#define CHORUS_PLAYBACK_LINGER_MS 50

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
  GSource *bus_source;
  GSource *tick_source;
  GSource *linger_source;
  ChorusSampleSource *source; /* of the span */
  ChorusPlaybackSpan span;
  ChorusPlaybackTreatment treatment;
  double normal_gain;
  GCancellable *measuring; /* (nullable): stops the search for the gain above */
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
  ChorusPlaybackSpan span;
  ChorusPlaybackTreatment treatment;
  GCancellable *measuring;
  double normal_gain;
  guint serial;
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

/* Commands on their way */

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
  g_clear_object (&command->measuring);
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
  if (copy->measuring)
    g_object_ref (copy->measuring);
  chorus_playback_attach (self->context, chorus_playback_run_command_cb, copy, chorus_playback_command_free);
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
chorus_playback_clear_source (GSource **source)
{
  if (*source)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Brings the pipeline to rest, with the device let go of. Nothing that was on its way from the old span is seen
 * afterwards: no streaming thread runs any more, and the bus is emptied. */
static void
chorus_playback_rest (ChorusPlayback *self,
                      GstState        state)
{
  g_autoptr (GstBus) bus = NULL;

  chorus_playback_clear_source (&self->tick_source);
  chorus_playback_clear_source (&self->linger_source);
  if (self->pipeline == NULL || GST_STATE_TARGET (self->pipeline) <= state)
    return;

  gst_element_set_state (self->pipeline, state);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
}

/* From NULL rather than READY, and with another pipeline, so that the next attempt looks for a device again. */
static void
chorus_playback_drop_pipeline (ChorusPlayback *self)
{
  chorus_playback_rest (self, GST_STATE_NULL);
  chorus_playback_clear_source (&self->bus_source);
  g_clear_object (&self->appsrc);
  g_clear_object (&self->pipeline);
}

static void
chorus_playback_stop_measuring (ChorusPlayback *self)
{
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
}

static void
chorus_playback_let_go (ChorusPlayback *self)
{
  chorus_playback_stop_measuring (self);
  chorus_playback_feed_clear (self->feed);
  g_clear_object (&self->source);
}

static void
chorus_playback_fail (ChorusPlayback *self,
                      const char     *sentence)
{
  chorus_playback_drop_pipeline (self);
  chorus_playback_let_go (self);
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

/* Plays the span from its start frame on; @fade_in where it goes on at another rate. */
static void
chorus_playback_start (ChorusPlayback *self,
                       gboolean        fade_in)
{
  g_autoptr (GstCaps) caps = NULL;

  chorus_playback_feed_set_span (self->feed, self->source, &self->span, &self->treatment, self->normal_gain, fade_in);
  caps = chorus_playback_feed_dup_caps (self->feed);
  gst_app_src_set_caps (GST_APP_SRC (self->appsrc), caps);

  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    chorus_playback_fail_device (self);
  else
    chorus_playback_start_ticking (self);
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
  if (chorus_playback_feed_get_left (self->feed, &self->span.start_frame))
    {
      chorus_playback_start (self, TRUE);
      return;
    }

  chorus_playback_let_go (self);
  chorus_playback_report (self, CHORUS_PLAYBACK_EVENT_FINISHED, 0, NULL);
}

static gboolean
chorus_playback_linger_cb (gpointer user_data)
{
  chorus_playback_end (user_data);

  return G_SOURCE_REMOVE;
}

static void
chorus_playback_linger (ChorusPlayback *self)
{
  chorus_playback_clear_source (&self->linger_source);
  self->linger_source = g_timeout_source_new (CHORUS_PLAYBACK_LINGER_MS);
  g_source_set_callback (self->linger_source, chorus_playback_linger_cb, self, NULL);
  g_source_attach (self->linger_source, self->context);
}

static gboolean
chorus_playback_message_cb (GstBus     *bus,
                            GstMessage *message,
                            gpointer    user_data)
{
  ChorusPlayback *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    chorus_playback_linger (self);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR || chorus_playback_pipeline_is_missing_device (message))
    chorus_playback_fail_device (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
chorus_playback_create_pipeline (ChorusPlayback *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self->pipeline == NULL)
    self->pipeline = chorus_playback_pipeline_new ();
  if (self->pipeline == NULL)
    return FALSE;
  if (self->bus_source)
    return TRUE;

  self->appsrc = gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  chorus_playback_feed_connect (self->feed, GST_APP_SRC (self->appsrc));

  bus = gst_element_get_bus (self->pipeline);
  self->bus_source = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_source, G_SOURCE_FUNC (chorus_playback_message_cb), self, NULL);
  g_source_attach (self->bus_source, self->context);

  return TRUE;
}

/* Normalizing */

static void
chorus_playback_run_set_normal_gain (ChorusPlayback              *self,
                                     const ChorusPlaybackCommand *command)
{
  /* Of a search that was given up meanwhile. */
  if (command->measuring != self->measuring)
    return;

  self->normal_gain = command->normal_gain;
  g_clear_object (&self->measuring);
  chorus_playback_feed_set_treatment (self->feed, &self->treatment, self->normal_gain);
}

static gpointer
chorus_playback_measure_thread (gpointer data)
{
  ChorusPlaybackCommand *command = data;

  command->normal_gain =
    chorus_playback_peak_find_gain (command->source, command->span.first_frame, command->span.end_frame,
                                    &command->treatment, command->measuring);
  chorus_playback_send (command->self, command);
  chorus_playback_unref (command->self);
  chorus_playback_command_free (command);

  return NULL;
}

/* Finds the gain now where that is soon done. Otherwise playing goes on with the gain that there is. */
static void
chorus_playback_measure (ChorusPlayback *self)
{
  ChorusPlaybackCommand *command;

  chorus_playback_stop_measuring (self);
  if (chorus_playback_peak_is_quick (self->source, self->span.first_frame, self->span.end_frame, &self->treatment))
    {
      self->normal_gain = chorus_playback_peak_find_gain (self->source, self->span.first_frame, self->span.end_frame,
                                                          &self->treatment, NULL);
      return;
    }

  self->measuring = g_cancellable_new ();
  command = g_new0 (ChorusPlaybackCommand, 1);
  command->self = g_atomic_rc_box_acquire (self);
  command->run = chorus_playback_run_set_normal_gain;
  command->source = g_object_ref (self->source);
  command->span = self->span;
  command->treatment = self->treatment;
  command->measuring = g_object_ref (self->measuring);
  g_thread_unref (g_thread_new ("chorus-peak", chorus_playback_measure_thread, command));
}

/* Commands */

static void
chorus_playback_run_play (ChorusPlayback              *self,
                          const ChorusPlaybackCommand *command)
{
  self->serial = command->serial;
  if (!chorus_playback_create_pipeline (self))
    {
      chorus_playback_fail (self, _("No sound can be heard: GStreamer or its plugins for playing are not installed."));
      return;
    }

  chorus_playback_rest (self, GST_STATE_READY);
  chorus_playback_let_go (self);
  self->source = g_object_ref (command->source);
  self->span = command->span;
  self->normal_gain = 1;
  if (self->treatment.normalize)
    chorus_playback_measure (self);

  chorus_playback_start (self, FALSE);
}

static void
chorus_playback_run_pause (ChorusPlayback              *self,
                           const ChorusPlaybackCommand *command)
{
  if (self->tick_source == NULL)
    return;

  chorus_playback_clear_source (&self->tick_source);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

static void
chorus_playback_run_resume (ChorusPlayback              *self,
                            const ChorusPlaybackCommand *command)
{
  if (self->source == NULL)
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
  chorus_playback_let_go (self);
}

static void
chorus_playback_run_set_treatment (ChorusPlayback              *self,
                                   const ChorusPlaybackCommand *command)
{
  gboolean was_measured =
    self->treatment.normalize && chorus_playback_treatment_is_signal_equal (&self->treatment, &command->treatment);

  self->treatment = command->treatment;
  if (self->source == NULL)
    return;

  if (!self->treatment.normalize)
    chorus_playback_stop_measuring (self);
  else if (!was_measured)
    chorus_playback_measure (self);
  chorus_playback_feed_set_treatment (self->feed, &self->treatment, self->normal_gain);
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

  chorus_playback_drop_pipeline (self);
  chorus_playback_let_go (self);

  g_main_context_pop_thread_default (self->context);
  chorus_playback_unref (self);

  return NULL;
}

/* The owner's thread */

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
  chorus_playback_treatment_init (&self->treatment);
  self->normal_gain = 1;
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
chorus_playback_play (ChorusPlayback           *self,
                      ChorusSampleSource       *source,
                      const ChorusPlaybackSpan *span,
                      guint                     serial)
{
  g_return_if_fail (CHORUS_IS_SAMPLE_SOURCE (source));
  g_return_if_fail (span->start_frame < span->end_frame);

  chorus_playback_send (self, &(ChorusPlaybackCommand){
                                .run = chorus_playback_run_play,
                                .source = source,
                                .span = *span,
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
chorus_playback_set_treatment (ChorusPlayback                *self,
                               const ChorusPlaybackTreatment *treatment)
{
  chorus_playback_send (self,
                        &(ChorusPlaybackCommand){ .run = chorus_playback_run_set_treatment, .treatment = *treatment });
}
