/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-settings.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of the window, around the settings, in pixels. */
#define LEAST_MARGIN 96
#define LEAST_HEIGHT 160

static const char *const preset_names[] = {
  N_("Custom"), N_("Birds"), N_("Bats"), N_("Insects and Frogs"), N_("Whales"), NULL,
};

static const char *const color_names[] = {
  N_("Viridis"), N_("Magma"), N_("Inferno"), N_("Cividis"), N_("Gray"), N_("Gray, Inverted"), NULL,
};

static const char *const background_names[] = { N_("Shown"), N_("Removed (Median)"), NULL };

static const char *const scale_names[] = { N_("Linear"), N_("Logarithmic"), N_("Mel"), NULL };

static const char *const function_names[] = {
  N_("Rectangular"), N_("Hann"), N_("Hamming"), N_("Blackman–Harris"), N_("Kaiser"), NULL,
};

struct _ChorusViewSettings
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkDropDown *preset_row;
  GtkDropDown *color_row;
  GtkDropDown *background_row;
  GtkDropDown *scale_row;
  GtkDropDown *window_row;
  GtkDropDown *function_row;
  GtkWidget *beta_label;
  GtkWidget *beta_row;
  GtkSwitch *auto_switch;
  GtkSwitch *clock_switch;
  GtkWidget *clock_label;
  GtkAdjustment *low_adjustment;
  GtkAdjustment *high_adjustment;
  GtkAdjustment *beta_adjustment;
  GtkAdjustment *overlap_adjustment;

  ChorusViewSession *session;
  /* While controls follow the session, they do not lead it. */
  gboolean following;
};

G_DEFINE_FINAL_TYPE (ChorusViewSettings, chorus_view_settings, GTK_TYPE_POPOVER)

/* Shows the session as it is. */
static void
chorus_view_settings_follow (ChorusViewSettings *self)
{
  gboolean removed = chorus_view_session_get_background (self->session) == CHORUS_BACKGROUND_MODE_REMOVED;
  gboolean has_clock = chorus_view_session_get_recorded (self->session) != NULL;

  self->following = TRUE;
  /* A range of dBFS, or of dB above the background. */
  gtk_adjustment_set_lower (self->low_adjustment, removed ? -30.0 : -140.0);
  gtk_adjustment_set_upper (self->low_adjustment, removed ? 50.0 : 0.0);
  gtk_adjustment_set_lower (self->high_adjustment, removed ? 0.0 : -130.0);
  gtk_adjustment_set_upper (self->high_adjustment, removed ? 90.0 : 10.0);
  gtk_adjustment_set_value (self->low_adjustment, chorus_view_session_get_low_db (self->session));
  gtk_adjustment_set_value (self->high_adjustment, chorus_view_session_get_high_db (self->session));
  self->following = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->clock_switch), has_clock);
  gtk_widget_set_sensitive (self->clock_label, has_clock);
}

static void
chorus_view_settings_range_cb (ChorusViewSettings *self)
{
  g_assert (CHORUS_IS_VIEW_SETTINGS (self));

  if (!self->following && self->session)
    chorus_view_session_set_range (self->session, gtk_adjustment_get_value (self->low_adjustment),
                                   gtk_adjustment_get_value (self->high_adjustment));
}

static gboolean
chorus_view_settings_length_to_index (GBinding     *binding,
                                      const GValue *from,
                                      GValue       *to,
                                      gpointer      user_data)
{
  guint index = 0;

  while ((CHORUS_STFT_MIN_WINDOW_LENGTH << index) < g_value_get_uint (from))
    index++;
  g_value_set_uint (to, index);

  return TRUE;
}

static gboolean
chorus_view_settings_index_to_length (GBinding     *binding,
                                      const GValue *from,
                                      GValue       *to,
                                      gpointer      user_data)
{
  if (g_value_get_uint (from) == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_uint (to, CHORUS_STFT_MIN_WINDOW_LENGTH << g_value_get_uint (from));

  return TRUE;
}

static gboolean
chorus_view_settings_part_to_percent (GBinding     *binding,
                                      const GValue *from,
                                      GValue       *to,
                                      gpointer      user_data)
{
  g_value_set_double (to, round (g_value_get_double (from) * 100.0));

  return TRUE;
}

static gboolean
chorus_view_settings_percent_to_part (GBinding     *binding,
                                      const GValue *from,
                                      GValue       *to,
                                      gpointer      user_data)
{
  g_value_set_double (to, g_value_get_double (from) / 100.0);

  return TRUE;
}

static gboolean
chorus_view_settings_is_kaiser (GBinding     *binding,
                                const GValue *from,
                                GValue       *to,
                                gpointer      user_data)
{
  g_value_set_boolean (to, g_value_get_uint (from) == CHORUS_WINDOW_FUNCTION_KAISER);

  return TRUE;
}

static void
chorus_view_settings_bind (ChorusViewSettings *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  ChorusViewSession *session = self->session;

  g_object_bind_property (session, "preset", self->preset_row, "selected", both);
  g_object_bind_property (session, "color-map", self->color_row, "selected", both);
  g_object_bind_property (session, "background", self->background_row, "selected", both);
  g_object_bind_property (session, "auto-range", self->auto_switch, "active", both);
  g_object_bind_property (session, "frequency-scale", self->scale_row, "selected", both);
  g_object_bind_property_full (session, "window-length", self->window_row, "selected", both,
                               chorus_view_settings_length_to_index, chorus_view_settings_index_to_length, NULL, NULL);
  g_object_bind_property (session, "window-function", self->function_row, "selected", both);
  g_object_bind_property_full (session, "window-function", self->beta_label, "visible", G_BINDING_SYNC_CREATE,
                               chorus_view_settings_is_kaiser, NULL, NULL, NULL);
  g_object_bind_property (self->beta_label, "visible", self->beta_row, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (session, "kaiser-beta", self->beta_adjustment, "value", both);
  g_object_bind_property_full (session, "overlap", self->overlap_adjustment, "value", both,
                               chorus_view_settings_part_to_percent, chorus_view_settings_percent_to_part, NULL, NULL);
  g_object_bind_property (session, "clock-time", self->clock_switch, "active", both);
}

void
chorus_view_settings_set_session (ChorusViewSettings *self,
                                  ChorusViewSession  *session)
{
  static const char *const names[] = { "notify::low-db", "notify::high-db", "notify::background", "notify::recorded" };

  g_return_if_fail (CHORUS_IS_VIEW_SETTINGS (self));
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (session));
  g_return_if_fail (!self->session);

  self->session = g_object_ref (session);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (chorus_view_settings_follow), self, G_CONNECT_SWAPPED);
  chorus_view_settings_bind (self);
  chorus_view_settings_follow (self);
}

static void
chorus_view_settings_fill_row (GtkDropDown        *row,
                               const char  *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (gsize i = 0; names[i]; i++)
    gtk_string_list_append (list, _(names[i]));
  gtk_drop_down_set_model (row, G_LIST_MODEL (list));
}

static void
chorus_view_settings_fill (ChorusViewSettings *self)
{
  g_autoptr (GtkStringList) window_list = gtk_string_list_new (NULL);

  for (guint length = CHORUS_STFT_MIN_WINDOW_LENGTH; length <= CHORUS_STFT_MAX_WINDOW_LENGTH; length *= 2)
    {
      g_autofree char *text = g_strdup_printf ("%u", length);

      gtk_string_list_append (window_list, text);
    }
  gtk_drop_down_set_model (self->window_row, G_LIST_MODEL (window_list));
  chorus_view_settings_fill_row (self->preset_row, preset_names);
  chorus_view_settings_fill_row (self->color_row, color_names);
  chorus_view_settings_fill_row (self->background_row, background_names);
  chorus_view_settings_fill_row (self->scale_row, scale_names);
  chorus_view_settings_fill_row (self->function_row, function_names);
}

/* In a low window it scrolls, so that none of it lies outside. */
static void
chorus_view_settings_map (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW));

  if (window)
    gtk_scrolled_window_set_max_content_height (CHORUS_VIEW_SETTINGS (widget)->scroller,
                                                MAX (gtk_widget_get_height (window) - LEAST_MARGIN, LEAST_HEIGHT));

  GTK_WIDGET_CLASS (chorus_view_settings_parent_class)->map (widget);
}

static void
chorus_view_settings_dispose (GObject *object)
{
  ChorusViewSettings *self = CHORUS_VIEW_SETTINGS (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_VIEW_SETTINGS);

  G_OBJECT_CLASS (chorus_view_settings_parent_class)->dispose (object);
}

static void
chorus_view_settings_class_init (ChorusViewSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chorus_view_settings_dispose;
  widget_class->map = chorus_view_settings_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/viewer/chorus-view-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, scroller);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, preset_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, color_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, background_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, scale_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, window_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, function_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, beta_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, beta_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, auto_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, clock_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, clock_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, low_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, high_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, beta_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, overlap_adjustment);
  gtk_widget_class_bind_template_callback (widget_class, chorus_view_settings_range_cb);
}

static void
chorus_view_settings_init (ChorusViewSettings *self)
{
  self->following = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  chorus_view_settings_fill (self);
  self->following = FALSE;
}
