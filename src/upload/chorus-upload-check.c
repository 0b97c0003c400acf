/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-check.h"

#include "audio/chorus-audio-file.h"
#include "audio/chorus-audio-magic.h"
#include "audio/chorus-audio-probe.h"
#include "audio/chorus-pcm-header.h"
#include "audio/chorus-recorded-time.h"
#include "chorus-upload-error.h"
#include "chorus-upload-file.h"
#include "chorus-upload-finding.h"
#include "core/chorus-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define CHORUS_UPLOAD_CHECK_READ (1024 * 1024)

/* A recording that is shorter than this tells of a recorder in trouble, in seconds. */
#define CHORUS_UPLOAD_CHECK_SHORT 1.0

/* Compressed formats hold whole packets, so that their containers may tell a little more than there is, in seconds. */
#define CHORUS_UPLOAD_CHECK_ROUNDING 0.5

void
chorus_upload_check_free (ChorusUploadCheck *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->info, chorus_audio_info_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_clear_pointer (&self->cut, chorus_upload_cut_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

static const char *
chorus_upload_check_get_kind_name (ChorusAudioKind kind)
{
  switch (kind)
    {
    case CHORUS_AUDIO_KIND_WAV:
      return "WAV";
    case CHORUS_AUDIO_KIND_RF64:
      return "RF64";
    case CHORUS_AUDIO_KIND_W64:
      return "Wave64";
    case CHORUS_AUDIO_KIND_AIFF:
      return "AIFF";
    case CHORUS_AUDIO_KIND_MP3:
      return "MP3";
    case CHORUS_AUDIO_KIND_M4A:
      return "M4A";
    case CHORUS_AUDIO_KIND_WEBM:
      return "WebM";
    case CHORUS_AUDIO_KIND_FLAC:
      return "FLAC";
    case CHORUS_AUDIO_KIND_OGG:
      return "Ogg";
    case CHORUS_AUDIO_KIND_OTHER:
    default:
      return NULL;
    }
}

static gboolean
chorus_upload_check_stat (ChorusUploadCheck  *self,
                          GFile              *file,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autofree char *name = chorus_upload_file_dup_name (file);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, CHORUS_UPLOAD_FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &local_error);

  /* Opening a pipe or a device could wait for ever. */
  if (info && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error_literal (&local_error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");

  if (local_error)
    {
      chorus_upload_file_set_unreadable (error, file, local_error);
      return FALSE;
    }

  self->size = g_file_info_get_size (info);
  self->modified = chorus_upload_file_get_modified (info);
  if (self->size == 0)
    {
      /* Translators: “%s” is the name of a file. */
      g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_EMPTY,
                   _("“%s” is empty: check the card it came from."), name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_upload_check_probe (ChorusUploadCheck  *self,
                           GFile              *file,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  int code = CHORUS_UPLOAD_ERROR_NOT_AUDIO;

  self->info = chorus_audio_probe (file, cancellable, &local_error);
  if (self->info)
    return TRUE;

  if (g_error_matches (local_error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_EMPTY))
    code = CHORUS_UPLOAD_ERROR_EMPTY;
  else if (g_error_matches (local_error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE))
    code = CHORUS_UPLOAD_ERROR_UNREADABLE;
  else if (g_error_matches (local_error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED))
    code = CHORUS_UPLOAD_ERROR_KIND;

  if (local_error->domain == CHORUS_AUDIO_ERROR)
    g_set_error_literal (error, CHORUS_UPLOAD_ERROR, code, local_error->message);
  else
    chorus_upload_file_set_unreadable (error, file, local_error);

  return FALSE;
}

static void
chorus_upload_check_add (ChorusUploadCheck       *self,
                         ChorusUploadFindingKind  kind,
                         char                    *text)
{
  g_ptr_array_add (self->findings, chorus_upload_finding_new (kind, text));
}

/* What was decoded is how long it is, whatever the header says: some recorders write twice the length. */
static void
chorus_upload_check_believe_decoder (ChorusUploadCheck *self)
{
  const ChorusUploadPart *last = NULL;
  guint64 n_frames = 0;

  if (self->cut->method != CHORUS_UPLOAD_METHOD_DECODE)
    return;

  last = &g_array_index (self->cut->parts, ChorusUploadPart, self->cut->parts->len - 1);
  n_frames = last->first_frame + last->n_frames;
  self->info->truncated =
    self->info->truncated
    || (double) n_frames / self->info->sample_rate + CHORUS_UPLOAD_CHECK_ROUNDING < self->info->duration;
  self->info->n_frames = n_frames;
  self->info->duration = (double) n_frames / self->info->sample_rate;
}

static gboolean
chorus_upload_check_cut (ChorusUploadCheck  *self,
                         GFile              *file,
                         GCancellable       *cancellable,
                         GError            **error)
{
  static const ChorusUploadLimits limits = { CHORUS_UPLOAD_MAX_SIZE, CHORUS_UPLOAD_MAX_DURATION };
  g_autofree char *name = chorus_upload_file_dup_name (file);
  g_autoptr (GError) local_error = NULL;

  if (self->info->kind == CHORUS_AUDIO_KIND_OTHER)
    {
      g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_KIND,
                   /* Translators: “%s” is the name of a file. */
                   _("“%s” is no recording of a kind that Chorus can send: save its sound as WAV and add that."),
                   name);
      return FALSE;
    }

  self->cut = chorus_upload_cut_new (file, self->info, &limits, cancellable, &local_error);
  if (self->cut)
    {
      chorus_upload_check_believe_decoder (self);
      return TRUE;
    }

  if (local_error->domain == CHORUS_AUDIO_ERROR)
    g_set_error_literal (error, CHORUS_UPLOAD_ERROR,
                         local_error->code == CHORUS_AUDIO_ERROR_UNREADABLE ? CHORUS_UPLOAD_ERROR_UNREADABLE
                                                                            : CHORUS_UPLOAD_ERROR_NOT_AUDIO,
                         local_error->message);
  else
    chorus_upload_file_set_unreadable (error, file, local_error);

  return FALSE;
}

/* Says how it is sent, where that is not simply as it is. */
static void
chorus_upload_check_note_cut (ChorusUploadCheck *self)
{
  guint n_parts = self->cut->parts->len;
  gboolean converted = !chorus_audio_kind_is_accepted (self->info->kind);

  if (converted)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_AS_WAV,
                             n_parts == 1
                               /* Translators: a kind of audio such as FLAC */
                               ? g_strdup_printf (_("%s: will be sent as WAV."),
                                                  chorus_upload_check_get_kind_name (self->info->kind))
                               : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: will be sent as WAV in %u part.",
                                                               "%s: will be sent as WAV in %u parts.", n_parts),
                                                  chorus_upload_check_get_kind_name (self->info->kind), n_parts));
  else if (n_parts > 1 && self->info->duration > CHORUS_UPLOAD_MAX_DURATION)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_CUT,
                             g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                           "Longer than 5 minutes: will be sent as %u part.",
                                                           "Longer than 5 minutes: will be sent as %u parts.", n_parts),
                                              n_parts));
  else if (n_parts > 1)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_CUT,
                             g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                           "Larger than 25\u202fMB: will be sent as %u part.",
                                                           "Larger than 25\u202fMB: will be sent as %u parts.",
                                                           n_parts),
                                              n_parts));
}

static void
chorus_upload_check_note_length (ChorusUploadCheck *self)
{
  g_autofree char *duration = chorus_text_from_duration (self->info->duration);

  if (self->info->truncated)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_TRUNCATED,
                             /* Translators: a length such as 4:12 */
                             g_strdup_printf (_("Shorter than its header says, as after a power cut: the %s that are "
                                                 "there will be sent."),
                                              duration));
  if (self->info->duration < CHORUS_UPLOAD_CHECK_SHORT)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_SHORT,
                             g_strdup_printf (_("Only %.2f seconds long: the recorder may have run out of power."),
                                              self->info->duration));
}

/* Where the samples of an uncompressed file lie, and which byte is silence. */
typedef struct
{
  goffset first;
  goffset end;
  guint8 silence;
  gboolean silent;
} ChorusUploadSamples;

static void
chorus_upload_check_find_samples (ChorusUploadCheck   *self,
                                  GFile               *file,
                                  ChorusUploadSamples *samples)
{
  g_autoptr (ChorusAudioFile) audio = NULL;
  ChorusPcmHeader header;

  if (!chorus_audio_kind_is_pcm (self->info->kind))
    return;

  audio = chorus_audio_file_open (file, NULL);
  if (!audio || !chorus_pcm_header_read (&header, audio, self->info->kind, NULL))
    return;

  samples->first = header.data_offset;
  samples->end =
    header.data_offset + (goffset) (header.n_frames * header.channels * chorus_pcm_encoding_get_size (header.encoding));
  samples->silence = header.encoding == CHORUS_PCM_U8     ? 0x80
                     : header.encoding == CHORUS_PCM_ALAW ? 0xd5
                     : header.encoding == CHORUS_PCM_ULAW ? 0xff
                                                          : 0;
  samples->silent = TRUE;
}

static void
chorus_upload_check_listen (ChorusUploadSamples *samples,
                            const guint8        *block,
                            goffset              position,
                            gsize                n)
{
  goffset from = MAX (samples->first - position, 0);
  goffset to = MIN (samples->end - position, (goffset) n);

  if (samples->silent && from < to)
    samples->silent =
      block[from] == samples->silence && memcmp (block + from, block + from + 1, (gsize) (to - from - 1)) == 0;
}

/* One pass over the whole file, for its checksum and for whether there is anything in it. */
static gboolean
chorus_upload_check_digest (ChorusUploadCheck  *self,
                            GFile              *file,
                            GCancellable       *cancellable,
                            GError            **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHORUS_UPLOAD_CHECK_READ);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local_error);
  ChorusUploadSamples samples = { 0 };
  goffset position = 0;
  gssize n = stream ? 1 : -1;

  chorus_upload_check_find_samples (self, file, &samples);
  while (n > 0)
    {
      n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, CHORUS_UPLOAD_CHECK_READ, cancellable, &local_error);
      if (n > 0)
        {
          g_checksum_update (checksum, buffer, n);
          chorus_upload_check_listen (&samples, buffer, position, (gsize) n);
          position += n;
        }
    }
  if (n < 0)
    {
      chorus_upload_file_set_unreadable (error, file, local_error);
      return FALSE;
    }

  self->sha256 = g_strdup (g_checksum_get_string (checksum));
  if (samples.silent)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_SILENT,
                             g_strdup (_("Every sample is zero: the microphone or the card has failed.")));

  return TRUE;
}

static void
chorus_upload_check_note_conflict (ChorusUploadCheck      *self,
                                   const ChorusTimeChoice *choice)
{
  const char *source = chorus_time_source_to_display (chorus_recording_time_get_source (choice->time));
  const char *other = chorus_time_source_to_display (choice->other);
  double difference = fabs (choice->difference);

  if (choice->conflict == CHORUS_TIME_CONFLICT_ZONE_SLIP)
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_TIME_CONFLICT,
                             /* Translators: two sources of a time, such as “GUANO metadata” and “the file name”, and a
                              * number of hours such as 5.5 */
                             g_strdup_printf (_("The times in %s and in %s differ by %g hours: check the time zone."),
                                              source, other, difference / 3600));
  else if (choice->conflict == CHORUS_TIME_CONFLICT_DIFFERS)
    {
      g_autofree char *seconds = chorus_text_from_duration (difference);

      chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_TIME_CONFLICT,
                               /* Translators: two sources of a time, and a length such as 0:12 */
                               g_strdup_printf (_("The times in %s and in %s differ by %s: check the time."), source,
                                                other, seconds));
    }
}

static void
chorus_upload_check_find_time (ChorusUploadCheck *self,
                               GFile             *file)
{
  g_autoptr (ChorusTimeChoice) choice = chorus_recorded_time_choose (file, self->modified);

  if (!choice->time)
    return;

  self->recorded = chorus_recording_time_copy (choice->time);
  if (!choice->plausible || choice->passed_over)
    {
      g_autofree char *text =
        chorus_recording_time_to_display (choice->passed_over ? choice->passed_over : choice->time);

      chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_TIME_IMPLAUSIBLE,
                               /* Translators: a time such as “1 Jan 1970 00:00” */
                               g_strdup_printf (_("Says that it was recorded on %s: the clock of the recorder was not "
                                                   "set. Correct its time."),
                                                text));
    }
  else if (chorus_recording_time_is_guess (choice->time))
    chorus_upload_check_add (self, CHORUS_UPLOAD_FINDING_TIME_GUESSED,
                             g_strdup (_("Does not say when it was recorded: its time is a guess, from when the file "
                                          "was last written.")));
  chorus_upload_check_note_conflict (self, choice);
}

ChorusUploadCheck *
chorus_upload_check_run (GFile         *file,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (ChorusUploadCheck) self = g_new0 (ChorusUploadCheck, 1);

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_upload_finding_free);
  if (!chorus_upload_check_stat (self, file, cancellable, error)
      || !chorus_upload_check_probe (self, file, cancellable, error)
      || !chorus_upload_check_cut (self, file, cancellable, error))
    return NULL;

  chorus_upload_check_note_length (self);
  chorus_upload_check_note_cut (self);
  if (!chorus_upload_check_digest (self, file, cancellable, error))
    return NULL;

  chorus_upload_check_find_time (self, file);

  return g_steal_pointer (&self);
}
