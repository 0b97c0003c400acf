/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-frequency-band.h"
#include "dsp/chorus-stft.h"

G_BEGIN_DECLS

#define CHORUS_LEVEL_SURVEY_STEPS 256

/**
 * chorus_level_survey_run:
 * @source: the samples
 * @channels: (array length=n_channels): of which channels, or %CHORUS_CHANNEL_MIX
 * @n_channels: how many, at least 1
 * @params: how levels are computed
 * @band: (nullable): the frequencies that matter, in Hz, or %NULL for all
 * @histogram: (out caller-allocates): guint64[%CHORUS_LEVEL_SURVEY_STEPS], how often each 8-bit level occurs
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Counts the levels of short stretches spread evenly over a recording, of all @channels together. Blocks: call it on a
 * worker. The time it takes does not grow with the length of the recording.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_level_survey_run (ChorusSampleSource         *source,
                                  const int                  *channels,
                                  guint                       n_channels,
                                  const ChorusStftParams     *params,
                                  const ChorusFrequencyBand  *band,
                                  guint64                    *histogram,
                                  GCancellable               *cancellable,
                                  GError                    **error);

/**
 * chorus_level_survey_choose:
 * @histogram: guint64[%CHORUS_LEVEL_SURVEY_STEPS]
 * @low_db: (out): the level for the dark end, in dBFS
 * @high_db: (out): the level for the bright end, in dBFS
 *
 * Chooses a range in which the background is dark but not black, and the loudest sound bright but not cut: from the
 * a little above the median of the levels to just above the loudest of ten thousand. Digital silence does not count.
 *
 * Returns: %FALSE when there is nothing but silence, and the range is an ordinary one
 */
gboolean chorus_level_survey_choose (const guint64 *histogram,
                                     double        *low_db,
                                     double        *high_db);

G_END_DECLS
