/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusTimeSpan:
 * @start: first instant, in seconds from the start of the recording
 * @end: last instant, in seconds from the start of the recording, not before @start
 *
 * A stretch of time within a recording.
 */
typedef struct
{
  double start;
  double end;
} ChorusTimeSpan;

/**
 * chorus_time_span_duration:
 * @span: a time span
 *
 * Returns: the length of @span, in seconds
 */
static inline double
chorus_time_span_duration (ChorusTimeSpan span)
{
  return span.end - span.start;
}

G_END_DECLS
