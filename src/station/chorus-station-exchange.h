/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "chorus-station-route.h"
#include "chorus-upload-receiver.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STATION_EXCHANGE (chorus_station_exchange_get_type ())

/**
 * ChorusStationExchange:
 *
 * One request and its answer. Lives on the main thread; its call is lent to the store while the exchange is paused.
 */
G_DECLARE_FINAL_TYPE (ChorusStationExchange, chorus_station_exchange, CHORUS, STATION_EXCHANGE, GObject)

/**
 * chorus_station_exchange_new:
 * @message: a request whose headers have arrived
 * @folder: the data folder
 *
 * Attaches an exchange to @message, which keeps it until the message is finished.
 *
 * Returns: (transfer none): the exchange
 */
ChorusStationExchange *chorus_station_exchange_new (SoupServerMessage   *message,
                                                    ChorusStationFolder *folder);

/**
 * chorus_station_exchange_get:
 * @message: a request
 *
 * Returns: (transfer none) (nullable): its exchange
 */
ChorusStationExchange *chorus_station_exchange_get (SoupServerMessage *message);
SoupServerMessage *chorus_station_exchange_get_message (ChorusStationExchange *self);
ChorusStationCall *chorus_station_exchange_get_call (ChorusStationExchange *self);
const ChorusStationRoute *chorus_station_exchange_get_route (ChorusStationExchange *self);

/**
 * chorus_station_exchange_route:
 * @self: an exchange
 * @path: the path of the request, percent-encoded
 * @query: (nullable) (element-type utf8 utf8): its query
 *
 * Finds the route and begins to collect the body as the route wants it. Where there is no route the answer is set.
 *
 * Returns: whether there is a route
 */
gboolean chorus_station_exchange_route (ChorusStationExchange *self,
                                        const char            *path,
                                        GHashTable            *query);

/**
 * chorus_station_exchange_read_body:
 * @self: an exchange whose body has arrived
 *
 * Makes the body the call's, if the route has one. Where it is not valid the answer is set.
 *
 * Returns: whether all is well
 */
gboolean chorus_station_exchange_read_body (ChorusStationExchange *self);

/**
 * chorus_station_exchange_get_receiver:
 * @self: an exchange
 *
 * Returns: (transfer none) (nullable): what took the body of an upload
 */
ChorusUploadReceiver *chorus_station_exchange_get_receiver (ChorusStationExchange *self);

/**
 * chorus_station_exchange_pause:
 * @self: an exchange
 *
 * Stops reading and writing until chorus_station_exchange_resume().
 */
void chorus_station_exchange_pause (ChorusStationExchange *self);

/**
 * chorus_station_exchange_resume:
 * @self: an exchange
 *
 * Goes on, unless the client is gone.
 */
void chorus_station_exchange_resume (ChorusStationExchange *self);

/**
 * chorus_station_exchange_is_finished:
 * @self: an exchange
 *
 * Returns: whether the answer was sent, or the client is gone
 */
gboolean chorus_station_exchange_is_finished (ChorusStationExchange *self);

/**
 * chorus_station_exchange_answer:
 * @self: an exchange
 * @status: the HTTP status
 * @json: the body
 *
 * Sets the answer.
 */
void chorus_station_exchange_answer (ChorusStationExchange *self,
                                     guint                  status,
                                     GBytes                *json);

/**
 * chorus_station_exchange_fail:
 * @self: an exchange
 * @error: what was wrong
 *
 * Sets the answer to the envelope of @error. A fault of the station is logged under the id of the request.
 */
void chorus_station_exchange_fail (ChorusStationExchange *self,
                                   const GError          *error);

G_END_DECLS
