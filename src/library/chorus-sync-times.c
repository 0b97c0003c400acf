/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-sync-times.h"

/* @deployment_id is NULL for the list of places; @synced_at becomes NULL when the service was never heard. */
gboolean
chorus_sync_times_read (ChorusDatabase  *db,
                        const char      *profile_id,
                        const char      *deployment_id,
                        GDateTime      **synced_at,
                        GError         **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT synced_at FROM syncs WHERE profile_id = ? AND deployment_id = ?", error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 1, profile_id);
  chorus_statement_bind_text (select, 2, deployment_id ? deployment_id : "");
  step = chorus_statement_step (select, error);
  *synced_at =
    step == CHORUS_STEP_ROW ? g_date_time_new_from_iso8601 (chorus_statement_get_text (select, 0), NULL) : NULL;

  return step != CHORUS_STEP_ERROR;
}

gboolean
chorus_sync_times_write (ChorusDatabase  *db,
                         const char      *profile_id,
                         const char      *deployment_id,
                         GDateTime       *synced_at,
                         GError         **error)
{
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (db,
                          "INSERT INTO syncs (profile_id, deployment_id, synced_at) VALUES (?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET synced_at = excluded.synced_at",
                          error);
  g_autofree char *text = g_date_time_format_iso8601 (synced_at);

  if (!insert)
    return FALSE;
  chorus_statement_bind_text (insert, 1, profile_id);
  chorus_statement_bind_text (insert, 2, deployment_id ? deployment_id : "");
  chorus_statement_bind_text (insert, 3, text);

  return chorus_statement_run (insert, error);
}
