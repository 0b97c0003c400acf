/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-detection.h"

G_BEGIN_DECLS

/**
 * ChorusEventPart:
 * @species: (nullable): the species; the pointer is kept, the text is not copied
 * @start: in seconds from the start of the recording
 * @end: in seconds from the start of the recording
 * @low: in Hz, or NaN
 * @high: in Hz, or NaN
 * @confidence: 0 to 1, or NaN
 *
 * A detection, as far as merging looks at it.
 */
typedef struct
{
  const char *species;
  double start;
  double end;
  double low;
  double high;
  double confidence;
} ChorusEventPart;

/**
 * ChorusEvent:
 * @species: (nullable): the species of its parts
 * @start: where the first part begins, in seconds
 * @end: where the last to end does, in seconds
 * @low: the lowest of its parts, in Hz, or NaN where one of them has no band
 * @high: the highest of its parts, in Hz, or NaN where one of them has no band
 * @confidence: the greatest of its parts, or NaN where none has one
 * @parts: (element-type guint): the positions of its parts, by start
 *
 * Detections of a species that lie close together.
 */
typedef struct
{
  const char *species;
  double start;
  double end;
  double low;
  double high;
  double confidence;
  GArray *parts;
} ChorusEvent;

void chorus_event_free (ChorusEvent *self);

/**
 * chorus_event_part_init:
 * @self: (out caller-allocates): a part
 * @detection: a detection that outlives it
 *
 * Takes the species that holds, see [method@Detection.get_held_name].
 */
void chorus_event_part_init (ChorusEventPart *self,
                             ChorusDetection *detection);

/**
 * chorus_events_merge:
 * @parts: (array length=n_parts): the detections of one recording, in any order
 * @n_parts: how many
 * @gap: seconds, 0 or more
 *
 * Merges neighboring detections of a species into events: a detection belongs to the event before it if no more than @gap
 * seconds, to the microsecond, lie between its start and the end of all that are in the event. With a gap of 0 those are
 * merged that touch or overlap. The detections themselves are left as they are.
 *
 * Returns: (transfer full) (element-type ChorusEvent): the events, by start
 */
GPtrArray *chorus_events_merge (const ChorusEventPart *parts,
                                guint                  n_parts,
                                double                 gap) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusEvent, chorus_event_free)

G_END_DECLS
