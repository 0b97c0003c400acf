/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "account/chorus-secret-credential-store.h"

#include "chorus-error-box.h"
#include "chorus-sign-in-dialog.h"

struct _ChorusSignInDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *form;
  AdwComboRow *method_row;
  GtkEditable *email_row;
  GtkEditable *password_row;
  GtkEditable *token_row;
  GtkEditable *api_key_row;
  GtkEditable *server_row;
  ChorusErrorBox *error_box;
  GtkWidget *sign_in_button;
  GtkStack *button_stack;
  GtkSpinner *spinner;

  /* Owned references */
  ChorusProfile *profile;
  ChorusAccount *account;
  GCancellable *cancellable;

  /* State */
  gboolean busy;
};

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusSignInDialog, chorus_sign_in_dialog, ADW_TYPE_WINDOW)

static char *
chorus_sign_in_dialog_dup_text (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

/* The rows of the list of methods stand in the order of ChorusSignInMethod. */
static ChorusSignInMethod
chorus_sign_in_dialog_get_method (ChorusSignInDialog *self)
{
  return adw_combo_row_get_selected (self->method_row);
}

static void
chorus_sign_in_dialog_update (ChorusSignInDialog *self)
{
  ChorusSignInMethod method = chorus_sign_in_dialog_get_method (self);
  GtkEditable *secrets[] = { self->password_row, self->token_row, self->api_key_row };
  g_autofree char *server = chorus_sign_in_dialog_dup_text (self->server_row);
  g_autofree char *email = chorus_sign_in_dialog_dup_text (self->email_row);
  gboolean filled;

  if (method >= G_N_ELEMENTS (secrets))
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->email_row), method == CHORUS_SIGN_IN_METHOD_PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    gtk_widget_set_visible (GTK_WIDGET (secrets[i]), i == method);

  filled = *gtk_editable_get_text (secrets[method]) != '\0' && *server != '\0'
           && (method != CHORUS_SIGN_IN_METHOD_PASSWORD || *email != '\0');

  gtk_widget_set_sensitive (self->sign_in_button, filled && !self->busy);
  gtk_widget_set_sensitive (self->form, !self->busy);
  gtk_stack_set_visible_child_name (self->button_stack, self->busy ? "busy" : "label");
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
chorus_sign_in_dialog_signed_in_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (ChorusSignInDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean accepted;

  accepted = chorus_account_sign_in_finish (CHORUS_ACCOUNT (object), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->busy = FALSE;
  chorus_error_box_set_error (self->error_box, error);
  chorus_sign_in_dialog_update (self);

  if (accepted)
    {
      g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, CHORUS_ACCOUNT (object));
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
chorus_sign_in_dialog_sign_in_cb (ChorusSignInDialog *self)
{
  g_autoptr (ChorusCredentialStore) credentials = chorus_secret_credential_store_new ();
  g_autoptr (ChorusProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = chorus_sign_in_dialog_dup_text (self->server_row);
  g_autofree char *email = chorus_sign_in_dialog_dup_text (self->email_row);
  ChorusSignInMethod method = chorus_sign_in_dialog_get_method (self);

  profile = chorus_profile_new (&(ChorusProfileInit){
    .id = self->profile != NULL ? chorus_profile_get_id (self->profile) : NULL,
    .kind = CHORUS_PROFILE_KIND_SERVICE,
    .base_url = server,
    .email = method == CHORUS_SIGN_IN_METHOD_PASSWORD ? email : NULL,
    .method = method,
    .endpoints = self->profile != NULL ? chorus_profile_get_endpoints (self->profile) : NULL,
  });

  g_clear_object (&self->account);
  self->account = chorus_account_new (profile, credentials, &error);
  chorus_error_box_set_error (self->error_box, error);
  if (self->account == NULL)
    return;

  self->busy = TRUE;
  chorus_sign_in_dialog_update (self);

  switch (method)
    {
    case CHORUS_SIGN_IN_METHOD_TOKEN:
      chorus_account_sign_in_token_async (self->account, gtk_editable_get_text (self->token_row), self->cancellable,
                                          chorus_sign_in_dialog_signed_in_cb, g_object_ref (self));
      break;
    case CHORUS_SIGN_IN_METHOD_API_KEY:
      chorus_account_sign_in_api_key_async (self->account, gtk_editable_get_text (self->api_key_row), self->cancellable,
                                            chorus_sign_in_dialog_signed_in_cb, g_object_ref (self));
      break;
    case CHORUS_SIGN_IN_METHOD_PASSWORD:
    default:
      chorus_account_sign_in_password_async (self->account, email, gtk_editable_get_text (self->password_row),
                                             self->cancellable, chorus_sign_in_dialog_signed_in_cb,
                                             g_object_ref (self));
      break;
    }
}

static void
chorus_sign_in_dialog_dispose (GObject *object)
{
  ChorusSignInDialog *self = CHORUS_SIGN_IN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);
  g_clear_object (&self->profile);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_SIGN_IN_DIALOG);

  G_OBJECT_CLASS (chorus_sign_in_dialog_parent_class)->dispose (object);
}

static void
chorus_sign_in_dialog_finalize (GObject *object)
{
  ChorusSignInDialog *self = CHORUS_SIGN_IN_DIALOG (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (chorus_sign_in_dialog_parent_class)->finalize (object);
}

static void
chorus_sign_in_dialog_class_init (ChorusSignInDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_sign_in_dialog_dispose;
  object_class->finalize = chorus_sign_in_dialog_finalize;

  signals[SIGNAL_SIGNED_IN] = g_signal_new ("signed-in", CHORUS_TYPE_SIGN_IN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, CHORUS_TYPE_ACCOUNT);

  g_type_ensure (CHORUS_TYPE_ERROR_BOX);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, form);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, method_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, api_key_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, server_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, button_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusSignInDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, chorus_sign_in_dialog_sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_sign_in_dialog_update);
}

static void
chorus_sign_in_dialog_init (ChorusSignInDialog *self)
{
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

ChorusSignInDialog *
chorus_sign_in_dialog_new (ChorusProfile *profile)
{
  ChorusSignInDialog *self;
  const char *base_url = NULL;

  g_return_val_if_fail (profile == NULL || CHORUS_IS_PROFILE (profile), NULL);

  self = g_object_new (CHORUS_TYPE_SIGN_IN_DIALOG, NULL);
  g_set_object (&self->profile, profile);

  if (profile != NULL)
    {
      const char *email = chorus_profile_get_email (profile);

      base_url = chorus_profile_get_base_url (profile);
      gtk_editable_set_text (self->email_row, email != NULL ? email : "");
      adw_combo_row_set_selected (self->method_row, chorus_profile_get_method (profile));
    }

  gtk_editable_set_text (self->server_row, base_url != NULL ? base_url : CHORUS_SERVER_DARUKAA_URL);
  chorus_sign_in_dialog_update (self);

  return self;
}
