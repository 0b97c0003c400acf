/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chorus-figure.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_FIGURE_DIALOG (chorus_figure_dialog_get_type ())

/**
 * ChorusFigureDialog:
 *
 * Asks how a figure is to look, and shows it. The answers are remembered.
 *
 * Signal: "save" when a person wants it; see [method@FigureDialog.dup_figure].
 */
G_DECLARE_FINAL_TYPE (ChorusFigureDialog, chorus_figure_dialog, CHORUS, FIGURE_DIALOG, AdwWindow)

/**
 * chorus_figure_dialog_new:
 * @figure: (transfer full): what is visible
 * @selection: (nullable): seconds, where something is selected
 * @band: (nullable): Hz, where a band is selected
 *
 * Returns: a new dialog
 */
ChorusFigureDialog *chorus_figure_dialog_new (ChorusFigure              *figure,
                                              const ChorusTimeSpan      *selection,
                                              const ChorusFrequencyBand *band);

/**
 * chorus_figure_dialog_dup_figure:
 * @self: a dialog
 *
 * Returns: (transfer full): the figure as it was chosen
 */
ChorusFigure *chorus_figure_dialog_dup_figure (ChorusFigureDialog *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
