/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Writes opaque pixels (as GDK_MEMORY_DEFAULT) to @path: as PPM, or, when its name ends so, as PNG with @palette of 256
 * colors, as sox does (W3C Portable Network Graphics, second edition). Says what went wrong and returns FALSE. */
gboolean bench_view_picture_write (const char    *path,
                                   const guint32 *pixels,
                                   guint          width,
                                   guint          height,
                                   const guint32 *palette);
