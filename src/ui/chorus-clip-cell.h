/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-clip-loader.h"
#include "timeline/chorus-clip-player.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIP_CELL (chorus_clip_cell_get_type ())

/**
 * ChorusClipCell:
 *
 * One detection in a grid: what it looks like, how sure the model is, where and when it was heard, and, once the store has
 * them, its verdict and star.
 */
G_DECLARE_FINAL_TYPE (ChorusClipCell, chorus_clip_cell, CHORUS, CLIP_CELL, GtkWidget)

/**
 * ChorusClipCell::hover:
 * @self: the cell
 * @rests: whether the pointer has come to rest on the cell, or left it
 */

/**
 * chorus_clip_cell_new:
 * @library: where recordings are found
 * @loader: has the pictures
 * @player: (nullable): what is played is followed
 *
 * Returns: a cell of nothing yet
 */
GtkWidget *chorus_clip_cell_new (ChorusLibrary    *library,
                                 ChorusClipLoader *loader,
                                 ChorusClipPlayer *player);

ChorusDetection *chorus_clip_cell_get_detection (ChorusClipCell *self);

/**
 * chorus_clip_cell_set_detection:
 * @self: a cell
 * @detection: (nullable): what it shows; what was begun for another is given up
 */
void chorus_clip_cell_set_detection (ChorusClipCell  *self,
                                     ChorusDetection *detection);

G_END_DECLS
