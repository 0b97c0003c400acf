/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-result.h"

#include <math.h>

ChorusResultDetection *
chorus_result_detection_new (void)
{
  ChorusResultDetection *self = g_new0 (ChorusResultDetection, 1);

  self->confidence = NAN;
  self->low = NAN;
  self->high = NAN;

  return self;
}

void
chorus_result_detection_free (ChorusResultDetection *self)
{
  if (self == NULL)
    return;

  g_free (self->scientific_name);
  g_free (self->common_name);
  g_free (self->verdict_scientific_name);
  g_free (self->verdict_common_name);
  g_free (self->reviewer);
  g_free (self->reviewed_at);
  g_free (self->model_name);
  g_free (self->model_version);
  g_free (self->note);
  g_free (self);
}

static gboolean
chorus_result_detection_is_renamed (const ChorusResultDetection *self)
{
  return self->verdict_scientific_name != NULL || self->verdict_common_name != NULL;
}

const char *
chorus_result_detection_get_scientific_name (const ChorusResultDetection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return chorus_result_detection_is_renamed (self) ? self->verdict_scientific_name : self->scientific_name;
}

const char *
chorus_result_detection_get_common_name (const ChorusResultDetection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return chorus_result_detection_is_renamed (self) ? self->verdict_common_name : self->common_name;
}

ChorusResult *
chorus_result_new (void)
{
  ChorusResult *self = g_new0 (ChorusResult, 1);

  self->latitude = NAN;
  self->longitude = NAN;
  self->duration = NAN;
  self->sample_rate = NAN;
  self->size = -1;
  self->detections = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_detection_free);

  return self;
}

void
chorus_result_free (ChorusResult *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->path);
  g_free (self->file_id);
  g_free (self->sha256);
  g_free (self->deployment_id);
  g_free (self->project);
  g_free (self->site);
  g_free (self->deployment);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_ptr_array_unref (self->detections);
  g_free (self);
}
