/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-reply.h"

#include "chorus-rate-limit.h"

ChorusReply *
chorus_reply_new (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *date_text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = date_text ? soup_date_time_new_from_http_string (date_text) : NULL;
  const char *remaining = soup_message_headers_get_one (headers, "X-RateLimit-Remaining");
  guint64 n_remaining = 0;
  ChorusReply *self = g_new0 (ChorusReply, 1);
  gint64 now = 0;

  /* What the server says of the future is by its own clock. */
  self->date = date ? g_date_time_to_unix (date) : -1;
  now = date ? self->date : g_get_real_time () / G_USEC_PER_SEC;
  self->status = soup_message_get_status (message);
  self->body = g_bytes_new (NULL, 0);
  self->retry_after = chorus_rate_limit_parse_delay (soup_message_headers_get_one (headers, "Retry-After"), now);
  self->remaining = -1;
  if (remaining && g_ascii_string_to_unsigned (remaining, 10, 0, G_MAXINT, &n_remaining, NULL))
    self->remaining = (gint64) n_remaining;
  self->reset = chorus_rate_limit_parse_delay (soup_message_headers_get_one (headers, "X-RateLimit-Reset"), now);
  self->request_id = g_strdup (soup_message_headers_get_one (headers, "X-Request-Id"));
  self->location = g_strdup (soup_message_headers_get_one (headers, "Location"));

  return self;
}

void
chorus_reply_free (ChorusReply *self)
{
  g_bytes_unref (self->body);
  g_free (self->request_id);
  g_free (self->location);
  g_free (self);
}

gboolean
chorus_reply_is_success (ChorusReply *self)
{
  return SOUP_STATUS_IS_SUCCESSFUL (self->status);
}
