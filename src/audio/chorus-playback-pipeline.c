/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-pipeline.h"

#include <gst/audio/gstaudiobasesink.h>

#include "chorus-audio-init.h"

/* Samples without dither: what is played at the file's own depth arrives unchanged. */
#define CHORUS_PLAYBACK_PIPELINE                                                                                       \
  "appsrc name=source format=time ! audioconvert dithering=none ! audioresample name=last"

#define CHORUS_PLAYBACK_PIPELINE_SINK "autoaudiosink"

/* In microseconds: so late is a change of the treatment heard. */
#define CHORUS_PLAYBACK_PIPELINE_BUFFER_TIME G_GINT64_CONSTANT (60000)
#define CHORUS_PLAYBACK_PIPELINE_USUAL_BUFFER_TIME G_GINT64_CONSTANT (200000)

static void
chorus_playback_pipeline_element_cb (GstBin     *pipeline,
                                     GstBin     *bin,
                                     GstElement *element,
                                     gpointer    user_data)
{
  gint64 buffer_time = 0;

  if (!GST_IS_AUDIO_BASE_SINK (element))
    return;

  g_object_get (element, "buffer-time", &buffer_time, NULL);
  if (buffer_time == CHORUS_PLAYBACK_PIPELINE_USUAL_BUFFER_TIME)
    g_object_set (element, "buffer-time", CHORUS_PLAYBACK_PIPELINE_BUFFER_TIME, NULL);
}

static GstElement *
chorus_playback_pipeline_create_sink (void)
{
  const char *description = g_getenv ("CHORUS_AUDIO_SINK");
  g_autoptr (GError) error = NULL;
  GstElement *sink;

  if (description == NULL || *description == '\0')
    description = CHORUS_PLAYBACK_PIPELINE_SINK;

  sink = gst_parse_bin_from_description (description, TRUE, &error);
  if (error)
    {
      g_debug ("The audio sink could not be made: %s", error->message);
      g_clear_pointer (&sink, gst_object_unref);
    }

  return sink;
}

GstElement *
chorus_playback_pipeline_new (void)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) last = NULL;
  g_autoptr (GstElement) sink = NULL;

  if (!chorus_audio_init ())
    return NULL;

  pipeline = gst_parse_launch_full (CHORUS_PLAYBACK_PIPELINE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  sink = chorus_playback_pipeline_create_sink ();
  if (pipeline == NULL || sink == NULL)
    return NULL;

  /* The automatic sink makes the real one only when it looks for a device. */
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (chorus_playback_pipeline_element_cb), NULL);
  last = gst_bin_get_by_name (GST_BIN (pipeline), "last");
  gst_bin_add (GST_BIN (pipeline), gst_object_ref (sink));
  gst_element_link (last, sink);

  return g_steal_pointer (&pipeline);
}

gboolean
chorus_playback_pipeline_is_missing_device (GstMessage *message)
{
  GstElementFactory *factory = NULL;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_WARNING)
    return FALSE;
  if (GST_IS_ELEMENT (GST_MESSAGE_SRC (message)))
    factory = gst_element_get_factory (GST_ELEMENT (GST_MESSAGE_SRC (message)));

  return factory && g_strcmp0 (GST_OBJECT_NAME (factory), CHORUS_PLAYBACK_PIPELINE_SINK) == 0;
}
