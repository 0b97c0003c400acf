/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-clip.h"

G_BEGIN_DECLS

/**
 * chorus_clip_writer_write:
 * @clip: what to write
 * @target: the file; what was there before is replaced
 * @cancellable: (nullable): to give up
 * @progress: (nullable) (scope call): called now and then, in the same thread
 * @progress_data: for @progress, which gets frames and not bytes
 * @error: return location for an error
 *
 * Writes a clip as WAV, or RF64 where it has more than 4 GiB, with all channels at the rate of the recording. The samples
 * of WAV, RF64, W64 and AIFF are those of the recording, bit for bit; those of compressed recordings become 24-bit
 * integers. Everything that the file of the recording says about itself is kept, with the times moved to those of the
 * clip, and GUANO metadata says what the clip is.
 *
 * A clip never takes the place of the file that its samples are copied from: %G_IO_ERROR_EXISTS.
 *
 * The file appears when it is whole, and not at all where something went wrong. Blocks: call it on a worker.
 *
 * Errors are in %CHORUS_AUDIO_ERROR where the recording cannot be read, and in %G_IO_ERROR where the clip cannot be
 * written, such as %G_IO_ERROR_NO_SPACE, or was cancelled. The message is a sentence.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_clip_writer_write (const ChorusClip       *clip,
                                   GFile                  *target,
                                   GCancellable           *cancellable,
                                   GFileProgressCallback   progress,
                                   gpointer                progress_data,
                                   GError                **error);

/**
 * chorus_clip_writer_write_async:
 * @clip: (transfer full): what to write
 * @target: the file
 * @cancellable: (nullable): to give up
 * @progress: (nullable) (scope notified): called in the main context of the caller, never after @callback
 * @progress_data: for @progress
 * @callback: called when the file is there, or will not be
 * @user_data: passed to @callback
 *
 * Does what [func@clip_writer_write] does on a worker thread. The source object of the result is @target.
 */
void chorus_clip_writer_write_async (ChorusClip            *clip,
                                     GFile                 *target,
                                     GCancellable          *cancellable,
                                     GFileProgressCallback  progress,
                                     gpointer               progress_data,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data);

/**
 * chorus_clip_writer_write_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_clip_writer_write_finish (GAsyncResult  *result,
                                          GError       **error);

G_END_DECLS
