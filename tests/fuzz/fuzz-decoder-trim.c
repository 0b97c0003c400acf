/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of a compressed file before GStreamer sees it. */

#include "fuzz-file.h"

#include "audio/chorus-audio-magic.h"
#include "audio/chorus-decoder-trim.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const ChorusAudioKind kinds[] = { CHORUS_AUDIO_KIND_MP3, CHORUS_AUDIO_KIND_M4A, CHORUS_AUDIO_KIND_OGG };
  g_autoptr (ChorusAudioFile) file = fuzz_open (data, size);
  g_autoptr (GError) error = NULL;
  ChorusAudioKind kind = CHORUS_AUDIO_KIND_OTHER;

  if (!file)
    return 0;

  g_assert_true (chorus_audio_magic_identify (file, &kind, &error) == (error == NULL));
  g_clear_error (&error);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      ChorusDecoderTrim trim;

      g_assert_true (chorus_decoder_trim_read (&trim, file, kinds[i], &error));
      g_assert_no_error (error);
      g_assert_true (trim.is_known || (trim.start == 0 && trim.end == CHORUS_DECODER_TRIM_NEVER && trim.edits == -1));
      g_assert_cmpuint (trim.resume, >=, trim.end);
      g_assert_cmpuint (trim.start, <=, G_MAXINT32);
      if (trim.edits >= 0)
        g_assert_cmpint (trim.edits + (goffset) trim.edits_size, <=, (goffset) size);
    }

  return 0;
}
