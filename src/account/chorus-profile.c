/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-profile.h"

#include <glib/gi18n.h>

struct _ChorusProfile
{
  GObject parent_instance;

  char *id;
  char *label;
  ChorusProfileKind kind;
  char *base_url;
  char *email;
  ChorusSignInMethod method;
  GKeyFile *endpoints;
};

G_DEFINE_FINAL_TYPE (ChorusProfile, chorus_profile, G_TYPE_OBJECT)

static void
chorus_profile_finalize (GObject *object)
{
  ChorusProfile *self = CHORUS_PROFILE (object);

  g_free (self->id);
  g_free (self->label);
  g_free (self->base_url);
  g_free (self->email);
  g_clear_pointer (&self->endpoints, g_key_file_unref);

  G_OBJECT_CLASS (chorus_profile_parent_class)->finalize (object);
}

static void
chorus_profile_class_init (ChorusProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_profile_finalize;
}

static void
chorus_profile_init (ChorusProfile *self)
{
}

static char *
chorus_profile_make_label (const ChorusProfileInit *init)
{
  if (init->label && *init->label)
    return g_strdup (init->label);
  if (init->email && *init->email)
    return g_strdup (init->email);
  if (init->kind == CHORUS_PROFILE_KIND_LOCAL || !init->base_url)
    return g_strdup (_("This Computer"));

  g_autoptr (GUri) uri = g_uri_parse (init->base_url, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri && g_uri_get_host (uri) ? g_uri_get_host (uri) : init->base_url);
}

ChorusProfile *
chorus_profile_new (const ChorusProfileInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);
  g_return_val_if_fail (init->base_url != NULL || init->kind == CHORUS_PROFILE_KIND_LOCAL, NULL);

  ChorusProfile *self = g_object_new (CHORUS_TYPE_PROFILE, NULL);

  self->id = init->id ? g_strdup (init->id) : g_uuid_string_random ();
  self->label = chorus_profile_make_label (init);
  self->kind = init->kind;
  self->base_url = g_strdup (init->base_url);
  self->email = g_strdup (init->email);
  self->method = init->method;
  self->endpoints = init->endpoints ? g_key_file_ref (init->endpoints) : NULL;

  return self;
}

const char *
chorus_profile_get_id (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), NULL);

  return self->id;
}

const char *
chorus_profile_get_label (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), NULL);

  return self->label;
}

ChorusProfileKind
chorus_profile_get_kind (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), CHORUS_PROFILE_KIND_SERVICE);

  return self->kind;
}

const char *
chorus_profile_get_base_url (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), NULL);

  return self->base_url;
}

const char *
chorus_profile_get_email (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), NULL);

  return self->email;
}

ChorusSignInMethod
chorus_profile_get_method (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), CHORUS_SIGN_IN_METHOD_PASSWORD);

  return self->method;
}

GKeyFile *
chorus_profile_get_endpoints (ChorusProfile *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE (self), NULL);

  return self->endpoints;
}
