/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECTROGRAM_CANVAS (chorus_spectrogram_canvas_get_type ())

/**
 * ChorusSpectrogramCanvas:
 *
 * The levels of a recording as a picture that stands on the grid of device pixels, so that it is drawn without being
 * scaled. After a zoom the picture before stands in, scaled to where it belongs, for the few frames that painting takes.
 */
G_DECLARE_FINAL_TYPE (ChorusSpectrogramCanvas, chorus_spectrogram_canvas, CHORUS, SPECTROGRAM_CANVAS, GtkWidget)

/**
 * chorus_spectrogram_canvas_new:
 *
 * Returns: a canvas that shows nothing yet
 */
GtkWidget *chorus_spectrogram_canvas_new (void);

void chorus_spectrogram_canvas_set_session (ChorusSpectrogramCanvas *self,
                                            ChorusViewSession       *session);

/**
 * chorus_spectrogram_canvas_set_channel:
 * @self: a canvas
 * @channel: as in [method@Plot.set_channel]
 */
void chorus_spectrogram_canvas_set_channel (ChorusSpectrogramCanvas *self,
                                            int                      channel);

/**
 * chorus_spectrogram_canvas_get_samples_per_pixel:
 * @self: a canvas
 *
 * Returns: how many samples a column of device pixels covers; 0 when nothing is shown
 */
double chorus_spectrogram_canvas_get_samples_per_pixel (ChorusSpectrogramCanvas *self);

G_END_DECLS
