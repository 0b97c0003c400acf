/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusLibraryError:
 * @CHORUS_LIBRARY_ERROR_NO_CLIENT: there is no connection to ask
 * @CHORUS_LIBRARY_ERROR_NOT_UPLOADED: the service does not have the recording yet
 * @CHORUS_LIBRARY_ERROR_NO_AUDIO: neither this computer nor the service can give the audio; the original file can be
 *   chosen with [method@Library.set_original_async]
 * @CHORUS_LIBRARY_ERROR_DIFFERENT_FILE: the file chosen is not the original of the recording
 * @CHORUS_LIBRARY_ERROR_INVALID: what was entered cannot be used
 * @CHORUS_LIBRARY_ERROR_NOT_FOUND: the store does not have it
 * @CHORUS_LIBRARY_ERROR_FAILED: anything else
 *
 * What can go wrong in the library itself. Each message is one translated sentence, fit to be shown. Errors of the
 * service ([error@ApiError]) and of the store ([error@StoreError]) are passed on as they are.
 */
typedef enum
{
  CHORUS_LIBRARY_ERROR_NO_CLIENT,
  CHORUS_LIBRARY_ERROR_NOT_UPLOADED,
  CHORUS_LIBRARY_ERROR_NO_AUDIO,
  CHORUS_LIBRARY_ERROR_DIFFERENT_FILE,
  CHORUS_LIBRARY_ERROR_INVALID,
  CHORUS_LIBRARY_ERROR_NOT_FOUND,
  CHORUS_LIBRARY_ERROR_FAILED,
} ChorusLibraryError;

#define CHORUS_LIBRARY_ERROR (chorus_library_error_quark ())

GQuark chorus_library_error_quark (void);

G_END_DECLS
