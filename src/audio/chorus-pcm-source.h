/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"
#include "chorus-audio-info.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PCM_SOURCE (chorus_pcm_source_get_type ())

/**
 * ChorusPcmSource:
 *
 * Reads the samples of an uncompressed file in place.
 */
G_DECLARE_FINAL_TYPE (ChorusPcmSource, chorus_pcm_source, CHORUS, PCM_SOURCE, ChorusSampleSource)

/**
 * chorus_pcm_source_new:
 * @file: (transfer full): a file
 * @kind: WAV, RF64, W64 or AIFF, as its first bytes say
 * @error: return location for an error
 *
 * Reads the header of @file. Blocks.
 *
 * Returns: (transfer full): the source, or %NULL with @error set
 */
ChorusSampleSource *chorus_pcm_source_new (ChorusAudioFile  *file,
                                           ChorusAudioKind   kind,
                                           GError          **error);

/**
 * chorus_pcm_source_get_file:
 * @self: a source
 *
 * Returns: (transfer none): the file that holds the samples
 */
const ChorusAudioFile *chorus_pcm_source_get_file (ChorusPcmSource *self);

G_END_DECLS
