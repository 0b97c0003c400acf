/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person does on the page of uploads: adding, going ahead, mending, and the menu of a row. */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"
#include "viewer/chorus-show-in-files.h"

#include "chorus-upload-row.h"
#include "chorus-uploads-page-private.h"

/* Nothing is said of a search that ends sooner. */
#define CHORUS_UPLOADS_NOTICE_MS 300

/* The notice: one line above everything, with one button. */

static void
chorus_uploads_page_show_notice (ChorusUploadsPage *self,
                                 const char        *text,
                                 const char        *button)
{
  gtk_widget_set_visible (self->notice_box, text != NULL);
  gtk_label_set_text (self->notice_label, text != NULL ? text : "");
  if (button != NULL)
    gtk_button_set_label (self->notice_button, button);
  _chorus_uploads_page_queue_update (self);
}

static gboolean
chorus_uploads_page_notice_cb (gpointer user_data)
{
  ChorusUploadsPage *self = user_data;
  g_autofree char *text = NULL;

  if (self->n_found > 0)
    /* Translators: how many recordings have been found in dropped folders; the number is grouped, such as 12,300 */
    text = g_strdup_printf (ngettext ("Looking for recordings: %'u found", "Looking for recordings: %'u found",
                                      self->n_found),
                            self->n_found);
  else
    text = g_strdup (_("Looking for recordings"));

  chorus_uploads_page_show_notice (self, text, _("Stop"));

  return G_SOURCE_CONTINUE;
}

static void
chorus_uploads_page_begin_search (ChorusUploadsPage *self)
{
  if (self->search == NULL)
    self->search = g_cancellable_new ();
  if (self->n_searches++ == 0)
    {
      self->n_found = 0;
      chorus_uploads_page_show_notice (self, NULL, NULL);
    }
  if (self->notice_id == 0)
    self->notice_id = g_timeout_add (CHORUS_UPLOADS_NOTICE_MS, chorus_uploads_page_notice_cb, self);
}

/* Ends a search; @text is what there is to say about it. */
static void
chorus_uploads_page_end_search (ChorusUploadsPage *self,
                                const char        *text)
{
  if (self->n_searches == 0 || --self->n_searches > 0)
    return;

  g_clear_object (&self->search);
  g_clear_handle_id (&self->notice_id, g_source_remove);
  chorus_uploads_page_show_notice (self, text, _("Close"));
}

void
_chorus_uploads_page_note_found (ChorusUploadsPage *self,
                                 guint              n_found)
{
  if (self->n_searches > 0)
    self->n_found += n_found;
}

static void
chorus_uploads_page_close_notice_action (GtkWidget  *widget,
                                         const char *action_name,
                                         GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  else
    chorus_uploads_page_show_notice (self, NULL, NULL);
}

void
_chorus_uploads_page_actions_reset (ChorusUploadsPage *self)
{
  g_clear_object (&self->chooser);
  g_clear_handle_id (&self->notice_id, g_source_remove);
  g_clear_object (&self->search);
  self->n_searches = 0;
  if (self->notice_box != NULL)
    gtk_widget_set_visible (self->notice_box, FALSE);
}

/* Adding */

static void
chorus_uploads_page_added_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusUploadsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_added = 0;
  guint n_unreadable = 0;
  const char *text = NULL;

  chorus_upload_queue_add_finish (CHORUS_UPLOAD_QUEUE (object), result, &n_added, NULL, &n_unreadable, &error);
  if (self->queue != CHORUS_UPLOAD_QUEUE (object))
    return;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = error->message;
  else if (n_unreadable > 0)
    text = ngettext ("A folder could not be read: what is in it was not added.",
                     "Some folders could not be read: what is in them was not added.", n_unreadable);
  else if (n_added == 0 && error == NULL)
    text = _("There are no recordings in what was added.");

  chorus_uploads_page_end_search (self, text);
}

void
chorus_uploads_page_add_files (ChorusUploadsPage *self,
                               GListModel        *files,
                               const char        *deployment_id)
{
  ChorusUploadAddFlags flags = CHORUS_UPLOAD_ADD_NONE;

  g_return_if_fail (CHORUS_IS_UPLOADS_PAGE (self));
  g_return_if_fail (self->queue != NULL);
  g_return_if_fail (deployment_id != NULL);

  if (g_settings_get_boolean (self->settings, "ask-before-uploading"))
    flags |= CHORUS_UPLOAD_ADD_REVIEW;

  chorus_uploads_page_begin_search (self);
  /* Closing the window does not stop it: what was handed over is taken in. */
  chorus_upload_queue_add_async (self->queue, files, deployment_id, flags, self->search, chorus_uploads_page_added_cb,
                                 g_object_ref (self));
}

static void
chorus_uploads_page_approve_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->queue != NULL)
    chorus_upload_queue_approve (self->queue);
}

static void
chorus_uploads_page_discard_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  if (self->queue != NULL)
    chorus_upload_queue_discard (self->queue);
}

/* All of them */

static void
chorus_uploads_page_pause_all_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->queue != NULL)
    chorus_upload_queue_set_paused (self->queue, !chorus_upload_queue_get_paused (self->queue));
}

static void
chorus_uploads_page_retry_failed_action (GtkWidget  *widget,
                                         const char *action_name,
                                         GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->queue != NULL)
    chorus_upload_queue_retry_failed (self->queue);
}

static void
chorus_uploads_page_clear_finished_action (GtkWidget  *widget,
                                           const char *action_name,
                                           GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->queue != NULL)
    chorus_upload_queue_remove_finished (self->queue);
}

/* One of them */

typedef void (*ChorusUploadFunc) (ChorusUploadQueue *queue, ChorusUpload *upload);

static const struct
{
  const char *name;
  ChorusUploadFunc func;
} chorus_uploads_page_funcs[] = {
  { "uploads.retry", chorus_upload_queue_retry },
  { "uploads.send-anyway", chorus_upload_queue_send_anyway },
  { "uploads.accept-arrived", chorus_upload_queue_accept_arrived },
  { "uploads.pause", chorus_upload_queue_pause },
  { "uploads.resume", chorus_upload_queue_resume },
  { "uploads.cancel", chorus_upload_queue_cancel },
};

static void
chorus_uploads_page_upload_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);
  ChorusUpload *upload = chorus_upload_order_find (self->order, g_variant_get_int64 (parameter));

  for (guint i = 0; upload != NULL && i < G_N_ELEMENTS (chorus_uploads_page_funcs); i++)
    if (g_str_equal (action_name, chorus_uploads_page_funcs[i].name))
      chorus_uploads_page_funcs[i].func (self->queue, upload);
}

static void
chorus_uploads_page_show_in_files_action (GtkWidget  *widget,
                                          const char *action_name,
                                          GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);
  ChorusUpload *upload = chorus_upload_order_find (self->order, g_variant_get_int64 (parameter));
  GFile *file = upload != NULL ? chorus_upload_get_file (upload) : NULL;

  if (file != NULL)
    chorus_show_in_files (file);
}

/* Files that are missing */

static void
chorus_uploads_page_files_found_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (ChorusUploadsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n_found = chorus_upload_queue_find_files_finish (CHORUS_UPLOAD_QUEUE (object), result, &error);
  const char *text = NULL;

  if (self->queue != CHORUS_UPLOAD_QUEUE (object))
    return;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = error->message;
  else if (n_found == 0)
    text = _("None of the missing files is in that folder: choose the folder or card that they were moved to.");

  chorus_uploads_page_end_search (self, text);
}

static void
chorus_uploads_page_folder_chosen_cb (ChorusUploadsPage    *self,
                                      int                   response,
                                      GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (folder != NULL && self->queue != NULL)
    {
      chorus_uploads_page_begin_search (self);
      chorus_upload_queue_find_files_async (self->queue, folder, self->search, chorus_uploads_page_files_found_cb,
                                            g_object_ref (self));
    }

  g_clear_object (&self->chooser);
}

static void
chorus_uploads_page_choose_folder_action (GtkWidget  *widget,
                                          const char *action_name,
                                          GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Folder with the Missing Recordings"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chorus_uploads_page_folder_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The menu of a row */

/* The row that a widget is in, or that is in the widget: the list gives the focus to what is around its rows. */
static ChorusUploadRow *
chorus_uploads_page_find_row (GtkWidget *widget)
{
  GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;
  GtkWidget *row = widget != NULL ? gtk_widget_get_ancestor (widget, CHORUS_TYPE_UPLOAD_ROW) : NULL;

  if (row == NULL && child != NULL && CHORUS_IS_UPLOAD_ROW (child))
    row = child;

  return row != NULL ? CHORUS_UPLOAD_ROW (row) : NULL;
}

static gboolean
chorus_uploads_page_popup (ChorusUploadsPage *self,
                           ChorusUploadRow   *row,
                           double             x,
                           double             y)
{
  ChorusUpload *upload = row != NULL ? chorus_upload_row_get_upload (row) : NULL;
  GdkRectangle rectangle = { (int) x, (int) y, 1, 1 };
  g_autoptr (GMenuModel) menu = NULL;

  if (upload == NULL)
    return FALSE;

  menu = chorus_upload_row_create_menu (upload);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &rectangle);
  gtk_popover_popup (GTK_POPOVER (self->popover));

  return TRUE;
}

static void
chorus_uploads_page_pressed_cb (ChorusUploadsPage *self,
                                int                n_press,
                                double             x,
                                double             y,
                                GtkGesture        *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list_view), x, y, GTK_PICK_DEFAULT);
  double page_x = 0;
  double page_y = 0;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->list_view), GTK_WIDGET (self), x, y, &page_x, &page_y);
  if (chorus_uploads_page_popup (self, chorus_uploads_page_find_row (picked), page_x, page_y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
chorus_uploads_page_popup_at (ChorusUploadsPage *self,
                              ChorusUploadRow   *row)
{
  double x = 0;
  double y = 0;

  if (row == NULL)
    return FALSE;

  gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), 24, gtk_widget_get_height (GTK_WIDGET (row)),
                                    &x, &y);

  return chorus_uploads_page_popup (self, row, x, y);
}

static gboolean
chorus_uploads_page_menu_key_cb (GtkWidget *widget,
                                 GVariant  *args,
                                 gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return chorus_uploads_page_popup_at (CHORUS_UPLOADS_PAGE (widget), chorus_uploads_page_find_row (focus));
}

static void
chorus_uploads_page_activate_cb (ChorusUploadsPage *self,
                                 guint              position)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  chorus_uploads_page_popup_at (self, chorus_uploads_page_find_row (focus));
}

void
_chorus_uploads_page_class_actions_init (ChorusUploadsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "uploads.close-notice", NULL, chorus_uploads_page_close_notice_action);
  gtk_widget_class_install_action (widget_class, "uploads.approve", NULL, chorus_uploads_page_approve_action);
  gtk_widget_class_install_action (widget_class, "uploads.discard", NULL, chorus_uploads_page_discard_action);
  gtk_widget_class_install_action (widget_class, "uploads.pause-all", NULL, chorus_uploads_page_pause_all_action);
  gtk_widget_class_install_action (widget_class, "uploads.retry-failed", NULL, chorus_uploads_page_retry_failed_action);
  gtk_widget_class_install_action (widget_class, "uploads.clear-finished", NULL,
                                   chorus_uploads_page_clear_finished_action);
  gtk_widget_class_install_action (widget_class, "uploads.choose-folder", "x",
                                   chorus_uploads_page_choose_folder_action);
  gtk_widget_class_install_action (widget_class, "uploads.show-in-files", "x",
                                   chorus_uploads_page_show_in_files_action);
  for (guint i = 0; i < G_N_ELEMENTS (chorus_uploads_page_funcs); i++)
    gtk_widget_class_install_action (widget_class, chorus_uploads_page_funcs[i].name, "x",
                                     chorus_uploads_page_upload_action);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, chorus_uploads_page_menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, chorus_uploads_page_menu_key_cb, NULL);
}

void
_chorus_uploads_page_actions_init (ChorusUploadsPage *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (chorus_uploads_page_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect_object (self->list_view, "activate", G_CALLBACK (chorus_uploads_page_activate_cb), self,
                           G_CONNECT_SWAPPED);

  self->popover = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}
