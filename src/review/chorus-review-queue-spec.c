/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review-queue-spec.h"

#include <math.h>

ChorusReviewQueueSpec *
chorus_review_queue_spec_new (const char        *profile_id,
                              const char *const *deployment_ids,
                              const char        *species)
{
  ChorusReviewQueueSpec *self = g_new0 (ChorusReviewQueueSpec, 1);

  chorus_review_scope_init (&self->scope, profile_id, deployment_ids, species);
  self->order = CHORUS_REVIEW_CONFIDENCE_DOWN;
  self->threshold = (double) NAN;
  self->only_unreviewed = TRUE;
  self->n_bins = 10;
  self->n_per_bin = 10;

  return self;
}

ChorusReviewQueueSpec *
chorus_review_queue_spec_copy (const ChorusReviewQueueSpec *self)
{
  ChorusReviewQueueSpec *copy = g_memdup2 (self, sizeof *self);

  chorus_review_scope_init (&copy->scope, self->scope.profile_id, (const char *const *) self->scope.deployment_ids,
                            self->scope.species);
  copy->reviewer = g_strdup (self->reviewer);
  copy->ids = self->ids ? g_array_copy (self->ids) : NULL;

  return copy;
}

void
chorus_review_queue_spec_free (ChorusReviewQueueSpec *self)
{
  chorus_review_scope_clear (&self->scope);
  g_free (self->reviewer);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

char *
chorus_review_queue_spec_dup_name (const ChorusReviewQueueSpec *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* Whether a threshold is that of the store is part of the name, not its number: it may be changed while reviewing. */
  g_string_append_printf (text, "%d %d %d ", self->order, !!self->only_unreviewed, !!self->blind);
  if (isnan (self->threshold))
    g_string_append (text, "- ");
  else
    g_string_append_printf (text, "%d ", (int) lrint (self->threshold * 1e4));
  if (self->order == CHORUS_REVIEW_SAMPLE)
    g_string_append_printf (text, "%u %u %" G_GUINT64_FORMAT " ", self->n_bins, self->n_per_bin, self->seed);
  for (guint i = 0; self->ids && i < self->ids->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", g_array_index (self->ids, gint64, i));
  g_string_append_printf (text, "\n%s\n", self->scope.species ? self->scope.species : "");
  for (guint i = 0; self->scope.deployment_ids && self->scope.deployment_ids[i]; i++)
    g_string_append_printf (text, "%s\n", self->scope.deployment_ids[i]);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}
