/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-recording.h"

G_BEGIN_DECLS

/**
 * ChorusRecordingFilter:
 * @CHORUS_RECORDING_FILTER_ALL: every recording
 * @CHORUS_RECORDING_FILTER_TO_ANALYZE: those that can be analyzed now
 * @CHORUS_RECORDING_FILTER_WITH: those with detections
 * @CHORUS_RECORDING_FILTER_WITHOUT: those that were analyzed without a detection
 * @CHORUS_RECORDING_FILTER_FAILED: those that were refused or failed
 *
 * Which recordings are listed.
 */
typedef enum
{
  CHORUS_RECORDING_FILTER_ALL,
  CHORUS_RECORDING_FILTER_TO_ANALYZE,
  CHORUS_RECORDING_FILTER_WITH,
  CHORUS_RECORDING_FILTER_WITHOUT,
  CHORUS_RECORDING_FILTER_FAILED,
} ChorusRecordingFilter;

#define CHORUS_RECORDING_N_FILTERS (CHORUS_RECORDING_FILTER_FAILED + 1)

/**
 * chorus_recording_filter_matches:
 * @filter: a filter
 * @status: the status of a recording
 *
 * Returns: whether a recording with @status is listed under @filter
 */
gboolean chorus_recording_filter_matches (ChorusRecordingFilter filter,
                                          ChorusRecordingStatus status);

#define CHORUS_TYPE_FILTER_BAR (chorus_filter_bar_get_type ())

/**
 * ChorusFilterBar:
 *
 * A row of buttons that choose which recordings are listed, each with their number.
 */
G_DECLARE_FINAL_TYPE (ChorusFilterBar, chorus_filter_bar, CHORUS, FILTER_BAR, AdwBin)

/**
 * chorus_filter_bar_get_filter:
 * @self: a filter bar
 *
 * Returns: the chosen filter
 */
ChorusRecordingFilter chorus_filter_bar_get_filter (ChorusFilterBar *self);

/**
 * chorus_filter_bar_set_filter:
 * @self: a filter bar
 * @filter: the filter to choose
 */
void chorus_filter_bar_set_filter (ChorusFilterBar       *self,
                                   ChorusRecordingFilter  filter);

/**
 * chorus_filter_bar_set_counts:
 * @self: a filter bar
 * @counts: (array fixed-size=5): the number of recordings under each filter
 */
void chorus_filter_bar_set_counts (ChorusFilterBar *self,
                                   const guint     *counts);

G_END_DECLS
