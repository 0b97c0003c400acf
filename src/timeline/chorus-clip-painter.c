/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-painter.h"

#include <math.h>

#include "chorus-level-background.h"
#include "chorus-level-survey.h"
#include "chorus-span-image.h"

/* What is shown before and after, as a part of the span and in seconds. */
#define CHORUS_CLIP_PADDING 0.25
#define CHORUS_CLIP_LEAST_PADDING 0.05
#define CHORUS_CLIP_MOST_PADDING 1.0

struct _ChorusClipPainter
{
  gatomicrefcount ref_count;
  ChorusSampleSource *source;
  ChorusStftParams params;
  ChorusFrequencyScale scale;
  ChorusFrequencyBand band;
  ChorusLevelBackground *background; /* or NULL */
  ChorusImageColors colors;
};

ChorusClipImage *
chorus_clip_image_ref (ChorusClipImage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
chorus_clip_image_clear (gpointer data)
{
  ChorusClipImage *self = data;

  g_clear_pointer (&self->pixels, g_bytes_unref);
}

void
chorus_clip_image_unref (ChorusClipImage *self)
{
  g_atomic_rc_box_release_full (self, chorus_clip_image_clear);
}

ChorusTimeSpan
chorus_clip_get_span (const ChorusTimeSpan *what,
                      double                duration)
{
  double length = MAX (what->end - what->start, 0.0);
  double padding = CLAMP (length * CHORUS_CLIP_PADDING, CHORUS_CLIP_LEAST_PADDING, CHORUS_CLIP_MOST_PADDING);
  double start = CLAMP (what->start - padding, 0.0, MAX (duration - 2.0 * CHORUS_CLIP_LEAST_PADDING, 0.0));

  return (ChorusTimeSpan){ start, CLAMP (what->end + padding, start, MAX (duration, start)) };
}

ChorusClipPainter *
chorus_clip_painter_ref (ChorusClipPainter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
chorus_clip_painter_unref (ChorusClipPainter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->background, chorus_level_background_unref);
  g_clear_object (&self->source);
  g_free (self);
}

static void
chorus_clip_painter_take_style (ChorusClipPainter     *self,
                                const ChorusClipStyle *style)
{
  double rate = chorus_sample_source_get_sample_rate (self->source);
  ChorusViewPresetValues values = {
    .window_length = style->window_length,
    .overlap = style->overlap,
    .window_function = style->window_function,
    .scale = style->scale,
    .band = { 0.0, rate / 2.0 },
  };

  chorus_view_preset_get_values (style->preset, rate, &values);
  self->params.window_length = values.window_length;
  self->params.hop = (unsigned) MAX (lround (values.window_length * (1.0 - values.overlap)), 1);
  self->params.function = values.window_function;
  self->params.kaiser_beta = style->kaiser_beta;
  self->scale = values.scale;
  self->band = values.band;
  self->band.low = MAX (self->band.low, chorus_frequency_scale_get_floor (self->scale, rate / 2.0));
  self->colors = (ChorusImageColors){ style->map, style->low_db, style->high_db };
}

/* What the view finds out about a recording that it opens. */
static gboolean
chorus_clip_painter_survey (ChorusClipPainter      *self,
                            const ChorusClipStyle  *style,
                            GCancellable           *cancellable,
                            GError                **error)
{
  const int mix = CHORUS_CHANNEL_MIX;
  guint64 histogram[CHORUS_LEVEL_SURVEY_STEPS] = { 0 };

  if (style->remove_background)
    {
      self->background =
        chorus_level_background_survey (self->source, mix, &self->params, &self->band, cancellable, error);
      if (!self->background)
        return FALSE;
      self->colors.low_db = self->background->low_db + CHORUS_LEVEL_BACKGROUND_SHIFT_DB;
      self->colors.high_db = self->background->high_db + CHORUS_LEVEL_BACKGROUND_SHIFT_DB;
      return TRUE;
    }

  if (!style->auto_range)
    return TRUE;
  if (!chorus_level_survey_run (self->source, &mix, 1, &self->params, &self->band, histogram, cancellable, error))
    return FALSE;
  chorus_level_survey_choose (histogram, &self->colors.low_db, &self->colors.high_db);

  return TRUE;
}

ChorusClipPainter *
chorus_clip_painter_new (ChorusSampleSource     *source,
                         const ChorusClipStyle  *style,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr (ChorusClipPainter) self = NULL;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (source), NULL);

  self = g_new0 (ChorusClipPainter, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->source = g_object_ref (source);
  chorus_clip_painter_take_style (self, style);
  if (!chorus_clip_painter_survey (self, style, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

ChorusClipImage *
chorus_clip_painter_paint (ChorusClipPainter     *self,
                           const ChorusTimeSpan  *span,
                           guint                  width,
                           guint                  height,
                           GCancellable          *cancellable,
                           GError               **error)
{
  double rate = chorus_sample_source_get_sample_rate (self->source);
  double bin_width = rate / self->params.window_length;
  ChorusImageView view = {
    /* A recording of nothing, or a span beyond its end, still has columns. */
    .samples_per_pixel = MAX ((span->end - span->start) * rate / width, 1.0 / width),
    .low = self->band.low / bin_width,
    .high = self->band.high / bin_width,
    .height = height,
    .scale = self->scale,
    .bin_width = bin_width,
  };
  guint64 first = (guint64) llround (MAX (span->start, 0.0) * rate / view.samples_per_pixel);
  gsize n_pixels = (gsize) width * height;
  g_autofree guint8 *levels = NULL;
  ChorusClipImage *image = NULL;
  guint32 *pixels = NULL;

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  levels = chorus_span_image_paint (self->source, CHORUS_CHANNEL_MIX, &self->params, &view, self->background, first,
                                    width, NULL, NULL, cancellable, error);
  if (!levels)
    return NULL;

  pixels = g_new (guint32, n_pixels);
  chorus_color_map_apply (self->colors.map, self->colors.low_db, self->colors.high_db, levels, n_pixels, pixels);

  image = g_atomic_rc_box_new0 (ChorusClipImage);
  image->span = *span;
  image->band = self->band;
  image->scale = self->scale;
  image->width = width;
  image->height = height;
  image->map = self->colors.map;
  image->pixels = g_bytes_new_take (pixels, n_pixels * sizeof *pixels);

  return image;
}
