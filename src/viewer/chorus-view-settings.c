/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-settings.h"

#include <glib/gi18n.h>
#include <math.h>

/* The band is from 0 Hz up to @high, or to the highest frequency there is where that is lower or @high is 0. A window
 * is a length of time, because what suits a voice does not depend on how it was sampled. */
typedef struct
{
  const char *name;
  double low;
  double high;
  double window;
} ChorusViewPreset;

static const ChorusViewPreset presets[] = {
  { N_("Custom"), 0.0, 0.0, 0.0 },      { N_("Birds"), 0.0, 12000.0, 0.0213 },
  { N_("Bats"), 10000.0, 0.0, 0.0027 }, { N_("Insects and Frogs"), 0.0, 20000.0, 0.0107 },
  { N_("Whales"), 0.0, 2000.0, 0.17 },
};

static const char *const color_names[] = {
  N_("Viridis"), N_("Magma"), N_("Inferno"), N_("Cividis"), N_("Gray"), N_("Gray, Inverted"),
};

struct _ChorusViewSettings
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkDropDown *preset_row;
  GtkDropDown *color_row;
  GtkDropDown *window_row;
  GtkSwitch *auto_switch;
  GtkSwitch *clock_switch;
  GtkWidget *clock_label;
  GtkAdjustment *low_adjustment;
  GtkAdjustment *high_adjustment;

  ChorusViewSession *session;
  /* While controls follow the session, they do not lead it. */
  gboolean following;
};

G_DEFINE_FINAL_TYPE (ChorusViewSettings, chorus_view_settings, GTK_TYPE_POPOVER)

static guint
chorus_view_settings_get_window_index (guint window_length)
{
  guint index = 0;

  while ((CHORUS_STFT_MIN_WINDOW_LENGTH << index) < window_length)
    index++;

  return index;
}

/* Shows the session as it is. */
static void
chorus_view_settings_follow (ChorusViewSettings *self)
{
  gboolean has_clock = FALSE;

  if (!self->session)
    return;
  self->following = TRUE;
  gtk_drop_down_set_selected (self->color_row, chorus_view_session_get_color_map (self->session));
  gtk_drop_down_set_selected (self->window_row, chorus_view_settings_get_window_index (
                                                  chorus_view_session_get_window_length (self->session)));
  gtk_adjustment_set_value (self->low_adjustment, chorus_view_session_get_low_db (self->session));
  gtk_adjustment_set_value (self->high_adjustment, chorus_view_session_get_high_db (self->session));
  has_clock = chorus_view_session_get_recorded (self->session) != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->clock_switch), has_clock);
  gtk_widget_set_sensitive (self->clock_label, has_clock);
  self->following = FALSE;
}

static void
chorus_view_settings_preset_cb (ChorusViewSettings *self)
{
  guint selected = gtk_drop_down_get_selected (self->preset_row);
  const ChorusViewPreset *preset = NULL;
  double nyquist = 0.0;

  g_assert (CHORUS_IS_VIEW_SETTINGS (self));

  if (self->following || !self->session || selected == 0 || selected >= G_N_ELEMENTS (presets))
    return;
  preset = &presets[selected];
  nyquist = chorus_view_session_get_nyquist (self->session);
  chorus_view_session_set_window_length (self->session, (guint) MAX (round (preset->window * nyquist * 2.0), 1.0));
  chorus_view_session_set_visible_band (self->session, preset->low < nyquist / 2.0 ? preset->low : 0.0,
                                        preset->high > 0.0 ? MIN (preset->high, nyquist) : nyquist);
}

static void
chorus_view_settings_become_custom (ChorusViewSettings *self)
{
  self->following = TRUE;
  gtk_drop_down_set_selected (self->preset_row, 0);
  self->following = FALSE;
}

static void
chorus_view_settings_color_cb (ChorusViewSettings *self)
{
  guint selected = gtk_drop_down_get_selected (self->color_row);

  g_assert (CHORUS_IS_VIEW_SETTINGS (self));

  if (!self->following && self->session && selected < G_N_ELEMENTS (color_names))
    chorus_view_session_set_color_map (self->session, (ChorusColorMap) selected);
}

static void
chorus_view_settings_window_cb (ChorusViewSettings *self)
{
  guint selected = gtk_drop_down_get_selected (self->window_row);

  g_assert (CHORUS_IS_VIEW_SETTINGS (self));

  if (self->following || !self->session || selected == GTK_INVALID_LIST_POSITION)
    return;
  chorus_view_session_set_window_length (self->session, CHORUS_STFT_MIN_WINDOW_LENGTH << selected);
  chorus_view_settings_become_custom (self);
}

static void
chorus_view_settings_range_cb (ChorusViewSettings *self)
{
  g_assert (CHORUS_IS_VIEW_SETTINGS (self));

  if (!self->following && self->session)
    chorus_view_session_set_range (self->session, gtk_adjustment_get_value (self->low_adjustment),
                                   gtk_adjustment_get_value (self->high_adjustment));
}

void
chorus_view_settings_set_session (ChorusViewSettings *self,
                                  ChorusViewSession  *session)
{
  static const char *const names[] = {
    "notify::color-map", "notify::window-length", "notify::low-db", "notify::high-db", "notify::recorded",
  };

  g_return_if_fail (CHORUS_IS_VIEW_SETTINGS (self));
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (session));
  g_return_if_fail (!self->session);

  self->session = g_object_ref (session);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (chorus_view_settings_follow), self, G_CONNECT_SWAPPED);
  g_object_bind_property (session, "auto-range", self->auto_switch, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (session, "clock-time", self->clock_switch, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  chorus_view_settings_follow (self);
}

static void
chorus_view_settings_fill (ChorusViewSettings *self)
{
  g_autoptr (GtkStringList) preset_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) color_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) window_list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    gtk_string_list_append (preset_list, _(presets[i].name));
  for (gsize i = 0; i < G_N_ELEMENTS (color_names); i++)
    gtk_string_list_append (color_list, _(color_names[i]));
  for (guint length = CHORUS_STFT_MIN_WINDOW_LENGTH; length <= CHORUS_STFT_MAX_WINDOW_LENGTH; length *= 2)
    {
      g_autofree char *text = g_strdup_printf ("%u", length);

      gtk_string_list_append (window_list, text);
    }
  self->following = TRUE;
  gtk_drop_down_set_model (self->preset_row, G_LIST_MODEL (preset_list));
  gtk_drop_down_set_model (self->color_row, G_LIST_MODEL (color_list));
  gtk_drop_down_set_model (self->window_row, G_LIST_MODEL (window_list));
  self->following = FALSE;
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
  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/viewer/chorus-view-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, preset_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, color_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, window_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, auto_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, clock_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, clock_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, low_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusViewSettings, high_adjustment);
  gtk_widget_class_bind_template_callback (widget_class, chorus_view_settings_preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_view_settings_color_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_view_settings_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_view_settings_range_cb);
}

static void
chorus_view_settings_init (ChorusViewSettings *self)
{
  self->following = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  chorus_view_settings_fill (self);
}
