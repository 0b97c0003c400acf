/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading what an earlier run of the application left. */

#include "config.h"

#include "chorus-upload-rows.h"

#include "core/chorus-text.h"

/* What was on its way when the program ended has to be found out about. */
static ChorusUploadState
chorus_upload_rows_get_restored_state (const char *text)
{
  ChorusUploadState state = chorus_upload_state_from_text (text);

  if (state == CHORUS_UPLOAD_STATE_CHECKING)
    return CHORUS_UPLOAD_STATE_WAITING;
  if (state == CHORUS_UPLOAD_STATE_SENDING)
    return CHORUS_UPLOAD_STATE_CONFIRMING;

  return state;
}

static ChorusUpload *
chorus_upload_rows_read_upload (ChorusStatement *row)
{
  g_autofree char *name = chorus_text_from_name (chorus_statement_get_text (row, 2));
  g_autoptr (GFile) file = chorus_upload_rows_file_from_path (chorus_statement_get_text (row, 3));
  ChorusUpload *upload =
    chorus_upload_new (file, name, chorus_statement_get_text (row, 1), chorus_statement_get_int64 (row, 0));

  upload->state = chorus_upload_rows_get_restored_state (chorus_statement_get_text (row, 4));
  upload->reason = chorus_statement_dup_text (row, 5);
  upload->notes = chorus_statement_dup_text (row, 6);
  upload->approved = chorus_statement_get_boolean (row, 7);
  upload->override = chorus_statement_get_boolean (row, 8);
  upload->method = chorus_upload_method_from_text (chorus_statement_get_text (row, 9));
  upload->format = chorus_statement_dup_text (row, 10);
  upload->modified = chorus_statement_get_int64 (row, 11);
  upload->bytes = (guint64) chorus_statement_get_int64 (row, 12);
  upload->sha256 = chorus_statement_dup_text (row, 13);
  if (!chorus_statement_is_null (row, 14))
    upload->duration = chorus_statement_get_double (row, 14);
  if (!chorus_statement_is_null (row, 15))
    upload->recorded = (gint64) chorus_statement_get_double (row, 15);
  upload->findings = (guint) chorus_statement_get_int64 (row, 16);

  return upload;
}

static gboolean
chorus_upload_rows_load_parts (ChorusDatabase   *db,
                               ChorusUploadJob  *job,
                               GHashTable       *uploads,
                               GError          **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT p.recording_id, p.first_frame, p.n_frames, p.start_time, p.duration, p.size, p.state,"
    "  p.attempted_at, p.file_id, p.server_name, p.url"
    " FROM parts p JOIN uploads u USING (recording_id) JOIN recordings r USING (recording_id)"
    " WHERE r.profile_id = ? AND u.listed AND u.state <> 'sent' ORDER BY p.recording_id, p.ordinal",
    error);

  if (!select)
    return FALSE;

  chorus_statement_bind_text (select, 1, job->profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      gint64 recording_id = chorus_statement_get_int64 (select, 0);
      ChorusUpload *upload = g_hash_table_lookup (uploads, &recording_id);
      ChorusUploadEntry entry = { 0 };

      if (!upload)
        continue;

      entry.part.first_frame = (guint64) chorus_statement_get_int64 (select, 1);
      entry.part.n_frames = (guint64) chorus_statement_get_int64 (select, 2);
      entry.part.start = chorus_statement_get_double (select, 3);
      entry.part.duration = chorus_statement_get_double (select, 4);
      entry.part.size = chorus_statement_get_int64 (select, 5);
      entry.state = chorus_upload_rows_get_restored_state (chorus_statement_get_text (select, 6));
      entry.attempted_at = chorus_statement_dup_text (select, 7);
      entry.file_id = chorus_statement_dup_text (select, 8);
      entry.server_name = chorus_statement_dup_text (select, 9);
      entry.url = chorus_statement_dup_text (select, 10);
      g_array_append_val (upload->entries, entry);
    }

  return step != CHORUS_STEP_ERROR;
}

static gboolean
chorus_upload_rows_load_budget (ChorusDatabase           *db,
                                ChorusUploadJob          *job,
                                ChorusUploadLedgerState  *state,
                                GError                  **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT bytes FROM upload_budgets WHERE profile_id = ?", error);

  if (!select)
    return FALSE;

  chorus_statement_bind_text (select, 1, job->profile_id);
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ROW)
    state->budget = chorus_statement_get_int64 (select, 0);

  return step != CHORUS_STEP_ERROR;
}

/* An upload without parts was never checked to its end, or was sent by an earlier version that did not keep them. */
static void
chorus_upload_rows_settle (ChorusUpload *upload)
{
  if (upload->entries->len == 0
      && (upload->state == CHORUS_UPLOAD_STATE_READY || upload->state == CHORUS_UPLOAD_STATE_CONFIRMING))
    chorus_upload_set_state (upload, CHORUS_UPLOAD_STATE_WAITING);
}

gpointer
chorus_upload_rows_load (ChorusDatabase  *db,
                         gpointer         data,
                         GError         **error)
{
  ChorusUploadJob *job = data;
  g_autoptr (ChorusUploadLedgerState) state = g_new0 (ChorusUploadLedgerState, 1);
  g_autoptr (GHashTable) uploads = g_hash_table_new (g_int64_hash, g_int64_equal);
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT r.recording_id, r.deployment_id, r.name, r.local_path, u.state, u.reason, u.notes,"
                          "  u.approved, u.override, u.method, u.format, u.modified, r.size, r.sha256, r.duration,"
                          "  u.start_time, u.findings"
                          " FROM uploads u JOIN recordings r USING (recording_id)"
                          " WHERE r.profile_id = ? AND u.listed AND u.state <> 'sent' ORDER BY r.recording_id",
                          error);

  state->uploads = g_ptr_array_new_with_free_func (g_object_unref);
  if (!select)
    return NULL;

  chorus_statement_bind_text (select, 1, job->profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusUpload *upload = chorus_upload_rows_read_upload (select);

      g_ptr_array_add (state->uploads, upload);
      g_hash_table_insert (uploads, &upload->recording_id, upload);
    }
  if (step == CHORUS_STEP_ERROR || !chorus_upload_rows_load_parts (db, job, uploads, error)
      || !chorus_upload_rows_load_budget (db, job, state, error))
    return NULL;

  for (guint i = 0; i < state->uploads->len; i++)
    chorus_upload_rows_settle (state->uploads->pdata[i]);

  return g_steal_pointer (&state);
}
