/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-tally.h"

#include <math.h>

/* As score_bin in the store. */
#define CHORUS_TALLY_BINS 20

typedef struct
{
  ChorusDatabase *db;
  const ChorusReviewScope *scope;
  double threshold;
  ChorusThresholdRows *thresholds;
  ChorusStatement *bins;
  ChorusStatement *rest;
  GHashTable *tallies; /* species to ChorusTally, which is not owned */
  GPtrArray *all;
} ChorusTallyReader;

void
chorus_tally_free (ChorusTally *self)
{
  g_free (self->species);
  g_free (self);
}

static void
chorus_tally_reader_clear (ChorusTallyReader *self)
{
  g_clear_pointer (&self->thresholds, chorus_threshold_rows_free);
  g_clear_pointer (&self->bins, chorus_statement_free);
  g_clear_pointer (&self->rest, chorus_statement_free);
  g_clear_pointer (&self->tallies, g_hash_table_unref);
  g_clear_pointer (&self->all, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusTallyReader, chorus_tally_reader_clear)

static gboolean
chorus_tally_reader_prepare (ChorusTallyReader  *self,
                             GError            **error)
{
  self->tallies = g_hash_table_new (g_str_hash, g_str_equal);
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_tally_free);
  self->thresholds = chorus_threshold_rows_read (self->db, self->scope->profile_id, error);
  if (!self->thresholds)
    return FALSE;

  self->bins = chorus_statement_new (self->db,
                                     self->scope->species ? "SELECT species, score_bin, outcome, n FROM tallies"
                                                            " WHERE deployment_key = ?1 AND species = ?2 AND n <> 0"
                                                          : "SELECT species, score_bin, outcome, n FROM tallies"
                                                            " WHERE deployment_key = ?1 AND n <> 0 ORDER BY species",
                                     error);
  if (!self->bins)
    return FALSE;
  if (self->scope->species)
    chorus_statement_bind_text (self->bins, 2, self->scope->species);

  /* The end of the index to look at lies a little beyond that of the bin, since both are rounded. */
  self->rest = chorus_statement_new (self->db,
                                     "SELECT outcome, count(*) FROM detections INDEXED BY detections_to_review"
                                     " WHERE shown_in = ?1 AND species = ?2 AND score BETWEEN ?3 AND ?4"
                                     "  AND CASE WHEN score >= 1 THEN 19 ELSE cast (score * 20 AS INTEGER) END = ?5"
                                     " GROUP BY outcome",
                                     error);

  return self->rest != NULL;
}

static double
chorus_tally_reader_get_threshold (ChorusTallyReader *self,
                                   const char        *species)
{
  return isnan (self->threshold) ? chorus_threshold_rows_get (self->thresholds, species) : self->threshold;
}

static ChorusTally *
chorus_tally_reader_get (ChorusTallyReader *self,
                         const char        *species,
                         gint64             key)
{
  ChorusTally *tally = g_hash_table_lookup (self->tallies, species);

  if (!tally)
    {
      tally = g_new0 (ChorusTally, 1);
      tally->species = g_strdup (species);
      tally->key = key;
      g_hash_table_insert (self->tallies, tally->species, tally);
      g_ptr_array_add (self->all, tally);
    }

  return tally;
}

static void
chorus_tally_add (ChorusTally *self,
                  const char  *outcome,
                  guint64      n)
{
  self->n += n;
  if (g_str_equal (outcome, "confirmed"))
    self->n_confirmed += n;
  else if (g_str_equal (outcome, "rejected"))
    self->n_rejected += n;
  else if (g_str_equal (outcome, "uncertain"))
    self->n_uncertain += n;
  else if (g_str_equal (outcome, "renamed"))
    self->n_renamed += n;
}

static gboolean
chorus_tally_reader_add_rest (ChorusTallyReader  *self,
                              ChorusTally        *tally,
                              gint64              key,
                              double              threshold,
                              int                 bin,
                              GError            **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_statement_bind_int64 (self->rest, 1, key);
  chorus_statement_bind_text (self->rest, 2, tally->species);
  chorus_statement_bind_double (self->rest, 3, threshold);
  chorus_statement_bind_double (self->rest, 4,
                                bin == CHORUS_TALLY_BINS - 1 ? G_MAXDOUBLE : (bin + 1.0) / CHORUS_TALLY_BINS + 1e-6);
  chorus_statement_bind_int64 (self->rest, 5, bin);
  while ((step = chorus_statement_step (self->rest, error)) == CHORUS_STEP_ROW)
    chorus_tally_add (tally, chorus_statement_get_text (self->rest, 0),
                      (guint64) chorus_statement_get_int64 (self->rest, 1));

  return step == CHORUS_STEP_DONE;
}

static gboolean
chorus_tally_reader_read_place (ChorusTallyReader  *self,
                                gint64              key,
                                GError            **error)
{
  ChorusTally *tally = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;
  double threshold = 0;
  int bin_of_threshold = 0;
  gboolean is_edge = FALSE;
  gboolean has_rest = FALSE;

  chorus_statement_bind_int64 (self->bins, 1, key);
  while ((step = chorus_statement_step (self->bins, error)) == CHORUS_STEP_ROW)
    {
      const char *species = chorus_statement_get_text (self->bins, 0);
      const int bin = (int) chorus_statement_get_int64 (self->bins, 1);

      if (!tally || !g_str_equal (tally->species, species))
        {
          tally = chorus_tally_reader_get (self, species, key);
          threshold = chorus_tally_reader_get_threshold (self, species);
          bin_of_threshold = MIN ((int) (threshold * CHORUS_TALLY_BINS), CHORUS_TALLY_BINS - 1);
          is_edge = threshold <= bin_of_threshold / (double) CHORUS_TALLY_BINS;
          has_rest = FALSE;
        }
      if (bin < 0 || bin > bin_of_threshold || (bin == bin_of_threshold && is_edge))
        chorus_tally_add (tally, chorus_statement_get_text (self->bins, 2),
                          (guint64) chorus_statement_get_int64 (self->bins, 3));
      else if (bin == bin_of_threshold && !has_rest)
        {
          has_rest = TRUE;
          if (!chorus_tally_reader_add_rest (self, tally, key, threshold, bin, error))
            return FALSE;
        }
    }

  return step == CHORUS_STEP_DONE;
}

GPtrArray *
chorus_tally_read (ChorusDatabase           *db,
                   const ChorusReviewScope  *scope,
                   double                    threshold,
                   GError                  **error)
{
  g_auto (ChorusTallyReader) self = { .db = db, .scope = scope, .threshold = threshold };
  g_autoptr (GArray) places = chorus_review_scope_read_places (scope, db, error);

  if (!places || !chorus_tally_reader_prepare (&self, error))
    return NULL;
  for (guint i = 0; i < places->len; i++)
    {
      if (!chorus_tally_reader_read_place (&self, g_array_index (places, ChorusReviewPlace, i).key, error))
        return NULL;
    }

  return g_steal_pointer (&self.all);
}
