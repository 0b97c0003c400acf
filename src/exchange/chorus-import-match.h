/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-import.h"
#include "library/chorus-result.h"

G_BEGIN_DECLS

/**
 * ChorusImportMatch:
 *
 * Which recordings imported detections belong to. Immutable.
 */
typedef struct _ChorusImportMatch ChorusImportMatch;

/**
 * chorus_import_match_new:
 * @import: detections; must outlive the match
 * @recordings: (element-type ChorusResult): the recordings that they may belong to, each of which must outlive the match;
 *   their detections are not looked at
 *
 * Finds the recording of each detection, by the first of these that is true of any recording:
 *
 * 1. The id of the file at the service is the same.
 * 2. The path is the same or, where the table has a relative one, the end of it.
 * 3. The name of the file is the same, or else the same but for large and small letters.
 * 4. The same without the extension, or the name of the table says so where its rows name no file.
 * 5. It began at the same time, to the second: by what the table says or else by the name of the file. Where either of two
 *    times has no zone their clocks are compared.
 *
 * Where that is true of several, the deployment decides if the table names one that has just one of them. Otherwise nothing
 * is guessed: the detection belongs to none, and the reason says so. Nor does one belong that begins after its recording has
 * ended. Takes time in proportion to both numbers, and may run on any thread.
 *
 * Returns: (transfer full): what belongs where
 */
ChorusImportMatch *chorus_import_match_new (const ChorusImport *import,
                                            GPtrArray          *recordings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_import_match_free:
 * @self: (transfer full) (nullable): a match
 */
void chorus_import_match_free (ChorusImportMatch *self);

/**
 * chorus_import_match_get_recording:
 * @self: a match
 * @index: which detection, from 0
 *
 * Returns: (transfer none) (nullable): the recording that it belongs to
 */
const ChorusResult *chorus_import_match_get_recording (const ChorusImportMatch *self,
                                                       guint                    index);

/**
 * chorus_import_match_get_reason:
 * @self: a match
 * @index: which detection, from 0
 *
 * Returns: (transfer none) (nullable): why it belongs to no recording, a sentence, or %NULL where it does
 */
const char *chorus_import_match_get_reason (const ChorusImportMatch *self,
                                            guint                    index);

/**
 * chorus_import_match_get_n_matched:
 * @self: a match
 *
 * Returns: how many detections belong to a recording
 */
guint chorus_import_match_get_n_matched (const ChorusImportMatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusImportMatch, chorus_import_match_free)

G_END_DECLS
