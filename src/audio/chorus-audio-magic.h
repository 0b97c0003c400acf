/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"
#include "chorus-audio-info.h"

G_BEGIN_DECLS

/**
 * chorus_audio_magic_identify:
 * @file: a file
 * @kind: (out): what its first bytes say it is
 * @error: return location for an error
 *
 * Recognizes audio by the bytes it begins with. What is not recognized is described as well as it can be: text,
 * a picture, an archive...
 *
 * Errors: %CHORUS_AUDIO_ERROR_NOT_AUDIO, %CHORUS_AUDIO_ERROR_UNSUPPORTED, %CHORUS_AUDIO_ERROR_TRUNCATED,
 * %CHORUS_AUDIO_ERROR_UNREADABLE.
 *
 * Returns: %TRUE when it is audio that is worth opening, or %FALSE with @error set
 */
gboolean chorus_audio_magic_identify (const ChorusAudioFile  *file,
                                      ChorusAudioKind        *kind,
                                      GError                **error);

/**
 * chorus_audio_kind_is_pcm:
 * @kind: a kind
 *
 * Returns: whether files of @kind hold plain samples behind a header that is read here
 */
gboolean chorus_audio_kind_is_pcm (ChorusAudioKind kind);

G_END_DECLS
