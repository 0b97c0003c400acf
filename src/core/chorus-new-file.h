/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusNewFile:
 *
 * A file that is being written beside the place where it will be, and gets there in one step when it is whole. Whatever
 * stops the writing, even the end of the program, leaves what was at that place before. To be used in one thread at a
 * time; every function blocks for as long as the disk does.
 *
 * Errors are in %G_IO_ERROR, such as %G_IO_ERROR_NO_SPACE, and their message is a sentence that names the file.
 */
typedef struct _ChorusNewFile ChorusNewFile;

/**
 * chorus_new_file_create:
 * @target: where the file will be; on a file system of this computer
 * @error: return location for an error
 *
 * Begins a file. Its folder must be there.
 *
 * Returns: (transfer full): the file, or %NULL with @error set
 */
ChorusNewFile *chorus_new_file_create (GFile   *target,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_new_file_free:
 * @self: (transfer full) (nullable): a file
 *
 * Removes what was written unless [method@NewFile.finish] has been called.
 */
void chorus_new_file_free (ChorusNewFile *self);

/**
 * chorus_new_file_write:
 * @self: a file
 * @bytes: (array length=n_bytes): what comes next
 * @n_bytes: how many
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_new_file_write (ChorusNewFile  *self,
                                gconstpointer   bytes,
                                gsize           n_bytes,
                                GError        **error);

/**
 * chorus_new_file_leave_sync:
 * @self: a file
 *
 * Leaves it to the caller to wait until the disk has the file, as is done for many at once. [method@NewFile.finish] then puts
 * it to its place before.
 */
void chorus_new_file_leave_sync (ChorusNewFile *self);

/**
 * chorus_new_file_finish:
 * @self: a file
 * @error: return location for an error
 *
 * Puts the file to its place, once the disk has all of it, and replaces what was there.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_new_file_finish (ChorusNewFile  *self,
                                 GError        **error);

/**
 * chorus_new_file_set_error:
 * @name: the name of a file, without folders; any bytes
 * @number: why it could not be written, as errno has it
 * @error: return location for the error
 *
 * Says what happened to a file that somebody else failed to write.
 */
void chorus_new_file_set_error (const char  *name,
                                int          number,
                                GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusNewFile, chorus_new_file_free)

G_END_DECLS
