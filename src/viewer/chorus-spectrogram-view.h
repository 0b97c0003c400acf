/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-plot.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECTROGRAM_VIEW (chorus_spectrogram_view_get_type ())

/**
 * ChorusSpectrogramView:
 *
 * The spectrogram of a recording with its detections. Signal: "activate" (ChorusDetection) when a detection was clicked.
 */
G_DECLARE_FINAL_TYPE (ChorusSpectrogramView, chorus_spectrogram_view, CHORUS, SPECTROGRAM_VIEW, ChorusPlot)

/**
 * chorus_spectrogram_view_set_channel:
 * @self: a spectrogram
 * @channel: as in [method@Plot.set_channel]
 */
void chorus_spectrogram_view_set_channel (ChorusSpectrogramView *self,
                                          int                    channel);

/**
 * chorus_spectrogram_view_set_detections:
 * @self: a spectrogram
 * @detections: (nullable): a list of [class@Detection]
 */
void chorus_spectrogram_view_set_detections (ChorusSpectrogramView *self,
                                             GListModel            *detections);

/**
 * chorus_spectrogram_view_update_description:
 * @self: a spectrogram
 *
 * Tells assistive technology where the position is, which detection is selected or, without one, goes on there, and what
 * is selected.
 */
void chorus_spectrogram_view_update_description (ChorusSpectrogramView *self);

/**
 * chorus_spectrogram_view_set_measurements:
 * @self: a spectrogram
 * @measurements: (nullable): what was measured of the selection, for assistive technology
 */
void chorus_spectrogram_view_set_measurements (ChorusSpectrogramView *self,
                                               const char            *measurements);

/**
 * chorus_spectrogram_view_get_pointer_level:
 * @self: a spectrogram
 *
 * Returns: the level under the pointer, in dBFS, or NAN
 */
double chorus_spectrogram_view_get_pointer_level (ChorusSpectrogramView *self);

G_END_DECLS
