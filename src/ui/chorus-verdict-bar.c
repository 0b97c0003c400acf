/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-verdict-bar.h"
#include "chorus-verdict-style.h"

#define CHORUS_VERDICT_BAR_N_VERDICTS (CHORUS_VERDICT_UNCERTAIN + 1)

struct _ChorusVerdictBar
{
  GtkBox parent_instance;

  /* Borrowed: children */
  GtkBox *verdict_box;
  GtkBox *more_box;
  GtkWidget *verdict_buttons[CHORUS_VERDICT_BAR_N_VERDICTS];
  GtkWidget *relabel_button;
  GtkWidget *note_button;
  GtkWidget *star_button;

  /* Owned references */
  ChorusDetection *detection;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (ChorusVerdictBar, chorus_verdict_bar, GTK_TYPE_BOX)

static void
chorus_verdict_bar_set_class (GtkWidget  *widget,
                              const char *name,
                              gboolean    has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
chorus_verdict_bar_update (ChorusVerdictBar *self)
{
  ChorusVerdict verdict =
    self->detection != NULL ? chorus_detection_get_verdict (self->detection) : CHORUS_VERDICT_NONE;
  gboolean renamed = self->detection != NULL && chorus_detection_get_renamed (self->detection);

  for (guint i = 0; i < CHORUS_VERDICT_BAR_N_VERDICTS; i++)
    if (self->verdict_buttons[i] != NULL)
      chorus_verdict_bar_set_class (self->verdict_buttons[i], "given", i == verdict && !renamed);
  chorus_verdict_bar_set_class (self->relabel_button, "given", renamed);
  chorus_verdict_bar_set_class (self->note_button, "given",
                                self->detection != NULL && chorus_detection_get_note (self->detection) != NULL);
  chorus_verdict_bar_set_class (self->star_button, "given",
                                self->detection != NULL && chorus_detection_get_starred (self->detection));
}

static GtkWidget *
chorus_verdict_bar_create_key_cap (const char *key)
{
  GtkWidget *key_cap = gtk_label_new (key);

  gtk_widget_add_css_class (key_cap, "key-cap");
  gtk_widget_add_css_class (key_cap, "caption");
  gtk_widget_set_valign (key_cap, GTK_ALIGN_CENTER);

  return key_cap;
}

static void
chorus_verdict_bar_add_verdict (ChorusVerdictBar *self,
                                ChorusVerdict     verdict,
                                const char       *title,
                                const char       *key,
                                const char       *style,
                                const char       *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "caption-heading");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (caption, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (caption), label);
  gtk_box_append (GTK_BOX (caption), chorus_verdict_bar_create_key_cap (key));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (chorus_verdict_style_get_icon_name (verdict)));
  gtk_box_append (GTK_BOX (box), caption);

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "verdict-button");
  gtk_widget_add_css_class (button, style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->verdict_box, button);

  self->verdict_buttons[verdict] = button;
}

static GtkWidget *
chorus_verdict_bar_add_more (ChorusVerdictBar *self,
                             const char       *title,
                             const char       *key,
                             const char       *icon_name,
                             const char       *tooltip,
                             const char       *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (box), chorus_verdict_bar_create_key_cap (key));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "more-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->more_box, button);

  return button;
}

static void
chorus_verdict_bar_dispose (GObject *object)
{
  ChorusVerdictBar *self = CHORUS_VERDICT_BAR (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->detection);

  G_OBJECT_CLASS (chorus_verdict_bar_parent_class)->dispose (object);
}

static void
chorus_verdict_bar_class_init (ChorusVerdictBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_verdict_bar_dispose;
}

static void
chorus_verdict_bar_init (ChorusVerdictBar *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);

  self->verdict_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_set_homogeneous (self->verdict_box, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->verdict_box), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->verdict_box));
  self->more_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_set_homogeneous (self->more_box, TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->more_box));

  chorus_verdict_bar_add_verdict (self, CHORUS_VERDICT_CONFIRMED, _("Confirm"), "Y", "confirmed", "review.confirm");
  chorus_verdict_bar_add_verdict (self, CHORUS_VERDICT_REJECTED, _("Reject"), "N", "rejected", "review.reject");
  chorus_verdict_bar_add_verdict (self, CHORUS_VERDICT_UNCERTAIN, _("Uncertain"), "U", "uncertain",
                                  "review.uncertain");
  self->relabel_button = chorus_verdict_bar_add_more (self, _("Relabel"), "R", "document-edit-symbolic",
                                                      _("Confirm as Another Species (R)"), "review.relabel");
  self->note_button =
    chorus_verdict_bar_add_more (self, _("Note"), "C", "chorus-note-symbolic", _("Write a Note (C)"), "review.note");
  self->star_button = chorus_verdict_bar_add_more (self, _("Star"), "*", "non-starred-symbolic",
                                                   _("Mark as a Good Example (*)"), "review.star");

  self->signals = g_signal_group_new (CHORUS_TYPE_DETECTION);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_verdict_bar_update), self,
                                 G_CONNECT_SWAPPED);
}

void
chorus_verdict_bar_set_detection (ChorusVerdictBar *self,
                                  ChorusDetection  *detection)
{
  g_return_if_fail (CHORUS_IS_VERDICT_BAR (self));
  g_return_if_fail (detection == NULL || CHORUS_IS_DETECTION (detection));

  g_set_object (&self->detection, detection);
  g_signal_group_set_target (self->signals, detection);
  chorus_verdict_bar_update (self);
}

GtkWidget *
chorus_verdict_bar_get_relabel_button (ChorusVerdictBar *self)
{
  g_return_val_if_fail (CHORUS_IS_VERDICT_BAR (self), NULL);

  return self->relabel_button;
}

GtkWidget *
chorus_verdict_bar_get_note_button (ChorusVerdictBar *self)
{
  g_return_val_if_fail (CHORUS_IS_VERDICT_BAR (self), NULL);

  return self->note_button;
}
