/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decoder.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>

#include "chorus-audio-error.h"
#include "chorus-audio-init.h"
#include "chorus-audio-magic.h"
#include "chorus-decoder-probes.h"

/* How often a waiting decoder looks for cancellation, and how long it may produce nothing before it is given up. */
#define CHORUS_DECODER_STEP (50 * GST_MSECOND)
#define CHORUS_DECODER_PATIENCE_US (20 * G_USEC_PER_SEC)

/* How far the time of a piece may be ahead of its place before silence is put between, in fractions of a second: where the
 * decoder says that something is missing, and where it does not. Matroska counts whole milliseconds. */
#define CHORUS_DECODER_LOSS 100
#define CHORUS_DECODER_JUMP 10

/* Silence beyond this and beyond the length of the sound is a damaged time and no gap. In seconds. */
#define CHORUS_DECODER_MAX_SILENCE 3600

/* Samples of silence that are handed out at a time. */
#define CHORUS_DECODER_SILENCE_SAMPLES 16384

/* How much shorter a file may say it is than its parts say, in seconds. */
#define CHORUS_DECODER_ROUNDING 0.1

/* Only sound is decoded: streams of other kinds are not exposed. The resampler passes everything through unless the
 * rate changes within the file, which the caps fixed after the first buffer then undo. */
#define CHORUS_DECODER_PIPELINE                                                                                        \
  "filesrc name=source ! decodebin name=decoder expose-all-streams=false caps=audio/x-raw "                            \
  "! audioconvert name=convert dithering=none ! audioresample ! appsink name=sink sync=false max-buffers=4"

#define CHORUS_DECODER_CAPS "audio/x-raw, format=" GST_AUDIO_NE (F32) ", layout=interleaved"

struct _ChorusDecoder
{
  GstElement *pipeline;
  GstAppSink *sink;
  GstBus *bus;
  char *name;

  GstSample *sample; /* the one that is handed out, or will be after the silence before it */
  GstMapInfo map;
  gboolean mapped;
  gboolean started;

  /* The length of the sample that is not handed out yet, and of the silence before it; what was handed out or left out
   * before both; all in frames. */
  gsize n_frames;
  gsize n_used;
  guint64 n_silent;
  guint64 position;
  guint64 all_silence;
  gint64 origin; /* the time of the first sample, in frames */
  gboolean has_sound;
  float *silence;

  ChorusDecoderProbes probes;
  guint64 trim_start;
  guint64 trim_end;
  guint64 trim_resume;

  guint sample_rate;
  guint channels;
  guint depth; /* of what the codec gave, in bits; 0 for floats */
  gboolean lost_file;
  char *missing_codec;
  gint has_video; /* atomic: set on a streaming thread */
  gint is_lossy;  /* the same */
};

/* Whether a codec keeps less than it was given. One that is not known here counts as lossless, so that no bit of it is
 * thrown away. */
static gboolean
chorus_decoder_caps_are_lossy (const GstCaps *caps)
{
  static const char *const lossy[] = {
    "audio/mpeg",    "audio/x-vorbis", "audio/x-opus", "audio/x-speex",    "audio/AMR",    "audio/AMR-WB",
    "audio/x-wma",   "audio/x-ac3",    "audio/x-eac3", "audio/x-dts",      "audio/x-alaw", "audio/x-mulaw",
    "audio/x-adpcm", "audio/x-gsm",    "audio/G722",   "audio/x-musepack",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lossy); i++)
    if (gst_structure_has_name (gst_caps_get_structure (caps, 0), lossy[i]))
      return TRUE;

  return FALSE;
}

/* Runs on a streaming thread, for the file as a whole and for every stream that is found in it. The names of caps do
 * not tell pictures from containers: "video/quicktime" is what most M4A files are. */
static gboolean
chorus_decoder_autoplug_continue_cb (GstElement *decodebin,
                                     GstPad     *pad,
                                     GstCaps    *caps,
                                     gpointer    user_data)
{
  ChorusDecoder *self = user_data;
  GstPbUtilsCapsDescriptionFlags flags = 0;

  if (gst_caps_is_fixed (caps))
    flags = gst_pb_utils_get_caps_description_flags (caps);

  if ((flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_VIDEO) && !(flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_CONTAINER))
    g_atomic_int_set (&self->has_video, TRUE);
  if (!gst_caps_is_empty (caps) && !gst_caps_is_any (caps) && chorus_decoder_caps_are_lossy (caps))
    g_atomic_int_set (&self->is_lossy, TRUE);

  return TRUE;
}

/* Returns the first error on the bus, and keeps what is said about a missing plugin on the way to it. */
static GError *
chorus_decoder_pop_error (ChorusDecoder *self)
{
  GstMessageType types = GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT;
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (self->bus, types)))
    {
      GError *error = NULL;

      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        gst_message_parse_error (message, &error, NULL);
      else if (gst_is_missing_plugin_message (message) && self->missing_codec == NULL)
        self->missing_codec = gst_missing_plugin_message_get_description (message);
      gst_message_unref (message);

      if (error)
        return error;
    }

  return NULL;
}

static gboolean
chorus_decoder_fail_without_sound (const ChorusDecoder  *self,
                                   GError              **error)
{
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_TRUNCATED,
               _("“%s” was cut off or is damaged: no sound could be found in it."), self->name);

  return FALSE;
}

/* Turns what GStreamer says about a file that gave no sound at all into our sentence. */
static void
chorus_decoder_set_open_error (ChorusDecoder  *self,
                               const GError   *gst_error,
                               GError        **error)
{
  if (gst_error)
    g_debug ("Decoding failed: %s", gst_error->message);

  if (gst_error && gst_error->domain == GST_RESOURCE_ERROR)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” cannot be read: check the drive it is on."), self->name);
      return;
    }

  if (g_atomic_int_get (&self->has_video))
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO,
                   _("“%s” is not audio: it is a video without sound."), self->name);
      return;
    }

  if (self->missing_codec)
    g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
                 _("“%s” cannot be decoded here: the GStreamer plugin for %s is not installed."), self->name,
                 self->missing_codec);
  else
    chorus_decoder_fail_without_sound (self, error);
}

static void
chorus_decoder_drop_sample (ChorusDecoder *self)
{
  if (self->mapped)
    gst_buffer_unmap (gst_sample_get_buffer (self->sample), &self->map);
  self->mapped = FALSE;
  g_clear_pointer (&self->sample, gst_sample_unref);
}

/* Waits for the next sample. TRUE without a sample is the end. */
static gboolean
chorus_decoder_pull (ChorusDecoder  *self,
                     GCancellable   *cancellable,
                     GError        **error)
{
  gint64 deadline = g_get_monotonic_time () + CHORUS_DECODER_PATIENCE_US;

  chorus_decoder_drop_sample (self);

  while (TRUE)
    {
      g_autoptr (GError) gst_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      self->sample = gst_app_sink_try_pull_sample (self->sink, CHORUS_DECODER_STEP);
      if (self->sample)
        return TRUE;

      gst_error = chorus_decoder_pop_error (self);
      if (gst_error && self->started)
        {
          g_debug ("Decoding of a file stopped early: %s", gst_error->message);
          self->lost_file = gst_error->domain == GST_RESOURCE_ERROR;
          return TRUE;
        }
      if (gst_error)
        {
          chorus_decoder_set_open_error (self, gst_error, error);
          return FALSE;
        }

      if (gst_app_sink_is_eos (self->sink))
        return TRUE;

      if (g_get_monotonic_time () > deadline)
        {
          g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED,
                       _("“%s” could not be decoded: the decoder stopped answering."), self->name);
          return FALSE;
        }
    }
}

static gboolean
chorus_decoder_create_pipeline (ChorusDecoder          *self,
                                const ChorusAudioFile  *file,
                                GError                **error)
{
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) decodebin = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GstCaps) caps = NULL;

  if (chorus_audio_init ())
    self->pipeline = gst_parse_launch_full (CHORUS_DECODER_PIPELINE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &local_error);

  if (self->pipeline == NULL)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
                   _("“%s” cannot be decoded: GStreamer or its base plugins are not installed."), self->name);
      return FALSE;
    }

  source = gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  decodebin = gst_bin_get_by_name (GST_BIN (self->pipeline), "decoder");
  self->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->pipeline), "sink"));
  self->bus = gst_element_get_bus (self->pipeline);

  g_object_set (source, "location", chorus_audio_file_get_path (file), NULL);
  caps = gst_caps_from_string (CHORUS_DECODER_CAPS);
  gst_app_sink_set_caps (self->sink, caps);

  /* The pipeline is stopped before @self is freed, so no callback can come too late. */
  chorus_decoder_probes_install (&self->probes, self->pipeline, source);
  g_signal_connect (decodebin, "autoplug-continue", G_CALLBACK (chorus_decoder_autoplug_continue_cb), self);

  return TRUE;
}

/* Reads rate and channels off the first sample and holds the rest of the file to them. */
static gboolean
chorus_decoder_adopt_format (ChorusDecoder *self)
{
  GstCaps *caps = gst_sample_get_caps (self->sample);
  GstAudioInfo info;

  if (caps == NULL || !gst_audio_info_from_caps (&info, caps) || GST_AUDIO_INFO_RATE (&info) <= 0
      || GST_AUDIO_INFO_CHANNELS (&info) <= 0)
    return FALSE;

  self->sample_rate = (guint) GST_AUDIO_INFO_RATE (&info);
  self->channels = (guint) GST_AUDIO_INFO_CHANNELS (&info);
  gst_app_sink_set_caps (self->sink, caps);

  return TRUE;
}

static guint64
chorus_decoder_trim_to_frames (const ChorusDecoder *self,
                               guint64              ticks)
{
  if (ticks == CHORUS_DECODER_TRIM_NEVER || self->probes.trim.timescale == 0)
    return ticks;

  return gst_util_uint64_scale_round (ticks, self->sample_rate, self->probes.trim.timescale);
}

/* The form in which the codec gave its samples, before they became floats. */
static void
chorus_decoder_find_depth (ChorusDecoder *self)
{
  g_autoptr (GstElement) convert = gst_bin_get_by_name (GST_BIN (self->pipeline), "convert");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (convert, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstAudioInfo info;

  if (caps && gst_audio_info_from_caps (&info, caps) && GST_AUDIO_INFO_IS_INTEGER (&info))
    self->depth = (guint) GST_AUDIO_INFO_DEPTH (&info);
}

ChorusDecoder *
chorus_decoder_open (const ChorusAudioFile  *file,
                     GCancellable           *cancellable,
                     GError                **error)
{
  g_autoptr (ChorusDecoder) self = g_new0 (ChorusDecoder, 1);
  ChorusAudioKind kind = CHORUS_AUDIO_KIND_OTHER;

  self->name = g_strdup (chorus_audio_file_get_name (file));
  if (!chorus_audio_magic_identify (file, &kind, error)
      || !chorus_decoder_trim_read (&self->probes.trim, file, kind, error))
    return NULL;

  if (self->probes.trim.is_locked)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
                   _("“%s” is locked by a shop's copy protection: add a copy without it."), self->name);
      return NULL;
    }

  if (!chorus_decoder_create_pipeline (self, file, error))
    return NULL;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (!chorus_decoder_pull (self, cancellable, error))
    return NULL;

  if (self->sample == NULL || !chorus_decoder_adopt_format (self))
    {
      chorus_decoder_set_open_error (self, NULL, error);
      return NULL;
    }
  chorus_decoder_find_depth (self);
  self->trim_start = chorus_decoder_trim_to_frames (self, self->probes.trim.start);
  self->trim_end = chorus_decoder_trim_to_frames (self, self->probes.trim.end);
  self->trim_resume = chorus_decoder_trim_to_frames (self, self->probes.trim.resume);

  return g_steal_pointer (&self);
}

void
chorus_decoder_free (ChorusDecoder *self)
{
  if (self == NULL)
    return;

  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  chorus_decoder_drop_sample (self);
  g_clear_object (&self->sink);
  g_clear_object (&self->bus);
  g_clear_object (&self->pipeline);
  g_free (self->missing_codec);
  g_free (self->silence);
  g_free (self->name);
  g_free (self);
}

guint
chorus_decoder_get_sample_rate (const ChorusDecoder *self)
{
  return self->sample_rate;
}

guint
chorus_decoder_get_channels (const ChorusDecoder *self)
{
  return self->channels;
}

double
chorus_decoder_get_duration (const ChorusDecoder *self)
{
  gint64 duration = 0;
  double seconds = 0;
  double kept = 0;

  if (gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration) && duration > 0)
    seconds = (double) duration / (double) GST_SECOND;

  /* GStreamer may count what was added or leave it out, and says less where the file was cut. */
  if (self->trim_end != CHORUS_DECODER_TRIM_NEVER && self->trim_end > self->trim_start)
    kept = (double) (self->trim_end - self->trim_start) / self->sample_rate;
  if (kept > 0 && seconds > kept - CHORUS_DECODER_ROUNDING)
    return kept;

  return seconds;
}

guint
chorus_decoder_get_bits (ChorusDecoder *self)
{
  if (g_atomic_int_get (&self->is_lossy))
    return 16;

  return self->depth > 0 && self->depth <= 16 ? 16 : 24;
}

gboolean
chorus_decoder_has_lost_file (const ChorusDecoder *self)
{
  return self->lost_file;
}

gboolean
chorus_decoder_has_video (ChorusDecoder *self)
{
  return g_atomic_int_get (&self->has_video);
}

/* How many frames are missing before the sample: a decoder leaves out what is damaged, and what comes after it is in time
 * only by its time stamp. */
static guint64
chorus_decoder_measure_gap (ChorusDecoder *self)
{
  GstBuffer *buffer = gst_sample_get_buffer (self->sample);
  const GstSegment *segment = gst_sample_get_segment (self->sample);
  guint64 time = GST_CLOCK_TIME_NONE;
  guint64 threshold = self->sample_rate / CHORUS_DECODER_JUMP;
  guint64 limit = (guint64) self->sample_rate * CHORUS_DECODER_MAX_SILENCE;
  gint64 gap = 0;

  if (segment->format == GST_FORMAT_TIME)
    time = gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return 0;

  time = gst_util_uint64_scale_round (time, self->sample_rate, GST_SECOND);
  if (self->position == 0)
    self->origin = (gint64) time;
  gap = (gint64) time - self->origin - (gint64) self->position;

  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT))
    threshold = self->sample_rate / CHORUS_DECODER_LOSS;
  if (gap <= (gint64) threshold || (guint64) gap > limit + self->position - 2 * self->all_silence)
    return 0;

  return (guint64) gap;
}

/* Goes to the next sample and finds out how long it is. */
static gboolean
chorus_decoder_advance (ChorusDecoder  *self,
                        GCancellable   *cancellable,
                        GError        **error)
{
  gsize frame_size = self->channels * sizeof (float);

  /* The first sample was pulled by opening. */
  if (self->started && !chorus_decoder_pull (self, cancellable, error))
    return FALSE;
  self->started = TRUE;
  self->n_used = 0;
  self->n_frames = 0;
  if (self->sample == NULL)
    return TRUE;

  self->mapped = gst_buffer_map (gst_sample_get_buffer (self->sample), &self->map, GST_MAP_READ);
  if (!self->mapped || self->map.size % frame_size != 0)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED,
                   _("“%s” could not be decoded: its sound changes form in the middle."), self->name);
      return FALSE;
    }

  self->n_frames = self->map.size / frame_size;
  self->n_silent = chorus_decoder_measure_gap (self);
  self->all_silence += self->n_silent;

  return TRUE;
}

/* How many of the next @n frames are alike: all to be kept or all to be left out. */
static gsize
chorus_decoder_count_alike (const ChorusDecoder *self,
                            gsize                n,
                            gboolean            *kept)
{
  guint64 end = G_MAXUINT64;

  if (self->position < self->trim_start)
    end = self->trim_start;
  else if (self->position < self->trim_end)
    end = self->trim_end;
  else if (self->position < self->trim_resume)
    end = self->trim_resume;

  *kept =
    self->position >= self->trim_start && (self->position < self->trim_end || self->position >= self->trim_resume);

  return (gsize) MIN ((guint64) n, end - self->position);
}

static const float *
chorus_decoder_get_silence (ChorusDecoder *self)
{
  if (self->silence == NULL)
    self->silence = g_new0 (float, MAX (CHORUS_DECODER_SILENCE_SAMPLES, self->channels));

  return self->silence;
}

gboolean
chorus_decoder_read (ChorusDecoder  *self,
                     const float   **samples,
                     gsize          *n_frames,
                     GCancellable   *cancellable,
                     GError        **error)
{
  gsize block = MAX (CHORUS_DECODER_SILENCE_SAMPLES / self->channels, 1);

  *samples = NULL;
  *n_frames = 0;

  while (*n_frames == 0)
    {
      gboolean kept = FALSE;
      gsize n = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (self->n_silent == 0 && self->n_used == self->n_frames)
        {
          if (!chorus_decoder_advance (self, cancellable, error))
            return FALSE;
          if (self->sample == NULL)
            return self->has_sound || self->lost_file || chorus_decoder_fail_without_sound (self, error);
        }

      if (self->n_silent > 0)
        {
          n = chorus_decoder_count_alike (self, (gsize) MIN (self->n_silent, block), &kept);
          *samples = chorus_decoder_get_silence (self);
          self->n_silent -= n;
        }
      else
        {
          n = chorus_decoder_count_alike (self, self->n_frames - self->n_used, &kept);
          *samples = (const float *) (gconstpointer) self->map.data + self->n_used * self->channels;
          self->n_used += n;
        }

      self->position += n;
      *n_frames = kept ? n : 0;
      self->has_sound = self->has_sound || kept;
    }

  return TRUE;
}
