/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-package-coverage.h"

#include <math.h>
#include <string.h>

static int
chorus_package_coverage_compare (gconstpointer a,
                                 gconstpointer b,
                                 gpointer      user_data)
{
  return strcmp (a, b);
}

ChorusPackageCoverage *
chorus_package_coverage_new (void)
{
  ChorusPackageCoverage *self = g_new0 (ChorusPackageCoverage, 1);

  self->south = self->north = self->west = self->east = NAN;
  self->taxa = g_tree_new_full (chorus_package_coverage_compare, NULL, g_free, g_free);

  return self;
}

void
chorus_package_coverage_free (ChorusPackageCoverage *self)
{
  if (self == NULL)
    return;

  g_free (self->first_day);
  g_free (self->last_day);
  g_tree_unref (self->taxa);
  g_free (self);
}

void
chorus_package_coverage_add_place (ChorusPackageCoverage *self,
                                   double                 latitude,
                                   double                 longitude)
{
  if (isnan (latitude) || isnan (longitude))
    return;

  /* The other one where one of the two is NaN. */
  self->south = fmin (self->south, latitude);
  self->north = fmax (self->north, latitude);
  self->west = fmin (self->west, longitude);
  self->east = fmax (self->east, longitude);
}

void
chorus_package_coverage_add_time (ChorusPackageCoverage *self,
                                  GDateTime             *time)
{
  g_autofree char *day = time ? g_date_time_format (time, "%F") : NULL;

  if (!day)
    return;

  if (!self->first_day || strcmp (day, self->first_day) < 0)
    {
      g_free (self->first_day);
      self->first_day = g_strdup (day);
    }
  if (!self->last_day || strcmp (day, self->last_day) > 0)
    {
      g_free (self->last_day);
      self->last_day = g_strdup (day);
    }
}

void
chorus_package_coverage_add_taxon (ChorusPackageCoverage *self,
                                   const char            *scientific_name,
                                   const char            *common_name)
{
  if (scientific_name && *scientific_name && !g_tree_lookup (self->taxa, scientific_name))
    g_tree_insert (self->taxa, g_strdup (scientific_name), g_strdup (common_name ? common_name : ""));
}
