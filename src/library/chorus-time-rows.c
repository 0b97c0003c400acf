/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-time-rows.h"

#include <math.h>

#include "chorus-recording-private.h"

typedef struct
{
  const ChorusTimesInput *input;
  ChorusStatement *select;
  ChorusStatement *update;
  ChorusStatement *update_upload;
} ChorusTimeWriter;

static void
chorus_time_writer_clear (ChorusTimeWriter *self)
{
  g_clear_pointer (&self->select, chorus_statement_free);
  g_clear_pointer (&self->update, chorus_statement_free);
  g_clear_pointer (&self->update_upload, chorus_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusTimeWriter, chorus_time_writer_clear)

void
chorus_times_input_free (ChorusTimesInput *self)
{
  g_array_unref (self->ids);
  chorus_time_correction_free (self->correction);
  g_free (self);
}

static gboolean
chorus_time_writer_prepare (ChorusTimeWriter  *self,
                            ChorusDatabase    *db,
                            GError           **error)
{
  self->select = chorus_statement_new (db,
                                       "SELECT recorded_at, recorded_has_zone, time_source, recorder_time"
                                       " FROM recordings WHERE recording_id = ?",
                                       error);
  if (!self->select)
    return FALSE;

  self->update = chorus_statement_new (db,
                                       "UPDATE recordings SET recorded_at = ?2, recorded_has_zone = ?3,"
                                       "  time_source = ?4, recorder_time = ?5 WHERE recording_id = ?1",
                                       error);
  if (!self->update)
    return FALSE;

  /* What overlaps is looked for by these. */
  self->update_upload =
    chorus_statement_new (db,
                          "UPDATE uploads SET start_time = ?2, end_time = ?2 + coalesce(end_time - start_time,"
                          "  (SELECT duration FROM recordings WHERE recording_id = ?1)) WHERE recording_id = ?1",
                          error);

  return self->update_upload != NULL;
}

/* Seconds since 1970, on the clock of the recorder where the zone is not known, or NaN. */
static double
chorus_time_writer_get_seconds (const ChorusRecordingTime *time)
{
  GDateTime *moment = time ? chorus_recording_time_get_time (time) : NULL;

  if (!moment)
    return (double) NAN;

  return (double) g_date_time_to_unix (moment)
         + (double) g_date_time_get_microsecond (moment) / (double) G_TIME_SPAN_SECOND;
}

static gboolean
chorus_time_writer_write (ChorusTimeWriter           *self,
                          gint64                      recording_id,
                          const ChorusRecordingTime  *time,
                          const char                 *recorder_time,
                          GError                    **error)
{
  g_autofree char *iso = time ? chorus_recording_time_to_iso (time) : NULL;

  chorus_statement_bind_int64 (self->update, 1, recording_id);
  chorus_statement_bind_text (self->update, 2, iso);
  chorus_statement_bind_boolean (self->update, 3, time && chorus_recording_time_get_has_zone (time));
  chorus_statement_bind_text (self->update, 4,
                              time ? chorus_time_source_to_text (chorus_recording_time_get_source (time)) : NULL);
  chorus_statement_bind_text (self->update, 5, recorder_time);
  chorus_statement_bind_int64 (self->update_upload, 1, recording_id);
  chorus_statement_bind_double (self->update_upload, 2, chorus_time_writer_get_seconds (time));

  return chorus_statement_run (self->update, error) && chorus_statement_run (self->update_upload, error);
}

static gboolean
chorus_time_writer_correct (ChorusTimeWriter  *self,
                            gint64             recording_id,
                            gboolean          *changed,
                            GError           **error)
{
  g_autoptr (ChorusRecordingTime) time = NULL;
  g_autoptr (ChorusRecordingTime) recorder = NULL;
  g_autoptr (ChorusRecordingTime) corrected = NULL;
  g_autofree char *recorder_time = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;

  *changed = FALSE;
  chorus_statement_bind_int64 (self->select, 1, recording_id);
  step = chorus_statement_step (self->select, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;
  time = chorus_recording_time_from_row (self->select, 0);
  recorder_time = chorus_statement_dup_text (self->select, 3);
  chorus_statement_reset (self->select);

  if (!recorder_time)
    recorder_time = chorus_recorder_time_to_text (time);
  recorder = chorus_recorder_time_from_text (recorder_time);
  *changed = chorus_time_correction_apply (self->input->correction, time, recorder, &corrected);
  if (!*changed)
    return TRUE;
  if (chorus_time_correction_get_kind (self->input->correction) == CHORUS_TIME_CORRECTION_RECORDER)
    g_clear_pointer (&recorder_time, g_free);

  return chorus_time_writer_write (self, recording_id, corrected, recorder_time, error);
}

gpointer
chorus_time_rows_correct (ChorusDatabase  *db,
                          gpointer         data,
                          GError         **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_auto (ChorusTimeWriter) self = { .input = data };
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!transaction || !chorus_time_writer_prepare (&self, db, error))
    return NULL;
  for (guint i = 0; i < self.input->ids->len; i++)
    {
      gint64 recording_id = g_array_index (self.input->ids, gint64, i);
      gboolean one_changed = FALSE;

      if (!chorus_time_writer_correct (&self, recording_id, &one_changed, error))
        return NULL;
      if (one_changed)
        g_array_append_val (changed, recording_id);
    }
  if (!chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&changed);
}
