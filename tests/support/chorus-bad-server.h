/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An HTTP server for tests that does what it is told, and above all what no server should do.
 *
 * It listens on a free port of the loopback interface and serves each connection in a thread of its own, by hand: HTTP
 * libraries do not misbehave well. Nothing in it sleeps; where it waits, it waits for the client or for the end.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusBadManner:
 * @CHORUS_BAD_MANNER_NONE: reads the request, sends the reply, closes
 * @CHORUS_BAD_MANNER_RESET: reads the request and resets the connection
 * @CHORUS_BAD_MANNER_RESET_IN_BODY: sends half of the body and resets the connection
 * @CHORUS_BAD_MANNER_CLOSE_IN_BODY: sends half of the body and closes the connection
 * @CHORUS_BAD_MANNER_STALL: reads the request and says nothing
 * @CHORUS_BAD_MANNER_STALL_IN_BODY: sends half of the body and then nothing
 * @CHORUS_BAD_MANNER_STALL_READING: stops reading the body of the request after @n_bytes
 * @CHORUS_BAD_MANNER_RESET_READING: resets the connection after @n_bytes of the body of the request
 * @CHORUS_BAD_MANNER_REPLY_EARLY: replies after the head of the request, and then reads the rest of it
 * @CHORUS_BAD_MANNER_ENDLESS: follows the body with JSON up to @n_bytes, made on the way
 *
 * How the server misbehaves.
 */
typedef enum
{
  CHORUS_BAD_MANNER_NONE,
  CHORUS_BAD_MANNER_RESET,
  CHORUS_BAD_MANNER_RESET_IN_BODY,
  CHORUS_BAD_MANNER_CLOSE_IN_BODY,
  CHORUS_BAD_MANNER_STALL,
  CHORUS_BAD_MANNER_STALL_IN_BODY,
  CHORUS_BAD_MANNER_STALL_READING,
  CHORUS_BAD_MANNER_RESET_READING,
  CHORUS_BAD_MANNER_REPLY_EARLY,
  CHORUS_BAD_MANNER_ENDLESS,
} ChorusBadManner;

/**
 * ChorusBadReply:
 * @method: (nullable): the method to answer; %NULL for any
 * @path: (nullable): how the path (with its query) begins; %NULL for any
 * @status: the status; 0 stands for 200
 * @headers: (nullable): further headers, each ending with "\r\n"
 * @body: (nullable): the body
 * @times: how often to reply so; 0 for ever
 * @manner: how to misbehave
 * @n_bytes: see the manners
 * @after_requests: replies only when this many requests have arrived in all; 0 replies at once
 *
 * One rule. The texts are copied.
 */
typedef struct
{
  const char *method;
  const char *path;
  guint status;
  const char *headers;
  const char *body;
  guint times;
  ChorusBadManner manner;
  guint64 n_bytes;
  guint after_requests;
} ChorusBadReply;

/**
 * ChorusBadRequest:
 * @method: the method
 * @path: the path with its query
 * @headers: names in lower case, to values
 * @body: the start of the body, up to 64 KiB
 * @n_body: how much of the body arrived, in bytes
 *
 * What arrived.
 */
typedef struct
{
  char *method;
  char *path;
  GHashTable *headers;
  GBytes *body;
  guint64 n_body;
} ChorusBadRequest;

typedef struct _ChorusBadServer ChorusBadServer;

/* Starts a server without rules: it answers everything with 500. */
ChorusBadServer *chorus_bad_server_new (void);

/* Ends every connection, and waits for their threads. */
void chorus_bad_server_free (ChorusBadServer *self);

/* The address, "http://127.0.0.1:PORT". */
const char *chorus_bad_server_get_url (ChorusBadServer *self);

/* Adds a rule. The first rule that matches and is not used up answers. */
void chorus_bad_server_add (ChorusBadServer      *self,
                            const ChorusBadReply *reply);

/* Forgets all rules and all requests. */
void chorus_bad_server_reset (ChorusBadServer *self);

/* How many requests arrived whose path begins with @path (NULL: all of them). */
guint chorus_bad_server_count (ChorusBadServer *self,
                               const char      *path);

/* The request number @n, from 0, among those whose path begins with @path; stays valid as long as the server. */
const ChorusBadRequest *chorus_bad_server_get_request (ChorusBadServer *self,
                                                       const char      *path,
                                                       guint            n);

/* How many bytes of bodies were sent in all. */
guint64 chorus_bad_server_get_n_sent (ChorusBadServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusBadServer, chorus_bad_server_free)

G_END_DECLS
