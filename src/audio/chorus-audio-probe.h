/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-audio-error.h"
#include "chorus-audio-info.h"

G_BEGIN_DECLS

/**
 * chorus_audio_probe:
 * @file: a local file
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Finds out what audio @file holds, from its contents alone; its name plays no part. Blocks: call it on a worker.
 *
 * A file is recognized by its first bytes. WAV, RF64, W64 and AIFF headers are read here; for compressed audio
 * GStreamer is asked. Text, pictures and whatever else is not audio is refused without reaching GStreamer.
 *
 * Errors are in %CHORUS_AUDIO_ERROR, or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): what was found, or %NULL with @error set
 */
ChorusAudioInfo *chorus_audio_probe (GFile         *file,
                                     GCancellable  *cancellable,
                                     GError       **error);

/**
 * chorus_audio_probe_async:
 * @file: a local file
 * @cancellable: (nullable): to give up
 * @callback: called when the answer is there
 * @user_data: passed to @callback
 *
 * Does what [func@audio_probe] does on a worker thread. The source object of the result is @file.
 */
void chorus_audio_probe_async (GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);

/**
 * chorus_audio_probe_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): what was found, or %NULL with @error set
 */
ChorusAudioInfo *chorus_audio_probe_finish (GAsyncResult  *result,
                                            GError       **error);

G_END_DECLS
