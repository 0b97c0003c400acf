/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of detections of recordings that are here, and of some that are not. */

#include "timeline/chorus-clip-loader.h"

#include <math.h>
#include <string.h>

#include "chorus-test.h"
#include "store/chorus-schema.h"

#define SAMPLE_RATE 8000u
#define N_SAMPLES 80000u

static const ChorusClipStyle style = {
  .map = CHORUS_COLOR_MAP_GRAY,
  .window_length = 256,
  .overlap = 0.5,
  .window_function = CHORUS_WINDOW_FUNCTION_HANN,
  .low_db = -90.0,
  .high_db = 0.0,
};

typedef struct
{
  char *folder;
  char *path;
  ChorusStore *store;
  ChorusLibrary *library;
  ChorusClipLoader *loader;
} Fixture;

static gpointer
execute_job (ChorusDatabase  *db,
             gpointer         data,
             GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (fixture->store, execute_job, (gpointer) sql, NULL, NULL, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static void
put (guint8  *to,
     guint32  value,
     guint    n)
{
  for (guint i = 0; i < n; i++)
    to[i] = (guint8) (value >> (8 * i));
}

/* A WAV file of 16-bit samples: silence, but for a tone from second 3 to second 4. */
static void
write_recording (const char *path)
{
  gsize size = 44 + 2 * N_SAMPLES;
  g_autofree guint8 *bytes = g_malloc0 (size);
  g_autoptr (GError) error = NULL;

  memcpy (bytes, "RIFF", 4);
  put (bytes + 4, (guint32) size - 8, 4);
  memcpy (bytes + 8, "WAVEfmt ", 8);
  put (bytes + 16, 16, 4);
  put (bytes + 20, 1, 2);
  put (bytes + 22, 1, 2);
  put (bytes + 24, SAMPLE_RATE, 4);
  put (bytes + 28, 2 * SAMPLE_RATE, 4);
  put (bytes + 32, 2, 2);
  put (bytes + 34, 16, 2);
  memcpy (bytes + 36, "data", 4);
  put (bytes + 40, 2 * N_SAMPLES, 4);
  for (guint i = 3 * SAMPLE_RATE; i < 4 * SAMPLE_RATE; i++)
    put (bytes + 44 + 2 * i, (guint32) (gint32) lround (8192.0 * sin (2.0 * G_PI * 2000.0 * i / SAMPLE_RATE)), 2);

  g_file_set_contents (path, (const char *) bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *insert = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-clip-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "a.wav", NULL);
  write_recording (fixture->path);
  fixture->store = chorus_store_open (NULL, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  insert = g_strdup_printf (
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, local_path, size, upload_state)"
    "  VALUES (1, 'p', 'd', 'f', 'a.wav', '%s', %u, 'sent'), (2, 'p', 'd', 'g', 'b.wav', NULL, 5, 'remote')",
    fixture->path, 44 + 2 * N_SAMPLES);
  execute (fixture, insert);
  fixture->library = g_object_new (CHORUS_TYPE_LIBRARY, "store", fixture->store, "profile-id", "p", "cache-folder",
                                   fixture->folder, NULL);
  fixture->loader = chorus_clip_loader_new (fixture->library, &style);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->loader);
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->store);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static ChorusDetection *
make_detection (gint64 detection_id,
                gint64 recording_id,
                double start)
{
  return g_object_new (CHORUS_TYPE_DETECTION, "detection-id", detection_id, "recording-id", recording_id, "start",
                       start, "end", start + 1.0, NULL);
}

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
