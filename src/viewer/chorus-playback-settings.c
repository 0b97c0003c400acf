/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-settings.h"

#include <glib/gi18n.h>
#include <math.h>

#include "timeline/chorus-axis.h"

/* Where a heterodyne is tuned to at first, in Hz: between the calls of the most common bats. */
#define CHORUS_PLAYBACK_SETTINGS_TUNE 45000.0

/* Below this there is nothing that would have to be made audible, in Hz. */
#define CHORUS_PLAYBACK_SETTINGS_AUDIBLE 20000.0

/* The ways of hearing ultrasound: as recorded, by each time expansion, and by a heterodyne. */
static const guint expansions[] = { 1, 8, 10, 16, 20 };

#define CHORUS_PLAYBACK_SETTINGS_HETERODYNE G_N_ELEMENTS (expansions)

struct _ChorusPlaybackSettings
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkScale *speed_scale;
  GtkAdjustment *speed_adjustment;
  GtkWidget *pitch_label;
  GtkSwitch *pitch_switch;
  GtkWidget *ultrasound_label;
  GtkDropDown *ultrasound_row;
  GtkWidget *tune_label;
  GtkWidget *tune_scale;
  GtkAdjustment *tune_adjustment;
  GtkScale *gain_scale;
  GtkAdjustment *gain_adjustment;
  GtkSwitch *normalize_switch;

  ChorusPlayer *player;
  char *summary;
  /* While controls follow the player, they do not lead it. */
  gboolean following;
};

enum
{
  PROP_0,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusPlaybackSettings, chorus_playback_settings, GTK_TYPE_POPOVER)

static double
chorus_playback_settings_get_nyquist (ChorusPlaybackSettings *self)
{
  ChorusSampleSource *source = chorus_player_get_source (self->player);

  return source ? chorus_sample_source_get_sample_rate (source) / 2.0 : 0.0;
}

static char *
chorus_playback_settings_dup_summary (ChorusPlaybackSettings *self)
{
  double tuned = chorus_player_get_heterodyne_frequency (self->player);
  guint expansion = chorus_player_get_time_expansion (self->player);
  double speed = chorus_player_get_speed (self->player);

  if (tuned > 0.0)
    return chorus_axis_format_frequency (tuned);
  if (expansion > 1 && speed == 1.0)
    /* Translators: time expansion: so many times slower and lower */
    return g_strdup_printf (_("1/%u"), expansion);

  /* Translators: how fast a recording plays, such as 0.5× */
  return g_strdup_printf (_("%.3g×"), speed / expansion);
}

static void
chorus_playback_settings_update_summary (ChorusPlaybackSettings *self)
{
  g_autofree char *summary = chorus_playback_settings_dup_summary (self);

  if (g_strcmp0 (self->summary, summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_steal_pointer (&summary);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static guint
chorus_playback_settings_get_ultrasound (ChorusPlaybackSettings *self)
{
  guint expansion = chorus_player_get_time_expansion (self->player);

  if (chorus_player_get_heterodyne_frequency (self->player) > 0.0)
    return CHORUS_PLAYBACK_SETTINGS_HETERODYNE;
  for (guint i = 0; i < G_N_ELEMENTS (expansions); i++)
    if (expansions[i] == expansion)
      return i;

  return 0;
}

/* Shows the player as it is. */
static void
chorus_playback_settings_follow (ChorusPlaybackSettings *self)
{
  double nyquist = 0.0;
  guint ultrasound = 0;
  gboolean audible_alone = FALSE;

  if (!self->player || self->following)
    return;

  nyquist = chorus_playback_settings_get_nyquist (self);
  ultrasound = chorus_playback_settings_get_ultrasound (self);
  audible_alone = nyquist > 0.0 && nyquist <= CHORUS_PLAYBACK_SETTINGS_AUDIBLE && ultrasound == 0;
  self->following = TRUE;
  gtk_adjustment_set_value (self->speed_adjustment, chorus_player_get_speed (self->player));
  gtk_switch_set_active (self->pitch_switch, chorus_player_get_keep_pitch (self->player));
  gtk_drop_down_set_selected (self->ultrasound_row, ultrasound);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ultrasound_row), !audible_alone);
  gtk_widget_set_sensitive (self->ultrasound_label, !audible_alone);
  gtk_widget_set_sensitive (self->tune_scale, ultrasound == CHORUS_PLAYBACK_SETTINGS_HETERODYNE);
  gtk_widget_set_sensitive (self->tune_label, ultrasound == CHORUS_PLAYBACK_SETTINGS_HETERODYNE);
  if (nyquist > 0.0)
    gtk_adjustment_set_upper (self->tune_adjustment, nyquist / 1000.0);
  if (ultrasound == CHORUS_PLAYBACK_SETTINGS_HETERODYNE)
    gtk_adjustment_set_value (self->tune_adjustment, chorus_player_get_heterodyne_frequency (self->player) / 1000.0);
  gtk_adjustment_set_value (self->gain_adjustment, chorus_player_get_gain_db (self->player));
  gtk_switch_set_active (self->normalize_switch, chorus_player_get_normalize (self->player));
  self->following = FALSE;
  chorus_playback_settings_update_summary (self);
}

/* Another recording may have no ultrasound. */
static void
chorus_playback_settings_source_cb (ChorusPlaybackSettings *self)
{
  double nyquist = chorus_playback_settings_get_nyquist (self);

  if (nyquist > 0.0 && nyquist <= CHORUS_PLAYBACK_SETTINGS_AUDIBLE)
    {
      chorus_player_set_time_expansion (self->player, 1);
      chorus_player_set_heterodyne_frequency (self->player, 0.0);
    }
  chorus_playback_settings_follow (self);
}

static void
chorus_playback_settings_speed_cb (ChorusPlaybackSettings *self)
{
  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (!self->following && self->player)
    chorus_player_set_speed (self->player, gtk_adjustment_get_value (self->speed_adjustment));
}

static void
chorus_playback_settings_pitch_cb (ChorusPlaybackSettings *self)
{
  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (!self->following && self->player)
    chorus_player_set_keep_pitch (self->player, gtk_switch_get_active (self->pitch_switch));
}

static void
chorus_playback_settings_ultrasound_cb (ChorusPlaybackSettings *self)
{
  guint selected = gtk_drop_down_get_selected (self->ultrasound_row);
  double nyquist = 0.0;

  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (self->following || !self->player || selected > CHORUS_PLAYBACK_SETTINGS_HETERODYNE)
    return;

  nyquist = chorus_playback_settings_get_nyquist (self);
  if (selected == CHORUS_PLAYBACK_SETTINGS_HETERODYNE)
    {
      chorus_player_set_time_expansion (self->player, 1);
      chorus_player_set_heterodyne_frequency (self->player, nyquist > CHORUS_PLAYBACK_SETTINGS_TUNE
                                                              ? CHORUS_PLAYBACK_SETTINGS_TUNE
                                                              : nyquist / 2.0);
    }
  else
    {
      chorus_player_set_heterodyne_frequency (self->player, 0.0);
      chorus_player_set_time_expansion (self->player, expansions[selected]);
    }
}

static void
chorus_playback_settings_tune_cb (ChorusPlaybackSettings *self)
{
  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (!self->following && self->player && chorus_player_get_heterodyne_frequency (self->player) > 0.0)
    chorus_player_set_heterodyne_frequency (self->player, gtk_adjustment_get_value (self->tune_adjustment) * 1000.0);
}

static void
chorus_playback_settings_gain_cb (ChorusPlaybackSettings *self)
{
  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (!self->following && self->player)
    chorus_player_set_gain_db (self->player, gtk_adjustment_get_value (self->gain_adjustment));
}

static void
chorus_playback_settings_normalize_cb (ChorusPlaybackSettings *self)
{
  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (!self->following && self->player)
    chorus_player_set_normalize (self->player, gtk_switch_get_active (self->normalize_switch));
}

/* Everything as recorded. */
static void
chorus_playback_settings_reset_cb (ChorusPlaybackSettings *self)
{
  g_assert (CHORUS_IS_PLAYBACK_SETTINGS (self));

  if (!self->player)
    return;
  chorus_player_set_speed (self->player, 1.0);
  chorus_player_set_keep_pitch (self->player, FALSE);
  chorus_player_set_time_expansion (self->player, 1);
  chorus_player_set_heterodyne_frequency (self->player, 0.0);
  chorus_player_set_gain_db (self->player, 0.0);
  chorus_player_set_normalize (self->player, FALSE);
}

const char *
chorus_playback_settings_get_summary (ChorusPlaybackSettings *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYBACK_SETTINGS (self), NULL);

  return self->summary;
}

void
chorus_playback_settings_set_player (ChorusPlaybackSettings *self,
                                     ChorusPlayer           *player)
{
  static const char *const names[] = {
    "notify::speed",   "notify::keep-pitch", "notify::time-expansion", "notify::heterodyne-frequency",
    "notify::gain-db", "notify::normalize",
  };

  g_return_if_fail (CHORUS_IS_PLAYBACK_SETTINGS (self));
  g_return_if_fail (CHORUS_IS_PLAYER (player));
  g_return_if_fail (!self->player);

  self->player = g_object_ref (player);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (player, names[i], G_CALLBACK (chorus_playback_settings_follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::source", G_CALLBACK (chorus_playback_settings_source_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_playback_settings_source_cb (self);
}

static void
chorus_playback_settings_get_property (GObject    *object,
                                       guint       prop_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SUMMARY:
      g_value_set_string (value, chorus_playback_settings_get_summary (CHORUS_PLAYBACK_SETTINGS (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_playback_settings_dispose (GObject *object)
{
  ChorusPlaybackSettings *self = CHORUS_PLAYBACK_SETTINGS (object);

  g_clear_object (&self->player);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_PLAYBACK_SETTINGS);

  G_OBJECT_CLASS (chorus_playback_settings_parent_class)->dispose (object);
}

static void
chorus_playback_settings_finalize (GObject *object)
{
  ChorusPlaybackSettings *self = CHORUS_PLAYBACK_SETTINGS (object);

  g_free (self->summary);

  G_OBJECT_CLASS (chorus_playback_settings_parent_class)->finalize (object);
}

static void
chorus_playback_settings_class_init (ChorusPlaybackSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = chorus_playback_settings_get_property;
  object_class->dispose = chorus_playback_settings_dispose;
  object_class->finalize = chorus_playback_settings_finalize;
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/viewer/chorus-playback-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, speed_scale);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, speed_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, pitch_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, pitch_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, ultrasound_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, ultrasound_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, tune_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, tune_scale);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, tune_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, gain_scale);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, gain_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaybackSettings, normalize_switch);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_speed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_pitch_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_ultrasound_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_tune_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_gain_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_normalize_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_playback_settings_reset_cb);
}

static void
chorus_playback_settings_init (ChorusPlaybackSettings *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  self->following = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_string_list_append (list, _("As Recorded"));
  for (guint i = 1; i < G_N_ELEMENTS (expansions); i++)
    {
      /* Translators: a way of hearing ultrasound: so many times slower and lower */
      g_autofree char *text = g_strdup_printf (_("Time Expansion %u×"), expansions[i]);

      gtk_string_list_append (list, text);
    }
  /* Translators: a way of hearing ultrasound, as bat detectors have it */
  gtk_string_list_append (list, _("Heterodyne"));
  gtk_drop_down_set_model (self->ultrasound_row, G_LIST_MODEL (list));
  gtk_scale_add_mark (self->speed_scale, 1.0, GTK_POS_BOTTOM, NULL);
  gtk_scale_add_mark (self->gain_scale, 0.0, GTK_POS_BOTTOM, NULL);
  self->following = FALSE;
  self->summary = g_strdup ("");
}
