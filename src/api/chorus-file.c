/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-file.h"

struct _ChorusFile
{
  GObject parent_instance;

  char *id;
  char *name;
  char *url;
  char *created_at;
  char *deployment_id;
  double duration;
  gint64 size;
  char *uploader;
  char *location_name;
  GPtrArray *inferences;
};

G_DEFINE_FINAL_TYPE (ChorusFile, chorus_file, G_TYPE_OBJECT)

static void
chorus_file_finalize (GObject *object)
{
  ChorusFile *self = CHORUS_FILE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->url);
  g_free (self->created_at);
  g_free (self->deployment_id);
  g_free (self->uploader);
  g_free (self->location_name);
  g_clear_pointer (&self->inferences, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_file_parent_class)->finalize (object);
}

static void
chorus_file_class_init (ChorusFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_file_finalize;
}

static void
chorus_file_init (ChorusFile *self)
{
}

ChorusFile *
chorus_file_new (const ChorusFileInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);
  g_return_val_if_fail (init->id != NULL, NULL);

  ChorusFile *self = g_object_new (CHORUS_TYPE_FILE, NULL);

  self->id = g_strdup (init->id);
  self->name = g_strdup (init->name);
  self->url = g_strdup (init->url);
  self->created_at = g_strdup (init->created_at);
  self->deployment_id = g_strdup (init->deployment_id);
  self->duration = init->duration;
  self->size = init->size;
  self->uploader = g_strdup (init->uploader);
  self->location_name = g_strdup (init->location_name);
  self->inferences = init->inferences ? g_ptr_array_ref (init->inferences) : NULL;

  return self;
}

const char *
chorus_file_get_id (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->id;
}

const char *
chorus_file_get_name (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->name;
}

const char *
chorus_file_get_url (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->url;
}

const char *
chorus_file_get_created_at (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->created_at;
}

const char *
chorus_file_get_deployment_id (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->deployment_id;
}

double
chorus_file_get_duration (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), 0.0);

  return self->duration;
}

gint64
chorus_file_get_size (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), -1);

  return self->size;
}

const char *
chorus_file_get_uploader (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->uploader;
}

const char *
chorus_file_get_location_name (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->location_name;
}

GPtrArray *
chorus_file_get_inferences (ChorusFile *self)
{
  g_return_val_if_fail (CHORUS_IS_FILE (self), NULL);

  return self->inferences;
}
