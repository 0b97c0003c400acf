/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-users.h"

#include <stdarg.h>
#include <string.h>

#include "chorus-station-error.h"
#include "chorus-station-json.h"
#include "chorus-station-token.h"
#include "store/chorus-statement.h"
#include "store/chorus-transaction.h"

#define CHORUS_STATION_REFRESH_LIFETIME (30 * 24 * 60 * 60)
#define CHORUS_STATION_API_KEY_PREFIX "drk_station_"

void
chorus_station_keys_free (ChorusStationKeys *self)
{
  if (!self)
    return;

  g_free (self->owner_id);
  g_free (self->token);
  g_free (self->signing_key);
  g_free (self);
}

static gint64
chorus_station_users_get_time (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* The first column of the first row, or NULL with or without an error. */
static char *
chorus_station_users_find (ChorusDatabase  *db,
                           const char      *sql,
                           const char      *key,
                           GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);

  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, key);

  return chorus_statement_step (statement, error) == CHORUS_STEP_ROW ? chorus_statement_dup_text (statement, 0) : NULL;
}

/* Runs a statement with the texts that follow, up to NULL, as its parameters. */
static gboolean G_GNUC_NULL_TERMINATED
chorus_station_users_write (ChorusDatabase *db, GError **error, const char *sql, ...)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);
  const char *text = NULL;
  va_list texts;

  if (!statement)
    return FALSE;
  va_start (texts, sql);
  for (int parameter = 1; (text = va_arg (texts, const char *)); parameter++)
    chorus_statement_bind_text (statement, parameter, text);
  va_end (texts);

  return chorus_statement_run (statement, error);
}

static char *
chorus_station_users_load_setting (ChorusDatabase  *db,
                                   const char      *key,
                                   const char      *initial,
                                   GError         **error)
{
  if (!chorus_station_users_write (db, error, "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                   key, initial, NULL))
    return NULL;

  return chorus_station_users_find (db, "SELECT value FROM settings WHERE key = ?", key, error);
}

static gboolean
chorus_station_users_insert (ChorusDatabase  *db,
                             const char      *user_id,
                             const char      *email,
                             const char      *first_name,
                             const char      *password_hash,
                             GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (
    db,
    "INSERT INTO users (user_id, email, first_name, last_name, password_hash, created_at, updated_at)"
    " VALUES (?1, ?2, ?3, '', ?4, ?5, ?5) ON CONFLICT DO NOTHING",
    error);
  g_autofree char *now = chorus_station_json_dup_now ();

  if (!statement)
    return FALSE;
  chorus_statement_bind_text (statement, 1, user_id);
  chorus_statement_bind_text (statement, 2, email);
  chorus_statement_bind_text (statement, 3, first_name);
  chorus_statement_bind_text (statement, 4, password_hash);
  chorus_statement_bind_text (statement, 5, now);

  return chorus_statement_run (statement, error);
}

/* The person at this computer. The address cannot be one of the internet and so cannot be anybody else's. */
static gboolean
chorus_station_users_add_owner (ChorusDatabase  *db,
                                const char      *owner_id,
                                GError         **error)
{
  g_autofree char *name = g_utf8_make_valid (g_get_user_name (), -1);
  g_autofree char *real_name = g_utf8_make_valid (g_get_real_name (), -1);
  g_autofree char *email = g_strconcat (name, "@localhost", NULL);
  gboolean named = *real_name != '\0' && strcmp (real_name, "Unknown") != 0;

  return chorus_station_users_insert (db, owner_id, email, named ? real_name : name, NULL, error);
}

ChorusStationKeys *
chorus_station_keys_load (ChorusDatabase  *db,
                          const char      *token,
                          GError         **error)
{
  g_autoptr (ChorusStationKeys) self = g_new0 (ChorusStationKeys, 1);
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autofree char *new_key = transaction ? chorus_station_token_new_random (error) : NULL;
  g_autofree char *new_owner = g_uuid_string_random ();

  if (!new_key)
    return NULL;
  self->token = g_strdup (token);
  self->signing_key = chorus_station_users_load_setting (db, "signing-key", new_key, error);
  self->owner_id = self->signing_key ? chorus_station_users_load_setting (db, "owner", new_owner, error) : NULL;
  if (!self->owner_id || !chorus_station_users_add_owner (db, self->owner_id, error)
      || !chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&self);
}

static char *
chorus_station_users_fail_admission (const char  *details,
                                     GError     **error)
{
  g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED, details);

  return NULL;
}

static char *
chorus_station_users_admit_key (ChorusDatabase  *db,
                                const char      *api_key,
                                GError         **error)
{
  g_autofree char *hash = chorus_station_token_hash (api_key);
  g_autoptr (GError) store_error = NULL;
  g_autofree char *user_id =
    chorus_station_users_find (db, "SELECT user_id FROM api_keys WHERE key_hash = ?", hash, &store_error);

  if (store_error)
    g_propagate_error (error, g_steal_pointer (&store_error));
  else if (!user_id)
    return chorus_station_users_fail_admission ("The API key is not valid.", error);

  return g_steal_pointer (&user_id);
}

char *
chorus_station_users_admit (ChorusDatabase           *db,
                            const ChorusStationKeys  *keys,
                            const char               *authorization,
                            const char               *api_key,
                            GError                  **error)
{
  const char *token = NULL;

  if (!authorization && api_key)
    return chorus_station_users_admit_key (db, api_key, error);
  if (!authorization || g_ascii_strncasecmp (authorization, "Bearer ", strlen ("Bearer ")) != 0)
    return chorus_station_users_fail_admission ("Please provide a valid Bearer token in the Authorization header",
                                                error);

  token = authorization + strlen ("Bearer ");
  if (chorus_station_token_equal (keys->token, token))
    return g_strdup (keys->owner_id);

  return chorus_station_token_verify (keys->signing_key, token, chorus_station_users_get_time (), error);
}

gboolean
chorus_station_users_set (ChorusDatabase  *db,
                          const char      *email,
                          const char      *password_hash,
                          GError         **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autofree char *user_id = g_uuid_string_random ();
  g_autofree char *first_name = g_strndup (email, strcspn (email, "@"));
  g_autofree char *now = chorus_station_json_dup_now ();

  return transaction && chorus_station_users_insert (db, user_id, email, first_name, NULL, error)
         && chorus_station_users_write (db, error,
                                        "UPDATE users SET password_hash = ?2, updated_at = ?3 WHERE email = ?1", email,
                                        password_hash, now, NULL)
         && chorus_station_users_write (
           db, error, "DELETE FROM refresh_tokens WHERE user_id = (SELECT user_id FROM users WHERE email = ?)", email,
           NULL)
         && chorus_transaction_commit (transaction, error);
}

char *
chorus_station_users_add_key (ChorusDatabase  *db,
                              const char      *email,
                              GError         **error)
{
  g_autoptr (GError) store_error = NULL;
  g_autofree char *user_id =
    chorus_station_users_find (db, "SELECT user_id FROM users WHERE email = ?", email, &store_error);
  g_autofree char *random = user_id ? chorus_station_token_new_random (error) : NULL;
  g_autofree char *key = random ? g_strconcat (CHORUS_STATION_API_KEY_PREFIX, random, NULL) : NULL;
  g_autofree char *hash = key ? chorus_station_token_hash (key) : NULL;
  g_autofree char *now = chorus_station_json_dup_now ();

  if (store_error)
    g_propagate_error (error, g_steal_pointer (&store_error));
  else if (!user_id)
    g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_CREDENTIALS,
                         "There is no user with this e-mail address.");
  if (!hash
      || !chorus_station_users_write (db, error,
                                      "INSERT INTO api_keys (key_hash, user_id, created_at) VALUES (?, ?, ?)", hash,
                                      user_id, now, NULL))
    return NULL;

  return g_steal_pointer (&key);
}

gboolean
chorus_station_users_find_password (ChorusDatabase  *db,
                                    const char      *email,
                                    char           **user_id,
                                    char           **password_hash,
                                    GError         **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "SELECT user_id, password_hash FROM users WHERE email = ? AND password_hash IS NOT NULL",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  *user_id = NULL;
  *password_hash = NULL;
  if (!statement)
    return FALSE;
  chorus_statement_bind_text (statement, 1, email);
  step = chorus_statement_step (statement, error);
  if (step == CHORUS_STEP_ROW)
    {
      *user_id = chorus_statement_dup_text (statement, 0);
      *password_hash = chorus_statement_dup_text (statement, 1);
    }

  return step != CHORUS_STEP_ERROR;
}

static JsonObject *
chorus_station_users_load (ChorusDatabase  *db,
                           const char      *user_id,
                           GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (
    db, "SELECT user_id, email, first_name, last_name, created_at, updated_at FROM users WHERE user_id = ?", error);
  static const char *const names[] = { "user_id", "email", "first_name", "last_name", "created_at", "updated_at" };
  ChorusStep step = CHORUS_STEP_ERROR;
  JsonArray *role = NULL;
  JsonObject *user = NULL;

  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, user_id);
  step = chorus_statement_step (statement, error);
  if (step == CHORUS_STEP_DONE)
    g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED,
                         "The user of this token no longer exists.");
  if (step != CHORUS_STEP_ROW)
    return NULL;

  user = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    chorus_station_json_set_text (user, names[i], statement, (int) i);
  role = json_array_new ();
  json_array_add_string_element (role, "Admin");
  json_object_set_array_member (user, "role", role);
  json_object_set_string_member (user, "status", "active");
  json_object_set_boolean_member (user, "is_email_verified", TRUE);

  return user;
}

JsonNode *
chorus_station_users_show (ChorusDatabase     *db,
                           ChorusStationCall  *call,
                           GError            **error)
{
  JsonObject *user = chorus_station_users_load (db, call->user_id, error);

  return user ? chorus_station_json_take_object (user) : NULL;
}

/* New tokens of a sign-in, which all refresh tokens that follow from it share as their family. */
static JsonNode *
chorus_station_users_issue (ChorusDatabase           *db,
                            const ChorusStationKeys  *keys,
                            const char               *user_id,
                            const char               *family,
                            gint64                    lifetime,
                            GError                  **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "INSERT INTO refresh_tokens (token_hash, family, user_id, expires) VALUES (?, ?, ?, ?)",
                          error);
  g_autofree char *refresh_token = statement ? chorus_station_token_new_random (error) : NULL;
  g_autofree char *hash = refresh_token ? chorus_station_token_hash (refresh_token) : NULL;
  g_autofree char *access_token = NULL;
  gint64 now = chorus_station_users_get_time ();
  JsonObject *answer = hash ? chorus_station_users_load (db, user_id, error) : NULL;

  if (!answer)
    return NULL;
  chorus_statement_bind_text (statement, 1, hash);
  chorus_statement_bind_text (statement, 2, family);
  chorus_statement_bind_text (statement, 3, user_id);
  chorus_statement_bind_int64 (statement, 4, now + CHORUS_STATION_REFRESH_LIFETIME);
  if (!chorus_statement_run (statement, error))
    {
      json_object_unref (answer);
      return NULL;
    }
  access_token = chorus_station_token_sign (keys->signing_key, user_id, now, lifetime);
  json_object_set_string_member (answer, "access_token", access_token);
  json_object_set_string_member (answer, "refresh_token", refresh_token);

  return chorus_station_json_take_object (answer);
}

static gboolean
chorus_station_users_forget_expired (ChorusDatabase  *db,
                                     GError         **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "DELETE FROM refresh_tokens WHERE expires <= ?", error);

  if (!statement)
    return FALSE;
  chorus_statement_bind_int64 (statement, 1, chorus_station_users_get_time ());

  return chorus_statement_run (statement, error);
}

JsonNode *
chorus_station_users_sign_in (ChorusDatabase           *db,
                              const ChorusStationKeys  *keys,
                              const char               *user_id,
                              gint64                    lifetime,
                              GError                  **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autofree char *family = g_uuid_string_random ();
  g_autoptr (JsonNode) answer = NULL;

  if (!transaction || !chorus_station_users_forget_expired (db, error)
      || !(answer = chorus_station_users_issue (db, keys, user_id, family, lifetime, error))
      || !chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&answer);
}

JsonNode *
chorus_station_users_refresh (ChorusDatabase           *db,
                              const ChorusStationKeys  *keys,
                              const char               *refresh_token,
                              gint64                    lifetime,
                              GError                  **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autofree char *hash = chorus_station_token_hash (refresh_token);
  g_autoptr (ChorusStatement) statement = NULL;
  g_autofree char *family = NULL;
  g_autofree char *user_id = NULL;
  g_autoptr (JsonNode) answer = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;
  gboolean used = FALSE;

  if (!transaction || !chorus_station_users_forget_expired (db, error)
      || !(statement =
             chorus_statement_new (db, "SELECT family, user_id, used FROM refresh_tokens WHERE token_hash = ?", error)))
    return NULL;
  chorus_statement_bind_text (statement, 1, hash);
  step = chorus_statement_step (statement, error);
  if (step == CHORUS_STEP_ERROR)
    return NULL;
  if (step == CHORUS_STEP_ROW)
    {
      family = chorus_statement_dup_text (statement, 0);
      user_id = chorus_statement_dup_text (statement, 1);
      used = chorus_statement_get_boolean (statement, 2);
      chorus_statement_reset (statement);
    }

  if (family && !used)
    {
      if (!chorus_station_users_write (db, error, "UPDATE refresh_tokens SET used = 1 WHERE token_hash = ?", hash, NULL)
          || !(answer = chorus_station_users_issue (db, keys, user_id, family, lifetime, error))
          || !chorus_transaction_commit (transaction, error))
        return NULL;
      return g_steal_pointer (&answer);
    }

  if (family
      && (!chorus_station_users_write (db, error, "DELETE FROM refresh_tokens WHERE family = ?", family, NULL)
          || !chorus_transaction_commit (transaction, error)))
    return NULL;
  g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN,
                       "The refresh token is not valid any more; sign in again.");

  return NULL;
}
