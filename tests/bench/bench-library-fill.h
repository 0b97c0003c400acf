/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store as large as a year of a busy project leaves behind. */

#pragma once

#include "store/chorus-store.h"

G_BEGIN_DECLS

/* The species found most often. */
#define BENCH_LIBRARY_SPECIES "Turdus silvae0"

/* Fills an empty store with one deployment of @n_recordings, a recording every ten minutes: every fourth was sent in twelve
 * parts and every fourth in two, each recording has six species and about fifty detections. Exits on failure. */
void bench_library_fill (ChorusStore *store,
                         guint        n_recordings);

G_END_DECLS
