/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "timeline/chorus-view-session.h"

#include "chorus-save-bar.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SAVER (chorus_saver_get_type ())

/**
 * ChorusSaver:
 *
 * Saves what a recording view shows, as clips and figures: asks where, works on a worker, and says what came of it. One
 * thing at a time: what is begun while something is being saved takes its place.
 */
G_DECLARE_FINAL_TYPE (ChorusSaver, chorus_saver, CHORUS, SAVER, GObject)

/**
 * chorus_saver_new:
 * @owner: the widget that saves; must outlive the saver
 * @session: what it shows
 * @bar: where to say what is going on
 *
 * Returns: (transfer full): a saver
 */
ChorusSaver *chorus_saver_new (GtkWidget         *owner,
                               ChorusViewSession *session,
                               ChorusSaveBar     *bar) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_saver_set_recording_name:
 * @self: a saver
 * @name: (nullable): the name of the file of the recording
 */
void chorus_saver_set_recording_name (ChorusSaver *self,
                                      const char  *name);

/**
 * chorus_saver_set_detections:
 * @self: a saver
 * @detections: (nullable): a list of [class@Detection]
 */
void chorus_saver_set_detections (ChorusSaver *self,
                                  GListModel  *detections);

/**
 * chorus_saver_save_clip:
 * @self: a saver
 *
 * Saves the selection, else the selected detection with a second on either side, else what is visible.
 */
void chorus_saver_save_clip (ChorusSaver *self);

/**
 * chorus_saver_save_all_clips:
 * @self: a saver
 *
 * Saves a clip of each detection that was not rejected into a folder. Files that are there stay.
 */
void chorus_saver_save_all_clips (ChorusSaver *self);

/**
 * chorus_saver_save_figure:
 * @self: a saver
 *
 * Asks how a figure of what is visible, or of the selection, is to look, and saves it.
 */
void chorus_saver_save_figure (ChorusSaver *self);

/**
 * chorus_saver_create_content:
 * @self: a saver
 *
 * Returns: (transfer full) (nullable): what [method@Saver.save_clip] would save, for other programs; %NULL without a
 *   recording
 */
GdkContentProvider *chorus_saver_create_content (ChorusSaver *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
