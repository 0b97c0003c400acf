/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of clips share: a recording that is here, one that is not, and detections in them. */

#pragma once

#include <math.h>
#include <string.h>

#include "chorus-test.h"
#include "store/chorus-schema.h"
#include "timeline/chorus-clip-loader.h"

G_BEGIN_DECLS

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

static inline gpointer
execute_job (ChorusDatabase  *db,
             gpointer         data,
             GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static inline void
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

static inline void
put (guint8  *to,
     guint32  value,
     guint    n)
{
  for (guint i = 0; i < n; i++)
    to[i] = (guint8) (value >> (8 * i));
}

/* A WAV file of 16-bit samples: silence, but for a tone from second 3 to second 4. */
static inline void
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

static inline void
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

static inline void
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

static inline ChorusDetection *
make_detection (gint64 detection_id,
                gint64 recording_id,
                double start)
{
  return g_object_new (CHORUS_TYPE_DETECTION, "detection-id", detection_id, "recording-id", recording_id, "start",
                       start, "end", start + 1.0, NULL);
}

G_END_DECLS
