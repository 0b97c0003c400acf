/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-station-exchange.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STATION_AUDIO (chorus_station_audio_get_type ())

/**
 * ChorusStationAudio:
 *
 * A file on its way to a client, piece by piece; it is never in memory as a whole.
 */
G_DECLARE_FINAL_TYPE (ChorusStationAudio, chorus_station_audio, CHORUS, STATION_AUDIO, GObject)

/**
 * chorus_station_audio_send:
 * @exchange: a paused exchange
 * @path: (type filename): the file
 * @kind: the short name of its kind
 * @size: its size, in bytes
 *
 * Answers with the file or the part of it that the client asks for, and resumes the exchange.
 */
void chorus_station_audio_send (ChorusStationExchange *exchange,
                                const char            *path,
                                const char            *kind,
                                guint64                size);

G_END_DECLS
