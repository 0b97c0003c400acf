/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-session-private.h"

#include <math.h>

/* A Kaiser window whose side lobes are as low as those of Blackman and Harris, yet with a narrower main lobe. */
#define KAISER_BETA 9.0

enum
{
  SELECTION_CHANGED,
  POINTER_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusViewSession, chorus_view_session, G_TYPE_OBJECT)

void
chorus_view_session_notify (ChorusViewSession *self,
                            guint              property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
chorus_view_session_pointer_changed (ChorusViewSession *self)
{
  g_signal_emit (self, signals[POINTER_CHANGED], 0);
}

void
chorus_view_session_take_problem (ChorusViewSession *self,
                                  char              *problem)
{
  g_autofree char *taken = problem;

  if (g_strcmp0 (self->problem, taken) == 0)
    return;
  g_free (self->problem);
  self->problem = g_steal_pointer (&taken);
  chorus_view_session_notify (self, PROP_PROBLEM);
}

ChorusSampleSource *
chorus_view_session_get_source (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->source;
}

/* Forgets all that belonged to the recording before. */
static void
chorus_view_session_reset (ChorusViewSession *self)
{
  gboolean could_go_back = self->views->len > 0;

  g_array_set_size (self->views, 0);
  if (could_go_back)
    chorus_view_session_notify (self, PROP_CAN_GO_BACK);
  self->last_change = CHANGE_NONE;
  chorus_view_session_take_problem (self, NULL);
  chorus_view_session_set_selected_detection (self, NULL);
  chorus_view_session_set_selection (self, NULL, NULL);
  chorus_view_session_set_pointer (self, NAN, NAN);
  chorus_view_session_set_position (self, 0.0);
}

void
chorus_view_session_set_source (ChorusViewSession  *self,
                                ChorusSampleSource *source)
{
  ChorusViewport viewport = { 0 };

  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail (!source || CHORUS_IS_SAMPLE_SOURCE (source));

  if (!g_set_object (&self->source, source))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  chorus_view_session_reset_channels (self);
  if (source)
    chorus_view_session_apply_preset (self, chorus_sample_source_get_sample_rate (source));
  chorus_viewport_init (&viewport, source ? chorus_sample_source_get_duration (source) : 0.0,
                        source ? chorus_sample_source_get_sample_rate (source) : 0.0);
  viewport.scale = self->viewport.scale;
  chorus_view_session_apply (self, &viewport);
  chorus_view_session_apply_preset_band (self);
  chorus_view_session_reset (self);
  chorus_view_session_start_survey (self);
  chorus_view_session_notify (self, PROP_SOURCE);
  chorus_view_session_notify (self, PROP_DURATION);
  chorus_view_session_notify (self, PROP_NYQUIST);
  g_object_thaw_notify (G_OBJECT (self));
}

ChorusJobQueue *
chorus_view_session_get_job_queue (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->queue;
}

const ChorusRecordingTime *
chorus_view_session_get_recorded (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->recorded;
}

void
chorus_view_session_set_recorded (ChorusViewSession         *self,
                                  const ChorusRecordingTime *recorded)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (self->recorded == recorded)
    return;
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  self->recorded = recorded ? chorus_recording_time_copy (recorded) : NULL;
  chorus_view_session_notify (self, PROP_RECORDED);
}

gboolean
chorus_view_session_get_clock_time (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), FALSE);

  return self->clock_time;
}

void
chorus_view_session_set_clock_time (ChorusViewSession *self,
                                    gboolean           clock_time)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  clock_time = !!clock_time;
  if (self->clock_time == clock_time)
    return;
  self->clock_time = clock_time;
  chorus_view_session_notify (self, PROP_CLOCK_TIME);
}

const ChorusRecordingTime *
chorus_view_session_get_time_origin (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->clock_time ? self->recorded : NULL;
}

double
chorus_view_session_get_duration (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->viewport.duration;
}

double
chorus_view_session_get_sample_rate (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->viewport.nyquist * 2.0;
}

double
chorus_view_session_get_nyquist (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->viewport.nyquist;
}

double
chorus_view_session_get_position (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0.0);

  return self->position;
}

void
chorus_view_session_set_position (ChorusViewSession *self,
                                  double             position)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  position = isfinite (position) ? CLAMP (position, 0.0, self->viewport.duration) : 0.0;
  if (self->position == position)
    return;
  self->position = position;
  chorus_view_session_notify (self, PROP_POSITION);
}

gboolean
chorus_view_session_get_selection (ChorusViewSession   *self,
                                   ChorusTimeSpan      *span,
                                   ChorusFrequencyBand *band)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), FALSE);

  if (span)
    *span = self->selected_span;
  if (band)
    *band = self->selected_band;

  return self->has_selection;
}

gboolean
chorus_view_session_has_selected_band (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), FALSE);

  return self->has_selection && self->has_selected_band;
}

void
chorus_view_session_set_selection (ChorusViewSession         *self,
                                   const ChorusTimeSpan      *span,
                                   const ChorusFrequencyBand *band)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (span && (!isfinite (span->start) || !isfinite (span->end)))
    span = NULL;
  if (band && (!isfinite (band->low) || !isfinite (band->high)))
    band = NULL;
  if (!span && !self->has_selection)
    return;
  self->has_selection = span != NULL;
  self->has_selected_band = span && band;
  self->selected_span = (ChorusTimeSpan){ 0 };
  self->selected_band = (ChorusFrequencyBand){ 0.0, self->viewport.nyquist };
  if (span)
    {
      self->selected_span.start = CLAMP (MIN (span->start, span->end), 0.0, self->viewport.duration);
      self->selected_span.end = CLAMP (MAX (span->start, span->end), 0.0, self->viewport.duration);
    }
  if (self->has_selected_band)
    {
      self->selected_band.low = CLAMP (MIN (band->low, band->high), 0.0, self->viewport.nyquist);
      self->selected_band.high = CLAMP (MAX (band->low, band->high), 0.0, self->viewport.nyquist);
    }
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

gboolean
chorus_view_session_get_pointer (ChorusViewSession *self,
                                 double            *time,
                                 double            *frequency)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), FALSE);

  if (time)
    *time = self->pointer_time;
  if (frequency)
    *frequency = self->pointer_frequency;

  return !isnan (self->pointer_time);
}

static gboolean
chorus_view_session_is_same (double a,
                             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

void
chorus_view_session_set_pointer (ChorusViewSession *self,
                                 double             time,
                                 double             frequency)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (chorus_view_session_is_same (time, self->pointer_time)
      && chorus_view_session_is_same (frequency, self->pointer_frequency))
    return;
  self->pointer_time = time;
  self->pointer_frequency = frequency;
  g_signal_emit (self, signals[POINTER_CHANGED], 0);
}

ChorusDetection *
chorus_view_session_get_selected_detection (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->selected_detection;
}

void
chorus_view_session_set_selected_detection (ChorusViewSession *self,
                                            ChorusDetection   *detection)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));
  g_return_if_fail (!detection || CHORUS_IS_DETECTION (detection));

  if (g_set_object (&self->selected_detection, detection))
    chorus_view_session_notify (self, PROP_SELECTED_DETECTION);
}

const char *
chorus_view_session_get_problem (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return self->problem;
}

static void
chorus_view_session_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ChorusViewSession *self = CHORUS_VIEW_SESSION (object);

  switch (prop_id)
    {
    case PROP_SOURCE:
      g_value_set_object (value, self->source);
      break;
    case PROP_RECORDED:
      g_value_set_boxed (value, self->recorded);
      break;
    case PROP_CLOCK_TIME:
      g_value_set_boolean (value, self->clock_time);
      break;
    case PROP_DURATION:
      g_value_set_double (value, self->viewport.duration);
      break;
    case PROP_NYQUIST:
      g_value_set_double (value, self->viewport.nyquist);
      break;
    case PROP_VISIBLE_START:
      g_value_set_double (value, self->viewport.start);
      break;
    case PROP_VISIBLE_END:
      g_value_set_double (value, self->viewport.start + self->viewport.length);
      break;
    case PROP_LOW:
      g_value_set_double (value, chorus_viewport_get_band (&self->viewport).low);
      break;
    case PROP_HIGH:
      g_value_set_double (value, self->viewport.high);
      break;
    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    case PROP_SELECTED_DETECTION:
      g_value_set_object (value, self->selected_detection);
      break;
    case PROP_LOW_DB:
      g_value_set_double (value, self->low_db);
      break;
    case PROP_HIGH_DB:
      g_value_set_double (value, self->high_db);
      break;
    case PROP_AUTO_RANGE:
      g_value_set_boolean (value, self->auto_range);
      break;
    case PROP_COLOR_MAP:
      g_value_set_uint (value, self->color_map);
      break;
    case PROP_WINDOW_LENGTH:
      g_value_set_uint (value, self->window_length);
      break;
    case PROP_OVERLAP:
      g_value_set_double (value, self->overlap);
      break;
    case PROP_WINDOW_FUNCTION:
      g_value_set_uint (value, self->window_function);
      break;
    case PROP_KAISER_BETA:
      g_value_set_double (value, self->kaiser_beta);
      break;
    case PROP_FREQUENCY_SCALE:
      g_value_set_uint (value, self->viewport.scale);
      break;
    case PROP_PRESET:
      g_value_set_uint (value, self->preset);
      break;
    case PROP_BACKGROUND:
      g_value_set_uint (value, self->background);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, self->views->len > 0);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_CHANNEL:
      g_value_set_int (value, self->channel);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_view_session_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ChorusViewSession *self = CHORUS_VIEW_SESSION (object);

  switch (prop_id)
    {
    case PROP_SOURCE:
      chorus_view_session_set_source (self, g_value_get_object (value));
      break;
    case PROP_RECORDED:
      chorus_view_session_set_recorded (self, g_value_get_boxed (value));
      break;
    case PROP_CLOCK_TIME:
      chorus_view_session_set_clock_time (self, g_value_get_boolean (value));
      break;
    case PROP_POSITION:
      chorus_view_session_set_position (self, g_value_get_double (value));
      break;
    case PROP_SELECTED_DETECTION:
      chorus_view_session_set_selected_detection (self, g_value_get_object (value));
      break;
    case PROP_AUTO_RANGE:
      chorus_view_session_set_auto_range (self, g_value_get_boolean (value));
      break;
    case PROP_COLOR_MAP:
      chorus_view_session_set_color_map (self, g_value_get_uint (value));
      break;
    case PROP_WINDOW_LENGTH:
      chorus_view_session_set_window_length (self, g_value_get_uint (value));
      break;
    case PROP_OVERLAP:
      chorus_view_session_set_overlap (self, g_value_get_double (value));
      break;
    case PROP_WINDOW_FUNCTION:
      chorus_view_session_set_window_function (self, g_value_get_uint (value));
      break;
    case PROP_CHANNEL:
      chorus_view_session_set_channel (self, g_value_get_int (value));
      break;
    case PROP_KAISER_BETA:
      chorus_view_session_set_kaiser_beta (self, g_value_get_double (value));
      break;
    case PROP_FREQUENCY_SCALE:
      chorus_view_session_set_frequency_scale (self, g_value_get_uint (value));
      break;
    case PROP_PRESET:
      chorus_view_session_set_preset (self, g_value_get_uint (value));
      break;
    case PROP_BACKGROUND:
      chorus_view_session_set_background (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_view_session_dispose (GObject *object)
{
  ChorusViewSession *self = CHORUS_VIEW_SESSION (object);

  chorus_view_session_cancel_survey (self);
  chorus_view_session_cancel_background (self);
  g_clear_pointer (&self->level_background, chorus_level_background_unref);
  g_hash_table_remove_all (self->tiles);
  g_clear_object (&self->pool);
  g_clear_object (&self->source);
  g_clear_object (&self->selected_detection);

  G_OBJECT_CLASS (chorus_view_session_parent_class)->dispose (object);
}

static void
chorus_view_session_finalize (GObject *object)
{
  ChorusViewSession *self = CHORUS_VIEW_SESSION (object);

  g_clear_object (&self->queue);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_clear_pointer (&self->views, g_array_unref);
  g_clear_pointer (&self->tiles, g_hash_table_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (chorus_view_session_parent_class)->finalize (object);
}

static void
chorus_view_session_class_init (ChorusViewSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = chorus_view_session_get_property;
  object_class->set_property = chorus_view_session_set_property;
  object_class->dispose = chorus_view_session_dispose;
  object_class->finalize = chorus_view_session_finalize;

  properties[PROP_SOURCE] = g_param_spec_object ("source", NULL, NULL, CHORUS_TYPE_SAMPLE_SOURCE, writable);
  properties[PROP_RECORDED] = g_param_spec_boxed ("recorded", NULL, NULL, CHORUS_TYPE_RECORDING_TIME, writable);
  properties[PROP_CLOCK_TIME] = g_param_spec_boolean ("clock-time", NULL, NULL, FALSE, writable);
  properties[PROP_DURATION] = g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_NYQUIST] = g_param_spec_double ("nyquist", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_VISIBLE_START] = g_param_spec_double ("visible-start", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_VISIBLE_END] = g_param_spec_double ("visible-end", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_LOW] = g_param_spec_double ("low", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_HIGH] = g_param_spec_double ("high", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0, G_MAXDOUBLE, 0, writable);
  properties[PROP_SELECTED_DETECTION] =
    g_param_spec_object ("selected-detection", NULL, NULL, CHORUS_TYPE_DETECTION, writable);
  properties[PROP_LOW_DB] = g_param_spec_double ("low-db", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, -100, readable);
  properties[PROP_HIGH_DB] = g_param_spec_double ("high-db", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, -30, readable);
  properties[PROP_AUTO_RANGE] = g_param_spec_boolean ("auto-range", NULL, NULL, TRUE, writable);
  properties[PROP_COLOR_MAP] =
    g_param_spec_uint ("color-map", NULL, NULL, 0, CHORUS_COLOR_MAP_GRAY_INVERTED, CHORUS_COLOR_MAP_MAGMA, writable);
  properties[PROP_WINDOW_LENGTH] = g_param_spec_uint ("window-length", NULL, NULL, CHORUS_STFT_MIN_WINDOW_LENGTH,
                                                      CHORUS_STFT_MAX_WINDOW_LENGTH, 1024, writable);
  properties[PROP_OVERLAP] =
    g_param_spec_double ("overlap", NULL, NULL, 0, CHORUS_VIEW_SESSION_MOST_OVERLAP, 0.5, writable);
  properties[PROP_WINDOW_FUNCTION] = g_param_spec_uint ("window-function", NULL, NULL, 0, CHORUS_WINDOW_FUNCTION_KAISER,
                                                        CHORUS_WINDOW_FUNCTION_HANN, writable);
  properties[PROP_KAISER_BETA] =
    g_param_spec_double ("kaiser-beta", NULL, NULL, 0, CHORUS_VIEW_SESSION_MOST_BETA, KAISER_BETA, writable);
  properties[PROP_FREQUENCY_SCALE] =
    g_param_spec_uint ("frequency-scale", NULL, NULL, 0, CHORUS_FREQUENCY_SCALE_MEL, 0, writable);
  properties[PROP_PRESET] = g_param_spec_uint ("preset", NULL, NULL, 0, CHORUS_VIEW_PRESET_N - 1, 0, writable);
  properties[PROP_BACKGROUND] =
    g_param_spec_uint ("background", NULL, NULL, 0, CHORUS_BACKGROUND_MODE_REMOVED, 0, writable);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, readable);
  properties[PROP_CHANNEL] =
    g_param_spec_int ("channel", NULL, NULL, CHORUS_CHANNEL_ALL, G_MAXUINT16, CHORUS_CHANNEL_MIX, writable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[POINTER_CHANGED] =
    g_signal_new ("pointer-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_view_session_init (ChorusViewSession *self)
{
  self->queue = chorus_job_queue_new (0);
  self->views = g_array_new (FALSE, FALSE, sizeof (ChorusViewport));
  self->tiles = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->choices = g_hash_table_new (NULL, NULL);
  self->channel = CHORUS_CHANNEL_MIX;
  self->pointer_channel = CHORUS_CHANNEL_MIX;
  self->pointer_time = NAN;
  self->pointer_frequency = NAN;
  self->low_db = -100.0;
  self->high_db = -30.0;
  self->auto_range = TRUE;
  self->color_map = CHORUS_COLOR_MAP_MAGMA;
  self->window_length = 1024;
  self->overlap = 0.5;
  self->window_function = CHORUS_WINDOW_FUNCTION_HANN;
  self->kaiser_beta = KAISER_BETA;
  self->other_low_db = 3.0;
  self->other_high_db = 43.0;
}

ChorusViewSession *
chorus_view_session_new (void)
{
  return g_object_new (CHORUS_TYPE_VIEW_SESSION, NULL);
}
