/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-session-private.h"

/* Views that can be gone back over. */
#define MOST_VIEWS 64

/* Takes @viewport as the new view and says what is different. */
void
chorus_view_session_apply (ChorusViewSession    *self,
                           const ChorusViewport *viewport)
{
  ChorusViewport old = self->viewport;
  ChorusFrequencyBand old_band = chorus_viewport_get_band (&old);
  ChorusFrequencyBand band = chorus_viewport_get_band (viewport);

  g_object_freeze_notify (G_OBJECT (self));
  self->viewport = *viewport;
  if (old.scale != viewport->scale)
    chorus_view_session_notify (self, PROP_FREQUENCY_SCALE);
  if (old.start != viewport->start)
    chorus_view_session_notify (self, PROP_VISIBLE_START);
  if (old.start + old.length != viewport->start + viewport->length || old.length != viewport->length)
    chorus_view_session_notify (self, PROP_VISIBLE_END);
  if (old_band.low != band.low)
    chorus_view_session_notify (self, PROP_LOW);
  if (old_band.high != band.high)
    chorus_view_session_notify (self, PROP_HIGH);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Like apply, and remembers the view that is left, unless @change goes on with what was done last. */
static void
chorus_view_session_go (ChorusViewSession    *self,
                        const ChorusViewport *viewport,
                        ChorusViewChange      change)
{
  if (chorus_viewport_equal (viewport, &self->viewport))
    return;
  if (change == CHANGE_JUMP || (change == CHANGE_ZOOM && self->last_change != CHANGE_ZOOM))
    {
      if (self->views->len == MOST_VIEWS)
        g_array_remove_index (self->views, 0);
      g_array_append_val (self->views, self->viewport);
      if (self->views->len == 1)
        chorus_view_session_notify (self, PROP_CAN_GO_BACK);
    }
  self->last_change = change;
  chorus_view_session_apply (self, viewport);
}

void
chorus_view_session_zoom (ChorusViewSession *self,
                          double             factor,
                          double             time)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_zoom (&viewport, factor, time);
  chorus_view_session_go (self, &viewport, CHANGE_ZOOM);
}

void
chorus_view_session_zoom_band (ChorusViewSession *self,
                               double             factor,
                               double             frequency)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_zoom_band (&viewport, factor, frequency);
  chorus_view_session_go (self, &viewport, CHANGE_ZOOM);
}

void
chorus_view_session_pan (ChorusViewSession *self,
                         double             seconds)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_set_span (&viewport, viewport.start + seconds, viewport.length);
  chorus_view_session_go (self, &viewport, CHANGE_PAN);
}

void
chorus_view_session_shift_band (ChorusViewSession *self,
                                double             part)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_shift_band (&viewport, part);
  chorus_view_session_go (self, &viewport, CHANGE_PAN);
}

void
chorus_view_session_fit (ChorusViewSession *self)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_set_span (&viewport, 0.0, viewport.duration);
  chorus_viewport_set_band (&viewport, 0.0, viewport.nyquist);
  chorus_view_session_go (self, &viewport, CHANGE_JUMP);
}

void
chorus_view_session_show (ChorusViewSession         *self,
                          const ChorusTimeSpan      *span,
                          const ChorusFrequencyBand *band)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail (span);

  viewport = self->viewport;
  chorus_viewport_set_span (&viewport, span->start, span->end - span->start);
  if (band)
    chorus_viewport_set_band (&viewport, band->low, band->high);
  chorus_view_session_go (self, &viewport, CHANGE_JUMP);
}

void
chorus_view_session_reveal (ChorusViewSession    *self,
                            const ChorusTimeSpan *span)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail (span);

  viewport = self->viewport;
  chorus_viewport_reveal (&viewport, span);
  chorus_view_session_go (self, &viewport, viewport.length == self->viewport.length ? CHANGE_PAN : CHANGE_JUMP);
}

void
chorus_view_session_follow (ChorusViewSession *self,
                            double             position)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_follow (&viewport, position);
  if (!chorus_viewport_equal (&viewport, &self->viewport))
    chorus_view_session_apply (self, &viewport);
}

void
chorus_view_session_go_back (ChorusViewSession *self)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (self->views->len == 0)
    return;
  viewport = g_array_index (self->views, ChorusViewport, self->views->len - 1);
  /* What was seen is gone back over, and not how it was drawn. */
  chorus_viewport_set_scale (&viewport, self->viewport.scale);
  g_array_set_size (self->views, self->views->len - 1);
  self->last_change = CHANGE_NONE;
  chorus_view_session_apply (self, &viewport);
  if (self->views->len == 0)
    chorus_view_session_notify (self, PROP_CAN_GO_BACK);
}

gboolean
chorus_view_session_get_can_go_back (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), FALSE);

  return self->views->len > 0;
}

ChorusTimeSpan
chorus_view_session_get_visible_span (ChorusViewSession *self)
{
  ChorusTimeSpan span = { 0 };

  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), span);

  span.start = self->viewport.start;
  span.end = self->viewport.start + self->viewport.length;

  return span;
}

double
chorus_view_session_get_visible_length (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->viewport.length;
}

ChorusFrequencyBand
chorus_view_session_get_visible_band (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), (ChorusFrequencyBand){ 0 });

  return chorus_viewport_get_band (&self->viewport);
}

void
chorus_view_session_set_visible_band (ChorusViewSession *self,
                                      double             low,
                                      double             high)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  viewport = self->viewport;
  chorus_viewport_set_band (&viewport, low, high);
  chorus_view_session_go (self, &viewport, CHANGE_ZOOM);
}
