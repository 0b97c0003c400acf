/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIPS_WRITER (chorus_clips_writer_get_type ())

/**
 * ChorusClipsWriter:
 *
 * Writes a clip of each detection that was not rejected, all into one folder, called as clips are that are saved one by
 * one: see [func@clip_name_new]. The target is the folder.
 *
 * Recordings that are not on this computer, or cannot be read, are left out. Implements [iface@ExportRemarks].
 */
G_DECLARE_FINAL_TYPE (ChorusClipsWriter, chorus_clips_writer, CHORUS, CLIPS_WRITER, ChorusExportWriter)

/**
 * ChorusClipsOptions:
 * @padding: how much is kept on either side of a detection, in seconds
 * @with_rejected: whether those that were rejected are written as well
 */
typedef struct
{
  double padding;
  gboolean with_rejected;
} ChorusClipsOptions;

/**
 * chorus_clips_writer_new:
 * @options: (nullable): how to write; %NULL for a second on either side
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_clips_writer_new (const ChorusClipsOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
