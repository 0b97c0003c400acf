/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-edits.h"

#include "chorus-recording-record.h"

/* More single changes than this are told as one. */
#define CHORUS_RECORDING_EDITS_MOST 64

GArray *
chorus_recording_edits_find (GPtrArray                 *old,
                             GPtrArray                 *rows,
                             const ChorusRecordingEdit *all)
{
  static guint mark = 0;
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (ChorusRecordingEdit));
  ChorusRecordingRecord **a = (ChorusRecordingRecord **) old->pdata + all->position;
  ChorusRecordingRecord **b = (ChorusRecordingRecord **) rows->pdata + all->from;
  ChorusRecordingRecord **end_a = a + all->removed;
  ChorusRecordingRecord **end_b = b + all->added;
  const guint gone = mark + 1;
  const guint stayed = mark + 2;
  const guint came = mark + 3;
  ChorusRecordingEdit edit = { all->position, 0, all->from, 0 };

  mark += 3;
  for (ChorusRecordingRecord **at = a; at < end_a; at++)
    (*at)->mark = gone;
  for (ChorusRecordingRecord **at = b; at < end_b; at++)
    (*at)->mark = (*at)->mark == gone ? stayed : came;

  while (a < end_a || b < end_b)
    {
      const gboolean both = a < end_a && b < end_b;

      if (both && *a == *b)
        {
          if (edit.removed + edit.added > 0)
            g_array_append_val (edits, edit);
          edit.position += edit.removed + 1;
          edit.from += edit.added + 1;
          edit.removed = edit.added = 0;
          a++;
          b++;
          if (edits->len > CHORUS_RECORDING_EDITS_MOST)
            return NULL;
        }
      else if (a < end_a && ((*a)->mark == gone || b == end_b || (a + 1 < end_a && a[1] == *b)))
        {
          edit.removed++;
          a++;
        }
      else if (b < end_b && ((*b)->mark == came || a == end_a || (b + 1 < end_b && b[1] == *a)))
        {
          edit.added++;
          b++;
        }
      else
        {
          return NULL;
        }
    }
  if (edit.removed + edit.added > 0)
    g_array_append_val (edits, edit);

  return g_steal_pointer (&edits);
}
