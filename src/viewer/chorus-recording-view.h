/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "audio/chorus-player.h"
#include "library/chorus-detection.h"
#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RECORDING_VIEW (chorus_recording_view_get_type ())

/**
 * ChorusRecordingView:
 *
 * A recording to look at and listen to: overview, waveform, spectrogram with its axes and detections, and one row to
 * play it.
 *
 * Properties: "session" (ChorusViewSession, read-only, never %NULL), "player" (ChorusPlayer, read-only, never %NULL),
 * "detections" (GListModel of ChorusDetection), "selected-detection" (ChorusDetection), "looping" (boolean), "band-limited"
 * (boolean),
 * "problem" (string, read-only), "recording-name" (string).
 *
 * Actions of the widget, all without parameter: "viewer.play", "viewer.previous-detection", "viewer.next-detection",
 * "viewer.zoom-in", "viewer.zoom-out", "viewer.fit", "viewer.show-selection", "viewer.back", "viewer.clear-selection",
 * "viewer.clock-time", "viewer.save-clip", "viewer.save-all-clips", "viewer.save-figure", and with state "viewer.loop".
 *
 * The space bar plays and pauses wherever the focus is within the view.
 */
G_DECLARE_FINAL_TYPE (ChorusRecordingView, chorus_recording_view, CHORUS, RECORDING_VIEW, GtkWidget)

/**
 * chorus_recording_view_new:
 *
 * Returns: a view of nothing yet
 */
GtkWidget *chorus_recording_view_new (void);

/**
 * chorus_recording_view_get_session:
 * @self: a recording view
 *
 * Returns: (transfer none): what is shown and how; set its "source" and "recorded" to show a recording
 */
ChorusViewSession *chorus_recording_view_get_session (ChorusRecordingView *self);

/**
 * chorus_recording_view_get_player:
 * @self: a recording view
 *
 * Returns: (transfer none): plays the session's source
 */
ChorusPlayer *chorus_recording_view_get_player (ChorusRecordingView *self);

/**
 * chorus_recording_view_get_detections:
 * @self: a recording view
 *
 * Returns: (transfer none) (nullable): the detections that are drawn
 */
GListModel *chorus_recording_view_get_detections (ChorusRecordingView *self);

/**
 * chorus_recording_view_set_detections:
 * @self: a recording view
 * @detections: (nullable): a list of [class@Detection], in any order
 *
 * Draws @detections, and follows every change of the list and of the detections.
 */
void chorus_recording_view_set_detections (ChorusRecordingView *self,
                                           GListModel          *detections);

/**
 * chorus_recording_view_get_selected_detection:
 * @self: a recording view
 *
 * Returns: (transfer none) (nullable): the detection that is looked at
 */
ChorusDetection *chorus_recording_view_get_selected_detection (ChorusRecordingView *self);

/**
 * chorus_recording_view_set_selected_detection:
 * @self: a recording view
 * @detection: (nullable): a detection
 *
 * Selects @detection and brings it into view, without playing it.
 */
void chorus_recording_view_set_selected_detection (ChorusRecordingView *self,
                                                   ChorusDetection     *detection);

/**
 * chorus_recording_view_play_detection:
 * @self: a recording view
 * @detection: a detection
 *
 * Selects @detection, brings it into view and plays exactly its samples.
 */
void chorus_recording_view_play_detection (ChorusRecordingView *self,
                                           ChorusDetection     *detection);

/**
 * chorus_recording_view_toggle_play:
 * @self: a recording view
 *
 * Pauses when it plays. Otherwise plays the selection, where there is one, or on from the position.
 */
void chorus_recording_view_toggle_play (ChorusRecordingView *self);

/**
 * chorus_recording_view_get_recording_name:
 * @self: a recording view
 *
 * Returns: (transfer none) (nullable): the name of the file of the recording
 */
const char *chorus_recording_view_get_recording_name (ChorusRecordingView *self);

/**
 * chorus_recording_view_set_recording_name:
 * @self: a recording view
 * @name: (nullable): the name of the file of the recording
 *
 * Says what clips and figures of the recording are to say that they are from.
 */
void chorus_recording_view_set_recording_name (ChorusRecordingView *self,
                                               const char          *name);

/**
 * chorus_recording_view_set_path:
 * @self: a recording view
 * @path: (nullable) (type filename): where the recording is, for tables that name it
 */
void chorus_recording_view_set_path (ChorusRecordingView *self,
                                     const char          *path);

gboolean chorus_recording_view_get_looping (ChorusRecordingView *self);

void chorus_recording_view_set_looping (ChorusRecordingView *self,
                                        gboolean             looping);

/**
 * chorus_recording_view_get_band_limited:
 * @self: a recording view
 *
 * Returns: whether only the selected band, or that of the selected detection, is heard
 */
gboolean chorus_recording_view_get_band_limited (ChorusRecordingView *self);

void chorus_recording_view_set_band_limited (ChorusRecordingView *self,
                                             gboolean             band_limited);

/**
 * chorus_recording_view_get_problem:
 * @self: a recording view
 *
 * Returns: (transfer none) (nullable): a sentence that says what cannot be shown or played
 */
const char *chorus_recording_view_get_problem (ChorusRecordingView *self);

G_END_DECLS
