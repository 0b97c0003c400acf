/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-frequency-band.h"
#include "core/chorus-recording-time.h"
#include "core/chorus-time-span.h"
#include "dsp/chorus-color-map.h"
#include "dsp/chorus-stft.h"
#include "library/chorus-detection.h"

#include "chorus-frequency-scale.h"
#include "chorus-level-background.h"
#include "chorus-tile-cache.h"
#include "chorus-view-preset.h"

G_BEGIN_DECLS

/* In the place of a channel: each by itself, above one another. */
#define CHORUS_CHANNEL_ALL (-2)
/* More channels than this are not shown above one another. */
#define CHORUS_VIEW_SESSION_MOST_STACKED 32

/**
 * ChorusBackgroundMode:
 * @CHORUS_BACKGROUND_MODE_SHOWN: levels as they are, in dBFS
 * @CHORUS_BACKGROUND_MODE_REMOVED: levels above the median of each frequency, in dB
 *
 * What becomes of sound that is always there.
 */
typedef enum
{
  CHORUS_BACKGROUND_MODE_SHOWN,
  CHORUS_BACKGROUND_MODE_REMOVED,
} ChorusBackgroundMode;

#define CHORUS_TYPE_VIEW_SESSION (chorus_view_session_get_type ())

/**
 * ChorusViewSession:
 *
 * All that the views of one recording have in common: what is shown of it, how it is drawn, what is selected. Views
 * bind to the session and never to each other.
 *
 * The visible span and band always lie within the recording and never become narrower than a person can use; whoever
 * sets them may ask for anything.
 *
 * Properties, all with explicit notification:
 * "source" (ChorusSampleSource), "recorded" (ChorusRecordingTime), "clock-time" (boolean), "duration" (seconds,
 * read-only), "nyquist" (Hz, read-only), "visible-start" and "visible-end" (seconds), "low" and "high" (Hz),
 * "position" (seconds), "selected-detection" (ChorusDetection), "low-db", "high-db" (dBFS), "auto-range" (boolean),
 * "color-map" (uint, a ChorusColorMap), "window-length" (uint, samples), "overlap" (0 to 0.95), "window-function"
 * (uint, a ChorusWindowFunction), "kaiser-beta" (0 to 30), "frequency-scale" (uint, a ChorusFrequencyScale), "preset"
 * (uint, a ChorusViewPreset), "background" (uint, a ChorusBackgroundMode; notified again when what is removed has been
 * found), "can-go-back" (boolean, read-only), "problem" (string, read-only), "channel" (int, a channel counted from 0, or
 * %CHORUS_CHANNEL_MIX or %CHORUS_CHANNEL_ALL).
 *
 * Signals: "selection-changed"; "pointer-changed".
 */
G_DECLARE_FINAL_TYPE (ChorusViewSession, chorus_view_session, CHORUS, VIEW_SESSION, GObject)

/**
 * chorus_view_session_new:
 *
 * Returns: (transfer full): a session without a recording
 */
ChorusViewSession *chorus_view_session_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_view_session_get_source:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): the samples of the recording
 */
ChorusSampleSource *chorus_view_session_get_source (ChorusViewSession *self);

/**
 * chorus_view_session_set_source:
 * @self: a view session
 * @source: (nullable): the samples of a recording
 *
 * Shows another recording, all of it. Selection, position and earlier views are forgotten; how it is drawn stays.
 */
void chorus_view_session_set_source (ChorusViewSession  *self,
                                     ChorusSampleSource *source);

/**
 * chorus_view_session_get_n_channels:
 * @self: a view session
 *
 * Returns: how many channels the recording has; 0 without one
 */
guint chorus_view_session_get_n_channels (ChorusViewSession *self);

/**
 * chorus_view_session_get_channel:
 * @self: a view session
 *
 * Returns: the channel that is shown, counted from 0, or %CHORUS_CHANNEL_MIX or %CHORUS_CHANNEL_ALL
 */
int chorus_view_session_get_channel (ChorusViewSession *self);

/**
 * chorus_view_session_set_channel:
 * @self: a view session
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX or %CHORUS_CHANNEL_ALL
 *
 * Shows a channel, all of them above one another, or their mean. What cannot be shown becomes the mix: a channel that
 * does not exist, all of just one, or of more than %CHORUS_VIEW_SESSION_MOST_STACKED. The choice comes back with the next
 * recording of as many channels.
 */
void chorus_view_session_set_channel (ChorusViewSession *self,
                                      int                channel);

/**
 * chorus_view_session_get_tiles:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): the levels and peaks of the one channel that is shown, or of the mix; %NULL
 *   without a recording, and where all channels are shown. Replaced together with "source" and "channel", and before
 *   those are notified.
 */
ChorusTileCache *chorus_view_session_get_tiles (ChorusViewSession *self);

/**
 * chorus_view_session_get_channel_tiles:
 * @self: a view session
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 *
 * Returns: (transfer none) (nullable): the levels and peaks of @channel, shown or not, or %NULL where there is none
 */
ChorusTileCache *chorus_view_session_get_channel_tiles (ChorusViewSession *self,
                                                        int                channel);

/**
 * chorus_view_session_get_pointer_channel:
 * @self: a view session
 *
 * Returns: the channel that the pointer is over, or was last, counted from 0; %CHORUS_CHANNEL_MIX over the mix
 */
int chorus_view_session_get_pointer_channel (ChorusViewSession *self);

/**
 * chorus_view_session_set_pointer_channel:
 * @self: a view session
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 *
 * Says which channel [method@ViewSession.set_pointer] is about.
 */
void chorus_view_session_set_pointer_channel (ChorusViewSession *self,
                                              int                channel);

/**
 * chorus_view_session_get_job_queue:
 * @self: a view session
 *
 * Returns: (transfer none): where whatever draws this recording does its work
 */
ChorusJobQueue *chorus_view_session_get_job_queue (ChorusViewSession *self);

/**
 * chorus_view_session_get_recorded:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): when the recording began
 */
const ChorusRecordingTime *chorus_view_session_get_recorded (ChorusViewSession *self);

/**
 * chorus_view_session_set_recorded:
 * @self: a view session
 * @recorded: (nullable): when the recording began
 */
void chorus_view_session_set_recorded (ChorusViewSession         *self,
                                       const ChorusRecordingTime *recorded);

/**
 * chorus_view_session_get_clock_time:
 * @self: a view session
 *
 * Returns: whether time is shown by the clock, where that is known, and not from the start of the recording
 */
gboolean chorus_view_session_get_clock_time (ChorusViewSession *self);

void chorus_view_session_set_clock_time (ChorusViewSession *self,
                                         gboolean           clock_time);

/**
 * chorus_view_session_get_time_origin:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): when the recording began, where time is shown by the clock, or %NULL where it is
 *   counted from the start
 */
const ChorusRecordingTime *chorus_view_session_get_time_origin (ChorusViewSession *self);

/**
 * chorus_view_session_get_duration:
 * @self: a view session
 *
 * Returns: the length of the recording, in seconds; 0 without one
 */
double chorus_view_session_get_duration (ChorusViewSession *self);

/**
 * chorus_view_session_get_sample_rate:
 * @self: a view session
 *
 * Returns: sample frames per second, in Hz; 0 without a recording
 */
double chorus_view_session_get_sample_rate (ChorusViewSession *self);

/**
 * chorus_view_session_get_nyquist:
 * @self: a view session
 *
 * Returns: the highest frequency there can be, in Hz; 0 without a recording
 */
double chorus_view_session_get_nyquist (ChorusViewSession *self);

/**
 * chorus_view_session_get_visible_span:
 * @self: a view session
 *
 * Returns: the time that is shown, in seconds
 */
ChorusTimeSpan chorus_view_session_get_visible_span (ChorusViewSession *self);

/**
 * chorus_view_session_get_visible_length:
 * @self: a view session
 *
 * The length of the visible span. While the view is panned this stays the same to the last bit, which the difference
 * of the two ends does not.
 *
 * Returns: the length, in seconds
 */
double chorus_view_session_get_visible_length (ChorusViewSession *self);

/**
 * chorus_view_session_get_visible_band:
 * @self: a view session
 *
 * Returns: the frequencies that are shown, in Hz; above 0 on a logarithmic scale
 */
ChorusFrequencyBand chorus_view_session_get_visible_band (ChorusViewSession *self);

/**
 * chorus_view_session_set_visible_band:
 * @self: a view session
 * @low: lower edge, in Hz
 * @high: upper edge, in Hz
 *
 * Shows another band.
 */
void chorus_view_session_set_visible_band (ChorusViewSession *self,
                                           double             low,
                                           double             high);

/**
 * chorus_view_session_zoom:
 * @self: a view session
 * @factor: above 1 to see less and larger
 * @time: the instant that stays where it is, in seconds
 *
 * Zooms in time. Many in a row count as one view to go back over.
 */
void chorus_view_session_zoom (ChorusViewSession *self,
                               double             factor,
                               double             time);

/**
 * chorus_view_session_zoom_band:
 * @self: a view session
 * @factor: above 1 to see less and larger
 * @frequency: the frequency that stays where it is, in Hz
 *
 * Zooms in frequency.
 */
void chorus_view_session_zoom_band (ChorusViewSession *self,
                                    double             factor,
                                    double             frequency);

/**
 * chorus_view_session_pan:
 * @self: a view session
 * @seconds: how far; positive shows later sound
 *
 * Moves the visible span, as far as the recording goes.
 */
void chorus_view_session_pan (ChorusViewSession *self,
                              double             seconds);

/**
 * chorus_view_session_shift_band:
 * @self: a view session
 * @part: how far, as a part of the visible height; positive shows higher sound
 *
 * Moves the visible band. On every scale the picture moves as a whole.
 */
void chorus_view_session_shift_band (ChorusViewSession *self,
                                     double             part);

/**
 * chorus_view_session_fit:
 * @self: a view session
 *
 * Shows all of the recording.
 */
void chorus_view_session_fit (ChorusViewSession *self);

/**
 * chorus_view_session_show:
 * @self: a view session
 * @span: seconds
 * @band: (nullable): Hz, or %NULL to leave the band alone
 *
 * Shows exactly this, as far as it exists.
 */
void chorus_view_session_show (ChorusViewSession         *self,
                               const ChorusTimeSpan      *span,
                               const ChorusFrequencyBand *band);

/**
 * chorus_view_session_reveal:
 * @self: a view session
 * @span: seconds
 *
 * Pans as little as needed to see @span with some air around it; zooms out only where it would not fit.
 */
void chorus_view_session_reveal (ChorusViewSession    *self,
                                 const ChorusTimeSpan *span);

/**
 * chorus_view_session_follow:
 * @self: a view session
 * @position: what is being heard, in seconds
 *
 * Turns the page when @position has left the visible span.
 */
void chorus_view_session_follow (ChorusViewSession *self,
                                 double             position);

/**
 * chorus_view_session_get_can_go_back:
 * @self: a view session
 *
 * Returns: whether there is an earlier view
 */
gboolean chorus_view_session_get_can_go_back (ChorusViewSession *self);

/**
 * chorus_view_session_go_back:
 * @self: a view session
 *
 * Returns to the view before the last zoom, fit or show.
 */
void chorus_view_session_go_back (ChorusViewSession *self);

/**
 * chorus_view_session_get_position:
 * @self: a view session
 *
 * Returns: the play position, in seconds
 */
double chorus_view_session_get_position (ChorusViewSession *self);

void chorus_view_session_set_position (ChorusViewSession *self,
                                       double             position);

/**
 * chorus_view_session_get_selection:
 * @self: a view session
 * @span: (out) (optional): seconds
 * @band: (out) (optional): Hz; all that there is when only time is selected
 *
 * Returns: whether anything is selected
 */
gboolean chorus_view_session_get_selection (ChorusViewSession   *self,
                                            ChorusTimeSpan      *span,
                                            ChorusFrequencyBand *band);

/**
 * chorus_view_session_has_selected_band:
 * @self: a view session
 *
 * Returns: whether the selection is of a band, and not of all frequencies
 */
gboolean chorus_view_session_has_selected_band (ChorusViewSession *self);

/**
 * chorus_view_session_set_selection:
 * @self: a view session
 * @span: (nullable): seconds, its ends in any order; %NULL to select nothing
 * @band: (nullable): Hz; %NULL to select all frequencies
 *
 * Selects a part of the recording.
 */
void chorus_view_session_set_selection (ChorusViewSession         *self,
                                        const ChorusTimeSpan      *span,
                                        const ChorusFrequencyBand *band);

/**
 * chorus_view_session_get_pointer:
 * @self: a view session
 * @time: (out) (optional): seconds, or NAN
 * @frequency: (out) (optional): Hz, or NAN where the pointer is not over frequencies
 *
 * Returns: whether the pointer is over the recording
 */
gboolean chorus_view_session_get_pointer (ChorusViewSession *self,
                                          double            *time,
                                          double            *frequency);

/**
 * chorus_view_session_set_pointer:
 * @self: a view session
 * @time: seconds, or NAN when the pointer has left
 * @frequency: Hz, or NAN
 */
void chorus_view_session_set_pointer (ChorusViewSession *self,
                                      double             time,
                                      double             frequency);

/**
 * chorus_view_session_get_selected_detection:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): the detection that is looked at
 */
ChorusDetection *chorus_view_session_get_selected_detection (ChorusViewSession *self);

void chorus_view_session_set_selected_detection (ChorusViewSession *self,
                                                 ChorusDetection   *detection);

/**
 * chorus_view_session_get_low_db:
 * @self: a view session
 *
 * Returns: the level at the dark end of the color map, in dBFS, or in dB above the background while that is removed
 */
double chorus_view_session_get_low_db (ChorusViewSession *self);

/**
 * chorus_view_session_get_high_db:
 * @self: a view session
 *
 * Returns: the level at the bright end of the color map, in dBFS, or in dB above the background while that is removed
 */
double chorus_view_session_get_high_db (ChorusViewSession *self);

/**
 * chorus_view_session_set_range:
 * @self: a view session
 * @low_db: level at the dark end, in dBFS
 * @high_db: level at the bright end, in dBFS; brought to at least 10 dB above @low_db
 *
 * Sets the range by hand, which ends the automatic choice. Costs no transform.
 */
void chorus_view_session_set_range (ChorusViewSession *self,
                                    double             low_db,
                                    double             high_db);

/**
 * chorus_view_session_get_auto_range:
 * @self: a view session
 *
 * Returns: whether the range follows the recording's own levels
 */
gboolean chorus_view_session_get_auto_range (ChorusViewSession *self);

void chorus_view_session_set_auto_range (ChorusViewSession *self,
                                         gboolean           auto_range);

ChorusColorMap chorus_view_session_get_color_map (ChorusViewSession *self);

void chorus_view_session_set_color_map (ChorusViewSession *self,
                                        ChorusColorMap     color_map);

/**
 * chorus_view_session_get_window_length:
 * @self: a view session
 *
 * Returns: the length of a transform, in samples
 */
guint chorus_view_session_get_window_length (ChorusViewSession *self);

/**
 * chorus_view_session_set_window_length:
 * @self: a view session
 * @window_length: samples; brought to the nearest power of two from 128 to 16384
 */
void chorus_view_session_set_window_length (ChorusViewSession *self,
                                            guint              window_length);

/**
 * chorus_view_session_get_overlap:
 * @self: a view session
 *
 * Returns: how much of a transform its successor shares, 0 to 0.95
 */
double chorus_view_session_get_overlap (ChorusViewSession *self);

void chorus_view_session_set_overlap (ChorusViewSession *self,
                                      double             overlap);

ChorusWindowFunction chorus_view_session_get_window_function (ChorusViewSession *self);

void chorus_view_session_set_window_function (ChorusViewSession    *self,
                                              ChorusWindowFunction  function);

/**
 * chorus_view_session_get_kaiser_beta:
 * @self: a view session
 *
 * Returns: the shape of a Kaiser window, 0 to 30
 */
double chorus_view_session_get_kaiser_beta (ChorusViewSession *self);

void chorus_view_session_set_kaiser_beta (ChorusViewSession *self,
                                          double             beta);

/**
 * chorus_view_session_get_frequency_scale:
 * @self: a view session
 *
 * Returns: what is even along the frequency axis
 */
ChorusFrequencyScale chorus_view_session_get_frequency_scale (ChorusViewSession *self);

/**
 * chorus_view_session_set_frequency_scale:
 * @self: a view session
 * @scale: what is even along the frequency axis
 *
 * Shows the same band on another scale. Costs no transform.
 */
void chorus_view_session_set_frequency_scale (ChorusViewSession    *self,
                                              ChorusFrequencyScale  scale);

/**
 * chorus_view_session_get_preset:
 * @self: a view session
 *
 * Returns: what transform, range and scale follow from; %CHORUS_VIEW_PRESET_CUSTOM once any of them was set by itself
 */
ChorusViewPreset chorus_view_session_get_preset (ChorusViewSession *self);

/**
 * chorus_view_session_set_preset:
 * @self: a view session
 * @preset: a preset
 *
 * Sets transform, range, scale and band, for this recording and for those that follow, each by its sample rate.
 * %CHORUS_VIEW_PRESET_CUSTOM leaves everything as it is.
 */
void chorus_view_session_set_preset (ChorusViewSession *self,
                                     ChorusViewPreset   preset);

/**
 * chorus_view_session_get_background:
 * @self: a view session
 *
 * Returns: whether sound that is always there is shown
 */
ChorusBackgroundMode chorus_view_session_get_background (ChorusViewSession *self);

/**
 * chorus_view_session_set_background:
 * @self: a view session
 * @background: whether sound that is always there is shown
 *
 * Takes the background away or shows it. Costs no transform of what has been computed; the background itself is found
 * from a thousand frames on a worker. There is a range of levels for either.
 */
void chorus_view_session_set_background (ChorusViewSession    *self,
                                         ChorusBackgroundMode  background);

/**
 * chorus_view_session_get_level_background:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): what is to be taken away, or %NULL where nothing is or it has not been found yet
 */
ChorusLevelBackground *chorus_view_session_get_level_background (ChorusViewSession *self);

/**
 * chorus_view_session_get_problem:
 * @self: a view session
 *
 * Returns: (transfer none) (nullable): a sentence that says why the recording cannot be shown
 */
const char *chorus_view_session_get_problem (ChorusViewSession *self);

G_END_DECLS
