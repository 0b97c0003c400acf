/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CHANNEL_CHOOSER (chorus_channel_chooser_get_type ())

/**
 * ChorusChannelChooser:
 *
 * Chooses which channels of a recording are shown: the mix, one, or all. Not to be seen where there is just one.
 */
G_DECLARE_FINAL_TYPE (ChorusChannelChooser, chorus_channel_chooser, CHORUS, CHANNEL_CHOOSER, GtkWidget)

void chorus_channel_chooser_set_session (ChorusChannelChooser *self,
                                         ChorusViewSession    *session);

G_END_DECLS
