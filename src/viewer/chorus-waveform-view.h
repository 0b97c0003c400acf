/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-plot.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_WAVEFORM_VIEW (chorus_waveform_view_get_type ())

/**
 * ChorusWaveformView:
 *
 * The waveform of the visible part of a recording: from the lowest to the highest sample, and the root mean square.
 */
G_DECLARE_FINAL_TYPE (ChorusWaveformView, chorus_waveform_view, CHORUS, WAVEFORM_VIEW, ChorusPlot)

/**
 * chorus_waveform_view_set_extent:
 * @self: a waveform
 * @extent: the magnitude that fills its height, so that several can be compared; 0 for the largest of its own
 */
void chorus_waveform_view_set_extent (ChorusWaveformView *self,
                                      double              extent);

G_END_DECLS
