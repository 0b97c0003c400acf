/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-schema.h"

/*
 * Notes on version 1.
 *
 * Every list is paged in the order of its integer key, which only grows: what is added while a client pages comes last.
 *
 * Secrets are stored as hashes, but for the key that signs access tokens; only the owner of the data folder reads it.
 *
 * A refresh token that was used stays, marked, so that a second use of it is known for a theft and ends its family.
 */
static const char chorus_station_schema_version_1[] =
  "CREATE TABLE settings ("
  "  key TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") WITHOUT ROWID;"

  "CREATE TABLE users ("
  "  user_id TEXT PRIMARY KEY,"
  "  email TEXT NOT NULL COLLATE NOCASE UNIQUE,"
  "  first_name TEXT NOT NULL,"
  "  last_name TEXT NOT NULL,"
  "  password_hash TEXT,"
  "  created_at TEXT NOT NULL,"
  "  updated_at TEXT NOT NULL"
  ");"

  "CREATE TABLE api_keys ("
  "  key_hash TEXT PRIMARY KEY,"
  "  user_id TEXT NOT NULL REFERENCES users (user_id),"
  "  created_at TEXT NOT NULL"
  ") WITHOUT ROWID;"

  "CREATE TABLE refresh_tokens ("
  "  token_hash TEXT PRIMARY KEY,"
  "  family TEXT NOT NULL,"
  "  user_id TEXT NOT NULL REFERENCES users (user_id),"
  "  expires INTEGER NOT NULL,"
  "  used INTEGER NOT NULL DEFAULT 0"
  ") WITHOUT ROWID;"
  "CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);"

  "CREATE TABLE projects ("
  "  project INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  project_id TEXT NOT NULL UNIQUE,"
  "  project_name TEXT NOT NULL,"
  "  created_at TEXT NOT NULL,"
  "  updated_at TEXT NOT NULL"
  ");"

  "CREATE TABLE sites ("
  "  site INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  site_id TEXT NOT NULL UNIQUE,"
  "  project_id TEXT NOT NULL REFERENCES projects (project_id),"
  "  site_name TEXT NOT NULL,"
  "  created_at TEXT NOT NULL,"
  "  updated_at TEXT NOT NULL"
  ");"
  "CREATE INDEX sites_by_project ON sites (project_id, site);"

  /* One location for each deployment; coordinates are the text that was given, `latitude, longitude`. */
  "CREATE TABLE deployments ("
  "  deployment INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  deployment_id TEXT NOT NULL UNIQUE,"
  "  site_id TEXT NOT NULL REFERENCES sites (site_id),"
  "  deployment_name TEXT NOT NULL,"
  "  location_id TEXT NOT NULL UNIQUE,"
  "  location_name TEXT NOT NULL,"
  "  coordinates TEXT,"
  "  start_date TEXT,"
  "  end_date TEXT,"
  "  created_at TEXT NOT NULL,"
  "  updated_at TEXT NOT NULL"
  ");"
  "CREATE INDEX deployments_by_site ON deployments (site_id, deployment);"

  "CREATE TABLE files ("
  "  file INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  file_id TEXT NOT NULL UNIQUE,"
  "  deployment_id TEXT NOT NULL REFERENCES deployments (deployment_id),"
  "  name TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  duration REAL NOT NULL,"
  "  sample_rate REAL NOT NULL,"
  "  channels INTEGER NOT NULL,"
  "  user_id TEXT NOT NULL REFERENCES users (user_id),"
  "  created_at TEXT NOT NULL,"
  "  updated_at TEXT NOT NULL"
  ");"
  "CREATE INDEX files_by_deployment ON files (deployment_id, file);"

  "CREATE TABLE inferences ("
  "  inference INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  inference_id TEXT NOT NULL UNIQUE,"
  "  file_id TEXT NOT NULL REFERENCES files (file_id),"
  "  status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed')),"
  "  error TEXT,"
  "  model_name TEXT NOT NULL,"
  "  model_version TEXT NOT NULL,"
  "  created_at TEXT NOT NULL,"
  "  updated_at TEXT NOT NULL"
  ");"
  "CREATE INDEX inferences_by_file ON inferences (file_id, inference);"
  "CREATE INDEX inferences_to_do ON inferences (inference) WHERE status = 'pending';"
  /* A file is worked on once at a time, whoever asks. */
  "CREATE UNIQUE INDEX inferences_under_way ON inferences (file_id) WHERE status IN ('pending', 'running');"

  "CREATE TABLE predictions ("
  "  inference INTEGER NOT NULL REFERENCES inferences (inference),"
  "  ordinal INTEGER NOT NULL,"
  "  confidence REAL NOT NULL,"
  "  start_time REAL NOT NULL,"
  "  end_time REAL NOT NULL,"
  "  low_freq REAL NOT NULL,"
  "  high_freq REAL NOT NULL,"
  "  PRIMARY KEY (inference, ordinal)"
  ") WITHOUT ROWID;";

static const char *const chorus_station_schema_steps[] = {
  chorus_station_schema_version_1,
};

static const ChorusMigrations chorus_station_schema_migrations = {
  .steps = chorus_station_schema_steps,
  .n_steps = G_N_ELEMENTS (chorus_station_schema_steps),
};

const ChorusMigrations *
chorus_station_schema_get_migrations (void)
{
  return &chorus_station_schema_migrations;
}
