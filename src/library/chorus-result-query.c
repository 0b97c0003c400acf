/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-result-query.h"

/* As the interface compares, so that what is shown is what is handed on. */
#define CHORUS_RESULT_ROUNDING 1e-9

ChorusResultQuery *
chorus_result_query_new (ChorusResultScope  scope,
                         const char        *place_id)
{
  ChorusResultQuery *self = g_new0 (ChorusResultQuery, 1);

  self->scope = scope;
  self->place_id = g_strdup (place_id);
  self->verdicts = CHORUS_RESULT_ALL_VERDICTS;

  return self;
}

ChorusResultQuery *
chorus_result_query_new_for_recordings (const gint64 *recording_ids,
                                        gsize         n_recordings)
{
  ChorusResultQuery *self = chorus_result_query_new (CHORUS_RESULT_SCOPE_RECORDINGS, NULL);

  self->recording_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (n_recordings > 0)
    g_array_append_vals (self->recording_ids, recording_ids, (guint) n_recordings);

  return self;
}

ChorusResultQuery *
chorus_result_query_copy (const ChorusResultQuery *self)
{
  ChorusResultQuery *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->place_id = g_strdup (self->place_id);
  copy->recording_ids = self->recording_ids ? g_array_copy (self->recording_ids) : NULL;

  return copy;
}

void
chorus_result_query_free (ChorusResultQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->place_id);
  g_clear_pointer (&self->recording_ids, g_array_unref);
  g_free (self);
}

gboolean
chorus_result_query_wants (const ChorusResultQuery *self,
                           double                   confidence,
                           ChorusVerdict            verdict)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !(confidence < self->least_confidence - CHORUS_RESULT_ROUNDING)
         && (self->verdicts & CHORUS_RESULT_VERDICT (verdict)) != 0;
}
