/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ChorusPicture:
 *
 * Pixels that are drawn many times. The OpenGL renderer is given a texture, which it keeps. The cairo renderer is given a
 * surface, because it copies a texture at each frame, and up to GTK 4.8 through floating-point colors: that took most of
 * a frame. Counted; for the main thread.
 */
typedef struct _ChorusPicture ChorusPicture;

/**
 * chorus_picture_new:
 * @pixels: guint32[@height * @width], premultiplied, as GDK_MEMORY_DEFAULT
 * @width: in device pixels
 * @height: in device pixels
 *
 * Returns: (transfer full): a picture of @pixels, which are not copied
 */
ChorusPicture *chorus_picture_new (GBytes *pixels,
                                   int     width,
                                   int     height) G_GNUC_WARN_UNUSED_RESULT;

ChorusPicture *chorus_picture_ref (ChorusPicture *self);

void chorus_picture_unref (ChorusPicture *self);

/**
 * chorus_picture_snapshot:
 * @self: a picture
 * @widget: what is being drawn
 * @snapshot: where to draw
 * @bounds: where it goes, in logical pixels; other sizes than its own scale it
 *
 * Draws the picture.
 */
void chorus_picture_snapshot (ChorusPicture         *self,
                              GtkWidget             *widget,
                              GtkSnapshot           *snapshot,
                              const graphene_rect_t *bounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPicture, chorus_picture_unref)

G_END_DECLS
