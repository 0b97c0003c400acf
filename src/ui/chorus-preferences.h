/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_PREFERENCES (chorus_preferences_get_type ())

/**
 * ChorusPreferences:
 *
 * The preferences window. Every change takes effect at once.
 */
G_DECLARE_FINAL_TYPE (ChorusPreferences, chorus_preferences, CHORUS, PREFERENCES, AdwPreferencesWindow)

/**
 * chorus_preferences_new:
 * @settings: the settings of the application
 *
 * Returns: (transfer none): a new preferences window
 */
ChorusPreferences *chorus_preferences_new (GSettings *settings);

G_END_DECLS
