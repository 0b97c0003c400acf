/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-order.h"
#include "upload/chorus-upload-private.h"

#include "chorus-test.h"

/* The order is held against a stable sort, and a mirror that knows only what items-changed tells against the list. */

typedef struct
{
  GListStore *uploads;
  ChorusUploadOrder *order;
  GPtrArray *mirror;
  guint n_changes;
  gint64 next_id;
} Fixture;

static void
changed_cb (GListModel *order,
            guint       position,
            guint       removed,
            guint       added,
            Fixture    *fixture)
{
  fixture->n_changes++;
  g_assert_cmpuint (position + removed, <=, fixture->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i), g_list_model_get_item (order, position + i));
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->uploads = g_list_store_new (CHORUS_TYPE_UPLOAD);
  fixture->order = chorus_upload_order_new ();
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->order, "items-changed", G_CALLBACK (changed_cb), fixture);
  chorus_upload_order_set_model (fixture->order, G_LIST_MODEL (fixture->uploads));
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->order);
  g_assert_finalize_object (fixture->uploads);
}

static void
fixture_append (Fixture           *fixture,
                guint              n,
                ChorusUploadState  state)
{
  g_autoptr (GPtrArray) more = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      ChorusUpload *upload = chorus_upload_new (NULL, "recording.wav", "north", ++fixture->next_id);

      upload->state = state;
      g_ptr_array_add (more, upload);
    }
  g_list_store_splice (fixture->uploads, g_list_model_get_n_items (G_LIST_MODEL (fixture->uploads)), 0, more->pdata,
                       more->len);
}

static void
fixture_move (Fixture           *fixture,
              gint64             recording_id,
              ChorusUploadState  state)
{
  chorus_upload_set_state (chorus_upload_order_find (fixture->order, recording_id), state);
  chorus_upload_order_note (fixture->order, recording_id);
}

/* The table of the design, written out: problems, refused, under way, waiting, canceled, sent. */
static guint
get_expected_rank (ChorusUpload *upload)
{
  static const guint ranks[CHORUS_UPLOAD_N_STATES] = {
    [CHORUS_UPLOAD_STATE_FAILED] = 0,  [CHORUS_UPLOAD_STATE_NEEDS_FILE] = 0, [CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED] = 0,
    [CHORUS_UPLOAD_STATE_REFUSED] = 1, [CHORUS_UPLOAD_STATE_SENDING] = 2,    [CHORUS_UPLOAD_STATE_CONFIRMING] = 2,
    [CHORUS_UPLOAD_STATE_WAITING] = 3, [CHORUS_UPLOAD_STATE_CHECKING] = 3,   [CHORUS_UPLOAD_STATE_READY] = 3,
    [CHORUS_UPLOAD_STATE_PAUSED] = 3,  [CHORUS_UPLOAD_STATE_CANCELED] = 4,   [CHORUS_UPLOAD_STATE_SENT] = 5,
  };

  return ranks[chorus_upload_get_state (upload)];
}

static gboolean
fixture_is_right (Fixture *fixture)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->uploads));
  guint position = 0;

  for (guint rank = 0; rank < (chorus_upload_order_get_show_sent (fixture->order) ? 6 : 5); rank++)
    for (guint i = 0; i < n_items; i++)
      {
        g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (fixture->uploads), i);
        g_autoptr (ChorusUpload) shown = NULL;

        if (get_expected_rank (upload) != rank)
          continue;
        shown = g_list_model_get_item (G_LIST_MODEL (fixture->order), position);
        if (shown != upload)
          return FALSE;
        position++;
      }

  return g_list_model_get_n_items (G_LIST_MODEL (fixture->order)) == position;
}

static void
fixture_check (Fixture *fixture)
{
  chorus_test_wait (fixture_is_right (fixture));
  g_assert_cmpuint (fixture->mirror->len, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->order)));
  for (guint i = 0; i < fixture->mirror->len; i++)
    {
      g_autoptr (ChorusUpload) shown = g_list_model_get_item (G_LIST_MODEL (fixture->order), i);

      g_assert_true (fixture->mirror->pdata[i] == shown);
    }
}

static void
test_every_state (Fixture       *fixture,
                  gconstpointer  data)
{
  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    fixture_append (fixture, 2, (ChorusUploadState) state);
  fixture_check (fixture);

  chorus_upload_order_set_show_sent (fixture->order, TRUE);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 2 * CHORUS_UPLOAD_N_STATES);
  chorus_upload_order_set_show_sent (fixture->order, FALSE);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 2 * CHORUS_UPLOAD_N_STATES - 2);
}

static void
test_moves (Fixture       *fixture,
            gconstpointer  data)
{
  fixture_append (fixture, 10, CHORUS_UPLOAD_STATE_READY);
  fixture_check (fixture);

  fixture_move (fixture, 8, CHORUS_UPLOAD_STATE_SENDING);
  fixture_move (fixture, 3, CHORUS_UPLOAD_STATE_SENDING);
  fixture_move (fixture, 5, CHORUS_UPLOAD_STATE_FAILED);
  fixture_check (fixture);

  fixture_move (fixture, 3, CHORUS_UPLOAD_STATE_SENT);
  fixture_move (fixture, 5, CHORUS_UPLOAD_STATE_WAITING);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 9);

  /* Back to where it came from, among those that never moved. */
  fixture_move (fixture, 3, CHORUS_UPLOAD_STATE_WAITING);
  fixture_check (fixture);
}

static void
test_progress_costs_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  guint n_changes = 0;

  fixture_append (fixture, 3, CHORUS_UPLOAD_STATE_WAITING);
  fixture_check (fixture);
  n_changes = fixture->n_changes;

  /* Checked and found good: it still waits. The last one moves, so that the others had their chance. */
  fixture_move (fixture, 1, CHORUS_UPLOAD_STATE_CHECKING);
  fixture_move (fixture, 1, CHORUS_UPLOAD_STATE_READY);
  fixture_move (fixture, 2, CHORUS_UPLOAD_STATE_PAUSED);
  fixture_move (fixture, 3, CHORUS_UPLOAD_STATE_SENT);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes + 1);
}

/* A request takes twenty that wait side by side, and all of them are sent with its end. Ten are told at once, so that no
 * step of a view takes long. */
static void
test_together (Fixture       *fixture,
               gconstpointer  data)
{
  guint n_changes = 0;

  fixture_append (fixture, 100, CHORUS_UPLOAD_STATE_READY);
  chorus_upload_order_set_show_sent (fixture->order, TRUE);
  n_changes = fixture->n_changes;

  for (gint64 id = 41; id <= 60; id++)
    fixture_move (fixture, id, CHORUS_UPLOAD_STATE_SENDING);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes + 2 * 2);

  for (gint64 id = 41; id <= 60; id++)
    fixture_move (fixture, id, id == 47 ? CHORUS_UPLOAD_STATE_FAILED : CHORUS_UPLOAD_STATE_SENT);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes + 2 * 2 + 3 + 2);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  guint n_changes = 0;

  fixture_append (fixture, 5000, CHORUS_UPLOAD_STATE_FAILED);
  n_changes = fixture->n_changes;
  for (gint64 id = 1; id <= 5000; id += 2)
    fixture_move (fixture, id, CHORUS_UPLOAD_STATE_WAITING);
  fixture_check (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes + 1);
}

static void
test_underlying_list (Fixture       *fixture,
                      gconstpointer  data)
{
  fixture_append (fixture, 4, CHORUS_UPLOAD_STATE_SENDING);
  fixture_append (fixture, 4, CHORUS_UPLOAD_STATE_READY);
  fixture_append (fixture, 4, CHORUS_UPLOAD_STATE_REFUSED);
  fixture_check (fixture);

  /* Taken off while it was about to move. */
  fixture_move (fixture, 2, CHORUS_UPLOAD_STATE_SENT);
  g_list_store_remove (fixture->uploads, 1);
  fixture_check (fixture);
  g_assert_null (chorus_upload_order_find (fixture->order, 2));

  g_list_store_remove_all (fixture->uploads);
  fixture_check (fixture);
  fixture_append (fixture, 2, CHORUS_UPLOAD_STATE_READY);
  fixture_check (fixture);

  chorus_upload_order_note (fixture->order, 99);
  chorus_upload_order_set_model (fixture->order, NULL);
  g_assert_cmpuint (fixture->mirror->len, ==, 0);
}

/* What happens in any order leaves the right list. */
static void
test_anything (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20250604);

  for (guint round = 0; round < 15; round++)
    {
      guint n_moves = (guint) g_rand_int_range (rand, 0, 300);

      fixture_append (fixture, (guint) g_rand_int_range (rand, 0, 20),
                      (ChorusUploadState) g_rand_int_range (rand, 0, CHORUS_UPLOAD_N_STATES));
      for (guint i = 0; fixture->next_id > 0 && i < n_moves; i++)
        fixture_move (fixture, g_rand_int_range (rand, 1, (int) fixture->next_id + 1),
                      (ChorusUploadState) g_rand_int_range (rand, 0, CHORUS_UPLOAD_N_STATES));
      if (g_rand_boolean (rand))
        chorus_upload_order_set_show_sent (fixture->order, g_rand_boolean (rand));
      fixture_check (fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/upload/order/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("every-state", test_every_state);
  ADD ("moves", test_moves);
  ADD ("progress-costs-nothing", test_progress_costs_nothing);
  ADD ("together", test_together);
  ADD ("many", test_many);
  ADD ("underlying-list", test_underlying_list);
  ADD ("anything", test_anything);
#undef ADD

  return g_test_run ();
}
