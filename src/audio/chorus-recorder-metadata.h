/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"
#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * ChorusRecorderMetadata:
 * @times: (element-type ChorusRecordingTime): when the recording began, once for each format that says so; in order of
 *   trust: GUANO, WAMD, the comment of an AudioMoth, bext
 * @make: (nullable): who made the recorder
 * @model: (nullable): what it is
 * @serial: (nullable): which one it is
 * @time_expansion: how many times slower the file plays than it was recorded, at least 1
 * @has_position: whether the next two are known
 * @latitude: where it was recorded, in degrees north (WGS 84), -90 to 90
 * @longitude: the same, in degrees east, -180 to 180
 *
 * What the recorder wrote into a file about itself and the recording. All texts are data from a file, valid UTF-8, safe
 * to show on one line, at most 128 bytes long before what is unsafe in them is replaced.
 */
typedef struct
{
  GPtrArray *times;
  char *make;
  char *model;
  char *serial;
  double time_expansion;
  gboolean has_position;
  double latitude;
  double longitude;
} ChorusRecorderMetadata;

/**
 * chorus_recorder_metadata_read:
 * @file: a file
 * @error: return location for an error
 *
 * Reads what the recorder wrote into the chunks of a WAV, RF64 or BW64 file: `guan` (GUANO 1.0), `wamd` (Wildlife
 * Acoustics), `LIST`/`INFO` (AudioMoth) and `bext` (EBU Tech 3285), before the samples or after them. Other kinds of
 * files, and chunks that make no sense, say nothing; that is not an error. Reads at most 1 MiB of a chunk and 16 MiB of
 * a file, never the samples.
 *
 * Errors: %CHORUS_AUDIO_ERROR_UNREADABLE.
 *
 * Returns: (transfer full): what was found, perhaps nothing; or %NULL with @error set
 */
ChorusRecorderMetadata *chorus_recorder_metadata_read (const ChorusAudioFile  *file,
                                                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;

void chorus_recorder_metadata_free (ChorusRecorderMetadata *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRecorderMetadata, chorus_recorder_metadata_free)

G_END_DECLS
