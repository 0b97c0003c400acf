/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "audio/chorus-audio-info.h"
#include "chorus-upload-cut.h"
#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/* What the service takes: bytes and seconds of one file. */
#define CHORUS_UPLOAD_MAX_SIZE G_GINT64_CONSTANT (25000000)
#define CHORUS_UPLOAD_MAX_DURATION 300.0

/**
 * ChorusUploadCheck:
 * @info: what the file is, by its content
 * @size: its size, in bytes
 * @modified: when it was last written, in microseconds since 1970
 * @sha256: the SHA-256 of its content, in hexadecimal digits
 * @recorded: (nullable): when the recording began
 * @cut: how it is sent
 * @findings: (element-type ChorusUploadFinding): what a person may want to know about it
 *
 * What was found out about a file that can be sent.
 */
typedef struct
{
  ChorusAudioInfo *info;
  goffset size;
  gint64 modified;
  char *sha256;
  ChorusRecordingTime *recorded;
  ChorusUploadCut *cut;
  GPtrArray *findings;
} ChorusUploadCheck;

/**
 * chorus_upload_check_run:
 * @file: a file
 * @cancellable: (nullable): stops checking
 * @error: return location for a #ChorusUploadError or %G_IO_ERROR_CANCELLED
 *
 * Looks at a file before a byte of it is sent: readable, not empty, audio; how it has to be sent, when it was recorded,
 * and what recorders are known to get wrong. Reads all of it, so this is for worker threads.
 *
 * Returns: (transfer full): what was found out, or %NULL with a sentence that says what is wrong and what to do
 */
ChorusUploadCheck *chorus_upload_check_run (GFile         *file,
                                            GCancellable  *cancellable,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void chorus_upload_check_free (ChorusUploadCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadCheck, chorus_upload_check_free)

G_END_DECLS
