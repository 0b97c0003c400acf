/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-filter-popover.h"

/* The rows of the list of times of the day. */
typedef enum
{
  CHORUS_FILTER_TIME_ANY,
  CHORUS_FILTER_TIME_NIGHT,
  CHORUS_FILTER_TIME_HOURS,
} ChorusFilterTime;

struct _ChorusFilterPopover
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkEditable *first_day_row;
  GtkEditable *last_day_row;
  AdwComboRow *time_row;
  GtkWidget *hours_row;
  GtkSpinButton *first_hour_spin;
  GtkSpinButton *last_hour_spin;
  GtkSpinButton *threshold_spin;
  GtkWidget *hint_label;
  GtkEditable *name_row;
  GtkListBox *saved_box;
  GtkWidget *clear_button;

  /* Owned references */
  GSettings *settings;

  /* State */
  ChorusRecordingFilter *filter;
  gboolean showing; /* the rows are being set */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusFilterPopover, chorus_filter_popover, GTK_TYPE_POPOVER)

/* A day as a person writes it, in days since 1970; no day at all is any day. While one is being written @day stays. */
static gboolean
chorus_filter_popover_read_day (GtkEditable *row,
                                int         *day)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));
  g_autofree char *midnight = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = NULL;
  gboolean known = TRUE;

  if (*text != '\0')
    {
      time = g_date_time_new_from_iso8601 (midnight, NULL);
      known = time != NULL;
    }
  else
    {
      *day = CHORUS_FILTER_ANY_DAY;
    }
  if (time != NULL)
    *day = (int) (g_date_time_to_unix (time) / (G_TIME_SPAN_DAY / G_TIME_SPAN_SECOND));

  if (known)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               known ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);

  return known;
}

static void
chorus_filter_popover_show_day (GtkEditable *row,
                                int          day)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (day != CHORUS_FILTER_ANY_DAY)
    time = g_date_time_new_from_unix_utc ((gint64) day * (G_TIME_SPAN_DAY / G_TIME_SPAN_SECOND));
  if (time != NULL)
    text = g_date_time_format (time, "%F");

  gtk_editable_set_text (row, text != NULL ? text : "");
}

static void
chorus_filter_popover_update (ChorusFilterPopover *self)
{
  gtk_widget_set_visible (self->hours_row, adw_combo_row_get_selected (self->time_row) == CHORUS_FILTER_TIME_HOURS);
  gtk_widget_set_sensitive (self->clear_button, !chorus_recording_filter_is_empty (self->filter));
}

static void
chorus_filter_popover_edited_cb (ChorusFilterPopover *self)
{
  g_autoptr (ChorusRecordingFilter) filter = NULL;
  guint time = adw_combo_row_get_selected (self->time_row);
  gboolean first_known;
  gboolean last_known;

  /* The rows change while the template is made, too. */
  if (self->showing || self->filter == NULL)
    return;

  filter = chorus_recording_filter_copy (self->filter);
  first_known = chorus_filter_popover_read_day (self->first_day_row, &filter->first_day);
  last_known = chorus_filter_popover_read_day (self->last_day_row, &filter->last_day);
  gtk_widget_set_visible (self->hint_label, !first_known || !last_known);
  filter->night = time == CHORUS_FILTER_TIME_NIGHT;
  filter->first_hour = -1;
  filter->last_hour = -1;
  if (time == CHORUS_FILTER_TIME_HOURS)
    {
      filter->first_hour = gtk_spin_button_get_value_as_int (self->first_hour_spin);
      filter->last_hour = gtk_spin_button_get_value_as_int (self->last_hour_spin);
    }
  filter->threshold = gtk_spin_button_get_value (self->threshold_spin);

  g_clear_pointer (&self->filter, chorus_recording_filter_free);
  self->filter = g_steal_pointer (&filter);
  chorus_filter_popover_update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
chorus_filter_popover_clear_cb (ChorusFilterPopover *self)
{
  g_autoptr (ChorusRecordingFilter) all = chorus_recording_filter_new ();

  chorus_filter_popover_set_filter (self, all);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

/* Saved filters */

static void
chorus_filter_popover_save_cb (ChorusFilterPopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "saved-filters");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  if (*name == '\0')
    return;

  /* One that has the same name is replaced. */
  for (gsize i = 0; i < g_variant_n_children (saved); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (saved, i);
      const char *other = NULL;

      g_variant_get_child (child, 0, "&s", &other);
      if (!g_str_equal (other, name))
        g_variant_builder_add_value (&builder, child);
    }
  g_variant_builder_add (&builder, "(s@a{sv})", name, chorus_recording_filter_to_variant (self->filter));
  g_settings_set_value (self->settings, "saved-filters", g_variant_builder_end (&builder));
  gtk_editable_set_text (self->name_row, "");
}

static void
chorus_filter_popover_remove_cb (GtkButton *button,
                                 gpointer   user_data)
{
  ChorusFilterPopover *self = CHORUS_FILTER_POPOVER (user_data);
  gsize removed = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "index"));
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "saved-filters");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  for (gsize i = 0; i < g_variant_n_children (saved); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (saved, i);

      if (i != removed)
        g_variant_builder_add_value (&builder, child);
    }
  g_settings_set_value (self->settings, "saved-filters", g_variant_builder_end (&builder));
}

static void
chorus_filter_popover_chosen_cb (ChorusFilterPopover *self,
                                 GtkListBoxRow       *row)
{
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "saved-filters");
  int index = gtk_list_box_row_get_index (row);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (ChorusRecordingFilter) filter = NULL;

  if (index < 0 || (gsize) index >= g_variant_n_children (saved))
    return;

  g_variant_get_child (saved, (gsize) index, "(s@a{sv})", NULL, &variant);
  filter = chorus_recording_filter_new_from_variant (variant);
  chorus_filter_popover_set_filter (self, filter);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static GtkWidget *
chorus_filter_popover_create_row (ChorusFilterPopover *self,
                                  const char          *name,
                                  gsize                index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  /* Translators: the name of a filter that was saved */
  g_autofree char *label = g_strdup_printf (_("Remove the Filter %s"), name);

  /* A name is text, never markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), "index", GSIZE_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (chorus_filter_popover_remove_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
chorus_filter_popover_list_saved (ChorusFilterPopover *self)
{
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "saved-filters");
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->saved_box))) != NULL)
    gtk_list_box_remove (self->saved_box, row);
  for (gsize i = 0; i < g_variant_n_children (saved); i++)
    {
      const char *name = NULL;

      g_variant_get_child (saved, i, "(&s@a{sv})", &name, NULL);
      gtk_list_box_append (self->saved_box, chorus_filter_popover_create_row (self, name, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->saved_box), g_variant_n_children (saved) > 0);
}

static void
chorus_filter_popover_dispose (GObject *object)
{
  ChorusFilterPopover *self = CHORUS_FILTER_POPOVER (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_FILTER_POPOVER);

  G_OBJECT_CLASS (chorus_filter_popover_parent_class)->dispose (object);
}

static void
chorus_filter_popover_finalize (GObject *object)
{
  ChorusFilterPopover *self = CHORUS_FILTER_POPOVER (object);

  g_clear_pointer (&self->filter, chorus_recording_filter_free);

  G_OBJECT_CLASS (chorus_filter_popover_parent_class)->finalize (object);
}

static void
chorus_filter_popover_class_init (ChorusFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_filter_popover_dispose;
  object_class->finalize = chorus_filter_popover_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, first_day_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, last_day_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, time_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, hours_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, first_hour_spin);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, last_hour_spin);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, threshold_spin);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, hint_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, name_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, saved_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusFilterPopover, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, chorus_filter_popover_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_filter_popover_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_filter_popover_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_filter_popover_chosen_cb);
}

static void
chorus_filter_popover_init (ChorusFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = chorus_recording_filter_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::saved-filters", G_CALLBACK (chorus_filter_popover_list_saved),
                           self, G_CONNECT_SWAPPED);
  chorus_filter_popover_list_saved (self);
  chorus_filter_popover_update (self);
}

const ChorusRecordingFilter *
chorus_filter_popover_get_filter (ChorusFilterPopover *self)
{
  g_return_val_if_fail (CHORUS_IS_FILTER_POPOVER (self), NULL);

  return self->filter;
}

void
chorus_filter_popover_set_filter (ChorusFilterPopover         *self,
                                  const ChorusRecordingFilter *filter)
{
  ChorusFilterTime time = CHORUS_FILTER_TIME_ANY;

  g_return_if_fail (CHORUS_IS_FILTER_POPOVER (self));
  g_return_if_fail (filter != NULL);

  if (chorus_recording_filter_equal (self->filter, filter))
    return;

  g_clear_pointer (&self->filter, chorus_recording_filter_free);
  self->filter = chorus_recording_filter_copy (filter);
  if (filter->night)
    time = CHORUS_FILTER_TIME_NIGHT;
  else if (filter->first_hour >= 0)
    time = CHORUS_FILTER_TIME_HOURS;

  self->showing = TRUE;
  chorus_filter_popover_show_day (self->first_day_row, filter->first_day);
  chorus_filter_popover_show_day (self->last_day_row, filter->last_day);
  adw_combo_row_set_selected (self->time_row, time);
  if (time == CHORUS_FILTER_TIME_HOURS)
    {
      gtk_spin_button_set_value (self->first_hour_spin, filter->first_hour);
      gtk_spin_button_set_value (self->last_hour_spin, filter->last_hour);
    }
  gtk_spin_button_set_value (self->threshold_spin, filter->threshold);
  gtk_widget_set_visible (self->hint_label, FALSE);
  self->showing = FALSE;
  chorus_filter_popover_update (self);
}
