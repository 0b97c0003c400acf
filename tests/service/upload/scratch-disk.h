/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that can be full, and files that are damaged on purpose. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScratchDisk ScratchDisk;

/* Makes a folder that is a small disk of its own, of @megabytes: where the system lets this process mount one, which only
 * this process sees; where not, by a limit on the size of every file that this process writes. So this is for a process
 * that was started for one test, and before it has threads. */
ScratchDisk *scratch_disk_new (const char *folder,
                               guint       megabytes);

void scratch_disk_free (ScratchDisk *self);

/* From here on nothing fits on the disk. */
void scratch_disk_fill (ScratchDisk *self);

/* There is room again. */
void scratch_disk_clear (ScratchDisk *self);

/* Makes a file longer by some bytes; with 0, writes over its middle. Its time of modification moves on. */
void scratch_disk_change (const char *path,
                          gsize       bytes);

/* Writes noise over a file from @offset to its end. */
void scratch_disk_ruin (const char *path,
                        gsize       offset);

G_END_DECLS
