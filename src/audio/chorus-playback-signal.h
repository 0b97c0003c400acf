/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-playback-treatment.h"
#include "chorus-sample-cache.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * ChorusPlaybackSignal:
 *
 * What a treatment makes of a recording before time is stretched and gain applied: the choice of channels, the band-pass
 * and the heterodyne. It is a function of the recording alone: the result at a frame depends on the samples around that
 * frame, also on those beyond the span that is played, and not on what was computed before. So it can be had in any
 * order, has no delay, and starts without a transient.
 *
 * The band-pass has edges that are a tenth of the band wide, or as wide as the low edge is high; 80 dB down beyond.
 *
 * The heterodyne multiplies with a cosine of twice the amplitude, whose phase is 0 at the first frame of the recording,
 * and lets up to 8 kHz pass (80 dB down from 12 kHz on). A tone of f Hz is heard at |f - frequency| Hz with its own
 * amplitude.
 */
typedef struct _ChorusPlaybackSignal ChorusPlaybackSignal;

/**
 * chorus_playback_signal_new:
 * @source: the recording
 * @treatment: what to make of it
 *
 * Returns: (transfer full): the signal
 */
ChorusPlaybackSignal *chorus_playback_signal_new (ChorusSampleSource            *source,
                                                  const ChorusPlaybackTreatment *treatment);

/**
 * chorus_playback_signal_free:
 * @self: (transfer full) (nullable): a signal
 */
void chorus_playback_signal_free (ChorusPlaybackSignal *self);

/**
 * chorus_playback_signal_get_source_channels:
 * @source: a recording
 *
 * Returns: the channels of every signal that is made of @source: two if it has two, otherwise one, for which of the
 *   loudspeakers more would belong to is not known
 */
guint chorus_playback_signal_get_source_channels (ChorusSampleSource *source);

/**
 * chorus_playback_signal_get_cost:
 * @self: a signal
 * @step: as for [method@PlaybackSignal.read]
 *
 * Returns: how many multiplications a result takes, roughly
 */
double chorus_playback_signal_get_cost (const ChorusPlaybackSignal *self,
                                        gsize                       step);

/**
 * chorus_playback_signal_read:
 * @self: a signal
 * @cache: reads the recording
 * @first: the frame of the recording that the first result belongs to, within the recording
 * @step: how many frames of the recording lie between a result and the next; 1 unless there is a heterodyne
 * @n_results: how many results
 * @results: (out caller-allocates): float[@n_results * channels]
 * @error: return location for an error
 *
 * Computes. Reads on the thread that calls.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_playback_signal_read (ChorusPlaybackSignal  *self,
                                      ChorusSampleCache     *cache,
                                      guint64                first,
                                      gsize                  step,
                                      gsize                  n_results,
                                      float                 *results,
                                      GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPlaybackSignal, chorus_playback_signal_free)

G_END_DECLS
