/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a selection off the main thread, and puts what was measured into words and tables. */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-frequency-band.h"
#include "core/chorus-time-span.h"
#include "dsp/chorus-selection-meter.h"

G_BEGIN_DECLS

/**
 * chorus_selection_measure_async:
 * @source: the samples
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 * @span: what is selected, in seconds
 * @band: (nullable): the frequencies that are selected, in Hz, or %NULL for all
 * @params: the transform, as the spectrogram has it
 * @cancellable: (nullable): to give up
 * @callback: called when it has been measured
 * @user_data: passed to @callback
 *
 * Measures a selection with what surrounds it: half its length before and after, but no less than 0.1 s and no more than
 * 2 s, as far as the recording goes. Memory use does not grow with the length.
 */
void chorus_selection_measure_async (ChorusSampleSource        *source,
                                     int                        channel,
                                     const ChorusTimeSpan      *span,
                                     const ChorusFrequencyBand *band,
                                     const ChorusStftParams    *params,
                                     GCancellable              *cancellable,
                                     GAsyncReadyCallback        callback,
                                     gpointer                   user_data);

/**
 * chorus_selection_measure_finish:
 * @result: what the callback was given
 * @measurements: (out): what was measured; its times are seconds from the beginning of the selection
 * @error: return location for an error of `CHORUS_AUDIO_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_selection_measure_finish (GAsyncResult                 *result,
                                          ChorusSelectionMeasurements  *measurements,
                                          GError                      **error);

/**
 * chorus_selection_measure_to_table:
 * @measurements: what was measured
 * @begin: where the selection begins in the recording, in seconds
 * @channel: the channel, counted from 0, or %CHORUS_CHANNEL_MIX, which is written down as the first
 * @path: (nullable) (type filename): where the recording is
 *
 * Writes a Raven selection table of one row: a line of column names and a line of values, both ended, in UTF-8, the
 * columns separated by tabs, numbers with a decimal point whatever the locale. It opens in Raven as a selection table
 * and as a sound selection table. What could not be measured is left empty.
 *
 * Source of the names: Raven Pro 1.6, selection tables; the levels are in columns of our own, because theirs have
 * another reference.
 *
 * Returns: (transfer full): the table
 */
char *chorus_selection_measure_to_table (const ChorusSelectionMeasurements *measurements,
                                         double                             begin,
                                         int                                channel,
                                         const char                        *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
