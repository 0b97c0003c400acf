/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"

/* Clocks with and without zones, across midnight and before 1970; 4 June 2025 is the day 20243. */
#define RECORDINGS                                                                                                        \
  "INSERT INTO sites (profile_id, site_id, project_id, name) VALUES ('p', 's', 'x', 'S');"                                \
  "INSERT INTO deployments (profile_id, deployment_id, site_id, name) VALUES ('p', 'd', 's', 'D'), ('p', 'e', 's', 'E');" \
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at, recorded_has_zone) VALUES"         \
  " (1, 'p', 'd', 'a', '2025-06-04T05:00:00+05:30', 1), (2, 'p', 'd', 'b', '2025-06-04T05:59:59.5+05:30', 1),"            \
  " (3, 'p', 'd', 'c', '2025-06-04T05:30:00', 0), (4, 'p', 'd', 'd', '2025-06-04T23:50:00-09:30', 1),"                    \
  " (5, 'p', 'd', 'e', NULL, 0), (6, 'p', 'd', 'f', '1969-12-31T22:00:00', 0), (7, 'p', 'd', 'g', 'yesterday', 0),"       \
  " (8, 'p', 'e', 'h', '2025-06-04T05:10:00', 0), (9, 'q', 'd', 'i', '2025-06-04T05:20:00', 0);"

/* Recording 4 goes on past midnight; recording 2 was sent in two parts, and what is on their seam was found twice. An
 * earlier run of recording 1 is not shown. */
#define DETECTIONS                                                                                                      \
  "INSERT INTO parts (part_id, recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state) VALUES" \
  "  (1, 2, 0, 0, 1, 0, 300, 1, 'sent'), (2, 2, 1, 1, 1, 300, 300, 1, 'sent');"                                         \
  "INSERT INTO runs (run_id, recording_id, inference_id, status, part_id) VALUES (1, 1, 'old', 'completed', NULL),"     \
  "  (2, 1, 'new', 'completed', NULL), (3, 2, 'x', 'completed', 1), (4, 2, 'y', 'completed', 2),"                       \
  "  (5, 4, 'z', 'completed', NULL), (6, 5, 'z', 'completed', NULL);"                                                   \
  "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, confidence, start_time,"       \
  "  continues) VALUES (1, 1, 0, 1, 'Otus', 0.9, 10, NULL), (2, 2, 0, 1, 'Otus', 0.5, 3590, NULL),"                     \
  "  (3, 2, 1, 1, 'Otus', 0.6, 3600, NULL), (4, 2, 2, 1, 'Strix', 0.9, 0, NULL), (5, 3, 0, 2, 'Otus', 0.7, 299, NULL)," \
  "  (6, 4, 0, 2, 'Otus', 0.8, 300, 5), (7, 5, 0, 4, 'Otus', 0.3, 599, NULL), (8, 5, 1, 4, 'Otus', 0.4, 600, NULL),"    \
  "  (9, 5, 2, 4, 'Otus', NULL, NULL, NULL), (10, 6, 0, 5, 'Otus', 0.9, 0, NULL);"                                      \
  "UPDATE parts SET run_id = part_id + 2;" /* The species are counted once the run is shown. */                         \
  "UPDATE recordings SET run_id = 2 WHERE recording_id = 1;"                                                            \
  "UPDATE recordings SET run_id = recording_id + 1 WHERE recording_id IN (4, 5);"                                       \
  "UPDATE recordings SET n_species = 2 WHERE recording_id = 1;"                                                         \
  "UPDATE recordings SET n_species = 1 WHERE recording_id IN (2, 4, 5);"

static ChorusActivity *
count (ChorusLibrary   *library,
       ChorusScopeKind  kind,
       const char      *id,
       const char      *species,
       double           threshold)
{
  g_autoptr (ChorusScope) scope = chorus_scope_new (kind, id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ChorusActivity *activity = NULL;

  chorus_library_load_activity_async (library, scope, species, threshold, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  activity = chorus_library_load_activity_finish (library, result, &error);
  g_assert_no_error (error);

  return activity;
}

/* Day, hour and count of every cell. */
static char *
dup_cells (ChorusActivity *activity)
{
  GString *text = g_string_new (NULL);
  guint n_cells = 0;
  const ChorusActivityCell *cells = chorus_activity_get_cells (activity, &n_cells);

  for (guint i = 0; i < n_cells; i++)
    {
      g_assert_cmpuint (chorus_activity_get_count (activity, cells[i].day, cells[i].hour), ==, cells[i].count);
      g_string_append_printf (text, "%s%d/%d:%u", i > 0 ? " " : "", cells[i].day, cells[i].hour, cells[i].count);
    }

  return g_string_free (text, FALSE);
}

static void
test_activity (void)
{
  static const struct
  {
    ChorusScopeKind kind;
    const char *id;
    const char *species;
    double threshold;
    const char *cells;
    guint64 n_untimed;
    guint64 n_without_zone;
  } cases[] = {
    { CHORUS_SCOPE_DEPLOYMENT, "d", NULL, 0, "-1/22:1 20243/5:3 20243/23:1", 2, 2 },
    { CHORUS_SCOPE_DEPLOYMENT, "e", NULL, 0, "20243/5:1", 0, 1 },
    { CHORUS_SCOPE_SITE, "s", NULL, 0, "-1/22:1 20243/5:4 20243/23:1", 2, 3 },
    { CHORUS_SCOPE_ALL, NULL, NULL, 0, "-1/22:1 20243/5:4 20243/23:1", 2, 3 },
    { CHORUS_SCOPE_SITE, "none", NULL, 0, "", 0, 0 },
    { CHORUS_SCOPE_DEPLOYMENT, "d", "Otus", 0, "20243/5:1 20243/6:2 20243/23:2 20244/0:1", 1, 0 },
    { CHORUS_SCOPE_SITE, "s", "Otus", 0.4, "20243/5:1 20243/6:2 20244/0:1", 1, 0 },
    { CHORUS_SCOPE_DEPLOYMENT, "d", "Strix", 0, "20243/5:1", 0, 0 },
    { CHORUS_SCOPE_DEPLOYMENT, "e", "Otus", 0, "", 0, 0 },
  };
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");

  fixture_execute (store, RECORDINGS);
  fixture_execute (store, DETECTIONS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusActivity) activity =
        count (library, cases[i].kind, cases[i].id, cases[i].species, cases[i].threshold);
      g_autofree char *cells = dup_cells (activity);

      g_test_message ("case %u", i);
      g_assert_cmpstr (cells, ==, cases[i].cells);
      g_assert_cmpuint (chorus_activity_get_n_untimed (activity), ==, cases[i].n_untimed);
      g_assert_cmpuint (chorus_activity_get_n_without_zone (activity), ==, cases[i].n_without_zone);
    }
  fixture_close (store, library);
}

static void
test_activity_ends (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusActivity) empty = count (library, CHORUS_SCOPE_ALL, NULL, NULL, 0);
  g_autoptr (ChorusActivity) activity = NULL;
  int first_day = 0;
  int last_day = 0;

  g_assert_false (chorus_activity_get_days (empty, &first_day, &last_day));
  g_assert_cmpuint (chorus_activity_get_most (empty), ==, 0);

  fixture_execute (store, RECORDINGS);
  activity = count (library, CHORUS_SCOPE_ALL, NULL, NULL, 0);
  g_assert_true (chorus_activity_get_days (activity, &first_day, &last_day));
  g_assert_cmpint (first_day, ==, -1);
  g_assert_cmpint (last_day, ==, 20243);
  g_assert_cmpuint (chorus_activity_get_most (activity), ==, 4);
  g_assert_cmpuint (chorus_activity_get_total (activity), ==, 6);
  g_assert_cmpuint (chorus_activity_get_count (activity, 20243, 6), ==, 0);
  g_assert_cmpuint (chorus_activity_get_count (activity, 0, 22), ==, 0);
  fixture_close (store, library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/activity/cells", test_activity);
  g_test_add_func ("/library/activity/ends", test_activity_ends);

  return g_test_run ();
}
