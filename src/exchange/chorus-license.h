/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ChorusLicense:
 * @CHORUS_LICENSE_CC0: everybody may do anything with it
 * @CHORUS_LICENSE_CC_BY: everybody may use it who names the source
 * @CHORUS_LICENSE_CC_BY_NC: the same, but not for profit
 *
 * What others may do with data. These three are those that GBIF takes
 * (https://www.gbif.org/terms).
 */
typedef enum
{
  CHORUS_LICENSE_CC0,
  CHORUS_LICENSE_CC_BY,
  CHORUS_LICENSE_CC_BY_NC,
} ChorusLicense;

#define CHORUS_TYPE_LICENSE (chorus_license_get_type ())

GType chorus_license_get_type (void);

/**
 * chorus_license_get_id:
 * @license: a license
 *
 * Returns: its identifier in the list of SPDX, such as "CC-BY-4.0"
 */
const char *chorus_license_get_id (ChorusLicense license);

/**
 * chorus_license_get_title:
 * @license: a license
 *
 * Returns: its name in English
 */
const char *chorus_license_get_title (ChorusLicense license);

/**
 * chorus_license_get_url:
 * @license: a license
 *
 * Returns: where its text is
 */
const char *chorus_license_get_url (ChorusLicense license);

G_END_DECLS
