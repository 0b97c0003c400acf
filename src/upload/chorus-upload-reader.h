/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of the parts of one file, made while they are read. */

#pragma once

#include "chorus-upload-cut.h"

G_BEGIN_DECLS

/**
 * ChorusUploadReader:
 *
 * Reads parts of a file one after the other. What a part holds follows from the file and from the part alone, so that it
 * is the same after a restart. Parts that follow one another are cheapest: a decoder goes on where it is. Memory use
 * does not grow with the file. To be used in one thread at a time.
 */
typedef struct _ChorusUploadReader ChorusUploadReader;

/**
 * chorus_upload_reader_new:
 * @file: the file
 * @method: how its parts are made
 * @size: its size when it was checked, in bytes
 * @modified: when it had last been written then, in microseconds since 1970
 *
 * Touches nothing yet.
 *
 * Returns: (transfer full): a reader
 */
ChorusUploadReader *chorus_upload_reader_new (GFile              *file,
                                              ChorusUploadMethod  method,
                                              goffset             size,
                                              gint64              modified)
  G_GNUC_WARN_UNUSED_RESULT;

void chorus_upload_reader_free (ChorusUploadReader *self);

/**
 * chorus_upload_reader_fits:
 * @self: a reader
 * @file: a file
 * @method: how its parts are made
 * @size: its size, in bytes
 * @modified: when it was last written, in microseconds since 1970
 *
 * Returns: whether @self was made for just this
 */
gboolean chorus_upload_reader_fits (ChorusUploadReader *self,
                                    GFile              *file,
                                    ChorusUploadMethod  method,
                                    goffset             size,
                                    gint64              modified);

/**
 * chorus_upload_reader_is_decoding:
 * @self: a reader
 *
 * Returns: whether it is in the middle of a file that is decoded, where it is dear to get to again
 */
gboolean chorus_upload_reader_is_decoding (ChorusUploadReader *self);

/**
 * chorus_upload_reader_begin:
 * @self: a reader
 * @part: the part
 * @cancellable: (nullable): to give up
 * @error: return location for an error: %CHORUS_UPLOAD_ERROR_UNREADABLE, %CHORUS_UPLOAD_ERROR_FILE_CHANGED where the file
 *   or what would be made of it is not what it was, or %G_IO_ERROR_CANCELLED
 *
 * Goes to the beginning of a part. Blocks; where the file is decoded and @part lies further on, until the sound before
 * it has been decoded.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_upload_reader_begin (ChorusUploadReader      *self,
                                     const ChorusUploadPart  *part,
                                     GCancellable            *cancellable,
                                     GError                 **error);

/**
 * chorus_upload_reader_read:
 * @self: a reader that is at a part
 * @buffer: (out caller-allocates): guint8[@count]
 * @count: how many bytes
 * @cancellable: (nullable): to give up
 * @error: return location for an error as of [func@upload_reader_begin]
 *
 * Reads on. With the last bytes the file is looked at again: they are handed out only if it has not changed.
 *
 * Returns: the number of bytes, fewer than @count only at the end of the part and 0 after it, or -1 on error
 */
gssize chorus_upload_reader_read (ChorusUploadReader  *self,
                                  guint8              *buffer,
                                  gsize                count,
                                  GCancellable        *cancellable,
                                  GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadReader, chorus_upload_reader_free)

G_END_DECLS
