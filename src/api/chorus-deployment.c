/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-deployment.h"

struct _ChorusDeployment
{
  GObject parent_instance;

  char *id;
  char *name;
  char *site_id;
  char *start_date;
  char *end_date;
  char *location_name;
  double latitude;
  double longitude;
};

G_DEFINE_FINAL_TYPE (ChorusDeployment, chorus_deployment, G_TYPE_OBJECT)

static void
chorus_deployment_finalize (GObject *object)
{
  ChorusDeployment *self = CHORUS_DEPLOYMENT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->site_id);
  g_free (self->start_date);
  g_free (self->end_date);
  g_free (self->location_name);

  G_OBJECT_CLASS (chorus_deployment_parent_class)->finalize (object);
}

static void
chorus_deployment_class_init (ChorusDeploymentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_deployment_finalize;
}

static void
chorus_deployment_init (ChorusDeployment *self)
{
}

ChorusDeployment *
chorus_deployment_new (const ChorusDeploymentInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);
  g_return_val_if_fail (init->id != NULL, NULL);

  ChorusDeployment *self = g_object_new (CHORUS_TYPE_DEPLOYMENT, NULL);

  self->id = g_strdup (init->id);
  self->name = g_strdup (init->name ? init->name : init->id);
  self->site_id = g_strdup (init->site_id);
  self->start_date = g_strdup (init->start_date);
  self->end_date = g_strdup (init->end_date);
  self->location_name = g_strdup (init->location_name);
  self->latitude = init->latitude;
  self->longitude = init->longitude;

  return self;
}

const char *
chorus_deployment_get_id (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), NULL);

  return self->id;
}

const char *
chorus_deployment_get_name (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), NULL);

  return self->name;
}

const char *
chorus_deployment_get_site_id (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), NULL);

  return self->site_id;
}

const char *
chorus_deployment_get_start_date (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), NULL);

  return self->start_date;
}

const char *
chorus_deployment_get_end_date (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), NULL);

  return self->end_date;
}

const char *
chorus_deployment_get_location_name (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), NULL);

  return self->location_name;
}

double
chorus_deployment_get_latitude (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), 0.0);

  return self->latitude;
}

double
chorus_deployment_get_longitude (ChorusDeployment *self)
{
  g_return_val_if_fail (CHORUS_IS_DEPLOYMENT (self), 0.0);

  return self->longitude;
}
