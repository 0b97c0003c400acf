/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-map.h"

#include <math.h>

/* In frames of the recording: what is no more than rounding needs no line of its own. */
#define CHORUS_PLAYBACK_MAP_ROUNDING 1e-3

static const ChorusPlaybackMapLine *
chorus_playback_map_get_line (const ChorusPlaybackMap *self,
                              guint                    i)
{
  return &self->lines[i % CHORUS_PLAYBACK_MAP_LENGTH];
}

static double
chorus_playback_map_follow (const ChorusPlaybackMapLine *line,
                            double                       heard)
{
  return line->place + (heard - (double) line->heard) * line->step;
}

void
chorus_playback_map_add (ChorusPlaybackMap *self,
                         guint64            heard,
                         double             place,
                         double             step)
{
  const ChorusPlaybackMapLine *last = self->n_added > 0 ? chorus_playback_map_get_line (self, self->n_added - 1) : NULL;

  if (last && last->step == step
      && fabs (chorus_playback_map_follow (last, (double) heard) - place) < CHORUS_PLAYBACK_MAP_ROUNDING)
    return;

  self->lines[self->n_added % CHORUS_PLAYBACK_MAP_LENGTH] = (ChorusPlaybackMapLine){ heard, place, step };
  self->n_added++;
}

double
chorus_playback_map_get_place (const ChorusPlaybackMap *self,
                               double                   heard)
{
  guint n_kept = MIN (self->n_added, CHORUS_PLAYBACK_MAP_LENGTH);

  if (n_kept == 0)
    return 0;

  for (guint i = 1; i < n_kept; i++)
    {
      const ChorusPlaybackMapLine *line = chorus_playback_map_get_line (self, self->n_added - i);

      if ((double) line->heard <= heard)
        return chorus_playback_map_follow (line, heard);
    }

  return chorus_playback_map_follow (chorus_playback_map_get_line (self, self->n_added - n_kept), heard);
}
