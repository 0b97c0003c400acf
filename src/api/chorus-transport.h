/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-progress.h"
#include "chorus-reply.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_TRANSPORT (chorus_transport_get_type ())

/**
 * ChorusTransport:
 *
 * HTTP as Chorus uses it: no redirects, no authentication and no restarts by the library, a bound on every wait and on
 * every body. What goes wrong is reported in the words of GIO; see chorus_failure_from_error() for ours.
 */
G_DECLARE_FINAL_TYPE (ChorusTransport, chorus_transport, CHORUS, TRANSPORT, GObject)

/**
 * chorus_transport_new:
 * @timeout: how long to wait for any sign of the server, in seconds
 *
 * Returns: (transfer full): a transport with connections of its own
 */
ChorusTransport *chorus_transport_new (guint timeout) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_transport_set_timeout:
 * @self: a transport
 * @timeout: how long to wait for any sign of the server, in seconds
 */
void chorus_transport_set_timeout (ChorusTransport *self,
                                   guint            timeout);

/**
 * chorus_transport_new_message:
 * @method: an HTTP method
 * @uri: an address, http or https
 *
 * Returns: (transfer full): a message without any credential
 */
SoupMessage *chorus_transport_new_message (const char *method,
                                           GUri       *uri) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_transport_send_async:
 * @self: a transport
 * @message: a message of chorus_transport_new_message(), to be sent once
 * @max_bytes: how much of the body to take, in bytes; a larger one fails with %G_IO_ERROR_MESSAGE_TOO_LARGE, unless it
 *   is the body of an error, of which the start is enough
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Sends a message and reads the whole answer.
 */
void chorus_transport_send_async (ChorusTransport     *self,
                                  SoupMessage         *message,
                                  gsize                max_bytes,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/**
 * chorus_transport_fetch_async:
 * @self: a transport
 * @message: a message of chorus_transport_new_message(), to be sent once
 * @sink: where to write the body of a success; written to, not closed
 * @progress: counts what arrives; has to stay until @callback is called
 * @max_bytes: see chorus_transport_send_async()
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done; ends with chorus_transport_send_finish()
 * @user_data: data for @callback
 *
 * Sends a message and lets the body run through to a stream.
 */
void chorus_transport_fetch_async (ChorusTransport     *self,
                                   SoupMessage         *message,
                                   GOutputStream       *sink,
                                   ChorusProgress      *progress,
                                   gsize                max_bytes,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

/**
 * chorus_transport_upload_async:
 * @self: a transport
 * @message: a message of chorus_transport_new_message() with a body that may be large, to be sent once
 * @max_bytes: see chorus_transport_send_async()
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done; ends with chorus_transport_send_finish()
 * @user_data: data for @callback
 *
 * Sends a message and reads the whole answer in a thread of its own, in which @message emits its signals. libsoup sends
 * a body in pieces of 8 KiB, and in the main loop each costs several rounds of it: a third of the speed, and time that
 * the interface needs.
 */
void chorus_transport_upload_async (ChorusTransport     *self,
                                    SoupMessage         *message,
                                    gsize                max_bytes,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/**
 * chorus_transport_send_finish:
 * @self: a transport
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, whatever its status; without a body when that went to a stream
 */
ChorusReply *chorus_transport_send_finish (ChorusTransport  *self,
                                           GAsyncResult     *result,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_transport_wait_for_uploads:
 * @timeout: how long to wait at most, in microseconds
 *
 * Waits until no thread of an upload is left. This blocks, so it is for the end of the program, after every upload has
 * been cancelled.
 *
 * Returns: whether all of them have ended
 */
gboolean chorus_transport_wait_for_uploads (gint64 timeout);

G_END_DECLS
