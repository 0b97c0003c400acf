/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-renderer.h"

#include <epoxy/gl.h>

/* Where there is no OpenGL at all, GTK itself takes cairo. */
static gboolean
chorus_renderer_is_software (GdkDisplay *display)
{
  /* How Mesa calls what needs no graphics processor */
  static const char *const software[] = { "llvmpipe", "softpipe", "swrast", "Software Rasterizer" };
  GdkSurface *surface = gdk_surface_new_toplevel (display);
  g_autoptr (GdkGLContext) context = gdk_surface_create_gl_context (surface, NULL);
  gboolean is_software = FALSE;

  if (context && gdk_gl_context_realize (context, NULL))
    {
      const char *name = NULL;

      gdk_gl_context_make_current (context);
      name = (const char *) glGetString (GL_RENDERER);
      for (guint i = 0; name && i < G_N_ELEMENTS (software); i++)
        is_software |= strstr (name, software[i]) != NULL;
      gdk_gl_context_clear_current ();
    }
  g_clear_object (&context);
  gdk_surface_destroy (surface);

  return is_software;
}

void
chorus_renderer_choose (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (!display || g_getenv ("GSK_RENDERER") || !chorus_renderer_is_software (display))
    return;

  g_debug ("There is no graphics processor: drawing with cairo");
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
}
