/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "review-fixture.h"
#include "review/chorus-species-names.h"

static GPtrArray *
load (ChorusStore *store,
      const char  *reviewer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *names = NULL;

  chorus_species_names_load_async (store, "p", reviewer, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  names = chorus_species_names_load_finish (store, result, &error);
  g_assert_no_error (error);

  return names;
}

/* What a search finds, by what is shown, with commas between. */
static char *
search (GPtrArray  *names,
        const char *text,
        guint       most)
{
  g_autoptr (GPtrArray) found = chorus_species_names_search (names, text, most);
  g_autoptr (GString) string = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (string, "%s%s", i > 0 ? ", " : "",
                            chorus_species_name_get_display (g_ptr_array_index (found, i)));

  return g_strdup (string->str);
}

#define assert_search(names, text, expected)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *found_ = search (names, text, 10);                                                                \
    g_assert_cmpstr (found_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

/* What models have found in this profile and what the reviewer has named, but nothing of another profile or reviewer. */
static void
test_load (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) of_other = NULL;

  fixture_execute (
    store,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, upload_state)"
    "  VALUES (1, 'p', 'd', 'a.wav', 'remote'), (2, 'q', 'd', 'b.wav', 'remote');"
    "INSERT INTO runs (run_id, recording_id, inference_id, status)"
    "  VALUES (1, 1, 'i', 'completed'), (2, 2, 'i', 'completed');"
    "UPDATE recordings SET run_id = recording_id;"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, common_name, confidence,"
    "  start_time, end_time) VALUES (1, 1, 0, 1, 'Turdus merula', 'Blackbird', 0.5, 0, 1),"
    "  (2, 1, 1, 1, 'Turdus merula', 'Blackbird', 0.6, 1, 2), (3, 1, 2, 1, NULL, 'Noise', 0.5, 2, 3),"
    "  (4, 2, 0, 2, 'Corvus corax', 'Raven', 0.5, 0, 1);"
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, scientific_name, common_name) VALUES"
    "  (3, 'confirmed', 'ada', '2025-06-04T05:00:00Z', 'Bubo bubo', 'Eagle-Owl'),"
    "  (1, 'confirmed', 'bob', '2025-06-04T05:00:01Z', 'Strix aluco', 'Tawny Owl'),"
    "  (2, 'rejected', 'ada', '2025-06-04T05:00:02Z', NULL, NULL)");

  names = load (store, "ada");
  assert_search (names, "", "Eagle-Owl, Blackbird, Noise");
  of_other = load (store, "bob");
  assert_search (of_other, "", "Tawny Owl, Blackbird, Noise");
  fixture_close_store (store);
}

static void
test_search (void)
{
  static const struct
  {
    const char *scientific_name;
    const char *common_name;
    guint64 n;
    gint64 used;
  } all[] = {
    { "Myophonus horsfieldii", "Malabar Whistling Thrush", 5, 0 },
    { "Turdus simillimus", "Indian Blackbird", 50, 0 },
    { "Ocyceros griseus", "Malabar Grey Hornbill", 10, 7 },
    { "Hypothymis azurea", NULL, 1, 0 },
    { NULL, "Thrush or so", 0, 3 },
    { "Ardea brachyrhyncha", "Héron à bec jaune", 2, 0 },
  };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_species_name_free);
  g_autofree char *two = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      ChorusSpeciesName *name = chorus_species_name_new (all[i].scientific_name, all[i].common_name);

      name->n = all[i].n;
      name->used = all[i].used;
      g_ptr_array_add (names, name);
    }

  /* The last that was named first, then the most frequent. */
  assert_search (names, "mal", "Malabar Grey Hornbill, Malabar Whistling Thrush");
  assert_search (names, "mal thr", "Malabar Whistling Thrush");
  assert_search (names, "THR", "Thrush or so, Malabar Whistling Thrush");
  assert_search (names, "horsf", "Malabar Whistling Thrush");
  assert_search (names, "azurea hypo", "Hypothymis azurea");
  assert_search (names, "heron", "Héron à bec jaune");
  assert_search (names, "alabar", "");
  assert_search (names, "100%s", "");
  two = search (names, "", 2);
  g_assert_cmpstr (two, ==, "Malabar Grey Hornbill, Thrush or so");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/review/species-names/load", test_load);
  g_test_add_func ("/review/species-names/search", test_search);

  return g_test_run ();
}
