/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-view-limit.h"

#include <fcntl.h>
#include <fftw3.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Samples that a thread takes at once. */
#define BENCH_VIEW_CHUNK ((uint64_t) 1 << 19)
#define BENCH_VIEW_MAX_THREADS 64
/* A WAV header with its chunks ends before this. */
#define BENCH_VIEW_HEADER 65536

typedef struct
{
  const BenchViewLimit *limit;
  int fd;
  off_t data;
  atomic_uint_fast64_t next;
  atomic_bool failed;
} BenchViewShared;

typedef struct
{
  BenchViewShared *shared;
  pthread_t thread;
  fftwf_plan plan;
  float *input;
  fftwf_complex *output;
  float *samples;
  int16_t *integers;
} BenchViewWorker;

double
bench_view_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static bool
bench_view_read (BenchViewWorker *worker,
                 uint64_t         first,
                 size_t           n)
{
  const BenchViewShared *shared = worker->shared;
  char *bytes = (char *) worker->integers;
  size_t size = n * sizeof (int16_t);
  size_t done = 0;

  while (done < size)
    {
      ssize_t got = pread (shared->fd, bytes + done, size - done, shared->data + (off_t) (first * 2 + done));

      if (got <= 0)
        return false;
      done += (size_t) got;
    }
  for (size_t i = 0; i < n; i++)
    worker->samples[i] = (float) worker->integers[i] * 0x1p-15f;

  return true;
}

static void *
bench_view_work (void *data)
{
  BenchViewWorker *worker = data;
  BenchViewShared *shared = worker->shared;
  const BenchViewLimit *limit = shared->limit;

  for (;;)
    {
      uint64_t first = atomic_fetch_add (&shared->next, BENCH_VIEW_CHUNK);
      uint64_t n = BENCH_VIEW_CHUNK + limit->length - limit->hop;

      if (first + limit->length > limit->n_samples)
        return NULL;
      if (n > limit->n_samples - first)
        n = limit->n_samples - first;
      if (shared->fd >= 0 && !bench_view_read (worker, first, (size_t) n))
        {
          atomic_store (&shared->failed, true);
          return NULL;
        }
      for (uint64_t at = 0; at + limit->length <= n; at += limit->hop)
        {
          memcpy (worker->input, worker->samples + at, limit->length * sizeof (float));
          fftwf_execute (worker->plan);
        }
    }
}

/* Where the samples begin: behind the name and the length of the chunk "data". */
static off_t
bench_view_find_data (int fd)
{
  char header[BENCH_VIEW_HEADER];
  ssize_t n = pread (fd, header, sizeof header, 0);
  const char *data = n > 0 ? memmem (header, (size_t) n, "data", 4) : NULL;

  return data ? data - header + 8 : -1;
}

static void
bench_view_prepare (BenchViewWorker *worker,
                    BenchViewShared *shared)
{
  const BenchViewLimit *limit = shared->limit;
  size_t n = (size_t) BENCH_VIEW_CHUNK + limit->length;
  uint32_t state = 1;

  worker->shared = shared;
  worker->input = fftwf_alloc_real (limit->length);
  worker->output = fftwf_alloc_complex (limit->length / 2 + 1);
  worker->samples = fftwf_alloc_real (n);
  worker->integers = malloc (n * sizeof *worker->integers);
  if (!worker->input || !worker->output || !worker->samples || !worker->integers)
    exit (EXIT_FAILURE);
  for (size_t i = 0; i < n; i++)
    {
      state = state * 1664525u + 1013904223u;
      worker->samples[i] = (float) (state >> 8) * 0x1p-24f - 0.5f;
    }
  worker->plan = fftwf_plan_dft_r2c_1d ((int) limit->length, worker->input, worker->output, limit->flags);
  if (!worker->plan)
    exit (EXIT_FAILURE);
}

static void
bench_view_clean_up (BenchViewWorker *worker)
{
  fftwf_destroy_plan (worker->plan);
  fftwf_free (worker->input);
  fftwf_free (worker->output);
  fftwf_free (worker->samples);
  free (worker->integers);
}

double
bench_view_limit_run (const BenchViewLimit *limit)
{
  BenchViewShared shared = { .limit = limit, .fd = -1 };
  BenchViewWorker workers[BENCH_VIEW_MAX_THREADS] = { 0 };
  long n_processors = sysconf (_SC_NPROCESSORS_ONLN);
  long n_threads = n_processors < BENCH_VIEW_MAX_THREADS ? n_processors : BENCH_VIEW_MAX_THREADS;
  double start = 0.0;

  if (limit->path)
    {
      shared.fd = open (limit->path, O_RDONLY | O_CLOEXEC);
      shared.data = shared.fd >= 0 ? bench_view_find_data (shared.fd) : -1;
      if (shared.data < 0)
        return -1.0;
    }
  for (long i = 0; i < n_threads; i++)
    bench_view_prepare (&workers[i], &shared);
  start = bench_view_now ();
  for (long i = 0; i < n_threads; i++)
    {
      if (pthread_create (&workers[i].thread, NULL, bench_view_work, &workers[i]) != 0)
        exit (EXIT_FAILURE);
    }
  for (long i = 0; i < n_threads; i++)
    pthread_join (workers[i].thread, NULL);
  start = bench_view_now () - start;
  for (long i = 0; i < n_threads; i++)
    bench_view_clean_up (&workers[i]);
  if (shared.fd >= 0)
    close (shared.fd);

  return atomic_load (&shared.failed) ? -1.0 : start;
}
