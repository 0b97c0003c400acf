/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusRecordingView share: -actions.c has what keys and buttons do,
 * -channels.c which plots are seen. */

#pragma once

#include "chorus-recording-view.h"

#include "chorus-channel-chooser.h"
#include "chorus-channel-stack.h"
#include "chorus-level-legend.h"
#include "chorus-overview-view.h"
#include "chorus-playback-settings.h"
#include "chorus-ruler.h"
#include "chorus-save-bar.h"
#include "chorus-saver.h"
#include "chorus-selection-grip.h"
#include "chorus-selection-info.h"
#include "chorus-spectrogram-view.h"
#include "chorus-view-settings.h"
#include "chorus-waveform-view.h"

G_BEGIN_DECLS

struct _ChorusRecordingView
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *plots;
  ChorusOverviewView *overview;
  ChorusWaveformView *waveform;
  ChorusSpectrogramView *spectrogram;
  ChorusChannelStack *channel_stack;
  GtkScrollbar *channel_scrollbar;
  ChorusChannelChooser *channel_chooser;
  GtkSizeGroup *margins;
  ChorusRuler *frequency_ruler;
  ChorusRuler *time_ruler;
  ChorusLevelLegend *legend;
  ChorusViewSettings *settings;
  GtkWidget *play_button;
  GtkMenuButton *playback_button;
  ChorusPlaybackSettings *playback_settings;
  GtkWidget *zoom_frame;
  GtkWidget *selection_button;
  ChorusSelectionInfo *selection_info;
  GtkLabel *time_label;
  GtkLabel *frequency_label;
  GtkLabel *level_label;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkWidget *dismiss_button;
  ChorusSaveBar *save_bar;
  ChorusSelectionGrip *selection_grip;

  /* Owned references */
  ChorusViewSession *session;
  ChorusPlayer *player;
  GListModel *detections;
  ChorusSaver *saver;
  char *recording_name;
  char *play_problem;

  gboolean band_limited;
};

/* Has the plots for one channel and those for all follow the session. */
void chorus_recording_view_connect_channels (ChorusRecordingView *self);

/* The level under the pointer in the channel it is over, in dBFS, or NAN. */
double chorus_recording_view_get_pointer_level (ChorusRecordingView *self);

/* Joins what is heard to what is shown. */
void chorus_recording_view_connect_playback (ChorusRecordingView *self);

void chorus_recording_view_install_actions (GtkWidgetClass *widget_class);

/* Allows what there is something to do for. */
void chorus_recording_view_update_actions (ChorusRecordingView *self);

/* Goes to @time, in seconds, and plays on from there if it plays. */
void chorus_recording_view_seek (ChorusRecordingView *self,
                                 double               time);

/* Says what cannot be heard, or NULL when that is over. */
void chorus_recording_view_set_play_problem (ChorusRecordingView *self,
                                             const char          *sentence);

G_END_DECLS
