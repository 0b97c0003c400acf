/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-remarks.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (ChorusExportRemarks, chorus_export_remarks, G_TYPE_OBJECT)

static void
chorus_export_remarks_default_init (ChorusExportRemarksInterface *iface)
{
}

char **
chorus_export_remarks_dup (ChorusExportRemarks *self)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT_REMARKS (self), NULL);

  return CHORUS_EXPORT_REMARKS_GET_IFACE (self)->dup_remarks (self);
}

char *
chorus_export_remarks_describe_rejected (guint n)
{
  return g_strdup_printf (
    ngettext ("%u rejected detection was left out, because this format cannot say that it is wrong.",
              "%u rejected detections were left out, because this format cannot say that they are wrong.", n),
    n);
}
