/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ChorusReply:
 * @status: the HTTP status
 * @date: when the server answered, by its own clock, in seconds since 1970, or -1
 * @body: the body, or as much of it as was read
 * @truncated: whether there was more of it
 * @retry_after: how long the server asks to wait, in seconds, or -1
 * @remaining: how many requests the server still takes before @reset, or -1
 * @reset: when it takes requests again, in seconds from now, or -1
 * @request_id: (nullable): the identifier of the request, from a header
 * @location: (nullable): where a redirect points
 *
 * A whole answer of a server.
 */
typedef struct
{
  guint status;
  gint64 date;
  GBytes *body;
  gboolean truncated;
  gint64 retry_after;
  gint64 remaining;
  gint64 reset;
  char *request_id;
  char *location;
} ChorusReply;

/**
 * chorus_reply_new:
 * @message: a message whose headers have arrived
 *
 * Returns: (transfer full): an answer with an empty body
 */
ChorusReply *chorus_reply_new (SoupMessage *message) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_reply_free:
 * @self: an answer
 */
void chorus_reply_free (ChorusReply *self);

/**
 * chorus_reply_is_success:
 * @self: an answer
 *
 * Returns: whether the server did what it was asked (status 2xx)
 */
gboolean chorus_reply_is_success (ChorusReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusReply, chorus_reply_free)

G_END_DECLS
