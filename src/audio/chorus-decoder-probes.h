/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "chorus-decoder-trim.h"

G_BEGIN_DECLS

/**
 * ChorusDecoderProbes:
 * @trim: what the file says about its beginning and end
 * @frame_time: of what a FLAC decoder gives next; for its streaming thread alone
 *
 * What changes data on its way through a decoding pipeline, where GStreamer loses samples or time.
 */
typedef struct
{
  ChorusDecoderTrim trim;
  GstClockTime frame_time;
} ChorusDecoderProbes;

/**
 * chorus_decoder_probes_install:
 * @self: must outlive all that @pipeline does
 * @pipeline: a pipeline that decodes, before it has started
 * @source: what reads the file in it
 *
 * Lets the source hide the edit list that @self->trim was read from, and decoders neither cut their output nor lose the
 * time of what comes after a damaged frame.
 */
void chorus_decoder_probes_install (ChorusDecoderProbes *self,
                                    GstElement          *pipeline,
                                    GstElement          *source);

G_END_DECLS
