/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-site.h"

struct _ChorusSite
{
  GObject parent_instance;

  char *id;
  char *name;
  char *project_id;
};

G_DEFINE_FINAL_TYPE (ChorusSite, chorus_site, G_TYPE_OBJECT)

static void
chorus_site_finalize (GObject *object)
{
  ChorusSite *self = CHORUS_SITE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->project_id);

  G_OBJECT_CLASS (chorus_site_parent_class)->finalize (object);
}

static void
chorus_site_class_init (ChorusSiteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_site_finalize;
}

static void
chorus_site_init (ChorusSite *self)
{
}

ChorusSite *
chorus_site_new (const ChorusSiteInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);
  g_return_val_if_fail (init->id != NULL, NULL);

  ChorusSite *self = g_object_new (CHORUS_TYPE_SITE, NULL);

  self->id = g_strdup (init->id);
  self->name = g_strdup (init->name ? init->name : init->id);
  self->project_id = g_strdup (init->project_id);

  return self;
}

const char *
chorus_site_get_id (ChorusSite *self)
{
  g_return_val_if_fail (CHORUS_IS_SITE (self), NULL);

  return self->id;
}

const char *
chorus_site_get_name (ChorusSite *self)
{
  g_return_val_if_fail (CHORUS_IS_SITE (self), NULL);

  return self->name;
}

const char *
chorus_site_get_project_id (ChorusSite *self)
{
  g_return_val_if_fail (CHORUS_IS_SITE (self), NULL);

  return self->project_id;
}
