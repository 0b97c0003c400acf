/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking about analyses under way until they have ended. */

#include "config.h"

#include "chorus-library-private.h"

/* Milliseconds between two rounds of questions: often at first, for a local station answers in a moment, then less and
 * less, for a service that takes minutes gains nothing from being asked. */
#define CHORUS_LIBRARY_POLL_FIRST 1000
#define CHORUS_LIBRARY_POLL_LAST 15000

/* Recordings asked about in one round. */
#define CHORUS_LIBRARY_POLL_AT_ONCE 8

/* Parts of one recording asked about in one round. */
#define CHORUS_LIBRARY_POLL_PARTS 8

/* Rounds in which the service may know of no run before the recording counts as not asked for. */
#define CHORUS_LIBRARY_POLL_PATIENCE 3

typedef struct
{
  ChorusRecording *recording;
  guint n_nothing; /* rounds in which the service knew of no run */
  guint next;      /* the part that the next round begins with */
} ChorusPending;

static void
chorus_pending_free (ChorusPending *pending)
{
  g_object_unref (pending->recording);
  g_free (pending);
}

void
chorus_library_init_analysis (ChorusLibrary *self)
{
  self->pending = g_queue_new ();
  self->requested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->n_nothing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->poll_interval = CHORUS_LIBRARY_POLL_FIRST;
}

void
chorus_library_stop_analysis (ChorusLibrary *self)
{
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_queue_clear_full (self->pending, (GDestroyNotify) chorus_pending_free);
}

void
chorus_library_free_analysis (ChorusLibrary *self)
{
  g_clear_pointer (&self->pending, g_queue_free);
  g_clear_pointer (&self->requested, g_hash_table_unref);
  g_clear_pointer (&self->n_nothing, g_hash_table_unref);
}

static gboolean
chorus_library_is_requested (ChorusLibrary   *self,
                             ChorusRecording *recording)
{
  gint64 recording_id = chorus_recording_get_recording_id (recording);

  return g_hash_table_contains (self->requested, &recording_id);
}

/* Sees to it that the service is asked about @recording until its analysis has ended. */
void
chorus_library_watch_analysis (ChorusLibrary   *self,
                               ChorusRecording *recording)
{
  ChorusPending *pending = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  for (GList *link = self->pending->head; link; link = link->next)
    {
      pending = link->data;
      if (chorus_recording_get_recording_id (pending->recording) == chorus_recording_get_recording_id (recording))
        return;
    }

  pending = g_new0 (ChorusPending, 1);
  pending->recording = g_object_ref (recording);
  g_queue_push_tail (self->pending, pending);
  self->poll_interval = CHORUS_LIBRARY_POLL_FIRST;
  chorus_library_schedule_poll (self);
}

/* Rounds of questions. The library may be disposed of at any moment: a round holds it, and ends as soon as it notices. */

typedef struct
{
  ChorusLibrary *library;
  ChorusPending *pending;
  guint n_left;      /* questions of this round after this one */
  gboolean progress; /* something has ended in this round */
} ChorusPollRound;

static void chorus_library_poll_next (ChorusPollRound *round);

static void
chorus_poll_round_end (ChorusPollRound *round)
{
  g_autoptr (ChorusLibrary) self = round->library;

  self->polling = FALSE;
  self->poll_interval =
    round->progress ? CHORUS_LIBRARY_POLL_FIRST : MIN (self->poll_interval * 3 / 2, CHORUS_LIBRARY_POLL_LAST);
  chorus_library_schedule_poll (self);
  g_free (round);
}

/* Asks again later, as long as it is still under way. */
static void
chorus_poll_round_keep (ChorusPollRound *round)
{
  ChorusPending *pending = g_steal_pointer (&round->pending);

  if (chorus_recording_get_status (pending->recording) == CHORUS_RECORDING_ANALYZING
      && !g_cancellable_is_cancelled (round->library->cancellable))
    {
      g_queue_push_tail (round->library->pending, pending);
    }
  else
    {
      round->progress = TRUE;
      chorus_pending_free (pending);
    }
  chorus_library_poll_next (round);
}

static void
chorus_library_poll_settled_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &error))
    chorus_library_note_error (error);
  chorus_poll_round_keep (user_data);
}

static void
chorus_library_poll_refreshed_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!chorus_library_refresh_deployment_finish (CHORUS_LIBRARY (source), result, &error))
    g_debug ("Asking about analyses: %s", error->message);
  chorus_poll_round_keep (user_data);
}

static void
chorus_library_polled_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  ChorusLibrary *self = CHORUS_LIBRARY (source);
  ChorusPollRound *round = user_data;
  ChorusRecording *recording = round->pending->recording;
  g_autoptr (GError) error = NULL;
  const gboolean known = chorus_library_ask_about_finish (self, result, &round->pending->next, &error);

  round->pending->n_nothing = known || error ? 0 : round->pending->n_nothing + 1;

  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_FOUND))
    chorus_library_write_analysis_async (self, recording, NULL, CHORUS_ANALYSIS_FAILED, error->message,
                                         chorus_library_poll_settled_cb, round);
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    {
      /* The list of files tells it too, for all of them at once. */
      round->n_left = 0;
      chorus_library_refresh_deployment_async (self, chorus_recording_get_deployment_id (recording), self->cancellable,
                                               chorus_library_poll_refreshed_cb, round);
    }
  else if (round->pending->n_nothing >= CHORUS_LIBRARY_POLL_PATIENCE)
    chorus_library_write_analysis_async (self, recording, NULL, CHORUS_ANALYSIS_NONE, NULL,
                                         chorus_library_poll_settled_cb, round);
  else
    chorus_poll_round_keep (round);
}

static void
chorus_library_poll_next (ChorusPollRound *round)
{
  ChorusLibrary *self = round->library;
  ChorusAskScope scope = { .only_under_way = TRUE, .most = CHORUS_LIBRARY_POLL_PARTS };

  if (round->n_left == 0 || !self->client || g_queue_is_empty (self->pending))
    {
      chorus_poll_round_end (round);
      return;
    }

  round->n_left--;
  round->pending = g_queue_pop_head (self->pending);
  if (chorus_library_is_requested (self, round->pending->recording)
      || chorus_recording_get_status (round->pending->recording) != CHORUS_RECORDING_ANALYZING)
    {
      chorus_poll_round_keep (round);
      return;
    }
  scope.first = round->pending->next;
  chorus_library_ask_about (self, round->pending->recording, &scope, self->cancellable, chorus_library_polled_cb,
                            round);
}

static gboolean
chorus_library_poll_cb (gpointer user_data)
{
  ChorusLibrary *self = user_data;
  ChorusPollRound *round = g_new0 (ChorusPollRound, 1);

  self->poll_id = 0;
  self->polling = TRUE;
  round->library = g_object_ref (self);
  round->n_left = MIN (g_queue_get_length (self->pending), CHORUS_LIBRARY_POLL_AT_ONCE);
  chorus_library_poll_next (round);

  return G_SOURCE_REMOVE;
}

/* Sees to it that another round follows, if there is anything to ask and anybody to ask. */
void
chorus_library_schedule_poll (ChorusLibrary *self)
{
  if (self->poll_id == 0 && !self->polling && self->client && !g_queue_is_empty (self->pending)
      && !g_cancellable_is_cancelled (self->cancellable))
    self->poll_id = g_timeout_add (self->poll_interval, chorus_library_poll_cb, self);
}
