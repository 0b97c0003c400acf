/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-prediction.h"

G_BEGIN_DECLS

/**
 * ChorusInferenceStatus:
 * @CHORUS_INFERENCE_STATUS_PENDING: waiting for its turn
 * @CHORUS_INFERENCE_STATUS_RUNNING: under way
 * @CHORUS_INFERENCE_STATUS_COMPLETED: done
 * @CHORUS_INFERENCE_STATUS_FAILED: ended without a result
 *
 * How far a run is.
 */
typedef enum
{
  CHORUS_INFERENCE_STATUS_PENDING,
  CHORUS_INFERENCE_STATUS_RUNNING,
  CHORUS_INFERENCE_STATUS_COMPLETED,
  CHORUS_INFERENCE_STATUS_FAILED,
} ChorusInferenceStatus;

#define CHORUS_TYPE_INFERENCE (chorus_inference_get_type ())

/**
 * ChorusInference:
 *
 * One run of a model over a file, with what it found. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusInference, chorus_inference, CHORUS, INFERENCE, GObject)

/**
 * ChorusInferenceInit:
 * @id: (nullable): the identifier of the run
 * @file_id: (nullable): the file
 * @status: how far the run is
 * @created_at: (nullable): when it was asked for, as the service wrote it (ISO 8601)
 * @model_name: (nullable): the name of the model
 * @model_version: (nullable): the version of the model
 * @failure: (nullable): why the run failed, in words of the service
 * @predictions: (element-type ChorusPrediction): what was found, in the order of the service
 * @n_unknown: how many predictions came in a form that is not known
 * @unknown_json: (nullable): those predictions, as a JSON array
 *
 * What a #ChorusInference is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *id;
  const char *file_id;
  ChorusInferenceStatus status;
  const char *created_at;
  const char *model_name;
  const char *model_version;
  const char *failure;
  GPtrArray *predictions;
  guint n_unknown;
  const char *unknown_json;
} ChorusInferenceInit;

/**
 * chorus_inference_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusInference *chorus_inference_new (const ChorusInferenceInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_inference_get_id:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): the identifier of the run
 */
const char *chorus_inference_get_id (ChorusInference *self);

/**
 * chorus_inference_get_file_id:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): the file
 */
const char *chorus_inference_get_file_id (ChorusInference *self);

/**
 * chorus_inference_get_status:
 * @self: a #ChorusInference
 *
 * Returns: how far the run is
 */
ChorusInferenceStatus chorus_inference_get_status (ChorusInference *self);

/**
 * chorus_inference_get_created_at:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): when it was asked for, as the service wrote it (ISO 8601)
 */
const char *chorus_inference_get_created_at (ChorusInference *self);

/**
 * chorus_inference_get_model_name:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): the name of the model
 */
const char *chorus_inference_get_model_name (ChorusInference *self);

/**
 * chorus_inference_get_model_version:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): the version of the model
 */
const char *chorus_inference_get_model_version (ChorusInference *self);

/**
 * chorus_inference_get_failure:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): why the run failed, in words of the service
 */
const char *chorus_inference_get_failure (ChorusInference *self);

/**
 * chorus_inference_get_predictions:
 * @self: a #ChorusInference
 *
 * Returns: (transfer none) (element-type ChorusPrediction): what was found, in the order of the service
 */
GPtrArray *chorus_inference_get_predictions (ChorusInference *self);

/**
 * chorus_inference_get_n_unknown:
 * @self: a #ChorusInference
 *
 * Returns: how many predictions came in a form that is not known
 */
guint chorus_inference_get_n_unknown (ChorusInference *self);

/**
 * chorus_inference_get_unknown_json:
 * @self: a #ChorusInference
 *
 * Returns: (nullable): those predictions, as a JSON array
 */
const char *chorus_inference_get_unknown_json (ChorusInference *self);

G_END_DECLS
