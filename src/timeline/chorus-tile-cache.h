/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-job-queue.h"
#include "dsp/chorus-stft.h"

#include "chorus-tile-grid.h"
#include "chorus-tile-pool.h"
#include "chorus-tile.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_TILE_CACHE (chorus_tile_cache_get_type ())

/**
 * ChorusTileCache:
 *
 * The levels and the peaks of one channel of a recording, or of the mix of all, at every magnification, computed off the
 * main thread when they are asked for and kept as long as the budget of bytes allows; what was not used for longest goes
 * first.
 *
 * A tile of level l holds %CHORUS_TILE_COLUMNS columns of 2^l frames each. Every column of a coarse tile is the maximum
 * over all of its frames, so that a click of one frame never vanishes; peaks are merged without loss likewise. Below
 * level 0 the frames themselves stand closer, by halving the hop, as far as [method@TileGrid.get_finest_level].
 *
 * To be used from the main thread. Signals: "tile-ready" (kind, level, index); "failed" (const char *sentence).
 */
G_DECLARE_FINAL_TYPE (ChorusTileCache, chorus_tile_cache, CHORUS, TILE_CACHE, GObject)

/**
 * chorus_tile_cache_new:
 * @source: the samples
 * @queue: where to compute
 * @params: how levels are computed
 * @budget: bytes that tiles may take; those somebody wants are kept in any case
 *
 * Makes a cache of the mix of all channels, with a pool of its own.
 *
 * Returns: (transfer full): a cache without tiles
 */
ChorusTileCache *chorus_tile_cache_new (ChorusSampleSource     *source,
                                        ChorusJobQueue         *queue,
                                        const ChorusStftParams *params,
                                        gsize                   budget) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_tile_cache_new_for_channel:
 * @pool: what it shares with the caches of the other channels
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 * @params: how levels are computed
 *
 * Returns: (transfer full): a cache without tiles
 */
ChorusTileCache *chorus_tile_cache_new_for_channel (ChorusTilePool         *pool,
                                                    int                     channel,
                                                    const ChorusStftParams *params) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_tile_cache_get_channel:
 * @self: a tile cache
 *
 * Returns: the channel it is of, counted from 0, or %CHORUS_CHANNEL_MIX
 */
int chorus_tile_cache_get_channel (ChorusTileCache *self);

/**
 * chorus_tile_cache_get_source:
 * @self: a tile cache
 *
 * Returns: (transfer none): the samples
 */
ChorusSampleSource *chorus_tile_cache_get_source (ChorusTileCache *self);

/**
 * chorus_tile_cache_set_params:
 * @self: a tile cache
 * @params: how levels are computed
 *
 * Forgets all level tiles; peaks stay.
 */
void chorus_tile_cache_set_params (ChorusTileCache        *self,
                                   const ChorusStftParams *params);

/**
 * chorus_tile_cache_get_grid:
 * @self: a tile cache
 *
 * Returns: (transfer none): where columns stand
 */
const ChorusTileGrid *chorus_tile_cache_get_grid (ChorusTileCache *self);

/**
 * chorus_tile_cache_want:
 * @self: a tile cache
 * @who: names the one who asks, who is never looked at
 * @keys: (array length=n_keys) (nullable): all that @who wants from now on, most urgent first
 * @n_keys: length of @keys
 * @priority: priority of the first; the next follow closely
 *
 * Says what is to be computed. Waiting jobs move forward or back accordingly, and those nobody wants any more end.
 */
void chorus_tile_cache_want (ChorusTileCache     *self,
                             gconstpointer        who,
                             const ChorusTileKey *keys,
                             gsize                n_keys,
                             int                  priority);

/**
 * chorus_tile_cache_lookup:
 * @self: a tile cache
 * @key: which tile
 *
 * Returns: (transfer none) (nullable): the tile, where it has been computed
 */
ChorusTile *chorus_tile_cache_lookup (ChorusTileCache     *self,
                                      const ChorusTileKey *key);

/**
 * chorus_tile_cache_get_size:
 * @self: a tile cache
 *
 * Returns: bytes that the tiles take
 */
gsize chorus_tile_cache_get_size (ChorusTileCache *self);

/**
 * chorus_tile_cache_get_level_db:
 * @self: a tile cache
 * @time: seconds
 * @frequency: Hz
 * @samples: how many samples a pixel covers, to read the level that is on the screen
 *
 * Returns: the level, in dBFS, or NAN where it has not been computed
 */
double chorus_tile_cache_get_level_db (ChorusTileCache *self,
                                       double           time,
                                       double           frequency,
                                       double           samples);

G_END_DECLS
