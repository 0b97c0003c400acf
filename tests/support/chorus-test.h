/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every test program may use: waiting with a bound, and scratch folders that clean up after themselves. */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

G_BEGIN_DECLS

/* Seconds after which a condition that has not come true fails the test. Sanitizers on a loaded machine are slow, so
 * this is generous: it bounds a hang, it does not measure anything. */
#define CHORUS_TEST_BOUND_SECONDS 60

static inline gboolean
chorus_test_bound_reached_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Iterates the default main context until @condition holds; fails the test after the bound. */
#define chorus_test_wait(condition)                                                                                    \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gboolean bound_reached_ = FALSE;                                                                                   \
    guint bound_id_ =                                                                                                  \
      g_timeout_add_seconds (CHORUS_TEST_BOUND_SECONDS, chorus_test_bound_reached_cb, &bound_reached_);                \
    while (!(condition) && !bound_reached_)                                                                            \
      g_main_context_iteration (NULL, TRUE);                                                                           \
    if (bound_reached_)                                                                                                \
      g_error ("%s:%d: still waiting for: %s", __FILE__, __LINE__, #condition);                                        \
    g_source_remove (bound_id_);                                                                                       \
  }                                                                                                                    \
  G_STMT_END

/* A GAsyncReadyCallback that keeps the result: user_data is a GAsyncResult ** that starts as NULL. */
static inline void
chorus_test_result_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  GAsyncResult **out = user_data;

  g_assert_null (*out);
  *out = g_object_ref (result);
}

/* Removes a folder and everything in it. */
static inline void
chorus_test_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        chorus_test_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

G_END_DECLS
