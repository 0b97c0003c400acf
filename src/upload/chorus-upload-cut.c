/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-cut.h"

#include "audio/chorus-audio-error.h"
#include "audio/chorus-audio-file.h"
#include "audio/chorus-wave-stream.h"

#include <glib/gi18n.h>
#include <math.h>

/* MP3, M4A and WebM hold whole packets: a recording of exactly five minutes is a few hundredths of a second longer in
 * them. In seconds. */
#define CHORUS_UPLOAD_CUT_PADDING 0.1

/* A month of sound in 25 MB parts; more comes from a damaged header. */
#define CHORUS_UPLOAD_CUT_MAX_PARTS 100000

/* The sizes in a WAV file have 32 bits. */
#define CHORUS_UPLOAD_CUT_MAX_SIZE G_GINT64_CONSTANT (0xffff0000)

/* How many bits of a fraction of a rate count: AIFF files of old machines have rates that are not whole. */
#define CHORUS_UPLOAD_CUT_FRACTION 20

static const char *const chorus_upload_method_texts[] = {
  [CHORUS_UPLOAD_METHOD_WHOLE] = "whole",
  [CHORUS_UPLOAD_METHOD_COPY] = "copy",
  [CHORUS_UPLOAD_METHOD_DECODE] = "decode",
};

/* What the parts are made of and what bounds them. */
typedef struct
{
  const ChorusWaveLayout *layout;
  const char *name;
  double sample_rate;
  guint64 n_frames;
  gint64 max_size;
  guint64 max_frames; /* by duration */
} ChorusUploadCutPlan;

const char *
chorus_upload_method_to_text (ChorusUploadMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (chorus_upload_method_texts), NULL);

  return chorus_upload_method_texts[method];
}

ChorusUploadMethod
chorus_upload_method_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (chorus_upload_method_texts); i++)
    if (g_strcmp0 (text, chorus_upload_method_texts[i]) == 0)
      return i;

  return CHORUS_UPLOAD_METHOD_WHOLE;
}

static ChorusUploadCut *
chorus_upload_cut_alloc (ChorusUploadMethod  method,
                         const char         *format)
{
  ChorusUploadCut *self = g_new0 (ChorusUploadCut, 1);

  self->method = method;
  self->format = g_strdup (format);
  self->parts = g_array_new (FALSE, TRUE, sizeof (ChorusUploadPart));

  return self;
}

void
chorus_upload_cut_free (ChorusUploadCut *self)
{
  if (!self)
    return;

  g_free (self->format);
  g_array_unref (self->parts);
  g_free (self);
}

/* Whether the service takes a file of this kind, size and length. */
static gboolean
chorus_upload_cut_is_within (const ChorusAudioInfo    *info,
                             const ChorusUploadLimits *limits)
{
  double padding = info->kind == CHORUS_AUDIO_KIND_WAV ? 0 : CHORUS_UPLOAD_CUT_PADDING;

  return chorus_audio_kind_is_accepted (info->kind) && info->size <= limits->size
         && info->duration <= limits->duration + padding;
}

static ChorusUploadCut *
chorus_upload_cut_new_whole (const ChorusAudioInfo *info)
{
  ChorusUploadCut *self =
    chorus_upload_cut_alloc (CHORUS_UPLOAD_METHOD_WHOLE, chorus_audio_kind_get_short_name (info->kind));
  ChorusUploadPart part = { .n_frames = info->n_frames, .duration = info->duration, .size = info->size };

  g_array_append_val (self->parts, part);

  return self;
}

/* The frame nearest to a multiple of the step. */
static guint64
chorus_upload_cut_get_boundary (double  sample_rate,
                                guint64 multiple)
{
  guint64 seconds = multiple * (guint64) CHORUS_UPLOAD_CUT_STEP;
  guint64 whole = (guint64) sample_rate;
  guint64 fraction = (guint64) ldexp (sample_rate - (double) whole, CHORUS_UPLOAD_CUT_FRACTION);
  guint64 half = G_GUINT64_CONSTANT (1) << (CHORUS_UPLOAD_CUT_FRACTION - 1);

  return seconds * whole + ((seconds * fraction + half) >> CHORUS_UPLOAD_CUT_FRACTION);
}

/* The multiple of the step whose boundary is the last at or before a frame. */
static guint64
chorus_upload_cut_get_multiple (double  sample_rate,
                                guint64 frame)
{
  guint64 multiple = (guint64) ((double) frame / sample_rate / CHORUS_UPLOAD_CUT_STEP);

  while (chorus_upload_cut_get_boundary (sample_rate, multiple) > frame)
    multiple--;
  while (chorus_upload_cut_get_boundary (sample_rate, multiple + 1) <= frame)
    multiple++;

  return multiple;
}

/* The length of a part from @first on that has at most @most frames. It ends with the recording or at a boundary, unless
 * not even one step fits; then neither this part nor those after it keep to the steps. */
static guint64
chorus_upload_cut_get_length (const ChorusUploadCutPlan *plan,
                              guint64                    first,
                              guint64                    most)
{
  guint64 boundary = 0;

  if (most >= plan->n_frames - first)
    return plan->n_frames - first;

  boundary =
    chorus_upload_cut_get_boundary (plan->sample_rate, chorus_upload_cut_get_multiple (plan->sample_rate, first));
  if (boundary != first)
    return most;

  boundary = chorus_upload_cut_get_boundary (plan->sample_rate,
                                             chorus_upload_cut_get_multiple (plan->sample_rate, first + most));

  return boundary > first ? boundary - first : most;
}

/* How many frames are too many in a part of @n_frames. */
static guint64
chorus_upload_cut_get_excess (const ChorusUploadCutPlan *plan,
                              guint64                    first,
                              guint64                    n_frames,
                              guint64                   *size)
{
  gsize frame_size = chorus_wave_layout_get_frame_size (plan->layout);

  *size = chorus_wave_layout_measure (plan->layout, first, n_frames);
  if (*size <= (guint64) plan->max_size)
    return 0;

  return (*size - (guint64) plan->max_size + frame_size - 1) / frame_size;
}

/* Finds the longest part from @first on that is within the limits. What the metadata says of a part is part of its size,
 * and depends on the length in turn. Returns FALSE where not even one frame fits. */
static gboolean
chorus_upload_cut_find_part (const ChorusUploadCutPlan *plan,
                             guint64                    first,
                             ChorusUploadPart          *part)
{
  gsize frame_size = chorus_wave_layout_get_frame_size (plan->layout);
  guint64 most = MIN (plan->max_frames, (guint64) plan->max_size / frame_size);
  guint64 excess = 0;
  guint64 size = 0;
  guint64 n = 0;

  /* As many frames as fit, wherever they end. */
  most = MIN (most, plan->n_frames - first);
  while (most > 0 && (excess = chorus_upload_cut_get_excess (plan, first, most, &size)) > 0)
    most -= MIN (most, excess);

  while (most > 0)
    {
      n = chorus_upload_cut_get_length (plan, first, most);
      excess = chorus_upload_cut_get_excess (plan, first, n, &size);
      if (excess == 0)
        {
          part->first_frame = first;
          part->n_frames = n;
          part->start = (double) first / plan->sample_rate;
          part->duration = (double) n / plan->sample_rate;
          part->size = (goffset) size;
          return TRUE;
        }

      /* A shorter length took more digits to write down. */
      most = n - MIN (n, excess);
    }

  return FALSE;
}

static gboolean
chorus_upload_cut_fail_small (const ChorusUploadCutPlan  *plan,
                              GError                    **error)
{
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED,
               /* Translators: “%s” is the name of a file. */
               _(
                 "“%s” cannot be cut into parts that the service takes: its header may be damaged. Save it as WAV with "
                 "an audio editor and add that."),
               plan->name);

  return FALSE;
}

static gboolean
chorus_upload_cut_add_parts (ChorusUploadCut            *self,
                             const ChorusUploadCutPlan  *plan,
                             GCancellable               *cancellable,
                             GError                    **error)
{
  for (guint64 first = 0; first < plan->n_frames;)
    {
      ChorusUploadPart part = { 0 };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (self->parts->len == CHORUS_UPLOAD_CUT_MAX_PARTS || !chorus_upload_cut_find_part (plan, first, &part))
        return chorus_upload_cut_fail_small (plan, error);

      g_array_append_val (self->parts, part);
      first += part.n_frames;
    }

  return TRUE;
}

ChorusUploadCut *
chorus_upload_cut_new (GFile                     *file,
                       const ChorusAudioInfo     *info,
                       const ChorusUploadLimits  *limits,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  gboolean is_within = chorus_upload_cut_is_within (info, limits);
  gboolean is_wave =
    info->kind == CHORUS_AUDIO_KIND_WAV || info->kind == CHORUS_AUDIO_KIND_RF64 || info->kind == CHORUS_AUDIO_KIND_W64;
  g_autoptr (ChorusAudioFile) audio = NULL;
  g_autoptr (ChorusWaveStream) stream = NULL;
  g_autoptr (ChorusUploadCut) self = NULL;
  ChorusUploadCutPlan plan = { .max_size = MIN (limits->size, CHORUS_UPLOAD_CUT_MAX_SIZE) };

  g_return_val_if_fail (limits->size >= 0 && limits->duration >= 0, NULL);

  if (is_within && !is_wave)
    return chorus_upload_cut_new_whole (info);

  audio = chorus_audio_file_open (file, error);
  if (!audio)
    return NULL;
  stream = chorus_wave_stream_open (audio, cancellable, error);
  if (!stream)
    return NULL;

  plan.layout = chorus_wave_stream_get_layout (stream);
  if (is_within && chorus_wave_layout_is_regular (plan.layout))
    return chorus_upload_cut_new_whole (info);
  if (!chorus_wave_stream_count (stream, &plan.n_frames, cancellable, error))
    return NULL;

  /* The rate in the header of a part is whole, and the service measures the length by it. */
  plan.name = chorus_audio_file_get_name (audio);
  plan.sample_rate = chorus_wave_layout_get_header (plan.layout)->sample_rate;
  plan.max_frames = (guint64) MIN (limits->duration * MIN (plan.sample_rate, round (plan.sample_rate)), 1e18);

  self = chorus_upload_cut_alloc (is_wave ? CHORUS_UPLOAD_METHOD_COPY : CHORUS_UPLOAD_METHOD_DECODE, "wav");
  if (!chorus_upload_cut_add_parts (self, &plan, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}
