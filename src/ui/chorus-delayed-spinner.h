/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_DELAYED_SPINNER (chorus_delayed_spinner_get_type ())

/**
 * ChorusDelayedSpinner:
 *
 * A spinner that appears only when something has taken 300 ms, so that what is quick does not flicker. It starts anew
 * each time it is mapped.
 */
G_DECLARE_FINAL_TYPE (ChorusDelayedSpinner, chorus_delayed_spinner, CHORUS, DELAYED_SPINNER, AdwBin)

/**
 * chorus_delayed_spinner_get_size:
 * @self: a spinner
 *
 * Returns: its width and height, in logical pixels
 */
int chorus_delayed_spinner_get_size (ChorusDelayedSpinner *self);

/**
 * chorus_delayed_spinner_set_size:
 * @self: a spinner
 * @size: its width and height, in logical pixels
 */
void chorus_delayed_spinner_set_size (ChorusDelayedSpinner *self,
                                      int                   size);

G_END_DECLS
