/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-library-fill.h"

/* Numbers that look random and are the same each time; the constant is that of Knuth's multiplicative hash. */
#define HASH(number, modulus) "(((" number ") * 2654435761 + 104729) % 4294967296 / 1024 % " modulus ")"

#define PARTS "(CASE i % 4 WHEN 0 THEN 12 WHEN 1 THEN 2 ELSE 1 END)"

static const char *const steps[] = {
  "INSERT INTO projects (profile_id, project_id, name) VALUES ('p', 'forest', 'Forest');"
  "INSERT INTO sites (profile_id, site_id, project_id, name) VALUES ('p', 'ridge', 'forest', 'Ridge');"
  "INSERT INTO deployments (profile_id, deployment_id, site_id, name, latitude, longitude)"
  "  VALUES ('p', 'north', 'ridge', 'North', 11.5, 76.4);",

  /* The n of the statements below. */
  "CREATE TEMP TABLE numbers (i INTEGER PRIMARY KEY);",
  NULL, /* how many there are */

  "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, server_name, url, local_path, size,"
  "  duration, sample_rate, channels, recorded_at, recorded_has_zone, time_source, upload_state, analysis_state)"
  " SELECT i, 'p', 'north', CASE WHEN " PARTS " = 1 THEN printf('%08x-5f3a-4c1e-9b7d-%012x', i * 7919, i) END,"
  "  strftime('%Y%m%d_%H%M%S.WAV', 1704067200 + 600 * i, 'unixepoch'), NULL,"
  "  CASE WHEN " PARTS " = 1 THEN printf('gs://forest-recordings/ridge/north/%08x.wav', i * 7919) END,"
  "  printf('/media/card/north/%02d/', i / 1000) || strftime('%Y%m%d_%H%M%S.WAV', 1704067200 + 600 * i, 'unixepoch'),"
  "  28800044 * " PARTS " + " HASH (
    "i",
    "1000") ", 300.0 * " PARTS ", 48000, 1,"
            "  strftime('%Y-%m-%dT%H:%M:%S', 1704067200 + 600 * i, 'unixepoch') || CASE i % 2 WHEN 0 THEN '+05:30' ELSE '' END,"
            "  i % 2 = 0, 'file-name', 'sent', 'completed' FROM numbers;",

  "INSERT INTO uploads (recording_id, state, method, format) SELECT i, 'sent', 'copy', 'wav' FROM numbers;"
  "UPDATE uploads SET state = 'sent';",

  "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state, file_id, url,"
  "  analysis_state)"
  " SELECT i, value, 14400000 * value, 14400000, 300.0 * value, 300, 28800044, 'sent',"
  "  printf('%08x-5f3a-4c1e-9b7d-%012x', i * 7919 + value, i),"
  "  printf('gs://forest-recordings/ridge/north/%08x.wav', i * 7919 + value), 'completed'"
  " FROM numbers CROSS JOIN generate WHERE value < " PARTS " ORDER BY i, value;",

  "INSERT INTO runs (run_id, recording_id, inference_id, status, model_name, part_id)"
  " SELECT part_id, recording_id, 'i' || part_id, 'completed', 'model', part_id FROM parts;",

  "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, common_name, confidence, start_time,"
  "  end_time, low_freq, high_freq)"
  " SELECT part_id, value, i, s.scientific, s.common, 0.1 + " HASH (
    "part_id * 64 + value",
    "900") " / 1000.0,"
           "  start_time + 3 * value, start_time + 3 * value + 3, 1000, 8000"
           " FROM parts JOIN numbers ON i = recording_id CROSS JOIN generate"
           " JOIN names s ON s.n = " HASH ("i * 8 + value % 6", "200") " * " HASH ("i * 8 + value % 6 + 77",
                                                                                   "200") " / 200"
                                                                                          " WHERE value < 52 / " PARTS
                                                                                          " ORDER BY part_id, value;",

  /* As what shows a run does it, one recording after the other. */
  "UPDATE parts SET run_id = part_id WHERE recording_id IN (SELECT i FROM numbers WHERE " PARTS " > 1);"
  "UPDATE recordings SET run_id = (SELECT part_id FROM parts p WHERE p.recording_id = recordings.recording_id)"
  "  WHERE file_id IS NOT NULL;"
  "UPDATE recordings SET (n_detections, n_species) = (SELECT count(*), count(DISTINCT species) FROM detections d"
  "  WHERE d.recording_id = recordings.recording_id);"
  "INSERT INTO species (name, color) SELECT scientific, n FROM names;"
  "INSERT INTO syncs (profile_id, deployment_id, synced_at) VALUES ('p', 'north', '2025-06-04T05:00:00Z');",
};

static gpointer
fill_job (ChorusDatabase  *db,
          gpointer         data,
          GError         **error)
{
  const char *sql = data;

  return GINT_TO_POINTER (chorus_database_execute (db, sql, error));
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  GAsyncResult **at = user_data;

  *at = g_object_ref (result);
}

static void
execute (ChorusStore *store,
         const char  *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (store, fill_job, (gpointer) sql, NULL, NULL, NULL, run_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  chorus_store_run_finish (store, result, &error);
  if (error)
    g_error ("%s\n%s", error->message, sql);
}

void
bench_library_fill (ChorusStore *store,
                    guint        n_recordings)
{
  g_autofree char *count =
    g_strdup_printf ("INSERT INTO numbers WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                     " SELECT i FROM n",
                     n_recordings);

  execute (
    store,
    "CREATE TEMP TABLE generate AS WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1"
    " FROM n WHERE value < 63) SELECT value FROM n;"
    "CREATE TEMP TABLE names AS SELECT value + 64 * t AS n, substr('TurdusCorvusPicoidApusesStrixsOtusesFalcosBubulcArdeasAnthusCettiaSylviaParussSittas', 1 + 6 * ((value + 64 * t) % 14), 6)"
    "  || ' silvae' || (value + 64 * t) AS scientific, 'Sharp-billed ' || substr('ThrushBulbulBarbetDroneoOriolePigeonFalconCuckooParrotSwiftsBabblePittasRobinsMynahsMunias', 1 + 6 * ((value + 64 * t) % 15), 6) || ' ' || (value + 64 * t) AS common"
    " FROM generate, (SELECT 0 AS t UNION SELECT 1 UNION SELECT 2 UNION SELECT 3)"
    " WHERE value + 64 * t < 200;"
    "CREATE UNIQUE INDEX temp.names_by_n ON names (n);");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const gint64 begin = g_get_monotonic_time ();

      execute (store, steps[i] ? steps[i] : count);
      g_printerr ("  written: %u of %u (%.1f s)\n", i + 1, (guint) G_N_ELEMENTS (steps),
                  (double) (g_get_monotonic_time () - begin) / 1e6);
    }
  execute (store, "DROP TABLE temp.numbers; DROP TABLE temp.generate; DROP TABLE temp.names;"
                  "PRAGMA wal_checkpoint(TRUNCATE);");
}
