/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending a request, and what follows from its end. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include "chorus-upload-error.h"
#include "chorus-upload-pack.h"

GPtrArray *
chorus_upload_queue_list_uploads (GPtrArray *cargo)
{
  GPtrArray *uploads = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUpload *upload = ((ChorusUploadCargo *) cargo->pdata[i])->upload;

      if (uploads->len == 0 || uploads->pdata[uploads->len - 1] != upload)
        g_ptr_array_add (uploads, g_object_ref (upload));
    }

  return uploads;
}

void
chorus_upload_queue_end_request (ChorusUploadQueue *self,
                                 GPtrArray         *uploads)
{
  g_clear_object (&self->attempt);
  g_clear_pointer (&self->cargo, g_ptr_array_unref);
  chorus_upload_queue_save (self, uploads);
  for (guint i = 0; i < uploads->len; i++)
    chorus_upload_queue_line_up (self, uploads->pdata[i]);
  chorus_upload_queue_set_busy (self, FALSE);
  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_apply_to_cargo (ChorusUploadQueue *self,
                                    GPtrArray         *cargo,
                                    ChorusUploadEvent  event,
                                    const char        *reason)
{
  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUploadCargo *item = cargo->pdata[i];

      chorus_upload_queue_apply_part (self, item->upload, item->position, event, reason);
    }
}

/* Where a request failed that can pass, only the part that has failed too often is given up. */
static void
chorus_upload_queue_try_later (ChorusUploadQueue *self,
                               GPtrArray         *cargo,
                               const GError      *error)
{
  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUploadCargo *item = cargo->pdata[i];
      ChorusUploadEntry *entry = chorus_upload_get_entry (item->upload, item->position);

      chorus_upload_queue_apply_part (self, item->upload, item->position,
                                      ++entry->n_failures >= CHORUS_UPLOAD_RETRY_TRIES ? CHORUS_UPLOAD_EVENT_FAIL
                                                                                       : CHORUS_UPLOAD_EVENT_RETURN,
                                      error->message);
    }
}

static void
chorus_upload_queue_shrink (ChorusUploadQueue *self,
                            GPtrArray         *cargo,
                            goffset            length)
{
  if (cargo->len < 2)
    return;

  self->budget = chorus_upload_pack_shrink (self->budget, length);
  chorus_upload_ledger_save_budget (self->ledger, self->budget);
}

static void
chorus_upload_queue_divide (ChorusUploadQueue *self,
                            GPtrArray         *cargo,
                            const GError      *error,
                            goffset            length)
{
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_TOO_LARGE))
    chorus_upload_queue_shrink (self, cargo, length);
  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUploadCargo *item = cargo->pdata[i];

      chorus_upload_get_entry (item->upload, item->position)->max_files = MAX (cargo->len / 2, 1);
    }
  chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_RETURN, NULL);
}

/* What this deployment refuses, it refuses for every file. */
static void
chorus_upload_queue_fail_deployment (ChorusUploadQueue *self,
                                     const char        *deployment_id,
                                     const GError      *error,
                                     GPtrArray         *changed)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      if (upload->state == CHORUS_UPLOAD_STATE_READY && upload->approved
          && g_str_equal (upload->deployment_id, deployment_id)
          && chorus_upload_queue_apply (self, upload, CHORUS_UPLOAD_EVENT_FAIL, error->message))
        g_ptr_array_add (changed, g_steal_pointer (&upload));
    }
}

/* A file could not be read to its end: the others of the request are as good as before. */
static void
chorus_upload_queue_blame (ChorusUploadQueue *self,
                           GPtrArray         *cargo,
                           int                failed,
                           const GError      *error)
{
  ChorusUpload *culprit = failed >= 0 ? ((ChorusUploadCargo *) cargo->pdata[failed])->upload : NULL;

  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUploadCargo *item = cargo->pdata[i];

      chorus_upload_queue_apply_part (self, item->upload, item->position, CHORUS_UPLOAD_EVENT_RETURN, NULL);
    }
  if (culprit)
    chorus_upload_queue_apply (self, culprit,
                               g_error_matches (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE)
                                 ? CHORUS_UPLOAD_EVENT_MISS
                                 : CHORUS_UPLOAD_EVENT_FAIL,
                               error->message);
}

static void
chorus_upload_queue_wait_after (ChorusUploadQueue *self,
                                const GError      *error,
                                gboolean           offline)
{
  self->n_failures++;
  self->offline = offline;
  chorus_upload_queue_hold_back (self,
                                 chorus_upload_retry_get_delay (self->retry_delay, self->n_failures, g_random_double (),
                                                                chorus_api_error_get_retry_after (error)));
}

static void
chorus_upload_queue_not_sent (ChorusUploadQueue            *self,
                              GPtrArray                    *cargo,
                              const ChorusUploadAttemptEnd *end,
                              const GError                 *error,
                              GPtrArray                    *changed)
{
  ChorusUploadVerdict verdict = chorus_upload_retry_judge (error, cargo->len, end->n_sent);
  gboolean broken = g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE)
                    || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_TIMED_OUT);

  if (verdict == CHORUS_UPLOAD_VERDICT_AGAIN && self->renewed)
    verdict = CHORUS_UPLOAD_VERDICT_SIGN_IN;
  self->renewed = verdict == CHORUS_UPLOAD_VERDICT_AGAIN;

  switch (verdict)
    {
    case CHORUS_UPLOAD_VERDICT_AGAIN:
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_RETURN, NULL);
      break;

    case CHORUS_UPLOAD_VERDICT_LATER:
      chorus_upload_queue_try_later (self, cargo, error);
      chorus_upload_queue_wait_after (self, error, FALSE);
      if (broken)
        chorus_upload_queue_shrink (self, cargo, end->length);
      break;

    case CHORUS_UPLOAD_VERDICT_OFFLINE:
    case CHORUS_UPLOAD_VERDICT_HOLD:
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_RETURN, error->message);
      chorus_upload_queue_wait_after (self, error, verdict == CHORUS_UPLOAD_VERDICT_OFFLINE);
      break;

    case CHORUS_UPLOAD_VERDICT_SMALLER:
      chorus_upload_queue_divide (self, cargo, error, end->length);
      break;

    case CHORUS_UPLOAD_VERDICT_SIGN_IN:
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_RETURN, error->message);
      chorus_upload_queue_set_paused (self, TRUE);
      break;

    case CHORUS_UPLOAD_VERDICT_DEPLOYMENT:
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_FAIL, error->message);
      chorus_upload_queue_fail_deployment (self, ((ChorusUploadCargo *) cargo->pdata[0])->upload->deployment_id, error,
                                           changed);
      break;

    case CHORUS_UPLOAD_VERDICT_FAIL:
    default:
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_FAIL, error->message);
      break;
    }
}

/* A service that refuses what is too large may do so by breaking the connection, when all of it is on its way already. */
static void
chorus_upload_queue_lost_track (ChorusUploadQueue            *self,
                                GPtrArray                    *cargo,
                                const ChorusUploadAttemptEnd *end,
                                const GError                 *error)
{
  guint delay = chorus_upload_retry_get_delay (self->retry_delay, 1, g_random_double (), -1);

  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE))
    chorus_upload_queue_shrink (self, cargo, end->length);
  chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_LOOK, error->message);
  self->n_failures++;
  self->look_at = g_get_monotonic_time () + (gint64) delay * 1000;
}

static void
chorus_upload_queue_confirm (ChorusUploadQueue *self,
                             GPtrArray         *cargo)
{
  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUploadCargo *item = cargo->pdata[i];
      ChorusUploadEntry *entry = chorus_upload_get_entry (item->upload, item->position);

      if (item->file)
        chorus_upload_entry_take_file (entry, item->file);
      chorus_upload_queue_apply_part (self, item->upload, item->position, CHORUS_UPLOAD_EVENT_CONFIRM, NULL);
    }
}

static void
chorus_upload_queue_accepted (ChorusUploadQueue *self,
                              goffset            length)
{
  goffset budget = chorus_upload_pack_grow (self->budget, length);

  self->n_failures = 0;
  self->offline = FALSE;
  self->renewed = FALSE;
  if (budget != self->budget)
    {
      self->budget = budget;
      chorus_upload_ledger_save_budget (self->ledger, budget);
    }
}

static void
chorus_upload_queue_attempted_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusUploadQueue) self = NULL;
  g_autoptr (GPtrArray) cargo = NULL;
  g_autoptr (GPtrArray) uploads = NULL;
  g_autoptr (GError) error = NULL;
  ChorusUploadAttemptEnd end = { 0 };

  chorus_upload_attempt_finish (result, &end, &error);
  self = chorus_upload_queue_release (user_data);
  if (!self)
    return;

  cargo = g_ptr_array_ref (self->cargo);
  uploads = chorus_upload_queue_list_uploads (cargo);
  g_debug ("An attempt with %u parts ended with outcome %d after %" G_GOFFSET_FORMAT " of %" G_GOFFSET_FORMAT
           " bytes, budget %" G_GOFFSET_FORMAT ": %s",
           cargo->len, (int) end.outcome, end.n_sent, end.length, self->budget, error ? error->message : "accepted");
  switch (end.outcome)
    {
    case CHORUS_UPLOAD_OUTCOME_ANSWERED:
      chorus_upload_queue_accepted (self, end.length);
      chorus_upload_queue_confirm (self, cargo);
      break;

    case CHORUS_UPLOAD_OUTCOME_ACCEPTED:
      chorus_upload_queue_accepted (self, end.length);
      self->accepted = TRUE;
      self->look_at = 0;
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_LOOK, NULL);
      break;

    case CHORUS_UPLOAD_OUTCOME_UNCERTAIN:
      chorus_upload_queue_lost_track (self, cargo, &end, error);
      break;

    case CHORUS_UPLOAD_OUTCOME_NOT_SENT:
    default:
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_RETURN, NULL);
      else if (error->domain == CHORUS_UPLOAD_ERROR)
        chorus_upload_queue_blame (self, cargo, end.failed, error);
      else
        chorus_upload_queue_not_sent (self, cargo, &end, error, uploads);
      break;
    }
  chorus_upload_queue_end_request (self, uploads);
}

/* Tells the uploads of the request how far each has come: their parts follow one another in its body. */
static void
chorus_upload_queue_progress_cb (goffset  n_bytes,
                                 goffset  total,
                                 gpointer user_data)
{
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (user_data);
  double left = 0;
  ChorusUpload *last = NULL;
  double extra = 0;

  if (!self || !self->cargo || total <= 0)
    return;

  self->attempt_sent = n_bytes;
  self->attempt_length = total;
  left = (double) n_bytes * 3 / 4;
  for (guint i = 0; i < self->cargo->len; i++)
    {
      ChorusUploadCargo *item = self->cargo->pdata[i];
      double sent = CLAMP (left, 0, (double) item->trait.size);

      left -= (double) item->trait.size;
      extra = item->upload == last ? extra + sent : sent;
      last = item->upload;
      if (item->upload->state != CHORUS_UPLOAD_STATE_SENDING || item->upload->bytes == 0)
        continue;

      chorus_upload_set_progress (item->upload,
                                  chorus_upload_count_sent (item->upload, extra) / (double) item->upload->bytes);
      chorus_upload_queue_recount (self, item->upload);
      chorus_upload_queue_tell (self, item->upload);
    }
}

/* The parts say "sending" on the disk before the first byte goes out. */
static void
chorus_upload_queue_send_saved_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (ChorusUploadQueue) self = NULL;
  g_autoptr (GPtrArray) cargo = NULL;
  g_autoptr (GPtrArray) uploads = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved = chorus_upload_ledger_save_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);

  self = chorus_upload_queue_release (user_data);
  if (!self)
    return;

  cargo = g_ptr_array_ref (self->cargo);
  uploads = chorus_upload_queue_list_uploads (cargo);
  if (!saved || !self->client || g_cancellable_is_cancelled (self->attempt))
    {
      chorus_upload_queue_apply_to_cargo (self, cargo, CHORUS_UPLOAD_EVENT_RETURN, NULL);
      if (!saved)
        {
          chorus_upload_queue_fail_unsaved (self, uploads, error);
          g_ptr_array_set_size (uploads, 0);
        }
      chorus_upload_queue_end_request (self, uploads);
      return;
    }

  for (guint i = 0; i < uploads->len; i++)
    chorus_upload_queue_tell (self, uploads->pdata[i]);
  self->attempt_sent = 0;
  self->attempt_length = G_MAXINT64;
  chorus_upload_rate_note (&self->rate, g_get_monotonic_time ());
  chorus_upload_attempt_async (self->client, ((ChorusUploadCargo *) cargo->pdata[0])->upload->deployment_id, cargo,
                               self->throttle, self->spare, chorus_upload_queue_progress_cb,
                               chorus_upload_queue_hold (self), (GDestroyNotify) chorus_upload_queue_drop,
                               self->attempt, chorus_upload_queue_attempted_cb, chorus_upload_queue_hold (self));
}

void
chorus_upload_queue_begin (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) uploads = chorus_upload_queue_list_uploads (self->cargo);
  g_autoptr (GDateTime) now = chorus_session_dup_service_time (chorus_client_get_session (self->client));
  g_autofree char *attempted_at = g_date_time_format_iso8601 (now);

  for (guint i = 0; i < self->cargo->len; i++)
    {
      ChorusUploadCargo *item = self->cargo->pdata[i];
      ChorusUploadEntry *entry = chorus_upload_get_entry (item->upload, item->position);

      g_free (entry->attempted_at);
      entry->attempted_at = g_strdup (attempted_at);
      entry->attempted_mono = g_get_monotonic_time ();
      entry->n_looks = 0;
      chorus_upload_queue_apply_part (self, item->upload, item->position, CHORUS_UPLOAD_EVENT_SEND, NULL);
    }
  chorus_upload_ledger_save_async (self->ledger, uploads, chorus_upload_queue_send_saved_cb,
                                   chorus_upload_queue_hold (self));
}
