/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the library fills a recording from a row of the store and keeps it up to date. */

#include "config.h"

#include <math.h>

#include "chorus-recording-private.h"
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

/* Reads the columns recorded_at, recorded_has_zone and time_source, from @column on. The zone of a time that the recorder did
 * not note is not made up: such a time is stored and read as UTC, and marked. */
ChorusRecordingTime *
chorus_recording_time_from_row (ChorusStatement *row,
                                int              column)
{
  const gboolean has_zone = chorus_statement_get_boolean (row, column + 1);
  const ChorusTimeSource source = chorus_time_source_from_text (chorus_statement_get_text (row, column + 2));
  g_autoptr (ChorusRecordingTime) time =
    chorus_recording_time_new_from_iso (chorus_statement_get_text (row, column), source);

  if (!time || chorus_recording_time_get_has_zone (time) == has_zone)
    return g_steal_pointer (&time);

  return chorus_recording_time_new (chorus_recording_time_get_time (time), has_zone, source);
}

/* Reads a row of CHORUS_RECORDING_COLUMNS; on any thread, since nobody else knows the object yet. */
ChorusRecording *
chorus_recording_new_from_row (ChorusStatement *row)
{
  ChorusRecording *self = g_object_new (CHORUS_TYPE_RECORDING, NULL);
  int column = 0;

  self->recording_id = chorus_statement_get_int64 (row, column++);
  self->deployment_id = chorus_statement_dup_text (row, column++);
  self->file_id = chorus_statement_dup_text (row, column++);
  self->name = chorus_text_from_name (chorus_statement_get_text (row, column++));
  self->url = chorus_statement_dup_text (row, column++);
  self->local_path = chorus_statement_dup_text (row, column++);
  self->size = chorus_statement_is_null (row, column) ? -1 : MAX (chorus_statement_get_int64 (row, column), -1);
  column++;
  self->duration = chorus_statement_get_double (row, column++);
  self->recorded = chorus_recording_time_from_row (row, column);
  column += 3;
  self->recorder_time = chorus_statement_dup_text (row, column++);
  self->synthetic = chorus_statement_get_boolean (row, column++);
  chorus_recording_upload_from_text (chorus_statement_get_text (row, column++), &self->upload);
  self->upload_reason = chorus_statement_dup_text (row, column++);
  self->analysis = chorus_recording_analysis_from_text (chorus_statement_get_text (row, column++));
  self->analysis_reason = chorus_statement_dup_text (row, column++);
  self->n_detections = (guint) chorus_statement_get_int64 (row, column++);
  self->n_species = (guint) chorus_statement_get_int64 (row, column++);
  self->n_reviewed = (guint) chorus_statement_get_int64 (row, column++);
  self->run_id = chorus_statement_get_int64 (row, column++);
  self->n_unknown = (guint) chorus_statement_get_int64 (row, column++);
  self->n_parts = (guint) chorus_statement_get_int64 (row, column++);
  self->n_parts_at_service = (guint) chorus_statement_get_int64 (row, column++);

  return self;
}

static void
chorus_recording_take_text (ChorusRecording          *self,
                            char                    **text,
                            const char               *fresh,
                            ChorusRecordingProperty   property)
{
  if (g_strcmp0 (*text, fresh) == 0)
    return;

  g_free (*text);
  *text = g_strdup (fresh);
  chorus_recording_notify (self, property);
}

static void
chorus_recording_take_count (ChorusRecording         *self,
                             guint                   *count,
                             guint                    fresh,
                             ChorusRecordingProperty  property)
{
  if (*count == fresh)
    return;

  *count = fresh;
  chorus_recording_notify (self, property);
}

/* What is shown of several fields together; notifies where it differs from what it was before a change. */
typedef struct
{
  ChorusRecordingStatus status;
  char *status_text;
  char *reason;
} ChorusRecordingShown;

static void
chorus_recording_begin_change (ChorusRecording      *self,
                               ChorusRecordingShown *before)
{
  g_object_freeze_notify (G_OBJECT (self));
  before->status = chorus_recording_get_status (self);
  before->status_text = g_strdup (chorus_recording_get_status_text (self));
  before->reason = g_strdup (chorus_recording_get_reason (self));
}

static void
chorus_recording_end_change (ChorusRecording      *self,
                             ChorusRecordingShown *before)
{
  g_clear_pointer (&self->status_text, g_free);

  if (before->status != chorus_recording_get_status (self))
    chorus_recording_notify (self, CHORUS_RECORDING_PROP_STATUS);
  if (g_strcmp0 (before->status_text, chorus_recording_get_status_text (self)) != 0)
    chorus_recording_notify (self, CHORUS_RECORDING_PROP_STATUS_TEXT);
  if (g_strcmp0 (before->reason, chorus_recording_get_reason (self)) != 0)
    chorus_recording_notify (self, CHORUS_RECORDING_PROP_REASON);

  g_free (before->status_text);
  g_free (before->reason);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
chorus_recording_same_time (ChorusRecordingTime *a,
                            ChorusRecordingTime *b)
{
  if (!a || !b)
    return a == b;

  return chorus_recording_time_get_has_zone (a) == chorus_recording_time_get_has_zone (b)
         && chorus_recording_time_get_source (a) == chorus_recording_time_get_source (b)
         && g_date_time_equal (chorus_recording_time_get_time (a), chorus_recording_time_get_time (b))
         && g_date_time_get_utc_offset (chorus_recording_time_get_time (a))
              == g_date_time_get_utc_offset (chorus_recording_time_get_time (b));
}

/* Takes over what the store holds now, as @fresh was just read from it. */
void
chorus_recording_update (ChorusRecording *self,
                         ChorusRecording *fresh)
{
  ChorusRecordingShown before = { 0 };
  gboolean was_at_service = FALSE;
  gboolean was_corrected = FALSE;

  g_return_if_fail (CHORUS_IS_RECORDING (self));
  g_return_if_fail (CHORUS_IS_RECORDING (fresh));
  g_return_if_fail (self->recording_id == fresh->recording_id);

  chorus_recording_begin_change (self, &before);
  was_at_service = chorus_recording_get_at_service (self);
  was_corrected = chorus_recording_get_corrected (self);

  chorus_recording_take_text (self, &self->file_id, fresh->file_id, CHORUS_RECORDING_PROP_FILE_ID);
  chorus_recording_take_count (self, &self->n_parts, fresh->n_parts, CHORUS_RECORDING_PROP_N_PARTS);
  self->n_parts_at_service = fresh->n_parts_at_service;
  if (was_at_service != chorus_recording_get_at_service (self))
    chorus_recording_notify (self, CHORUS_RECORDING_PROP_AT_SERVICE);
  chorus_recording_take_text (self, &self->name, fresh->name, CHORUS_RECORDING_PROP_NAME);
  chorus_recording_take_text (self, &self->url, fresh->url, CHORUS_RECORDING_PROP_URL);
  chorus_recording_take_text (self, &self->local_path, fresh->local_path, CHORUS_RECORDING_PROP_LOCAL_PATH);

  if (self->size != fresh->size)
    {
      self->size = fresh->size;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_SIZE);
    }
  if (self->duration != fresh->duration && !(isnan (self->duration) && isnan (fresh->duration)))
    {
      self->duration = fresh->duration;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_DURATION);
    }
  if (!chorus_recording_same_time (self->recorded, fresh->recorded))
    {
      g_clear_pointer (&self->recorded, chorus_recording_time_free);
      g_clear_pointer (&self->recorded_text, g_free);
      self->recorded = fresh->recorded ? chorus_recording_time_copy (fresh->recorded) : NULL;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_RECORDED);
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_RECORDED_TEXT);
    }
  chorus_recording_take_text (self, &self->recorder_time, fresh->recorder_time, CHORUS_RECORDING_PROP_RECORDER_TIME);
  if (was_corrected != chorus_recording_get_corrected (self))
    chorus_recording_notify (self, CHORUS_RECORDING_PROP_CORRECTED);
  if (self->synthetic != fresh->synthetic)
    {
      self->synthetic = fresh->synthetic;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_SYNTHETIC);
    }
  if (self->run_id != fresh->run_id)
    {
      self->run_id = fresh->run_id;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_RUN_ID);
    }
  chorus_recording_take_count (self, &self->n_detections, fresh->n_detections, CHORUS_RECORDING_PROP_N_DETECTIONS);
  chorus_recording_take_count (self, &self->n_species, fresh->n_species, CHORUS_RECORDING_PROP_N_SPECIES);
  chorus_recording_take_count (self, &self->n_reviewed, fresh->n_reviewed, CHORUS_RECORDING_PROP_N_REVIEWED);
  chorus_recording_take_count (self, &self->n_unknown, fresh->n_unknown, CHORUS_RECORDING_PROP_N_UNKNOWN);

  self->upload = fresh->upload;
  self->analysis = fresh->analysis;
  g_free (self->upload_reason);
  self->upload_reason = g_strdup (fresh->upload_reason);
  g_free (self->analysis_reason);
  self->analysis_reason = g_strdup (fresh->analysis_reason);

  chorus_recording_end_change (self, &before);
}

void
chorus_recording_set_upload (ChorusRecording       *self,
                             ChorusRecordingUpload  upload,
                             double                 progress,
                             const char            *reason)
{
  ChorusRecordingShown before = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING (self));

  chorus_recording_begin_change (self, &before);

  progress = isnan (progress) ? 0 : CLAMP (progress, 0, 1);
  if (self->progress != progress)
    {
      self->progress = progress;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_PROGRESS);
    }
  self->upload = upload;
  g_free (self->upload_reason);
  self->upload_reason = g_strdup (reason);

  chorus_recording_end_change (self, &before);
}

void
chorus_recording_set_analysis (ChorusRecording         *self,
                               ChorusRecordingAnalysis  analysis,
                               const char              *reason)
{
  ChorusRecordingShown before = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING (self));

  chorus_recording_begin_change (self, &before);
  self->analysis = analysis;
  g_free (self->analysis_reason);
  self->analysis_reason = g_strdup (reason);
  chorus_recording_end_change (self, &before);
}

/* The order of the list: by time, those without a time last, then by name. A GCompareDataFunc. */
int
chorus_recording_compare (gconstpointer a,
                          gconstpointer b,
                          gpointer      user_data)
{
  const ChorusRecording *first = a;
  const ChorusRecording *second = b;
  int order = 0;

  if (!first->recorded != !second->recorded)
    return first->recorded ? -1 : 1;
  if (first->recorded)
    order = g_date_time_compare (chorus_recording_time_get_time (first->recorded),
                                 chorus_recording_time_get_time (second->recorded));
  if (order == 0)
    order = g_strcmp0 (first->name, second->name);
  if (order == 0)
    order = first->recording_id < second->recording_id ? -1 : first->recording_id > second->recording_id;

  return order;
}

void
chorus_recording_set_counts (ChorusRecording *self,
                             guint            n_detections,
                             guint            n_species,
                             guint            n_reviewed)
{
  ChorusRecordingShown before = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING (self));

  chorus_recording_begin_change (self, &before);
  chorus_recording_take_count (self, &self->n_detections, n_detections, CHORUS_RECORDING_PROP_N_DETECTIONS);
  chorus_recording_take_count (self, &self->n_species, n_species, CHORUS_RECORDING_PROP_N_SPECIES);
  chorus_recording_take_count (self, &self->n_reviewed, n_reviewed, CHORUS_RECORDING_PROP_N_REVIEWED);
  chorus_recording_end_change (self, &before);
}
