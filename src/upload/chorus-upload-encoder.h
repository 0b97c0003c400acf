/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The work of an upload body: turning parts of files into JSON, one buffer at a time. Used in one thread. */

#pragma once

#include "chorus-upload-cut.h"
#include "chorus-upload-spare.h"

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
 * chorus_upload_encoder_get_n_parts:
 * @self: an encoder
 *
 * Returns: the number of parts
 */
guint chorus_upload_encoder_get_n_parts (ChorusUploadEncoder *self);

/**
 * chorus_upload_encoder_add_part:
 * @self: an encoder that has not written anything
 * @file: the file
 * @format: the short name of what is sent, such as "wav"
 * @method: how it is made from the file
 * @size: the size of the file, in bytes
 * @modified: when it was last written, in microseconds since 1970
 * @part: which part of it
 */
void chorus_upload_encoder_add_part (ChorusUploadEncoder    *self,
                                     GFile                  *file,
                                     const char             *format,
                                     ChorusUploadMethod      method,
                                     goffset                 size,
                                     gint64                  modified,
                                     const ChorusUploadPart *part);

/**
 * chorus_upload_encoder_set_spare:
 * @self: an encoder that has not written anything
 * @spare: where to look for a reader at first, and where to leave one that the next request could use
 */
void chorus_upload_encoder_set_spare (ChorusUploadEncoder *self,
                                      ChorusUploadSpare   *spare);

/**
 * chorus_upload_encoder_ref_failed:
 * @self: an encoder
 *
 * The number of the part that made [func@upload_encoder_fill] fail, or -1: to be read with g_atomic_int_get() from any
 * thread, also when @self is gone.
 *
 * Returns: (transfer full): the place of the number, to be let go with g_atomic_rc_box_release()
 */
int *chorus_upload_encoder_ref_failed (ChorusUploadEncoder *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_encoder_fill:
 * @self: an encoder
 * @buffer: (array): at least %CHORUS_UPLOAD_ENCODER_BLOCK bytes
 * @cancellable: (nullable): stops reading
 * @error: return location for an error: %CHORUS_UPLOAD_ERROR_UNREADABLE, %CHORUS_UPLOAD_ERROR_FILE_CHANGED or
 *   %G_IO_ERROR_CANCELLED
 *
 * Writes the next bytes. Reads from the disk and so may wait.
 *
 * Returns: the number of bytes written, 0 at the end, or -1 on error
 */
gssize chorus_upload_encoder_fill (ChorusUploadEncoder  *self,
                                   char                 *buffer,
                                   GCancellable         *cancellable,
                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadEncoder, chorus_upload_encoder_free)

G_END_DECLS
