/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_THROTTLE (chorus_throttle_get_type ())

/**
 * ChorusThrottle:
 *
 * A limit to how many bytes a second go through, shared by all that take from it: a token bucket.
 *
 * Over any time, no more is handed out than the limit allows for that time and one step, which is what the limit allows
 * for 50 ms, or 2 KiB where that is more. Every function may be called in every thread. #ChorusThrottle:rate notifies in
 * the thread that changes it.
 */
G_DECLARE_FINAL_TYPE (ChorusThrottle, chorus_throttle, CHORUS, THROTTLE, GObject)

/* The highest limit, in bytes per second; a higher one is taken for it. */
#define CHORUS_THROTTLE_MAX_RATE (G_GUINT64_CONSTANT (1) << 40)

/**
 * ChorusThrottleClock:
 * @user_data: the data of the clock
 *
 * Called with a lock of the throttle held, in any thread.
 *
 * Returns: a time in microseconds that never goes back
 */
typedef gint64 (*ChorusThrottleClock) (gpointer user_data);

/**
 * chorus_throttle_new:
 *
 * Returns: (transfer full): a throttle without a limit
 */
ChorusThrottle *chorus_throttle_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_throttle_new_with_clock:
 * @clock: (scope forever): tells the time instead of g_get_monotonic_time()
 * @user_data: data for @clock
 *
 * Returns: (transfer full): a throttle without a limit
 */
ChorusThrottle *chorus_throttle_new_with_clock (ChorusThrottleClock clock,
                                                gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_throttle_get_rate:
 * @self: a throttle
 *
 * Returns: the limit, in bytes per second, or 0 for none
 */
guint64 chorus_throttle_get_rate (ChorusThrottle *self);

/**
 * chorus_throttle_set_rate:
 * @self: a throttle
 * @rate: the limit, in bytes per second, or 0 for none
 *
 * Changes the limit, at once also for those who are waiting.
 */
void chorus_throttle_set_rate (ChorusThrottle *self,
                               guint64         rate);

/**
 * chorus_throttle_take:
 * @self: a throttle
 * @wanted: how many bytes the caller could use now
 *
 * Takes as many as may go through now. Where there is more to come, no less than 1 KiB is handed out. Does not wait.
 *
 * Returns: how many bytes may go through, at most @wanted, or 0 for none yet
 */
gsize chorus_throttle_take (ChorusThrottle *self,
                            gsize           wanted);

/**
 * chorus_throttle_get_wait:
 * @self: a throttle
 * @wanted: how many bytes the caller could use now
 *
 * Returns: 0 if chorus_throttle_take() would hand out something now, else after how long it is worth to look again, in
 *   microseconds
 */
gint64 chorus_throttle_get_wait (ChorusThrottle *self,
                                 gsize           wanted);

G_END_DECLS
