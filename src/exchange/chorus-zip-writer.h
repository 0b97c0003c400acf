/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusZipWriter:
 *
 * A ZIP archive that is being written. Its files may grow side by side and are packed as they grow; the archive holds them
 * in the order in which they were added, with the time that was given and without owners, so that the same contents make
 * the same bytes. It takes any size, as ZIP64 beyond 4 GiB.
 *
 * The archive is at its place once it is finished and not before. Up to then its files have no names, so that whatever
 * stops the writing, even the end of the program, leaves what was at that place and nothing else. To be used in one thread
 * at a time; every function but the first blocks for as long as the disk does.
 *
 * Errors are in %G_IO_ERROR, such as %G_IO_ERROR_NO_SPACE, and their message is a sentence that names the archive.
 */
typedef struct _ChorusZipWriter ChorusZipWriter;

/**
 * chorus_zip_writer_new:
 * @target: where the archive will be; on a file system of this computer
 * @modified: when its files were written; its clock time alone is kept
 *
 * Returns: (transfer full): an archive without files
 */
ChorusZipWriter *chorus_zip_writer_new (GFile     *target,
                                        GDateTime *modified) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_zip_writer_free:
 * @self: (transfer full) (nullable): an archive
 *
 * Removes what was written unless [method@ZipWriter.finish] has been called.
 */
void chorus_zip_writer_free (ChorusZipWriter *self);

/**
 * chorus_zip_writer_add_file:
 * @self: an archive
 * @name: the name of a file, which no other in the archive has; with slashes between folders
 * @error: return location for an error
 *
 * Adds an empty file after those that are there. The folder of the archive must be there.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_zip_writer_add_file (ChorusZipWriter  *self,
                                     const char       *name,
                                     GError          **error);

/**
 * chorus_zip_writer_write:
 * @self: an archive
 * @name: the name of a file that was added
 * @bytes: (array length=n_bytes): what comes next in it
 * @n_bytes: how many
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_zip_writer_write (ChorusZipWriter  *self,
                                  const char       *name,
                                  gconstpointer     bytes,
                                  gsize             n_bytes,
                                  GError          **error);

/**
 * chorus_zip_writer_finish:
 * @self: an archive
 * @error: return location for an error
 *
 * Puts the archive to its place, once the disk has all of it, and replaces what was there. To be called once.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_zip_writer_finish (ChorusZipWriter  *self,
                                   GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusZipWriter, chorus_zip_writer_free)

G_END_DECLS
