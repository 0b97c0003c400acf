/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-detection-state.h"

G_DEFINE_ENUM_TYPE (ChorusDetectionOrigin,
                    chorus_detection_origin,
                    G_DEFINE_ENUM_VALUE (CHORUS_DETECTION_SERVICE, "service"),
                    G_DEFINE_ENUM_VALUE (CHORUS_DETECTION_PERSON, "person"),
                    G_DEFINE_ENUM_VALUE (CHORUS_DETECTION_IMPORT, "import"))

void
chorus_detection_state_clear (ChorusDetectionState *self)
{
  g_free (self->scientific_name);
  g_free (self->common_name);
  g_free (self->reviewer);
  g_free (self->reviewed_at);
  g_free (self->note);
  *self = (ChorusDetectionState){ 0 };
}

ChorusDetectionOrigin
chorus_detection_origin_from_text (const char *text)
{
  if (g_strcmp0 (text, "person") == 0)
    return CHORUS_DETECTION_PERSON;
  if (g_strcmp0 (text, "import") == 0)
    return CHORUS_DETECTION_IMPORT;

  return CHORUS_DETECTION_SERVICE;
}
