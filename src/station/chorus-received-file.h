/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusReceivedFile:
 * @path: where its bytes are; %NULL once they have another home
 * @kind: the short name of its kind, such as "wav", told by its contents
 * @size: its size, in bytes
 * @sha256: its SHA-256, in hexadecimal digits
 * @duration: its length, in seconds
 * @sample_rate: its sample rate, in Hz
 * @channels: its number of channels
 *
 * A file of an upload on its way into the store. The temporary file goes with it unless it was moved.
 */
typedef struct
{
  char *path;
  const char *kind;
  guint64 size;
  char *sha256;
  double duration;
  double sample_rate;
  guint channels;

  int fd;
  GChecksum *checksum;
} ChorusReceivedFile;

/**
 * chorus_received_file_new:
 * @path: (transfer full) (type filename): a path that nobody else uses
 * @error: return location for a #ChorusStationError
 *
 * Returns: (transfer full) (nullable): a new, empty file
 */
ChorusReceivedFile *chorus_received_file_new (char    *path,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void chorus_received_file_free (ChorusReceivedFile *self);

/**
 * chorus_received_file_write:
 * @self: a file that is not closed
 * @bytes: (array length=n_bytes): what comes next
 * @n_bytes: how much
 * @error: return location for a #ChorusStationError
 *
 * Returns: whether it was written
 */
gboolean chorus_received_file_write (ChorusReceivedFile  *self,
                                     const guint8        *bytes,
                                     gsize                n_bytes,
                                     GError             **error);

/**
 * chorus_received_file_close:
 * @self: a file that is not closed
 * @error: return location for a #ChorusStationError
 *
 * Ends the file and makes its bytes durable (fsync).
 *
 * Returns: whether the disk has it
 */
gboolean chorus_received_file_close (ChorusReceivedFile  *self,
                                     GError             **error);

/**
 * chorus_received_file_probe:
 * @self: a closed file
 * @number: its place in the request, from 1
 * @max_duration: how long it may be, in seconds
 * @cancellable: (nullable): to give up
 * @error: return location for a #ChorusStationError
 *
 * Finds out what the file holds.
 *
 * Returns: whether it is acceptable
 */
gboolean chorus_received_file_probe (ChorusReceivedFile  *self,
                                     guint                number,
                                     double               max_duration,
                                     GCancellable        *cancellable,
                                     GError             **error);

/**
 * chorus_received_file_move:
 * @self: a file
 * @path: (type filename): its place in the data folder
 * @error: return location for a #ChorusStationError
 *
 * Gives the file its home, after which it is no longer temporary.
 *
 * Returns: whether it was moved
 */
gboolean chorus_received_file_move (ChorusReceivedFile  *self,
                                    const char          *path,
                                    GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusReceivedFile, chorus_received_file_free)

G_END_DECLS
