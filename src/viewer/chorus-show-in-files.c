/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-show-in-files.h"

#include <fcntl.h>
#include <unistd.h>

#include <gio/gunixfdlist.h>

static gboolean
chorus_show_in_files_ask_manager (GDBusConnection *bus,
                                  GPtrArray       *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uris = NULL;
  g_autoptr (GVariant) answer = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, i));

      g_strv_builder_add (builder, uri);
    }
  uris = g_strv_builder_end (builder);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                                        "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""),
                                        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

  return answer != NULL;
}

static void
chorus_show_in_files_ask_portal (GDBusConnection *bus,
                                 GFile           *file)
{
  const char *path = g_file_peek_path (file);
  int fd = path ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  g_autoptr (GUnixFDList) fds = fd >= 0 ? g_unix_fd_list_new_from_array (&fd, 1) : NULL;
  g_autoptr (GVariant) answer = NULL;

  if (fds)
    answer =
      g_dbus_connection_call_with_unix_fd_list_sync (bus, "org.freedesktop.portal.Desktop",
                                                     "/org/freedesktop/portal/desktop",
                                                     "org.freedesktop.portal.OpenURI", "OpenDirectory",
                                                     g_variant_new ("(sh@a{sv})", "", 0, g_variant_new ("a{sv}", NULL)),
                                                     NULL, G_DBUS_CALL_FLAGS_NONE, -1, fds, NULL, NULL, NULL);
}

static void
chorus_show_in_files_thread (GTask        *task,
                             gpointer      source_object,
                             gpointer      task_data,
                             GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  /* The portal can show the folder of one. */
  if (bus && !chorus_show_in_files_ask_manager (bus, files))
    chorus_show_in_files_ask_portal (bus, g_ptr_array_index (files, 0));

  g_task_return_boolean (task, TRUE);
}

void
chorus_show_all_in_files (GPtrArray *files)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (files != NULL);

  if (files->len == 0)
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, chorus_show_all_in_files);
  g_task_set_task_data (task, g_ptr_array_ref (files), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, chorus_show_in_files_thread);
}

void
chorus_show_in_files (GFile *file)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (G_IS_FILE (file));

  g_ptr_array_add (files, g_object_ref (file));
  chorus_show_all_in_files (files);
}
