/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-secret-credential-store.h"
#include "chorus-secret-portal.h"

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

/* For a person who is asked to unlock the keyring: as long as that takes, in seconds. */
#define CHORUS_SECRET_NO_LIMIT G_MAXINT32

/* How long each try may take in a sandbox, where that was done before. */
static const guint chorus_secret_credential_store_limits[] = { 1, 1, 1, 1, 2, 2, 4 };

typedef enum
{
  CHORUS_SECRET_LOOK_UP,
  CHORUS_SECRET_STORE,
  CHORUS_SECRET_CLEAR,
} ChorusSecretKind;

typedef struct
{
  ChorusSecretKind kind;
  char *server;
  char *account;
  char *label;
  char *secret; /* to be stored, or what was found */
} ChorusSecretCall;

static void
chorus_secret_call_free (gpointer data)
{
  ChorusSecretCall *call = data;

  g_free (call->server);
  g_free (call->account);
  g_free (call->label);
  g_clear_pointer (&call->secret, secret_password_free);
  g_free (call);
}

static void
chorus_secret_call_answered_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static gboolean
chorus_secret_call_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
chorus_secret_call_begin (ChorusSecretCall  *call,
                          GCancellable      *cancellable,
                          GAsyncResult     **answer)
{
  const SecretSchema *schema = &chorus_secret_credential_store_schema;

  switch (call->kind)
    {
    case CHORUS_SECRET_LOOK_UP:
      secret_password_lookup (schema, cancellable, chorus_secret_call_answered_cb, answer, "server", call->server,
                              "account", call->account, NULL);
      break;
    case CHORUS_SECRET_STORE:
      secret_password_store (schema, SECRET_COLLECTION_DEFAULT, call->label, call->secret, cancellable,
                             chorus_secret_call_answered_cb, answer, "server", call->server, "account", call->account,
                             NULL);
      break;
    case CHORUS_SECRET_CLEAR:
    default:
      secret_password_clear (schema, cancellable, chorus_secret_call_answered_cb, answer, "server", call->server,
                             "account", call->account, NULL);
      break;
    }
}

static ChorusCredentialResult
chorus_secret_call_end (ChorusSecretCall  *call,
                        GAsyncResult      *answer,
                        GError           **error)
{
  switch (call->kind)
    {
    case CHORUS_SECRET_LOOK_UP:
      call->secret = secret_password_lookup_finish (answer, error);
      return call->secret ? CHORUS_CREDENTIAL_RESULT_FOUND : CHORUS_CREDENTIAL_RESULT_NOT_FOUND;
    case CHORUS_SECRET_STORE:
      return secret_password_store_finish (answer, error) ? CHORUS_CREDENTIAL_RESULT_FOUND
                                                          : CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;
    case CHORUS_SECRET_CLEAR:
    default:
      return secret_password_clear_finish (answer, error) ? CHORUS_CREDENTIAL_RESULT_FOUND
                                                          : CHORUS_CREDENTIAL_RESULT_NOT_FOUND;
    }
}

/* One try that ends, whatever libsecret does: a call that has missed its answer does not end when it is canceled either,
 * and is left behind with its context, in which nothing runs any more. */
static ChorusCredentialResult
chorus_secret_call_try_for (ChorusSecretCall  *call,
                            guint              seconds,
                            GCancellable      *cancellable,
                            GError           **error)
{
  GMainContext *context = g_main_context_new ();
  g_autoptr (GSource) tick = g_timeout_source_new (100);
  g_autoptr (GAsyncResult) answer = NULL;
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  ChorusCredentialResult result = CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;

  g_main_context_push_thread_default (context);
  g_source_set_callback (tick, chorus_secret_call_tick_cb, NULL, NULL);
  g_source_attach (tick, context);
  chorus_secret_call_begin (call, cancellable, &answer);
  while (!answer && g_get_monotonic_time () < end && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (tick);

  if (answer)
    result = chorus_secret_call_end (call, answer, error);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "libsecret does not answer");
  g_main_context_pop_thread_default (context);
  if (answer)
    g_main_context_unref (context);

  return result;
}

/* In a sandbox libsecret listens for the answer of the Secret portal only after the portal has said that there will be
 * one (0.20.5: on_portal_retrieve_secret). A portal that is quick is not heard then, and libsecret waits for ever: it gets
 * several tries, in a thread, which is less busy than one that draws windows. That there is a key, and no person to be
 * waited for, is known before. */
static ChorusCredentialResult
chorus_secret_call_try_in_sandbox (ChorusSecretCall  *call,
                                   GCancellable      *cancellable,
                                   GError           **error)
{
  ChorusCredentialResult answer = CHORUS_CREDENTIAL_RESULT_UNAVAILABLE;

  if (!chorus_secret_portal_unlock (cancellable, error))
    return answer;

  for (guint i = 0; i < G_N_ELEMENTS (chorus_secret_credential_store_limits); i++)
    {
      g_clear_error (error);
      answer = chorus_secret_call_try_for (call, chorus_secret_credential_store_limits[i], cancellable, error);
      if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || g_cancellable_is_cancelled (cancellable))
        break;
    }

  return answer;
}

static void
chorus_secret_call_thread (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  GError *error = NULL;
  ChorusCredentialResult answer;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    answer = chorus_secret_call_try_in_sandbox (task_data, cancellable, &error);
  else
    answer = chorus_secret_call_try_for (task_data, CHORUS_SECRET_NO_LIMIT, cancellable, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, answer);
}

static void
chorus_secret_credential_store_ran_cb (GObject      *source,
                                       GAsyncResult *result,
                                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusSecretCall *call = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gssize answer = g_task_propagate_int (G_TASK (result), &error);

  g_task_set_task_data (task, g_steal_pointer (&call->secret), (GDestroyNotify) secret_password_free);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, answer);
}

static void
chorus_secret_credential_store_run (ChorusCredentialStore *store,
                                    ChorusSecretCall       what,
                                    gpointer               source_tag,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  /* The thread knows nothing of the store, which may be gone before the thread has put everything away. */
  g_autoptr (GTask) work = g_task_new (NULL, cancellable, chorus_secret_credential_store_ran_cb, task);
  ChorusSecretCall *call = g_new0 (ChorusSecretCall, 1);

  call->kind = what.kind;
  call->server = g_strdup (what.server);
  call->account = g_strdup (what.account);
  call->label = g_strdup (what.label);
  call->secret = g_strdup (what.secret);

  g_task_set_source_tag (task, source_tag);
  g_task_set_source_tag (work, source_tag);
  g_task_set_task_data (work, call, chorus_secret_call_free);
  g_task_run_in_thread (work, chorus_secret_call_thread);
}

static void
chorus_secret_credential_store_lookup_async (ChorusCredentialStore *store,
                                             const char            *server,
                                             const char            *account,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data)
{
  ChorusSecretCall call = { CHORUS_SECRET_LOOK_UP, (char *) server, (char *) account, NULL, NULL };

  chorus_secret_credential_store_run (store, call, chorus_secret_credential_store_lookup_async, cancellable, callback,
                                      user_data);
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
  ChorusSecretCall call = { CHORUS_SECRET_STORE, (char *) server, (char *) account, (char *) label, (char *) secret };

  chorus_secret_credential_store_run (store, call, chorus_secret_credential_store_store_async, cancellable, callback,
                                      user_data);
}

static void
chorus_secret_credential_store_clear_async (ChorusCredentialStore *store,
                                            const char            *server,
                                            const char            *account,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data)
{
  ChorusSecretCall call = { CHORUS_SECRET_CLEAR, (char *) server, (char *) account, NULL, NULL };

  chorus_secret_credential_store_run (store, call, chorus_secret_credential_store_clear_async, cancellable, callback,
                                      user_data);
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
