/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-place.h"

#include "chorus-place-private.h"
#include "core/chorus-text.h"

struct _ChorusPlace
{
  GObject parent_instance;

  ChorusPlaceKind kind;
  char *id;
  char *name;
  char *parent_id;
  gboolean typed;

  GListStore *children; /* NULL for a deployment */
};

G_DEFINE_ENUM_TYPE (ChorusPlaceKind,
                    chorus_place_kind,
                    G_DEFINE_ENUM_VALUE (CHORUS_PLACE_PROJECT, "project"),
                    G_DEFINE_ENUM_VALUE (CHORUS_PLACE_SITE, "site"),
                    G_DEFINE_ENUM_VALUE (CHORUS_PLACE_DEPLOYMENT, "deployment"))

G_DEFINE_FINAL_TYPE (ChorusPlace, chorus_place, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_ID,
  PROP_NAME,
  PROP_PARENT_ID,
  PROP_CHILDREN,
  PROP_TYPED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
chorus_place_finalize (GObject *object)
{
  ChorusPlace *self = CHORUS_PLACE (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->parent_id, g_free);
  g_clear_object (&self->children);

  G_OBJECT_CLASS (chorus_place_parent_class)->finalize (object);
}

static void
chorus_place_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ChorusPlace *self = CHORUS_PLACE (object);

  switch (property_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;

    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_PARENT_ID:
      g_value_set_string (value, self->parent_id);
      break;

    case PROP_CHILDREN:
      g_value_set_object (value, self->children);
      break;

    case PROP_TYPED:
      g_value_set_boolean (value, self->typed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_place_class_init (ChorusPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_place_finalize;
  object_class->get_property = chorus_place_get_property;

  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, CHORUS_TYPE_PLACE_KIND, CHORUS_PLACE_PROJECT, flags);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PARENT_ID] = g_param_spec_string ("parent-id", NULL, NULL, NULL, flags);
  properties[PROP_CHILDREN] = g_param_spec_object ("children", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_TYPED] = g_param_spec_boolean ("typed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_place_init (ChorusPlace *self)
{
}

ChorusPlace *
chorus_place_new (ChorusPlaceKind  kind,
                  const char      *id,
                  const char      *name,
                  const char      *parent_id,
                  gboolean         typed)
{
  ChorusPlace *self = g_object_new (CHORUS_TYPE_PLACE, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->name = chorus_text_from_name (name);
  self->parent_id = g_strdup (parent_id);
  self->typed = typed;
  if (kind != CHORUS_PLACE_DEPLOYMENT)
    self->children = g_list_store_new (CHORUS_TYPE_PLACE);

  return self;
}

/* Makes @list hold exactly @places, in their order, and leaves alone what is in its place already: a tree that is shown
 * keeps what is open and what is selected. */
void
chorus_place_replace_list (GListStore *list,
                           GPtrArray  *places)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  guint i = 0;

  for (guint j = 0; j < places->len; j++)
    g_hash_table_add (wanted, g_ptr_array_index (places, j));

  while (i < g_list_model_get_n_items (G_LIST_MODEL (list)))
    {
      g_autoptr (ChorusPlace) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (g_hash_table_contains (wanted, item))
        i++;
      else
        g_list_store_remove (list, i);
    }

  for (i = 0; i < places->len; i++)
    {
      ChorusPlace *place = g_ptr_array_index (places, i);
      g_autoptr (ChorusPlace) item = g_list_model_get_item (G_LIST_MODEL (list), i);
      guint position = 0;

      if (item == place)
        continue;
      if (g_list_store_find (list, place, &position))
        g_list_store_remove (list, position);
      g_list_store_insert (list, i, place);
    }
}

void
chorus_place_set_name (ChorusPlace *self,
                       const char  *name)
{
  g_autofree char *safe_name = NULL;

  g_return_if_fail (CHORUS_IS_PLACE (self));

  safe_name = chorus_text_from_name (name);
  if (g_strcmp0 (self->name, safe_name) == 0)
    return;

  g_free (self->name);
  self->name = g_steal_pointer (&safe_name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
chorus_place_set_children (ChorusPlace *self,
                           GPtrArray   *children)
{
  g_return_if_fail (CHORUS_IS_PLACE (self));

  if (self->children)
    chorus_place_replace_list (self->children, children);
}

ChorusPlaceKind
chorus_place_get_kind (ChorusPlace *self)
{
  g_return_val_if_fail (CHORUS_IS_PLACE (self), CHORUS_PLACE_PROJECT);

  return self->kind;
}

const char *
chorus_place_get_id (ChorusPlace *self)
{
  g_return_val_if_fail (CHORUS_IS_PLACE (self), NULL);

  return self->id;
}

const char *
chorus_place_get_name (ChorusPlace *self)
{
  g_return_val_if_fail (CHORUS_IS_PLACE (self), NULL);

  return self->name;
}

const char *
chorus_place_get_parent_id (ChorusPlace *self)
{
  g_return_val_if_fail (CHORUS_IS_PLACE (self), NULL);

  return self->parent_id;
}

GListModel *
chorus_place_get_children (ChorusPlace *self)
{
  g_return_val_if_fail (CHORUS_IS_PLACE (self), NULL);

  return G_LIST_MODEL (self->children);
}

gboolean
chorus_place_get_typed (ChorusPlace *self)
{
  g_return_val_if_fail (CHORUS_IS_PLACE (self), FALSE);

  return self->typed;
}
