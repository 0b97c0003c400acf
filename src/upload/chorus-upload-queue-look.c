/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding out what has become of parts whose attempt had no clear end. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include <glib/gi18n.h>

/* How many lists have to agree that a part is not there: a service may take a while until it lists what it took. */
#define CHORUS_UPLOAD_LOOKS 3

/* Between one list and the next the wait grows by this factor. */
#define CHORUS_UPLOAD_LOOK_GROWTH 4

/* How often a list may fail before a person is asked. */
#define CHORUS_UPLOAD_MAX_LOOK_FAILURES 6

static void
chorus_upload_queue_look_again (ChorusUploadQueue *self,
                                guint              n_looks)
{
  guint64 wait = self->retry_delay;

  for (guint i = 1; i < n_looks; i++)
    wait *= CHORUS_UPLOAD_LOOK_GROWTH;
  self->look_at = g_get_monotonic_time () + (gint64) wait * 1000;
}

static char *
chorus_upload_queue_describe_doubt (ChorusUpload *upload)
{
  /* Translators: “%s” is the name of a file. */
  return g_strdup_printf (_("“%s” may have arrived, but the answer was lost: look for it in the deployment, then say "
                             "whether to send it again."),
                          upload->name);
}

/* What the list says of one part. */
static void
chorus_upload_queue_take_look (ChorusUploadQueue *self,
                               ChorusUploadCargo *item,
                               gboolean           offered)
{
  ChorusUploadEntry *entry = chorus_upload_get_entry (item->upload, item->position);
  g_autofree char *reason = g_strdup (item->upload->reason);
  g_autofree char *doubt = NULL;

  if (item->match == CHORUS_UPLOAD_MATCH_FOUND)
    {
      if (item->file)
        chorus_upload_entry_take_file (entry, item->file);
      chorus_upload_queue_apply_part (self, item->upload, item->position, CHORUS_UPLOAD_EVENT_CONFIRM, NULL);
      return;
    }

  if (offered && ++entry->n_looks < CHORUS_UPLOAD_LOOKS)
    {
      chorus_upload_queue_look_again (self, entry->n_looks);
      return;
    }

  if (offered && item->match == CHORUS_UPLOAD_MATCH_ABSENT)
    {
      /* The attempt failed after all, and that too often is for a person to know. */
      chorus_upload_queue_apply_part (self, item->upload, item->position,
                                      ++entry->n_failures >= CHORUS_UPLOAD_RETRY_TRIES ? CHORUS_UPLOAD_EVENT_FAIL
                                                                                       : CHORUS_UPLOAD_EVENT_RETURN,
                                      reason);
      return;
    }

  doubt = chorus_upload_queue_describe_doubt (item->upload);
  chorus_upload_queue_apply_part (self, item->upload, item->position, CHORUS_UPLOAD_EVENT_DOUBT, doubt);
}

static void
chorus_upload_queue_end_look (ChorusUploadQueue *self,
                              GPtrArray         *cargo)
{
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUpload *upload = ((ChorusUploadCargo *) cargo->pdata[i])->upload;

      if (!g_ptr_array_find (uploads, upload, NULL))
        g_ptr_array_add (uploads, g_object_ref (upload));
    }
  chorus_upload_queue_save (self, uploads);
  for (guint i = 0; i < uploads->len; i++)
    chorus_upload_queue_line_up (self, uploads->pdata[i]);
  g_clear_object (&self->attempt);
  g_clear_pointer (&self->cargo, g_ptr_array_unref);
  self->accepted = FALSE;
  chorus_upload_queue_set_busy (self, FALSE);
  chorus_upload_queue_pump (self);
}

/* A list that could not be had. What the service has said it took has arrived all the same. */
static void
chorus_upload_queue_look_failed (ChorusUploadQueue *self,
                                 GPtrArray         *cargo,
                                 const GError      *error)
{
  gboolean offered = !g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED);
  gboolean offline = g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE);

  if (!self->accepted && offered)
    {
      self->n_failures++;
      self->offline = offline;
      chorus_upload_queue_hold_back (self, chorus_upload_retry_get_delay (self->retry_delay, self->n_failures,
                                                                          g_random_double (),
                                                                          chorus_api_error_get_retry_after (error)));
      if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_UNAUTHENTICATED))
        chorus_upload_queue_set_paused (self, TRUE);
      if (offline || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_RATE_LIMITED)
          || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_UNAUTHENTICATED)
          || ++self->n_unlisted < CHORUS_UPLOAD_MAX_LOOK_FAILURES)
        return;
    }

  for (guint i = 0; i < cargo->len; i++)
    {
      ChorusUploadCargo *item = cargo->pdata[i];

      item->match = self->accepted ? CHORUS_UPLOAD_MATCH_FOUND : CHORUS_UPLOAD_MATCH_UNDECIDED;
      chorus_upload_queue_take_look (self, item, FALSE);
    }
}

static void
chorus_upload_queue_looked_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusUploadQueue) self = chorus_upload_queue_release (user_data);
  g_autoptr (GPtrArray) cargo = NULL;
  g_autoptr (GError) error = NULL;
  gboolean looked = chorus_upload_look_finish (result, &error);

  if (!self)
    return;

  cargo = g_ptr_array_ref (self->cargo);
  g_debug ("A look for %u parts ended: %s", cargo->len, error ? error->message : "listed");
  if (!looked)
    chorus_upload_queue_look_failed (self, cargo, error);
  else
    {
      self->n_failures = 0;
      self->n_unlisted = 0;
      self->offline = FALSE;
      for (guint i = 0; i < cargo->len; i++)
        chorus_upload_queue_take_look (self, cargo->pdata[i], TRUE);
    }
  chorus_upload_queue_end_look (self, cargo);
}

static void
chorus_upload_queue_gather_confirming (ChorusUpload  *upload,
                                       GPtrArray     *cargo,
                                       GDateTime    **since,
                                       gint64        *since_mono)
{
  for (guint i = 0; i < upload->entries->len; i++)
    {
      const ChorusUploadEntry *entry = chorus_upload_get_entry (upload, i);
      g_autoptr (GDateTime) attempted = NULL;

      if (entry->state != CHORUS_UPLOAD_STATE_CONFIRMING)
        continue;

      g_ptr_array_add (cargo, chorus_upload_cargo_new (upload, i));
      *since_mono = MIN (*since_mono, entry->attempted_mono);
      attempted = entry->attempted_at ? g_date_time_new_from_iso8601 (entry->attempted_at, NULL) : NULL;
      if (attempted && (!*since || g_date_time_compare (attempted, *since) < 0))
        {
          g_clear_pointer (since, g_date_time_unref);
          *since = g_steal_pointer (&attempted);
        }
    }
}

/* Looks for all that is unclear in one deployment; the others come afterwards. */
gboolean
chorus_upload_queue_look (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) cargo = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_upload_cargo_free);
  g_autoptr (GDateTime) since = NULL;
  gint64 since_mono = G_MAXINT64;
  const char *deployment_id = NULL;

  for (GList *link = self->to_confirm.head, *next = NULL; link; link = next)
    {
      ChorusUpload *upload = link->data;

      next = link->next;
      if (deployment_id && !g_str_equal (upload->deployment_id, deployment_id))
        continue;

      chorus_upload_queue_gather_confirming (upload, cargo, &since, &since_mono);
      if (cargo->len > 0)
        deployment_id = ((ChorusUploadCargo *) cargo->pdata[0])->upload->deployment_id;
      g_queue_delete_link (&self->to_confirm, link);
      g_object_unref (upload);
    }
  if (cargo->len == 0)
    return FALSE;

  chorus_upload_cargo_sort (cargo);
  self->attempt = g_cancellable_new ();
  self->cargo = g_ptr_array_ref (cargo);
  self->attempt_sent = 0;
  self->attempt_length = 0;
  chorus_upload_queue_set_busy (self, TRUE);
  chorus_upload_rate_note (&self->rate, g_get_monotonic_time ());
  chorus_upload_look_async (self->client, self->ledger, deployment_id, cargo, since, since_mono, self->accepted,
                            self->attempt, chorus_upload_queue_looked_cb, chorus_upload_queue_hold (self));

  return TRUE;
}
