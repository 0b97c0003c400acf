/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "api/chorus-decode.h"

static JsonNode *
test_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = chorus_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return root;
}

/* The sample of the documentation, and every wrapper a list may come in. */
static void
test_decode_wrappers (void)
{
  static const char *const wrappers[] = {
    "%s",
    "{\"data\":%s}",
    "{\"items\":%s,\"total\":1}",
    "{\"results\":%s}",
    "{\"files\":%s}",
    "{\"projects\":%s,\"pagination\":{\"skip\":0}}",
    "{\"data\":{\"items\":%s}}",
  };
  static const char list[] = "[{\"project_id\":\"p1\",\"project_name\":\"Western Ghats\",\"country\":\"India\","
                             "\"project_status\":\"Active\",\"has_biodiversity_module\":true,\"sites\":[]},"
                             "{\"id\":7,\"name\":\"<b>&../../x\",\"has_biodiversity_module\":false}]";

  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++)
    {
      g_auto (GStrv) parts = g_strsplit (wrappers[i], "%s", 2);
      g_autofree char *text = g_strconcat (parts[0], list, parts[1], NULL);
      g_autoptr (JsonNode) root = test_parse (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) projects = chorus_decode_projects (root, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (projects->len, ==, 2);

      ChorusProject *first = projects->pdata[0];
      ChorusProject *second = projects->pdata[1];

      g_assert_cmpstr (chorus_project_get_id (first), ==, "p1");
      g_assert_cmpstr (chorus_project_get_name (first), ==, "Western Ghats");
      g_assert_cmpstr (chorus_project_get_country (first), ==, "India");
      g_assert_cmpstr (chorus_project_get_status (first), ==, "Active");
      g_assert_true (chorus_project_get_has_biodiversity (first));
      g_assert_cmpstr (chorus_project_get_id (second), ==, "7");
      g_assert_cmpstr (chorus_project_get_name (second), ==, "<b>&../../x");
      g_assert_null (chorus_project_get_country (second));
      g_assert_false (chorus_project_get_has_biodiversity (second));
    }
}

static void
test_decode_faults (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "[{\"project_name\":\"a\"}]", "[0].project_id is missing" },
    { "[{\"project_id\":\"a\"},{\"project_id\":[]}]", "[1].project_id is not a text" },
    { "[{\"project_id\":\"\"}]", "[0].project_id is not a text" },
    { "[{\"project_id\":true}]", "[0].project_id is not a text" },
    { "[1]", "[0] is not an object" },
    { "[null]", "[0] is not an object" },
    { "{\"data\":5}", "is not a list" },
    { "{}", "is not a list" },
    { "\"text\"", "is not a list" },
    { "null", "is not a list" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = test_parse (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (chorus_decode_projects (root, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_decode_sites (void)
{
  g_autoptr (JsonNode) many = test_parse ("{\"sites\":[{\"site_id\":\"s\",\"site_name\":null,\"area\":\"wide\"}]}");
  g_autoptr (JsonNode) single = test_parse ("{\"site_id\":\"s\",\"site_name\":\"A\",\"project_id\":\"own\"}");
  g_autoptr (GPtrArray) sites = chorus_decode_sites (many, "p", NULL);
  g_autoptr (GPtrArray) one = chorus_decode_sites (single, "p", NULL);

  g_assert_cmpuint (sites->len, ==, 1);
  g_assert_cmpstr (chorus_site_get_name (sites->pdata[0]), ==, "s");
  g_assert_cmpstr (chorus_site_get_project_id (sites->pdata[0]), ==, "p");
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (chorus_site_get_name (one->pdata[0]), ==, "A");
  g_assert_cmpstr (chorus_site_get_project_id (one->pdata[0]), ==, "own");
}

static void
test_decode_deployments (void)
{
  static const struct
  {
    const char *location;
    double latitude;
    double longitude;
  } cases[] = {
    { "{\"location_name\":\"Site A - Device 1\",\"location\":\"12.3456, 78.9012\"}", 12.3456, 78.9012 },
    { "{\"location_name\":\"Site A - Device 1\",\"location\":\"-12.5 -78\"}", -12.5, -78 },
    { "{\"location_name\":\"Site A - Device 1\",\"latitude\":1.5,\"longitude\":\"2.5\"}", 1.5, 2.5 },
    { "{\"location_name\":\"Site A - Device 1\",\"location\":\"91, 0\"}", NAN, NAN },
    { "{\"location_name\":\"Site A - Device 1\",\"location\":\"12.3456\"}", NAN, NAN },
    { "{\"location_name\":\"Site A - Device 1\",\"location\":\"nan, nan\"}", NAN, NAN },
    { "{\"location_name\":\"Site A - Device 1\",\"location\":[]}", NAN, NAN },
    { "{\"location_name\":\"Site A - Device 1\"}", NAN, NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[{\"deployment_id\":\"d\",\"deployment_name\":\"North\","
                                               "\"start_date\":\"2025-06-01\",\"end_date\":null,\"location\":%s}]",
                                               cases[i].location);
      g_autoptr (JsonNode) root = test_parse (text);
      g_autoptr (GPtrArray) deployments = chorus_decode_deployments (root, "s", NULL);
      ChorusDeployment *deployment = deployments->pdata[0];
      double latitude = chorus_deployment_get_latitude (deployment);
      double longitude = chorus_deployment_get_longitude (deployment);

      g_test_message ("%s", cases[i].location);
      g_assert_cmpstr (chorus_deployment_get_name (deployment), ==, "North");
      g_assert_cmpstr (chorus_deployment_get_site_id (deployment), ==, "s");
      g_assert_cmpstr (chorus_deployment_get_start_date (deployment), ==, "2025-06-01");
      g_assert_null (chorus_deployment_get_end_date (deployment));
      g_assert_cmpstr (chorus_deployment_get_location_name (deployment), ==, "Site A - Device 1");
      if (isnan (cases[i].latitude))
        {
          g_assert_true (isnan (latitude));
          g_assert_true (isnan (longitude));
        }
      else
        {
          g_assert_cmpfloat_with_epsilon (latitude, cases[i].latitude, 1e-12);
          g_assert_cmpfloat_with_epsilon (longitude, cases[i].longitude, 1e-12);
        }
    }
}

/* The item of the documentation for files that need inference. */
static const char test_needing[] =
  "[{\"file_id\":\"aac71ba6-bd8d-44c4-b4c0-8ed1594f0b9\",\"name\":\"audio_sample_2025_12_04.wav\","
  "\"url\":\"gs://bucket/path/to/file.wav\",\"created_at\":\"2025-12-04T13:30:00Z\","
  "\"updated_at\":\"2025-12-04T13:30:00Z\",\"deployment_id\":\"aac71ba6-bd8d-44c4-b4c0-8ed1594f0b9\","
  "\"location\":{\"location_id\":\"32667a47-61e6-47d4-b259-29ba70f5e8b2\",\"location_name\":\"Site A - Device 1\","
  "\"location\":\"12.3456, 78.9012\",\"created_at\":\"2025-12-04T13:30:00Z\","
  "\"updated_at\":\"2025-12-04T13:30:00Z\",\"site_id\":\"32667a47-61e6-47d4-b259-29ba70f5e8b2\"}}]";

static void
test_decode_files (void)
{
  g_autoptr (JsonNode) needing = test_parse (test_needing);
  g_autoptr (JsonNode) full = test_parse (
    "{\"files\":[{\"file_id\":\"f\",\"name\":\"n.wav\",\"url\":\"https://x/y\",\"duration\":300.5,\"size\":28800044,"
    "\"uploaded_by_user\":{\"email\":\"a@example.org\",\"first_name\":\"Asha\"},\"inferences\":["
    "{\"inference_id\":\"i\",\"status\":\"completed\",\"data\":{\"predictions\":[],\"model\":{\"name\":\"m\"}}},\"j\"]},"
    "{\"file_id\":2,\"duration_ms\":1500,\"size\":-1,\"inferences\":[]},"
    "{\"file_id\":\"g\",\"duration\":-3,\"size\":1e30,\"uploaded_by_user\":\"me\",\"inferences\":null}]}");
  g_autoptr (GPtrArray) first = chorus_decode_files (needing, "d", NULL);
  g_autoptr (GPtrArray) files = chorus_decode_files (full, "d", NULL);
  ChorusFile *file = first->pdata[0];

  g_assert_cmpstr (chorus_file_get_id (file), ==, "aac71ba6-bd8d-44c4-b4c0-8ed1594f0b9");
  g_assert_cmpstr (chorus_file_get_name (file), ==, "audio_sample_2025_12_04.wav");
  g_assert_cmpstr (chorus_file_get_url (file), ==, "gs://bucket/path/to/file.wav");
  g_assert_cmpstr (chorus_file_get_created_at (file), ==, "2025-12-04T13:30:00Z");
  g_assert_cmpstr (chorus_file_get_location_name (file), ==, "Site A - Device 1");
  g_assert_cmpstr (chorus_file_get_deployment_id (file), ==, "aac71ba6-bd8d-44c4-b4c0-8ed1594f0b9");
  g_assert_null (chorus_file_get_inferences (file));
  g_assert_true (isnan (chorus_file_get_duration (file)));
  g_assert_cmpint (chorus_file_get_size (file), ==, -1);

  g_assert_cmpuint (files->len, ==, 3);
  file = files->pdata[0];
  g_assert_cmpfloat (chorus_file_get_duration (file), ==, 300.5);
  g_assert_cmpint (chorus_file_get_size (file), ==, 28800044);
  g_assert_cmpstr (chorus_file_get_uploader (file), ==, "a@example.org");
  g_assert_cmpstr (chorus_file_get_deployment_id (file), ==, "d");
  g_assert_cmpuint (chorus_file_get_inferences (file)->len, ==, 2);

  ChorusInference *run = chorus_file_get_inferences (file)->pdata[0];
  ChorusInference *bare = chorus_file_get_inferences (file)->pdata[1];

  g_assert_cmpstr (chorus_inference_get_file_id (run), ==, "f");
  g_assert_cmpstr (chorus_inference_get_model_name (run), ==, "m");
  g_assert_cmpint (chorus_inference_get_status (run), ==, CHORUS_INFERENCE_STATUS_COMPLETED);
  g_assert_cmpstr (chorus_inference_get_id (bare), ==, "j");
  g_assert_cmpint (chorus_inference_get_status (bare), ==, CHORUS_INFERENCE_STATUS_PENDING);

  file = files->pdata[1];
  g_assert_cmpstr (chorus_file_get_id (file), ==, "2");
  g_assert_cmpfloat (chorus_file_get_duration (file), ==, 1.5);
  g_assert_cmpuint (chorus_file_get_inferences (file)->len, ==, 0);
  file = files->pdata[2];
  g_assert_true (isnan (chorus_file_get_duration (file)));
  g_assert_cmpint (chorus_file_get_size (file), ==, -1);
  g_assert_null (chorus_file_get_inferences (file));
}

static void
test_decode_file_faults (void)
{
  g_autoptr (JsonNode) root = test_parse ("[{\"file_id\":\"f\",\"inferences\":[{},[]]}]");
  g_autoptr (JsonNode) other = test_parse ("[{\"file_id\":\"f\",\"inferences\":{\"a\":1}}]");
  g_autoptr (GError) error = NULL;

  g_assert_null (chorus_decode_files (root, NULL, &error));
  g_assert_nonnull (strstr (error->message, "[0].inferences[1] is not an inference run"));
  g_clear_error (&error);
  g_assert_null (chorus_decode_files (other, NULL, &error));
  g_assert_nonnull (strstr (error->message, "[0].inferences is not a list"));
}

static void
test_decode_uploaded (void)
{
  static const struct
  {
    const char *text;
    const char *ids;
  } cases[] = {
    { "{\"files\":[{\"file_id\":\"a\"},{\"file_id\":\"b\"}]}", "a b" },
    { "[{\"file_id\":\"a\"},{\"id\":2}]", "a 2" },
    { "[\"a\",\"b\"]", "a b" },
    { "[1,2]", "1 2" },
    { "{\"file_ids\":[\"a\",\"b\"]}", "a b" },
    { "{\"data\":[\"a\"]}", "a" },
    { "{\"data\":{\"file_ids\":[\"a\"]}}", "a" },
    { "{\"data\":{\"files\":[{\"file_id\":\"a\"}]}}", "a" },
    { "{\"ids\":[\"a\",\"b\"]}", "a b" },
    { "{\"file_id\":\"a\",\"name\":\"x\"}", "a" },
    { "{\"message\":\"Uploaded\"}", "" },
    { "\"Uploaded\"", "" },
    { "null", "" },
    { "[]", "" },
    { "[\"a\",null]", "" },
    { "[{\"file_id\":\"a\"},{\"name\":\"no id\"}]", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = test_parse (cases[i].text);
      g_autoptr (GPtrArray) files = chorus_decode_uploaded (root, "d", NULL);
      g_autoptr (GString) ids = g_string_new (NULL);

      for (guint j = 0; j < files->len; j++)
        g_string_append_printf (ids, "%s%s", j > 0 ? " " : "", chorus_file_get_id (files->pdata[j]));
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (ids->str, ==, cases[i].ids);
    }
}

static void
test_decode_clips (void)
{
  static const char clip[] =
    "{\"common_name\":\"Malabar Whistling Thrush\",\"scientific_name\":\"Myophonus horsfieldii\","
    "\"date\":\"2025-06-04\",\"time\":\"05:01:12\",\"confidence\":93,\"url\":\"https://x/y.wav\"}";
  static const char *const forms[] = { "{\"Myophonus horsfieldii\":[",           "]}", "[", "]", "{\"data\":[", "]}",
                                       "{\"data\":{\"Myophonus horsfieldii\":[", "]}}" };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i += 2)
    {
      g_autofree char *text = g_strconcat (forms[i], clip, forms[i + 1], NULL);
      g_autoptr (JsonNode) root = test_parse (text);
      g_autoptr (GPtrArray) clips = chorus_decode_clips (root, NULL, NULL);
      ChorusHighValueClip *first = clips->pdata[0];

      g_assert_cmpuint (clips->len, ==, 1);
      g_assert_cmpstr (chorus_high_value_clip_get_common_name (first), ==, "Malabar Whistling Thrush");
      g_assert_cmpstr (chorus_high_value_clip_get_scientific_name (first), ==, "Myophonus horsfieldii");
      g_assert_cmpstr (chorus_high_value_clip_get_date (first), ==, "2025-06-04");
      g_assert_cmpstr (chorus_high_value_clip_get_time (first), ==, "05:01:12");
      g_assert_cmpstr (chorus_high_value_clip_get_url (first), ==, "https://x/y.wav");
      g_assert_cmpfloat_with_epsilon (chorus_high_value_clip_get_confidence (first), 0.93, 1e-12);
    }

  g_autoptr (JsonNode) wrong = test_parse ("{\"a\":[1]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (chorus_decode_clips (wrong, NULL, &error));
  g_assert_nonnull (strstr (error->message, "a[0] is not an object"));
}

/* The sample of the documentation for the summary of a project. */
static void
test_decode_summary (void)
{
  g_autoptr (JsonNode) root =
    test_parse ("{\"data\":{\"cameras_installed\":15,\"audio_devices_installed\":8,\"total_images_videos\":1250,"
                "\"total_audiofiles\":320,\"insitu_species_count\":\"12\",\"exsitu_species_distribution\":{"
                "\"critically_endangered\":[{\"total\":2,\"species_list\":[\"A b\",\"C d\"]}],\"endangered\":[],"
                "\"least_concerned\":{\"total\":7,\"species_list\":[]}},\"insitu_species_distribution\":null}}");
  g_autoptr (ChorusProjectSummary) summary = chorus_decode_summary (root, NULL, NULL);
  GPtrArray *categories = chorus_project_summary_get_ex_situ (summary);

  g_assert_cmpint (chorus_project_summary_get_n_cameras (summary), ==, 15);
  g_assert_cmpint (chorus_project_summary_get_n_audio_devices (summary), ==, 8);
  g_assert_cmpint (chorus_project_summary_get_n_images_videos (summary), ==, 1250);
  g_assert_cmpint (chorus_project_summary_get_n_audio_files (summary), ==, 320);
  g_assert_cmpint (chorus_project_summary_get_n_species (summary), ==, 12);
  g_assert_cmpuint (chorus_project_summary_get_in_situ (summary)->len, ==, 0);
  g_assert_cmpuint (categories->len, ==, 2);
  g_assert_cmpstr (chorus_species_category_get_name (categories->pdata[0]), ==, "critically_endangered");
  g_assert_cmpint (chorus_species_category_get_total (categories->pdata[0]), ==, 2);
  g_assert_cmpuint (chorus_species_category_get_species (categories->pdata[0])->len, ==, 2);
  g_assert_cmpstr (chorus_species_category_get_name (categories->pdata[1]), ==, "least_concerned");
  g_assert_cmpint (chorus_species_category_get_total (categories->pdata[1]), ==, 7);
}

static void
test_decode_people (void)
{
  g_autoptr (JsonNode) root =
    test_parse ("{\"access_token\":\"a\",\"refresh_token\":\"r\",\"email\":\"user@example.com\","
                "\"first_name\":\"John\",\"last_name\":\"D\",\"is_email_verified\":true}");
  g_autoptr (JsonNode) bare = test_parse ("{\"data\":{\"access_token\":\"a\"}}");
  g_autoptr (JsonNode) none = test_parse ("{\"refresh_token\":\"r\"}");
  g_autoptr (ChorusUser) user = chorus_decode_user (root, NULL, NULL);
  g_autofree char *access = NULL;
  g_autofree char *refresh = NULL;
  g_autofree char *bare_access = NULL;
  g_autofree char *bare_refresh = NULL;
  g_autofree char *no_access = NULL;
  g_autofree char *no_refresh = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (chorus_user_get_email (user), ==, "user@example.com");
  g_assert_cmpstr (chorus_user_get_first_name (user), ==, "John");
  g_assert_true (chorus_decode_tokens (root, &access, &refresh, &error));
  g_assert_cmpstr (access, ==, "a");
  g_assert_cmpstr (refresh, ==, "r");
  g_assert_true (chorus_decode_tokens (bare, &bare_access, &bare_refresh, &error));
  g_assert_cmpstr (bare_access, ==, "a");
  g_assert_null (bare_refresh);
  g_assert_false (chorus_decode_tokens (none, &no_access, &no_refresh, &error));
  g_assert_nonnull (strstr (error->message, "access_token is missing"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/decode/wrappers", test_decode_wrappers);
  g_test_add_func ("/api/decode/faults", test_decode_faults);
  g_test_add_func ("/api/decode/sites", test_decode_sites);
  g_test_add_func ("/api/decode/deployments", test_decode_deployments);
  g_test_add_func ("/api/decode/files", test_decode_files);
  g_test_add_func ("/api/decode/file-faults", test_decode_file_faults);
  g_test_add_func ("/api/decode/uploaded", test_decode_uploaded);
  g_test_add_func ("/api/decode/clips", test_decode_clips);
  g_test_add_func ("/api/decode/summary", test_decode_summary);
  g_test_add_func ("/api/decode/people", test_decode_people);

  return g_test_run ();
}
