/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-level-background.h"

#include "chorus-level-survey.h"
#include "chorus-tile-grid.h"

#define N_STRETCHES 64
#define FRAMES_PER_STRETCH 16

#define N_FRAMES (N_STRETCHES * FRAMES_PER_STRETCH)

/* Reads the stretches, and finds the levels of their frames. */
static gboolean
chorus_level_background_read (ChorusSampleSource  *source,
                              int                  channel,
                              ChorusStft          *stft,
                              guint8              *columns,
                              GCancellable        *cancellable,
                              GError             **error)
{
  guint64 n_frames = chorus_sample_source_get_n_frames (source);
  guint64 n_samples =
    (FRAMES_PER_STRETCH - 1) * (guint64) chorus_stft_get_hop (stft) + chorus_stft_get_window_length (stft);
  guint64 room = n_frames > n_samples ? n_frames - n_samples : 0;
  g_autofree float *samples = g_new (float, n_samples);

  for (guint i = 0; i < N_STRETCHES; i++)
    {
      guint64 first = (guint64) ((double) room * i / (N_STRETCHES - 1));
      int from = channel < CHORUS_CHANNEL_MIX ? (int) (i % chorus_sample_source_get_channels (source)) : channel;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_sample_source_read_channel (source, from, first, n_samples, samples, cancellable, error))
        return FALSE;
      chorus_level_tile_compute (stft, samples, FRAMES_PER_STRETCH, 1,
                                 columns + (gsize) i * FRAMES_PER_STRETCH * chorus_stft_n_bins (stft));
    }

  return TRUE;
}

/* Finds the range of what is above the background of single frames. */
static void
chorus_level_background_choose_range (ChorusLevelBackground     *self,
                                      guint8                    *columns,
                                      guint                      n_bins,
                                      const ChorusFrequencyBand *band)
{
  double bin_width = chorus_sample_source_get_sample_rate (self->source) / self->params.window_length;
  guint64 histogram[CHORUS_LEVEL_SURVEY_STEPS] = { 0 };

  chorus_median_background_subtract (columns, N_FRAMES, self->levels, n_bins, columns);
  for (gsize i = 0; i < (gsize) N_FRAMES * n_bins; i++)
    {
      double hertz = (double) (i % n_bins) * bin_width;

      if (hertz >= band->low && hertz <= band->high)
        histogram[columns[i]]++;
    }
  chorus_level_survey_choose (histogram, &self->low_db, &self->high_db);
  self->low_db -= CHORUS_LEVEL_BACKGROUND_SHIFT_DB;
  self->high_db -= CHORUS_LEVEL_BACKGROUND_SHIFT_DB;
}

static void
chorus_level_background_clear (gpointer data)
{
  ChorusLevelBackground *self = data;

  g_clear_object (&self->source);
  g_clear_pointer (&self->levels, g_free);
}

ChorusLevelBackground *
chorus_level_background_survey (ChorusSampleSource         *source,
                                int                         channel,
                                const ChorusStftParams     *params,
                                const ChorusFrequencyBand  *band,
                                GCancellable               *cancellable,
                                GError                    **error)
{
  guint n_bins = params->window_length / 2 + 1;
  g_autofree guint8 *columns = g_malloc0 ((gsize) N_FRAMES * n_bins);
  ChorusLevelBackground *self = NULL;
  ChorusMedianBackground *background = NULL;
  ChorusStft *stft = chorus_stft_new (params);
  gboolean ok = !stft || chorus_level_background_read (source, channel, stft, columns, cancellable, error);

  chorus_stft_free (stft);
  if (!ok)
    return NULL;

  self = g_atomic_rc_box_new0 (ChorusLevelBackground);
  self->source = g_object_ref (source);
  self->channel = channel;
  self->params = *params;
  self->levels = g_malloc0 ((gsize) (CHORUS_TILE_GRID_COARSEST_LEVEL + 1) * n_bins);
  background = chorus_median_background_new (n_bins);
  if (background)
    {
      chorus_median_background_add (background, columns, N_FRAMES);
      for (guint level = 0; level <= CHORUS_TILE_GRID_COARSEST_LEVEL; level++)
        chorus_median_background_estimate (background, params, (guint64) 1 << level,
                                           self->levels + (gsize) level * n_bins);
    }
  chorus_median_background_free (background);
  chorus_level_background_choose_range (self, columns, n_bins, band);

  return self;
}

const guint8 *
chorus_level_background_get (const ChorusLevelBackground *self,
                             int                          level)
{
  g_return_val_if_fail (self, NULL);

  /* Below 0 frames are closer, and still one in a column. */
  level = CLAMP (level, 0, CHORUS_TILE_GRID_COARSEST_LEVEL);

  return self->levels + (gsize) level * (self->params.window_length / 2 + 1);
}

ChorusLevelBackground *
chorus_level_background_ref (ChorusLevelBackground *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
chorus_level_background_unref (ChorusLevelBackground *self)
{
  g_atomic_rc_box_release_full (self, chorus_level_background_clear);
}
