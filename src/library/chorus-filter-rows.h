/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only the store knows of a filter: which recordings have a species, and where recorders stood. */

#pragma once

#include "store/chorus-statement.h"

G_BEGIN_DECLS

/**
 * ChorusFilterQuestion:
 * @profile_id: the profile
 * @words: words of chorus_folding_split()
 * @threshold: the least confidence a detection must have, or 0
 * @places: whether to tell where the recorders stood
 *
 * What is asked.
 */
typedef struct
{
  char *profile_id;
  char **words;
  double threshold;
  gboolean places;
} ChorusFilterQuestion;

void chorus_filter_question_free (ChorusFilterQuestion *self);

/**
 * ChorusFilterPlace:
 * @latitude: in degrees north
 * @longitude: in degrees east
 *
 * Where a recorder stood.
 */
typedef struct
{
  double latitude;
  double longitude;
} ChorusFilterPlace;

/**
 * ChorusFilterAnswer:
 * @n_words: how many words were asked about
 * @hits: (array length=n_words): for each word the recordings with a species whose name contains it: a bit for each id
 * @n_bits: how many ids there are a bit for
 * @places: deployment id to #ChorusFilterPlace, of the deployments whose place is known
 *
 * What the store says.
 */
typedef struct
{
  guint n_words;
  guint8 **hits;
  gint64 n_bits;
  GHashTable *places;
} ChorusFilterAnswer;

void chorus_filter_answer_free (ChorusFilterAnswer *self);

/**
 * chorus_filter_answer_has:
 * @self: an answer
 * @word: the position of a word
 * @recording_id: a recording
 *
 * Returns: whether the recording has a species whose name contains the word
 */
static inline gboolean
chorus_filter_answer_has (const ChorusFilterAnswer *self,
                          guint                     word,
                          gint64                    recording_id)
{
  return self && recording_id >= 0 && recording_id < self->n_bits
         && (self->hits[word][recording_id / 8] & (1u << (recording_id % 8))) != 0;
}

/* A ChorusStoreFunc from a ChorusFilterQuestion to a ChorusFilterAnswer. */
gpointer chorus_filter_rows_answer (ChorusDatabase  *db,
                                    gpointer         data,
                                    GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusFilterAnswer, chorus_filter_answer_free)

G_END_DECLS
