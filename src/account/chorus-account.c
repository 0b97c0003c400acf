/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-account.h"

#include <glib/gi18n.h>

#include "chorus-credential-text.h"

struct _ChorusAccount
{
  GObject parent_instance;

  ChorusProfile *profile;
  ChorusCredentialStore *store; /* NULL for the local station */
  ChorusSession *session;
  ChorusClient *client;

  ChorusAccountState state;
  char *note;

  /* The keyring is made to follow the session by one call at a time, so that an older token never overtakes a newer. */
  gboolean is_syncing;
  gboolean is_dirty;
  GPtrArray *waiting;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_NOTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusAccount, chorus_account, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (ChorusAccountState,
                    chorus_account_state,
                    G_DEFINE_ENUM_VALUE (CHORUS_ACCOUNT_STATE_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (CHORUS_ACCOUNT_STATE_RESTORING, "restoring"),
                    G_DEFINE_ENUM_VALUE (CHORUS_ACCOUNT_STATE_SIGNING_IN, "signing-in"),
                    G_DEFINE_ENUM_VALUE (CHORUS_ACCOUNT_STATE_SIGNED_IN, "signed-in"))

static void
chorus_account_finalize (GObject *object)
{
  ChorusAccount *self = CHORUS_ACCOUNT (object);

  g_clear_object (&self->profile);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  g_clear_object (&self->client);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self->note);

  G_OBJECT_CLASS (chorus_account_parent_class)->finalize (object);
}

static void
chorus_account_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ChorusAccount *self = CHORUS_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;

    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_account_class_init (ChorusAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_account_finalize;
  object_class->get_property = chorus_account_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, CHORUS_TYPE_ACCOUNT_STATE, CHORUS_ACCOUNT_STATE_SIGNED_OUT, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_account_init (ChorusAccount *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
chorus_account_set_state (ChorusAccount      *self,
                          ChorusAccountState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
chorus_account_set_note (ChorusAccount *self,
                         const char    *note)
{
  if (g_strcmp0 (self->note, note) == 0)
    return;
  g_free (self->note);
  self->note = g_strdup (note);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

/* Where nobody is signed in for lack of a working attempt. */
static void
chorus_account_settle (ChorusAccount *self)
{
  chorus_account_set_state (self, chorus_session_get_signed_in (self->session) ? CHORUS_ACCOUNT_STATE_SIGNED_IN
                                                                               : CHORUS_ACCOUNT_STATE_SIGNED_OUT);
}

static const char *
chorus_account_get_keyring_note (void)
{
  return _("The password keyring is not available: you will be asked to sign in again next time.");
}

static void chorus_account_sync (ChorusAccount *self);

static void
chorus_account_synced (ChorusAccount          *self,
                       gboolean                was_storing,
                       ChorusCredentialResult  answer,
                       const char             *reason)
{
  if (answer == CHORUS_CREDENTIAL_RESULT_UNAVAILABLE)
    g_info ("The keyring cannot be used: %s", reason);
  if (was_storing)
    chorus_account_set_note (self, answer == CHORUS_CREDENTIAL_RESULT_UNAVAILABLE ? chorus_account_get_keyring_note ()
                                                                                  : NULL);

  self->is_syncing = FALSE;
  if (self->is_dirty)
    {
      chorus_account_sync (self);
      return;
    }

  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}

static void
chorus_account_stored_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (ChorusAccount) self = user_data;
  g_autofree char *reason = NULL;
  ChorusCredentialResult answer =
    chorus_credential_store_store_finish (CHORUS_CREDENTIAL_STORE (source), result, &reason);

  chorus_account_synced (self, TRUE, answer, reason);
}

static void
chorus_account_cleared_cb (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr (ChorusAccount) self = user_data;
  g_autofree char *reason = NULL;
  ChorusCredentialResult answer =
    chorus_credential_store_clear_finish (CHORUS_CREDENTIAL_STORE (source), result, &reason);

  chorus_account_synced (self, FALSE, answer, reason);
}

/* Makes the keyring hold what the session holds now. Not cancellable: half a change is worse than a late one. */
static void
chorus_account_sync (ChorusAccount *self)
{
  self->is_dirty = self->is_syncing;
  if (self->is_syncing)
    return;
  self->is_syncing = TRUE;

  const char *server = chorus_profile_get_base_url (self->profile);
  const char *account = chorus_profile_get_id (self->profile);
  g_autofree char *text = chorus_credential_text_from_session (self->session);

  if (text)
    {
      /* Translators: shown by the keyring of the desktop; the name of an account. */
      g_autofree char *label = g_strdup_printf (_("Chorus: %s"), chorus_profile_get_label (self->profile));

      chorus_credential_store_store_async (self->store, server, account, label, text, NULL, chorus_account_stored_cb,
                                           g_object_ref (self));
      chorus_credential_text_wipe (text);
    }
  else
    {
      chorus_credential_store_clear_async (self->store, server, account, NULL, chorus_account_cleared_cb,
                                           g_object_ref (self));
    }
}

/* Takes the reference to @task, and ends it with success once the keyring follows. */
static void
chorus_account_sync_then (ChorusAccount *self,
                          GTask         *task)
{
  /* What was to be done is done: a cancelling that comes now is too late to be told of. */
  g_task_set_check_cancellable (task, FALSE);
  g_ptr_array_add (self->waiting, task);
  if (self->store)
    chorus_account_sync (self);
  else
    chorus_account_synced (self, FALSE, CHORUS_CREDENTIAL_RESULT_FOUND, NULL);
}

/* Tokens that were rotated. While somebody signs in, the keyring follows at the end of that. */
static void
chorus_account_credential_changed_cb (ChorusAccount *self)
{
  if (self->store && self->state == CHORUS_ACCOUNT_STATE_SIGNED_IN)
    chorus_account_sync (self);
}

static void
chorus_account_signed_out_cb (ChorusAccount *self)
{
  chorus_account_set_state (self, CHORUS_ACCOUNT_STATE_SIGNED_OUT);
  chorus_account_set_note (self, _("Your sign-in has ended. Sign in again."));
  if (self->store)
    chorus_account_sync (self);
}

static ChorusAccount *
chorus_account_create (ChorusProfile         *profile,
                       ChorusCredentialStore *store,
                       ChorusServer          *server)
{
  ChorusAccount *self = g_object_new (CHORUS_TYPE_ACCOUNT, NULL);

  self->profile = g_object_ref (profile);
  self->store = store ? g_object_ref (store) : NULL;
  self->session = chorus_session_new (server);
  self->client = chorus_client_new (self->session);
  g_signal_connect_object (self->session, "credential-changed", G_CALLBACK (chorus_account_credential_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "signed-out", G_CALLBACK (chorus_account_signed_out_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

ChorusAccount *
chorus_account_new (ChorusProfile          *profile,
                    ChorusCredentialStore  *store,
                    GError                **error)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (chorus_profile_get_base_url (profile) != NULL, NULL);
  g_return_val_if_fail (CHORUS_IS_CREDENTIAL_STORE (store), NULL);

  g_autoptr (ChorusServer) server =
    chorus_server_new (chorus_profile_get_base_url (profile), NULL, chorus_profile_get_endpoints (profile), error);

  return server ? chorus_account_create (profile, store, server) : NULL;
}

static ChorusServer *
chorus_account_new_station_server (ChorusProfile  *profile,
                                   const char     *base_url,
                                   GError        **error)
{
  return chorus_server_new (base_url, _("The local station"), chorus_profile_get_endpoints (profile), error);
}

ChorusAccount *
chorus_account_new_local (ChorusProfile  *profile,
                          const char     *base_url,
                          const char     *token,
                          GError        **error)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (base_url != NULL && token != NULL, NULL);

  g_autoptr (ChorusServer) server = chorus_account_new_station_server (profile, base_url, error);

  if (!server)
    return NULL;

  ChorusAccount *self = chorus_account_create (profile, NULL, server);

  chorus_session_set_tokens (self->session, token, NULL);
  chorus_account_settle (self);

  return self;
}

gboolean
chorus_account_set_local_station (ChorusAccount  *self,
                                  const char     *base_url,
                                  const char     *token,
                                  GError        **error)
{
  g_return_val_if_fail (CHORUS_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (self->store == NULL, FALSE);
  g_return_val_if_fail (base_url != NULL && token != NULL, FALSE);

  g_autoptr (ChorusServer) server = chorus_account_new_station_server (self->profile, base_url, error);

  if (!server)
    return FALSE;

  chorus_session_set_server (self->session, server);
  chorus_session_set_tokens (self->session, token, NULL);
  chorus_account_settle (self);

  return TRUE;
}

ChorusProfile *
chorus_account_get_profile (ChorusAccount *self)
{
  g_return_val_if_fail (CHORUS_IS_ACCOUNT (self), NULL);

  return self->profile;
}

ChorusSession *
chorus_account_get_session (ChorusAccount *self)
{
  g_return_val_if_fail (CHORUS_IS_ACCOUNT (self), NULL);

  return self->session;
}

ChorusClient *
chorus_account_get_client (ChorusAccount *self)
{
  g_return_val_if_fail (CHORUS_IS_ACCOUNT (self), NULL);

  return self->client;
}

ChorusAccountState
chorus_account_get_state (ChorusAccount *self)
{
  g_return_val_if_fail (CHORUS_IS_ACCOUNT (self), CHORUS_ACCOUNT_STATE_SIGNED_OUT);

  return self->state;
}

const char *
chorus_account_get_note (ChorusAccount *self)
{
  g_return_val_if_fail (CHORUS_IS_ACCOUNT (self), NULL);

  return self->note;
}

static void
chorus_account_looked_up_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;
  ChorusAccount *self = g_task_get_source_object (task);
  ChorusCredentialResult answer =
    chorus_credential_store_lookup_finish (CHORUS_CREDENTIAL_STORE (source), result, &text, &reason);

  if (g_task_return_error_if_cancelled (task))
    {
      chorus_account_settle (self);
      return;
    }

  /* Somebody who signed in while the keyring was thinking is not overruled by it. */
  if (self->state == CHORUS_ACCOUNT_STATE_RESTORING)
    {
      if (answer == CHORUS_CREDENTIAL_RESULT_FOUND)
        chorus_credential_text_to_session (text, self->session);
      if (answer == CHORUS_CREDENTIAL_RESULT_UNAVAILABLE)
        {
          g_info ("The keyring cannot be used: %s", reason);
          chorus_account_set_note (self, chorus_account_get_keyring_note ());
        }
      chorus_account_settle (self);
    }
  chorus_credential_text_wipe (text);
  g_task_return_boolean (task, chorus_session_get_signed_in (self->session));
}

void
chorus_account_restore_async (ChorusAccount       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_ACCOUNT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_account_restore_async);
  if (!self->store || chorus_session_get_signed_in (self->session))
    {
      g_task_return_boolean (task, chorus_session_get_signed_in (self->session));
      return;
    }
  chorus_account_set_state (self, CHORUS_ACCOUNT_STATE_RESTORING);
  chorus_credential_store_lookup_async (self->store, chorus_profile_get_base_url (self->profile),
                                        chorus_profile_get_id (self->profile), cancellable, chorus_account_looked_up_cb,
                                        g_steal_pointer (&task));
}

gboolean
chorus_account_restore_finish (ChorusAccount  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
chorus_account_signed_in_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusAccount *self = g_task_get_source_object (task);
  g_autoptr (ChorusUser) user = chorus_session_sign_in_finish (CHORUS_SESSION (source), result, &error);

  chorus_account_settle (self);
  if (user)
    chorus_account_sync_then (self, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_account_sign_in_password_async (ChorusAccount       *self,
                                       const char          *email,
                                       const char          *password,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_ACCOUNT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_account_sign_in_finish);
  chorus_account_set_state (self, CHORUS_ACCOUNT_STATE_SIGNING_IN);
  chorus_session_sign_in_async (self->session, email, password, cancellable, chorus_account_signed_in_cb, task);
}

/* What the service says of a sign-in that ran out does not fit one that was just pasted. */
static GError *
chorus_account_explain_refusal (ChorusSession *trial,
                                GError        *error)
{
  if (!g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_UNAUTHENTICATED))
    return error;

  error->code = CHORUS_API_ERROR_INVALID_CREDENTIALS;
  g_free (error->message);
  if (chorus_session_get_api_key (trial))
    error->message = g_strdup (_("The server does not accept this API key. Check that all of it was pasted."));
  else
    error->message = g_strdup (_("The server does not accept this access token. Check that all of it was pasted."));

  return error;
}

static void
chorus_account_tried_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusAccount *self = g_task_get_source_object (task);
  ChorusSession *trial = chorus_client_get_session (CHORUS_CLIENT (source));
  g_autoptr (GPtrArray) projects = chorus_client_list_projects_finish (CHORUS_CLIENT (source), result, &error);

  if (!projects)
    {
      chorus_account_settle (self);
      g_task_return_error (task, chorus_account_explain_refusal (trial, g_steal_pointer (&error)));
      return;
    }

  if (chorus_session_get_api_key (trial))
    chorus_session_set_api_key (self->session, chorus_session_get_api_key (trial));
  else
    chorus_session_set_tokens (self->session, chorus_session_get_access_token (trial), NULL);
  chorus_account_settle (self);
  chorus_account_sync_then (self, g_steal_pointer (&task));
}

/* Tries a pasted credential in a session of its own: when it is refused, nothing has changed. */
static void
chorus_account_try (ChorusAccount       *self,
                    ChorusSession       *trial,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (ChorusClient) client = chorus_client_new (trial);

  g_task_set_source_tag (task, chorus_account_sign_in_finish);
  chorus_session_set_timeout (trial, chorus_session_get_timeout (self->session));
  chorus_account_set_state (self, CHORUS_ACCOUNT_STATE_SIGNING_IN);
  chorus_client_list_projects_async (client, cancellable, chorus_account_tried_cb, task);
}

void
chorus_account_sign_in_token_async (ChorusAccount       *self,
                                    const char          *access_token,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_ACCOUNT (self));

  g_autoptr (ChorusSession) trial = chorus_session_new (chorus_session_get_server (self->session));

  chorus_session_set_tokens (trial, access_token, NULL);
  chorus_account_try (self, trial, cancellable, callback, user_data);
}

void
chorus_account_sign_in_api_key_async (ChorusAccount       *self,
                                      const char          *api_key,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_ACCOUNT (self));

  g_autoptr (ChorusSession) trial = chorus_session_new (chorus_session_get_server (self->session));

  chorus_session_set_api_key (trial, api_key);
  chorus_account_try (self, trial, cancellable, callback, user_data);
}

gboolean
chorus_account_sign_in_finish (ChorusAccount  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chorus_account_sign_out_async (ChorusAccount       *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_ACCOUNT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_account_sign_out_async);
  chorus_session_clear (self->session);
  chorus_account_set_state (self, CHORUS_ACCOUNT_STATE_SIGNED_OUT);
  chorus_account_set_note (self, NULL);
  chorus_account_sync_then (self, task);
}

gboolean
chorus_account_sign_out_finish (ChorusAccount  *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
