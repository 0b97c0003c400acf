/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-import-dialog.h"

#include <glib/gi18n.h>

#include "chorus-delayed-spinner.h"
#include "chorus-error-box.h"
#include "exchange/chorus-import-plan.h"

/* More of what is wrong nobody reads. */
#define CHORUS_IMPORT_DIALOG_PROBLEMS 200

struct _ChorusImportDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkButton *close_button;
  GtkWidget *import_button;
  GtkWidget *spinner;
  GtkLabel *title_label;
  GtkLabel *status_label;
  ChorusErrorBox *error_box;
  GtkWidget *problems_box;
  GtkTextView *problems_text;

  /* Owned references */
  ChorusImportPlan *plan;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ChorusImportDialog, chorus_import_dialog, ADW_TYPE_WINDOW)

/* What the table is, and how much of it can be taken over. */
static void
chorus_import_dialog_describe (ChorusImportDialog *self)
{
  guint n_detections = chorus_import_plan_get_n_detections (self->plan);
  guint n_matched = chorus_import_plan_get_n_matched (self->plan);
  guint n_recordings = chorus_import_plan_get_n_recordings (self->plan);
  const char *format = chorus_import_format_get_name (chorus_import_plan_get_format (self->plan));
  g_autofree char *detections =
    g_strdup_printf (ngettext ("%'u detection", "%'u detections", n_detections), n_detections);
  g_autofree char *recordings =
    g_strdup_printf (ngettext ("%'u recording", "%'u recordings", n_recordings), n_recordings);
  g_autofree char *matched = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) problems = chorus_import_plan_list_problems (self->plan, CHORUS_IMPORT_DIALOG_PROBLEMS);
  g_autofree char *lines = g_strjoinv ("\n", problems);

  if (n_detections == 0)
    matched = g_strdup (_("There is nothing to import."));
  else if (n_matched == 0)
    matched = g_strdup (_("None of them belongs to a recording that is here."));
  else if (n_matched == n_detections)
    /* Translators: all detections belong to “3 recordings” */
    matched = g_strdup_printf (_("All of them belong to %s."), recordings);
  else
    /* Translators: how many detections belong to “3 recordings” */
    matched = g_strdup_printf (ngettext ("%'u of them belongs to %s.", "%'u of them belong to %s.", n_matched),
                               n_matched, recordings);

  /* Translators: a format such as “Raven”, “12 detections”, and a sentence about these */
  text = g_strdup_printf (_("%s: %s. %s"), format, detections, matched);
  gtk_label_set_text (self->status_label, text);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->problems_text), lines, -1);
  gtk_widget_set_visible (self->problems_box, problems[0] != NULL);
  gtk_widget_set_sensitive (self->import_button, n_matched > 0);
}

static void
chorus_import_dialog_prepared_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean prepared = chorus_import_plan_prepare_finish (CHORUS_IMPORT_PLAN (object), result, &error);

  if (self->plan == NULL)
    return;

  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_label_set_text (self->status_label, "");
  chorus_error_box_set_error (self->error_box, error);
  if (prepared)
    chorus_import_dialog_describe (self);
}

static void
chorus_import_dialog_taken_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_added = 0;
  guint n_known = 0;
  gboolean taken = chorus_import_plan_take_finish (CHORUS_IMPORT_PLAN (object), result, &n_added, &n_known, &error);
  g_autofree char *text = NULL;

  if (self->plan == NULL)
    return;

  gtk_widget_set_visible (self->spinner, FALSE);
  chorus_error_box_set_error (self->error_box, error);
  gtk_widget_set_sensitive (self->import_button, !taken);
  if (!taken)
    return;

  text = g_strdup_printf (ngettext ("Imported %'u detection.", "Imported %'u detections.", n_added), n_added);
  if (n_known > 0)
    {
      g_autofree char *known =
        g_strdup_printf (ngettext ("%'u had been imported before.", "%'u had been imported before.", n_known), n_known);
      g_autofree char *first = g_steal_pointer (&text);

      text = g_strdup_printf ("%s %s", first, known);
    }
  gtk_label_set_text (self->status_label, text);
  gtk_button_set_label (self->close_button, _("Close"));
}

static void
chorus_import_dialog_import_cb (ChorusImportDialog *self)
{
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_label_set_text (self->status_label, _("Importing…"));
  chorus_import_plan_take_async (self->plan, self->cancellable, chorus_import_dialog_taken_cb, g_object_ref (self));
}

static void
chorus_import_dialog_dispose (GObject *object)
{
  ChorusImportDialog *self = CHORUS_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->plan);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (chorus_import_dialog_parent_class)->dispose (object);
}

static void
chorus_import_dialog_finalize (GObject *object)
{
  g_clear_object (&CHORUS_IMPORT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (chorus_import_dialog_parent_class)->finalize (object);
}

static void
chorus_import_dialog_class_init (ChorusImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_import_dialog_dispose;
  object_class->finalize = chorus_import_dialog_finalize;

  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, title_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, status_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, problems_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusImportDialog, problems_text);
  gtk_widget_class_bind_template_callback (widget_class, chorus_import_dialog_import_cb);
}

static void
chorus_import_dialog_init (ChorusImportDialog *self)
{
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

ChorusImportDialog *
chorus_import_dialog_new (ChorusLibrary *library,
                          GFile         *file)
{
  ChorusImportDialog *self = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (CHORUS_TYPE_IMPORT_DIALOG, NULL);
  name = g_file_get_basename (file);
  shown = g_filename_display_name (name);
  gtk_label_set_text (self->title_label, shown);
  gtk_label_set_text (self->status_label, _("Reading…"));
  self->plan = chorus_import_plan_new (library, file);
  chorus_import_plan_prepare_async (self->plan, self->cancellable, chorus_import_dialog_prepared_cb,
                                    g_object_ref (self));

  return self;
}
