/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusExportFolder:
 *
 * Files that are to get to a folder together. They are written into a hidden folder inside it and moved when all of them
 * are whole; until then nothing of them is at its place. To be used in one thread at a time; every function blocks for as
 * long as the disk does.
 *
 * Errors are in %G_IO_ERROR and their message is a sentence that names the file.
 */
typedef struct _ChorusExportFolder ChorusExportFolder;

/**
 * chorus_export_folder_create:
 * @target: the folder that is to receive the files, which is there, on a file system of this computer
 * @error: return location for an error
 *
 * Returns: (transfer full): no files yet, or %NULL with @error set
 */
ChorusExportFolder *chorus_export_folder_create (GFile   *target,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_export_folder_free:
 * @self: (transfer full) (nullable): files
 *
 * Removes what was written unless [method@ExportFolder.finish] has been called.
 */
void chorus_export_folder_free (ChorusExportFolder *self);

/**
 * chorus_export_folder_new_file:
 * @self: files
 * @recording: the name of the file of a recording; any bytes
 * @suffix: what comes after it, such as ".Chorus.labels.txt"
 *
 * Names a file for a recording. It need not be waited for until the disk has it: [method@ExportFolder.finish] waits for all.
 * The name is that of the recording without its extension, made safe, and @suffix. Where an earlier file has this name,
 * in large or small letters, " (2)" and so on is added before the suffix, so that recordings of one name each have theirs.
 *
 * Returns: (transfer full): where to write it
 */
GFile *chorus_export_folder_new_file (ChorusExportFolder *self,
                                      const char         *recording,
                                      const char         *suffix) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_export_folder_finish:
 * @self: files, all of which are whole
 * @error: return location for an error
 *
 * Moves the files to their places, once the disk has all of them; what has their names there is replaced.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_export_folder_finish (ChorusExportFolder  *self,
                                      GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusExportFolder, chorus_export_folder_free)

G_END_DECLS
