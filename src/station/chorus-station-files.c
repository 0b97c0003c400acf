/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-files.h"

#include <glib/gstdio.h>

#include "chorus-received-file.h"
#include "chorus-station-inferences.h"
#include "chorus-station-json.h"
#include "chorus-station-places.h"
#include "store/chorus-transaction.h"

#define CHORUS_STATION_FILE_COLUMNS                                                                                    \
  "f.file_id, f.name, f.created_at, f.updated_at, f.deployment_id, f.duration, f.size, f.sha256,"                      \
  " d.location_id, d.location_name, d.coordinates, d.created_at, d.updated_at, d.site_id,"                             \
  " u.email, u.first_name, u.created_at, u.updated_at"
#define CHORUS_STATION_FILE_TABLES                                                                                     \
  "files AS f JOIN deployments AS d USING (deployment_id) JOIN users AS u USING (user_id)"

static JsonObject *
chorus_station_files_new_user (ChorusStatement *statement,
                               int              column)
{
  JsonObject *user = json_object_new ();

  chorus_station_json_set_text (user, "email", statement, column);
  chorus_station_json_set_text (user, "first_name", statement, column + 1);
  chorus_station_json_set_text (user, "created_at", statement, column + 2);
  chorus_station_json_set_text (user, "updated_at", statement, column + 3);

  return user;
}

static JsonObject *
chorus_station_files_new_file (ChorusStatement *statement,
                               const char      *origin)
{
  JsonObject *file = json_object_new ();
  g_autofree char *url = g_strdup_printf ("%s/api/v1/files/%s/audio", origin, chorus_statement_get_text (statement, 0));

  chorus_station_json_set_text (file, "file_id", statement, 0);
  chorus_station_json_set_text (file, "name", statement, 1);
  json_object_set_string_member (file, "url", url);
  chorus_station_json_set_text (file, "created_at", statement, 2);
  chorus_station_json_set_text (file, "updated_at", statement, 3);
  chorus_station_json_set_text (file, "deployment_id", statement, 4);
  chorus_station_json_set_double (file, "duration", chorus_statement_get_double (statement, 5));
  json_object_set_int_member (file, "size", chorus_statement_get_int64 (statement, 6));
  chorus_station_json_set_text (file, "sha256", statement, 7);
  json_object_set_object_member (file, "location", chorus_station_places_new_location (statement, 8));

  return file;
}

/* Lists of files with their runs, or without: the latter is how the list of what needs inference is documented. */
static gboolean
chorus_station_files_append (ChorusDatabase   *db,
                             ChorusStatement  *statement,
                             const char       *origin,
                             gboolean          with_runs,
                             JsonArray        *list,
                             GError          **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    {
      JsonObject *file = chorus_station_files_new_file (statement, origin);
      JsonArray *runs = NULL;

      json_array_add_object_element (list, file);
      if (!with_runs)
        continue;
      json_object_set_object_member (file, "uploaded_by_user", chorus_station_files_new_user (statement, 14));
      runs = chorus_station_inferences_load (db, chorus_statement_get_text (statement, 0), error);
      if (!runs)
        return FALSE;
      json_object_set_array_member (file, "inferences", runs);
    }

  return step == CHORUS_STEP_DONE;
}

static JsonNode *
chorus_station_files_list_page (ChorusDatabase     *db,
                                ChorusStationCall  *call,
                                const char         *sql,
                                gboolean            with_runs,
                                GError            **error)
{
  g_autoptr (ChorusStatement) statement = NULL;
  g_autoptr (JsonArray) list = json_array_new ();

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_DEPLOYMENT, call->id, error)
      || !(statement = chorus_statement_new (db, sql, error)))
    return NULL;
  chorus_statement_bind_text (statement, 1, call->id);
  chorus_statement_bind_int64 (statement, 2, call->limit);
  chorus_statement_bind_int64 (statement, 3, call->skip);
  if (!chorus_station_files_append (db, statement, call->origin, with_runs, list, error))
    return NULL;

  return chorus_station_json_take_array (g_steal_pointer (&list));
}

JsonNode *
chorus_station_files_list (ChorusDatabase     *db,
                           ChorusStationCall  *call,
                           GError            **error)
{
  return chorus_station_files_list_page (db, call,
                                         "SELECT " CHORUS_STATION_FILE_COLUMNS " FROM " CHORUS_STATION_FILE_TABLES
                                         " WHERE f.deployment_id = ?1 ORDER BY f.file LIMIT ?2 OFFSET ?3",
                                         TRUE, error);
}

JsonNode *
chorus_station_files_list_to_infer (ChorusDatabase     *db,
                                    ChorusStationCall  *call,
                                    GError            **error)
{
  return chorus_station_files_list_page (db, call,
                                         "SELECT " CHORUS_STATION_FILE_COLUMNS " FROM " CHORUS_STATION_FILE_TABLES
                                         " WHERE f.deployment_id = ?1"
                                         " AND NOT EXISTS (SELECT 1 FROM inferences AS i WHERE i.file_id = f.file_id)"
                                         " ORDER BY f.file LIMIT ?2 OFFSET ?3",
                                         FALSE, error);
}

JsonNode *
chorus_station_files_find (ChorusDatabase     *db,
                           ChorusStationCall  *call,
                           GError            **error)
{
  g_autoptr (ChorusStatement) statement = NULL;
  JsonObject *found = NULL;

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_FILE, call->id, error)
      || !(statement = chorus_statement_new (db, "SELECT kind, size FROM files WHERE file_id = ?", error)))
    return NULL;
  chorus_statement_bind_text (statement, 1, call->id);
  if (chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return NULL;
  found = json_object_new ();
  chorus_station_json_set_text (found, "kind", statement, 0);
  json_object_set_int_member (found, "size", chorus_statement_get_int64 (statement, 1));

  return chorus_station_json_take_object (found);
}

GHashTable *
chorus_station_files_load_ids (ChorusDatabase  *db,
                               GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, "SELECT file_id FROM files", error);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!statement)
    return NULL;
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    g_hash_table_add (ids, chorus_statement_dup_text (statement, 0));

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gint64
chorus_station_files_count (ChorusDatabase  *db,
                            const char      *deployment_id,
                            GError         **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "SELECT count (*) FROM files WHERE deployment_id = ?", error);

  if (!statement)
    return -1;
  chorus_statement_bind_text (statement, 1, deployment_id);

  return chorus_statement_step (statement, error) == CHORUS_STEP_ROW ? chorus_statement_get_int64 (statement, 0) : -1;
}

/* An upload carries no name. The assigned one holds nothing that could pass for the time of the recording. */
static char *
chorus_station_files_build_name (gint64      number,
                                 const char *kind)
{
  return g_strdup_printf ("file-%06" G_GINT64_FORMAT ".%s", number, kind);
}

static gboolean
chorus_station_files_insert (ChorusDatabase      *db,
                             ChorusStationCall   *call,
                             ChorusReceivedFile  *file,
                             const char          *file_id,
                             gint64               number,
                             GError             **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (
    db,
    "INSERT INTO files (file_id, deployment_id, name, kind, size, sha256, duration, sample_rate, channels,"
    " user_id, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)",
    error);
  g_autofree char *name = chorus_station_files_build_name (number, file->kind);
  g_autofree char *now = chorus_station_json_dup_now ();

  if (!statement)
    return FALSE;
  chorus_statement_bind_text (statement, 1, file_id);
  chorus_statement_bind_text (statement, 2, call->id);
  chorus_statement_bind_text (statement, 3, name);
  chorus_statement_bind_text (statement, 4, file->kind);
  chorus_statement_bind_int64 (statement, 5, (gint64) file->size);
  chorus_statement_bind_text (statement, 6, file->sha256);
  chorus_statement_bind_double (statement, 7, file->duration);
  chorus_statement_bind_double (statement, 8, file->sample_rate);
  chorus_statement_bind_int64 (statement, 9, file->channels);
  chorus_statement_bind_text (statement, 10, call->user_id);
  chorus_statement_bind_text (statement, 11, now);

  return chorus_statement_run (statement, error);
}

/* Files before rows: after a crash in between there are files that no row names, which the next start removes, and never
 * a row without its file. */
static gboolean
chorus_station_files_add_all (ChorusDatabase     *db,
                              ChorusStationCall  *call,
                              GPtrArray          *paths,
                              JsonArray          *list,
                              GError            **error)
{
  g_autoptr (ChorusStatement) statement = NULL;
  gint64 n_before = chorus_station_files_count (db, call->id, error);

  if (n_before < 0
      || !(statement = chorus_statement_new (db,
                                             "SELECT " CHORUS_STATION_FILE_COLUMNS " FROM " CHORUS_STATION_FILE_TABLES
                                             " WHERE f.file_id = ?1",
                                             error)))
    return FALSE;
  for (guint i = 0; i < call->received->len; i++)
    {
      ChorusReceivedFile *file = g_ptr_array_index (call->received, i);
      g_autofree char *file_id = g_uuid_string_random ();
      char *path = chorus_station_folder_build_file_path (call->folder, file_id, file->kind);

      g_ptr_array_add (paths, path);
      chorus_statement_bind_text (statement, 1, file_id);
      if (!chorus_received_file_move (file, path, error)
          || !chorus_station_files_insert (db, call, file, file_id, n_before + i + 1, error)
          || !chorus_station_files_append (db, statement, call->origin, TRUE, list, error))
        return FALSE;
    }

  return chorus_station_folder_sync_files (call->folder, error);
}

JsonNode *
chorus_station_files_add (ChorusDatabase     *db,
                          ChorusStationCall  *call,
                          GError            **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonArray) list = json_array_new ();
  JsonObject *answer = NULL;

  if (!transaction || !chorus_station_places_check (db, CHORUS_STATION_PLACE_DEPLOYMENT, call->id, error))
    return NULL;
  /* The answer is ready before the commit: what was committed is never answered with an error. */
  if (!chorus_station_files_add_all (db, call, paths, list, error) || !chorus_transaction_commit (transaction, error))
    {
      for (guint i = 0; i < paths->len; i++)
        g_unlink (g_ptr_array_index (paths, i));
      return NULL;
    }

  call->status = 201;
  answer = json_object_new ();
  json_object_set_array_member (answer, "files", g_steal_pointer (&list));

  return chorus_station_json_take_object (answer);
}
