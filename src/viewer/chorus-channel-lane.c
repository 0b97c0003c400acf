/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-channel-lane.h"

#include <glib/gi18n.h>

#include "chorus-channel-name.h"
#include "chorus-ruler.h"

/* Lanes scroll rather than become lower, in pixels. */
#define LEAST_HEIGHT 80
#define HEIGHT 160
/* Of a lane, as far as a waveform of its own would be high. */
#define WAVEFORM_PART 0.3
#define LEAST_WAVEFORM 20
#define MOST_WAVEFORM 72
#define GAP 2
/* From the name to the plots: as far as the numbers of the ruler stand off. */
#define NAME_MARGIN 10
#define NAME_MARGIN_START 6

struct _ChorusChannelLane
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *ruler;
  GtkWidget *waveform;
  GtkWidget *spectrogram;
};

G_DEFINE_FINAL_TYPE (ChorusChannelLane, chorus_channel_lane, GTK_TYPE_WIDGET)

ChorusWaveformView *
chorus_channel_lane_get_waveform (ChorusChannelLane *self)
{
  g_return_val_if_fail (CHORUS_IS_CHANNEL_LANE (self), NULL);

  return CHORUS_WAVEFORM_VIEW (self->waveform);
}

ChorusSpectrogramView *
chorus_channel_lane_get_spectrogram (ChorusChannelLane *self)
{
  g_return_val_if_fail (CHORUS_IS_CHANNEL_LANE (self), NULL);

  return CHORUS_SPECTROGRAM_VIEW (self->spectrogram);
}

static void
chorus_channel_lane_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  ChorusChannelLane *self = CHORUS_CHANNEL_LANE (widget);
  int margin = 0;
  int plot = 0;
  int natural_plot = 0;

  gtk_widget_measure (self->ruler, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->waveform, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->name, orientation, -1, NULL, &margin, NULL, NULL);
  gtk_widget_measure (self->spectrogram, orientation, -1, &plot, &natural_plot, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? margin + plot : LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? margin + natural_plot : HEIGHT;
}

static void
chorus_channel_lane_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  ChorusChannelLane *self = CHORUS_CHANNEL_LANE (widget);
  int waveform = CLAMP ((int) (height * WAVEFORM_PART), LEAST_WAVEFORM, MOST_WAVEFORM);
  int top = waveform + GAP;
  int margin = 0;

  /* The name and the ruler are equally wide. */
  gtk_widget_measure (self->name, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &margin, NULL, NULL);
  gtk_widget_size_allocate (self->name, &(GtkAllocation){ 0, 0, margin, waveform }, -1);
  gtk_widget_size_allocate (self->waveform, &(GtkAllocation){ margin, 0, width - margin, waveform }, -1);
  gtk_widget_size_allocate (self->ruler, &(GtkAllocation){ 0, top, margin, height - top }, -1);
  gtk_widget_size_allocate (self->spectrogram, &(GtkAllocation){ margin, top, width - margin, height - top }, -1);
}

static void
chorus_channel_lane_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (chorus_channel_lane_parent_class)->dispose (object);
}

static void
chorus_channel_lane_class_init (ChorusChannelLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chorus_channel_lane_dispose;
  widget_class->measure = chorus_channel_lane_measure;
  widget_class->size_allocate = chorus_channel_lane_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "channellane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
chorus_channel_lane_init (ChorusChannelLane *self)
{
  self->name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 1.0f);
  gtk_widget_set_margin_start (self->name, NAME_MARGIN_START);
  gtk_widget_set_margin_end (self->name, NAME_MARGIN);
  gtk_widget_add_css_class (self->name, "caption");
  gtk_widget_add_css_class (self->name, "dim-label");
  self->ruler = g_object_new (CHORUS_TYPE_RULER, "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  self->waveform = g_object_new (CHORUS_TYPE_WAVEFORM_VIEW, NULL);
  self->spectrogram = g_object_new (CHORUS_TYPE_SPECTROGRAM_VIEW, NULL);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));
  gtk_widget_set_parent (self->waveform, GTK_WIDGET (self));
  gtk_widget_set_parent (self->ruler, GTK_WIDGET (self));
  gtk_widget_set_parent (self->spectrogram, GTK_WIDGET (self));
}

GtkWidget *
chorus_channel_lane_new (ChorusViewSession *session,
                         guint              channel,
                         GtkSizeGroup      *margins)
{
  ChorusChannelLane *self = g_object_new (CHORUS_TYPE_CHANNEL_LANE, NULL);
  guint n_channels = chorus_view_session_get_n_channels (session);
  g_autofree char *name = chorus_channel_name (channel, n_channels);
  g_autofree char *letter = chorus_channel_letter (channel, n_channels);
  g_autofree char *waveform_label = NULL;
  g_autofree char *spectrogram_label = NULL;

  gtk_size_group_add_widget (margins, self->name);
  gtk_size_group_add_widget (margins, self->ruler);
  gtk_label_set_text (GTK_LABEL (self->name), n_channels == 2 ? letter : name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* Translators: of a channel, such as "Waveform, Channel 3". */
  waveform_label = g_strdup_printf (_("Waveform, %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->waveform), GTK_ACCESSIBLE_PROPERTY_LABEL, waveform_label, -1);
  /* Translators: of a channel, such as "Spectrogram, Channel 3". */
  spectrogram_label = g_strdup_printf (_("Spectrogram, %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spectrogram), GTK_ACCESSIBLE_PROPERTY_LABEL, spectrogram_label,
                                  -1);
  chorus_plot_set_channel (CHORUS_PLOT (self->waveform), (int) channel);
  chorus_spectrogram_view_set_channel (CHORUS_SPECTROGRAM_VIEW (self->spectrogram), (int) channel);
  chorus_plot_set_session (CHORUS_PLOT (self->waveform), session);
  chorus_plot_set_session (CHORUS_PLOT (self->spectrogram), session);
  chorus_ruler_set_session (CHORUS_RULER (self->ruler), session);

  return GTK_WIDGET (self);
}
