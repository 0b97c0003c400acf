/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells files from folders, off the main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * chorus_file_sorter_sort_async:
 * @files: (array length=n_files): files and folders
 * @n_files: how many
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Looks which of @files are folders. What is not there, or cannot be looked at, counts as a file.
 */
void chorus_file_sorter_sort_async (GFile               **files,
                                    int                   n_files,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/**
 * chorus_file_sorter_sort_finish:
 * @result: a #GAsyncResult
 * @files: (out) (transfer full) (element-type Gio.File): what is no folder, in the order it was given
 * @folders: (out) (transfer full) (element-type Gio.File): the folders, likewise
 *
 * Both lists are empty when the call was cancelled.
 */
void chorus_file_sorter_sort_finish (GAsyncResult  *result,
                                     GListModel   **files,
                                     GListModel   **folders);

G_END_DECLS
