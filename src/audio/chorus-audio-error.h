/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CHORUS_AUDIO_ERROR:
 *
 * Error domain of everything that opens or reads audio. The message of such an error is one sentence in the user's
 * language that names the file; it can be shown as it is.
 */
#define CHORUS_AUDIO_ERROR (chorus_audio_error_quark ())

/**
 * ChorusAudioError:
 * @CHORUS_AUDIO_ERROR_EMPTY: the file has no bytes, or a header without a single sample
 * @CHORUS_AUDIO_ERROR_NOT_AUDIO: the contents are not audio, whatever the name says
 * @CHORUS_AUDIO_ERROR_TRUNCATED: audio that was cut off before anything in it could be played
 * @CHORUS_AUDIO_ERROR_UNSUPPORTED: audio in an encoding that cannot be read here
 * @CHORUS_AUDIO_ERROR_UNREADABLE: the file is missing, not permitted, not a file, or its disk fails
 * @CHORUS_AUDIO_ERROR_FAILED: anything else, such as damage in the middle or a full disk
 *
 * What can be wrong with a file that should hold audio.
 */
typedef enum
{
  CHORUS_AUDIO_ERROR_EMPTY,
  CHORUS_AUDIO_ERROR_NOT_AUDIO,
  CHORUS_AUDIO_ERROR_TRUNCATED,
  CHORUS_AUDIO_ERROR_UNSUPPORTED,
  CHORUS_AUDIO_ERROR_UNREADABLE,
  CHORUS_AUDIO_ERROR_FAILED,
} ChorusAudioError;

GQuark chorus_audio_error_quark (void);

G_END_DECLS
