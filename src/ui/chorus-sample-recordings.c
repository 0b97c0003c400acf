/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "chorus-sample-recordings.h"

typedef struct
{
  GListStore *files;
  ChorusPlace *deployment;
} ChorusSampleLoad;

static void chorus_sample_recordings_find_place (GTask           *task,
                                                 ChorusPlaceKind  kind,
                                                 ChorusPlace     *parent);

static void
chorus_sample_load_free (gpointer data)
{
  ChorusSampleLoad *load = data;

  g_clear_object (&load->files);
  g_clear_object (&load->deployment);
  g_free (load);
}

static const char *
chorus_sample_recordings_get_place_name (ChorusPlaceKind kind)
{
  switch (kind)
    {
    case CHORUS_PLACE_PROJECT:
      return _("Sample recordings");
    case CHORUS_PLACE_SITE:
      return _("Synthetic forest");
    case CHORUS_PLACE_DEPLOYMENT:
    default:
      return _("Dawn and dusk");
    }
}

static void
chorus_sample_recordings_added_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusSampleLoad *load = g_task_get_task_data (task);
  GError *error = NULL;

  if (!chorus_upload_queue_add_finish (CHORUS_UPLOAD_QUEUE (object), result, NULL, NULL, NULL, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (load->deployment), g_object_unref);
}

static void
chorus_sample_recordings_place_ready (GTask       *task,
                                      ChorusPlace *place)
{
  ChorusWorkspace *workspace = g_task_get_source_object (task);
  ChorusSampleLoad *load = g_task_get_task_data (task);

  if (chorus_place_get_kind (place) != CHORUS_PLACE_DEPLOYMENT)
    {
      chorus_sample_recordings_find_place (task, chorus_place_get_kind (place) + 1, place);
      return;
    }

  load->deployment = g_object_ref (place);
  chorus_upload_queue_add_async (chorus_workspace_get_queue (workspace), G_LIST_MODEL (load->files),
                                 chorus_place_get_id (place), CHORUS_UPLOAD_ADD_SYNTHETIC,
                                 g_task_get_cancellable (task), chorus_sample_recordings_added_cb, g_object_ref (task));
}

static void
chorus_sample_recordings_created_cb (GObject      *object,
                                     GAsyncResult *result,
                                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (ChorusPlace) place = NULL;
  GError *error = NULL;

  place = chorus_library_create_place_finish (CHORUS_LIBRARY (object), result, &error);
  if (place == NULL)
    g_task_return_error (task, error);
  else
    chorus_sample_recordings_place_ready (task, place);
}

/* Takes the place of this name if it is there, or makes it. */
static void
chorus_sample_recordings_find_place (GTask           *task,
                                     ChorusPlaceKind  kind,
                                     ChorusPlace     *parent)
{
  ChorusLibrary *library = chorus_workspace_get_library (g_task_get_source_object (task));
  GListModel *places = parent != NULL ? chorus_place_get_children (parent) : chorus_library_get_places (library);
  const char *name = chorus_sample_recordings_get_place_name (kind);
  guint n_places = places != NULL ? g_list_model_get_n_items (places) : 0;

  for (guint i = 0; i < n_places; i++)
    {
      g_autoptr (ChorusPlace) place = g_list_model_get_item (places, i);

      if (chorus_place_get_kind (place) == kind && g_str_equal (chorus_place_get_name (place), name))
        {
          chorus_sample_recordings_place_ready (task, place);
          return;
        }
    }

  chorus_library_create_place_async (library, kind, parent != NULL ? chorus_place_get_id (parent) : NULL, name,
                                     g_task_get_cancellable (task), chorus_sample_recordings_created_cb,
                                     g_object_ref (task));
}

static int
chorus_sample_recordings_compare_names (gconstpointer a,
                                        gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Runs in a thread: a folder may be slow to read. */
static void
chorus_sample_recordings_list_func (GTask        *task,
                                    gpointer      source_object,
                                    gpointer      task_data,
                                    GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".wav"))
      g_ptr_array_add (names, g_strdup (name));

  if (names->len == 0)
    {
      g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        _("The sample recordings are missing from this installation of Chorus. Install it again to get them."));
      return;
    }

  g_ptr_array_sort (names, chorus_sample_recordings_compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_list_store_append (files, file);
    }

  g_task_return_pointer (task, g_steal_pointer (&files), g_object_unref);
}

static void
chorus_sample_recordings_listed_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusSampleLoad *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->files = g_task_propagate_pointer (G_TASK (result), &error);
  if (load->files == NULL)
    g_task_return_error (task, error);
  else
    chorus_sample_recordings_find_place (task, CHORUS_PLACE_PROJECT, NULL);
}

void
chorus_sample_recordings_load_async (ChorusWorkspace     *workspace,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) list_task = NULL;
  const char *folder = g_getenv ("CHORUS_SAMPLES_DIR");

  g_return_if_fail (CHORUS_IS_WORKSPACE (workspace));
  g_return_if_fail (chorus_workspace_get_library (workspace) != NULL);

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_sample_recordings_load_async);
  g_task_set_task_data (task, g_new0 (ChorusSampleLoad, 1), chorus_sample_load_free);

  list_task = g_task_new (NULL, cancellable, chorus_sample_recordings_listed_cb, g_steal_pointer (&task));
  g_task_set_source_tag (list_task, chorus_sample_recordings_list_func);
  g_task_set_task_data (list_task, folder != NULL ? g_strdup (folder) : g_build_filename (PKGDATADIR, "samples", NULL),
                        g_free);
  g_task_run_in_thread (list_task, chorus_sample_recordings_list_func);
}

ChorusPlace *
chorus_sample_recordings_load_finish (ChorusWorkspace  *workspace,
                                      GAsyncResult     *result,
                                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
