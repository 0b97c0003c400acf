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

/*
 * Notes on version 3.
 *
 * Detections come from the service, from a person who heard what the model missed, or from a file of another program.
 * What a person adds or imports belongs to a run of its own for each recording, which is shown beside the runs of the
 * service and which no synchronization touches. What a person adds is shown while it has a verdict: taking back that it was
 * added is a row that takes its verdict back.
 *
 * detections.shown_in says where a detection is shown: the key of its deployment, or NULL for those of earlier runs, those
 * that continue another and those that were withdrawn. It is kept by triggers, whoever writes, and is what everything goes
 * by that lists or counts detections. The indexes on it answer a queue of a species in the order of confidence without
 * looking at a recording, and tallies a summary of species while looking at few detections or none. deployment_keys numbers the
 * deployments that there are recordings of; a number costs a fourth of the two ids in five million rows.
 *
 * A verdict in force is the latest that stands: that was not undone, and is no undo itself. The row of an undo says in
 * undoes which one it takes back and in verdict what is in force then. What one reviewer says of a detection is likewise
 * the latest of theirs that stands, whatever others said since. A verdict of another species is a confirmed one with a name:
 * it holds as that species and counts as a mistake of the model. verdicts.species of version 1 was never written.
 *
 * model_name, model_version, threshold and note say what a reviewer had before them when they judged.
 */
#define CHORUS_SCHEMA_SHOWN_IN                                                                                         \
  "CASE WHEN continues IS NULL AND CASE origin WHEN 'person' THEN verdict <> 'none' WHEN 'import' THEN 1"              \
  "   ELSE EXISTS (SELECT 1 FROM recordings r WHERE r.recording_id = detections.recording_id"                          \
  "       AND r.run_id = detections.run_id)"                                                                           \
  "     OR EXISTS (SELECT 1 FROM parts p WHERE p.run_id = detections.run_id) END"                                      \
  " THEN (SELECT k.deployment_key FROM recordings r JOIN deployment_keys k USING (profile_id, deployment_id)"          \
  "   WHERE r.recording_id = detections.recording_id) END"

#define CHORUS_SCHEMA_APPEND_ONLY(table, id)                                                                           \
  "CREATE TRIGGER " table "_never_change BEFORE UPDATE ON " table " BEGIN"                                             \
  "  SELECT raise (ABORT, '" table " are only ever added');"                                                           \
  "END;"                                                                                                               \
  "CREATE TRIGGER " table "_never_go BEFORE DELETE ON " table " BEGIN"                                                 \
  "  SELECT raise (ABORT, '" table " are only ever added');"                                                           \
  "END;"                                                                                                               \
  "CREATE TRIGGER " table "_never_replace BEFORE INSERT ON " table "  WHEN EXISTS (SELECT 1 FROM " table " WHERE " id  \
  " = NEW." id ") BEGIN"                                                                                               \
  "  SELECT raise (ABORT, '" table " are only ever added');"                                                           \
  "END;"

static const char chorus_schema_version_3[] =
  "CREATE TABLE deployment_keys ("
  "  deployment_key INTEGER PRIMARY KEY,"
  "  profile_id TEXT NOT NULL,"
  "  deployment_id TEXT NOT NULL,"
  "  UNIQUE (profile_id, deployment_id)"
  ");"
  "INSERT INTO deployment_keys (profile_id, deployment_id) SELECT DISTINCT profile_id, deployment_id FROM recordings;"
  "CREATE INDEX recordings_by_date ON recordings (profile_id, deployment_id, coalesce(recorded_at, '~'));"

  "ALTER TABLE runs ADD COLUMN origin TEXT NOT NULL DEFAULT 'service'"
  "  CHECK (origin IN ('service', 'person', 'import'));"
  "ALTER TABLE detections ADD COLUMN origin TEXT NOT NULL DEFAULT 'service'"
  "  CHECK (origin IN ('service', 'person', 'import'));"
  "ALTER TABLE detections ADD COLUMN verdict_scientific_name TEXT;"
  "ALTER TABLE detections ADD COLUMN verdict_common_name TEXT;"
  "ALTER TABLE detections ADD COLUMN reviewer TEXT;"
  "ALTER TABLE detections ADD COLUMN reviewed_at TEXT;"
  "ALTER TABLE detections ADD COLUMN note TEXT;"
  "ALTER TABLE detections ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE detections ADD COLUMN shown_in INTEGER;"
  /* The species that holds, what came of the review, and a confidence that can be compared, below 0 where there is none,
   * as it is and in twentieths. */
  "ALTER TABLE detections ADD COLUMN held_species TEXT GENERATED ALWAYS AS (coalesce(nullif(verdict_scientific_name, ''),"
  "  nullif(verdict_common_name, ''), nullif(scientific_name, ''), common_name, '')) VIRTUAL;"
  "ALTER TABLE detections ADD COLUMN outcome TEXT GENERATED ALWAYS AS (CASE WHEN verdict = 'confirmed'"
  "  AND (verdict_scientific_name IS NOT NULL OR verdict_common_name IS NOT NULL) THEN 'renamed' ELSE verdict END) VIRTUAL;"
  "ALTER TABLE detections ADD COLUMN score REAL GENERATED ALWAYS AS (coalesce(confidence, -1)) VIRTUAL;"
  "ALTER TABLE detections ADD COLUMN score_bin INTEGER GENERATED ALWAYS AS (CASE WHEN confidence IS NULL THEN -1"
  "  ELSE min(max(cast (confidence * 20 AS INTEGER), 0), 19) END) VIRTUAL;"

  "ALTER TABLE verdicts ADD COLUMN scientific_name TEXT;"
  "ALTER TABLE verdicts ADD COLUMN common_name TEXT;"
  "ALTER TABLE verdicts ADD COLUMN model_name TEXT;"
  "ALTER TABLE verdicts ADD COLUMN model_version TEXT;"
  "ALTER TABLE verdicts ADD COLUMN threshold REAL;"
  "ALTER TABLE verdicts ADD COLUMN note TEXT;"
  "ALTER TABLE verdicts ADD COLUMN undoes INTEGER REFERENCES verdicts (verdict_id);"
  "CREATE INDEX verdicts_undone ON verdicts (undoes) WHERE undoes IS NOT NULL;"
  "CREATE INDEX verdicts_by_reviewer ON verdicts (reviewer, detection_id, verdict_id);"
  "CREATE VIEW standing_verdicts AS SELECT * FROM verdicts v WHERE v.undoes IS NULL"
  "  AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = v.verdict_id);"

  "CREATE TABLE notes ("
  "  note_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  detection_id INTEGER NOT NULL REFERENCES detections (detection_id),"
  "  note TEXT,"
  "  reviewer TEXT NOT NULL,"
  "  created_at TEXT NOT NULL"
  ");"
  "CREATE INDEX notes_by_detection ON notes (detection_id, note_id);"
  "CREATE TABLE stars ("
  "  star_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  detection_id INTEGER NOT NULL REFERENCES detections (detection_id),"
  "  starred INTEGER NOT NULL CHECK (starred IN (0, 1)),"
  "  reviewer TEXT NOT NULL,"
  "  created_at TEXT NOT NULL"
  ");"
  "CREATE INDEX stars_by_detection ON stars (detection_id, star_id);" CHORUS_SCHEMA_APPEND_ONLY (
    "notes",
    "note_id") CHORUS_SCHEMA_APPEND_ONLY ("stars", "star_id")

    "CREATE TABLE thresholds ("
    "  profile_id TEXT NOT NULL,"
    "  species TEXT NOT NULL,"
    "  threshold REAL NOT NULL CHECK (threshold BETWEEN 0 AND 1),"
    "  PRIMARY KEY (profile_id, species)"
    ") WITHOUT ROWID;"
    "CREATE TABLE queue_positions ("
    "  profile_id TEXT NOT NULL,"
    "  queue TEXT NOT NULL,"
    "  reviewer TEXT NOT NULL,"
    "  detection_id INTEGER NOT NULL REFERENCES detections (detection_id) ON DELETE CASCADE,"
    "  PRIMARY KEY (profile_id, queue, reviewer)"
    ") WITHOUT ROWID;"
    "CREATE TABLE tallies ("
    "  deployment_key INTEGER NOT NULL,"
    "  species TEXT NOT NULL,"
    "  score_bin INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL,"
    "  n INTEGER NOT NULL,"
    "  PRIMARY KEY (deployment_key, species, score_bin, outcome)"
    ") WITHOUT ROWID;"

    /* What there is already. */
    "DROP TRIGGER verdicts_take_effect;"
    "DROP TRIGGER detections_count_reviewed;"
    "UPDATE detections SET (reviewer, reviewed_at) = (SELECT reviewer, created_at FROM verdicts v"
    "    WHERE v.detection_id = detections.detection_id ORDER BY verdict_id DESC LIMIT 1)"
    "  WHERE verdict <> 'none';"
    "UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN ";"
    "INSERT INTO tallies (deployment_key, species, score_bin, outcome, n)"
    "  SELECT shown_in, species, score_bin, outcome, count(*) FROM detections WHERE shown_in IS NOT NULL"
    "  GROUP BY 1, 2, 3, 4;"
    "CREATE INDEX detections_to_review ON detections (shown_in, species, score, detection_id, outcome)"
    "  WHERE shown_in IS NOT NULL;"
    "CREATE INDEX detections_by_score ON detections (shown_in, score, detection_id, outcome) WHERE shown_in IS NOT NULL;"

    "CREATE TRIGGER verdicts_take_effect AFTER INSERT ON verdicts BEGIN"
    "  UPDATE detections SET (verdict, verdict_scientific_name, verdict_common_name, reviewer, reviewed_at) ="
    "    (SELECT coalesce(v.verdict, 'none'), v.scientific_name, v.common_name,"
    "       CASE WHEN v.verdict <> 'none' THEN v.reviewer END, CASE WHEN v.verdict <> 'none' THEN v.created_at END"
    "     FROM (SELECT max(verdict_id) AS last FROM standing_verdicts WHERE detection_id = NEW.detection_id)"
    "     LEFT JOIN verdicts v ON v.verdict_id = last)"
    "    WHERE detection_id = NEW.detection_id;"
    "END;"
    "CREATE TRIGGER notes_take_effect AFTER INSERT ON notes BEGIN"
    "  UPDATE detections SET note = NEW.note WHERE detection_id = NEW.detection_id;"
    "END;"
    "CREATE TRIGGER stars_take_effect AFTER INSERT ON stars BEGIN"
    "  UPDATE detections SET starred = NEW.starred WHERE detection_id = NEW.detection_id;"
    "END;"

    "CREATE TRIGGER recordings_get_key AFTER INSERT ON recordings BEGIN"
    "  INSERT INTO deployment_keys (profile_id, deployment_id) SELECT NEW.profile_id, NEW.deployment_id"
    "    WHERE NOT EXISTS (SELECT 1 FROM deployment_keys"
    "      WHERE profile_id = NEW.profile_id AND deployment_id = NEW.deployment_id);"
    "END;"
    "CREATE TRIGGER recordings_show AFTER UPDATE OF run_id ON recordings WHEN OLD.run_id IS NOT NEW.run_id BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE run_id IN (OLD.run_id, NEW.run_id);"
    "END;"
    "CREATE TRIGGER recordings_move AFTER UPDATE OF profile_id, deployment_id ON recordings BEGIN"
    "  INSERT INTO deployment_keys (profile_id, deployment_id) SELECT NEW.profile_id, NEW.deployment_id"
    "    WHERE NOT EXISTS (SELECT 1 FROM deployment_keys"
    "      WHERE profile_id = NEW.profile_id AND deployment_id = NEW.deployment_id);"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE recording_id = NEW.recording_id;"
    "END;"
    "CREATE TRIGGER parts_show_at_once AFTER INSERT ON parts WHEN NEW.run_id IS NOT NULL BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE run_id = NEW.run_id;"
    "END;"
    "CREATE TRIGGER parts_show AFTER UPDATE OF run_id ON parts WHEN OLD.run_id IS NOT NEW.run_id BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE run_id IN (OLD.run_id, NEW.run_id);"
    "END;"
    "CREATE TRIGGER parts_hide AFTER DELETE ON parts WHEN OLD.run_id IS NOT NULL BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE run_id = OLD.run_id;"
    "END;"
    /* Those of the service come before their run is shown; it costs little to look. */
    "CREATE TRIGGER detections_show_at_once AFTER INSERT ON detections WHEN NEW.origin <> 'service'"
    "  OR EXISTS (SELECT 1 FROM recordings WHERE recording_id = NEW.recording_id AND run_id = NEW.run_id)"
    "  OR EXISTS (SELECT 1 FROM parts WHERE run_id = NEW.run_id) BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE detection_id = NEW.detection_id;"
    "END;"
    "CREATE TRIGGER detections_show AFTER UPDATE OF run_id, recording_id, continues, origin ON detections BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE detection_id = NEW.detection_id;"
    "END;"
    "CREATE TRIGGER detections_withdraw AFTER UPDATE OF verdict ON detections WHEN NEW.origin = 'person'"
    "  AND OLD.verdict <> NEW.verdict BEGIN"
    "  UPDATE detections SET shown_in = " CHORUS_SCHEMA_SHOWN_IN " WHERE detection_id = NEW.detection_id;"
    "END;"
    "CREATE TRIGGER detections_count_reviewed AFTER UPDATE OF verdict ON detections"
    "  WHEN (OLD.verdict = 'none') <> (NEW.verdict = 'none') AND NEW.shown_in IS NOT NULL AND NEW.origin <> 'person' BEGIN"
    "  UPDATE recordings SET n_reviewed = n_reviewed + CASE NEW.verdict WHEN 'none' THEN -1 ELSE 1 END"
    "    WHERE recording_id = NEW.recording_id;"
    "END;"

    /* Triggers of one row run in no certain order, so that a tally may be below 0 for a moment. */
    "CREATE TRIGGER detections_tally_less AFTER UPDATE OF shown_in, verdict, verdict_scientific_name, verdict_common_name,"
    "  confidence ON detections WHEN OLD.shown_in IS NOT NULL AND (OLD.shown_in IS NOT NEW.shown_in"
    "  OR OLD.outcome IS NOT NEW.outcome OR OLD.score_bin IS NOT NEW.score_bin) BEGIN"
    "  INSERT INTO tallies VALUES (OLD.shown_in, OLD.species, OLD.score_bin, OLD.outcome, -1)"
    "    ON CONFLICT (deployment_key, species, score_bin, outcome) DO UPDATE SET n = n - 1;"
    "END;"
    "CREATE TRIGGER detections_tally_more AFTER UPDATE OF shown_in, verdict, verdict_scientific_name, verdict_common_name,"
    "  confidence ON detections WHEN NEW.shown_in IS NOT NULL AND (OLD.shown_in IS NOT NEW.shown_in"
    "  OR OLD.outcome IS NOT NEW.outcome OR OLD.score_bin IS NOT NEW.score_bin) BEGIN"
    "  INSERT INTO tallies VALUES (NEW.shown_in, NEW.species, NEW.score_bin, NEW.outcome, 1)"
    "    ON CONFLICT (deployment_key, species, score_bin, outcome) DO UPDATE SET n = n + 1;"
    "END;"
    "CREATE TRIGGER detections_tally_no_more AFTER DELETE ON detections WHEN OLD.shown_in IS NOT NULL BEGIN"
    "  UPDATE tallies SET n = n - 1"
    "    WHERE deployment_key = OLD.shown_in AND species = OLD.species AND score_bin = OLD.score_bin"
    "    AND outcome = OLD.outcome;"
    "END;";

/*
 * Notes on version 4.
 *
 * What a list of 100,000 recordings shows is read without touching their parts, runs or detections. recordings.started is
 * the time in seconds since 1970, on the clock of the recorder where the zone is not known; it follows recorded_at by
 * itself and gives lists their order. n_parts and n_parts_at_service count the parts, of which a recording that was sent
 * whole has one or, from an earlier version, none. shown_runs is the sum of the ids of the runs that are shown of its
 * parts: a later run has a greater id, so the sum changes whenever one of them does. n_unknown counts what was not
 * understood in all that is shown. Triggers keep all of these, so that they agree whoever writes.
 *
 * recording_species says which species are shown of which recording, and how sure the surest detection of each is;
 * recordings.best_confidence is that of the surest of all. Whatever changes what is shown of a recording writes recordings.n_species, and a trigger lists the species anew then.
 * common_names has the names that species were reported under.
 */
static const char chorus_schema_version_4[] =
  "ALTER TABLE recordings ADD COLUMN started INTEGER"
  "  GENERATED ALWAYS AS (cast (strftime ('%s', recorded_at) AS INTEGER)) VIRTUAL;"
  "ALTER TABLE recordings ADD COLUMN n_parts INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE recordings ADD COLUMN n_parts_at_service INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE recordings ADD COLUMN shown_runs INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE recordings ADD COLUMN n_unknown INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE recordings ADD COLUMN best_confidence REAL;"
  "CREATE INDEX recordings_by_time ON recordings (profile_id, deployment_id, started, name);"

  "CREATE TABLE recording_species ("
  "  recording_id INTEGER NOT NULL,"
  "  species TEXT NOT NULL,"
  "  n_detections INTEGER NOT NULL,"
  "  best_confidence REAL,"
  "  PRIMARY KEY (recording_id, species)"
  ") WITHOUT ROWID;"
  "CREATE INDEX recording_species_by_species ON recording_species (species, best_confidence, recording_id);"

  "CREATE TABLE common_names ("
  "  species TEXT NOT NULL,"
  "  common_name TEXT NOT NULL,"
  "  PRIMARY KEY (species, common_name)"
  ") WITHOUT ROWID;"

  "UPDATE recordings SET n_parts = n.parts, n_parts_at_service = n.at_service, shown_runs = n.runs, n_unknown = n.unknown"
  " FROM (SELECT p.recording_id, count(*) AS parts, count(p.file_id) AS at_service,"
  "    coalesce(sum(p.run_id), 0) AS runs, coalesce(sum(u.n_unknown), 0) AS unknown"
  "  FROM parts p LEFT JOIN runs u USING (run_id) GROUP BY p.recording_id) AS n"
  " WHERE n.recording_id = recordings.recording_id;"
  "UPDATE recordings SET n_unknown = u.n_unknown FROM runs u WHERE u.run_id = recordings.run_id AND u.n_unknown > 0;"
  "INSERT INTO recording_species SELECT recording_id, held_species, count(*), max(confidence)"
  " FROM detections WHERE shown_in IS NOT NULL GROUP BY recording_id, held_species;"
  "UPDATE recordings SET best_confidence ="
  "  (SELECT max(best_confidence) FROM recording_species s WHERE s.recording_id = recordings.recording_id);"
  "INSERT INTO common_names SELECT DISTINCT species, common_name FROM detections WHERE common_name <> '';"

  "CREATE TRIGGER parts_come AFTER INSERT ON parts BEGIN"
  "  UPDATE recordings SET n_parts = n_parts + 1, n_parts_at_service = n_parts_at_service + (NEW.file_id IS NOT NULL),"
  "    shown_runs = shown_runs + coalesce(NEW.run_id, 0)"
  "    WHERE recording_id = NEW.recording_id;"
  "END;"
  "CREATE TRIGGER parts_go AFTER DELETE ON parts BEGIN"
  "  UPDATE recordings SET n_parts = n_parts - 1, n_parts_at_service = n_parts_at_service - (OLD.file_id IS NOT NULL),"
  "    shown_runs = shown_runs - coalesce(OLD.run_id, 0)"
  "    WHERE recording_id = OLD.recording_id;"
  "END;"
  "CREATE TRIGGER parts_change AFTER UPDATE OF file_id, run_id ON parts"
  "  WHEN (OLD.file_id IS NULL) <> (NEW.file_id IS NULL) OR OLD.run_id IS NOT NEW.run_id BEGIN"
  "  UPDATE recordings SET"
  "    n_parts_at_service = n_parts_at_service + (NEW.file_id IS NOT NULL) - (OLD.file_id IS NOT NULL),"
  "    shown_runs = shown_runs + coalesce(NEW.run_id, 0) - coalesce(OLD.run_id, 0),"
  "    n_unknown = n_unknown + coalesce((SELECT n_unknown FROM runs WHERE run_id = NEW.run_id), 0)"
  "      - coalesce((SELECT n_unknown FROM runs WHERE run_id = OLD.run_id), 0)"
  "    WHERE recording_id = NEW.recording_id;"
  "END;"
  "CREATE TRIGGER recordings_show_run AFTER UPDATE OF run_id ON recordings"
  "  WHEN NEW.run_id IS NOT NULL OR OLD.run_id IS NOT NULL BEGIN"
  "  UPDATE recordings SET n_unknown = coalesce((SELECT n_unknown FROM runs WHERE run_id = NEW.run_id), 0)"
  "    WHERE recording_id = NEW.recording_id;"
  "END;"
  "CREATE TRIGGER recordings_show_species AFTER UPDATE OF n_species ON recordings BEGIN"
  "  DELETE FROM recording_species WHERE recording_id = NEW.recording_id;"
  "  INSERT INTO recording_species SELECT NEW.recording_id, held_species, count(*), max(confidence) FROM detections"
  "    WHERE recording_id = NEW.recording_id AND shown_in IS NOT NULL GROUP BY held_species;"
  "  UPDATE recordings SET best_confidence ="
  "    (SELECT max(best_confidence) FROM recording_species WHERE recording_id = NEW.recording_id)"
  "    WHERE recording_id = NEW.recording_id;"
  "  INSERT OR IGNORE INTO common_names SELECT DISTINCT species, common_name FROM detections"
  "    WHERE recording_id = NEW.recording_id AND common_name <> '' AND shown_in IS NOT NULL;"
  "  INSERT OR IGNORE INTO common_names SELECT DISTINCT held_species, verdict_common_name FROM detections"
  "    WHERE recording_id = NEW.recording_id AND verdict_common_name <> '' AND shown_in IS NOT NULL;"
  "END;"
  "CREATE TRIGGER recordings_go AFTER DELETE ON recordings BEGIN"
  "  DELETE FROM recording_species WHERE recording_id = OLD.recording_id;"
  "END;";

static const char *const chorus_schema_steps[] = {
  chorus_schema_version_1,
  chorus_schema_version_2,
  chorus_schema_version_3,
  chorus_schema_version_4,
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
