/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checking files on worker threads, one upload at a time on each. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include "chorus-upload-error.h"
#include "chorus-upload-finding.h"

#include <glib/gi18n.h>

/* What travels with a check. The queue may be gone when it ends. */
typedef struct
{
  GWeakRef queue;
  ChorusUpload *upload;
  GFile *file;
  ChorusUploadCheck *check;
  GError *error;
} ChorusUploadChecking;

static void
chorus_upload_checking_free (gpointer data)
{
  ChorusUploadChecking *checking = data;

  g_weak_ref_clear (&checking->queue);
  g_object_unref (checking->upload);
  g_clear_object (&checking->file);
  g_clear_pointer (&checking->check, chorus_upload_check_free);
  g_clear_error (&checking->error);
  g_free (checking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadChecking, chorus_upload_checking_free)

static ChorusUploadChecking *
chorus_upload_checking_new (ChorusUploadQueue *self,
                            ChorusUpload      *upload)
{
  ChorusUploadChecking *checking = g_new0 (ChorusUploadChecking, 1);

  g_weak_ref_init (&checking->queue, self);
  checking->upload = g_object_ref (upload);
  g_set_object (&checking->file, upload->file);

  return checking;
}

static void
chorus_upload_queue_check_run (gpointer      data,
                               GCancellable *cancellable)
{
  ChorusUploadChecking *checking = data;

  checking->check = chorus_upload_check_run (checking->file, cancellable, &checking->error);
}

/* What is wrong with a file that cannot be sent. */
static void
chorus_upload_queue_check_failed (ChorusUploadQueue *self,
                                  ChorusUpload      *upload,
                                  const GError      *error)
{
  upload->findings = chorus_upload_finding_bits_from_error (error);
  if (g_error_matches (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE))
    chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_MISS, error->message);
  else
    chorus_upload_queue_happen (self, upload,
                                error->domain == CHORUS_UPLOAD_ERROR ? CHORUS_UPLOAD_EVENT_REFUSE
                                                                     : CHORUS_UPLOAD_EVENT_FAIL,
                                error->message);
}

static void
chorus_upload_queue_check_passed (ChorusUploadQueue    *self,
                                  ChorusUpload         *upload,
                                  ChorusUploadChecking *checking,
                                  GPtrArray            *findings)
{
  const char *refusal = chorus_upload_findings_get_refusal (findings);
  g_autofree char *own = chorus_upload_findings_to_text (checking->check->findings);
  g_autofree char *others = chorus_upload_findings_to_text (findings);
  g_autofree char *notes = own && others ? g_strconcat (own, "\n", others, NULL) : g_strdup (own ? own : others);

  if (!refusal)
    refusal = chorus_upload_findings_get_refusal (checking->check->findings);
  upload->findings =
    chorus_upload_findings_to_bits (checking->check->findings) | chorus_upload_findings_to_bits (findings);
  chorus_upload_set_check (upload, checking->check);
  chorus_upload_set_notes (upload, notes);

  /* The store has it already. */
  if (refusal && !upload->override)
    chorus_upload_queue_apply (self, upload, CHORUS_UPLOAD_EVENT_REFUSE, refusal);
  else
    chorus_upload_queue_apply (self, upload, CHORUS_UPLOAD_EVENT_PASS, NULL);
  chorus_upload_queue_line_up (self, upload);
  chorus_upload_queue_tell (self, upload);

  /* What had all arrived before the store could be written is sent already. */
  if (chorus_upload_get_n_parts_sent (upload) == upload->entries->len)
    chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_SEND, NULL);
  if (chorus_upload_get_n_parts_sent (upload) == upload->entries->len)
    chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_CONFIRM, NULL);
}

static void
chorus_upload_queue_check_saved_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (ChorusUploadChecking) checking = user_data;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&checking->queue);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings =
    chorus_upload_ledger_save_check_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);

  if (!self)
    return;

  self->n_checking--;
  if (checking->upload->state == CHORUS_UPLOAD_STATE_CHECKING)
    {
      if (error)
        chorus_upload_queue_check_failed (self, checking->upload, error);
      else
        chorus_upload_queue_check_passed (self, checking->upload, checking, findings);
    }
  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_check_done (gpointer data)
{
  ChorusUploadChecking *checking = data;
  ChorusUpload *upload = checking->upload;
  g_autoptr (ChorusUploadQueue) self = g_weak_ref_get (&checking->queue);

  if (!self)
    return;

  if (upload->state == CHORUS_UPLOAD_STATE_CHECKING && checking->check)
    {
      ChorusUploadChecking *saving = chorus_upload_checking_new (self, upload);

      saving->check = g_steal_pointer (&checking->check);
      chorus_upload_ledger_save_check_async (self->ledger, upload, saving->check, chorus_upload_queue_check_saved_cb,
                                             saving);
      return;
    }

  self->n_checking--;
  if (upload->state == CHORUS_UPLOAD_STATE_CHECKING)
    chorus_upload_queue_check_failed (self, upload, checking->error);
  chorus_upload_queue_pump (self);
}

/* The job is handed no cancellable, since the end of a canceled job is not reported and its place would be lost. The jobs
 * end early when the queue goes away. */
void
chorus_upload_queue_check (ChorusUploadQueue *self,
                           ChorusUpload      *upload)
{
  if (!upload->file)
    {
      /* Translators: “%s” is the name of a file. */
      g_autofree char *reason = g_strdup_printf (_("“%s” can no longer be found: choose its folder."), upload->name);

      chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_MISS, reason);
      return;
    }

  /* A check has no effect that would have to be known after a crash: the store hears of its end. */
  self->n_checking++;
  chorus_upload_queue_apply (self, upload, CHORUS_UPLOAD_EVENT_CHECK, NULL);
  chorus_upload_queue_tell (self, upload);
  chorus_job_queue_push (self->jobs, 0, chorus_upload_queue_check_run, chorus_upload_queue_check_done,
                         chorus_upload_checking_new (self, upload), chorus_upload_checking_free, NULL);
}
