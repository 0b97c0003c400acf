/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-session-private.h"

#include <math.h>

#include "dsp/chorus-level-tile.h"

#include "chorus-level-survey.h"

#define LEAST_RANGE_DB 10.0

typedef struct
{
  /* Borrowed: a session that goes away cancels the job. */
  ChorusViewSession *session;
  ChorusSampleSource *source;
  int channels[CHORUS_VIEW_SESSION_MOST_STACKED];
  guint n_channels;
  ChorusStftParams params;
  ChorusFrequencyBand band;
  guint64 histogram[CHORUS_LEVEL_SURVEY_STEPS];
  gboolean ok;
} ChorusSurveyJob;

/* Something that a preset decides was set by itself. */
static void
chorus_view_session_become_custom (ChorusViewSession *self)
{
  if (self->applying_preset || self->preset == CHORUS_VIEW_PRESET_CUSTOM)
    return;
  self->preset = CHORUS_VIEW_PRESET_CUSTOM;
  chorus_view_session_notify (self, PROP_PRESET);
}

ChorusStftParams
chorus_view_session_get_stft_params (ChorusViewSession *self)
{
  return (ChorusStftParams){
    .window_length = self->window_length,
    .hop = (unsigned) MAX (round (self->window_length * (1.0 - self->overlap)), 1.0),
    .function = self->window_function,
    .kaiser_beta = self->kaiser_beta,
  };
}

/* In a worker thread. */
static void
chorus_survey_job_run (gpointer      data,
                       GCancellable *cancellable)
{
  ChorusSurveyJob *job = data;

  /* Without an answer the range stays; what cannot be read is reported by the tiles. */
  job->ok = chorus_level_survey_run (job->source, job->channels, job->n_channels, &job->params, &job->band,
                                     job->histogram, cancellable, NULL);
}

void
chorus_view_session_apply_range (ChorusViewSession *self,
                                 double             low_db,
                                 double             high_db)
{
  gboolean removed = self->background == CHORUS_BACKGROUND_MODE_REMOVED;
  double least = removed ? CHORUS_MEDIAN_BACKGROUND_FLOOR_DB : CHORUS_LEVEL_FLOOR_DB;
  double most = removed ? CHORUS_MEDIAN_BACKGROUND_CEILING_DB : CHORUS_LEVEL_CEILING_DB;

  if (!isfinite (low_db) || !isfinite (high_db))
    return;
  low_db = CLAMP (low_db, least, most - LEAST_RANGE_DB);
  high_db = CLAMP (high_db, low_db + LEAST_RANGE_DB, most);
  g_object_freeze_notify (G_OBJECT (self));
  if (self->low_db != low_db)
    {
      self->low_db = low_db;
      chorus_view_session_notify (self, PROP_LOW_DB);
    }
  if (self->high_db != high_db)
    {
      self->high_db = high_db;
      chorus_view_session_notify (self, PROP_HIGH_DB);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
chorus_survey_job_done (gpointer data)
{
  ChorusSurveyJob *job = data;
  ChorusViewSession *self = job->session;
  double low_db = 0.0;
  double high_db = 0.0;

  g_assert (CHORUS_IS_VIEW_SESSION (self));

  self->survey_job = 0;
  if (!job->ok || !self->auto_range)
    return;
  chorus_level_survey_choose (job->histogram, &low_db, &high_db);
  chorus_view_session_apply_range (self, low_db, high_db);
}

static void
chorus_survey_job_free (gpointer data)
{
  ChorusSurveyJob *job = data;

  g_clear_object (&job->source);
  g_free (job);
}

void
chorus_view_session_cancel_survey (ChorusViewSession *self)
{
  if (self->survey_job)
    chorus_job_queue_cancel (self->queue, self->survey_job);
  self->survey_job = 0;
}

ChorusFrequencyBand
chorus_view_session_get_survey_band (ChorusViewSession *self)
{
  ChorusViewPresetValues values = { 0 };

  /* What is below the voices that a preset is for, as wind is below bats, would make those dark. */
  if (self->source
      && chorus_view_preset_get_values (self->preset, chorus_sample_source_get_sample_rate (self->source), &values))
    return values.band;

  return (ChorusFrequencyBand){ 0.0, G_MAXDOUBLE };
}

void
chorus_view_session_start_survey (ChorusViewSession *self)
{
  ChorusSurveyJob *job = NULL;

  chorus_view_session_cancel_survey (self);
  chorus_view_session_start_background (self);
  if (!self->source || !self->auto_range || self->background == CHORUS_BACKGROUND_MODE_REMOVED)
    return;
  job = g_new0 (ChorusSurveyJob, 1);
  job->session = self;
  job->source = g_object_ref (self->source);
  job->n_channels = chorus_view_session_get_shown_channels (self, job->channels);
  job->params = chorus_view_session_get_stft_params (self);
  job->band = chorus_view_session_get_survey_band (self);
  /* Ahead of the tiles, which would only be colored twice. */
  self->survey_job = chorus_job_queue_push (self->queue, CHORUS_JOB_PRIORITY_VISIBLE - 1, chorus_survey_job_run,
                                            chorus_survey_job_done, job, chorus_survey_job_free, NULL);
}

double
chorus_view_session_get_low_db (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->low_db;
}

double
chorus_view_session_get_high_db (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->high_db;
}

void
chorus_view_session_set_range (ChorusViewSession *self,
                               double             low_db,
                               double             high_db)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  chorus_view_session_set_auto_range (self, FALSE);
  chorus_view_session_apply_range (self, low_db, high_db);
}

gboolean
chorus_view_session_get_auto_range (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), FALSE);

  return self->auto_range;
}

void
chorus_view_session_set_auto_range (ChorusViewSession *self,
                                    gboolean           auto_range)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  auto_range = !!auto_range;
  if (self->auto_range == auto_range)
    return;
  self->auto_range = auto_range;
  chorus_view_session_start_survey (self);
  chorus_view_session_notify (self, PROP_AUTO_RANGE);
  chorus_view_session_become_custom (self);
}

ChorusColorMap
chorus_view_session_get_color_map (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_COLOR_MAP_VIRIDIS);

  return self->color_map;
}

void
chorus_view_session_set_color_map (ChorusViewSession *self,
                                   ChorusColorMap     color_map)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail ((guint) color_map <= CHORUS_COLOR_MAP_GRAY_INVERTED);

  if (self->color_map == color_map)
    return;
  self->color_map = color_map;
  chorus_view_session_notify (self, PROP_COLOR_MAP);
}

ChorusViewPreset
chorus_view_session_get_preset (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_VIEW_PRESET_CUSTOM);

  return self->preset;
}

void
chorus_view_session_apply_preset (ChorusViewSession *self,
                                  double             sample_rate)
{
  ChorusViewPresetValues values = { 0 };

  if (!chorus_view_preset_get_values (self->preset, sample_rate, &values))
    return;
  self->applying_preset = TRUE;
  g_object_freeze_notify (G_OBJECT (self));
  chorus_view_session_set_window_length (self, values.window_length);
  chorus_view_session_set_overlap (self, values.overlap);
  chorus_view_session_set_window_function (self, values.window_function);
  chorus_view_session_set_frequency_scale (self, values.scale);
  chorus_view_session_set_auto_range (self, TRUE);
  g_object_thaw_notify (G_OBJECT (self));
  self->applying_preset = FALSE;
}

void
chorus_view_session_apply_preset_band (ChorusViewSession *self)
{
  ChorusViewPresetValues values = { 0 };
  ChorusViewport viewport = self->viewport;

  if (!chorus_view_preset_get_values (self->preset, chorus_view_session_get_sample_rate (self), &values))
    return;
  chorus_viewport_set_band (&viewport, values.band.low, values.band.high);
  chorus_view_session_apply (self, &viewport);
}

void
chorus_view_session_set_preset (ChorusViewSession *self,
                                ChorusViewPreset   preset)
{
  ChorusViewPresetValues values = { 0 };
  double sample_rate = 0.0;

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail ((guint) preset < CHORUS_VIEW_PRESET_N);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->preset != preset)
    {
      self->preset = preset;
      chorus_view_session_notify (self, PROP_PRESET);
      chorus_view_session_start_survey (self);
    }
  sample_rate = chorus_view_session_get_sample_rate (self);
  if (sample_rate > 0.0 && chorus_view_preset_get_values (preset, sample_rate, &values))
    {
      chorus_view_session_apply_preset (self, sample_rate);
      chorus_view_session_set_visible_band (self, values.band.low, values.band.high);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Has all levels computed anew. */
static void
chorus_view_session_update_stft (ChorusViewSession *self,
                                 guint              property)
{
  ChorusStftParams params = chorus_view_session_get_stft_params (self);

  chorus_view_session_set_tile_params (self, &params);
  chorus_view_session_start_survey (self);
  chorus_view_session_notify (self, property);
  chorus_view_session_become_custom (self);
}

guint
chorus_view_session_get_window_length (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0);

  return self->window_length;
}

void
chorus_view_session_set_window_length (ChorusViewSession *self,
                                       guint              window_length)
{
  guint rounded = chorus_view_preset_round_window (window_length);

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (self->window_length == rounded)
    return;
  self->window_length = rounded;
  chorus_view_session_update_stft (self, PROP_WINDOW_LENGTH);
}

double
chorus_view_session_get_overlap (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->overlap;
}

void
chorus_view_session_set_overlap (ChorusViewSession *self,
                                 double             overlap)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  overlap = isfinite (overlap) ? CLAMP (overlap, 0.0, CHORUS_VIEW_SESSION_MOST_OVERLAP) : 0.5;
  if (self->overlap == overlap)
    return;
  self->overlap = overlap;
  chorus_view_session_update_stft (self, PROP_OVERLAP);
}

ChorusWindowFunction
chorus_view_session_get_window_function (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_WINDOW_FUNCTION_HANN);

  return self->window_function;
}

void
chorus_view_session_set_window_function (ChorusViewSession    *self,
                                         ChorusWindowFunction  function)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail ((guint) function <= CHORUS_WINDOW_FUNCTION_KAISER);

  if (self->window_function == function)
    return;
  self->window_function = function;
  chorus_view_session_update_stft (self, PROP_WINDOW_FUNCTION);
}

double
chorus_view_session_get_kaiser_beta (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->kaiser_beta;
}

void
chorus_view_session_set_kaiser_beta (ChorusViewSession *self,
                                     double             beta)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (!isfinite (beta) || self->kaiser_beta == CLAMP (beta, 0.0, CHORUS_VIEW_SESSION_MOST_BETA))
    return;
  self->kaiser_beta = CLAMP (beta, 0.0, CHORUS_VIEW_SESSION_MOST_BETA);
  if (self->window_function == CHORUS_WINDOW_FUNCTION_KAISER)
    chorus_view_session_update_stft (self, PROP_KAISER_BETA);
  else
    chorus_view_session_notify (self, PROP_KAISER_BETA);
}

ChorusFrequencyScale
chorus_view_session_get_frequency_scale (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_FREQUENCY_SCALE_LINEAR);

  return self->viewport.scale;
}

void
chorus_view_session_set_frequency_scale (ChorusViewSession    *self,
                                         ChorusFrequencyScale  scale)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail ((guint) scale <= CHORUS_FREQUENCY_SCALE_MEL);

  if (self->viewport.scale == scale)
    return;
  viewport = self->viewport;
  chorus_viewport_set_scale (&viewport, scale);
  chorus_view_session_apply (self, &viewport);
  chorus_view_session_become_custom (self);
}
