/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader that one request leaves behind for the next. */

#pragma once

#include "chorus-upload-reader.h"

G_BEGIN_DECLS

/**
 * ChorusUploadSpare:
 *
 * A place for one reader. The parts of a long compressed recording go out in several requests, and only a decoder that
 * stayed where the last request ended need not decode all that came before once more. Counted; may be used from any
 * thread.
 */
typedef struct _ChorusUploadSpare ChorusUploadSpare;

/**
 * chorus_upload_spare_new:
 *
 * Returns: (transfer full): an empty place
 */
ChorusUploadSpare *chorus_upload_spare_new (void) G_GNUC_WARN_UNUSED_RESULT;

ChorusUploadSpare *chorus_upload_spare_ref (ChorusUploadSpare *self);
void chorus_upload_spare_unref (ChorusUploadSpare *self);

/**
 * chorus_upload_spare_take:
 * @self: a place
 *
 * Returns: (transfer full) (nullable): the reader that lies there
 */
ChorusUploadReader *chorus_upload_spare_take (ChorusUploadSpare *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_spare_put:
 * @self: a place
 * @reader: (transfer full): a reader
 *
 * Leaves a reader instead of the one that lies there.
 */
void chorus_upload_spare_put (ChorusUploadSpare  *self,
                              ChorusUploadReader *reader);

/**
 * chorus_upload_spare_discard:
 * @self: a place
 *
 * Closes the file that lies there, without waiting for it.
 */
void chorus_upload_spare_discard (ChorusUploadSpare *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadSpare, chorus_upload_spare_unref)

G_END_DECLS
