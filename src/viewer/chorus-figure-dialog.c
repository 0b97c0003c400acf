/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-figure-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

/* How long after a change the picture follows, in milliseconds. */
#define CHORUS_FIGURE_DIALOG_DELAY 150
/* How large the picture is, in pixels. */
#define CHORUS_FIGURE_DIALOG_PIXELS 1100.0

#define CHORUS_FIGURE_DIALOG_KEY "figure"

enum
{
  CHORUS_FIGURE_SHOW_VISIBLE,
  CHORUS_FIGURE_SHOW_SELECTION,
};

enum
{
  CHORUS_FIGURE_COLORS_SCREEN,
  CHORUS_FIGURE_COLORS_PRINT,
};

struct _ChorusFigureDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *save_button;
  GtkPicture *picture;
  GtkLabel *problem_label;
  AdwComboRow *show_row;
  AdwComboRow *time_row;
  AdwComboRow *colors_row;
  GtkSwitch *waveform_switch;
  GtkSwitch *detections_switch;
  GtkSwitch *scale_switch;
  GtkSwitch *caption_switch;
  AdwComboRow *format_row;
  GtkAdjustment *width_adjustment;
  GtkAdjustment *height_adjustment;
  GtkAdjustment *dpi_adjustment;
  GtkAdjustment *font_adjustment;

  ChorusFigure *figure; /* of what is visible */
  gboolean has_selection;
  ChorusTimeSpan selection;
  ChorusFrequencyBand band; /* of the selection */
  GArray *times;            /* of ChorusFigureTime, the rows of the list */

  GCancellable *cancellable; /* of the picture that is being drawn */
  guint timeout_id;
};

enum
{
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusFigureDialog, chorus_figure_dialog, ADW_TYPE_WINDOW)

ChorusFigure *
chorus_figure_dialog_dup_figure (ChorusFigureDialog *self)
{
  ChorusFigure *figure;
  guint time;

  g_return_val_if_fail (CHORUS_IS_FIGURE_DIALOG (self), NULL);

  figure = chorus_figure_copy (self->figure);
  if (self->has_selection && adw_combo_row_get_selected (self->show_row) == CHORUS_FIGURE_SHOW_SELECTION)
    {
      figure->span = self->selection;
      figure->band = self->band;
    }
  time = adw_combo_row_get_selected (self->time_row);
  if (time < self->times->len)
    figure->time = g_array_index (self->times, ChorusFigureTime, time);
  if (adw_combo_row_get_selected (self->colors_row) == CHORUS_FIGURE_COLORS_PRINT)
    figure->colors.map = CHORUS_COLOR_MAP_GRAY_INVERTED;
  figure->with_waveform = gtk_switch_get_active (self->waveform_switch);
  figure->with_boxes = gtk_switch_get_active (self->detections_switch);
  figure->with_scale = gtk_switch_get_active (self->scale_switch);
  figure->with_caption = gtk_switch_get_active (self->caption_switch);
  figure->format = (ChorusFigureFormat) MIN (adw_combo_row_get_selected (self->format_row), CHORUS_FIGURE_FORMAT_PDF);
  figure->width = gtk_adjustment_get_value (self->width_adjustment);
  figure->height = gtk_adjustment_get_value (self->height_adjustment);
  figure->dpi = gtk_adjustment_get_value (self->dpi_adjustment);
  figure->font_size = gtk_adjustment_get_value (self->font_adjustment);

  return figure;
}

static void
chorus_figure_dialog_show_problem (ChorusFigureDialog *self,
                                   const char         *sentence)
{
  gtk_label_set_text (self->problem_label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), sentence != NULL);
  gtk_widget_set_sensitive (self->save_button, sentence == NULL);
  if (sentence)
    gtk_picture_set_paintable (self->picture, NULL);
}

static void
chorus_figure_dialog_drawn_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusFigureDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = chorus_figure_render_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  /* A later one is on its way, or nobody looks any more. */
  if (!self->figure || g_task_get_cancellable (G_TASK (result)) != self->cancellable
      || g_cancellable_is_cancelled (self->cancellable))
    return;

  if (contents)
    texture = gdk_texture_new_from_bytes (contents, &error);
  if (texture)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  chorus_figure_dialog_show_problem (self, texture ? NULL : error->message);
}

static gboolean
chorus_figure_dialog_draw_cb (gpointer data)
{
  ChorusFigureDialog *self = data;
  g_autoptr (ChorusFigure) figure = chorus_figure_dialog_dup_figure (self);
  g_autoptr (GError) error = NULL;

  self->timeout_id = 0;
  if (!chorus_figure_check (figure, &error))
    {
      chorus_figure_dialog_show_problem (self, error->message);
      return G_SOURCE_REMOVE;
    }

  figure->format = CHORUS_FIGURE_FORMAT_PNG;
  figure->dpi = CLAMP (CHORUS_FIGURE_DIALOG_PIXELS / MAX (figure->width, figure->height) * 25.4, CHORUS_FIGURE_MIN_DPI,
                       CHORUS_FIGURE_MAX_DPI);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  chorus_figure_render_async (g_steal_pointer (&figure), NULL, self->cancellable, chorus_figure_dialog_drawn_cb,
                              g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
chorus_figure_dialog_changed_cb (ChorusFigureDialog *self)
{
  if (!self->figure)
    return;

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (CHORUS_FIGURE_DIALOG_DELAY, chorus_figure_dialog_draw_cb, self);
}

/* What is remembered, by the names it has there. */
static void
chorus_figure_dialog_remember (ChorusFigureDialog *self)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (ChorusFigure) figure = chorus_figure_dialog_dup_figure (self);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "format", "u", (guint) figure->format);
  g_variant_dict_insert (&dict, "time", "u", (guint) figure->time);
  g_variant_dict_insert (&dict, "print-colors", "b",
                         adw_combo_row_get_selected (self->colors_row) == CHORUS_FIGURE_COLORS_PRINT);
  g_variant_dict_insert (&dict, "width", "d", figure->width);
  g_variant_dict_insert (&dict, "height", "d", figure->height);
  g_variant_dict_insert (&dict, "dpi", "d", figure->dpi);
  g_variant_dict_insert (&dict, "font-size", "d", figure->font_size);
  g_variant_dict_insert (&dict, "waveform", "b", figure->with_waveform);
  g_variant_dict_insert (&dict, "detections", "b", figure->with_boxes);
  g_variant_dict_insert (&dict, "scale", "b", figure->with_scale);
  g_variant_dict_insert (&dict, "caption", "b", figure->with_caption);
  g_settings_set_value (settings, CHORUS_FIGURE_DIALOG_KEY, g_variant_dict_end (&dict));
}

static void
chorus_figure_dialog_set_time (ChorusFigureDialog *self,
                               ChorusFigureTime    time)
{
  for (guint i = 0; i < self->times->len; i++)
    if (g_array_index (self->times, ChorusFigureTime, i) == time)
      adw_combo_row_set_selected (self->time_row, i);
}

/* Shows @figure in the rows, and over that what is remembered. */
static void
chorus_figure_dialog_recall (ChorusFigureDialog *self)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GVariant) value = g_settings_get_value (settings, CHORUS_FIGURE_DIALOG_KEY);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (value);
  ChorusFigure figure = *self->figure;
  gboolean print_colors = FALSE;
  guint format = figure.format;
  guint time = figure.time;

  g_variant_dict_lookup (&dict, "format", "u", &format);
  g_variant_dict_lookup (&dict, "time", "u", &time);
  g_variant_dict_lookup (&dict, "print-colors", "b", &print_colors);
  g_variant_dict_lookup (&dict, "width", "d", &figure.width);
  g_variant_dict_lookup (&dict, "height", "d", &figure.height);
  g_variant_dict_lookup (&dict, "dpi", "d", &figure.dpi);
  g_variant_dict_lookup (&dict, "font-size", "d", &figure.font_size);
  g_variant_dict_lookup (&dict, "waveform", "b", &figure.with_waveform);
  g_variant_dict_lookup (&dict, "detections", "b", &figure.with_boxes);
  g_variant_dict_lookup (&dict, "scale", "b", &figure.with_scale);
  g_variant_dict_lookup (&dict, "caption", "b", &figure.with_caption);

  chorus_figure_dialog_set_time (self, time);
  adw_combo_row_set_selected (self->format_row, MIN (format, CHORUS_FIGURE_FORMAT_PDF));
  adw_combo_row_set_selected (self->colors_row,
                              print_colors ? CHORUS_FIGURE_COLORS_PRINT : CHORUS_FIGURE_COLORS_SCREEN);
  gtk_adjustment_set_value (self->width_adjustment, figure.width);
  gtk_adjustment_set_value (self->height_adjustment, figure.height);
  gtk_adjustment_set_value (self->dpi_adjustment, figure.dpi);
  gtk_adjustment_set_value (self->font_adjustment, figure.font_size);
  gtk_switch_set_active (self->waveform_switch, figure.with_waveform);
  gtk_switch_set_active (self->detections_switch, figure.with_boxes);
  gtk_switch_set_active (self->scale_switch, figure.with_scale);
  gtk_switch_set_active (self->caption_switch, figure.with_caption);
}

static void
chorus_figure_dialog_save_cb (ChorusFigureDialog *self)
{
  chorus_figure_dialog_remember (self);
  g_signal_emit (self, signals[SAVE], 0);
}

static void
chorus_figure_dialog_dispose (GObject *object)
{
  ChorusFigureDialog *self = CHORUS_FIGURE_DIALOG (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_pointer (&self->figure, chorus_figure_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_FIGURE_DIALOG);

  G_OBJECT_CLASS (chorus_figure_dialog_parent_class)->dispose (object);
}

static void
chorus_figure_dialog_finalize (GObject *object)
{
  ChorusFigureDialog *self = CHORUS_FIGURE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->times, g_array_unref);

  G_OBJECT_CLASS (chorus_figure_dialog_parent_class)->finalize (object);
}

static void
chorus_figure_dialog_class_init (ChorusFigureDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_figure_dialog_dispose;
  object_class->finalize = chorus_figure_dialog_finalize;

  signals[SAVE] =
    g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/viewer/chorus-figure-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, show_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, colors_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, waveform_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, detections_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, scale_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, caption_switch);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, width_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, height_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, dpi_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusFigureDialog, font_adjustment);
  gtk_widget_class_bind_template_callback (widget_class, chorus_figure_dialog_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_figure_dialog_save_cb);
}

static void
chorus_figure_dialog_init (ChorusFigureDialog *self)
{
  self->times = g_array_new (FALSE, FALSE, sizeof (ChorusFigureTime));

  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
chorus_figure_dialog_add_time (ChorusFigureDialog *self,
                               GtkStringList      *names,
                               ChorusFigureTime    time,
                               const char         *name)
{
  g_array_append_val (self->times, time);
  gtk_string_list_append (names, name);
}

ChorusFigureDialog *
chorus_figure_dialog_new (ChorusFigure              *figure,
                          const ChorusTimeSpan      *selection,
                          const ChorusFrequencyBand *band)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  ChorusFigureDialog *self;

  g_return_val_if_fail (figure != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_FIGURE_DIALOG, NULL);
  self->has_selection = selection != NULL;
  self->selection = selection ? *selection : figure->span;
  self->band = band ? *band : figure->band;

  chorus_figure_dialog_add_time (self, names, CHORUS_FIGURE_TIME_RECORDING, _("In the Recording"));
  chorus_figure_dialog_add_time (self, names, CHORUS_FIGURE_TIME_FIGURE, _("In the Figure"));
  if (figure->recorded)
    chorus_figure_dialog_add_time (self, names, CHORUS_FIGURE_TIME_CLOCK, _("By the Clock"));
  adw_combo_row_set_model (self->time_row, G_LIST_MODEL (names));

  gtk_widget_set_visible (GTK_WIDGET (self->show_row), self->has_selection);
  if (self->has_selection)
    adw_combo_row_set_selected (self->show_row, CHORUS_FIGURE_SHOW_SELECTION);

  self->figure = figure;
  chorus_figure_dialog_recall (self);
  chorus_figure_dialog_changed_cb (self);
  gtk_widget_grab_focus (self->save_button);

  return self;
}
