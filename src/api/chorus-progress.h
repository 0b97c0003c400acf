/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-client.h"

G_BEGIN_DECLS

/**
 * ChorusProgress:
 *
 * Tells how far a transfer is, but not more often than a person can read.
 */
typedef struct
{
  ChorusTransferProgress func;
  gpointer data;
  GDestroyNotify destroy;
  goffset n_bytes;
  goffset total; /* or -1 */
  goffset n_told;
  gint64 told_at; /* of the monotonic clock */
} ChorusProgress;

/**
 * chorus_progress_add:
 * @self: a progress
 * @n_bytes: how many more bytes went through
 *
 * Counts, and tells when it is time.
 */
void chorus_progress_add (ChorusProgress *self,
                          goffset         n_bytes);

/**
 * chorus_progress_end:
 * @self: a progress
 *
 * Tells the last figure, unless it has been told.
 */
void chorus_progress_end (ChorusProgress *self);

/**
 * chorus_progress_clear:
 * @self: a progress
 *
 * Frees the data of the callback.
 */
void chorus_progress_clear (ChorusProgress *self);

G_END_DECLS
