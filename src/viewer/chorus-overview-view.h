/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_OVERVIEW_VIEW (chorus_overview_view_get_type ())

/**
 * ChorusOverviewView:
 *
 * The whole recording with the visible part framed and the rest dimmed. The frame can be dragged; a press beside it
 * brings it there. Property: "session" (ChorusViewSession).
 */
G_DECLARE_FINAL_TYPE (ChorusOverviewView, chorus_overview_view, CHORUS, OVERVIEW_VIEW, GtkWidget)

void chorus_overview_view_set_session (ChorusOverviewView *self,
                                       ChorusViewSession  *session);

/**
 * chorus_overview_view_set_detections:
 * @self: an overview
 * @detections: (nullable): a list of [class@Detection], marked along the lower edge
 */
void chorus_overview_view_set_detections (ChorusOverviewView *self,
                                          GListModel         *detections);

G_END_DECLS
