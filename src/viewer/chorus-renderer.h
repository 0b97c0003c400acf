/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * chorus_renderer_choose:
 *
 * Chooses what windows are drawn with: cairo where OpenGL would be computed by the processor, which takes two to four times
 * as long for a spectrogram that moves, and what GTK chooses otherwise. Call it once there is a display and before the first
 * window. `GSK_RENDERER` in the environment decides if it is set.
 */
void chorus_renderer_choose (void);

G_END_DECLS
