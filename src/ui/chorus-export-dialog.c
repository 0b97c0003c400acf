/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-error-box.h"
#include "exchange/chorus-export.h"
#include "viewer/chorus-show-in-files.h"

/* While one turns the confidence, a preview is not made at every step. */
#define CHORUS_EXPORT_DIALOG_DELAY_MS 150

struct _ChorusExportDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkButton *close_button;
  GtkWidget *export_button;
  GtkWidget *choices;
  AdwComboRow *scope_row;
  AdwComboRow *format_row;
  AdwComboRow *verdict_row;
  GtkSpinButton *confidence_spin;
  GtkWidget *padding_row;
  GtkSpinButton *padding_spin;
  GtkWidget *creator_row;
  AdwComboRow *license_row;
  GtkWidget *location_row;
  GtkStack *preview_stack;
  GtkTextView *preview_text;
  GtkLabel *preview_label;
  GtkProgressBar *progress_bar;
  GtkLabel *status_label;
  ChorusErrorBox *error_box;

  /* Owned references */
  ChorusLibrary *library;
  char *deployment_id; /* that is shown, or NULL */
  GPtrArray *queries;  /* of ChorusResultQuery, the rows of the list of recordings */
  GSettings *settings;
  GCancellable *previewing;  /* of the preview that is being made, or NULL */
  GCancellable *cancellable; /* of the export that runs, or NULL */
  ChorusExport *export;      /* that runs or has run, or NULL */
  GFile *target;
  GtkFileChooserNative *chooser;

  /* State */
  guint preview_id;
  gboolean done;
};

G_DEFINE_FINAL_TYPE (ChorusExportDialog, chorus_export_dialog, ADW_TYPE_WINDOW)

static ChorusExportFormat
chorus_export_dialog_get_format (ChorusExportDialog *self)
{
  /* The rows stand in the order of the values. */
  return (ChorusExportFormat) MIN (adw_combo_row_get_selected (self->format_row), CHORUS_N_EXPORT_FORMATS - 1);
}

static guint
chorus_export_dialog_get_verdicts (ChorusExportDialog *self)
{
  /* In the order of the rows. */
  const guint verdicts[] = {
    CHORUS_RESULT_ALL_VERDICTS,
    CHORUS_RESULT_ALL_VERDICTS & ~CHORUS_RESULT_VERDICT (CHORUS_VERDICT_REJECTED),
    CHORUS_RESULT_VERDICT (CHORUS_VERDICT_CONFIRMED),
    CHORUS_RESULT_VERDICT (CHORUS_VERDICT_NONE),
  };

  return verdicts[MIN (adw_combo_row_get_selected (self->verdict_row), G_N_ELEMENTS (verdicts) - 1)];
}

/* Reads “12.345, 76.543”, with a point whatever the locale, because that is how maps and recorders give it. */
static gboolean
chorus_export_dialog_read_location (ChorusExportDialog *self,
                                    double             *latitude,
                                    double             *longitude)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->location_row));
  g_auto (GStrv) words = g_strsplit_set (text, ", ;", -1);
  double numbers[2] = { 0 };
  guint n_numbers = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *end = NULL;

      if (*words[i] == '\0')
        continue;
      if (n_numbers == 2)
        return FALSE;
      numbers[n_numbers++] = g_ascii_strtod (words[i], &end);
      if (*end != '\0')
        return FALSE;
    }

  *latitude = numbers[0];
  *longitude = numbers[1];

  return n_numbers == 2 && fabs (*latitude) <= 90 && fabs (*longitude) <= 180;
}

static void
chorus_export_dialog_location_cb (ChorusExportDialog *self)
{
  double latitude = 0.0;
  double longitude = 0.0;
  gboolean wrong = *gtk_editable_get_text (GTK_EDITABLE (self->location_row)) != '\0'
                   && !chorus_export_dialog_read_location (self, &latitude, &longitude);

  if (wrong)
    gtk_widget_add_css_class (self->location_row, "error");
  else
    gtk_widget_remove_css_class (self->location_row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->location_row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static ChorusExportOptions *
chorus_export_dialog_make_options (ChorusExportDialog *self)
{
  ChorusExportOptions *options = chorus_export_options_new ();
  ChorusPackageOptions *package = options->camtrap->package;
  const char *creator = gtk_editable_get_text (GTK_EDITABLE (self->creator_row));
  double latitude = 0.0;
  double longitude = 0.0;

  options->padding = gtk_spin_button_get_value (self->padding_spin);
  if (*creator != '\0')
    {
      g_free (package->creator);
      package->creator = g_strdup (creator);
    }
  package->license = (ChorusLicense) MIN (adw_combo_row_get_selected (self->license_row), CHORUS_LICENSE_CC_BY_NC);
  if (self->deployment_id != NULL && chorus_export_dialog_read_location (self, &latitude, &longitude))
    chorus_camtrap_options_set_place (options->camtrap, self->deployment_id, latitude, longitude);

  return options;
}

static ChorusExport *
chorus_export_dialog_make_export (ChorusExportDialog *self)
{
  guint selected = MIN (adw_combo_row_get_selected (self->scope_row), self->queries->len - 1);
  g_autoptr (ChorusResultQuery) query = chorus_result_query_copy (g_ptr_array_index (self->queries, selected));
  g_autoptr (ChorusExportOptions) options = chorus_export_dialog_make_options (self);
  ChorusExport *export = NULL;

  query->verdicts = chorus_export_dialog_get_verdicts (self);
  query->least_confidence = gtk_spin_button_get_value (self->confidence_spin);
  export = chorus_export_new (self->library, query, chorus_export_dialog_get_format (self));
  chorus_export_set_options (export, options);

  return export;
}

static void
chorus_export_dialog_show_preview (ChorusExportDialog *self,
                                   const char         *text,
                                   const char         *instead)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->preview_text), text != NULL ? text : "", -1);
  gtk_label_set_text (self->preview_label, instead);
  gtk_stack_set_visible_child_name (self->preview_stack, text != NULL ? "text" : "none");
}

static void
chorus_export_dialog_previewed_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (ChorusExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = chorus_export_preview_finish (CHORUS_EXPORT (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->library == NULL)
    return;

  chorus_error_box_set_error (self->error_box, error);
  if (error != NULL)
    chorus_export_dialog_show_preview (self, NULL, "");
  else if (*text == '\0')
    chorus_export_dialog_show_preview (self, NULL,
                                       chorus_export_format_get_info (chorus_export_dialog_get_format (self))->is_text
                                         ? _("No detection is as chosen above.")
                                         : _("This format has no preview."));
  else
    chorus_export_dialog_show_preview (self, text, "");
}

static gboolean
chorus_export_dialog_preview_cb (gpointer user_data)
{
  ChorusExportDialog *self = user_data;
  g_autoptr (ChorusExport) export = chorus_export_dialog_make_export (self);

  self->preview_id = 0;
  self->previewing = g_cancellable_new ();
  chorus_export_preview_async (export, self->previewing, chorus_export_dialog_previewed_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* What has been exported no longer says what is chosen now. */
static void
chorus_export_dialog_preview (ChorusExportDialog *self)
{
  /* The rows change while the dialog is set up. */
  if (self->library == NULL || self->queries->len == 0)
    return;

  g_cancellable_cancel (self->previewing);
  g_clear_object (&self->previewing);
  if (self->preview_id == 0)
    self->preview_id = g_timeout_add (CHORUS_EXPORT_DIALOG_DELAY_MS, chorus_export_dialog_preview_cb, self);

  self->done = FALSE;
  gtk_button_set_label (self->close_button, _("Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), FALSE);
  gtk_button_set_label (GTK_BUTTON (self->export_button), _("Export…"));
}

static void
chorus_export_dialog_format_cb (ChorusExportDialog *self)
{
  ChorusExportFormat format = chorus_export_dialog_get_format (self);
  const ChorusExportFormatInfo *info = chorus_export_format_get_info (format);

  gtk_widget_set_visible (self->padding_row, info->has_clips);
  gtk_widget_set_visible (self->creator_row, info->is_package);
  gtk_widget_set_visible (GTK_WIDGET (self->license_row), info->is_package);
  gtk_widget_set_visible (self->location_row, format == CHORUS_EXPORT_CAMTRAP && self->deployment_id != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->format_row), _(info->description));
  chorus_export_dialog_preview (self);
}

static void
chorus_export_dialog_progress_cb (ChorusExportDialog *self)
{
  guint n_recordings = chorus_export_get_n_recordings (self->export);
  guint n_done = chorus_export_get_n_done (self->export);
  g_autofree char *text = NULL;

  if (n_recordings == 0)
    {
      gtk_progress_bar_pulse (self->progress_bar);
      return;
    }

  /* Translators: how far an export is, such as “120 of 2,400 recordings” */
  text =
    g_strdup_printf (ngettext ("%'u of %'u recording", "%'u of %'u recordings", n_recordings), n_done, n_recordings);
  gtk_progress_bar_set_fraction (self->progress_bar, (double) n_done / n_recordings);
  gtk_label_set_text (self->status_label, text);
}

static void
chorus_export_dialog_set_running (ChorusExportDialog *self,
                                  gboolean            running)
{
  gtk_widget_set_sensitive (self->choices, !running);
  gtk_widget_set_sensitive (self->export_button, !running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), running);
  gtk_progress_bar_set_fraction (self->progress_bar, 0.0);
}

/* How many there are of what, where, and what was left out. */
static char *
chorus_export_dialog_describe_end (ChorusExportDialog *self)
{
  guint64 n_detections = chorus_export_get_n_detections (self->export);
  guint n_recordings = chorus_export_get_n_recordings (self->export);
  const char *const *left_out = chorus_export_get_left_out (self->export);
  g_autofree char *name = g_file_get_basename (self->target);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *detections =
    g_strdup_printf (ngettext ("%'u detection", "%'u detections", (gulong) n_detections), (guint) n_detections);
  g_autofree char *recordings =
    g_strdup_printf (ngettext ("%'u recording", "%'u recordings", n_recordings), n_recordings);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: what was exported and where to: “1,204 detections”, “214 recordings”, and the name of a file or folder */
  g_string_append_printf (text, _("Exported %s of %s to “%s”."), detections, recordings, shown);
  for (guint i = 0; left_out[i] != NULL; i++)
    g_string_append_printf (text, "\n%s", left_out[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
chorus_export_dialog_exported_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  chorus_export_run_finish (CHORUS_EXPORT (object), result, &error);
  if (self->library == NULL)
    return;

  g_clear_object (&self->cancellable);
  chorus_export_dialog_set_running (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), error == NULL);
  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        chorus_error_box_set_error (self->error_box, error);
      return;
    }

  self->done = TRUE;
  text = chorus_export_dialog_describe_end (self);
  gtk_label_set_text (self->status_label, text);
  gtk_button_set_label (self->close_button, _("Close"));
  gtk_button_set_label (GTK_BUTTON (self->export_button), _("Show in Files"));
}

static void
chorus_export_dialog_run (ChorusExportDialog *self)
{
  g_clear_object (&self->export);
  self->export = chorus_export_dialog_make_export (self);
  self->cancellable = g_cancellable_new ();
  g_settings_set_string (self->settings, "export-format",
                         chorus_export_format_get_info (chorus_export_dialog_get_format (self))->id);

  chorus_error_box_set_error (self->error_box, NULL);
  gtk_label_set_text (self->status_label, _("Exporting…"));
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), TRUE);
  chorus_export_dialog_set_running (self, TRUE);
  g_signal_connect_object (self->export, "notify::n-done", G_CALLBACK (chorus_export_dialog_progress_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_export_run_async (self->export, self->target, self->cancellable, chorus_export_dialog_exported_cb,
                           g_object_ref (self));
}

static void
chorus_export_dialog_chosen_cb (ChorusExportDialog   *self,
                                int                   response,
                                GtkFileChooserNative *chooser)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_clear_object (&self->target);
      self->target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      chorus_export_dialog_run (self);
    }

  g_clear_object (&self->chooser);
}

static void
chorus_export_dialog_choose (ChorusExportDialog *self)
{
  const ChorusExportFormatInfo *info = chorus_export_format_get_info (chorus_export_dialog_get_format (self));
  gboolean folder = info->extension == NULL;

  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (folder ? _("Folder for the Export") : _("Export To"), GTK_WINDOW (self),
                                 folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (!folder)
    {
      /* Translators: the name of the file that is proposed; the second part is an extension, such as “csv” */
      g_autofree char *name = g_strdup_printf (_("Detections.%s"), info->extension);

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chorus_export_dialog_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
chorus_export_dialog_export_cb (ChorusExportDialog *self)
{
  if (self->done)
    chorus_show_in_files (self->target);
  else
    chorus_export_dialog_choose (self);
}

/* While something is being exported, the button stops that and leaves the choices. */
static void
chorus_export_dialog_close_cb (ChorusExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
chorus_export_dialog_dispose (GObject *object)
{
  ChorusExportDialog *self = CHORUS_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->previewing);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->preview_id, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (chorus_export_dialog_parent_class)->dispose (object);
}

static void
chorus_export_dialog_finalize (GObject *object)
{
  ChorusExportDialog *self = CHORUS_EXPORT_DIALOG (object);

  g_clear_object (&self->previewing);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->export);
  g_clear_object (&self->target);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->queries, g_ptr_array_unref);
  g_clear_pointer (&self->deployment_id, g_free);

  G_OBJECT_CLASS (chorus_export_dialog_parent_class)->finalize (object);
}

static void
chorus_export_dialog_class_init (ChorusExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_export_dialog_dispose;
  object_class->finalize = chorus_export_dialog_finalize;

  g_type_ensure (CHORUS_TYPE_ERROR_BOX);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-export-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, ChorusExportDialog, child)
  BIND (close_button);
  BIND (export_button);
  BIND (choices);
  BIND (scope_row);
  BIND (format_row);
  BIND (verdict_row);
  BIND (confidence_spin);
  BIND (padding_row);
  BIND (padding_spin);
  BIND (creator_row);
  BIND (license_row);
  BIND (location_row);
  BIND (preview_stack);
  BIND (preview_text);
  BIND (preview_label);
  BIND (progress_bar);
  BIND (status_label);
  BIND (error_box);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, chorus_export_dialog_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_export_dialog_export_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_export_dialog_format_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_export_dialog_location_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_export_dialog_preview);
}

static void
chorus_export_dialog_init (ChorusExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_query_free);
  self->settings = g_settings_new (APPLICATION_ID);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < CHORUS_N_EXPORT_FORMATS; i++)
    gtk_string_list_append (names, _(chorus_export_format_get_info ((ChorusExportFormat) i)->name));
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (names));
}

static void
chorus_export_dialog_add_recordings (ChorusExportDialog *self,
                                     GtkStringList      *names,
                                     GPtrArray          *recordings)
{
  g_autofree gint64 *ids = g_new (gint64, recordings->len);
  g_autofree char *name = NULL;

  for (guint i = 0; i < recordings->len; i++)
    ids[i] = chorus_recording_get_recording_id (g_ptr_array_index (recordings, i));
  if (recordings->len == 1)
    name = g_strdup (chorus_recording_get_name (g_ptr_array_index (recordings, 0)));
  else
    name = g_strdup_printf (ngettext ("%'u Selected Recording", "%'u Selected Recordings", recordings->len),
                            recordings->len);
  g_ptr_array_add (self->queries, chorus_result_query_new_for_recordings (ids, recordings->len));
  gtk_string_list_append (names, name);
}

/* The selected recordings, the place that is shown, all that it is part of, and everything. */
static void
chorus_export_dialog_add_scopes (ChorusExportDialog *self,
                                 ChorusPlace        *place,
                                 GPtrArray          *recordings)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint shown = 0;

  if (recordings->len > 0)
    chorus_export_dialog_add_recordings (self, names, recordings);
  shown = recordings->len > 1 ? 0 : self->queries->len;
  while (place != NULL)
    {
      ChorusPlaceKind kind = chorus_place_get_kind (place);
      const char *parent_id = chorus_place_get_parent_id (place);
      ChorusResultScope scope = kind == CHORUS_PLACE_PROJECT ? CHORUS_RESULT_SCOPE_PROJECT
                                : kind == CHORUS_PLACE_SITE  ? CHORUS_RESULT_SCOPE_SITE
                                                             : CHORUS_RESULT_SCOPE_DEPLOYMENT;

      g_ptr_array_add (self->queries, chorus_result_query_new (scope, chorus_place_get_id (place)));
      gtk_string_list_append (names, chorus_place_get_name (place));
      place = kind == CHORUS_PLACE_PROJECT || parent_id == NULL
                ? NULL
                : chorus_library_find_place (self->library,
                                             kind == CHORUS_PLACE_DEPLOYMENT ? CHORUS_PLACE_SITE : CHORUS_PLACE_PROJECT,
                                             parent_id);
    }
  g_ptr_array_add (self->queries, chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL));
  gtk_string_list_append (names, _("Everything"));

  adw_combo_row_set_model (self->scope_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->scope_row, shown);
}

ChorusExportDialog *
chorus_export_dialog_new (ChorusLibrary *library,
                          ChorusPlace   *place,
                          GPtrArray     *recordings)
{
  ChorusExportDialog *self = NULL;
  g_autofree char *format = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (place == NULL || CHORUS_IS_PLACE (place), NULL);
  g_return_val_if_fail (recordings != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_EXPORT_DIALOG, NULL);
  self->library = g_object_ref (library);
  if (place != NULL && chorus_place_get_kind (place) == CHORUS_PLACE_DEPLOYMENT)
    self->deployment_id = g_strdup (chorus_place_get_id (place));
  chorus_export_dialog_add_scopes (self, place, recordings);
  gtk_spin_button_set_value (self->confidence_spin, g_settings_get_double (self->settings, "minimum-confidence"));
  format = g_settings_get_string (self->settings, "export-format");
  adw_combo_row_set_selected (self->format_row, chorus_export_format_from_id (format));
  chorus_export_dialog_format_cb (self);

  return self;
}
