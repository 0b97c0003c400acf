/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-sample-source.h"

/* A source of samples that are made in the test: from an array, silence around it. */

#define CHORUS_TYPE_SYNTHETIC_SOURCE (chorus_synthetic_source_get_type ())

G_DECLARE_FINAL_TYPE (ChorusSyntheticSource, chorus_synthetic_source, CHORUS, SYNTHETIC_SOURCE, ChorusSampleSource)

/* Takes @samples. With @fails, every read is an error. */
ChorusSampleSource *chorus_synthetic_source_new (float    *samples,
                                                 guint64   n_samples,
                                                 double    sample_rate,
                                                 gboolean  fails);

/* Takes @samples: of all channels of a frame, then of the next frame. */
ChorusSampleSource *chorus_synthetic_source_new_interleaved (float   *samples,
                                                             guint64  n_frames,
                                                             guint    n_channels,
                                                             double   sample_rate);

/* How often it has been read. */
guint chorus_synthetic_source_get_n_reads (ChorusSyntheticSource *self);
