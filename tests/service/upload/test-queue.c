/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/chorus-schema.h"
#include "upload/chorus-upload-queue.h"

#include "chorus-test.h"

#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* What the server does with the next upload. */
typedef enum
{
  ACT_ACCEPT,          /* 201 that names the file */
  ACT_ACCEPT_NO_IDS,   /* 201 that names nothing */
  ACT_ACCEPT_NONSENSE, /* 201 whose body is no JSON */
  ACT_ACCEPT_DROP,     /* keeps the file, then breaks the connection instead of answering */
  ACT_RESET_EARLY,     /* breaks the connection before the body */
  ACT_RESET_LATE,      /* breaks the connection after the body, and keeps nothing */
  ACT_HOLD,            /* never answers */
  ACT_STATUS,          /* 400 and above: with the envelope of the API */
} Act;

#define STATUS(code) (ACT_STATUS + (code))

typedef struct
{
  char *folder;
  ChorusStore *store;
  ChorusUploadQueue *queue;
  ChorusClient *client;
  SoupServer *server;

  const int *script; /* acts; the last one goes on */
  guint n_script;
  guint n_uploads; /* requests that began */
  guint n_lists;
  gboolean list_offered;
  GPtrArray *kept; /* SHA-256 of what was kept */
  GPtrArray *created_at;
  GArray *sizes;
  SoupServerMessage *held;

  GString *told; /* states without repetition, such as "waiting checking sending sent " */
  const char *last_told;
  double last_progress;
  guint n_progress;
} Fixture;

/* The server. */

static int
fixture_get_act (Fixture *fixture)
{
  guint n = fixture->n_uploads > 0 ? fixture->n_uploads - 1 : 0;

  return fixture->script[MIN (n, fixture->n_script - 1)];
}

static void
drop_connection (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

/* Takes the body apart and keeps what it holds. */
static void
fixture_keep (Fixture           *fixture,
              SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  JsonArray *files = NULL;

  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  files = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "files");
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      const char *uri = json_array_get_string_element (files, i);
      g_autofree guchar *raw = NULL;
      gsize n = 0;

      g_assert_true (g_str_has_prefix (uri, "data:audio/wav;base64,"));
      raw = g_base64_decode (uri + strlen ("data:audio/wav;base64,"), &n);
      g_ptr_array_add (fixture->kept, g_compute_checksum_for_data (G_CHECKSUM_SHA256, raw, n));
      g_ptr_array_add (fixture->created_at, g_date_time_format_iso8601 (now));
      g_array_append_val (fixture->sizes, n);
    }
}

static char *
fixture_describe (Fixture *fixture,
                  guint    i)
{
  return g_strdup_printf ("{\"file_id\":\"file-%u\",\"name\":\"stored-%u.wav\",\"url\":\"gs://bucket/%u\","
                          "\"size\":%" G_GSIZE_FORMAT ",\"created_at\":\"%s\",\"deployment_id\":\"deployment-1\","
                          "\"inferences\":[]}",
                          i, i, i, g_array_index (fixture->sizes, gsize, i), (char *) fixture->created_at->pdata[i]);
}

static void
handle_list (Fixture           *fixture,
             SoupServerMessage *message)
{
  g_autoptr (GString) list = g_string_new ("[");
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  fixture->n_lists++;
  if (!fixture->list_offered)
    {
      answer (message, 404, "{}");
      return;
    }
  for (guint i = 0; i < fixture->kept->len && !(query && strstr (query, "skip=") && !strstr (query, "skip=0")); i++)
    {
      g_autofree char *file = fixture_describe (fixture, i);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", file);
    }
  g_string_append_c (list, ']');
  answer (message, 200, list->str);
}

static void
handle_upload (Fixture           *fixture,
               SoupServerMessage *message)
{
  int act = fixture_get_act (fixture);
  guint n_before = fixture->kept->len;

  if (act == ACT_ACCEPT || act == ACT_ACCEPT_NO_IDS || act == ACT_ACCEPT_NONSENSE || act == ACT_ACCEPT_DROP)
    fixture_keep (fixture, message);

  if (act == ACT_ACCEPT)
    {
      g_autoptr (GString) body = g_string_new ("{\"files\":[");

      for (guint i = n_before; i < fixture->kept->len; i++)
        {
          g_autofree char *file = fixture_describe (fixture, i);

          g_string_append_printf (body, "%s%s", i > n_before ? "," : "", file);
        }
      g_string_append (body, "]}");
      answer (message, 201, body->str);
    }
  else if (act == ACT_ACCEPT_NO_IDS)
    {
      answer (message, 201, "{}");
    }
  else if (act == ACT_ACCEPT_NONSENSE)
    {
      answer (message, 201, "{\"files\":[");
    }
  else if (act == ACT_ACCEPT_DROP || act == ACT_RESET_LATE)
    {
      drop_connection (message);
    }
  else if (act == ACT_HOLD)
    {
      fixture->held = g_object_ref (message);
      soup_server_message_pause (message);
    }
  else
    {
      g_assert_cmpint (act, >=, STATUS (400));
      if (act == STATUS (429))
        soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      answer (message, (guint) (act - ACT_STATUS),
              "{\"error\":{\"code\":\"A_CODE\",\"message\":\"A message.\",\"details\":\"\",\"request_id\":\"req_1\"}}");
    }
}

static void
server_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  if (g_str_has_suffix (path, "/audio/upload"))
    handle_upload (user_data, message);
  else
    handle_list (user_data, message);
}

static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Fixture *fixture = user_data;

  if (!g_str_has_suffix (path, "/audio/upload"))
    return;

  fixture->n_uploads++;
  if (fixture_get_act (fixture) == ACT_RESET_EARLY)
    drop_connection (message);
}

/* The fixture. */

static void
told_cb (ChorusUploadQueue *queue,
         gint64             recording_id,
         ChorusUploadState  state,
         double             progress,
         const char        *reason,
         Fixture           *fixture)
{
  const char *text = chorus_upload_state_to_text (state);

  if (state == CHORUS_UPLOAD_STATE_SENDING && progress > 0)
    {
      fixture->n_progress++;
      g_assert_cmpfloat (progress, <=, 1);
      fixture->last_progress = progress;
    }
  if (g_strcmp0 (fixture->last_told, text) != 0)
    g_string_append_printf (fixture->told, "%s ", text);
  fixture->last_told = text;
}

static void
fixture_open_queue (Fixture *fixture)
{
  fixture->queue = chorus_upload_queue_new (fixture->store, fixture->client, "profile");
  chorus_upload_queue_set_retry_delay (fixture->queue, 1);
  g_signal_connect (fixture->queue, "recording-changed", G_CALLBACK (told_cb), fixture);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autoptr (ChorusServer) server = NULL;
  g_autoptr (ChorusSession) session = NULL;
  GSList *uris = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-upload-XXXXXX", NULL);
  fixture->store = chorus_store_open (NULL, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  fixture->kept = g_ptr_array_new_with_free_func (g_free);
  fixture->created_at = g_ptr_array_new_with_free_func (g_free);
  fixture->sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  fixture->told = g_string_new (NULL);
  fixture->list_offered = TRUE;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (fixture->server, NULL, early_cb, fixture, NULL);
  soup_server_add_handler (fixture->server, NULL, server_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  server = chorus_server_new (url, NULL, NULL, &error);
  g_assert_no_error (error);
  session = chorus_session_new (server);
  chorus_session_set_tokens (session, "access", NULL);
  fixture->client = chorus_client_new (session);
  fixture_open_queue (fixture);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  ChorusStore *store = NULL;
  guint tick = 0;

  if (fixture->queue)
    g_assert_finalize_object (fixture->queue);
  g_clear_object (&fixture->held);
  soup_server_disconnect (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->client);
  g_clear_object (&fixture->server);

  /* What was under way holds the store until it has wound down. */
  store = fixture->store;
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (fixture->store);
  tick = g_timeout_add (10, tick_cb, NULL); /* the last reference may go in another thread, which wakes nobody */
  chorus_test_wait (g_atomic_pointer_get (&store) == NULL);
  g_source_remove (tick);
  g_ptr_array_unref (fixture->kept);
  g_ptr_array_unref (fixture->created_at);
  g_array_unref (fixture->sizes);
  g_string_free (fixture->told, TRUE);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

#define fixture_script(fixture, ...)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    static const int acts_[] = { __VA_ARGS__ };                                                                        \
    (fixture)->script = acts_;                                                                                         \
    (fixture)->n_script = G_N_ELEMENTS (acts_);                                                                        \
  }                                                                                                                    \
  G_STMT_END

/* Noise of its own for each @seed: 8 kHz, 16 bits, mono. Returns the SHA-256. */
static char *
fixture_make_wav (Fixture    *fixture,
                  const char *name,
                  guint32     seed,
                  guint32     n_samples)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint32 riff = GUINT32_TO_LE (36 + 2 * n_samples);
  guint32 size = GUINT32_TO_LE (2 * n_samples);

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  g_byte_array_append (bytes, (guint8 *) &riff, 4);
  g_byte_array_append (bytes, (const guint8 *) "WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data", 32);
  g_byte_array_append (bytes, (guint8 *) &size, 4);
  for (guint32 i = 0; i < n_samples; i++)
    {
      gint16 sample = GINT16_TO_LE ((gint16) g_rand_int_range (random, -10000, 10000));

      g_byte_array_append (bytes, (guint8 *) &sample, 2);
    }
  g_assert_true (g_file_set_contents (path, (char *) bytes->data, bytes->len, NULL));

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static void
fixture_write_wav (Fixture    *fixture,
                   const char *name)
{
  g_free (fixture_make_wav (fixture, name, 1, 8000));
}

static void
fixture_add (Fixture    *fixture,
             const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_list_store_append (files, file);
  chorus_upload_queue_add_async (fixture->queue, G_LIST_MODEL (files), "deployment-1", CHORUS_UPLOAD_ADD_NONE, NULL,
                                 chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_upload_queue_add_finish (fixture->queue, result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static ChorusUpload *
fixture_get (Fixture *fixture,
             guint    position)
{
  g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (fixture->queue), position);

  g_assert_nonnull (upload);

  return upload; /* the queue keeps it */
}

static void
fixture_wait_state (Fixture           *fixture,
                    ChorusUploadState  state)
{
  ChorusUpload *upload = fixture_get (fixture, 0);

  chorus_test_wait (chorus_upload_get_state (upload) == state);
}

/* One file, from adding to the end that is expected. */
static void
fixture_send_one (Fixture           *fixture,
                  ChorusUploadState  state)
{
  fixture_write_wav (fixture, "a.wav");
  fixture_add (fixture, "a.wav");
  fixture_wait_state (fixture, state);
}

static gpointer
read_value (ChorusDatabase  *db,
            gpointer         data,
            GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, data, error);

  g_assert_no_error (*error);
  if (chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return NULL;

  return chorus_statement_dup_text (statement, 0);
}

static char *
fixture_query (Fixture    *fixture,
               const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  chorus_store_run_async (fixture->store, read_value, (gpointer) sql, NULL, g_free, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  value = chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return value;
}

static void
fixture_assert_row (Fixture    *fixture,
                    const char *expected)
{
  g_autofree char *row =
    fixture_query (fixture, "SELECT upload_state || ' ' || coalesce (file_id, '-') || ' ' ||"
                            " coalesce (server_name, '-') || ' ' || (upload_error IS NOT NULL) FROM recordings"
                            " ORDER BY recording_id LIMIT 1");

  g_assert_cmpstr (row, ==, expected);
}

static void
fixture_assert_failed (Fixture *fixture,
                       guint    n_uploads)
{
  ChorusUpload *upload = fixture_get (fixture, 0);

  g_test_message ("%s", chorus_upload_get_reason (upload));
  g_assert_true (g_str_has_suffix (chorus_upload_get_reason (upload), "."));
  g_assert_cmpuint (fixture->n_uploads, ==, n_uploads);
  g_assert_cmpuint (fixture->kept->len, ==, 0);
  fixture_assert_row (fixture, "failed - - 1");
}

/* The tests. */

static void
test_sent (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *sha256 = fixture_make_wav (fixture, "a.wav", 1, 2000000);

  fixture_script (fixture, ACT_ACCEPT);
  fixture_add (fixture, "a.wav");
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  chorus_test_wait (g_str_has_suffix (fixture->told->str, "sent "));

  /* Whether it is told that it is ready depends on how soon it goes on. */
  g_string_replace (fixture->told, "ready ", "", 0);
  g_assert_cmpstr (fixture->told->str, ==, "waiting checking sending sent ");
  g_assert_cmpuint (fixture->n_progress, >, 0);
  g_assert_cmpfloat (fixture->last_progress, ==, 1);
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  g_assert_cmpuint (fixture->n_lists, ==, 0);
  g_assert_cmpstr (fixture->kept->pdata[0], ==, sha256);
  g_assert_cmpuint (chorus_upload_queue_get_n_unfinished (fixture->queue), ==, 0);
  fixture_assert_row (fixture, "sent file-0 stored-0.wav 0");
}

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *n_ids = NULL;

  fixture_script (fixture, ACT_ACCEPT);
  for (guint32 i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.WAV", i);

      g_hash_table_add (expected, fixture_make_wav (fixture, name, i, 4000 + i));
    }
  fixture_add (fixture, ".");
  chorus_test_wait (chorus_upload_queue_get_n_unfinished (fixture->queue) == 0);

  /* They go together once they are checked. */
  g_assert_cmpuint (fixture->n_uploads, <, 12);
  for (guint i = 0; i < 12; i++)
    g_assert_true (g_hash_table_remove (expected, fixture->kept->pdata[i]));
  n_ids = fixture_query (fixture, "SELECT count (DISTINCT file_id) FROM recordings WHERE upload_state = 'sent'");
  g_assert_cmpstr (n_ids, ==, "12");
}

static void
test_already_sent (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *again = NULL;

  fixture_script (fixture, ACT_ACCEPT);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  again = fixture_make_wav (fixture, "again.wav", 1, 8000);
  fixture_add (fixture, "again.wav");
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 1)) == CHORUS_UPLOAD_STATE_REFUSED);
  g_assert_true (g_str_has_prefix (chorus_upload_get_reason (fixture_get (fixture, 1)), "Already sent on "));
  g_assert_true (g_str_has_suffix (chorus_upload_get_reason (fixture_get (fixture, 1)), ", as “a.wav”."));
  g_assert_cmpuint (fixture->n_uploads, ==, 1);

  /* Unless a person wants it. */
  g_assert_true (chorus_upload_can_send_anyway (fixture_get (fixture, 1)));
  chorus_upload_queue_send_anyway (fixture->queue, fixture_get (fixture, 1));
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 1)) == CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 2);
}

static void
test_status (Fixture       *fixture,
             gconstpointer  data)
{
  static const int bad_request[] = { STATUS (400) };
  static const int forbidden[] = { STATUS (403) };
  static const int not_found[] = { STATUS (404) };
  static const int too_large[] = { STATUS (413) };
  static const int *const scripts[] = { bad_request, forbidden, not_found, too_large };

  fixture->script = scripts[GPOINTER_TO_INT (data)];
  fixture->n_script = 1;
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_FAILED);
  fixture_assert_failed (fixture, 1);
  g_assert_false (chorus_upload_queue_get_paused (fixture->queue));
}

static void
test_unauthenticated (Fixture       *fixture,
                      gconstpointer  data)
{
  fixture_script (fixture, STATUS (401), ACT_ACCEPT);
  fixture_write_wav (fixture, "a.wav");
  fixture_add (fixture, "a.wav");
  chorus_test_wait (chorus_upload_queue_get_paused (fixture->queue));
  g_assert_cmpint (chorus_upload_get_state (fixture_get (fixture, 0)), ==, CHORUS_UPLOAD_STATE_READY);
  g_assert_true (g_str_has_suffix (chorus_upload_get_reason (fixture_get (fixture, 0)), "."));
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  fixture_assert_row (fixture, "waiting - - 1");

  /* Signed in again. */
  chorus_session_set_tokens (chorus_client_get_session (fixture->client), "another", NULL);
  chorus_upload_queue_set_paused (fixture->queue, FALSE);
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
}

static void
test_recovers (Fixture       *fixture,
               gconstpointer  data)
{
  static const int server_error[] = { STATUS (500), STATUS (503), ACT_ACCEPT };
  static const int rate_limited[] = { STATUS (429), ACT_ACCEPT };
  static const int reset_early[] = { ACT_RESET_EARLY, ACT_RESET_EARLY, ACT_ACCEPT };
  static const int reset_late[] = { ACT_RESET_LATE, ACT_ACCEPT };
  static const int bad_gateway[] = { STATUS (502), ACT_ACCEPT };
  static const struct
  {
    const int *script;
    guint n;
  } cases[] = {
    { server_error, 3 }, { rate_limited, 2 }, { reset_early, 3 }, { reset_late, 2 }, { bad_gateway, 2 },
  };

  fixture->script = cases[GPOINTER_TO_INT (data)].script;
  fixture->n_script = cases[GPOINTER_TO_INT (data)].n;
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, fixture->n_script);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
  fixture_assert_row (fixture, "sent file-0 stored-0.wav 0");
}

static void
test_gives_up (Fixture       *fixture,
               gconstpointer  data)
{
  fixture_script (fixture, STATUS (503));
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_FAILED);
  fixture_assert_failed (fixture, 6);
}

static void
test_lost_answer (Fixture       *fixture,
                  gconstpointer  data)
{
  fixture_script (fixture, ACT_ACCEPT_DROP, ACT_ACCEPT);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  g_assert_cmpuint (fixture->n_lists, >, 0);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
  fixture_assert_row (fixture, "sent file-0 stored-0.wav 0");
}

/* Where the service does not list, a person has to look. */
static void
test_lost_answer_without_list (Fixture       *fixture,
                               gconstpointer  data)
{
  fixture->list_offered = FALSE;
  fixture_script (fixture, ACT_ACCEPT_DROP, ACT_ACCEPT);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED);
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  g_assert_cmpstr (chorus_upload_get_reason (fixture_get (fixture, 0)), ==,
                   "“a.wav” may have arrived, but the answer was lost: look for it in the deployment, then say whether "
                   "to send it again.");

  chorus_upload_queue_retry (fixture->queue, fixture_get (fixture, 0));
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 2);
}

static void
test_answer_without_id (Fixture       *fixture,
                        gconstpointer  data)
{
  fixture_script (fixture, ACT_ACCEPT_NO_IDS);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  fixture_assert_row (fixture, "sent file-0 stored-0.wav 0");
}

static void
test_no_id_at_all (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->list_offered = FALSE;
  fixture_script (fixture, ACT_ACCEPT_NO_IDS);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  fixture_assert_row (fixture, "sent - - 0");
}

static void
test_answer_is_nonsense (Fixture       *fixture,
                         gconstpointer  data)
{
  fixture_script (fixture, ACT_ACCEPT_NONSENSE);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
  fixture_assert_row (fixture, "sent file-0 stored-0.wav 0");
}

static char *
fixture_digest (Fixture    *fixture,
                const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, length);
}

static void
test_file_changed (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.wav", NULL);
  g_autofree char *sha256 = NULL;
  int fd = -1;

  fixture_write_wav (fixture, "a.wav");
  fixture_script (fixture, ACT_ACCEPT);
  chorus_upload_queue_set_paused (fixture->queue, TRUE);
  fixture_add (fixture, "a.wav");
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_READY);
  fd = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (pwrite (fd, "xx", 2, 100), ==, 2);
  close (fd);

  /* What is sent is the file as it is now, checked again. */
  sha256 = fixture_digest (fixture, "a.wav");
  chorus_upload_queue_set_paused (fixture->queue, FALSE);
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
  g_assert_cmpstr (fixture->kept->pdata[0], ==, sha256);
}

static void
test_paused (Fixture       *fixture,
             gconstpointer  data)
{
  fixture_script (fixture, ACT_ACCEPT);
  chorus_upload_queue_set_paused (fixture->queue, TRUE);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_READY);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_uploads, ==, 0);

  chorus_upload_queue_set_paused (fixture->queue, FALSE);
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  fixture_write_wav (fixture, "a.wav");
  fixture_script (fixture, ACT_HOLD, ACT_HOLD, ACT_HOLD, ACT_HOLD, ACT_ACCEPT);
  fixture_add (fixture, "a.wav");

  /* Again and again, because the end of what was canceled and the start of what is retried come in either order. */
  for (guint i = 0; i < 4; i++)
    {
      chorus_test_wait (fixture->held);
      g_clear_object (&fixture->held);
      chorus_upload_queue_cancel (fixture->queue, fixture_get (fixture, 0));
      g_assert_cmpint (chorus_upload_get_state (fixture_get (fixture, 0)), ==, CHORUS_UPLOAD_STATE_CANCELED);
      chorus_upload_queue_retry (fixture->queue, fixture_get (fixture, 0));
    }
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
}

static void
test_dispose_while_sending (Fixture       *fixture,
                            gconstpointer  data)
{
  fixture_write_wav (fixture, "a.wav");
  fixture_script (fixture, ACT_HOLD);
  fixture_add (fixture, "a.wav");
  chorus_test_wait (fixture->held);
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
  fixture_assert_row (fixture, "sending - - 0");
}

/* The program was killed while it was sending. What arrived is not sent again, what did not arrive is. */
static void
test_restored (Fixture       *fixture,
               gconstpointer  data)
{
  gboolean arrived = GPOINTER_TO_INT (data);
  g_autoptr (GAsyncResult) result = NULL;

  fixture_write_wav (fixture, "a.wav");
  if (arrived)
    fixture_script (fixture, ACT_ACCEPT_DROP, ACT_ACCEPT);
  else
    fixture_script (fixture, ACT_HOLD, ACT_ACCEPT);
  fixture_add (fixture, "a.wav");
  if (arrived)
    chorus_test_wait (fixture->kept->len == 1);
  else
    chorus_test_wait (fixture->held);
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
  fixture_assert_row (fixture, "sending - - 0");

  fixture_open_queue (fixture);
  chorus_upload_queue_load_async (fixture->queue, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_upload_queue_load_finish (fixture->queue, result, NULL));
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
  g_assert_cmpuint (fixture->n_uploads, ==, arrived ? 1 : 2);
  fixture_assert_row (fixture, "sent file-0 stored-0.wav 0");
}

/* Five minutes and ten seconds: two parts, of which each is a file of the service. */
static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *parts = NULL;
  ChorusUpload *upload = NULL;

  g_free (fixture_make_wav (fixture, "long.wav", 1, 310 * 8000));
  if (GPOINTER_TO_INT (data))
    fixture_script (fixture, ACT_ACCEPT_DROP, ACT_ACCEPT);
  else
    fixture_script (fixture, ACT_ACCEPT);
  fixture_add (fixture, "long.wav");
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  upload = fixture_get (fixture, 0);
  g_assert_cmpuint (chorus_upload_get_n_parts (upload), ==, 2);
  g_assert_cmpuint (chorus_upload_get_n_parts_sent (upload), ==, 2);
  g_assert_cmpfloat (chorus_upload_get_progress (upload), ==, 1);
  g_assert_cmpstr (chorus_upload_get_notes (upload), ==,
                   "Longer than 5 minutes: will be sent as 2 parts.\nDoes not say when it was recorded: its time is a "
                   "guess, from when the file was last written.");

  g_assert_cmpuint (fixture->n_uploads, ==, 1);
  g_assert_cmpuint (fixture->kept->len, ==, 2);
  fixture_assert_row (fixture, "sent - - 0");
  parts = fixture_query (fixture, "SELECT group_concat (ordinal || ' ' || start_time || ' ' || duration || ' ' ||"
                                  " first_frame || ' ' || state || ' ' || file_id, ', ') FROM parts");
  g_assert_cmpstr (parts, ==, "0 0.0 300.0 0 sent file-0, 1 300.0 10.0 2400000 sent file-1");
  g_assert_cmpint (g_array_index (fixture->sizes, gsize, 0), ==, 44 + 300 * 16000);
  g_assert_cmpint (g_array_index (fixture->sizes, gsize, 1), ==, 44 + 10 * 16000);
}

/* One part has arrived and the other failed for good: the retry sends only that one. */
static void
test_part_failed (Fixture       *fixture,
                  gconstpointer  data)
{
  ChorusUpload *upload = NULL;

  g_free (fixture_make_wav (fixture, "long.wav", 1, 310 * 8000));
  /* Refused together, then one by one. */
  fixture_script (fixture, STATUS (400), ACT_ACCEPT, STATUS (400), ACT_ACCEPT);
  fixture_add (fixture, "long.wav");
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_FAILED);
  upload = fixture_get (fixture, 0);
  g_assert_cmpuint (chorus_upload_get_n_parts_sent (upload), ==, 1);
  g_assert_cmpuint (fixture->kept->len, ==, 1);
  fixture_assert_row (fixture, "failed - - 1");

  chorus_upload_queue_retry (fixture->queue, upload);
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->n_uploads, ==, 4);
  g_assert_cmpuint (fixture->kept->len, ==, 2);
  g_assert_cmpint (g_array_index (fixture->sizes, gsize, 0), ==, 44 + 300 * 16000);
  g_assert_cmpint (g_array_index (fixture->sizes, gsize, 1), ==, 44 + 10 * 16000);
}

/* One upload is held back, the others go on; a request that it is part of is broken off. */
static void
test_pause_one (Fixture       *fixture,
                gconstpointer  data)
{
  ChorusUpload *upload = NULL;

  g_free (fixture_make_wav (fixture, "a.wav", 1, 8000));
  g_free (fixture_make_wav (fixture, "b.wav", 2, 8000));
  fixture_script (fixture, ACT_ACCEPT);
  chorus_upload_queue_set_paused (fixture->queue, TRUE);
  fixture_add (fixture, ".");
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 0)) == CHORUS_UPLOAD_STATE_READY
                    && chorus_upload_get_state (fixture_get (fixture, 1)) == CHORUS_UPLOAD_STATE_READY);
  upload = fixture_get (fixture, 0);
  chorus_upload_queue_pause (fixture->queue, upload);
  g_assert_cmpint (chorus_upload_get_state (upload), ==, CHORUS_UPLOAD_STATE_PAUSED);
  chorus_upload_queue_set_paused (fixture->queue, FALSE);
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 1)) == CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpint (chorus_upload_get_state (upload), ==, CHORUS_UPLOAD_STATE_PAUSED);
  g_assert_cmpuint (fixture->kept->len, ==, 1);

  chorus_upload_queue_resume (fixture->queue, upload);
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->kept->len, ==, 2);
}

/* Nothing is sent before the go-ahead, and what is discarded has never been there. */
static void
test_review (Fixture       *fixture,
             gconstpointer  data)
{
  gboolean approve = GPOINTER_TO_INT (data);
  g_autofree char *n_rows = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "a.wav", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GAsyncResult) result = NULL;

  fixture_write_wav (fixture, "a.wav");
  fixture_script (fixture, ACT_ACCEPT);
  g_list_store_append (files, file);
  chorus_upload_queue_add_async (fixture->queue, G_LIST_MODEL (files), "deployment-1", CHORUS_UPLOAD_ADD_REVIEW, NULL,
                                 chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_upload_queue_add_finish (fixture->queue, result, NULL, NULL, NULL, NULL);
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_READY);
  g_assert_false (chorus_upload_get_approved (fixture_get (fixture, 0)));
  g_assert_cmpuint (chorus_upload_queue_get_totals (fixture->queue)->n_unapproved, ==, 1);
  g_assert_cmpuint (chorus_upload_queue_get_n_unfinished (fixture->queue), ==, 0);

  /* Nor by a program that is started anew. */
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
  fixture_open_queue (fixture);
  chorus_upload_queue_load_async (fixture->queue, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_upload_queue_load_finish (fixture->queue, result, NULL));
  g_assert_cmpuint (chorus_upload_queue_get_totals (fixture->queue)->n_unapproved, ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_uploads, ==, 0);

  if (approve)
    {
      chorus_upload_queue_approve (fixture->queue);
      fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
      g_assert_cmpuint (fixture->n_uploads, ==, 1);
      return;
    }

  chorus_upload_queue_discard (fixture->queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
  n_rows = fixture_query (fixture, "SELECT count (*) FROM recordings");
  g_assert_cmpstr (n_rows, ==, "0");
}

/* The card comes back under another name: one folder mends them all. */
static void
test_find_files (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *card = g_build_filename (fixture->folder, "card", NULL);
  g_autofree char *moved = g_build_filename (fixture->folder, "moved", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (card, 0700), ==, 0);
  for (guint32 i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("card/%u.wav", i);

      g_free (fixture_make_wav (fixture, name, i, 8000));
    }
  fixture_script (fixture, ACT_ACCEPT);
  chorus_upload_queue_set_paused (fixture->queue, TRUE);
  fixture_add (fixture, "card");
  for (guint i = 0; i < 3; i++)
    chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, i)) == CHORUS_UPLOAD_STATE_READY);
  g_assert_cmpint (g_rename (card, moved), ==, 0);
  chorus_upload_queue_set_paused (fixture->queue, FALSE);
  for (guint i = 0; i < 3; i++)
    chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, i)) == CHORUS_UPLOAD_STATE_NEEDS_FILE);
  g_assert_cmpuint (fixture->n_uploads, ==, 0);

  chorus_upload_queue_find_files_async (fixture->queue, folder, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_cmpint (chorus_upload_queue_find_files_finish (fixture->queue, result, &error), ==, 3);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, i)) == CHORUS_UPLOAD_STATE_SENT);
  g_assert_cmpuint (fixture->kept->len, ==, 3);
}

/* A person takes it for arrived, where nobody can tell. */
static void
test_accept_arrived (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture->list_offered = FALSE;
  fixture_script (fixture, ACT_ACCEPT_DROP, ACT_ACCEPT);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED);
  fixture_assert_row (fixture, "failed - - 1");
  chorus_upload_queue_accept_arrived (fixture->queue, fixture_get (fixture, 0));
  fixture_wait_state (fixture, CHORUS_UPLOAD_STATE_SENT);
  fixture_assert_row (fixture, "sent - - 0");
  g_assert_cmpuint (fixture->n_uploads, ==, 1);
}

/* A limit of requests an hour holds the rest back and says until when. */
static void
test_hourly_limit (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture_script (fixture, ACT_ACCEPT);
  chorus_upload_queue_set_hourly_limit (fixture->queue, 1);
  fixture_send_one (fixture, CHORUS_UPLOAD_STATE_SENT);
  g_free (fixture_make_wav (fixture, "b.wav", 2, 8000));
  fixture_add (fixture, "b.wav");
  chorus_test_wait (chorus_upload_queue_get_hold_reason (fixture->queue) != NULL);
  g_assert_true (g_str_has_prefix (chorus_upload_queue_get_hold_reason (fixture->queue),
                                   "The service takes the next recordings at "));
  g_assert_cmpuint (fixture->n_uploads, ==, 1);

  chorus_upload_queue_set_hourly_limit (fixture->queue, 0);
  chorus_test_wait (chorus_upload_get_state (fixture_get (fixture, 1)) == CHORUS_UPLOAD_STATE_SENT);
  g_assert_null (chorus_upload_queue_get_hold_reason (fixture->queue));
}

#define ADD(name, data, func)                                                                                          \
  g_test_add ("/service/upload/" name, Fixture, GINT_TO_POINTER (data), fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sent", 0, test_sent);
  ADD ("several", 0, test_several);
  ADD ("already-sent", 0, test_already_sent);
  ADD ("bad-request", 0, test_status);
  ADD ("forbidden", 1, test_status);
  ADD ("not-found", 2, test_status);
  ADD ("too-large", 3, test_status);
  ADD ("unauthenticated", 0, test_unauthenticated);
  ADD ("server-error-then-success", 0, test_recovers);
  ADD ("rate-limited-then-success", 1, test_recovers);
  ADD ("reset-early-then-success", 2, test_recovers);
  ADD ("reset-late-then-success", 3, test_recovers);
  ADD ("bad-gateway-then-success", 4, test_recovers);
  ADD ("gives-up", 0, test_gives_up);
  ADD ("lost-answer", 0, test_lost_answer);
  ADD ("lost-answer-without-list", 0, test_lost_answer_without_list);
  ADD ("answer-without-id", 0, test_answer_without_id);
  ADD ("no-id-at-all", 0, test_no_id_at_all);
  ADD ("answer-is-nonsense", 0, test_answer_is_nonsense);
  ADD ("file-changed", 0, test_file_changed);
  ADD ("paused", 0, test_paused);
  ADD ("cancel", 0, test_cancel);
  ADD ("dispose-while-sending", 0, test_dispose_while_sending);
  ADD ("restored-arrived", TRUE, test_restored);
  ADD ("restored-not-arrived", FALSE, test_restored);
  ADD ("parts", FALSE, test_parts);
  ADD ("parts-lost-answer", TRUE, test_parts);
  ADD ("part-failed", 0, test_part_failed);
  ADD ("pause-one", 0, test_pause_one);
  ADD ("approved", TRUE, test_review);
  ADD ("discarded", FALSE, test_review);
  ADD ("find-files", 0, test_find_files);
  ADD ("accept-arrived", 0, test_accept_arrived);
  ADD ("hourly-limit", 0, test_hourly_limit);

  return g_test_run ();
}
