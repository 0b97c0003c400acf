/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/chorus-new-file.h"

#include "chorus-zip-format.h"

G_BEGIN_DECLS

/**
 * ChorusZipEntry:
 *
 * A file that will be in an archive, while it is being written: packed as it comes into a file that has no name and is
 * gone with the entry, whatever ends it. To be used in one thread at a time; every function blocks for as long as the disk
 * does.
 *
 * Errors are in %G_IO_ERROR and their message is a sentence that names the archive.
 */
typedef struct _ChorusZipEntry ChorusZipEntry;

/**
 * chorus_zip_entry_create:
 * @target: where the archive will be, on a file system of this computer; its folder takes the file without a name
 * @name: its name in the archive
 * @error: return location for an error
 *
 * Returns: (transfer full): an empty file, or %NULL with @error set
 */
ChorusZipEntry *chorus_zip_entry_create (GFile       *target,
                                         const char  *name,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_zip_entry_free:
 * @self: (transfer full) (nullable): an entry
 */
void chorus_zip_entry_free (ChorusZipEntry *self);

/**
 * chorus_zip_entry_write:
 * @self: an entry
 * @bytes: (array length=n_bytes): what comes next
 * @n_bytes: how many
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_zip_entry_write (ChorusZipEntry  *self,
                                 gconstpointer    bytes,
                                 gsize            n_bytes,
                                 GError         **error);

/**
 * chorus_zip_entry_close:
 * @self: an entry
 * @error: return location for an error
 *
 * Ends what is written. Afterwards [method@ZipEntry.get_member] has the sizes.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_zip_entry_close (ChorusZipEntry  *self,
                                 GError         **error);

/**
 * chorus_zip_entry_get_member:
 * @self: an entry
 *
 * Returns: (transfer none): what it is in the archive, without its offset, which is the caller's to set
 */
ChorusZipMember *chorus_zip_entry_get_member (ChorusZipEntry *self);

/**
 * chorus_zip_entry_copy:
 * @self: an entry that was closed
 * @file: where to
 * @error: return location for an error
 *
 * Writes the packed bytes to @file.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_zip_entry_copy (ChorusZipEntry  *self,
                                ChorusNewFile   *file,
                                GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusZipEntry, chorus_zip_entry_free)

G_END_DECLS
