/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-upload-cut.h"
#include "chorus-upload-spare.h"
#include "core/chorus-throttle.h"

G_BEGIN_DECLS

/* The most files that the service takes in one request. */
#define CHORUS_UPLOAD_BODY_MAX_FILES 20

#define CHORUS_TYPE_UPLOAD_BODY (chorus_upload_body_get_type ())

/**
 * ChorusUploadBody:
 *
 * The body of an upload request, as a stream: `{"files":["data:audio/wav;base64,…",…]}`.
 *
 * The files, or the parts made of them, are read and encoded in a thread of the stream a little ahead of the reader, through buffers of fixed size;
 * a pollable read never touches the disk. The length is known beforehand. Each file is compared with its size and
 * modification time as given, when a part begins and again when its last byte has been read; a difference ends the
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
 * chorus_upload_body_add_part:
 * @self: a body that has not been read from and has fewer than %CHORUS_UPLOAD_BODY_MAX_FILES parts
 * @file: the file
 * @format: the short name of what is sent, such as "wav"
 * @method: how it is made from the file
 * @file_size: the size of the file, in bytes
 * @modified: when the file was last written, in microseconds since 1970
 * @part: which part of it; all of it for %CHORUS_UPLOAD_METHOD_WHOLE
 *
 * Appends a part of a file. Parts of one file that follow one another are best added one after the other: then it is
 * opened, and where that is needed decoded, only once.
 */
void chorus_upload_body_add_part (ChorusUploadBody       *self,
                                  GFile                  *file,
                                  const char             *format,
                                  ChorusUploadMethod      method,
                                  goffset                 file_size,
                                  gint64                  modified,
                                  const ChorusUploadPart *part);

/**
 * chorus_upload_body_get_failed:
 * @self: a body
 *
 * Tells which part the error is about that reading has reported. Can be called from any thread.
 *
 * Returns: its number in the order of adding, from 0 on, or -1 when no part has failed
 */
int chorus_upload_body_get_failed (ChorusUploadBody *self);

/**
 * chorus_upload_body_set_throttle:
 * @self: a body that has not been read from
 * @throttle: (nullable): a limit to how fast the stream can be read
 *
 * Shares a limit with others. It can be changed at any time and holds at once.
 */
void chorus_upload_body_set_throttle (ChorusUploadBody *self,
                                      ChorusThrottle   *throttle);

/**
 * chorus_upload_body_set_spare:
 * @self: a body that has not been read from
 * @spare: the place for a reader that is shared with the requests before and after
 *
 * Lets a decoder go on where the request before has ended.
 */
void chorus_upload_body_set_spare (ChorusUploadBody  *self,
                                   ChorusUploadSpare *spare);

G_END_DECLS
