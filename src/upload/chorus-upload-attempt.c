/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-attempt.h"

#include "chorus-upload-body.h"
#include "chorus-upload-file.h"

#include <glib/gi18n.h>
#include <math.h>

/* How far the clocks of the service and of this computer may differ, in microseconds. */
#define CHORUS_UPLOAD_CLOCK_SLACK (10 * G_TIME_SPAN_MINUTE)

/* Lengths that differ by less are the same recording, in seconds. */
#define CHORUS_UPLOAD_DURATION_SLACK 0.2

typedef struct
{
  ChorusClient *client;
  ChorusUploadLedger *ledger;
  char *deployment_id;
  GFile *file;
  const char *format;
  goffset size;
  gint64 modified;
  double duration;
  gboolean look_first;

  ChorusTransferProgress progress;
  gpointer progress_data;
  GDestroyNotify progress_destroy;

  GDateTime *started; /* when the first byte went out */
  goffset length;
  goffset n_sent;
  GHashTable *known; /* the ids that the store knows */
  ChorusFile *sent;
  ChorusUploadOutcome outcome;
} ChorusUploadAttempt;

static void
chorus_upload_attempt_free (gpointer data)
{
  ChorusUploadAttempt *self = data;

  if (self->progress_destroy)
    self->progress_destroy (self->progress_data);
  g_object_unref (self->client);
  g_object_unref (self->ledger);
  g_free (self->deployment_id);
  g_object_unref (self->file);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_object (&self->sent);
  g_free (self);
}

static void chorus_upload_attempt_send (GTask *task);

static void
chorus_upload_attempt_end (GTask               *task,
                           ChorusUploadOutcome  outcome,
                           GError              *error)
{
  ChorusUploadAttempt *self = g_task_get_task_data (task);

  self->outcome = outcome;
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Whether a file of the service can be the one that was sent. What the service does not say speaks for it.
 *
 * Recorders make files of equal size all day long, so the time has to fit as well. */
static gboolean
chorus_upload_attempt_fits (ChorusUploadAttempt *self,
                            ChorusFile          *file)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const char *created_text = chorus_file_get_created_at (file);
  g_autoptr (GDateTime) created = created_text ? g_date_time_new_from_iso8601 (created_text, utc) : NULL;
  double duration = chorus_file_get_duration (file);

  if (g_hash_table_contains (self->known, chorus_file_get_id (file)))
    return FALSE;
  if (chorus_file_get_size (file) >= 0 && chorus_file_get_size (file) != self->size)
    return FALSE;
  if (!isnan (duration) && fabs (duration - self->duration) > CHORUS_UPLOAD_DURATION_SLACK)
    return FALSE;

  return !created || g_date_time_difference (self->started, created) < CHORUS_UPLOAD_CLOCK_SLACK;
}

/* The one file that fits. %NULL where there is none or, with @doubtful set, where it may be another one. */
static ChorusFile *
chorus_upload_attempt_find (ChorusUploadAttempt *self,
                            GPtrArray           *files,
                            gboolean            *doubtful)
{
  ChorusFile *found = NULL;

  *doubtful = FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      if (!chorus_upload_attempt_fits (self, files->pdata[i]))
        continue;

      /* To take for sent what was not would lose a recording. */
      if (found || (self->look_first && !chorus_file_get_created_at (files->pdata[i])))
        {
          *doubtful = TRUE;
          return NULL;
        }
      found = files->pdata[i];
    }

  return found;
}

static void
chorus_upload_attempt_return_undecided (GTask *task)
{
  ChorusUploadAttempt *self = g_task_get_task_data (task);
  g_autofree char *name = chorus_upload_file_dup_name (self->file);

  chorus_upload_attempt_end (task, CHORUS_UPLOAD_OUTCOME_UNDECIDED,
                             g_error_new (CHORUS_API_ERROR, CHORUS_API_ERROR_FAILED,
                                          /* Translators: “%s” is the name of a file. */
                                          _("“%s” may have arrived, but its answer was lost: look for it in the "
                                             "deployment, and retry if it is not there."),
                                          name));
}

static void
chorus_upload_attempt_listed_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadAttempt *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = chorus_client_list_files_finish (CHORUS_CLIENT (object), result, &error);
  gboolean doubtful = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      chorus_upload_attempt_end (task, self->look_first ? CHORUS_UPLOAD_OUTCOME_UNCERTAIN : CHORUS_UPLOAD_OUTCOME_SENT,
                                 self->look_first ? g_steal_pointer (&error) : NULL);
      return;
    }

  if (files)
    g_set_object (&self->sent, chorus_upload_attempt_find (self, files, &doubtful));

  /* After an answer the file has arrived, whether or not it can be told which one it is. */
  if (!self->look_first || self->sent)
    chorus_upload_attempt_end (task, CHORUS_UPLOAD_OUTCOME_SENT, NULL);
  else if (!files && !g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    chorus_upload_attempt_end (task, CHORUS_UPLOAD_OUTCOME_UNCERTAIN, g_steal_pointer (&error));
  else if (!files || doubtful)
    chorus_upload_attempt_return_undecided (task);
  else
    chorus_upload_attempt_send (task);
}

static void
chorus_upload_attempt_known_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadAttempt *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->known = chorus_upload_ledger_list_ids_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);
  if (!self->known)
    {
      chorus_upload_attempt_end (task, self->look_first ? CHORUS_UPLOAD_OUTCOME_UNCERTAIN : CHORUS_UPLOAD_OUTCOME_SENT,
                                 self->look_first ? g_steal_pointer (&error) : NULL);
      g_clear_error (&error);
      return;
    }

  chorus_client_list_files_async (self->client, self->deployment_id, g_task_get_cancellable (task),
                                  chorus_upload_attempt_listed_cb, g_object_ref (task));
}

static void
chorus_upload_attempt_look (GTask *task)
{
  ChorusUploadAttempt *self = g_task_get_task_data (task);

  g_clear_pointer (&self->known, g_hash_table_unref);
  chorus_upload_ledger_list_ids_async (self->ledger, self->deployment_id, g_task_get_cancellable (task),
                                       chorus_upload_attempt_known_cb, g_object_ref (task));
}

/* Whether the service may have taken the file although the attempt failed: every byte went out, and what came back was
 * no answer of the service. */
static gboolean
chorus_upload_attempt_may_have_arrived (ChorusUploadAttempt *self,
                                        const GError        *error)
{
  guint status = chorus_api_error_get_status (error);

  if (self->n_sent < self->length)
    return FALSE;

  return status == 0 || status == 502 || status == 504;
}

static void
chorus_upload_attempt_progress_cb (goffset  n_bytes,
                                   goffset  total,
                                   gpointer user_data)
{
  ChorusUploadAttempt *self = g_task_get_task_data (user_data);

  self->n_sent = MAX (self->n_sent, n_bytes);
  if (self->progress)
    self->progress (n_bytes, self->length, self->progress_data);
}

static void
chorus_upload_attempt_sent_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadAttempt *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = chorus_client_upload_finish (CHORUS_CLIENT (object), result, &error);
  guint status = chorus_api_error_get_status (error);

  /* An answer that cannot be read is still one that says yes. */
  if (error && (status < 200 || status > 299))
    {
      chorus_upload_attempt_end (task,
                                 chorus_upload_attempt_may_have_arrived (self, error) ? CHORUS_UPLOAD_OUTCOME_UNCERTAIN
                                                                                      : CHORUS_UPLOAD_OUTCOME_NOT_SENT,
                                 g_steal_pointer (&error));
      return;
    }

  if (files && files->len == 1)
    {
      g_set_object (&self->sent, files->pdata[0]);
      chorus_upload_attempt_end (task, CHORUS_UPLOAD_OUTCOME_SENT, NULL);
      return;
    }

  self->look_first = FALSE;
  chorus_upload_attempt_look (task);
}

static void
chorus_upload_attempt_send (GTask *task)
{
  ChorusUploadAttempt *self = g_task_get_task_data (task);
  g_autoptr (ChorusUploadBody) body = chorus_upload_body_new ();
  ChorusUploadPart part = { .duration = self->duration, .size = self->size };

  chorus_upload_body_add_part (body, self->file, self->format, CHORUS_UPLOAD_METHOD_WHOLE, self->size, self->modified,
                               &part);
  self->length = chorus_upload_body_get_length (body);
  self->n_sent = 0;
  g_clear_pointer (&self->started, g_date_time_unref);
  self->started = g_date_time_new_now_utc ();
  chorus_client_upload_async (self->client, self->deployment_id, G_INPUT_STREAM (body), self->length,
                              chorus_upload_attempt_progress_cb, g_object_ref (task), g_object_unref,
                              g_task_get_cancellable (task), chorus_upload_attempt_sent_cb, g_object_ref (task));
}

void
chorus_upload_attempt_async (ChorusClient            *client,
                             ChorusUploadLedger      *ledger,
                             const char              *deployment_id,
                             GFile                   *file,
                             const ChorusUploadCheck *check,
                             GDateTime               *since,
                             ChorusTransferProgress   progress,
                             gpointer                 progress_data,
                             GDestroyNotify           progress_destroy,
                             GCancellable            *cancellable,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ChorusUploadAttempt *self = g_new0 (ChorusUploadAttempt, 1);

  g_task_set_source_tag (task, chorus_upload_attempt_async);
  g_task_set_task_data (task, self, chorus_upload_attempt_free);
  /* What the service answered counts, even when the answer came together with a cancellation. */
  g_task_set_check_cancellable (task, FALSE);

  self->client = g_object_ref (client);
  self->ledger = g_object_ref (ledger);
  self->deployment_id = g_strdup (deployment_id);
  self->file = g_object_ref (file);
  self->format = chorus_audio_kind_get_short_name (check->info->kind);
  self->size = check->size;
  self->modified = check->modified;
  self->duration = check->info->duration;
  self->look_first = since != NULL;
  self->started = since ? g_date_time_ref (since) : NULL;
  self->progress = progress;
  self->progress_data = progress_data;
  self->progress_destroy = progress_destroy;

  if (since)
    chorus_upload_attempt_look (task);
  else
    chorus_upload_attempt_send (task);
}

ChorusUploadOutcome
chorus_upload_attempt_finish (GAsyncResult  *result,
                              ChorusFile   **sent,
                              GError       **error)
{
  ChorusUploadAttempt *self = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), error))
    *sent = g_steal_pointer (&self->sent);
  else
    *sent = NULL;

  return self->outcome;
}
