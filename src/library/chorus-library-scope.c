/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refreshing the deployments of a site, a project or everything. */

#include "config.h"

#include "chorus-library-private.h"
#include "chorus-recording-list-private.h"

typedef struct
{
  ChorusScope *scope;
  GPtrArray *ids;       /* of deployments to ask about, the next one first */
  GDateTime *synced_at; /* when the first was asked about */
} ChorusScopeSync;

static void chorus_library_refresh_next (GTask *task);

static void
chorus_scope_sync_free (ChorusScopeSync *sync)
{
  chorus_scope_free (sync->scope);
  g_ptr_array_unref (sync->ids);
  g_date_time_unref (sync->synced_at);
  g_free (sync);
}

static void
chorus_library_collect_deployments (ChorusLibrary     *self,
                                    const ChorusScope *scope,
                                    GListModel        *places,
                                    GPtrArray         *ids)
{
  for (guint i = 0; places && i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ChorusPlace) place = g_list_model_get_item (places, i);

      if (chorus_place_get_kind (place) != CHORUS_PLACE_DEPLOYMENT)
        chorus_library_collect_deployments (self, scope, chorus_place_get_children (place), ids);
      else if (chorus_library_scope_has (self, scope, chorus_place_get_id (place)))
        g_ptr_array_add (ids, g_strdup (chorus_place_get_id (place)));
    }
}

/* A list of one deployment has been told by the refresh of that. */
static void
chorus_library_note_synced (ChorusLibrary     *self,
                            const ChorusScope *scope,
                            GDateTime         *synced_at)
{
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  if (scope->kind == CHORUS_SCOPE_DEPLOYMENT)
    return;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    {
      if (chorus_scope_equal (chorus_recording_list_get_scope (list), scope))
        chorus_recording_list_set_synced_at (list, synced_at);
    }
}

static void
chorus_library_refreshed_one_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (chorus_library_refresh_deployment_finish (CHORUS_LIBRARY (source), result, &error))
    chorus_library_refresh_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chorus_library_refresh_next (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusScopeSync *sync = g_task_get_task_data (task);
  g_autofree char *deployment_id = NULL;

  if (sync->ids->len == 0)
    {
      chorus_library_note_synced (self, sync->scope, sync->synced_at);
      g_task_return_boolean (task, TRUE);
      return;
    }

  deployment_id = g_ptr_array_steal_index (sync->ids, 0);
  chorus_library_refresh_deployment_async (self, deployment_id, g_task_get_cancellable (task),
                                           chorus_library_refreshed_one_cb, g_object_ref (task));
}

void
chorus_library_refresh_scope_async (ChorusLibrary       *self,
                                    const ChorusScope   *scope,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusScopeSync *sync = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (scope != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_refresh_scope_async);
  sync = g_new0 (ChorusScopeSync, 1);
  sync->scope = chorus_scope_copy (scope);
  sync->ids = g_ptr_array_new_with_free_func (g_free);
  sync->synced_at = g_date_time_new_now_utc ();
  g_task_set_task_data (task, sync, (GDestroyNotify) chorus_scope_sync_free);
  if (scope->kind == CHORUS_SCOPE_DEPLOYMENT)
    g_ptr_array_add (sync->ids, g_strdup (scope->id));
  else
    chorus_library_collect_deployments (self, scope, chorus_library_get_places (self), sync->ids);
  chorus_library_refresh_next (task);
}

gboolean
chorus_library_refresh_scope_finish (ChorusLibrary  *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
