/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "chorus-detection-state.h"

G_BEGIN_DECLS

/* The size of the palette that colors are taken from. */
#define CHORUS_DETECTION_N_COLORS 8

#define CHORUS_TYPE_DETECTION (chorus_detection_get_type ())

/**
 * ChorusDetection:
 *
 * A species in a span of time, perhaps with a band of frequencies, as a model found it, a person added it or a file of
 * another program had it.
 *
 * Everything but what people say about it is fixed: verdict, verdict-scientific-name, verdict-common-name, held-name,
 * reviewer, reviewed-at, note, starred and withdrawn change. Every getter is also a property; confidence, low and high are
 * constructed with -1 where they are not known, and are NaN then.
 */
G_DECLARE_FINAL_TYPE (ChorusDetection, chorus_detection, CHORUS, DETECTION, GObject)

/**
 * chorus_detection_get_detection_id:
 * @self: a detection
 *
 * Returns: its id in the store
 */
gint64 chorus_detection_get_detection_id (ChorusDetection *self);

/**
 * chorus_detection_get_recording_id:
 * @self: a detection
 *
 * Returns: the id in the store of the recording that it is in
 */
gint64 chorus_detection_get_recording_id (ChorusDetection *self);

/**
 * chorus_detection_get_origin:
 * @self: a detection
 *
 * Returns: where it comes from
 */
ChorusDetectionOrigin chorus_detection_get_origin (ChorusDetection *self);

/**
 * chorus_detection_get_scientific_name:
 * @self: a detection
 *
 * Returns: (nullable): the name as the service gave it, such as "Turdus merula"
 */
const char *chorus_detection_get_scientific_name (ChorusDetection *self);

/**
 * chorus_detection_get_common_name:
 * @self: a detection
 *
 * Returns: (nullable): the common name, or a label that is no name, as the service gave it
 */
const char *chorus_detection_get_common_name (ChorusDetection *self);

/**
 * chorus_detection_get_display_name:
 * @self: a detection
 *
 * Returns: the common name, else the scientific one, else that the sound has no name; on one line and safe to show
 */
const char *chorus_detection_get_display_name (ChorusDetection *self);

/**
 * chorus_detection_get_confidence:
 * @self: a detection
 *
 * Returns: 0 to 1, or NaN when the service gave none
 */
double chorus_detection_get_confidence (ChorusDetection *self);

/**
 * chorus_detection_get_start:
 * @self: a detection
 *
 * Returns: where it starts, in seconds from the start of the recording
 */
double chorus_detection_get_start (ChorusDetection *self);

/**
 * chorus_detection_get_end:
 * @self: a detection
 *
 * Returns: where it ends, in seconds from the start of the recording
 */
double chorus_detection_get_end (ChorusDetection *self);

/**
 * chorus_detection_get_low:
 * @self: a detection
 *
 * Returns: the lower edge of its band in Hz, or NaN when it has no band
 */
double chorus_detection_get_low (ChorusDetection *self);

/**
 * chorus_detection_get_high:
 * @self: a detection
 *
 * Returns: the upper edge of its band in Hz, or NaN when it has no band
 */
double chorus_detection_get_high (ChorusDetection *self);

/**
 * chorus_detection_get_color:
 * @self: a detection
 *
 * Returns: which of the %CHORUS_DETECTION_N_COLORS colors of the palette its species has
 */
guint chorus_detection_get_color (ChorusDetection *self);

/**
 * chorus_detection_get_verdict:
 * @self: a detection
 *
 * Returns: the verdict that the store holds
 */
ChorusVerdict chorus_detection_get_verdict (ChorusDetection *self);

/**
 * chorus_detection_set_verdict:
 * @self: a detection
 * @verdict: the verdict that the store holds now
 *
 * Shows a verdict that was written. To give one, see [class@Review].
 */
void chorus_detection_set_verdict (ChorusDetection *self,
                                   ChorusVerdict    verdict);

/**
 * chorus_detection_get_verdict_scientific_name:
 * @self: a detection
 *
 * Returns: (nullable): the scientific name of the species that the verdict names instead
 */
const char *chorus_detection_get_verdict_scientific_name (ChorusDetection *self);

/**
 * chorus_detection_get_verdict_common_name:
 * @self: a detection
 *
 * Returns: (nullable): the common name of the species that the verdict names instead
 */
const char *chorus_detection_get_verdict_common_name (ChorusDetection *self);

/**
 * chorus_detection_get_renamed:
 * @self: a detection
 *
 * Returns: whether the verdict names another species; there is no property of this, see verdict-scientific-name and
 *   verdict-common-name
 */
gboolean chorus_detection_get_renamed (ChorusDetection *self);

/**
 * chorus_detection_get_held_name:
 * @self: a detection
 *
 * Returns: the name of the species that holds, the one of the verdict where it names another, on one line and safe to show
 */
const char *chorus_detection_get_held_name (ChorusDetection *self);

/**
 * chorus_detection_get_reviewer:
 * @self: a detection
 *
 * Returns: (nullable): who gave the verdict
 */
const char *chorus_detection_get_reviewer (ChorusDetection *self);

/**
 * chorus_detection_get_reviewed_at:
 * @self: a detection
 *
 * Returns: (nullable): when the verdict was given, in ISO 8601 and UTC
 */
const char *chorus_detection_get_reviewed_at (ChorusDetection *self);

/**
 * chorus_detection_get_note:
 * @self: a detection
 *
 * Returns: (nullable): what was written about it, as it was typed
 */
const char *chorus_detection_get_note (ChorusDetection *self);

/**
 * chorus_detection_get_starred:
 * @self: a detection
 *
 * Returns: whether it is marked as a good example
 */
gboolean chorus_detection_get_starred (ChorusDetection *self);

/**
 * chorus_detection_get_withdrawn:
 * @self: a detection
 *
 * Returns: whether a person added it and took that back: a list leaves it out
 */
gboolean chorus_detection_get_withdrawn (ChorusDetection *self);

/**
 * chorus_detection_get_state:
 * @self: a detection
 *
 * Returns: (transfer none): all that people have said about it, until it changes
 */
const ChorusDetectionState *chorus_detection_get_state (ChorusDetection *self);

/**
 * chorus_detection_set_state:
 * @self: a detection
 * @state: what the store holds now
 *
 * Shows what was written. To write it, see [class@Review].
 */
void chorus_detection_set_state (ChorusDetection            *self,
                                 const ChorusDetectionState *state);

G_END_DECLS
