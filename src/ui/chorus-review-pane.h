/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "timeline/chorus-clip-loader.h"
#include "viewer/chorus-recording-view.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_REVIEW_PANE (chorus_review_pane_get_type ())

/**
 * ChorusReviewPane:
 *
 * One detection after another, large: each in the view of its recording, which stays as it is set from one to the next.
 *
 * With the focus on the pane itself the arrows activate "review.confirm", "review.reject", "review.skip" and
 * "review.previous" of whatever the pane is in.
 */
G_DECLARE_FINAL_TYPE (ChorusReviewPane, chorus_review_pane, CHORUS, REVIEW_PANE, AdwBin)

/**
 * chorus_review_pane_set_sources:
 * @self: a pane
 * @library: (nullable): where recordings are found
 * @loader: (nullable): opens recordings that are on this computer; %NULL if and only if @library is
 */
void chorus_review_pane_set_sources (ChorusReviewPane *self,
                                     ChorusLibrary    *library,
                                     ChorusClipLoader *loader);

/**
 * chorus_review_pane_show:
 * @self: a pane
 * @detection: (nullable): what to look at
 * @play: whether to play it as soon as it can be heard
 *
 * Shows a detection, with what is around it. Audio that is not on this computer is downloaded.
 */
void chorus_review_pane_show (ChorusReviewPane *self,
                              ChorusDetection  *detection,
                              gboolean          play);

ChorusDetection *chorus_review_pane_get_detection (ChorusReviewPane *self);
ChorusRecordingView *chorus_review_pane_get_view (ChorusReviewPane *self);

/**
 * chorus_review_pane_get_recording_id:
 * @self: a pane
 *
 * Returns: the row of the recording that is shown, or 0 while none is
 */
gint64 chorus_review_pane_get_recording_id (ChorusReviewPane *self);

/**
 * chorus_review_pane_reload_detections:
 * @self: a pane
 *
 * Draws the detections of the recording as the store has them now.
 */
void chorus_review_pane_reload_detections (ChorusReviewPane *self);

/**
 * chorus_review_pane_toggle_play:
 * @self: a pane
 *
 * Stops what plays, or plays the detection.
 */
void chorus_review_pane_toggle_play (ChorusReviewPane *self);

G_END_DECLS
