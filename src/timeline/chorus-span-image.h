/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A span of a recording painted in one go, exactly, whatever is on the screen. Pure functions that block: for workers. */

#pragma once

#include "audio/chorus-sample-source.h"

#include "chorus-image.h"
#include "chorus-level-background.h"

G_BEGIN_DECLS

/**
 * ChorusSpanProgress:
 * @fraction: how much is done, 0 to 1
 * @user_data: what was given with the function
 *
 * Called now and then in the thread that paints.
 */
typedef void (*ChorusSpanProgress) (double fraction, gpointer user_data);

/**
 * chorus_span_image_paint:
 * @source: the samples
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 * @params: how levels are computed
 * @view: the magnification
 * @background: (nullable): what to take away from levels
 * @first_column: the first column, not below 0
 * @n_columns: how many columns, at least 1
 * @progress: (nullable) (scope call): how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location for an error of reading @source
 *
 * Computes every tile that the columns need and paints them as [func@image_paint] does. Uses a few tiles at a time, so
 * that memory does not grow with the span.
 *
 * Returns: (transfer full): guint8[height of @view * @n_columns] levels, from the top row down; or %NULL with @error set
 */
guint8 *chorus_span_image_paint (ChorusSampleSource      *source,
                                 int                      channel,
                                 const ChorusStftParams  *params,
                                 const ChorusImageView   *view,
                                 ChorusLevelBackground   *background,
                                 guint64                  first_column,
                                 guint                    n_columns,
                                 ChorusSpanProgress       progress,
                                 gpointer                 progress_data,
                                 GCancellable            *cancellable,
                                 GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_span_peaks_compute:
 * @source: the samples
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 * @start: the first sample
 * @samples_per_column: how many samples a column covers, above 0
 * @columns: (out caller-allocates): ChorusPeak[@n_columns]
 * @n_columns: how many columns
 * @cancellable: (nullable): to give up
 * @error: return location for an error of reading @source
 *
 * Finds the extent of the waveform in each column: of all samples that begin in it, or of the one at its beginning where
 * it is shorter than a sample. Beyond the end there is silence.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_span_peaks_compute (ChorusSampleSource  *source,
                                    int                  channel,
                                    double               start,
                                    double               samples_per_column,
                                    ChorusPeak          *columns,
                                    guint                n_columns,
                                    GCancellable        *cancellable,
                                    GError             **error);

G_END_DECLS
