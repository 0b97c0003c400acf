/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-profile-store.h"

#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "api/chorus-server.h"

#define CHORUS_PROFILE_STORE_GROUP "Chorus"
#define CHORUS_PROFILE_STORE_LAST_USED "LastUsed"
#define CHORUS_PROFILE_STORE_PROFILE "Profile "
#define CHORUS_PROFILE_STORE_ENDPOINTS "Endpoints "

struct _ChorusProfileStore
{
  GObject parent_instance;

  char *path;
  GKeyFile *key_file; /* as in the file, with what is not understood */
  GPtrArray *profiles;
  gboolean is_loaded;
};

static void chorus_profile_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusProfileStore,
                               chorus_profile_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chorus_profile_store_list_model_init))

static const char *const chorus_profile_store_kinds[] = { "local", "service" };
static const char *const chorus_profile_store_methods[] = { "password", "token", "api-key" };

static void
chorus_profile_store_finalize (GObject *object)
{
  ChorusProfileStore *self = CHORUS_PROFILE_STORE (object);

  g_free (self->path);
  g_clear_pointer (&self->key_file, g_key_file_unref);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_profile_store_parent_class)->finalize (object);
}

static void
chorus_profile_store_class_init (ChorusProfileStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_profile_store_finalize;
}

static void
chorus_profile_store_init (ChorusProfileStore *self)
{
  self->key_file = g_key_file_new ();
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
}

static GType
chorus_profile_store_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_PROFILE;
}

static guint
chorus_profile_store_get_n_items (GListModel *model)
{
  return CHORUS_PROFILE_STORE (model)->profiles->len;
}

static gpointer
chorus_profile_store_get_item (GListModel *model,
                               guint       position)
{
  ChorusProfileStore *self = CHORUS_PROFILE_STORE (model);

  return position < self->profiles->len ? g_object_ref (g_ptr_array_index (self->profiles, position)) : NULL;
}

static void
chorus_profile_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chorus_profile_store_get_item_type;
  iface->get_n_items = chorus_profile_store_get_n_items;
  iface->get_item = chorus_profile_store_get_item;
}

ChorusProfileStore *
chorus_profile_store_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  ChorusProfileStore *self = g_object_new (CHORUS_TYPE_PROFILE_STORE, NULL);

  self->path = g_strdup (path);

  return self;
}

ChorusProfileStore *
chorus_profile_store_new_default (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), USER_FOLDER, "profiles.ini", NULL);

  return chorus_profile_store_new (path);
}

/* The place of a word in a list of them, or -1. */
static int
chorus_profile_store_find_word (GKeyFile          *key_file,
                                const char        *group,
                                const char        *key,
                                const char *const *words,
                                gsize              n_words)
{
  g_autofree char *word = g_key_file_get_string (key_file, group, key, NULL);

  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return (int) i;

  return -1;
}

/* What a profile overrides, under the name by which a server looks for it. */
static GKeyFile *
chorus_profile_store_read_endpoints (ChorusProfileStore *self,
                                     const char         *id)
{
  g_autofree char *group = g_strconcat (CHORUS_PROFILE_STORE_ENDPOINTS, id, NULL);
  g_auto (GStrv) keys = g_key_file_get_keys (self->key_file, group, NULL, NULL);

  if (!keys)
    return NULL;

  GKeyFile *endpoints = g_key_file_new ();

  for (gsize i = 0; keys[i]; i++)
    {
      g_autofree char *value = g_key_file_get_string (self->key_file, group, keys[i], NULL);

      if (value)
        g_key_file_set_string (endpoints, CHORUS_SERVER_ENDPOINTS_GROUP, keys[i], value);
    }

  return endpoints;
}

static ChorusProfile *
chorus_profile_store_read_profile (ChorusProfileStore *self,
                                   const char         *group)
{
  const char *id = group + strlen (CHORUS_PROFILE_STORE_PROFILE);
  int kind = chorus_profile_store_find_word (self->key_file, group, "Kind", chorus_profile_store_kinds,
                                             G_N_ELEMENTS (chorus_profile_store_kinds));
  int method = chorus_profile_store_find_word (self->key_file, group, "Method", chorus_profile_store_methods,
                                               G_N_ELEMENTS (chorus_profile_store_methods));
  g_autofree char *label = g_key_file_get_string (self->key_file, group, "Label", NULL);
  g_autofree char *base_url = g_key_file_get_string (self->key_file, group, "Address", NULL);
  g_autofree char *email = g_key_file_get_string (self->key_file, group, "Email", NULL);

  if (!*id || kind < 0 || method < 0 || (kind == CHORUS_PROFILE_KIND_SERVICE && !base_url))
    return NULL;

  g_autoptr (GKeyFile) endpoints = chorus_profile_store_read_endpoints (self, id);

  return chorus_profile_new (&(ChorusProfileInit){
    .id = id,
    .label = label,
    .kind = (ChorusProfileKind) kind,
    .base_url = base_url,
    .email = email,
    .method = (ChorusSignInMethod) method,
    .endpoints = endpoints,
  });
}

static void
chorus_profile_store_read_groups (ChorusProfileStore *self)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->key_file, NULL);
  guint n_before = self->profiles->len;

  g_ptr_array_set_size (self->profiles, 0);
  for (gsize i = 0; groups[i]; i++)
    {
      ChorusProfile *profile = g_str_has_prefix (groups[i], CHORUS_PROFILE_STORE_PROFILE)
                                 ? chorus_profile_store_read_profile (self, groups[i])
                                 : NULL;

      if (profile)
        g_ptr_array_add (self->profiles, profile);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->profiles->len);
}

/* Puts what cannot be read out of the way, so that it is neither lost nor written over. */
static gboolean
chorus_profile_store_set_aside (ChorusProfileStore  *self,
                                GError             **error)
{
  g_autofree char *aside = g_strconcat (self->path, ".damaged", NULL);
  g_autofree char *shown = g_filename_display_name (self->path);
  gboolean moved = g_rename (self->path, aside) == 0;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               moved ? _("The list of accounts in “%s” is damaged. It was set aside, and you will be asked to sign in "
                          "again.")
                     : _("The list of accounts in “%s” is damaged. Remove the file and start again."),
               shown);

  return moved;
}

gboolean
chorus_profile_store_load (ChorusProfileStore  *self,
                           GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE_STORE (self), FALSE);

  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *shown = g_filename_display_name (self->path);
  gboolean loaded = g_key_file_load_from_file (key_file, self->path, G_KEY_FILE_KEEP_COMMENTS, &local_error);

  if (!loaded && local_error->domain == G_KEY_FILE_ERROR && local_error->code != G_KEY_FILE_ERROR_NOT_FOUND)
    {
      self->is_loaded = chorus_profile_store_set_aside (self, error);
      return FALSE;
    }
  if (!loaded && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      && !g_error_matches (local_error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("The list of accounts in “%s” cannot be read. Check the permissions of the file."), shown);
      return FALSE;
    }

  g_key_file_unref (self->key_file);
  self->key_file = g_steal_pointer (&key_file);
  self->is_loaded = TRUE;
  chorus_profile_store_read_groups (self);

  return TRUE;
}

static gboolean
chorus_profile_store_write (ChorusProfileStore  *self,
                            GError             **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  gsize length = 0;
  g_autofree char *text = g_key_file_to_data (self->key_file, &length, NULL);

  /* What could not be read is not written over. */
  if (self->is_loaded && g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (self->path, text, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, NULL))
    return TRUE;

  g_autofree char *shown = g_filename_display_name (self->path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _(
                 "The list of accounts in “%s” could not be saved. Check that there is room and that the folder can be "
                 "written to."),
               shown);

  return FALSE;
}

static void
chorus_profile_store_set_text (ChorusProfileStore *self,
                               const char         *group,
                               const char         *key,
                               const char         *text)
{
  if (text)
    g_key_file_set_string (self->key_file, group, key, text);
  else
    g_key_file_remove_key (self->key_file, group, key, NULL);
}

static void
chorus_profile_store_write_endpoints (ChorusProfileStore *self,
                                      ChorusProfile      *profile)
{
  GKeyFile *endpoints = chorus_profile_get_endpoints (profile);
  g_autofree char *group = g_strconcat (CHORUS_PROFILE_STORE_ENDPOINTS, chorus_profile_get_id (profile), NULL);
  g_auto (GStrv) keys = endpoints ? g_key_file_get_keys (endpoints, CHORUS_SERVER_ENDPOINTS_GROUP, NULL, NULL) : NULL;

  for (gsize i = 0; keys && keys[i]; i++)
    {
      g_autofree char *value = g_key_file_get_string (endpoints, CHORUS_SERVER_ENDPOINTS_GROUP, keys[i], NULL);

      if (value)
        g_key_file_set_string (self->key_file, group, keys[i], value);
    }
}

static guint
chorus_profile_store_find (ChorusProfileStore *self,
                           const char         *id)
{
  guint i = 0;

  while (i < self->profiles->len && strcmp (chorus_profile_get_id (g_ptr_array_index (self->profiles, i)), id) != 0)
    i++;

  return i;
}

gboolean
chorus_profile_store_save (ChorusProfileStore  *self,
                           ChorusProfile       *profile,
                           GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE_STORE (self), FALSE);
  g_return_val_if_fail (CHORUS_IS_PROFILE (profile), FALSE);

  g_autofree char *group = g_strconcat (CHORUS_PROFILE_STORE_PROFILE, chorus_profile_get_id (profile), NULL);
  guint position = chorus_profile_store_find (self, chorus_profile_get_id (profile));
  guint n_removed = position < self->profiles->len ? 1 : 0;

  g_key_file_set_string (self->key_file, group, "Kind", chorus_profile_store_kinds[chorus_profile_get_kind (profile)]);
  g_key_file_set_string (self->key_file, group, "Method",
                         chorus_profile_store_methods[chorus_profile_get_method (profile)]);
  chorus_profile_store_set_text (self, group, "Label", chorus_profile_get_label (profile));
  chorus_profile_store_set_text (self, group, "Address", chorus_profile_get_base_url (profile));
  chorus_profile_store_set_text (self, group, "Email", chorus_profile_get_email (profile));
  chorus_profile_store_write_endpoints (self, profile);

  /* It may be the very one that is in the list already. */
  g_object_ref (profile);
  if (n_removed > 0)
    g_ptr_array_remove_index (self->profiles, position);
  g_ptr_array_insert (self->profiles, (int) position, profile);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, 1);

  return chorus_profile_store_write (self, error);
}

gboolean
chorus_profile_store_remove (ChorusProfileStore  *self,
                             const char          *id,
                             GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  g_autofree char *group = g_strconcat (CHORUS_PROFILE_STORE_PROFILE, id, NULL);
  g_autofree char *endpoints = g_strconcat (CHORUS_PROFILE_STORE_ENDPOINTS, id, NULL);
  guint position = chorus_profile_store_find (self, id);

  if (position == self->profiles->len)
    return TRUE;

  g_key_file_remove_group (self->key_file, group, NULL);
  g_key_file_remove_group (self->key_file, endpoints, NULL);
  g_ptr_array_remove_index (self->profiles, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return chorus_profile_store_write (self, error);
}

ChorusProfile *
chorus_profile_store_lookup (ChorusProfileStore *self,
                             const char         *id)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  guint position = chorus_profile_store_find (self, id);

  return position < self->profiles->len ? g_ptr_array_index (self->profiles, position) : NULL;
}

ChorusProfile *
chorus_profile_store_get_last_used (ChorusProfileStore *self)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE_STORE (self), NULL);

  g_autofree char *id =
    g_key_file_get_string (self->key_file, CHORUS_PROFILE_STORE_GROUP, CHORUS_PROFILE_STORE_LAST_USED, NULL);

  return id ? chorus_profile_store_lookup (self, id) : NULL;
}

gboolean
chorus_profile_store_set_last_used (ChorusProfileStore  *self,
                                    const char          *id,
                                    GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_PROFILE_STORE (self), FALSE);

  chorus_profile_store_set_text (self, CHORUS_PROFILE_STORE_GROUP, CHORUS_PROFILE_STORE_LAST_USED, id);

  return chorus_profile_store_write (self, error);
}
