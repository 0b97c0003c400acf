/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What files that are saved from a recording are called. */

#pragma once

#include <gio/gio.h>

#include "chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * chorus_clip_name_new:
 * @recorded: (nullable): when the recording began
 * @recording: (nullable): what the recording is called; used where its time is not known
 * @start: where the clip begins, in seconds from the start of the recording
 * @species: (nullable): what is heard in it; any bytes
 * @confidence: 0 to 1, or NaN
 * @extension: such as "wav"
 *
 * Makes a name such as "20250604_050112 Malabar whistling thrush 0.93.wav", which tools that read the time from names
 * understand, or "REC0001 0h01m12s.wav" where the time is not known. The same arguments always make the same name.
 *
 * The texts are data: what has a meaning in paths on any system becomes a hyphen, and the name is never longer than 200
 * bytes, hidden, empty, or one that Windows keeps for itself.
 *
 * Returns: (transfer full): the name of a file, without folders, valid UTF-8
 */
char *chorus_clip_name_new (const ChorusRecordingTime *recorded,
                            const char                *recording,
                            double                     start,
                            const char                *species,
                            double                     confidence,
                            const char                *extension) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_name_new_stem:
 * @recording: (nullable): the name of the file of a recording; any bytes
 *
 * Makes what the names of files that belong to a recording begin with, such as "20250604_050000" for "20250604_050000.WAV".
 * As safe as [func@clip_name_new], and never longer than 180 bytes.
 *
 * Returns: (transfer full): the beginning of a name, valid UTF-8, never empty
 */
char *chorus_clip_name_new_stem (const char *recording) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_name_make_safe:
 * @text: (nullable): any bytes
 *
 * Makes a name for a file or folder of a text: what has a meaning in paths on any system becomes a hyphen, and the name is
 * never longer than 181 bytes, hidden, empty, or one that Windows keeps for itself.
 *
 * Returns: (transfer full): a name, valid UTF-8
 */
char *chorus_clip_name_make_safe (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_name_make_unique:
 * @folder: a folder
 * @name: the name of a file, as [func@clip_name_new] makes them
 *
 * Blocks for as long as the file system does.
 *
 * Returns: (transfer full): @folder/@name, or "name (2).wav" and so on where there is such a file already
 */
GFile *chorus_clip_name_make_unique (GFile      *folder,
                                     const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
