/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-playback-treatment.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * chorus_playback_peak_is_quick:
 * @source: a recording
 * @first_frame: the first frame of a span
 * @end_frame: the frame after the last one, above @first_frame
 * @treatment: what is done to it
 *
 * Returns: whether the peak is found so soon, within a tenth of a second or so, that playing may wait for it
 */
gboolean chorus_playback_peak_is_quick (ChorusSampleSource            *source,
                                        guint64                        first_frame,
                                        guint64                        end_frame,
                                        const ChorusPlaybackTreatment *treatment);

/**
 * chorus_playback_peak_find_gain:
 * @source: a recording
 * @first_frame: the first frame of a span
 * @end_frame: the frame after the last one, above @first_frame
 * @treatment: what is done to it
 * @cancellable: (nullable): to give up
 *
 * Finds the linear gain that brings the greatest amplitude in the span, after the choice of channels, the band-pass and
 * the heterodyne, to -1 dBFS. Blocks: call it on a worker. It takes some seconds at the most: of a span that would take
 * longer, pieces spread evenly over all of it are looked at, and a peak between them is left to the limiter.
 *
 * Returns: a gain of at most 60 dB; 1 for silence, and where the recording cannot be read
 */
double chorus_playback_peak_find_gain (ChorusSampleSource            *source,
                                       guint64                        first_frame,
                                       guint64                        end_frame,
                                       const ChorusPlaybackTreatment *treatment,
                                       GCancellable                  *cancellable);

G_END_DECLS
