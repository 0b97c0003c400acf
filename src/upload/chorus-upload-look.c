/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-attempt.h"

/* How far the times that the service gives its files may lie before the attempt, in microseconds: its machines need not
 * agree with each other to the second, and its clock may not have been known. */
#define CHORUS_UPLOAD_LOOK_SLACK (10 * G_TIME_SPAN_MINUTE)

typedef struct
{
  ChorusClient *client;
  char *deployment_id;
  GPtrArray *cargo; /* of ChorusUploadCargo */
  GDateTime *since; /* nullable */
  gint64 since_mono;
  gboolean accepted;
  GHashTable *known;   /* the ids that the store knows, each with whether it was sent from here */
  GHashTable *senders; /* who the service says has sent those that were sent from here */
} ChorusUploadLook;

static void
chorus_upload_look_free (gpointer data)
{
  ChorusUploadLook *self = data;

  g_object_unref (self->client);
  g_free (self->deployment_id);
  g_ptr_array_unref (self->cargo);
  g_clear_pointer (&self->since, g_date_time_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->senders, g_hash_table_unref);
  g_free (self);
}

/* When the attempt began, by the clock that the service has now: that clock may not have been known before its answer, and
 * may have been set since. Of two possible times the earlier one counts, because a file passed over would be sent again. */
static void
chorus_upload_look_settle_clock (ChorusUploadLook *self)
{
  g_autoptr (GDateTime) now = chorus_session_dup_service_time (chorus_client_get_session (self->client));
  g_autoptr (GDateTime) other = NULL;

  if (self->since_mono > 0)
    {
      other = g_date_time_add (now, self->since_mono - g_get_monotonic_time ());
    }
  else if (self->since)
    {
      g_autoptr (GDateTime) here = g_date_time_new_now_utc ();

      other = g_date_time_add (self->since, MIN (g_date_time_difference (now, here), 0));
    }

  if (other && self->since && g_date_time_compare (other, self->since) < 0)
    {
      g_date_time_unref (self->since);
      self->since = g_steal_pointer (&other);
    }
}

/* Learns by what name the service calls us: more than one where people share this computer. */
static void
chorus_upload_look_learn_senders (ChorusUploadLook *self,
                                  GPtrArray        *files)
{
  self->senders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < files->len; i++)
    {
      ChorusFile *file = files->pdata[i];
      const char *uploader = chorus_file_get_uploader (file);

      if (uploader && GPOINTER_TO_INT (g_hash_table_lookup (self->known, chorus_file_get_id (file))))
        g_hash_table_add (self->senders, g_strdup (uploader));
    }
}

/* Whether another name stands at the file than at those that were sent from here. That alone does not make it somebody
 * else's, since accounts change, but it must not be taken for ours either. */
static gboolean
chorus_upload_look_is_foreign (ChorusUploadLook *self,
                               ChorusFile       *file)
{
  const char *uploader = chorus_file_get_uploader (file);

  return uploader && g_hash_table_size (self->senders) > 0 && !g_hash_table_contains (self->senders, uploader);
}

/* A file that nobody here knows and that is not older than the attempt. */
static gboolean
chorus_upload_look_is_new (ChorusUploadLook  *self,
                           ChorusFile        *file,
                           ChorusUploadTrait *trait)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const char *created_text = chorus_file_get_created_at (file);
  g_autoptr (GDateTime) created = created_text ? g_date_time_new_from_iso8601 (created_text, utc) : NULL;

  if (g_hash_table_contains (self->known, chorus_file_get_id (file)))
    return FALSE;
  if (created && self->since && g_date_time_difference (self->since, created) >= CHORUS_UPLOAD_LOOK_SLACK)
    return FALSE;

  *trait = (ChorusUploadTrait){
    .size = chorus_file_get_size (file),
    .duration = chorus_file_get_duration (file),
    .certain = (created != NULL || self->accepted) && !chorus_upload_look_is_foreign (self, file),
  };

  return TRUE;
}

static void
chorus_upload_look_reverse (GArray    *traits,
                            GPtrArray *files)
{
  for (guint i = 0, j = files->len - 1; i < j; i++, j--)
    {
      ChorusUploadTrait trait = g_array_index (traits, ChorusUploadTrait, i);
      gpointer file = files->pdata[i];

      g_array_index (traits, ChorusUploadTrait, i) = g_array_index (traits, ChorusUploadTrait, j);
      g_array_index (traits, ChorusUploadTrait, j) = trait;
      files->pdata[i] = files->pdata[j];
      files->pdata[j] = file;
    }
}

static void
chorus_upload_look_compare (ChorusUploadLook *self,
                            GPtrArray        *files)
{
  g_autoptr (GArray) traits = g_array_new (FALSE, FALSE, sizeof (ChorusUploadTrait));
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (ChorusUploadTrait));
  g_autofree ChorusUploadMatched *matched = g_new0 (ChorusUploadMatched, self->cargo->len);
  double new_positions = 0;
  double old_positions = 0;

  chorus_upload_look_settle_clock (self);
  chorus_upload_look_learn_senders (self, files);
  for (guint i = 0; i < files->len; i++)
    {
      ChorusUploadTrait trait = { 0 };

      if (!chorus_upload_look_is_new (self, files->pdata[i], &trait))
        {
          old_positions += i;
          continue;
        }
      new_positions += i;
      g_array_append_val (traits, trait);
      g_ptr_array_add (found, files->pdata[i]);
    }

  /* Files that look alike are told apart by their order, so that of the list has to be the one in which they came. Where
   * what is new stands before what is not, the newest comes first. */
  if (found->len > 0 && new_positions / found->len < old_positions / MAX (files->len - found->len, 1))
    chorus_upload_look_reverse (traits, found);

  for (guint i = 0; i < self->cargo->len; i++)
    g_array_append_val (parts, ((ChorusUploadCargo *) self->cargo->pdata[i])->trait);
  chorus_upload_match ((ChorusUploadTrait *) (gpointer) parts->data, parts->len,
                       (ChorusUploadTrait *) (gpointer) traits->data, traits->len, self->accepted, matched);
  for (guint i = 0; i < self->cargo->len; i++)
    {
      ChorusUploadCargo *cargo = self->cargo->pdata[i];

      cargo->match = matched[i].match;
      if (cargo->match == CHORUS_UPLOAD_MATCH_FOUND && matched[i].file != CHORUS_UPLOAD_MATCH_NO_FILE)
        g_set_object (&cargo->file, CHORUS_FILE (found->pdata[matched[i].file]));
    }
}

static void
chorus_upload_look_needing_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) files =
    chorus_client_list_files_needing_inference_finish (CHORUS_CLIENT (object), result, &error);

  if (!files)
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_upload_look_compare (g_task_get_task_data (task), files);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_upload_look_listed_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadLook *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = chorus_client_list_files_finish (CHORUS_CLIENT (object), result, &error);

  /* A file that has just arrived was not analyzed yet, so the documented list of those has it too. */
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    {
      chorus_client_list_files_needing_inference_async (self->client, self->deployment_id,
                                                        g_task_get_cancellable (task), chorus_upload_look_needing_cb,
                                                        g_object_ref (task));
      return;
    }
  if (!files)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_upload_look_compare (self, files);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_upload_look_known_cb (GObject      *object,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadLook *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->known = chorus_upload_ledger_list_ids_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);
  if (!self->known)
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_client_list_files_async (self->client, self->deployment_id, g_task_get_cancellable (task),
                                  chorus_upload_look_listed_cb, g_object_ref (task));
}

void
chorus_upload_look_async (ChorusClient        *client,
                          ChorusUploadLedger  *ledger,
                          const char          *deployment_id,
                          GPtrArray           *cargo,
                          GDateTime           *since,
                          gint64               since_mono,
                          gboolean             accepted,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ChorusUploadLook *self = g_new0 (ChorusUploadLook, 1);

  g_task_set_source_tag (task, chorus_upload_look_async);
  g_task_set_task_data (task, self, chorus_upload_look_free);
  self->client = g_object_ref (client);
  self->deployment_id = g_strdup (deployment_id);
  self->cargo = g_ptr_array_ref (cargo);
  self->since = since ? g_date_time_ref (since) : NULL;
  self->since_mono = since_mono;
  self->accepted = accepted;
  chorus_upload_ledger_list_ids_async (ledger, deployment_id, cancellable, chorus_upload_look_known_cb,
                                       g_object_ref (task));
}

gboolean
chorus_upload_look_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
