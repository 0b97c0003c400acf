/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_LEVEL_LEGEND (chorus_level_legend_get_type ())

/**
 * ChorusLevelLegend:
 *
 * Which color is which level in dBFS: a thin bar with ticks, as high as the spectrogram it stands beside. Where its parent
 * is narrow it takes no room.
 */
G_DECLARE_FINAL_TYPE (ChorusLevelLegend, chorus_level_legend, CHORUS, LEVEL_LEGEND, GtkWidget)

void chorus_level_legend_set_session (ChorusLevelLegend *self,
                                      ChorusViewSession *session);

G_END_DECLS
