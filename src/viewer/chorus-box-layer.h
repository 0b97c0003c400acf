/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "library/chorus-detection.h"
#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_BOX_LAYER (chorus_box_layer_get_type ())

/**
 * ChorusBoxLayer:
 *
 * Draws detections as boxes in time and frequency, each with a chip that names the species.
 */
G_DECLARE_FINAL_TYPE (ChorusBoxLayer, chorus_box_layer, CHORUS, BOX_LAYER, GtkWidget)

/**
 * chorus_box_layer_new:
 *
 * Returns: a layer without boxes
 */
GtkWidget *chorus_box_layer_new (void);

void chorus_box_layer_set_session (ChorusBoxLayer    *self,
                                   ChorusViewSession *session);

/**
 * chorus_box_layer_set_detections:
 * @self: a box layer
 * @detections: (nullable): a list of [class@Detection]
 */
void chorus_box_layer_set_detections (ChorusBoxLayer *self,
                                      GListModel     *detections);

/**
 * chorus_box_layer_find:
 * @self: a box layer
 * @x: pixels
 * @y: pixels
 *
 * Returns: (transfer none) (nullable): the detection at this place: that of the chip, or else of the smallest box
 */
ChorusDetection *chorus_box_layer_find (ChorusBoxLayer *self,
                                        double          x,
                                        double          y);

/**
 * chorus_box_layer_find_at_time:
 * @self: a box layer
 * @time: seconds from the start of the recording
 *
 * Returns: (transfer none) (nullable): the detection that goes on at @time, and of several the shortest
 */
ChorusDetection *chorus_box_layer_find_at_time (ChorusBoxLayer *self,
                                                double          time);

G_END_DECLS
