/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing what was found out about a file, and comparing it with the other recordings of its deployment. */

#include "config.h"

#include "chorus-upload-rows.h"

#include "chorus-upload-finding.h"
#include "core/chorus-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* No recording that still counts as overlapping is longer than this, in seconds: it bounds the search. */
#define CHORUS_UPLOAD_ROWS_LONGEST "172800"

static char *
chorus_upload_rows_format_day (const char *iso)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = iso ? g_date_time_new_from_iso8601 (iso, utc) : NULL;
  g_autoptr (GDateTime) local = time ? g_date_time_to_local (time) : NULL;

  /* Translators: a day, a month and a year for g_date_time_format(), such as "3 June 2025" */
  return local ? g_date_time_format (local, _("%-e %B %Y")) : NULL;
}

/* Whether the deployment has the content, or another upload that came before this one brings it. */
static gboolean
chorus_upload_rows_compare_content (ChorusDatabase   *db,
                                    ChorusUploadJob  *job,
                                    GPtrArray        *findings,
                                    GError          **error)
{
  g_autofree char *name = NULL;
  g_autofree char *day = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT r.name, u.state = 'sent',"
    "  coalesce((SELECT max(attempted_at) FROM parts p WHERE p.recording_id = r.recording_id), r.created_at)"
    " FROM recordings r JOIN uploads u USING (recording_id)"
    " WHERE r.profile_id = ? AND r.deployment_id = ? AND r.sha256 = ? AND r.recording_id != ?"
    " AND u.state NOT IN ('refused', 'canceled', 'failed')"
    " AND (u.state = 'sent' OR u.listed)"
    " ORDER BY u.state = 'sent' DESC, r.recording_id LIMIT 1",
    error);

  if (!select)
    return FALSE;

  chorus_statement_bind_text (select, 1, job->profile_id);
  chorus_statement_bind_text (select, 2, job->upload->deployment_id);
  chorus_statement_bind_text (select, 3, job->sha256);
  chorus_statement_bind_int64 (select, 4, job->upload->recording_id);
  step = chorus_statement_step (select, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;

  name = chorus_text_from_name (chorus_statement_get_text (select, 0));
  day = chorus_upload_rows_format_day (chorus_statement_get_text (select, 2));
  if (chorus_statement_get_boolean (select, 1))
    g_ptr_array_add (findings, chorus_upload_finding_new (CHORUS_UPLOAD_FINDING_ALREADY_SENT,
                                                          /* Translators: a day, and the name of a file */
                                                          g_strdup_printf (_("Already sent on %s, as “%s”."),
                                                                           day ? day : "", name)));
  else
    g_ptr_array_add (findings,
                     chorus_upload_finding_new (
                       CHORUS_UPLOAD_FINDING_DUPLICATE,
                       /* Translators: “%s” is the name of a file */
                       g_strdup_printf (_("The same recording as “%s”, which is in the list already."), name)));

  return TRUE;
}

/* Whether another recording of the deployment was made at the same time. Times without a zone are compared with each
 * other only: a clock that is off by its zone is said elsewhere. */
static gboolean
chorus_upload_rows_compare_times (ChorusDatabase   *db,
                                  ChorusUploadJob  *job,
                                  GPtrArray        *findings,
                                  GError          **error)
{
  g_autofree char *name = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select = NULL;

  if (isnan (job->start_time) || g_strcmp0 (job->time_source, "modified") == 0)
    return TRUE;

  /* Recorders that close one file and open the next write down whole seconds: a second of overlap is none. */
  select = chorus_statement_new (db,
                                 "SELECT r.name FROM uploads u JOIN recordings r USING (recording_id)"
                                 " WHERE u.start_time > ?1 - " CHORUS_UPLOAD_ROWS_LONGEST " AND u.start_time < ?2 - 1.5"
                                 "  AND u.end_time > ?1 + 1.5 AND r.profile_id = ?3 AND r.deployment_id = ?4"
                                 "  AND r.recorded_has_zone = ?5 AND r.recording_id != ?6"
                                 "  AND r.time_source IS NOT 'modified' AND r.sha256 IS NOT ?7"
                                 "  AND u.state NOT IN ('refused', 'canceled')"
                                 " LIMIT 1",
                                 error);
  if (!select)
    return FALSE;

  chorus_statement_bind_double (select, 1, job->start_time);
  chorus_statement_bind_double (select, 2, job->start_time + job->duration);
  chorus_statement_bind_text (select, 3, job->profile_id);
  chorus_statement_bind_text (select, 4, job->upload->deployment_id);
  chorus_statement_bind_boolean (select, 5, job->has_zone);
  chorus_statement_bind_int64 (select, 6, job->upload->recording_id);
  chorus_statement_bind_text (select, 7, job->sha256);
  step = chorus_statement_step (select, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;

  name = chorus_text_from_name (chorus_statement_get_text (select, 0));
  g_ptr_array_add (findings,
                   chorus_upload_finding_new (
                     CHORUS_UPLOAD_FINDING_OVERLAP,
                     /* Translators: “%s” is the name of a file */
                     g_strdup_printf (_("Recorded at the same time as “%s”: check the time of both."), name)));

  return TRUE;
}

static gboolean
chorus_upload_rows_write_recording (ChorusDatabase   *db,
                                    ChorusUploadJob  *job,
                                    GError          **error)
{
  /* A time that a person has set stays. */
  g_autoptr (ChorusStatement) update = chorus_statement_new (
    db,
    "UPDATE recordings SET size = ?2, sha256 = ?3, duration = ?4, sample_rate = ?5, channels = ?6,"
    "  recorded_at = iif (time_source IS 'person', recorded_at, ?7),"
    "  recorded_has_zone = iif (time_source IS 'person', recorded_has_zone, ?8),"
    "  time_source = iif (time_source IS 'person', 'person', ?9)"
    " WHERE recording_id = ?1",
    error);

  if (!update)
    return FALSE;

  chorus_statement_bind_int64 (update, 1, job->upload->recording_id);
  chorus_statement_bind_int64 (update, 2, job->size);
  chorus_statement_bind_text (update, 3, job->sha256);
  chorus_statement_bind_double (update, 4, job->duration);
  chorus_statement_bind_double (update, 5, job->sample_rate);
  chorus_statement_bind_int64 (update, 6, job->channels);
  chorus_statement_bind_text (update, 7, job->recorded_at);
  chorus_statement_bind_boolean (update, 8, job->has_zone);
  chorus_statement_bind_text (update, 9, job->time_source);

  return chorus_statement_run (update, error);
}

/* What the check leads to is written with it, unless a person has decided otherwise meanwhile. */
static gboolean
chorus_upload_rows_write_upload (ChorusDatabase   *db,
                                 ChorusUploadJob  *job,
                                 GPtrArray        *findings,
                                 GError          **error)
{
  const char *refusal = job->upload->override ? NULL : chorus_upload_findings_get_refusal (findings);
  g_autoptr (ChorusStatement) update =
    chorus_statement_new (db,
                          "UPDATE uploads SET notes = ?2, method = ?3, format = ?4, modified = ?5,"
                          "  start_time = ?6, end_time = ?7, findings = ?10,"
                          "  reason = iif (state IN ('waiting', 'checking', 'ready'), ?8, reason),"
                          "  state = iif (state IN ('waiting', 'checking', 'ready'), ?9, state)"
                          " WHERE recording_id = ?1",
                          error);

  if (!update)
    return FALSE;

  if (!job->upload->override && !refusal)
    refusal = job->refusal;
  chorus_statement_bind_int64 (update, 1, job->upload->recording_id);
  chorus_statement_bind_text (update, 2, job->notes);
  chorus_statement_bind_text (update, 3, job->method);
  chorus_statement_bind_text (update, 4, job->format);
  chorus_statement_bind_int64 (update, 5, job->modified);
  chorus_statement_bind_double (update, 6, job->start_time);
  chorus_statement_bind_double (update, 7, job->start_time + job->duration);
  chorus_statement_bind_text (update, 8, refusal);
  chorus_statement_bind_text (update, 9, refusal ? "refused" : "ready");
  chorus_statement_bind_int64 (update, 10, job->findings | chorus_upload_findings_to_bits (findings));

  return chorus_statement_run (update, error);
}

static gboolean
chorus_upload_rows_write_parts (ChorusDatabase   *db,
                                ChorusUploadJob  *job,
                                GError          **error)
{
  GArray *entries = job->upload->entries;
  g_autoptr (ChorusStatement) forget = chorus_statement_new (db, "DELETE FROM parts WHERE recording_id = ?", error);
  g_autoptr (ChorusStatement) insert = NULL;

  if (!forget)
    return FALSE;
  chorus_statement_bind_int64 (forget, 1, job->upload->recording_id);
  if (!chorus_statement_run (forget, error))
    return FALSE;

  insert =
    chorus_statement_new (db,
                          "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size,"
                          "  state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          error);
  if (!insert)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const ChorusUploadEntry *entry = &g_array_index (entries, ChorusUploadEntry, i);

      chorus_statement_bind_int64 (insert, 1, job->upload->recording_id);
      chorus_statement_bind_int64 (insert, 2, i);
      chorus_statement_bind_int64 (insert, 3, (gint64) entry->part.first_frame);
      chorus_statement_bind_int64 (insert, 4, (gint64) entry->part.n_frames);
      chorus_statement_bind_double (insert, 5, entry->part.start);
      chorus_statement_bind_double (insert, 6, entry->part.duration);
      chorus_statement_bind_int64 (insert, 7, entry->part.size);
      chorus_statement_bind_text (insert, 8, chorus_upload_state_to_text (entry->state));
      if (!chorus_statement_run (insert, error))
        return FALSE;
    }

  return TRUE;
}

/* What the other recordings say is kept with what the file says itself. */
static void
chorus_upload_rows_add_notes (ChorusUploadJob *job,
                              GPtrArray       *findings)
{
  g_autofree char *own = g_steal_pointer (&job->notes);
  g_autofree char *found = chorus_upload_findings_to_text (findings);

  job->notes = own && found ? g_strconcat (own, "\n", found, NULL) : g_strdup (own ? own : found);
}

gpointer
chorus_upload_rows_save_check (ChorusDatabase  *db,
                               gpointer         data,
                               GError         **error)
{
  ChorusUploadJob *job = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_upload_finding_free);

  if (!transaction || !chorus_upload_rows_compare_content (db, job, findings, error)
      || !chorus_upload_rows_compare_times (db, job, findings, error))
    return NULL;

  chorus_upload_rows_add_notes (job, findings);
  if (!chorus_upload_rows_write_recording (db, job, error)
      || !chorus_upload_rows_write_upload (db, job, findings, error)
      || (!job->keeps_parts && !chorus_upload_rows_write_parts (db, job, error)))
    return NULL;

  return chorus_transaction_commit (transaction, error) ? g_steal_pointer (&findings) : NULL;
}
