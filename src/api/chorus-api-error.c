/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-api-error-private.h"

#include <string.h>

#include <gio/gio.h>

/* Enough for any message that was written for people; a page of HTML is cut. */
#define CHORUS_API_ERROR_MAX_TEXT 2000

/* A secret shorter than this would blot out ordinary words. */
#define CHORUS_API_ERROR_MIN_SECRET 4

typedef struct
{
  guint status;
  char *code;
  char *server_message;
  char *details;
  char *request_id;
  gint64 retry_after;
  gboolean broken;
} ChorusApiErrorPrivate;

static void
chorus_api_error_private_init (ChorusApiErrorPrivate *priv)
{
  priv->retry_after = -1;
}

static void
chorus_api_error_private_copy (const ChorusApiErrorPrivate *source,
                               ChorusApiErrorPrivate       *copy)
{
  copy->status = source->status;
  copy->code = g_strdup (source->code);
  copy->server_message = g_strdup (source->server_message);
  copy->details = g_strdup (source->details);
  copy->request_id = g_strdup (source->request_id);
  copy->retry_after = source->retry_after;
  copy->broken = source->broken;
}

static void
chorus_api_error_private_clear (ChorusApiErrorPrivate *priv)
{
  g_clear_pointer (&priv->code, g_free);
  g_clear_pointer (&priv->server_message, g_free);
  g_clear_pointer (&priv->details, g_free);
  g_clear_pointer (&priv->request_id, g_free);
}

/* GLib keeps what belongs to an error in front of it, aligned for anything, and finds it by counting bytes. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (ChorusApiError, chorus_api_error)
#pragma GCC diagnostic pop

/* Valid UTF-8 of a bounded length, or NULL for nothing. */
static char *
chorus_api_error_tame (const char *text)
{
  if (!text || !*text)
    return NULL;

  g_autofree char *start = g_strndup (text, CHORUS_API_ERROR_MAX_TEXT);
  const char *end = NULL;

  /* A character that was cut in two at the end is left out rather than shown as damage. */
  if (strlen (text) > CHORUS_API_ERROR_MAX_TEXT && !g_utf8_validate (start, -1, &end)
      && start + strlen (start) - end < 4)
    start[end - start] = '\0';

  g_autofree char *valid = g_utf8_make_valid (start, -1);

  g_strstrip (valid);

  return *valid ? g_steal_pointer (&valid) : NULL;
}

GError *
chorus_api_error_new (ChorusApiError             code,
                      const char                *sentence,
                      const ChorusApiErrorFacts *facts)
{
  GError *error = g_error_new_literal (CHORUS_API_ERROR, (int) code, sentence);

  if (facts)
    {
      ChorusApiErrorPrivate *priv = chorus_api_error_get_private (error);

      priv->status = facts->status;
      priv->code = chorus_api_error_tame (facts->code);
      priv->server_message = chorus_api_error_tame (facts->server_message);
      priv->details = chorus_api_error_tame (facts->details);
      priv->request_id = chorus_api_error_tame (facts->request_id);
      priv->retry_after = facts->retry_after;
      priv->broken = facts->broken;
    }

  return error;
}

static void
chorus_api_error_blot (char       **text,
                       const char  *secret)
{
  if (*text && strstr (*text, secret))
    {
      g_auto (GStrv) parts = g_strsplit (*text, secret, -1);

      g_free (*text);
      *text = g_strjoinv ("…", parts);
    }
}

void
chorus_api_error_redact (GError     *error,
                         const char *secret)
{
  if (!error || error->domain != CHORUS_API_ERROR || !secret || strlen (secret) < CHORUS_API_ERROR_MIN_SECRET)
    return;

  ChorusApiErrorPrivate *priv = chorus_api_error_get_private (error);

  chorus_api_error_blot (&priv->code, secret);
  chorus_api_error_blot (&priv->server_message, secret);
  chorus_api_error_blot (&priv->details, secret);
  chorus_api_error_blot (&priv->request_id, secret);
}

static const ChorusApiErrorPrivate *
chorus_api_error_peek (const GError *error)
{
  return error && error->domain == CHORUS_API_ERROR ? chorus_api_error_get_private (error) : NULL;
}

guint
chorus_api_error_get_status (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv ? priv->status : 0;
}

const char *
chorus_api_error_get_code (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv ? priv->code : NULL;
}

const char *
chorus_api_error_get_server_message (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv ? priv->server_message : NULL;
}

const char *
chorus_api_error_get_details (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv ? priv->details : NULL;
}

const char *
chorus_api_error_get_request_id (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv ? priv->request_id : NULL;
}

gint64
chorus_api_error_get_retry_after (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv ? priv->retry_after : -1;
}

gboolean
chorus_api_error_is_broken (const GError *error)
{
  const ChorusApiErrorPrivate *priv = chorus_api_error_peek (error);

  return priv && priv->broken;
}
