/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-pcm-header.h"

G_BEGIN_DECLS

gboolean chorus_wave_header_read (ChorusPcmHeader        *header,
                                  const ChorusAudioFile  *file,
                                  ChorusAudioKind         kind,
                                  GError                **error);
gboolean chorus_aiff_header_read (ChorusPcmHeader        *header,
                                  const ChorusAudioFile  *file,
                                  GError                **error);

/* What both readers have to say alike. Each returns FALSE, so that it can be returned in turn. */
gboolean chorus_pcm_header_fail_damaged (const ChorusAudioFile  *file,
                                         GError                **error);
gboolean chorus_pcm_header_fail_cut_off (const ChorusAudioFile  *file,
                                         GError                **error);

/* Checks the common members and turns the number of bytes of samples into frames. */
gboolean chorus_pcm_header_set_size (ChorusPcmHeader        *header,
                                     const ChorusAudioFile  *file,
                                     guint64                 n_bytes,
                                     GError                **error);

G_END_DECLS
