/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-inference.h"

struct _ChorusInference
{
  GObject parent_instance;

  char *id;
  char *file_id;
  ChorusInferenceStatus status;
  char *created_at;
  char *model_name;
  char *model_version;
  char *failure;
  GPtrArray *predictions;
  guint n_unknown;
  char *unknown_json;
};

G_DEFINE_FINAL_TYPE (ChorusInference, chorus_inference, G_TYPE_OBJECT)

static void
chorus_inference_finalize (GObject *object)
{
  ChorusInference *self = CHORUS_INFERENCE (object);

  g_free (self->id);
  g_free (self->file_id);
  g_free (self->created_at);
  g_free (self->model_name);
  g_free (self->model_version);
  g_free (self->failure);
  g_clear_pointer (&self->predictions, g_ptr_array_unref);
  g_free (self->unknown_json);

  G_OBJECT_CLASS (chorus_inference_parent_class)->finalize (object);
}

static void
chorus_inference_class_init (ChorusInferenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_inference_finalize;
}

static void
chorus_inference_init (ChorusInference *self)
{
}

ChorusInference *
chorus_inference_new (const ChorusInferenceInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);

  ChorusInference *self = g_object_new (CHORUS_TYPE_INFERENCE, NULL);

  self->id = g_strdup (init->id);
  self->file_id = g_strdup (init->file_id);
  self->status = init->status;
  self->created_at = g_strdup (init->created_at);
  self->model_name = g_strdup (init->model_name);
  self->model_version = g_strdup (init->model_version);
  self->failure = g_strdup (init->failure);
  self->predictions = init->predictions ? g_ptr_array_ref (init->predictions) : g_ptr_array_new ();
  self->n_unknown = init->n_unknown;
  self->unknown_json = g_strdup (init->unknown_json);

  return self;
}

const char *
chorus_inference_get_id (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->id;
}

const char *
chorus_inference_get_file_id (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->file_id;
}

ChorusInferenceStatus
chorus_inference_get_status (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), CHORUS_INFERENCE_STATUS_FAILED);

  return self->status;
}

const char *
chorus_inference_get_created_at (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->created_at;
}

const char *
chorus_inference_get_model_name (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->model_name;
}

const char *
chorus_inference_get_model_version (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->model_version;
}

const char *
chorus_inference_get_failure (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->failure;
}

GPtrArray *
chorus_inference_get_predictions (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->predictions;
}

guint
chorus_inference_get_n_unknown (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), 0);

  return self->n_unknown;
}

const char *
chorus_inference_get_unknown_json (ChorusInference *self)
{
  g_return_val_if_fail (CHORUS_IS_INFERENCE (self), NULL);

  return self->unknown_json;
}
