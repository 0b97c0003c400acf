/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * ChorusTimeConflict:
 * @CHORUS_TIME_CONFLICT_NONE: whoever wrote a time down wrote the same
 * @CHORUS_TIME_CONFLICT_DIFFERS: another source says something else
 * @CHORUS_TIME_CONFLICT_ZONE_SLIP: another source differs by whole half hours: one of them had the wrong zone
 *
 * Whether the sources of a time agree.
 */
typedef enum
{
  CHORUS_TIME_CONFLICT_NONE,
  CHORUS_TIME_CONFLICT_DIFFERS,
  CHORUS_TIME_CONFLICT_ZONE_SLIP,
} ChorusTimeConflict;

/**
 * ChorusTimeChoice:
 * @time: (nullable): when the recording began; %NULL when nobody says
 * @plausible: whether @time can be true; %FALSE also when there is none
 * @conflict: whether another source says something else
 * @other: the most trusted source that does, %CHORUS_TIME_SOURCE_UNKNOWN without a conflict
 * @difference: how much later @other is than @time, in seconds; negative when it is earlier
 * @passed_over: (nullable): the most trusted time that was not taken because it cannot be true
 *
 * The time of a recording, chosen from what was written down about it.
 */
typedef struct
{
  ChorusRecordingTime *time;
  gboolean plausible;
  ChorusTimeConflict conflict;
  ChorusTimeSource other;
  double difference;
  ChorusRecordingTime *passed_over;
} ChorusTimeChoice;

/**
 * chorus_time_choice_new:
 * @candidates: (array length=n_candidates): times, in any order; those that are %NULL do not count
 * @n_candidates: how many
 * @now: the present time
 *
 * Chooses the most trusted time that is plausible ([method@RecordingTime.is_plausible]): entered by a person, GUANO, WAMD,
 * the comment of an AudioMoth, bext, metadata of a kind not told, the service, the name of the file, and last when the
 * file was last written. When none is plausible, the most trusted one stands, and is marked.
 *
 * Where the zone of the chosen time is not known, a less trusted source may tell it: one that shows the same clock, or
 * the same instant if the chosen clock ran in UTC. When the file was last written does not, since its zone is that of
 * this computer.
 *
 * Sources agree within two seconds. When the zone of both is known the instants count; otherwise it is enough that
 * the clocks agree, or that the instants would if the clock without a zone ran in UTC. When the file was last written
 * never contradicts anything.
 *
 * Returns: (transfer full): the choice
 */
ChorusTimeChoice *chorus_time_choice_new (const ChorusRecordingTime *const *candidates,
                                          gsize                             n_candidates,
                                          GDateTime                        *now) G_GNUC_WARN_UNUSED_RESULT;

void chorus_time_choice_free (ChorusTimeChoice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTimeChoice, chorus_time_choice_free)

G_END_DECLS
