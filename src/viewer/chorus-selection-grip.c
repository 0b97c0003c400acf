/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-selection-grip.h"

#include <glib/gi18n.h>
#include <math.h>

/* From the corner of the selection, in pixels. */
#define GAP 4.0
#define ICON_SIZE 16

struct _ChorusSelectionGrip
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  ChorusPlot *plot; /* borrowed */
  ChorusViewSession *session;
  ChorusSaver *saver;
};

G_DEFINE_FINAL_TYPE (ChorusSelectionGrip, chorus_selection_grip, GTK_TYPE_WIDGET)

/* Shown where there is a selection of which something is in sight. */
static void
chorus_selection_grip_update (ChorusSelectionGrip *self)
{
  ChorusTimeSpan visible = chorus_view_session_get_visible_span (self->session);
  ChorusFrequencyBand sight = chorus_view_session_get_visible_band (self->session);
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };
  gboolean shown = chorus_view_session_get_source (self->session)
                   && chorus_view_session_get_selection (self->session, &span, &band) && span.start < visible.end
                   && span.end > visible.start && band.low < sight.high && band.high > sight.low;

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (shown && gtk_widget_get_parent (GTK_WIDGET (self)))
    gtk_widget_queue_allocate (gtk_widget_get_parent (GTK_WIDGET (self)));
}

/* Within the upper right corner of the selection, or beside it where it is narrower than the grip. */
static gboolean
chorus_selection_grip_position_cb (GtkOverlay          *overlay,
                                   GtkWidget           *child,
                                   GdkRectangle        *allocation,
                                   ChorusSelectionGrip *self)
{
  ChorusAxis time_axis = { 0 };
  ChorusAxis frequency_axis = { 0 };
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };
  GtkRequisition size = { 0 };
  double plot_x = 0.0;
  double plot_y = 0.0;
  double left = 0.0;
  double right = 0.0;
  double top = 0.0;

  if (child != GTK_WIDGET (self) || !self->session || !chorus_view_session_get_selection (self->session, &span, &band)
      || !chorus_plot_get_time_axis (self->session, GTK_WIDGET (self->plot), &time_axis)
      || !chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self->plot), &frequency_axis)
      || !gtk_widget_translate_coordinates (GTK_WIDGET (self->plot), GTK_WIDGET (overlay), 0, 0, &plot_x, &plot_y))
    return FALSE;

  gtk_widget_get_preferred_size (child, NULL, &size);
  left = chorus_axis_to_position (&time_axis, span.start);
  right = MIN (chorus_axis_to_position (&time_axis, span.end), time_axis.length);
  top = CLAMP (chorus_axis_to_position (&frequency_axis, band.high), 0.0, frequency_axis.length - size.height - GAP);
  right = right - MAX (left, 0.0) >= size.width + 2.0 * GAP ? right - GAP - size.width : right + GAP;
  right = CLAMP (right, GAP, MAX (time_axis.length - size.width - GAP, GAP));
  *allocation =
    (GdkRectangle){ (int) round (plot_x + right), (int) round (plot_y + top + GAP), size.width, size.height };

  return TRUE;
}

static GdkContentProvider *
chorus_selection_grip_prepare_cb (ChorusSelectionGrip *self,
                                  double               x,
                                  double               y)
{
  return chorus_saver_create_content (self->saver);
}

static void
chorus_selection_grip_begin_cb (ChorusSelectionGrip *self,
                                GdkDrag             *drag,
                                GtkDragSource       *source)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme, "audio-x-generic", NULL, 2 * ICON_SIZE,
                                gtk_widget_get_scale_factor (GTK_WIDGET (self)), GTK_TEXT_DIR_NONE, 0);

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (icon), ICON_SIZE, ICON_SIZE);
}

void
chorus_selection_grip_attach (ChorusSelectionGrip *self,
                              ChorusPlot          *plot,
                              ChorusViewSession   *session,
                              ChorusSaver         *saver)
{
  static const char *const names[] = { "selection-changed",   "notify::source", "notify::visible-start",
                                       "notify::visible-end", "notify::low",    "notify::high" };
  GtkWidget *overlay = NULL;

  g_return_if_fail (CHORUS_IS_SELECTION_GRIP (self));

  overlay = gtk_widget_get_parent (GTK_WIDGET (self));
  g_return_if_fail (GTK_IS_OVERLAY (overlay));

  self->plot = plot;
  self->session = g_object_ref (session);
  self->saver = g_object_ref (saver);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (chorus_selection_grip_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (overlay, "get-child-position", G_CALLBACK (chorus_selection_grip_position_cb), self, 0);
}

static void
chorus_selection_grip_dispose (GObject *object)
{
  ChorusSelectionGrip *self = CHORUS_SELECTION_GRIP (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->saver);

  G_OBJECT_CLASS (chorus_selection_grip_parent_class)->dispose (object);
}

static void
chorus_selection_grip_class_init (ChorusSelectionGripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chorus_selection_grip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "selectiongrip");
}

static void
chorus_selection_grip_init (ChorusSelectionGrip *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  self->icon = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "osd");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Drag the Selection to Another Application"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Drag the Selection to Another Application"), -1);

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (chorus_selection_grip_prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (chorus_selection_grip_begin_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}
