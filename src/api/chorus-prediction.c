/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-prediction.h"

struct _ChorusPrediction
{
  GObject parent_instance;

  char *scientific_name;
  char *common_name;
  double confidence;
  double start_time;
  double end_time;
  double low_freq;
  double high_freq;
};

G_DEFINE_FINAL_TYPE (ChorusPrediction, chorus_prediction, G_TYPE_OBJECT)

static void
chorus_prediction_finalize (GObject *object)
{
  ChorusPrediction *self = CHORUS_PREDICTION (object);

  g_free (self->scientific_name);
  g_free (self->common_name);

  G_OBJECT_CLASS (chorus_prediction_parent_class)->finalize (object);
}

static void
chorus_prediction_class_init (ChorusPredictionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_prediction_finalize;
}

static void
chorus_prediction_init (ChorusPrediction *self)
{
}

ChorusPrediction *
chorus_prediction_new (const ChorusPredictionInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);

  ChorusPrediction *self = g_object_new (CHORUS_TYPE_PREDICTION, NULL);

  self->scientific_name = g_strdup (init->scientific_name);
  self->common_name = g_strdup (init->common_name);
  self->confidence = init->confidence;
  self->start_time = init->start_time;
  self->end_time = init->end_time;
  self->low_freq = init->low_freq;
  self->high_freq = init->high_freq;

  return self;
}

const char *
chorus_prediction_get_scientific_name (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), NULL);

  return self->scientific_name;
}

const char *
chorus_prediction_get_common_name (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), NULL);

  return self->common_name;
}

double
chorus_prediction_get_confidence (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), 0.0);

  return self->confidence;
}

double
chorus_prediction_get_start_time (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), 0.0);

  return self->start_time;
}

double
chorus_prediction_get_end_time (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), 0.0);

  return self->end_time;
}

double
chorus_prediction_get_low_freq (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), 0.0);

  return self->low_freq;
}

double
chorus_prediction_get_high_freq (ChorusPrediction *self)
{
  g_return_val_if_fail (CHORUS_IS_PREDICTION (self), 0.0);

  return self->high_freq;
}
