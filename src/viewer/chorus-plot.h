/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-axis.h"
#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PLOT (chorus_plot_get_type ())

/**
 * ChorusPlot:
 *
 * A picture over the visible time of a session, and what people do to it: point, scroll, pinch, drag, press keys.
 * Pointer, selection and play position are drawn in a layer of their own above whatever the subclass shows.
 *
 * Property: "session" (ChorusViewSession). Signal: "seek" (seconds) when a place was clicked.
 */
G_DECLARE_DERIVABLE_TYPE (ChorusPlot, chorus_plot, CHORUS, PLOT, GtkWidget)

/**
 * ChorusPlotClass:
 * @has_frequencies: whether the vertical direction is frequency
 * @session_changed: the plot has another session; chain up
 * @clicked: a place was clicked, in pixels; returns whether that is dealt with
 */
struct _ChorusPlotClass
{
  GtkWidgetClass parent_class;

  gboolean has_frequencies;
  void (*session_changed) (ChorusPlot *self);
  gboolean (*clicked) (ChorusPlot *self, double x, double y);
};

/**
 * chorus_plot_get_session:
 * @self: a plot
 *
 * Returns: (transfer none) (nullable): what is shown
 */
ChorusViewSession *chorus_plot_get_session (ChorusPlot *self);

void chorus_plot_set_session (ChorusPlot        *self,
                              ChorusViewSession *session);

/**
 * chorus_plot_set_channel:
 * @self: a plot
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX for what the session shows
 *
 * Binds the plot to one of several channels that are shown above one another. To be called before it has a session.
 */
void chorus_plot_set_channel (ChorusPlot *self,
                              int         channel);

/**
 * chorus_plot_get_channel:
 * @self: a plot
 *
 * Returns: as in [method@Plot.set_channel]
 */
int chorus_plot_get_channel (ChorusPlot *self);

/**
 * chorus_plot_get_channel_tiles:
 * @session: (nullable): what is shown
 * @channel: as in [method@Plot.set_channel]
 *
 * Returns: (transfer none) (nullable): the tiles to draw
 */
ChorusTileCache *chorus_plot_get_channel_tiles (ChorusViewSession *session,
                                                int                channel);

/**
 * chorus_plot_get_tiles:
 * @self: a plot
 *
 * Returns: (transfer none) (nullable): the tiles to draw
 */
ChorusTileCache *chorus_plot_get_tiles (ChorusPlot *self);

/**
 * chorus_plot_add_layer:
 * @self: a plot
 * @layer: a widget that covers the plot and cannot be pointed at
 *
 * Adds @layer above those before it, and below pointer and position.
 */
void chorus_plot_add_layer (ChorusPlot *self,
                            GtkWidget  *layer);

/**
 * chorus_plot_get_time_axis:
 * @session: (nullable): what is shown
 * @widget: the widget that is drawn, as wide as the plot
 * @axis: (out): seconds over the pixels of @widget
 *
 * Returns: whether there is anything to draw
 */
gboolean chorus_plot_get_time_axis (ChorusViewSession *session,
                                    GtkWidget         *widget,
                                    ChorusAxis        *axis);

/**
 * chorus_plot_get_frequency_axis:
 * @session: (nullable): what is shown
 * @widget: the widget that is drawn, as high as the plot
 * @axis: (out): Hz over the pixels of @widget
 *
 * Returns: whether there is anything to draw
 */
gboolean chorus_plot_get_frequency_axis (ChorusViewSession *session,
                                         GtkWidget         *widget,
                                         ChorusAxis        *axis);

G_END_DECLS
