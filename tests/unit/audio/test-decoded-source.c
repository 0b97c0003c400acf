/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compressed audio, with what ffmpeg decodes from the same file as the truth. */

#include "config.h"

#include "audio-fixture.h"

#include <math.h>

#include "audio/chorus-audio-probe.h"
#include "audio/chorus-sample-source.h"

#define RATE 48000

/* Four seconds of a rising tone: its place in time can be told from any piece of it. */
#define TONE "aevalsrc=0.5*sin(2*PI*(300*t+400*t*t)):s=48000:d=4"

typedef struct
{
  const char *name;
  ChorusAudioKind kind;
  const char *codec;
  guint codec_frame; /* in sample frames: by how much count and place may differ at each end */
} Format;

static const Format formats[] = {
  { "a.mp3", CHORUS_AUDIO_KIND_MP3, "libmp3lame", 1152 },  { "a.m4a", CHORUS_AUDIO_KIND_M4A, "aac", 1024 },
  { "phone.mp4", CHORUS_AUDIO_KIND_M4A, "aac", 1024 },     { "alac.m4a", CHORUS_AUDIO_KIND_M4A, "alac", 0 },
  { "opus.webm", CHORUS_AUDIO_KIND_WEBM, "libopus", 960 }, { "vorbis.webm", CHORUS_AUDIO_KIND_WEBM, "libvorbis", 1024 },
  { "a.flac", CHORUS_AUDIO_KIND_FLAC, "flac", 0 },         { "a.ogg", CHORUS_AUDIO_KIND_OGG, "libvorbis", 1024 },
  { "a.mka", CHORUS_AUDIO_KIND_OTHER, "flac", 0 },         { "a.aac", CHORUS_AUDIO_KIND_OTHER, "aac", 1024 },
};

static gboolean
encode (Fixture    *fixture,
        const char *name,
        const char *codec)
{
  g_autofree char *path = fixture_path (fixture, name);
  const char *argv[] = {
    "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", TONE, "-ac", "1", "-c:a", codec, path, NULL
  };

  return fixture_run (argv, NULL);
}

static float *
decode_with_ffmpeg (Fixture    *fixture,
                    const char *name,
                    gsize      *n_frames)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autofree char *raw = fixture_path (fixture, "raw.f32");
  const char *argv[] = { "ffmpeg", "-v", "error", "-y", "-i", path, "-f", "f32le", "-ac", "1", raw, NULL };
  char *contents = NULL;
  gsize size = 0;

  g_assert_true (fixture_run (argv, NULL));
  g_assert_true (g_file_get_contents (raw, &contents, &size, NULL));
  *n_frames = size / sizeof (float);

  return (float *) (gpointer) contents;
}

/* The shift at which a second from the middle of @ours fits @theirs best, and how well: the squared difference there
 * as a part of the power. */
static gint
find_shift (const float *ours,
            const float *theirs,
            gint         limit,
            double      *misfit)
{
  const guint first = RATE * 3 / 2;
  gint best_shift = 0;
  double power = 0;

  for (guint i = 0; i < RATE; i++)
    power += (double) theirs[first + i] * (double) theirs[first + i];

  *misfit = INFINITY;
  for (gint shift = -limit; shift <= limit; shift++)
    {
      double difference = 0;

      for (guint i = 0; i < RATE && difference < *misfit * power; i++)
        {
          double d = (double) ours[(gint) (first + i) + shift] - (double) theirs[first + i];

          difference += d * d;
        }
      if (difference < *misfit * power)
        {
          *misfit = difference / power;
          best_shift = shift;
        }
    }

  return best_shift;
}

static void
assert_format (Fixture      *fixture,
               const Format *format)
{
  g_autofree char *path = fixture_path (fixture, format->name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autofree float *ours = NULL;
  g_autofree float *theirs = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_theirs = 0;
  gint64 n_ours;
  double misfit;
  gint shift;

  info = chorus_audio_probe (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->kind, ==, format->kind);
  g_assert_cmpfloat (info->sample_rate, ==, RATE);
  g_assert_cmpuint (info->channels, ==, 1);
  g_assert_cmpfloat_with_epsilon (info->duration, 4, 0.05);

  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (chorus_sample_source_get_sample_rate (source), ==, RATE);
  g_assert_cmpuint (chorus_sample_source_get_channels (source), ==, 1);

  theirs = decode_with_ffmpeg (fixture, format->name, &n_theirs);
  n_ours = (gint64) chorus_sample_source_get_n_frames (source);
  g_assert_cmpint (ABS (n_ours - (gint64) n_theirs), <=, 2 * format->codec_frame);

  ours = g_new (float, 4 * RATE);
  g_assert_true (chorus_sample_source_read (source, 0, 4 * RATE, ours, NULL, &error));
  shift = find_shift (ours, theirs, (gint) format->codec_frame, &misfit);
  g_test_message ("%s: %" G_GINT64_FORMAT " frames, ffmpeg %" G_GSIZE_FORMAT "; shift %d, misfit %.2g", format->name,
                  n_ours, n_theirs, shift, misfit);
  g_assert_cmpfloat (misfit, <, format->codec_frame == 0 ? 1e-12 : 1e-3);
}

static void
test_decoded_source_formats (Fixture       *fixture,
                             gconstpointer  data)
{
  guint n_done = 0;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (encode (fixture, formats[i].name, formats[i].codec))
      {
        assert_format (fixture, &formats[i]);
        n_done++;
      }

  /* An ffmpeg without one of the encoders is no failure, one without all of them is. */
  g_assert_cmpuint (n_done, >=, 5);
}

/* The name says nothing: an MP3 called .wav is an MP3. */
static void
test_decoded_source_wrong_name (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *honest = fixture_path (fixture, "a.mp3");
  g_autofree char *wrong = fixture_path (fixture, "a.wav");
  g_autoptr (GFile) file = g_file_new_for_path (wrong);
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  g_assert_true (encode (fixture, "a.mp3", "libmp3lame"));
  g_assert_cmpint (g_rename (honest, wrong), ==, 0);
  info = chorus_audio_probe (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->kind, ==, CHORUS_AUDIO_KIND_MP3);
}

static GFile *
cut (Fixture    *fixture,
     const char *name,
     double      part)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));

  return fixture_write (fixture, "cut", bytes, (gsize) (part * (double) size));
}

static void
test_decoded_source_cut (Fixture       *fixture,
                         gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *codec;
  } streams[] = { { "a.mp3", "libmp3lame" }, { "a.flac", "flac" }, { "a.webm", "libopus" } };

  if (!fixture_has_tool ("ffmpeg"))
    return;

  /* What can be decoded is kept. */
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr (ChorusSampleSource) source = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = NULL;
      double duration;

      g_assert_true (encode (fixture, streams[i].name, streams[i].codec));
      file = cut (fixture, streams[i].name, 0.6);
      source = chorus_sample_source_open (file, NULL, &error);
      g_assert_no_error (error);
      duration = chorus_sample_source_get_duration (source);
      g_assert_cmpfloat (duration, >, 1.5);
      g_assert_cmpfloat (duration, <, 3.5);
    }

  /* An M4A without its end has no table of contents. */
  g_assert_true (encode (fixture, "a.m4a", "aac"));
  {
    g_autoptr (GFile) file = cut (fixture, "a.m4a", 0.6);
    g_autoptr (ChorusSampleSource) source = NULL;
    g_autoptr (GError) error = NULL;

    source = chorus_sample_source_open (file, NULL, &error);
    g_assert_null (source);
    g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_TRUNCATED);
    g_assert_nonnull (strstr (error->message, "“cut”"));
  }
}

static void
test_decoded_source_video (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *silent_path = fixture_path (fixture, "silent.webm");
  g_autofree char *sound_path = fixture_path (fixture, "sound.webm");
  const char *silent_argv[] = { "ffmpeg", "-v",     "error",     "-f", "lavfi", "-i", "testsrc=d=1:s=64x48",
                                "-c:v",   "libvpx", silent_path, NULL };
  const char *sound_argv[] = { "ffmpeg",    "-v",       "error", "-f",       "lavfi", "-i",     "testsrc=d=1:s=64x48",
                               "-f",        "lavfi",    "-i",    "sine=d=1", "-c:v",  "libvpx", "-c:a",
                               "libvorbis", sound_path, NULL };
  g_autoptr (GFile) silent = g_file_new_for_path (silent_path);
  g_autoptr (GFile) sound = g_file_new_for_path (sound_path);
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  if (!fixture_run (silent_argv, NULL) || !fixture_run (sound_argv, NULL))
    {
      g_test_skip ("this ffmpeg writes no WebM video");
      return;
    }

  g_assert_null (chorus_audio_probe (silent, NULL, &error));
  g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO);
  g_assert_cmpstr (error->message, ==, "“silent.webm” is not audio: it is a video without sound.");
  g_clear_error (&error);

  info = chorus_audio_probe (sound, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->kind, ==, CHORUS_AUDIO_KIND_OTHER);
}

static void
test_decoded_source_leaves_nothing (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), USER_FOLDER, NULL);
  g_autofree char *path = fixture_path (fixture, "a.flac");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  ChorusSampleSource *source;
  float sample = 1;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  g_assert_true (encode (fixture, "a.flac", "flac"));
  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);

  /* Neither while the source lives, nor after it. */
  dir = g_dir_open (cache, 0, &error);
  g_assert_no_error (error);
  g_assert_null (g_dir_read_name (dir));

  g_assert_true (chorus_sample_source_read (source, 4 * RATE + 7, 1, &sample, NULL, &error));
  g_assert_cmpfloat ((double) sample, ==, 0);
  g_assert_finalize_object (source);

  g_cancellable_cancel (cancellable);
  g_assert_null (chorus_sample_source_open (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/decoded-source/formats", test_decoded_source_formats);
  fixture_add ("/audio/decoded-source/wrong-name", test_decoded_source_wrong_name);
  fixture_add ("/audio/decoded-source/cut", test_decoded_source_cut);
  fixture_add ("/audio/decoded-source/video", test_decoded_source_video);
  fixture_add ("/audio/decoded-source/leaves-nothing", test_decoded_source_leaves_nothing);

  return g_test_run ();
}
