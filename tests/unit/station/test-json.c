/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-station-json.h"

#include <math.h>
#include <string.h>

#include "station/chorus-station-error.h"

static JsonObject *
test_parse (const char  *text,
            GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return chorus_station_json_parse_object (bytes, error);
}

static void
test_parse_right (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = test_parse ("{\"name\":\"<b>&../../x\",\"n\":1,\"deep\":[[[\"]]]][[[\"]]]}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (chorus_station_json_get_string (object, "name"), ==, "<b>&../../x");
  g_assert_null (chorus_station_json_get_string (object, "n"));
  g_assert_null (chorus_station_json_get_string (object, "deep"));
  g_assert_null (chorus_station_json_get_string (object, "missing"));
  g_assert_null (chorus_station_json_get_string (NULL, "name"));
}

static void
test_parse_wrong (void)
{
  static const char *const wrong[] = { "", "[]", "null", "\"x\"", "{", "{\"a\":}", "{\"a\":\"\xff\"}", "nonsense" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (test_parse (wrong[i], &error));
      g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST);
    }
}

static void
test_parse_nested (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  g_assert_null (test_parse (text->str, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST);
}

static void
test_numbers (void)
{
  g_autoptr (JsonNode) node = chorus_station_json_take_object (json_object_new ());
  g_autoptr (GBytes) bytes = NULL;

  chorus_station_json_set_double (json_node_get_object (node), "a", 0.5);
  chorus_station_json_set_double (json_node_get_object (node), "b", NAN);
  chorus_station_json_set_double (json_node_get_object (node), "c", INFINITY);
  bytes = chorus_station_json_to_bytes (node);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "{\"a\":0.5,\"b\":null,\"c\":null}", 27);
}

static void
test_envelope (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_FILE_NOT_FOUND, "No file exists with the ID: x");
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "/secret/path");
  g_autoptr (JsonNode) node = chorus_station_error_to_envelope (error, "req_1");
  g_autoptr (JsonNode) foreign_node = chorus_station_error_to_envelope (foreign, "req_2");
  g_autofree char *foreign_text = json_to_string (foreign_node, FALSE);
  JsonObject *envelope = json_object_get_object_member (json_node_get_object (node), "error");

  g_assert_cmpuint (chorus_station_error_get_status (error), ==, 404);
  g_assert_cmpuint (json_object_get_size (envelope), ==, 5);
  g_assert_cmpstr (chorus_station_json_get_string (envelope, "code"), ==, "FILE_NOT_FOUND");
  g_assert_cmpstr (chorus_station_json_get_string (envelope, "message"), ==, "File not found");
  g_assert_cmpstr (chorus_station_json_get_string (envelope, "details"), ==, "No file exists with the ID: x");
  g_assert_cmpstr (chorus_station_json_get_string (envelope, "request_id"), ==, "req_1");
  g_assert_cmpuint (strlen (chorus_station_json_get_string (envelope, "timestamp")), ==,
                    strlen ("2025-12-04T13:30:00Z"));

  g_assert_cmpuint (chorus_station_error_get_status (foreign), ==, 500);
  g_assert_null (strstr (foreign_text, "secret"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/json/parse-right", test_parse_right);
  g_test_add_func ("/station/json/parse-wrong", test_parse_wrong);
  g_test_add_func ("/station/json/parse-nested", test_parse_nested);
  g_test_add_func ("/station/json/numbers", test_numbers);
  g_test_add_func ("/station/json/envelope", test_envelope);

  return g_test_run ();
}
