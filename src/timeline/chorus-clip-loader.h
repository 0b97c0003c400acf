/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "library/chorus-detection.h"
#include "library/chorus-library.h"

#include "chorus-clip-painter.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIP_LOADER (chorus_clip_loader_get_type ())

/**
 * ChorusClipLoader:
 *
 * Pictures and samples of detections of many recordings.
 *
 * It finds the audio of each recording on this computer, keeps a few recordings open, paints on threads of its own and
 * keeps what was painted within a budget, what was not asked for longest going first. Nothing is ever downloaded. For the
 * main thread.
 */
G_DECLARE_FINAL_TYPE (ChorusClipLoader, chorus_clip_loader, CHORUS, CLIP_LOADER, GObject)

/**
 * ChorusClipLoader::changed:
 * @self: a loader
 *
 * Emitted when pictures that were loaded before are to be loaded again.
 */

/**
 * chorus_clip_loader_new:
 * @library: where recordings are found
 * @style: how pictures are drawn
 *
 * Returns: (transfer full): a loader
 */
ChorusClipLoader *chorus_clip_loader_new (ChorusLibrary         *library,
                                          const ChorusClipStyle *style) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_loader_set_style:
 * @self: a loader
 * @style: how pictures are drawn from now on
 */
void chorus_clip_loader_set_style (ChorusClipLoader      *self,
                                   const ChorusClipStyle *style);

/**
 * chorus_clip_loader_forget:
 * @self: a loader
 * @recording_id: the row of a recording
 *
 * Looks for the audio of a recording again, which was not there before.
 */
void chorus_clip_loader_forget (ChorusClipLoader *self,
                                gint64            recording_id);

/**
 * chorus_clip_loader_lookup:
 * @self: a loader
 * @detection: a detection
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer none) (nullable): its picture, where it is there already
 */
ChorusClipImage *chorus_clip_loader_lookup (ChorusClipLoader *self,
                                            ChorusDetection  *detection,
                                            guint             width,
                                            guint             height);

/**
 * chorus_clip_loader_load_async:
 * @self: a loader
 * @detection: a detection
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 *
 * Has a picture of a detection, with what is around it, see [func@clip_get_span].
 */
void chorus_clip_loader_load_async (ChorusClipLoader    *self,
                                    ChorusDetection     *detection,
                                    guint                width,
                                    guint                height,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/**
 * chorus_clip_loader_load_finish:
 * @self: a loader
 * @result: what the callback got
 * @error: return location for an error; %CHORUS_LIBRARY_ERROR_NO_AUDIO where the recording is not on this computer
 *
 * Returns: (transfer full) (nullable): the picture
 */
ChorusClipImage *chorus_clip_loader_load_finish (ChorusClipLoader  *self,
                                                 GAsyncResult      *result,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_loader_open_async:
 * @self: a loader
 * @recording_id: the row of a recording
 *
 * Opens a recording for reading by sample, or has the one that is open.
 */
void chorus_clip_loader_open_async (ChorusClipLoader    *self,
                                    gint64               recording_id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
ChorusSampleSource *chorus_clip_loader_open_finish (ChorusClipLoader  *self,
                                                    GAsyncResult      *result,
                                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
