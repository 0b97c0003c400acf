/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "review/chorus-species-list.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STATISTICS_DIALOG (chorus_statistics_dialog_get_type ())

/**
 * ChorusStatisticsDialog:
 *
 * What the verdicts on a species say about the model: its precision, how likely a detection is right at each confidence, and
 * from which confidence on it is as likely as wanted; with a warning where there are too few verdicts to say so.
 */
G_DECLARE_FINAL_TYPE (ChorusStatisticsDialog, chorus_statistics_dialog, CHORUS, STATISTICS_DIALOG, AdwWindow)

/**
 * ChorusStatisticsDialog::use-threshold:
 * @self: the dialog
 * @threshold: the confidence to show detections of the species from
 */

/**
 * chorus_statistics_dialog_new:
 * @store: the store of the application
 * @scope: where to look, with a species
 * @name: what the species is called
 *
 * Returns: a dialog
 */
ChorusStatisticsDialog *chorus_statistics_dialog_new (ChorusStore             *store,
                                                      const ChorusReviewScope *scope,
                                                      const char              *name);

G_END_DECLS
