/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-recording.h"
#include "review/chorus-review.h"

#include "chorus-verdict-bar.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_DETECTIONS_PANE (chorus_detections_pane_get_type ())

/**
 * ChorusDetectionsPane:
 *
 * The detections of one recording in the order of time, and the buttons that say something about the selected one.
 *
 * Properties: "selected-detection" (ChorusDetection), "minimum-confidence" (double, 0 to 1).
 */
G_DECLARE_FINAL_TYPE (ChorusDetectionsPane, chorus_detections_pane, CHORUS, DETECTIONS_PANE, AdwBin)

/**
 * ChorusDetectionsPane::play:
 * @self: the pane
 * @detection: what to play
 *
 * Emitted when a detection is clicked or activated.
 */

/**
 * chorus_detections_pane_set_detections:
 * @self: a pane
 * @recording: (nullable): the recording, for what to say when it has no detections
 * @detections: (nullable): a list of [class@Detection], in any order
 * @review: (nullable): keeps the verdicts
 *
 * Shows the detections of another recording. The first that has no verdict is selected.
 */
void chorus_detections_pane_set_detections (ChorusDetectionsPane *self,
                                            ChorusRecording      *recording,
                                            GListModel           *detections,
                                            ChorusReview         *review);

/**
 * chorus_detections_pane_get_selected_detection:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): the selected detection
 */
ChorusDetection *chorus_detections_pane_get_selected_detection (ChorusDetectionsPane *self);

/**
 * chorus_detections_pane_focus_list:
 * @self: a pane
 *
 * Gives the keyboard to the list.
 *
 * Returns: whether there is a detection to give it to
 */
gboolean chorus_detections_pane_focus_list (ChorusDetectionsPane *self);

/**
 * chorus_detections_pane_set_selected_detection:
 * @self: a pane
 * @detection: (nullable): the detection to select
 *
 * Selects a detection and scrolls to it. One that the slider hides is brought back by lowering the slider.
 */
void chorus_detections_pane_set_selected_detection (ChorusDetectionsPane *self,
                                                    ChorusDetection      *detection);

/**
 * chorus_detections_pane_select_relative:
 * @self: a pane
 * @step: 1 for the next detection in time, -1 for the previous one
 *
 * Selects a neighbor of the selected detection, where there is one.
 */
void chorus_detections_pane_select_relative (ChorusDetectionsPane *self,
                                             int                   step);

/**
 * chorus_detections_pane_give_verdict:
 * @self: a pane
 * @verdict: the verdict on the selected detection
 *
 * Gives a verdict and moves on to the next detection without one; %CHORUS_VERDICT_NONE takes a verdict back. It shows when
 * the store has it.
 */
void chorus_detections_pane_give_verdict (ChorusDetectionsPane *self,
                                          ChorusVerdict         verdict);

/**
 * chorus_detections_pane_advance:
 * @self: a pane
 *
 * Moves on to the next detection that has no verdict.
 */
void chorus_detections_pane_advance (ChorusDetectionsPane *self);

/**
 * chorus_detections_pane_select_id:
 * @self: a pane
 * @detection_id: the row of a detection
 *
 * Selects a detection, if the recording has it.
 */
void chorus_detections_pane_select_id (ChorusDetectionsPane *self,
                                       gint64                detection_id);

/**
 * chorus_detections_pane_take_state:
 * @self: a pane
 * @detection: a detection that something was said about, perhaps through another object than is shown here
 */
void chorus_detections_pane_take_state (ChorusDetectionsPane *self,
                                        ChorusDetection      *detection);

/**
 * chorus_detections_pane_undo:
 * @self: a pane
 *
 * Takes back what was said last and returns to its detection.
 */
void chorus_detections_pane_undo (ChorusDetectionsPane *self);

/**
 * chorus_detections_pane_redo:
 * @self: a pane
 *
 * Says again what was taken back last, and goes to its detection.
 */
void chorus_detections_pane_redo (ChorusDetectionsPane *self);

/**
 * chorus_detections_pane_get_verdict_bar:
 * @self: a pane
 *
 * Returns: (transfer none): the buttons, for popovers to point to
 */
ChorusVerdictBar *chorus_detections_pane_get_verdict_bar (ChorusDetectionsPane *self);

/**
 * chorus_detections_pane_show_error:
 * @self: a pane
 * @error: what went wrong
 *
 * Shows an error in its place, until the next verdict or recording.
 */
void chorus_detections_pane_show_error (ChorusDetectionsPane *self,
                                        const GError         *error);

G_END_DECLS
