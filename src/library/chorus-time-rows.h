/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Correcting the times of recordings in the store. For the store's thread. */

#pragma once

#include <gio/gio.h>

#include "core/chorus-time-correction.h"
#include "store/chorus-transaction.h"

G_BEGIN_DECLS

/**
 * ChorusTimesInput:
 * @ids: (element-type gint64): the recordings
 * @correction: what is wrong with their times
 *
 * What chorus_time_rows_correct() takes.
 */
typedef struct
{
  GArray *ids;
  ChorusTimeCorrection *correction;
} ChorusTimesInput;

void chorus_times_input_free (ChorusTimesInput *self);

/* A ChorusStoreFunc from a ChorusTimesInput to a GArray of gint64: the recordings that changed. All of them are corrected or
 * none is: a shift must not be made twice for some. */
gpointer chorus_time_rows_correct (ChorusDatabase  *db,
                                   gpointer         data,
                                   GError         **error);

G_END_DECLS
