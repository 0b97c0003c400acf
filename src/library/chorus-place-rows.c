/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-place-rows.h"

#include <math.h>

#include "chorus-sync-times.h"

static void
chorus_place_row_free (gpointer data)
{
  ChorusPlaceRow *row = data;

  g_free (row->id);
  g_free (row->name);
  g_free (row->parent_id);
  g_free (row->start_date);
  g_free (row->end_date);
  g_free (row);
}

ChorusPlaceRows *
chorus_place_rows_new (const char *profile_id)
{
  ChorusPlaceRows *self = g_new0 (ChorusPlaceRows, 1);

  self->profile_id = g_strdup (profile_id);
  self->rows = g_ptr_array_new_with_free_func (chorus_place_row_free);

  return self;
}

void
chorus_place_rows_free (ChorusPlaceRows *self)
{
  g_free (self->profile_id);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_free (self);
}

ChorusPlaceRow *
chorus_place_rows_add (ChorusPlaceRows *self,
                       ChorusPlaceKind  kind,
                       const char      *id,
                       const char      *name,
                       const char      *parent_id)
{
  ChorusPlaceRow *row = g_new0 (ChorusPlaceRow, 1);

  row->kind = kind;
  row->id = g_strdup (id);
  row->name = g_strdup (name);
  row->parent_id = g_strdup (parent_id);
  row->latitude = (double) NAN;
  row->longitude = (double) NAN;
  g_ptr_array_add (self->rows, row);

  return row;
}

void
chorus_place_rows_add_deployment (ChorusPlaceRows  *self,
                                  ChorusDeployment *deployment,
                                  const char       *site_id)
{
  ChorusPlaceRow *row = chorus_place_rows_add (self, CHORUS_PLACE_DEPLOYMENT, chorus_deployment_get_id (deployment),
                                               chorus_deployment_get_name (deployment), site_id);

  row->latitude = chorus_deployment_get_latitude (deployment);
  row->longitude = chorus_deployment_get_longitude (deployment);
  row->start_date = g_strdup (chorus_deployment_get_start_date (deployment));
  row->end_date = g_strdup (chorus_deployment_get_end_date (deployment));
}

gpointer
chorus_place_rows_read (ChorusDatabase  *db,
                        gpointer         data,
                        GError         **error)
{
  const ChorusPlaceRows *input = data;
  g_autoptr (ChorusPlaceRows) self = chorus_place_rows_new (input->profile_id);
  g_autoptr (ChorusStatement) select = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;

  G_STATIC_ASSERT (CHORUS_PLACE_PROJECT == 0 && CHORUS_PLACE_SITE == 1 && CHORUS_PLACE_DEPLOYMENT == 2);
  select = chorus_statement_new (db,
                                 "SELECT 0, project_id, name, NULL, 0 FROM projects WHERE profile_id = ?1 UNION ALL "
                                 "SELECT 1, site_id, name, project_id, 0 FROM sites WHERE profile_id = ?1 UNION ALL "
                                 "SELECT 2, deployment_id, name, site_id, typed FROM deployments WHERE profile_id = ?1",
                                 error);
  if (!select)
    return NULL;
  chorus_statement_bind_text (select, 1, self->profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusPlaceRow *row =
        chorus_place_rows_add (self, (ChorusPlaceKind) chorus_statement_get_int64 (select, 0),
                               chorus_statement_get_text (select, 1), chorus_statement_get_text (select, 2),
                               chorus_statement_get_text (select, 3));

      row->typed = chorus_statement_get_boolean (select, 4);
    }
  if (step == CHORUS_STEP_ERROR || !chorus_sync_times_read (db, self->profile_id, NULL, &self->synced_at, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
chorus_place_rows_write_projects (ChorusPlaceRows  *self,
                                  ChorusDatabase   *db,
                                  GError          **error)
{
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (db,
                          "INSERT INTO projects (profile_id, project_id, name) VALUES (?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET name = excluded.name",
                          error);

  for (guint i = 0; insert && i < self->rows->len; i++)
    {
      const ChorusPlaceRow *row = g_ptr_array_index (self->rows, i);

      if (row->kind != CHORUS_PLACE_PROJECT)
        continue;
      chorus_statement_bind_text (insert, 1, self->profile_id);
      chorus_statement_bind_text (insert, 2, row->id);
      chorus_statement_bind_text (insert, 3, row->name);
      if (!chorus_statement_run (insert, error))
        return FALSE;
    }

  return insert != NULL;
}

static gboolean
chorus_place_rows_write_sites (ChorusPlaceRows  *self,
                               ChorusDatabase   *db,
                               GError          **error)
{
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (db,
                          "INSERT INTO sites (profile_id, site_id, name, project_id) VALUES (?, ?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET name = excluded.name, project_id = excluded.project_id",
                          error);

  for (guint i = 0; insert && i < self->rows->len; i++)
    {
      const ChorusPlaceRow *row = g_ptr_array_index (self->rows, i);

      if (row->kind != CHORUS_PLACE_SITE)
        continue;
      chorus_statement_bind_text (insert, 1, self->profile_id);
      chorus_statement_bind_text (insert, 2, row->id);
      chorus_statement_bind_text (insert, 3, row->name);
      chorus_statement_bind_text (insert, 4, row->parent_id);
      if (!chorus_statement_run (insert, error))
        return FALSE;
    }

  return insert != NULL;
}

static gboolean
chorus_place_rows_write_deployments (ChorusPlaceRows  *self,
                                     ChorusDatabase   *db,
                                     GError          **error)
{
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (db,
                          "INSERT INTO deployments (profile_id, deployment_id, name, site_id, typed,"
                          "  latitude, longitude, start_date, end_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET name = excluded.name, site_id = excluded.site_id,"
                          "  typed = excluded.typed, latitude = excluded.latitude, longitude = excluded.longitude,"
                          "  start_date = excluded.start_date, end_date = excluded.end_date",
                          error);

  for (guint i = 0; insert && i < self->rows->len; i++)
    {
      const ChorusPlaceRow *row = g_ptr_array_index (self->rows, i);

      if (row->kind != CHORUS_PLACE_DEPLOYMENT)
        continue;
      chorus_statement_bind_text (insert, 1, self->profile_id);
      chorus_statement_bind_text (insert, 2, row->id);
      chorus_statement_bind_text (insert, 3, row->name);
      chorus_statement_bind_text (insert, 4, row->parent_id);
      chorus_statement_bind_boolean (insert, 5, row->typed);
      chorus_statement_bind_double (insert, 6, row->latitude);
      chorus_statement_bind_double (insert, 7, row->longitude);
      chorus_statement_bind_text (insert, 8, row->start_date);
      chorus_statement_bind_text (insert, 9, row->end_date);
      if (!chorus_statement_run (insert, error))
        return FALSE;
    }

  return insert != NULL;
}

static gboolean
chorus_place_rows_write (ChorusPlaceRows  *self,
                         ChorusDatabase   *db,
                         GError          **error)
{
  return chorus_place_rows_write_projects (self, db, error) && chorus_place_rows_write_sites (self, db, error)
         && chorus_place_rows_write_deployments (self, db, error);
}

gpointer
chorus_place_rows_add_to_store (ChorusDatabase  *db,
                                gpointer         data,
                                GError         **error)
{
  ChorusPlaceRows *self = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);

  if (!transaction || !chorus_place_rows_write (self, db, error) || !chorus_transaction_commit (transaction, error))
    return NULL;

  return chorus_place_rows_read (db, self, error);
}

static gboolean
chorus_place_rows_delete (ChorusPlaceRows  *self,
                          ChorusDatabase   *db,
                          const char       *sql,
                          GError          **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);

  if (!statement)
    return FALSE;
  chorus_statement_bind_text (statement, 1, self->profile_id);

  return chorus_statement_run (statement, error);
}

gpointer
chorus_place_rows_replace (ChorusDatabase  *db,
                           gpointer         data,
                           GError         **error)
{
  ChorusPlaceRows *self = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);

  if (!transaction)
    return NULL;

  /* A deployment that has recordings stays even where the service no longer lists it: they are reached through it. */
  if (!chorus_place_rows_delete (self, db, "DELETE FROM projects WHERE profile_id = ?", error)
      || (self->has_sites && !chorus_place_rows_delete (self, db, "DELETE FROM sites WHERE profile_id = ?", error))
      || (self->has_deployments
          && !chorus_place_rows_delete (self, db,
                                        "DELETE FROM deployments WHERE profile_id = ?1 AND NOT typed AND NOT EXISTS"
                                        " (SELECT 1 FROM recordings r WHERE r.profile_id = ?1"
                                        "  AND r.deployment_id = deployments.deployment_id)",
                                        error))
      || !chorus_place_rows_write (self, db, error)
      || !chorus_sync_times_write (db, self->profile_id, NULL, self->synced_at, error)
      || !chorus_transaction_commit (transaction, error))
    return NULL;

  return chorus_place_rows_read (db, self, error);
}
