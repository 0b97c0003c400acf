/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-record.h"

#include <string.h>

#include "chorus-recording-private.h"
#include "core/chorus-folding.h"
#include "core/chorus-text.h"

static const char *const chorus_recording_upload_words[] = {
  [CHORUS_UPLOAD_WAITING] = "waiting", [CHORUS_UPLOAD_CHECKING] = "checking", [CHORUS_UPLOAD_SENDING] = "sending",
  [CHORUS_UPLOAD_SENT] = "sent",       [CHORUS_UPLOAD_FAILED] = "failed",     [CHORUS_UPLOAD_REFUSED] = "refused",
  [CHORUS_UPLOAD_REMOTE] = "remote",
};

/* The exact states of an upload that a list does not tell apart, as the trigger of the store has them too. */
static const struct
{
  const char *word;
  ChorusRecordingUpload upload;
} chorus_recording_upload_kin[] = {
  { "ready", CHORUS_UPLOAD_WAITING },      { "paused", CHORUS_UPLOAD_WAITING },
  { "confirming", CHORUS_UPLOAD_SENDING }, { "needs-file", CHORUS_UPLOAD_FAILED },
  { "canceled", CHORUS_UPLOAD_FAILED },    { "may-have-arrived", CHORUS_UPLOAD_FAILED },
};

static const char *const chorus_recording_analysis_words[] = {
  [CHORUS_ANALYSIS_NONE] = "none",       [CHORUS_ANALYSIS_PENDING] = "pending",
  [CHORUS_ANALYSIS_RUNNING] = "running", [CHORUS_ANALYSIS_COMPLETED] = "completed",
  [CHORUS_ANALYSIS_FAILED] = "failed",
};

gboolean
chorus_recording_upload_from_text (const char            *text,
                                   ChorusRecordingUpload *upload)
{
  for (guint i = 0; i < G_N_ELEMENTS (chorus_recording_upload_words); i++)
    {
      if (g_strcmp0 (text, chorus_recording_upload_words[i]) == 0)
        {
          *upload = (ChorusRecordingUpload) i;
          return TRUE;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (chorus_recording_upload_kin); i++)
    {
      if (g_strcmp0 (text, chorus_recording_upload_kin[i].word) == 0)
        {
          *upload = chorus_recording_upload_kin[i].upload;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
chorus_recording_analysis_to_text (ChorusRecordingAnalysis analysis)
{
  return chorus_recording_analysis_words[analysis];
}

ChorusRecordingAnalysis
chorus_recording_analysis_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (chorus_recording_analysis_words); i++)
    {
      if (g_strcmp0 (text, chorus_recording_analysis_words[i]) == 0)
        return (ChorusRecordingAnalysis) i;
    }

  return CHORUS_ANALYSIS_NONE;
}

/* Two digits, or -1. */
static int
chorus_recording_read_digits (const char *text)
{
  return g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) ? 10 * (text[0] - '0') + text[1] - '0' : -1;
}

/* Days from 1970 to a date of the Gregorian calendar, by counting years from March on, so that the leap day is last. */
static gint64
chorus_recording_count_days (int year,
                             int month,
                             int day)
{
  const gint64 years = month > 2 ? year : year - 1;

  return 365 * years + years / 4 - years / 100 + years / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day - 1 - 719468;
}

/* Reads "2025-06-04T05:00:00+05:30", with or without an offset: what chorus_recording_time_to_iso() writes as a rule, at a
 * tenth of the cost of a GDateTime. What is written in any other way is left to GLib. */
static gboolean
chorus_recording_read_common_time (const char            *text,
                                   ChorusRecordingRecord *self)
{
  const gsize length = strlen (text);
  int year = 0;
  int month = 0;
  int day = 0;
  int seconds = 0;
  int offset = 0;

  if ((length != 19 && length != 25) || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':'
      || text[16] != ':')
    return FALSE;

  year = 100 * chorus_recording_read_digits (text) + chorus_recording_read_digits (text + 2);
  month = chorus_recording_read_digits (text + 5);
  day = chorus_recording_read_digits (text + 8);
  for (guint i = 0; i < 3; i++)
    {
      const int part = chorus_recording_read_digits (text + 11 + 3 * i);

      if (part < 0 || part > (i == 0 ? 23 : 59))
        return FALSE;
      seconds = 60 * seconds + part;
    }
  /* The days at the ends of long months are as likely as others; which months are long is left to GLib. */
  if (year < 1583 || month < 1 || month > 12 || day < 1 || day > 28)
    return FALSE;

  if (length == 25)
    {
      const int hours = chorus_recording_read_digits (text + 20);
      const int minutes = chorus_recording_read_digits (text + 23);

      if ((text[19] != '+' && text[19] != '-') || text[22] != ':' || hours < 0 || hours > 23 || minutes < 0
          || minutes > 59)
        return FALSE;
      offset = (text[19] == '-' ? -60 : 60) * (60 * hours + minutes);
    }

  self->instant = (86400 * chorus_recording_count_days (year, month, day) + seconds - offset) * G_TIME_SPAN_SECOND;
  self->offset = offset;

  return TRUE;
}

/* Reads the columns recorded_at, recorded_has_zone and time_source, from @column on. The zone of a time that the recorder did
 * not note is not made up: such a time is stored and read as UTC, and marked. */
static void
chorus_recording_record_read_time (ChorusRecordingRecord *self,
                                   ChorusStatement       *row,
                                   int                    column)
{
  const char *text = chorus_statement_get_text (row, column);

  self->instant = CHORUS_RECORDING_NO_TIME;
  if (!text)
    return;

  if (!chorus_recording_read_common_time (text, self))
    {
      g_autoptr (ChorusRecordingTime) time = chorus_recording_time_new_from_iso (text, CHORUS_TIME_SOURCE_UNKNOWN);
      GDateTime *moment = time ? chorus_recording_time_get_time (time) : NULL;

      if (!moment)
        return;
      self->instant = g_date_time_to_unix (moment) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (moment);
      self->offset = (gint32) (g_date_time_get_utc_offset (moment) / G_TIME_SPAN_SECOND);
    }
  self->has_zone = chorus_statement_get_boolean (row, column + 1);
}

/* Most records of one reading have the source of the one before. */
static guint8
chorus_recording_record_read_source (ChorusStatement             *row,
                                     int                          column,
                                     const ChorusRecordingRecord *before)
{
  const char *text = chorus_statement_get_text (row, column);

  if (!text)
    return CHORUS_TIME_SOURCE_UNKNOWN;
  if (before && strcmp (text, chorus_time_source_to_text (before->source)) == 0)
    return before->source;

  return (guint8) chorus_time_source_from_text (text);
}

ChorusRecordingRecord *
chorus_recording_record_new_from_row (ChorusStatement             *row,
                                      const ChorusRecordingRecord *before)
{
  ChorusRecordingRecord *self = g_rc_box_new0 (ChorusRecordingRecord);
  ChorusRecordingUpload upload = CHORUS_UPLOAD_WAITING;
  const char *deployment_id = NULL;
  int column = 0;

  self->recording_id = chorus_statement_get_int64 (row, column++);
  deployment_id = chorus_statement_get_text (row, column++);
  self->deployment_id = before && strcmp (before->deployment_id, deployment_id) == 0
                          ? g_ref_string_acquire (before->deployment_id)
                          : g_ref_string_new (deployment_id);
  self->file_id = chorus_statement_dup_text (row, column++);
  self->name = chorus_text_from_name (chorus_statement_get_text (row, column++));
  self->folded = g_str_is_ascii (self->name) ? NULL : chorus_folding_fold (self->name);
  self->url = chorus_statement_dup_text (row, column++);
  self->local_path = chorus_statement_dup_text (row, column++);
  self->size = chorus_statement_is_null (row, column) ? -1 : MAX (chorus_statement_get_int64 (row, column), -1);
  column++;
  self->duration = chorus_statement_get_double (row, column++);
  chorus_recording_record_read_time (self, row, column);
  self->source = chorus_recording_record_read_source (row, column + 2, before);
  column += 3;
  self->recorder_time = chorus_statement_dup_text (row, column++);
  self->synthetic = chorus_statement_get_boolean (row, column++);
  chorus_recording_upload_from_text (chorus_statement_get_text (row, column++), &upload);
  self->upload = upload;
  self->upload_reason = chorus_statement_dup_text (row, column++);
  self->analysis = (guint8) chorus_recording_analysis_from_text (chorus_statement_get_text (row, column++));
  self->analysis_reason = chorus_statement_dup_text (row, column++);
  self->n_detections = (guint) chorus_statement_get_int64 (row, column++);
  self->n_species = (guint) chorus_statement_get_int64 (row, column++);
  self->n_reviewed = (guint) chorus_statement_get_int64 (row, column++);
  self->run_id = chorus_statement_get_int64 (row, column++);
  self->n_unknown = (guint) chorus_statement_get_int64 (row, column++);
  self->n_parts = MAX ((guint) chorus_statement_get_int64 (row, column), 1);
  column++;
  self->n_parts_at_service = (guint) chorus_statement_get_int64 (row, column++);
  self->best_confidence = chorus_statement_get_double (row, column++);

  return self;
}

static void
chorus_recording_record_clear (ChorusRecordingRecord *self)
{
  g_clear_pointer (&self->deployment_id, g_ref_string_release);
  g_clear_pointer (&self->file_id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->local_path, g_free);
  g_clear_pointer (&self->recorder_time, g_free);
  g_clear_pointer (&self->upload_reason, g_free);
  g_clear_pointer (&self->analysis_reason, g_free);
}

/* The contents of @other in texts of its own, for a record that has none or has cleared them. */
static void
chorus_recording_record_fill (ChorusRecordingRecord       *self,
                              const ChorusRecordingRecord *other)
{
  *self = *other;
  self->object = NULL;
  self->deployment_id = g_ref_string_acquire (other->deployment_id);
  self->file_id = g_strdup (other->file_id);
  self->name = g_strdup (other->name);
  self->folded = g_strdup (other->folded);
  self->url = g_strdup (other->url);
  self->local_path = g_strdup (other->local_path);
  self->recorder_time = g_strdup (other->recorder_time);
  self->upload_reason = g_strdup (other->upload_reason);
  self->analysis_reason = g_strdup (other->analysis_reason);
}

ChorusRecordingRecord *
chorus_recording_record_copy (const ChorusRecordingRecord *self)
{
  ChorusRecordingRecord *copy = g_rc_box_new0 (ChorusRecordingRecord);

  chorus_recording_record_fill (copy, self);

  return copy;
}

ChorusRecordingRecord *
chorus_recording_record_ref (ChorusRecordingRecord *self)
{
  return g_rc_box_acquire (self);
}

void
chorus_recording_record_unref (ChorusRecordingRecord *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) chorus_recording_record_clear);
}

void
chorus_recording_record_assign (ChorusRecordingRecord       *self,
                                const ChorusRecordingRecord *fresh)
{
  ChorusRecording *object = self->object;
  const double progress = self->progress;

  g_return_if_fail (self->recording_id == fresh->recording_id);

  if (self == fresh)
    return;

  chorus_recording_record_clear (self);
  chorus_recording_record_fill (self, fresh);
  self->object = object;
  self->progress = progress;
}

gboolean
chorus_recording_record_get_at_service (const ChorusRecordingRecord *self)
{
  if (self->n_parts > 1)
    return self->n_parts_at_service == self->n_parts;

  return self->file_id != NULL;
}

static ChorusRecordingStatus
chorus_recording_record_get_analysis_status (const ChorusRecordingRecord *self)
{
  switch ((ChorusRecordingAnalysis) self->analysis)
    {
    case CHORUS_ANALYSIS_PENDING:
    case CHORUS_ANALYSIS_RUNNING:
      return CHORUS_RECORDING_ANALYZING;

    case CHORUS_ANALYSIS_COMPLETED:
      return self->n_detections > 0 ? CHORUS_RECORDING_DETECTIONS : CHORUS_RECORDING_NO_DETECTIONS;

    case CHORUS_ANALYSIS_FAILED:
      return CHORUS_RECORDING_FAILED;

    case CHORUS_ANALYSIS_NONE:
    default:
      return chorus_recording_record_get_at_service (self) ? CHORUS_RECORDING_TO_ANALYZE : CHORUS_RECORDING_UPLOADED;
    }
}

ChorusRecordingStatus
chorus_recording_record_get_status (const ChorusRecordingRecord *self)
{
  switch ((ChorusRecordingUpload) self->upload)
    {
    case CHORUS_UPLOAD_WAITING:
      return CHORUS_RECORDING_WAITING;

    case CHORUS_UPLOAD_CHECKING:
      return CHORUS_RECORDING_CHECKING;

    case CHORUS_UPLOAD_SENDING:
      return CHORUS_RECORDING_UPLOADING;

    case CHORUS_UPLOAD_FAILED:
      return CHORUS_RECORDING_FAILED;

    case CHORUS_UPLOAD_REFUSED:
      return CHORUS_RECORDING_REFUSED;

    case CHORUS_UPLOAD_SENT:
    case CHORUS_UPLOAD_REMOTE:
    default:
      return chorus_recording_record_get_analysis_status (self);
    }
}

ChorusRecordingTime *
chorus_recording_record_dup_time (const ChorusRecordingRecord *self)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) exact = NULL;
  g_autoptr (GDateTime) zoned = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (self->instant == CHORUS_RECORDING_NO_TIME)
    return NULL;

  /* Times before 1970 are rounded down, so that what is added to them is not below zero. */
  utc = g_date_time_new_from_unix_utc ((self->instant - (self->instant < 0 ? G_TIME_SPAN_SECOND - 1 : 0))
                                       / G_TIME_SPAN_SECOND);
  if (!utc)
    return NULL;
  exact = g_date_time_add (utc, self->instant - g_date_time_to_unix (utc) * G_TIME_SPAN_SECOND);
  if (self->offset == 0)
    return chorus_recording_time_new (exact, self->has_zone, (ChorusTimeSource) self->source);

  zone = g_time_zone_new_offset (self->offset);
  zoned = g_date_time_to_timezone (exact, zone);

  return chorus_recording_time_new (zoned, self->has_zone, (ChorusTimeSource) self->source);
}

int
chorus_recording_record_compare (const ChorusRecordingRecord *first,
                                 const ChorusRecordingRecord *second)
{
  int order = 0;

  if (first->instant != second->instant)
    return first->instant < second->instant ? -1 : 1;
  order = strcmp (first->name, second->name);
  if (order == 0)
    order = first->recording_id < second->recording_id ? -1 : first->recording_id > second->recording_id;

  return order;
}
