/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-activity.h"

#include "chorus-activity-rows.h"

struct _ChorusActivity
{
  GObject parent_instance;

  GArray *cells; /* of ChorusActivityCell, sorted */
  guint most;
  guint64 total;
  guint64 n_untimed;
  guint64 n_without_zone;
};

G_DEFINE_FINAL_TYPE (ChorusActivity, chorus_activity, G_TYPE_OBJECT)

static void
chorus_activity_finalize (GObject *object)
{
  ChorusActivity *self = CHORUS_ACTIVITY (object);

  g_clear_pointer (&self->cells, g_array_unref);

  G_OBJECT_CLASS (chorus_activity_parent_class)->finalize (object);
}

static void
chorus_activity_class_init (ChorusActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_activity_finalize;
}

static void
chorus_activity_init (ChorusActivity *self)
{
}

ChorusActivity *
chorus_activity_new (GArray  *cells,
                     guint64  n_untimed,
                     guint64  n_without_zone)
{
  ChorusActivity *self = g_object_new (CHORUS_TYPE_ACTIVITY, NULL);

  self->cells = g_array_ref (cells);
  self->n_untimed = n_untimed;
  self->n_without_zone = n_without_zone;
  for (guint i = 0; i < cells->len; i++)
    {
      const guint count = g_array_index (cells, ChorusActivityCell, i).count;

      self->most = MAX (self->most, count);
      self->total += count;
    }

  return self;
}

const ChorusActivityCell *
chorus_activity_get_cells (ChorusActivity *self,
                           guint          *n_cells)
{
  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), NULL);
  g_return_val_if_fail (n_cells != NULL, NULL);

  *n_cells = self->cells->len;

  return (const ChorusActivityCell *) (gconstpointer) self->cells->data;
}

static int
chorus_activity_compare (gconstpointer a,
                         gconstpointer b)
{
  const ChorusActivityCell *first = a;
  const ChorusActivityCell *second = b;

  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;

  return first->hour - second->hour;
}

guint
chorus_activity_get_count (ChorusActivity *self,
                           int             day,
                           int             hour)
{
  const ChorusActivityCell wanted = { day, hour, 0 };
  guint index = 0;

  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), 0);

  if (!g_array_binary_search (self->cells, &wanted, chorus_activity_compare, &index))
    return 0;

  return g_array_index (self->cells, ChorusActivityCell, index).count;
}

gboolean
chorus_activity_get_days (ChorusActivity *self,
                          int            *first_day,
                          int            *last_day)
{
  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), FALSE);

  if (self->cells->len == 0)
    return FALSE;

  if (first_day)
    *first_day = g_array_index (self->cells, ChorusActivityCell, 0).day;
  if (last_day)
    *last_day = g_array_index (self->cells, ChorusActivityCell, self->cells->len - 1).day;

  return TRUE;
}

guint
chorus_activity_get_most (ChorusActivity *self)
{
  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), 0);

  return self->most;
}

guint64
chorus_activity_get_total (ChorusActivity *self)
{
  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), 0);

  return self->total;
}

guint64
chorus_activity_get_n_untimed (ChorusActivity *self)
{
  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), 0);

  return self->n_untimed;
}

guint64
chorus_activity_get_n_without_zone (ChorusActivity *self)
{
  g_return_val_if_fail (CHORUS_IS_ACTIVITY (self), 0);

  return self->n_without_zone;
}
