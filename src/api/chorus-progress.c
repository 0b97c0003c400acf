/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-progress.h"

/* libsoup reports every 8 KiB: told at most this often instead, in microseconds. */
#define CHORUS_PROGRESS_INTERVAL (100 * 1000)

static void
chorus_progress_tell (ChorusProgress *self)
{
  self->told_at = g_get_monotonic_time ();
  self->n_told = self->n_bytes;
  if (self->func)
    self->func (self->n_bytes, self->total, self->data);
}

void
chorus_progress_add (ChorusProgress *self,
                     goffset         n_bytes)
{
  self->n_bytes += n_bytes;
  if (g_get_monotonic_time () - self->told_at >= CHORUS_PROGRESS_INTERVAL)
    chorus_progress_tell (self);
}

void
chorus_progress_end (ChorusProgress *self)
{
  if (self->n_told != self->n_bytes)
    chorus_progress_tell (self);
}

void
chorus_progress_clear (ChorusProgress *self)
{
  if (self->destroy)
    self->destroy (self->data);
  self->destroy = NULL;
}
