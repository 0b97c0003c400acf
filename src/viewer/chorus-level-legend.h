/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_LEVEL_LEGEND (chorus_level_legend_get_type ())

/**
 * ChorusLevelLegend:
 *
 * Which color is which level in dBFS: a thin bar with ticks, as high as the spectrogram it stands beside. Where there is
 * little room it takes none.
 */
G_DECLARE_FINAL_TYPE (ChorusLevelLegend, chorus_level_legend, CHORUS, LEVEL_LEGEND, GtkWidget)

void chorus_level_legend_set_session (ChorusLevelLegend *self,
                                      ChorusViewSession *session);

/**
 * chorus_level_legend_set_room:
 * @self: a legend
 * @width: what there is for the spectrogram, its rulers and the legend, in pixels
 */
void chorus_level_legend_set_room (ChorusLevelLegend *self,
                                   int                width);

G_END_DECLS
