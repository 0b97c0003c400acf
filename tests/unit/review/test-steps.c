/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <signal.h>

#include "review-fixture.h"

typedef struct
{
  ChorusStore *store;
  GPtrArray *detections;
  ChorusReview *review;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->store = fixture_open_store (NULL);
  fixture_fill (fixture->store);
  fixture->detections = fixture_read_detections (fixture->store);
  g_assert_cmpuint (fixture->detections->len, ==, 12);
  fixture->review = chorus_review_new (fixture->store, "ada");
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (fixture->detections);
  g_assert_finalize_object (fixture->review);
  fixture_close_store (fixture->store);
}

static void
finish (ChorusReview  *review,
        GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  chorus_test_wait (*result);
  g_assert_true (chorus_review_step_finish (review, *result, &error));
  g_assert_no_error (error);
  g_clear_object (result);
}

static void
judge (ChorusReview  *review,
       GPtrArray     *detections,
       ChorusVerdict  verdict)
{
  GAsyncResult *result = NULL;

  chorus_review_judge_async (review, detections, verdict, NULL, chorus_test_result_cb, &result);
  finish (review, &result);
}

static guint
undo (ChorusReview *review)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (ChorusDetection) first = NULL;
  g_autoptr (GError) error = NULL;

  chorus_review_undo_async (review, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  all = chorus_review_dup_detections (review, result);
  first = chorus_review_undo_finish (review, result, &error);
  g_assert_no_error (error);
  g_assert_true (first == (all->len > 0 ? g_ptr_array_index (all, 0) : NULL));

  return all->len;
}

static guint
redo (ChorusReview *review)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (ChorusDetection) first = NULL;
  g_autoptr (GError) error = NULL;

  chorus_review_redo_async (review, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  all = chorus_review_dup_detections (review, result);
  first = chorus_review_redo_finish (review, result, &error);
  g_assert_no_error (error);

  return all->len;
}

static ChorusVerdict
get_verdict (Fixture *fixture,
             guint    position)
{
  return chorus_detection_get_verdict (g_ptr_array_index (fixture->detections, position));
}

static void
test_steps_many (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) one = fixture_pick (fixture->detections, 1, -1);
  g_autoptr (GPtrArray) many = fixture_pick (fixture->detections, 0, 1, 5, 9, -1);

  judge (fixture->review, one, CHORUS_VERDICT_UNCERTAIN);
  judge (fixture->review, many, CHORUS_VERDICT_REJECTED);
  fixture_assert (fixture->store, "SELECT detection_id || verdict FROM verdicts ORDER BY verdict_id",
                  "2uncertain 1rejected 2rejected 6rejected 10rejected");
  fixture_assert (fixture->store, "SELECT n_reviewed FROM recordings ORDER BY recording_id", "2 1 1 0");

  /* One step for all. */
  g_assert_cmpuint (undo (fixture->review), ==, 4);
  g_assert_cmpint (get_verdict (fixture, 0), ==, CHORUS_VERDICT_NONE);
  g_assert_cmpint (get_verdict (fixture, 1), ==, CHORUS_VERDICT_UNCERTAIN);
  g_assert_cmpint (get_verdict (fixture, 9), ==, CHORUS_VERDICT_NONE);
  fixture_assert (fixture->store, "SELECT n_reviewed FROM recordings ORDER BY recording_id", "1 0 0 0");
  fixture_assert (fixture->store, "SELECT count(*) FROM verdicts", "9");
  g_assert_true (chorus_review_get_can_redo (fixture->review));

  g_assert_cmpuint (undo (fixture->review), ==, 1);
  g_assert_false (chorus_review_get_can_undo (fixture->review));
  g_assert_cmpuint (undo (fixture->review), ==, 0);
  g_assert_cmpuint (redo (fixture->review), ==, 1);
  g_assert_cmpuint (redo (fixture->review), ==, 4);
  g_assert_cmpuint (redo (fixture->review), ==, 0);
  g_assert_false (chorus_review_get_can_redo (fixture->review));
  g_assert_cmpint (get_verdict (fixture, 1), ==, CHORUS_VERDICT_REJECTED);
  g_assert_cmpint (get_verdict (fixture, 9), ==, CHORUS_VERDICT_REJECTED);
  fixture_assert (fixture->store, "SELECT n_reviewed FROM recordings ORDER BY recording_id", "2 1 1 0");

  /* A new step ends what could be done again. */
  undo (fixture->review);
  judge (fixture->review, one, CHORUS_VERDICT_CONFIRMED);
  g_assert_false (chorus_review_get_can_redo (fixture->review));
}

static void
test_steps_rename (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) some = fixture_pick (fixture->detections, 0, 2, -1);
  ChorusDetection *owl = g_ptr_array_index (fixture->detections, 0);
  GAsyncResult *result = NULL;

  g_assert_cmpstr (chorus_detection_get_held_name (owl), ==, "Tawny Owl");
  fixture_assert (fixture->store, "SELECT n_species FROM recordings WHERE recording_id = 1", "3");
  chorus_review_rename_async (fixture->review, some, "Erithacus rubecula", "Robin", NULL, chorus_test_result_cb,
                              &result);
  finish (fixture->review, &result);
  g_assert_cmpint (chorus_detection_get_verdict (owl), ==, CHORUS_VERDICT_CONFIRMED);
  g_assert_true (chorus_detection_get_renamed (owl));
  g_assert_cmpstr (chorus_detection_get_verdict_scientific_name (owl), ==, "Erithacus rubecula");
  g_assert_cmpstr (chorus_detection_get_held_name (owl), ==, "Robin");
  g_assert_cmpstr (chorus_detection_get_display_name (owl), ==, "Tawny Owl");
  g_assert_cmpstr (chorus_detection_get_reviewer (owl), ==, "ada");
  fixture_assert (fixture->store,
                  "SELECT detection_id || outcome || held_species FROM detections WHERE outcome <> 'none'",
                  "1renamedErithacus rubecula 3renamedErithacus rubecula");
  /* Rain, an owl (detection 4) and a robin. */
  fixture_assert (fixture->store, "SELECT n_species FROM recordings WHERE recording_id = 1", "3");

  /* To confirm is not to rename: the species is the model's again. */
  judge (fixture->review, some, CHORUS_VERDICT_CONFIRMED);
  g_assert_false (chorus_detection_get_renamed (owl));
  undo (fixture->review);
  g_assert_cmpstr (chorus_detection_get_held_name (owl), ==, "Robin");
  undo (fixture->review);
  g_assert_cmpstr (chorus_detection_get_held_name (owl), ==, "Tawny Owl");
  g_assert_null (chorus_detection_get_reviewer (owl));
  redo (fixture->review);
  g_assert_cmpstr (chorus_detection_get_held_name (owl), ==, "Robin");
}

static void
test_steps_note_and_star (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (GPtrArray) some = fixture_pick (fixture->detections, 0, 2, -1);
  ChorusDetection *detection = g_ptr_array_index (fixture->detections, 0);
  GAsyncResult *result = NULL;

  chorus_review_set_note_async (fixture->review, some, "faint <b>\n=1+1", NULL, chorus_test_result_cb, &result);
  finish (fixture->review, &result);
  chorus_review_set_starred_async (fixture->review, some, TRUE, NULL, chorus_test_result_cb, &result);
  finish (fixture->review, &result);
  chorus_review_set_note_async (fixture->review, some, "", NULL, chorus_test_result_cb, &result);
  finish (fixture->review, &result);
  g_assert_null (chorus_detection_get_note (detection));
  g_assert_true (chorus_detection_get_starred (detection));
  judge (fixture->review, some, CHORUS_VERDICT_CONFIRMED);

  undo (fixture->review);
  undo (fixture->review);
  g_assert_cmpstr (chorus_detection_get_note (detection), ==, "faint <b>\n=1+1");
  undo (fixture->review);
  g_assert_false (chorus_detection_get_starred (detection));
  undo (fixture->review);
  g_assert_null (chorus_detection_get_note (detection));
  redo (fixture->review);
  redo (fixture->review);
  g_assert_true (chorus_detection_get_starred (detection));
  g_assert_cmpstr (chorus_detection_get_note (detection), ==, "faint <b>\n=1+1");
  fixture_assert (fixture->store, "SELECT count(*) || ' ' || count(DISTINCT reviewer) FROM notes", "10 1");
  fixture_assert (fixture->store, "SELECT starred FROM stars WHERE detection_id = 3 ORDER BY star_id", "1 0 1");
}

/* What a reviewer had before them is written down with the verdict. */
static void
test_steps_provenance (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char rows[] =
    "SELECT detection_id || ' ' || model_name || ' ' || model_version || ' ' ||"
    "  coalesce(threshold, '-') || ' ' || coalesce(note, '-') FROM verdicts ORDER BY verdict_id";
  g_autoptr (GPtrArray) first = fixture_pick (fixture->detections, 0, -1);
  g_autoptr (GPtrArray) second = fixture_pick (fixture->detections, 1, -1);
  g_autoptr (GPtrArray) third = fixture_pick (fixture->detections, 2, -1);
  GAsyncResult *result = NULL;

  judge (fixture->review, first, CHORUS_VERDICT_CONFIRMED);
  fixture_execute (fixture->store, "INSERT INTO thresholds VALUES ('p', '', 0.1), ('p', 'Turdus merula', 0.2)");
  chorus_review_set_note_async (fixture->review, second, "far", NULL, chorus_test_result_cb, &result);
  finish (fixture->review, &result);
  judge (fixture->review, second, CHORUS_VERDICT_CONFIRMED);
  judge (fixture->review, third, CHORUS_VERDICT_CONFIRMED);
  chorus_review_set_threshold (fixture->review, 0.75);
  judge (fixture->review, third, CHORUS_VERDICT_REJECTED);
  fixture_assert (fixture->store, rows,
                  "1 BirdNET 2.4 - - 2 BirdNET 2.4 0.1 far 3 BirdNET 2.4 0.2 - 3 BirdNET 2.4 0.75 -");
}

static void
note_changed_cb (ChorusReview    *review,
                 ChorusDetection *detection,
                 gpointer         user_data)
{
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT "%s ", chorus_detection_get_detection_id (detection),
                          chorus_detection_get_withdrawn (detection) ? "-" : "+");
}

static void
test_steps_add (Fixture       *fixture,
                gconstpointer  data)
{
  static const char counts[] = "SELECT n_detections || ' ' || n_species || ' ' || n_reviewed FROM recordings"
                               " WHERE recording_id = 2";
  g_autoptr (ChorusResultDetection) what = chorus_result_detection_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusDetection) detection = NULL;
  g_autoptr (GString) changed = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  fixture_assert (fixture->store, counts, "4 3 0");
  what->scientific_name = g_strdup ("Otus scops");
  what->common_name = g_strdup ("Scops Owl");
  what->start = 12.5;
  what->end = 13.25;
  what->low = 1200;
  what->high = 1500;
  g_signal_connect (fixture->review, "changed", G_CALLBACK (note_changed_cb), changed);
  chorus_review_add_async (fixture->review, 2, what, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detection = chorus_review_add_finish (fixture->review, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (chorus_detection_get_recording_id (detection), ==, 2);
  g_assert_cmpint (chorus_detection_get_origin (detection), ==, CHORUS_DETECTION_PERSON);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpstr (chorus_detection_get_display_name (detection), ==, "Scops Owl");
  g_assert_cmpfloat (chorus_detection_get_start (detection), ==, 12.5);
  g_assert_cmpfloat (chorus_detection_get_end (detection), ==, 13.25);
  g_assert_cmpfloat (chorus_detection_get_high (detection), ==, 1500);
  g_assert_true (isnan (chorus_detection_get_confidence (detection)));
  g_assert_cmpuint (chorus_detection_get_color (detection), ==, 3);
  fixture_assert (fixture->store, counts, "5 4 1");
  fixture_assert (fixture->store, "SELECT inference_id || origin || status FROM runs WHERE run_id > 4",
                  "personpersoncompleted");

  /* Taken back it is not there any more, though its rows are; done again it is the same one. */
  undo (fixture->review);
  g_assert_true (chorus_detection_get_withdrawn (detection));
  fixture_assert (fixture->store, counts, "4 3 0");
  redo (fixture->review);
  g_assert_false (chorus_detection_get_withdrawn (detection));
  fixture_assert (fixture->store, counts, "5 4 1");
  fixture_assert (fixture->store, "SELECT count(*) FROM detections WHERE origin = 'person'", "1");
  g_assert_cmpstr (changed->str, ==, "14+ 14- 14+ ");

  /* Another one belongs to the same run. */
  g_clear_object (&result);
  g_clear_object (&detection);
  chorus_review_add_async (fixture->review, 2, what, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detection = chorus_review_add_finish (fixture->review, result, &error);
  g_assert_no_error (error);
  fixture_assert (fixture->store, "SELECT count(*) FROM runs", "5");
  fixture_assert (fixture->store, counts, "6 4 2");
}

static void
test_steps_two_reviewers (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChorusReview) bob = chorus_review_new (fixture->store, "bob");
  g_autoptr (GPtrArray) one = fixture_pick (fixture->detections, 0, -1);
  ChorusDetection *detection = g_ptr_array_index (fixture->detections, 0);

  /* Who agrees is written down; who says it twice is not. */
  judge (fixture->review, one, CHORUS_VERDICT_CONFIRMED);
  judge (bob, one, CHORUS_VERDICT_CONFIRMED);
  judge (bob, one, CHORUS_VERDICT_CONFIRMED);
  fixture_assert (fixture->store, "SELECT reviewer || verdict FROM verdicts ORDER BY verdict_id",
                  "adaconfirmed bobconfirmed");

  /* What one takes back leaves alone what the other has said since. */
  judge (fixture->review, one, CHORUS_VERDICT_UNCERTAIN);
  judge (bob, one, CHORUS_VERDICT_REJECTED);
  undo (fixture->review);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_REJECTED);
  g_assert_cmpstr (chorus_detection_get_reviewer (detection), ==, "bob");
  undo (bob);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpstr (chorus_detection_get_reviewer (detection), ==, "bob");
  undo (bob);
  g_assert_cmpstr (chorus_detection_get_reviewer (detection), ==, "ada");
  undo (fixture->review);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_NONE);
  g_clear_object (&bob);
}

static void
test_steps_blind (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ChorusReview) bob = chorus_review_new (fixture->store, "bob");
  g_autoptr (GPtrArray) one = fixture_pick (fixture->detections, 0, -1);
  ChorusDetection *detection = g_ptr_array_index (fixture->detections, 0);
  GAsyncResult *result = NULL;

  judge (fixture->review, one, CHORUS_VERDICT_CONFIRMED);
  chorus_review_set_note_async (fixture->review, one, "ada's note", NULL, chorus_test_result_cb, &result);
  finish (fixture->review, &result);

  /* Not even an undo shows what the other has said. */
  chorus_review_set_blind (bob, TRUE);
  judge (bob, one, CHORUS_VERDICT_CONFIRMED);
  g_assert_null (chorus_detection_get_note (detection));
  g_assert_cmpstr (chorus_detection_get_reviewer (detection), ==, "bob");
  undo (bob);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_NONE);
  g_assert_null (chorus_detection_get_reviewer (detection));
  fixture_assert (fixture->store, "SELECT verdict || reviewer FROM detections WHERE detection_id = 1", "confirmedada");
  g_clear_object (&bob);
}

/* A step is written as a whole or not at all. */
static void
test_steps_fail (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) some = fixture_pick (fixture->detections, 0, 1, 2, -1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_execute (fixture->store, "CREATE TRIGGER fail BEFORE INSERT ON verdicts WHEN NEW.detection_id = 3 BEGIN"
                                   "  SELECT raise (ABORT, 'no'); END");
  chorus_review_judge_async (fixture->review, some, CHORUS_VERDICT_CONFIRMED, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_false (chorus_review_step_finish (fixture->review, result, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
  g_assert_cmpint (get_verdict (fixture, 0), ==, CHORUS_VERDICT_NONE);
  g_assert_false (chorus_review_get_can_undo (fixture->review));
  fixture_assert (fixture->store, "SELECT count(*) FROM verdicts", "0");
}

/* A full disk: what was saved stays, what could not be saved is said to be so, and nothing is damaged. */
static void
test_steps_full (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-review-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  ChorusStore *store = fixture_open_store (path);
  g_autoptr (GPtrArray) detections = NULL;
  g_autoptr (ChorusReview) review = chorus_review_new (store, "ada");
  g_autofree char *long_note = g_strnfill (3000, 'x');
  g_autoptr (GError) error = NULL;
  guint n_saved = 0;
  g_autofree char *expected = NULL;

  fixture_fill (store);
  detections = fixture_read_detections (store);
  fixture_execute (store, "PRAGMA wal_checkpoint (TRUNCATE); PRAGMA max_page_count = 60");
  while (!error)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *note = g_strdup_printf ("%u %s", n_saved, long_note);

      g_assert_cmpuint (n_saved, <, 1000);
      chorus_review_set_note_async (review, detections, note, NULL, chorus_test_result_cb, &result);
      chorus_test_wait (result);
      n_saved += chorus_review_step_finish (review, result, &error);
    }
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FULL);
  g_assert_true (g_str_has_prefix (error->message, "There is no room left on the disk for "));
  expected = g_strdup_printf ("%u", n_saved * 12);
  fixture_assert (store, "SELECT count(*) FROM notes", expected);
  fixture_assert (store, "PRAGMA integrity_check", "ok");

  /* With room again it goes on. */
  fixture_execute (store, "PRAGMA max_page_count = 100000");
  judge (review, detections, CHORUS_VERDICT_CONFIRMED);
  fixture_assert (store, "SELECT count(*) FROM detections WHERE verdict = 'confirmed'", "12");

  g_clear_pointer (&detections, g_ptr_array_unref);
  chorus_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&review);
  fixture_close_store (store);
  chorus_test_remove_folder (folder);
}

#define KILLED_AFTER 40

typedef struct
{
  int fd;
  guint n_saved;
} Killed;

static void
killed_saved_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Killed *killed = user_data;
  g_autoptr (GPtrArray) detections = chorus_review_dup_detections (CHORUS_REVIEW (source), result);

  g_assert_true (chorus_review_step_finish (CHORUS_REVIEW (source), result, NULL));

  /* This is what a person saw as saved; the file is there though the program is not. */
  for (guint i = 0; i < detections->len; i++)
    {
      ChorusDetection *detection = g_ptr_array_index (detections, i);
      g_autofree char *line =
        g_strdup_printf ("%" G_GINT64_FORMAT " %s\n", chorus_detection_get_detection_id (detection),
                         chorus_verdict_to_text (chorus_detection_get_verdict (detection)));

      g_assert_cmpint (write (killed->fd, line, strlen (line)), ==, (gssize) strlen (line));
    }
  if (++killed->n_saved == KILLED_AFTER)
    raise (SIGKILL);
}

static void
test_steps_killed_child (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CHORUS_TEST_FOLDER"), "store.db", NULL);
  g_autofree char *saved = g_build_filename (g_getenv ("CHORUS_TEST_FOLDER"), "saved.txt", NULL);
  ChorusStore *store = fixture_open_store (path);
  ChorusReview *review = chorus_review_new (store, "ada");
  GPtrArray *detections = fixture_read_detections (store);
  Killed killed = { .fd = g_open (saved, O_WRONLY | O_CREAT | O_APPEND, 0600) };

  for (guint i = 0; i < 10 * KILLED_AFTER; i++)
    {
      g_autoptr (GPtrArray) some = fixture_pick (detections, (int) (2 * (i % 6)), (int) (2 * (i % 6) + 1), -1);

      /* Each says something else than what is in force. */
      chorus_review_judge_async (review, some, 1 + i / 6 % 3, NULL, killed_saved_cb, &killed);
    }
  chorus_test_wait (FALSE);
}

/* Killed amid many verdicts: all that were shown as saved are there, and of each step both or neither. */
static void
test_steps_killed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-review-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *saved = g_build_filename (folder, "saved.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) written = NULL;
  ChorusStore *store = fixture_open_store (path);
  guint n_lines = 0;
  guint n_rows = 0;
  gsize length = 0;

  fixture_fill (store);
  fixture_close_store (store);
  g_setenv ("CHORUS_TEST_FOLDER", folder, TRUE);
  g_test_trap_subprocess ("/review/steps/killed/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("CHORUS_TEST_FOLDER");
  g_assert_false (g_test_trap_has_passed ());

  g_assert_true (g_file_get_contents (saved, &text, &length, NULL));
  lines = g_strsplit (text, "\n", -1);
  n_lines = g_strv_length (lines) - 1;
  g_assert_cmpuint (n_lines, ==, 2 * KILLED_AFTER);

  /* They were saved in the order in which they were given. */
  store = fixture_open_store (path);
  rows =
    fixture_run (store, fixture_read_job, "SELECT detection_id || '_' || verdict FROM verdicts ORDER BY verdict_id");
  written = g_strsplit (rows, " ", -1);
  n_rows = g_strv_length (written);
  g_assert_cmpuint (n_rows, >=, n_lines);
  g_assert_cmpuint (n_rows % 2, ==, 0);
  for (guint i = 0; i < n_lines; i++)
    g_assert_cmpstr (g_strdelimit (lines[i], " ", '_'), ==, written[i]);
  fixture_assert (store,
                  "SELECT count(*) FROM detections d WHERE verdict <> coalesce((SELECT verdict FROM verdicts v"
                  "  WHERE v.detection_id = d.detection_id ORDER BY verdict_id DESC LIMIT 1), 'none')",
                  "0");
  fixture_assert (store,
                  "SELECT count(*) FROM recordings r WHERE n_reviewed <> (SELECT count(*) FROM detections d"
                  "  WHERE d.recording_id = r.recording_id AND verdict <> 'none')",
                  "0");
  fixture_assert (store, "PRAGMA integrity_check", "ok");
  fixture_close_store (store);
  chorus_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/review/steps/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("many", test_steps_many);
  ADD ("rename", test_steps_rename);
  ADD ("note-and-star", test_steps_note_and_star);
  ADD ("provenance", test_steps_provenance);
  ADD ("add", test_steps_add);
  ADD ("two-reviewers", test_steps_two_reviewers);
  ADD ("blind", test_steps_blind);
  ADD ("fail", test_steps_fail);
#undef ADD
  g_test_add_func ("/review/steps/full", test_steps_full);
  g_test_add_func ("/review/steps/killed", test_steps_killed);
  g_test_add_func ("/review/steps/killed/subprocess", test_steps_killed_child);

  return g_test_run ();
}
