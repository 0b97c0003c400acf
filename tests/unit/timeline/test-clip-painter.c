/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of a clip has the sound where it is, in time and in frequency. */

#include "timeline/chorus-clip-painter.h"

#include <math.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"
#include "timeline/chorus-level-survey.h"

#define SAMPLE_RATE 8000.0
#define N_SAMPLES 80000
#define TONE 2000.0

static const ChorusClipStyle style = {
  .map = CHORUS_COLOR_MAP_GRAY,
  .window_length = 256,
  .overlap = 0.5,
  .window_function = CHORUS_WINDOW_FUNCTION_HANN,
  .low_db = -90.0,
  .high_db = 0.0,
};

/* Silence, but for a tone of a quarter of full scale from second 3 to second 4. */
static ChorusSampleSource *
make_source (void)
{
  float *samples = g_new0 (float, N_SAMPLES);

  for (guint i = 24000; i < 32000; i++)
    samples[i] = (float) (0.25 * sin (2.0 * G_PI * TONE * i / SAMPLE_RATE));

  return chorus_synthetic_source_new (samples, N_SAMPLES, SAMPLE_RATE, FALSE);
}

/* Which of the colors of its map a pixel has. */
static guint
get_pixel (const ChorusClipImage *image,
           guint                  x,
           guint                  y)
{
  const guint32 *pixels = g_bytes_get_data (image->pixels, NULL);
  const guint32 *table = chorus_color_map_table (CHORUS_COLOR_MAP_GRAY);

  for (guint i = 0; i < CHORUS_COLOR_MAP_LENGTH; i++)
    if (table[i] == pixels[y * image->width + x])
      return i;
  g_assert_not_reached ();
}

static void
test_span (void)
{
  static const struct
  {
    ChorusTimeSpan what;
    ChorusTimeSpan expected;
  } cases[] = {
    { { 3.0, 5.0 }, { 2.5, 5.5 } },     { { 10.0, 20.0 }, { 9.0, 21.0 } },  { { 3.0, 3.01 }, { 2.95, 3.06 } },
    { { 0.0, 2.0 }, { 0.0, 2.5 } },     { { 28.0, 30.0 }, { 27.5, 30.0 } }, { { 5.0, 5.0 }, { 4.95, 5.05 } },
    { { 40.0, 41.0 }, { 29.9, 30.0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChorusTimeSpan span = chorus_clip_get_span (&cases[i].what, 30.0);

      g_assert_cmpfloat_with_epsilon (span.start, cases[i].expected.start, 1e-9);
      g_assert_cmpfloat_with_epsilon (span.end, cases[i].expected.end, 1e-9);
    }
}

static void
test_place (void)
{
  const ChorusTimeSpan what = { 3.0, 4.0 };
  const ChorusTimeSpan span = chorus_clip_get_span (&what, N_SAMPLES / SAMPLE_RATE);
  g_autoptr (ChorusSampleSource) source = make_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipPainter) painter = chorus_clip_painter_new (source, &style, NULL, &error);
  g_autoptr (ChorusClipImage) image = NULL;

  g_assert_no_error (error);
  image = chorus_clip_painter_paint (painter, &span, 150, 80, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (image->width, ==, 150);
  g_assert_cmpuint (image->height, ==, 80);
  g_assert_cmpuint (g_bytes_get_size (image->pixels), ==, 150 * 80 * 4);
  g_assert_cmpfloat (image->band.high, ==, SAMPLE_RATE / 2.0);

  /* The tone is in the middle of the height, and in the middle two thirds of the width. -12 dBFS of -90 to 0 are 221. */
  g_assert_cmpuint (get_pixel (image, 75, 39), >, 210);
  g_assert_cmpuint (get_pixel (image, 75, 39), <, 230);
  g_assert_cmpuint (get_pixel (image, 30, 39), >, 210);
  g_assert_cmpuint (get_pixel (image, 120, 39), >, 210);
  g_assert_cmpuint (get_pixel (image, 15, 39), ==, 0);
  g_assert_cmpuint (get_pixel (image, 135, 39), ==, 0);
  for (guint y = 0; y < 80; y++)
    if (y < 30 || y > 50)
      g_assert_cmpuint (get_pixel (image, 75, y), <, get_pixel (image, 75, 39));
}

/* Twice the pixels, half of the time each. */
static void
test_size (void)
{
  const ChorusTimeSpan span = { 2.5, 4.5 };
  g_autoptr (ChorusSampleSource) source = make_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipPainter) painter = chorus_clip_painter_new (source, &style, NULL, &error);
  g_autoptr (ChorusClipImage) image = chorus_clip_painter_paint (painter, &span, 400, 160, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (get_pixel (image, 200, 79), >, 210);
  g_assert_cmpuint (get_pixel (image, 110, 79), >, 210);
  g_assert_cmpuint (get_pixel (image, 80, 79), ==, 0);
}

/* The range is that which the view finds in the recording. */
static void
test_range (void)
{
  const ChorusTimeSpan span = { 2.5, 4.5 };
  const ChorusStftParams params = { 256, 128, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const int mix = CHORUS_CHANNEL_MIX;
  g_autoptr (ChorusSampleSource) source = make_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipImage) found = NULL;
  g_autoptr (ChorusClipImage) given = NULL;
  ChorusClipStyle other = style;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusClipPainter) painter = NULL;
      guint64 histogram[CHORUS_LEVEL_SURVEY_STEPS] = { 0 };

      other.auto_range = i == 0;
      painter = chorus_clip_painter_new (source, &other, NULL, &error);
      g_assert_no_error (error);
      *(i == 0 ? &found : &given) = chorus_clip_painter_paint (painter, &span, 200, 80, NULL, &error);
      g_assert_no_error (error);
      chorus_level_survey_run (source, &mix, 1, &params, NULL, histogram, NULL, &error);
      g_assert_no_error (error);
      chorus_level_survey_choose (histogram, &other.low_db, &other.high_db);
    }

  g_assert_true (g_bytes_equal (found->pixels, given->pixels));
}

/* The preset for birds stops where birds do, whatever else is set. */
static void
test_preset (void)
{
  const ChorusTimeSpan span = { 2.5, 4.5 };
  g_autoptr (ChorusSampleSource) source = make_source ();
  g_autoptr (GError) error = NULL;
  ChorusClipStyle other = style;
  g_autoptr (ChorusClipPainter) painter = NULL;
  g_autoptr (ChorusClipImage) image = NULL;
  ChorusViewPresetValues values = { 0 };

  other.preset = CHORUS_VIEW_PRESET_BIRDS;
  g_assert_true (chorus_view_preset_get_values (other.preset, SAMPLE_RATE, &values));
  painter = chorus_clip_painter_new (source, &other, NULL, &error);
  g_assert_no_error (error);
  image = chorus_clip_painter_paint (painter, &span, 200, 80, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (image->band.low, ==, values.band.low);
  g_assert_cmpfloat (image->band.high, ==, values.band.high);
  g_assert_true (image->scale == values.scale);
}

static void
test_errors (void)
{
  const ChorusTimeSpan span = { 2.5, 4.5 };
  g_autoptr (ChorusSampleSource) source = make_source ();
  g_autoptr (ChorusSampleSource) broken =
    chorus_synthetic_source_new (g_new0 (float, N_SAMPLES), N_SAMPLES, SAMPLE_RATE, TRUE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipPainter) painter = chorus_clip_painter_new (source, &style, NULL, &error);
  g_autoptr (ChorusClipPainter) of_broken = chorus_clip_painter_new (broken, &style, NULL, &error);

  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_null (chorus_clip_painter_paint (painter, &span, 200, 80, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (chorus_clip_painter_paint (of_broken, &span, 200, 80, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-painter/span", test_span);
  g_test_add_func ("/clip-painter/place", test_place);
  g_test_add_func ("/clip-painter/size", test_size);
  g_test_add_func ("/clip-painter/range", test_range);
  g_test_add_func ("/clip-painter/preset", test_preset);
  g_test_add_func ("/clip-painter/errors", test_errors);

  return g_test_run ();
}
