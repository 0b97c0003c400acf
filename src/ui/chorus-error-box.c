/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "api/chorus-api-error.h"

#include "chorus-error-box.h"

struct _ChorusErrorBox
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *message_label;
  GtkExpander *details_expander;
  GtkLabel *details_label;
};

G_DEFINE_FINAL_TYPE (ChorusErrorBox, chorus_error_box, ADW_TYPE_BIN)

/* What the service said, for people who write to those who run it. All of it is data. */
static char *
chorus_error_box_dup_details (const GError *error)
{
  const char *server_message = chorus_api_error_get_server_message (error);
  const char *details = chorus_api_error_get_details (error);
  const char *request_id = chorus_api_error_get_request_id (error);
  guint status = chorus_api_error_get_status (error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (server_message != NULL)
    g_string_append_printf (text, "%s\n", server_message);
  if (details != NULL)
    g_string_append_printf (text, "%s\n", details);
  if (status != 0)
    {
      /* Translators: followed by the number of an HTTP status, such as 503 */
      g_string_append_printf (text, _("Status: %u"), status);
      g_string_append_c (text, '\n');
    }
  if (request_id != NULL)
    {
      /* Translators: followed by the identifier of a request to the service */
      g_string_append_printf (text, _("Request: %s"), request_id);
      g_string_append_c (text, '\n');
    }

  if (text->len == 0)
    return NULL;

  g_string_truncate (text, text->len - 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
chorus_error_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CHORUS_TYPE_ERROR_BOX);

  G_OBJECT_CLASS (chorus_error_box_parent_class)->dispose (object);
}

static void
chorus_error_box_class_init (ChorusErrorBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_error_box_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-error-box.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusErrorBox, message_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusErrorBox, details_expander);
  gtk_widget_class_bind_template_child (widget_class, ChorusErrorBox, details_label);
}

static void
chorus_error_box_init (ChorusErrorBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
chorus_error_box_set_error (ChorusErrorBox *self,
                            const GError   *error)
{
  g_autofree char *details = NULL;

  g_return_if_fail (CHORUS_IS_ERROR_BOX (self));

  gtk_widget_set_visible (GTK_WIDGET (self), error != NULL);
  if (error == NULL)
    return;

  details = chorus_error_box_dup_details (error);
  gtk_label_set_text (self->message_label, error->message);
  gtk_label_set_text (self->details_label, details != NULL ? details : "");
  gtk_expander_set_expanded (self->details_expander, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->details_expander), details != NULL);
}
