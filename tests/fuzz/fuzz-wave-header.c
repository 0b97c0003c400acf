/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-file.h"

#include "audio/chorus-pcm-header.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const ChorusAudioKind kinds[] = { CHORUS_AUDIO_KIND_WAV, CHORUS_AUDIO_KIND_RF64, CHORUS_AUDIO_KIND_W64,
                                           CHORUS_AUDIO_KIND_AIFF };
  g_autoptr (ChorusAudioFile) file = fuzz_open (data, size);

  for (gsize i = 0; file && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      ChorusPcmHeader header;

      if (!chorus_pcm_header_read (&header, file, kinds[i], &error))
        {
          g_assert_nonnull (error);
          continue;
        }

      g_assert_null (error);
      g_assert_cmpuint (header.channels, >=, 1);
      g_assert_cmpuint (header.channels, <=, CHORUS_PCM_HEADER_MAX_CHANNELS);
      g_assert_cmpfloat (header.sample_rate, >, 0);
      g_assert_cmpuint (header.n_frames, >, 0);
      g_assert_cmpuint (header.n_frames, <=, size);
      g_assert_cmpint (header.data_offset, >, 0);
      g_assert_cmpint (header.data_offset, <, (goffset) size);
    }

  return 0;
}
