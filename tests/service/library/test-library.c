/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library against a server whose every answer is written down here. */

#include <libsoup/soup.h>
#include <string.h>

#include "chorus-test.h"
#include "library/chorus-library.h"
#include "store/chorus-schema.h"

/* An answer to "METHOD /path". The answers to one request follow each other; the last one stays. */
typedef struct
{
  const char *request;
  guint status; /* 0: no answer at all */
  const char *body;
} Answer;

typedef struct
{
  SoupServer *server;
  const Answer *answers; /* up to one without a request */
  GHashTable *counts;    /* request to how often it came */
  char *folder;
  char *path;
  ChorusStore *store;
  ChorusClient *client;
  ChorusLibrary *library;
} Fixture;

#define ENVELOPE(code) "{\"error\":{\"code\":\"" code "\",\"message\":\"no\",\"request_id\":\"r-1\"}}"
#define PREDICTION(name, start)                                                                                        \
  "{\"scientific_name\":\"" name "\",\"common_name\":\"\",\"confidence\":0.9,\"start_time\":" start                    \
  ",\"end_time\":2,\"low_freq\":1000,\"high_freq\":2000}"
#define RUN(id, file, status, predictions)                                                                             \
  "{\"inference_id\":\"" id "\",\"file_id\":\"" file "\",\"created_at\":\"2026-01-01T00:00:00Z\",\"status\":\"" status \
  "\",\"data\":{\"predictions\":[" predictions "],\"model\":{\"name\":\"m\",\"version\":\"1\"}}}"
#define WAITING_RUN(id, file)                                                                                          \
  "{\"inference_id\":\"" id "\",\"file_id\":\"" file                                                                   \
  "\",\"created_at\":\"2026-01-01T00:00:00Z\",\"status\":\"pending\"}"
#define FILE(id, name, runs)                                                                                           \
  "{\"file_id\":\"" id "\",\"name\":\"" name "\",\"url\":\"gs://bucket/" id                                            \
  "\",\"created_at\":\"2026-01-01T00:00:00Z\","                                                                        \
  "\"updated_at\":\"2026-01-01T00:00:00Z\",\"deployment_id\":\"d\",\"duration\":60,\"size\":5,\"inferences\":[" runs   \
  "]}"
#define FILES "GET /api/v1/admin/files/d"
#define NEEDING "GET /api/v1/admin/files/d/inference"

static guint
count_requests (Fixture    *fixture,
                const char *request)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->counts, request));
}

static void
server_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *request = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  const char *skip = query ? g_hash_table_lookup (query, "skip") : NULL;
  const Answer *found = NULL;
  guint n = 0;

  /* Every list is one page long. */
  if (skip && !g_str_equal (skip, "0"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "[]", 2);
      return;
    }

  g_test_message ("%s", request);
  n = count_requests (fixture, request);
  g_hash_table_insert (fixture->counts, g_strdup (request), GUINT_TO_POINTER (n + 1));
  for (const Answer *answer = fixture->answers; answer->request; answer++)
    {
      if (!g_str_equal (answer->request, request))
        continue;
      found = answer;
      if (n-- == 0)
        break;
    }

  if (!found)
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  if (found->status == 0)
    {
      g_object_ref (message);
      soup_server_message_pause (message);
      g_object_set_data_full (G_OBJECT (server), "held", message, g_object_unref);
      return;
    }
  soup_server_message_set_status (message, found->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, found->body, strlen (found->body));
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusServer) server = NULL;
  g_autoptr (ChorusSession) session = NULL;
  g_autofree char *base_url = NULL;
  g_autofree char *cache = NULL;
  GSList *uris = NULL;

  fixture->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, server_cb, fixture, NULL);
  g_assert_true (soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (fixture->server);
  base_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  server = chorus_server_new (base_url, "test", NULL, &error);
  g_assert_no_error (error);
  session = chorus_session_new (server);
  chorus_session_set_api_key (session, "key");
  fixture->client = chorus_client_new (session);

  fixture->folder = g_dir_make_tmp ("chorus-library-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
  cache = g_build_filename (fixture->folder, "cache", NULL);
  fixture->store = chorus_store_open (fixture->path, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  fixture->library = g_object_new (CHORUS_TYPE_LIBRARY, "store", fixture->store, "client", fixture->client,
                                   "profile-id", "p", "cache-folder", cache, NULL);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_object_run_dispose (G_OBJECT (fixture->library));
  chorus_store_close (fixture->store);
  soup_server_disconnect (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->store);
  g_object_unref (fixture->client);
  g_object_unref (fixture->server);
  g_hash_table_unref (fixture->counts);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gpointer
execute_job (ChorusDatabase  *db,
             gpointer         data,
             GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (fixture->store, execute_job, (gpointer) sql, NULL, NULL, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static gboolean
refresh_places (Fixture  *fixture,
                GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_library_refresh_places_async (fixture->library, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_refresh_places_finish (fixture->library, result, error);
}

static char *
describe (GListModel *places)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; places && i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ChorusPlace) place = g_list_model_get_item (places, i);
      g_autofree char *children = describe (chorus_place_get_children (place));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", chorus_place_get_name (place));
      if (*children)
        g_string_append_printf (text, "(%s)", children);
    }

  return g_string_free (text, FALSE);
}

#define assert_places(fixture, expected)                                                                               \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = describe (chorus_library_get_places ((fixture)->library));                                \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static gboolean
refresh (Fixture  *fixture,
         GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_library_refresh_deployment_async (fixture->library, "d", NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_refresh_deployment_finish (fixture->library, result, error);
}

/* The list of deployment "d", read from the store. */
static ChorusRecordingList *
open_list (Fixture *fixture)
{
  ChorusRecordingList *list = chorus_library_open_recordings (fixture->library, "d");

  chorus_test_wait (!chorus_recording_list_get_loading (list));

  return list;
}

static ChorusRecording *
get_recording (ChorusRecordingList *list,
               guint                position)
{
  g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (recording);

  return recording;
}

static gboolean
analyze (Fixture          *fixture,
         ChorusRecording  *recording,
         GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_library_analyze_async (fixture->library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_analyze_finish (fixture->library, result, error);
}

/* Places */

static void
test_places_refresh (Fixture       *fixture,
                     gconstpointer  data)
{
  static const Answer answers[] = {
    { "GET /api/v1/projects", 200,
      "[{\"project_id\":\"1\",\"project_name\":\"West\"},{\"project_id\":\"2\",\"project_name\":\"East\"}]" },
    { "GET /api/v1/projects/1/sites", 200, "[{\"site_id\":\"s\",\"site_name\":\"Hill\",\"project_id\":\"1\"}]" },
    { "GET /api/v1/projects/2/sites", 200, "[]" },
    { "GET /api/v1/sites/s/deployments", 200,
      "[{\"deployment_id\":\"d\",\"deployment_name\":\"North\",\"site_id\":\"s\"}]" },
    { "GET /api/v1/sites/s/deployments", 200,
      "[{\"deployment_id\":\"e\",\"deployment_name\":\"South\",\"site_id\":\"s\"}]" },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusLibrary) offline = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture->answers = answers;
  refresh_places (fixture, &error);
  g_assert_no_error (error);
  assert_places (fixture, "East West(Hill(North))");
  g_assert_nonnull (chorus_library_get_synced_at (fixture->library));
  g_assert_true (chorus_library_get_lists_deployments (fixture->library));

  /* A deployment that is gone goes, unless there are recordings of it. */
  refresh_places (fixture, &error);
  g_assert_no_error (error);
  assert_places (fixture, "East West(Hill(South))");
  execute (fixture,
           "INSERT INTO deployments (profile_id, deployment_id, site_id, name) VALUES ('p', 'd', 's', 'North');"
           "INSERT INTO recordings (profile_id, deployment_id, name) VALUES ('p', 'd', 'a.wav')");
  refresh_places (fixture, &error);
  g_assert_no_error (error);
  assert_places (fixture, "East West(Hill(North South))");

  /* The next start shows the same without asking anybody. */
  offline = chorus_library_new (fixture->store, NULL, "p");
  chorus_library_load_places_async (offline, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_load_places_finish (offline, result, &error));
  assert_places (&(Fixture){ .library = offline }, "East West(Hill(North South))");
  g_assert_nonnull (chorus_library_get_synced_at (offline));
}

static void
test_places_not_offered (Fixture       *fixture,
                         gconstpointer  data)
{
  static const Answer answers[] = { { "GET /api/v1/projects", 200,
                                      "[{\"project_id\":\"1\",\"project_name\":\"West\"}]" },
                                    { "GET /api/v1/projects/1/sites", 200,
                                      "[{\"site_id\":\"s\",\"site_name\":\"Hill\",\"project_id\":\"1\"},"
                                      "{\"site_id\":\"t\",\"site_name\":\"Bog\",\"project_id\":\"1\"}]" },
                                    { NULL } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusPlace) typed = NULL;
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  chorus_library_add_typed_deployment_async (fixture->library, "d", "River", NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  typed = chorus_library_create_place_finish (fixture->library, result, &error);
  g_assert_no_error (error);

  refresh_places (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (chorus_library_get_lists_deployments (fixture->library));
  assert_places (fixture, "West(Bog Hill) River");
  g_assert_true (chorus_library_find_place (fixture->library, CHORUS_PLACE_DEPLOYMENT, "d") == typed);
}

static void
test_places_all_or_nothing (Fixture       *fixture,
                            gconstpointer  data)
{
  static const Answer answers[] = {
    { "GET /api/v1/projects", 200, "[{\"project_id\":\"1\",\"project_name\":\"West\"}]" },
    { "GET /api/v1/projects", 200, "[{\"project_id\":\"1\",\"project_name\":\"Waste\"}]" },
    { "GET /api/v1/projects/1/sites", 200, "[{\"site_id\":\"s\",\"site_name\":\"Hill\",\"project_id\":\"1\"}]" },
    { "GET /api/v1/projects/1/sites", 403, ENVELOPE ("FORBIDDEN") },
    { "GET /api/v1/sites/s/deployments", 200, "[]" },
    { NULL }
  };
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  refresh_places (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (refresh_places (fixture, &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_FORBIDDEN);
  assert_places (fixture, "West(Hill)");
}

static ChorusPlace *
create (Fixture          *fixture,
        ChorusPlaceKind   kind,
        const char       *parent_id,
        const char       *name,
        GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_library_create_place_async (fixture->library, kind, parent_id, name, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_create_place_finish (fixture->library, result, error);
}

static void
test_places_create (Fixture       *fixture,
                    gconstpointer  data)
{
  static const Answer answers[] = {
    { "POST /api/v1/projects", 201, "{\"project_id\":\"1\",\"project_name\":\"West\"}" },
    { "POST /api/v1/projects", 409, ENVELOPE ("CONFLICT") },
    { "POST /api/v1/projects/1/sites", 201, "{\"site_id\":\"s\",\"site_name\":\"Hill\",\"project_id\":\"1\"}" },
    { "POST /api/v1/sites/s/deployments", 201,
      "{\"deployment_id\":\"d\",\"deployment_name\":\"North\",\"site_id\":\"s\"}" },
    { NULL }
  };
  g_autoptr (ChorusPlace) project = NULL;
  g_autoptr (ChorusPlace) site = NULL;
  g_autoptr (ChorusPlace) deployment = NULL;
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  project = create (fixture, CHORUS_PLACE_PROJECT, NULL, " West ", &error);
  g_assert_no_error (error);
  site = create (fixture, CHORUS_PLACE_SITE, "1", "Hill", &error);
  g_assert_no_error (error);
  deployment = create (fixture, CHORUS_PLACE_DEPLOYMENT, "s", "North", &error);
  g_assert_no_error (error);
  assert_places (fixture, "West(Hill(North))");
  g_assert_cmpstr (chorus_place_get_parent_id (deployment), ==, "s");

  g_assert_null (create (fixture, CHORUS_PLACE_PROJECT, NULL, "West", &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (create (fixture, CHORUS_PLACE_PROJECT, NULL, "  ", &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_INVALID);
  assert_places (fixture, "West(Hill(North))");
}

/* Recordings */

static void
test_refresh_twice (Fixture       *fixture,
                    gconstpointer  data)
{
  static const Answer answers[] = {
    { FILES, 200,
      "[" FILE ("f", "20250604_050000.WAV",
                RUN ("i", "f", "completed", PREDICTION ("Turdus merula", "1"))) "," FILE ("g", "20250604_040000.WAV",
                                                                                          "") "]" },
    { NULL }
  };
  g_autoptr (ChorusRecordingList) list = open_list (fixture);
  g_autoptr (GError) error = NULL;
  ChorusRecording *recording = NULL;

  fixture->answers = answers;
  g_assert_null (chorus_recording_list_get_synced_at (list));
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (refresh (fixture, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
      g_assert_true (!recording || recording == get_recording (list, 1));
      recording = get_recording (list, 1);
      g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "1 detection");
      g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 0)), ==, "To analyze");
    }
  g_assert_nonnull (chorus_recording_list_get_synced_at (list));
  g_assert_cmpuint (count_requests (fixture, NEEDING), ==, 0);
}

static void
test_refresh_without_file_list (Fixture       *fixture,
                                gconstpointer  data)
{
  static const Answer answers[] = {
    { NEEDING, 200,
      "[{\"file_id\":\"f\",\"name\":\"one.wav\",\"url\":\"gs://b/f\",\"created_at\":\"2026-01-01T00:00:00Z\","
      "\"updated_at\":\"2026-01-01T00:00:00Z\",\"deployment_id\":\"d\"}]" },
    { "GET /api/v1/files/g/inference", 200, "[" RUN ("i", "g", "completed", PREDICTION ("Strix aluco", "1")) "]" },
    { "GET /api/v1/files/lost/inference", 404, ENVELOPE ("FILE_NOT_FOUND") },
    { NULL }
  };
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (GError) error = NULL;

  /* What this computer uploaded is known though the service does not list it. */
  execute (
    fixture,
    "INSERT INTO recordings (profile_id, deployment_id, file_id, name, upload_state, recorded_at, time_source) VALUES"
    " ('p', 'd', 'g', 'mine.wav', 'sent', '2025-01-01T00:00:00', 'file-name'),"
    " ('p', 'd', 'lost', 'lost.wav', 'sent', '2025-01-02T00:00:00', 'file-name')");
  list = open_list (fixture);
  fixture->answers = answers;
  refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpstr (chorus_recording_get_name (get_recording (list, 0)), ==, "mine.wav");
  g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 0)), ==, "1 detection");
  g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 1)), ==, "To analyze");
  g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 2)), ==, "To analyze");
  g_assert_cmpuint (count_requests (fixture, "GET /api/v1/files/f/inference"), ==, 0);
}

static void
test_refresh_fails (Fixture       *fixture,
                    gconstpointer  data)
{
  static const Answer answers[] = { { FILES, 200, "[" FILE ("f", "a.wav", "") "]" },
                                    { FILES, 200, "[{\"file_id\":\"f\"" },
                                    { FILES, 403, ENVELOPE ("FORBIDDEN") },
                                    { FILES, 404, "<html>" },
                                    { NULL } };
  static const int codes[] = { CHORUS_API_ERROR_PROTOCOL, CHORUS_API_ERROR_FORBIDDEN, CHORUS_API_ERROR_NOT_FOUND };
  g_autoptr (ChorusRecordingList) list = open_list (fixture);
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  refresh (fixture, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_false (refresh (fixture, &error));
      g_assert_error (error, CHORUS_API_ERROR, codes[i]);
      g_clear_error (&error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
    }
}

/* Analysis */

static const Answer one_file[] = { { FILES, 200, "[" FILE ("f", "a.wav", "") "]" }, { NULL } };

static ChorusRecordingList *
open_one_file (Fixture *fixture)
{
  ChorusRecordingList *list = open_list (fixture);
  g_autoptr (GError) error = NULL;

  fixture->answers = one_file;
  refresh (fixture, &error);
  g_assert_no_error (error);

  return list;
}

static void
test_analyze_at_once (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f/inference", 200,
                                      RUN ("i", "f", "completed",
                                           PREDICTION ("Turdus merula", "1") "," PREDICTION ("Strix aluco", "2")) },
                                    { NULL } };
  g_autoptr (ChorusRecordingList) list = open_one_file (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  g_assert_true (analyze (fixture, recording, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "2 detections");
  g_assert_cmpuint (chorus_recording_get_n_species (recording), ==, 2);

  /* Listed later, it is the same run. */
  fixture->answers =
    (const Answer[]){ { FILES, 200,
                        "[" FILE ("f", "a.wav", RUN ("i", "f", "completed", PREDICTION ("Turdus merula", "1"))) "]" },
                      { NULL } };
  refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, 2);
}

static void
test_analyze_arrives (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f/inference", 202, WAITING_RUN ("i", "f") },
                                    { "GET /api/v1/files/f/inference", 200, "[" RUN ("i", "f", "running", "") "]" },
                                    { "GET /api/v1/files/f/inference", 200,
                                      "[" RUN ("i", "f", "completed", PREDICTION ("Turdus merula", "1")) "]" },
                                    { NULL } };
  g_autoptr (ChorusRecordingList) list = open_one_file (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  g_assert_true (analyze (fixture, recording, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Analyzing");
  chorus_test_wait (chorus_recording_get_status (recording) == CHORUS_RECORDING_DETECTIONS);
  g_assert_cmpuint (count_requests (fixture, "GET /api/v1/files/f/inference"), ==, 2);
}

static void
test_analyze_arrives_in_list (Fixture       *fixture,
                              gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f/inference", 202, WAITING_RUN ("i", "f") },
                                    { FILES, 200, "[" FILE ("f", "a.wav", RUN ("i", "f", "failed", "")) "]" },
                                    { NULL } };
  g_autoptr (ChorusRecordingList) list = open_one_file (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  /* The service does not tell the runs of one file; it lists them with the files. */
  g_hash_table_remove_all (fixture->counts);
  fixture->answers = answers;
  g_assert_true (analyze (fixture, recording, &error));
  chorus_test_wait (chorus_recording_get_status (recording) == CHORUS_RECORDING_FAILED);
  g_assert_nonnull (chorus_recording_get_reason (recording));
}

static void
test_analyze_refused (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f/inference", 403, ENVELOPE ("FORBIDDEN") },
                                    { "POST /api/v1/admin/files/f/inference", 404, "" },
                                    { "POST /api/v1/admin/files/f/inference", 200,
                                      RUN ("i", "f", "completed", PREDICTION ("Turdus merula", "1")) },
                                    { "POST /api/v1/admin/files/f/inference", 403, ENVELOPE ("FORBIDDEN") },
                                    { NULL } };
  static const int codes[] = { CHORUS_API_ERROR_FORBIDDEN, CHORUS_API_ERROR_NOT_OFFERED };
  g_autoptr (ChorusRecordingList) list = open_one_file (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_false (analyze (fixture, recording, &error));
      g_assert_error (error, CHORUS_API_ERROR, codes[i]);
      g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Failed");
      g_assert_cmpstr (chorus_recording_get_reason (recording), ==, error->message);
      g_clear_error (&error);
    }
  g_assert_true (analyze (fixture, recording, &error));
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "1 detection");
  g_assert_null (chorus_recording_get_reason (recording));

  /* What was found stays, though another analysis fails. */
  g_assert_false (analyze (fixture, recording, &error));
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "1 detection");
  g_assert_cmpstr (chorus_recording_get_reason (recording), ==, error->message);
}

static void
test_analyze_cancelled (Fixture       *fixture,
                        gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f/inference", 0, NULL }, { NULL } };
  g_autoptr (ChorusRecordingList) list = open_one_file (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  chorus_library_analyze_async (fixture->library, recording, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (count_requests (fixture, answers[0].request) == 1);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Analyzing");
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_false (chorus_library_analyze_finish (fixture->library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "To analyze");
}

static void
test_analyze_forgotten (Fixture       *fixture,
                        gconstpointer  data)
{
  static const Answer answers[] = { { "GET /api/v1/files/f/inference", 200, "[]" }, { NULL } };
  g_autoptr (ChorusRecordingList) list = NULL;

  /* The program ended between the row and the request: the service knows of nothing. */
  execute (fixture, "INSERT INTO recordings (profile_id, deployment_id, file_id, name, upload_state, analysis_state)"
                    " VALUES ('p', 'd', 'f', 'a.wav', 'sent', 'pending')");
  fixture->answers = answers;
  list = open_list (fixture);
  g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 0)), ==, "Analyzing");
  chorus_test_wait (chorus_recording_get_status (get_recording (list, 0)) == CHORUS_RECORDING_TO_ANALYZE);
  g_assert_cmpuint (count_requests (fixture, answers[0].request), ==, 3);
}

static void
test_analyze_all (Fixture       *fixture,
                  gconstpointer  data)
{
  static const Answer answers[] = {
    { FILES, 200,
      "[" FILE ("a", "1.wav",
                "") "," FILE ("b", "2.wav",
                              "") "," FILE ("c", "3.wav",
                                            "") "," FILE ("d", "4.wav",
                                                          "") "," FILE ("e", "5.wav",
                                                                        RUN ("i", "e", "completed", "")) "]" },
    { "POST /api/v1/admin/files/a/inference", 200, RUN ("ia", "a", "completed", PREDICTION ("Turdus merula", "1")) },
    { "POST /api/v1/admin/files/b/inference", 404, ENVELOPE ("FILE_NOT_FOUND") },
    { "POST /api/v1/admin/files/c/inference", 200, RUN ("ic", "c", "completed", "") },
    { "POST /api/v1/admin/files/d/inference", 200, RUN ("id", "d", "completed", "") },
    { NULL }
  };
  g_autoptr (ChorusRecordingList) list = open_list (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_failed = 0;

  fixture->answers = answers;
  refresh (fixture, &error);
  g_assert_no_error (error);
  chorus_library_analyze_all_async (fixture->library, list, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_analyze_all_finish (fixture->library, result, &n_failed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_cmpuint (count_requests (fixture, "POST /api/v1/admin/files/e/inference"), ==, 0);
  chorus_test_wait (chorus_recording_list_get_n_without_detections (list) == 3);
  g_assert_cmpuint (chorus_recording_list_get_n_with_detections (list), ==, 1);
  g_assert_cmpuint (chorus_recording_list_get_n_failed (list), ==, 1);
}

static void
test_analyze_all_not_offered (Fixture       *fixture,
                              gconstpointer  data)
{
  static const Answer answers[] = {
    { FILES, 200,
      "[" FILE ("a", "1.wav", "") "," FILE ("b", "2.wav", "") "," FILE ("c", "3.wav",
                                                                        "") "," FILE ("d", "4.wav",
                                                                                      "") "," FILE ("e", "5.wav",
                                                                                                    "") "]" },
    { NULL }
  };
  g_autoptr (ChorusRecordingList) list = open_list (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* What the server cannot do at all is not asked for a hundred thousand times. */
  fixture->answers = answers;
  refresh (fixture, &error);
  g_assert_no_error (error);
  chorus_library_analyze_all_async (fixture->library, list, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_false (chorus_library_analyze_all_finish (fixture->library, result, NULL, &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED);
  g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 4)), ==, "To analyze");
}

static void
test_analyze_dropped (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "GET /api/v1/files/f/inference", 0, NULL }, { NULL } };
  g_autoptr (ChorusRecordingList) list = NULL;

  execute (fixture, "INSERT INTO recordings (profile_id, deployment_id, file_id, name, upload_state, analysis_state)"
                    " VALUES ('p', 'd', 'f', 'a.wav', 'sent', 'running')");
  fixture->answers = answers;
  list = open_list (fixture);

  /* A question is on its way when the library goes; the tear-down sees that nothing keeps it. */
  chorus_test_wait (count_requests (fixture, answers[0].request) == 1);
}

/* Several parts */

static ChorusRecordingList *
open_parts (Fixture *fixture)
{
  execute (
    fixture,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, local_path, size, duration,"
    "  upload_state) VALUES (1, 'p', 'd', 'long.wav', '/nowhere/long.wav', 1000, 250, 'sent');"
    "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state, file_id)"
    " VALUES (1, 0, 0, 1, 0, 100, 400, 'sent', 'f0'), (1, 1, 1, 1, 100, 100, 400, 'sent', 'f1'),"
    " (1, 2, 2, 1, 200, 50, 200, 'sent', 'f2')");

  return open_list (fixture);
}

static void
test_parts_analyzed (Fixture       *fixture,
                     gconstpointer  data)
{
  static const Answer answers[] = {
    { "POST /api/v1/admin/files/f0/inference", 200, RUN ("i", "f0", "completed", PREDICTION ("Turdus merula", "1")) },
    { "POST /api/v1/admin/files/f1/inference", 202, WAITING_RUN ("i", "f1") },
    { "POST /api/v1/admin/files/f2/inference", 409, ENVELOPE ("CONFLICT") },
    { "GET /api/v1/files/f1/inference", 200, "[" RUN ("i", "f1", "running", "") "]" },
    { "GET /api/v1/files/f1/inference", 200,
      "[" RUN ("i", "f1", "completed", PREDICTION ("Turdus merula", "1") "," PREDICTION ("Strix aluco", "1.5")) "]" },
    { "GET /api/v1/files/f2/inference", 200, "[]" },
    { "GET /api/v1/files/f2/inference", 200, "[" RUN ("i", "f2", "completed", "") "]" },
    { NULL }
  };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "To analyze");
  fixture->answers = answers;
  g_assert_true (analyze (fixture, recording, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Analyzing");
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, 1);

  chorus_test_wait (chorus_recording_get_status (recording) == CHORUS_RECORDING_DETECTIONS);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "3 detections");
  g_assert_cmpuint (count_requests (fixture, "GET /api/v1/files/f0/inference"), ==, 0);
  g_assert_cmpuint (count_requests (fixture, "GET /api/v1/files/f1/inference"), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

static void
test_parts_one_fails (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f0/inference", 200, RUN ("i", "f0", "completed", "") },
                                    { "POST /api/v1/admin/files/f1/inference", 404, ENVELOPE ("FILE_NOT_FOUND") },
                                    { "POST /api/v1/admin/files/f1/inference", 200, RUN ("i", "f1", "completed", "") },
                                    { "POST /api/v1/admin/files/f2/inference", 200, RUN ("i", "f2", "completed", "") },
                                    { NULL } };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  /* One part that the service has lost does not keep the others from being analyzed. */
  fixture->answers = answers;
  g_assert_false (analyze (fixture, recording, &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_FOUND);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Failed");
  g_assert_cmpstr (chorus_recording_get_reason (recording), ==, error->message);
  g_clear_error (&error);

  /* Once more: only that one is asked for. */
  g_assert_true (analyze (fixture, recording, &error));
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "No detections");
  g_assert_cmpuint (count_requests (fixture, answers[0].request), ==, 1);
  g_assert_cmpuint (count_requests (fixture, answers[1].request), ==, 2);
  g_assert_cmpuint (count_requests (fixture, answers[3].request), ==, 1);

  /* When all are done, all are. */
  g_assert_true (analyze (fixture, recording, &error));
  g_assert_cmpuint (count_requests (fixture, answers[0].request), ==, 2);
}

static void
test_parts_not_offered (Fixture       *fixture,
                        gconstpointer  data)
{
  static const Answer answers[] = { { NULL } };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  g_assert_false (analyze (fixture, recording, &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Failed");
  g_assert_cmpstr (chorus_recording_get_reason (recording), ==, error->message);
  g_assert_cmpuint (count_requests (fixture, "POST /api/v1/admin/files/f0/inference"), ==, 1);
  g_assert_cmpuint (count_requests (fixture, "POST /api/v1/admin/files/f1/inference"), ==, 0);
}

static void
test_parts_cancelled (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "POST /api/v1/admin/files/f0/inference", 200, RUN ("i", "f0", "completed", "") },
                                    { "POST /api/v1/admin/files/f1/inference", 0, NULL },
                                    { NULL } };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  ChorusRecording *recording = get_recording (list, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  chorus_library_analyze_async (fixture->library, recording, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (count_requests (fixture, answers[1].request) == 1);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_false (chorus_library_analyze_finish (fixture->library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "To analyze");
  g_assert_cmpuint (count_requests (fixture, "POST /api/v1/admin/files/f2/inference"), ==, 0);
}

static void
test_parts_forgotten (Fixture       *fixture,
                      gconstpointer  data)
{
  static const Answer answers[] = { { "GET /api/v1/files/f0/inference", 200,
                                      "[" RUN ("i", "f0", "completed", PREDICTION ("Turdus merula", "1")) "]" },
                                    { "GET /api/v1/files/f1/inference", 200, "[]" },
                                    { "GET /api/v1/files/f2/inference", 404, ENVELOPE ("FILE_NOT_FOUND") },
                                    { NULL } };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  ChorusRecording *recording = NULL;

  /* The program ended between the rows and the requests. */
  execute (fixture, "UPDATE parts SET analysis_state = 'pending'; UPDATE recordings SET analysis_state = 'pending'");
  g_clear_object (&list);
  fixture->answers = answers;
  list = open_list (fixture);
  recording = get_recording (list, 0);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Analyzing");
  chorus_test_wait (chorus_recording_get_status (recording) == CHORUS_RECORDING_FAILED);
  g_assert_cmpuint (count_requests (fixture, answers[0].request), ==, 1);
  g_assert_cmpuint (count_requests (fixture, answers[1].request), ==, 3);
  g_assert_cmpuint (count_requests (fixture, answers[2].request), ==, 1);
  g_assert_cmpuint (chorus_recording_get_n_detections (recording), ==, 1);
}

static void
test_parts_without_file_list (Fixture       *fixture,
                              gconstpointer  data)
{
  static const Answer answers[] = {
    { NEEDING, 200,
      "[{\"file_id\":\"f1\",\"name\":\"x.wav\",\"url\":\"gs://b/f\",\"created_at\":\"2026-01-01T00:00:00Z\","
      "\"updated_at\":\"2026-01-01T00:00:00Z\",\"deployment_id\":\"d\"}]" },
    { "GET /api/v1/files/f0/inference", 200, "[" RUN ("i", "f0", "completed", PREDICTION ("Strix aluco", "1")) "]" },
    { "GET /api/v1/files/f2/inference", 200, "[" RUN ("i", "f2", "completed", PREDICTION ("Strix aluco", "1")) "]" },
    { NULL }
  };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  g_autoptr (GError) error = NULL;

  fixture->answers = answers;
  refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (chorus_recording_get_n_detections (get_recording (list, 0)), ==, 2);
  g_assert_cmpstr (chorus_recording_get_status_text (get_recording (list, 0)), ==, "To analyze");
  g_assert_cmpuint (count_requests (fixture, "GET /api/v1/files/f1/inference"), ==, 0);
}

/* A file that was taken for a recording of its own goes from the list when it turns out to be a part. */
static void
test_parts_adopted (Fixture       *fixture,
                    gconstpointer  data)
{
  static const Answer answers[] = { { FILES, 200, "[" FILE ("f1", "x.wav", "") "]" }, { NULL } };
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  g_autoptr (GError) error = NULL;

  execute (fixture, "UPDATE parts SET file_id = NULL, state = 'failed' WHERE ordinal = 1");
  fixture->answers = answers;
  refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  execute (fixture, "UPDATE parts SET file_id = 'f1', state = 'sent' WHERE ordinal = 1");
  refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpstr (chorus_recording_get_name (get_recording (list, 0)), ==, "long.wav");
}

static void
test_parts_audio (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ChorusRecordingList) list = open_parts (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_locate_audio_async (fixture->library, get_recording (list, 0), NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_library_locate_audio_finish (fixture->library, result, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO);
  g_assert_nonnull (strstr (error->message, "long.wav"));
  g_assert_nonnull (strstr (error->message, "only in parts"));
}

/* Audio */

static void
test_audio_fetched (Fixture       *fixture,
                    gconstpointer  data)
{
  static const Answer answers[] = { { "GET /audio/f", 200, "12345" }, { NULL } };
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("INSERT INTO recordings (profile_id, deployment_id, file_id, name, url, size, upload_state)"
                         " VALUES ('p', 'd', 'f', 'a.wav', '%s/audio/f', 5, 'remote')",
                         chorus_server_get_base_url (
                           chorus_session_get_server (chorus_client_get_session (fixture->client))));
  execute (fixture, sql);
  fixture->answers = answers;
  list = open_list (fixture);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = NULL;
      g_autofree char *contents = NULL;

      chorus_library_locate_audio_async (fixture->library, get_recording (list, 0), NULL, chorus_test_result_cb,
                                         &result);
      chorus_test_wait (result);
      file = chorus_library_locate_audio_finish (fixture->library, result, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (g_file_peek_path (file), chorus_library_get_cache_folder (fixture->library)));
      g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "12345");
      g_assert_cmpuint (count_requests (fixture, "GET /audio/f"), ==, 1);
    }
}

static void
test_audio_unreachable (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (ChorusRecordingList) list = open_one_file (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_locate_audio_async (fixture->library, get_recording (list, 0), NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_library_locate_audio_finish (fixture->library, result, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO);
  g_assert_nonnull (strstr (error->message, "a.wav"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/service/library/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("places-refresh", test_places_refresh);
  ADD ("places-not-offered", test_places_not_offered);
  ADD ("places-all-or-nothing", test_places_all_or_nothing);
  ADD ("places-create", test_places_create);
  ADD ("refresh-twice", test_refresh_twice);
  ADD ("refresh-without-file-list", test_refresh_without_file_list);
  ADD ("refresh-fails", test_refresh_fails);
  ADD ("analyze-at-once", test_analyze_at_once);
  ADD ("analyze-arrives", test_analyze_arrives);
  ADD ("analyze-arrives-in-list", test_analyze_arrives_in_list);
  ADD ("analyze-refused", test_analyze_refused);
  ADD ("analyze-cancelled", test_analyze_cancelled);
  ADD ("analyze-forgotten", test_analyze_forgotten);
  ADD ("analyze-all", test_analyze_all);
  ADD ("analyze-all-not-offered", test_analyze_all_not_offered);
  ADD ("analyze-dropped", test_analyze_dropped);
  ADD ("parts-analyzed", test_parts_analyzed);
  ADD ("parts-one-fails", test_parts_one_fails);
  ADD ("parts-not-offered", test_parts_not_offered);
  ADD ("parts-cancelled", test_parts_cancelled);
  ADD ("parts-forgotten", test_parts_forgotten);
  ADD ("parts-without-file-list", test_parts_without_file_list);
  ADD ("parts-adopted", test_parts_adopted);
  ADD ("parts-audio", test_parts_audio);
  ADD ("audio-fetched", test_audio_fetched);
  ADD ("audio-unreachable", test_audio_unreachable);
#undef ADD

  return g_test_run ();
}
