/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-check.h"

#include "audio/chorus-audio-probe.h"
#include "chorus-upload-error.h"
#include "chorus-upload-file.h"
#include "core/chorus-text.h"

#include <glib/gi18n.h>

#define CHORUS_UPLOAD_CHECK_READ (1024 * 1024)

/* MP3, M4A and WebM hold whole packets: a recording of exactly five minutes is a few hundredths of a second longer in
 * them. In seconds. */
#define CHORUS_UPLOAD_CHECK_PADDING 0.1

void
chorus_upload_check_free (ChorusUploadCheck *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->info, chorus_audio_info_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
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

static gboolean
chorus_upload_check_kind (ChorusUploadCheck  *self,
                          const char         *name,
                          GError            **error)
{
  const char *kind = chorus_upload_check_get_kind_name (self->info->kind);

  if (chorus_audio_kind_is_accepted (self->info->kind))
    return TRUE;

  if (kind)
    /* Translators: the name of a file, and a kind of audio such as FLAC. */
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_KIND,
                 _("“%s” is %s: the service takes WAV, MP3, M4A and WebM."), name, kind);
  else
    /* Translators: “%s” is the name of a file. */
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_KIND,
                 _("“%s” is another kind of audio: the service takes WAV, MP3, M4A and WebM."), name);

  return FALSE;
}

/* The sizes and lengths in these sentences would read like those of the limit where rounding makes them the same. */
static gboolean
chorus_upload_check_limits (ChorusUploadCheck  *self,
                            GError            **error)
{
  g_autofree char *limit = chorus_text_from_duration (CHORUS_UPLOAD_MAX_DURATION);
  g_autofree char *duration = chorus_text_from_duration (self->info->duration);
  g_autofree char *size = chorus_text_from_size ((guint64) self->size);
  double padding = self->info->kind == CHORUS_AUDIO_KIND_WAV ? 0 : CHORUS_UPLOAD_CHECK_PADDING;

  if (self->info->duration > CHORUS_UPLOAD_MAX_DURATION + padding)
    {
      if (g_str_equal (duration, limit))
        g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_TOO_LONG,
                     /* Translators: “%s” is a length such as 5:00. */
                     _("Longer than 5 minutes by less than a second: the service takes at most %s."), limit);
      else
        g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_TOO_LONG,
                     /* Translators: two lengths such as 6:00 and 5:00. */
                     _("Longer than 5 minutes (%s): the service takes at most %s."), duration, limit);
      return FALSE;
    }

  if (self->size > CHORUS_UPLOAD_MAX_SIZE)
    {
      if (self->size < CHORUS_UPLOAD_MAX_SIZE + 50000)
        g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_TOO_LARGE,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "Larger than 25\u202fMB by %d byte: the service takes at most 25\u202fMB.",
                                  "Larger than 25\u202fMB by %d bytes: the service takes at most 25\u202fMB.",
                                  (gulong) (self->size - CHORUS_UPLOAD_MAX_SIZE)),
                     (int) (self->size - CHORUS_UPLOAD_MAX_SIZE));
      else
        g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_TOO_LARGE,
                     /* Translators: “%s” is a size such as 28.8 MB. */
                     _("Larger than 25\u202fMB (%s): the service takes at most 25\u202fMB."), size);
      return FALSE;
    }

  return TRUE;
}

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
  gssize n = stream ? 1 : -1;

  while (n > 0)
    {
      n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, CHORUS_UPLOAD_CHECK_READ, cancellable, &local_error);
      if (n > 0)
        g_checksum_update (checksum, buffer, n);
    }
  if (n < 0)
    {
      chorus_upload_file_set_unreadable (error, file, local_error);
      return FALSE;
    }

  self->sha256 = g_strdup (g_checksum_get_string (checksum));

  return TRUE;
}

static ChorusRecordingTime *
chorus_upload_check_find_time (GFile  *file,
                               gint64  modified)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (ChorusRecordingTime) time = name ? chorus_recording_time_new_from_file_name (name) : NULL;

  if (time && chorus_recording_time_is_plausible (time, now))
    return g_steal_pointer (&time);

  return modified > 0 ? chorus_recording_time_new_from_modified (modified / G_USEC_PER_SEC) : NULL;
}

ChorusUploadCheck *
chorus_upload_check_run (GFile         *file,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (ChorusUploadCheck) self = g_new0 (ChorusUploadCheck, 1);
  g_autofree char *name = chorus_upload_file_dup_name (file);

  if (!chorus_upload_check_stat (self, file, cancellable, error)
      || !chorus_upload_check_probe (self, file, cancellable, error) || !chorus_upload_check_kind (self, name, error)
      || !chorus_upload_check_limits (self, error) || !chorus_upload_check_digest (self, file, cancellable, error))
    return NULL;

  self->recorded = chorus_upload_check_find_time (file, self->modified);

  return g_steal_pointer (&self);
}
