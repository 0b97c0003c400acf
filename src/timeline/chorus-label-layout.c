/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-label-layout.h"

/* Between two labels, in pixels. */
#define GAP 2.0

typedef struct
{
  const ChorusLabel *labels;
  const gsize *placed;
  gsize n_placed;
  double width;
  double height;
} ChorusLabelPlacing;

static gboolean
chorus_label_is_in_row (const ChorusLabelRect *rect,
                        double                 y,
                        double                 height)
{
  return rect->y < y + height + GAP && y < rect->y + rect->height + GAP;
}

/* The free stretch of the row at @y around @x or, where that is taken, the first one to the right of it that begins
 * before @x_limit. */
static gboolean
chorus_label_find_room (const ChorusLabelPlacing *self,
                        double                    x,
                        double                    x_limit,
                        double                    y,
                        double                    height,
                        double                   *start,
                        double                   *end)
{
  gboolean moved = TRUE;

  *start = x;
  while (moved)
    {
      moved = FALSE;
      *end = self->width;
      for (gsize i = 0; i < self->n_placed; i++)
        {
          const ChorusLabelRect *other = &self->labels[self->placed[i]].place;

          if (!chorus_label_is_in_row (other, y, height))
            continue;
          if (other->x - GAP <= *start && *start < other->x + other->width + GAP)
            {
              *start = other->x + other->width + GAP;
              moved = TRUE;
            }
          else if (other->x > *start)
            {
              *end = MIN (*end, other->x - GAP);
            }
        }
    }

  return *start <= x_limit && *end > *start;
}

/* Tries one row. Returns whether the label has been placed with at least @least_width. */
static gboolean
chorus_label_try_row (const ChorusLabelPlacing *self,
                      ChorusLabel              *label,
                      double                    y,
                      double                    label_height,
                      double                    least_width)
{
  double x = CLAMP (label->box.x, 0.0, MAX (self->width - label->natural_width, 0.0));
  double x_limit = MAX (label->box.x + label->box.width, x);
  double start = 0.0;
  double end = 0.0;

  if (y < 0.0 || y + label_height > self->height)
    return FALSE;
  if (!chorus_label_find_room (self, x, x_limit, y, label_height, &start, &end))
    return FALSE;
  if (end - start < MIN (least_width, label->natural_width))
    return FALSE;

  label->place.x = start;
  label->place.y = y;
  label->place.width = MIN (label->natural_width, end - start);
  label->place.height = label_height;

  return TRUE;
}

static gboolean
chorus_label_is_visible (const ChorusLabelPlacing *self,
                         const ChorusLabel        *label)
{
  return label->box.x < self->width && label->box.x + label->box.width > 0 && label->box.y < self->height
         && label->box.y + label->box.height > 0;
}

static void
chorus_label_place (const ChorusLabelPlacing *self,
                    ChorusLabel              *label,
                    double                    label_height,
                    double                    least_width)
{
  double top = MAX (label->box.y, 0.0);
  double bottom = MIN (label->box.y + label->box.height, self->height);
  double rows[] = {
    label->box.y - label_height, top, bottom, label->box.y - 2 * label_height - GAP, top + label_height + GAP,
    bottom + label_height + GAP,
  };

  if (!chorus_label_is_visible (self, label))
    return;

  /* A label that is whole a row away says more than one that is cut in the best row. */
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (chorus_label_try_row (self, label, rows[i], label_height, label->natural_width))
        return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (chorus_label_try_row (self, label, rows[i], label_height, least_width))
        return;
    }
}

static int
chorus_label_compare (gconstpointer a,
                      gconstpointer b,
                      gpointer      user_data)
{
  const ChorusLabel *labels = user_data;
  gsize first = *(const gsize *) a;
  gsize second = *(const gsize *) b;

  if (labels[first].rank != labels[second].rank)
    return labels[first].rank < labels[second].rank ? -1 : 1;

  return first < second ? -1 : first > second;
}

void
chorus_label_layout (ChorusLabel *labels,
                     gsize        n_labels,
                     double       width,
                     double       height,
                     double       label_height,
                     double       least_width)
{
  g_autofree gsize *order = g_new (gsize, n_labels + 1);
  g_autofree gsize *placed = g_new (gsize, n_labels + 1);
  ChorusLabelPlacing self = { labels, placed, 0, width, height };

  for (gsize i = 0; i < n_labels; i++)
    {
      order[i] = i;
      labels[i].place = (ChorusLabelRect){ 0 };
    }
  g_qsort_with_data (order, (gint) n_labels, sizeof (gsize), chorus_label_compare, labels);

  for (gsize i = 0; i < n_labels; i++)
    {
      chorus_label_place (&self, &labels[order[i]], label_height, least_width);
      if (labels[order[i]].place.width > 0)
        placed[self.n_placed++] = order[i];
    }
}
