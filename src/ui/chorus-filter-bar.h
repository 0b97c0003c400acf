/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-recording.h"

G_BEGIN_DECLS

/**
 * ChorusStatusFilter:
 * @CHORUS_STATUS_FILTER_ALL: every recording
 * @CHORUS_STATUS_FILTER_TO_ANALYZE: those that can be analyzed now
 * @CHORUS_STATUS_FILTER_WITH: those with detections
 * @CHORUS_STATUS_FILTER_WITHOUT: those that were analyzed without a detection
 * @CHORUS_STATUS_FILTER_FAILED: those that were refused or failed
 *
 * Which recordings are listed.
 */
typedef enum
{
  CHORUS_STATUS_FILTER_ALL,
  CHORUS_STATUS_FILTER_TO_ANALYZE,
  CHORUS_STATUS_FILTER_WITH,
  CHORUS_STATUS_FILTER_WITHOUT,
  CHORUS_STATUS_FILTER_FAILED,
} ChorusStatusFilter;

#define CHORUS_N_STATUS_FILTERS (CHORUS_STATUS_FILTER_FAILED + 1)

/**
 * chorus_status_filter_get_statuses:
 * @filter: a choice
 *
 * Returns: the statuses of the recordings that are listed, as [struct@RecordingFilter] has them: 0 for all
 */
guint chorus_status_filter_get_statuses (ChorusStatusFilter filter);

/**
 * chorus_status_filter_from_statuses:
 * @statuses: a set of statuses, as chorus_status_filter_get_statuses() returns it
 *
 * Returns: the choice that means them; all of them where there is none
 */
ChorusStatusFilter chorus_status_filter_from_statuses (guint statuses);

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
ChorusStatusFilter chorus_filter_bar_get_filter (ChorusFilterBar *self);

/**
 * chorus_filter_bar_set_filter:
 * @self: a filter bar
 * @filter: the filter to choose
 */
void chorus_filter_bar_set_filter (ChorusFilterBar    *self,
                                   ChorusStatusFilter  filter);

/**
 * chorus_filter_bar_set_counts:
 * @self: a filter bar
 * @counts: (array fixed-size=5): the number of recordings under each filter
 */
void chorus_filter_bar_set_counts (ChorusFilterBar *self,
                                   const guint     *counts);

G_END_DECLS
