/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files as recorders leave them when power, card or firmware fails, and headers changed at random. */

#include "audio-fixture.h"

#include "audio/chorus-audio-probe.h"
#include "audio/chorus-sample-source.h"

#define N_MUTATIONS 3000

static ChorusAudioInfo *
probe_bytes (Fixture     *fixture,
             GByteArray  *bytes,
             GError     **error)
{
  g_autoptr (GFile) file = fixture_write (fixture, "fault.wav", bytes->data, bytes->len);

  return chorus_audio_probe (file, NULL, error);
}

/* That @bytes hold @n_frames frames, the first of which is @first / 32768. */
static void
assert_holds (Fixture    *fixture,
              GByteArray *bytes,
              guint64     n_frames,
              guint       first,
              gboolean    truncated)
{
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  float sample = 0;

  info = probe_bytes (fixture, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->n_frames, ==, n_frames);
  g_assert_cmpint (info->truncated, ==, truncated);
  g_assert_cmpint (info->size, ==, bytes->len);

  file = fixture_write (fixture, "fault.wav", bytes->data, bytes->len);
  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_sample_source_get_n_frames (source), ==, n_frames);
  g_assert_true (chorus_sample_source_read (source, 0, 1, &sample, NULL, &error));
  g_assert_cmpfloat ((double) sample, ==, first / 32768.0);
}

static void
assert_fails (Fixture          *fixture,
              GByteArray       *bytes,
              ChorusAudioError  code)
{
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = probe_bytes (fixture, bytes, &error);
  g_assert_null (info);
  g_assert_error (error, CHORUS_AUDIO_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, "“fault.wav”"));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static GByteArray *
new_mono (void)
{
  GByteArray *bytes = bytes_new_riff ("RIFF");

  bytes_add_format (bytes, 1, 1, 48000, 2, 16);

  return bytes;
}

static void
test_faults_data_size (Fixture       *fixture,
                       gconstpointer  data)
{
  static const struct
  {
    guint32 stated;
    guint there;
    gboolean truncated;
  } cases[] = {
    { 200, 100, FALSE },        /* as it should be */
    { 0, 100, FALSE },          /* never filled in */
    { 0xffffffff, 100, FALSE }, /* written to a pipe */
    { 244, 100, FALSE },        /* counts the header as well */
    { 20000, 100, TRUE },       /* power cut */
    { 0xfffffffe, 100, TRUE },  /* overflow if it were added to an offset of 32 bits */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = new_mono ();

      bytes_add_data (bytes, cases[i].stated, cases[i].there);
      assert_holds (fixture, bytes, cases[i].there, 1, cases[i].truncated);
    }
}

static void
test_faults_nothing_recorded (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GByteArray) stub = new_mono ();
  g_autoptr (GByteArray) closed = new_mono ();
  g_autoptr (GByteArray) cut = new_mono ();
  g_autoptr (GByteArray) no_data = new_mono ();
  g_autoptr (GByteArray) half_frame = new_mono ();
  g_autoptr (GByteArray) bare = bytes_new_riff ("RIFF");

  /* The 44 bytes that some recorders leave when they could not start. */
  bytes_add_data (stub, 0, 0);
  assert_fails (fixture, stub, CHORUS_AUDIO_ERROR_EMPTY);

  /* No samples, and metadata after them: the metadata must not be taken for sound. */
  bytes_add_data (closed, 0, 0);
  bytes_add_text (closed, "LIST");
  bytes_add_32 (closed, 4);
  bytes_add_text (closed, "INFO");
  assert_fails (fixture, closed, CHORUS_AUDIO_ERROR_EMPTY);

  bytes_add_data (cut, 96000, 0);
  assert_fails (fixture, cut, CHORUS_AUDIO_ERROR_TRUNCATED);

  assert_fails (fixture, no_data, CHORUS_AUDIO_ERROR_TRUNCATED);
  assert_fails (fixture, bare, CHORUS_AUDIO_ERROR_TRUNCATED);

  bytes_add_data (half_frame, 1, 0);
  g_byte_array_append (half_frame, (const guint8 *) "x", 1);
  assert_fails (fixture, half_frame, CHORUS_AUDIO_ERROR_EMPTY);
}

static void
test_faults_every_cut (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GByteArray) whole = new_mono ();

  bytes_add_data (whole, 2000, 1000);

  /* Wherever the power went, the answer is a number of frames or a sentence. */
  for (guint size = 4; size < 60; size++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, whole->data, size);
      if (size < 46)
        assert_fails (fixture, bytes, CHORUS_AUDIO_ERROR_TRUNCATED);
      else
        assert_holds (fixture, bytes, (size - 44) / 2, 1, TRUE);
    }
}

static void
test_faults_odd_chunk (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char *pads[] = { "", "\0", " ", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (pads); i++)
    {
      g_autoptr (GByteArray) bytes = new_mono ();

      bytes_add_text (bytes, "LIST");
      bytes_add_32 (bytes, 7);
      bytes_add_text (bytes, "INFOabc");
      g_byte_array_append (bytes, (const guint8 *) pads[i], i == 0 ? 0 : 1);
      bytes_add_data (bytes, 20, 10);
      assert_holds (fixture, bytes, 10, 1, FALSE);
    }
}

static void
test_faults_order_and_size (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GByteArray) late = bytes_new_riff ("RIFF");
  g_autoptr (GByteArray) no_align = bytes_new_riff ("RIFF");
  g_autoptr (GByteArray) compressed = bytes_new_riff ("RIFF");
  g_autoptr (GByteArray) no_rate = bytes_new_riff ("RIFF");
  g_autoptr (GByteArray) no_channels = bytes_new_riff ("RIFF");
  g_autoptr (GByteArray) no_format = bytes_new_riff ("RIFF");

  bytes_add_data (late, 20, 10);
  bytes_add_format (late, 1, 1, 48000, 2, 16);
  assert_holds (fixture, late, 10, 1, FALSE);

  bytes_add_format (no_align, 1, 1, 48000, 0, 16);
  bytes_add_data (no_align, 20, 10);
  assert_holds (fixture, no_align, 10, 1, FALSE);

  bytes_add_format (compressed, 0x11, 1, 48000, 1024, 4);
  bytes_add_data (compressed, 20, 10);
  assert_fails (fixture, compressed, CHORUS_AUDIO_ERROR_UNSUPPORTED);

  bytes_add_format (no_rate, 1, 1, 0, 2, 16);
  bytes_add_data (no_rate, 20, 10);
  assert_fails (fixture, no_rate, CHORUS_AUDIO_ERROR_FAILED);

  bytes_add_format (no_channels, 1, 0, 48000, 2, 16);
  bytes_add_data (no_channels, 20, 10);
  assert_fails (fixture, no_channels, CHORUS_AUDIO_ERROR_FAILED);

  bytes_add_data (no_format, 20, 10);
  assert_fails (fixture, no_format, CHORUS_AUDIO_ERROR_FAILED);
}

/* 24 bits in a container of 32: the sample is at the upper end. */
static void
test_faults_wide_container (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  bytes_add_format (bytes, 1, 1, 48000, 4, 24);
  bytes_add_text (bytes, "data");
  bytes_add_32 (bytes, 8);
  bytes_add_32 (bytes, 5u << 16);
  bytes_add_32 (bytes, 6u << 16);
  assert_holds (fixture, bytes, 2, 5, FALSE);

  info = probe_bytes (fixture, bytes, &error);
  g_assert_cmpuint (info->bits, ==, 24);
}

static void
test_faults_rf64_sizes (Fixture       *fixture,
                        gconstpointer  data)
{
  static const struct
  {
    guint32 low;
    guint32 high;
    gboolean truncated;
  } cases[] = {
    { 40, 0, FALSE },
    { 0, 0, FALSE },
    { 0xffffffff, 0xffffffff, FALSE },
    { 40, 1, TRUE },
    { 0xfffffff0, 0x7fffffff, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_new_riff ("RF64");

      bytes_add_text (bytes, "ds64");
      bytes_add_32 (bytes, 28);
      bytes_add_32 (bytes, 0);
      bytes_add_32 (bytes, 0);
      bytes_add_32 (bytes, cases[i].low);
      bytes_add_32 (bytes, cases[i].high);
      for (guint k = 0; k < 3; k++)
        bytes_add_32 (bytes, 0);
      bytes_add_format (bytes, 1, 1, 48000, 2, 16);
      bytes_add_data (bytes, 0xffffffff, 20);

      /* The largest size of all is beyond what an offset can hold and taken for "not known". */
      assert_holds (fixture, bytes, 20, 1, cases[i].truncated);
    }
}

/* Deterministic: the same changes on every machine. Whatever comes out must be consistent with itself and with the
 * size of the file; the sanitizers watch the rest. */
static void
mutate (Fixture          *fixture,
        const GByteArray *original,
        guint32           seed)
{
  static const guint8 extremes[] = { 0x00, 0xff, 0x7f, 0x80, 0x01 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (original->len);
  gsize n_good = 0;

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (ChorusSampleSource) source = NULL;
      g_autoptr (GFile) file = NULL;
      g_autoptr (GError) error = NULL;
      guint n_changes = (guint) g_rand_int_range (rand, 1, 6);

      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, original->data, original->len);
      for (guint k = 0; k < n_changes; k++)
        {
          gint at = g_rand_int_range (rand, 12, (gint) MIN (original->len, 140));

          bytes->data[at] = g_rand_boolean (rand) ? extremes[g_rand_int_range (rand, 0, G_N_ELEMENTS (extremes))]
                                                  : (guint8) g_rand_int (rand);
        }
      if (g_rand_int_range (rand, 0, 8) == 0)
        g_byte_array_set_size (bytes, (guint) g_rand_int_range (rand, 12, (gint) original->len));

      file = fixture_write (fixture, "mutant", bytes->data, bytes->len);
      source = chorus_sample_source_open (file, NULL, &error);
      if (source)
        {
          guint64 n_frames = chorus_sample_source_get_n_frames (source);
          guint channels = chorus_sample_source_get_channels (source);
          g_autofree float *samples = g_new (float, (n_frames + 1) * channels);

          g_assert_cmpuint (n_frames * channels, <=, bytes->len);
          g_assert_true (chorus_sample_source_read (source, 0, (gsize) n_frames + 1, samples, NULL, &error));
          g_assert_no_error (error);
          n_good++;
        }
      else
        {
          g_assert_cmpuint (error->domain, ==, CHORUS_AUDIO_ERROR);
          g_assert_nonnull (strstr (error->message, "“mutant”"));
        }
    }

  g_test_message ("%" G_GSIZE_FORMAT " of %d changed headers could still be read", n_good, N_MUTATIONS);
  g_assert_cmpuint (n_good, >, 0);
  g_assert_cmpuint (n_good, <, N_MUTATIONS);
}

static void
test_faults_mutations_riff (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = new_mono ();

  bytes_add_text (bytes, "LIST");
  bytes_add_32 (bytes, 5);
  bytes_add_text (bytes, "INFOa");
  bytes_add_data (bytes, 400, 200);
  mutate (fixture, bytes, 1);
}

static void
test_faults_mutations_other (Fixture       *fixture,
                             gconstpointer  data)
{
  static const char *names[] = { "m.rf64", "m.w64", "m.aiff", "m.aifc", "m-extensible.wav" };
  static const char program[] = "import sys, numpy, soundfile\n"
                                "x = numpy.arange(600).reshape(300, 2) / 1000\n"
                                "for name, form, kind in (('m.rf64', 'RF64', 'PCM_16'), ('m.w64', 'W64', 'PCM_24'),\n"
                                "                         ('m.aiff', 'AIFF', 'PCM_16'), ('m.aifc', 'AIFF', 'FLOAT'),\n"
                                "                         ('m-extensible.wav', 'WAVEX', 'PCM_16')):\n"
                                "    soundfile.write(sys.argv[1] + '/' + name, x, 48000, kind, format=form)\n";
  const char *argv[] = { PYTHON, "-c", program, fixture->folder, NULL };

  if (!fixture_run (argv, NULL))
    {
      g_test_skip ("python3-soundfile is not installed");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_path (fixture, names[i]);
      g_autoptr (GByteArray) bytes = NULL;
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;
      gsize size = 0;

      g_file_get_contents (path, &contents, &size, &error);
      g_assert_no_error (error);
      bytes = g_byte_array_new_take ((guint8 *) g_steal_pointer (&contents), size);
      mutate (fixture, bytes, (guint32) i + 2);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/faults/data-size", test_faults_data_size);
  fixture_add ("/audio/faults/nothing-recorded", test_faults_nothing_recorded);
  fixture_add ("/audio/faults/every-cut", test_faults_every_cut);
  fixture_add ("/audio/faults/odd-chunk", test_faults_odd_chunk);
  fixture_add ("/audio/faults/order-and-size", test_faults_order_and_size);
  fixture_add ("/audio/faults/wide-container", test_faults_wide_container);
  fixture_add ("/audio/faults/rf64-sizes", test_faults_rf64_sizes);
  fixture_add ("/audio/faults/mutations/riff", test_faults_mutations_riff);
  fixture_add ("/audio/faults/mutations/other", test_faults_mutations_other);

  return g_test_run ();
}
