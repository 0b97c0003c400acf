/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CHANNEL_STACK (chorus_channel_stack_get_type ())

/**
 * ChorusChannelStack:
 *
 * All channels of a recording above one another, equally high, where that is what the session shows. It scrolls rather
 * than let them become too low to be read. Waveforms are drawn to one scale.
 *
 * Signals: "seek" (seconds) and "activate" (ChorusDetection), as of the plots in it.
 */
G_DECLARE_FINAL_TYPE (ChorusChannelStack, chorus_channel_stack, CHORUS, CHANNEL_STACK, GtkWidget)

/**
 * chorus_channel_stack_set_session:
 * @self: a stack
 * @session: what is shown
 * @margins: a horizontal size group for what stands left of plots
 * @scrollbar: a vertical scrollbar beside the stack, which is shown when there is need of it; within the stack it would
 *   take the width that all plots have in common
 */
void chorus_channel_stack_set_session (ChorusChannelStack *self,
                                       ChorusViewSession  *session,
                                       GtkSizeGroup       *margins,
                                       GtkScrollbar       *scrollbar);

/**
 * chorus_channel_stack_set_detections:
 * @self: a stack
 * @detections: (nullable): a list of [class@Detection]
 */
void chorus_channel_stack_set_detections (ChorusChannelStack *self,
                                          GListModel         *detections);

/**
 * chorus_channel_stack_update_description:
 * @self: a stack
 *
 * Tells assistive technology which detection is selected.
 */
void chorus_channel_stack_update_description (ChorusChannelStack *self);

/**
 * chorus_channel_stack_get_pointer_level:
 * @self: a stack
 *
 * Returns: the level under the pointer in the channel it is over, in dBFS, or NAN
 */
double chorus_channel_stack_get_pointer_level (ChorusChannelStack *self);

G_END_DECLS
