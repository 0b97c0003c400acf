/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws the sample of a queue, see ChorusReviewOrder. */

#include "config.h"

#include <math.h>

#include "chorus-review-queue-rows.h"
#include "chorus-thresholds.h"

typedef struct
{
  guint64 number;
  gint64 detection_id;
} ChorusDraw;

/* The smallest numbers so far of each bin, the greatest of them at the root of a heap. */
typedef struct
{
  GArray **bins; /* of ChorusDraw */
  guint n_bins;
  guint n_per_bin;
} ChorusDraws;

static void
chorus_draws_clear (ChorusDraws *self)
{
  for (guint i = 0; i < self->n_bins; i++)
    g_array_unref (self->bins[i]);
  g_free (self->bins);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusDraws, chorus_draws_clear)

static guint64
chorus_draw_get_number (guint64 seed,
                        gint64  detection_id)
{
  guint64 z = seed + (guint64) detection_id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

static int
chorus_draw_compare (gconstpointer a,
                     gconstpointer b)
{
  const ChorusDraw *first = a;
  const ChorusDraw *second = b;

  if (first->number != second->number)
    return first->number < second->number ? -1 : 1;

  return (first->detection_id > second->detection_id) - (first->detection_id < second->detection_id);
}

static void
chorus_draws_sink (GArray *heap)
{
  guint i = 0;

  while (2 * i + 1 < heap->len)
    {
      ChorusDraw *draws = (ChorusDraw *) (gpointer) heap->data;
      guint child = 2 * i + 1;
      ChorusDraw kept = draws[i];

      if (child + 1 < heap->len && chorus_draw_compare (&draws[child + 1], &draws[child]) > 0)
        child++;
      if (chorus_draw_compare (&draws[child], &kept) <= 0)
        break;
      draws[i] = draws[child];
      draws[child] = kept;
      i = child;
    }
}

static void
chorus_draws_rise (GArray *heap)
{
  guint i = heap->len - 1;

  while (i > 0)
    {
      ChorusDraw *draws = (ChorusDraw *) (gpointer) heap->data;
      const guint parent = (i - 1) / 2;
      const ChorusDraw kept = draws[i];

      if (chorus_draw_compare (&kept, &draws[parent]) <= 0)
        break;
      draws[i] = draws[parent];
      draws[parent] = kept;
      i = parent;
    }
}

static void
chorus_draws_add (ChorusDraws *self,
                  guint        bin,
                  ChorusDraw   draw)
{
  GArray *heap = self->bins[bin];

  if (heap->len < self->n_per_bin)
    {
      g_array_append_val (heap, draw);
      chorus_draws_rise (heap);
    }
  else if (heap->len > 0 && chorus_draw_compare (&draw, &g_array_index (heap, ChorusDraw, 0)) < 0)
    {
      g_array_index (heap, ChorusDraw, 0) = draw;
      chorus_draws_sink (heap);
    }
}

static gboolean
chorus_draws_read_place (ChorusDraws                  *self,
                         ChorusStatement              *select,
                         const ChorusReviewQueueSpec  *spec,
                         gint64                        key,
                         double                        threshold,
                         const ChorusThresholdRows    *thresholds,
                         GError                      **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_statement_bind_int64 (select, 1, key);
  chorus_statement_bind_double (select, 2, threshold);
  if (spec->scope.species)
    chorus_statement_bind_text (select, 3, spec->scope.species);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      const double score = chorus_statement_get_double (select, 0);
      const double width = (1 - threshold) / self->n_bins;
      const ChorusDraw draw = {
        .detection_id = chorus_statement_get_int64 (select, 1),
        .number = chorus_draw_get_number (spec->seed, chorus_statement_get_int64 (select, 1)),
      };

      if (thresholds && score < chorus_threshold_rows_get (thresholds, chorus_statement_get_text (select, 2)))
        continue;
      /* More than 1 is possible: it is what the service said. What is written as the edge of a bin is of the upper one. */
      chorus_draws_add (self,
                        width > 0 ? (guint) CLAMP (floor ((score - threshold) / width + 1e-9), 0, self->n_bins - 1) : 0,
                        draw);
    }

  return step == CHORUS_STEP_DONE;
}

static GArray *
chorus_draws_get_ids (ChorusDraws *self)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (ChorusDraw));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->n_bins; i++)
    g_array_append_vals (all, self->bins[i]->data, self->bins[i]->len);
  g_array_sort (all, chorus_draw_compare);
  for (guint i = 0; i < all->len; i++)
    g_array_append_val (ids, g_array_index (all, ChorusDraw, i).detection_id);

  return ids;
}

GArray *
chorus_queue_rows_draw (ChorusDatabase               *db,
                        const ChorusReviewQueueSpec  *spec,
                        GError                      **error)
{
  g_auto (ChorusDraws) self = { .n_bins = MAX (spec->n_bins, 1), .n_per_bin = spec->n_per_bin };
  g_autoptr (GArray) places = chorus_review_scope_read_places (&spec->scope, db, error);
  g_autoptr (ChorusThresholdRows) thresholds = chorus_threshold_rows_read (db, spec->scope.profile_id, error);
  const gboolean varies = !spec->scope.species && isnan (spec->threshold);
  g_autoptr (ChorusStatement) select = NULL;
  double threshold = spec->threshold;

  self.bins = g_new (GArray *, self.n_bins);
  for (guint i = 0; i < self.n_bins; i++)
    self.bins[i] = g_array_new (FALSE, FALSE, sizeof (ChorusDraw));
  if (!places || !thresholds)
    return NULL;

  if (isnan (threshold))
    threshold = spec->scope.species ? chorus_threshold_rows_get (thresholds, spec->scope.species) : thresholds->lowest;
  /* Of those that are all the same for, the species is not read: that would touch each detection. */
  select =
    chorus_statement_new (db,
                          spec->scope.species
                            ? "SELECT score, detection_id FROM detections INDEXED BY detections_to_review"
                              " WHERE shown_in = ?1 AND score >= max(?2, 0) AND species = ?3"
                          : varies && g_hash_table_size (thresholds->species) > 0
                            ? "SELECT score, detection_id, species FROM detections INDEXED BY detections_to_review"
                              " WHERE shown_in = ?1 AND score >= max(?2, 0)"
                            : "SELECT score, detection_id, NULL FROM detections INDEXED BY detections_by_score"
                              " WHERE shown_in = ?1 AND score >= max(?2, 0)",
                          error);
  if (!select)
    return NULL;
  for (guint i = 0; i < places->len; i++)
    {
      if (!chorus_draws_read_place (&self, select, spec, g_array_index (places, ChorusReviewPlace, i).key, threshold,
                                    varies ? thresholds : NULL, error))
        return NULL;
    }

  return chorus_draws_get_ids (&self);
}
