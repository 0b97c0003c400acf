/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "upload/chorus-upload-queue.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_BACKGROUND (chorus_background_get_type ())

/**
 * ChorusBackground:
 *
 * Looks after uploads when nobody looks at them: keeps the computer awake while something is sent, asks before the window
 * is closed on them or goes on without it, and tells when they are done.
 *
 * While the window is hidden the application is held until nothing is left to send, and then ends.
 */
G_DECLARE_FINAL_TYPE (ChorusBackground, chorus_background, CHORUS, BACKGROUND, GObject)

/**
 * chorus_background_new:
 * @application: the application, which outlives the object
 * @settings: the settings of the application
 *
 * Returns: (transfer full): a new object that has nothing to do
 */
ChorusBackground *chorus_background_new (GtkApplication *application,
                                         GSettings      *settings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_background_set_window:
 * @self: a background
 * @window: the window of the application; its wish to close is asked about from now on
 */
void chorus_background_set_window (ChorusBackground *self,
                                   GtkWindow        *window);

/**
 * chorus_background_set_queue:
 * @self: a background
 * @queue: (nullable): the uploads
 */
void chorus_background_set_queue (ChorusBackground  *self,
                                  ChorusUploadQueue *queue);

/**
 * chorus_background_window_shown:
 * @self: a background
 *
 * Tells that the window is presented: nothing goes on behind it any more, and what was told is known.
 */
void chorus_background_window_shown (ChorusBackground *self);

G_END_DECLS
