/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-calibration-plot.h"

#include <math.h>

#include "viewer/chorus-style.h"

#define WIDTH 320
#define HEIGHT 140
#define LINE 2.0
#define GRID_ALPHA 0.12f
/* Beyond what was judged the curve says little. */
#define BEYOND_ALPHA 0.35f

struct _ChorusCalibrationPlot
{
  GtkWidget parent_instance;

  ChorusCalibration calibration;
  gboolean has_calibration;
  double threshold;
};

G_DEFINE_FINAL_TYPE (ChorusCalibrationPlot, chorus_calibration_plot, GTK_TYPE_WIDGET)

/* The curve from one confidence to another. */
static void
chorus_calibration_plot_draw_curve (ChorusCalibrationPlot *self,
                                    cairo_t               *cr,
                                    double                 from,
                                    double                 to,
                                    const GdkRGBA         *color)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (to <= from)
    return;

  for (double x = floor (from * width); x <= ceil (to * width); x += 1.0)
    {
      double confidence = CLAMP (x / width, from, to);

      cairo_line_to (cr, confidence * width,
                     (1.0 - chorus_calibration_get_probability (&self->calibration, confidence)) * height);
    }
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, LINE);
  cairo_stroke (cr);
}

static void
chorus_calibration_plot_snapshot (GtkWidget   *widget,
                                  GtkSnapshot *snapshot)
{
  ChorusCalibrationPlot *self = CHORUS_CALIBRATION_PLOT (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GdkRGBA grid = chorus_style_get_text_color (widget);
  GdkRGBA accent = chorus_style_get_accent_color (widget);
  GdkRGBA beyond = accent;
  cairo_t *cr = NULL;

  grid.alpha *= GRID_ALPHA;
  beyond.alpha *= BEYOND_ALPHA;
  for (guint i = 0; i <= 4; i++)
    {
      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (0, roundf ((height - 1.0f) * (float) i / 4.0f), width, 1));
      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (roundf ((width - 1.0f) * (float) i / 4.0f), 0, 1, height));
    }
  if (!self->has_calibration)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  chorus_calibration_plot_draw_curve (self, cr, 0.0, self->calibration.lowest, &beyond);
  chorus_calibration_plot_draw_curve (self, cr, self->calibration.lowest, self->calibration.highest, &accent);
  chorus_calibration_plot_draw_curve (self, cr, self->calibration.highest, 1.0, &beyond);
  cairo_destroy (cr);

  if (!isnan (self->threshold))
    {
      GdkRGBA line = chorus_style_get_text_color (widget);

      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT (roundf ((width - 1.0f) * (float) self->threshold), 0, 1, height));
    }
}

static void
chorus_calibration_plot_measure (GtkWidget      *widget,
                                 GtkOrientation  orientation,
                                 int             for_size,
                                 int            *minimum,
                                 int            *natural,
                                 int            *minimum_baseline,
                                 int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
chorus_calibration_plot_class_init (ChorusCalibrationPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = chorus_calibration_plot_snapshot;
  widget_class->measure = chorus_calibration_plot_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
chorus_calibration_plot_init (ChorusCalibrationPlot *self)
{
  self->threshold = NAN;
}

void
chorus_calibration_plot_set_calibration (ChorusCalibrationPlot   *self,
                                         const ChorusCalibration *calibration)
{
  g_return_if_fail (CHORUS_IS_CALIBRATION_PLOT (self));

  self->has_calibration = calibration != NULL;
  if (calibration != NULL)
    self->calibration = *calibration;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
chorus_calibration_plot_set_threshold (ChorusCalibrationPlot *self,
                                       double                 threshold)
{
  g_return_if_fail (CHORUS_IS_CALIBRATION_PLOT (self));

  self->threshold = threshold;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
