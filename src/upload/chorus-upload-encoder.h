/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The work of an upload body: turning files into JSON, one buffer at a time. Used in one thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ChorusUploadEncoder ChorusUploadEncoder;

/* What a buffer for [func@upload_encoder_fill] must hold at least, in bytes. */
#define CHORUS_UPLOAD_ENCODER_BLOCK (1024 * 1024)

ChorusUploadEncoder *chorus_upload_encoder_new (void) G_GNUC_WARN_UNUSED_RESULT;
void chorus_upload_encoder_free (ChorusUploadEncoder *self);

/**
 * chorus_upload_encoder_get_length:
 * @self: an encoder
 *
 * Returns: the length of all that it will write, in bytes
 */
goffset chorus_upload_encoder_get_length (ChorusUploadEncoder *self);

/**
 * chorus_upload_encoder_get_n_files:
 * @self: an encoder
 *
 * Returns: the number of files
 */
guint chorus_upload_encoder_get_n_files (ChorusUploadEncoder *self);

/**
 * chorus_upload_encoder_add_file:
 * @self: an encoder that has not written anything
 * @file: the file
 * @format: the short name of its kind, such as "wav"
 * @size: its size, in bytes
 * @modified: when it was last written, in microseconds since 1970
 */
void chorus_upload_encoder_add_file (ChorusUploadEncoder *self,
                                     GFile               *file,
                                     const char          *format,
                                     goffset              size,
                                     gint64               modified);

/**
 * chorus_upload_encoder_fill:
 * @self: an encoder
 * @buffer: (array): at least %CHORUS_UPLOAD_ENCODER_BLOCK bytes
 * @cancellable: (nullable): stops reading
 * @error: return location for an error: %CHORUS_UPLOAD_ERROR_UNREADABLE, %CHORUS_UPLOAD_ERROR_FILE_CHANGED or
 *   %G_IO_ERROR_CANCELLED
 *
 * Writes the next part. Reads from the disk and so may wait.
 *
 * Returns: the number of bytes written, 0 at the end, or -1 on error
 */
gssize chorus_upload_encoder_fill (ChorusUploadEncoder  *self,
                                   char                 *buffer,
                                   GCancellable         *cancellable,
                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadEncoder, chorus_upload_encoder_free)

G_END_DECLS
