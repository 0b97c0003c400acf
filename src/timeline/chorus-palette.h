/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Colors for species. */
#define CHORUS_PALETTE_SIZE 8

/**
 * chorus_palette_get:
 * @index: a color, taken modulo %CHORUS_PALETTE_SIZE
 *
 * Eight colors that people with any color vision tell apart. They began as those of M. Okabe and K. Ito, "Color
 * Universal Design" (2008), and were moved in lightness and hue until each stands out on the dark end of every color map
 * and no two are near to each other for protanopes, deuteranopes or tritanopes.
 *
 * Returns: 0xRRGGBB
 */
guint32 chorus_palette_get (guint index);

/**
 * chorus_palette_get_dark:
 * @index: a color, taken modulo %CHORUS_PALETTE_SIZE
 *
 * Returns: 0xRRGGBB, the same color for light backgrounds
 */
guint32 chorus_palette_get_dark (guint index);

G_END_DECLS
