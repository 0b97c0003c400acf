/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Results in the store. For the store's thread. */

#pragma once

#include <gio/gio.h>

#include "chorus-result-query.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

/**
 * ChorusResultQuestion:
 * @profile_id: the profile
 * @query: what is wanted
 * @ids: (element-type gint64) (nullable): the recordings to read, in this order
 * @first: from which of them on
 *
 * What the functions below take.
 */
typedef struct
{
  char *profile_id;
  ChorusResultQuery *query;
  GArray *ids;
  guint first;
} ChorusResultQuestion;

/**
 * ChorusResultBatch:
 * @results: (element-type ChorusResult): what was read
 * @next: from which recording to go on
 *
 * What chorus_result_rows_read() returns.
 */
typedef struct
{
  GPtrArray *results;
  guint next;
} ChorusResultBatch;

ChorusResultQuestion *chorus_result_question_new (const char              *profile_id,
                                                  const ChorusResultQuery *query) G_GNUC_WARN_UNUSED_RESULT;
void chorus_result_question_free (ChorusResultQuestion *self);
void chorus_result_batch_free (ChorusResultBatch *self);

/* A ChorusStoreFunc from a ChorusResultQuestion to a GArray of gint64: the recordings that are wanted, by project, site and
 * deployment, then by time, those without a time last, then by name. */
gpointer chorus_result_rows_find (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error);

/* A ChorusStoreFunc from a ChorusResultQuestion to a ChorusResultBatch: the next recordings, as many as can be read in a
 * moment, at least one. Those that there are no longer are passed over. */
gpointer chorus_result_rows_read (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusResultQuestion, chorus_result_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusResultBatch, chorus_result_batch_free)

G_END_DECLS
