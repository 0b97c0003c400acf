/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusAudioFile:
 *
 * A regular file opened for reading at any place, from any thread, together with what its error messages call it.
 * Immutable after opening.
 */
typedef struct _ChorusAudioFile ChorusAudioFile;

/**
 * chorus_audio_file_open:
 * @file: a local file
 * @error: return location for an error
 *
 * Opens @file. Never waits for a named pipe or a device: those are refused. Blocks for as long as the file system does.
 *
 * Errors: %CHORUS_AUDIO_ERROR_UNREADABLE; %CHORUS_AUDIO_ERROR_EMPTY for a file of no bytes.
 *
 * Returns: (transfer full): the open file, or %NULL with @error set
 */
ChorusAudioFile *chorus_audio_file_open (GFile   *file,
                                         GError **error);

/**
 * chorus_audio_file_free:
 * @self: (transfer full) (nullable): a file
 *
 * Closes it.
 */
void chorus_audio_file_free (ChorusAudioFile *self);

/**
 * chorus_audio_file_get_name:
 * @self: a file
 *
 * Returns: (transfer none): the name to show, without folders, valid UTF-8
 */
const char *chorus_audio_file_get_name (const ChorusAudioFile *self);

/**
 * chorus_audio_file_get_path:
 * @self: a file
 *
 * Returns: (transfer none) (type filename): the path it was opened by
 */
const char *chorus_audio_file_get_path (const ChorusAudioFile *self);

/**
 * chorus_audio_file_get_size:
 * @self: a file
 *
 * Returns: the size when it was opened, in bytes, above 0
 */
goffset chorus_audio_file_get_size (const ChorusAudioFile *self);

/**
 * chorus_audio_file_is_unchanged:
 * @self: a file
 * @size: the size it had, in bytes
 * @modified: when it had last been written, in microseconds since 1970, or 0 where that is not known
 *
 * Looks again at the open file, which a new file of the same name does not replace.
 *
 * Returns: whether both are still the same; %FALSE also when the disk does not answer
 */
gboolean chorus_audio_file_is_unchanged (const ChorusAudioFile *self,
                                         goffset                size,
                                         gint64                 modified);

/**
 * chorus_audio_file_read:
 * @self: a file
 * @offset: where to begin, in bytes, not below 0
 * @buffer: (out caller-allocates): guint8[@count]
 * @count: how many bytes
 * @n_read: (out): how many bytes there were; fewer than @count only at the end of the file
 * @error: return location for an error
 *
 * Reads up to @count bytes.
 *
 * Returns: %TRUE, or %FALSE with %CHORUS_AUDIO_ERROR_UNREADABLE
 */
gboolean chorus_audio_file_read (const ChorusAudioFile  *self,
                                 goffset                 offset,
                                 gpointer                buffer,
                                 gsize                   count,
                                 gsize                  *n_read,
                                 GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusAudioFile, chorus_audio_file_free)

G_END_DECLS
