/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"
#include "library/chorus-recording-list-private.h"
#include "library/chorus-recording-listing.h"

typedef struct
{
  ChorusStore *store;
  ChorusLibrary *library;
  ChorusRecordingList *list;
  ChorusRecordingListing *listing;
  GPtrArray *shadow; /* what a window would show, kept by the signals alone */
  guint n_touched;   /* rows that went or came */
} Fixture;

static void
shadow_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           gpointer    user_data)
{
  Fixture *fixture = user_data;

  fixture->n_touched += removed + added;
  if (removed > 0)
    g_ptr_array_remove_range (fixture->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->store = fixture_open_store (NULL);
  fixture->library = chorus_library_new (fixture->store, NULL, "p");
  fixture->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->listing = chorus_recording_listing_new ();
  g_signal_connect (fixture->listing, "items-changed", G_CALLBACK (shadow_cb), fixture);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_ptr_array_unref (fixture->shadow);
  g_assert_finalize_object (fixture->listing);
  g_clear_object (&fixture->list);
  fixture_close (fixture->store, fixture->library);
}

static void
open_list (Fixture *fixture)
{
  fixture->list = chorus_library_open_recordings (fixture->library, "d");
  chorus_recording_listing_set_list (fixture->listing, fixture->library, fixture->list);
  chorus_test_wait (!chorus_recording_list_get_loading (fixture->list)
                    && !chorus_recording_listing_get_pending (fixture->listing));
}

/* Tells the library that recordings were written, as the upload queue does, and waits until the listing has followed. */
static void
tell (Fixture *fixture,
      gint64   first,
      gint64   last)
{
  for (gint64 id = first; id <= last; id++)
    chorus_library_update_upload (fixture->library, id, "sent", 0, NULL);

  /* The first is read at once, the others when that is done; each comes back before what is asked of the store next. */
  fixture_execute (fixture->store, "SELECT 1");
  fixture_execute (fixture->store, "SELECT 1");
  chorus_test_wait (!chorus_recording_listing_get_pending (fixture->listing));
}

static char *
get_ids (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->listing)), ==, fixture->shadow->len);
  for (guint i = 0; i < fixture->shadow->len; i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (fixture->listing), i);

      g_assert_true (recording == g_ptr_array_index (fixture->shadow, i));
      g_assert_cmpuint (chorus_recording_listing_find (fixture->listing, recording), ==, i);
      g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) chorus_recording_get_recording_id (recording));
    }

  return g_string_free (text, FALSE);
}

#define assert_ids(fixture, expected)                                                                                  \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *ids_ = get_ids (fixture);                                                                         \
    g_assert_cmpstr (ids_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
test_listing_orders (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct
  {
    ChorusRecordingOrder order;
    const char *ascending;
    const char *descending;
  } cases[] = {
    { CHORUS_RECORDING_ORDER_TIME, "3 1 2 4", "2 1 3 4" },
    { CHORUS_RECORDING_ORDER_NAME, "3 2 1 4", "4 1 2 3" },
    { CHORUS_RECORDING_ORDER_LENGTH, "1 4 3 2", "3 4 1 2" },
    { CHORUS_RECORDING_ORDER_SIZE, "2 4 1 3", "1 4 2 3" },
    { CHORUS_RECORDING_ORDER_STATUS, "4 3 2 1", "1 2 3 4" },
    { CHORUS_RECORDING_ORDER_SPECIES, "3 4 1 2", "2 1 3 4" },
    { CHORUS_RECORDING_ORDER_REVIEW, "3 1 4 2", "2 3 1 4" },
    { CHORUS_RECORDING_ORDER_DEPLOYMENT, "3 1 2 4", "3 1 2 4" },
  };

  fixture_execute (
    fixture->store,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at, duration, size, upload_state,"
    "  analysis_state, n_detections, n_species, n_reviewed) VALUES"
    " (1, 'p', 'd', 'rec 10', '2025-06-04T06:00:00', 10, 30, 'sent', 'completed', 5, 1, 5),"
    " (2, 'p', 'd', 'REC 9', '2025-06-04T07:00:00', NULL, 10, 'sent', 'completed', 4, 2, 0),"
    " (3, 'p', 'd', 'alpha', '2025-06-04T05:00:00', 30, NULL, 'sent', 'none', 0, 0, 0),"
    " (4, 'p', 'd', 'zeta', NULL, 20, 20, 'waiting', 'none', 0, 0, 0)");
  open_list (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("order %d", cases[i].order);
      chorus_recording_listing_set_order (fixture->listing, cases[i].order, FALSE);
      assert_ids (fixture, cases[i].ascending);
      chorus_recording_listing_set_order (fixture->listing, cases[i].order, TRUE);
      assert_ids (fixture, cases[i].descending);
    }
}

static void
test_listing_names (void)
{
  static const char *const sorted[] = {
    "", "a", "A1", "a2", "a10", "a010b", "a10c", "b", "rec_9.wav", "REC_10.WAV", "rec_0010.wav.bak", "z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    {
      g_assert_cmpint (chorus_recording_order_compare_names (sorted[i], sorted[i]), ==, 0);
      for (guint j = i + 1; j < G_N_ELEMENTS (sorted); j++)
        {
          g_test_message ("%s, %s", sorted[i], sorted[j]);
          g_assert_cmpint (chorus_recording_order_compare_names (sorted[i], sorted[j]), <, 0);
          g_assert_cmpint (chorus_recording_order_compare_names (sorted[j], sorted[i]), >, 0);
        }
    }
}

#define FILL(n)                                                                                                        \
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at, upload_state, n_detections)"    \
  " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (                           \
    n) ")"                                                                                                             \
       " SELECT i, 'p', 'd', 'r' || i, strftime('%Y-%m-%dT%H:%M:%S', 60 * i, 'unixepoch'), 'waiting', 0 FROM n"

/* What a person has selected stays selected: only the rows that change go and come. */
static void
test_listing_follows (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

  fixture_execute (fixture->store, FILL (9));
  open_list (fixture);
  assert_ids (fixture, "1 2 3 4 5 6 7 8 9");

  /* One comes, at its place. */
  fixture_execute (fixture->store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at)"
                                   " VALUES (20, 'p', 'd', 'new', '1970-01-01T00:04:30')");
  fixture->n_touched = 0;
  tell (fixture, 20, 20);
  assert_ids (fixture, "1 2 3 4 20 5 6 7 8 9");
  g_assert_cmpuint (fixture->n_touched, ==, 1);

  /* One moves far, by what it is sorted by. */
  chorus_recording_listing_set_order (fixture->listing, CHORUS_RECORDING_ORDER_SPECIES, FALSE);
  fixture_execute (fixture->store, "UPDATE recordings SET n_species = 3 WHERE recording_id = 2");
  fixture->n_touched = 0;
  tell (fixture, 2, 2);
  assert_ids (fixture, "1 3 4 20 5 6 7 8 9 2");
  g_assert_cmpuint (fixture->n_touched, ==, 2);
  chorus_recording_listing_set_order (fixture->listing, CHORUS_RECORDING_ORDER_TIME, FALSE);

  /* Some no longer pass. */
  filter->statuses = 1u << CHORUS_RECORDING_WAITING;
  chorus_recording_listing_set_filter (fixture->listing, filter);
  assert_ids (fixture, "1 2 3 4 20 5 6 7 8 9");
  fixture_execute (fixture->store, "UPDATE recordings SET upload_state = 'sent' WHERE recording_id IN (1, 5, 8)");
  fixture->n_touched = 0;
  tell (fixture, 1, 1);
  tell (fixture, 5, 5);
  tell (fixture, 8, 8);
  assert_ids (fixture, "2 3 4 20 6 7 9");
  g_assert_cmpuint (fixture->n_touched, ==, 3);

  chorus_library_forget_recording (fixture->library, 4);
  chorus_test_wait (!chorus_recording_listing_get_pending (fixture->listing));
  assert_ids (fixture, "2 3 20 6 7 9");
  chorus_recording_listing_set_filter (fixture->listing, NULL);
  assert_ids (fixture, "1 2 3 20 5 6 7 8 9");

  /* Nothing of an old list is shown. */
  chorus_recording_listing_set_list (fixture->listing, NULL, NULL);
  assert_ids (fixture, "");
}

/* More than one batch of the reader, at random: the signals tell what is there. */
static void
test_listing_many (Fixture       *fixture,
                   gconstpointer  data)
{
  GRand *random = g_rand_new_with_seed (5);
  guint n_items = 0;

  fixture_execute (fixture->store, FILL (20000));
  open_list (fixture);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->listing));
  g_assert_cmpuint (n_items, ==, 20000);
  g_assert_cmpuint (fixture->shadow->len, ==, 20000);
  for (guint i = 0; i < n_items; i += 997)
    g_assert_cmpint (chorus_recording_get_recording_id (g_ptr_array_index (fixture->shadow, i)), ==, i + 1);

  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *sql = NULL;
      const int first = g_rand_int_range (random, 1, 19900);
      const ChorusRecordingOrder order = (ChorusRecordingOrder) g_rand_int_range (random, 0, CHORUS_RECORDING_N_ORDERS);
      const gboolean descending = g_rand_boolean (random);
      g_autoptr (ChorusRecordingListing) fresh = chorus_recording_listing_new ();

      chorus_recording_listing_set_order (fixture->listing, order, descending);
      sql =
        g_strdup_printf ("UPDATE recordings SET n_species = %d * recording_id %% 7, duration = %d - recording_id,"
                         "  recorded_at = strftime('%%Y-%%m-%%dT%%H:%%M:%%S', recording_id * %d %% 20000, 'unixepoch')"
                         " WHERE recording_id BETWEEN %d AND %d",
                         g_rand_int_range (random, 1, 7), first, g_rand_int_range (random, 1, 90), first,
                         first + g_rand_int_range (random, 0, 90));
      fixture_execute (fixture->store, sql);
      tell (fixture, first, first + 90);

      /* The same as what is shown from nothing. */
      chorus_recording_listing_set_order (fresh, order, descending);
      chorus_recording_listing_set_list (fresh, fixture->library, fixture->list);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fresh)), ==, fixture->shadow->len);
      for (guint i = 0; i < fixture->shadow->len; i++)
        {
          g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (fresh), i);

          g_assert_true (recording == g_ptr_array_index (fixture->shadow, i));
        }
    }
  g_rand_free (random);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/library/recording-listing/orders", test_listing_orders);
  ADD ("/library/recording-listing/follows", test_listing_follows);
  ADD ("/library/recording-listing/many", test_listing_many);
#undef ADD
  g_test_add_func ("/library/recording-listing/names", test_listing_names);

  return g_test_run ();
}
