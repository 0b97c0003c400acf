/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-server.h"

#include <string.h>

#include <glib/gi18n.h>

#include "chorus-api-error-private.h"
#include "chorus-origin.h"

struct _ChorusServer
{
  GObject parent_instance;

  GUri *uri;
  char *base_url;
  char *name;
  char *methods[CHORUS_N_ENDPOINTS]; /* NULL where the table holds */
  char *paths[CHORUS_N_ENDPOINTS];
};

G_DEFINE_FINAL_TYPE (ChorusServer, chorus_server, G_TYPE_OBJECT)

static void
chorus_server_finalize (GObject *object)
{
  ChorusServer *self = CHORUS_SERVER (object);

  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->base_url);
  g_free (self->name);
  for (guint i = 0; i < CHORUS_N_ENDPOINTS; i++)
    {
      g_free (self->methods[i]);
      g_free (self->paths[i]);
    }

  G_OBJECT_CLASS (chorus_server_parent_class)->finalize (object);
}

static void
chorus_server_class_init (ChorusServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_server_finalize;
}

static void
chorus_server_init (ChorusServer *self)
{
}

/* Returns the address without what no base address has, or NULL. */
static GUri *
chorus_server_parse_base_url (const char  *base_url,
                              GError     **error)
{
  g_autofree char *text = g_strstrip (g_strdup (base_url));
  g_autoptr (GUri) uri = g_uri_parse (text, CHORUS_ORIGIN_URI_FLAGS, NULL);

  if (!uri || !chorus_origin_is_http (uri) || g_uri_get_userinfo (uri) || g_uri_get_query (uri)
      || g_uri_get_fragment (uri))
    {
      g_propagate_error (error, chorus_api_error_new (CHORUS_API_ERROR_FAILED,
                                                      _("This is not the address of a server. An address looks like "
                                                         "https://api.darukaa.com"),
                                                      NULL));
      return NULL;
    }
  if (!chorus_origin_is_protected (uri))
    {
      g_propagate_error (error, chorus_api_error_new (CHORUS_API_ERROR_INSECURE,
                                                      _("The address begins with http, which would send your sign-in "
                                                         "and your recordings unprotected. Use an address that begins "
                                                         "with https."),
                                                      NULL));
      return NULL;
    }

  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);

  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';

  return g_uri_build (CHORUS_ORIGIN_URI_FLAGS, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), path, NULL,
                      NULL);
}

/* The placeholder of a template with its braces, or NULL. */
static char *
chorus_server_find_placeholder (const char *path)
{
  const char *open = strchr (path, '{');
  const char *close = open ? strchr (open, '}') : NULL;

  return close ? g_strndup (open, (gsize) (close - open + 1)) : NULL;
}

static gboolean
chorus_server_method_is_valid (const char *method)
{
  return g_strcmp0 (method, "GET") == 0 || g_strcmp0 (method, "POST") == 0 || g_strcmp0 (method, "PUT") == 0;
}

/* A path that stays at the server: one slash in front, printable ASCII, and the placeholder of the table exactly once. */
static gboolean
chorus_server_path_is_valid (ChorusEndpoint  endpoint,
                             const char     *path)
{
  g_autofree char *expected = chorus_server_find_placeholder (chorus_endpoint_get_path (endpoint));
  g_autofree char *rest = NULL;

  if (path[0] != '/' || path[1] == '/')
    return FALSE;
  for (const char *p = path; *p; p++)
    if (!g_ascii_isgraph (*p) || *p == '#' || *p == '\\')
      return FALSE;

  if (expected)
    {
      g_auto (GStrv) parts = g_strsplit (path, expected, -1);

      if (g_strv_length (parts) != 2)
        return FALSE;
      rest = g_strjoinv ("", parts);
    }
  else
    {
      rest = g_strdup (path);
    }

  return !strpbrk (rest, "{}");
}

static gboolean
chorus_server_override (ChorusServer    *self,
                        ChorusEndpoint   endpoint,
                        const char      *value,
                        GError         **error)
{
  g_autofree char *text = g_strstrip (g_strdup (value));
  char *path = strchr (text, ' ');

  if (path)
    {
      *path = '\0';
      path = g_strchug (path + 1);
      self->methods[endpoint] = g_ascii_strup (text, -1);
    }
  else
    {
      path = text;
    }

  if ((self->methods[endpoint] && !chorus_server_method_is_valid (self->methods[endpoint]))
      || !chorus_server_path_is_valid (endpoint, path))
    {
      g_autofree char *sentence =
        g_strdup_printf (_("The server profile has an address for “%s” that cannot be used. It "
                            "needs the form of the built-in one, %s"),
                         chorus_endpoint_get_name (endpoint), chorus_endpoint_get_path (endpoint));

      g_propagate_error (error, chorus_api_error_new (CHORUS_API_ERROR_FAILED, sentence, NULL));
      return FALSE;
    }
  self->paths[endpoint] = g_strdup (path);

  return TRUE;
}

static char *
chorus_server_make_name (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (g_strcmp0 (host, "darukaa.com") == 0 || g_str_has_suffix (host, ".darukaa.com"))
    return g_strdup ("Darukaa");

  return g_strdup (host);
}

ChorusServer *
chorus_server_new (const char  *base_url,
                   const char  *name,
                   GKeyFile    *overrides,
                   GError     **error)
{
  g_return_val_if_fail (base_url != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (ChorusServer) self = g_object_new (CHORUS_TYPE_SERVER, NULL);

  self->uri = chorus_server_parse_base_url (base_url, error);
  if (!self->uri)
    return NULL;
  self->base_url = g_uri_to_string (self->uri);
  if (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  /* Every path of the table begins with a slash, and GLib normalizes the empty path to "/". */
  if (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  self->name = name && *name ? g_strdup (name) : chorus_server_make_name (self->uri);

  for (guint i = 0; overrides && i < CHORUS_N_ENDPOINTS; i++)
    {
      g_autofree char *value =
        g_key_file_get_string (overrides, CHORUS_SERVER_ENDPOINTS_GROUP, chorus_endpoint_get_name (i), NULL);

      if (value && !chorus_server_override (self, i, value, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

const char *
chorus_server_get_base_url (ChorusServer *self)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), NULL);

  return self->base_url;
}

const char *
chorus_server_get_name (ChorusServer *self)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), NULL);

  return self->name;
}

const char *
chorus_server_get_method (ChorusServer   *self,
                          ChorusEndpoint  endpoint)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), NULL);
  g_return_val_if_fail ((guint) endpoint < CHORUS_N_ENDPOINTS, NULL);

  return self->methods[endpoint] ? self->methods[endpoint] : chorus_endpoint_get_method (endpoint);
}

const char *
chorus_server_get_path (ChorusServer   *self,
                        ChorusEndpoint  endpoint)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), NULL);
  g_return_val_if_fail ((guint) endpoint < CHORUS_N_ENDPOINTS, NULL);

  return self->paths[endpoint] ? self->paths[endpoint] : chorus_endpoint_get_path (endpoint);
}

char *
chorus_server_dup_url (ChorusServer    *self,
                       ChorusEndpoint   endpoint,
                       const char      *id,
                       GError         **error)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), NULL);

  const char *path = chorus_server_get_path (self, endpoint);
  g_autofree char *placeholder = chorus_server_find_placeholder (path);

  if (!placeholder)
    return g_strconcat (self->base_url, path, NULL);

  /* Percent-encoded dots are still dots to most servers, so these two cannot be sent at all. */
  if (!id || !*id || g_str_equal (id, ".") || g_str_equal (id, ".."))
    {
      g_propagate_error (error,
                         chorus_api_error_new (CHORUS_API_ERROR_BAD_REQUEST,
                                               _("This identifier cannot be used. Check it for typing mistakes."),
                                               NULL));
      return NULL;
    }

  const char *at = strstr (path, placeholder);
  g_autofree char *before = g_strndup (path, (gsize) (at - path));
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (self->base_url, before, escaped, at + strlen (placeholder), NULL);
}

gboolean
chorus_server_is_local (ChorusServer *self)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), FALSE);

  return chorus_origin_is_loopback (self->uri);
}

gboolean
chorus_server_owns_uri (ChorusServer *self,
                        GUri         *uri)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  return chorus_origin_equal (self->uri, uri);
}
