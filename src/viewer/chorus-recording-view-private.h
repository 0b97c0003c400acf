/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusRecordingView share: -actions.c has what keys and buttons do. */

#pragma once

#include "chorus-recording-view.h"

#include "chorus-overview-view.h"
#include "chorus-ruler.h"
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
  ChorusRuler *frequency_ruler;
  ChorusRuler *time_ruler;
  ChorusViewSettings *settings;
  GtkWidget *play_button;
  GtkLabel *time_label;
  GtkLabel *frequency_label;
  GtkLabel *level_label;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkWidget *dismiss_button;

  /* Owned references */
  ChorusViewSession *session;
  ChorusPlayer *player;
  GListModel *detections;
  char *play_problem;

  /* What is played, and over again when looping; without an end below 0 */
  ChorusTimeSpan played;
  gboolean looping;
};

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
