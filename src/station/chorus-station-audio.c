/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-audio.h"

#include <string.h>

#include "chorus-byte-range.h"
#include "chorus-station-error.h"

#define CHORUS_STATION_AUDIO_PIECE (256 * 1024)

struct _ChorusStationAudio
{
  GObject parent_instance;

  ChorusStationExchange *exchange;
  char *kind;
  guint64 size;
  GInputStream *stream;
  guint64 first;
  guint64 remaining;
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (ChorusStationAudio, chorus_station_audio, G_TYPE_OBJECT)

static void
chorus_station_audio_finalize (GObject *object)
{
  ChorusStationAudio *self = CHORUS_STATION_AUDIO (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->exchange);
  g_free (self->kind);

  G_OBJECT_CLASS (chorus_station_audio_parent_class)->finalize (object);
}

static void
chorus_station_audio_class_init (ChorusStationAudioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_station_audio_finalize;
}

static void
chorus_station_audio_init (ChorusStationAudio *self)
{
}

/* Once the headers are out a fault can only be told by breaking off: the client misses the bytes that were announced. */
static void
chorus_station_audio_break_off (ChorusStationAudio *self)
{
  SoupServerMessage *message = chorus_station_exchange_get_message (self->exchange);
  g_autoptr (GIOStream) connection = NULL;

  if (chorus_station_exchange_is_finished (self->exchange))
    return;
  connection = soup_server_message_steal_connection (message);
  if (connection)
    g_io_stream_close (connection, NULL, NULL);
}

static void
chorus_station_audio_read_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusStationAudio) self = CHORUS_STATION_AUDIO (user_data);
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  SoupServerMessage *message = chorus_station_exchange_get_message (self->exchange);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  self->reading = FALSE;
  if (chorus_station_exchange_is_finished (self->exchange))
    return;
  if (!piece || g_bytes_get_size (piece) == 0)
    {
      chorus_station_audio_break_off (self);
      return;
    }
  self->remaining -= g_bytes_get_size (piece);
  soup_message_body_append_bytes (body, piece);
  if (self->remaining == 0)
    soup_message_body_complete (body);
  chorus_station_exchange_resume (self->exchange);
  soup_server_message_unpause (message);
}

static void
chorus_station_audio_read (ChorusStationAudio *self)
{
  if (self->remaining == 0 || self->reading)
    return;
  self->reading = TRUE;
  g_input_stream_read_bytes_async (self->stream, (gsize) MIN (self->remaining, CHORUS_STATION_AUDIO_PIECE),
                                   G_PRIORITY_DEFAULT, NULL, chorus_station_audio_read_cb, g_object_ref (self));
}

/* The names under which media types are registered, which differ from the API's short names. */
static const char *
chorus_station_audio_get_media_type (const char *kind)
{
  if (strcmp (kind, "mp3") == 0)
    return "audio/mpeg";
  if (strcmp (kind, "m4a") == 0)
    return "audio/mp4";
  if (strcmp (kind, "webm") == 0)
    return "audio/webm";

  return "audio/wav";
}

/* Files never change, so their id names the representation, and If-Range needs nothing else. */
static ChorusByteRangeKind
chorus_station_audio_read_range (ChorusStationAudio *self,
                                 const char         *etag)
{
  SoupMessageHeaders *request =
    soup_server_message_get_request_headers (chorus_station_exchange_get_message (self->exchange));
  const char *condition = soup_message_headers_get_one (request, "If-Range");
  g_autofree char *range = g_strdup (soup_message_headers_get_one (request, "Range"));

  /* Left in place, libsoup would cut the first piece of a streamed answer by it once more. */
  soup_message_headers_remove (request, "Range");

  return chorus_byte_range_parse (condition && strcmp (condition, etag) != 0 ? NULL : range, self->size, &self->first,
                                  &self->remaining);
}

static gboolean
chorus_station_audio_set_headers (ChorusStationAudio *self)
{
  SoupServerMessage *message = chorus_station_exchange_get_message (self->exchange);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", chorus_station_exchange_get_call (self->exchange)->id);
  ChorusByteRangeKind range = chorus_station_audio_read_range (self, etag);
  g_autofree char *content_range = NULL;

  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  if (range == CHORUS_BYTE_RANGE_NOT_SATISFIABLE)
    {
      g_autoptr (GError) error = g_error_new (CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_RANGE_NOT_SATISFIABLE,
                                              "The file has %" G_GUINT64_FORMAT " bytes.", self->size);

      content_range = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, self->size);
      soup_message_headers_replace (headers, "Content-Range", content_range);
      chorus_station_exchange_fail (self->exchange, error);
      return FALSE;
    }
  if (range == CHORUS_BYTE_RANGE_PART)
    {
      content_range = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                                       self->first, self->first + self->remaining - 1, self->size);
      soup_message_headers_replace (headers, "Content-Range", content_range);
    }
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_set_content_type (headers, chorus_station_audio_get_media_type (self->kind), NULL);
  soup_message_headers_set_content_length (headers, (goffset) self->remaining);
  soup_server_message_set_status (message,
                                  range == CHORUS_BYTE_RANGE_PART ? SOUP_STATUS_PARTIAL_CONTENT : SOUP_STATUS_OK, NULL);

  return TRUE;
}

/* Message, exchange and this object hold each other until here. */
static void
chorus_station_audio_finished_cb (ChorusStationAudio *self,
                                  SoupServerMessage  *message)
{
  g_signal_handlers_disconnect_by_func (message, chorus_station_audio_read, self);
}

static void
chorus_station_audio_open_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusStationAudio) self = CHORUS_STATION_AUDIO (user_data);
  SoupServerMessage *message = chorus_station_exchange_get_message (self->exchange);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (chorus_station_exchange_is_finished (self->exchange))
    return;
  if (!stream)
    chorus_station_exchange_fail (self->exchange, error);
  if (!stream || !chorus_station_audio_set_headers (self)
      || strcmp (soup_server_message_get_method (message), "HEAD") == 0)
    {
      chorus_station_exchange_resume (self->exchange);
      return;
    }

  /* On a file on disk this only notes the position. */
  g_seekable_seek (G_SEEKABLE (stream), (goffset) self->first, G_SEEK_SET, NULL, NULL);
  self->stream = G_INPUT_STREAM (g_steal_pointer (&stream));
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect_data (message, "wrote-chunk", G_CALLBACK (chorus_station_audio_read), g_object_ref (self),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "finished", G_CALLBACK (chorus_station_audio_finished_cb), self, G_CONNECT_SWAPPED);
  chorus_station_audio_read (self);
}

void
chorus_station_audio_send (ChorusStationExchange *exchange,
                           const char            *path,
                           const char            *kind,
                           guint64                size)
{
  g_autoptr (ChorusStationAudio) self = g_object_new (CHORUS_TYPE_STATION_AUDIO, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->exchange = g_object_ref (exchange);
  self->kind = g_strdup (kind);
  self->size = size;
  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, chorus_station_audio_open_cb, g_object_ref (self));
}
