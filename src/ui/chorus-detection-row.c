/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "timeline/chorus-palette.h"

#include "chorus-detection-row.h"
#include "chorus-verdict-style.h"

struct _ChorusDetectionRow
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *color_label;
  GtkLabel *name_label;
  GtkLabel *time_label;
  GtkLabel *confidence_label;
  GtkImage *verdict_image;
  GtkWidget *note_image;
  GtkWidget *star_image;

  /* Owned references */
  ChorusDetection *detection;
  GSignalGroup *signals;
};

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusDetectionRow, chorus_detection_row, ADW_TYPE_BIN)

/* "1:02.3": minutes and seconds of the recording, to the tenth that the eye finds on the axis. */
static char *
chorus_detection_row_format_time (double seconds)
{
  guint64 tenths = seconds > 0 ? (guint64) floor (seconds * 10) : 0;
  guint64 minutes = tenths / 600;

  if (minutes >= 60)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT ":%02u.%u", minutes / 60, minutes % 60,
                            (guint) (tenths / 10 % 60), (guint) (tenths % 10));

  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u.%u", minutes, (guint) (tenths / 10 % 60), (guint) (tenths % 10));
}

static void
chorus_detection_row_show_verdict (ChorusDetectionRow *self,
                                   ChorusVerdict       verdict)
{
  const char *icon_name = chorus_verdict_style_get_icon_name (verdict);
  const char *style = chorus_verdict_style_get_css_class (verdict);
  const char *name = chorus_verdict_style_get_name (verdict);

  gtk_image_set_from_icon_name (self->verdict_image, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict_image), (const char *[]){ style, NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->verdict_image), verdict != CHORUS_VERDICT_NONE ? name : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdict_image), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  if (verdict == CHORUS_VERDICT_REJECTED)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_label), "dim-label");
}

static void
chorus_detection_row_update (ChorusDetectionRow *self)
{
  g_autofree char *time = NULL;
  g_autofree char *confidence = NULL;
  g_autofree char *tooltip = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  const char *name;
  double value;
  guint32 color;

  if (self->detection == NULL)
    return;

  name = chorus_detection_get_held_name (self->detection);
  value = chorus_detection_get_confidence (self->detection);
  color = chorus_palette_get (chorus_detection_get_color (self->detection));
  time = chorus_detection_row_format_time (chorus_detection_get_start (self->detection));
  confidence = isfinite (value) ? g_strdup_printf ("%.2f", value) : g_strdup ("–");

  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_foreground_new ((color >> 16 & 0xff) * 0x101,
                                                                 (color >> 8 & 0xff) * 0x101, (color & 0xff) * 0x101));
  gtk_label_set_attributes (self->color_label, attributes);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->time_label, time);
  gtk_label_set_text (self->confidence_label, confidence);
  if (chorus_detection_get_renamed (self->detection))
    /* Translators: %s is the species that the model named, where a person named another */
    tooltip = g_strdup_printf (_("Found as %s"), chorus_detection_get_display_name (self->detection));
  else
    tooltip = g_strdup (chorus_detection_get_scientific_name (self->detection));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), tooltip);
  gtk_widget_set_tooltip_text (self->note_image, chorus_detection_get_note (self->detection));
  gtk_widget_set_visible (self->note_image, chorus_detection_get_note (self->detection) != NULL);
  gtk_widget_set_visible (self->star_image, chorus_detection_get_starred (self->detection));
  chorus_detection_row_show_verdict (self, chorus_detection_get_verdict (self->detection));
}

static void
chorus_detection_row_released_cb (ChorusDetectionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
chorus_detection_row_dispose (GObject *object)
{
  ChorusDetectionRow *self = CHORUS_DETECTION_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->detection);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_DETECTION_ROW);

  G_OBJECT_CLASS (chorus_detection_row_parent_class)->dispose (object);
}

static void
chorus_detection_row_class_init (ChorusDetectionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_detection_row_dispose;

  signals[SIGNAL_CLICKED] =
    g_signal_new ("clicked", CHORUS_TYPE_DETECTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-detection-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, color_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, confidence_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, verdict_image);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, note_image);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionRow, star_image);
  gtk_widget_class_bind_template_callback (widget_class, chorus_detection_row_released_cb);
}

static void
chorus_detection_row_init (ChorusDetectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHORUS_TYPE_DETECTION);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_detection_row_update), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
chorus_detection_row_new (void)
{
  return g_object_new (CHORUS_TYPE_DETECTION_ROW, NULL);
}

ChorusDetection *
chorus_detection_row_get_detection (ChorusDetectionRow *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION_ROW (self), NULL);

  return self->detection;
}

void
chorus_detection_row_set_detection (ChorusDetectionRow *self,
                                    ChorusDetection    *detection)
{
  g_return_if_fail (CHORUS_IS_DETECTION_ROW (self));
  g_return_if_fail (detection == NULL || CHORUS_IS_DETECTION (detection));

  if (!g_set_object (&self->detection, detection))
    return;

  g_signal_group_set_target (self->signals, detection);
  chorus_detection_row_update (self);
}
