/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-summary.h"

#include <math.h>
#include <string.h>

#include "chorus-package-detection.h"

#define CHORUS_SUMMARY_HOUR 3600.0
#define CHORUS_SUMMARY_DAY (24.0 * CHORUS_SUMMARY_HOUR)

/* Longer than any recording, in seconds. */
#define CHORUS_SUMMARY_MAX_SECONDS (366.0 * CHORUS_SUMMARY_DAY)

/* The 97.5 % quantile of the normal distribution. */
#define CHORUS_SUMMARY_Z 1.959963984540054

static void
chorus_summary_species_free (gpointer data)
{
  ChorusSummarySpecies *self = data;

  g_free (self->scientific_name);
  g_free (self->common_name);
  g_free (self);
}

static void
chorus_summary_deployment_free (gpointer data)
{
  ChorusSummaryDeployment *self = data;

  g_free (self->id);
  g_free (self->site);
  g_free (self->name);
  g_clear_pointer (&self->first, g_date_time_unref);
  g_clear_pointer (&self->last, g_date_time_unref);
  g_free (self);
}

ChorusSummary *
chorus_summary_new (void)
{
  ChorusSummary *self = g_new0 (ChorusSummary, 1);

  self->deployments = g_ptr_array_new_with_free_func (chorus_summary_deployment_free);
  self->species = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, chorus_summary_species_free);
  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
chorus_summary_free (ChorusSummary *self)
{
  if (self == NULL)
    return;

  g_free (self->project);
  g_clear_pointer (&self->first, g_date_time_unref);
  g_clear_pointer (&self->last, g_date_time_unref);
  g_ptr_array_unref (self->deployments);
  g_hash_table_unref (self->species);
  g_hash_table_unref (self->models);
  g_free (self);
}

/* Widens a span of times by one. */
static void
chorus_summary_widen (GDateTime **first,
                      GDateTime **last,
                      GDateTime  *time)
{
  if (!*first || g_date_time_compare (time, *first) < 0)
    {
      g_clear_pointer (first, g_date_time_unref);
      *first = g_date_time_ref (time);
    }
  if (!*last || g_date_time_compare (time, *last) > 0)
    {
      g_clear_pointer (last, g_date_time_unref);
      *last = g_date_time_ref (time);
    }
}

static ChorusSummaryDeployment *
chorus_summary_find_deployment (ChorusSummary      *self,
                                const ChorusResult *result)
{
  const char *id = result->deployment_id ? result->deployment_id : "";
  ChorusSummaryDeployment *deployment = NULL;

  /* They come one after another: it is the last or a new one, but for odd input. */
  for (guint i = self->deployments->len; i > 0; i--)
    {
      deployment = g_ptr_array_index (self->deployments, i - 1);
      if (g_str_equal (deployment->id, id))
        return deployment;
    }

  deployment = g_new0 (ChorusSummaryDeployment, 1);
  deployment->id = g_strdup (id);
  deployment->site = g_strdup (result->site);
  deployment->name = g_strdup (result->deployment);
  g_ptr_array_add (self->deployments, deployment);

  return deployment;
}

static ChorusSummarySpecies *
chorus_summary_find_species (ChorusSummary *self,
                             const char    *scientific_name,
                             const char    *common_name)
{
  const char *key = scientific_name && *scientific_name ? scientific_name : common_name ? common_name : "";
  ChorusSummarySpecies *species = g_hash_table_lookup (self->species, key);

  if (!species)
    {
      species = g_new0 (ChorusSummarySpecies, 1);
      species->scientific_name = g_strdup (scientific_name);
      species->kind = chorus_sound_kind_of (scientific_name, common_name);
      g_hash_table_insert (self->species, g_strdup (key), species);
    }
  if (!species->common_name)
    species->common_name = g_strdup (common_name);

  return species;
}

static double
chorus_summary_get_second_of_day (const ChorusResult *result)
{
  GDateTime *time = chorus_recording_time_get_time (result->recorded);

  return 3600.0 * g_date_time_get_hour (time) + 60.0 * g_date_time_get_minute (time) + g_date_time_get_seconds (time);
}

/* The hour of the day so many seconds after midnight. */
static guint
chorus_summary_get_hour (double seconds)
{
  return (guint) floor (fmod (fmod (seconds, CHORUS_SUMMARY_DAY) + CHORUS_SUMMARY_DAY, CHORUS_SUMMARY_DAY)
                        / CHORUS_SUMMARY_HOUR)
         % CHORUS_SUMMARY_HOURS;
}

/* Lays the length of a recording over the hours of the day. */
static void
chorus_summary_add_effort (ChorusSummary      *self,
                           const ChorusResult *result,
                           double              seconds)
{
  double at = chorus_summary_get_second_of_day (result);
  double end = at + MIN (seconds, CHORUS_SUMMARY_MAX_SECONDS);

  while (at < end)
    {
      double next = MIN ((floor (at / CHORUS_SUMMARY_HOUR) + 1.0) * CHORUS_SUMMARY_HOUR, end);

      self->recorded_hours[chorus_summary_get_hour (at)] += next - at;
      at = next;
    }
}

static void
chorus_summary_count (ChorusSummaryCounts *counts,
                      ChorusVerdict        verdict)
{
  counts->n++;
  counts->by_verdict[verdict]++;
}

static void
chorus_summary_add_detection (ChorusSummary               *self,
                              const ChorusResult          *result,
                              const ChorusResultDetection *detection)
{
  gboolean rejected = detection->verdict == CHORUS_VERDICT_REJECTED;
  gboolean renamed = !rejected && (detection->verdict_scientific_name || detection->verdict_common_name);
  ChorusSummarySpecies *species =
    rejected ? chorus_summary_find_species (self, detection->scientific_name, detection->common_name)
             : chorus_summary_find_species (self, chorus_result_detection_get_scientific_name (detection),
                                            chorus_result_detection_get_common_name (detection));
  g_autofree char *model = chorus_package_detection_dup_model (detection);

  chorus_summary_count (&self->counts, detection->verdict);
  chorus_summary_count (&species->counts, detection->verdict);
  if (detection->verdict == CHORUS_VERDICT_CONFIRMED
      && (renamed || !chorus_package_detection_is_by_machine (detection)))
    species->n_named++;
  if (renamed && (detection->scientific_name || detection->common_name))
    chorus_summary_count (&chorus_summary_find_species (self, detection->scientific_name, detection->common_name)
                             ->counts,
                          CHORUS_VERDICT_REJECTED);
  if (model)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->models, model));

      g_hash_table_insert (self->models, g_strdup (model), GUINT_TO_POINTER (n + 1));
    }
  if (result->recorded && !rejected && isfinite (detection->start))
    {
      guint hour = chorus_summary_get_hour (chorus_summary_get_second_of_day (result) + detection->start);

      self->hours[hour]++;
      species->hours[hour]++;
      if (detection->verdict == CHORUS_VERDICT_CONFIRMED)
        self->confirmed_hours[hour]++;
    }
}

void
chorus_summary_add (ChorusSummary      *self,
                    const ChorusResult *result)
{
  ChorusSummaryDeployment *deployment = NULL;
  double seconds = 0.0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (result != NULL);

  deployment = chorus_summary_find_deployment (self, result);
  seconds = isfinite (result->duration) ? MAX (result->duration, 0.0) : 0.0;
  if (!self->project)
    self->project = g_strdup (result->project);
  self->n_recordings++;
  self->n_analyzed += result->analyzed ? 1 : 0;
  self->seconds += seconds;
  deployment->n_recordings++;
  deployment->seconds += seconds;
  if (result->recorded)
    {
      GDateTime *time = chorus_recording_time_get_time (result->recorded);

      chorus_summary_widen (&self->first, &self->last, time);
      chorus_summary_widen (&deployment->first, &deployment->last, time);
      chorus_summary_add_effort (self, result, seconds);
      self->n_unzoned += chorus_recording_time_get_has_zone (result->recorded) ? 0 : 1;
      self->n_guessed += chorus_recording_time_is_guess (result->recorded) ? 1 : 0;
    }
  else
    self->n_untimed++;
  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);

      chorus_summary_add_detection (self, result, detection);
      deployment->n_detections += detection->verdict != CHORUS_VERDICT_REJECTED;
    }
}

static int
chorus_summary_species_compare (gconstpointer a,
                                gconstpointer b)
{
  const ChorusSummarySpecies *first = *(const ChorusSummarySpecies *const *) a;
  const ChorusSummarySpecies *second = *(const ChorusSummarySpecies *const *) b;
  guint first_confirmed = first->counts.by_verdict[CHORUS_VERDICT_CONFIRMED];
  guint second_confirmed = second->counts.by_verdict[CHORUS_VERDICT_CONFIRMED];

  if (first_confirmed != second_confirmed)
    return first_confirmed > second_confirmed ? -1 : 1;
  if (first->counts.n != second->counts.n)
    return first->counts.n > second->counts.n ? -1 : 1;

  return g_strcmp0 (first->scientific_name ? first->scientific_name : first->common_name,
                    second->scientific_name ? second->scientific_name : second->common_name);
}

GPtrArray *
chorus_summary_list_species (const ChorusSummary *self,
                             gboolean             animals)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->species);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if ((((ChorusSummarySpecies *) value)->kind == CHORUS_SOUND_KIND_ANIMAL) == (animals != FALSE))
      g_ptr_array_add (list, value);
  g_ptr_array_sort (list, chorus_summary_species_compare);

  return list;
}

static int
chorus_summary_compare_texts (gconstpointer a,
                              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
chorus_summary_list_models (const ChorusSummary *self)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (list, key);
  g_ptr_array_sort (list, chorus_summary_compare_texts);

  return list;
}

double
chorus_summary_species_get_precision (const ChorusSummarySpecies *self,
                                      double                     *low,
                                      double                     *high)
{
  double right = self->counts.by_verdict[CHORUS_VERDICT_CONFIRMED] - self->n_named;
  double n = right + self->counts.by_verdict[CHORUS_VERDICT_REJECTED];
  double p = right / n;
  double square = CHORUS_SUMMARY_Z * CHORUS_SUMMARY_Z / n;
  double center = (p + square / 2.0) / (1.0 + square);
  double half = CHORUS_SUMMARY_Z / (1.0 + square) * sqrt (p * (1.0 - p) / n + square / (4.0 * n));

  *low = *high = NAN;
  if (n <= 0.0)
    return NAN;
  *low = MAX (center - half, 0.0);
  *high = MIN (center + half, 1.0);

  return p;
}
