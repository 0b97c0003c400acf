/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-picture.h"

struct _ChorusPicture
{
  GBytes *pixels;
  int width;
  int height;
  /* Made when they are needed, of which usually one is. */
  GdkTexture *texture;
  cairo_surface_t *surface;
};

static const cairo_user_data_key_t chorus_picture_pixels_key;

ChorusPicture *
chorus_picture_new (GBytes *pixels,
                    int     width,
                    int     height)
{
  ChorusPicture *self = NULL;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (g_bytes_get_size (pixels) >= (gsize) width * (gsize) height * sizeof (guint32), NULL);

  self = g_rc_box_new0 (ChorusPicture);
  self->pixels = g_bytes_ref (pixels);
  self->width = width;
  self->height = height;

  return self;
}

ChorusPicture *
chorus_picture_ref (ChorusPicture *self)
{
  return g_rc_box_acquire (self);
}

static void
chorus_picture_clear (gpointer data)
{
  ChorusPicture *self = data;

  g_clear_object (&self->texture);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->pixels, g_bytes_unref);
}

void
chorus_picture_unref (ChorusPicture *self)
{
  g_rc_box_release_full (self, chorus_picture_clear);
}

static void
chorus_picture_unref_pixels (gpointer pixels)
{
  g_bytes_unref (pixels);
}

static void
chorus_picture_ensure_surface (ChorusPicture *self)
{
  if (self->surface)
    return;
  /* Cairo only reads what nobody draws on. */
  self->surface =
    cairo_image_surface_create_for_data ((unsigned char *) g_bytes_get_data (self->pixels, NULL), CAIRO_FORMAT_ARGB32,
                                         self->width, self->height, self->width * (int) sizeof (guint32));
  /* The node that draws the surface may outlive the picture. */
  cairo_surface_set_user_data (self->surface, &chorus_picture_pixels_key, g_bytes_ref (self->pixels),
                               chorus_picture_unref_pixels);
}

static void
chorus_picture_snapshot_surface (ChorusPicture         *self,
                                 GtkSnapshot           *snapshot,
                                 const graphene_rect_t *bounds,
                                 int                    scale)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);
  float width = bounds->size.width * (float) scale;
  gboolean is_scaled = (int) width != self->width || (int) (bounds->size.height * (float) scale) != self->height;

  chorus_picture_ensure_surface (self);
  cairo_translate (cr, (double) bounds->origin.x, (double) bounds->origin.y);
  cairo_scale (cr, (double) bounds->size.width / self->width, (double) bounds->size.height / self->height);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  /* Better filters take milliseconds. */
  cairo_pattern_set_filter (cairo_get_source (cr), is_scaled ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
}

void
chorus_picture_snapshot (ChorusPicture         *self,
                         GtkWidget             *widget,
                         GtkSnapshot           *snapshot,
                         const graphene_rect_t *bounds)
{
  GtkNative *native = gtk_widget_get_native (widget);

  if (native && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)))
    {
      chorus_picture_snapshot_surface (self, snapshot, bounds, gtk_widget_get_scale_factor (widget));
      return;
    }
  if (!self->texture)
    self->texture = gdk_memory_texture_new (self->width, self->height, GDK_MEMORY_DEFAULT, self->pixels,
                                            (gsize) self->width * sizeof (guint32));
  gtk_snapshot_append_texture (snapshot, self->texture, bounds);
}
