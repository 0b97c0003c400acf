/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ChorusVerdict:
 * @CHORUS_VERDICT_NONE: nobody has looked at it, or the verdict was taken back
 * @CHORUS_VERDICT_CONFIRMED: the detection is right
 * @CHORUS_VERDICT_REJECTED: the detection is wrong
 * @CHORUS_VERDICT_UNCERTAIN: somebody looked and cannot tell
 *
 * What a person says about a detection.
 */
typedef enum
{
  CHORUS_VERDICT_NONE,
  CHORUS_VERDICT_CONFIRMED,
  CHORUS_VERDICT_REJECTED,
  CHORUS_VERDICT_UNCERTAIN,
} ChorusVerdict;

#define CHORUS_TYPE_VERDICT (chorus_verdict_get_type ())

GType chorus_verdict_get_type (void);

/**
 * chorus_verdict_to_text:
 * @verdict: a verdict
 *
 * Returns: the word that stands for @verdict in the store: none, confirmed, rejected or uncertain
 */
const char *chorus_verdict_to_text (ChorusVerdict verdict);

/**
 * chorus_verdict_from_text:
 * @text: (nullable): a word of [func@verdict_to_text]
 *
 * Returns: the verdict, or %CHORUS_VERDICT_NONE for any other text
 */
ChorusVerdict chorus_verdict_from_text (const char *text);

G_END_DECLS
