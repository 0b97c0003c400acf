/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times within recordings as packages of data write them: ISO 8601, to the millisecond. */

#pragma once

#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * chorus_package_time_at:
 * @recorded: (nullable): when a recording began
 * @seconds: how far into it, in seconds
 *
 * Returns: (transfer full) (nullable): the time there, to the nearest millisecond, or %NULL where it is not known
 */
GDateTime *chorus_package_time_at (const ChorusRecordingTime *recorded,
                                   double                     seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_package_time_to_iso:
 * @time: a time
 * @has_zone: whether its offset from UTC is known
 *
 * Returns: (transfer full): such as "2026-05-01T05:10:12+02:00": with an offset only where it is known, and milliseconds
 *   only where there are
 */
char *chorus_package_time_to_iso (GDateTime *time,
                                  gboolean   has_zone) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_package_time_to_precise:
 * @time: a time
 *
 * Returns: (transfer full): such as "2026-05-01T05:10:12.000+02:00": always with milliseconds and an offset
 */
char *chorus_package_time_to_precise (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_package_time_to_second:
 * @time: a time
 * @up: whether to go up to the next second where there are milliseconds, rather than down
 *
 * Returns: (transfer full): such as "2026-05-01T05:10:12+02:00": always with an offset and never with milliseconds
 */
char *chorus_package_time_to_second (GDateTime *time,
                                     gboolean   up) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_package_time_describe:
 * @recorded: (nullable): when a recording began
 * @in_utc: whether times without a zone are written as if they were UTC, because the format wants one
 *
 * Says what is wrong with a time, in English, for other people's programs to keep beside it.
 *
 * Returns: (transfer full) (nullable): sentences, or %NULL where it is known with its zone and no guess
 */
char *chorus_package_time_describe (const ChorusRecordingTime *recorded,
                                    gboolean                   in_utc) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
