/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the library fills a recording from a row of the store and keeps it up to date. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "chorus-recording-private.h"

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
  g_autoptr (ChorusRecordingRecord) record = chorus_recording_record_new_from_row (row, NULL);

  return chorus_recording_new_of (record);
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
chorus_recording_same_number (double a,
                              double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
chorus_recording_same_time (const ChorusRecordingRecord *a,
                            const ChorusRecordingRecord *b)
{
  if (a->instant != b->instant)
    return FALSE;

  return a->instant == CHORUS_RECORDING_NO_TIME
         || (a->offset == b->offset && a->has_zone == b->has_zone && a->source == b->source);
}

/* Tells what is about to change when @fresh is taken over; the texts and times that were made of it go. */
static void
chorus_recording_notify_changes (ChorusRecording             *self,
                                 const ChorusRecordingRecord *fresh)
{
  const ChorusRecordingRecord *old = self->record;
  const gboolean same_time = chorus_recording_same_time (old, fresh);
  const struct
  {
    gboolean same;
    ChorusRecordingProperty property;
  } fields[] = {
    { g_strcmp0 (old->file_id, fresh->file_id) == 0, CHORUS_RECORDING_PROP_FILE_ID },
    { old->n_parts == fresh->n_parts, CHORUS_RECORDING_PROP_N_PARTS },
    { chorus_recording_record_get_at_service (old) == chorus_recording_record_get_at_service (fresh),
      CHORUS_RECORDING_PROP_AT_SERVICE },
    { strcmp (old->name, fresh->name) == 0, CHORUS_RECORDING_PROP_NAME },
    { g_strcmp0 (old->url, fresh->url) == 0, CHORUS_RECORDING_PROP_URL },
    { g_strcmp0 (old->local_path, fresh->local_path) == 0, CHORUS_RECORDING_PROP_LOCAL_PATH },
    { old->size == fresh->size, CHORUS_RECORDING_PROP_SIZE },
    { chorus_recording_same_number (old->duration, fresh->duration), CHORUS_RECORDING_PROP_DURATION },
    { same_time, CHORUS_RECORDING_PROP_RECORDED },
    { same_time, CHORUS_RECORDING_PROP_RECORDED_TEXT },
    { g_strcmp0 (old->recorder_time, fresh->recorder_time) == 0, CHORUS_RECORDING_PROP_RECORDER_TIME },
    { !old->recorder_time == !fresh->recorder_time, CHORUS_RECORDING_PROP_CORRECTED },
    { old->synthetic == fresh->synthetic, CHORUS_RECORDING_PROP_SYNTHETIC },
    { old->run_id == fresh->run_id, CHORUS_RECORDING_PROP_RUN_ID },
    { old->n_detections == fresh->n_detections, CHORUS_RECORDING_PROP_N_DETECTIONS },
    { old->n_species == fresh->n_species, CHORUS_RECORDING_PROP_N_SPECIES },
    { old->n_reviewed == fresh->n_reviewed, CHORUS_RECORDING_PROP_N_REVIEWED },
    { old->n_unknown == fresh->n_unknown, CHORUS_RECORDING_PROP_N_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!fields[i].same)
        chorus_recording_notify (self, fields[i].property);
    }
  if (!same_time)
    {
      g_clear_pointer (&self->recorded, chorus_recording_time_free);
      g_clear_pointer (&self->recorded_text, g_free);
    }
}

/* Takes over what the store holds now, as @fresh was just read from it. */
void
chorus_recording_update_from (ChorusRecording             *self,
                              const ChorusRecordingRecord *fresh)
{
  ChorusRecordingShown before = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING (self));
  g_return_if_fail (fresh != NULL);

  /* Notifications are held back until the change is complete. */
  chorus_recording_begin_change (self, &before);
  chorus_recording_notify_changes (self, fresh);
  chorus_recording_record_assign (self->record, fresh);
  chorus_recording_end_change (self, &before);
}

void
chorus_recording_update (ChorusRecording *self,
                         ChorusRecording *fresh)
{
  g_return_if_fail (CHORUS_IS_RECORDING (self));
  g_return_if_fail (CHORUS_IS_RECORDING (fresh));

  chorus_recording_update_from (self, fresh->record);
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
  if (self->record->progress != progress)
    {
      self->record->progress = progress;
      chorus_recording_notify (self, CHORUS_RECORDING_PROP_PROGRESS);
    }
  self->record->upload = (guint8) upload;
  g_free (self->record->upload_reason);
  self->record->upload_reason = g_strdup (reason);

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
  self->record->analysis = (guint8) analysis;
  g_free (self->record->analysis_reason);
  self->record->analysis_reason = g_strdup (reason);
  chorus_recording_end_change (self, &before);
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

void
chorus_recording_set_counts (ChorusRecording *self,
                             guint            n_detections,
                             guint            n_species,
                             guint            n_reviewed)
{
  ChorusRecordingShown before = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING (self));

  chorus_recording_begin_change (self, &before);
  chorus_recording_take_count (self, &self->record->n_detections, n_detections, CHORUS_RECORDING_PROP_N_DETECTIONS);
  chorus_recording_take_count (self, &self->record->n_species, n_species, CHORUS_RECORDING_PROP_N_SPECIES);
  chorus_recording_take_count (self, &self->record->n_reviewed, n_reviewed, CHORUS_RECORDING_PROP_N_REVIEWED);
  chorus_recording_end_change (self, &before);
}
