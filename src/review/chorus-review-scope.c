/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review-scope.h"

#include "store/chorus-statement.h"

void
chorus_review_scope_init (ChorusReviewScope        *self,
                          const char               *profile_id,
                          const char        *const *deployment_ids,
                          const char               *species)
{
  *self = (ChorusReviewScope){
    .profile_id = g_strdup (profile_id),
    .deployment_ids = g_strdupv ((char **) deployment_ids),
    .species = g_strdup (species),
  };
}

void
chorus_review_scope_clear (ChorusReviewScope *self)
{
  g_clear_pointer (&self->profile_id, g_free);
  g_clear_pointer (&self->deployment_ids, g_strfreev);
  g_clear_pointer (&self->species, g_free);
}

static void
chorus_review_place_clear (gpointer data)
{
  g_free (((ChorusReviewPlace *) data)->deployment_id);
}

GArray *
chorus_review_scope_read_places (const ChorusReviewScope  *self,
                                 ChorusDatabase           *db,
                                 GError                  **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (ChorusReviewPlace));
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db, "SELECT deployment_key, deployment_id FROM deployment_keys WHERE profile_id = ? ORDER BY deployment_key",
    error);
  ChorusStep step = CHORUS_STEP_ERROR;

  g_array_set_clear_func (places, chorus_review_place_clear);
  if (!select)
    return NULL;
  chorus_statement_bind_text (select, 1, self->profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusReviewPlace place = {
        .key = chorus_statement_get_int64 (select, 0),
        .deployment_id = chorus_statement_dup_text (select, 1),
      };

      if (self->deployment_ids && !g_strv_contains ((const char *const *) self->deployment_ids, place.deployment_id))
        g_free (place.deployment_id);
      else
        g_array_append_val (places, place);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&places) : NULL;
}
