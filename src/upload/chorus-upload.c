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
  PROP_NOTES,
  PROP_APPROVED,
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
    case PROP_NOTES:
      g_value_set_string (value, self->notes);
      break;
    case PROP_APPROVED:
      g_value_set_boolean (value, self->approved);
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
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->entries, g_array_unref);

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
  properties[PROP_NOTES] = g_param_spec_string ("notes", NULL, NULL, NULL, flags);
  properties[PROP_APPROVED] = g_param_spec_boolean ("approved", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

void
chorus_upload_entry_clear (gpointer data)
{
  ChorusUploadEntry *entry = data;

  g_clear_pointer (&entry->attempted_at, g_free);
  g_clear_pointer (&entry->file_id, g_free);
  g_clear_pointer (&entry->server_name, g_free);
  g_clear_pointer (&entry->url, g_free);
}

static void
chorus_upload_init (ChorusUpload *self)
{
  self->approved = TRUE;
  self->listed = TRUE;
  self->recorded = G_MININT64;
  self->entries = g_array_new (FALSE, TRUE, sizeof (ChorusUploadEntry));
  g_array_set_clear_func (self->entries, chorus_upload_entry_clear);
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

void
chorus_upload_set_file (ChorusUpload *self,
                        GFile        *file)
{
  if (g_set_object (&self->file, file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
}

ChorusUploadEntry *
chorus_upload_get_entry (ChorusUpload *self,
                         guint         position)
{
  return &g_array_index (self->entries, ChorusUploadEntry, position);
}

gboolean
chorus_upload_keeps_parts (ChorusUpload            *self,
                           const ChorusUploadCheck *check)
{
  if (self->entries->len == 0 || g_strcmp0 (self->sha256, check->sha256) != 0)
    return FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    if (chorus_upload_get_entry (self, i)->state != CHORUS_UPLOAD_STATE_READY)
      return TRUE;

  return FALSE;
}

void
chorus_upload_fill_entries (GArray                *entries,
                            const ChorusUploadCut *cut)
{
  for (guint i = 0; i < cut->parts->len; i++)
    {
      ChorusUploadEntry entry = {
        .part = g_array_index (cut->parts, ChorusUploadPart, i),
        .state = CHORUS_UPLOAD_STATE_READY,
      };

      g_array_append_val (entries, entry);
    }
}

void
chorus_upload_set_check (ChorusUpload            *self,
                         const ChorusUploadCheck *check)
{
  gboolean resized = self->bytes != (guint64) check->size;

  if (!chorus_upload_keeps_parts (self, check))
    {
      g_array_set_size (self->entries, 0);
      chorus_upload_fill_entries (self->entries, check->cut);
    }
  g_free (self->sha256);
  self->sha256 = g_strdup (check->sha256);
  self->modified = check->modified;
  self->duration = check->info->duration;
  self->recorded =
    check->recorded ? g_date_time_to_unix (chorus_recording_time_get_time (check->recorded)) : G_MININT64;
  self->method = check->cut->method;
  g_free (self->format);
  self->format = g_strdup (check->cut->format);
  self->bytes = (guint64) check->size;
  if (resized)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES]);
}

double
chorus_upload_count_sent (ChorusUpload *self,
                          double        extra)
{
  double total = 0;
  double sent = extra;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const ChorusUploadEntry *entry = chorus_upload_get_entry (self, i);

      total += (double) entry->part.size;
      if (entry->state == CHORUS_UPLOAD_STATE_SENT)
        sent += (double) entry->part.size;
    }

  /* In bytes of the file: what is sent may be larger, when it is decoded. */
  return total > 0 ? MIN (sent / total, 1) * (double) self->bytes : 0;
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

const char *
chorus_upload_get_notes (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), NULL);

  return self->notes;
}

void
chorus_upload_set_notes (ChorusUpload *self,
                         const char   *notes)
{
  if (g_strcmp0 (self->notes, notes) == 0)
    return;

  g_free (self->notes);
  self->notes = g_strdup (notes);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTES]);
}

gboolean
chorus_upload_has_finding (ChorusUpload            *self,
                           ChorusUploadFindingKind  kind)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), FALSE);

  return (self->findings & CHORUS_UPLOAD_FINDING_BIT (kind)) != 0;
}

gboolean
chorus_upload_get_approved (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), FALSE);

  return self->approved;
}

void
chorus_upload_set_approved (ChorusUpload *self,
                            gboolean      approved)
{
  if (self->approved == approved)
    return;

  self->approved = approved;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_APPROVED]);
}

guint
chorus_upload_get_n_parts (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), 0);

  return self->entries->len;
}

guint
chorus_upload_get_n_parts_sent (ChorusUpload *self)
{
  guint n = 0;

  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), 0);

  for (guint i = 0; i < self->entries->len; i++)
    n += chorus_upload_get_entry (self, i)->state == CHORUS_UPLOAD_STATE_SENT;

  return n;
}

double
chorus_upload_get_duration (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), 0);

  return self->duration;
}

gint64
chorus_upload_get_recorded (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), G_MININT64);

  return self->recorded;
}

gboolean
chorus_upload_can_send_anyway (ChorusUpload *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD (self), FALSE);

  /* A file that the check did not come to the end of has no parts. */
  return self->state == CHORUS_UPLOAD_STATE_REFUSED && self->entries->len > 0;
}
