/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "chorus-verdict.h"

G_BEGIN_DECLS

/**
 * ChorusDetectionOrigin:
 * @CHORUS_DETECTION_SERVICE: a model found it
 * @CHORUS_DETECTION_PERSON: a person added it
 * @CHORUS_DETECTION_IMPORT: it comes from a file of another program
 *
 * Where a detection comes from.
 */
typedef enum
{
  CHORUS_DETECTION_SERVICE,
  CHORUS_DETECTION_PERSON,
  CHORUS_DETECTION_IMPORT,
} ChorusDetectionOrigin;

#define CHORUS_TYPE_DETECTION_ORIGIN (chorus_detection_origin_get_type ())

GType chorus_detection_origin_get_type (void);

/**
 * chorus_detection_origin_from_text:
 * @text: (nullable): a word of the store: service, person or import
 *
 * Returns: the origin, or %CHORUS_DETECTION_SERVICE for any other text
 */
ChorusDetectionOrigin chorus_detection_origin_from_text (const char *text);

/**
 * ChorusDetectionState:
 * @verdict: the verdict
 * @scientific_name: (nullable): the species that the verdict names instead of the one found
 * @common_name: (nullable): its common name
 * @reviewer: (nullable): who gave the verdict
 * @reviewed_at: (nullable): when, in ISO 8601
 * @note: (nullable): what was written about the detection
 * @starred: whether it is marked as a good example
 *
 * What people have said about a detection.
 */
typedef struct
{
  ChorusVerdict verdict;
  char *scientific_name;
  char *common_name;
  char *reviewer;
  char *reviewed_at;
  char *note;
  gboolean starred;
} ChorusDetectionState;

/**
 * chorus_detection_state_clear:
 * @self: a state whose texts are its own
 *
 * Frees what is in it and leaves it empty.
 */
void chorus_detection_state_clear (ChorusDetectionState *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusDetectionState, chorus_detection_state_clear)

G_END_DECLS
