/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-tile.h"

guint
chorus_tile_key_hash (gconstpointer data)
{
  const ChorusTileKey *key = data;

  return (guint) ((key->index * 2 + key->kind) * 64 + (guint) (key->level + 16)) * 2654435761u;
}

gboolean
chorus_tile_key_equal (gconstpointer a,
                       gconstpointer b)
{
  const ChorusTileKey *first = a;
  const ChorusTileKey *second = b;

  return first->kind == second->kind && first->level == second->level && first->index == second->index;
}

static void
chorus_tile_clear (gpointer data)
{
  ChorusTile *self = data;

  g_clear_pointer (&self->levels, g_free);
  g_clear_pointer (&self->peaks, g_free);
}

ChorusTile *
chorus_tile_new (const ChorusTileKey *key,
                 guint                n_columns,
                 guint                n_bins)
{
  ChorusTile *self = g_atomic_rc_box_new0 (ChorusTile);

  self->key = *key;
  self->n_columns = n_columns;
  if (key->kind == CHORUS_TILE_LEVELS)
    {
      self->n_bins = n_bins;
      self->levels = g_new0 (guint8, (gsize) n_columns * n_bins);
    }
  else
    {
      self->peaks = g_new0 (ChorusPeak, n_columns);
    }

  return self;
}

ChorusTile *
chorus_tile_ref (ChorusTile *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
chorus_tile_unref (ChorusTile *self)
{
  g_atomic_rc_box_release_full (self, chorus_tile_clear);
}

gsize
chorus_tile_get_size (const ChorusTile *self)
{
  if (self->key.kind == CHORUS_TILE_LEVELS)
    return sizeof (ChorusTile) + (gsize) self->n_columns * self->n_bins;

  return sizeof (ChorusTile) + self->n_columns * sizeof (ChorusPeak);
}

guint
chorus_tile_kind_get_columns (ChorusTileKind kind)
{
  return kind == CHORUS_TILE_LEVELS ? CHORUS_TILE_COLUMNS : CHORUS_PEAK_TILE_COLUMNS;
}
