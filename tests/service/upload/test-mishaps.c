/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to the computer rather than to the service: the disk fills up, the store is damaged, the clock jumps, files
 * change or go away while they are sent. Each ends in a sentence, and nothing is lost or doubled once it is put right. */

#include "upload-fixture.h"

#include "scratch-disk.h"

#include <string.h>

#define N_RECORDINGS 40
#define N_SAMPLES 2000

/* Of 12 MB: what sockets hold and what is read ahead is less, so the file is still being read when the service stops
 * reading. */
#define N_HUGE 3
#define N_HUGE_SAMPLES 6000000

static char *folder;

/* The clocks differ: whatever is read out of times has to go by the clock of the service. */

/* clang-format off */
static const UploadCase clock_cases[] = {
  { "ahead", .limits = { .clock = 6 * 3600 }, .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "behind", .limits = { .clock = -6 * 3600 }, .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } },
    .max_doubtful = 20 },
  { "behind-nothing-stored", .limits = { .clock = -6 * 3600 }, .script = { { .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY,
    .keep = CHORUS_UPLOAD_KEEP_NONE } }, .min_uploads = 3 },
  { "jumps-ahead", .script = { { 0 }, { .clock = 6 * 3600, .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } } },
  { "jumps-back", .script = { { 0 }, { .clock = -6 * 3600, .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } },
    .max_doubtful = 20 },
  { "jumps-back-among-others", .limits = { .n_foreign = 30 }, .n_foreign_size = N_SAMPLES, .script = { { 0 },
    { .clock = -6 * 3600, .manner = CHORUS_UPLOAD_MANNER_RESET_REPLY } }, .max_doubtful = 20 },
};
/* clang-format on */

static void
test_clock (gconstpointer data)
{
  g_autoptr (UploadRecordings) recordings = upload_recordings_new (folder, N_RECORDINGS, N_SAMPLES);

  upload_case_run (data, recordings);
}

/* Files that change or go away. */

typedef enum
{
  MISHAP_APPENDED,
  MISHAP_OVERWRITTEN,
  MISHAP_SHORTENED,
  MISHAP_REMOVED,
  MISHAP_PULLED,
} Mishap;

static gboolean
is_over (UploadFixture      *fixture,
         ChorusUploadServer *server)
{
  if (chorus_upload_server_get_n_held (server) > 0)
    chorus_upload_server_release (server);

  return upload_fixture_is_settled (fixture);
}

static void
spoil (UploadRecordings *recordings,
       const char       *pulled,
       Mishap            mishap)
{
  g_autofree char *path = g_build_filename (recordings->folder, recordings->names->pdata[0], NULL);
  g_autofree char *contents = NULL;
  gsize size = 0;

  switch (mishap)
    {
    case MISHAP_APPENDED:
    case MISHAP_OVERWRITTEN:
      scratch_disk_change (path, mishap == MISHAP_APPENDED ? 2 : 0);
      break;

    case MISHAP_SHORTENED:
      g_free (upload_recordings_shorten (path, N_HUGE_SAMPLES / 2));
      break;

    case MISHAP_REMOVED:
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;

    case MISHAP_PULLED:
    default:
      g_assert_cmpint (g_rename (recordings->folder, pulled), ==, 0);
      return;
    }

  /* From now on this is the recording. */
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_free (recordings->sha256s->pdata[0]);
  recordings->sha256s->pdata[0] = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, size);
}

static void
put_right (UploadRecordings *recordings,
           const char       *pulled,
           Mishap            mishap)
{
  g_autofree char *path = g_build_filename (recordings->folder, recordings->names->pdata[0], NULL);

  if (mishap == MISHAP_REMOVED)
    g_free (upload_recordings_write (path, 1, N_HUGE_SAMPLES));
  else if (mishap == MISHAP_PULLED)
    g_assert_cmpint (g_rename (pulled, recordings->folder), ==, 0);
}

/* As a person would who has put things right. What may have arrived is left alone. */
static void
retry_all (UploadFixture *fixture)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (fixture->queue), i);
      const char *state = upload_fixture_get_state (upload);

      if ((strcmp (state, "failed") == 0 || strcmp (state, "needs-file") == 0) && !upload_fixture_is_doubtful (upload))
        chorus_upload_queue_retry (fixture->queue, upload);
    }
}

/* The service stops reading in the middle of the first file, and goes on after the mishap. */
static void
test_file (gconstpointer data)
{
  static const ChorusUploadStep script[] = {
    { .manner = CHORUS_UPLOAD_MANNER_HOLD_READING, .n_bytes = 100000, .times = 2 },
  };
  Mishap mishap = (Mishap) GPOINTER_TO_INT (data);
  g_autoptr (UploadRecordings) recordings = upload_recordings_new (folder, N_HUGE, N_HUGE_SAMPLES);
  g_autofree char *pulled = g_strconcat (recordings->folder, "-pulled", NULL);
  g_autofree char *before = g_strdup (recordings->sha256s->pdata[0]);
  g_autoptr (ChorusUploadServer) server = chorus_upload_server_new (NULL, script, G_N_ELEMENTS (script));
  UploadFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  UploadTruth truth = { 0 };

  upload_fixture_open (&fixture, NULL, chorus_upload_server_get_url (server), NULL);
  upload_fixture_add (&fixture, recordings->folder, &error);
  g_assert_no_error (error);
  upload_fixture_send_all (&fixture);

  chorus_test_wait (chorus_upload_server_get_n_held (server) == 1);
  g_assert_cmpuint (chorus_upload_server_get_n_stored (server), ==, 0);
  spoil (recordings, pulled, mishap);
  chorus_test_wait (is_over (&fixture, server));

  truth = upload_fixture_check (&fixture, server, recordings, UPLOAD_IDS_TRUE);
  g_test_message ("%u sent, %u given up", truth.n_sent, truth.n_given_up);
  g_assert_cmpuint (truth.n_doubtful, ==, 0);
  if (mishap == MISHAP_APPENDED || mishap == MISHAP_OVERWRITTEN || mishap == MISHAP_SHORTENED)
    g_assert_cmpuint (chorus_upload_server_count_stored (server, before), ==, 0);
  if (mishap == MISHAP_PULLED)
    g_assert_cmpuint (truth.n_given_up, >, 0);

  put_right (recordings, pulled, mishap);
  retry_all (&fixture);
  chorus_test_wait (is_over (&fixture, server));
  truth = upload_fixture_check (&fixture, server, recordings, UPLOAD_IDS_TRUE);
  g_assert_cmpuint (truth.n_sent, ==, N_HUGE);
  chorus_upload_server_assert_exactly_once (server, recordings->sha256s);
  upload_fixture_close (&fixture);
}

/* The store. */

static void
assert_sentence (const GError *error)
{
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_store_is_no_store (void)
{
  g_autofree char *path = g_build_filename (folder, "garbage.db", NULL);
  g_autofree char *garbage = g_strnfill (100000, 'x');
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_assert_true (g_file_set_contents (path, garbage, 100000, NULL));
  g_assert_null (chorus_store_open (path, chorus_schema_get_migrations (), &error));
  assert_sentence (error);

  /* What somebody may yet rescue is left alone. */
  g_assert_true (g_file_get_contents (path, &after, &size, NULL));
  g_assert_cmpmem (after, size, garbage, 100000);
}

/* The pages are damaged between two runs. Whatever can still be read of the store, nothing is sent a second time. */
static void
test_store_is_damaged (void)
{
  g_autoptr (UploadRecordings) recordings = upload_recordings_new (folder, N_RECORDINGS, N_SAMPLES);
  g_autofree char *path = g_build_filename (folder, "damaged.db", NULL);
  g_autoptr (ChorusUploadServer) server = chorus_upload_server_new (NULL, NULL, 0);
  UploadFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStore) store = NULL;

  upload_fixture_open (&fixture, path, chorus_upload_server_get_url (server), NULL);
  upload_fixture_add (&fixture, recordings->folder, &error);
  g_assert_no_error (error);
  upload_fixture_send_all (&fixture);
  chorus_test_wait (upload_fixture_is_settled (&fixture));
  upload_fixture_close (&fixture);
  chorus_upload_server_assert_exactly_once (server, recordings->sha256s);

  /* Everything but the first page, which begins with what makes it a store at all. */
  scratch_disk_ruin (path, 4096);
  store = chorus_store_open (path, chorus_schema_get_migrations (), &error);
  if (store)
    {
      g_clear_object (&store);
      upload_fixture_open (&fixture, path, chorus_upload_server_get_url (server), NULL);
      chorus_upload_queue_set_client (fixture.queue, fixture.client);
      if (upload_fixture_load (&fixture, &error))
        g_assert_false (upload_fixture_add (&fixture, recordings->folder, &error));
      chorus_test_wait (upload_fixture_is_settled (&fixture));
      upload_fixture_close (&fixture);
    }
  assert_sentence (error);
  chorus_upload_server_assert_exactly_once (server, recordings->sha256s);
}

/* The disk. These run in a process of their own, because its file systems or its limits are changed. */

static void
test_disk (gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/service/upload/mishaps/disk/%s/subprocess", (const char *) data);

  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_disk_full_before (void)
{
  g_autofree char *place = g_build_filename (folder, "disk", NULL);
  g_autofree char *path = g_build_filename (place, "store.db", NULL);
  ScratchDisk *disk = scratch_disk_new (place, 16);
  g_autoptr (UploadRecordings) recordings = upload_recordings_new (folder, N_RECORDINGS, N_SAMPLES);
  g_autoptr (ChorusUploadServer) server = chorus_upload_server_new (NULL, NULL, 0);
  UploadFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  upload_fixture_open (&fixture, path, chorus_upload_server_get_url (server), NULL);
  chorus_upload_queue_set_client (fixture.queue, fixture.client);
  scratch_disk_fill (disk);
  g_assert_false (upload_fixture_add (&fixture, recordings->folder, &error));
  assert_sentence (error);
  chorus_test_wait (upload_fixture_is_settled (&fixture));
  g_assert_cmpuint (chorus_upload_server_get_n_stored (server), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.queue)), ==, 0);
  g_clear_error (&error);

  scratch_disk_clear (disk);
  upload_fixture_add (&fixture, recordings->folder, &error);
  g_assert_no_error (error);
  chorus_test_wait (upload_fixture_is_settled (&fixture));
  upload_fixture_check (&fixture, server, recordings, UPLOAD_IDS_TRUE);
  chorus_upload_server_assert_exactly_once (server, recordings->sha256s);
  upload_fixture_close (&fixture);
  scratch_disk_free (disk);
}

static guint
count_doubtful (UploadFixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (fixture->queue), i);

      n += upload_fixture_is_doubtful (upload);
    }

  return n;
}

/* The service has the files, and that can no longer be written down. */
static void
test_disk_full_meanwhile (void)
{
  static const ChorusUploadStep script[] = { { 0 }, { .held = TRUE } };
  g_autofree char *place = g_build_filename (folder, "disk", NULL);
  g_autofree char *path = g_build_filename (place, "store.db", NULL);
  ScratchDisk *disk = scratch_disk_new (place, 16);
  g_autoptr (UploadRecordings) recordings = upload_recordings_new (folder, N_RECORDINGS, N_SAMPLES);
  g_autoptr (ChorusUploadServer) server = chorus_upload_server_new (NULL, script, G_N_ELEMENTS (script));
  UploadFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  guint n_reasons = 0;
  guint n_items = 0;
  guint n_sent = 0;
  guint n_doubtful = 0;

  upload_fixture_open (&fixture, path, chorus_upload_server_get_url (server), NULL);
  upload_fixture_add (&fixture, recordings->folder, &error);
  g_assert_no_error (error);
  upload_fixture_send_all (&fixture);
  chorus_test_wait (chorus_upload_server_get_n_held (server) == 1);
  scratch_disk_fill (disk);
  chorus_test_wait (is_over (&fixture, server));

  for (guint i = 0; i < N_RECORDINGS; i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (fixture.queue), i);
      const char *reason = chorus_upload_get_reason (upload);

      g_assert_cmpuint (chorus_upload_server_count_stored (server, recordings->sha256s->pdata[i]), <=, 1);
      g_assert_true (!reason || g_str_has_suffix (reason, "."));
      n_reasons += reason != NULL;
    }
  g_assert_cmpuint (n_reasons, >, 0);

  /* There is room again, and the program is started again. */
  scratch_disk_clear (disk);
  upload_fixture_close (&fixture);
  upload_fixture_open (&fixture, path, chorus_upload_server_get_url (server), NULL);
  upload_fixture_load (&fixture, &error);
  g_assert_no_error (error);
  chorus_upload_queue_set_client (fixture.queue, fixture.client);
  chorus_test_wait (upload_fixture_is_settled (&fixture));
  retry_all (&fixture);
  chorus_test_wait (upload_fixture_is_settled (&fixture));
  n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture.queue));
  n_sent = upload_fixture_count (&fixture, "sent");
  n_doubtful = count_doubtful (&fixture);
  g_test_message ("Of %u after the restart, %u sent, %u doubtful", n_items, n_sent, n_doubtful);
  g_assert_cmpuint (n_sent + n_doubtful, ==, n_items);
  g_assert_cmpuint (n_doubtful, ==, 0);
  chorus_upload_server_assert_exactly_once (server, recordings->sha256s);
  upload_fixture_close (&fixture);
  scratch_disk_free (disk);
}

static void
add_clock_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clock_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/upload/mishaps/clock/%s", clock_cases[i].name);

      g_test_add_data_func (path, &clock_cases[i], test_clock);
    }
}

#define ADD_FILE(name, mishap)                                                                                         \
  g_test_add_data_func ("/service/upload/mishaps/file/" name, GINT_TO_POINTER (mishap), test_file)

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("chorus-mishaps-XXXXXX", NULL);
  g_assert_nonnull (folder);

  add_clock_cases ();
  ADD_FILE ("appended", MISHAP_APPENDED);
  ADD_FILE ("overwritten", MISHAP_OVERWRITTEN);
  ADD_FILE ("shortened", MISHAP_SHORTENED);
  ADD_FILE ("removed", MISHAP_REMOVED);
  ADD_FILE ("card-pulled", MISHAP_PULLED);
  g_test_add_func ("/service/upload/mishaps/store/no-store", test_store_is_no_store);
  g_test_add_func ("/service/upload/mishaps/store/damaged", test_store_is_damaged);
  g_test_add_data_func ("/service/upload/mishaps/disk/full-before", "full-before", test_disk);
  g_test_add_func ("/service/upload/mishaps/disk/full-before/subprocess", test_disk_full_before);
  g_test_add_data_func ("/service/upload/mishaps/disk/full-meanwhile", "full-meanwhile", test_disk);
  g_test_add_func ("/service/upload/mishaps/disk/full-meanwhile/subprocess", test_disk_full_meanwhile);
  status = g_test_run ();

  chorus_test_remove_folder (folder);
  g_free (folder);

  return status;
}
