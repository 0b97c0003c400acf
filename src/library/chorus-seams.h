/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "store/chorus-database.h"

G_BEGIN_DECLS

/**
 * chorus_seams_join:
 * @db: a connection with a transaction
 * @recording_id: a recording that was sent in several parts
 * @error: return location for a #ChorusStoreError
 *
 * Makes one detection of what the ends of parts cut in two.
 *
 * A sound that goes on over the end of a part is found in both parts. Where the runs of two parts that follow each other
 * are both shown, a detection that ends at the seam and one that begins at it, each to within 50 ms, are taken for one
 * sound if they are of the same species and their bands, where both are known, overlap. Where several fit, those whose
 * bands overlap most belong together, and each belongs to one other only. The earlier detection then lasts to the end of
 * the later and has the greater confidence of the two; the later one continues it and is not shown. Over several parts
 * all continue the first.
 *
 * A later detection that already has a verdict is left alone.
 *
 * Nothing is joined between runs of a model that looks at windows of a fixed length, for what such a model finds begins
 * and ends with its windows and not with the sound. These are told by their lengths: all detections of both runs are
 * equally long to within 5 ms. With three or more of that length, the window that the end of a part cut short may be
 * shorter.
 *
 * What was joined before is taken apart first: the result depends on the runs that are shown and on nothing else, however
 * often and in whatever order they arrived.
 *
 * Returns: whether it was written
 */
gboolean chorus_seams_join (ChorusDatabase  *db,
                            gint64           recording_id,
                            GError         **error);

G_END_DECLS
