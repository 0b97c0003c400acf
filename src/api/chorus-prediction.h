/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_PREDICTION (chorus_prediction_get_type ())

/**
 * ChorusPrediction:
 *
 * A sound that a model thinks it found in a file. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusPrediction, chorus_prediction, CHORUS, PREDICTION, GObject)

/**
 * ChorusPredictionInit:
 * @scientific_name: (nullable): the scientific name
 * @common_name: (nullable): the common name, or a label that is neither; at least one of the two names is set
 * @confidence: from 0 to 1, or NAN when the service gave none
 * @start_time: where it begins, in seconds from the start of the file, or NAN
 * @end_time: where it ends, in seconds from the start of the file, or NAN
 * @low_freq: the lower edge of its band, in Hz, or NAN
 * @high_freq: the upper edge of its band, in Hz, or NAN
 *
 * What a #ChorusPrediction is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *scientific_name;
  const char *common_name;
  double confidence;
  double start_time;
  double end_time;
  double low_freq;
  double high_freq;
} ChorusPredictionInit;

/**
 * chorus_prediction_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusPrediction *chorus_prediction_new (const ChorusPredictionInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_prediction_get_scientific_name:
 * @self: a #ChorusPrediction
 *
 * Returns: (nullable): the scientific name
 */
const char *chorus_prediction_get_scientific_name (ChorusPrediction *self);

/**
 * chorus_prediction_get_common_name:
 * @self: a #ChorusPrediction
 *
 * Returns: (nullable): the common name, or a label that is neither; at least one of the two names is set
 */
const char *chorus_prediction_get_common_name (ChorusPrediction *self);

/**
 * chorus_prediction_get_confidence:
 * @self: a #ChorusPrediction
 *
 * Returns: from 0 to 1, or NAN when the service gave none
 */
double chorus_prediction_get_confidence (ChorusPrediction *self);

/**
 * chorus_prediction_get_start_time:
 * @self: a #ChorusPrediction
 *
 * Returns: where it begins, in seconds from the start of the file, or NAN
 */
double chorus_prediction_get_start_time (ChorusPrediction *self);

/**
 * chorus_prediction_get_end_time:
 * @self: a #ChorusPrediction
 *
 * Returns: where it ends, in seconds from the start of the file, or NAN
 */
double chorus_prediction_get_end_time (ChorusPrediction *self);

/**
 * chorus_prediction_get_low_freq:
 * @self: a #ChorusPrediction
 *
 * Returns: the lower edge of its band, in Hz, or NAN
 */
double chorus_prediction_get_low_freq (ChorusPrediction *self);

/**
 * chorus_prediction_get_high_freq:
 * @self: a #ChorusPrediction
 *
 * Returns: the upper edge of its band, in Hz, or NAN
 */
double chorus_prediction_get_high_freq (ChorusPrediction *self);

G_END_DECLS
