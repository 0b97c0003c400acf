/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-sign-in.h"

#include "chorus-station-error.h"
#include "chorus-station-json.h"
#include "chorus-station-password.h"

typedef struct
{
  ChorusJobQueue *hashing;
  const ChorusStationKeys *keys;
  gint64 lifetime;
  char *email;
  char *password;
  char *user_id;
  char *password_hash;
  gboolean right;
} ChorusStationSignIn;

static void
chorus_station_sign_in_free (ChorusStationSignIn *self)
{
  g_clear_object (&self->hashing);
  g_free (self->email);
  g_free (self->password);
  g_free (self->user_id);
  g_free (self->password_hash);
  g_free (self);
}

static gpointer
chorus_station_sign_in_issue (ChorusDatabase  *db,
                              gpointer         data,
                              GError         **error)
{
  ChorusStationSignIn *self = data;
  g_autoptr (JsonNode) answer = chorus_station_users_sign_in (db, self->keys, self->user_id, self->lifetime, error);

  return answer ? chorus_station_json_to_bytes (answer) : NULL;
}

static void
chorus_station_sign_in_issued_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *answer = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
}

static void
chorus_station_sign_in_check (gpointer      data,
                              GCancellable *cancellable)
{
  ChorusStationSignIn *self = g_task_get_task_data (data);

  self->right = chorus_station_password_verify (self->password_hash, self->password);
}

static void
chorus_station_sign_in_checked_cb (gpointer data)
{
  GTask *task = data;
  ChorusStationSignIn *self = g_task_get_task_data (task);

  if (self->right)
    chorus_store_run_async (g_task_get_source_object (task), chorus_station_sign_in_issue, self, NULL,
                            (GDestroyNotify) g_bytes_unref, NULL, chorus_station_sign_in_issued_cb,
                            g_object_ref (task));
  else
    g_task_return_new_error (task, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_CREDENTIALS,
                             "There is no user with this e-mail address and password.");
}

static gpointer
chorus_station_sign_in_find (ChorusDatabase  *db,
                             gpointer         data,
                             GError         **error)
{
  ChorusStationSignIn *self = data;

  chorus_station_users_find_password (db, self->email, &self->user_id, &self->password_hash, error);

  return NULL;
}

static void
chorus_station_sign_in_found_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusStationSignIn *self = g_task_get_task_data (task);
  GError *error = NULL;

  chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    chorus_job_queue_push (self->hashing, CHORUS_JOB_PRIORITY_VISIBLE, chorus_station_sign_in_check,
                           chorus_station_sign_in_checked_cb, g_object_ref (task), g_object_unref, NULL);
}

void
chorus_station_sign_in_async (ChorusStore             *store,
                              ChorusJobQueue          *hashing,
                              const ChorusStationKeys *keys,
                              JsonObject              *body,
                              gint64                   lifetime,
                              GAsyncReadyCallback      callback,
                              gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);
  ChorusStationSignIn *self = g_new0 (ChorusStationSignIn, 1);

  g_task_set_source_tag (task, chorus_station_sign_in_async);
  g_task_set_task_data (task, self, (GDestroyNotify) chorus_station_sign_in_free);
  self->hashing = g_object_ref (hashing);
  self->keys = keys;
  self->lifetime = lifetime;
  self->email = g_strdup (chorus_station_json_get_string (body, "email"));
  self->password = g_strdup (chorus_station_json_get_string (body, "password"));
  if (self->email && self->password)
    chorus_store_run_async (store, chorus_station_sign_in_find, self, NULL, NULL, NULL, chorus_station_sign_in_found_cb,
                            g_steal_pointer (&task));
  else
    g_task_return_new_error (task, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
                             "email and password must be strings.");
}

GBytes *
chorus_station_sign_in_finish (ChorusStore   *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
