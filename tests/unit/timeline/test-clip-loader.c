/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of detections of recordings that are here, and of some that are not. */

#include "timeline/chorus-clip-loader.h"

#include "chorus-clip-fixture.h"

static ChorusClipImage *
load (Fixture          *fixture,
      ChorusDetection  *detection,
      GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_clip_loader_load_async (fixture->loader, detection, 150, 80, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_clip_loader_load_finish (fixture->loader, result, error);
}

/* Which of the grays the middle of a picture has. */
static guint
get_middle (const ChorusClipImage *image)
{
  const guint32 *pixels = g_bytes_get_data (image->pixels, NULL);
  const guint32 *table = chorus_color_map_table (CHORUS_COLOR_MAP_GRAY);

  for (guint i = 0; i < CHORUS_COLOR_MAP_LENGTH; i++)
    if (table[i] == pixels[39 * 150 + 75])
      return i;
  g_assert_not_reached ();
}

static void
test_load (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (ChorusDetection) loud = make_detection (1, 1, 3.0);
  g_autoptr (ChorusDetection) silent = make_detection (2, 1, 7.0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipImage) image = NULL;
  g_autoptr (ChorusClipImage) other = NULL;

  g_assert_null (chorus_clip_loader_lookup (fixture->loader, loud, 150, 80));
  image = load (fixture, loud, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_middle (image), >, 210);
  g_assert_cmpfloat_with_epsilon (image->span.start, 2.75, 1e-9);
  other = load (fixture, silent, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_middle (other), ==, 0);

  /* It is kept, at its size. */
  g_assert_true (chorus_clip_loader_lookup (fixture->loader, loud, 150, 80) == image);
  g_assert_null (chorus_clip_loader_lookup (fixture->loader, loud, 151, 80));
}

static void
count_cb (guint *n)
{
  *n += 1;
}

static void
test_not_here (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (ChorusDetection) detection = make_detection (1, 2, 3.0);
  g_autoptr (ChorusDetection) unknown = make_detection (2, 99, 3.0);
  g_autoptr (GError) error = NULL;
  g_autofree char *update = NULL;
  g_autoptr (ChorusClipImage) image = NULL;
  guint n_changed = 0;

  g_signal_connect_swapped (fixture->loader, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_null (load (fixture, detection, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO);
  g_clear_error (&error);
  g_assert_null (load (fixture, unknown, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* When a person has found it. */
  update = g_strdup_printf ("UPDATE recordings SET local_path = '%s', size = %u WHERE recording_id = 2", fixture->path,
                            44 + 2 * N_SAMPLES);
  execute (fixture, update);
  g_assert_null (load (fixture, detection, NULL));
  chorus_clip_loader_forget (fixture->loader, 2);
  g_assert_cmpuint (n_changed, ==, 1);
  image = load (fixture, detection, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_middle (image), >, 210);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (ChorusSampleSource) first = NULL;
  g_autoptr (ChorusSampleSource) second = NULL;
  ChorusSampleSource **sources[] = { &first, &second };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      chorus_clip_loader_open_async (fixture->loader, 1, NULL, chorus_test_result_cb, &result);
      chorus_test_wait (result);
      *sources[i] = chorus_clip_loader_open_finish (fixture->loader, result, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (chorus_sample_source_get_n_frames (first), ==, N_SAMPLES);
  g_assert_true (first == second);
}

/* Many at a time, of which some are given up: every one ends, and those that are wanted with a picture. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) cancellables = g_ptr_array_new_with_free_func (g_object_unref);
  GAsyncResult *results[60] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (ChorusDetection) detection = make_detection (i + 1, 1, 0.1 * i);

      g_ptr_array_add (cancellables, g_cancellable_new ());
      chorus_clip_loader_load_async (fixture->loader, detection, 150, 80, g_ptr_array_index (cancellables, i),
                                     chorus_test_result_cb, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i += 2)
    g_cancellable_cancel (g_ptr_array_index (cancellables, i));

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChorusClipImage) image = NULL;

      chorus_test_wait (results[i]);
      image = chorus_clip_loader_load_finish (fixture->loader, results[i], &error);
      if (i % 2 == 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_nonnull (image);
      g_object_unref (results[i]);
    }
}

/* Another style: what was painted before is gone, and who shows it is told. */
static void
test_restyle (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ChorusDetection) loud = make_detection (1, 1, 3.0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipImage) before = load (fixture, loud, &error);
  g_autoptr (ChorusClipImage) image = NULL;
  ChorusClipStyle inverted = style;
  guint n_changed = 0;

  g_assert_no_error (error);
  inverted.map = CHORUS_COLOR_MAP_GRAY_INVERTED;
  g_signal_connect_swapped (fixture->loader, "changed", G_CALLBACK (count_cb), &n_changed);
  chorus_clip_loader_set_style (fixture->loader, &inverted);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_null (chorus_clip_loader_lookup (fixture->loader, loud, 150, 80));
  image = load (fixture, loud, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_middle (before), >, 210);
  g_assert_cmpuint (get_middle (image), <, 45);
}

/* All that waits for a recording to be opened is given up at once: the next who asks gets it all the same. */
static void
test_give_up (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ChorusDetection) detection = make_detection (1, 1, 3.0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusClipImage) image = NULL;
  g_autoptr (GError) error = NULL;

  chorus_clip_loader_load_async (fixture->loader, detection, 150, 80, cancellable, chorus_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_null (chorus_clip_loader_load_finish (fixture->loader, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  image = load (fixture, detection, &error);
  g_assert_no_error (error);
  g_assert_nonnull (image);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/clip-loader/load", Fixture, NULL, fixture_set_up, test_load, fixture_tear_down);
  g_test_add ("/clip-loader/not-here", Fixture, NULL, fixture_set_up, test_not_here, fixture_tear_down);
  g_test_add ("/clip-loader/open", Fixture, NULL, fixture_set_up, test_open, fixture_tear_down);
  g_test_add ("/clip-loader/cancel", Fixture, NULL, fixture_set_up, test_cancel, fixture_tear_down);
  g_test_add ("/clip-loader/restyle", Fixture, NULL, fixture_set_up, test_restyle, fixture_tear_down);
  g_test_add ("/clip-loader/give-up", Fixture, NULL, fixture_set_up, test_give_up, fixture_tear_down);

  return g_test_run ();
}
