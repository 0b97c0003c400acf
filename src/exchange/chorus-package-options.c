/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-package-options.h"

#include <math.h>

/* The most that a degree is, in meters: of latitude at the poles. */
#define CHORUS_PACKAGE_METERS_PER_DEGREE 111700.0

#define CHORUS_PACKAGE_MAX_DECIMALS 6

ChorusPackageOptions *
chorus_package_options_new (void)
{
  ChorusPackageOptions *self = g_new0 (ChorusPackageOptions, 1);

  self->license = CHORUS_LICENSE_CC_BY;
  self->sampling_protocol = g_strdup ("passive acoustic monitoring");
  self->coordinate_decimals = CHORUS_PACKAGE_EXACT;

  return self;
}

ChorusPackageOptions *
chorus_package_options_copy (const ChorusPackageOptions *self)
{
  ChorusPackageOptions *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ChorusPackageOptions, 1);
  copy->title = g_strdup (self->title);
  copy->description = g_strdup (self->description);
  copy->creator = g_strdup (self->creator);
  copy->organization = g_strdup (self->organization);
  copy->contact_email = g_strdup (self->contact_email);
  copy->license = self->license;
  copy->sampling_protocol = g_strdup (self->sampling_protocol);
  copy->coordinate_decimals = self->coordinate_decimals;
  copy->created = self->created ? g_date_time_ref (self->created) : NULL;

  return copy;
}

void
chorus_package_options_free (ChorusPackageOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->description);
  g_free (self->creator);
  g_free (self->organization);
  g_free (self->contact_email);
  g_free (self->sampling_protocol);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_free (self);
}

char *
chorus_package_options_dup_title (const ChorusPackageOptions *self,
                                  const char                 *project)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->title && *self->title)
    return g_strdup (self->title);

  return project && *project ? g_strdup_printf ("Acoustic detections of %s", project)
                             : g_strdup ("Acoustic detections");
}

const char *
chorus_package_options_get_party (const ChorusPackageOptions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->creator && *self->creator)
    return self->creator;

  return self->organization && *self->organization ? self->organization : "Not stated";
}

guint
chorus_package_options_blur (const ChorusPackageOptions *self,
                             double                     *latitude,
                             double                     *longitude)
{
  double scale = 0.0;
  double half = 0.0;

  g_return_val_if_fail (self != NULL, 0);

  if (self->coordinate_decimals < 0)
    return 0;

  scale = pow (10.0, MIN (self->coordinate_decimals, CHORUS_PACKAGE_MAX_DECIMALS));
  half = 0.5 / scale * CHORUS_PACKAGE_METERS_PER_DEGREE;
  *latitude = round (*latitude * scale) / scale;
  *longitude = round (*longitude * scale) / scale;

  return (guint) ceil (hypot (half, half));
}
