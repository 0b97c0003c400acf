/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_ERROR_BOX (chorus_error_box_get_type ())

/**
 * ChorusErrorBox:
 *
 * An error in its place: the sentence, and, where the service said something, its own words and the number of the
 * request folded under "Details".
 */
G_DECLARE_FINAL_TYPE (ChorusErrorBox, chorus_error_box, CHORUS, ERROR_BOX, AdwBin)

/**
 * chorus_error_box_set_error:
 * @self: an error box
 * @error: (nullable): what to show, or %NULL to hide the box
 *
 * Shows an error.
 */
void chorus_error_box_set_error (ChorusErrorBox *self,
                                 const GError   *error);

G_END_DECLS
