/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-project.h"

struct _ChorusProject
{
  GObject parent_instance;

  char *id;
  char *name;
  char *country;
  char *status;
  gboolean has_biodiversity;
};

G_DEFINE_FINAL_TYPE (ChorusProject, chorus_project, G_TYPE_OBJECT)

static void
chorus_project_finalize (GObject *object)
{
  ChorusProject *self = CHORUS_PROJECT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->country);
  g_free (self->status);

  G_OBJECT_CLASS (chorus_project_parent_class)->finalize (object);
}

static void
chorus_project_class_init (ChorusProjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_project_finalize;
}

static void
chorus_project_init (ChorusProject *self)
{
}

ChorusProject *
chorus_project_new (const ChorusProjectInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);
  g_return_val_if_fail (init->id != NULL, NULL);

  ChorusProject *self = g_object_new (CHORUS_TYPE_PROJECT, NULL);

  self->id = g_strdup (init->id);
  self->name = g_strdup (init->name ? init->name : init->id);
  self->country = g_strdup (init->country);
  self->status = g_strdup (init->status);
  self->has_biodiversity = init->has_biodiversity;

  return self;
}

const char *
chorus_project_get_id (ChorusProject *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT (self), NULL);

  return self->id;
}

const char *
chorus_project_get_name (ChorusProject *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT (self), NULL);

  return self->name;
}

const char *
chorus_project_get_country (ChorusProject *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT (self), NULL);

  return self->country;
}

const char *
chorus_project_get_status (ChorusProject *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT (self), NULL);

  return self->status;
}

gboolean
chorus_project_get_has_biodiversity (ChorusProject *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT (self), FALSE);

  return self->has_biodiversity;
}
