/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a deployment of 100,000 recordings with 5 million detections takes to be shown, filtered and sorted. */

#include <glib/gstdio.h>
#include <string.h>

#include "bench-library-fill.h"
#include "library/chorus-recording-listing.h"
#include "store/chorus-schema.h"

#define N_RECORDINGS 100000
#define N_TIMES 5

/* Rows that a window makes objects of. */
#define N_VISIBLE 60

static double
get_ms (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static double
get_resident_mb (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");

  return line ? (double) g_ascii_strtoull (line + 6 + strspn (line + 6, " \t"), NULL, 10) / 1000 : 0;
}

/* What a window does with what it shows. */
static void
look (GListModel *model)
{
  for (guint i = 0; i < MIN (g_list_model_get_n_items (model), N_VISIBLE); i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (model, i);

      chorus_recording_get_recorded_text (recording);
      chorus_recording_get_status_text (recording);
    }
}

static void
measure_opening (ChorusLibrary     *library,
                 const char        *name,
                 const ChorusScope *scope)
{
  double first = G_MAXDOUBLE;
  double all = G_MAXDOUBLE;
  guint n = 0;
  double memory = 0;

  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autoptr (ChorusRecordingListing) view = chorus_recording_listing_new ();
      const double before = get_resident_mb ();
      const gint64 begin = g_get_monotonic_time ();
      ChorusRecordingList *list = chorus_library_open_scope (library, scope);

      g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
      chorus_recording_listing_set_list (view, library, list);
      while (g_list_model_get_n_items (G_LIST_MODEL (view)) == 0)
        g_main_context_iteration (NULL, TRUE);
      look (G_LIST_MODEL (view));
      first = MIN (first, get_ms (begin));
      while (chorus_recording_list_get_loading (list) || chorus_recording_listing_get_pending (view))
        g_main_context_iteration (NULL, TRUE);
      all = MIN (all, get_ms (begin));
      n = g_list_model_get_n_items (G_LIST_MODEL (view));
      if (i == 0)
        memory = get_resident_mb () - before;

      /* Until nobody holds it any more, it would be opened as it is. */
      g_clear_object (&view);
      g_object_unref (list);
      while (list)
        g_main_context_iteration (NULL, TRUE);
    }
  g_print ("open %-12s %7u recordings: first rows %6.1f ms, all %6.1f ms, %.0f MB more resident\n", name, n, first, all,
           memory);
}

static void
wait (ChorusRecordingListing *view)
{
  while (chorus_recording_listing_get_pending (view))
    g_main_context_iteration (NULL, TRUE);
}

/* Types @text letter by letter; the slowest letter counts. */
static void
measure_typing (ChorusRecordingListing *view,
                const char             *text)
{
  double slowest = 0;
  double total = 0;

  for (gsize length = 1; length <= strlen (text); length++)
    {
      g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();
      const gint64 begin = g_get_monotonic_time ();

      g_free (filter->text);
      filter->text = g_strndup (text, length);
      chorus_recording_listing_set_filter (view, filter);
      wait (view);
      look (G_LIST_MODEL (view));
      slowest = MAX (slowest, get_ms (begin));
      total += get_ms (begin);
    }
  g_print ("type %-24s %6.1f ms a letter, %6.1f ms the slowest; %u found\n", text, total / (double) strlen (text),
           slowest, g_list_model_get_n_items (G_LIST_MODEL (view)));
  chorus_recording_listing_set_filter (view, NULL);
  wait (view);
}

static void
measure_filter (ChorusRecordingListing      *view,
                const char                  *name,
                const ChorusRecordingFilter *filter)
{
  const gint64 begin = g_get_monotonic_time ();
  double duration = 0;

  chorus_recording_listing_set_filter (view, filter);
  wait (view);
  look (G_LIST_MODEL (view));
  duration = get_ms (begin);
  g_print ("filter %-22s %6.1f ms; %u found\n", name, duration, g_list_model_get_n_items (G_LIST_MODEL (view)));
  chorus_recording_listing_set_filter (view, NULL);
  wait (view);
}

static void
measure_filters (ChorusRecordingListing *view)
{
  g_autoptr (ChorusRecordingFilter) status = chorus_recording_filter_new ();
  g_autoptr (ChorusRecordingFilter) days = chorus_recording_filter_new ();
  g_autoptr (ChorusRecordingFilter) night = chorus_recording_filter_new ();
  g_autoptr (ChorusRecordingFilter) threshold = chorus_recording_filter_new ();

  status->statuses = 1u << CHORUS_RECORDING_DETECTIONS;
  days->first_day = 19800;
  days->last_day = 19900;
  days->first_hour = 22;
  days->last_hour = 3;
  night->night = TRUE;
  threshold->threshold = 0.95;
  measure_filter (view, "by status", status);
  measure_filter (view, "by days and hours", days);
  measure_filter (view, "by night", night);
  measure_filter (view, "by confidence", threshold);
}

static void
measure_sorting (ChorusRecordingListing *view)
{
  static const char *const names[CHORUS_RECORDING_N_ORDERS] = { "time", "name",   "deployment", "length",
                                                                "size", "status", "species",    "review" };

  for (guint order = 0; order < CHORUS_RECORDING_N_ORDERS; order++)
    {
      double slowest = 0;

      for (guint descending = 0; descending < 2; descending++)
        {
          const gint64 begin = g_get_monotonic_time ();

          chorus_recording_listing_set_order (view, order, !descending);
          look (G_LIST_MODEL (view));
          slowest = MAX (slowest, get_ms (begin));
        }
      g_print ("sort by %-21s %6.1f ms\n", names[order], slowest);
    }
  chorus_recording_listing_set_order (view, CHORUS_RECORDING_ORDER_TIME, FALSE);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GAsyncResult **at = user_data;

  *at = g_object_ref (result);
}

static void
measure_activity (ChorusLibrary     *library,
                  const ChorusScope *scope,
                  const char        *name,
                  const char        *species)
{
  const gint64 begin = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusActivity) activity = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_load_activity_async (library, scope, species, 0, NULL, counted_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  activity = chorus_library_load_activity_finish (library, result, &error);
  if (!activity)
    g_error ("%s", error->message);
  g_print ("activity of %-18s %6.1f ms; %" G_GUINT64_FORMAT " counted\n", name, get_ms (begin),
           chorus_activity_get_total (activity));
}

static ChorusStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  ChorusStore *store = chorus_store_open (path, chorus_schema_get_migrations (), &error);

  if (!store)
    g_error ("%s", error->message);

  return store;
}

int
main (int   argc,
      char *argv[])
{
  const ChorusScope deployment = { CHORUS_SCOPE_DEPLOYMENT, (char *) "north" };
  const ChorusScope project = { CHORUS_SCOPE_PROJECT, (char *) "forest" };
  const ChorusScope all = { CHORUS_SCOPE_ALL, NULL };
  g_autoptr (ChorusStore) store = NULL;
  g_autoptr (ChorusLibrary) library = NULL;
  g_autoptr (ChorusRecordingListing) view = NULL;
  g_autoptr (ChorusRecordingList) list = NULL;
  gboolean known = FALSE;

  if (argc != 2)
    {
      g_printerr ("usage: %s STORE (made if it is not there)\n", argv[0]);
      return 2;
    }

  known = g_file_test (argv[1], G_FILE_TEST_EXISTS);
  store = open_store (argv[1]);
  if (!known)
    {
      g_printerr ("Writing %u recordings with 5 million detections to %s ...\n", N_RECORDINGS, argv[1]);
      bench_library_fill (store, N_RECORDINGS);
      g_clear_object (&store);
      store = open_store (argv[1]);
    }

  library = chorus_library_new (store, NULL, "p");
  g_print ("resident before: %.0f MB\n", get_resident_mb ());
  measure_opening (library, "deployment", &deployment);
  measure_opening (library, "project", &project);
  measure_opening (library, "everything", &all);

  list = chorus_library_open_recordings (library, "north");
  view = chorus_recording_listing_new ();
  chorus_recording_listing_set_list (view, library, list);
  while (chorus_recording_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  wait (view);
  measure_typing (view, "20241104");
  measure_typing (view, "thrush 19");
  measure_typing (view, "corvus 2025");
  measure_filters (view);
  measure_sorting (view);
  measure_activity (library, &deployment, "recordings", NULL);
  measure_activity (library, &deployment, "a species", BENCH_LIBRARY_SPECIES);
  g_print ("resident at the end: %.0f MB\n", get_resident_mb ());

  return 0;
}
