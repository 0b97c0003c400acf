/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "api/chorus-decode.h"

static ChorusInference *
test_decode (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = chorus_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  ChorusInference *run = chorus_decode_inference (root, "f", &error);

  g_assert_no_error (error);

  return run;
}

static void
test_number (double got,
             double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (got));
  else
    g_assert_cmpfloat_with_epsilon (got, expected, 1e-9);
}

/* One prediction in every form the contract names, and what it has to become. */
static void
test_prediction_forms (void)
{
  static const struct
  {
    const char *predictions;
    const char *scientific;
    const char *common;
    double confidence, start, end, low, high;
  } cases[] = {
    { "[{\"scientific_name\":\"Turdus merula\",\"common_name\":\"Eurasian Blackbird\",\"confidence\":0.93,"
      "\"start_time\":3,\"end_time\":6,\"low_freq\":1500,\"high_freq\":4000}]",
      "Turdus merula", "Eurasian Blackbird", 0.93, 3, 6, 1500, 4000 },
    { "[{\"species\":\"Turdus merula\",\"score\":93,\"start\":3,\"end\":6,\"min_freq\":1500,\"max_freq\":4000}]",
      "Turdus merula", NULL, 0.93, 3, 6, 1500, 4000 },
    { "[{\"label\":\"Turdus merula_Eurasian Blackbird\",\"probability\":\"0.93\",\"start_s\":3,\"end_s\":6,"
      "\"freq_low\":1500,\"freq_high\":4000}]",
      "Turdus merula", "Eurasian Blackbird", 0.93, 3, 6, 1500, 4000 },
    { "[{\"class\":\"Noise\",\"score\":1,\"start_ms\":3000,\"end_ms\":6000}]", NULL, "Noise", 1, 3, 6, NAN, NAN },
    { "[{\"class\":\"Blackbird\",\"score\":0,\"begin\":3,\"duration\":1.5}]", NULL, "Blackbird", 0, 3, 4.5, NAN, NAN },
    { "[{\"label\":\"Blackbird\",\"score\":0.5,\"offset\":3,\"end\":6}]", NULL, "Blackbird", 0.5, 3, 6, NAN, NAN },
    { "[{\"label\":\"Blackbird\",\"score\":0.5,\"start_time_ms\":\"3500\"}]", NULL, "Blackbird", 0.5, 3.5, NAN, NAN,
      NAN },
    { "[{\"scientific_name\":\"Turdus merula_Eurasian Blackbird\"}]", "Turdus merula", "Eurasian Blackbird", NAN, NAN,
      NAN, NAN, NAN },
    { "[{\"scientific_name\":\"TURDUS\"}]", "TURDUS", NULL, NAN, NAN, NAN, NAN, NAN },
    { "[{\"label\":\"car_horn\",\"score\":0.5}]", NULL, "car_horn", 0.5, NAN, NAN, NAN, NAN },
    { "[{\"species\":\"<b>&../../x\",\"score\":0.5}]", NULL, "<b>&../../x", 0.5, NAN, NAN, NAN, NAN },
    { "[[\"Turdus merula_Eurasian Blackbird\",0.93]]", "Turdus merula", "Eurasian Blackbird", 0.93, NAN, NAN, NAN,
      NAN },
    { "{\"Turdus merula_Eurasian Blackbird\":93.0}", "Turdus merula", "Eurasian Blackbird", 0.93, NAN, NAN, NAN, NAN },
    { "{\"label\":\"Blackbird\",\"score\":0.5}", NULL, "Blackbird", 0.5, NAN, NAN, NAN, NAN },
  };
  static const char *const wrappers[] = {
    "{\"file_id\":\"f\",\"data\":{\"predictions\":",
    "}}",
    "{\"inference_id\":\"i\",\"predictions\":",
    "}",
    "{\"data\":{\"predictions\":",
    "}}",
    "[{\"file_id\":\"f\",\"data\":{\"predictions\":",
    "}}]",
    "{\"inferences\":[{\"data\":{\"predictions\":",
    "}}]}",
    "{\"inference\":{\"inference_id\":\"i\",\"data\":{\"predictions\":",
    "}}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases) * G_N_ELEMENTS (wrappers) / 2; i++)
    {
      gsize c = i / (G_N_ELEMENTS (wrappers) / 2);
      gsize w = i % (G_N_ELEMENTS (wrappers) / 2) * 2;
      g_autofree char *text = g_strconcat (wrappers[w], cases[c].predictions, wrappers[w + 1], NULL);

      g_test_message ("%s", text);

      g_autoptr (ChorusInference) run = test_decode (text);
      GPtrArray *predictions = chorus_inference_get_predictions (run);

      g_assert_cmpint (chorus_inference_get_status (run), ==, CHORUS_INFERENCE_STATUS_COMPLETED);
      g_assert_cmpstr (chorus_inference_get_file_id (run), ==, "f");
      g_assert_cmpuint (chorus_inference_get_n_unknown (run), ==, 0);
      g_assert_null (chorus_inference_get_unknown_json (run));
      g_assert_cmpuint (predictions->len, ==, 1);

      ChorusPrediction *prediction = predictions->pdata[0];

      g_assert_cmpstr (chorus_prediction_get_scientific_name (prediction), ==, cases[c].scientific);
      g_assert_cmpstr (chorus_prediction_get_common_name (prediction), ==, cases[c].common);
      test_number (chorus_prediction_get_confidence (prediction), cases[c].confidence);
      test_number (chorus_prediction_get_start_time (prediction), cases[c].start);
      test_number (chorus_prediction_get_end_time (prediction), cases[c].end);
      test_number (chorus_prediction_get_low_freq (prediction), cases[c].low);
      test_number (chorus_prediction_get_high_freq (prediction), cases[c].high);
    }
}

/* A percentage below one stays below one percent when the run is in percent. */
static void
test_prediction_percent (void)
{
  g_autoptr (ChorusInference) run = test_decode ("{\"predictions\":[[\"a\",95],[\"b\",0.8],[\"c\",1]]}");
  GPtrArray *predictions = chorus_inference_get_predictions (run);

  test_number (chorus_prediction_get_confidence (predictions->pdata[0]), 0.95);
  test_number (chorus_prediction_get_confidence (predictions->pdata[1]), 0.008);
  test_number (chorus_prediction_get_confidence (predictions->pdata[2]), 0.01);
}

/* What is not understood is kept word for word, in its order, and counted. */
static void
test_prediction_unknown (void)
{
  static const char *const unknown[] = {
    "5",
    "\"text\"",
    "null",
    "[]",
    "[\"a\"]",
    "[\"a\",\"b\"]",
    "[1,2]",
    "[\"a\",0.5,1]",
    "{}",
    "{\"x\":1,\"y\":\"z\"}",
    "{\"label\":\"a\",\"score\":101}",
    "{\"label\":\"a\",\"score\":-0.1}",
    "{\"label\":\"a\",\"score\":\"high\"}",
    "{\"label\":\"a\",\"score\":0.5,\"start\":6,\"end\":3}",
    "{\"label\":\"a\",\"score\":0.5,\"start\":-1}",
    "{\"label\":\"a\",\"score\":0.5,\"start\":\"00:03\"}",
    "{\"label\":\"a\",\"low_freq\":9,\"high_freq\":3}",
    "{\"label\":{\"name\":\"a\"},\"score\":0.5}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"predictions\":[[\"known\",0.5],%s,%s]}", unknown[i], unknown[i]);
      g_autoptr (ChorusInference) run = test_decode (text);
      g_autofree char *expected = g_strdup_printf ("[%s,%s]", unknown[i], unknown[i]);
      const char *kept = chorus_inference_get_unknown_json (run);
      g_autoptr (JsonNode) kept_node = chorus_json_parse (kept ? kept : "0", kept ? strlen (kept) : 1, NULL);
      g_autoptr (JsonNode) expected_node = chorus_json_parse (expected, strlen (expected), NULL);

      g_test_message ("%s", unknown[i]);
      g_assert_cmpuint (chorus_inference_get_predictions (run)->len, ==, 1);
      g_assert_cmpuint (chorus_inference_get_n_unknown (run), ==, 2);
      g_assert_true (json_node_equal (kept_node, expected_node));
    }

  g_autoptr (ChorusInference) map = test_decode ("{\"predictions\":{\"a\":0.5,\"b\":700}}");

  g_assert_cmpuint (chorus_inference_get_predictions (map)->len, ==, 1);
  g_assert_cmpstr (chorus_inference_get_unknown_json (map), ==, "[{\"b\":700}]");
}

static void
test_prediction_run (void)
{
  g_autoptr (ChorusInference) run = test_decode (
    "{\"inference_id\":\"i\",\"file_id\":\"own\",\"created_at\":\"2025-12-04T13:30:00Z\",\"status\":\"completed\","
    "\"data\":{\"predictions\":[],\"model\":{\"name\":\"events\",\"version\":2}}}");
  g_autoptr (ChorusInference) failed =
    test_decode ("{\"inference_id\":\"i\",\"status\":\"FAILED\",\"error\":{\"code\":\"X\",\"message\":\"no memory\"}}");
  g_autoptr (ChorusInference) flat = test_decode (
    "{\"id\":3,\"file_id\":\"f\",\"model\":\"birds\",\"model_version\":\"1.0\",\"status\":\"processing\"}");
  g_autoptr (ChorusInference) queued = test_decode ("{\"file_id\":\"f\",\"status\":\"queued\"}");
  g_autoptr (ChorusInference) empty = test_decode ("{\"file_id\":\"f\"}");

  g_assert_cmpstr (chorus_inference_get_id (run), ==, "i");
  g_assert_cmpstr (chorus_inference_get_file_id (run), ==, "own");
  g_assert_cmpstr (chorus_inference_get_created_at (run), ==, "2025-12-04T13:30:00Z");
  g_assert_cmpstr (chorus_inference_get_model_name (run), ==, "events");
  g_assert_cmpstr (chorus_inference_get_model_version (run), ==, "2");
  g_assert_cmpint (chorus_inference_get_status (run), ==, CHORUS_INFERENCE_STATUS_COMPLETED);
  g_assert_cmpuint (chorus_inference_get_predictions (run)->len, ==, 0);

  g_assert_cmpint (chorus_inference_get_status (failed), ==, CHORUS_INFERENCE_STATUS_FAILED);
  g_assert_cmpstr (chorus_inference_get_failure (failed), ==, "no memory");
  g_assert_cmpint (chorus_inference_get_status (flat), ==, CHORUS_INFERENCE_STATUS_RUNNING);
  g_assert_cmpstr (chorus_inference_get_id (flat), ==, "3");
  g_assert_cmpstr (chorus_inference_get_model_name (flat), ==, "birds");
  g_assert_cmpstr (chorus_inference_get_model_version (flat), ==, "1.0");
  g_assert_cmpint (chorus_inference_get_status (queued), ==, CHORUS_INFERENCE_STATUS_PENDING);
  g_assert_cmpint (chorus_inference_get_status (empty), ==, CHORUS_INFERENCE_STATUS_PENDING);
  g_assert_null (chorus_inference_get_failure (run));
}

static void
test_prediction_runs (void)
{
  static const char text[] = "{\"data\":[{\"inference_id\":\"new\",\"created_at\":\"2025-12-05T00:00:00Z\"},"
                             "{\"inference_id\":\"old\",\"created_at\":\"2025-12-04T00:00:00Z\"}]}";
  g_autoptr (JsonNode) root = chorus_json_parse (text, strlen (text), NULL);
  g_autoptr (JsonNode) nothing = chorus_json_parse ("[]", 2, NULL);
  g_autoptr (GPtrArray) runs = chorus_decode_inferences (root, "f", NULL);
  g_autoptr (GPtrArray) none = chorus_decode_inferences (nothing, "f", NULL);

  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpstr (chorus_inference_get_id (runs->pdata[0]), ==, "old");
  g_assert_cmpstr (chorus_inference_get_id (runs->pdata[1]), ==, "new");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (chorus_decode_inference (nothing, "f", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/prediction/forms", test_prediction_forms);
  g_test_add_func ("/api/prediction/percent", test_prediction_percent);
  g_test_add_func ("/api/prediction/unknown", test_prediction_unknown);
  g_test_add_func ("/api/prediction/run", test_prediction_run);
  g_test_add_func ("/api/prediction/runs", test_prediction_runs);

  return g_test_run ();
}
