/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/chorus-throttle.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most files that the service takes in one request. */
#define CHORUS_UPLOAD_BODY_MAX_FILES 20

#define CHORUS_TYPE_UPLOAD_BODY (chorus_upload_body_get_type ())

/**
 * ChorusUploadBody:
 *
 * The body of an upload request, as a stream: `{"files":["data:audio/wav;base64,…",…]}`.
 *
 * The files are read and encoded in a thread of the stream a little ahead of the reader, through buffers of fixed size;
 * a pollable read never touches the disk. The length is known beforehand. Each file is compared with its size and
 * modification time as given, when it is opened and again when its last byte has been read; a difference ends the
 * stream with %CHORUS_UPLOAD_ERROR_FILE_CHANGED before its length is reached, so that no server can take it for whole.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadBody, chorus_upload_body, CHORUS, UPLOAD_BODY, GInputStream)

/**
 * chorus_upload_body_new:
 *
 * Returns: (transfer full): a body without files
 */
ChorusUploadBody *chorus_upload_body_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_body_get_length:
 * @self: a body
 *
 * Returns: the length of the whole stream, in bytes
 */
goffset chorus_upload_body_get_length (ChorusUploadBody *self);

/**
 * chorus_upload_body_add_file:
 * @self: a body that has not been read from and has fewer than %CHORUS_UPLOAD_BODY_MAX_FILES files
 * @file: the file
 * @format: the short name of its kind, such as "wav"
 * @size: its size, in bytes
 * @modified: when it was last written, in microseconds since 1970
 *
 * Appends a file.
 */
void chorus_upload_body_add_file (ChorusUploadBody *self,
                                  GFile            *file,
                                  const char       *format,
                                  goffset           size,
                                  gint64            modified);

/**
 * chorus_upload_body_set_throttle:
 * @self: a body that has not been read from
 * @throttle: (nullable): a limit to how fast the stream can be read
 *
 * Shares a limit with others. It can be changed at any time and holds at once.
 */
void chorus_upload_body_set_throttle (ChorusUploadBody *self,
                                      ChorusThrottle   *throttle);

G_END_DECLS
