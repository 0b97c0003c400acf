/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_VIEW_SETTINGS (chorus_view_settings_get_type ())

/**
 * ChorusViewSettings:
 *
 * How recordings are drawn, with presets first and every change to be seen at once.
 */
G_DECLARE_FINAL_TYPE (ChorusViewSettings, chorus_view_settings, CHORUS, VIEW_SETTINGS, GtkPopover)

void chorus_view_settings_set_session (ChorusViewSettings *self,
                                       ChorusViewSession  *session);

G_END_DECLS
