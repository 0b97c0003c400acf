/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-channel-name.h"

#include <glib/gi18n.h>

char *
chorus_channel_name (guint channel,
                     guint n_channels)
{
  if (n_channels == 2)
    return g_strdup (channel == 0 ? _("Left") : _("Right"));

  return g_strdup_printf (_("Channel %u"), channel + 1);
}

char *
chorus_channel_letter (guint channel,
                       guint n_channels)
{
  if (n_channels == 2)
    return g_strdup (channel == 0 ? C_("channel", "L") : C_("channel", "R"));

  return g_strdup_printf ("%u", channel + 1);
}
