/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-playback-stream.h"
#include "chorus-playback-treatment.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * ChorusPlayback:
 *
 * The GStreamer side of a player: a pipeline that is fed with samples, and a thread of its own on which every call
 * that may wait for an audio device is made. The functions below only leave a message for that thread.
 */
typedef struct _ChorusPlayback ChorusPlayback;

/**
 * ChorusPlaybackEvent:
 * @CHORUS_PLAYBACK_EVENT_POSITION: the position is now at a frame
 * @CHORUS_PLAYBACK_EVENT_FINISHED: the last sample was heard
 * @CHORUS_PLAYBACK_EVENT_FAILED: nothing more will be heard
 *
 * What a playback reports.
 */
typedef enum
{
  CHORUS_PLAYBACK_EVENT_POSITION,
  CHORUS_PLAYBACK_EVENT_FINISHED,
  CHORUS_PLAYBACK_EVENT_FAILED,
} ChorusPlaybackEvent;

/**
 * ChorusPlaybackFunc:
 * @event: what happened
 * @serial: the serial of the span that it happened to
 * @frame: for POSITION, the frame that is heard now, with its fraction
 * @sentence: (nullable): for FAILED, what to tell the user
 * @user_data: what was given with the function
 *
 * Called on the main context of the thread that made the playback.
 */
typedef void (*ChorusPlaybackFunc) (ChorusPlaybackEvent event,
                                    guint serial,
                                    double frame,
                                    const char *sentence,
                                    gpointer user_data);

/**
 * chorus_playback_new:
 * @func: what to tell events to
 * @user_data: passed to @func
 *
 * Starts the thread.
 *
 * Returns: (transfer full): a playback; end it with chorus_playback_close()
 */
ChorusPlayback *chorus_playback_new (ChorusPlaybackFunc func,
                                     gpointer           user_data);

/**
 * chorus_playback_close:
 * @self: (transfer full) (nullable): a playback
 *
 * Stops, without waiting. The function is not called any more once this returns.
 */
void chorus_playback_close (ChorusPlayback *self);

/**
 * chorus_playback_play:
 * @self: a playback
 * @source: what to play
 * @span: what to play of it
 * @serial: comes back with every event of this span
 *
 * Abandons what is played and plays a span.
 */
void chorus_playback_play (ChorusPlayback           *self,
                           ChorusSampleSource       *source,
                           const ChorusPlaybackSpan *span,
                           guint                     serial);

/**
 * chorus_playback_pause:
 * @self: a playback
 *
 * Holds the span where it is.
 */
void chorus_playback_pause (ChorusPlayback *self);

/**
 * chorus_playback_resume:
 * @self: a playback
 *
 * Goes on after chorus_playback_pause().
 */
void chorus_playback_resume (ChorusPlayback *self);

/**
 * chorus_playback_stop:
 * @self: a playback
 *
 * Abandons the span and lets go of its source.
 */
void chorus_playback_stop (ChorusPlayback *self);

/**
 * chorus_playback_set_treatment:
 * @self: a playback
 * @treatment: what to do to samples
 *
 * Sets what is done to samples, now and for all spans to come. While a span plays this is heard as soon as what the
 * audio device holds already was heard, and without a gap, except where the rate at which samples are heard changes:
 * then the device is opened anew, with a short silence between a fade-out and a fade-in, and no sample is passed over.
 */
void chorus_playback_set_treatment (ChorusPlayback                *self,
                                    const ChorusPlaybackTreatment *treatment);

G_END_DECLS
