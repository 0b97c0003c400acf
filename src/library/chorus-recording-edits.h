/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has changed between two states of a view. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusRecordingEdit:
 * @position: where, in the old rows
 * @removed: how many of the old rows go there
 * @from: the first of the new rows that come there
 * @added: how many of them
 *
 * One change, as GListModel::items-changed tells it.
 */
typedef struct
{
  guint position;
  guint removed;
  guint from;
  guint added;
} ChorusRecordingEdit;

/**
 * chorus_recording_edits_find:
 * @old: (element-type ChorusRecordingRecord): the rows as they were
 * @rows: (element-type ChorusRecordingRecord): the rows as they will be
 * @all: the part of both that is not the same
 *
 * Finds which rows went, came and moved, if they are few and single ones: whoever shows them keeps the rest as it is, with
 * its selection. The marks of the records are used for it.
 *
 * Returns: (transfer full) (nullable) (element-type ChorusRecordingEdit): the changes, from the first row to the last, all
 *   positions being those before any change; %NULL if they are best told as the one that @all is
 */
GArray *chorus_recording_edits_find (GPtrArray                 *old,
                                     GPtrArray                 *rows,
                                     const ChorusRecordingEdit *all) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
