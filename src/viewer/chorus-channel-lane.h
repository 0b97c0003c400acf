/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-spectrogram-view.h"
#include "chorus-waveform-view.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CHANNEL_LANE (chorus_channel_lane_get_type ())

/**
 * ChorusChannelLane:
 *
 * One of several channels that are shown above one another: its waveform and spectrogram, its name and its frequencies
 * beside them.
 */
G_DECLARE_FINAL_TYPE (ChorusChannelLane, chorus_channel_lane, CHORUS, CHANNEL_LANE, GtkWidget)

/**
 * chorus_channel_lane_new:
 * @session: what is shown
 * @channel: the channel, counted from 0
 * @margins: a horizontal size group for what stands left of plots
 *
 * Returns: (transfer floating): a lane
 */
GtkWidget *chorus_channel_lane_new (ChorusViewSession *session,
                                    guint              channel,
                                    GtkSizeGroup      *margins) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_channel_lane_get_waveform:
 * @self: a lane
 *
 * Returns: (transfer none): its waveform
 */
ChorusWaveformView *chorus_channel_lane_get_waveform (ChorusChannelLane *self);

/**
 * chorus_channel_lane_get_spectrogram:
 * @self: a lane
 *
 * Returns: (transfer none): its spectrogram
 */
ChorusSpectrogramView *chorus_channel_lane_get_spectrogram (ChorusChannelLane *self);

G_END_DECLS
