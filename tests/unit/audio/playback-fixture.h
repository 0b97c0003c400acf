/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the playback tests share: recordings of floats, and everything that comes out of a stream. */

#pragma once

#include "audio-fixture.h"

#include <math.h>

#include "audio/chorus-playback-map.h"
#include "audio/chorus-playback-stream.h"

static inline ChorusSampleSource *
playback_open (Fixture     *fixture,
               guint        channels,
               guint32      rate,
               const float *samples,
               gsize        n_frames)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  guint32 size = (guint32) (n_frames * channels * sizeof (float));

  bytes_add_format (bytes, 3, channels, rate, channels * sizeof (float), 32);
  bytes_add_data (bytes, size, 0);
  g_byte_array_append (bytes, (const guint8 *) samples, size);
  file = fixture_write (fixture, "samples.wav", bytes->data, bytes->len);
  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&source);
}

/* Noise within 1/@divisor of full scale. */
static inline float *
playback_new_noise (gsize  n_samples,
                    double divisor)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  float *samples = g_new (float, n_samples);

  for (gsize i = 0; i < n_samples; i++)
    samples[i] = (float) (g_rand_double_range (rand, -1, 1) / divisor);

  return samples;
}

static inline float *
playback_new_tone (gsize  n_samples,
                   double cycles_per_sample,
                   double amplitude)
{
  float *samples = g_new (float, n_samples);

  for (gsize i = 0; i < n_samples; i++)
    samples[i] = (float) (amplitude * sin (2 * G_PI * cycles_per_sample * (double) i));

  return samples;
}

/* The amplitude of a frequency in a stretch of samples: the correlation with it under a Hann window. */
static inline double
playback_get_amplitude (const float *samples,
                        gsize        n_samples,
                        double       cycles_per_sample)
{
  double real = 0;
  double imaginary = 0;
  double sum = 0;

  for (gsize i = 0; i < n_samples; i++)
    {
      double window = 0.5 - 0.5 * cos (2 * G_PI * ((double) i + 0.5) / (double) n_samples);
      double phase = 2 * G_PI * cycles_per_sample * (double) i;

      real += window * (double) samples[i] * cos (phase);
      imaginary += window * (double) samples[i] * sin (phase);
      sum += window;
    }

  return 2 * hypot (real, imaginary) / sum;
}

/* Pulls until the stream ends or @n_frames have come, and adds what comes to @frames and, if it is not NULL, @map. */
static inline void
playback_pull (ChorusPlaybackStream *stream,
               gsize                 n_frames,
               GArray               *frames,
               ChorusPlaybackMap    *map,
               guint64              *n_added)
{
  guint channels = chorus_playback_stream_get_channels (stream);
  g_autofree float *block_frames = g_new (float, chorus_playback_stream_get_max_frames (stream) * channels);
  ChorusPlaybackBlock block = { 0 };
  g_autoptr (GError) error = NULL;

  while (!block.ended && frames->len < n_frames * channels)
    {
      g_assert_true (chorus_playback_stream_pull (stream, block_frames, &block, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (block.n_frames, <=, chorus_playback_stream_get_max_frames (stream));
      g_array_append_vals (frames, block_frames, (guint) (block.n_frames * channels));
      if (map && block.n_added > 0)
        {
          chorus_playback_map_add (map, *n_added, block.place, block.step);
          *n_added += block.n_added;
        }
    }
}

/* Everything that comes out of a span, or the first @n_frames of it. */
static inline float *
playback_render (ChorusSampleSource            *source,
                 guint64                        first,
                 guint64                        end,
                 const ChorusPlaybackTreatment *treatment,
                 gsize                          n_frames,
                 gsize                         *n_samples)
{
  ChorusPlaybackSpan span = { first, end, first };
  g_autoptr (ChorusPlaybackStream) stream = chorus_playback_stream_new (source, &span, treatment, 1, FALSE);
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (float));

  playback_pull (stream, n_frames, frames, NULL, NULL);
  *n_samples = frames->len;

  return (float *) (gpointer) g_array_free (g_steal_pointer (&frames), FALSE);
}
