/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-library.h"
#include "review/chorus-review.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RECORDING_PANE (chorus_recording_pane_get_type ())

/**
 * ChorusRecordingPane:
 *
 * An opened recording: what it looks and sounds like, and its detections to review.
 *
 * Actions of the widget: "review.confirm", "review.reject", "review.uncertain", "review.clear", "review.relabel",
 * "review.note", "review.star", "review.add", "review.undo", "review.redo", "review.next", "review.previous"; and
 * "review.favorite" with the number of one.
 */
G_DECLARE_FINAL_TYPE (ChorusRecordingPane, chorus_recording_pane, CHORUS, RECORDING_PANE, AdwBin)

/**
 * chorus_recording_pane_get_recording:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): the opened recording
 */
ChorusRecording *chorus_recording_pane_get_recording (ChorusRecordingPane *self);

/**
 * chorus_recording_pane_open:
 * @self: a pane
 * @library: (nullable): the library of @recording; only with a recording
 * @review: (nullable): keeps the verdicts
 * @recording: (nullable): the recording to open, or %NULL to close
 *
 * Opens a recording. Its audio and detections appear as they arrive; what goes wrong is said in their place.
 */
void chorus_recording_pane_open (ChorusRecordingPane *self,
                                 ChorusLibrary       *library,
                                 ChorusReview        *review,
                                 ChorusRecording     *recording);

/**
 * chorus_recording_pane_set_whole_page:
 * @self: a pane
 * @whole_page: whether nothing else is on the page
 *
 * Tells the pane what its button should say.
 */
void chorus_recording_pane_set_whole_page (ChorusRecordingPane *self,
                                           gboolean             whole_page);

/**
 * chorus_recording_pane_focus_review:
 * @self: a pane
 *
 * Gives the keyboard to the detections, so that one key is one verdict.
 */
void chorus_recording_pane_focus_review (ChorusRecordingPane *self);

G_END_DECLS
