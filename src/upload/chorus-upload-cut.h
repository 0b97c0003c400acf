/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a recording is sent: as it is, or in parts that the service takes. */

#pragma once

#include <gio/gio.h>

#include "audio/chorus-audio-info.h"

G_BEGIN_DECLS

/**
 * ChorusUploadMethod:
 * @CHORUS_UPLOAD_METHOD_WHOLE: the file as it is
 * @CHORUS_UPLOAD_METHOD_COPY: WAV parts whose samples are those of the file, bit for bit
 * @CHORUS_UPLOAD_METHOD_DECODE: WAV parts whose samples were decoded or put into another order of bytes
 *
 * How the bytes that are sent come from those of the file.
 */
typedef enum
{
  CHORUS_UPLOAD_METHOD_WHOLE,
  CHORUS_UPLOAD_METHOD_COPY,
  CHORUS_UPLOAD_METHOD_DECODE,
} ChorusUploadMethod;

/**
 * ChorusUploadPart:
 * @first_frame: where the part begins in the recording, in sample frames
 * @n_frames: its length, in sample frames
 * @start: where the part begins in the recording, in seconds
 * @duration: its length, in seconds
 * @size: the size of what is sent, in bytes, before it is encoded
 *
 * One piece of a recording, of a size that the service takes.
 */
typedef struct
{
  guint64 first_frame;
  guint64 n_frames;
  double start;
  double duration;
  goffset size;
} ChorusUploadPart;

/**
 * ChorusUploadLimits:
 * @size: the most bytes of one file
 * @duration: the longest file, in seconds
 *
 * What a service takes.
 */
typedef struct
{
  goffset size;
  double duration;
} ChorusUploadLimits;

/* Parts begin at multiples of this, in seconds: most bird classifiers look at windows of three seconds. */
#define CHORUS_UPLOAD_CUT_STEP 3.0

/**
 * ChorusUploadCut:
 * @method: how the parts are made
 * @format: the short name of what is sent, such as "wav"
 * @parts: (element-type ChorusUploadPart): the parts, at least one, in order and without a gap
 *
 * How a recording is cut.
 */
typedef struct
{
  ChorusUploadMethod method;
  char *format;
  GArray *parts;
} ChorusUploadCut;

/**
 * chorus_upload_cut_new:
 * @file: the file of the recording
 * @info: what it is, as [func@audio_probe] found it
 * @limits: what the service takes
 * @cancellable: (nullable): to give up
 * @error: return location for an error of `CHORUS_AUDIO_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Decides how a recording is sent. What the service takes as it is stays as it is. PCM WAV over a limit is cut on sample
 * frames at multiples of %CHORUS_UPLOAD_CUT_STEP. Everything else becomes WAV parts: for compressed formats this decodes
 * the whole file once to count its frames. Blocks: call it on a worker.
 *
 * Returns: (transfer full): the cut, or %NULL with @error set
 */
ChorusUploadCut *chorus_upload_cut_new (GFile                     *file,
                                        const ChorusAudioInfo     *info,
                                        const ChorusUploadLimits  *limits,
                                        GCancellable              *cancellable,
                                        GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

void chorus_upload_cut_free (ChorusUploadCut *self);

/**
 * chorus_upload_method_to_text:
 * @method: a method
 *
 * Returns: the word for @method in the store: whole, copy or decode
 */
const char *chorus_upload_method_to_text (ChorusUploadMethod method);

/**
 * chorus_upload_method_from_text:
 * @text: (nullable): a word of [func@upload_method_to_text]
 *
 * Returns: the method, %CHORUS_UPLOAD_METHOD_WHOLE for any other text
 */
ChorusUploadMethod chorus_upload_method_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadCut, chorus_upload_cut_free)

G_END_DECLS
