/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that is opened and read at its beginning, its end and beyond. */

#include "fuzz-file.h"

#include "audio/chorus-audio-magic.h"
#include "audio/chorus-pcm-source.h"

#include <math.h>

#define FUZZ_FRAMES 300

static void
fuzz_read (ChorusSampleSource *source,
           guint64             first)
{
  gsize channels = chorus_sample_source_get_channels (source);
  g_autofree float *samples = g_new (float, FUZZ_FRAMES *channels);
  g_autofree float *mono = g_new (float, FUZZ_FRAMES);
  g_autoptr (GError) error = NULL;

  chorus_sample_source_read (source, first, FUZZ_FRAMES, samples, NULL, &error);
  g_assert_no_error (error);
  chorus_sample_source_read_mono (source, first, FUZZ_FRAMES, mono, NULL, &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < FUZZ_FRAMES; i++)
    {
      double sum = 0;

      for (gsize channel = 0; channel < channels; channel++)
        sum += (double) samples[i * channels + channel];
      g_assert_true (isfinite (mono[i]));
      g_assert_true (fabs ((double) mono[i] - sum / (double) channels) <= 1e-6 * fabs (sum) + 1e-30);
      if (first + i >= chorus_sample_source_get_n_frames (source))
        g_assert_true (mono[i] == 0.0f);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (ChorusAudioFile) file = fuzz_open (data, size);
  g_autoptr (ChorusSampleSource) source = NULL;
  ChorusAudioKind kind = CHORUS_AUDIO_KIND_OTHER;
  guint64 n_frames;

  if (!file || !chorus_audio_magic_identify (file, &kind, NULL) || !chorus_audio_kind_is_pcm (kind))
    return 0;

  source = chorus_pcm_source_new (g_steal_pointer (&file), kind, NULL);
  if (!source)
    return 0;

  n_frames = chorus_sample_source_get_n_frames (source);
  fuzz_read (source, 0);
  fuzz_read (source, n_frames - MIN (n_frames, FUZZ_FRAMES / 2));
  fuzz_read (source, n_frames);
  fuzz_read (source, G_MAXUINT64);

  return 0;
}
