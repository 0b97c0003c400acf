/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-delayed-spinner.h"

#define CHORUS_SPINNER_DELAY_MS 300

struct _ChorusDelayedSpinner
{
  AdwBin parent_instance;

  /* Owned by the bin */
  GtkSpinner *spinner;

  /* State */
  int size;
  guint delay_id;
};

enum
{
  PROP_0,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusDelayedSpinner, chorus_delayed_spinner, ADW_TYPE_BIN)

static gboolean
chorus_delayed_spinner_delay_cb (gpointer user_data)
{
  ChorusDelayedSpinner *self = user_data;

  self->delay_id = 0;
  gtk_spinner_start (self->spinner);

  return G_SOURCE_REMOVE;
}

static void
chorus_delayed_spinner_map (GtkWidget *widget)
{
  ChorusDelayedSpinner *self = CHORUS_DELAYED_SPINNER (widget);

  GTK_WIDGET_CLASS (chorus_delayed_spinner_parent_class)->map (widget);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (CHORUS_SPINNER_DELAY_MS, chorus_delayed_spinner_delay_cb, self);
}

static void
chorus_delayed_spinner_unmap (GtkWidget *widget)
{
  ChorusDelayedSpinner *self = CHORUS_DELAYED_SPINNER (widget);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  gtk_spinner_stop (self->spinner);

  GTK_WIDGET_CLASS (chorus_delayed_spinner_parent_class)->unmap (widget);
}

static void
chorus_delayed_spinner_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  ChorusDelayedSpinner *self = CHORUS_DELAYED_SPINNER (object);

  switch (prop_id)
    {
    case PROP_SIZE:
      g_value_set_int (value, chorus_delayed_spinner_get_size (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_delayed_spinner_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  ChorusDelayedSpinner *self = CHORUS_DELAYED_SPINNER (object);

  switch (prop_id)
    {
    case PROP_SIZE:
      chorus_delayed_spinner_set_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_delayed_spinner_dispose (GObject *object)
{
  ChorusDelayedSpinner *self = CHORUS_DELAYED_SPINNER (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);

  G_OBJECT_CLASS (chorus_delayed_spinner_parent_class)->dispose (object);
}

static void
chorus_delayed_spinner_class_init (ChorusDelayedSpinnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_delayed_spinner_dispose;
  object_class->get_property = chorus_delayed_spinner_get_property;
  object_class->set_property = chorus_delayed_spinner_set_property;

  widget_class->map = chorus_delayed_spinner_map;
  widget_class->unmap = chorus_delayed_spinner_unmap;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 128, 16,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_delayed_spinner_init (ChorusDelayedSpinner *self)
{
  self->size = 16;
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), self->size, self->size);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->spinner));
}

int
chorus_delayed_spinner_get_size (ChorusDelayedSpinner *self)
{
  g_return_val_if_fail (CHORUS_IS_DELAYED_SPINNER (self), 0);

  return self->size;
}

void
chorus_delayed_spinner_set_size (ChorusDelayedSpinner *self,
                                 int                   size)
{
  g_return_if_fail (CHORUS_IS_DELAYED_SPINNER (self));

  if (self->size == size)
    return;

  self->size = size;
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), size, size);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}
