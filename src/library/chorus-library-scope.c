/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refreshing the deployments of a site, a project or everything. */

#include "config.h"

#include "chorus-library-private.h"

static void chorus_library_refresh_next (GTask *task);

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
  GPtrArray *ids = g_task_get_task_data (task);
  g_autofree char *deployment_id = NULL;

  if (ids->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  deployment_id = g_ptr_array_steal_index (ids, 0);
  chorus_library_refresh_deployment_async (g_task_get_source_object (task), deployment_id,
                                           g_task_get_cancellable (task), chorus_library_refreshed_one_cb,
                                           g_object_ref (task));
}

void
chorus_library_refresh_scope_async (ChorusLibrary       *self,
                                    const ChorusScope   *scope,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GPtrArray *ids = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (scope != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_refresh_scope_async);
  ids = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, ids, (GDestroyNotify) g_ptr_array_unref);
  if (scope->kind == CHORUS_SCOPE_DEPLOYMENT)
    g_ptr_array_add (ids, g_strdup (scope->id));
  else
    chorus_library_collect_deployments (self, scope, chorus_library_get_places (self), ids);
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
