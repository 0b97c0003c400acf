/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * ChorusSampleCache:
 *
 * Keeps the few blocks of a [class@SampleSource] that were used last, for a reader that goes through it in small steps
 * and looks back a little. Takes up to 16 MB or so. For one thread at a time.
 */
typedef struct _ChorusSampleCache ChorusSampleCache;

/**
 * chorus_sample_cache_new:
 * @source: where samples come from
 *
 * Returns: (transfer full): an empty cache
 */
ChorusSampleCache *chorus_sample_cache_new (ChorusSampleSource *source);

/**
 * chorus_sample_cache_free:
 * @self: (transfer full) (nullable): a cache
 */
void chorus_sample_cache_free (ChorusSampleCache *self);

/**
 * chorus_sample_cache_peek:
 * @self: a cache
 * @frame: a frame within the source
 * @n_frames: (out): how many frames follow each other from @frame on, at least 1
 * @error: return location for an error
 *
 * Reads where it has to. Samples that are no numbers are zero, and none is beyond a billion times full scale.
 *
 * Returns: (transfer none): the frames, with their channels side by side, until the next call; or %NULL with @error set
 */
const float *chorus_sample_cache_peek (ChorusSampleCache  *self,
                                       guint64             frame,
                                       gsize              *n_frames,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusSampleCache, chorus_sample_cache_free)

G_END_DECLS
