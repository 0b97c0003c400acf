/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-schema.h"

/*
 * Notes on version 1.
 *
 * Every row that came from a service carries the profile it came through: two services may use the same id.
 *
 * Recordings have no foreign key to deployments: a service may stop listing a place, and its recordings stay.
 *
 * Verdicts are only ever added. The verdict in force and the number of detections reviewed are copied to where lists read
 * them by triggers, so that they agree whoever writes.
 *
 * recordings.run_id names the run whose detections are shown: the latest completed one. Its counts are kept beside it: a
 * list of 100,000 recordings is read without touching their millions of detections.
 */
static const char chorus_schema_version_1[] =
  "CREATE TABLE projects ("
  "  profile_id TEXT NOT NULL,"
  "  project_id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (profile_id, project_id)"
  ") WITHOUT ROWID;"

  "CREATE TABLE sites ("
  "  profile_id TEXT NOT NULL,"
  "  site_id TEXT NOT NULL,"
  "  project_id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (profile_id, site_id)"
  ") WITHOUT ROWID;"

  "CREATE TABLE deployments ("
  "  profile_id TEXT NOT NULL,"
  "  deployment_id TEXT NOT NULL,"
  "  site_id TEXT,"
  "  name TEXT NOT NULL,"
  "  typed INTEGER NOT NULL DEFAULT 0,"
  "  latitude REAL,"
  "  longitude REAL,"
  "  start_date TEXT,"
  "  end_date TEXT,"
  "  PRIMARY KEY (profile_id, deployment_id)"
  ") WITHOUT ROWID;"

  /* When what was last heard from the service; deployment_id is '' for the list of places. */
  "CREATE TABLE syncs ("
  "  profile_id TEXT NOT NULL,"
  "  deployment_id TEXT NOT NULL,"
  "  synced_at TEXT NOT NULL,"
  "  PRIMARY KEY (profile_id, deployment_id)"
  ") WITHOUT ROWID;"

  "CREATE TABLE recordings ("
  "  recording_id INTEGER PRIMARY KEY,"
  "  profile_id TEXT NOT NULL,"
  "  deployment_id TEXT NOT NULL,"
  "  file_id TEXT,"
  "  name TEXT NOT NULL,"
  "  server_name TEXT,"
  "  url TEXT,"
  "  local_path TEXT,"
  "  size INTEGER,"
  "  sha256 TEXT,"
  "  duration REAL,"
  "  sample_rate REAL,"
  "  channels INTEGER,"
  "  recorded_at TEXT,"
  "  recorded_has_zone INTEGER NOT NULL DEFAULT 0,"
  "  time_source TEXT,"
  "  synthetic INTEGER NOT NULL DEFAULT 0,"
  "  upload_state TEXT NOT NULL DEFAULT 'waiting'"
  "    CHECK (upload_state IN ('waiting', 'checking', 'sending', 'sent', 'failed', 'refused', 'remote')),"
  "  upload_error TEXT,"
  "  analysis_state TEXT NOT NULL DEFAULT 'none'"
  "    CHECK (analysis_state IN ('none', 'pending', 'running', 'completed', 'failed')),"
  "  analysis_error TEXT,"
  "  created_at TEXT,"
  "  run_id INTEGER REFERENCES runs (run_id),"
  "  n_detections INTEGER NOT NULL DEFAULT 0,"
  "  n_species INTEGER NOT NULL DEFAULT 0,"
  "  n_reviewed INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (profile_id, deployment_id, file_id)"
  ");"
  "CREATE INDEX recordings_by_content ON recordings (profile_id, sha256) WHERE sha256 IS NOT NULL;"
  "CREATE INDEX recordings_by_upload ON recordings (profile_id, upload_state);"

  "CREATE TABLE runs ("
  "  run_id INTEGER PRIMARY KEY,"
  "  recording_id INTEGER NOT NULL REFERENCES recordings (recording_id),"
  "  inference_id TEXT NOT NULL,"
  "  status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed')),"
  "  model_name TEXT,"
  "  model_version TEXT,"
  "  created_at TEXT,"
  "  n_unknown INTEGER NOT NULL DEFAULT 0,"
  "  unknown_json TEXT,"
  "  UNIQUE (recording_id, inference_id)"
  ");"

  "CREATE TABLE detections ("
  "  detection_id INTEGER PRIMARY KEY,"
  "  run_id INTEGER NOT NULL REFERENCES runs (run_id),"
  "  ordinal INTEGER NOT NULL,"
  "  recording_id INTEGER NOT NULL REFERENCES recordings (recording_id),"
  "  scientific_name TEXT,"
  "  common_name TEXT,"
  "  species TEXT GENERATED ALWAYS AS (coalesce(nullif(scientific_name, ''), common_name, '')) VIRTUAL,"
  "  confidence REAL,"
  "  start_time REAL,"
  "  end_time REAL,"
  "  low_freq REAL,"
  "  high_freq REAL,"
  "  verdict TEXT NOT NULL DEFAULT 'none',"
  "  UNIQUE (run_id, ordinal)"
  ");"
  "CREATE INDEX detections_by_recording ON detections (recording_id);"
  "CREATE INDEX detections_by_species ON detections (species, recording_id);"

  "CREATE TABLE verdicts ("
  "  verdict_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  detection_id INTEGER NOT NULL REFERENCES detections (detection_id),"
  "  verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected', 'uncertain', 'none')),"
  "  species TEXT,"
  "  reviewer TEXT NOT NULL,"
  "  created_at TEXT NOT NULL"
  ");"
  "CREATE INDEX verdicts_by_detection ON verdicts (detection_id, verdict_id);"
  "CREATE TRIGGER verdicts_never_change BEFORE UPDATE ON verdicts BEGIN"
  "  SELECT raise (ABORT, 'verdicts are only ever added');"
  "END;"
  "CREATE TRIGGER verdicts_never_go BEFORE DELETE ON verdicts BEGIN"
  "  SELECT raise (ABORT, 'verdicts are only ever added');"
  "END;"
  /* REPLACE deletes without asking the trigger above. */
  "CREATE TRIGGER verdicts_never_replace BEFORE INSERT ON verdicts"
  "  WHEN EXISTS (SELECT 1 FROM verdicts WHERE verdict_id = NEW.verdict_id) BEGIN"
  "  SELECT raise (ABORT, 'verdicts are only ever added');"
  "END;"
  "CREATE TRIGGER verdicts_take_effect AFTER INSERT ON verdicts BEGIN"
  "  UPDATE detections SET verdict = NEW.verdict WHERE detection_id = NEW.detection_id;"
  "END;"
  "CREATE TRIGGER detections_count_reviewed AFTER UPDATE OF verdict ON detections"
  "  WHEN (OLD.verdict = 'none') <> (NEW.verdict = 'none') BEGIN"
  "  UPDATE recordings SET n_reviewed = n_reviewed + CASE NEW.verdict WHEN 'none' THEN -1 ELSE 1 END"
  "    WHERE recording_id = NEW.recording_id AND run_id = NEW.run_id;"
  "END;"

  /* color counts up in the order in which species came to be known; the palette is taken modulo its size. */
  "CREATE TABLE species ("
  "  name TEXT PRIMARY KEY,"
  "  color INTEGER NOT NULL"
  ") WITHOUT ROWID;";

static const char *const chorus_schema_steps[] = {
  chorus_schema_version_1,
};

static const ChorusMigrations chorus_schema_migrations = {
  .steps = chorus_schema_steps,
  .n_steps = G_N_ELEMENTS (chorus_schema_steps),
};

const ChorusMigrations *
chorus_schema_get_migrations (void)
{
  return &chorus_schema_migrations;
}
