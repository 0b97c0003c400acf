/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-image.h"
#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

/**
 * ChorusFigureFormat:
 * @CHORUS_FIGURE_FORMAT_PNG: pixels, with their size in the world
 * @CHORUS_FIGURE_FORMAT_SVG: lines and outlines of letters, with the spectrogram as an image
 * @CHORUS_FIGURE_FORMAT_PDF: lines and text, with the spectrogram as an image
 *
 * What a figure is saved as.
 */
typedef enum
{
  CHORUS_FIGURE_FORMAT_PNG,
  CHORUS_FIGURE_FORMAT_SVG,
  CHORUS_FIGURE_FORMAT_PDF,
} ChorusFigureFormat;

/**
 * ChorusFigureTime:
 * @CHORUS_FIGURE_TIME_RECORDING: from the start of the recording
 * @CHORUS_FIGURE_TIME_FIGURE: from the start of the figure
 * @CHORUS_FIGURE_TIME_CLOCK: by the clock, where it is known when the recording began
 *
 * What the time axis of a figure counts.
 */
typedef enum
{
  CHORUS_FIGURE_TIME_RECORDING,
  CHORUS_FIGURE_TIME_FIGURE,
  CHORUS_FIGURE_TIME_CLOCK,
} ChorusFigureTime;

/* The smallest and the largest figure, in millimeters, the resolutions in pixels to the inch, letters in points. */
#define CHORUS_FIGURE_MIN_SIZE 40.0
#define CHORUS_FIGURE_MAX_SIZE 1000.0
#define CHORUS_FIGURE_MIN_DPI 72.0
#define CHORUS_FIGURE_MAX_DPI 1200.0
#define CHORUS_FIGURE_MIN_FONT_SIZE 4.0
#define CHORUS_FIGURE_MAX_FONT_SIZE 36.0

/**
 * ChorusFigureBox:
 * @span: seconds from the start of the recording
 * @band: Hz; NaN where it has none
 * @label: what is written at it
 * @color: which of the colors for species
 *
 * A detection in a figure.
 */
typedef struct
{
  ChorusTimeSpan span;
  ChorusFrequencyBand band;
  char *label;
  guint color;
} ChorusFigureBox;

/**
 * ChorusFigure:
 * @source: the recording
 * @channel: which of its channels, counted from 0, or %CHORUS_CHANNEL_MIX
 * @params: how levels are computed
 * @span: what is shown, in seconds
 * @band: what is shown, in Hz
 * @scale: what is even along the frequency axis
 * @background: (nullable): what is taken away from the levels, which are then dB above it
 * @colors: how levels are colored, in dBFS or in dB above @background
 * @recorded: (nullable): when the recording began
 * @name: (nullable): what the recording is called
 * @boxes: (element-type ChorusFigureBox): the detections
 * @format: what it is saved as
 * @width: millimeters
 * @height: millimeters
 * @dpi: pixels to the inch, of the whole or of the spectrogram in it
 * @font_size: points
 * @time: what the time axis counts
 * @with_waveform: whether the waveform is shown above
 * @with_scale: whether the level scale is shown
 * @with_boxes: whether detections are shown
 * @with_caption: whether it says what is shown and how
 *
 * A spectrogram for a paper: on white, with axes. All fields may be changed until it is rendered. It holds all that it
 * needs, so that the view can go on.
 */
typedef struct
{
  ChorusSampleSource *source;
  int channel;
  ChorusStftParams params;
  ChorusTimeSpan span;
  ChorusFrequencyBand band;
  ChorusFrequencyScale scale;
  ChorusLevelBackground *background;
  ChorusImageColors colors;
  ChorusRecordingTime *recorded;
  char *name;
  GArray *boxes;

  ChorusFigureFormat format;
  double width;
  double height;
  double dpi;
  double font_size;
  ChorusFigureTime time;
  gboolean with_waveform;
  gboolean with_scale;
  gboolean with_boxes;
  gboolean with_caption;
} ChorusFigure;

/**
 * chorus_figure_new:
 * @source: the recording
 * @channel: which of its channels, counted from 0, or %CHORUS_CHANNEL_MIX
 * @params: how levels are computed
 *
 * Returns: (transfer full): a figure of the whole recording as PNG, 170 mm wide for a page, 300 dpi, 8 pt
 */
ChorusFigure *chorus_figure_new (ChorusSampleSource     *source,
                                 const ChorusStftParams *params) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_figure_get_shown_band:
 * @self: a figure
 *
 * Returns: the band in Hz, from the floor of a logarithmic scale at least
 */
ChorusFrequencyBand chorus_figure_get_shown_band (const ChorusFigure *self);

/**
 * chorus_figure_new_for_session:
 * @session: a session with a recording
 * @detections: (nullable): a list of [class@Detection]; rejected ones are left out
 * @name: (nullable): what the recording is called
 *
 * Returns: (transfer full): a figure of what is visible, as it is drawn on the screen
 */
ChorusFigure *chorus_figure_new_for_session (ChorusViewSession *session,
                                             GListModel        *detections,
                                             const char        *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_figure_copy:
 * @self: a figure
 *
 * Returns: (transfer full): a figure of the same recording, to be changed by itself
 */
ChorusFigure *chorus_figure_copy (const ChorusFigure *self) G_GNUC_WARN_UNUSED_RESULT;

void chorus_figure_free (ChorusFigure *self);

/**
 * chorus_figure_check:
 * @self: a figure
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT, a sentence
 *
 * Returns: whether the size can be drawn; not yet whether the labels leave room for a spectrogram
 */
gboolean chorus_figure_check (const ChorusFigure  *self,
                              GError             **error);

/**
 * chorus_figure_render:
 * @self: a figure
 * @progress: (nullable) (scope call): called now and then, in the same thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Computes the spectrogram from the samples, whatever the screen shows, and draws the figure. Every pixel of it is the
 * maximum of the levels that it covers, or lies between two. Blocks: call it on a worker.
 *
 * Errors: those of reading the recording; %G_IO_ERROR_INVALID_ARGUMENT where the figure is too large or too small, as a
 * sentence; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the contents of a file, or %NULL with @error set
 */
GBytes *chorus_figure_render (const ChorusFigure     *self,
                              GFileProgressCallback   progress,
                              gpointer                progress_data,
                              GCancellable           *cancellable,
                              GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_figure_render_async:
 * @self: (transfer full): a figure
 * @target: (nullable): where to save it; what was there before is replaced, in one step
 * @cancellable: (nullable): to give up
 * @callback: called when the figure is there, or will not be
 * @user_data: passed to @callback
 *
 * Renders @self on a worker thread.
 */
void chorus_figure_render_async (ChorusFigure        *self,
                                 GFile               *target,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);

/**
 * chorus_figure_render_finish:
 * @result: what the callback was given
 * @error: return location for an error of [method@Figure.render], or of saving the file
 *
 * Returns: (transfer full): the contents of the file, or %NULL with @error set
 */
GBytes *chorus_figure_render_finish (GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_figure_format_get_extension:
 * @format: a format
 *
 * Returns: "png", "svg" or "pdf"
 */
const char *chorus_figure_format_get_extension (ChorusFigureFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusFigure, chorus_figure_free)

G_END_DECLS
