/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include "chorus-upload-attempt.h"
#include "chorus-upload-error.h"

#include <glib/gi18n.h>

#define CHORUS_UPLOAD_MAX_CHECKING 2
#define CHORUS_UPLOAD_MAX_SENDING 2
#define CHORUS_UPLOAD_MAX_TRIES 4

/* No service is waited for longer than this without a person, in seconds. */
#define CHORUS_UPLOAD_MAX_WAIT 3600

/* What travels with everything asynchronous. The queue may be gone when it ends. */
typedef struct
{
  GWeakRef queue;
  ChorusUpload *upload;
  GCancellable *attempt; /* nullable: tells an attempt from the next one of the same upload, even before it has begun */
  ChorusUploadCheck *check;
  GError *error;
} ChorusUploadWork;

static ChorusUploadWork *
chorus_upload_work_new (ChorusUploadQueue *self,
                        ChorusUpload      *upload)
{
  ChorusUploadWork *work = g_new0 (ChorusUploadWork, 1);

  g_weak_ref_init (&work->queue, self);
  work->upload = g_object_ref (upload);
  g_set_object (&work->attempt, upload->cancellable);

  return work;
}

static void
chorus_upload_work_free (gpointer data)
{
  ChorusUploadWork *work = data;

  g_weak_ref_clear (&work->queue);
  g_object_unref (work->upload);
  g_clear_object (&work->attempt);
  g_clear_pointer (&work->check, chorus_upload_check_free);
  g_clear_error (&work->error);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadWork, chorus_upload_work_free)

/* Whether @work belongs to what the upload is doing now. A person may have canceled and retried meanwhile. */
static gboolean
chorus_upload_work_is_current (ChorusUploadWork *work)
{
  return work->upload->state == CHORUS_UPLOAD_STATE_SENDING && work->attempt == work->upload->cancellable;
}

/* What cannot be written down is not done: without the ledger a file could be sent twice. */
static gboolean
chorus_upload_queue_finish_save (ChorusUploadQueue *self,
                                 ChorusUpload      *upload,
                                 GAsyncResult      *result)
{
  g_autoptr (GError) error = NULL;
  ChorusUploadState next = upload->state;

  if (!chorus_upload_ledger_save_finish (self->ledger, result, &error))
    {
      g_cancellable_cancel (upload->cancellable);
      if (chorus_upload_state_next (upload->state, CHORUS_UPLOAD_EVENT_FAIL, &next))
        chorus_upload_queue_count (self, -1);
      chorus_upload_set_reason (upload, error->message);
      chorus_upload_set_state (upload, next);
    }
  chorus_upload_queue_tell (self, upload);

  return error == NULL;
}

static void
chorus_upload_queue_saved_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusUploadWork) work = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);

  if (self)
    chorus_upload_queue_finish_save (self, work->upload, result);
}

static gboolean
chorus_upload_queue_change (ChorusUploadQueue   *self,
                            ChorusUpload        *upload,
                            ChorusUploadEvent    event,
                            const char          *reason,
                            GAsyncReadyCallback  saved)
{
  gboolean was_finished = chorus_upload_state_is_finished (upload->state);
  ChorusUploadState next = upload->state;

  if (!chorus_upload_state_next (upload->state, event, &next))
    return FALSE;

  if (next != CHORUS_UPLOAD_STATE_SENDING)
    chorus_upload_set_progress (upload, 0);
  chorus_upload_set_reason (upload, reason);
  chorus_upload_set_state (upload, next);
  chorus_upload_queue_count (self, was_finished - chorus_upload_state_is_finished (next));
  chorus_upload_ledger_save_state_async (self->ledger, upload->recording_id, next, reason, saved,
                                         chorus_upload_work_new (self, upload));

  return TRUE;
}

void
chorus_upload_queue_happen (ChorusUploadQueue *self,
                            ChorusUpload      *upload,
                            ChorusUploadEvent  event,
                            const char        *reason)
{
  if (chorus_upload_queue_change (self, upload, event, reason, chorus_upload_queue_saved_cb))
    chorus_upload_queue_line_up (self, upload);
}

/* Checking. */

static void
chorus_upload_queue_check_run (gpointer      data,
                               GCancellable *cancellable)
{
  ChorusUploadWork *work = data;

  work->check = chorus_upload_check_run (work->upload->file, cancellable, &work->error);
}

static void
chorus_upload_queue_refuse (ChorusUploadQueue *self,
                            ChorusUpload      *upload,
                            const GError      *error)
{
  if (!g_error_matches (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE))
    {
      gboolean refused = error->domain == CHORUS_UPLOAD_ERROR;

      chorus_upload_queue_happen (self, upload, refused ? CHORUS_UPLOAD_EVENT_REFUSE : CHORUS_UPLOAD_EVENT_FAIL,
                                  error->message);
    }
  else if (upload->restored)
    {
      /* Translators: “%s” is the name of a file. */
      g_autofree char *reason = g_strdup_printf (_("“%s” can no longer be read: add the file again."), upload->name);

      chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_FAIL, reason);
    }
  else
    {
      chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_FAIL, error->message);
    }
}

static void
chorus_upload_queue_check_saved_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (ChorusUploadWork) work = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);
  g_autoptr (GError) error = NULL;

  chorus_upload_ledger_save_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);
  if (!self)
    return;

  self->n_checking--;
  if (work->upload->state == CHORUS_UPLOAD_STATE_CHECKING)
    {
      if (error)
        chorus_upload_queue_refuse (self, work->upload, error);
      else
        chorus_upload_queue_happen (self, work->upload, CHORUS_UPLOAD_EVENT_PASS, NULL);
    }
  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_check_done (gpointer data)
{
  ChorusUploadWork *work = data;
  ChorusUpload *upload = work->upload;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);

  if (!self)
    return;

  if (upload->state == CHORUS_UPLOAD_STATE_CHECKING && work->check)
    {
      chorus_upload_set_check (upload, g_steal_pointer (&work->check));
      chorus_upload_ledger_save_check_async (self->ledger, upload->recording_id, upload->deployment_id, upload->check,
                                             chorus_upload_queue_check_saved_cb, chorus_upload_work_new (self, upload));
      return;
    }

  self->n_checking--;
  if (upload->state == CHORUS_UPLOAD_STATE_CHECKING)
    chorus_upload_queue_refuse (self, upload, work->error);
  chorus_upload_queue_pump (self);
}

/* The job is handed no cancellable, since the end of a canceled job is not reported and its place would be lost. The jobs
 * end early when the queue goes away. */
static void
chorus_upload_queue_check (ChorusUploadQueue *self,
                           ChorusUpload      *upload)
{
  self->n_checking++;
  chorus_upload_set_check (upload, NULL);
  chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_CHECK, NULL);
  chorus_job_queue_push (self->jobs, 0, chorus_upload_queue_check_run, chorus_upload_queue_check_done,
                         chorus_upload_work_new (self, upload), chorus_upload_work_free, NULL);
}

/* Sending. */

static gboolean
chorus_upload_queue_delay_over_cb (gpointer user_data)
{
  ChorusUploadWork *work = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);

  work->upload->delay_id = 0;
  if (self)
    {
      chorus_upload_queue_happen (self, work->upload, CHORUS_UPLOAD_EVENT_RESUME, NULL);
      chorus_upload_queue_pump (self);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
chorus_upload_queue_not_before_cb (gpointer user_data)
{
  ChorusUploadQueue *self = user_data;

  self->not_before_id = 0;
  chorus_upload_queue_pump (self);

  return G_SOURCE_REMOVE;
}

/* Doubles from try to try, with up to a quarter added by chance, so that many computers do not come back at once. */
static guint
chorus_upload_queue_get_delay (ChorusUploadQueue *self,
                               ChorusUpload      *upload,
                               const GError      *error)
{
  gint64 delay = (gint64) self->retry_delay << (2 * (upload->n_tries - 1));
  gint64 asked = chorus_api_error_get_retry_after (error);

  delay += g_random_int_range (0, (gint32) MIN (delay, 60000) / 4 + 1);
  if (asked >= 0)
    delay = MAX (MIN (asked, CHORUS_UPLOAD_MAX_WAIT) * 1000, asked > 0 ? 0 : delay);

  return (guint) MIN (delay, CHORUS_UPLOAD_MAX_WAIT * 1000);
}

static void
chorus_upload_queue_delay (ChorusUploadQueue *self,
                           ChorusUpload      *upload,
                           const GError      *error)
{
  guint delay = chorus_upload_queue_get_delay (self, upload, error);

  chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_DELAY, error->message);
  upload->delay_id = g_timeout_add_full (G_PRIORITY_DEFAULT, delay, chorus_upload_queue_delay_over_cb,
                                         chorus_upload_work_new (self, upload), chorus_upload_work_free);

  /* Too many requests is said to all of them. */
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_RATE_LIMITED))
    {
      gint64 now = g_get_monotonic_time ();

      self->not_before = MAX (self->not_before, now + (gint64) delay * 1000);
      g_clear_handle_id (&self->not_before_id, g_source_remove);
      self->not_before_id =
        g_timeout_add ((guint) ((self->not_before - now) / 1000 + 1), chorus_upload_queue_not_before_cb, self);
    }
}

static gboolean
chorus_upload_queue_is_temporary (const GError *error)
{
  return g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_RATE_LIMITED)
         || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_SERVER)
         || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_PROTOCOL)
         || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE)
         || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_TIMED_OUT);
}

static void
chorus_upload_queue_not_sent (ChorusUploadQueue *self,
                              ChorusUpload      *upload,
                              const GError      *error)
{
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_RENEWED) && !upload->renewed)
    {
      upload->renewed = TRUE;
      chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_DELAY, NULL);
      chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_RESUME, NULL);
    }
  else if (chorus_upload_queue_is_temporary (error) && ++upload->n_tries < CHORUS_UPLOAD_MAX_TRIES)
    {
      chorus_upload_queue_delay (self, upload, error);
    }
  else
    {
      if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_UNAUTHENTICATED))
        chorus_upload_queue_set_paused (self, TRUE);
      chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_FAIL, error->message);
    }
}

/* A person may have canceled while the last bytes were under way: what has arrived has arrived. */
static void
chorus_upload_queue_confirm (ChorusUploadQueue *self,
                             ChorusUpload      *upload,
                             ChorusFile        *file)
{
  if (!chorus_upload_state_is_finished (upload->state))
    chorus_upload_queue_count (self, -1);
  chorus_upload_set_progress (upload, 1);
  chorus_upload_set_reason (upload, NULL);
  chorus_upload_set_state (upload, CHORUS_UPLOAD_STATE_SENT);
  chorus_upload_ledger_save_sent_async (self->ledger, upload->recording_id, upload->deployment_id,
                                        file ? chorus_file_get_id (file) : NULL,
                                        file ? chorus_file_get_name (file) : NULL,
                                        file ? chorus_file_get_url (file) : NULL, chorus_upload_queue_saved_cb,
                                        chorus_upload_work_new (self, upload));
}

static void
chorus_upload_queue_attempted_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusUploadWork) work = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusFile) file = NULL;
  ChorusUpload *upload = work->upload;
  ChorusUploadOutcome outcome = chorus_upload_attempt_finish (result, &file, &error);

  if (!self)
    return;

  self->n_sending--;
  self->exclusive = FALSE;
  if (outcome != CHORUS_UPLOAD_OUTCOME_UNCERTAIN)
    g_clear_pointer (&upload->uncertain, g_date_time_unref);
  else if (!upload->uncertain)
    upload->uncertain = g_date_time_ref (upload->attempted);

  if (outcome == CHORUS_UPLOAD_OUTCOME_SENT)
    chorus_upload_queue_confirm (self, upload, file);
  else if (!chorus_upload_work_is_current (work))
    g_debug ("A canceled attempt has ended");
  else if (error->domain == CHORUS_UPLOAD_ERROR || outcome == CHORUS_UPLOAD_OUTCOME_UNDECIDED)
    chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_FAIL, error->message);
  else
    chorus_upload_queue_not_sent (self, upload, error);

  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_progress_cb (goffset  n_bytes,
                                 goffset  total,
                                 gpointer user_data)
{
  ChorusUploadWork *work = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);

  if (!self || !chorus_upload_work_is_current (work) || total <= 0)
    return;

  chorus_upload_set_progress (work->upload, (double) n_bytes / (double) total);
  chorus_upload_queue_tell (self, work->upload);
}

/* The row says "sending" on the disk before the first byte goes out. */
static void
chorus_upload_queue_send_saved_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (ChorusUploadWork) work = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&work->queue);
  ChorusUpload *upload = work->upload;

  if (!self)
    return;

  if (!chorus_upload_queue_finish_save (self, upload, result) || !self->client || !chorus_upload_work_is_current (work))
    {
      self->n_sending--;
      self->exclusive = FALSE;
      if (chorus_upload_work_is_current (work))
        {
          chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_DELAY, NULL);
          chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_RESUME, NULL);
        }
      chorus_upload_queue_pump (self);
      return;
    }

  g_clear_pointer (&upload->attempted, g_date_time_unref);
  upload->attempted = g_date_time_new_now_utc ();
  chorus_upload_attempt_async (self->client, self->ledger, upload->deployment_id, upload->file, upload->check,
                               upload->uncertain, chorus_upload_queue_progress_cb,
                               chorus_upload_work_new (self, upload), chorus_upload_work_free, upload->cancellable,
                               chorus_upload_queue_attempted_cb, g_steal_pointer (&work));
}

/* An upload that may already have arrived is looked for among the new files of its deployment, so nothing else may be
 * on its way meanwhile. */
static gboolean
chorus_upload_queue_may_send (ChorusUploadQueue *self,
                              ChorusUpload      *upload)
{
  return !self->exclusive && (!upload->uncertain || self->n_sending == 0);
}

static void
chorus_upload_queue_send (ChorusUploadQueue *self,
                          ChorusUpload      *upload)
{
  self->n_sending++;
  self->exclusive = upload->uncertain != NULL;
  g_clear_object (&upload->cancellable);
  upload->cancellable = g_cancellable_new ();
  chorus_upload_queue_change (self, upload, CHORUS_UPLOAD_EVENT_SEND, NULL, chorus_upload_queue_send_saved_cb);
}

void
chorus_upload_queue_pump (ChorusUploadQueue *self)
{
  while (self->n_checking < CHORUS_UPLOAD_MAX_CHECKING && !g_queue_is_empty (&self->to_check))
    {
      g_autoptr (ChorusUpload) upload = g_queue_pop_head (&self->to_check);

      if (upload->state == CHORUS_UPLOAD_STATE_WAITING)
        chorus_upload_queue_check (self, upload);
    }

  if (!self->client || self->paused || g_get_monotonic_time () < self->not_before)
    return;

  while (self->n_sending < CHORUS_UPLOAD_MAX_SENDING && !g_queue_is_empty (&self->to_send))
    {
      ChorusUpload *next = g_queue_peek_head (&self->to_send);
      g_autoptr (ChorusUpload) upload = NULL;

      if (next->state == CHORUS_UPLOAD_STATE_READY && !chorus_upload_queue_may_send (self, next))
        break;

      upload = g_queue_pop_head (&self->to_send);
      if (upload->state == CHORUS_UPLOAD_STATE_READY)
        chorus_upload_queue_send (self, upload);
    }
}
