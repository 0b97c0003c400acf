/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-decoder-trim.h"

G_BEGIN_DECLS

gboolean chorus_mp3_trim_read (ChorusDecoderTrim      *trim,
                               const ChorusAudioFile  *file,
                               GError                **error);
gboolean chorus_mp4_trim_read (ChorusDecoderTrim      *trim,
                               const ChorusAudioFile  *file,
                               GError                **error);

G_END_DECLS
