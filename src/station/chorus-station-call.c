/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-call.h"

#include "chorus-station-error.h"
#include "chorus-station-json.h"

#define CHORUS_STATION_CALL_DEFAULT_LIMIT 100
#define CHORUS_STATION_CALL_MAX_LIMIT 1000
#define CHORUS_STATION_CALL_MAX_NAME 200

ChorusStationCall *
chorus_station_call_new (void)
{
  ChorusStationCall *self = g_new0 (ChorusStationCall, 1);

  self->limit = CHORUS_STATION_CALL_DEFAULT_LIMIT;
  self->status = 200;

  return self;
}

void
chorus_station_call_free (ChorusStationCall *self)
{
  if (!self)
    return;

  g_free (self->id);
  g_free (self->user_id);
  g_free (self->origin);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->received, g_ptr_array_unref);
  g_free (self);
}

static gboolean
chorus_station_call_read_number (GHashTable  *query,
                                 const char  *name,
                                 gint64       minimum,
                                 gint64       maximum,
                                 gint64      *number,
                                 GError     **error)
{
  const char *text = query ? g_hash_table_lookup (query, name) : NULL;

  if (!text || g_ascii_string_to_signed (text, 10, minimum, maximum, number, NULL))
    return TRUE;
  g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
               "%s must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".", name, minimum, maximum);

  return FALSE;
}

gboolean
chorus_station_call_set_query (ChorusStationCall  *self,
                               GHashTable         *query,
                               GError            **error)
{
  return chorus_station_call_read_number (query, "skip", 0, G_MAXINT64, &self->skip, error)
         && chorus_station_call_read_number (query, "limit", 1, CHORUS_STATION_CALL_MAX_LIMIT, &self->limit, error);
}

const char *
chorus_station_call_get_name (ChorusStationCall  *self,
                              const char         *member,
                              GError            **error)
{
  const char *name = chorus_station_json_get_string (self->body, member);
  g_autofree char *stripped = g_strstrip (g_strdup (name ? name : ""));

  if (*stripped != '\0' && g_utf8_strlen (name, -1) <= CHORUS_STATION_CALL_MAX_NAME)
    return name;
  g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
               "%s must be a string that is not blank and has at most %d characters.", member,
               CHORUS_STATION_CALL_MAX_NAME);

  return NULL;
}
