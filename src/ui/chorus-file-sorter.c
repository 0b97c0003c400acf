/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-file-sorter.h"

static void
chorus_file_sorter_thread (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  g_autoptr (GArray) folders = g_array_new (FALSE, FALSE, sizeof (gboolean));

  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GFileType type = g_file_query_file_type (g_ptr_array_index (files, i), G_FILE_QUERY_INFO_NONE, cancellable);
      gboolean is_folder = type == G_FILE_TYPE_DIRECTORY;

      g_array_append_val (folders, is_folder);
    }

  g_task_return_pointer (task, g_steal_pointer (&folders), (GDestroyNotify) g_array_unref);
}

void
chorus_file_sorter_sort_async (GFile               **files,
                               int                   n_files,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (files != NULL || n_files == 0);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (list, g_object_ref (files[i]));

  g_task_set_source_tag (task, chorus_file_sorter_sort_async);
  g_task_set_task_data (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, chorus_file_sorter_thread);
}

void
chorus_file_sorter_sort_finish (GAsyncResult  *result,
                                GListModel   **files,
                                GListModel   **folders)
{
  GPtrArray *list = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) are_folders = g_task_propagate_pointer (G_TASK (result), NULL);
  GListStore *found[] = { g_list_store_new (G_TYPE_FILE), g_list_store_new (G_TYPE_FILE) };

  for (guint i = 0; are_folders != NULL && i < are_folders->len; i++)
    g_list_store_append (found[g_array_index (are_folders, gboolean, i) ? 1 : 0], g_ptr_array_index (list, i));

  *files = G_LIST_MODEL (found[0]);
  *folders = G_LIST_MODEL (found[1]);
}
