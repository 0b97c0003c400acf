/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-preferences.h"

struct _ChorusPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Template widgets */
  AdwEntryRow *reviewer_row;
  GtkSwitch *play_after_switch;
  GtkSwitch *play_hover_switch;
  AdwComboRow *color_scheme_row;
  GtkSwitch *compact_switch;
  AdwComboRow *color_map_row;
  AdwComboRow *window_length_row;
  GtkSwitch *ask_switch;
  GtkSwitch *limit_switch;
  GtkSpinButton *bandwidth_spin;
  GtkWidget *bandwidth_row;
  GtkSwitch *metered_switch;
  AdwComboRow *background_row;
  GtkSwitch *notify_switch;

  /* Owned references */
  GSettings *settings;
};

enum
{
  PROP_0,
  PROP_SETTINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The rows of the list of window lengths, in samples. */
static const int chorus_preferences_window_lengths[] = { 128, 256, 512, 1024, 2048, 4096, 8192, 16384 };

G_DEFINE_FINAL_TYPE (ChorusPreferences, chorus_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The keys are enumerations: GSettings hands them over as nicks, and the rows of the lists stand in the order of the
 * values. */
static gboolean
chorus_preferences_get_enum (GValue   *value,
                             GVariant *variant,
                             gpointer  user_data)
{
  const char *const *nicks = user_data;
  const char *nick = g_variant_get_string (variant, NULL);

  for (guint i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], nick))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
chorus_preferences_set_enum (const GValue       *value,
                             const GVariantType *type,
                             gpointer            user_data)
{
  const char *const *nicks = user_data;
  guint selected = g_value_get_uint (value);

  if (selected >= g_strv_length ((char **) nicks))
    return NULL;

  return g_variant_new_string (nicks[selected]);
}

static gboolean
chorus_preferences_get_window_length (GValue   *value,
                                      GVariant *variant,
                                      gpointer  user_data)
{
  int length = g_variant_get_int32 (variant);

  for (guint i = 0; i < G_N_ELEMENTS (chorus_preferences_window_lengths); i++)
    if (chorus_preferences_window_lengths[i] == length)
      {
        g_value_set_uint (value, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
chorus_preferences_set_window_length (const GValue       *value,
                                      const GVariantType *type,
                                      gpointer            user_data)
{
  guint selected = g_value_get_uint (value);

  if (selected >= G_N_ELEMENTS (chorus_preferences_window_lengths))
    return NULL;

  return g_variant_new_int32 (chorus_preferences_window_lengths[selected]);
}

static void
chorus_preferences_bind_uploads (ChorusPreferences *self)
{
  static const char *background[] = { "ask", "always", "never", NULL };

  g_settings_bind (self->settings, "ask-before-uploading", self->ask_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "limit-bandwidth", self->limit_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "limit-bandwidth", self->bandwidth_row, "sensitive", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "bandwidth", self->bandwidth_spin, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "pause-on-metered", self->metered_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-when-done", self->notify_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "background-uploads", self->background_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, chorus_preferences_get_enum, chorus_preferences_set_enum,
                                background, NULL);
}

static void
chorus_preferences_constructed (GObject *object)
{
  static const char *color_schemes[] = { "system", "light", "dark", NULL };
  static const char *color_maps[] = { "viridis", "magma", "inferno", "cividis", "gray", "gray-inverted", NULL };
  ChorusPreferences *self = CHORUS_PREFERENCES (object);

  G_OBJECT_CLASS (chorus_preferences_parent_class)->constructed (object);

  g_settings_bind (self->settings, "reviewer", self->reviewer_row, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "play-after-verdict", self->play_after_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "play-on-hover", self->play_hover_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "compact-rows", self->compact_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "color-scheme", self->color_scheme_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, chorus_preferences_get_enum, chorus_preferences_set_enum,
                                color_schemes, NULL);
  g_settings_bind_with_mapping (self->settings, "color-map", self->color_map_row, "selected", G_SETTINGS_BIND_DEFAULT,
                                chorus_preferences_get_enum, chorus_preferences_set_enum, color_maps, NULL);
  g_settings_bind_with_mapping (self->settings, "window-length", self->window_length_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, chorus_preferences_get_window_length,
                                chorus_preferences_set_window_length, NULL, NULL);
  chorus_preferences_bind_uploads (self);
}

static void
chorus_preferences_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  ChorusPreferences *self = CHORUS_PREFERENCES (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_preferences_dispose (GObject *object)
{
  ChorusPreferences *self = CHORUS_PREFERENCES (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_PREFERENCES);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (chorus_preferences_parent_class)->dispose (object);
}

static void
chorus_preferences_class_init (ChorusPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = chorus_preferences_constructed;
  object_class->dispose = chorus_preferences_dispose;
  object_class->set_property = chorus_preferences_set_property;

  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, reviewer_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, play_after_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, play_hover_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, color_scheme_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, compact_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, color_map_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, window_length_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, ask_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, limit_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, bandwidth_spin);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, bandwidth_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, metered_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, background_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPreferences, notify_switch);
}

static void
chorus_preferences_init (ChorusPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ChorusPreferences *
chorus_preferences_new (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  return g_object_new (CHORUS_TYPE_PREFERENCES, "settings", settings, NULL);
}
