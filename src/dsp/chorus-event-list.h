/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-event-detector.h"

/*
 * ChorusEventList:
 *
 * The events of a recording, in memory that does not grow: when there are more than the list holds, it keeps the most
 * confident ones.
 */
typedef struct _ChorusEventList ChorusEventList;

ChorusEventList *chorus_event_list_new (void);
void chorus_event_list_free (ChorusEventList *self);

void chorus_event_list_add (ChorusEventList   *self,
                            const ChorusEvent *event);

/*
 * chorus_event_list_take:
 * @self: a list
 * @merge_gap: the longest pause within an event, in seconds
 * @merge_band: the widest gap within an event, in Hz
 * @events: (out) (transfer full): receives the events by their start
 *
 * Joins events with a short pause between them whose bands overlap by half of the wider one, and events that begin and
 * end together with a small gap between their bands; hands over all events.
 *
 * Returns: the number of events
 */
size_t chorus_event_list_take (ChorusEventList  *self,
                               double            merge_gap,
                               double            merge_band,
                               ChorusEvent     **events);
