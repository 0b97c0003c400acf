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
 * @channels: (array length=n_channels): of which channels, or %CHORUS_CHANNEL_MIX
 * @n_channels: how many, at least 1
 * @pool: transforms to borrow
 * @tiles: (out caller-allocates) (array length=n_channels) (transfer full): the tile of each channel
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Computes a tile of several channels from one reading of the samples. Blocks: call it on a worker.
 *
 * Returns: %TRUE, or %FALSE with @error set and no tiles
 */
gboolean chorus_tile_compute (const ChorusTileKey   *key,
                              const ChorusTileGrid  *grid,
                              ChorusSampleSource    *source,
                              const int             *channels,
                              guint                  n_channels,
                              ChorusStftPool        *pool,
                              ChorusTile           **tiles,
                              GCancellable          *cancellable,
                              GError               **error);

/**
 * chorus_tile_merge:
 * @key: which tile
 * @grid: where its columns stand
 * @children: (array length=2): the tiles of the next finer level that @key covers, the second %NULL beyond the end of the
 *   recording
 *
 * Makes a tile of two finer ones, which costs nothing beside a transform. Levels and extremes are those that
 * [func@tile_compute] finds, bit for bit; the root mean square is the same but for rounding.
 *
 * Returns: (transfer full): the tile
 */
ChorusTile *chorus_tile_merge (const ChorusTileKey         *key,
                               const ChorusTileGrid        *grid,
                               ChorusTile           *const *children) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
