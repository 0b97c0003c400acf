/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-recording-filter.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_FILTER_POPOVER (chorus_filter_popover_get_type ())

/**
 * ChorusFilterPopover:
 *
 * Asks which recordings are shown, beyond what is typed and the status: days, the time of the day, and confidence. Filters
 * are saved here with all there is in them, and chosen again.
 *
 * Signals: "changed", when a person has changed the filter; "chosen", when one that was saved was chosen.
 */
G_DECLARE_FINAL_TYPE (ChorusFilterPopover, chorus_filter_popover, CHORUS, FILTER_POPOVER, GtkPopover)

/**
 * chorus_filter_popover_get_filter:
 * @self: a popover
 *
 * Returns: (transfer none): the filter; its text and its statuses are those of the last chosen or shown one
 */
const ChorusRecordingFilter *chorus_filter_popover_get_filter (ChorusFilterPopover *self);

/**
 * chorus_filter_popover_set_filter:
 * @self: a popover
 * @filter: the filter in force
 *
 * Shows a filter, without telling of a change.
 */
void chorus_filter_popover_set_filter (ChorusFilterPopover         *self,
                                       const ChorusRecordingFilter *filter);

G_END_DECLS
