/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * ChorusPlaybackFeed:
 *
 * Hands the samples of a span to an appsrc. GStreamer's streaming thread asks for them; everything else is called on
 * the thread that owns the pipeline, and a span is set only while no streaming thread runs.
 */
typedef struct _ChorusPlaybackFeed ChorusPlaybackFeed;

/**
 * chorus_playback_feed_new:
 *
 * Returns: (transfer full): a feed without a span
 */
ChorusPlaybackFeed *chorus_playback_feed_new (void);

/**
 * chorus_playback_feed_free:
 * @self: (transfer full) (nullable): a feed whose pipeline is gone
 */
void chorus_playback_feed_free (ChorusPlaybackFeed *self);

/**
 * chorus_playback_feed_connect:
 * @self: a feed
 * @appsrc: an appsrc whose format is time; must be gone before @self
 *
 * Answers whatever @appsrc asks for from now on.
 */
void chorus_playback_feed_connect (ChorusPlaybackFeed *self,
                                   GstAppSrc          *appsrc);

/**
 * chorus_playback_feed_set_span:
 * @self: a feed
 * @source: (nullable): where the samples come from, or %NULL for none
 * @first_frame: the first frame to play
 * @end_frame: the frame to stop before
 *
 * Sets what is played next, from time 0 of the pipeline on.
 */
void chorus_playback_feed_set_span (ChorusPlaybackFeed *self,
                                    ChorusSampleSource *source,
                                    guint64             first_frame,
                                    guint64             end_frame);

/**
 * chorus_playback_feed_has_span:
 * @self: a feed
 *
 * Returns: whether a span is set
 */
gboolean chorus_playback_feed_has_span (ChorusPlaybackFeed *self);

/**
 * chorus_playback_feed_dup_caps:
 * @self: a feed with a span
 *
 * Returns: (transfer full): the form in which the samples come
 */
GstCaps *chorus_playback_feed_dup_caps (ChorusPlaybackFeed *self);

/**
 * chorus_playback_feed_get_frame:
 * @self: a feed with a span
 * @position: a position of the pipeline
 *
 * Returns: the frame that is heard at @position, with its fraction, within the span
 */
double chorus_playback_feed_get_frame (ChorusPlaybackFeed *self,
                                       GstClockTime        position);

/**
 * chorus_playback_feed_dup_failure:
 * @self: a feed
 *
 * Returns: (transfer full) (nullable): the sentence that says why the samples ended before the span did
 */
char *chorus_playback_feed_dup_failure (ChorusPlaybackFeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPlaybackFeed, chorus_playback_feed_free)

G_END_DECLS
