/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-camtrap-options.h"

G_BEGIN_DECLS

/**
 * ChorusExportOptions:
 * @padding: how much sound is kept on either side of a detection in clips, in seconds, or NaN for what a format has unless
 *   somebody says otherwise
 * @camtrap: what is said of a package of data as a whole, and of its deployments; the part that concerns every package holds
 *   for Darwin Core too
 *
 * What a person says about an export besides its format. A format takes what concerns it.
 */
typedef struct
{
  double padding;
  ChorusCamtrapOptions *camtrap;
} ChorusExportOptions;

/**
 * chorus_export_options_new:
 *
 * Returns: (transfer full): options as they are unless somebody says otherwise; set the fields
 */
ChorusExportOptions *chorus_export_options_new (void) G_GNUC_WARN_UNUSED_RESULT;
ChorusExportOptions *chorus_export_options_copy (const ChorusExportOptions *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_export_options_free (ChorusExportOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusExportOptions, chorus_export_options_free)

G_END_DECLS
