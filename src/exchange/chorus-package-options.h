/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-license.h"

G_BEGIN_DECLS

/* In the place of a number of decimals: coordinates stay as they are. */
#define CHORUS_PACKAGE_EXACT (-1)

/**
 * ChorusPackageOptions:
 * @title: (nullable): what the data are called; %NULL makes a title of the name of the project
 * @description: (nullable): what they are
 * @creator: (nullable): the person whose data they are
 * @organization: (nullable): the organization behind them
 * @contact_email: (nullable): where questions go
 * @license: what others may do with them
 * @sampling_protocol: how the recordings were made
 * @coordinate_decimals: to how many decimals coordinates are rounded, 0 to 6, so that nobody finds the place, or
 *   %CHORUS_PACKAGE_EXACT
 * @created: (nullable): when the package is made; %NULL for now
 *
 * What is said of a package of data as a whole. The texts are data: any valid UTF-8.
 */
typedef struct
{
  char *title;
  char *description;
  char *creator;
  char *organization;
  char *contact_email;
  ChorusLicense license;
  char *sampling_protocol;
  int coordinate_decimals;
  GDateTime *created;
} ChorusPackageOptions;

/**
 * chorus_package_options_new:
 *
 * Returns: (transfer full): options as they are unless somebody says otherwise: CC BY, exact coordinates, and nobody named;
 *   set the fields to copies
 */
ChorusPackageOptions *chorus_package_options_new (void) G_GNUC_WARN_UNUSED_RESULT;

ChorusPackageOptions *chorus_package_options_copy (const ChorusPackageOptions *self) G_GNUC_WARN_UNUSED_RESULT;

void chorus_package_options_free (ChorusPackageOptions *self);

/**
 * chorus_package_options_dup_title:
 * @self: options
 * @project: (nullable): the name of the project
 *
 * Returns: (transfer full): the title
 */
char *chorus_package_options_dup_title (const ChorusPackageOptions *self,
                                        const char                 *project) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_package_options_get_party:
 * @self: options
 *
 * Returns: (transfer none): whose data they are: the person, else the organization, else words that say that it is not
 *   stated
 */
const char *chorus_package_options_get_party (const ChorusPackageOptions *self);

/**
 * chorus_package_options_blur:
 * @self: options
 * @latitude: (inout): in degrees
 * @longitude: (inout): in degrees
 *
 * Rounds a place as the options want it.
 *
 * Returns: how far the place may be from what it became, in meters rounded up; 0 where it was not rounded. A degree is
 *   taken as 111.7 km, the most that it is anywhere on WGS 84.
 */
guint chorus_package_options_blur (const ChorusPackageOptions *self,
                                   double                     *latitude,
                                   double                     *longitude);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPackageOptions, chorus_package_options_free)

G_END_DECLS
