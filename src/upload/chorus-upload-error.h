/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CHORUS_UPLOAD_ERROR (chorus_upload_error_quark ())

/**
 * ChorusUploadError:
 * @CHORUS_UPLOAD_ERROR_UNREADABLE: the file or folder cannot be read
 * @CHORUS_UPLOAD_ERROR_FILE_CHANGED: the file is not the one that was checked
 * @CHORUS_UPLOAD_ERROR_EMPTY: there is nothing in the file
 * @CHORUS_UPLOAD_ERROR_NOT_AUDIO: the file holds no sound that can be read
 * @CHORUS_UPLOAD_ERROR_KIND: the service does not take this kind of audio
 *
 * Why a file is not uploaded. Every message is a sentence for people.
 */
typedef enum
{
  CHORUS_UPLOAD_ERROR_UNREADABLE,
  CHORUS_UPLOAD_ERROR_FILE_CHANGED,
  CHORUS_UPLOAD_ERROR_EMPTY,
  CHORUS_UPLOAD_ERROR_NOT_AUDIO,
  CHORUS_UPLOAD_ERROR_KIND,
} ChorusUploadError;

GQuark chorus_upload_error_quark (void);

G_END_DECLS
