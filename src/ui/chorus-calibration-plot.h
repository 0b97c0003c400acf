/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "review/chorus-statistics.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CALIBRATION_PLOT (chorus_calibration_plot_get_type ())

/**
 * ChorusCalibrationPlot:
 *
 * How likely a detection is right at each confidence, as a curve, and where a threshold stands in it.
 */
G_DECLARE_FINAL_TYPE (ChorusCalibrationPlot, chorus_calibration_plot, CHORUS, CALIBRATION_PLOT, GtkWidget)

/**
 * chorus_calibration_plot_set_calibration:
 * @self: a plot
 * @calibration: (nullable): a calibration with an estimate; copied
 */
void chorus_calibration_plot_set_calibration (ChorusCalibrationPlot   *self,
                                              const ChorusCalibration *calibration);

/**
 * chorus_calibration_plot_set_threshold:
 * @self: a plot
 * @threshold: a confidence, or NaN for none
 */
void chorus_calibration_plot_set_threshold (ChorusCalibrationPlot *self,
                                            double                 threshold);

G_END_DECLS
