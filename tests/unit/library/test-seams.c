/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found on both sides of the end of a part. */

#include "chorus-parts-fixture.h"

#define N ((double) NAN)

static ChorusStore *
open_parts (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, PARTS_RECORDING);

  return store;
}

static void
test_seams_joined (void)
{
  ChorusStore *store = open_parts ();

  parts_sync (store, 0,
              parts_run ("i", { "Turdus merula", 10, 11.5, 0.5, 1000, 2000 },
                         { "Turdus merula", 98, 99.96, 0.6, 1000, 2000 }));
  fixture_assert (store, PARTS_SHOWN, "Turdus merula 10.0-11.5 0.5; Turdus merula 98.0-99.96 0.6;");
  parts_sync (store, 1,
              parts_run ("i", { "Turdus merula", 0.04, 1.25, 0.75, 1500, 2500 },
                         { "Strix aluco", 20, 22, 0.5, 300, 600 }));
  fixture_assert (store, PARTS_SHOWN,
                  "Turdus merula 10.0-11.5 0.5; Turdus merula 98.0-101.25 0.75; Strix aluco 120.0-122.0 0.5;");
  fixture_assert (store, PARTS_COUNTS, "3|2|0|none");

  /* The later half names the earlier, and what that was found with is kept. */
  fixture_assert (store,
                  "SELECT e.start_time || ' ' || e.found_end || ' ' || e.found_confidence FROM detections d"
                  " JOIN detections e ON e.detection_id = d.continues",
                  "98.0 99.96 0.6");
  fixture_close (store, NULL);
}

/* Whether a detection that ends at the seam and one that begins there are taken for one, with others of other lengths. */
static gboolean
is_joined (const Found *earlier,
           const Found *later)
{
  ChorusStore *store = open_parts ();
  g_autofree char *n_joined = NULL;
  gboolean joined = FALSE;

  parts_sync (store, 0, parts_run ("a", *earlier, { "Other", 1, 1.3, 0.5, N, N }));
  parts_sync (store, 1, parts_run ("b", *later, { "Other", 50, 50.7, 0.5, N, N }));
  n_joined =
    fixture_run (store, fixture_read_job, (gpointer) "SELECT count(*) FROM detections WHERE continues IS NOT NULL");
  joined = g_str_equal (n_joined, "1");
  fixture_close (store, NULL);

  return joined;
}

static void
test_seams_conditions (void)
{
  const struct
  {
    Found earlier;
    Found later;
    gboolean joined;
  } cases[] = {
    { { "A", 98, 100, 0.5, 1000, 2000 }, { "A", 0, 1, 0.5, 1000, 2000 }, TRUE },
    /* Time: 50 ms on either side */
    { { "A", 98, 99.951, 0.5, 1000, 2000 }, { "A", 0.049, 1, 0.5, 1000, 2000 }, TRUE },
    { { "A", 98, 99.94, 0.5, 1000, 2000 }, { "A", 0, 1, 0.5, 1000, 2000 }, FALSE },
    { { "A", 98, 100, 0.5, 1000, 2000 }, { "A", 0.06, 1, 0.5, 1000, 2000 }, FALSE },
    /* Species */
    { { "A", 98, 100, 0.5, 1000, 2000 }, { "B", 0, 1, 0.5, 1000, 2000 }, FALSE },
    /* Bands */
    { { "A", 98, 100, 0.5, 1000, 2000 }, { "A", 0, 1, 0.5, 1999, 3000 }, TRUE },
    { { "A", 98, 100, 0.5, 1000, 2000 }, { "A", 0, 1, 0.5, 2001, 3000 }, FALSE },
    { { "A", 98, 100, 0.5, 2001, 3000 }, { "A", 0, 1, 0.5, 1000, 2000 }, FALSE },
    { { "A", 98, 100, 0.5, N, N }, { "A", 0, 1, 0.5, 1000, 2000 }, TRUE },
    { { "A", 98, 100, 0.5, N, N }, { "A", 0, 1, 0.5, N, N }, TRUE },
    /* Beyond the end of its part a detection is cut off there. */
    { { "A", 98, 104, 0.5, N, N }, { "A", -2, 1, 0.5, N, N }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (is_joined (&cases[i].earlier, &cases[i].later), ==, cases[i].joined);
    }
}

static void
test_seams_chain (void)
{
  static const guint orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 }, { 0, 2, 1 } };

  /* A call over all three parts, in whatever order their runs arrive. */
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      ChorusStore *store = open_parts ();

      for (guint j = 0; j < 3; j++)
        {
          static const Found found[][2] = {
            { { "A", 90, 100, 0.5, 1000, 2000 }, { "B", 3, 4, 0.5, 1000, 2000 } },
            { { "A", 0, 100, 0.25, 1000, 2000 }, { "B", 8, 10, 0.5, 1000, 2000 } },
            { { "A", 0, 7, 0.875, 1000, 2000 }, { "B", 3, 5.5, 0.5, 1000, 2000 } },
          };
          const guint ordinal = orders[i][j];

          parts_sync (store, ordinal, parts_run ("i", found[ordinal][0], found[ordinal][1]));
        }
      fixture_assert (store, PARTS_SHOWN, "B 3.0-4.0 0.5; A 90.0-207.0 0.875; B 108.0-110.0 0.5; B 203.0-205.5 0.5;");
      fixture_assert (store, "SELECT count(DISTINCT continues) || ' ' || count(continues) FROM detections", "1 2");
      fixture_assert (store, PARTS_COUNTS, "4|2|0|completed");
      fixture_close (store, NULL);
    }
}

static void
test_seams_twice (void)
{
  ChorusStore *store = open_parts ();
  static const char all[] =
    "SELECT detection_id || ' ' || start_time || ' ' || end_time || ' ' || confidence || ' ' ||"
    " coalesce (continues, '-') || ' ' || coalesce (found_end, '-') FROM detections ORDER BY detection_id";
  g_autofree char *first = NULL;

  for (int i = 0; i < 3; i++)
    {
      guint n_changed = 0;
      g_autofree char *now = NULL;

      n_changed += parts_sync (store, 0, parts_run ("i", { "A", 90, 100, 0.5, N, N }, { "A", 1, 3, 0.5, N, N }));
      n_changed += parts_sync (store, 1, parts_run ("i", { "A", 0, 1, 0.75, N, N }));
      g_assert_cmpuint (n_changed, ==, i == 0 ? 2 : 0);
      now = fixture_run (store, fixture_read_job, (gpointer) all);
      if (i == 0)
        first = g_steal_pointer (&now);
      else
        g_assert_cmpstr (now, ==, first);
    }
  fixture_assert (store, PARTS_SHOWN, "A 1.0-3.0 0.5; A 90.0-101.0 0.75;");
  fixture_close (store, NULL);
}

static void
test_seams_new_run (void)
{
  ChorusStore *store = open_parts ();

  parts_sync (store, 0, parts_run ("i", { "A", 90, 100, 0.5, N, N }));
  parts_sync (store, 1, parts_run ("i", { "A", 0, 1, 0.75, N, N }));
  fixture_assert (store, PARTS_SHOWN, "A 90.0-101.0 0.75;");

  /* Another run of the second part finds nothing at the seam: the first is what it was found as. */
  parts_sync (store, 1, parts_run ("j", { "A", 10, 12, 0.25, N, N }));
  fixture_assert (store, PARTS_SHOWN, "A 90.0-100.0 0.5; A 110.0-112.0 0.25;");

  /* And a third one finds another end. */
  parts_sync (store, 1, parts_run ("k", { "A", 0, 2.5, 0.625, N, N }));
  fixture_assert (store, PARTS_SHOWN, "A 90.0-102.5 0.625;");
  fixture_assert (store, PARTS_COUNTS, "1|1|0|none");
  fixture_close (store, NULL);
}

static void
test_seams_windows (void)
{
  ChorusStore *store = open_parts ();

  /* Windows of 3 s, the one at the end of the recording cut short. */
  parts_sync (store, 0, parts_run ("i", { "A", 97, 100, 0.5, N, N }, { "A", 94, 97, 0.5, N, N }));
  parts_sync (store, 1, parts_run ("i", { "A", 0, 3, 0.5, N, N }, { "A", 97.002, 100, 0.5, N, N }));
  parts_sync (store, 2, parts_run ("i", { "A", 0, 3, 0.5, N, N }, { "A", 48, 50, 0.5, N, N }));
  fixture_assert (store, "SELECT count(continues) FROM detections", "0");
  fixture_assert (store, PARTS_COUNTS, "6|1|0|completed");

  /* One of another length within the part: no windows. */
  parts_sync (store, 1, parts_run ("j", { "A", 0, 3, 0.5, N, N }, { "A", 50, 51, 0.5, N, N }));
  fixture_assert (store, "SELECT count(continues) FROM detections", "1");
  fixture_close (store, NULL);
}

static void
test_seams_one_to_one (void)
{
  ChorusStore *store = open_parts ();

  /* Two at the seam: each goes on with the one whose band it shares most of, and with no second one. */
  parts_sync (store, 0, parts_run ("i", { "A", 95, 100, 0.5, 1000, 3000 }, { "A", 96, 100, 0.5, 2500, 6000 }));
  parts_sync (store, 1,
              parts_run ("i", { "A", 0, 1, 0.5, 2600, 5000 }, { "A", 0, 2, 0.5, 1000, 2900 },
                         { "A", 0, 3, 0.5, 1000, 6000 }));
  fixture_assert (store, PARTS_SHOWN, "A 95.0-102.0 0.5; A 96.0-101.0 0.5; A 100.0-103.0 0.5;");
  fixture_close (store, NULL);
}

static void
test_seams_verdict (void)
{
  ChorusStore *store = open_parts ();

  parts_sync (store, 1, parts_run ("i", { "A", 0, 1, 0.75, N, N }, { "A", 5, 7, 0.75, N, N }));
  fixture_execute (store, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at)"
                          " SELECT min(detection_id), 'rejected', 'r', 't' FROM detections");
  fixture_assert (store, PARTS_COUNTS, "2|1|1|none");

  /* What was judged stays what was judged. */
  parts_sync (store, 0, parts_run ("i", { "A", 90, 100, 0.5, N, N }));
  fixture_assert (store, PARTS_SHOWN, "A 90.0-100.0 0.5; A 100.0-101.0 0.75; A 105.0-107.0 0.75;");
  fixture_assert (store, PARTS_COUNTS, "3|1|1|none");
  fixture_close (store, NULL);
}

static void
test_seams_gap (void)
{
  ChorusStore *store = open_parts ();

  /* Parts that do not touch have no seam. */
  fixture_execute (store, "UPDATE parts SET start_time = 100.2 WHERE ordinal = 1");
  parts_sync (store, 0, parts_run ("i", { "A", 90, 100, 0.5, N, N }));
  parts_sync (store, 1, parts_run ("i", { "A", 0, 1, 0.75, N, N }));
  fixture_assert (store, "SELECT count(continues) FROM detections", "0");
  fixture_close (store, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/seams/joined", test_seams_joined);
  g_test_add_func ("/library/seams/conditions", test_seams_conditions);
  g_test_add_func ("/library/seams/chain", test_seams_chain);
  g_test_add_func ("/library/seams/twice", test_seams_twice);
  g_test_add_func ("/library/seams/new-run", test_seams_new_run);
  g_test_add_func ("/library/seams/windows", test_seams_windows);
  g_test_add_func ("/library/seams/one-to-one", test_seams_one_to_one);
  g_test_add_func ("/library/seams/verdict", test_seams_verdict);
  g_test_add_func ("/library/seams/gap", test_seams_gap);

  return g_test_run ();
}
