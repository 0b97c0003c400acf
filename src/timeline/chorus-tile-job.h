/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "audio/chorus-sample-source.h"

#include "chorus-stft-pool.h"
#include "chorus-tile-grid.h"

G_BEGIN_DECLS

/**
 * chorus_tile_compute:
 * @key: which tile
 * @grid: where its columns stand
 * @source: the samples
 * @pool: transforms to borrow
 * @children: (nullable): the two tiles of the next finer level that @key covers, the second %NULL beyond the end of the
 *   recording; merging them costs nothing beside a transform
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Computes a tile. Blocks: call it on a worker. The result is the same, bit for bit, with and without @children.
 *
 * Returns: (transfer full) (nullable): the tile, or %NULL with @error set
 */
ChorusTile *chorus_tile_compute (const ChorusTileKey         *key,
                                 const ChorusTileGrid        *grid,
                                 ChorusSampleSource          *source,
                                 ChorusStftPool              *pool,
                                 ChorusTile           *const *children,
                                 GCancellable                *cancellable,
                                 GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
