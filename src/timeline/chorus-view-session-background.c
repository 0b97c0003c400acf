/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-session-private.h"

typedef struct
{
  /* Borrowed: a session that goes away cancels the job. */
  ChorusViewSession *session;
  ChorusSampleSource *source;
  int channel;
  ChorusStftParams params;
  ChorusFrequencyBand band;
  ChorusLevelBackground *background;
} ChorusBackgroundJob;

/* In a worker thread. */
static void
chorus_background_job_run (gpointer      data,
                           GCancellable *cancellable)
{
  ChorusBackgroundJob *job = data;

  /* What cannot be read is reported by the tiles. */
  job->background =
    chorus_level_background_survey (job->source, job->channel, &job->params, &job->band, cancellable, NULL);
}

static void
chorus_view_session_apply_background_range (ChorusViewSession *self)
{
  if (self->level_background && self->auto_range)
    chorus_view_session_apply_range (self, self->level_background->low_db, self->level_background->high_db);
}

static void
chorus_background_job_done (gpointer data)
{
  ChorusBackgroundJob *job = data;
  ChorusViewSession *self = job->session;

  g_assert (CHORUS_IS_VIEW_SESSION (self));

  self->background_job = 0;
  if (!job->background)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->level_background, chorus_level_background_unref);
  self->level_background = g_steal_pointer (&job->background);
  chorus_view_session_apply_background_range (self);
  chorus_view_session_notify (self, PROP_BACKGROUND);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
chorus_background_job_free (gpointer data)
{
  ChorusBackgroundJob *job = data;

  g_clear_object (&job->source);
  g_clear_pointer (&job->background, chorus_level_background_unref);
  g_free (job);
}

void
chorus_view_session_cancel_background (ChorusViewSession *self)
{
  if (self->background_job)
    chorus_job_queue_cancel (self->queue, self->background_job);
  self->background_job = 0;
}

static gboolean
chorus_view_session_has_background_of (ChorusViewSession      *self,
                                       const ChorusStftParams *params)
{
  const ChorusLevelBackground *background = self->level_background;

  return background && background->source == self->source && background->channel == self->channel
         && background->params.window_length == params->window_length && background->params.hop == params->hop
         && background->params.function == params->function && background->params.kaiser_beta == params->kaiser_beta;
}

void
chorus_view_session_start_background (ChorusViewSession *self)
{
  ChorusStftParams params = chorus_view_session_get_stft_params (self);
  ChorusBackgroundJob *job = NULL;

  chorus_view_session_cancel_background (self);
  if (self->background == CHORUS_BACKGROUND_MODE_REMOVED && chorus_view_session_has_background_of (self, &params))
    {
      chorus_view_session_apply_background_range (self);
      return;
    }
  g_clear_pointer (&self->level_background, chorus_level_background_unref);
  if (self->background != CHORUS_BACKGROUND_MODE_REMOVED || !self->source)
    return;
  job = g_new0 (ChorusBackgroundJob, 1);
  job->session = self;
  job->source = g_object_ref (self->source);
  job->channel = self->channel;
  job->params = params;
  job->band = chorus_view_session_get_survey_band (self);
  self->background_job = chorus_job_queue_push (self->queue, CHORUS_JOB_PRIORITY_VISIBLE - 1, chorus_background_job_run,
                                                chorus_background_job_done, job, chorus_background_job_free, NULL);
}

ChorusBackgroundMode
chorus_view_session_get_background (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_BACKGROUND_MODE_SHOWN);

  return self->background;
}

void
chorus_view_session_set_background (ChorusViewSession    *self,
                                    ChorusBackgroundMode  background)
{
  double low_db = 0.0;
  double high_db = 0.0;

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail ((guint) background <= CHORUS_BACKGROUND_MODE_REMOVED);

  if (self->background == background)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  self->background = background;
  low_db = self->other_low_db;
  high_db = self->other_high_db;
  self->other_low_db = self->low_db;
  self->other_high_db = self->high_db;
  chorus_view_session_apply_range (self, low_db, high_db);
  chorus_view_session_start_survey (self);
  chorus_view_session_notify (self, PROP_BACKGROUND);
  g_object_thaw_notify (G_OBJECT (self));
}

ChorusLevelBackground *
chorus_view_session_get_level_background (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->level_background;
}
