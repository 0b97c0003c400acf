/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decoder-trim-private.h"

gboolean
chorus_decoder_trim_read (ChorusDecoderTrim      *trim,
                          const ChorusAudioFile  *file,
                          ChorusAudioKind         kind,
                          GError                **error)
{
  g_return_val_if_fail (trim != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  *trim = (ChorusDecoderTrim){ .end = CHORUS_DECODER_TRIM_NEVER, .resume = CHORUS_DECODER_TRIM_NEVER, .edits = -1 };

  /* The other kind is what QuickTime files are, among others. */
  if (kind == CHORUS_AUDIO_KIND_MP3)
    return chorus_mp3_trim_read (trim, file, error);
  if (kind == CHORUS_AUDIO_KIND_M4A || kind == CHORUS_AUDIO_KIND_OTHER)
    return chorus_mp4_trim_read (trim, file, error);

  return TRUE;
}
