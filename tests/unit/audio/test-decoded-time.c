/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That the samples of compressed files stand where they stood before: the run-up of the encoder gone from the beginning,
 * what fills its last block from the end, and silence where damage took some. What ffmpeg decodes, and the length of what
 * was encoded, are the truth. */

#include "config.h"

#include "audio-fixture.h"

#include <math.h>

#include "audio/chorus-audio-probe.h"
#include "audio/chorus-sample-source.h"

/* A rising tone, whose place in time can be told from any piece of it, of a length that fills no codec's last block. */
#define TONE "aevalsrc=0.5*sin(2*PI*(300*t+400*t*t)):d=4.01:s="
#define SECONDS 4.01

typedef struct
{
  const char *name;
  const char *arguments;
  guint rate;
  guint channels;
  gint surplus;      /* how many frames there are beyond those that were encoded */
  guint codec_frame; /* by how many frames ffmpeg, which leaves a last block as it is in some versions, may differ */
} Case;

static const Case cases[] = {
  { "cbr.mp3", "-c:a libmp3lame -b:a 64k", 48000, 1, 0, 0 },
  { "joint.mp3", "-c:a libmp3lame -b:a 128k -joint_stereo 1", 44100, 2, 0, 0 },
  { "vbr.mp3", "-c:a libmp3lame -q:a 4", 44100, 2, 0, 0 },
  { "32k.mp3", "-c:a libmp3lame -b:a 64k", 32000, 1, 0, 0 },
  { "mpeg2.mp3", "-c:a libmp3lame -b:a 32k", 22050, 1, 0, 0 },
  { "mpeg2-stereo.mp3", "-c:a libmp3lame -b:a 64k", 24000, 2, 0, 0 },
  { "mpeg25.mp3", "-c:a libmp3lame -b:a 16k", 8000, 1, 0, 0 },
  { "no-tags.mp3", "-c:a libmp3lame -b:a 64k -id3v2_version 0", 48000, 1, 0, 0 },
  /* Nothing in the file says what was added: it stays, as with ffmpeg. */
  { "no-header-vbr.mp3", "-c:a libmp3lame -q:a 4 -write_xing 0", 44100, 2, 1719, 0 },
  { "no-header-cbr.mp3", "-c:a libmp3lame -b:a 64k -write_xing 0", 48000, 1, 2208, 0 },
  { "48k.m4a", "-c:a aac", 48000, 1, 0, 1024 },
  { "stereo.m4a", "-c:a aac", 44100, 2, 0, 1024 },
  { "32k.m4a", "-c:a aac", 32000, 1, 0, 1024 },
  { "22k.m4a", "-c:a aac", 22050, 1, 0, 1024 },
  { "fast.m4a", "-c:a aac -movflags +faststart", 44100, 1, 0, 1024 },
  { "phone.mp4", "-c:a aac", 44100, 2, 0, 1024 },
  { "phone.mov", "-c:a aac", 44100, 2, 0, 1024 },
  { "no-edits.m4a", "-c:a aac -use_editlist 0", 44100, 2, 1024, 1024 },
  { "alac.m4a", "-c:a alac", 44100, 2, 0, 0 },
  { "opus.webm", "-c:a libopus", 48000, 1, 0, 0 },
  { "opus-stereo.webm", "-c:a libopus -b:a 128k", 48000, 2, 0, 0 },
  { "opus-long.webm", "-c:a libopus -frame_duration 60", 48000, 1, 0, 0 },
  { "opus.ogg", "-c:a libopus", 48000, 1, 0, 0 },
  { "vorbis.ogg", "-c:a libvorbis", 44100, 2, 0, 0 },
  /* WebM does not say where Vorbis ends. */
  { "vorbis.webm", "-c:a libvorbis", 44100, 2, 887, 0 },
  { "a.flac", "-c:a flac", 48000, 2, 0, 0 },
};

static void
encode (Fixture    *fixture,
        const char *name,
        const char *arguments,
        guint       rate,
        guint       channels)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autofree char *command = g_strdup_printf ("ffmpeg -v error -y -f lavfi -i %s%u -fflags +bitexact -ac %u %s", TONE,
                                              rate, channels, arguments);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (command, " ", -1);
  g_auto (GStrv) argv = NULL;

  g_strv_builder_addv (builder, (const char **) words);
  g_strv_builder_add (builder, path);
  argv = g_strv_builder_end (builder);
  g_assert_true (fixture_run ((const char *const *) argv, NULL));
}

/* Everything in the file, interleaved. */
static float *
decode_with_ffmpeg (Fixture    *fixture,
                    const char *name,
                    guint       channels,
                    gsize      *n_frames)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autofree char *raw = fixture_path (fixture, "raw.f32");
  const char *argv[] = { "ffmpeg", "-v", "quiet", "-y", "-i", path, "-map", "0:a", "-f", "f32le", raw, NULL };
  char *contents = NULL;
  gsize size = 0;

  g_assert_true (fixture_run (argv, NULL));
  g_assert_true (g_file_get_contents (raw, &contents, &size, NULL));
  *n_frames = size / sizeof (float) / channels;

  return (float *) (gpointer) contents;
}

static float *
decode_here (Fixture    *fixture,
             const char *name,
             guint       rate,
             guint       channels,
             gsize      *n_frames)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) error = NULL;
  float *samples = NULL;

  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (chorus_sample_source_get_sample_rate (source), ==, rate);
  g_assert_cmpuint (chorus_sample_source_get_channels (source), ==, channels);
  *n_frames = (gsize) chorus_sample_source_get_n_frames (source);
  samples = g_new (float, *n_frames *channels);
  g_assert_true (chorus_sample_source_read (source, 0, *n_frames, samples, NULL, &error));
  g_assert_no_error (error);

  return samples;
}

/* The largest difference between samples of the same place. */
static double
compare (const float *ours,
         const float *theirs,
         gsize        n_samples)
{
  double largest = 0;

  for (gsize i = 0; i < n_samples; i++)
    largest = fmax (largest, fabs ((double) ours[i] - (double) theirs[i]));

  return largest;
}

static void
assert_in_time (Fixture    *fixture,
                const char *name,
                guint       rate,
                guint       channels,
                gint        surplus,
                guint       codec_frame)
{
  gsize n_ours = 0;
  gsize n_theirs = 0;
  g_autofree float *ours = decode_here (fixture, name, rate, channels, &n_ours);
  g_autofree float *theirs = decode_with_ffmpeg (fixture, name, channels, &n_theirs);
  gint64 n_encoded = llround (SECONDS * rate);
  double difference = compare (ours, theirs, MIN (n_ours, n_theirs) * channels);

  g_test_message ("%s: %" G_GSIZE_FORMAT " frames, ffmpeg %" G_GSIZE_FORMAT ", difference %.1e", name, n_ours, n_theirs,
                  difference);
  g_assert_cmpint ((gint64) n_ours - n_encoded, ==, surplus);
  g_assert_cmpuint (MAX (n_ours, n_theirs) - MIN (n_ours, n_theirs), <=, codec_frame);

  /* A tone that is late by one sample differs by 0.02 at the least. Opus has two decoders that are not bit for bit alike. */
  g_assert_cmpfloat (difference, <, 5e-3);
}

static void
test_decoded_time_formats (Fixture       *fixture,
                           gconstpointer  data)
{
  if (!fixture_has_tool ("ffmpeg"))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      encode (fixture, cases[i].name, cases[i].arguments, cases[i].rate, cases[i].channels);
      assert_in_time (fixture, cases[i].name, cases[i].rate, cases[i].channels, cases[i].surplus, cases[i].codec_frame);
    }
}

/* That the length is known before anything is decoded. */
static void
test_decoded_time_probe (Fixture       *fixture,
                         gconstpointer  data)
{
  static const char *const names[] = { "a.mp3", "a.m4a" };

  if (!fixture_has_tool ("ffmpeg"))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_path (fixture, names[i]);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (ChorusAudioInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      encode (fixture, names[i], "-b:a 64k", 44100, 1);
      info = chorus_audio_probe (file, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (info->n_frames, ==, 176841);
    }
}

static GByteArray *
read_bytes (Fixture    *fixture,
            const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  char *contents = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));

  return g_byte_array_new_take ((guint8 *) contents, size);
}

static gsize
find (GByteArray *bytes,
      const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i + length <= bytes->len; i++)
    if (memcmp (bytes->data + i, text, length) == 0)
      return i;

  g_assert_not_reached ();
}

static void
put_32 (guint8  *bytes,
        guint32  value)
{
  for (gsize i = 0; i < 4; i++)
    bytes[i] = (guint8) (value >> (24 - 8 * i));
}

static guint32
get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
write_bytes (Fixture    *fixture,
             const char *name,
             GByteArray *bytes)
{
  g_object_unref (fixture_write (fixture, name, bytes->data, bytes->len));
}

/* With the name of LAME in the header, GStreamer cuts by itself: it must not be cut twice. */
static void
test_decoded_time_lame (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  encode (fixture, "a.mp3", "-c:a libmp3lame -b:a 64k", 48000, 1);
  bytes = read_bytes (fixture, "a.mp3");
  memcpy (bytes->data + find (bytes, "Info") + 120, "LAME3.100", 9);
  write_bytes (fixture, "lame.mp3", bytes);
  assert_in_time (fixture, "lame.mp3", 48000, 1, 0, 0);
}

/* A tag of some kilobytes with a picture, in which what looks like a frame of sound must not be taken for one. */
static void
test_decoded_time_tags (Fixture       *fixture,
                        gconstpointer  data)
{
  static const guint8 picture[] = { 'A', 'P', 'I', 'C', 0,   0,   0x4e, 0x00, 0, 0,    0,   'i', 'm', 'a',
                                    'g', 'e', '/', 'p', 'n', 'g', 0,    3,    0, 0x89, 'P', 'N', 'G' };
  g_autofree guint8 *tag = g_malloc0 (10 + 10240);
  g_autoptr (GByteArray) bytes = NULL;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  memcpy (tag, "ID3\3\0\0\0\0\x50\0", 10);
  memcpy (tag + 10, picture, sizeof picture);
  for (gsize i = 0; i < 4; i++)
    memcpy (tag + 4000 + i * 417, "\xff\xfb\x90\x64", 4);

  encode (fixture, "a.mp3", "-c:a libmp3lame -b:a 64k -id3v2_version 0", 48000, 1);
  bytes = read_bytes (fixture, "a.mp3");
  g_byte_array_prepend (bytes, tag, 10 + 10240);
  write_bytes (fixture, "tag.mp3", bytes);
  assert_in_time (fixture, "tag.mp3", 48000, 1, 0, 0);
}

/* The header of Fraunhofer's encoder is a frame without sound that GStreamer decodes. */
static void
test_decoded_time_vbri (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = NULL;
  guint8 frame[192] = { 0 };

  if (!fixture_has_tool ("ffmpeg"))
    return;

  encode (fixture, "a.mp3", "-c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0", 48000, 1);
  bytes = read_bytes (fixture, "a.mp3");
  memcpy (frame, bytes->data, 4);
  memcpy (frame + 36, "VBRI\0\1\0\0\0\0", 10);
  put_32 (frame + 46, bytes->len + sizeof frame);
  put_32 (frame + 50, bytes->len / sizeof frame);
  g_byte_array_prepend (bytes, frame, sizeof frame);
  write_bytes (fixture, "vbri.mp3", bytes);
  assert_in_time (fixture, "vbri.mp3", 48000, 1, 2208, 0);
}

/* As older programs of Apple say it. The movie box is the last one, so that it can grow. */
static void
test_decoded_time_tag_of_apple (Fixture       *fixture,
                                gconstpointer  data)
{
  static const char text[] = " 00000000 00000400 00000137 000000000002B2C9 00000000 00000000 00000000 00000000";
  static const guint8 head[] = "\0\0\0\xd6"
                               "udta\0\0\0\xce"
                               "meta\0\0\0\0\0\0\0\x22"
                               "hdlr\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0\0\0\0\0\xa0"
                               "ilst\0\0\0\x98"
                               "----\0\0\0\x1c"
                               "mean\0\0\0\0com.apple.iTunes\0\0\0\x14"
                               "name\0\0\0\0iTunSMPB\0\0\0\x60"
                               "data\0\0\0\1\0\0\0";
  g_autoptr (GByteArray) bytes = NULL;
  gsize movie;
  gsize size;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  encode (fixture, "a.m4a", "-c:a aac -use_editlist 0", 44100, 1);
  bytes = read_bytes (fixture, "a.m4a");
  movie = find (bytes, "moov") - 4;
  size = get_32 (bytes->data + movie);
  memcpy (bytes->data + find (bytes, "udta"), "free", 4);
  g_assert_cmpuint (movie + size, ==, bytes->len);
  g_assert_cmpuint (sizeof head + 80, ==, 0xd6);
  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) text, 80);
  put_32 (bytes->data + movie, (guint32) (size + sizeof head + 80));
  write_bytes (fixture, "apple.m4a", bytes);

  /* ffmpeg takes the beginning from the tag, and not the end. */
  assert_in_time (fixture, "apple.m4a", 44100, 1, 0, 1024);
}

/* A file that is written as it is recorded has an edit list without a length, which ffmpeg does not heed: the same sound in
 * one piece is the truth. */
static void
test_decoded_time_fragments (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree float *whole = NULL;
  g_autofree float *parts = NULL;
  gsize n_whole = 0;
  gsize n_parts = 0;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  encode (fixture, "a.m4a", "-c:a aac", 44100, 1);
  encode (fixture, "parts.m4a", "-c:a aac -movflags frag_keyframe+delay_moov -frag_duration 500000", 44100, 1);
  whole = decode_with_ffmpeg (fixture, "a.m4a", 1, &n_whole);
  parts = decode_here (fixture, "parts.m4a", 44100, 1, &n_parts);
  g_assert_cmpuint (n_parts, >=, 176841);
  g_assert_cmpuint (n_parts, <, 176841 + 1024);
  g_assert_cmpfloat (compare (parts, whole, MIN (n_parts, n_whole)), <, 1e-6);
}

/* As a phone leaves a recording from which a piece was chosen. */
static void
test_decoded_time_chosen_piece (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree float *whole = NULL;
  g_autofree float *piece = NULL;
  gsize n_whole = 0;
  gsize n_piece = 0;
  guint8 *list;

  if (!fixture_has_tool ("ffmpeg"))
    return;

  encode (fixture, "a.m4a", "-c:a aac", 48000, 1);
  whole = decode_with_ffmpeg (fixture, "a.m4a", 1, &n_whole);
  bytes = read_bytes (fixture, "a.m4a");
  list = bytes->data + find (bytes, "elst") + 8;
  put_32 (list + 4, 2000);
  put_32 (list + 8, 1024 + 48000);
  write_bytes (fixture, "piece.m4a", bytes);
  piece = decode_here (fixture, "piece.m4a", 48000, 1, &n_piece);
  g_assert_cmpuint (n_piece, ==, 96000);
  g_assert_cmpfloat (compare (piece, whole + 48000, n_piece), <, 1e-6);

  /* Nothing is chosen. */
  put_32 (list + 8, G_MAXINT32);
  write_bytes (fixture, "none.m4a", bytes);
  {
    g_autofree char *path = fixture_path (fixture, "none.m4a");
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (ChorusSampleSource) source = NULL;
    g_autoptr (GError) error = NULL;

    source = chorus_sample_source_open (file, NULL, &error);
    g_assert_null (source);
    g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_TRUNCATED);
    g_assert_nonnull (strstr (error->message, "“none.m4a”"));
  }
}

/* Damage in the middle. */
static void
test_decoded_time_damage (Fixture       *fixture,
                          gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *arguments;
    guint length; /* of the damage, in thousandths of the file */
    gboolean cut; /* out, or written over */
  } damages[] = {
    { "a.flac", "-c:a flac", 150, FALSE },  { "a.flac", "-c:a flac", 150, TRUE },
    { "a.flac", "-c:a flac", 1, FALSE },    { "a.m4a", "-c:a aac", 50, FALSE },
    { "alac.m4a", "-c:a alac", 50, FALSE }, { "opus.ogg", "-c:a libopus", 50, FALSE },
  };

  if (!fixture_has_tool ("ffmpeg"))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (7);
      g_autoptr (GByteArray) bytes = NULL;
      g_autofree float *whole = NULL;
      g_autofree float *damaged = NULL;
      gsize n_whole = 0;
      gsize n_damaged = 0;
      gsize n_silent = 0;
      guint length;

      encode (fixture, damages[i].name, damages[i].arguments, 48000, 1);
      whole = decode_here (fixture, damages[i].name, 48000, 1, &n_whole);
      bytes = read_bytes (fixture, damages[i].name);
      length = bytes->len * damages[i].length / 1000;
      if (damages[i].cut)
        g_byte_array_remove_range (bytes, bytes->len * 2 / 5, length);
      else
        for (guint k = 0; k < length; k++)
          bytes->data[bytes->len * 2 / 5 + k] = (guint8) g_rand_int (rand);

      write_bytes (fixture, "damaged", bytes);
      damaged = decode_here (fixture, "damaged", 48000, 1, &n_damaged);
      g_assert_cmpuint (n_damaged, ==, n_whole);
      for (gsize k = 0; k < n_whole; k++)
        n_silent += damaged[k] == 0.0f;
      g_test_message ("%s: %" G_GSIZE_FORMAT " frames of silence", damages[i].name, n_silent);

      /* Sound before it and after it is where it was. */
      g_assert_cmpfloat (compare (damaged, whole, n_whole / 5), <, 1e-6);
      g_assert_cmpfloat (compare (damaged + n_whole * 4 / 5, whole + n_whole * 4 / 5, n_whole / 5), <, 1e-3);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/decoded-time/formats", test_decoded_time_formats);
  fixture_add ("/audio/decoded-time/probe", test_decoded_time_probe);
  fixture_add ("/audio/decoded-time/lame", test_decoded_time_lame);
  fixture_add ("/audio/decoded-time/tags", test_decoded_time_tags);
  fixture_add ("/audio/decoded-time/vbri", test_decoded_time_vbri);
  fixture_add ("/audio/decoded-time/tag-of-apple", test_decoded_time_tag_of_apple);
  fixture_add ("/audio/decoded-time/fragments", test_decoded_time_fragments);
  fixture_add ("/audio/decoded-time/chosen-piece", test_decoded_time_chosen_piece);
  fixture_add ("/audio/decoded-time/damage", test_decoded_time_damage);

  return g_test_run ();
}
