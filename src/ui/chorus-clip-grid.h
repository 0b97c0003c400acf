/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "timeline/chorus-clip-loader.h"
#include "timeline/chorus-clip-player.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIP_GRID (chorus_clip_grid_get_type ())

/**
 * ChorusClipGrid:
 *
 * Detections as a grid of clips, of which many can be selected.
 *
 * The space bar activates the action "review.play" of whatever the grid is in.
 *
 * Property: "n-selected" (uint, read-only).
 */
G_DECLARE_FINAL_TYPE (ChorusClipGrid, chorus_clip_grid, CHORUS, CLIP_GRID, AdwBin)

/**
 * ChorusClipGrid::activate:
 * @self: the grid
 * @position: which clip
 *
 * Emitted when a clip is to be opened: by Enter or a double click.
 */

/**
 * ChorusClipGrid::hover:
 * @self: the grid
 * @detection: (nullable): the clip that the pointer has come to rest on, or %NULL when it has left it
 */

/**
 * chorus_clip_grid_set_sources:
 * @self: a grid
 * @library: (nullable): where recordings are found
 * @loader: (nullable): has the pictures; %NULL if and only if @library is
 * @player: (nullable): what it plays is followed in the pictures
 *
 * Says where clips come from, and takes away those that are shown.
 */
void chorus_clip_grid_set_sources (ChorusClipGrid   *self,
                                   ChorusLibrary    *library,
                                   ChorusClipLoader *loader,
                                   ChorusClipPlayer *player);

/**
 * chorus_clip_grid_set_model:
 * @self: a grid
 * @model: (nullable): a list of [class@Detection]
 */
void chorus_clip_grid_set_model (ChorusClipGrid *self,
                                 GListModel     *model);

/**
 * chorus_clip_grid_get_n_selected:
 * @self: a grid
 *
 * Returns: how many clips are selected
 */
guint chorus_clip_grid_get_n_selected (ChorusClipGrid *self);

/**
 * chorus_clip_grid_get_selected:
 * @self: a grid
 * @last: (out) (optional): the position of the last of them
 *
 * Returns: (transfer full) (element-type ChorusDetection): the selected clips, in their order
 */
GPtrArray *chorus_clip_grid_get_selected (ChorusClipGrid *self,
                                          guint          *last) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_grid_select:
 * @self: a grid
 * @position: which clip
 *
 * Selects one clip and nothing else, and scrolls to it; the keyboard goes there too, if it is in the grid.
 */
void chorus_clip_grid_select (ChorusClipGrid *self,
                              guint           position);

/**
 * chorus_clip_grid_focus:
 * @self: a grid
 *
 * Gives the keyboard to the selected clip, or to the first.
 */
void chorus_clip_grid_focus (ChorusClipGrid *self);

G_END_DECLS
