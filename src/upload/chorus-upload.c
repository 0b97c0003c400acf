/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-private.h"

enum
{
  PROP_0,
  PROP_FILE,
  PROP_NAME,
  PROP_DEPLOYMENT_ID,
  PROP_RECORDING_ID,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_BYTES,
  PROP_REASON,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusUpload, chorus_upload, G_TYPE_OBJECT)

static void
chorus_upload_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ChorusUpload *self = CHORUS_UPLOAD (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DEPLOYMENT_ID:
      g_value_set_string (value, self->deployment_id);
      break;
    case PROP_RECORDING_ID:
      g_value_set_int64 (value, self->recording_id);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_BYTES:
      g_value_set_uint64 (value, self->bytes);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_upload_finalize (GObject *object)
{
  ChorusUpload *self = CHORUS_UPLOAD (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->deployment_id, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->check, chorus_upload_check_free);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_pointer (&self->attempted, g_date_time_unref);
  g_clear_pointer (&self->uncertain, g_date_time_unref);

  G_OBJECT_CLASS (chorus_upload_parent_class)->finalize (object);
}

static void
chorus_upload_class_init (ChorusUploadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = chorus_upload_get_property;
  object_class->finalize = chorus_upload_finalize;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_DEPLOYMENT_ID] = g_param_spec_string ("deployment-id", NULL, NULL, NULL, flags);
  properties[PROP_RECORDING_ID] = g_param_spec_int64 ("recording-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, CHORUS_TYPE_UPLOAD_STATE, CHORUS_UPLOAD_STATE_WAITING, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_BYTES] = g_param_spec_uint64 ("bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_upload_init (ChorusUpload *self)
{
}

ChorusUpload *
chorus_upload_new (GFile      *file,
                   const char *name,
                   const char *deployment_id,
                   gint64      recording_id)
{
  ChorusUpload *self = g_object_new (CHORUS_TYPE_UPLOAD, NULL);

  g_set_object (&self->file, file);
  self->name = g_strdup (name);
  self->deployment_id = g_strdup (deployment_id);
  self->recording_id = recording_id;

  return self;
}

GFile *
chorus_upload_get_file (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), NULL);

  return self->file;
}

const char *
chorus_upload_get_name (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), NULL);

  return self->name;
}

const char *
chorus_upload_get_deployment_id (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), NULL);

  return self->deployment_id;
}

gint64
chorus_upload_get_recording_id (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), 0);

  return self->recording_id;
}

ChorusUploadState
chorus_upload_get_state (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), CHORUS_UPLOAD_STATE_WAITING);

  return self->state;
}

void
chorus_upload_set_state (ChorusUpload      *self,
                         ChorusUploadState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

double
chorus_upload_get_progress (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), 0);

  return self->progress;
}

void
chorus_upload_set_progress (ChorusUpload *self,
                            double        progress)
{
  progress = CLAMP (progress, 0, 1);
  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

guint64
chorus_upload_get_bytes (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), 0);

  return self->bytes;
}

/* Takes what was found out about the file, or forgets it. */
void
chorus_upload_set_check (ChorusUpload      *self,
                         ChorusUploadCheck *check)
{
  guint64 bytes = check ? (guint64) check->size : self->bytes;

  g_clear_pointer (&self->check, chorus_upload_check_free);
  self->check = check;
  if (self->bytes == bytes)
    return;

  self->bytes = bytes;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES]);
}

const char *
chorus_upload_get_reason (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), NULL);

  return self->reason;
}

void
chorus_upload_set_reason (ChorusUpload *self,
                          const char   *reason)
{
  if (g_strcmp0 (self->reason, reason) == 0)
    return;

  g_free (self->reason);
  self->reason = g_strdup (reason);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
}
