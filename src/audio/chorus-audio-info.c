/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audio-info.h"

G_DEFINE_BOXED_TYPE (ChorusAudioInfo, chorus_audio_info, chorus_audio_info_copy, chorus_audio_info_free)

static const struct
{
  const char *short_name;
  const char *mime;
  gboolean accepted;
} chorus_audio_kinds[] = {
  [CHORUS_AUDIO_KIND_WAV] = { "wav", "audio/wav", TRUE },
  [CHORUS_AUDIO_KIND_RF64] = { "rf64", "audio/rf64", FALSE },
  [CHORUS_AUDIO_KIND_W64] = { "w64", "audio/w64", FALSE },
  [CHORUS_AUDIO_KIND_AIFF] = { "aiff", "audio/aiff", FALSE },
  [CHORUS_AUDIO_KIND_MP3] = { "mp3", "audio/mp3", TRUE },
  [CHORUS_AUDIO_KIND_M4A] = { "m4a", "audio/m4a", TRUE },
  [CHORUS_AUDIO_KIND_WEBM] = { "webm", "audio/webm", TRUE },
  [CHORUS_AUDIO_KIND_FLAC] = { "flac", "audio/flac", FALSE },
  [CHORUS_AUDIO_KIND_OGG] = { "ogg", "audio/ogg", FALSE },
  [CHORUS_AUDIO_KIND_OTHER] = { "audio", "application/octet-stream", FALSE },
};

const char *
chorus_audio_kind_get_short_name (ChorusAudioKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (chorus_audio_kinds), NULL);

  return chorus_audio_kinds[kind].short_name;
}

const char *
chorus_audio_kind_get_mime (ChorusAudioKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (chorus_audio_kinds), NULL);

  return chorus_audio_kinds[kind].mime;
}

gboolean
chorus_audio_kind_is_accepted (ChorusAudioKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (chorus_audio_kinds), FALSE);

  return chorus_audio_kinds[kind].accepted;
}

ChorusAudioInfo *
chorus_audio_info_copy (const ChorusAudioInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return g_memdup2 (info, sizeof *info);
}

void
chorus_audio_info_free (ChorusAudioInfo *info)
{
  g_free (info);
}
