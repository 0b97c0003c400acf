/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-frequency-band.h"
#include "dsp/chorus-median-background.h"
#include "dsp/chorus-level-tile.h"

G_BEGIN_DECLS

/* What is added to dB above the background to find the dBFS that stand for the same 8-bit level. */
#define CHORUS_LEVEL_BACKGROUND_SHIFT_DB (CHORUS_LEVEL_FLOOR_DB - CHORUS_MEDIAN_BACKGROUND_FLOOR_DB)

/**
 * ChorusLevelBackground:
 * @source: the recording it is of
 * @channel: the channel it is of, or %CHORUS_CHANNEL_MIX, or less for all of them together
 * @params: the transform it is of
 * @low_db: a good level for the dark end of a color map, in dB above the background
 * @high_db: a good level for the bright end of a color map, in dB above the background
 *
 * The background of a recording at every zoom. Immutable and counted; may be used from any thread.
 */
typedef struct
{
  ChorusSampleSource *source;
  int channel;
  ChorusStftParams params;
  double low_db;
  double high_db;
  /*< private >*/
  guint8 *levels;
} ChorusLevelBackground;

/**
 * chorus_level_background_survey:
 * @source: the samples
 * @channel: a channel, or %CHORUS_CHANNEL_MIX, or less for all of them together
 * @params: how levels are computed
 * @band: the frequencies that matter for the range, in Hz
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Finds the background from short stretches spread evenly over the recording, and over its channels where it is for all of
 * them. Blocks: call it on a worker. The time it takes does not grow with the length of the recording.
 *
 * Returns: (transfer full): the background, or %NULL with @error set
 */
ChorusLevelBackground *chorus_level_background_survey (ChorusSampleSource         *source,
                                                       int                         channel,
                                                       const ChorusStftParams     *params,
                                                       const ChorusFrequencyBand  *band,
                                                       GCancellable               *cancellable,
                                                       GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_level_background_get:
 * @self: a background
 * @level: a level of tiles
 *
 * Returns: (transfer none): the background of each bin in tiles of @level, for chorus_median_background_subtract()
 */
const guint8 *chorus_level_background_get (const ChorusLevelBackground *self,
                                           int                          level);

ChorusLevelBackground *chorus_level_background_ref (ChorusLevelBackground *self);

void chorus_level_background_unref (ChorusLevelBackground *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusLevelBackground, chorus_level_background_unref)

G_END_DECLS
