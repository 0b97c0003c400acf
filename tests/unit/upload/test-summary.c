/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/chorus-schema.h"
#include "upload/chorus-upload-private.h"
#include "upload/chorus-upload-queue.h"
#include "upload/chorus-upload-summary.h"

#include "chorus-test.h"

/* A list as long as a person's memory card, one upload after the other. */

typedef struct
{
  GListStore *uploads;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->uploads = g_list_store_new (CHORUS_TYPE_UPLOAD);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->uploads);
}

static ChorusUpload *
fixture_add (Fixture           *fixture,
             ChorusUploadState  state,
             guint              findings)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->uploads));
  g_autoptr (ChorusUpload) upload = chorus_upload_new (NULL, "recording.wav", "north", n + 1);

  upload->approved = FALSE;
  upload->state = state;
  upload->findings = findings;
  g_list_store_append (fixture->uploads, upload);

  return upload; /* the list holds it */
}

static ChorusUpload *
fixture_add_ready (Fixture    *fixture,
                   const char *deployment_id,
                   const char *recorded,
                   double      duration,
                   guint64     bytes,
                   guint       n_parts)
{
  ChorusUpload *upload = fixture_add (fixture, CHORUS_UPLOAD_STATE_READY, 0);

  g_free (upload->deployment_id);
  upload->deployment_id = g_strdup (deployment_id);
  upload->duration = duration;
  upload->bytes = bytes;
  g_array_set_size (upload->entries, n_parts);
  if (recorded)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (recorded, NULL);

      upload->recorded = g_date_time_to_unix (time);
    }

  return upload;
}

static ChorusUploadSummary *
fixture_sum_up (Fixture *fixture)
{
  return chorus_upload_summary_new (G_LIST_MODEL (fixture->uploads));
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ChorusUploadSummary) summary = NULL;

  /* What has been approved is nobody's question any more. */
  fixture_add_ready (fixture, "north", "2025-06-04T05:00:00Z", 60, 1000, 1)->approved = TRUE;
  summary = fixture_sum_up (fixture);

  g_assert_cmpuint (summary->n_recordings, ==, 0);
  g_assert_cmpuint (summary->n_ready, ==, 0);
  g_assert_null (chorus_upload_summary_describe (summary, "North"));
  g_assert_null (chorus_upload_summary_describe_left_out (summary));
  g_assert_null (chorus_upload_summary_describe_warnings (summary));
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *text = NULL;

  /* 42 recordings of 300 s are 3.5 hours; of 50,000,000 bytes, 2.1 GB; 19 of them in two parts, 61 parts. */
  for (guint i = 0; i < 42; i++)
    {
      static const char *const days[] = { "2025-06-03T23:59:59Z", "2025-06-04T00:00:00Z", "2025-06-06T12:00:00Z" };

      fixture_add_ready (fixture, i % 2 == 0 ? "north" : "river", days[i % 3], 300, 50000000, i < 19 ? 2 : 1);
    }
  summary = fixture_sum_up (fixture);
  text = chorus_upload_summary_describe (summary, "North, Site A");

  g_assert_cmpuint (summary->n_recordings, ==, 42);
  g_assert_cmpuint (summary->n_checked, ==, 42);
  g_assert_cmpuint (summary->n_parts, ==, 61);
  g_assert_cmpuint (summary->n_days, ==, 3);
  g_assert_cmpuint (summary->bytes, ==, G_GUINT64_CONSTANT (2100000000));
  g_assert_cmpfloat (summary->duration, ==, 12600);
  g_assert_cmpuint (summary->deployment_ids->len, ==, 2);
  g_assert_cmpstr (summary->deployment_ids->pdata[0], ==, "north");
  g_assert_cmpstr (summary->deployment_ids->pdata[1], ==, "river");
  g_assert_cmpstr (text, ==, "42 recordings, 3.5 hours, 2.1\u202fGB in 61 parts, from 3 days, to North, Site A");
}

static void
test_one (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *text = NULL;
  g_autofree char *without_place = NULL;

  fixture_add_ready (fixture, "north", "2025-06-03T05:00:00Z", 1, 16044, 1);
  summary = fixture_sum_up (fixture);
  text = chorus_upload_summary_describe (summary, "North");
  without_place = chorus_upload_summary_describe (summary, NULL);

  g_assert_cmpstr (text, ==, "1 recording, 1 second, 16.0\u202fkB, from 3 June 2025, to North");
  g_assert_cmpstr (without_place, ==, "1 recording, 1 second, 16.0\u202fkB, from 3 June 2025");
}

static void
test_days (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *text = NULL;

  /* A clock that was never set may stand on either side of 1970: these are two days, not one. */
  fixture_add_ready (fixture, "north", "1969-12-31T12:00:00Z", 90, 1000, 1);
  fixture_add_ready (fixture, "north", "1970-01-01T12:00:00Z", 90, 1000, 1);
  fixture_add_ready (fixture, "north", NULL, 0, 1000, 1);
  summary = fixture_sum_up (fixture);
  text = chorus_upload_summary_describe (summary, NULL);

  g_assert_cmpuint (summary->n_days, ==, 2);
  g_assert_cmpint (summary->first, ==, -12 * 3600);
  g_assert_cmpstr (text, ==, "3 recordings, 3 minutes, 3.0\u202fkB, from 2 days");
}

static void
test_checking (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (ChorusUploadSummary) summary = NULL;

  fixture_add (fixture, CHORUS_UPLOAD_STATE_WAITING, 0);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_CHECKING, 0);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_EMPTY));
  fixture_add_ready (fixture, "north", NULL, 60, 1000, 1);
  summary = fixture_sum_up (fixture);

  g_assert_cmpuint (summary->n_recordings, ==, 4);
  g_assert_cmpuint (summary->n_checked, ==, 2);
  g_assert_cmpuint (summary->n_ready, ==, 1);
  g_assert_cmpuint (summary->n_left_out, ==, 1);
}

static void
test_left_out (Fixture       *fixture,
               gconstpointer  data)
{
  const guint sent = CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_ALREADY_SENT);
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *text = NULL;
  g_autofree char *warnings = NULL;

  /* One reason for each, the one that settles it: what is there already need not be looked at for anything else. */
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, sent);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED,
               sent | CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_SILENT)
                 | CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_TRUNCATED));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_EMPTY));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_NOT_AUDIO));
  summary = fixture_sum_up (fixture);
  text = chorus_upload_summary_describe_left_out (summary);
  warnings = chorus_upload_summary_describe_warnings (summary);

  g_assert_cmpstr (text, ==, "4 will not be sent: 2 already sent, 1 is empty, 1 is not audio");
  g_assert_null (warnings);
  g_assert_null (chorus_upload_summary_describe (summary, "North"));
}

static void
test_left_out_otherwise (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *text = NULL;

  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_DUPLICATE));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_DUPLICATE));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_KIND));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_SILENT));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_REFUSED, 0);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_FAILED, 0);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_NEEDS_FILE, 0);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_CANCELED, 0);
  summary = fixture_sum_up (fixture);
  text = chorus_upload_summary_describe_left_out (summary);

  g_assert_cmpstr (text, ==,
                   "8 will not be sent: 2 are the same as others, 1 is of a kind that cannot be sent, 1 is silent, "
                   "1 cannot be read, 1 canceled, 2 could not be checked");
}

static void
test_warnings (Fixture       *fixture,
               gconstpointer  data)
{
  const guint guessed = CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_TIME_GUESSED);
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *text = NULL;

  fixture_add (fixture, CHORUS_UPLOAD_STATE_READY, guessed);
  fixture_add (fixture, CHORUS_UPLOAD_STATE_READY, guessed | CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_OVERLAP));
  fixture_add (fixture, CHORUS_UPLOAD_STATE_READY, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_TRUNCATED));
  /* That it is sent in parts is no warning. */
  fixture_add (fixture, CHORUS_UPLOAD_STATE_READY, CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_CUT));
  summary = fixture_sum_up (fixture);
  text = chorus_upload_summary_describe_warnings (summary);

  g_assert_cmpstr (text, ==, "Worth a look: 1 cut off, 2 with a guessed time, 1 recorded at the same time as another");
}

static guint
count_checked (ChorusUploadQueue *queue)
{
  g_autoptr (ChorusUploadSummary) summary = chorus_upload_summary_new (G_LIST_MODEL (queue));

  return summary->n_checked;
}

/* What was asked before the program ended is asked again in the same words. */
static void
test_restart (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-summary-XXXXXX", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.wav", NULL);
  g_autofree char *notes = g_build_filename (folder, "notes.wav", NULL);
  g_autoptr (ChorusStore) store = chorus_store_open (NULL, chorus_schema_get_migrations (), NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) root = g_file_new_for_path (folder);

  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_true (g_file_set_contents (notes, "Rain from six.", -1, NULL));
  g_list_store_append (files, root);

  for (guint run = 0; run < 2; run++)
    {
      ChorusUploadQueue *queue = chorus_upload_queue_new (store, NULL, "local");
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (ChorusUploadSummary) summary = NULL;
      g_autofree char *text = NULL;

      if (run == 0)
        chorus_upload_queue_add_async (queue, G_LIST_MODEL (files), "north", CHORUS_UPLOAD_ADD_REVIEW, NULL,
                                       chorus_test_result_cb, &result);
      else
        chorus_upload_queue_load_async (queue, NULL, chorus_test_result_cb, &result);
      chorus_test_wait (result);
      chorus_test_wait (count_checked (queue) == 2);
      summary = chorus_upload_summary_new (G_LIST_MODEL (queue));
      text = chorus_upload_summary_describe_left_out (summary);
      g_assert_cmpstr (text, ==, "2 will not be sent: 1 is empty, 1 is not audio");

      /* The last write is on its way to the store, which does what it was given before it ends. */
      g_clear_object (&result);
      g_assert_finalize_object (queue);
    }

  chorus_store_close (store);
  chorus_test_remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/upload/summary/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("nothing", test_nothing);
  ADD ("numbers", test_numbers);
  ADD ("one", test_one);
  ADD ("days", test_days);
  ADD ("checking", test_checking);
  ADD ("left-out", test_left_out);
  ADD ("left-out-otherwise", test_left_out_otherwise);
  ADD ("warnings", test_warnings);
#undef ADD
  g_test_add_func ("/upload/summary/restart", test_restart);

  return g_test_run ();
}
