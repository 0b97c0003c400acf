/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusTimeStretch:
 *
 * Makes sound longer or shorter and leaves its pitch: short pieces of it are laid over each other, each taken from
 * near the place where it is due, where it continues the one before best (WSOLA: W. Verhelst and M. Roelands, "An
 * overlap-add technique based on waveform similarity", ICASSP 1993). GStreamer's scaletempo works alike, but takes its
 * rate from a seek, at which it starts anew and drops what it holds; here the rate changes between two pieces.
 */
typedef struct _ChorusTimeStretch ChorusTimeStretch;

/**
 * ChorusTimeStretchFunc:
 * @first: the frame to begin with; may lie before 0 and beyond the end
 * @n_frames: how many frames
 * @frames: (out caller-allocates): float[@n_frames * channels]; zero where there is no sound
 * @user_data: what was given with the function
 *
 * Reads the sound.
 *
 * Returns: whether it could be read
 */
typedef gboolean (*ChorusTimeStretchFunc) (gint64 first, gsize n_frames, float *frames, gpointer user_data);

/**
 * chorus_time_stretch_new:
 * @sample_rate: in Hz, above 0
 * @n_channels: samples in a frame
 * @piece: length of a piece, in frames, above 0
 * @first: the frame to begin with
 * @func: reads the sound
 * @user_data: passed to @func
 *
 * Returns: (transfer full): a time stretch
 */
ChorusTimeStretch *chorus_time_stretch_new (double                sample_rate,
                                            guint                 n_channels,
                                            gsize                 piece,
                                            gint64                first,
                                            ChorusTimeStretchFunc func,
                                            gpointer              user_data);

/**
 * chorus_time_stretch_free:
 * @self: (transfer full) (nullable): a time stretch
 */
void chorus_time_stretch_free (ChorusTimeStretch *self);

/**
 * chorus_time_stretch_get_place:
 * @self: a time stretch
 *
 * Returns: the frame of the sound that the next piece belongs to, with its fraction
 */
double chorus_time_stretch_get_place (const ChorusTimeStretch *self);

/**
 * chorus_time_stretch_get_next:
 * @self: a time stretch
 *
 * Returns: the frame with which what was written so far continues without a seam
 */
gint64 chorus_time_stretch_get_next (const ChorusTimeStretch *self);

/**
 * chorus_time_stretch_pull:
 * @self: a time stretch
 * @ratio: how many frames of the sound pass in a frame that is heard, above 0
 * @frames: (out caller-allocates): float[piece * channels]
 *
 * Writes the next piece.
 *
 * Returns: whether the sound could be read
 */
gboolean chorus_time_stretch_pull (ChorusTimeStretch *self,
                                   double             ratio,
                                   float             *frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTimeStretch, chorus_time_stretch_free)

G_END_DECLS
