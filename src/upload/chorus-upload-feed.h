/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thread that runs an encoder a few blocks ahead of its reader. */

#pragma once

#include "chorus-upload-encoder.h"
#include "core/chorus-throttle.h"

G_BEGIN_DECLS

typedef struct _ChorusUploadFeed ChorusUploadFeed;

/**
 * chorus_upload_feed_start:
 * @encoder: (transfer full): the encoder
 * @throttle: (nullable): a limit to how fast the reader gets what the thread has made
 *
 * Starts the thread.
 *
 * Returns: (transfer full): a feed
 */
ChorusUploadFeed *chorus_upload_feed_start (ChorusUploadEncoder *encoder,
                                            ChorusThrottle      *throttle) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_feed_stop:
 * @self: (transfer full): a feed
 *
 * Lets go of a feed. Its thread ends by itself, as soon as the disk lets it.
 */
void chorus_upload_feed_stop (ChorusUploadFeed *self);

/**
 * chorus_upload_feed_is_readable:
 * @self: a feed
 *
 * Returns: whether [func@upload_feed_read] would not wait
 */
gboolean chorus_upload_feed_is_readable (ChorusUploadFeed *self);

/**
 * chorus_upload_feed_create_source:
 * @self: a feed
 *
 * Returns: (transfer full): a source without a callback that is ready when the feed is readable
 */
GSource *chorus_upload_feed_create_source (ChorusUploadFeed *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_feed_read_nonblocking:
 * @self: a feed
 * @buffer: (array length=count): where to copy to
 * @count: how many bytes at most
 * @error: return location for an error of the encoder, which every later call reports again, or
 *   %G_IO_ERROR_WOULD_BLOCK
 *
 * Returns: the number of bytes, 0 at the end, or -1 on error
 */
gssize chorus_upload_feed_read_nonblocking (ChorusUploadFeed  *self,
                                            void              *buffer,
                                            gsize              count,
                                            GError           **error);

/**
 * chorus_upload_feed_read:
 * @self: a feed
 * @buffer: (array length=count): where to copy to
 * @count: how many bytes at most
 * @cancellable: (nullable): stops waiting
 * @error: return location for an error of the encoder, which every later call reports again
 *
 * Waits for the next bytes.
 *
 * Returns: the number of bytes, 0 at the end, or -1 on error
 */
gssize chorus_upload_feed_read (ChorusUploadFeed  *self,
                                void              *buffer,
                                gsize              count,
                                GCancellable      *cancellable,
                                GError           **error);

G_END_DECLS
