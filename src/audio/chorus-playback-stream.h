/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-playback-treatment.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

/**
 * ChorusPlaybackSpan:
 * @first_frame: the first frame of the recording that is played
 * @end_frame: the frame to stop before, above @first_frame
 * @start_frame: the frame to begin with, within the two
 *
 * What is played. A loop goes on with @first_frame after the one before @end_frame.
 */
typedef struct
{
  guint64 first_frame;
  guint64 end_frame;
  guint64 start_frame;
} ChorusPlaybackSpan;

/**
 * ChorusPlaybackBlock:
 * @n_frames: how many frames were written
 * @place: where the frames that were added lie in the recording, in frames from the start of the span, counted on
 *   through every round of a loop
 * @step: how many frames of the recording each of them is
 * @n_added: how many frames were added; they are written now or with the blocks that follow, in order
 * @ended: whether this is the last block
 *
 * What came out of a stream.
 */
typedef struct
{
  gsize n_frames;
  double place;
  double step;
  gsize n_added;
  gboolean ended;
} ChorusPlaybackBlock;

/**
 * ChorusPlaybackStream:
 *
 * Turns a span of a recording into the samples that are heard, about 10 ms at a time: without GStreamer, without a
 * clock, and the same every time. For one thread at a time.
 *
 * As long as nothing is to be done to samples, they come as they are, to the bit. A loop is the span repeated, without
 * a sample more or less. A treatment that is changed on the way is faded in over one block.
 */
typedef struct _ChorusPlaybackStream ChorusPlaybackStream;

/**
 * chorus_playback_stream_new:
 * @source: the recording
 * @span: what to play of it
 * @treatment: what to do to it
 * @normal_gain: linear gain that brings the peak to where normalizing wants it
 * @fade_in: whether it takes over from a stream that left
 *
 * Returns: (transfer full): a stream before its first block
 */
ChorusPlaybackStream *chorus_playback_stream_new (ChorusSampleSource            *source,
                                                  const ChorusPlaybackSpan      *span,
                                                  const ChorusPlaybackTreatment *treatment,
                                                  double                         normal_gain,
                                                  gboolean                       fade_in);

/**
 * chorus_playback_stream_free:
 * @self: (transfer full) (nullable): a stream
 */
void chorus_playback_stream_free (ChorusPlaybackStream *self);

/**
 * chorus_playback_stream_get_rate:
 * @self: a stream
 *
 * Returns: frames per second that come out of it, in Hz
 */
guint chorus_playback_stream_get_rate (const ChorusPlaybackStream *self);

/**
 * chorus_playback_stream_get_channels:
 * @self: a stream
 *
 * Returns: samples in a frame that comes out of it, 1 or 2
 */
guint chorus_playback_stream_get_channels (const ChorusPlaybackStream *self);

/**
 * chorus_playback_stream_get_max_frames:
 * @self: a stream
 *
 * Returns: how many frames a block has at most
 */
gsize chorus_playback_stream_get_max_frames (const ChorusPlaybackStream *self);

/**
 * chorus_playback_stream_adopt:
 * @self: a stream
 * @treatment: another treatment
 *
 * Goes on with @treatment from the next block on, where that leaves the rate of the stream as it is. Otherwise nothing
 * happens; let the stream leave then.
 *
 * Returns: whether it does
 */
gboolean chorus_playback_stream_adopt (ChorusPlaybackStream          *self,
                                       const ChorusPlaybackTreatment *treatment);

/**
 * chorus_playback_stream_set_normal_gain:
 * @self: a stream
 * @gain: linear gain, as for [func@PlaybackStream.new]
 *
 * Goes on with @gain from the next block on.
 */
void chorus_playback_stream_set_normal_gain (ChorusPlaybackStream *self,
                                             double                gain);

/**
 * chorus_playback_stream_leave:
 * @self: a stream
 *
 * Fades out over the next block and ends, so that another stream can take over.
 */
void chorus_playback_stream_leave (ChorusPlaybackStream *self);

/**
 * chorus_playback_stream_get_left:
 * @self: a stream
 * @frame: (out): the frame of the recording with which to take over
 *
 * Returns: whether it ended because it was to leave, and not at the end of its span
 */
gboolean chorus_playback_stream_get_left (const ChorusPlaybackStream *self,
                                          guint64                    *frame);

/**
 * chorus_playback_stream_get_end:
 * @self: a stream
 *
 * Returns: the place at which it ends as things stand; infinite for a loop
 */
double chorus_playback_stream_get_end (const ChorusPlaybackStream *self);

/**
 * chorus_playback_stream_pull:
 * @self: a stream
 * @frames: (out caller-allocates): float[max frames * channels]
 * @block: (out): what there is
 * @error: return location for an error
 *
 * Writes the next block, which may have no frame at the beginning. Reads on the thread that calls.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_playback_stream_pull (ChorusPlaybackStream  *self,
                                      float                 *frames,
                                      ChorusPlaybackBlock   *block,
                                      GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPlaybackStream, chorus_playback_stream_free)

G_END_DECLS
