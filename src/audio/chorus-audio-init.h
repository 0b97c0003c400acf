/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_audio_init:
 *
 * Starts GStreamer, once, from any thread. Whatever needs GStreamer calls this first, and does so on a thread of its
 * own: the very first start on a machine looks at every plugin, which takes seconds.
 *
 * Returns: whether GStreamer can be used
 */
gboolean chorus_audio_init (void);

G_END_DECLS
