/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "library/chorus-detection.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_VERDICT_BAR (chorus_verdict_bar_get_type ())

/**
 * ChorusVerdictBar:
 *
 * The buttons that judge, large enough to be hit without looking, and those that say more about a detection: another
 * species, a note, a star. They activate "review.confirm", "review.reject", "review.uncertain", "review.relabel",
 * "review.note" and "review.star" of whatever the bar is in.
 *
 * Property: "orientation", whether the second kind stands beside the first or below it.
 */
G_DECLARE_FINAL_TYPE (ChorusVerdictBar, chorus_verdict_bar, CHORUS, VERDICT_BAR, GtkBox)

/**
 * chorus_verdict_bar_set_detection:
 * @self: a bar
 * @detection: (nullable): what was said about this is shown
 */
void chorus_verdict_bar_set_detection (ChorusVerdictBar *self,
                                       ChorusDetection  *detection);

/**
 * chorus_verdict_bar_get_relabel_button:
 * @self: a bar
 *
 * Returns: (transfer none): what a popover to relabel points to
 */
GtkWidget *chorus_verdict_bar_get_relabel_button (ChorusVerdictBar *self);

/**
 * chorus_verdict_bar_get_note_button:
 * @self: a bar
 *
 * Returns: (transfer none): what a popover with a note points to
 */
GtkWidget *chorus_verdict_bar_get_note_button (ChorusVerdictBar *self);

G_END_DECLS
