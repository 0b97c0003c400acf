/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_APPLICATION (chorus_application_get_type ())

/**
 * ChorusApplication:
 *
 * The program: its store, its profiles, and the one that is open.
 */
G_DECLARE_FINAL_TYPE (ChorusApplication, chorus_application, CHORUS, APPLICATION, AdwApplication)

/**
 * chorus_application_new:
 *
 * Returns: (transfer full): the application
 */
ChorusApplication *chorus_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
