/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-recording-private.h"
#include "core/chorus-text.h"
#include "core/chorus-time-correction.h"

G_DEFINE_ENUM_TYPE (ChorusRecordingStatus,
                    chorus_recording_status,
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_UPLOADING, "uploading"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_UPLOADED, "uploaded"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_TO_ANALYZE, "to-analyze"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_ANALYZING, "analyzing"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_DETECTIONS, "detections"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_NO_DETECTIONS, "no-detections"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (CHORUS_RECORDING_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (ChorusRecording, chorus_recording, G_TYPE_OBJECT)

static GParamSpec *properties[CHORUS_RECORDING_N_PROPS];

static void
chorus_recording_finalize (GObject *object)
{
  ChorusRecording *self = CHORUS_RECORDING (object);

  if (self->record)
    self->record->object = NULL;
  g_clear_pointer (&self->record, chorus_recording_record_unref);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_clear_pointer (&self->recorded_text, g_free);
  g_clear_pointer (&self->status_text, g_free);

  G_OBJECT_CLASS (chorus_recording_parent_class)->finalize (object);
}

static void
chorus_recording_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ChorusRecording *self = CHORUS_RECORDING (object);

  switch (property_id)
    {
    case CHORUS_RECORDING_PROP_RECORDING_ID:
      g_value_set_int64 (value, self->record->recording_id);
      break;

    case CHORUS_RECORDING_PROP_DEPLOYMENT_ID:
      g_value_set_string (value, self->record->deployment_id);
      break;

    case CHORUS_RECORDING_PROP_FILE_ID:
      g_value_set_string (value, self->record->file_id);
      break;

    case CHORUS_RECORDING_PROP_N_PARTS:
      g_value_set_uint (value, self->record->n_parts);
      break;

    case CHORUS_RECORDING_PROP_AT_SERVICE:
      g_value_set_boolean (value, chorus_recording_get_at_service (self));
      break;

    case CHORUS_RECORDING_PROP_NAME:
      g_value_set_string (value, self->record->name);
      break;

    case CHORUS_RECORDING_PROP_RECORDED:
      g_value_set_boxed (value, chorus_recording_get_recorded (self));
      break;

    case CHORUS_RECORDING_PROP_RECORDED_TEXT:
      g_value_set_string (value, chorus_recording_get_recorded_text (self));
      break;

    case CHORUS_RECORDING_PROP_RECORDER_TIME:
      g_value_take_boxed (value, chorus_recording_dup_recorder_time (self));
      break;

    case CHORUS_RECORDING_PROP_CORRECTED:
      g_value_set_boolean (value, chorus_recording_get_corrected (self));
      break;

    case CHORUS_RECORDING_PROP_DURATION:
      g_value_set_double (value, self->record->duration);
      break;

    case CHORUS_RECORDING_PROP_SIZE:
      g_value_set_int64 (value, self->record->size);
      break;

    case CHORUS_RECORDING_PROP_STATUS:
      g_value_set_enum (value, chorus_recording_get_status (self));
      break;

    case CHORUS_RECORDING_PROP_STATUS_TEXT:
      g_value_set_string (value, chorus_recording_get_status_text (self));
      break;

    case CHORUS_RECORDING_PROP_PROGRESS:
      g_value_set_double (value, self->record->progress);
      break;

    case CHORUS_RECORDING_PROP_REASON:
      g_value_set_string (value, chorus_recording_get_reason (self));
      break;

    case CHORUS_RECORDING_PROP_RUN_ID:
      g_value_set_int64 (value, self->record->run_id);
      break;

    case CHORUS_RECORDING_PROP_N_DETECTIONS:
      g_value_set_uint (value, self->record->n_detections);
      break;

    case CHORUS_RECORDING_PROP_N_SPECIES:
      g_value_set_uint (value, self->record->n_species);
      break;

    case CHORUS_RECORDING_PROP_N_REVIEWED:
      g_value_set_uint (value, self->record->n_reviewed);
      break;

    case CHORUS_RECORDING_PROP_N_UNKNOWN:
      g_value_set_uint (value, self->record->n_unknown);
      break;

    case CHORUS_RECORDING_PROP_LOCAL_PATH:
      g_value_set_string (value, self->record->local_path);
      break;

    case CHORUS_RECORDING_PROP_URL:
      g_value_set_string (value, self->record->url);
      break;

    case CHORUS_RECORDING_PROP_SYNTHETIC:
      g_value_set_boolean (value, self->record->synthetic);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

void
chorus_recording_notify (ChorusRecording         *self,
                         ChorusRecordingProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
chorus_recording_class_init (ChorusRecordingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_recording_finalize;
  object_class->get_property = chorus_recording_get_property;

  properties[CHORUS_RECORDING_PROP_RECORDING_ID] =
    g_param_spec_int64 ("recording-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[CHORUS_RECORDING_PROP_DEPLOYMENT_ID] = g_param_spec_string ("deployment-id", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_FILE_ID] = g_param_spec_string ("file-id", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_N_PARTS] = g_param_spec_uint ("n-parts", NULL, NULL, 0, G_MAXUINT, 1, flags);
  properties[CHORUS_RECORDING_PROP_AT_SERVICE] = g_param_spec_boolean ("at-service", NULL, NULL, FALSE, flags);
  properties[CHORUS_RECORDING_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_RECORDED] =
    g_param_spec_boxed ("recorded", NULL, NULL, CHORUS_TYPE_RECORDING_TIME, flags);
  properties[CHORUS_RECORDING_PROP_RECORDED_TEXT] = g_param_spec_string ("recorded-text", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_RECORDER_TIME] =
    g_param_spec_boxed ("recorder-time", NULL, NULL, CHORUS_TYPE_RECORDING_TIME, flags);
  properties[CHORUS_RECORDING_PROP_CORRECTED] = g_param_spec_boolean ("corrected", NULL, NULL, FALSE, flags);
  properties[CHORUS_RECORDING_PROP_DURATION] =
    g_param_spec_double ("duration", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[CHORUS_RECORDING_PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[CHORUS_RECORDING_PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, CHORUS_TYPE_RECORDING_STATUS, CHORUS_RECORDING_WAITING, flags);
  properties[CHORUS_RECORDING_PROP_STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[CHORUS_RECORDING_PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_RUN_ID] = g_param_spec_int64 ("run-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[CHORUS_RECORDING_PROP_N_DETECTIONS] =
    g_param_spec_uint ("n-detections", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[CHORUS_RECORDING_PROP_N_SPECIES] = g_param_spec_uint ("n-species", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[CHORUS_RECORDING_PROP_N_REVIEWED] = g_param_spec_uint ("n-reviewed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[CHORUS_RECORDING_PROP_N_UNKNOWN] = g_param_spec_uint ("n-unknown", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[CHORUS_RECORDING_PROP_LOCAL_PATH] = g_param_spec_string ("local-path", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  properties[CHORUS_RECORDING_PROP_SYNTHETIC] = g_param_spec_boolean ("synthetic", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, CHORUS_RECORDING_N_PROPS, properties);
}

static void
chorus_recording_init (ChorusRecording *self)
{
}

/* The object of a record: the one that there is, or a new one. */
ChorusRecording *
chorus_recording_new_of (ChorusRecordingRecord *record)
{
  ChorusRecording *self = NULL;

  if (record->object)
    return g_object_ref (record->object);

  self = g_object_new (CHORUS_TYPE_RECORDING, NULL);
  self->record = chorus_recording_record_ref (record);
  record->object = self;

  return self;
}

gint64
chorus_recording_get_recording_id (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->recording_id;
}

const char *
chorus_recording_get_deployment_id (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  return self->record->deployment_id;
}

const char *
chorus_recording_get_file_id (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  return self->record->file_id;
}

guint
chorus_recording_get_n_parts (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 1);

  return self->record->n_parts;
}

gboolean
chorus_recording_get_at_service (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), FALSE);

  return chorus_recording_record_get_at_service (self->record);
}

const char *
chorus_recording_get_name (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  return self->record->name;
}

ChorusRecordingTime *
chorus_recording_get_recorded (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  if (!self->recorded)
    self->recorded = chorus_recording_record_dup_time (self->record);

  return self->recorded;
}

const char *
chorus_recording_get_recorded_text (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  if (!self->recorded_text)
    {
      ChorusRecordingTime *recorded = chorus_recording_get_recorded (self);

      self->recorded_text = recorded ? chorus_recording_time_to_display (recorded) : g_strdup ("");
    }

  return self->recorded_text;
}

gboolean
chorus_recording_get_corrected (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), FALSE);

  return self->record->recorder_time != NULL;
}

ChorusRecordingTime *
chorus_recording_dup_recorder_time (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  if (self->record->recorder_time)
    return chorus_recorder_time_from_text (self->record->recorder_time);

  return chorus_recording_record_dup_time (self->record);
}

double
chorus_recording_get_duration (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), (double) NAN);

  return self->record->duration;
}

gint64
chorus_recording_get_size (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), -1);

  return self->record->size;
}

ChorusRecordingStatus
chorus_recording_get_status (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), CHORUS_RECORDING_WAITING);

  return chorus_recording_record_get_status (self->record);
}

static char *
chorus_recording_make_status_text (ChorusRecording *self)
{
  switch (chorus_recording_get_status (self))
    {
    case CHORUS_RECORDING_WAITING:
      return g_strdup (_("Waiting"));

    case CHORUS_RECORDING_CHECKING:
      return g_strdup (_("Checking"));

    case CHORUS_RECORDING_UPLOADING:
      /* Never 100 % before the service has said that it has it. */
      return g_strdup_printf (_("Uploading %d\u202f%%"), (int) MIN (self->record->progress * 100, 99));

    case CHORUS_RECORDING_UPLOADED:
      return g_strdup (_("Uploaded"));

    case CHORUS_RECORDING_TO_ANALYZE:
      return g_strdup (_("To analyze"));

    case CHORUS_RECORDING_ANALYZING:
      return g_strdup (_("Analyzing"));

    case CHORUS_RECORDING_DETECTIONS:
      return g_strdup_printf (ngettext ("%u detection", "%u detections", self->record->n_detections),
                              self->record->n_detections);

    case CHORUS_RECORDING_NO_DETECTIONS:
      return g_strdup (_("No detections"));

    case CHORUS_RECORDING_FAILED:
    case CHORUS_RECORDING_REFUSED:
    default:
      return g_strdup (_("Failed"));
    }
}

const char *
chorus_recording_get_status_text (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  if (!self->status_text)
    self->status_text = chorus_recording_make_status_text (self);

  return self->status_text;
}

double
chorus_recording_get_progress (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->progress;
}

const char *
chorus_recording_get_reason (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  if (self->record->upload == CHORUS_UPLOAD_SENT || self->record->upload == CHORUS_UPLOAD_REMOTE)
    return self->record->analysis_reason;

  return self->record->upload_reason;
}

gint64
chorus_recording_get_run_id (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->run_id;
}

guint
chorus_recording_get_n_detections (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->n_detections;
}

guint
chorus_recording_get_n_species (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->n_species;
}

guint
chorus_recording_get_n_reviewed (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->n_reviewed;
}

guint
chorus_recording_get_n_unknown (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), 0);

  return self->record->n_unknown;
}

const char *
chorus_recording_get_local_path (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  return self->record->local_path;
}

const char *
chorus_recording_get_url (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), NULL);

  return self->record->url;
}

gboolean
chorus_recording_get_synthetic (ChorusRecording *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING (self), FALSE);

  return self->record->synthetic;
}
