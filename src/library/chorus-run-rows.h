/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Inference runs and their detections in the store. For the store's thread. */

#pragma once

#include <gio/gio.h>

#include "chorus-part-rows.h"
#include "store/chorus-statement.h"
#include "store/chorus-transaction.h"

G_BEGIN_DECLS

/**
 * ChorusRunWriter:
 *
 * Writes runs inside one transaction and, at its end, gives colors to the species that were new.
 */
typedef struct _ChorusRunWriter ChorusRunWriter;

ChorusRunWriter *chorus_run_writer_new (ChorusDatabase  *db,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void chorus_run_writer_free (ChorusRunWriter *self);

/**
 * chorus_run_writer_add:
 * @self: a writer
 * @place: which recording it is, or which part of one
 * @inferences: (element-type ChorusInference): its runs, oldest first
 * @show: whether the state of the recording follows its runs even when nothing was new
 * @changed: (out): whether anything was new
 * @error: return location for a #ChorusStoreError
 *
 * Writes what is new of the runs of a file and shows the latest that is complete. A run that is complete never changes
 * again. Of one of several parts, what was found is moved to where it is in the recording and kept within the part; the
 * recording is settled in chorus_run_writer_finish().
 */
gboolean chorus_run_writer_add (ChorusRunWriter       *self,
                                const ChorusRunPlace  *place,
                                GPtrArray             *inferences,
                                gboolean               show,
                                gboolean              *changed,
                                GError               **error);

/* Sees to it that the recording at @place shows what it has, though its runs have come another way. */
void chorus_run_writer_note_moved (ChorusRunWriter      *self,
                                   const ChorusRunPlace *place);
gboolean chorus_run_writer_finish (ChorusRunWriter  *self,
                                   GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRunWriter, chorus_run_writer_free)

G_END_DECLS
