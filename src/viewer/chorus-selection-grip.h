/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-plot.h"
#include "chorus-saver.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SELECTION_GRIP (chorus_selection_grip_get_type ())

/**
 * ChorusSelectionGrip:
 *
 * A handle at the corner of the selection, to drag what is selected into another program. A child of a GtkOverlay over the
 * plots.
 */
G_DECLARE_FINAL_TYPE (ChorusSelectionGrip, chorus_selection_grip, CHORUS, SELECTION_GRIP, GtkWidget)

/**
 * chorus_selection_grip_attach:
 * @self: a grip
 * @plot: where the selection is seen; must outlive the grip
 * @session: what is selected
 * @saver: makes what is dragged
 */
void chorus_selection_grip_attach (ChorusSelectionGrip *self,
                                   ChorusPlot          *plot,
                                   ChorusViewSession   *session,
                                   ChorusSaver         *saver);

G_END_DECLS
