/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-secret-credential-store.h"

#include <libsecret/secret.h>

struct _ChorusSecretCredentialStore
{
  GObject parent_instance;
};

static void chorus_secret_credential_store_iface_init (ChorusCredentialStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusSecretCredentialStore,
                               chorus_secret_credential_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHORUS_TYPE_CREDENTIAL_STORE,
                                                      chorus_secret_credential_store_iface_init))

/* Attributes are stored in the open: nothing secret belongs in them. */
static const SecretSchema chorus_secret_credential_store_schema = {
  .name = "com.darukaa.Chorus",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static void
chorus_secret_credential_store_class_init (ChorusSecretCredentialStoreClass *klass)
{
}

static void
chorus_secret_credential_store_init (ChorusSecretCredentialStore *self)
{
}

ChorusCredentialStore *
chorus_secret_credential_store_new (void)
{
  return g_object_new (CHORUS_TYPE_SECRET_CREDENTIAL_STORE, NULL);
}

static void
chorus_secret_credential_store_wipe (gpointer secret)
{
  secret_password_free (secret);
}

static void
chorus_secret_credential_store_looked_up_cb (GObject      *source,
                                             GAsyncResult *result,
                                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, secret, chorus_secret_credential_store_wipe);
  g_task_return_int (task, secret ? CHORUS_CREDENTIAL_RESULT_FOUND : CHORUS_CREDENTIAL_RESULT_NOT_FOUND);
}

static void
chorus_secret_credential_store_lookup_async (ChorusCredentialStore *store,
                                             const char            *server,
                                             const char            *account,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_secret_credential_store_lookup_async);
  secret_password_lookup (&chorus_secret_credential_store_schema, cancellable,
                          chorus_secret_credential_store_looked_up_cb, task, "server", server, "account", account,
                          NULL);
}

static void
chorus_secret_credential_store_stored_cb (GObject      *source,
                                          GAsyncResult *result,
                                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_int (task, CHORUS_CREDENTIAL_RESULT_FOUND);
  else if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
}

static void
chorus_secret_credential_store_store_async (ChorusCredentialStore *store,
                                            const char            *server,
                                            const char            *account,
                                            const char            *label,
                                            const char            *secret,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_secret_credential_store_store_async);
  secret_password_store (&chorus_secret_credential_store_schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable,
                         chorus_secret_credential_store_stored_cb, task, "server", server, "account", account, NULL);
}

static void
chorus_secret_credential_store_cleared_cb (GObject      *source,
                                           GAsyncResult *result,
                                           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = secret_password_clear_finish (result, &error);

  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, removed ? CHORUS_CREDENTIAL_RESULT_FOUND : CHORUS_CREDENTIAL_RESULT_NOT_FOUND);
}

static void
chorus_secret_credential_store_clear_async (ChorusCredentialStore *store,
                                            const char            *server,
                                            const char            *account,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_secret_credential_store_clear_async);
  secret_password_clear (&chorus_secret_credential_store_schema, cancellable, chorus_secret_credential_store_cleared_cb,
                         task, "server", server, "account", account, NULL);
}

static ChorusCredentialResult
chorus_secret_credential_store_finish (ChorusCredentialStore  *store,
                                       GAsyncResult           *result,
                                       char                  **secret,
                                       char                  **reason)
{
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;
  gssize answer = g_task_propagate_int (task, &error);

  if (secret)
    *secret = NULL;
  if (reason)
    *reason = NULL;
  if (error)
    {
      if (reason)
        *reason = g_strdup (error->message);
      return CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;
    }
  if (secret)
    *secret = g_strdup (g_task_get_task_data (task));

  return (ChorusCredentialResult) answer;
}

static void
chorus_secret_credential_store_iface_init (ChorusCredentialStoreInterface *iface)
{
  iface->lookup_async = chorus_secret_credential_store_lookup_async;
  iface->store_async = chorus_secret_credential_store_store_async;
  iface->clear_async = chorus_secret_credential_store_clear_async;
  iface->finish = chorus_secret_credential_store_finish;
}
