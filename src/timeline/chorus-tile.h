/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "dsp/chorus-peaks.h"

G_BEGIN_DECLS

/* Columns of a tile, at every level. Small enough that the first of a long recording arrive at once, and large enough
 * that what a job costs beside its work does not matter. */
#define CHORUS_TILE_COLUMNS 128
#define CHORUS_PEAK_TILE_COLUMNS 1024

/**
 * ChorusTileKind:
 * @CHORUS_TILE_LEVELS: levels over time and frequency
 * @CHORUS_TILE_PEAKS: the extent of the waveform
 *
 * What a tile holds.
 */
typedef enum
{
  CHORUS_TILE_LEVELS,
  CHORUS_TILE_PEAKS,
} ChorusTileKind;

/**
 * ChorusTileKey:
 * @kind: what the tile holds
 * @level: its columns stand for 2^@level frames or samples
 * @index: which tile of its level
 *
 * Names a tile of a recording.
 */
typedef struct
{
  ChorusTileKind kind;
  int level;
  guint64 index;
} ChorusTileKey;

/* For hash tables, of pointers to keys. */
guint chorus_tile_key_hash (gconstpointer data);

gboolean chorus_tile_key_equal (gconstpointer a,
                                gconstpointer b);

/**
 * ChorusTile:
 * @key: which tile this is
 * @n_columns: columns in use; fewer than a full tile at the end of a recording
 * @n_bins: levels in a column
 * @levels: (nullable): guint8[@n_columns * @n_bins], one column after the other, lowest frequency first
 * @peaks: (nullable): [@n_columns]
 *
 * A piece of a recording. Immutable and counted; may be used from any thread.
 */
typedef struct
{
  ChorusTileKey key;
  guint n_columns;
  guint n_bins;
  guint8 *levels;
  ChorusPeak *peaks;
} ChorusTile;

/**
 * chorus_tile_new:
 * @key: which tile
 * @n_columns: columns, at least 1
 * @n_bins: levels in a column; ignored for peaks
 *
 * Returns: (transfer full): a tile of the lowest levels, to be filled before anybody else sees it
 */
ChorusTile *chorus_tile_new (const ChorusTileKey *key,
                             guint                n_columns,
                             guint                n_bins) G_GNUC_WARN_UNUSED_RESULT;

ChorusTile *chorus_tile_ref (ChorusTile *self);

void chorus_tile_unref (ChorusTile *self);

/**
 * chorus_tile_get_size:
 * @self: a tile
 *
 * Returns: bytes it takes
 */
gsize chorus_tile_get_size (const ChorusTile *self);

/**
 * chorus_tile_kind_get_columns:
 * @kind: a kind
 *
 * Returns: columns of a full tile
 */
guint chorus_tile_kind_get_columns (ChorusTileKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTile, chorus_tile_unref)

G_END_DECLS
