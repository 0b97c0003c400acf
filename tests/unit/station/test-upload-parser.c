/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-upload-parser.h"

#include <string.h>

#include "station/chorus-station-error.h"

#define TEST_MAX_FILES 3
#define TEST_MAX_FILE_SIZE 1000

/* What the sink was told, as one text: "<" begins a file, ">" ends it. */
static gboolean
test_begin_file (gpointer   user_data,
                 GError   **error)
{
  g_string_append_c (user_data, '<');

  return TRUE;
}

static gboolean
test_file_data (gpointer       user_data,
                const guint8  *bytes,
                gsize          n_bytes,
                GError       **error)
{
  g_assert_cmpuint (n_bytes, >, 0);
  g_string_append_len (user_data, (const char *) bytes, (gssize) n_bytes);

  return TRUE;
}

static gboolean
test_end_file (gpointer   user_data,
               GError   **error)
{
  g_string_append_c (user_data, '>');

  return TRUE;
}

static const ChorusUploadSink test_sink = { test_begin_file, test_file_data, test_end_file };

/* Parses in pieces that end at @first, at @second and at the end. NULL when it is refused. */
static char *
test_parse_split (const char  *body,
                  gsize        first,
                  gsize        second,
                  GError     **error)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (ChorusUploadParser) parser =
    chorus_upload_parser_new (&test_sink, told, TEST_MAX_FILES, TEST_MAX_FILE_SIZE);
  const guint8 *bytes = (const guint8 *) body;

  if (!chorus_upload_parser_push (parser, bytes, first, error)
      || !chorus_upload_parser_push (parser, bytes + first, second - first, error)
      || !chorus_upload_parser_push (parser, bytes + second, strlen (body) - second, error)
      || !chorus_upload_parser_finish (parser, error))
    return NULL;

  return g_string_free (g_steal_pointer (&told), FALSE);
}

typedef struct
{
  const char *body;
  const char *told;
} TestBody;

static const TestBody test_right[] = {
  { "{\"files\":[\"data:audio/wav;base64,QUJD\"]}", "<ABC>" },
  { " {\t\"files\" :\r\n[ \"data:audio/wav;base64,QUI=\" , \"data:audio/mp3;base64,Qw==\" ] }\n", "<AB><C>" },
  { "{\"files\":[\"data:audio\\/wav;base64,QUJD\"]}", "<ABC>" },
  { "{\"files\":[\"\\u0064ata:audio/wav;base64\\u002CQ\\u0055JD\"]}", "<ABC>" },
  { "{\"f\\u0069les\":[\"data:audio/wav;base64,QUJD\"]}", "<ABC>" },
  { "{\"files\":[\"data:audio/wav;base64,Pz8\\/\"]}", "<?"
                                                      "?"
                                                      "?>" },
  { "{\"files\":[\"data:audio/webm;codecs=opus;base64,QUJD\"]}", "<ABC>" },
  { "{\"files\":[\"DATA:Audio/Wav;BASE64,QUJD\"]}", "<ABC>" },
  { "{\"files\":[\"data:audio/wav;base64,\"]}", "<>" },
  { "{\"files\":[\"data:audio/wav;base64,QU\\nJD\"]}", "<ABC>" },
  { "{\"files\":[\"data:audio/wav;base64,QU\nJD\n\"]}", "<ABC>" },
  { "{\"note\":{\"files\":[1,{\"x\":[]}],\"a\":-1.5e+3},\"files\":[\"data:audio/wav;base64,QUJD\"],\"z\":[true,false,null,\"]}\\\"\",{}]}",
    "<ABC>" },
  { "{\"n\":\"\\ud83d\\ude00 \xc3\xa9\",\"files\":[\"data:audio/wav;base64,QUJD\"]}", "<ABC>" },
};

static void
test_every_split (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (test_right); i++)
    {
      gsize length = strlen (test_right[i].body);

      g_test_message ("%s", test_right[i].body);
      for (gsize first = 0; first <= length; first++)
        {
          for (gsize second = first; second <= length; second++)
            {
              g_autoptr (GError) error = NULL;
              g_autofree char *told = test_parse_split (test_right[i].body, first, second, &error);

              g_assert_no_error (error);
              g_assert_cmpstr (told, ==, test_right[i].told);
            }
        }
    }
}

static const char *const test_wrong[] = {
  "",
  " ",
  "[]",
  "\"files\"",
  "{}",
  "{\"files\":[]}",
  "{\"files\":\"data:audio/wav;base64,QUJD\"}",
  "{\"files\":null}",
  "{\"files\":[1]}",
  "{\"files\":[null]}",
  "{\"files\":[[\"data:audio/wav;base64,QUJD\"]]}",
  "{\"files\":[\"\"]}",
  "{\"files\":[\"QUJD\"]}",
  "{\"files\":[\"data:text/plain;base64,QUJD\"]}",
  "{\"files\":[\"data:audio/wav,QUJD\"]}",
  "{\"files\":[\"data:audio/wav;base64\"]}",
  "{\"files\":[\"data:audio/wav;base64,QUJ\"]}",
  "{\"files\":[\"data:audio/wav;base64,QU-D\"]}",
  "{\"files\":[\"data:audio/wav;base64,QQ==QQ==\"]}",
  "{\"files\":[\"data:audio/wav;base64,QUJD\\u00e9\"]}",
  "{\"files\":[\"data:audio/wav;base64,QUJD\"],}",
  "{\"files\":[\"data:audio/wav;base64,QUJD\",]}",
  "{\"files\":[\"data:audio/wav;base64,QUJD\"}",
  "{\"files\":[\"data:audio/wav;base64,QUJD\"]",
  "{\"files\":[\"data:audio/wav;base64,QUJD\"]}}",
  "{\"files\":[\"data:audio/wav;base64,QUJD\"]} x",
  "{\"files\":[\"data:audio/wav;base64,QUJD\"],\"files\":[]}",
  "{\"files\" [\"data:audio/wav;base64,QUJD\"]}",
  "{files:[\"data:audio/wav;base64,QUJD\"]}",
  "{\"a\":tru,\"files\":[\"data:audio/wav;base64,QUJD\"]}",
  "{\"a\":1x,\"files\":[\"data:audio/wav;base64,QUJD\"]}",
  "{\"a\":1.2.3,\"files\":[\"data:audio/wav;base64,QUJD\"]}",
  "{\"a\":\"\\x\",\"files\":[\"data:audio/wav;base64,QUJD\"]}",
  "{\"a\":\"\\u12g4\",\"files\":[\"data:audio/wav;base64,QUJD\"]}",
  "{\"a\":\"\n\",\"files\":[\"data:audio/wav;base64,QUJD\"]}",
  "{\"x\":{\"files\":[\"data:audio/wav;base64,QUJD\"]}}",
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (test_wrong); i++)
    {
      gsize length = strlen (test_wrong[i]);

      g_test_message ("%s", test_wrong[i]);
      for (gsize first = 0; first <= length; first++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *told = test_parse_split (test_wrong[i], first, length, &error);

          g_assert_null (told);
          g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST);
        }
    }
}

static void
test_nesting (void)
{
  g_autoptr (GString) body = g_string_new ("{\"a\":");
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_c (body, '[');
  told = test_parse_split (body->str, 7, 100, &error);
  g_assert_null (told);
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST);
}

static void
test_too_many_files (void)
{
  g_autoptr (GString) body = g_string_new ("{\"files\":[");
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;
  g_autofree char *refused = NULL;

  for (guint i = 0; i < TEST_MAX_FILES; i++)
    g_string_append_printf (body, "%s\"data:audio/wav;base64,QQ==\"", i > 0 ? "," : "");
  g_string_append (body, "]}");
  told = test_parse_split (body->str, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (told, ==, "<A><A><A>");

  g_string_truncate (body, body->len - 2);
  g_string_append (body, ",\"data:audio/wav;base64,QQ==\"]}");
  refused = test_parse_split (body->str, 0, 0, &error);
  g_assert_null (refused);
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_TOO_MANY_FILES);
}

static void
test_file_size (void)
{
  for (gsize size = TEST_MAX_FILE_SIZE - 1; size <= TEST_MAX_FILE_SIZE + 1; size++)
    {
      g_autofree guint8 *bytes = g_malloc0 (size);
      g_autofree char *text = g_base64_encode (bytes, size);
      g_autofree char *body = g_strdup_printf ("{\"files\":[\"data:audio/wav;base64,%s\"]}", text);
      g_autoptr (GString) told = g_string_new (NULL);
      g_autoptr (ChorusUploadParser) parser =
        chorus_upload_parser_new (&test_sink, told, TEST_MAX_FILES, TEST_MAX_FILE_SIZE);
      g_autoptr (GError) error = NULL;
      gboolean taken = chorus_upload_parser_push (parser, (const guint8 *) body, strlen (body), &error);

      g_assert_cmpint (taken, ==, size <= TEST_MAX_FILE_SIZE);
      if (taken)
        g_assert_cmpuint (told->len, ==, size + 2);
      else
        g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_FILE_TOO_LARGE);
    }
}

/* Bodies that are damaged at one byte are taken or refused, but nothing else. */
static void
test_damage (void)
{
  const char *body = test_right[11].body;
  gsize length = strlen (body);

  for (gsize i = 0; i < length; i++)
    {
      for (guint byte = 1; byte < 256; byte++)
        {
          g_autofree char *damaged = g_strdup (body);
          g_autoptr (GError) error = NULL;
          g_autofree char *told = NULL;

          damaged[i] = (char) byte;
          told = test_parse_split (damaged, i, i, &error);
          g_assert_true ((told != NULL) == (error == NULL));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/upload-parser/every-split", test_every_split);
  g_test_add_func ("/station/upload-parser/refused", test_refused);
  g_test_add_func ("/station/upload-parser/nesting", test_nesting);
  g_test_add_func ("/station/upload-parser/too-many-files", test_too_many_files);
  g_test_add_func ("/station/upload-parser/file-size", test_file_size);
  g_test_add_func ("/station/upload-parser/damage", test_damage);

  return g_test_run ();
}
