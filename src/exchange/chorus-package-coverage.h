/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusPackageCoverage:
 * @south: the least latitude in degrees, or NaN without a place, as the next three
 * @north: the greatest latitude
 * @west: the least longitude
 * @east: the greatest longitude
 * @first_day: (nullable): the first day, such as "2026-05-01"
 * @last_day: (nullable): the last day
 * @taxa: (element-type utf8 utf8): the scientific names, with the common name of each or ""
 *
 * What a package of data is about: where, when and of what.
 */
typedef struct
{
  double south;
  double north;
  double west;
  double east;
  char *first_day;
  char *last_day;
  GTree *taxa;
} ChorusPackageCoverage;

ChorusPackageCoverage *chorus_package_coverage_new (void) G_GNUC_WARN_UNUSED_RESULT;

void chorus_package_coverage_free (ChorusPackageCoverage *self);

/**
 * chorus_package_coverage_add_place:
 * @self: a coverage
 * @latitude: in degrees; nothing is added where this or the next is NaN
 * @longitude: in degrees
 */
void chorus_package_coverage_add_place (ChorusPackageCoverage *self,
                                        double                 latitude,
                                        double                 longitude);

/**
 * chorus_package_coverage_add_time:
 * @self: a coverage
 * @time: (nullable): a time, whose day is added
 */
void chorus_package_coverage_add_time (ChorusPackageCoverage *self,
                                       GDateTime             *time);

/**
 * chorus_package_coverage_add_taxon:
 * @self: a coverage
 * @scientific_name: (nullable): a scientific name
 * @common_name: (nullable): its common name
 */
void chorus_package_coverage_add_taxon (ChorusPackageCoverage *self,
                                        const char            *scientific_name,
                                        const char            *common_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPackageCoverage, chorus_package_coverage_free)

G_END_DECLS
