/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-options.h"

#include <math.h>

ChorusExportOptions *
chorus_export_options_new (void)
{
  ChorusExportOptions *self = g_new0 (ChorusExportOptions, 1);

  self->padding = NAN;
  self->camtrap = chorus_camtrap_options_new ();

  return self;
}

ChorusExportOptions *
chorus_export_options_copy (const ChorusExportOptions *self)
{
  ChorusExportOptions *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ChorusExportOptions, 1);
  copy->padding = self->padding;
  copy->camtrap = chorus_camtrap_options_copy (self->camtrap);

  return copy;
}

void
chorus_export_options_free (ChorusExportOptions *self)
{
  if (self == NULL)
    return;

  chorus_camtrap_options_free (self->camtrap);
  g_free (self);
}
