/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-memory-credential-store.h"

struct _ChorusMemoryCredentialStore
{
  GObject parent_instance;

  GHashTable *secrets;
  gboolean is_available;
};

static void chorus_memory_credential_store_iface_init (ChorusCredentialStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusMemoryCredentialStore,
                               chorus_memory_credential_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHORUS_TYPE_CREDENTIAL_STORE,
                                                      chorus_memory_credential_store_iface_init))

static void
chorus_memory_credential_store_finalize (GObject *object)
{
  ChorusMemoryCredentialStore *self = CHORUS_MEMORY_CREDENTIAL_STORE (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (chorus_memory_credential_store_parent_class)->finalize (object);
}

static void
chorus_memory_credential_store_class_init (ChorusMemoryCredentialStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_memory_credential_store_finalize;
}

static void
chorus_memory_credential_store_init (ChorusMemoryCredentialStore *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->is_available = TRUE;
}

ChorusCredentialStore *
chorus_memory_credential_store_new (void)
{
  return g_object_new (CHORUS_TYPE_MEMORY_CREDENTIAL_STORE, NULL);
}

void
chorus_memory_credential_store_set_available (ChorusMemoryCredentialStore *self,
                                              gboolean                     available)
{
  g_return_if_fail (CHORUS_IS_MEMORY_CREDENTIAL_STORE (self));

  self->is_available = available;
}

/* A line break cannot be part of an address. */
static char *
chorus_memory_credential_store_make_key (const char *server,
                                         const char *account)
{
  return g_strconcat (server, "\n", account, NULL);
}

/* Answers at the next turn of the main loop, as a keyring would: never from inside the call. */
static void
chorus_memory_credential_store_answer (ChorusCredentialStore  *store,
                                       ChorusCredentialResult  answer,
                                       const char             *secret,
                                       GCancellable           *cancellable,
                                       GAsyncReadyCallback     callback,
                                       gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_memory_credential_store_answer);
  g_task_set_task_data (task, g_strdup (secret), g_free);
  g_task_return_int (task, (gssize) answer);
}

static void
chorus_memory_credential_store_lookup_async (ChorusCredentialStore *store,
                                             const char            *server,
                                             const char            *account,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data)
{
  ChorusMemoryCredentialStore *self = CHORUS_MEMORY_CREDENTIAL_STORE (store);
  g_autofree char *key = chorus_memory_credential_store_make_key (server, account);
  const char *secret = self->is_available ? g_hash_table_lookup (self->secrets, key) : NULL;
  ChorusCredentialResult answer = CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;

  if (self->is_available)
    answer = secret ? CHORUS_CREDENTIAL_RESULT_FOUND : CHORUS_CREDENTIAL_RESULT_NOT_FOUND;
  chorus_memory_credential_store_answer (store, answer, secret, cancellable, callback, user_data);
}

static void
chorus_memory_credential_store_store_async (ChorusCredentialStore *store,
                                            const char            *server,
                                            const char            *account,
                                            const char            *label,
                                            const char            *secret,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data)
{
  ChorusMemoryCredentialStore *self = CHORUS_MEMORY_CREDENTIAL_STORE (store);
  ChorusCredentialResult answer = CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;

  if (self->is_available)
    {
      g_hash_table_replace (self->secrets, chorus_memory_credential_store_make_key (server, account),
                            g_strdup (secret));
      answer = CHORUS_CREDENTIAL_RESULT_FOUND;
    }
  chorus_memory_credential_store_answer (store, answer, NULL, cancellable, callback, user_data);
}

static void
chorus_memory_credential_store_clear_async (ChorusCredentialStore *store,
                                            const char            *server,
                                            const char            *account,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data)
{
  ChorusMemoryCredentialStore *self = CHORUS_MEMORY_CREDENTIAL_STORE (store);
  g_autofree char *key = chorus_memory_credential_store_make_key (server, account);
  ChorusCredentialResult answer = CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;

  if (self->is_available)
    answer =
      g_hash_table_remove (self->secrets, key) ? CHORUS_CREDENTIAL_RESULT_FOUND : CHORUS_CREDENTIAL_RESULT_NOT_FOUND;
  chorus_memory_credential_store_answer (store, answer, NULL, cancellable, callback, user_data);
}

static ChorusCredentialResult
chorus_memory_credential_store_finish (ChorusCredentialStore  *store,
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
  if (error || answer == CHORUS_CREDENTIAL_RESULT_UNAVAILABLE)
    {
      if (reason)
        *reason = g_strdup (error ? error->message : "the store has been made unavailable");
      return CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;
    }
  if (secret)
    *secret = g_strdup (g_task_get_task_data (task));

  return (ChorusCredentialResult) answer;
}

static void
chorus_memory_credential_store_iface_init (ChorusCredentialStoreInterface *iface)
{
  iface->lookup_async = chorus_memory_credential_store_lookup_async;
  iface->store_async = chorus_memory_credential_store_store_async;
  iface->clear_async = chorus_memory_credential_store_clear_async;
  iface->finish = chorus_memory_credential_store_finish;
}
