/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-activity-rows.h"

/* The clock of the recorder, in hours since 1970: the text without its zone. A million years of hours are added while it is
 * divided, because SQLite rounds towards zero. */
#define CHORUS_ACTIVITY_CLOCK(offset)                                                                                  \
  "cast(strftime('%s', substr(r.recorded_at, 1, 19)) + " offset " + 31536000000000 AS INTEGER) / 3600 - 8760000000"

#define CHORUS_ACTIVITY_SCOPE "r.profile_id = ?1 AND r.deployment_id IN (" CHORUS_SCOPE_LIST ")"

/* Only what is shown counts, as the species that holds. */
static const char chorus_activity_of_species[] = "SELECT " CHORUS_ACTIVITY_CLOCK (
  "max(coalesce(d.start_time, 0), 0)") " AS clock, count(*),"
                                       "  sum(r.recorded_has_zone = 0)"
                                       " FROM recording_species s CROSS JOIN recordings r USING (recording_id)"
                                       " JOIN detections d ON d.held_species = s.species AND d.recording_id = s.recording_id"
                                       " WHERE s.species = ?4 AND " CHORUS_ACTIVITY_SCOPE
                                       "  AND d.shown_in IS NOT NULL AND (?5 <= 0 OR d.confidence >= ?5)"
                                       " GROUP BY clock ORDER BY clock";

static const char chorus_activity_of_recordings[] =
  "SELECT " CHORUS_ACTIVITY_CLOCK ("0") " AS clock, count(*), sum(r.recorded_has_zone = 0)"
                                        " FROM recordings r WHERE " CHORUS_ACTIVITY_SCOPE
                                        " GROUP BY clock ORDER BY clock";

void
chorus_activity_question_free (ChorusActivityQuestion *self)
{
  g_free (self->profile_id);
  chorus_scope_free (self->scope);
  g_free (self->species);
  g_free (self);
}

gpointer
chorus_activity_rows_count (ChorusDatabase  *db,
                            gpointer         data,
                            GError         **error)
{
  const ChorusActivityQuestion *question = data;
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (ChorusActivityCell));
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, question->species ? chorus_activity_of_species : chorus_activity_of_recordings, error);
  guint64 n_untimed = 0;
  guint64 n_without_zone = 0;
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  chorus_statement_bind_text (select, 1, question->profile_id);
  chorus_statement_bind_text (select, 2, chorus_scope_get_word (question->scope));
  chorus_statement_bind_text (select, 3, question->scope->id);
  if (question->species)
    {
      chorus_statement_bind_text (select, 4, question->species);
      chorus_statement_bind_double (select, 5, question->threshold);
    }

  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      const gint64 clock = chorus_statement_get_int64 (select, 0);
      const gint64 day = clock / 24 - (clock % 24 < 0);
      const ChorusActivityCell cell = { (int) day, (int) (clock - 24 * day),
                                        (guint) chorus_statement_get_int64 (select, 1) };

      if (chorus_statement_is_null (select, 0))
        {
          n_untimed += cell.count;
          continue;
        }
      g_array_append_val (cells, cell);
      n_without_zone += (guint64) chorus_statement_get_int64 (select, 2);
    }

  return step == CHORUS_STEP_DONE ? chorus_activity_new (cells, n_untimed, n_without_zone) : NULL;
}
