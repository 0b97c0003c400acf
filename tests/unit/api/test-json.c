/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "api/chorus-json.h"

static char *
test_nest (const char *open,
           const char *close,
           guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, "1");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_json_depth (void)
{
  static const struct
  {
    const char *open;
    const char *close;
    guint depth;
    gboolean is_fine;
  } cases[] = {
    { "[", "]", CHORUS_JSON_MAX_DEPTH, TRUE },
    { "[", "]", CHORUS_JSON_MAX_DEPTH + 1, FALSE },
    { "{\"a\":", "}", CHORUS_JSON_MAX_DEPTH, TRUE },
    { "{\"a\":", "}", CHORUS_JSON_MAX_DEPTH + 1, FALSE },
    { "[", "]", 10000, FALSE },
    { "{\"a\":", "}", 10000, FALSE },
    { "[", "]", 5000000, FALSE },
    /* Places where a careless count sees strings that are none. */
    { "[\"\\\"\",", "]", 10000, FALSE },
    { "[\"\\\\\",", "]", 10000, FALSE },
    { "/*\"*/[/*\"*/", "]", 10000, FALSE },
    { "//\"\n[", "]", 10000, FALSE },
    { "['\"',", "]", 10000, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = test_nest (cases[i].open, cases[i].close, cases[i].depth);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = chorus_json_parse (text, strlen (text), &error);

      g_test_message ("%u times %s", cases[i].depth, cases[i].open);
      if (cases[i].is_fine)
        g_assert_no_error (error);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpint (root != NULL, ==, cases[i].is_fine);
    }
}

static void
test_json_values (void)
{
  g_autoptr (GString) text = g_string_new ("[1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < CHORUS_JSON_MAX_VALUES; i++)
    g_string_append (text, ",1");
  g_string_append (text, "]");
  g_assert_null (chorus_json_parse (text->str, text->len, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_json_refused (void)
{
  static const char *const cases[] = {
    "",          " ",    "[",  "]",  "[1", "[1,", "{\"a\":1",      "{\"a\"",  "{\"a\":}", "\"",    "\"abc",   "\"abc\\",
    "\"abc\\\"", "[1]]", "}{", "[}", "{]", "nul", "<html></html>", "[1]\xff", "\"\xc3\"", "['a']", "[1]/**/", "a b",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = chorus_json_parse (cases[i], strlen (cases[i]), &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (root);
      g_assert_nonnull (error);
    }

  /* Bytes that a C string would not show. */
  g_assert_null (chorus_json_parse ("[1\0]", 4, NULL));
  g_assert_null (chorus_json_parse ("\"a\0b\"", 5, NULL));
}

static void
test_json_accepted (void)
{
  g_autoptr (GError) error = NULL;
  static const char text[] =
    "\xef\xbb\xbf {\"name\":\"<b>&../../x \\\"[{\\\\\",\"id\":42,\"n\":null,\"f\":0.5,\"t\":\"7.5\","
    "\"nan\":\"nan\",\"word\":\"7 m\",\"empty\":\"\",\"big\":1e999} \r\n";
  g_autoptr (JsonNode) root = chorus_json_parse (text, sizeof text - 1, &error);

  g_assert_no_error (error);

  JsonObject *object = json_node_get_object (root);
  g_autofree char *name = chorus_json_get_text (object, "missing", "n", "name", NULL);
  g_autofree char *id = chorus_json_get_text (object, "id", NULL);
  g_autofree char *half = chorus_json_get_text (object, "f", NULL);

  g_assert_cmpstr (name, ==, "<b>&../../x \"[{\\");
  g_assert_cmpstr (id, ==, "42");
  g_assert_cmpstr (half, ==, "0.5");
  g_assert_null (chorus_json_get_text (object, "empty", "n", "missing", NULL));
  g_assert_cmpfloat (chorus_json_get_number (object, "name", "t", NULL), ==, 7.5);
  g_assert_true (isnan (chorus_json_get_number (object, "nan", NULL)));
  g_assert_true (isnan (chorus_json_get_number (object, "word", NULL)));
  g_assert_true (isnan (chorus_json_get_number (object, "empty", NULL)));
  g_assert_true (isnan (chorus_json_get_number (object, "big", NULL)));
  g_assert_null (chorus_json_find (object, "n", NULL));
}

static void
test_json_build (void)
{
  g_autoptr (GBytes) bytes = chorus_json_build ("a", "quote \" and \n line", "b", "ü", NULL);
  g_autoptr (JsonNode) root = chorus_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);

  g_assert_nonnull (root);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "a"), ==, "quote \" and \n line");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "b"), ==, "ü");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/json/depth", test_json_depth);
  g_test_add_func ("/api/json/values", test_json_values);
  g_test_add_func ("/api/json/refused", test_json_refused);
  g_test_add_func ("/api/json/accepted", test_json_accepted);
  g_test_add_func ("/api/json/build", test_json_build);

  return g_test_run ();
}
