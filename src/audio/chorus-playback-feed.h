/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "chorus-playback-stream.h"

G_BEGIN_DECLS

/**
 * ChorusPlaybackFeed:
 *
 * Hands what a [struct@PlaybackStream] makes of a span to an appsrc, and knows what is heard when. GStreamer's streaming
 * thread asks for samples; everything else is called on the thread that owns the pipeline, and a span is set only while
 * no streaming thread runs.
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
 * @source: where the samples come from
 * @span: what to play of it
 * @treatment: what to do to it
 * @normal_gain: linear gain that normalizing asks for
 * @fade_in: whether this goes on where [method@PlaybackFeed.get_left] said
 *
 * Sets what is played next, from time 0 of the pipeline on.
 */
void chorus_playback_feed_set_span (ChorusPlaybackFeed            *self,
                                    ChorusSampleSource            *source,
                                    const ChorusPlaybackSpan      *span,
                                    const ChorusPlaybackTreatment *treatment,
                                    double                         normal_gain,
                                    gboolean                       fade_in);

/**
 * chorus_playback_feed_clear:
 * @self: a feed
 *
 * Lets go of the span.
 */
void chorus_playback_feed_clear (ChorusPlaybackFeed *self);

/**
 * chorus_playback_feed_set_treatment:
 * @self: a feed with a span
 * @treatment: what to do to it
 * @normal_gain: linear gain that normalizing asks for
 *
 * Goes on with @treatment. Where it asks for another rate, the samples end soon, and [method@PlaybackFeed.get_left]
 * says where they have to go on with it.
 */
void chorus_playback_feed_set_treatment (ChorusPlaybackFeed            *self,
                                         const ChorusPlaybackTreatment *treatment,
                                         double                         normal_gain);

/**
 * chorus_playback_feed_get_left:
 * @self: a feed whose samples have ended
 * @frame: (out): the frame of the recording to go on with
 *
 * Returns: whether they ended only for the sake of another rate
 */
gboolean chorus_playback_feed_get_left (ChorusPlaybackFeed *self,
                                        guint64            *frame);

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
 * Returns: the frame of the recording that is heard at @position, with its fraction, within the span
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
