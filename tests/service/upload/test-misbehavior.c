/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sixty recordings meet a service that misbehaves, one case a row. Each ends with every recording stored exactly once, or
 * with a row that says what is not known. */

#include "upload-fixture.h"

#include <string.h>

#define N_RECORDINGS 60
#define N_SAMPLES 2000

/* The largest request is of 20 files. */
#define N_REQUEST 20

/* More than what sockets hold: a request of that many bytes is really cut off in the middle. */
#define N_LARGE_SAMPLES 125000
#define N_HUGE_SAMPLES 6000000

/* clang-format off */
static const UploadCase cases[] = {
  { "accepted" },

  /* The forms of the answer. */
  { "ids", .script = { { .answer = CHORUS_UPLOAD_ANSWER_IDS, .times = 3 } } },
  { "file-ids", .script = { { .answer = CHORUS_UPLOAD_ANSWER_FILE_IDS, .times = 3 } } },
  { "reversed", .script = { { .answer = CHORUS_UPLOAD_ANSWER_REVERSED, .times = 3 } }, .ids = UPLOAD_IDS_SAME_SIZE },
  { "fewer-ids", .script = { { .answer = CHORUS_UPLOAD_ANSWER_FEWER, .times = 3 } } },
  { "empty-answer", .script = { { .answer = CHORUS_UPLOAD_ANSWER_EMPTY, .times = 3 } } },
  { "answer-names-nothing", .script = { { .answer = CHORUS_UPLOAD_ANSWER_NOTHING, .times = 3 } } },
  { "answer-is-nonsense", .script = { { .answer = CHORUS_UPLOAD_ANSWER_NONSENSE, .times = 3 } } },
  { "answer-names-nothing-no-list", .limits = { .no_list = TRUE, .no_inference_list = TRUE },
    .script = { { .answer = CHORUS_UPLOAD_ANSWER_NOTHING, .times = 3 } } },
  { "answer-announces-more", .script = { { .manner = CHORUS_UPLOAD_MANNER_LONG_LENGTH } } },
  { "answer-announces-less", .script = { { .manner = CHORUS_UPLOAD_MANNER_SHORT_LENGTH } } },
  { "answer-is-cut-off", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_IN_REPLY } } },
  { "answer-is-html", .script = { { .answer = CHORUS_UPLOAD_ANSWER_HTML } } },
  { "200-in-place-of-201", .script = { { .status = 200, .times = 3 } } },

  /* Refused before the body was read, which the client may see as a reset. */
  { "too-large", .limits = { .max_body = 30000 }, .min_uploads = 12 },
  { "too-large-once", .script = { { .status = 413, .manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD } } },
  { "rate-limited-unread", .script = { { .status = 429, .manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD,
    .wait = CHORUS_UPLOAD_WAIT_SECONDS } }, .min_uploads = 4 },
  { "sign-in-ended-unread", .script = { { .status = 401, .manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD } }, .renews = TRUE,
    .min_uploads = 4 },

  /* Waits. */
  { "retry-after-seconds", .script = { { .status = 429, .wait = CHORUS_UPLOAD_WAIT_SECONDS } }, .min_uploads = 4 },
  { "retry-after-date", .script = { { .status = 429, .wait = CHORUS_UPLOAD_WAIT_DATE } }, .min_uploads = 4 },
  { "retry-after-date-of-another-clock", .limits = { .clock = 6 * 3600 },
    .script = { { .status = 429, .wait = CHORUS_UPLOAD_WAIT_DATE } }, .min_uploads = 4 },
  { "rate-limit-reset", .script = { { .status = 429, .wait = CHORUS_UPLOAD_WAIT_RESET } }, .min_uploads = 4 },
  { "rate-limit-epoch", .script = { { .status = 429, .wait = CHORUS_UPLOAD_WAIT_EPOCH } }, .min_uploads = 4 },
  { "last-request-of-the-hour", .script = { { .wait = CHORUS_UPLOAD_WAIT_RESET } } },
  { "unavailable-for-a-second", .script = { { .status = 503, .wait = CHORUS_UPLOAD_WAIT_SECONDS } }, .min_uploads = 4 },
  { "slow-answer", .script = { { .held = TRUE } } },
  { "slow-answer-stored-late", .script = { { .held = TRUE, .keeps_late = TRUE } } },

  /* The sign-in. */
  { "sign-in-ended", .script = { { .status = 401 } }, .renews = TRUE, .min_uploads = 4 },
  { "sign-in-ended-for-good", .script = { { .status = 401 } }, .retries = TRUE, .min_uploads = 4 },

  /* The connection breaks before all of a request has arrived. */
  { "reset-unread", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_READING } }, .min_uploads = 4 },
  { "reset-thrice", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_READING, .n_bytes = 3000, .times = 3 } },
    .min_uploads = 6 },
  { "ignores-expect", .script = { { .manner = CHORUS_UPLOAD_MANNER_IGNORE_EXPECT, .times = 3 } } },

  /* The answer is lost. */
  { "lost", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-every-time", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY, .times = 100 } } },
  { "lost-and-nothing-stored", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY,
    .keep = CHORUS_UPLOAD_KEEP_NONE } }, .min_uploads = 4 },
  { "lost-and-listed-late", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY, .listed_from = 2 } } },
  { "lost-and-listed-at-last", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY, .listed_from = 3 } } },
  { "lost-and-half-stored", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY, .keep = CHORUS_UPLOAD_KEEP_HALF } },
    .max_doubtful = N_REQUEST },
  { "lost-and-listing-fails", .limits = { .n_list_failures = 2 },
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-without-sizes", .limits = { .lacks = CHORUS_UPLOAD_LACKS_SIZE | CHORUS_UPLOAD_LACKS_DURATION },
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-without-times", .limits = { .lacks = CHORUS_UPLOAD_LACKS_CREATED_AT },
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } }, .max_doubtful = N_REQUEST },
  { "lost-without-anything", .limits = { .lacks = CHORUS_UPLOAD_LACKS_SIZE | CHORUS_UPLOAD_LACKS_DURATION
    | CHORUS_UPLOAD_LACKS_CREATED_AT }, .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } },
    .max_doubtful = N_REQUEST },
  { "lost-with-the-other-list", .limits = { .no_list = TRUE }, .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-without-list", .limits = { .no_list = TRUE, .no_inference_list = TRUE },
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } }, .max_doubtful = N_REQUEST },
  { "lost-among-others", .limits = { .n_foreign = 130 }, .n_foreign_size = N_SAMPLES,
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-among-others-newest-first", .limits = { .n_foreign = 130, .newest_first = TRUE }, .n_foreign_size = N_SAMPLES,
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-among-small-pages", .limits = { .n_foreign = 130, .max_page = 20 }, .n_foreign_size = N_SAMPLES,
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "lost-and-every-page-the-first", .limits = { .n_foreign = 130, .newest_first = TRUE, .ignores_skip = TRUE },
    .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } }, .ids = UPLOAD_IDS_SAME_SIZE },
  { "lost-and-another-arrives", .n_foreign_size = N_SAMPLES, .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY,
    .keep = CHORUS_UPLOAD_KEEP_NONE, .n_foreign = 1 } }, .max_doubtful = N_REQUEST },
  { "lost-and-as-many-others-arrive", .n_foreign_size = N_SAMPLES, .script = { { .times = 2 },
    { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY, .keep = CHORUS_UPLOAD_KEEP_NONE, .n_foreign = N_REQUEST / 2 } },
    .min_uploads = 4, .max_doubtful = N_REQUEST },

  /* An error that may or may not mean that nothing arrived. */
  { "bad-gateway-stored", .script = { { .status = 502, .answer = CHORUS_UPLOAD_ANSWER_HTML,
    .keep = CHORUS_UPLOAD_KEEP_ALL } } },
  { "bad-gateway", .script = { { .status = 502, .answer = CHORUS_UPLOAD_ANSWER_HTML } }, .min_uploads = 4 },
  { "gateway-timeout-stored", .script = { { .status = 504, .answer = CHORUS_UPLOAD_ANSWER_HTML,
    .keep = CHORUS_UPLOAD_KEEP_ALL } } },
  { "error-after-storing", .script = { { .status = 500, .keep = CHORUS_UPLOAD_KEEP_ALL } } },
  { "error-after-storing-half", .script = { { .status = 500, .keep = CHORUS_UPLOAD_KEEP_HALF } },
    .max_doubtful = N_REQUEST },
  { "unavailable-after-storing", .script = { { .status = 503, .answer = CHORUS_UPLOAD_ANSWER_HTML,
    .keep = CHORUS_UPLOAD_KEEP_ALL } } },
  { "error", .script = { { .status = 500, .times = 3 } }, .min_uploads = 6 },

  /* One of the files is not to the liking of the service, which does not say which. */
  { "one-is-refused", .has_bad = TRUE },
  { "one-is-refused-by-details", .script = { { .status = 422, .answer = CHORUS_UPLOAD_ANSWER_DETAIL } } },

  /* Several things at once. */
  { "a-bad-day", .limits = { .n_list_failures = 1, .max_body = 60000 }, .script = {
    { .status = 503 },
    { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY },
    { .status = 429, .wait = CHORUS_UPLOAD_WAIT_SECONDS },
    { .manner = CHORUS_UPLOAD_MANNER_RESET_READING, .n_bytes = 100 },
    { .status = 502, .answer = CHORUS_UPLOAD_ANSWER_HTML, .keep = CHORUS_UPLOAD_KEEP_ALL },
    { .answer = CHORUS_UPLOAD_ANSWER_NOTHING } }, .min_uploads = 8 },
};

static const UploadCase large_cases[] = {
  { "large/refused-unread", .script = { { .status = 413, .manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD } } },
  { "large/rate-limited-unread", .script = { { .status = 429, .manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD,
    .wait = CHORUS_UPLOAD_WAIT_SECONDS } }, .min_uploads = 2 },
  { "large/sign-in-ended-unread", .script = { { .status = 401, .manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD } },
    .renews = TRUE, .retries = TRUE, .min_uploads = 2 },
  { "large/reset-in-the-middle", .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_READING, .n_bytes = 200000 } },
    .min_uploads = 2 },
};

static const UploadCase huge_cases[] = {
  { "huge/stalls", .script = { { .manner = CHORUS_UPLOAD_MANNER_STALL_READING, .n_bytes = 100000 } }, .min_uploads = 2 },
};
/* clang-format on */

static char *folder;

/* Made once for all cases of a size, and only where they run. */
static UploadRecordings *
get_recordings (const UploadCase *row)
{
  static UploadRecordings *small;
  static UploadRecordings *large;
  static UploadRecordings *huge;

  if (!row)
    {
      g_clear_pointer (&small, upload_recordings_free);
      g_clear_pointer (&large, upload_recordings_free);
      g_clear_pointer (&huge, upload_recordings_free);
      return NULL;
    }
  if (g_str_has_prefix (row->name, "large/"))
    return large ? large : (large = upload_recordings_new (folder, 24, N_LARGE_SAMPLES));
  if (g_str_has_prefix (row->name, "huge/"))
    return huge ? huge : (huge = upload_recordings_new (folder, 3, N_HUGE_SAMPLES));

  return small ? small : (small = upload_recordings_new (folder, N_RECORDINGS, N_SAMPLES));
}

static void
test_case (gconstpointer data)
{
  upload_case_run (data, get_recordings (data));
}

/* The program ends while the answer is awaited, and the service stores what it was sent only after it was asked whether it
 * has it. */
static void
test_restart_stored_late (void)
{
  static const UploadCase row = { "restart-stored-late" };
  static const ChorusUploadStep script[] = {
    { .after_lists = 1, .keeps_late = TRUE, .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY },
  };
  UploadRecordings *recordings = get_recordings (&row);
  g_autoptr (ChorusUploadServer) server = chorus_upload_server_new (NULL, script, G_N_ELEMENTS (script));
  UploadFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  upload_fixture_open (&fixture, NULL, chorus_upload_server_get_url (server), NULL);
  upload_fixture_add (&fixture, recordings->folder, &error);
  g_assert_no_error (error);
  upload_fixture_send_all (&fixture);
  chorus_test_wait (chorus_upload_server_get_n_bytes (server) > 0);
  upload_fixture_reopen_queue (&fixture);
  chorus_test_wait (upload_fixture_is_settled (&fixture));
  upload_fixture_check (&fixture, server, recordings, UPLOAD_IDS_TRUE);
  upload_fixture_close (&fixture);
}

static void
add_cases (const UploadCase *rows,
           gsize             n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/upload/misbehavior/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_case);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("chorus-misbehavior-XXXXXX", NULL);
  g_assert_nonnull (folder);

  add_cases (cases, G_N_ELEMENTS (cases));
  add_cases (large_cases, G_N_ELEMENTS (large_cases));
  add_cases (huge_cases, G_N_ELEMENTS (huge_cases));
  g_test_add_func ("/service/upload/misbehavior/restart-stored-late", test_restart_stored_late);
  status = g_test_run ();

  get_recordings (NULL);
  chorus_test_remove_folder (folder);
  g_free (folder);

  return status;
}
