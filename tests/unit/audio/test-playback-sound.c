/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stream does to samples, held against closed forms and scipy. */

#include "playback-fixture.h"

#include "audio/chorus-fir-filter.h"
#include "audio/chorus-limiter.h"
#include "audio/chorus-playback-peak.h"

/* What scipy.signal says a band-pass of this design makes of the noise: prints the greatest difference. */
#define SCIPY_BAND                                                                                                     \
  "import sys, numpy as np\n"                                                                                          \
  "from scipy import signal\n"                                                                                         \
  "folder, n_taps, low, high, rate = sys.argv[1], *map(float, sys.argv[2:])\n"                                         \
  "x = np.fromfile(folder + '/in.f32', '<f4').astype(float)\n"                                                         \
  "y = np.fromfile(folder + '/out.f32', '<f4').astype(float)\n"                                                        \
  "edges = [edge for edge in (low, high) if 0 < edge < rate / 2]\n"                                                    \
  "taps = signal.firwin(int(n_taps), edges, window=('kaiser', 0.1102 * (80 - 8.7)), fs=rate, pass_zero=low <= 0)\n"    \
  "print(np.max(np.abs(np.convolve(x, taps, 'same') - y)))\n"

static void
test_sound_band_scipy (Fixture       *fixture,
                       gconstpointer  data)
{
  static const struct
  {
    ChorusFrequencyBand band;
    guint32 rate;
    double edge;
  } cases[] = {
    { { 2000, 8000 }, 48000, 600 }, { { 150, 900 }, 44100, 75 },      { { 20000, 60000 }, 384000, 4000 },
    { { 0, 3000 }, 32000, 300 },    { { 6000, 30000 }, 48000, 1800 },
  };
  static const char *can_import[] = { PYTHON, "-c", "import numpy, scipy.signal", NULL };
  g_autofree float *samples = playback_new_noise (30000, 4);
  g_autofree char *in = fixture_path (fixture, "in.f32");
  g_autofree char *out = fixture_path (fixture, "out.f32");

  if (!fixture_run (can_import, NULL))
    {
      g_test_skip ("scipy is not installed");
      return;
    }

  g_assert_true (g_file_set_contents (in, (const char *) samples, 30000 * sizeof (float), NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, cases[i].rate, samples, 30000);
      g_autoptr (ChorusFirFilter) filter = NULL;
      g_autofree char *n_taps = NULL;
      g_autofree char *low = g_strdup_printf ("%g", cases[i].band.low);
      g_autofree char *high = g_strdup_printf ("%g", cases[i].band.high);
      g_autofree char *rate = g_strdup_printf ("%u", cases[i].rate);
      g_autofree char *difference = NULL;
      g_autofree float *heard = NULL;
      ChorusPlaybackTreatment treatment;
      gsize n = 0;

      chorus_playback_treatment_init (&treatment);
      treatment.band = cases[i].band;
      heard = playback_render (source, 0, 30000, &treatment, G_MAXUINT, &n);
      g_assert_true (g_file_set_contents (out, (const char *) heard, (gssize) (n * sizeof (float)), NULL));

      filter = chorus_fir_filter_new (cases[i].band, cases[i].edge, cases[i].rate, 16383);
      n_taps = g_strdup_printf ("%" G_GSIZE_FORMAT, 2 * chorus_fir_filter_get_half (filter) + 1);
      g_assert_true (
        fixture_run ((const char *const[]){ PYTHON, "-c", SCIPY_BAND, fixture->folder, n_taps, low, high, rate, NULL },
                     &difference));
      g_test_message ("%s to %s Hz: %s taps, differs by %s", low, high, n_taps, difference);
      g_assert_cmpfloat (g_ascii_strtod (difference, NULL), <, 1e-5);
    }
}

/* A click stays where it is, its response is symmetric to the bit, and what passes and what does not is as promised. */
static void
test_sound_band_click (Fixture       *fixture,
                       gconstpointer  data)
{
  static const ChorusFrequencyBand bands[] = { { 2000, 8000 }, { 300, 1500 }, { 0, 5000 }, { 10000, 96000 } };
  const guint32 rate = 96000;
  const guint at = 20000;

  for (gsize i = 0; i < G_N_ELEMENTS (bands); i++)
    {
      g_autofree float *samples = g_new0 (float, 40001);
      g_autoptr (ChorusSampleSource) source = NULL;
      g_autofree float *heard = NULL;
      ChorusPlaybackTreatment treatment;
      double width = MIN (bands[i].high, rate / 2.0) - bands[i].low;
      gsize n = 0;

      samples[at] = 1;
      source = playback_open (fixture, 1, rate, samples, 40001);
      chorus_playback_treatment_init (&treatment);
      treatment.band = bands[i];
      heard = playback_render (source, 0, 40001, &treatment, G_MAXUINT, &n);
      g_assert_cmpuint (n, ==, 40001);
      for (guint offset = 1; offset <= at; offset++)
        {
          g_assert_cmpfloat (heard[at - offset], ==, heard[at + offset]);
          g_assert_cmpfloat (fabsf (heard[at + offset]), <, heard[at]);
        }

      for (double frequency = 10; frequency < rate / 2.0; frequency += 53)
        {
          double response = (double) heard[at];
          double edge = bands[i].low > 0 ? MIN (0.1 * width, 2 * bands[i].low) : 0.1 * width;

          for (guint offset = 1; offset <= at; offset++)
            response += 2 * (double) heard[at + offset] * cos (2 * G_PI * frequency * offset / rate);
          if (frequency > bands[i].low + edge / 2 && frequency < bands[i].high - edge / 2)
            g_assert_cmpfloat_with_epsilon (20 * log10 (fabs (response)), 0, 0.01);
          else if ((bands[i].low > 0 && frequency < bands[i].low - edge / 2) || frequency > bands[i].high + edge / 2)
            g_assert_cmpfloat (20 * log10 (fabs (response) + 1e-12), <, -79);
        }
    }
}

/* What lies beside a span takes part, so that a span of a filtered recording is the filtered recording's span. */
static void
test_sound_band_span (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree float *samples = playback_new_noise (2 * 30000, 4);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 2, 48000, samples, 30000);
  g_autofree float *whole = NULL;
  g_autofree float *part = NULL;
  g_autofree float *loop = NULL;
  ChorusPlaybackTreatment treatment;
  gsize n_whole = 0;
  gsize n_part = 0;
  gsize n_loop = 0;

  chorus_playback_treatment_init (&treatment);
  treatment.band = (ChorusFrequencyBand){ 1000, 3000 };
  whole = playback_render (source, 0, 30000, &treatment, G_MAXUINT, &n_whole);
  part = playback_render (source, 5003, 21007, &treatment, G_MAXUINT, &n_part);
  g_assert_cmpmem (part, n_part * sizeof (float), whole + 2 * 5003, 2 * (21007 - 5003) * sizeof (float));

  treatment.looping = TRUE;
  loop = playback_render (source, 5003, 5903, &treatment, 20000, &n_loop);
  for (gsize i = 0; i < n_loop; i++)
    g_assert_cmpfloat (loop[i], ==, whole[2 * 5003 + i % 1800]);
}

/* A tone is heard at its distance from the frequency, at its own level; what is far is not heard. */
static void
test_sound_heterodyne (Fixture       *fixture,
                       gconstpointer  data)
{
  static const guint32 rates[] = { 384000, 250000, 192000, 96000 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      guint n_frames = rates[i];
      g_autofree float *tone = playback_new_tone (n_frames, 40000.0 / rates[i], 0.25);
      g_autofree float *far_away = playback_new_tone (n_frames, 25000.0 / rates[i], 0.5);
      g_autoptr (ChorusSampleSource) source = NULL;
      g_autofree float *heard = NULL;
      ChorusPlaybackTreatment treatment;
      double rate;
      gsize n = 0;

      for (guint frame = 0; frame < n_frames; frame++)
        tone[frame] += far_away[frame];
      source = playback_open (fixture, 1, rates[i], tone, n_frames);
      chorus_playback_treatment_init (&treatment);
      treatment.heterodyne_frequency = 39000;
      heard = playback_render (source, 0, n_frames, &treatment, G_MAXUINT, &n);

      /* A second stays one, at a rate that carries all that is audible of it. */
      rate = (double) rates[i] / chorus_playback_treatment_get_step (&treatment, rates[i]);
      g_assert_cmpfloat (rate, >=, 32000);
      g_assert_cmpfloat (rate, <, 64000);
      g_assert_cmpuint (n, ==, (gsize) ceil (rate));
      g_assert_cmpuint (chorus_playback_treatment_get_rate (&treatment, rates[i]), ==, (guint) round (rate));

      g_assert_cmpfloat_with_epsilon (20 * log10 (playback_get_amplitude (heard, n, 1000 / rate) / 0.25), 0, 0.05);
      for (double frequency = 2000; frequency < rate / 2; frequency += 500)
        g_assert_cmpfloat (20 * log10 (playback_get_amplitude (heard, n, frequency / rate) / 0.25), <, -60);

      treatment.heterodyne_frequency = 41500;
      g_clear_pointer (&heard, g_free);
      heard = playback_render (source, 0, n_frames, &treatment, G_MAXUINT, &n);
      g_assert_cmpfloat_with_epsilon (20 * log10 (playback_get_amplitude (heard, n, 1500 / rate) / 0.25), 0, 0.05);
      g_assert_cmpfloat (20 * log10 (playback_get_amplitude (heard, n, 1000 / rate) / 0.25), <, -60);
    }
}

/* A click of ultrasound is heard when it is shown, and a heterodyned loop repeats to the bit. */
static void
test_sound_heterodyne_time (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree float *samples = g_new0 (float, 96000);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autofree float *heard = NULL;
  g_autofree float *loop = NULL;
  ChorusPlaybackTreatment treatment;
  gsize loudest = 0;
  gsize n_loop = 0;
  gsize n = 0;

  for (guint i = 0; i < 96; i++)
    samples[48000 - 48 + i] =
      (float) (0.25 * (1 - cos (2 * G_PI * i / 96)) * cos (2 * G_PI * 40000 / 384000 * (i - 48.0)));
  source = playback_open (fixture, 1, 384000, samples, 96000);
  chorus_playback_treatment_init (&treatment);
  treatment.heterodyne_frequency = 40000;
  heard = playback_render (source, 0, 96000, &treatment, G_MAXUINT, &n);
  for (gsize i = 0; i < n; i++)
    if (fabsf (heard[i]) > fabsf (heard[loudest]))
      loudest = i;
  g_assert_cmpuint (loudest, ==, 48000 / 12);

  /* 4801 frames are no multiple of 12, so that a round begins at another of them each time. */
  treatment.looping = TRUE;
  loop = playback_render (source, 46000, 50801, &treatment, 4801 * 3, &n_loop);
  for (gsize i = 4801; i < n_loop; i++)
    g_assert_cmpfloat (loop[i], ==, loop[i - 4801]);
}

/* What goes into the limiter is known, so what it may do to it is too. */
static void
test_sound_limiter (Fixture       *fixture,
                    gconstpointer  data)
{
  static const double rates[] = { 400, 8000, 48000, 384000 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    for (guint channels = 1; channels <= 2; channels++)
      {
        const gsize n_frames = 200000;
        g_autoptr (ChorusLimiter) limiter = chorus_limiter_new (rates[i], channels);
        g_autofree float *samples = playback_new_noise (n_frames * channels, 1);
        g_autofree float *limited = g_new (float, n_frames *channels);
        gsize n = 0;

        /* Quiet at first; then bursts of every strength; then quiet again. */
        for (gsize frame = 0; frame < n_frames; frame++)
          for (guint channel = 0; channel < channels; channel++)
            if (frame > 50000 && frame < 100000 && frame % 977 < 40)
              samples[frame * channels + channel] *= (float) (frame % 977 * frame % 1000);

        for (gsize done = 0; done < n_frames; done += 1000)
          n += chorus_limiter_push (limiter, samples + done * channels, 1000, limited + n * channels);
        g_assert_cmpuint (n_frames - n, ==, chorus_limiter_get_look_ahead (limiter));
        n += chorus_limiter_drain (limiter, limited + n * channels);
        g_assert_cmpuint (n, ==, n_frames);

        for (gsize sample = 0; sample < n_frames * channels; sample++)
          {
            g_assert_cmpfloat (fabsf (limited[sample]), <=, 1.0f);
            g_assert_cmpfloat (fabsf (limited[sample]), <=, fabsf (samples[sample]));
            g_assert_cmpfloat (limited[sample] * samples[sample], >=, 0);
          }
        g_assert_cmpmem (limited, 48000 * channels * sizeof (float), samples, 48000 * channels * sizeof (float));
        if (rates[i] <= 48000)
          g_assert_cmpmem (limited + 190000 * channels, 10000 * channels * sizeof (float), samples + 190000 * channels,
                           10000 * channels * sizeof (float));
      }
}

/* A tone 40 dB too loud stays a tone: the limiter lowers its gain and does not cut its tops off. */
static void
test_sound_gain (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree float *samples = playback_new_tone (96000, 1000.0 / 48000, 0.5);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 96000);
  ChorusPlaybackTreatment treatment;
  g_autofree float *quiet = NULL;
  g_autofree float *loud = NULL;
  gsize n = 0;

  chorus_playback_treatment_init (&treatment);
  treatment.gain_db = -20;
  treatment.volume = 2;
  quiet = playback_render (source, 0, 96000, &treatment, G_MAXUINT, &n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon ((double) quiet[i], 0.2 * (double) samples[i], 1e-7);

  treatment.gain_db = 40;
  treatment.volume = 1;
  loud = playback_render (source, 0, 96000, &treatment, G_MAXUINT, &n);
  g_assert_cmpuint (n, ==, 96000);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (fabsf (loud[i]), <=, 1.0f);
  g_assert_cmpfloat (playback_get_amplitude (loud + 24000, 48000, 1000.0 / 48000), >, 0.98);
  for (guint harmonic = 2; harmonic < 20; harmonic++)
    g_assert_cmpfloat (playback_get_amplitude (loud + 24000, 48000, harmonic * 1000.0 / 48000), <, 1e-3);
}

static void
test_sound_normalize (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree float *samples = playback_new_tone (48000, 1000.0 / 48000, 0.01);
  g_autofree float *silence = g_new0 (float, 48000);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusSampleSource) silent = NULL;
  ChorusPlaybackTreatment treatment;

  samples[40000] = 0.8f;
  source = playback_open (fixture, 1, 48000, samples, 48000);
  chorus_playback_treatment_init (&treatment);
  treatment.normalize = TRUE;
  g_assert_true (chorus_playback_peak_is_quick (source, 0, 48000, &treatment));

  /* -1 dBFS is 0.8913. */
  g_assert_cmpfloat_with_epsilon (chorus_playback_peak_find_gain (source, 0, 30000, &treatment, NULL), 89.125, 0.01);
  g_assert_cmpfloat_with_epsilon (chorus_playback_peak_find_gain (source, 0, 48000, &treatment, NULL), 1.11406, 1e-4);

  silent = playback_open (fixture, 1, 48000, silence, 48000);
  g_assert_cmpfloat (chorus_playback_peak_find_gain (silent, 0, 48000, &treatment, NULL), ==, 1);
}

/* Faster and slower with its pitch: the same frequency, for as long as the speed says, and in step with the recording. */
static void
test_sound_keeps_pitch (Fixture       *fixture,
                        gconstpointer  data)
{
  static const double speeds[] = { 0.1, 0.5, 0.77, 1, 1.5, 2, 4 };
  static const guint32 rates[] = { 22050, 48000, 192000 };

  for (gsize r = 0; r < G_N_ELEMENTS (rates); r++)
    for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
      {
        guint n_frames = rates[r];
        g_autofree float *samples = playback_new_tone (2 * n_frames, 0, 0);
        g_autofree float *tone = playback_new_tone (n_frames, 3000.0 / rates[r], 0.5);
        g_autoptr (ChorusSampleSource) source = NULL;
        g_autofree float *heard = NULL;
        g_autofree float *left = NULL;
        ChorusPlaybackTreatment treatment;
        double expected = n_frames / speeds[i];
        gsize n_half;
        gsize margin;
        gsize n = 0;

        /* A tone from 0.5 s on. */
        for (guint frame = n_frames / 2; frame < n_frames; frame++)
          samples[2 * frame] = samples[2 * frame + 1] = tone[frame];
        source = playback_open (fixture, 2, rates[r], samples, n_frames);
        chorus_playback_treatment_init (&treatment);
        treatment.speed = speeds[i];
        treatment.keep_pitch = TRUE;
        g_assert_cmpuint (chorus_playback_treatment_get_rate (&treatment, rates[r]), ==, rates[r]);
        heard = playback_render (source, 0, n_frames, &treatment, G_MAXUINT, &n);
        g_assert_cmpuint (n / 2, ==, (gsize) ceil (expected));

        left = g_new (float, n / 2);
        for (gsize frame = 0; frame < n / 2; frame++)
          {
            left[frame] = heard[2 * frame];
            g_assert_cmpfloat (heard[2 * frame], ==, heard[2 * frame + 1]);
          }

        /* Silent until shortly before the middle, and a steady tone from shortly after it to shortly before the end: a
         * piece and its freedom to be elsewhere are 10 ms each, of the recording and of what is heard. */
        n_half = n / 4;
        margin = (gsize) (rates[r] * 0.03 / MIN (speeds[i], 1));
        for (gsize frame = 0; frame + margin < n_half; frame++)
          g_assert_cmpfloat (left[frame], ==, 0);
        g_assert_cmpfloat_with_epsilon (playback_get_amplitude (left + n_half + margin, n_half - 2 * margin,
                                                                3000.0 / rates[r]),
                                        0.5, 0.01);
      }
}

/* The speed changes on the way, back and forth, and the sound goes on without a jump. */
static void
test_sound_speed_changes (Fixture       *fixture,
                          gconstpointer  data)
{
  static const double speeds[] = { 2, 1, 0.3, 4, 1 };
  g_autofree float *samples = playback_new_tone (480000, 700.0 / 48000, 0.5);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 480000);
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (float));
  ChorusPlaybackSpan span = { 0, 480000, 0 };
  g_autoptr (ChorusPlaybackStream) stream = NULL;
  g_autofree ChorusPlaybackMap *map = g_new0 (ChorusPlaybackMap, 1);
  ChorusPlaybackTreatment treatment;
  guint64 n_added = 0;
  float steepest = 0;

  chorus_playback_treatment_init (&treatment);
  treatment.keep_pitch = TRUE;
  stream = chorus_playback_stream_new (source, &span, &treatment, 1, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      playback_pull (stream, (i + 1) * 24000, heard, map, &n_added);
      treatment.speed = speeds[i];
      g_assert_true (chorus_playback_stream_adopt (stream, &treatment));
    }
  playback_pull (stream, G_MAXUINT, heard, map, &n_added);
  g_assert_cmpuint (n_added, ==, heard->len);

  /* Half a second each at 1, 2, 1, 0.3 and 4 of a second, and the rest as it is, within the pieces' freedom. */
  g_assert_cmpfloat_with_epsilon (heard->len, 120000 + (480000 - 24000 * 8.3), 4 * 1440);
  g_assert_cmpfloat_with_epsilon (chorus_playback_map_get_place (map, 36000), 48000, 1440);
  g_assert_cmpfloat_with_epsilon (chorus_playback_map_get_place (map, heard->len), 480000, 1);

  for (guint i = 1; i < heard->len; i++)
    steepest = MAX (steepest, fabsf (g_array_index (heard, float, i) - g_array_index (heard, float, i - 1)));
  g_assert_cmpfloat ((double) steepest, <=, 0.5 * 2 * G_PI * 700 / 48000 * 1.1);
}

/* Numbers that are none, and beyond all bounds, reach no loudspeaker. */
static void
test_sound_odd_numbers (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree float *samples = playback_new_noise (20000, 2);
  g_autoptr (ChorusSampleSource) source = NULL;

  samples[5000] = NAN;
  samples[6000] = INFINITY;
  samples[7000] = -INFINITY;
  samples[8000] = 3e38f;
  source = playback_open (fixture, 1, 48000, samples, 20000);

  for (guint i = 0; i < 16; i++)
    {
      ChorusPlaybackTreatment treatment;
      g_autofree float *heard = NULL;
      gsize n = 0;

      chorus_playback_treatment_init (&treatment);
      treatment.speed = 1.5;
      treatment.keep_pitch = i & 1;
      treatment.gain_db = i & 2 ? 40 : 0;
      treatment.volume = i & 2 ? 10 : 1;
      treatment.heterodyne_frequency = i & 4 ? 5000 : 0;
      if (i & 8)
        treatment.band = (ChorusFrequencyBand){ 1000, 9000 };
      heard = playback_render (source, 0, 20000, &treatment, G_MAXUINT, &n);
      for (gsize frame = 0; frame < n; frame++)
        g_assert_true (heard[frame] >= -1 && heard[frame] <= 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/playback-sound/band-scipy", test_sound_band_scipy);
  fixture_add ("/audio/playback-sound/band-click", test_sound_band_click);
  fixture_add ("/audio/playback-sound/band-span", test_sound_band_span);
  fixture_add ("/audio/playback-sound/heterodyne", test_sound_heterodyne);
  fixture_add ("/audio/playback-sound/heterodyne-time", test_sound_heterodyne_time);
  fixture_add ("/audio/playback-sound/limiter", test_sound_limiter);
  fixture_add ("/audio/playback-sound/gain", test_sound_gain);
  fixture_add ("/audio/playback-sound/normalize", test_sound_normalize);
  fixture_add ("/audio/playback-sound/keeps-pitch", test_sound_keeps_pitch);
  fixture_add ("/audio/playback-sound/speed-changes", test_sound_speed_changes);
  fixture_add ("/audio/playback-sound/odd-numbers", test_sound_odd_numbers);

  return g_test_run ();
}
