/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_DECODED_SOURCE (chorus_decoded_source_get_type ())

/**
 * ChorusDecodedSource:
 *
 * The samples of a compressed file, decoded into a temporary file without a name.
 */
G_DECLARE_FINAL_TYPE (ChorusDecodedSource, chorus_decoded_source, CHORUS, DECODED_SOURCE, ChorusSampleSource)

/**
 * chorus_decoded_source_new:
 * @file: a file that was recognized as compressed audio
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Decodes all of @file. Blocks.
 *
 * Returns: (transfer full): the source, or %NULL with @error set
 */
ChorusSampleSource *chorus_decoded_source_new (const ChorusAudioFile  *file,
                                               GCancellable           *cancellable,
                                               GError                **error);

G_END_DECLS
