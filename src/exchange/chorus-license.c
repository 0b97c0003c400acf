/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-license.h"

G_DEFINE_ENUM_TYPE (ChorusLicense,
                    chorus_license,
                    G_DEFINE_ENUM_VALUE (CHORUS_LICENSE_CC0, "cc0"),
                    G_DEFINE_ENUM_VALUE (CHORUS_LICENSE_CC_BY, "cc-by"),
                    G_DEFINE_ENUM_VALUE (CHORUS_LICENSE_CC_BY_NC, "cc-by-nc"))

static const struct
{
  const char *id;
  const char *title;
  const char *url;
} chorus_licenses[] = {
  [CHORUS_LICENSE_CC0] = { "CC0-1.0", "Creative Commons Zero v1.0 Universal (CC0)",
                           "https://creativecommons.org/publicdomain/zero/1.0/legalcode" },
  [CHORUS_LICENSE_CC_BY] = { "CC-BY-4.0", "Creative Commons Attribution 4.0 International (CC BY)",
                             "https://creativecommons.org/licenses/by/4.0/legalcode" },
  [CHORUS_LICENSE_CC_BY_NC] = { "CC-BY-NC-4.0",
                                "Creative Commons Attribution Non Commercial 4.0 International (CC BY-NC)",
                                "https://creativecommons.org/licenses/by-nc/4.0/legalcode" },
};

const char *
chorus_license_get_id (ChorusLicense license)
{
  g_return_val_if_fail ((guint) license < G_N_ELEMENTS (chorus_licenses), NULL);

  return chorus_licenses[license].id;
}

const char *
chorus_license_get_title (ChorusLicense license)
{
  g_return_val_if_fail ((guint) license < G_N_ELEMENTS (chorus_licenses), NULL);

  return chorus_licenses[license].title;
}

const char *
chorus_license_get_url (ChorusLicense license)
{
  g_return_val_if_fail ((guint) license < G_N_ELEMENTS (chorus_licenses), NULL);

  return chorus_licenses[license].url;
}
