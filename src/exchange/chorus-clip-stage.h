/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-clip.h"
#include "library/chorus-result.h"

G_BEGIN_DECLS

/**
 * ChorusClipStage:
 *
 * Clips of detections on their way into a folder. They are written into a hidden folder beside their places, and get there
 * all together once they are whole; without that, nothing of them is left. What is in the folder already stays as it is: a
 * clip whose name is taken gets another. To be used in one thread at a time; every function blocks for as long as the disk
 * and the decoder do.
 *
 * Recordings that are not on this computer, or cannot be read, are no error: they are counted, and said.
 */
typedef struct _ChorusClipStage ChorusClipStage;

/**
 * chorus_clip_stage_create:
 * @folder: the folder that receives the clips, and is there
 * @error: return location for an error
 *
 * Returns: (transfer full): a stage, or %NULL with @error in %G_IO_ERROR set
 */
ChorusClipStage *chorus_clip_stage_create (GFile   *folder,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_stage_free:
 * @self: (transfer full) (nullable): a stage
 *
 * Removes what was written unless [method@ClipStage.finish] has been called.
 */
void chorus_clip_stage_free (ChorusClipStage *self);

/**
 * chorus_clip_stage_open:
 * @self: a stage
 * @result: a recording
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Opens the file of a recording.
 *
 * Returns: (transfer full) (nullable): its samples, or %NULL: without @error where there is no file or it cannot be read,
 *   which is then among the remarks
 */
ChorusSampleSource *chorus_clip_stage_open (ChorusClipStage     *self,
                                            const ChorusResult  *result,
                                            GCancellable        *cancellable,
                                            GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_stage_check:
 * @self: a stage
 * @source: the samples of a recording
 * @result: the recording
 * @detection: a detection in it
 *
 * Finds out whether a detection is within the file, which may be another than the one that was analyzed; where it is not,
 * that is among the remarks.
 *
 * Returns: whether there is a clip of it
 */
gboolean chorus_clip_stage_check (ChorusClipStage             *self,
                                  ChorusSampleSource          *source,
                                  const ChorusResult          *result,
                                  const ChorusResultDetection *detection);

/**
 * chorus_clip_stage_make_clip:
 * @source: the samples of a recording
 * @result: the recording
 * @detection: a detection in it
 * @padding: how much is kept on either side, in seconds
 *
 * Returns: (transfer full): a clip that says of itself what it is
 */
ChorusClip *chorus_clip_stage_make_clip (ChorusSampleSource          *source,
                                         const ChorusResult          *result,
                                         const ChorusResultDetection *detection,
                                         double                       padding) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_stage_write:
 * @self: a stage
 * @clip: a clip
 * @subfolder: (nullable): the folder in the folder that gets it, made of safe names and slashes
 * @name: its name, which is safe; where another clip has it, whatever the case of its letters, a number is added
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Writes a clip. A recording that turns out not to be readable there is no error.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_clip_stage_write (ChorusClipStage   *self,
                                  const ChorusClip  *clip,
                                  const char        *subfolder,
                                  const char        *name,
                                  GCancellable      *cancellable,
                                  GError           **error);

/**
 * chorus_clip_stage_finish:
 * @self: a stage
 * @error: return location for an error
 *
 * Puts all clips to their places, or none.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_clip_stage_finish (ChorusClipStage  *self,
                                   GError          **error);

/**
 * chorus_clip_stage_dup_remarks:
 * @self: (nullable): a stage
 *
 * Returns: (transfer full) (array zero-terminated=1): sentences about what is missing
 */
char **chorus_clip_stage_dup_remarks (const ChorusClipStage *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusClipStage, chorus_clip_stage_free)

G_END_DECLS
