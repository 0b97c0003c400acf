/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_rate_limit_parse_delay:
 * @value: (nullable): the value of `Retry-After` or `X-RateLimit-Reset`
 * @now: the time, in seconds since 1970 (UTC)
 *
 * The documentation does not say in which unit Darukaa writes these, so all three in use are read: seconds from now,
 * seconds (or milliseconds) since 1970, and an HTTP date (RFC 9110 section 5.6.7).
 *
 * Returns: how long to wait, in seconds from @now, never negative, or -1 when @value says nothing
 */
gint64 chorus_rate_limit_parse_delay (const char *value,
                                      gint64      now);

/**
 * chorus_rate_limit_describe_delay:
 * @seconds: a length of time, in seconds
 *
 * Returns: (transfer full): the time in words, rounded up, such as "2 minutes"
 */
char *chorus_rate_limit_describe_delay (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
