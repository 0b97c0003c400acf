/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stream makes of samples where it is to leave them alone: which ones come, in which order, and where they are. */

#include "playback-fixture.h"

static void
test_stream_span (Fixture       *fixture,
                  gconstpointer  data)
{
  static const guint spans[][2] = { { 0, 1 }, { 5, 7 }, { 0, 20000 }, { 1234, 17001 }, { 19999, 20000 } };
  static const guint32 rates[] = { 8, 8000, 48000, 384000 };

  for (guint channels = 1; channels <= 2; channels++)
    for (gsize rate = 0; rate < G_N_ELEMENTS (rates); rate++)
      for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
        {
          g_autofree float *samples = playback_new_noise (20000 * channels, 1);
          g_autoptr (ChorusSampleSource) source = playback_open (fixture, channels, rates[rate], samples, 20000);
          g_autofree float *heard = NULL;
          ChorusPlaybackTreatment treatment;
          gsize n = 0;

          chorus_playback_treatment_init (&treatment);
          heard = playback_render (source, spans[i][0], spans[i][1], &treatment, G_MAXUINT, &n);
          g_assert_cmpmem (heard, n * sizeof (float), samples + spans[i][0] * channels,
                           (spans[i][1] - spans[i][0]) * channels * sizeof (float));
        }
}

/* Every round is the span, whether it is long or a single frame; the first one may begin within it. */
static void
test_stream_loop (Fixture       *fixture,
                  gconstpointer  data)
{
  static const guint spans[][3] = { { 100, 101, 100 },   { 7, 10, 8 },           { 0, 479, 0 },
                                    { 0, 480, 479 },     { 0, 481, 240 },        { 3000, 5401, 4000 },
                                    { 0, 20000, 15000 }, { 19990, 20000, 19990 } };

  for (guint channels = 1; channels <= 2; channels++)
    for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
      {
        g_autofree float *samples = playback_new_noise (20000 * channels, 1);
        g_autoptr (ChorusSampleSource) source = playback_open (fixture, channels, 48000, samples, 20000);
        g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (float));
        ChorusPlaybackSpan span = { spans[i][0], spans[i][1], spans[i][2] };
        g_autoptr (ChorusPlaybackStream) stream = NULL;
        ChorusPlaybackTreatment treatment;
        guint length = spans[i][1] - spans[i][0];

        chorus_playback_treatment_init (&treatment);
        treatment.looping = TRUE;
        stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
        playback_pull (stream, 3 * 20000 + 1000, heard, NULL, NULL);
        g_assert_true (isinf (chorus_playback_stream_get_end (stream)));

        for (guint frame = 0; frame < heard->len / channels; frame++)
          for (guint channel = 0; channel < channels; channel++)
            g_assert_cmpfloat (g_array_index (heard, float, frame *channels + channel), ==,
                               samples[(spans[i][0] + (spans[i][2] - spans[i][0] + frame) % length) * channels
                                       + channel]);
      }
}

/* A loop that is one no longer plays its round to the end; a span that becomes a loop goes on without a seam. */
static void
test_stream_loop_changes (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree float *samples = playback_new_noise (20000, 1);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 20000);
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (float));
  ChorusPlaybackSpan span = { 1000, 4000, 2500 };
  g_autoptr (ChorusPlaybackStream) stream = NULL;
  ChorusPlaybackTreatment treatment;

  chorus_playback_treatment_init (&treatment);
  stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
  playback_pull (stream, 600, heard, NULL, NULL);
  treatment.looping = TRUE;
  g_assert_true (chorus_playback_stream_adopt (stream, &treatment));
  playback_pull (stream, 6000, heard, NULL, NULL);
  treatment.looping = FALSE;
  g_assert_true (chorus_playback_stream_adopt (stream, &treatment));
  g_assert_cmpfloat (chorus_playback_stream_get_end (stream), ==, 9000);
  playback_pull (stream, G_MAXUINT, heard, NULL, NULL);

  g_assert_cmpuint (heard->len, ==, 7500);
  for (guint i = 0; i < heard->len; i++)
    g_assert_cmpfloat (g_array_index (heard, float, i), ==, samples[1000 + (1500 + i) % 3000]);
}

static void
test_stream_channels (Fixture       *fixture,
                      gconstpointer  data)
{
  static const int chosen[] = { CHORUS_PLAYBACK_ALL_CHANNELS, CHORUS_PLAYBACK_MIXED_CHANNELS, 0, 1, 4, 5 };
  const gsize n_frames = 3000;

  for (guint channels = 1; channels <= 5; channels++)
    for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
      {
        g_autofree float *samples = playback_new_noise (n_frames * channels, 1);
        g_autoptr (ChorusSampleSource) source = playback_open (fixture, channels, 48000, samples, n_frames);
        guint heard_channels = channels == 2 ? 2 : 1;
        g_autofree float *heard = NULL;
        ChorusPlaybackTreatment treatment;
        gsize n = 0;

        chorus_playback_treatment_init (&treatment);
        treatment.channel = chosen[i];
        heard = playback_render (source, 0, n_frames, &treatment, G_MAXUINT, &n);
        g_assert_cmpuint (n, ==, n_frames * heard_channels);

        for (gsize frame = 0; frame < n_frames; frame++)
          for (guint heard_channel = 0; heard_channel < heard_channels; heard_channel++)
            {
              double expected = 0;

              for (guint channel = 0; channel < channels; channel++)
                expected += (double) samples[frame * channels + channel] / channels;
              if (chosen[i] >= 0 && (guint) chosen[i] < channels)
                expected = (double) samples[frame * channels + (guint) chosen[i]];
              else if (chosen[i] != CHORUS_PLAYBACK_MIXED_CHANNELS && channels <= 2)
                expected = (double) samples[frame * channels + heard_channel];
              g_assert_cmpfloat_with_epsilon ((double) heard[frame * heard_channels + heard_channel], expected, 1e-7);
            }
      }
}

/* The very samples, and the rate that makes of them what was asked for. */
static void
test_stream_rates (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct
  {
    guint32 rate;
    double speed;
    guint time_expansion;
    guint expected;
  } cases[] = {
    { 384000, 1, 10, 38400 },   { 384000, 1, 8, 48000 }, { 384000, 1, 16, 24000 }, { 384000, 1, 20, 19200 },
    { 256000, 1, 10, 25600 },   { 44100, 2, 1, 88200 },  { 44100, 0.1, 1, 4410 },  { 48000, 4, 1, 192000 },
    { 250000, 0.5, 10, 12500 }, { 44100, 1, 8, 5513 },
  };
  g_autofree float *samples = playback_new_noise (5000, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, cases[i].rate, samples, 5000);
      ChorusPlaybackSpan span = { 10, 4990, 10 };
      g_autoptr (ChorusPlaybackStream) stream = NULL;
      g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (float));
      ChorusPlaybackTreatment treatment;
      g_autofree ChorusPlaybackMap *map = g_new0 (ChorusPlaybackMap, 1);
      guint64 n_added = 0;

      chorus_playback_treatment_init (&treatment);
      treatment.speed = cases[i].speed;
      treatment.time_expansion = cases[i].time_expansion;
      stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
      g_assert_cmpuint (chorus_playback_stream_get_rate (stream), ==, cases[i].expected);
      playback_pull (stream, G_MAXUINT, heard, map, &n_added);
      g_assert_cmpmem (heard->data, heard->len * sizeof (float), samples + 10, 4980 * sizeof (float));

      /* The place of each frame is the frame. */
      g_assert_cmpuint (n_added, ==, 4980);
      g_assert_cmpfloat (chorus_playback_map_get_place (map, 0), ==, 0);
      g_assert_cmpfloat (chorus_playback_map_get_place (map, 1234.5), ==, 1234.5);
    }
}

/* Lines follow each other; what goes on straight needs none of its own, and the oldest are forgotten. */
static void
test_stream_map (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree ChorusPlaybackMap *map = g_new0 (ChorusPlaybackMap, 1);

  g_assert_cmpfloat (chorus_playback_map_get_place (map, 5), ==, 0);
  chorus_playback_map_add (map, 0, 100, 12);
  chorus_playback_map_add (map, 480, 100 + 480 * 12, 12);
  g_assert_cmpuint (map->n_added, ==, 1);
  chorus_playback_map_add (map, 960, 11620, 0.5);
  g_assert_cmpfloat (chorus_playback_map_get_place (map, 0), ==, 100);
  g_assert_cmpfloat (chorus_playback_map_get_place (map, 959.5), ==, 100 + 959.5 * 12);
  g_assert_cmpfloat (chorus_playback_map_get_place (map, 970), ==, 11625);

  for (guint i = 0; i < 1000; i++)
    chorus_playback_map_add (map, 2000 + i, 1e6 * i, 3);
  g_assert_cmpfloat (chorus_playback_map_get_place (map, 2999.5), ==, 999e6 + 1.5);
  g_assert_cmpfloat (chorus_playback_map_get_place (map, 2990), ==, 990e6);
}

/* A stream that leaves and the one that takes over: nothing is passed over, and the seam is a fade. */
static void
test_stream_leaves (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree float *samples = g_new (float, 20000);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (float));
  ChorusPlaybackSpan span = { 1000, 19000, 3000 };
  g_autoptr (ChorusPlaybackStream) stream = NULL;
  g_autoptr (ChorusPlaybackStream) other = NULL;
  ChorusPlaybackTreatment treatment;

  for (guint i = 0; i < 20000; i++)
    samples[i] = 0.5f;
  source = playback_open (fixture, 1, 48000, samples, 20000);
  chorus_playback_treatment_init (&treatment);
  stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
  playback_pull (stream, 4800, before, NULL, NULL);
  treatment.speed = 2;
  g_assert_false (chorus_playback_stream_adopt (stream, &treatment));
  chorus_playback_stream_leave (stream);
  playback_pull (stream, G_MAXUINT, before, NULL, NULL);

  g_assert_true (chorus_playback_stream_get_left (stream, &span.start_frame));
  other = chorus_playback_stream_new (source, &span, &treatment, 1, TRUE);
  playback_pull (other, G_MAXUINT, after, NULL, NULL);
  g_assert_false (chorus_playback_stream_get_left (other, &span.start_frame));

  /* The fade-out lasted 10 ms and was played again. */
  g_assert_cmpuint (before->len + after->len, ==, 16000 + 480);
  g_assert_cmpuint (span.start_frame, ==, 3000 + before->len - 480);
  g_assert_cmpfloat (g_array_index (before, float, before->len - 1), ==, 0);
  for (guint i = 1; i < before->len; i++)
    g_assert_cmpfloat (fabsf (g_array_index (before, float, i) - g_array_index (before, float, i - 1)), <=, 0.5 / 470);
  g_assert_cmpfloat (g_array_index (after, float, 0), <=, 0.5 / 900);
  for (guint i = 1; i < after->len; i++)
    g_assert_cmpfloat (fabsf (g_array_index (after, float, i) - g_array_index (after, float, i - 1)), <=, 0.5 / 900);
  g_assert_cmpfloat (g_array_index (after, float, after->len - 1), ==, 0.5f);
}

/* The gain of a steady sound never jumps, whatever is changed while it plays. */
static void
test_stream_changes_softly (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree float *samples = playback_new_tone (96000, 516.5 / 48000, 0.1);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 2, 48000, samples, 48000);
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (float));
  ChorusPlaybackSpan span = { 0, 48000, 0 };
  g_autoptr (ChorusPlaybackStream) stream = NULL;
  ChorusPlaybackTreatment treatment;
  float steepest = 0;

  chorus_playback_treatment_init (&treatment);
  stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
  for (guint i = 1; i <= 8; i++)
    {
      playback_pull (stream, i * 4800, heard, NULL, NULL);
      treatment.gain_db = i % 2 ? 6 : 0;
      treatment.band = (i / 2) % 2 ? (ChorusFrequencyBand){ 2000, 4000 } : (ChorusFrequencyBand){ 0, 0 };
      treatment.channel = (i / 4) % 2 ? CHORUS_PLAYBACK_MIXED_CHANNELS : CHORUS_PLAYBACK_ALL_CHANNELS;
      g_assert_true (chorus_playback_stream_adopt (stream, &treatment));
    }
  playback_pull (stream, G_MAXUINT, heard, NULL, NULL);

  /* 1033 Hz at twice its amplitude is as steep as this, and a fade adds little. Blocks do not begin where it is 0. */
  g_assert_cmpuint (heard->len, ==, 96000);
  for (guint i = 2; i < heard->len; i++)
    steepest = MAX (steepest, fabsf (g_array_index (heard, float, i) - g_array_index (heard, float, i - 2)));
  g_assert_cmpfloat ((double) steepest, <=, 0.2 * 2 * G_PI * 1033 / 48000 + 0.2 / 480);
}

static void
test_stream_read_fails (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree float *samples = playback_new_noise (400000, 1);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 400000);
  g_autofree char *path = fixture_path (fixture, "samples.wav");
  ChorusPlaybackSpan span = { 0, 400000, 0 };
  static const gboolean keep_pitch[] = { FALSE, TRUE };

  g_assert_cmpint (truncate (path, 400000), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (keep_pitch); i++)
    {
      g_autofree float *frames = NULL;
      g_autoptr (ChorusPlaybackStream) stream = NULL;
      g_autoptr (GError) error = NULL;
      ChorusPlaybackTreatment treatment;
      ChorusPlaybackBlock block = { 0 };

      chorus_playback_treatment_init (&treatment);
      treatment.speed = 2;
      treatment.keep_pitch = keep_pitch[i];
      stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
      frames = g_new (float, chorus_playback_stream_get_max_frames (stream));
      while (chorus_playback_stream_pull (stream, frames, &block, &error))
        g_assert_false (block.ended);
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/playback-stream/span", test_stream_span);
  fixture_add ("/audio/playback-stream/loop", test_stream_loop);
  fixture_add ("/audio/playback-stream/loop-changes", test_stream_loop_changes);
  fixture_add ("/audio/playback-stream/channels", test_stream_channels);
  fixture_add ("/audio/playback-stream/rates", test_stream_rates);
  fixture_add ("/audio/playback-stream/map", test_stream_map);
  fixture_add ("/audio/playback-stream/leaves", test_stream_leaves);
  fixture_add ("/audio/playback-stream/changes-softly", test_stream_changes_softly);
  fixture_add ("/audio/playback-stream/read-fails", test_stream_read_fails);

  return g_test_run ();
}
