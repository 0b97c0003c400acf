/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"

#include "chorus-calibration-plot.h"
#include "chorus-statistics-dialog.h"

struct _ChorusStatisticsDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *window_title;
  ChorusCalibrationPlot *plot;
  GtkLabel *judged_label;
  GtkLabel *precision_label;
  GtkAdjustment *wanted_adjustment;
  GtkLabel *threshold_label;
  GtkWidget *use_button;
  GtkLabel *warning_label;

  /* Owned references */
  GCancellable *cancellable;

  /* State */
  ChorusCalibration calibration;
  gboolean fitted;
  gboolean loaded;
  double threshold;
};

enum
{
  SIGNAL_USE_THRESHOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusStatisticsDialog, chorus_statistics_dialog, ADW_TYPE_WINDOW)

/* The first of these that holds says most. */
static const char *
chorus_statistics_dialog_get_warning (guint warnings)
{
  if ((warnings & CHORUS_CALIBRATION_FEW) != 0)
    return _(
      "Fewer than 50 detections were judged: the threshold is not to be relied on. A random sample helps most.");
  if ((warnings & CHORUS_CALIBRATION_NO_SPREAD) != 0)
    return _("All that was judged has the same confidence, which says nothing about others.");
  if ((warnings & CHORUS_CALIBRATION_SEPARABLE) != 0)
    return _("Some confidence parts right from wrong without an exception: more verdicts around it are needed.");
  if ((warnings & CHORUS_CALIBRATION_FEW_RIGHT) != 0)
    return _("Fewer than 10 detections were right: the threshold is not to be relied on.");
  if ((warnings & CHORUS_CALIBRATION_FEW_WRONG) != 0)
    return _("Fewer than 10 detections were wrong: the threshold is not to be relied on.");
  if ((warnings & CHORUS_CALIBRATION_NOT_RISING) != 0)
    return _("A greater confidence does not go with more that is right: a threshold does not help here.");
  if ((warnings & CHORUS_CALIBRATION_BEYOND) != 0)
    return _("The threshold lies outside of the confidences that were judged.");

  return "";
}

static void
chorus_statistics_dialog_update (ChorusStatisticsDialog *self)
{
  g_autofree char *text = NULL;
  guint warnings = self->calibration.warnings;

  if (!self->loaded)
    return;

  self->threshold = NAN;
  if (self->fitted
      && !chorus_calibration_get_threshold (&self->calibration, gtk_adjustment_get_value (self->wanted_adjustment),
                                            &self->threshold, &warnings))
    self->threshold = NAN;

  text = isnan (self->threshold) ? g_strdup ("–") : g_strdup_printf ("%.2f", self->threshold);
  gtk_label_set_text (self->threshold_label, text);
  gtk_widget_set_sensitive (self->use_button, !isnan (self->threshold));
  gtk_label_set_text (self->warning_label, chorus_statistics_dialog_get_warning (warnings));
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), warnings != 0);
  chorus_calibration_plot_set_threshold (self->plot, self->threshold);
}

static void
chorus_statistics_dialog_show (ChorusStatisticsDialog *self,
                               ChorusJudged           *judged)
{
  ChorusInterval precision;
  g_autofree char *text = NULL;
  guint n = judged->right->len;
  guint n_right = 0;

  for (guint i = 0; i < n; i++)
    n_right += g_array_index (judged->right, gboolean, i) ? 1 : 0;
  self->fitted = chorus_calibration_fit (&self->calibration, CHORUS_CALIBRATION_LOGIT,
                                         (const double *) (gconstpointer) judged->confidences->data,
                                         (const gboolean *) (gconstpointer) judged->right->data, n);
  self->loaded = TRUE;

  /* Translators: how many detections turned out right and wrong */
  text = g_strdup_printf (_("%u right, %u wrong"), n_right, n - n_right);
  gtk_label_set_text (self->judged_label, text);
  if (chorus_statistics_get_precision (n_right, n, &precision))
    {
      g_autofree char *share =
        g_strdup_printf (_("%.0f" CHORUS_NARROW_SPACE "%% (%.0f–%.0f)"), 100.0 * precision.estimate,
                         100.0 * precision.low, 100.0 * precision.high);

      gtk_label_set_text (self->precision_label, share);
    }
  else
    gtk_label_set_text (self->precision_label, "–");
  chorus_calibration_plot_set_calibration (self->plot, self->fitted ? &self->calibration : NULL);
  chorus_statistics_dialog_update (self);
}

static void
chorus_statistics_dialog_loaded_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (ChorusStatisticsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusJudged) judged = chorus_judged_load_finish (CHORUS_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (judged != NULL)
    chorus_statistics_dialog_show (self, judged);
  else
    gtk_label_set_text (self->warning_label, error->message);
}

static void
chorus_statistics_dialog_use_cb (ChorusStatisticsDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_USE_THRESHOLD], 0, self->threshold);
  gtk_window_close (GTK_WINDOW (self));
}

static void
chorus_statistics_dialog_dispose (GObject *object)
{
  ChorusStatisticsDialog *self = CHORUS_STATISTICS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_STATISTICS_DIALOG);

  G_OBJECT_CLASS (chorus_statistics_dialog_parent_class)->dispose (object);
}

static void
chorus_statistics_dialog_finalize (GObject *object)
{
  g_clear_object (&CHORUS_STATISTICS_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (chorus_statistics_dialog_parent_class)->finalize (object);
}

static void
chorus_statistics_dialog_class_init (ChorusStatisticsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_statistics_dialog_dispose;
  object_class->finalize = chorus_statistics_dialog_finalize;

  signals[SIGNAL_USE_THRESHOLD] = g_signal_new ("use-threshold", CHORUS_TYPE_STATISTICS_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);

  g_type_ensure (CHORUS_TYPE_CALIBRATION_PLOT);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-statistics-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, plot);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, judged_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, precision_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, wanted_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, threshold_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, use_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusStatisticsDialog, warning_label);
  gtk_widget_class_bind_template_callback (widget_class, chorus_statistics_dialog_update);
  gtk_widget_class_bind_template_callback (widget_class, chorus_statistics_dialog_use_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
chorus_statistics_dialog_init (ChorusStatisticsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->use_button, FALSE);
}

ChorusStatisticsDialog *
chorus_statistics_dialog_new (ChorusStore             *store,
                              const ChorusReviewScope *scope,
                              const char              *name)
{
  ChorusStatisticsDialog *self = g_object_new (CHORUS_TYPE_STATISTICS_DIALOG, NULL);

  adw_window_title_set_title (self->window_title, _("Statistics"));
  adw_window_title_set_subtitle (self->window_title, name);
  chorus_judged_load_async (store, scope, self->cancellable, chorus_statistics_dialog_loaded_cb, g_object_ref (self));

  return self;
}
