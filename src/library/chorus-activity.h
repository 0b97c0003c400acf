/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_ACTIVITY (chorus_activity_get_type ())

/**
 * ChorusActivity:
 *
 * How much there is in each hour of each day: recordings that begin in it, or detections of a species. Immutable.
 *
 * Days and hours are those of the clock of each recorder. Where the zone of a recording is known that is the clock of its
 * place; where it is not, it is whatever the recorder was set to, see [method@Activity.get_n_without_zone].
 */
G_DECLARE_FINAL_TYPE (ChorusActivity, chorus_activity, CHORUS, ACTIVITY, GObject)

/**
 * ChorusActivityCell:
 * @day: days since 1 January 1970
 * @hour: hour of the day, 0 to 23
 * @count: how many
 *
 * An hour of a day in which there is something.
 */
typedef struct
{
  int day;
  int hour;
  guint count;
} ChorusActivityCell;

/**
 * chorus_activity_get_cells:
 * @self: an activity
 * @n_cells: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_cells) (nullable): the hours in which there is something, from first to last
 */
const ChorusActivityCell *chorus_activity_get_cells (ChorusActivity *self,
                                                     guint          *n_cells);

/**
 * chorus_activity_get_count:
 * @self: an activity
 * @day: days since 1 January 1970
 * @hour: hour of the day, 0 to 23
 *
 * Returns: how many there are in that hour
 */
guint chorus_activity_get_count (ChorusActivity *self,
                                 int             day,
                                 int             hour);

/**
 * chorus_activity_get_days:
 * @self: an activity
 * @first_day: (out) (optional): the first day with something in it
 * @last_day: (out) (optional): the last one
 *
 * Returns: whether there is any day
 */
gboolean chorus_activity_get_days (ChorusActivity *self,
                                   int            *first_day,
                                   int            *last_day);

/**
 * chorus_activity_get_most:
 * @self: an activity
 *
 * Returns: the greatest count of any hour
 */
guint chorus_activity_get_most (ChorusActivity *self);

/**
 * chorus_activity_get_total:
 * @self: an activity
 *
 * Returns: all counts together
 */
guint64 chorus_activity_get_total (ChorusActivity *self);

/**
 * chorus_activity_get_n_untimed:
 * @self: an activity
 *
 * Returns: how many recordings or detections are left out because nobody knows when they were made
 */
guint64 chorus_activity_get_n_untimed (ChorusActivity *self);

/**
 * chorus_activity_get_n_without_zone:
 * @self: an activity
 *
 * Returns: how many of the total are at a time whose zone is not known
 */
guint64 chorus_activity_get_n_without_zone (ChorusActivity *self);

G_END_DECLS
