/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-detection.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_DETECTION_ROW (chorus_detection_row_get_type ())

/**
 * ChorusDetectionRow:
 *
 * One detection in a list: the color of its species, its name, when it is heard, how sure the model is, and the verdict
 * once the store has it.
 */
G_DECLARE_FINAL_TYPE (ChorusDetectionRow, chorus_detection_row, CHORUS, DETECTION_ROW, AdwBin)

/**
 * ChorusDetectionRow::clicked:
 * @self: the row
 *
 * Emitted when the row is clicked with the first button.
 */

/**
 * chorus_detection_row_new:
 *
 * Returns: (transfer none): a new row
 */
GtkWidget *chorus_detection_row_new (void);

/**
 * chorus_detection_row_get_detection:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the detection that is shown
 */
ChorusDetection *chorus_detection_row_get_detection (ChorusDetectionRow *self);

/**
 * chorus_detection_row_set_detection:
 * @self: a row
 * @detection: (nullable): the detection that is shown
 */
void chorus_detection_row_set_detection (ChorusDetectionRow *self,
                                         ChorusDetection    *detection);

G_END_DECLS
