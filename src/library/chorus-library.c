/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-library.h"

#include <glib/gi18n.h>

#include "chorus-library-private.h"

G_DEFINE_FINAL_TYPE (ChorusLibrary, chorus_library, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_CLIENT,
  PROP_PROFILE_ID,
  PROP_CACHE_FOLDER,
  PROP_PLACES,
  PROP_SYNCED_AT,
  PROP_LISTS_DEPLOYMENTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
chorus_library_constructed (GObject *object)
{
  ChorusLibrary *self = CHORUS_LIBRARY (object);

  G_OBJECT_CLASS (chorus_library_parent_class)->constructed (object);

  if (!self->cache_folder)
    self->cache_folder = g_build_filename (g_get_user_cache_dir (), USER_FOLDER, "audio", NULL);
}

static void
chorus_library_dispose (GObject *object)
{
  ChorusLibrary *self = CHORUS_LIBRARY (object);

  g_cancellable_cancel (self->cancellable);
  chorus_library_stop_analysis (self);
  chorus_library_forget_lists (self);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (chorus_library_parent_class)->dispose (object);
}

static void
chorus_library_finalize (GObject *object)
{
  ChorusLibrary *self = CHORUS_LIBRARY (object);

  chorus_library_free_analysis (self);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->stale, g_hash_table_unref);
  g_clear_pointer (&self->places_by_key, g_hash_table_unref);
  g_clear_object (&self->places);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->profile_id, g_free);
  g_clear_pointer (&self->cache_folder, g_free);

  G_OBJECT_CLASS (chorus_library_parent_class)->finalize (object);
}

static void
chorus_library_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ChorusLibrary *self = CHORUS_LIBRARY (object);

  switch (property_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;

    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;

    case PROP_PROFILE_ID:
      g_value_set_string (value, self->profile_id);
      break;

    case PROP_CACHE_FOLDER:
      g_value_set_string (value, self->cache_folder);
      break;

    case PROP_PLACES:
      g_value_set_object (value, self->places);
      break;

    case PROP_SYNCED_AT:
      g_value_set_boxed (value, self->synced_at);
      break;

    case PROP_LISTS_DEPLOYMENTS:
      g_value_set_boolean (value, self->lists_deployments);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_library_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  ChorusLibrary *self = CHORUS_LIBRARY (object);

  switch (property_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;

    case PROP_CLIENT:
      chorus_library_set_client (self, g_value_get_object (value));
      break;

    case PROP_PROFILE_ID:
      self->profile_id = g_value_dup_string (value);
      break;

    case PROP_CACHE_FOLDER:
      self->cache_folder = g_value_dup_string (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_library_class_init (ChorusLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = chorus_library_constructed;
  object_class->dispose = chorus_library_dispose;
  object_class->finalize = chorus_library_finalize;
  object_class->get_property = chorus_library_get_property;
  object_class->set_property = chorus_library_set_property;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, CHORUS_TYPE_STORE, fixed);
  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, CHORUS_TYPE_CLIENT,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROFILE_ID] = g_param_spec_string ("profile-id", NULL, NULL, NULL, fixed);
  properties[PROP_CACHE_FOLDER] = g_param_spec_string ("cache-folder", NULL, NULL, NULL, fixed);
  properties[PROP_PLACES] = g_param_spec_object ("places", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_SYNCED_AT] = g_param_spec_boxed ("synced-at", NULL, NULL, G_TYPE_DATE_TIME, readable);
  properties[PROP_LISTS_DEPLOYMENTS] = g_param_spec_boolean ("lists-deployments", NULL, NULL, TRUE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_library_init (ChorusLibrary *self)
{
  self->cancellable = g_cancellable_new ();
  self->places = g_list_store_new (CHORUS_TYPE_PLACE);
  self->places_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->lists_deployments = TRUE;
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  chorus_library_init_analysis (self);
}

ChorusLibrary *
chorus_library_new (ChorusStore  *store,
                    ChorusClient *client,
                    const char   *profile_id)
{
  g_return_val_if_fail (CHORUS_IS_STORE (store), NULL);
  g_return_val_if_fail (client == NULL || CHORUS_IS_CLIENT (client), NULL);
  g_return_val_if_fail (profile_id != NULL, NULL);

  return g_object_new (CHORUS_TYPE_LIBRARY, "store", store, "client", client, "profile-id", profile_id, NULL);
}

/* Ends @task with a sentence when there is nobody to ask. */
gboolean
chorus_library_check_client (ChorusLibrary *self,
                             GTask         *task)
{
  if (self->client)
    return TRUE;

  g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT,
                           _("Chorus is not connected. Sign in and try again."));

  return FALSE;
}

/* For what went wrong where nobody asked for it and there is no row to say so in. */
void
chorus_library_note_error (const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CLOSED))
    g_warning ("%s", error->message);
}

ChorusStore *
chorus_library_get_store (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);

  return self->store;
}

ChorusClient *
chorus_library_get_client (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);

  return self->client;
}

void
chorus_library_set_client (ChorusLibrary *self,
                           ChorusClient  *client)
{
  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (client == NULL || CHORUS_IS_CLIENT (client));

  if (!g_set_object (&self->client, client))
    return;

  /* Another server may offer what the last one did not. */
  chorus_library_set_lists_deployments (self, TRUE);
  chorus_library_schedule_poll (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
}

const char *
chorus_library_get_profile_id (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);

  return self->profile_id;
}

const char *
chorus_library_get_cache_folder (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);

  return self->cache_folder;
}

GListModel *
chorus_library_get_places (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->places);
}

GDateTime *
chorus_library_get_synced_at (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);

  return self->synced_at;
}

void
chorus_library_set_synced_at (ChorusLibrary *self,
                              GDateTime     *synced_at)
{
  if (!synced_at || (self->synced_at && g_date_time_equal (self->synced_at, synced_at)))
    return;

  g_clear_pointer (&self->synced_at, g_date_time_unref);
  self->synced_at = g_date_time_ref (synced_at);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
}

gboolean
chorus_library_get_lists_deployments (ChorusLibrary *self)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), FALSE);

  return self->lists_deployments;
}

void
chorus_library_set_lists_deployments (ChorusLibrary *self,
                                      gboolean       lists_deployments)
{
  if (self->lists_deployments == lists_deployments)
    return;

  self->lists_deployments = lists_deployments;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTS_DEPLOYMENTS]);
}
