/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audio-init.h"

#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>

static gpointer
chorus_audio_init_once (gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (gst_init_check (NULL, NULL, &error))
    {
      gst_pb_utils_init ();
      return GINT_TO_POINTER (TRUE);
    }

  g_warning ("GStreamer did not start: %s", error ? error->message : "no reason given");

  return GINT_TO_POINTER (FALSE);
}

gboolean
chorus_audio_init (void)
{
  static GOnce once = G_ONCE_INIT;

  return GPOINTER_TO_INT (g_once (&once, chorus_audio_init_once, NULL));
}
