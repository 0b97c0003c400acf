/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusUploadParser:
 *
 * Reads the body of an upload, `{"files":["data:audio/wav;base64,...", ...]}`, as it arrives and hands the decoded bytes
 * on, so that its memory does not grow with the body. It takes any JSON with these members, other members beside
 * `files`, and escapes anywhere; pieces may be cut at any byte.
 */
typedef struct _ChorusUploadParser ChorusUploadParser;

/**
 * ChorusUploadSink:
 * @begin_file: a file begins
 * @file_data: the next bytes of the file, at least one
 * @end_file: the file is complete
 *
 * Where the files of an upload go. Each function may fail, which ends the parsing with its error.
 */
typedef struct
{
  gboolean (*begin_file) (gpointer user_data, GError **error);
  gboolean (*file_data) (gpointer user_data, const guint8 *bytes, gsize n_bytes, GError **error);
  gboolean (*end_file) (gpointer user_data, GError **error);
} ChorusUploadSink;

/**
 * chorus_upload_parser_new:
 * @sink: where the files go, which stays valid
 * @user_data: for the functions of @sink
 * @max_files: the greatest number of files
 * @max_file_size: the greatest size of a file, in bytes after decoding
 *
 * Returns: (transfer full): a parser at the beginning of a body
 */
ChorusUploadParser *chorus_upload_parser_new (const ChorusUploadSink *sink,
                                              gpointer                user_data,
                                              guint                   max_files,
                                              guint64                 max_file_size) G_GNUC_WARN_UNUSED_RESULT;

void chorus_upload_parser_free (ChorusUploadParser *self);

/**
 * chorus_upload_parser_push:
 * @self: a parser that has not failed
 * @bytes: (array length=n_bytes): the next piece of the body
 * @n_bytes: its size
 * @error: return location for a #ChorusStationError, or for what the sink reported
 *
 * Reads on. After a failure the parser can only be freed.
 *
 * Returns: whether everything so far is well
 */
gboolean chorus_upload_parser_push (ChorusUploadParser  *self,
                                    const guint8        *bytes,
                                    gsize                n_bytes,
                                    GError             **error);

/**
 * chorus_upload_parser_finish:
 * @self: a parser that has not failed
 * @error: return location for a #ChorusStationError
 *
 * Returns: whether the body was complete and held at least one file
 */
gboolean chorus_upload_parser_finish (ChorusUploadParser  *self,
                                      GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadParser, chorus_upload_parser_free)

G_END_DECLS
