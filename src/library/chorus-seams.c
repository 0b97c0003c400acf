/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-seams.h"

#include <math.h>

#include "store/chorus-statement.h"

/* Seconds */
#define CHORUS_SEAM_NEAR 0.05
#define CHORUS_SEAM_SAME_LENGTH 0.005

/* Detections looked at on either side of a seam, each with each. Real ones are a handful. */
#define CHORUS_SEAM_MAX_DETECTIONS 500

typedef struct
{
  gint64 detection_id;
  gint64 continues; /* 0: none */
  char *species;
  double end;
  double confidence;
  double low;
  double high;
  gboolean taken;
} ChorusSeamDetection;

typedef struct
{
  double start;
  double end;
  gint64 run_id; /* 0: none is shown */
} ChorusSeamPart;

typedef struct
{
  ChorusDatabase *db;
  ChorusStatement *has_windows;
  ChorusStatement *ending;
  ChorusStatement *beginning;
  ChorusStatement *extend;
  ChorusStatement *hide;
} ChorusSeams;

static void
chorus_seam_detection_clear (gpointer data)
{
  g_free (((ChorusSeamDetection *) data)->species);
}

static void
chorus_seams_clear (ChorusSeams *self)
{
  g_clear_pointer (&self->has_windows, chorus_statement_free);
  g_clear_pointer (&self->ending, chorus_statement_free);
  g_clear_pointer (&self->beginning, chorus_statement_free);
  g_clear_pointer (&self->extend, chorus_statement_free);
  g_clear_pointer (&self->hide, chorus_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusSeams, chorus_seams_clear)

#define CHORUS_SEAM_COLUMNS "detection_id, continues, species, end_time, confidence, low_freq, high_freq"

static gboolean
chorus_seams_prepare (ChorusSeams  *self,
                      GError      **error)
{
  self->has_windows = chorus_statement_new (
    self->db,
    "WITH lengths AS (SELECT end_time - start_time AS length, end_time FROM detections WHERE run_id IN (?1, ?2)),"
    "  longest AS (SELECT max(length) - ?5 AS least FROM lengths)"
    " SELECT CASE WHEN total(length >= least) >= 3"
    "    THEN total(length < least AND abs(end_time - ?3) > ?6 AND abs(end_time - ?4) > ?6) = 0"
    "    ELSE total(length < least) = 0 END"
    " FROM lengths, longest",
    error);
  if (!self->has_windows)
    return FALSE;

  self->ending = chorus_statement_new (self->db,
                                       "SELECT " CHORUS_SEAM_COLUMNS " FROM detections"
                                       " WHERE run_id = ?1 AND abs(end_time - ?2) <= ?3 ORDER BY ordinal LIMIT ?4",
                                       error);
  if (!self->ending)
    return FALSE;

  self->beginning = chorus_statement_new (self->db,
                                          "SELECT " CHORUS_SEAM_COLUMNS " FROM detections"
                                          " WHERE run_id = ?1 AND abs(start_time - ?2) <= ?3 AND verdict = 'none'"
                                          " ORDER BY ordinal LIMIT ?4",
                                          error);
  if (!self->beginning)
    return FALSE;

  self->extend = chorus_statement_new (
    self->db,
    "UPDATE detections SET end_time = max(end_time, ?2), confidence = coalesce(max(confidence, ?3), confidence, ?3),"
    "  found_end = coalesce(found_end, end_time),"
    "  found_confidence = CASE WHEN found_end IS NULL THEN confidence ELSE found_confidence END"
    " WHERE detection_id = ?1",
    error);
  if (!self->extend)
    return FALSE;

  self->hide = chorus_statement_new (self->db, "UPDATE detections SET continues = ?2 WHERE detection_id = ?1", error);

  return self->hide != NULL;
}

/* Takes apart what was joined. */
static gboolean
chorus_seams_reset (ChorusDatabase  *db,
                    gint64           recording_id,
                    GError         **error)
{
  g_autoptr (ChorusStatement) update =
    chorus_statement_new (db,
                          "UPDATE detections SET end_time = coalesce(found_end, end_time),"
                          "  confidence = CASE WHEN found_end IS NULL THEN confidence ELSE found_confidence END,"
                          "  found_end = NULL, found_confidence = NULL, continues = NULL"
                          " WHERE recording_id = ? AND (found_end IS NOT NULL OR continues IS NOT NULL)",
                          error);

  if (!update)
    return FALSE;
  chorus_statement_bind_int64 (update, 1, recording_id);

  return chorus_statement_run (update, error);
}

static GArray *
chorus_seams_read_parts (ChorusDatabase  *db,
                         gint64           recording_id,
                         GError         **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (ChorusSeamPart));
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT start_time, start_time + duration, run_id FROM parts"
                          " WHERE recording_id = ? ORDER BY ordinal",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  chorus_statement_bind_int64 (select, 1, recording_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusSeamPart part = {
        .start = chorus_statement_get_double (select, 0),
        .end = chorus_statement_get_double (select, 1),
        .run_id = chorus_statement_get_int64 (select, 2),
      };

      g_array_append_val (parts, part);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&parts) : NULL;
}

static GArray *
chorus_seams_read_detections (ChorusStatement  *select,
                              gint64            run_id,
                              double            seam,
                              GError          **error)
{
  g_autoptr (GArray) detections = g_array_new (FALSE, FALSE, sizeof (ChorusSeamDetection));
  ChorusStep step = CHORUS_STEP_ERROR;

  g_array_set_clear_func (detections, chorus_seam_detection_clear);
  chorus_statement_bind_int64 (select, 1, run_id);
  chorus_statement_bind_double (select, 2, seam);
  chorus_statement_bind_double (select, 3, CHORUS_SEAM_NEAR);
  chorus_statement_bind_int64 (select, 4, CHORUS_SEAM_MAX_DETECTIONS);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusSeamDetection detection = {
        .detection_id = chorus_statement_get_int64 (select, 0),
        .continues = chorus_statement_get_int64 (select, 1),
        .species = chorus_statement_dup_text (select, 2),
        .end = chorus_statement_get_double (select, 3),
        .confidence = chorus_statement_get_double (select, 4),
        .low = chorus_statement_get_double (select, 5),
        .high = chorus_statement_get_double (select, 6),
      };

      g_array_append_val (detections, detection);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&detections) : NULL;
}

static gboolean
chorus_seams_has_windows (ChorusSeams           *self,
                          const ChorusSeamPart  *earlier,
                          const ChorusSeamPart  *later,
                          gboolean              *has_windows,
                          GError               **error)
{
  chorus_statement_bind_int64 (self->has_windows, 1, earlier->run_id);
  chorus_statement_bind_int64 (self->has_windows, 2, later->run_id);
  chorus_statement_bind_double (self->has_windows, 3, earlier->end);
  chorus_statement_bind_double (self->has_windows, 4, later->end);
  chorus_statement_bind_double (self->has_windows, 5, CHORUS_SEAM_SAME_LENGTH);
  chorus_statement_bind_double (self->has_windows, 6, CHORUS_SEAM_NEAR);
  if (chorus_statement_step (self->has_windows, error) != CHORUS_STEP_ROW)
    return FALSE;
  *has_windows = chorus_statement_get_boolean (self->has_windows, 0);
  chorus_statement_reset (self->has_windows);

  return TRUE;
}

/* Hertz that two bands have in common: 0 where a band is not known, below 0 where they are apart. */
static double
chorus_seam_detection_get_overlap (const ChorusSeamDetection *a,
                                   const ChorusSeamDetection *b)
{
  const double overlap = MIN (a->high, b->high) - MAX (a->low, b->low);

  if (isnan (a->low) || isnan (a->high) || isnan (b->low) || isnan (b->high))
    return 0;

  return overlap > 0 ? overlap : -1;
}

/* What of @earlier @later goes on from, or %NULL. */
static ChorusSeamDetection *
chorus_seams_find (GArray                    *earlier,
                   const ChorusSeamDetection *later)
{
  ChorusSeamDetection *best = NULL;
  double most = -1;

  for (guint i = 0; i < earlier->len; i++)
    {
      ChorusSeamDetection *detection = &g_array_index (earlier, ChorusSeamDetection, i);
      double overlap = chorus_seam_detection_get_overlap (detection, later);

      if (!detection->taken && overlap > most && g_strcmp0 (detection->species, later->species) == 0)
        {
          best = detection;
          most = overlap;
        }
    }

  return best;
}

static gboolean
chorus_seams_join_two (ChorusSeams                *self,
                       ChorusSeamDetection        *earlier,
                       const ChorusSeamDetection  *later,
                       GError                    **error)
{
  const gint64 first = earlier->continues != 0 ? earlier->continues : earlier->detection_id;

  earlier->taken = TRUE;
  chorus_statement_bind_int64 (self->hide, 1, later->detection_id);
  chorus_statement_bind_int64 (self->hide, 2, first);
  chorus_statement_bind_int64 (self->extend, 1, first);
  chorus_statement_bind_double (self->extend, 2, later->end);
  chorus_statement_bind_double (self->extend, 3, later->confidence);

  return chorus_statement_run (self->hide, error) && chorus_statement_run (self->extend, error);
}

static gboolean
chorus_seams_join_parts (ChorusSeams           *self,
                         const ChorusSeamPart  *first,
                         const ChorusSeamPart  *second,
                         GError               **error)
{
  g_autoptr (GArray) earlier = NULL;
  g_autoptr (GArray) later = NULL;
  gboolean has_windows = FALSE;

  if (first->run_id == 0 || second->run_id == 0 || fabs (second->start - first->end) > CHORUS_SEAM_NEAR)
    return TRUE;

  later = chorus_seams_read_detections (self->beginning, second->run_id, second->start, error);
  if (!later || later->len == 0)
    return later != NULL;
  earlier = chorus_seams_read_detections (self->ending, first->run_id, second->start, error);
  if (!earlier || earlier->len == 0)
    return earlier != NULL;
  if (!chorus_seams_has_windows (self, first, second, &has_windows, error) || has_windows)
    return has_windows;

  for (guint i = 0; i < later->len; i++)
    {
      const ChorusSeamDetection *detection = &g_array_index (later, ChorusSeamDetection, i);
      ChorusSeamDetection *found = chorus_seams_find (earlier, detection);

      if (found && !chorus_seams_join_two (self, found, detection, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
chorus_seams_join (ChorusDatabase  *db,
                   gint64           recording_id,
                   GError         **error)
{
  g_auto (ChorusSeams) self = { .db = db };
  g_autoptr (GArray) parts = NULL;

  if (!chorus_seams_reset (db, recording_id, error) || !chorus_seams_prepare (&self, error))
    return FALSE;
  parts = chorus_seams_read_parts (db, recording_id, error);
  if (!parts)
    return FALSE;

  /* From the first to the last, so that what went on over one seam can go on over the next. */
  for (guint i = 0; i + 1 < parts->len; i++)
    {
      if (!chorus_seams_join_parts (&self, &g_array_index (parts, ChorusSeamPart, i),
                                    &g_array_index (parts, ChorusSeamPart, i + 1), error))
        return FALSE;
    }

  return TRUE;
}
