/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_EXPORT_REMARKS (chorus_export_remarks_get_type ())

/**
 * ChorusExportRemarks:
 *
 * An export writer that may leave something out, and says so.
 */
G_DECLARE_INTERFACE (ChorusExportRemarks, chorus_export_remarks, CHORUS, EXPORT_REMARKS, GObject)

struct _ChorusExportRemarksInterface
{
  GTypeInterface parent_iface;

  char **(*dup_remarks) (ChorusExportRemarks *self);
};

/**
 * chorus_export_remarks_dup:
 * @self: an export writer
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each kind of thing that was left out so far, and why;
 *   empty where nothing was
 */
char **chorus_export_remarks_dup (ChorusExportRemarks *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_export_remarks_describe_rejected:
 * @n: how many detections that were rejected a writer has left out, above 0
 *
 * Returns: (transfer full): a sentence that says so
 */
char *chorus_export_remarks_describe_rejected (guint n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
