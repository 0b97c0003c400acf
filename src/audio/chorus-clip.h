/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/chorus-recording-time.h"

#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * ChorusClip:
 * @source: the recording
 * @first_frame: the first frame of what is wanted
 * @end_frame: the frame after the last of what is wanted
 * @padding: how much is kept on either side of it, in seconds
 * @recorded: (nullable): when the recording began
 * @original_name: (nullable): the name of the file of the recording, without folders
 * @species_auto_id: (nullable): what a machine heard in the clip
 * @species_manual_id: (nullable): what a person heard in it
 * @note: (nullable): whatever else there is to say
 *
 * A piece of a recording that is to be a file of its own, and what is known about it. The texts are data: any bytes.
 */
typedef struct
{
  ChorusSampleSource *source;
  guint64 first_frame;
  guint64 end_frame;
  double padding;
  ChorusRecordingTime *recorded;
  char *original_name;
  char *species_auto_id;
  char *species_manual_id;
  char *note;
} ChorusClip;

/**
 * chorus_clip_new:
 * @source: the recording
 * @first_frame: the first frame
 * @end_frame: the frame after the last
 *
 * Returns: (transfer full): a clip about which nothing is known yet; set its fields to copies
 */
ChorusClip *chorus_clip_new (ChorusSampleSource *source,
                             guint64             first_frame,
                             guint64             end_frame) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_new_for_span:
 * @source: the recording
 * @start: seconds
 * @end: seconds
 *
 * Makes a clip of the frames that @start and @end are nearest to, at least one.
 *
 * Returns: (transfer full): a clip about which nothing is known yet; set its fields to copies
 */
ChorusClip *chorus_clip_new_for_span (ChorusSampleSource *source,
                                      double              start,
                                      double              end) G_GNUC_WARN_UNUSED_RESULT;

void chorus_clip_free (ChorusClip *self);

/**
 * chorus_clip_get_extent:
 * @self: a clip
 * @first_frame: (out): the first frame of the file
 * @n_frames: (out): how many frames it has
 *
 * Finds what the clip covers with its padding, as far as there is a recording.
 */
void chorus_clip_get_extent (const ChorusClip *self,
                             guint64          *first_frame,
                             guint64          *n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusClip, chorus_clip_free)

G_END_DECLS
