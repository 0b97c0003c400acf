/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-spectrogram-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-box-layer.h"
#include "chorus-spectrogram-canvas.h"

#define LEAST_HEIGHT 96
#define LEAST_HEIGHT_STACKED 32

struct _ChorusSpectrogramView
{
  ChorusPlot parent_instance;

  GtkWidget *canvas;
  GtkWidget *boxes;
  char *measurements; /* of the selection, or NULL */
};

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusSpectrogramView, chorus_spectrogram_view, CHORUS_TYPE_PLOT)

static void
chorus_spectrogram_view_session_changed (ChorusPlot *plot)
{
  ChorusSpectrogramView *self = CHORUS_SPECTROGRAM_VIEW (plot);

  CHORUS_PLOT_CLASS (chorus_spectrogram_view_parent_class)->session_changed (plot);

  chorus_spectrogram_canvas_set_session (CHORUS_SPECTROGRAM_CANVAS (self->canvas), chorus_plot_get_session (plot));
  chorus_box_layer_set_session (CHORUS_BOX_LAYER (self->boxes), chorus_plot_get_session (plot));
}

static gboolean
chorus_spectrogram_view_clicked (ChorusPlot *plot,
                                 double      x,
                                 double      y)
{
  ChorusSpectrogramView *self = CHORUS_SPECTROGRAM_VIEW (plot);
  ChorusDetection *detection = chorus_box_layer_find (CHORUS_BOX_LAYER (self->boxes), x, y);

  if (!detection)
    return FALSE;
  g_signal_emit (self, signals[ACTIVATE], 0, detection);

  return TRUE;
}

static const char *
chorus_spectrogram_view_describe_verdict (ChorusVerdict verdict)
{
  switch (verdict)
    {
    case CHORUS_VERDICT_CONFIRMED:
      return _("Confirmed");
    case CHORUS_VERDICT_REJECTED:
      return _("Rejected");
    case CHORUS_VERDICT_UNCERTAIN:
      return _("Uncertain");
    case CHORUS_VERDICT_NONE:
    default:
      return _("Not reviewed");
    }
}

/* All there is to say about @detection, one thing on a line. */
static char *
chorus_spectrogram_view_describe (ChorusSpectrogramView *self,
                                  ChorusDetection       *detection)
{
  const ChorusRecordingTime *origin =
    chorus_view_session_get_time_origin (chorus_plot_get_session (CHORUS_PLOT (self)));
  g_autofree char *start = chorus_axis_format_time (chorus_detection_get_start (detection), 0.1, origin);
  g_autofree char *end = chorus_axis_format_time (chorus_detection_get_end (detection), 0.1, origin);
  double confidence = chorus_detection_get_confidence (detection);
  g_autofree char *confidence_text =
    isnan (confidence) ? g_strdup (_("No confidence given")) : g_strdup_printf (_("Confidence %.2f"), confidence);

  return g_strdup_printf ("%s\n%s\n%s\n%s – %s", chorus_detection_get_held_name (detection), confidence_text,
                          chorus_spectrogram_view_describe_verdict (chorus_detection_get_verdict (detection)), start,
                          end);
}

static gboolean
chorus_spectrogram_view_query_tooltip_cb (ChorusSpectrogramView *self,
                                          int                    x,
                                          int                    y,
                                          gboolean               keyboard_mode,
                                          GtkTooltip            *tooltip)
{
  ChorusDetection *detection = NULL;
  g_autofree char *text = NULL;

  g_assert (CHORUS_IS_SPECTROGRAM_VIEW (self));

  if (keyboard_mode || !chorus_plot_get_session (CHORUS_PLOT (self)))
    return FALSE;
  detection = chorus_box_layer_find (CHORUS_BOX_LAYER (self->boxes), x, y);
  if (!detection)
    return FALSE;
  text = chorus_spectrogram_view_describe (self, detection);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* Where the position is, and what is selected: what the eye sees at a glance. */
static char *
chorus_spectrogram_view_describe_place (ChorusViewSession *session)
{
  const ChorusRecordingTime *origin = chorus_view_session_get_time_origin (session);
  g_autofree char *position = chorus_axis_format_time (chorus_view_session_get_position (session), 0.001, origin);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };

  if (!chorus_view_session_get_selection (session, &span, &band))
    /* Translators: said by a screen reader; “%s” is a time */
    return g_strdup_printf (_("Position %s"), position);

  start = chorus_axis_format_time (span.start, 0.001, origin);
  end = chorus_axis_format_time (span.end, 0.001, origin);
  low = chorus_axis_format_frequency (band.low);
  high = chorus_axis_format_frequency (band.high);

  /* Translators: said by a screen reader: the position, two times, and two frequencies with their units */
  return g_strdup_printf (_("Position %s, selected from %s to %s and from %s to %s"), position, start, end, low, high);
}

void
chorus_spectrogram_view_update_description (ChorusSpectrogramView *self)
{
  ChorusViewSession *session = NULL;
  ChorusDetection *detection = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (CHORUS_IS_SPECTROGRAM_VIEW (self));

  session = chorus_plot_get_session (CHORUS_PLOT (self));
  detection = session ? chorus_view_session_get_selected_detection (session) : NULL;
  if (session && !detection)
    detection =
      chorus_box_layer_find_at_time (CHORUS_BOX_LAYER (self->boxes), chorus_view_session_get_position (session));
  if (session && chorus_view_session_get_source (session))
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_full (4, g_free);

      if (detection)
        g_ptr_array_add (texts, chorus_spectrogram_view_describe (self, detection));
      g_ptr_array_add (texts, chorus_spectrogram_view_describe_place (session));
      if (self->measurements)
        g_ptr_array_add (texts, g_strdup (self->measurements));
      g_ptr_array_add (texts, NULL);
      text = g_strjoinv ("\n", (char **) texts->pdata);
    }
  else
    text = g_strdup (_("Frequencies over time, with detections"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

double
chorus_spectrogram_view_get_pointer_level (ChorusSpectrogramView *self)
{
  ChorusViewSession *session = NULL;
  ChorusTileCache *tiles = NULL;
  double samples = 0.0;
  double time = 0.0;
  double frequency = 0.0;

  g_return_val_if_fail (CHORUS_IS_SPECTROGRAM_VIEW (self), NAN);

  session = chorus_plot_get_session (CHORUS_PLOT (self));
  tiles = chorus_plot_get_tiles (CHORUS_PLOT (self));
  samples = chorus_spectrogram_canvas_get_samples_per_pixel (CHORUS_SPECTROGRAM_CANVAS (self->canvas));
  if (!tiles || !(samples > 0.0) || !chorus_view_session_get_pointer (session, &time, &frequency) || isnan (frequency))
    return NAN;

  return chorus_tile_cache_get_level_db (tiles, time, frequency, samples);
}

void
chorus_spectrogram_view_set_detections (ChorusSpectrogramView *self,
                                        GListModel            *detections)
{
  g_return_if_fail (CHORUS_IS_SPECTROGRAM_VIEW (self));

  chorus_box_layer_set_detections (CHORUS_BOX_LAYER (self->boxes), detections);
}

void
chorus_spectrogram_view_set_measurements (ChorusSpectrogramView *self,
                                          const char            *measurements)
{
  g_return_if_fail (CHORUS_IS_SPECTROGRAM_VIEW (self));

  if (g_strcmp0 (self->measurements, measurements) == 0)
    return;
  g_free (self->measurements);
  self->measurements = g_strdup (measurements);
  chorus_spectrogram_view_update_description (self);
}

void
chorus_spectrogram_view_set_channel (ChorusSpectrogramView *self,
                                     int                    channel)
{
  g_return_if_fail (CHORUS_IS_SPECTROGRAM_VIEW (self));

  chorus_plot_set_channel (CHORUS_PLOT (self), channel);
  chorus_spectrogram_canvas_set_channel (CHORUS_SPECTROGRAM_CANVAS (self->canvas), channel);
}

static void
chorus_spectrogram_view_measure (GtkWidget      *widget,
                                 GtkOrientation  orientation,
                                 int             for_size,
                                 int            *minimum,
                                 int            *natural,
                                 int            *minimum_baseline,
                                 int            *natural_baseline)
{
  *minimum = chorus_plot_get_channel (CHORUS_PLOT (widget)) >= 0 ? LEAST_HEIGHT_STACKED : LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? 3 * LEAST_HEIGHT : 6 * LEAST_HEIGHT;
}

static void
chorus_spectrogram_view_finalize (GObject *object)
{
  g_free (CHORUS_SPECTROGRAM_VIEW (object)->measurements);

  G_OBJECT_CLASS (chorus_spectrogram_view_parent_class)->finalize (object);
}

static void
chorus_spectrogram_view_class_init (ChorusSpectrogramViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ChorusPlotClass *plot_class = CHORUS_PLOT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_spectrogram_view_finalize;
  widget_class->measure = chorus_spectrogram_view_measure;
  plot_class->has_frequencies = TRUE;
  plot_class->session_changed = chorus_spectrogram_view_session_changed;
  plot_class->clicked = chorus_spectrogram_view_clicked;

  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, CHORUS_TYPE_DETECTION);
}

static void
chorus_spectrogram_view_init (ChorusSpectrogramView *self)
{
  self->canvas = chorus_spectrogram_canvas_new ();
  chorus_plot_add_layer (CHORUS_PLOT (self), self->canvas);
  self->boxes = chorus_box_layer_new ();
  chorus_plot_add_layer (CHORUS_PLOT (self), self->boxes);

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (chorus_spectrogram_view_query_tooltip_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Spectrogram"), -1);
  chorus_spectrogram_view_update_description (self);
}
