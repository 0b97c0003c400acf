/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-user.h"

struct _ChorusUser
{
  GObject parent_instance;

  char *id;
  char *email;
  char *first_name;
  char *last_name;
};

G_DEFINE_FINAL_TYPE (ChorusUser, chorus_user, G_TYPE_OBJECT)

static void
chorus_user_finalize (GObject *object)
{
  ChorusUser *self = CHORUS_USER (object);

  g_free (self->id);
  g_free (self->email);
  g_free (self->first_name);
  g_free (self->last_name);

  G_OBJECT_CLASS (chorus_user_parent_class)->finalize (object);
}

static void
chorus_user_class_init (ChorusUserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_user_finalize;
}

static void
chorus_user_init (ChorusUser *self)
{
}

ChorusUser *
chorus_user_new (const ChorusUserInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);

  ChorusUser *self = g_object_new (CHORUS_TYPE_USER, NULL);

  self->id = g_strdup (init->id);
  self->email = g_strdup (init->email);
  self->first_name = g_strdup (init->first_name);
  self->last_name = g_strdup (init->last_name);

  return self;
}

const char *
chorus_user_get_id (ChorusUser *self)
{
  g_return_val_if_fail (CHORUS_IS_USER (self), NULL);

  return self->id;
}

const char *
chorus_user_get_email (ChorusUser *self)
{
  g_return_val_if_fail (CHORUS_IS_USER (self), NULL);

  return self->email;
}

const char *
chorus_user_get_first_name (ChorusUser *self)
{
  g_return_val_if_fail (CHORUS_IS_USER (self), NULL);

  return self->first_name;
}

const char *
chorus_user_get_last_name (ChorusUser *self)
{
  g_return_val_if_fail (CHORUS_IS_USER (self), NULL);

  return self->last_name;
}
