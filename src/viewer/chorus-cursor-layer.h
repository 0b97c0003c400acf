/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CURSOR_LAYER (chorus_cursor_layer_get_type ())

/**
 * ChorusCursorLayer:
 *
 * Draws what moves over a plot: selection, pointer and play position. It is all that is drawn anew when one of them
 * moves.
 */
G_DECLARE_FINAL_TYPE (ChorusCursorLayer, chorus_cursor_layer, CHORUS, CURSOR_LAYER, GtkWidget)

/**
 * chorus_cursor_layer_new:
 *
 * Returns: a layer that shows nothing yet
 */
GtkWidget *chorus_cursor_layer_new (void);

void chorus_cursor_layer_set_session (ChorusCursorLayer *self,
                                      ChorusViewSession *session);

G_END_DECLS
