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

/*
 * Notes on version 2.
 *
 * An upload is a recording on its way from this computer; its state is the exact one, and recordings.upload_state the
 * coarse one that lists show, kept by a trigger. start_time and end_time are seconds since 1970, on the clock of the
 * recorder where the zone is not known: they find recordings that overlap. findings is the set of what the last check
 * found, one bit for each ChorusUploadFindingKind.
 *
 * A recording is sent as one part or, where it is over the limits of the service, as several. It stays one recording:
 * only where it was sent as one does recordings.file_id name its file. A part has a file, an analysis and a shown run of
 * its own; its detections are stored at recording time. A detection that goes on across the end of a part was found twice:
 * the later half names the earlier one in continues, and is neither shown nor counted. The earlier one reaches to the end
 * of the later; found_end and found_confidence keep what it was found with.
 *
 * recorder_time is what the recorder said of a recording whose time a person has corrected, and NULL for all others: the
 * word for where it came from and, where there was a time, a space and that time, such as "file-name 2025-06-04T05:00:00".
 *
 * attempted_at is by the clock of the service where that is known, because it is compared with the times of its files.
 */
static const char chorus_schema_version_2[] =
  "CREATE TABLE uploads ("
  "  recording_id INTEGER PRIMARY KEY REFERENCES recordings (recording_id),"
  "  state TEXT NOT NULL CHECK (state IN ('waiting', 'checking', 'ready', 'sending', 'confirming', 'sent', 'paused',"
  "    'failed', 'needs-file', 'may-have-arrived', 'canceled', 'refused')),"
  "  reason TEXT,"
  "  notes TEXT,"
  "  findings INTEGER NOT NULL DEFAULT 0,"
  "  approved INTEGER NOT NULL DEFAULT 1,"
  "  override INTEGER NOT NULL DEFAULT 0,"
  "  listed INTEGER NOT NULL DEFAULT 1,"
  "  method TEXT CHECK (method IN ('whole', 'copy', 'decode')),"
  "  format TEXT,"
  "  modified INTEGER,"
  "  start_time REAL,"
  "  end_time REAL"
  ");"
  "CREATE INDEX uploads_by_state ON uploads (state);"
  "CREATE INDEX uploads_by_time ON uploads (start_time) WHERE start_time IS NOT NULL;"

  "CREATE TABLE parts ("
  "  part_id INTEGER PRIMARY KEY,"
  "  recording_id INTEGER NOT NULL REFERENCES recordings (recording_id),"
  "  ordinal INTEGER NOT NULL,"
  "  first_frame INTEGER NOT NULL,"
  "  n_frames INTEGER NOT NULL,"
  "  start_time REAL NOT NULL,"
  "  duration REAL NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'confirming', 'sent', 'failed', 'may-have-arrived')),"
  "  attempted_at TEXT,"
  "  file_id TEXT,"
  "  server_name TEXT,"
  "  url TEXT,"
  "  analysis_state TEXT NOT NULL DEFAULT 'none'"
  "    CHECK (analysis_state IN ('none', 'pending', 'running', 'completed', 'failed')),"
  "  run_id INTEGER REFERENCES runs (run_id),"
  "  UNIQUE (recording_id, ordinal)"
  ");"
  "CREATE INDEX parts_by_file ON parts (file_id) WHERE file_id IS NOT NULL;"
  "CREATE INDEX parts_by_run ON parts (run_id) WHERE run_id IS NOT NULL;"
  "CREATE INDEX parts_to_claim ON parts (recording_id) WHERE file_id IS NULL AND state = 'sent';"

  "ALTER TABLE runs ADD COLUMN part_id INTEGER REFERENCES parts (part_id);"
  "ALTER TABLE detections ADD COLUMN continues INTEGER REFERENCES detections (detection_id);"
  "ALTER TABLE detections ADD COLUMN found_end REAL;"
  "ALTER TABLE detections ADD COLUMN found_confidence REAL;"
  "ALTER TABLE recordings ADD COLUMN recorder_time TEXT;"

  /* The most bytes of JSON that each service has been seen to take in one request. */
  "CREATE TABLE upload_budgets ("
  "  profile_id TEXT PRIMARY KEY,"
  "  bytes INTEGER NOT NULL"
  ") WITHOUT ROWID;"

  /* What an earlier version had sent, it sent whole. */
  "INSERT INTO uploads (recording_id, state, reason)"
  "  SELECT recording_id, upload_state, upload_error FROM recordings WHERE upload_state <> 'remote';"
  "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state, attempted_at,"
  "    file_id, server_name, url)"
  "  SELECT recording_id, 0, 0, cast (duration * sample_rate AS INTEGER), 0, duration, size,"
  "    CASE upload_state WHEN 'sent' THEN 'sent' ELSE 'confirming' END,"
  "    CASE upload_state WHEN 'sent' THEN NULL ELSE created_at END, file_id, server_name, url"
  "  FROM recordings WHERE upload_state IN ('sent', 'sending') AND size IS NOT NULL AND duration IS NOT NULL"
  "    AND sample_rate IS NOT NULL;"
  "UPDATE uploads SET method = 'whole', format = 'wav'"
  "  WHERE recording_id IN (SELECT recording_id FROM parts);"

  "CREATE TRIGGER uploads_begin AFTER INSERT ON uploads BEGIN"
  "  UPDATE recordings SET upload_state = 'waiting', upload_error = NULL WHERE recording_id = NEW.recording_id;"
  "END;"
  "CREATE TRIGGER uploads_take_effect AFTER UPDATE OF state, reason ON uploads BEGIN"
  "  UPDATE recordings SET upload_error = NEW.reason, upload_state = CASE NEW.state"
  "    WHEN 'ready' THEN 'waiting' WHEN 'paused' THEN 'waiting' WHEN 'confirming' THEN 'sending'"
  "    WHEN 'needs-file' THEN 'failed' WHEN 'may-have-arrived' THEN 'failed' WHEN 'canceled' THEN 'failed'"
  "    ELSE NEW.state END"
  "    WHERE recording_id = NEW.recording_id;"
  "END;"

  "DROP TRIGGER detections_count_reviewed;"
  "CREATE TRIGGER detections_count_reviewed AFTER UPDATE OF verdict ON detections"
  "  WHEN (OLD.verdict = 'none') <> (NEW.verdict = 'none') AND NEW.continues IS NULL BEGIN"
  "  UPDATE recordings SET n_reviewed = n_reviewed + CASE NEW.verdict WHEN 'none' THEN -1 ELSE 1 END"
  "    WHERE recording_id = NEW.recording_id"
  "    AND (run_id = NEW.run_id OR EXISTS (SELECT 1 FROM parts WHERE parts.run_id = NEW.run_id));"
  "END;";

static const char *const chorus_schema_steps[] = {
  chorus_schema_version_1,
  chorus_schema_version_2,
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
