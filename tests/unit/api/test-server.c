/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "api/chorus-api-error.h"
#include "api/chorus-server.h"

/* The contract, written down a second time: a slip in the table has to be made twice to stay unseen. */
static const struct
{
  ChorusEndpoint endpoint;
  const char *method;
  const char *path;
  ChorusStanding standing;
} test_contract[] = {
  { CHORUS_ENDPOINT_SIGN_IN, "POST", "/auth/login", CHORUS_STANDING_DOCUMENTED },
  { CHORUS_ENDPOINT_REFRESH, "POST", "/auth/refresh", CHORUS_STANDING_DOCUMENTED },
  { CHORUS_ENDPOINT_CURRENT_USER, "GET", "/api/v1/auth/me", CHORUS_STANDING_GUESSED },
  { CHORUS_ENDPOINT_PROJECTS, "GET", "/api/v1/projects", CHORUS_STANDING_DOCUMENTED },
  { CHORUS_ENDPOINT_CREATE_PROJECT, "POST", "/api/v1/projects", CHORUS_STANDING_STATION },
  { CHORUS_ENDPOINT_SITES, "GET", "/api/v1/projects/{project_id}/sites", CHORUS_STANDING_CLIENT },
  { CHORUS_ENDPOINT_CREATE_SITE, "POST", "/api/v1/projects/{project_id}/sites", CHORUS_STANDING_STATION },
  { CHORUS_ENDPOINT_DEPLOYMENTS, "GET", "/api/v1/sites/{site_id}/deployments", CHORUS_STANDING_GUESSED },
  { CHORUS_ENDPOINT_CREATE_DEPLOYMENT, "POST", "/api/v1/sites/{site_id}/deployments", CHORUS_STANDING_GUESSED },
  { CHORUS_ENDPOINT_UPLOAD, "POST", "/api/v1/deployments/{deployment_id}/audio/upload", CHORUS_STANDING_DOCUMENTED },
  { CHORUS_ENDPOINT_FILES, "GET", "/api/v1/admin/files/{deployment_id}", CHORUS_STANDING_GUESSED },
  { CHORUS_ENDPOINT_FILES_NEEDING_INFERENCE, "GET", "/api/v1/admin/files/{deployment_id}/inference",
    CHORUS_STANDING_DOCUMENTED },
  { CHORUS_ENDPOINT_RUN_INFERENCE, "POST", "/api/v1/admin/files/{file_id}/inference", CHORUS_STANDING_GUESSED },
  { CHORUS_ENDPOINT_FILE_INFERENCE, "GET", "/api/v1/files/{file_id}/inference", CHORUS_STANDING_GUESSED },
  { CHORUS_ENDPOINT_HIGH_VALUE_CLIPS, "GET", "/api/v1/sites/{site_id}/biodiversity/audio-clips",
    CHORUS_STANDING_CLIENT },
  { CHORUS_ENDPOINT_PROJECT_SUMMARY, "GET", "/api/v1/projects/{project_id}/biodiversity/summary",
    CHORUS_STANDING_DOCUMENTED },
};

static ChorusServer *
test_new_server (const char *url)
{
  g_autoptr (GError) error = NULL;
  ChorusServer *server = chorus_server_new (url, NULL, NULL, &error);

  g_assert_no_error (error);

  return server;
}

static void
test_server_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  ChorusServer *server = test_new_server (CHORUS_SERVER_DARUKAA_URL);

  g_assert_cmpuint (G_N_ELEMENTS (test_contract), ==, CHORUS_N_ENDPOINTS);
  for (guint i = 0; i < CHORUS_N_ENDPOINTS; i++)
    {
      ChorusEndpoint endpoint = test_contract[i].endpoint;

      g_assert_cmpstr (chorus_server_get_method (server, endpoint), ==, test_contract[i].method);
      g_assert_cmpstr (chorus_server_get_path (server, endpoint), ==, test_contract[i].path);
      g_assert_cmpint (chorus_endpoint_get_standing (endpoint), ==, test_contract[i].standing);
      g_assert_true (g_hash_table_add (names, (gpointer) chorus_endpoint_get_name (endpoint)));
    }
  g_assert_finalize_object (server);
}

static void
test_server_address (void)
{
  static const struct
  {
    const char *url;
    const char *base_url; /* NULL: refused */
    int code;
  } cases[] = {
    { "https://api.darukaa.com", "https://api.darukaa.com", 0 },
    { "  https://API.Darukaa.com/ ", "https://api.darukaa.com", 0 },
    { "https://example.org:8443/behind/a/path//", "https://example.org:8443/behind/a/path", 0 },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080", 0 },
    { "http://127.3.4.5", "http://127.3.4.5", 0 },
    { "http://localhost:1", "http://localhost:1", 0 },
    { "http://[::1]:9000", "http://[::1]:9000", 0 },
    { "http://api.darukaa.com", NULL, CHORUS_API_ERROR_INSECURE },
    { "http://127.0.0.1.example.org", NULL, CHORUS_API_ERROR_INSECURE },
    { "http://localhost.example.org", NULL, CHORUS_API_ERROR_INSECURE },
    { "http://192.168.1.2", NULL, CHORUS_API_ERROR_INSECURE },
    { "http://0x7f000001", NULL, CHORUS_API_ERROR_INSECURE },
    { "ftp://api.darukaa.com", NULL, CHORUS_API_ERROR_FAILED },
    { "https://user:secret@api.darukaa.com", NULL, CHORUS_API_ERROR_FAILED },
    { "https://api.darukaa.com?x=1", NULL, CHORUS_API_ERROR_FAILED },
    { "https://api.darukaa.com#x", NULL, CHORUS_API_ERROR_FAILED },
    { "api.darukaa.com", NULL, CHORUS_API_ERROR_FAILED },
    { "https://", NULL, CHORUS_API_ERROR_FAILED },
    { "https://host:99999", NULL, CHORUS_API_ERROR_FAILED },
    { "", NULL, CHORUS_API_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChorusServer) server = chorus_server_new (cases[i].url, NULL, NULL, &error);

      g_test_message ("%s", cases[i].url);
      if (cases[i].base_url)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (chorus_server_get_base_url (server), ==, cases[i].base_url);
        }
      else
        {
          g_assert_error (error, CHORUS_API_ERROR, cases[i].code);
          g_assert_null (server);
          g_assert_null (strstr (error->message, "secret"));
        }
    }
}

static void
test_server_name (void)
{
  g_autoptr (ChorusServer) darukaa = test_new_server ("https://api.staging.darukaa.com");
  g_autoptr (ChorusServer) other = test_new_server ("https://notdarukaa.com");
  g_autoptr (ChorusServer) named = chorus_server_new ("http://127.0.0.1:1", "The local station", NULL, NULL);

  g_assert_cmpstr (chorus_server_get_name (darukaa), ==, "Darukaa");
  g_assert_cmpstr (chorus_server_get_name (other), ==, "notdarukaa.com");
  g_assert_cmpstr (chorus_server_get_name (named), ==, "The local station");
  g_assert_false (chorus_server_is_local (other));
  g_assert_true (chorus_server_is_local (named));
}

static void
test_server_escaping (void)
{
  static const struct
  {
    const char *id;
    const char *escaped; /* NULL: refused */
  } cases[] = {
    { "deployment_123", "deployment_123" },
    { "aac71ba6-bd8d-44c4-b4c0-8ed1594f0b9", "aac71ba6-bd8d-44c4-b4c0-8ed1594f0b9" },
    { "a/../../admin", "a%2F..%2F..%2Fadmin" },
    { "<b>&../../x", "%3Cb%3E%26..%2F..%2Fx" },
    { "a?b#c%2e d\n", "a%3Fb%23c%252e%20d%0A" },
    { "{site_id}", "%7Bsite_id%7D" },
    { "mañana", "ma%C3%B1ana" },
    { "\xff\xfe", "%FF%FE" },
    { "...", "..." },
    { "..", NULL },
    { ".", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  g_autoptr (ChorusServer) server = test_new_server ("https://api.darukaa.com/behind");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = chorus_server_dup_url (server, CHORUS_ENDPOINT_UPLOAD, cases[i].id, &error);
      g_autofree char *expected =
        g_strdup_printf ("https://api.darukaa.com/behind/api/v1/deployments/%s/audio/upload", cases[i].escaped);

      if (cases[i].escaped)
        g_assert_cmpstr (url, ==, expected);
      else
        g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_BAD_REQUEST);
    }
}

static void
test_server_overrides (void)
{
  static const char profile[] = "[Endpoints]\n"
                                "run-inference=POST /api/v2/inference/{file_id}\n"
                                "deployments=/api/v1/deployments?site_id={site_id}\n";
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_key_file_load_from_data (key_file, profile, sizeof profile - 1, G_KEY_FILE_NONE, NULL));

  g_autoptr (ChorusServer) server = chorus_server_new ("https://example.org", NULL, key_file, &error);

  g_assert_no_error (error);

  g_autofree char *run = chorus_server_dup_url (server, CHORUS_ENDPOINT_RUN_INFERENCE, "a b", &error);
  g_autofree char *list = chorus_server_dup_url (server, CHORUS_ENDPOINT_DEPLOYMENTS, "a&b", &error);

  g_assert_cmpstr (run, ==, "https://example.org/api/v2/inference/a%20b");
  g_assert_cmpstr (list, ==, "https://example.org/api/v1/deployments?site_id=a%26b");
  g_assert_cmpstr (chorus_server_get_method (server, CHORUS_ENDPOINT_DEPLOYMENTS), ==, "GET");
  g_assert_cmpstr (chorus_server_get_path (server, CHORUS_ENDPOINT_PROJECTS), ==, "/api/v1/projects");
}

static void
test_server_bad_overrides (void)
{
  static const char *const values[] = {
    "//elsewhere.example.org/{file_id}",
    "https://elsewhere.example.org/{file_id}",
    "/without/a/placeholder",
    "/twice/{file_id}/{file_id}",
    "/wrong/{site_id}",
    "/both/{file_id}/{site_id}",
    "/spaced out/{file_id}",
    "/fragment#{file_id}",
    "/back\\slash/{file_id}",
    "DELETE /x/{file_id}",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GKeyFile) key_file = g_key_file_new ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", values[i]);
      g_key_file_set_string (key_file, CHORUS_SERVER_ENDPOINTS_GROUP, "run-inference", values[i]);
      g_assert_null (chorus_server_new ("https://example.org", NULL, key_file, &error));
      g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "run-inference"));
    }
}

static void
test_server_origin (void)
{
  static const struct
  {
    const char *url;
    gboolean is_own;
  } cases[] = {
    { "https://api.darukaa.com/file.wav", TRUE },
    { "https://API.DARUKAA.COM:443/file.wav", TRUE },
    { "http://api.darukaa.com/file.wav", FALSE },
    { "https://api.darukaa.com:444/file.wav", FALSE },
    { "https://api.darukaa.com.example.org/file.wav", FALSE },
    { "https://api.darukaa.com@example.org/file.wav", FALSE },
    { "https://storage.googleapis.com/file.wav", FALSE },
    { "gs://api.darukaa.com/file.wav", FALSE },
  };
  g_autoptr (ChorusServer) server = test_new_server (CHORUS_SERVER_DARUKAA_URL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (cases[i].url, G_URI_FLAGS_NONE, NULL);

      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (chorus_server_owns_uri (server, uri), ==, cases[i].is_own);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/server/table", test_server_table);
  g_test_add_func ("/api/server/address", test_server_address);
  g_test_add_func ("/api/server/name", test_server_name);
  g_test_add_func ("/api/server/escaping", test_server_escaping);
  g_test_add_func ("/api/server/overrides", test_server_overrides);
  g_test_add_func ("/api/server/bad-overrides", test_server_bad_overrides);
  g_test_add_func ("/api/server/origin", test_server_origin);

  return g_test_run ();
}
