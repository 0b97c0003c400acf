/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-status-badge.h"

struct _ChorusStatusBadge
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *badge;
  GtkStack *icon_stack;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkLabel *reason_label;

  /* Owned references */
  ChorusRecording *recording;
  GSignalGroup *signals;

  /* State: the style of the present status, a string literal */
  const char *style;
};

enum
{
  PROP_0,
  PROP_RECORDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusStatusBadge, chorus_status_badge, ADW_TYPE_BIN)

static void
chorus_status_badge_set_look (ChorusStatusBadge *self,
                              const char        *icon_name,
                              const char        *style)
{
  gboolean busy = icon_name == NULL;

  if (busy)
    gtk_stack_set_visible_child (self->icon_stack, GTK_WIDGET (self->spinner));
  else
    {
      gtk_image_set_from_icon_name (self->icon, icon_name);
      gtk_stack_set_visible_child (self->icon_stack, GTK_WIDGET (self->icon));
    }
  gtk_spinner_set_spinning (self->spinner, busy);

  if (self->style == style)
    return;

  if (self->style != NULL)
    gtk_widget_remove_css_class (self->badge, self->style);
  if (style != NULL)
    gtk_widget_add_css_class (self->badge, style);
  self->style = style;
}

static void
chorus_status_badge_update (ChorusStatusBadge *self)
{
  const char *reason;

  if (self->recording == NULL)
    {
      gtk_spinner_set_spinning (self->spinner, FALSE);
      return;
    }

  switch (chorus_recording_get_status (self->recording))
    {
    case CHORUS_RECORDING_WAITING:
      chorus_status_badge_set_look (self, "content-loading-symbolic", "dim-label");
      break;
    case CHORUS_RECORDING_CHECKING:
    case CHORUS_RECORDING_UPLOADING:
    case CHORUS_RECORDING_ANALYZING:
      chorus_status_badge_set_look (self, NULL, "busy");
      break;
    case CHORUS_RECORDING_DETECTIONS:
      chorus_status_badge_set_look (self, "chorus-detection-symbolic", "detections");
      break;
    case CHORUS_RECORDING_NO_DETECTIONS:
      chorus_status_badge_set_look (self, "chorus-nothing-symbolic", "dim-label");
      break;
    case CHORUS_RECORDING_FAILED:
    case CHORUS_RECORDING_REFUSED:
      chorus_status_badge_set_look (self, "dialog-warning-symbolic", "failed");
      break;
    case CHORUS_RECORDING_UPLOADED:
    case CHORUS_RECORDING_TO_ANALYZE:
    default:
      chorus_status_badge_set_look (self, "chorus-ready-symbolic", NULL);
      break;
    }

  reason = chorus_recording_get_reason (self->recording);
  gtk_label_set_text (self->label, chorus_recording_get_status_text (self->recording));
  gtk_label_set_text (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  /* To set a tooltip costs a round trip to the display. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), reason) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), reason);
}

static void
chorus_status_badge_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ChorusStatusBadge *self = CHORUS_STATUS_BADGE (object);

  switch (prop_id)
    {
    case PROP_RECORDING:
      g_value_set_object (value, chorus_status_badge_get_recording (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_status_badge_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ChorusStatusBadge *self = CHORUS_STATUS_BADGE (object);

  switch (prop_id)
    {
    case PROP_RECORDING:
      chorus_status_badge_set_recording (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_status_badge_dispose (GObject *object)
{
  ChorusStatusBadge *self = CHORUS_STATUS_BADGE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->recording);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_STATUS_BADGE);

  G_OBJECT_CLASS (chorus_status_badge_parent_class)->dispose (object);
}

static void
chorus_status_badge_class_init (ChorusStatusBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_status_badge_dispose;
  object_class->get_property = chorus_status_badge_get_property;
  object_class->set_property = chorus_status_badge_set_property;

  properties[PROP_RECORDING] =
    g_param_spec_object ("recording", NULL, NULL, CHORUS_TYPE_RECORDING,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-status-badge.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusStatusBadge, badge);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatusBadge, icon_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatusBadge, icon);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatusBadge, spinner);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatusBadge, label);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatusBadge, reason_label);
}

static void
chorus_status_badge_init (ChorusStatusBadge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHORUS_TYPE_RECORDING);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_status_badge_update), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
chorus_status_badge_new (void)
{
  return g_object_new (CHORUS_TYPE_STATUS_BADGE, NULL);
}

ChorusRecording *
chorus_status_badge_get_recording (ChorusStatusBadge *self)
{
  g_return_val_if_fail (CHORUS_IS_STATUS_BADGE (self), NULL);

  return self->recording;
}

void
chorus_status_badge_set_recording (ChorusStatusBadge *self,
                                   ChorusRecording   *recording)
{
  g_return_if_fail (CHORUS_IS_STATUS_BADGE (self));
  g_return_if_fail (recording == NULL || CHORUS_IS_RECORDING (recording));

  if (!g_set_object (&self->recording, recording))
    return;

  g_signal_group_set_target (self->signals, recording);
  chorus_status_badge_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORDING]);
}
