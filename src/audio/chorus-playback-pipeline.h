/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * chorus_playback_pipeline_new:
 *
 * Makes a pipeline from an appsrc with the name "source" to an audio device: the one that the environment variable
 * `CHORUS_AUDIO_SINK` describes in the notation of gst-launch, or the desktop's default. A device is made to hold no
 * more than 60 ms, unless the description says how much.
 *
 * Returns: (transfer full) (nullable): the pipeline, or %NULL if a part of it is not installed
 */
GstElement *chorus_playback_pipeline_new (void);

/**
 * chorus_playback_pipeline_is_missing_device:
 * @message: a message from the bus of a pipeline
 *
 * Returns: whether @message says that there is no device; the automatic sink plays into nothing then
 */
gboolean chorus_playback_pipeline_is_missing_device (GstMessage *message);

G_END_DECLS
