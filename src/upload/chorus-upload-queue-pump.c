/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens next: the states of uploads, what is written of them, and what may start. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include <glib/gi18n.h>

#define CHORUS_UPLOAD_MAX_CHECKING 2

/* What travels with a write. The queue may be gone when it ends. */
typedef struct
{
  GWeakRef queue;
  GPtrArray *uploads;
} ChorusUploadSaving;

static void
chorus_upload_saving_free (ChorusUploadSaving *saving)
{
  g_weak_ref_clear (&saving->queue);
  g_ptr_array_unref (saving->uploads);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadSaving, chorus_upload_saving_free)

static void
chorus_upload_queue_move (ChorusUploadQueue *self,
                          ChorusUpload      *upload,
                          ChorusUploadState  state)
{
  if (state != CHORUS_UPLOAD_STATE_SENDING && upload->bytes > 0)
    chorus_upload_set_progress (upload, chorus_upload_count_sent (upload, 0) / (double) upload->bytes);
  chorus_upload_set_state (upload, state);
  chorus_upload_queue_recount (self, upload);
}

gboolean
chorus_upload_queue_apply (ChorusUploadQueue *self,
                           ChorusUpload      *upload,
                           ChorusUploadEvent  event,
                           const char        *reason)
{
  ChorusUploadState next = upload->state;

  if (!chorus_upload_state_next (upload->state, event, &next))
    return FALSE;

  chorus_upload_set_reason (upload, reason);
  chorus_upload_queue_move (self, upload, next);

  return TRUE;
}

static ChorusUploadState
chorus_upload_queue_combine (ChorusUpload *upload)
{
  g_autofree ChorusUploadState *states = g_new (ChorusUploadState, upload->entries->len);

  for (guint i = 0; i < upload->entries->len; i++)
    states[i] = chorus_upload_get_entry (upload, i)->state;

  return chorus_upload_state_combine (upload->state, states, upload->entries->len);
}

void
chorus_upload_queue_apply_part (ChorusUploadQueue *self,
                                ChorusUpload      *upload,
                                guint              position,
                                ChorusUploadEvent  event,
                                const char        *reason)
{
  ChorusUploadEntry *entry = chorus_upload_get_entry (upload, position);
  ChorusUploadState next = entry->state;
  ChorusUploadState state = upload->state;

  if (!chorus_upload_state_next (entry->state, event, &next))
    return;

  entry->state = next;
  state = chorus_upload_queue_combine (upload);
  if (state == CHORUS_UPLOAD_STATE_SENT)
    {
      upload->arrived = TRUE;
      return;
    }

  /* A person's decision, and what they were told, stands until all of it has arrived. */
  if (state != upload->state || chorus_upload_state_is_unfinished (state))
    chorus_upload_set_reason (upload, reason);
  chorus_upload_queue_move (self, upload, state);
}

void
chorus_upload_queue_fail_unsaved (ChorusUploadQueue *self,
                                  GPtrArray         *uploads,
                                  const GError      *error)
{
  for (guint i = 0; i < uploads->len; i++)
    {
      ChorusUpload *upload = uploads->pdata[i];

      upload->arrived = FALSE;
      chorus_upload_set_reason (upload, error->message);
      chorus_upload_queue_move (self, upload, CHORUS_UPLOAD_STATE_FAILED);
      chorus_upload_queue_tell (self, upload);
    }
}

static void
chorus_upload_queue_saved_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusUploadSaving) saving = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&saving->queue);
  g_autoptr (GError) error = NULL;
  gboolean saved = chorus_upload_ledger_save_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);

  if (!self)
    return;

  if (!saved)
    {
      chorus_upload_queue_fail_unsaved (self, saving->uploads, error);
      return;
    }
  for (guint i = 0; i < saving->uploads->len; i++)
    {
      ChorusUpload *upload = saving->uploads->pdata[i];

      if (upload->arrived)
        {
          upload->arrived = FALSE;
          chorus_upload_set_reason (upload, NULL);
          chorus_upload_queue_move (self, upload, CHORUS_UPLOAD_STATE_SENT);
        }
      chorus_upload_queue_tell (self, upload);
    }
}

void
chorus_upload_queue_save (ChorusUploadQueue *self,
                          GPtrArray         *uploads)
{
  ChorusUploadSaving *saving = NULL;

  if (uploads->len == 0)
    return;

  saving = g_new0 (ChorusUploadSaving, 1);
  g_weak_ref_init (&saving->queue, self);
  saving->uploads = g_ptr_array_ref (uploads);
  chorus_upload_ledger_save_async (self->ledger, uploads, chorus_upload_queue_saved_cb, saving);
}

void
chorus_upload_queue_happen (ChorusUploadQueue *self,
                            ChorusUpload      *upload,
                            ChorusUploadEvent  event,
                            const char        *reason)
{
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (g_object_unref);

  if (!chorus_upload_queue_apply (self, upload, event, reason))
    return;

  g_ptr_array_add (uploads, g_object_ref (upload));
  chorus_upload_queue_save (self, uploads);
  chorus_upload_queue_line_up (self, upload);
}

void
chorus_upload_queue_line_up (ChorusUploadQueue *self,
                             ChorusUpload      *upload)
{
  gboolean confirming = FALSE;

  for (guint i = 0; i < upload->entries->len; i++)
    confirming = confirming || chorus_upload_get_entry (upload, i)->state == CHORUS_UPLOAD_STATE_CONFIRMING;

  if (confirming && !g_queue_find (&self->to_confirm, upload))
    g_queue_push_tail (&self->to_confirm, g_object_ref (upload));

  if (upload->state == CHORUS_UPLOAD_STATE_WAITING)
    g_queue_push_tail (&self->to_check, g_object_ref (upload));
  else if (upload->state == CHORUS_UPLOAD_STATE_READY && !upload->lined_up)
    {
      /* One that comes back from a failed request still has its place. */
      upload->lined_up = TRUE;
      g_queue_push_tail (&self->to_send, g_object_ref (upload));
    }
}

static gboolean
chorus_upload_queue_not_before_cb (gpointer user_data)
{
  ChorusUploadQueue *self = user_data;

  self->not_before_id = 0;
  chorus_upload_queue_pump (self);

  return G_SOURCE_REMOVE;
}

void
chorus_upload_queue_hold_back (ChorusUploadQueue *self,
                               guint              delay)
{
  self->not_before = MAX (self->not_before, g_get_monotonic_time () + (gint64) delay * 1000);
}

static void
chorus_upload_queue_wake_at (ChorusUploadQueue *self,
                             gint64             time)
{
  gint64 wait = MAX (time - g_get_monotonic_time (), 0) / 1000 + 1;

  g_clear_handle_id (&self->not_before_id, g_source_remove);
  self->not_before_id = g_timeout_add ((guint) MIN (wait, G_MAXINT), chorus_upload_queue_not_before_cb, self);
}

/* Whether nothing may be sent for now, and why. A pause needs no reason: a person has asked for it. */
static gboolean
chorus_upload_queue_is_held (ChorusUploadQueue *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 until = MAX (self->not_before, now + chorus_upload_rate_get_wait (&self->rate, self->hourly_limit, now));
  gboolean waits = !g_queue_is_empty (&self->to_send) || !g_queue_is_empty (&self->to_confirm);

  if (self->paused || !self->client || !waits)
    {
      chorus_upload_queue_set_hold_reason (self, NULL);
      return self->paused || !self->client;
    }

  if (!self->allow_metered && g_network_monitor_get_network_metered (self->network))
    {
      chorus_upload_queue_set_hold_reason (self, _("Waiting for a network that is not metered."));
      return TRUE;
    }

  if (until <= now)
    {
      chorus_upload_queue_set_hold_reason (self, NULL);
      return FALSE;
    }

  if (self->offline)
    chorus_upload_queue_set_hold_reason (self, _("Waiting for the network."));
  else if (until - now > 5 * G_USEC_PER_SEC)
    {
      g_autoptr (GDateTime) local = g_date_time_new_now_local ();
      g_autoptr (GDateTime) time = g_date_time_add (local, until - now);
      /* Translators: hours and minutes for g_date_time_format() */
      g_autofree char *clock = g_date_time_format (time, _("%H:%M"));
      /* Translators: a time such as 14:05 */
      g_autofree char *reason = g_strdup_printf (_("The service takes the next recordings at %s."), clock);

      chorus_upload_queue_set_hold_reason (self, reason);
    }
  chorus_upload_queue_wake_at (self, until);

  return TRUE;
}

void
chorus_upload_queue_pump_checks (ChorusUploadQueue *self)
{
  while (self->n_checking < CHORUS_UPLOAD_MAX_CHECKING && !g_queue_is_empty (&self->to_check))
    {
      g_autoptr (ChorusUpload) upload = g_queue_pop_head (&self->to_check);

      if (upload->state == CHORUS_UPLOAD_STATE_WAITING)
        chorus_upload_queue_check (self, upload);
    }
}

/* What may have arrived is looked for before anything else is sent: new files of others and of ours could not be told
 * apart any more. */
void
chorus_upload_queue_pump (ChorusUploadQueue *self)
{
  chorus_upload_queue_pump_checks (self);

  if (self->busy)
    return;
  if (chorus_upload_queue_is_held (self))
    {
      if (self->paused)
        chorus_upload_spare_discard (self->spare);
      return;
    }

  if (!g_queue_is_empty (&self->to_confirm))
    {
      if (g_get_monotonic_time () < self->look_at)
        chorus_upload_queue_wake_at (self, self->look_at);
      else if (chorus_upload_queue_look (self))
        return;
      if (!g_queue_is_empty (&self->to_confirm))
        return;
    }

  /* Nothing keeps a card from being taken out when there is nothing left to send. */
  if (!chorus_upload_queue_send (self))
    chorus_upload_spare_discard (self->spare);
}
