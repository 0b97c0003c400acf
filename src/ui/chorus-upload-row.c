/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"

#include "chorus-upload-row.h"

struct _ChorusUploadRow
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *name_label;
  GtkProgressBar *progress_bar;
  GtkLabel *state_label;
  GtkLabel *size_label;
  GtkWidget *mend_button;
  GtkWidget *other_button;
  GtkWidget *pause_button;
  GtkWidget *cancel_button;

  /* Owned references */
  ChorusUpload *upload;
  gboolean shows_paused;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (ChorusUploadRow, chorus_upload_row, ADW_TYPE_BIN)

/* What can be done with an upload; the first one that applies is the button of its row. */
typedef struct
{
  const char *action;
  const char *label;
} ChorusUploadMend;

/* Fills @mends with what helps an upload that has stopped, at most two, most likely first. */
static guint
chorus_upload_row_find_mends (ChorusUpload     *upload,
                              ChorusUploadMend *mends)
{
  switch (chorus_upload_get_state (upload))
    {
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_CANCELED:
      mends[0] = (ChorusUploadMend){ "uploads.retry", N_("Retry") };
      return 1;
    case CHORUS_UPLOAD_STATE_NEEDS_FILE:
      mends[0] = (ChorusUploadMend){ "uploads.choose-folder", N_("Choose Folder…") };
      mends[1] = (ChorusUploadMend){ "uploads.retry", N_("Retry") };
      return 2;
    case CHORUS_UPLOAD_STATE_REFUSED:
      mends[0] = (ChorusUploadMend){ "uploads.send-anyway", N_("Send Anyway") };
      return chorus_upload_can_send_anyway (upload) ? 1 : 0;
    case CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED:
      mends[0] = (ChorusUploadMend){ "uploads.accept-arrived", N_("It Arrived") };
      mends[1] = (ChorusUploadMend){ "uploads.retry", N_("Send Again") };
      return 2;
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_CHECKING:
    case CHORUS_UPLOAD_STATE_READY:
    case CHORUS_UPLOAD_STATE_SENDING:
    case CHORUS_UPLOAD_STATE_CONFIRMING:
    case CHORUS_UPLOAD_STATE_SENT:
    case CHORUS_UPLOAD_STATE_PAUSED:
    default:
      return 0;
    }
}

/* What waits for a go-ahead does nothing that could be paused. */
static gboolean
chorus_upload_row_can_pause (ChorusUpload *upload)
{
  ChorusUploadState next = CHORUS_UPLOAD_STATE_WAITING;

  return chorus_upload_get_approved (upload)
         && chorus_upload_state_next (chorus_upload_get_state (upload), CHORUS_UPLOAD_EVENT_PAUSE, &next);
}

static gboolean
chorus_upload_row_can_cancel (ChorusUpload *upload)
{
  ChorusUploadState next = CHORUS_UPLOAD_STATE_WAITING;

  return chorus_upload_state_next (chorus_upload_get_state (upload), CHORUS_UPLOAD_EVENT_CANCEL, &next);
}

static char *
chorus_upload_row_dup_sending_text (ChorusUpload *upload)
{
  guint n_parts = chorus_upload_get_n_parts (upload);
  guint part = MIN (chorus_upload_get_n_parts_sent (upload) + 1, n_parts);
  int percent = (int) (100 * chorus_upload_get_progress (upload));

  if (n_parts > 1)
    /* Translators: which part of a recording is sent, and how much of all; the space is a narrow no-break space */
    return g_strdup_printf (_("Uploading part %u of %u, %d\u202f%%"), part, n_parts, percent);

  /* Translators: how much of a recording has been sent; the space is a narrow no-break space */
  return g_strdup_printf (_("Uploading %d\u202f%%"), percent);
}

static char *
chorus_upload_row_dup_state_text (ChorusUpload *upload)
{
  const char *reason = chorus_upload_get_reason (upload);

  switch (chorus_upload_get_state (upload))
    {
    case CHORUS_UPLOAD_STATE_CHECKING:
      return g_strdup (_("Checking"));
    case CHORUS_UPLOAD_STATE_SENDING:
      return chorus_upload_row_dup_sending_text (upload);
    case CHORUS_UPLOAD_STATE_CONFIRMING:
      return g_strdup (_("Making sure that it arrived"));
    case CHORUS_UPLOAD_STATE_SENT:
      return g_strdup (_("Sent"));
    case CHORUS_UPLOAD_STATE_PAUSED:
      return g_strdup (_("Paused"));
    case CHORUS_UPLOAD_STATE_CANCELED:
      return g_strdup (_("Canceled"));
    case CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED:
      return g_strdup (reason != NULL ? reason : _("It may have arrived: look for it at the service."));
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_NEEDS_FILE:
    case CHORUS_UPLOAD_STATE_REFUSED:
      return g_strdup (reason != NULL ? reason : _("Failed"));
    case CHORUS_UPLOAD_STATE_READY:
      if (!chorus_upload_get_approved (upload))
        return g_strdup (_("Ready"));
      return g_strdup (reason != NULL ? reason : _("Waiting"));
    case CHORUS_UPLOAD_STATE_WAITING:
    default:
      return g_strdup (reason != NULL ? reason : _("Waiting"));
    }
}

static gboolean
chorus_upload_row_has_notes (ChorusUpload *upload)
{
  ChorusUploadState state = chorus_upload_get_state (upload);

  return chorus_upload_get_notes (upload) != NULL
         && (state == CHORUS_UPLOAD_STATE_READY || state == CHORUS_UPLOAD_STATE_WAITING
             || state == CHORUS_UPLOAD_STATE_PAUSED);
}

/* The state and, as long as nothing has become of it, what the check found: in one line, and nothing twice. */
static char *
chorus_upload_row_dup_text (ChorusUpload *upload)
{
  const char *notes = chorus_upload_get_notes (upload);
  const char *reason = chorus_upload_get_reason (upload);
  g_autofree char *state_text = chorus_upload_row_dup_state_text (upload);
  g_autoptr (GString) text = g_string_new (state_text);
  g_auto (GStrv) lines = NULL;

  if (!chorus_upload_row_has_notes (upload))
    return g_string_free (g_steal_pointer (&text), FALSE);

  lines = g_strsplit (notes, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strcmp0 (lines[i], reason) != 0)
      g_string_append_printf (text, i == 0 || reason == NULL || !g_str_has_suffix (text->str, ".") ? " · %s" : " %s",
                              lines[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Length and size, such as "6:00 · 34.6 MB · 2 parts". */
static char *
chorus_upload_row_dup_size (ChorusUpload *upload)
{
  guint64 bytes = chorus_upload_get_bytes (upload);
  double duration = chorus_upload_get_duration (upload);
  guint n_parts = chorus_upload_get_n_parts (upload);
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_parts > 1)
    g_string_append_printf (text, ngettext ("%u part", "%u parts", n_parts), n_parts);
  if (duration > 0)
    {
      g_autofree char *length = chorus_text_from_duration (duration);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", length);
    }
  if (bytes > 0)
    {
      g_autofree char *size = chorus_text_from_size (bytes);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", size);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
chorus_upload_row_choose_icon (ChorusUploadState state)
{
  if (chorus_upload_state_is_problem (state))
    return "dialog-warning-symbolic";

  switch (state)
    {
    case CHORUS_UPLOAD_STATE_SENT:
      return "object-select-symbolic";
    case CHORUS_UPLOAD_STATE_SENDING:
    case CHORUS_UPLOAD_STATE_CONFIRMING:
      return "chorus-upload-symbolic";
    case CHORUS_UPLOAD_STATE_PAUSED:
      return "media-playback-pause-symbolic";
    case CHORUS_UPLOAD_STATE_CANCELED:
      return "action-unavailable-symbolic";
    case CHORUS_UPLOAD_STATE_READY:
      return "chorus-ready-symbolic";
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_CHECKING:
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_NEEDS_FILE:
    case CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED:
    case CHORUS_UPLOAD_STATE_REFUSED:
    default:
      return "content-loading-symbolic";
    }
}

static const char *
chorus_upload_row_choose_icon_class (ChorusUploadState state)
{
  /* What was refused is settled, and is there to be read; the others wait for a person. */
  if (chorus_upload_state_is_problem (state) && state != CHORUS_UPLOAD_STATE_REFUSED)
    return "error";

  return state == CHORUS_UPLOAD_STATE_SENDING ? "accent" : "dim-label";
}

static void
chorus_upload_row_name_button (ChorusUploadRow *self,
                               GtkWidget       *button,
                               const char      *label)
{
  g_autofree char *name = NULL;

  if (!gtk_widget_get_visible (button))
    return;

  name = g_strdup_printf ("%s: %s", label, chorus_upload_get_name (self->upload));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Rows are used again and again while a list moves: to give their buttons other actions each time would cost more than
 * all the rest of them. */
static void
chorus_upload_row_activate (ChorusUploadRow *self,
                            const char      *action)
{
  if (self->upload != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "x", chorus_upload_get_recording_id (self->upload));
}

static void
chorus_upload_row_mend_cb (ChorusUploadRow *self)
{
  ChorusUploadMend mends[2];

  if (chorus_upload_row_find_mends (self->upload, mends) > 0)
    chorus_upload_row_activate (self, mends[0].action);
}

static void
chorus_upload_row_other_cb (ChorusUploadRow *self)
{
  ChorusUploadMend mends[2];

  if (chorus_upload_row_find_mends (self->upload, mends) > 1)
    chorus_upload_row_activate (self, mends[1].action);
}

static void
chorus_upload_row_pause_cb (ChorusUploadRow *self)
{
  chorus_upload_row_activate (self, chorus_upload_get_state (self->upload) == CHORUS_UPLOAD_STATE_PAUSED
                                      ? "uploads.resume"
                                      : "uploads.pause");
}

static void
chorus_upload_row_cancel_cb (ChorusUploadRow *self)
{
  chorus_upload_row_activate (self, "uploads.cancel");
}

static void
chorus_upload_row_set_tooltip (GtkWidget  *button,
                               const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), text) != 0)
    gtk_widget_set_tooltip_text (button, text);
}

static void
chorus_upload_row_update_buttons (ChorusUploadRow *self)
{
  ChorusUploadMend mends[2];
  guint n_mends = chorus_upload_row_find_mends (self->upload, mends);
  gboolean paused = chorus_upload_get_state (self->upload) == CHORUS_UPLOAD_STATE_PAUSED;
  /* A third button would be one too many; the menu has the rest. */
  gboolean two = chorus_upload_get_state (self->upload) == CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED;
  const char *pause = paused ? _("Resume") : _("Pause");
  const char *cancel = chorus_upload_get_approved (self->upload) ? _("Cancel") : _("Leave Out");

  gtk_widget_set_visible (self->mend_button, n_mends > 0);
  if (n_mends > 0)
    {
      gtk_button_set_label (GTK_BUTTON (self->mend_button), _(mends[0].label));
      chorus_upload_row_name_button (self, self->mend_button, _(mends[0].label));
    }

  gtk_widget_set_visible (self->other_button, two);
  if (two)
    {
      gtk_button_set_label (GTK_BUTTON (self->other_button), _(mends[1].label));
      chorus_upload_row_name_button (self, self->other_button, _(mends[1].label));
    }

  gtk_widget_set_visible (self->pause_button, paused || chorus_upload_row_can_pause (self->upload));
  gtk_widget_set_visible (self->cancel_button, n_mends == 0 && chorus_upload_row_can_cancel (self->upload));
  if (self->shows_paused != paused)
    {
      self->shows_paused = paused;
      gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                                paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
    }
  chorus_upload_row_set_tooltip (self->pause_button, pause);
  chorus_upload_row_name_button (self, self->pause_button, pause);

  chorus_upload_row_set_tooltip (self->cancel_button, cancel);
  chorus_upload_row_name_button (self, self->cancel_button, cancel);
}

static void
chorus_upload_row_set_dim (GtkLabel *label,
                           gboolean  dim)
{
  if (dim)
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
}

static void
chorus_upload_row_update_progress (ChorusUploadRow *self)
{
  g_autofree char *text = chorus_upload_row_dup_text (self->upload);

  gtk_label_set_text (self->state_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, chorus_upload_get_progress (self->upload));
}

static void
chorus_upload_row_update (ChorusUploadRow *self)
{
  const char *name = chorus_upload_get_name (self->upload);
  ChorusUploadState state = chorus_upload_get_state (self->upload);
  gboolean problem = chorus_upload_state_is_problem (state);
  g_autofree char *size = chorus_upload_row_dup_size (self->upload);

  gtk_image_set_from_icon_name (self->icon, chorus_upload_row_choose_icon (state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon),
                              (const char *[]){ chorus_upload_row_choose_icon_class (state), NULL });
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->size_label, size);
  gtk_widget_set_visible (GTK_WIDGET (self->size_label), *size != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), state == CHORUS_UPLOAD_STATE_SENDING);
  /* Text that may wrap is slow to measure, and all rows are measured with each change of the list. */
  gtk_label_set_wrap (self->state_label, problem || chorus_upload_row_has_notes (self->upload));
  gtk_label_set_lines (self->state_label, problem ? 3 : 2);
  chorus_upload_row_set_dim (self->state_label, !problem);
  chorus_upload_row_set_dim (self->name_label,
                             state == CHORUS_UPLOAD_STATE_SENT || state == CHORUS_UPLOAD_STATE_CANCELED);
  chorus_upload_row_update_progress (self);
  chorus_upload_row_update_buttons (self);
}

static void
chorus_upload_row_notify_cb (ChorusUploadRow *self,
                             GParamSpec      *pspec)
{
  if (g_str_equal (pspec->name, "progress"))
    chorus_upload_row_update_progress (self);
  else
    chorus_upload_row_update (self);
}

/* What is there in full needs no tooltip. To set one costs a round trip to the display, for each row and each step. */
static gboolean
chorus_upload_row_query_tooltip_cb (GtkLabel   *label,
                                    int         x,
                                    int         y,
                                    gboolean    keyboard_mode,
                                    GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));

  return TRUE;
}

static void
chorus_upload_row_dispose (GObject *object)
{
  ChorusUploadRow *self = CHORUS_UPLOAD_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->upload);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_UPLOAD_ROW);

  G_OBJECT_CLASS (chorus_upload_row_parent_class)->dispose (object);
}

static void
chorus_upload_row_class_init (ChorusUploadRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_upload_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-upload-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, size_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, mend_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, other_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_mend_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_cancel_cb);
}

static void
chorus_upload_row_init (ChorusUploadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHORUS_TYPE_UPLOAD);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_upload_row_notify_cb), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
chorus_upload_row_new (void)
{
  return g_object_new (CHORUS_TYPE_UPLOAD_ROW, NULL);
}

ChorusUpload *
chorus_upload_row_get_upload (ChorusUploadRow *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_ROW (self), NULL);

  return self->upload;
}

void
chorus_upload_row_set_upload (ChorusUploadRow *self,
                              ChorusUpload    *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_ROW (self));
  g_return_if_fail (upload == NULL || CHORUS_IS_UPLOAD (upload));

  if (!g_set_object (&self->upload, upload))
    return;

  g_signal_group_set_target (self->signals, upload);
  if (upload != NULL)
    chorus_upload_row_update (self);
}

static void
chorus_upload_row_append (GMenu        *menu,
                          ChorusUpload *upload,
                          const char   *label,
                          const char   *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", chorus_upload_get_recording_id (upload));
  g_menu_append_item (menu, item);
}

GMenuModel *
chorus_upload_row_create_menu (ChorusUpload *upload)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) mending = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();
  ChorusUploadMend mends[2];
  guint n_mends;

  g_return_val_if_fail (CHORUS_IS_UPLOAD (upload), NULL);

  n_mends = chorus_upload_row_find_mends (upload, mends);
  for (guint i = 0; i < n_mends; i++)
    chorus_upload_row_append (mending, upload, _(mends[i].label), mends[i].action);
  if (chorus_upload_row_can_pause (upload))
    chorus_upload_row_append (mending, upload, _("Pause"), "uploads.pause");
  if (chorus_upload_get_state (upload) == CHORUS_UPLOAD_STATE_PAUSED)
    chorus_upload_row_append (mending, upload, _("Resume"), "uploads.resume");
  if (chorus_upload_row_can_cancel (upload))
    chorus_upload_row_append (mending, upload, chorus_upload_get_approved (upload) ? _("Cancel") : _("Leave Out"),
                              "uploads.cancel");
  if (chorus_upload_get_file (upload) != NULL)
    chorus_upload_row_append (file, upload, _("Show in Files"), "uploads.show-in-files");

  g_menu_append_section (menu, NULL, G_MENU_MODEL (mending));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}
