/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-job-queue.h"

#include "chorus-tile-grid.h"
#include "chorus-tile.h"

G_BEGIN_DECLS

/* Channels that are computed from one reading. What they are read into is a mebibyte each. */
#define CHORUS_TILE_POOL_MOST_TOGETHER 16

#define CHORUS_TYPE_TILE_POOL (chorus_tile_pool_get_type ())

/**
 * ChorusTilePool:
 *
 * What the tile caches of the channels of one recording share: a budget of bytes, in which the tile that was not used
 * for longest goes first whosever it is, and the work, in which the same tile of several channels is computed from one
 * reading of the samples.
 *
 * To be used from the main thread.
 */
G_DECLARE_FINAL_TYPE (ChorusTilePool, chorus_tile_pool, CHORUS, TILE_POOL, GObject)

/**
 * ChorusTilePlace:
 * @size: bytes; not to be changed while the place is taken
 * @wanted: whether it stays whatever the budget
 * @evict: called to have the tile dropped and its place given back
 *
 * A place among all tiles in memory, in the order of their use. To be kept within whatever holds the tile.
 */
typedef struct _ChorusTilePlace ChorusTilePlace;

struct _ChorusTilePlace
{
  gsize size;
  gboolean wanted;
  void (*evict) (ChorusTilePlace *self);

  /*< private >*/
  GList link;
};

/**
 * ChorusTileRequest:
 *
 * A tile that is being computed. Known to the pool until it is done or withdrawn.
 */
typedef struct _ChorusTileRequest ChorusTileRequest;

/**
 * ChorusTileDone:
 * @user_data: what was given with the request
 * @tile: (transfer none) (nullable): the tile, or %NULL when it could not be computed
 * @sentence: (nullable): why not
 *
 * Called when a request has ended, unless it was withdrawn.
 */
typedef void (*ChorusTileDone) (gpointer user_data, ChorusTile *tile, const char *sentence);

/**
 * chorus_tile_pool_new:
 * @source: the samples
 * @queue: where to compute
 * @budget: bytes that tiles may take; those that are wanted are kept in any case
 *
 * Returns: (transfer full): a pool without tiles
 */
ChorusTilePool *chorus_tile_pool_new (ChorusSampleSource *source,
                                      ChorusJobQueue     *queue,
                                      gsize               budget) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_tile_pool_get_source:
 * @self: a tile pool
 *
 * Returns: (transfer none): the samples
 */
ChorusSampleSource *chorus_tile_pool_get_source (ChorusTilePool *self);

/**
 * chorus_tile_pool_request:
 * @self: a tile pool
 * @key: which tile
 * @channel: of which channel, or %CHORUS_CHANNEL_MIX
 * @grid: where its columns stand
 * @children: (nullable): the two tiles it can be merged from, see [func@tile_compute]
 * @priority: how urgent it is
 * @done: called with the tile
 * @user_data: passed to @done
 *
 * Has a tile computed. Requests for the same tile of several channels that come before its work has begun share it.
 *
 * Returns: (transfer none): names the request until it is done or withdrawn
 */
ChorusTileRequest *chorus_tile_pool_request (ChorusTilePool              *self,
                                             const ChorusTileKey         *key,
                                             int                          channel,
                                             const ChorusTileGrid        *grid,
                                             ChorusTile           *const *children,
                                             int                          priority,
                                             ChorusTileDone               done,
                                             gpointer                     user_data);

/**
 * chorus_tile_pool_set_priority:
 * @self: a tile pool
 * @request: a request
 * @priority: how urgent it is
 */
void chorus_tile_pool_set_priority (ChorusTilePool    *self,
                                    ChorusTileRequest *request,
                                    int                priority);

/**
 * chorus_tile_pool_withdraw:
 * @self: a tile pool
 * @request: (transfer full): a request
 *
 * Gives a request up. Work that nobody waits for any more ends.
 */
void chorus_tile_pool_withdraw (ChorusTilePool    *self,
                                ChorusTileRequest *request);

/**
 * chorus_tile_pool_take_place:
 * @self: a tile pool
 * @place: what was filled in by the caller, who keeps it until it is given back
 *
 * Counts a tile that has come. Follow with [method@TilePool.shrink].
 */
void chorus_tile_pool_take_place (ChorusTilePool  *self,
                                  ChorusTilePlace *place);

/**
 * chorus_tile_pool_touch:
 * @self: a tile pool
 * @place: a place that is taken
 *
 * The tile has been used.
 */
void chorus_tile_pool_touch (ChorusTilePool  *self,
                             ChorusTilePlace *place);

/**
 * chorus_tile_pool_give_back:
 * @self: a tile pool
 * @place: a place that is taken
 *
 * The tile has gone.
 */
void chorus_tile_pool_give_back (ChorusTilePool  *self,
                                 ChorusTilePlace *place);

/**
 * chorus_tile_pool_shrink:
 * @self: a tile pool
 *
 * Drops what was not used for longest until the tiles fit, except for those that are wanted.
 */
void chorus_tile_pool_shrink (ChorusTilePool *self);

/**
 * chorus_tile_pool_get_size:
 * @self: a tile pool
 *
 * Returns: bytes that the tiles of all channels take
 */
gsize chorus_tile_pool_get_size (ChorusTilePool *self);

G_END_DECLS
