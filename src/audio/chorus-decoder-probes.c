/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All of these run on streaming threads. */

#include "config.h"

#include "chorus-decoder-probes.h"

#include <gst/audio/audio.h>

/* Writes an edit list over that of the file, as GStreamer reads it: one edit, of everything. GStreamer 1.22 cuts to the
 * nearest nanosecond, which is not that of a sample, and loses the last block of nearly every file that has a list. */
static GstPadProbeReturn
chorus_decoder_probes_replace_edits_cb (GstPad          *pad,
                                        GstPadProbeInfo *info,
                                        gpointer         user_data)
{
  const ChorusDecoderProbes *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  guint64 edits = (guint64) self->trim.edits;
  guint64 size = self->trim.edits_size;
  guint64 start = GST_BUFFER_OFFSET (buffer);
  guint64 end = start + gst_buffer_get_size (buffer);

  if (!GST_BUFFER_OFFSET_IS_VALID (buffer) || end <= edits || start >= edits + size)
    return GST_PAD_PROBE_OK;

  /* The number of edits is 1; length 0 from 0 on is all of the sound; the speed is 1 in the upper half of four bytes. */
  buffer = gst_buffer_make_writable (buffer);
  for (guint64 i = MAX (start, edits); i < MIN (end, edits + size); i++)
    gst_buffer_memset (buffer, i - start, i - edits == 3 || i - edits == size - 3, 1);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;

  return GST_PAD_PROBE_OK;
}

/* Takes off what tells a decoder to cut its output, which some decoders heed in some versions: it is cut here. */
static GstPadProbeReturn
chorus_decoder_probes_drop_clipping_cb (GstPad          *pad,
                                        GstPadProbeInfo *info,
                                        gpointer         user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstAudioClippingMeta *meta = gst_buffer_get_audio_clipping_meta (buffer);

  if (meta)
    {
      buffer = gst_buffer_make_writable (buffer);
      gst_buffer_remove_meta (buffer, (GstMeta *) gst_buffer_get_audio_clipping_meta (buffer));
      GST_PAD_PROBE_INFO_DATA (info) = buffer;
    }

  return GST_PAD_PROBE_OK;
}

/* Runs on a streaming thread, before a frame of FLAC is decoded. */
static GstPadProbeReturn
chorus_decoder_probes_frame_in_cb (GstPad          *pad,
                                   GstPadProbeInfo *info,
                                   gpointer         user_data)
{
  ChorusDecoderProbes *self = user_data;

  self->frame_time = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));

  return GST_PAD_PROBE_OK;
}

/* Gives what comes out of a frame of FLAC the time of that frame. When GStreamer's decoder drops a damaged frame, it gives
 * its time to the next one, and so on to the end. */
static GstPadProbeReturn
chorus_decoder_probes_frame_out_cb (GstPad          *pad,
                                    GstPadProbeInfo *info,
                                    gpointer         user_data)
{
  ChorusDecoderProbes *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

  if (!GST_CLOCK_TIME_IS_VALID (self->frame_time) || !GST_BUFFER_DURATION_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;

  if (GST_BUFFER_PTS (buffer) < self->frame_time)
    {
      buffer = gst_buffer_make_writable (buffer);
      GST_BUFFER_PTS (buffer) = self->frame_time;
      GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
      GST_PAD_PROBE_INFO_DATA (info) = buffer;
    }
  self->frame_time += GST_BUFFER_DURATION (buffer);

  return GST_PAD_PROBE_OK;
}

/* Runs on a streaming thread, before the element sees data. */
static void
chorus_decoder_probes_element_added_cb (GstBin     *pipeline,
                                        GstBin     *bin,
                                        GstElement *element,
                                        gpointer    user_data)
{
  ChorusDecoderProbes *self = user_data;
  GstElementFactory *factory = gst_element_get_factory (element);

  if (!GST_IS_AUDIO_DECODER (element))
    return;

  if (self->trim.is_known)
    gst_pad_add_probe (GST_AUDIO_DECODER_SINK_PAD (element), GST_PAD_PROBE_TYPE_BUFFER,
                       chorus_decoder_probes_drop_clipping_cb, NULL, NULL);
  if (factory && g_str_equal (GST_OBJECT_NAME (factory), "flacdec"))
    {
      gst_pad_add_probe (GST_AUDIO_DECODER_SINK_PAD (element), GST_PAD_PROBE_TYPE_BUFFER,
                         chorus_decoder_probes_frame_in_cb, self, NULL);
      gst_pad_add_probe (GST_AUDIO_DECODER_SRC_PAD (element), GST_PAD_PROBE_TYPE_BUFFER,
                         chorus_decoder_probes_frame_out_cb, self, NULL);
    }
}

void
chorus_decoder_probes_install (ChorusDecoderProbes *self,
                               GstElement          *pipeline,
                               GstElement          *source)
{
  self->frame_time = GST_CLOCK_TIME_NONE;
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (chorus_decoder_probes_element_added_cb), self);

  if (self->trim.edits >= 0)
    {
      g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");

      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_PULL | GST_PAD_PROBE_TYPE_PUSH,
                         chorus_decoder_probes_replace_edits_cb, self, NULL);
    }
}
