/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree of places: from the store to objects, and new places. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "chorus-library-private.h"
#include "chorus-place-private.h"
#include "chorus-place-rows.h"

static char *
chorus_library_make_key (ChorusPlaceKind  kind,
                         const char      *id)
{
  return g_strdup_printf ("%d %s", (int) kind, id);
}

ChorusPlace *
chorus_library_find_place (ChorusLibrary   *self,
                           ChorusPlaceKind  kind,
                           const char      *id)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  key = chorus_library_make_key (kind, id);

  return g_hash_table_lookup (self->places_by_key, key);
}

static int
chorus_library_compare_places (gconstpointer a,
                               gconstpointer b)
{
  ChorusPlace *first = *(ChorusPlace *const *) a;
  ChorusPlace *second = *(ChorusPlace *const *) b;
  int order = (int) chorus_place_get_kind (first) - (int) chorus_place_get_kind (second);

  if (order == 0)
    order = g_utf8_collate (chorus_place_get_name (first), chorus_place_get_name (second));
  if (order == 0)
    order = strcmp (chorus_place_get_id (first), chorus_place_get_id (second));

  return order;
}

/* The object for a row: the one that is shown already, as long as it stays below the same parent. */
static ChorusPlace *
chorus_library_take_place (ChorusLibrary        *self,
                           const ChorusPlaceRow *row)
{
  ChorusPlace *place = chorus_library_find_place (self, row->kind, row->id);

  if (!place || g_strcmp0 (chorus_place_get_parent_id (place), row->parent_id) != 0
      || chorus_place_get_typed (place) != row->typed)
    return chorus_place_new (row->kind, row->id, row->name, row->parent_id, row->typed);

  chorus_place_set_name (place, row->name);

  return g_object_ref (place);
}

static void
chorus_library_set_children_of (GHashTable  *children,
                                ChorusPlace *place)
{
  GPtrArray *list = g_hash_table_lookup (children, place);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (list)
    g_ptr_array_sort (list, chorus_library_compare_places);
  chorus_place_set_children (place, list ? list : none);
}

/* Makes the tree show @rows. */
static void
chorus_library_show_places (ChorusLibrary   *self,
                            ChorusPlaceRows *rows)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GHashTable) children = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) top = g_ptr_array_new ();
  GHashTableIter iter = { 0 };
  gpointer place = NULL;

  for (guint i = 0; i < rows->rows->len; i++)
    {
      const ChorusPlaceRow *row = g_ptr_array_index (rows->rows, i);

      g_hash_table_replace (by_key, chorus_library_make_key (row->kind, row->id),
                            chorus_library_take_place (self, row));
    }

  g_hash_table_iter_init (&iter, by_key);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    {
      ChorusPlaceKind kind = chorus_place_get_kind (place);
      const char *parent_id = chorus_place_get_parent_id (place);
      g_autofree char *parent_key = NULL;
      ChorusPlace *parent = NULL;
      GPtrArray *list = NULL;

      if (kind != CHORUS_PLACE_PROJECT && parent_id)
        {
          parent_key = chorus_library_make_key ((ChorusPlaceKind) (kind - 1), parent_id);
          parent = g_hash_table_lookup (by_key, parent_key);
        }
      if (!parent)
        {
          g_ptr_array_add (top, place);
          continue;
        }
      list = g_hash_table_lookup (children, parent);
      if (!list)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (children, parent, list);
        }
      g_ptr_array_add (list, place);
    }

  /* The children first, so that what is new appears with them. */
  g_hash_table_iter_init (&iter, by_key);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    chorus_library_set_children_of (children, place);
  g_ptr_array_sort (top, chorus_library_compare_places);
  chorus_place_replace_list (self->places, top);

  g_hash_table_unref (self->places_by_key);
  self->places_by_key = g_steal_pointer (&by_key);
  chorus_library_set_synced_at (self, rows->synced_at);
}

/* The end of everything that writes or reads places: shows what the store has now. The task data may be the key of a
 * place that was created; it is then what the task returns. */
static void
chorus_library_places_stored_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  const char *key =
    g_task_get_source_tag (task) == chorus_library_create_place_async ? g_task_get_task_data (task) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusPlaceRows) rows = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!rows)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_library_show_places (self, rows);
  if (key)
    g_task_return_pointer (task, g_object_ref (g_hash_table_lookup (self->places_by_key, key)), g_object_unref);
  else
    g_task_return_boolean (task, TRUE);
}

/* Reads or writes places and, with the answer, ends @task. Takes @rows. */
void
chorus_library_store_places (ChorusLibrary   *self,
                             ChorusStoreFunc  func,
                             ChorusPlaceRows *rows,
                             GTask           *task)
{
  chorus_store_run_async (self->store, func, rows, (GDestroyNotify) chorus_place_rows_free,
                          (GDestroyNotify) chorus_place_rows_free, g_task_get_cancellable (task),
                          chorus_library_places_stored_cb, g_object_ref (task));
}

void
chorus_library_load_places_async (ChorusLibrary       *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_load_places_async);
  chorus_library_store_places (self, chorus_place_rows_read, chorus_place_rows_new (self->profile_id), task);
}

gboolean
chorus_library_load_places_finish (ChorusLibrary  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* New places */

typedef struct
{
  ChorusPlaceKind kind;
  char *parent_id;
  char *name;
} ChorusNewPlace;

static void
chorus_new_place_free (ChorusNewPlace *new_place)
{
  g_free (new_place->parent_id);
  g_free (new_place->name);
  g_free (new_place);
}

/* From here on the task data is the key of the place. */
static void
chorus_library_keep_new_place (GTask           *task,
                               ChorusPlaceRows *rows)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  const ChorusPlaceRow *row = g_ptr_array_index (rows->rows, 0);

  g_task_set_task_data (task, chorus_library_make_key (row->kind, row->id), g_free);
  chorus_library_store_places (self, chorus_place_rows_add_to_store, rows, task);
}

static gboolean
chorus_library_finish_creating (ChorusClient     *client,
                                GAsyncResult     *result,
                                ChorusNewPlace   *new_place,
                                ChorusPlaceRows  *rows,
                                GError          **error)
{
  if (new_place->kind == CHORUS_PLACE_PROJECT)
    {
      g_autoptr (ChorusProject) project = chorus_client_create_project_finish (client, result, error);

      if (!project)
        return FALSE;
      chorus_place_rows_add (rows, CHORUS_PLACE_PROJECT, chorus_project_get_id (project),
                             chorus_project_get_name (project), NULL);
    }
  else if (new_place->kind == CHORUS_PLACE_SITE)
    {
      g_autoptr (ChorusSite) site = chorus_client_create_site_finish (client, result, error);

      if (!site)
        return FALSE;
      chorus_place_rows_add (rows, CHORUS_PLACE_SITE, chorus_site_get_id (site), chorus_site_get_name (site),
                             new_place->parent_id);
    }
  else
    {
      g_autoptr (ChorusDeployment) deployment = chorus_client_create_deployment_finish (client, result, error);

      if (!deployment)
        return FALSE;
      chorus_place_rows_add_deployment (rows, deployment, new_place->parent_id);
    }

  return TRUE;
}

static void
chorus_library_place_created_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  g_autoptr (ChorusPlaceRows) rows = chorus_place_rows_new (self->profile_id);
  g_autoptr (GError) error = NULL;

  if (chorus_library_finish_creating (CHORUS_CLIENT (source), result, g_task_get_task_data (task), rows, &error))
    chorus_library_keep_new_place (task, g_steal_pointer (&rows));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_library_create_place_async (ChorusLibrary       *self,
                                   ChorusPlaceKind      kind,
                                   const char          *parent_id,
                                   const char          *name,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusNewPlace *new_place = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (kind == CHORUS_PLACE_PROJECT || parent_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_create_place_async);
  if (!chorus_library_check_client (self, task))
    return;

  new_place = g_new0 (ChorusNewPlace, 1);
  new_place->kind = kind;
  new_place->parent_id = g_strdup (parent_id);
  new_place->name = g_strstrip (g_strdup (name));
  g_task_set_task_data (task, new_place, (GDestroyNotify) chorus_new_place_free);

  if (*new_place->name == '\0')
    g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_INVALID, _("Enter a name."));
  else if (kind == CHORUS_PLACE_PROJECT)
    chorus_client_create_project_async (self->client, new_place->name, cancellable, chorus_library_place_created_cb,
                                        g_object_ref (task));
  else if (kind == CHORUS_PLACE_SITE)
    chorus_client_create_site_async (self->client, parent_id, new_place->name, cancellable,
                                     chorus_library_place_created_cb, g_object_ref (task));
  else
    chorus_client_create_deployment_async (self->client, parent_id, new_place->name, cancellable,
                                           chorus_library_place_created_cb, g_object_ref (task));
}

void
chorus_library_add_typed_deployment_async (ChorusLibrary       *self,
                                           const char          *deployment_id,
                                           const char          *label,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  ChorusPlaceRows *rows = NULL;
  ChorusPlace *known = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (deployment_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_create_place_async);

  id = g_strstrip (g_strdup (deployment_id));
  name = g_strstrip (g_strdup (label ? label : ""));
  if (*id == '\0')
    {
      g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_INVALID,
                               _("Enter the ID of the deployment."));
      return;
    }

  /* What the service listed is not taken away from its site. */
  known = chorus_library_find_place (self, CHORUS_PLACE_DEPLOYMENT, id);
  if (known && !chorus_place_get_typed (known))
    {
      g_task_return_pointer (task, g_object_ref (known), g_object_unref);
      return;
    }

  rows = chorus_place_rows_new (self->profile_id);
  chorus_place_rows_add (rows, CHORUS_PLACE_DEPLOYMENT, id, *name ? name : id, NULL)->typed = TRUE;
  chorus_library_keep_new_place (task, rows);
}

ChorusPlace *
chorus_library_create_place_finish (ChorusLibrary  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
