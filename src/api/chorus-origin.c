/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-origin.h"

gboolean
chorus_origin_is_http (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  return host && *host && (g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "http") == 0);
}

gboolean
chorus_origin_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (!host)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address && g_inet_address_get_is_loopback (address);
}

gboolean
chorus_origin_is_protected (GUri *uri)
{
  return g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0 || chorus_origin_is_loopback (uri);
}

static int
chorus_origin_get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port != -1)
    return port;

  return g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

gboolean
chorus_origin_equal (GUri *one,
                     GUri *other)
{
  return chorus_origin_is_http (one) && chorus_origin_is_http (other)
         && g_ascii_strcasecmp (g_uri_get_scheme (one), g_uri_get_scheme (other)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (one), g_uri_get_host (other)) == 0
         && chorus_origin_get_port (one) == chorus_origin_get_port (other);
}
