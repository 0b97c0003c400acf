/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks Debian's python3-scipy: the independent truth of the tests of this folder. */

#pragma once

#include <gio/gio.h>

#define TEST_SCIPY_PYTHON "/usr/bin/python3"

/* Whether scipy is here; if not, the test is skipped. */
static inline gboolean
test_scipy_is_here (void)
{
  g_autoptr (GSubprocess) python = NULL;

  if (g_file_test (TEST_SCIPY_PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, TEST_SCIPY_PYTHON, "-c", "import scipy.signal", NULL);
  if (python && g_subprocess_wait_check (python, NULL, NULL))
    return TRUE;

  g_test_skip ("Debian's python3-scipy is not installed");

  return FALSE;
}

/* Runs a script that reads @samples as x, and @argument as sys.argv[1]; returns what it puts into the list out, as
 * floats one after the other. */
static inline GBytes *
test_scipy_run (const char  *script,
                const char  *argument,
                const float *samples,
                gsize        n)
{
  static const char head[] = "import ast, sys, numpy as np, scipy.signal as sg\n"
                             "x = np.frombuffer(sys.stdin.buffer.read(), '<f4').astype(float)\n"
                             "out = []\n";
  static const char tail[] = "\nfor a in out: sys.stdout.buffer.write(np.asarray(a).astype('<f4').tobytes())\n";
  g_autofree char *whole = g_strconcat (head, script, tail, NULL);
  g_autoptr (GBytes) input = g_bytes_new (samples, n * sizeof *samples);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                     &error, TEST_SCIPY_PYTHON, "-c", whole, argument, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate (python, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));

  return g_steal_pointer (&output);
}
