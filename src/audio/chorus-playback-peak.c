/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-peak.h"

#include <math.h>

#include "chorus-playback-signal.h"

#define CHORUS_PLAYBACK_PEAK_LEVEL_DB -1.0
#define CHORUS_PLAYBACK_PEAK_MAX_GAIN_DB 60.0

/* Multiplications that are waited for, and that are done at all. */
#define CHORUS_PLAYBACK_PEAK_QUICK 1e8
#define CHORUS_PLAYBACK_PEAK_BUDGET 4e9

/* Results of the signal in a piece. */
#define CHORUS_PLAYBACK_PEAK_PIECE 16384

gboolean
chorus_playback_peak_is_quick (ChorusSampleSource            *source,
                               guint64                        first_frame,
                               guint64                        end_frame,
                               const ChorusPlaybackTreatment *treatment)
{
  g_autoptr (ChorusPlaybackSignal) signal = chorus_playback_signal_new (source, treatment);
  guint step = chorus_playback_treatment_get_step (treatment, chorus_sample_source_get_sample_rate (source));

  return (double) (end_frame - first_frame) / step * chorus_playback_signal_get_cost (signal, step)
         <= CHORUS_PLAYBACK_PEAK_QUICK;
}

static float
chorus_playback_peak_of (const float *samples,
                         gsize        n_samples)
{
  float peak = 0;

  for (gsize i = 0; i < n_samples; i++)
    peak = MAX (peak, fabsf (samples[i]));

  return peak;
}

double
chorus_playback_peak_find_gain (ChorusSampleSource            *source,
                                guint64                        first_frame,
                                guint64                        end_frame,
                                const ChorusPlaybackTreatment *treatment,
                                GCancellable                  *cancellable)
{
  g_autoptr (ChorusPlaybackSignal) signal = chorus_playback_signal_new (source, treatment);
  g_autoptr (ChorusSampleCache) cache = chorus_sample_cache_new (source);
  guint step = chorus_playback_treatment_get_step (treatment, chorus_sample_source_get_sample_rate (source));
  guint n_channels = chorus_playback_signal_get_source_channels (source);
  guint64 n_results = (end_frame - first_frame + step - 1) / step;
  guint64 n_pieces = (n_results + CHORUS_PLAYBACK_PEAK_PIECE - 1) / CHORUS_PLAYBACK_PEAK_PIECE;
  double piece_cost = CHORUS_PLAYBACK_PEAK_PIECE * chorus_playback_signal_get_cost (signal, step);
  guint64 n_looked_at = MIN (n_pieces, (guint64) MAX (CHORUS_PLAYBACK_PEAK_BUDGET / piece_cost, 1));
  g_autofree float *results = g_new (float, CHORUS_PLAYBACK_PEAK_PIECE *n_channels);
  float peak = 0;

  for (guint64 i = 0; i < n_looked_at; i++)
    {
      guint64 piece = (guint64) ((double) i * ((double) n_pieces / (double) n_looked_at));
      guint64 at = piece * CHORUS_PLAYBACK_PEAK_PIECE;
      gsize n = (gsize) MIN ((guint64) CHORUS_PLAYBACK_PEAK_PIECE, n_results - at);

      if (g_cancellable_is_cancelled (cancellable)
          || !chorus_playback_signal_read (signal, cache, first_frame + at * step, step, n, results, NULL))
        return 1;
      peak = MAX (peak, chorus_playback_peak_of (results, n * n_channels));
    }

  if (peak <= 0)
    return 1;

  return MIN (pow (10, CHORUS_PLAYBACK_PEAK_LEVEL_DB / 20) / (double) peak,
              pow (10, CHORUS_PLAYBACK_PEAK_MAX_GAIN_DB / 20));
}
