/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-waveform-view.h"

#include <glib/gi18n.h>

#include "timeline/chorus-waveform.h"

#include "chorus-style.h"
#include "chorus-waveform-painter.h"

#define HEIGHT 72
#define LEAST_HEIGHT 40
#define LEAST_HEIGHT_STACKED 16
#define ZERO_LINE_ALPHA 0.15f

struct _ChorusWaveformView
{
  ChorusPlot parent_instance;

  ChorusWaveformPainter painter;
  ChorusTileCache *tiles;
  double extent;
};

G_DEFINE_FINAL_TYPE (ChorusWaveformView, chorus_waveform_view, CHORUS_TYPE_PLOT)

/* Wants the peaks of what is visible. */
static void
chorus_waveform_view_update (ChorusWaveformView *self)
{
  ChorusViewSession *session = chorus_plot_get_session (CHORUS_PLOT (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self)) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double sample_rate = 0.0;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!self->tiles || width <= 0)
    return;
  sample_rate = chorus_view_session_get_sample_rate (session);
  /* After the first tile of the spectrogram, so that there is something of both to see. */
  chorus_waveform_want (self->tiles, self, chorus_view_session_get_visible_span (session).start * sample_rate,
                        chorus_view_session_get_visible_length (session) * sample_rate / width, (guint) width,
                        CHORUS_JOB_PRIORITY_VISIBLE + 1);
}

static void
chorus_waveform_view_tile_ready_cb (ChorusWaveformView *self,
                                    guint               kind)
{
  g_assert (CHORUS_IS_WAVEFORM_VIEW (self));

  if (kind != CHORUS_TILE_PEAKS)
    return;
  if (!self->painter.exact)
    chorus_waveform_painter_clear (&self->painter);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_waveform_view_source_cb (ChorusWaveformView *self)
{
  ChorusTileCache *tiles = chorus_plot_get_tiles (CHORUS_PLOT (self));

  g_assert (CHORUS_IS_WAVEFORM_VIEW (self));

  if (self->tiles)
    {
      g_signal_handlers_disconnect_by_data (self->tiles, self);
      chorus_tile_cache_want (self->tiles, self, NULL, 0, 0);
    }
  g_set_object (&self->tiles, tiles);
  if (tiles)
    g_signal_connect_object (tiles, "tile-ready", G_CALLBACK (chorus_waveform_view_tile_ready_cb), self,
                             G_CONNECT_SWAPPED);
  chorus_waveform_painter_clear (&self->painter);
  self->painter.exact = FALSE;
  chorus_waveform_view_update (self);
}

static void
chorus_waveform_view_session_changed (ChorusPlot *plot)
{
  ChorusViewSession *session = chorus_plot_get_session (plot);

  CHORUS_PLOT_CLASS (chorus_waveform_view_parent_class)->session_changed (plot);

  if (session)
    {
      g_signal_connect_object (session, "notify::source", G_CALLBACK (chorus_waveform_view_source_cb), plot,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::channel", G_CALLBACK (chorus_waveform_view_source_cb), plot,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::visible-start", G_CALLBACK (chorus_waveform_view_update), plot,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::visible-end", G_CALLBACK (chorus_waveform_view_update), plot,
                               G_CONNECT_SWAPPED);
    }
  chorus_waveform_view_source_cb (CHORUS_WAVEFORM_VIEW (plot));
}

void
chorus_waveform_view_set_extent (ChorusWaveformView *self,
                                 double              extent)
{
  g_return_if_fail (CHORUS_IS_WAVEFORM_VIEW (self));

  if (self->extent == extent)
    return;
  self->extent = extent;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_waveform_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  ChorusWaveformView *self = CHORUS_WAVEFORM_VIEW (widget);
  ChorusViewSession *session = chorus_plot_get_session (CHORUS_PLOT (self));
  GdkRGBA line = chorus_style_get_text_color (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);

  line.alpha *= ZERO_LINE_ALPHA;
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, (float) (int) (height / 2), width, 1));
  if (self->tiles)
    {
      double sample_rate = chorus_view_session_get_sample_rate (session);

      chorus_waveform_painter_snapshot (&self->painter, widget, snapshot, self->tiles,
                                        chorus_view_session_get_visible_span (session).start * sample_rate,
                                        chorus_view_session_get_visible_length (session) * sample_rate, self->extent);
    }

  GTK_WIDGET_CLASS (chorus_waveform_view_parent_class)->snapshot (widget, snapshot);
}

static void
chorus_waveform_view_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  GTK_WIDGET_CLASS (chorus_waveform_view_parent_class)->size_allocate (widget, width, height, baseline);

  chorus_waveform_view_update (CHORUS_WAVEFORM_VIEW (widget));
}

static void
chorus_waveform_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = chorus_plot_get_channel (CHORUS_PLOT (widget)) >= 0 ? LEAST_HEIGHT_STACKED : LEAST_HEIGHT;
  *natural = HEIGHT;
}

static void
chorus_waveform_view_dispose (GObject *object)
{
  ChorusWaveformView *self = CHORUS_WAVEFORM_VIEW (object);

  if (self->tiles)
    chorus_tile_cache_want (self->tiles, self, NULL, 0, 0);
  g_clear_object (&self->tiles);
  chorus_waveform_painter_clear (&self->painter);

  G_OBJECT_CLASS (chorus_waveform_view_parent_class)->dispose (object);
}

static void
chorus_waveform_view_class_init (ChorusWaveformViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chorus_waveform_view_dispose;
  widget_class->measure = chorus_waveform_view_measure;
  widget_class->size_allocate = chorus_waveform_view_size_allocate;
  widget_class->snapshot = chorus_waveform_view_snapshot;
  CHORUS_PLOT_CLASS (klass)->session_changed = chorus_waveform_view_session_changed;
}

static void
chorus_waveform_view_init (ChorusWaveformView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Waveform"), -1);
}
