/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "library/chorus-activity.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_ACTIVITY_VIEW (chorus_activity_view_get_type ())

/**
 * ChorusActivityView:
 *
 * A picture of when something was heard: days across, hours of the day down, the stronger the more there is. Where there are
 * more days than pixels a column has several of them and shows the most of any. Arrows move from hour to hour, and Enter
 * or a click chooses one.
 *
 * Signal: "chosen" (int day, int hour), with days since 1 January 1970 and hours 0 to 23 of the recorder's clock.
 */
G_DECLARE_FINAL_TYPE (ChorusActivityView, chorus_activity_view, CHORUS, ACTIVITY_VIEW, GtkWidget)

/**
 * chorus_activity_view_set_activity:
 * @self: a view
 * @activity: (nullable): what to draw
 */
void chorus_activity_view_set_activity (ChorusActivityView *self,
                                        ChorusActivity     *activity);

G_END_DECLS
