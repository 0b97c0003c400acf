/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-pcm-header-private.h"

#include <glib/gi18n.h>

#include "chorus-audio-error.h"

/* 10 MHz is far above any recorder; a damaged rate beyond it would overflow what is computed from it. */
#define CHORUS_PCM_HEADER_MAX_SAMPLE_RATE 1e7

gboolean
chorus_pcm_header_fail_damaged (const ChorusAudioFile  *file,
                                GError                **error)
{
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED,
               _("“%s” is damaged: its header does not say how the sound is stored."),
               chorus_audio_file_get_name (file));

  return FALSE;
}

gboolean
chorus_pcm_header_fail_cut_off (const ChorusAudioFile  *file,
                                GError                **error)
{
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_TRUNCATED,
               _("“%s” was cut off before any sound was written: copy it again if the original is longer."),
               chorus_audio_file_get_name (file));

  return FALSE;
}

gboolean
chorus_pcm_header_set_size (ChorusPcmHeader        *header,
                            const ChorusAudioFile  *file,
                            guint64                 n_bytes,
                            GError                **error)
{
  gsize frame_size;

  if (header->channels == 0 || header->channels > CHORUS_PCM_HEADER_MAX_CHANNELS)
    return chorus_pcm_header_fail_damaged (file, error);

  /* The comparison is written so that it fails for a rate that is not a number. */
  if (!(header->sample_rate >= 1 && header->sample_rate <= CHORUS_PCM_HEADER_MAX_SAMPLE_RATE))
    return chorus_pcm_header_fail_damaged (file, error);

  frame_size = header->channels * chorus_pcm_encoding_get_size (header->encoding);
  header->n_frames = n_bytes / frame_size;

  if (header->n_frames == 0 && header->truncated)
    return chorus_pcm_header_fail_cut_off (file, error);

  if (header->n_frames == 0)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_EMPTY,
                   _("“%s” holds no sound: the recorder wrote its header and nothing after it."),
                   chorus_audio_file_get_name (file));
      return FALSE;
    }

  return TRUE;
}

gboolean
chorus_pcm_header_read (ChorusPcmHeader        *header,
                        const ChorusAudioFile  *file,
                        ChorusAudioKind         kind,
                        GError                **error)
{
  g_return_val_if_fail (header != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  *header = (ChorusPcmHeader){ .kind = kind };

  if (kind == CHORUS_AUDIO_KIND_AIFF)
    return chorus_aiff_header_read (header, file, error);

  return chorus_wave_header_read (header, file, kind, error);
}
