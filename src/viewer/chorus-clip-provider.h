/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

#include "audio/chorus-clip.h"

#include "chorus-figure.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIP_PROVIDER (chorus_clip_provider_get_type ())

/**
 * ChorusClipProvider:
 *
 * A piece of a recording to drag into another program or to paste there: a WAV file, or its spectrogram as PNG. Neither is
 * made before it is asked for, and then on a worker.
 *
 * The file lies in the cache, as other programs may read it long after it was dropped. It is removed when a provider is
 * first made a day later.
 */
G_DECLARE_FINAL_TYPE (ChorusClipProvider, chorus_clip_provider, CHORUS, CLIP_PROVIDER, GdkContentProvider)

/**
 * chorus_clip_provider_new:
 * @clip: (transfer full): what to offer
 * @figure: (transfer full): what it looks like
 * @name: the name of the file, as [func@clip_name_new] makes them
 *
 * Returns: (transfer full): a provider
 */
GdkContentProvider *chorus_clip_provider_new (ChorusClip   *clip,
                                              ChorusFigure *figure,
                                              const char   *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
