/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the store says of a project or a site as a whole: a #ChorusStationAction each. */

#pragma once

#include "chorus-station-call.h"

G_BEGIN_DECLS

/**
 * chorus_station_summaries_summarize_project:
 *
 * Counts what there is. Species are never counted, since the station names none.
 */
JsonNode *chorus_station_summaries_summarize_project (ChorusDatabase     *db,
                                                      ChorusStationCall  *call,
                                                      GError            **error);

/**
 * chorus_station_summaries_list_clips:
 *
 * The most confident sounds of a site, from the latest completed inference of each file, under their one name. When a
 * file was recorded is not known to the station, so date and time are null.
 */
JsonNode *chorus_station_summaries_list_clips (ChorusDatabase     *db,
                                               ChorusStationCall  *call,
                                               GError            **error);

G_END_DECLS
