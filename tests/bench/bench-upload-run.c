/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a command and prints its exit status, its wall time in seconds and its peak of resident memory in bytes, as the
 * last line of standard error. Small and without libraries, as the peak of a child begins with that of its parent. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
bench_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

int
main (int   argc,
      char *argv[])
{
  double start = bench_now ();
  struct rusage usage;
  int status = 0;
  pid_t child = argc > 1 ? fork () : -1;

  if (child == 0)
    {
      execvp (argv[1], argv + 1);
      _exit (127);
    }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child)
    return EXIT_FAILURE;

  double seconds = bench_now () - start;
  double processor = (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec * 1e-6
                     + (double) usage.ru_stime.tv_sec + (double) usage.ru_stime.tv_usec * 1e-6;

  fprintf (stderr, "\n%d %.6f %.6f %lld\n", WIFEXITED (status) ? WEXITSTATUS (status) : -1, seconds, processor,
           (long long) usage.ru_maxrss * 1024);

  return EXIT_SUCCESS;
}
