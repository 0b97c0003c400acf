/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-filter-bar.h"

struct _ChorusFilterBar
{
  AdwBin parent_instance;

  /* Owned by the bin */
  GtkWidget *buttons[CHORUS_N_STATUS_FILTERS];
  GtkLabel *counts[CHORUS_N_STATUS_FILTERS];

  /* State */
  ChorusStatusFilter filter;
};

enum
{
  PROP_0,
  PROP_FILTER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const chorus_filter_bar_titles[CHORUS_N_STATUS_FILTERS] = {
  [CHORUS_STATUS_FILTER_ALL] = N_("All"),
  [CHORUS_STATUS_FILTER_TO_ANALYZE] = N_("To Analyze"),
  [CHORUS_STATUS_FILTER_WITH] = N_("With Detections"),
  [CHORUS_STATUS_FILTER_WITHOUT] = N_("Without"),
  [CHORUS_STATUS_FILTER_FAILED] = N_("Failed"),
};

G_DEFINE_FINAL_TYPE (ChorusFilterBar, chorus_filter_bar, ADW_TYPE_BIN)

guint
chorus_status_filter_get_statuses (ChorusStatusFilter filter)
{
  switch (filter)
    {
    case CHORUS_STATUS_FILTER_TO_ANALYZE:
      return 1u << CHORUS_RECORDING_TO_ANALYZE;
    case CHORUS_STATUS_FILTER_WITH:
      return 1u << CHORUS_RECORDING_DETECTIONS;
    case CHORUS_STATUS_FILTER_WITHOUT:
      return 1u << CHORUS_RECORDING_NO_DETECTIONS;
    case CHORUS_STATUS_FILTER_FAILED:
      return (1u << CHORUS_RECORDING_FAILED) | (1u << CHORUS_RECORDING_REFUSED);
    case CHORUS_STATUS_FILTER_ALL:
    default:
      return 0;
    }
}

ChorusStatusFilter
chorus_status_filter_from_statuses (guint statuses)
{
  for (guint i = 0; i < CHORUS_N_STATUS_FILTERS; i++)
    {
      if (chorus_status_filter_get_statuses (i) == statuses)
        return i;
    }

  return CHORUS_STATUS_FILTER_ALL;
}

static void
chorus_filter_bar_toggled_cb (ChorusFilterBar *self,
                              GtkToggleButton *button)
{
  g_assert (CHORUS_IS_FILTER_BAR (self));

  if (!gtk_toggle_button_get_active (button))
    return;

  for (guint i = 0; i < CHORUS_N_STATUS_FILTERS; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      chorus_filter_bar_set_filter (self, i);
}

static void
chorus_filter_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  ChorusFilterBar *self = CHORUS_FILTER_BAR (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_uint (value, chorus_filter_bar_get_filter (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_filter_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  ChorusFilterBar *self = CHORUS_FILTER_BAR (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      chorus_filter_bar_set_filter (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_filter_bar_class_init (ChorusFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = chorus_filter_bar_get_property;
  object_class->set_property = chorus_filter_bar_set_property;

  properties[PROP_FILTER] =
    g_param_spec_uint ("filter", NULL, NULL, 0, CHORUS_N_STATUS_FILTERS - 1, CHORUS_STATUS_FILTER_ALL,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_filter_bar_init (ChorusFilterBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "filter-bar");

  for (guint i = 0; i < CHORUS_N_STATUS_FILTERS; i++)
    {
      const char *title = _(chorus_filter_bar_titles[i]);
      GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      self->counts[i] = GTK_LABEL (gtk_label_new ("0"));
      gtk_widget_add_css_class (GTK_WIDGET (self->counts[i]), "numeric");
      gtk_widget_add_css_class (GTK_WIDGET (self->counts[i]), "dim-label");
      gtk_box_append (GTK_BOX (content), gtk_label_new (title));
      gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->counts[i]));

      self->buttons[i] = gtk_toggle_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->buttons[i]), content);
      gtk_widget_add_css_class (self->buttons[i], "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]), GTK_TOGGLE_BUTTON (self->buttons[0]));
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[0]), TRUE);
  for (guint i = 0; i < CHORUS_N_STATUS_FILTERS; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (chorus_filter_bar_toggled_cb), self,
                             G_CONNECT_SWAPPED);

  adw_bin_set_child (ADW_BIN (self), box);
}

ChorusStatusFilter
chorus_filter_bar_get_filter (ChorusFilterBar *self)
{
  g_return_val_if_fail (CHORUS_IS_FILTER_BAR (self), CHORUS_STATUS_FILTER_ALL);

  return self->filter;
}

void
chorus_filter_bar_set_filter (ChorusFilterBar    *self,
                              ChorusStatusFilter  filter)
{
  g_return_if_fail (CHORUS_IS_FILTER_BAR (self));
  g_return_if_fail (filter < CHORUS_N_STATUS_FILTERS);

  if (self->filter == filter)
    return;

  self->filter = filter;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[filter]), TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

void
chorus_filter_bar_set_counts (ChorusFilterBar *self,
                              const guint     *counts)
{
  g_return_if_fail (CHORUS_IS_FILTER_BAR (self));
  g_return_if_fail (counts != NULL);

  for (guint i = 0; i < CHORUS_N_STATUS_FILTERS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%'u", counts[i]);

      gtk_label_set_text (self->counts[i], text);
    }
}
