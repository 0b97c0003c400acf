/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-audio-error.h"

G_BEGIN_DECLS

/* In the place of a channel: the mean of all. */
#define CHORUS_CHANNEL_MIX (-1)

#define CHORUS_TYPE_SAMPLE_SOURCE (chorus_sample_source_get_type ())

G_DECLARE_DERIVABLE_TYPE (ChorusSampleSource, chorus_sample_source, CHORUS, SAMPLE_SOURCE, GObject)

/**
 * ChorusSampleSourceClass:
 * @read: reads @n_frames > 0 frames from @first_frame on into @interleaved (float[n_frames * channels]). The whole
 *   range lies within the source. Called from several threads at once.
 *
 * The samples of one recording, addressed by frame. Immutable once made, and readable from any thread.
 *
 * A sample is a float where full scale is from -1 to 1; integers of b bits are divided by 2^(b-1), which is exact up
 * to 24 bits.
 */
struct _ChorusSampleSourceClass
{
  GObjectClass parent_class;

  gboolean (*read) (ChorusSampleSource *self,
                    guint64 first_frame,
                    gsize n_frames,
                    float *interleaved,
                    GCancellable *cancellable,
                    GError **error);
};

/**
 * chorus_sample_source_open:
 * @file: a local file
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Opens @file for reading by sample. Blocks: call it on a worker.
 *
 * WAV, RF64, W64 and AIFF are read in place. Everything else is decoded by GStreamer once, from beginning to end, into
 * a temporary file of floats that has no name and vanishes with the source. Memory use does not grow with the length.
 * Priming and padding of the encoder are removed as far as GStreamer's demultiplexer and decoder do it.
 *
 * Errors are in %CHORUS_AUDIO_ERROR, or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the source, or %NULL with @error set
 */
ChorusSampleSource *chorus_sample_source_open (GFile         *file,
                                               GCancellable  *cancellable,
                                               GError       **error);

/**
 * chorus_sample_source_open_async:
 * @file: a local file
 * @cancellable: (nullable): to give up
 * @callback: called when the source is open
 * @user_data: passed to @callback
 *
 * Does what [func@SampleSource.open] does on a worker thread. The source object of the result is @file.
 */
void chorus_sample_source_open_async (GFile               *file,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_sample_source_open_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the source, or %NULL with @error set
 */
ChorusSampleSource *chorus_sample_source_open_finish (GAsyncResult  *result,
                                                      GError       **error);

/**
 * chorus_sample_source_get_n_frames:
 * @self: a source
 *
 * Returns: length in sample frames
 */
guint64 chorus_sample_source_get_n_frames (ChorusSampleSource *self);

/**
 * chorus_sample_source_get_sample_rate:
 * @self: a source
 *
 * Returns: sample frames per second, in Hz, above 0
 */
double chorus_sample_source_get_sample_rate (ChorusSampleSource *self);

/**
 * chorus_sample_source_get_channels:
 * @self: a source
 *
 * Returns: number of channels, at least 1
 */
guint chorus_sample_source_get_channels (ChorusSampleSource *self);

/**
 * chorus_sample_source_get_duration:
 * @self: a source
 *
 * Returns: length in seconds
 */
double chorus_sample_source_get_duration (ChorusSampleSource *self);

/**
 * chorus_sample_source_read:
 * @self: a source
 * @first_frame: the frame to begin with; may lie beyond the end
 * @n_frames: how many frames
 * @interleaved: (out caller-allocates): float[@n_frames * channels], the channels of a frame side by side
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Reads exactly @n_frames frames; those beyond the end of the source are zero. Blocks, and may be called from several
 * threads at once. What @interleaved holds after an error is undefined.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_sample_source_read (ChorusSampleSource  *self,
                                    guint64              first_frame,
                                    gsize                n_frames,
                                    float               *interleaved,
                                    GCancellable        *cancellable,
                                    GError             **error);

/**
 * chorus_sample_source_read_mono:
 * @self: a source
 * @first_frame: the frame to begin with; may lie beyond the end
 * @n_frames: how many frames
 * @samples: (out caller-allocates): float[@n_frames], the mean of the channels of each frame
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Like [method@SampleSource.read], with the channels mixed to one by their mean.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_sample_source_read_mono (ChorusSampleSource  *self,
                                         guint64              first_frame,
                                         gsize                n_frames,
                                         float               *samples,
                                         GCancellable        *cancellable,
                                         GError             **error);

/**
 * chorus_sample_source_read_channel:
 * @self: a source
 * @channel: a channel, counted from 0, or %CHORUS_CHANNEL_MIX
 * @first_frame: the frame to begin with; may lie beyond the end
 * @n_frames: how many frames
 * @samples: (out caller-allocates): float[@n_frames]
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Like [method@SampleSource.read], of one channel alone.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_sample_source_read_channel (ChorusSampleSource  *self,
                                            int                  channel,
                                            guint64              first_frame,
                                            gsize                n_frames,
                                            float               *samples,
                                            GCancellable        *cancellable,
                                            GError             **error);

/**
 * chorus_sample_source_read_channels:
 * @self: a source
 * @channels: (array length=n_channels): channels, counted from 0, or %CHORUS_CHANNEL_MIX
 * @n_channels: how many, at least 1
 * @first_frame: the frame to begin with; may lie beyond the end
 * @n_frames: how many frames
 * @samples: (array length=n_channels): for each of @channels a float[@n_frames] to fill
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Like [method@SampleSource.read_channel], of several channels at the price of reading once. Memory use grows with
 * neither the number of frames nor that of channels.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_sample_source_read_channels (ChorusSampleSource        *self,
                                             const int                 *channels,
                                             gsize                      n_channels,
                                             guint64                    first_frame,
                                             gsize                      n_frames,
                                             float              *const *samples,
                                             GCancellable              *cancellable,
                                             GError                   **error);

G_END_DECLS
