/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers with damage: whatever arrives, the decoder gives a typed object or a message, and never both or neither.
 * The damage is random with a fixed seed, so a failure can be repeated with --seed. */

#include <string.h>

#include "api/chorus-decode.h"

#define TEST_ROUNDS 1500

typedef gpointer (*TestDecoder) (JsonNode *root, const char *context, GError **error);

static const struct
{
  TestDecoder decode;
  GDestroyNotify destroy;
} test_decoders[] = {
  { (TestDecoder) chorus_decode_projects, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_sites, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_deployments, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_files, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_uploaded, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_inference, g_object_unref },
  { (TestDecoder) chorus_decode_inferences, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_clips, (GDestroyNotify) g_ptr_array_unref },
  { (TestDecoder) chorus_decode_summary, g_object_unref },
  { (TestDecoder) chorus_decode_user, g_object_unref },
  { (TestDecoder) chorus_decode_project, g_object_unref },
  { (TestDecoder) chorus_decode_site, g_object_unref },
  { (TestDecoder) chorus_decode_deployment, g_object_unref },
};

static const char *const test_samples[] = {
  "[{\"project_id\":\"p\",\"project_name\":\"n\",\"country\":null,\"has_biodiversity_module\":true,\"sites\":[]}]",
  "{\"sites\":[{\"site_id\":1,\"site_name\":\"A\",\"centroid_wkt\":\"POINT(1 2)\",\"area\":1.5e3}]}",
  "{\"data\":[{\"deployment_id\":\"d\",\"location\":{\"location_name\":\"L\",\"location\":\"12.3, 78.9\"}}]}",
  "{\"files\":[{\"file_id\":\"f\",\"name\":\"\\u00e9\\\"\\\\\",\"duration\":300.5,\"size\":28800044,"
  "\"uploaded_by_user\":{\"email\":\"e\"},\"inferences\":[{\"inference_id\":\"i\",\"data\":{\"predictions\":[[\"a\",1]]}}]}]}",
  "{\"file_id\":\"f\",\"status\":\"completed\",\"data\":{\"predictions\":[{\"label\":\"Turdus merula_Blackbird\","
  "\"score\":93,\"start_ms\":1,\"end_s\":2.5,\"min_freq\":-0,\"max_freq\":1e4},{\"x\":[1,{\"y\":null}]}],\"model\":{\"name\":\"m\"}}}",
  "{\"predictions\":{\"Turdus merula\":0.5,\"b\":99.5}}",
  "{\"Turdus merula\":[{\"common_name\":\"c\",\"confidence\":0.5,\"url\":\"https://x\"}],\"b\":[]}",
  "{\"data\":{\"cameras_installed\":15,\"insitu_species_distribution\":{\"endangered\":[{\"total\":2,\"species_list\":[\"A\"]}]}}}",
};

static void
test_mutate (GString *text)
{
  static const char *const pieces[] = { "null",    "[]",      "{}",      "\"\"", "-1",   "1e308",
                                        "true",    "\\u0000", "\\ud800", ",",    ":",    "[",
                                        "]",       "{",       "}",       "\"",   "\xff", "9223372036854775808",
                                        "\"nan\"", "/*",      "." };
  guint n = (guint) g_test_rand_int_range (1, 6);

  for (guint i = 0; i < n && text->len > 0; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) text->len);
      gsize length = (gsize) g_test_rand_int_range (1, 12);
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          text->str[at] = (char) g_test_rand_int_range (1, 256);
          break;

        case 1:
          g_string_erase (text, (gssize) at, (gssize) MIN (length, text->len - at));
          break;

        case 2:
          g_string_insert (text, (gssize) at, piece);
          break;

        default:
          g_string_truncate (text, MAX (at, 1));
          break;
        }
    }
}

/* Replaces one value by another, so that the text stays JSON and the decoder sees the wrong type. */
static void
test_swap_value (GString *text)
{
  static const char *const values[] = { "null",  "[]",   "{}",    "\"\"",       "-1",
                                        "1e308", "true", "[[1]]", "{\"a\":{}}", "\"x\"" };
  const char *from = strchr (text->str + g_test_rand_int_range (0, (gint32) text->len), ':');

  if (from)
    {
      gsize start = (gsize) (from - text->str) + 1;
      gsize end = start + strcspn (text->str + start, ",}]");

      g_string_erase (text, (gssize) start, (gssize) (end - start));
      g_string_insert (text, (gssize) start, values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
    }
}

static guint
test_decode_all (const char *text,
                 gsize       length)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (JsonNode) root = chorus_json_parse (text, length, &parse_error);

  g_assert_true ((root != NULL) != (parse_error != NULL));
  for (gsize i = 0; root && i < G_N_ELEMENTS (test_decoders); i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer made = test_decoders[i].decode (root, "context", &error);

      g_assert_true ((made != NULL) != (error != NULL));
      if (made)
        test_decoders[i].destroy (made);
    }

  return root ? 1 : 0;
}

static void
test_mutation (gconstpointer data)
{
  void (*damage) (GString * text) = data;
  guint n_parsed = 0;

  for (guint i = 0; i < TEST_ROUNDS; i++)
    {
      g_autoptr (GString) text = g_string_new (test_samples[i % G_N_ELEMENTS (test_samples)]);

      damage (text);
      n_parsed += test_decode_all (text->str, text->len);
    }

  /* Enough has to get past the parser for the decoders to be tested at all. */
  g_assert_cmpuint (n_parsed, >, TEST_ROUNDS / 30);
}

static void
test_cut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (test_samples); i++)
    {
      gsize length = strlen (test_samples[i]);

      g_assert_cmpuint (test_decode_all (test_samples[i], length), ==, 1);
      for (gsize cut = 0; cut < length; cut++)
        g_assert_cmpuint (test_decode_all (test_samples[i], cut), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/api/mutation/bytes", test_mutate, test_mutation);
  g_test_add_data_func ("/api/mutation/types", test_swap_value, test_mutation);
  g_test_add_func ("/api/mutation/cut", test_cut);

  return g_test_run ();
}
