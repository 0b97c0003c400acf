/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-image.h"
#include "chorus-level-background.h"
#include "chorus-tile-cache.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_IMAGE_CACHE (chorus_image_cache_get_type ())

/**
 * ChorusImageCache:
 *
 * The pictures of one spectrogram at the magnification that is on the screen, painted off the main thread from the tiles
 * of a [class@TileCache]: at first from the tiles that happen to be there, coarse behind fine, then exactly. Other colors
 * cost no transform. What is far from the screen is dropped.
 *
 * Signals: "changed" when [method@ImageCache.lookup] has something new.
 */
G_DECLARE_FINAL_TYPE (ChorusImageCache, chorus_image_cache, CHORUS, IMAGE_CACHE, GObject)

/**
 * chorus_image_cache_new:
 * @tiles: where levels come from
 * @queue: where to paint
 *
 * Returns: (transfer full): a cache without images
 */
ChorusImageCache *chorus_image_cache_new (ChorusTileCache *tiles,
                                          ChorusJobQueue  *queue) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_image_cache_set_view:
 * @self: an image cache
 * @view: the magnification
 * @colors: how levels become colors
 * @first_column: the leftmost column on the screen, counted from the start of the recording, in device pixels
 * @n_columns: how many columns are on the screen, in device pixels
 *
 * Says what is on the screen. Images of another magnification are dropped.
 */
void chorus_image_cache_set_view (ChorusImageCache        *self,
                                  const ChorusImageView   *view,
                                  const ChorusImageColors *colors,
                                  gint64                   first_column,
                                  guint                    n_columns);

/**
 * chorus_image_cache_set_background:
 * @self: an image cache
 * @background: (nullable): what to take away from levels, or %NULL to show them as they are
 *
 * Says what is painted at the next [method@ImageCache.set_view]. Images of another background are dropped.
 */
void chorus_image_cache_set_background (ChorusImageCache      *self,
                                        ChorusLevelBackground *background);

/**
 * chorus_image_cache_lookup:
 * @self: an image cache
 * @index: which image
 *
 * Returns: (transfer none) (nullable): the best image so far
 */
ChorusImage *chorus_image_cache_lookup (ChorusImageCache *self,
                                        gint64            index);

/**
 * chorus_image_cache_is_complete:
 * @self: an image cache
 *
 * Returns: whether everything on the screen is exact and in its colors
 */
gboolean chorus_image_cache_is_complete (ChorusImageCache *self);

G_END_DECLS
