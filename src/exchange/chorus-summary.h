/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What recordings and their detections come to. */

#pragma once

#include "library/chorus-result.h"

#include "chorus-sound-kind.h"

G_BEGIN_DECLS

#define CHORUS_SUMMARY_HOURS 24
#define CHORUS_SUMMARY_VERDICTS 4

/**
 * ChorusSummaryCounts:
 * @n: how many there are
 * @by_verdict: how many of them have each #ChorusVerdict
 */
typedef struct
{
  guint n;
  guint by_verdict[CHORUS_SUMMARY_VERDICTS];
} ChorusSummaryCounts;

/**
 * ChorusSummarySpecies:
 * @scientific_name: (nullable): its scientific name
 * @common_name: (nullable): its common name
 * @kind: what it is
 * @counts: its detections
 * @n_named: how many of those that are confirmed a person has named, and the model has not
 * @hours: its detections by hour of the day, without those that were rejected
 *
 * A species. A detection that a person gave another name is one of the other species, and a rejected one of the species that
 * the model named.
 */
typedef struct
{
  char *scientific_name;
  char *common_name;
  ChorusSoundKind kind;
  ChorusSummaryCounts counts;
  guint n_named;
  guint hours[CHORUS_SUMMARY_HOURS];
} ChorusSummarySpecies;

/**
 * ChorusSummaryDeployment:
 * @id: its id at the service
 * @site: (nullable): the name of the site
 * @name: (nullable): its own name
 * @n_recordings: how many recordings there are
 * @seconds: how long they are in all
 * @first: (nullable): when the first began
 * @last: (nullable): when the last began
 * @n_detections: how many detections there are that were not rejected
 */
typedef struct
{
  char *id;
  char *site;
  char *name;
  guint n_recordings;
  double seconds;
  GDateTime *first;
  GDateTime *last;
  guint n_detections;
} ChorusSummaryDeployment;

/**
 * ChorusSummary:
 * @project: (nullable): the name of the first project
 * @n_recordings: how many recordings there are
 * @n_analyzed: in how many of them a model has looked for species
 * @n_untimed: of how many it is not known when they began
 * @n_unzoned: of how many the time is that of the recorder's clock, without a zone
 * @n_guessed: of how many the time is a guess
 * @seconds: how long they are in all
 * @first: (nullable): when the first began
 * @last: (nullable): when the last began
 * @counts: all detections
 * @hours: those of them that were not rejected, by hour of the day
 * @confirmed_hours: those that were confirmed, by hour of the day
 * @recorded_hours: seconds of recording by hour of the day
 * @deployments: (element-type ChorusSummaryDeployment): as they came
 * @species: (element-type utf8 ChorusSummarySpecies): all species
 * @models: (element-type utf8 guint): how many detections each model made, by its name and version
 */
typedef struct
{
  char *project;
  guint n_recordings;
  guint n_analyzed;
  guint n_untimed;
  guint n_unzoned;
  guint n_guessed;
  double seconds;
  GDateTime *first;
  GDateTime *last;
  ChorusSummaryCounts counts;
  guint hours[CHORUS_SUMMARY_HOURS];
  guint confirmed_hours[CHORUS_SUMMARY_HOURS];
  double recorded_hours[CHORUS_SUMMARY_HOURS];
  GPtrArray *deployments;
  GHashTable *species;
  GHashTable *models;
} ChorusSummary;

/**
 * chorus_summary_new:
 *
 * Returns: (transfer full): the summary of nothing
 */
ChorusSummary *chorus_summary_new (void) G_GNUC_WARN_UNUSED_RESULT;

void chorus_summary_free (ChorusSummary *self);

/**
 * chorus_summary_add:
 * @self: a summary
 * @result: a recording
 *
 * Counts a recording and its detections.
 */
void chorus_summary_add (ChorusSummary      *self,
                         const ChorusResult *result);

/**
 * chorus_summary_list_species:
 * @self: a summary
 * @animals: whether to list animals, or all else
 *
 * Returns: (transfer container) (element-type ChorusSummarySpecies): species, those with most confirmed detections first,
 *   then those with most detections
 */
GPtrArray *chorus_summary_list_species (const ChorusSummary *self,
                                        gboolean             animals) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_summary_list_models:
 * @self: a summary
 *
 * Returns: (transfer container) (element-type utf8): the models, sorted
 */
GPtrArray *chorus_summary_list_models (const ChorusSummary *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_summary_species_get_precision:
 * @self: a species
 * @low: (out): the lower end of its 95 % interval
 * @high: (out): the upper end
 *
 * Finds how many of the detections that a model made and a person judged are right, with the score interval of Wilson
 * (1927), "Probable inference, the law of succession, and statistical inference", J. Am. Stat. Assoc. 22, 209-212.
 *
 * Returns: 0 to 1, or NaN where nothing has been judged
 */
double chorus_summary_species_get_precision (const ChorusSummarySpecies *self,
                                             double                     *low,
                                             double                     *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusSummary, chorus_summary_free)

G_END_DECLS
