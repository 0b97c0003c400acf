/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-view-session.h"

#include <math.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"

#define SAMPLE_RATE 48000.0
#define N_SAMPLES 480000
#define DURATION 10.0
#define NYQUIST 24000.0

static ChorusSampleSource *
make_source (double level)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  float *samples = g_new (float, N_SAMPLES);

  for (gsize i = 0; i < N_SAMPLES; i++)
    samples[i] = (float) (g_rand_double_range (rand, -0.001, 0.001)
                          + (i > 200000 && i < 240000 ? level * sin ((double) i * 0.7) : 0.0));

  return chorus_synthetic_source_new (samples, N_SAMPLES, SAMPLE_RATE, FALSE);
}

static ChorusViewSession *
make_session (void)
{
  g_autoptr (ChorusSampleSource) source = make_source (0.5);
  ChorusViewSession *session = chorus_view_session_new ();

  chorus_view_session_set_source (session, source);

  return session;
}

static void
assert_sound (ChorusViewSession *session)
{
  ChorusTimeSpan span = chorus_view_session_get_visible_span (session);
  ChorusFrequencyBand band = chorus_view_session_get_visible_band (session);

  g_assert_cmpfloat (span.start, >=, 0.0);
  g_assert_cmpfloat (span.end, <=, DURATION + 1e-9);
  g_assert_cmpfloat (span.end - span.start, >=, 0.004);
  g_assert_cmpfloat (band.low, >=, 0.0);
  g_assert_cmpfloat (band.high, <=, NYQUIST);
  g_assert_cmpfloat (band.high - band.low, >, 100.0);
}

static void
finish (ChorusViewSession *session)
{
  g_assert_finalize_object (session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_open (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTimeSpan span = chorus_view_session_get_visible_span (session);
  ChorusFrequencyBand band = chorus_view_session_get_visible_band (session);

  g_assert_cmpfloat (chorus_view_session_get_duration (session), ==, DURATION);
  g_assert_cmpfloat (chorus_view_session_get_nyquist (session), ==, NYQUIST);
  g_assert_cmpfloat (span.start, ==, 0.0);
  g_assert_cmpfloat (span.end, ==, DURATION);
  g_assert_cmpfloat (band.low, ==, 0.0);
  g_assert_cmpfloat (band.high, ==, NYQUIST);
  g_assert_nonnull (chorus_view_session_get_tiles (session));
  g_assert_false (chorus_view_session_get_can_go_back (session));
  finish (session);
}

/* What is under the pointer stays there. */
static void
test_zoom (void)
{
  ChorusViewSession *session = make_session ();

  for (guint i = 0; i < 12; i++)
    {
      ChorusTimeSpan before = chorus_view_session_get_visible_span (session);
      double fraction = (4.0 - before.start) / (before.end - before.start);
      ChorusTimeSpan after = { 0 };

      chorus_view_session_zoom (session, 1.5, 4.0);
      after = chorus_view_session_get_visible_span (session);
      g_assert_cmpfloat_with_epsilon ((4.0 - after.start) / (after.end - after.start), fraction, 1e-9);
      g_assert_cmpfloat (after.end - after.start, <, before.end - before.start);
      assert_sound (session);
    }
  for (guint i = 0; i < 60; i++)
    {
      chorus_view_session_zoom (session, 2.0, 4.0);
      chorus_view_session_zoom_band (session, 2.0, 5000.0);
      assert_sound (session);
    }
  for (guint i = 0; i < 60; i++)
    {
      chorus_view_session_zoom (session, 0.5, 9.0);
      chorus_view_session_zoom_band (session, 0.5, 5000.0);
      assert_sound (session);
    }
  g_assert_cmpfloat (chorus_view_session_get_visible_length (session), ==, DURATION);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).high, ==, NYQUIST);
  finish (session);
}

/* Panning to and fro leaves the magnification the same to the last bit, so that what was painted can be used again. */
static void
test_pan (void)
{
  ChorusViewSession *session = make_session ();
  double length = 0.0;

  chorus_view_session_zoom (session, 3.7, 5.1);
  length = chorus_view_session_get_visible_length (session);
  for (guint i = 0; i < 500; i++)
    {
      chorus_view_session_pan (session, (i % 7) * 0.0123 - 0.03);
      g_assert_true (chorus_view_session_get_visible_length (session) == length);
    }
  chorus_view_session_pan (session, -100.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).start, ==, 0.0);
  chorus_view_session_pan (session, 100.0);
  g_assert_cmpfloat_with_epsilon (chorus_view_session_get_visible_span (session).end, DURATION, 1e-12);
  chorus_view_session_set_visible_band (session, 1000.0, 3000.0);
  chorus_view_session_shift_band (session, 100.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).high, ==, NYQUIST);
  g_assert_cmpfloat_with_epsilon (chorus_view_session_get_visible_band (session).low, NYQUIST - 2000.0, 1e-6);
  finish (session);
}

static void
test_back (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTimeSpan span = { 2.0, 3.0 };
  ChorusFrequencyBand band = { 1000.0, 4000.0 };

  chorus_view_session_show (session, &span, &band);
  g_assert_true (chorus_view_session_get_can_go_back (session));
  /* A run of zooms is one view. */
  chorus_view_session_zoom (session, 1.2, 2.5);
  chorus_view_session_zoom (session, 1.2, 2.5);
  chorus_view_session_zoom_band (session, 1.2, 2000.0);
  chorus_view_session_go_back (session);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).start, ==, 2.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).end, ==, 3.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).high, ==, 4000.0);
  chorus_view_session_go_back (session);
  g_assert_cmpfloat (chorus_view_session_get_visible_length (session), ==, DURATION);
  g_assert_false (chorus_view_session_get_can_go_back (session));
  chorus_view_session_go_back (session);

  /* What changes nothing is nothing to go back over, and there is an end to what is remembered. */
  chorus_view_session_fit (session);
  g_assert_false (chorus_view_session_get_can_go_back (session));
  for (guint i = 0; i < 200; i++)
    {
      ChorusTimeSpan next = { i * 0.01, i * 0.01 + 1.0 };

      chorus_view_session_show (session, &next, NULL);
    }
  for (guint i = 0; i < 64; i++)
    chorus_view_session_go_back (session);
  g_assert_false (chorus_view_session_get_can_go_back (session));
  finish (session);
}

static void
test_reveal (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTimeSpan view = { 0.0, 2.0 };
  ChorusTimeSpan near = { 0.5, 1.0 };
  ChorusTimeSpan far = { 7.0, 7.5 };
  ChorusTimeSpan wide = { 1.0, 6.0 };
  ChorusTimeSpan bad = { NAN, 3.0 };
  ChorusTimeSpan seen = { 0 };

  chorus_view_session_show (session, &view, NULL);
  chorus_view_session_reveal (session, &near);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).start, ==, 0.0);
  chorus_view_session_reveal (session, &far);
  seen = chorus_view_session_get_visible_span (session);
  g_assert_cmpfloat (seen.start, <, far.start);
  g_assert_cmpfloat (seen.end, >, far.end);
  g_assert_cmpfloat (chorus_view_session_get_visible_length (session), ==, 2.0);
  chorus_view_session_reveal (session, &wide);
  seen = chorus_view_session_get_visible_span (session);
  g_assert_cmpfloat (seen.start, <, wide.start);
  g_assert_cmpfloat (seen.end, >, wide.end);
  chorus_view_session_reveal (session, &bad);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).start, ==, seen.start);
  finish (session);
}

static void
test_follow (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTimeSpan view = { 0.0, 2.0 };

  chorus_view_session_show (session, &view, NULL);
  chorus_view_session_follow (session, 1.9);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).start, ==, 0.0);
  chorus_view_session_follow (session, 2.1);
  g_assert_cmpfloat (chorus_view_session_get_visible_span (session).start, ==, 2.0);
  chorus_view_session_go_back (session);
  g_assert_cmpfloat (chorus_view_session_get_visible_length (session), ==, DURATION);
  finish (session);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_selection (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTimeSpan span = { 5.0, 3.0 };
  ChorusFrequencyBand band = { 9000.0, -100.0 };
  guint n_changes = 0;

  g_signal_connect_swapped (session, "selection-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_false (chorus_view_session_get_selection (session, NULL, NULL));
  chorus_view_session_set_selection (session, NULL, NULL);
  g_assert_cmpuint (n_changes, ==, 0);
  chorus_view_session_set_selection (session, &span, &band);
  g_assert_true (chorus_view_session_get_selection (session, &span, &band));
  g_assert_cmpfloat (span.start, ==, 3.0);
  g_assert_cmpfloat (span.end, ==, 5.0);
  g_assert_cmpfloat (band.low, ==, 0.0);
  g_assert_cmpfloat (band.high, ==, 9000.0);
  g_assert_true (chorus_view_session_has_selected_band (session));
  chorus_view_session_set_selection (session, &span, NULL);
  g_assert_false (chorus_view_session_has_selected_band (session));
  chorus_view_session_set_selection (session, NULL, NULL);
  g_assert_false (chorus_view_session_get_selection (session, NULL, NULL));
  g_assert_cmpuint (n_changes, ==, 3);
  span.end = NAN;
  chorus_view_session_set_selection (session, &span, NULL);
  g_assert_false (chorus_view_session_get_selection (session, NULL, NULL));
  finish (session);
}

/* The range is that of the recording: a sine at -6 dBFS over quiet noise. */
static void
test_auto_range (void)
{
  ChorusViewSession *session = make_session ();
  double low = chorus_view_session_get_low_db (session);

  chorus_test_wait (chorus_view_session_get_low_db (session) != low);
  g_assert_cmpfloat (chorus_view_session_get_high_db (session), >, -12.0);
  g_assert_cmpfloat (chorus_view_session_get_high_db (session), <, 5.0);
  g_assert_cmpfloat (chorus_view_session_get_low_db (session), <, -70.0);

  chorus_view_session_set_range (session, -90.0, -95.0);
  g_assert_false (chorus_view_session_get_auto_range (session));
  g_assert_cmpfloat (chorus_view_session_get_low_db (session), ==, -90.0);
  g_assert_cmpfloat (chorus_view_session_get_high_db (session), >=, -80.0);
  chorus_view_session_set_range (session, NAN, 0.0);
  g_assert_cmpfloat (chorus_view_session_get_low_db (session), ==, -90.0);
  chorus_view_session_set_auto_range (session, TRUE);
  chorus_test_wait (chorus_view_session_get_low_db (session) != -90.0);
  finish (session);
}

/* With a preset it is that of the preset's band: the sine at 5.3 kHz is below that of bats. */
static void
test_auto_range_of_preset (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  float *samples = g_new (float, N_SAMPLES);
  g_autoptr (ChorusSampleSource) source = NULL;
  ChorusViewSession *session = chorus_view_session_new ();

  for (gsize i = 0; i < N_SAMPLES; i++)
    samples[i] = (float) (g_rand_double_range (rand, -0.001, 0.001) + 0.5 * sin ((double) i * 0.7));
  source = chorus_synthetic_source_new (samples, N_SAMPLES, SAMPLE_RATE, FALSE);
  chorus_view_session_set_preset (session, CHORUS_VIEW_PRESET_BATS);
  chorus_view_session_set_source (session, source);
  chorus_test_wait (chorus_view_session_get_high_db (session) != -30.0);
  g_assert_cmpfloat (chorus_view_session_get_high_db (session), <, -31.0);
  chorus_view_session_set_preset (session, CHORUS_VIEW_PRESET_CUSTOM);
  chorus_test_wait (chorus_view_session_get_high_db (session) > -12.0);
  finish (session);
}

static void
test_settings (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTileCache *tiles = chorus_view_session_get_tiles (session);

  chorus_view_session_set_window_length (session, 700);
  g_assert_cmpuint (chorus_view_session_get_window_length (session), ==, 512);
  chorus_view_session_set_window_length (session, 800);
  g_assert_cmpuint (chorus_view_session_get_window_length (session), ==, 1024);
  chorus_view_session_set_window_length (session, 0);
  g_assert_cmpuint (chorus_view_session_get_window_length (session), ==, 128);
  chorus_view_session_set_window_length (session, G_MAXUINT);
  g_assert_cmpuint (chorus_view_session_get_window_length (session), ==, 16384);
  chorus_view_session_set_overlap (session, 0.75);
  g_assert_cmpuint (chorus_tile_cache_get_grid (tiles)->params.window_length, ==, 16384);
  g_assert_cmpuint (chorus_tile_cache_get_grid (tiles)->params.hop, ==, 4096);
  chorus_view_session_set_overlap (session, 7.0);
  g_assert_cmpfloat (chorus_view_session_get_overlap (session), <, 1.0);
  g_assert_cmpuint (chorus_tile_cache_get_grid (tiles)->params.hop, >, 0);
  finish (session);
}

static void
test_scale (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTimeSpan span = { 2.0, 3.0 };
  ChorusFrequencyBand band = { 1000.0, 4000.0 };
  guint n_changes = 0;

  g_signal_connect_swapped (session, "notify::low", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (session, "notify::frequency-scale", G_CALLBACK (count_cb), &n_changes);
  chorus_view_session_set_frequency_scale (session, CHORUS_FREQUENCY_SCALE_LOGARITHMIC);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpfloat_with_epsilon (chorus_view_session_get_visible_band (session).low, NYQUIST / 1024.0, 1e-9);
  g_assert_false (chorus_view_session_get_can_go_back (session));
  chorus_view_session_show (session, &span, &band);
  chorus_view_session_set_frequency_scale (session, CHORUS_FREQUENCY_SCALE_MEL);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).low, ==, 1000.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).high, ==, 4000.0);
  /* Going back is over views, and the scale stays. */
  chorus_view_session_go_back (session);
  g_assert_cmpint (chorus_view_session_get_frequency_scale (session), ==, CHORUS_FREQUENCY_SCALE_MEL);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).low, ==, 0.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).high, ==, NYQUIST);
  finish (session);
}

/* A preset is for every recording that follows, until something is set by hand. */
static void
test_preset (void)
{
  ChorusViewSession *session = make_session ();
  g_autoptr (ChorusSampleSource) ultrasound =
    chorus_synthetic_source_new (g_new0 (float, 100000), 100000, 384000.0, FALSE);

  chorus_view_session_set_range (session, -80.0, -20.0);
  chorus_view_session_set_preset (session, CHORUS_VIEW_PRESET_BATS);
  g_assert_true (chorus_view_session_get_auto_range (session));
  g_assert_cmpuint (chorus_view_session_get_window_length (session), ==, 128);
  g_assert_cmpfloat (chorus_view_session_get_overlap (session), ==, 0.75);
  g_assert_cmpint (chorus_view_session_get_preset (session), ==, CHORUS_VIEW_PRESET_BATS);
  /* Zooming and coloring do not end it. */
  chorus_view_session_zoom_band (session, 2.0, 5000.0);
  chorus_view_session_set_color_map (session, CHORUS_COLOR_MAP_GRAY);
  g_assert_cmpint (chorus_view_session_get_preset (session), ==, CHORUS_VIEW_PRESET_BATS);

  chorus_view_session_set_source (session, ultrasound);
  g_assert_cmpint (chorus_view_session_get_preset (session), ==, CHORUS_VIEW_PRESET_BATS);
  g_assert_cmpuint (chorus_view_session_get_window_length (session), ==, 1024);
  g_assert_cmpuint (chorus_tile_cache_get_grid (chorus_view_session_get_tiles (session))->params.window_length, ==,
                    1024);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).low, ==, 10000.0);
  g_assert_cmpfloat (chorus_view_session_get_visible_band (session).high, ==, 120000.0);
  g_assert_false (chorus_view_session_get_can_go_back (session));

  chorus_view_session_set_preset (session, CHORUS_VIEW_PRESET_WHALES);
  g_assert_cmpint (chorus_view_session_get_frequency_scale (session), ==, CHORUS_FREQUENCY_SCALE_LOGARITHMIC);
  chorus_view_session_set_overlap (session, 0.9);
  g_assert_cmpint (chorus_view_session_get_preset (session), ==, CHORUS_VIEW_PRESET_CUSTOM);
  chorus_view_session_set_preset (session, CHORUS_VIEW_PRESET_INSECTS_AND_FROGS);
  chorus_view_session_set_frequency_scale (session, CHORUS_FREQUENCY_SCALE_LINEAR);
  g_assert_cmpint (chorus_view_session_get_preset (session), ==, CHORUS_VIEW_PRESET_CUSTOM);
  chorus_view_session_set_preset (session, CHORUS_VIEW_PRESET_BIRDS);
  chorus_view_session_set_range (session, -80.0, -20.0);
  g_assert_cmpint (chorus_view_session_get_preset (session), ==, CHORUS_VIEW_PRESET_CUSTOM);
  finish (session);
}

static void
test_kaiser (void)
{
  ChorusViewSession *session = make_session ();
  ChorusTileCache *tiles = chorus_view_session_get_tiles (session);

  chorus_view_session_set_window_function (session, CHORUS_WINDOW_FUNCTION_KAISER);
  g_assert_cmpfloat (chorus_tile_cache_get_grid (tiles)->params.kaiser_beta, ==, 9.0);
  chorus_view_session_set_kaiser_beta (session, 4.5);
  g_assert_cmpfloat (chorus_tile_cache_get_grid (tiles)->params.kaiser_beta, ==, 4.5);
  chorus_view_session_set_kaiser_beta (session, NAN);
  chorus_view_session_set_kaiser_beta (session, 1e9);
  g_assert_cmpfloat (chorus_view_session_get_kaiser_beta (session), ==, 30.0);
  finish (session);
}

/* Hum at 2 kHz all of the time is in the background, and a call at 5.3 kHz some of it is not; noise is at 0 dB. */
static void
test_background (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  float *samples = g_new (float, N_SAMPLES);
  g_autoptr (ChorusSampleSource) source = NULL;
  ChorusViewSession *session = chorus_view_session_new ();
  ChorusLevelBackground *background = NULL;
  const guint8 *levels = NULL;
  double low = 0.0;
  guint n_reads = 0;

  for (gsize i = 0; i < N_SAMPLES; i++)
    samples[i] = (float) (g_rand_double_range (rand, -0.01, 0.01) + 0.1 * sin (2.0 * G_PI * 2000.0 * i / SAMPLE_RATE)
                          + (i % 48000 < 12000 ? 0.1 * sin (2.0 * G_PI * 5250.0 * i / SAMPLE_RATE) : 0.0));
  source = chorus_synthetic_source_new (samples, N_SAMPLES, SAMPLE_RATE, FALSE);
  chorus_view_session_set_source (session, source);
  low = chorus_view_session_get_low_db (session);
  chorus_test_wait (chorus_view_session_get_low_db (session) != low);
  low = chorus_view_session_get_low_db (session);
  g_assert_null (chorus_view_session_get_level_background (session));

  chorus_view_session_set_background (session, CHORUS_BACKGROUND_MODE_REMOVED);
  chorus_test_wait (chorus_view_session_get_level_background (session));
  background = chorus_view_session_get_level_background (session);
  levels = chorus_level_background_get (background, 0);
  /* Bins are 46.875 Hz wide. A sine of 0.1 is at -20 dBFS, less what a Hann window loses between two bins. */
  g_assert_cmpfloat (chorus_level_to_db (levels[43]), >, -23.0);
  g_assert_cmpfloat (chorus_level_to_db (levels[43]), <, -19.0);
  g_assert_cmpfloat (chorus_level_to_db (levels[112]), <, -50.0);
  g_assert_cmpuint (chorus_level_background_get (background, 8)[200], >, levels[200]);
  /* The range is one of dB above the background. */
  g_assert_cmpfloat (chorus_view_session_get_low_db (session), >, -5.0);
  g_assert_cmpfloat (chorus_view_session_get_low_db (session), <, 12.0);
  g_assert_cmpfloat (chorus_view_session_get_high_db (session), >, 40.0);

  /* Another window has another background; what is known is not looked for again. */
  chorus_view_session_set_window_length (session, 512);
  g_assert_null (chorus_view_session_get_level_background (session));
  chorus_test_wait (chorus_view_session_get_level_background (session));
  chorus_test_wait (chorus_job_queue_get_n_waiting (chorus_view_session_get_job_queue (session)) == 0);
  n_reads = chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source));
  chorus_view_session_set_range (session, 5.0, 30.0);
  chorus_view_session_set_auto_range (session, TRUE);
  g_assert_nonnull (chorus_view_session_get_level_background (session));
  g_assert_cmpfloat (chorus_view_session_get_high_db (session), !=, 30.0);
  g_assert_cmpuint (chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source)), ==, n_reads);

  chorus_view_session_set_background (session, CHORUS_BACKGROUND_MODE_SHOWN);
  g_assert_null (chorus_view_session_get_level_background (session));
  g_assert_cmpfloat (chorus_view_session_get_low_db (session), ==, low);
  chorus_view_session_set_background (session, CHORUS_BACKGROUND_MODE_REMOVED);
  finish (session);
}

/* Each channel has its own, and all of them together one that is neither. */
static void
test_background_of_channel (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);
  float *samples = g_new (float, 2 * N_SAMPLES);
  g_autoptr (ChorusSampleSource) source = NULL;
  ChorusViewSession *session = chorus_view_session_new ();
  guint8 levels[2] = { 0 };

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      samples[2 * i] = (float) g_rand_double_range (rand, -0.001, 0.001);
      samples[2 * i + 1] = samples[2 * i] + (float) (0.1 * sin (2.0 * G_PI * 1875.0 * i / SAMPLE_RATE));
    }
  source = chorus_synthetic_source_new_interleaved (samples, N_SAMPLES, 2, SAMPLE_RATE);
  chorus_view_session_set_source (session, source);
  chorus_view_session_set_background (session, CHORUS_BACKGROUND_MODE_REMOVED);
  for (int channel = 0; channel < 2; channel++)
    {
      chorus_view_session_set_channel (session, channel);
      g_assert_null (chorus_view_session_get_level_background (session));
      chorus_test_wait (chorus_view_session_get_level_background (session));
      /* Bin 40 is 1875 Hz. */
      levels[channel] = chorus_level_background_get (chorus_view_session_get_level_background (session), 0)[40];
    }
  g_assert_cmpfloat (chorus_level_to_db (levels[0]), <, -70.0);
  g_assert_cmpfloat_with_epsilon (chorus_level_to_db (levels[1]), -20.0, 0.5);
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  chorus_test_wait (chorus_view_session_get_level_background (session));
  finish (session);
}

/* Another recording is another start; none is nothing, and nothing asked of it is harm. */
static void
test_replace (void)
{
  ChorusViewSession *session = make_session ();
  g_autoptr (ChorusSampleSource) other = make_source (0.1);
  g_autoptr (ChorusSampleSource) empty = chorus_synthetic_source_new (NULL, 0, SAMPLE_RATE, FALSE);
  ChorusTimeSpan span = { 1.0, 2.0 };

  chorus_view_session_show (session, &span, NULL);
  chorus_view_session_set_selection (session, &span, NULL);
  chorus_view_session_set_position (session, 3.0);
  chorus_view_session_set_source (session, other);
  g_assert_cmpfloat (chorus_view_session_get_visible_length (session), ==, DURATION);
  g_assert_false (chorus_view_session_get_selection (session, NULL, NULL));
  g_assert_cmpfloat (chorus_view_session_get_position (session), ==, 0.0);
  g_assert_false (chorus_view_session_get_can_go_back (session));

  chorus_view_session_set_source (session, empty);
  chorus_view_session_zoom (session, 2.0, 0.0);
  chorus_view_session_zoom_band (session, 2.0, NAN);
  chorus_view_session_pan (session, 1.0);
  chorus_view_session_fit (session);
  chorus_view_session_show (session, &span, NULL);
  chorus_view_session_set_position (session, NAN);
  g_assert_cmpfloat (chorus_view_session_get_visible_length (session), ==, 0.0);

  chorus_view_session_set_source (session, NULL);
  g_assert_null (chorus_view_session_get_tiles (session));
  chorus_view_session_zoom (session, 0.0, INFINITY);
  chorus_view_session_follow (session, 1.0);
  finish (session);
}

/* What cannot be read is said once, in the words of the source, and gone with the source. */
static void
test_problem (void)
{
  g_autoptr (ChorusSampleSource) broken = chorus_synthetic_source_new (g_new0 (float, 1000), 1000, SAMPLE_RATE, TRUE);
  ChorusViewSession *session = chorus_view_session_new ();
  ChorusTileKey key = { CHORUS_TILE_PEAKS, 0, 0 };

  chorus_view_session_set_source (session, broken);
  chorus_tile_cache_want (chorus_view_session_get_tiles (session), session, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_test_wait (chorus_view_session_get_problem (session));
  g_assert_cmpstr (chorus_view_session_get_problem (session), ==, "The disk is gone.");
  chorus_view_session_set_source (session, NULL);
  g_assert_null (chorus_view_session_get_problem (session));
  finish (session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/view-session/open", test_open);
  g_test_add_func ("/timeline/view-session/zoom", test_zoom);
  g_test_add_func ("/timeline/view-session/pan", test_pan);
  g_test_add_func ("/timeline/view-session/back", test_back);
  g_test_add_func ("/timeline/view-session/reveal", test_reveal);
  g_test_add_func ("/timeline/view-session/follow", test_follow);
  g_test_add_func ("/timeline/view-session/selection", test_selection);
  g_test_add_func ("/timeline/view-session/auto-range", test_auto_range);
  g_test_add_func ("/timeline/view-session/auto-range-of-preset", test_auto_range_of_preset);
  g_test_add_func ("/timeline/view-session/settings", test_settings);
  g_test_add_func ("/timeline/view-session/scale", test_scale);
  g_test_add_func ("/timeline/view-session/preset", test_preset);
  g_test_add_func ("/timeline/view-session/kaiser", test_kaiser);
  g_test_add_func ("/timeline/view-session/background", test_background);
  g_test_add_func ("/timeline/view-session/background-of-channel", test_background_of_channel);
  g_test_add_func ("/timeline/view-session/replace", test_replace);
  g_test_add_func ("/timeline/view-session/problem", test_problem);

  return g_test_run ();
}
