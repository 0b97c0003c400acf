/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exact spectrogram of a whole file as pixels, by the code that the viewer draws with, without a window. */

#include "audio/chorus-sample-source.h"
#include "timeline/chorus-image-cache.h"

#include "bench-view-limit.h"
#include "bench-view-picture.h"

#include <fftw3.h>
#include <math.h>
#include <stdio.h>

#define BENCH_WIDTH 1600u
#define BENCH_HEIGHT 513u
#define BENCH_WINDOW 1024u
#define BENCH_ROUNDS 7
#define BENCH_BUDGET ((gsize) 64 << 20)

typedef struct
{
  ChorusTileCache *tiles;
  ChorusImageCache *images;
  GMainLoop *loop;
  char *problem;
} BenchSpectrogram;

static const char bench_usage[] = "Usage: bench-view-file FILE PICTURE.png|PICTURE.ppm\n"
                                  "         its whole spectrogram as a picture\n"
                                  "       bench-view-file --ratio FILE\n"
                                  "         the same without process start and picture, in turn with FFTW alone\n"
                                  "       bench-view-file --limit FILE\n"
                                  "         FFTW alone, reading FILE\n";

static void
bench_changed_cb (BenchSpectrogram *self)
{
  if (chorus_image_cache_is_complete (self->images))
    g_main_loop_quit (self->loop);
}

static void
bench_failed_cb (BenchSpectrogram *self,
                 const char       *sentence)
{
  if (!self->problem)
    self->problem = g_strdup (sentence);
  g_main_loop_quit (self->loop);
}

/* Returns once every pixel is exact. */
static gboolean
bench_spectrogram_compute (BenchSpectrogram   *self,
                           ChorusSampleSource *source,
                           ChorusJobQueue     *queue)
{
  const ChorusStftParams params = { BENCH_WINDOW, BENCH_WINDOW / 2, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const ChorusImageView view = {
    .samples_per_pixel = (double) chorus_sample_source_get_n_frames (source) / BENCH_WIDTH,
    .low = 0.0,
    .high = BENCH_WINDOW / 2.0,
    .height = BENCH_HEIGHT,
  };
  const ChorusImageColors colors = { CHORUS_COLOR_MAP_MAGMA, -110.0, -30.0 };

  self->tiles = chorus_tile_cache_new (source, queue, &params, BENCH_BUDGET);
  self->images = chorus_image_cache_new (self->tiles, queue);
  self->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect_swapped (self->images, "changed", G_CALLBACK (bench_changed_cb), self);
  g_signal_connect_swapped (self->tiles, "failed", G_CALLBACK (bench_failed_cb), self);
  chorus_image_cache_set_view (self->images, &view, &colors, 0, BENCH_WIDTH);
  g_main_loop_run (self->loop);

  return !self->problem;
}

static void
bench_spectrogram_clear (BenchSpectrogram *self)
{
  g_clear_object (&self->images);
  g_clear_object (&self->tiles);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->problem, g_free);
}

static gboolean
bench_write (BenchSpectrogram *self,
             const char       *path)
{
  g_autofree guint32 *pixels = g_new (guint32, (gsize) BENCH_WIDTH * BENCH_HEIGHT);

  for (guint x = 0; x < BENCH_WIDTH; x += CHORUS_IMAGE_WIDTH)
    {
      ChorusImage *image = chorus_image_cache_lookup (self->images, x / CHORUS_IMAGE_WIDTH);
      const guint32 *from = g_bytes_get_data (image->pixels, NULL);
      guint n = MIN (CHORUS_IMAGE_WIDTH, BENCH_WIDTH - x);

      for (guint y = 0; y < BENCH_HEIGHT; y++)
        memcpy (pixels + (gsize) y * BENCH_WIDTH + x, from + (gsize) y * CHORUS_IMAGE_WIDTH, n * sizeof *pixels);
    }

  return bench_view_picture_write (path, pixels, BENCH_WIDTH, BENCH_HEIGHT,
                                   chorus_color_map_table (CHORUS_COLOR_MAP_MAGMA));
}

static int
bench_ratio (ChorusSampleSource *source)
{
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (0);
  guint64 n_samples = chorus_sample_source_get_n_frames (source);
  BenchViewLimit limit = { NULL, n_samples, BENCH_WINDOW, BENCH_WINDOW / 2, FFTW_ESTIMATE };
  double ours = HUGE_VAL;
  double estimated = HUGE_VAL;
  double measured = HUGE_VAL;

  for (int round = 0; round < BENCH_ROUNDS; round++)
    {
      BenchSpectrogram spectrogram = { 0 };
      double start = bench_view_now ();

      if (!bench_spectrogram_compute (&spectrogram, source, queue))
        {
          fprintf (stderr, "%s\n", spectrogram.problem);
          return EXIT_FAILURE;
        }
      ours = MIN (ours, bench_view_now () - start);
      bench_spectrogram_clear (&spectrogram);
      limit.flags = FFTW_ESTIMATE;
      estimated = MIN (estimated, bench_view_limit_run (&limit));
      limit.flags = FFTW_MEASURE;
      measured = MIN (measured, bench_view_limit_run (&limit));
    }
  printf ("%.4f %.4f %.4f\n", ours, estimated, measured);

  return EXIT_SUCCESS;
}

int
main (int   argc,
      char *argv[])
{
  BenchSpectrogram spectrogram = { 0 };
  g_autoptr (GFile) file = NULL;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusJobQueue) queue = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  if (argc != 3)
    {
      fputs (bench_usage, stderr);
      return EXIT_FAILURE;
    }
  file = g_file_new_for_path (argv[1][0] == '-' ? argv[2] : argv[1]);
  source = chorus_sample_source_open (file, NULL, &error);
  if (!source)
    {
      fprintf (stderr, "%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (g_str_equal (argv[1], "--ratio"))
    return bench_ratio (source);
  if (g_str_equal (argv[1], "--limit"))
    {
      BenchViewLimit limit = { argv[2], chorus_sample_source_get_n_frames (source), BENCH_WINDOW, BENCH_WINDOW / 2,
                               FFTW_ESTIMATE };

      printf ("%.4f\n", bench_view_limit_run (&limit));
      return EXIT_SUCCESS;
    }

  queue = chorus_job_queue_new (0);
  ok = bench_spectrogram_compute (&spectrogram, source, queue);
  if (!ok)
    fprintf (stderr, "%s\n", spectrogram.problem);
  ok = ok && bench_write (&spectrogram, argv[2]);
  bench_spectrogram_clear (&spectrogram);

  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
