/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/chorus-time-choice.h"

G_BEGIN_DECLS

/**
 * chorus_recorded_time_choose:
 * @file: a local file
 * @modified: when it was last written, in microseconds since 1970 in UTC; 0 when that is not known
 *
 * Says when a recording began, from what its recorder wrote into the file ([func@RecorderMetadata.read]), from its name
 * ([ctor@RecordingTime.new_from_file_name]), and, as a guess, from when it was last written. A file that cannot be read
 * has its name and nothing else. Blocks: call it on a worker.
 *
 * Returns: (transfer full): the choice; its time is %NULL when nobody says
 */
ChorusTimeChoice *chorus_recorded_time_choose (GFile  *file,
                                               gint64  modified) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
