/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-level-survey.h"

#include <math.h>

#include "dsp/chorus-level-tile.h"

#define N_STRETCHES 48
#define FRAMES_PER_STRETCH 24

#define BACKGROUND_FRACTION 0.5
/* Background that is dark and still alive: what is drawn of noise is its maximum over frames, above its median. */
#define BACKGROUND_DB 3.0
#define LOUD_FRACTION 0.9999
#define HEADROOM_DB 3.0
#define LEAST_RANGE_DB 40.0
#define MOST_RANGE_DB 90.0

static gboolean
chorus_level_survey_is_within (const ChorusFrequencyBand *band,
                               gsize                      bin,
                               double                     bin_width)
{
  return (double) bin * bin_width >= band->low && (double) bin * bin_width <= band->high;
}

gboolean
chorus_level_survey_run (ChorusSampleSource         *source,
                         const int                  *channels,
                         guint                       n_channels,
                         const ChorusStftParams     *params,
                         const ChorusFrequencyBand  *band,
                         guint64                    *histogram,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  guint64 n_frames = chorus_sample_source_get_n_frames (source);
  ChorusStft *stft = chorus_stft_new (params);
  gsize n_samples = (FRAMES_PER_STRETCH - 1) * params->hop + params->window_length;
  g_autofree float *buffer = g_new (float, n_channels *n_samples);
  g_autofree float **samples = g_new (float *, n_channels);
  g_autofree guint8 *levels = g_new (guint8, FRAMES_PER_STRETCH * (params->window_length / 2 + 1));
  double bin_width = chorus_sample_source_get_sample_rate (source) / params->window_length;
  gboolean ok = TRUE;

  for (guint i = 0; i < CHORUS_LEVEL_SURVEY_STEPS; i++)
    histogram[i] = 0;
  if (!stft)
    return TRUE;
  for (guint i = 0; i < n_channels; i++)
    samples[i] = buffer + i * n_samples;

  for (guint i = 0; ok && i < N_STRETCHES; i++)
    {
      guint64 room = n_frames > n_samples ? n_frames - n_samples : 0;
      guint64 first = (guint64) ((double) room * i / (N_STRETCHES - 1));

      ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
           && chorus_sample_source_read_channels (source, channels, n_channels, first, n_samples, samples, cancellable,
                                                  error);
      for (guint channel = 0; ok && channel < n_channels; channel++)
        {
          chorus_level_tile_compute (stft, samples[channel], FRAMES_PER_STRETCH, 1, levels);
          for (gsize k = 0; k < FRAMES_PER_STRETCH * (gsize) chorus_stft_n_bins (stft); k++)
            {
              if (!band || chorus_level_survey_is_within (band, k % chorus_stft_n_bins (stft), bin_width))
                histogram[levels[k]]++;
            }
        }
    }
  chorus_stft_free (stft);

  return ok;
}

/* The level that @fraction of all others do not exceed. Silence, which is step 0, is left out. */
static double
chorus_level_survey_quantile (const guint64 *histogram,
                              guint64        total,
                              double         fraction)
{
  guint64 sum = 0;

  for (guint i = 1; i < CHORUS_LEVEL_SURVEY_STEPS; i++)
    {
      sum += histogram[i];
      if ((double) sum >= fraction * (double) total)
        return chorus_level_to_db ((uint8_t) i);
    }

  return CHORUS_LEVEL_CEILING_DB;
}

gboolean
chorus_level_survey_choose (const guint64 *histogram,
                            double        *low_db,
                            double        *high_db)
{
  guint64 total = 0;

  for (guint i = 1; i < CHORUS_LEVEL_SURVEY_STEPS; i++)
    total += histogram[i];
  *low_db = -100.0;
  *high_db = -30.0;
  if (total == 0)
    return FALSE;

  *low_db = round (chorus_level_survey_quantile (histogram, total, BACKGROUND_FRACTION) + BACKGROUND_DB);
  *high_db = round (chorus_level_survey_quantile (histogram, total, LOUD_FRACTION) + HEADROOM_DB);
  /* A quiet recording keeps its background dark, rather than have noise fill the map. */
  *high_db = MIN (MAX (*high_db, *low_db + LEAST_RANGE_DB), CHORUS_LEVEL_CEILING_DB);
  *low_db = CLAMP (*low_db, *high_db - MOST_RANGE_DB, *high_db - LEAST_RANGE_DB);

  return TRUE;
}
