/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-shelf.h"

#include <json-glib/json-glib.h>
#include <string.h>

struct _ChorusUploadShelf
{
  GPtrArray *files; /* of ChorusUploadShelved */
};

static void
chorus_upload_shelved_free (gpointer data)
{
  ChorusUploadShelved *file = data;

  g_free (file->file_id);
  g_free (file->sha256);
  g_free (file);
}

ChorusUploadShelf *
chorus_upload_shelf_new (void)
{
  ChorusUploadShelf *self = g_new0 (ChorusUploadShelf, 1);

  self->files = g_ptr_array_new_with_free_func (chorus_upload_shelved_free);

  return self;
}

void
chorus_upload_shelf_free (ChorusUploadShelf *self)
{
  g_ptr_array_unref (self->files);
  g_free (self);
}

static GBytes *
chorus_upload_shelf_unpack_one (JsonNode *node)
{
  const char *uri = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  const char *marker = uri ? strstr (uri, ";base64,") : NULL;

  if (!marker || !g_str_has_prefix (uri, "data:audio/") || strchr (uri, ';') != marker)
    return NULL;

  const char *text = marker + strlen (";base64,");
  gsize n_text = strlen (text);
  gsize n_padding = n_text - strcspn (text, "=");
  gsize size = 0;
  g_autofree guchar *data = g_base64_decode (text, &size);

  /* g_base64_decode() skips what is no base64, which would hide damage. */
  if (n_text % 4 != 0 || size != n_text / 4 * 3 - n_padding)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

GPtrArray *
chorus_upload_shelf_unpack (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize size = 0;
  const char *text = g_bytes_get_data (body, &size);

  if (!text || !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;

  JsonNode *root = json_parser_get_root (parser);
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *member = object ? json_object_get_member (object, "files") : NULL;
  JsonArray *array = member && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;

  if (!array)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      GBytes *file = chorus_upload_shelf_unpack_one (json_array_get_element (array, i));

      if (!file)
        return NULL;
      g_ptr_array_add (files, file);
    }

  return g_steal_pointer (&files);
}

static guint32
chorus_upload_shelf_read_uint32 (const guint8 *data)
{
  return (guint32) data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 | (guint32) data[3] << 24;
}

/* Bytes of samples over bytes a second, from the `data` and `fmt ` chunks. */
static double
chorus_upload_shelf_measure (const guint8 *data,
                             gsize         size)
{
  guint32 byte_rate = 0;
  gsize at = 12;

  if (size < 12 || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WAVE", 4) != 0)
    return 0;
  while (at + 8 <= size)
    {
      guint32 length = chorus_upload_shelf_read_uint32 (data + at + 4);

      if (memcmp (data + at, "fmt ", 4) == 0 && at + 20 <= size)
        byte_rate = chorus_upload_shelf_read_uint32 (data + at + 16);
      else if (memcmp (data + at, "data", 4) == 0)
        return byte_rate > 0 ? (double) length / byte_rate : 0;
      at += 8 + (gsize) length + (length & 1);
    }

  return 0;
}

const ChorusUploadShelved *
chorus_upload_shelf_keep (ChorusUploadShelf *self,
                          GBytes            *bytes,
                          gint64             now,
                          guint              listed_from,
                          gboolean           foreign)
{
  ChorusUploadShelved *file = g_new0 (ChorusUploadShelved, 1);
  const guint8 *data = g_bytes_get_data (bytes, &file->size);

  file->file_id = g_strdup_printf ("file-%04u", self->files->len);
  file->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  file->duration = chorus_upload_shelf_measure (data, file->size);
  file->created_at = now;
  file->listed_from = listed_from;
  file->foreign = foreign;
  g_ptr_array_add (self->files, file);

  return file;
}

guint
chorus_upload_shelf_get_n_files (ChorusUploadShelf *self)
{
  return self->files->len;
}

const ChorusUploadShelved *
chorus_upload_shelf_get (ChorusUploadShelf *self,
                         guint              position)
{
  return g_ptr_array_index (self->files, position);
}

const ChorusUploadShelved *
chorus_upload_shelf_find (ChorusUploadShelf *self,
                          const char        *file_id)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const ChorusUploadShelved *file = g_ptr_array_index (self->files, i);

      if (strcmp (file->file_id, file_id) == 0)
        return file;
    }

  return NULL;
}

guint
chorus_upload_shelf_count (ChorusUploadShelf *self,
                           const char        *sha256)
{
  guint n = 0;

  for (guint i = 0; i < self->files->len; i++)
    {
      const ChorusUploadShelved *file = g_ptr_array_index (self->files, i);

      n += strcmp (file->sha256, sha256) == 0;
    }

  return n;
}

void
chorus_upload_shelf_describe (const ChorusUploadShelved *file,
                              ChorusUploadLacks          lacks,
                              GString                   *json)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (file->created_at);
  g_autofree char *time = g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ");
  char duration[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, "{\"file_id\":\"%s\",\"name\":\"stored-%s.wav\",\"url\":\"gs://bucket/%s\"",
                          file->file_id, file->file_id, file->file_id);
  if (!(lacks & CHORUS_UPLOAD_LACKS_CREATED_AT))
    g_string_append_printf (json, ",\"created_at\":\"%s\",\"updated_at\":\"%s\"", time, time);
  if (!(lacks & CHORUS_UPLOAD_LACKS_SIZE))
    g_string_append_printf (json, ",\"size\":%" G_GSIZE_FORMAT, file->size);
  if (!(lacks & CHORUS_UPLOAD_LACKS_DURATION))
    g_string_append_printf (json, ",\"duration\":%s", g_ascii_dtostr (duration, sizeof duration, file->duration));
  if (!(lacks & CHORUS_UPLOAD_LACKS_RUNS))
    g_string_append_printf (json,
                            ",\"uploaded_by_user\":{\"email\":\"%s@example.com\",\"first_name\":\"U\"},"
                            "\"inferences\":[]",
                            file->foreign ? "somebody-else" : "user");
  g_string_append (json, ",\"deployment_id\":\"deployment-1\"}");
}

char *
chorus_upload_shelf_list (ChorusUploadShelf *self,
                          ChorusUploadLacks  lacks,
                          guint              listing,
                          guint              skip,
                          guint              limit,
                          gboolean           newest_first)
{
  g_autoptr (GString) json = g_string_new ("[");
  guint n_seen = 0;

  for (guint i = 0; i < self->files->len; i++)
    {
      const ChorusUploadShelved *file = g_ptr_array_index (self->files, newest_first ? self->files->len - 1 - i : i);

      if (file->listed_from > listing || n_seen++ < skip || (limit > 0 && n_seen - skip > limit))
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      chorus_upload_shelf_describe (file, lacks, json);
    }
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}
