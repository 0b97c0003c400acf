/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-tally-bar.h"

#include <math.h>

#include "viewer/chorus-style.h"

#define HEIGHT 4
#define LEFT_ALPHA 0.12f
/* What there is one of is seen. */
#define LEAST_WIDTH 2.0f

enum
{
  CONFIRMED,
  UNCERTAIN,
  REJECTED,
  N_PARTS
};

struct _ChorusTallyBar
{
  GtkWidget parent_instance;

  guint64 counts[N_PARTS];
  guint64 n;
};

G_DEFINE_FINAL_TYPE (ChorusTallyBar, chorus_tally_bar, GTK_TYPE_WIDGET)

static GdkRGBA
chorus_tally_bar_get_color (ChorusTallyBar *self,
                            const char     *name)
{
  GdkRGBA color = chorus_style_get_text_color (GTK_WIDGET (self));

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, &color);

  return color;
}

static void
chorus_tally_bar_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  static const char *const names[N_PARTS] = { "success_color", "warning_color", "error_color" };
  ChorusTallyBar *self = CHORUS_TALLY_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float top = floorf (((float) gtk_widget_get_height (widget) - HEIGHT) / 2.0f);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, top, width, HEIGHT);
  GdkRGBA left = chorus_style_get_text_color (widget);
  GskRoundedRect rounded;
  float x = 0.0f;

  left.alpha *= LEFT_ALPHA;
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &left, &bounds);
  for (guint i = 0; self->n > 0 && i < N_PARTS; i++)
    {
      GdkRGBA color = chorus_tally_bar_get_color (self, names[i]);
      float part = roundf (width * (float) self->counts[i] / (float) self->n);

      if (self->counts[i] == 0)
        continue;
      part = MAX (part, LEAST_WIDTH);
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x, top, part, HEIGHT));
      x += part;
    }
  gtk_snapshot_pop (snapshot);
}

static void
chorus_tally_bar_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : HEIGHT;
}

static void
chorus_tally_bar_class_init (ChorusTallyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = chorus_tally_bar_snapshot;
  widget_class->measure = chorus_tally_bar_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
chorus_tally_bar_init (ChorusTallyBar *self)
{
}

void
chorus_tally_bar_set_counts (ChorusTallyBar *self,
                             guint64         n_confirmed,
                             guint64         n_uncertain,
                             guint64         n_rejected,
                             guint64         n)
{
  g_return_if_fail (CHORUS_IS_TALLY_BAR (self));

  self->counts[CONFIRMED] = n_confirmed;
  self->counts[UNCERTAIN] = n_uncertain;
  self->counts[REJECTED] = n_rejected;
  self->n = n;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
