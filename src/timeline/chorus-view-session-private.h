/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusViewSession share: -navigation.c moves the view, -drawing.c has how it is drawn,
 * -channels.c what of the recording. */

#pragma once

#include "chorus-view-session.h"
#include "chorus-viewport.h"

G_BEGIN_DECLS

/* Changes that go on from one event to the next make one view to go back over. */
typedef enum
{
  CHANGE_NONE,
  CHANGE_ZOOM,
  CHANGE_PAN,
  CHANGE_JUMP,
} ChorusViewChange;

struct _ChorusViewSession
{
  GObject parent_instance;

  /* Owned references */
  ChorusSampleSource *source;
  ChorusJobQueue *queue;
  ChorusTilePool *pool;
  ChorusRecordingTime *recorded;
  ChorusDetection *selected_detection;
  char *problem;

  /* Which channels are shown. Tile caches by channel, as they are asked for; and what was chosen last for recordings of
   * so many channels. */
  int channel;
  GHashTable *tiles;
  GHashTable *choices;
  int pointer_channel;

  /* The view, and those before it */
  ChorusViewport viewport;
  GArray *views;
  ChorusViewChange last_change;

  /* State */
  double position;
  double pointer_time;
  double pointer_frequency;
  ChorusTimeSpan selected_span;
  ChorusFrequencyBand selected_band;
  gboolean has_selection;
  gboolean has_selected_band;
  gboolean clock_time;

  /* How it is drawn */
  double low_db;
  double high_db;
  gboolean auto_range;
  guint64 survey_job;
  ChorusColorMap color_map;
  guint window_length;
  double overlap;
  ChorusWindowFunction window_function;
  double kaiser_beta;
  ChorusViewPreset preset;
  /* While a preset is applied, what changes is not set by hand. */
  gboolean applying_preset;
  ChorusBackgroundMode background;
  ChorusLevelBackground *level_background;
  guint64 background_job;
  /* The range of the mode that is not shown */
  double other_low_db;
  double other_high_db;
};

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_RECORDED,
  PROP_CLOCK_TIME,
  PROP_DURATION,
  PROP_NYQUIST,
  PROP_VISIBLE_START,
  PROP_VISIBLE_END,
  PROP_LOW,
  PROP_HIGH,
  PROP_POSITION,
  PROP_SELECTED_DETECTION,
  PROP_LOW_DB,
  PROP_HIGH_DB,
  PROP_AUTO_RANGE,
  PROP_COLOR_MAP,
  PROP_WINDOW_LENGTH,
  PROP_OVERLAP,
  PROP_WINDOW_FUNCTION,
  PROP_KAISER_BETA,
  PROP_FREQUENCY_SCALE,
  PROP_PRESET,
  PROP_BACKGROUND,
  PROP_CAN_GO_BACK,
  PROP_PROBLEM,
  PROP_CHANNEL,
  N_PROPS,
};

void chorus_view_session_notify (ChorusViewSession *self,
                                 guint              property);

/* Takes @viewport as the new view and says what is different. */
void chorus_view_session_apply (ChorusViewSession    *self,
                                const ChorusViewport *viewport);

/* Finds the range of the recording on a worker, where it is to be found by itself. */
void chorus_view_session_start_survey (ChorusViewSession *self);

void chorus_view_session_cancel_survey (ChorusViewSession *self);

/* The pointer is over another channel, at the same time and frequency perhaps. */
void chorus_view_session_pointer_changed (ChorusViewSession *self);

void chorus_view_session_take_problem (ChorusViewSession *self,
                                       char              *problem);

/* Starts over with the tiles of another source, and with what was last chosen for as many channels. */
void chorus_view_session_reset_channels (ChorusViewSession *self);

/* Fills in which channels are shown: at most CHORUS_VIEW_SESSION_MOST_STACKED. Returns how many. */
guint chorus_view_session_get_shown_channels (ChorusViewSession *self,
                                              int               *channels);

/* Has the levels of all channels computed anew. */
void chorus_view_session_set_tile_params (ChorusViewSession      *self,
                                          const ChorusStftParams *params);

/* Sets what the preset asks for in a recording of @sample_rate, except for the band. */
void chorus_view_session_apply_preset (ChorusViewSession *self,
                                       double             sample_rate);

/* Shows the band that the preset asks for, without a view to go back over. */
void chorus_view_session_apply_preset_band (ChorusViewSession *self);

/* The frequencies that the range is found from. */
ChorusFrequencyBand chorus_view_session_get_survey_band (ChorusViewSession *self);

/* Sets the range, as far as levels go. */
void chorus_view_session_apply_range (ChorusViewSession *self,
                                      double             low_db,
                                      double             high_db);

/* Finds the background on a worker, where it is to be removed and has not been found. */
void chorus_view_session_start_background (ChorusViewSession *self);

void chorus_view_session_cancel_background (ChorusViewSession *self);

/* How levels are computed. */
ChorusStftParams chorus_view_session_get_stft_params (ChorusViewSession *self);

G_END_DECLS
