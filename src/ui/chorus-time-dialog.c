/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-error-box.h"
#include "chorus-time-dialog.h"

typedef enum
{
  CHORUS_TIME_SCOPE_ONE,
  CHORUS_TIME_SCOPE_SELECTED,
  CHORUS_TIME_SCOPE_FOLDER,
  CHORUS_TIME_SCOPE_ALL,
} ChorusTimeScope;

struct _ChorusTimeDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *correct_button;
  AdwComboRow *kind_row;
  GtkEditable *zone_entry;
  GtkEditable *shift_entry;
  GtkEditable *time_entry;
  AdwComboRow *scope_row;
  GtkLabel *preview_label;
  ChorusErrorBox *error_box;

  /* Owned references */
  ChorusLibrary *library;
  ChorusRecordingList *recordings;
  ChorusRecording *recording; /* the selected one, or the first of them, or NULL */
  GPtrArray *selected;        /* of ChorusRecording */
  GArray *scopes;             /* of ChorusTimeScope, the rows of the list */
  GPtrArray *affected;        /* of ChorusRecording: what the correction is about */
  GCancellable *cancellable;

  /* State */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (ChorusTimeDialog, chorus_time_dialog, ADW_TYPE_WINDOW)

static ChorusTimeCorrectionKind
chorus_time_dialog_get_kind (ChorusTimeDialog *self)
{
  /* The rows stand in the order of the values. */
  return (ChorusTimeCorrectionKind) MIN (adw_combo_row_get_selected (self->kind_row), CHORUS_TIME_CORRECTION_RECORDER);
}

static ChorusTimeScope
chorus_time_dialog_get_scope (ChorusTimeDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->scope_row);

  return selected < self->scopes->len ? g_array_index (self->scopes, ChorusTimeScope, selected) : CHORUS_TIME_SCOPE_ALL;
}

static char *
chorus_time_dialog_dup_folder (ChorusRecording *recording)
{
  const char *path = recording != NULL ? chorus_recording_get_local_path (recording) : NULL;

  return path != NULL ? g_path_get_dirname (path) : NULL;
}

/* Whether the correction can have something to do with a recording; cheap, for there may be a hundred thousand. */
static gboolean
chorus_time_dialog_concerns (ChorusTimeCorrectionKind  kind,
                             ChorusRecording          *recording)
{
  switch (kind)
    {
    case CHORUS_TIME_CORRECTION_SET:
      return TRUE;
    case CHORUS_TIME_CORRECTION_RECORDER:
      return chorus_recording_get_corrected (recording);
    case CHORUS_TIME_CORRECTION_ZONE:
    case CHORUS_TIME_CORRECTION_SHIFT:
    default:
      return chorus_recording_get_recorded (recording) != NULL;
    }
}

static void
chorus_time_dialog_collect (ChorusTimeDialog *self)
{
  ChorusTimeCorrectionKind kind = chorus_time_dialog_get_kind (self);
  ChorusTimeScope scope = chorus_time_dialog_get_scope (self);
  g_autofree char *folder = chorus_time_dialog_dup_folder (self->recording);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->recordings));

  g_ptr_array_set_size (self->affected, 0);
  if (scope == CHORUS_TIME_SCOPE_ONE)
    {
      if (chorus_time_dialog_concerns (kind, self->recording))
        g_ptr_array_add (self->affected, g_object_ref (self->recording));
      return;
    }

  if (scope == CHORUS_TIME_SCOPE_SELECTED)
    {
      for (guint i = 0; i < self->selected->len; i++)
        if (chorus_time_dialog_concerns (kind, g_ptr_array_index (self->selected, i)))
          g_ptr_array_add (self->affected, g_object_ref (g_ptr_array_index (self->selected, i)));
      return;
    }

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (self->recordings), i);
      g_autofree char *own = scope == CHORUS_TIME_SCOPE_FOLDER ? chorus_time_dialog_dup_folder (recording) : NULL;

      if (chorus_time_dialog_concerns (kind, recording)
          && (scope == CHORUS_TIME_SCOPE_ALL || g_strcmp0 (own, folder) == 0))
        g_ptr_array_add (self->affected, g_steal_pointer (&recording));
    }
}

/* The correction as it is entered, or %NULL with a @hint at how it is written. */
static ChorusTimeCorrection *
chorus_time_dialog_read (ChorusTimeDialog  *self,
                         const char       **hint)
{
  g_autoptr (ChorusRecordingTime) time = NULL;
  int offset = 0;
  gint64 seconds = 0;

  switch (chorus_time_dialog_get_kind (self))
    {
    case CHORUS_TIME_CORRECTION_ZONE:
      *hint = _("Write the zone as hours and minutes from UTC, such as +05:30 or -3.");
      return chorus_time_zone_parse (gtk_editable_get_text (self->zone_entry), &offset)
               ? chorus_time_correction_new_zone (offset)
               : NULL;
    case CHORUS_TIME_CORRECTION_SHIFT:
      *hint = _("Write hours, minutes and seconds, such as +1:00:00 or -0:00:37, or days before them: +2 d 3:00.");
      return chorus_time_shift_parse (gtk_editable_get_text (self->shift_entry), &seconds)
               ? chorus_time_correction_new_shift (seconds)
               : NULL;
    case CHORUS_TIME_CORRECTION_SET:
      *hint = _("Write the date and the time, and the zone if it is known, such as 2025-06-04 05:00 +05:30.");
      time = chorus_entered_time_parse (gtk_editable_get_text (self->time_entry));
      return time != NULL ? chorus_time_correction_new_set (time) : NULL;
    case CHORUS_TIME_CORRECTION_RECORDER:
    default:
      return chorus_time_correction_new_recorder ();
    }
}

/* With seconds where they matter. */
static char *
chorus_time_dialog_describe_time (const ChorusRecordingTime *time,
                                  gboolean                   seconds)
{
  if (time == NULL)
    return g_strdup (_("no time"));
  if (!seconds)
    return chorus_recording_time_to_display (time);

  /* Translators: as “4 Jun 2025 05:00 +05:30”, with seconds. See the reference of g_date_time_format() for the codes. */
  return g_date_time_format (chorus_recording_time_get_time (time), chorus_recording_time_get_has_zone (time)
                                                                      ? _("%-d %b %Y %H:%M:%S %:z")
                                                                      : _("%-d %b %Y %H:%M:%S"));
}

static gboolean
chorus_time_dialog_has_seconds (const ChorusRecordingTime *time)
{
  return time != NULL && g_date_time_get_second (chorus_recording_time_get_time (time)) != 0;
}

/* What becomes of the first recording that changes: the selected one, if it is among them. */
static char *
chorus_time_dialog_describe (ChorusTimeDialog           *self,
                             const ChorusTimeCorrection *correction)
{
  /* Not all of a hundred thousand are looked at to find one. */
  const guint n_tried = MIN (self->affected->len, 1000);

  for (guint i = 0; i <= n_tried; i++)
    {
      ChorusRecording *recording = i == 0 ? self->recording : g_ptr_array_index (self->affected, i - 1);
      const ChorusRecordingTime *time = NULL;
      g_autoptr (ChorusRecordingTime) recorder = NULL;
      g_autoptr (ChorusRecordingTime) corrected = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gboolean seconds;

      if (recording == NULL)
        continue;
      time = chorus_recording_get_recorded (recording);
      recorder = chorus_recording_dup_recorder_time (recording);
      if (!chorus_time_correction_apply (correction, time, recorder, &corrected))
        continue;

      seconds = chorus_time_dialog_has_seconds (time) || chorus_time_dialog_has_seconds (corrected);
      before = chorus_time_dialog_describe_time (time, seconds);
      after = chorus_time_dialog_describe_time (corrected, seconds);
      /* Translators: an example of what is corrected and how many there are: “4 Jun 2025 05:00 → 4 Jun 2025 05:00 +05:30,
       * 214 recordings” */
      return g_strdup_printf (ngettext ("%s → %s, %u recording", "%s → %s, %u recordings", self->affected->len), before,
                              after, self->affected->len);
    }

  return NULL;
}

static void
chorus_time_dialog_mark (GtkEditable *entry,
                         gboolean     wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
chorus_time_dialog_update (ChorusTimeDialog *self)
{
  GtkEditable *entries[] = { self->zone_entry, self->shift_entry, self->time_entry };
  ChorusTimeCorrectionKind kind;
  g_autoptr (ChorusTimeCorrection) correction = NULL;
  g_autofree char *preview = NULL;
  const char *hint = NULL;

  /* The rows change while the dialog is set up. */
  if (self->library == NULL)
    return;

  kind = chorus_time_dialog_get_kind (self);
  correction = chorus_time_dialog_read (self, &hint);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (entries[i]), i == kind);
      chorus_time_dialog_mark (entries[i],
                               i == kind && correction == NULL && *gtk_editable_get_text (entries[i]) != '\0');
    }

  if (correction != NULL)
    {
      preview = chorus_time_dialog_describe (self, correction);
      hint = _("Nothing changes: there is no time to correct, or it is so already.");
    }
  gtk_label_set_text (self->preview_label, preview != NULL ? preview : hint);
  gtk_widget_set_sensitive (self->correct_button, preview != NULL && !self->busy);
}

static void
chorus_time_dialog_scope_cb (ChorusTimeDialog *self)
{
  if (self->library == NULL)
    return;

  chorus_time_dialog_collect (self);
  chorus_time_dialog_update (self);
}

static void
chorus_time_dialog_kind_cb (ChorusTimeDialog *self)
{
  gboolean one;

  if (self->library == NULL)
    return;

  /* No two recordings of a recorder begin at the same time. */
  one = chorus_time_dialog_get_kind (self) == CHORUS_TIME_CORRECTION_SET;
  if (one)
    adw_combo_row_set_selected (self->scope_row, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scope_row), !one);
  chorus_time_dialog_scope_cb (self);
}

static void
chorus_time_dialog_corrected_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (ChorusTimeDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_library_correct_times_finish (CHORUS_LIBRARY (object), result, NULL, &error);
  if (self->library == NULL)
    return;

  if (error == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  self->busy = FALSE;
  chorus_error_box_set_error (self->error_box, error);
  chorus_time_dialog_update (self);
}

static void
chorus_time_dialog_correct_cb (ChorusTimeDialog *self)
{
  const char *hint = NULL;
  g_autoptr (ChorusTimeCorrection) correction = chorus_time_dialog_read (self, &hint);

  if (self->busy || correction == NULL)
    return;

  self->busy = TRUE;
  chorus_error_box_set_error (self->error_box, NULL);
  chorus_time_dialog_update (self);
  chorus_library_correct_times_async (self->library, self->affected, correction, self->cancellable,
                                      chorus_time_dialog_corrected_cb, g_object_ref (self));
}

static void
chorus_time_dialog_dispose (GObject *object)
{
  ChorusTimeDialog *self = CHORUS_TIME_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->library);
  g_clear_object (&self->recordings);
  g_clear_object (&self->recording);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_TIME_DIALOG);

  G_OBJECT_CLASS (chorus_time_dialog_parent_class)->dispose (object);
}

static void
chorus_time_dialog_finalize (GObject *object)
{
  ChorusTimeDialog *self = CHORUS_TIME_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scopes, g_array_unref);
  g_clear_pointer (&self->affected, g_ptr_array_unref);
  g_clear_pointer (&self->selected, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_time_dialog_parent_class)->finalize (object);
}

static void
chorus_time_dialog_class_init (ChorusTimeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_time_dialog_dispose;
  object_class->finalize = chorus_time_dialog_finalize;

  g_type_ensure (CHORUS_TYPE_ERROR_BOX);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-time-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, correct_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, zone_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, shift_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, time_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, scope_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, preview_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusTimeDialog, error_box);
  gtk_widget_class_bind_template_callback (widget_class, chorus_time_dialog_correct_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_time_dialog_kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_time_dialog_scope_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_time_dialog_update);
}

static void
chorus_time_dialog_init (ChorusTimeDialog *self)
{
  self->scopes = g_array_new (FALSE, FALSE, sizeof (ChorusTimeScope));
  self->affected = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
chorus_time_dialog_add_scope (ChorusTimeDialog *self,
                              GtkStringList    *names,
                              ChorusTimeScope   scope,
                              const char       *name)
{
  g_array_append_val (self->scopes, scope);
  gtk_string_list_append (names, name);
}

/* What is most likely meant, ready to be changed: the zone of this computer, and the time as it is. */
static void
chorus_time_dialog_set_defaults (ChorusTimeDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *folder = chorus_time_dialog_dup_folder (self->recording);
  const ChorusRecordingTime *recorded =
    self->recording != NULL ? chorus_recording_get_recorded (self->recording) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDateTime *time = recorded != NULL ? chorus_recording_time_get_time (recorded) : now;
  g_autofree char *zone = chorus_time_zone_to_text ((int) (g_date_time_get_utc_offset (now) / G_TIME_SPAN_SECOND));
  g_autofree char *text =
    g_date_time_format (time,
                        recorded != NULL && chorus_recording_time_get_has_zone (recorded) ? "%F %T %:z" : "%F %T");

  if (self->recording != NULL)
    chorus_time_dialog_add_scope (self, names, CHORUS_TIME_SCOPE_ONE,
                                  self->selected->len > 1 ? _("The First Selected Recording") : _("This Recording"));
  if (self->selected->len > 1)
    chorus_time_dialog_add_scope (self, names, CHORUS_TIME_SCOPE_SELECTED, _("Selected Recordings"));
  if (folder != NULL)
    chorus_time_dialog_add_scope (self, names, CHORUS_TIME_SCOPE_FOLDER, _("Recordings of the Same Folder"));
  chorus_time_dialog_add_scope (self, names, CHORUS_TIME_SCOPE_ALL,
                                chorus_recording_list_get_deployment_id (self->recordings) != NULL
                                  ? _("All Recordings of the Deployment")
                                  : _("All Recordings Listed"));

  adw_combo_row_set_model (self->scope_row, G_LIST_MODEL (names));
  if (self->selected->len > 1)
    adw_combo_row_set_selected (self->scope_row, 1);
  gtk_editable_set_text (self->zone_entry, zone);
  gtk_editable_set_text (self->shift_entry, "+1:00:00");
  gtk_editable_set_text (self->time_entry, text);
}

ChorusTimeDialog *
chorus_time_dialog_new (ChorusLibrary       *library,
                        ChorusRecordingList *recordings,
                        GPtrArray           *selected)
{
  ChorusTimeDialog *self;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (recordings), NULL);
  g_return_val_if_fail (selected != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_TIME_DIALOG, NULL);
  if (selected->len > 0)
    self->recording = g_object_ref (g_ptr_array_index (selected, 0));
  self->selected = g_ptr_array_ref (selected);
  g_set_object (&self->recordings, recordings);
  chorus_time_dialog_set_defaults (self);
  g_set_object (&self->library, library);
  chorus_time_dialog_kind_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->zone_entry));

  return self;
}
