/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures of spans of a recording, drawn as the view draws the whole of it. */

#pragma once

#include "audio/chorus-sample-source.h"
#include "core/chorus-frequency-band.h"
#include "core/chorus-time-span.h"
#include "dsp/chorus-color-map.h"

#include "chorus-frequency-scale.h"
#include "chorus-view-preset.h"

G_BEGIN_DECLS

/**
 * ChorusClipStyle:
 * @map: the colors of levels
 * @preset: for what kind of voice; unless it is custom it decides the transform, its overlap and the scale
 * @window_length: samples, a power of two from %CHORUS_STFT_MIN_WINDOW_LENGTH to %CHORUS_STFT_MAX_WINDOW_LENGTH
 * @overlap: how much of a transform its successor shares, 0 to %CHORUS_VIEW_SESSION_MOST_OVERLAP
 * @window_function: the window
 * @kaiser_beta: the shape of a Kaiser window
 * @scale: what is even along the frequency axis
 * @remove_background: whether to take away what is always there
 * @auto_range: whether the range of levels is found in each recording
 * @low_db: else, and with the background in the picture, the level of the first color, in dBFS
 * @high_db: and of the last
 *
 * How pictures are drawn.
 */
typedef struct
{
  ChorusColorMap map;
  ChorusViewPreset preset;
  guint window_length;
  double overlap;
  ChorusWindowFunction window_function;
  double kaiser_beta;
  ChorusFrequencyScale scale;
  gboolean remove_background;
  gboolean auto_range;
  double low_db;
  double high_db;
} ChorusClipStyle;

/**
 * ChorusClipImage:
 * @span: what is shown, in seconds
 * @band: what is shown, in Hz
 * @scale: what is even along the frequency axis
 * @width: in pixels
 * @height: in pixels
 * @map: the colors it is drawn in
 * @pixels: guint32[@height * @width], as GDK_MEMORY_DEFAULT
 *
 * The picture of a clip. Immutable and counted; may be used from any thread.
 */
typedef struct
{
  ChorusTimeSpan span;
  ChorusFrequencyBand band;
  ChorusFrequencyScale scale;
  guint width;
  guint height;
  ChorusColorMap map;
  GBytes *pixels;
} ChorusClipImage;

ChorusClipImage *chorus_clip_image_ref (ChorusClipImage *self);
void chorus_clip_image_unref (ChorusClipImage *self);

/**
 * chorus_clip_get_span:
 * @what: a span, such as that of a detection, in seconds
 * @duration: the length of the recording, in seconds
 *
 * Returns: what to show of it: with a quarter of its length before and after, but at least 50 ms and at most a second, as
 *   far as the recording goes
 */
ChorusTimeSpan chorus_clip_get_span (const ChorusTimeSpan *what,
                                     double                duration);

/**
 * ChorusClipPainter:
 *
 * Paints clips of one recording. Immutable and counted; may be used from several threads at once.
 */
typedef struct _ChorusClipPainter ChorusClipPainter;

/**
 * chorus_clip_painter_new:
 * @source: the samples
 * @style: how to draw
 * @cancellable: (nullable): to give up
 * @error: return location for an error of reading @source
 *
 * Looks at short stretches of the whole recording to find the range of levels, so that clips of it look as it does in the
 * view. Blocks: call it on a worker.
 *
 * Returns: (transfer full) (nullable): a painter
 */
ChorusClipPainter *chorus_clip_painter_new (ChorusSampleSource     *source,
                                            const ChorusClipStyle  *style,
                                            GCancellable           *cancellable,
                                            GError                **error) G_GNUC_WARN_UNUSED_RESULT;
ChorusClipPainter *chorus_clip_painter_ref (ChorusClipPainter *self);
void chorus_clip_painter_unref (ChorusClipPainter *self);

/**
 * chorus_clip_painter_paint:
 * @self: a painter
 * @span: what to show, in seconds; see [func@clip_get_span]
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @cancellable: (nullable): to give up
 * @error: return location for an error of reading the recording
 *
 * Paints the mix of all channels. Blocks: call it on a worker.
 *
 * Returns: (transfer full) (nullable): the picture
 */
ChorusClipImage *chorus_clip_painter_paint (ChorusClipPainter     *self,
                                            const ChorusTimeSpan  *span,
                                            guint                  width,
                                            guint                  height,
                                            GCancellable          *cancellable,
                                            GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusClipImage, chorus_clip_image_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusClipPainter, chorus_clip_painter_unref)

G_END_DECLS
