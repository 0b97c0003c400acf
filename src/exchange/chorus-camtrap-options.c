/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-camtrap-options.h"

#include <math.h>

ChorusCamtrapOptions *
chorus_camtrap_options_new (void)
{
  ChorusCamtrapOptions *self = g_new0 (ChorusCamtrapOptions, 1);

  self->package = chorus_package_options_new ();
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

ChorusCamtrapOptions *
chorus_camtrap_options_copy (const ChorusCamtrapOptions *self)
{
  ChorusCamtrapOptions *copy = NULL;
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer place = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ChorusCamtrapOptions, 1);
  copy->package = chorus_package_options_copy (self->package);
  copy->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &id, &place))
    g_hash_table_insert (copy->places, g_strdup (id), g_memdup2 (place, sizeof (ChorusCamtrapPlace)));
  copy->design = self->design;
  copy->capture = self->capture;
  copy->score_is_probability = self->score_is_probability;

  return copy;
}

void
chorus_camtrap_options_free (ChorusCamtrapOptions *self)
{
  if (self == NULL)
    return;

  chorus_package_options_free (self->package);
  g_hash_table_unref (self->places);
  g_free (self);
}

void
chorus_camtrap_options_set_place (ChorusCamtrapOptions *self,
                                  const char           *deployment_id,
                                  double                latitude,
                                  double                longitude)
{
  ChorusCamtrapPlace place = { latitude, longitude };

  g_return_if_fail (self != NULL);
  g_return_if_fail (deployment_id != NULL);

  g_hash_table_insert (self->places, g_strdup (deployment_id), g_memdup2 (&place, sizeof place));
}

static gboolean
chorus_camtrap_place_is_real (double latitude,
                              double longitude)
{
  return fabs (latitude) <= 90.0 && fabs (longitude) <= 180.0;
}

gboolean
chorus_camtrap_options_find_place (const ChorusCamtrapOptions *self,
                                   const ChorusResult         *result,
                                   ChorusCamtrapPlace         *place)
{
  ChorusCamtrapPlace found = { NAN, NAN };
  const ChorusCamtrapPlace *said = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (result->deployment_id)
    said = g_hash_table_lookup (self->places, result->deployment_id);
  if (chorus_camtrap_place_is_real (result->latitude, result->longitude))
    found = (ChorusCamtrapPlace){ result->latitude, result->longitude };
  else if (said && chorus_camtrap_place_is_real (said->latitude, said->longitude))
    found = *said;

  if (place)
    *place = found;

  return !isnan (found.latitude);
}

GPtrArray *
chorus_camtrap_options_find_unplaced (const ChorusCamtrapOptions *self,
                                      GPtrArray                  *results)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) placed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) unplaced = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  /* A deployment is placed by the one recording that knows where it was. */
  for (guint i = 0; i < results->len; i++)
    {
      ChorusResult *result = g_ptr_array_index (results, i);

      if (chorus_camtrap_options_find_place (self, result, NULL))
        g_hash_table_add (placed, result->deployment_id ? result->deployment_id : (gpointer) "");
    }
  for (guint i = 0; i < results->len; i++)
    {
      ChorusResult *result = g_ptr_array_index (results, i);
      char *id = result->deployment_id ? result->deployment_id : (gpointer) "";

      if (!g_hash_table_contains (placed, id) && g_hash_table_add (seen, id))
        g_ptr_array_add (unplaced, result);
    }

  return g_steal_pointer (&unplaced);
}

const char *
chorus_camtrap_options_get_design_word (const ChorusCamtrapOptions *self)
{
  static const char *const words[] = {
    [CHORUS_CAMTRAP_DESIGN_OPPORTUNISTIC] = "opportunistic",
    [CHORUS_CAMTRAP_DESIGN_SIMPLE_RANDOM] = "simpleRandom",
    [CHORUS_CAMTRAP_DESIGN_SYSTEMATIC_RANDOM] = "systematicRandom",
    [CHORUS_CAMTRAP_DESIGN_CLUSTERED_RANDOM] = "clusteredRandom",
    [CHORUS_CAMTRAP_DESIGN_EXPERIMENTAL] = "experimental",
    [CHORUS_CAMTRAP_DESIGN_TARGETED] = "targeted",
  };

  g_return_val_if_fail ((guint) self->design < G_N_ELEMENTS (words), words[0]);

  return words[self->design];
}

const char *
chorus_camtrap_options_get_capture_word (const ChorusCamtrapOptions *self)
{
  static const char *const words[] = {
    [CHORUS_CAMTRAP_CAPTURE_SCHEDULE] = "recordingSchedule",
    [CHORUS_CAMTRAP_CAPTURE_CONTINUOUS] = "continuous",
    [CHORUS_CAMTRAP_CAPTURE_ACTIVITY] = "activityDetection",
  };

  g_return_val_if_fail ((guint) self->capture < G_N_ELEMENTS (words), words[0]);

  return words[self->capture];
}
