/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips, with libsndfile and a walk over the bytes in Python as the truth. */

#include "audio-fixture.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "audio/chorus-audio-magic.h"
#include "audio/chorus-clip-writer.h"
#include "audio/chorus-wave-layout.h"

#define FIRST 1001
#define END 4322

static ChorusSampleSource *
open_source (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  ChorusSampleSource *source = chorus_sample_source_open (file, NULL, &error);

  g_assert_no_error (error);

  return source;
}

static gboolean
can_check (void)
{
  const char *can_import[] = { PYTHON, "-c", "import numpy, soundfile", NULL };

  if (fixture_run (can_import, NULL))
    return TRUE;
  g_test_skip ("python3-soundfile is not installed");

  return FALSE;
}

/* Hands @jobs over; what it prints is the GUANO of the last clip. */
static char *
check (GPtrArray *jobs)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "audio", "check-clip.py", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char *output = NULL;

  g_ptr_array_add (argv, (gpointer) PYTHON);
  g_ptr_array_add (argv, script);
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (argv, g_ptr_array_index (jobs, i));
  g_ptr_array_add (argv, NULL);
  g_assert_true (fixture_run ((const char *const *) argv->pdata, &output));

  return output;
}

static void
add_job (GPtrArray  *jobs,
         const char *original,
         const char *clip,
         guint64     first,
         guint64     end)
{
  g_ptr_array_add (jobs, g_strdup (original));
  g_ptr_array_add (jobs, g_strdup (clip));
  g_ptr_array_add (jobs, g_strdup_printf ("%" G_GUINT64_FORMAT, first));
  g_ptr_array_add (jobs, g_strdup_printf ("%" G_GUINT64_FORMAT, end));
}

static void
write_clip (ChorusClip *clip,
            const char *path)
{
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  chorus_clip_writer_write (clip, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Every encoding, an odd span within it and the whole. */
static void
test_clip_bit_exact (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "audio", "write-fixtures.py", NULL);
  const char *argv[] = { PYTHON, script, fixture->folder, NULL };
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *output = NULL;
  g_autofree char *guano = NULL;
  g_auto (GStrv) lines = NULL;

  if (!can_check ())
    return;
  g_assert_true (fixture_run (argv, &output));
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 27);

  for (gsize i = 0; lines[i]; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *path = fixture_path (fixture, fields[0]);
      g_autoptr (ChorusSampleSource) source = open_source (path);
      guint64 n_frames = chorus_sample_source_get_n_frames (source);
      g_autoptr (ChorusClip) part = chorus_clip_new (source, FIRST, END);
      g_autoptr (ChorusClip) whole = chorus_clip_new (source, 0, G_MAXUINT64);
      g_autofree char *part_path = g_strconcat (path, ".part.wav", NULL);
      g_autofree char *whole_path = g_strconcat (path, ".whole.wav", NULL);

      write_clip (part, part_path);
      add_job (jobs, path, part_path, FIRST, END);
      write_clip (whole, whole_path);
      add_job (jobs, path, whole_path, 0, n_frames);
    }
  guano = check (jobs);
}

/* A float that is not a number stays the one it was, and one beyond full scale is not clipped. */
static void
test_clip_odd_floats (Fixture       *fixture,
                      gconstpointer  data)
{
  static const guint32 bits[] = { 0x7fc00001, 0xff800000, 0x40400000, 0x00000001, 0x80000000, 0xbf000000 };
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autofree char *path = fixture_path (fixture, "odd.wav");
  g_autofree char *clip_path = fixture_path (fixture, "clip.wav");
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusClip) clip = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *contents = NULL;
  gsize size = 0;

  bytes_add_format (bytes, 3, 1, 8000, 4, 32);
  bytes_add_text (bytes, "data");
  bytes_add_32 (bytes, sizeof bits);
  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    bytes_add_32 (bytes, bits[i]);
  file = fixture_write (fixture, "odd.wav", bytes->data, bytes->len);
  source = open_source (path);
  clip = chorus_clip_new (source, 1, 5);
  write_clip (clip, clip_path);

  g_assert_true (g_file_get_contents (clip_path, &contents, &size, NULL));
  g_assert_cmpuint (size, >, 60);
  g_assert_cmpmem (contents + 36, 4, "data", 4);
  g_assert_cmpmem (contents + 44, 16, bytes->data + bytes->len - 20, 16);
}

/* What is lossless stays so as 24 bits. */
static void
test_clip_decoded (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char make[] = "import numpy, soundfile, sys\n"
                             "for name, kind in (('a.flac', 'PCM_16'), ('b.flac', 'PCM_24')):\n"
                             "    samples = numpy.random.default_rng(3).uniform(-1, 1, (9000, 2))\n"
                             "    samples[0] = -1\n"
                             "    soundfile.write(sys.argv[1] + '/' + name, samples, 44100, kind)\n";
  const char *argv[] = { PYTHON, "-c", make, fixture->folder, NULL };
  static const char *const names[] = { "a.flac", "b.flac" };
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *guano = NULL;

  if (!can_check ())
    return;
  g_assert_true (fixture_run (argv, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_path (fixture, names[i]);
      g_autofree char *clip_path = g_strconcat (path, ".wav", NULL);
      g_autoptr (ChorusSampleSource) source = open_source (path);
      g_autoptr (ChorusClip) clip = chorus_clip_new (source, FIRST, END);

      write_clip (clip, clip_path);
      add_job (jobs, path, clip_path, FIRST, END);
    }
  guano = check (jobs);
}

/* A second of 8000 samples that count up, with GUANO of its own. */
static char *
make_recording (Fixture    *fixture,
                const char *guano)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GFile) file = NULL;
  guint32 guano_size = guano ? (guint32) strlen (guano) : 0;

  bytes_add_text (bytes, "RIFF");
  bytes_add_32 (bytes, 4 + 24 + 8 + 16000 + (guano ? 8 + guano_size + guano_size % 2 : 0));
  bytes_add_text (bytes, "WAVE");
  bytes_add_format (bytes, 1, 1, 8000, 2, 16);
  bytes_add_data (bytes, 16000, 8000);
  if (guano)
    {
      bytes_add_text (bytes, "guan");
      bytes_add_32 (bytes, guano_size);
      bytes_add_text (bytes, guano);
      if (guano_size % 2 == 1)
        g_byte_array_append (bytes, (const guint8 *) "", 1);
    }
  file = fixture_write (fixture, "recording.wav", bytes->data, bytes->len);

  return fixture_path (fixture, "recording.wav");
}

/* Padding ends where the recording does. */
static void
test_clip_padding (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct
  {
    guint64 first;
    guint64 end;
    double padding;
    guint64 expected_first;
    guint64 expected_n;
  } cases[] = {
    { 3000, 4000, 0.25, 1000, 5000 },  { 3000, 4000, 0, 3000, 1000 },     { 1000, 7000, 0.25, 0, 8000 },
    { 0, 8000, 3, 0, 8000 },           { 100, 200, 1e300, 0, 8000 },      { 100, 200, -5, 100, 100 },
    { 100, 200, NAN, 100, 100 },       { 9000, 9500, 0.125, 7000, 1000 }, { 7999, G_MAXUINT64, 0, 7999, 1 },
    { 5000, 4000, 0.125, 3000, 2000 },
  };
  g_autofree char *path = make_recording (fixture, NULL);
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) span = chorus_clip_new_for_span (source, 0.5, 0.5);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusClip) clip = chorus_clip_new (source, cases[i].first, cases[i].end);
      guint64 first = 0;
      guint64 n = 0;

      clip->padding = cases[i].padding;
      chorus_clip_get_extent (clip, &first, &n);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (first, ==, cases[i].expected_first);
      g_assert_cmpuint (n, ==, cases[i].expected_n);
    }
  g_assert_cmpuint (span->end_frame - span->first_frame, ==, 1);
}

static char *
guano_of (Fixture    *fixture,
          ChorusClip *clip,
          const char *original,
          guint64     first,
          guint64     end)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *clip_path = fixture_path (fixture, "clip.wav");

  write_clip (clip, clip_path);
  add_job (jobs, original, clip_path, first, end);

  return check (jobs);
}

static void
test_clip_guano (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = make_recording (fixture, NULL);
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) clip = chorus_clip_new (source, 3000, 4001);
  g_autofree char *guano = NULL;
  g_autofree char *without = NULL;

  if (!can_check ())
    return;

  clip->original_name = g_strdup ("20250604_045959.wav");
  clip->species_auto_id = g_strdup ("Myophonus horsfieldii");
  clip->species_manual_id = g_strdup ("Malabar\nwhistling\rthrush");
  clip->note = g_strdup ("Confidence: 0.93\nsecond line");
  clip->recorded = chorus_recording_time_new_from_iso ("2025-06-04T04:59:59.9+05:30", CHORUS_TIME_SOURCE_FILE_NAME);
  guano = guano_of (fixture, clip, path, 3000, 4001);
  g_assert_cmpstr (guano, ==,
                   "GUANO|Version: 1.0\n"
                   "Timestamp: 2025-06-04T05:00:00.275000+05:30\n"
                   "Length: 0.125125\n"
                   "Samplerate: 8000\n"
                   "Original Filename: 20250604_045959.wav\n"
                   "Species Auto ID: Myophonus horsfieldii\n"
                   "Species Manual ID: Malabar\\nwhistling\xef\xbf\xbdthrush\n"
                   "Note: Confidence: 0.93\\nsecond line\n");

  /* Without a zone none is made up, and without a time no time. */
  g_clear_pointer (&clip->recorded, chorus_recording_time_free);
  clip->recorded = chorus_recording_time_new_from_iso ("2025-06-04T23:59:59", CHORUS_TIME_SOURCE_FILE_NAME);
  g_clear_pointer (&guano, g_free);
  clip->first_frame = 0;
  clip->end_frame = 100;
  guano = guano_of (fixture, clip, path, 0, 100);
  g_assert_nonnull (strstr (guano, "\nTimestamp: 2025-06-04T23:59:59\n"));
  g_clear_pointer (&clip->recorded, chorus_recording_time_free);
  without = guano_of (fixture, clip, path, 0, 100);
  g_assert_null (strstr (without, "Timestamp"));
}

/* What the recorder said stays, and moves. */
static void
test_clip_guano_kept (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = make_recording (fixture, "GUANO|Version:  1.0 \nTimestamp:2025-06-04T05:00:00+02:00\n"
                                                   "Length: 1.0\nMake: Open Acoustic Devices\nNote: windy\n"
                                                   "Original Filename: A.WAV\nSpecies Auto ID: old\n"
                                                   "XYZ|Odd key: a: b\nLoc Position: 11.5 76.1\nno colon\n");
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) clip = chorus_clip_new (source, 4000, 6000);
  g_autofree char *guano = NULL;

  if (!can_check ())
    return;

  clip->original_name = g_strdup ("renamed.wav");
  clip->species_auto_id = g_strdup ("Rufous treepie");
  clip->note = g_strdup ("a clip");
  guano = guano_of (fixture, clip, path, 4000, 6000);
  g_assert_cmpstr (guano, ==,
                   "GUANO|Version: 1.0\n"
                   "Length: 0.250000\n"
                   "Samplerate: 8000\n"
                   "Species Auto ID: Rufous treepie\n"
                   "Note: windy\\na clip\n"
                   "Timestamp:2025-06-04T05:00:00.5+02:00\n"
                   "Make: Open Acoustic Devices\n"
                   "Original Filename: A.WAV\n"
                   "XYZ|Odd key: a: b\n"
                   "Loc Position: 11.5 76.1\n");
}

/* Ten times slower than it was: a second of the file is a tenth of a second of that day. */
static void
test_clip_guano_expanded (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *path =
    make_recording (fixture, "GUANO|Version: 1.0\nTimestamp: 2025-06-04T05:00:00\nTE: 10\nSamplerate: 80000\n");
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) clip = chorus_clip_new (source, 4000, 8000);
  g_autofree char *guano = NULL;

  if (!can_check ())
    return;

  clip->recorded = chorus_recording_time_new_from_iso ("2025-06-04T05:00:00Z", CHORUS_TIME_SOURCE_PERSON);
  guano = guano_of (fixture, clip, path, 4000, 8000);
  g_assert_cmpstr (guano, ==,
                   "GUANO|Version: 1.0\nTimestamp: 2025-06-04T05:00:00.050000+00:00\nLength: 0.050000\nTE: 10\n"
                   "Samplerate: 80000\n");
}

static void
assert_no_leftovers (Fixture *fixture,
                     guint    n_expected)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  g_assert_cmpuint (n, ==, n_expected);
}

static void
cancel_cb (goffset  done,
           goffset  total,
           gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_clip_fails_whole (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = make_recording (fixture, NULL);
  g_autofree char *target_path = fixture_path (fixture, "clip.wav");
  g_autoptr (GFile) target = g_file_new_for_path (target_path);
  g_autoptr (GFile) nowhere = g_file_new_build_filename (fixture->folder, "gone", "clip.wav", NULL);
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) clip = chorus_clip_new (source, 0, 8000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  struct rlimit limit = { 0 };
  struct rlimit small = { 0 };

  g_assert_true (g_file_set_contents (target_path, "before", -1, NULL));
  g_assert_false (chorus_clip_writer_write (clip, target, cancellable, cancel_cb, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_false (chorus_clip_writer_write (clip, nowhere, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==,
                   "“clip.wav” could not be saved, because its folder is not there: choose another folder.");
  g_clear_error (&error);

  /* A write that fails in the middle: the largest file that may be written is smaller than the clip. */
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 4096;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (chorus_clip_writer_write (clip, target, NULL, NULL, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "“clip.wav” could not be saved"));

  g_assert_true (g_file_get_contents (target_path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  assert_no_leftovers (fixture, 2);
}

static void
test_clip_not_onto_itself (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *path = make_recording (fixture, NULL);
  g_autofree char *link_path = fixture_path (fixture, "link.wav");
  g_autoptr (GFile) link = g_file_new_for_path (link_path);
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) clip = chorus_clip_new (source, 0, 8000);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (path, link_path), ==, 0);
  g_assert_false (chorus_clip_writer_write (clip, link, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_cmpstr (error->message, ==, "“recording.wav” is the recording itself: choose another name.");
  assert_no_leftovers (fixture, 2);
}

/* A recording that becomes shorter under the clip is said, and leaves nothing. */
static void
test_clip_source_shrinks (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *path = make_recording (fixture, NULL);
  g_autofree char *target_path = fixture_path (fixture, "clip.wav");
  g_autoptr (GFile) target = g_file_new_for_path (target_path);
  g_autoptr (ChorusSampleSource) source = open_source (path);
  g_autoptr (ChorusClip) clip = chorus_clip_new (source, 0, 8000);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (path, 44 + 100), ==, 0);
  g_assert_false (chorus_clip_writer_write (clip, target, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  assert_no_leftovers (fixture, 1);
}

typedef struct
{
  guint n_reports;
  goffset last;
  goffset total;
  GAsyncResult *result;
} Report;

static void
report_cb (goffset  done,
           goffset  total,
           gpointer data)
{
  Report *report = data;

  g_assert_null (report->result);
  g_assert_cmpint (done, >, report->last);
  report->n_reports++;
  report->last = done;
  report->total = total;
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  ((Report *) data)->result = g_object_ref (result);
}

static void
test_clip_async (Fixture       *fixture,
                 gconstpointer  data)
{
  const guint n_samples = 1500000;
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autofree char *path = fixture_path (fixture, "long.wav");
  g_autofree char *target_path = fixture_path (fixture, "clip.wav");
  g_autoptr (GFile) target = g_file_new_for_path (target_path);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) error = NULL;
  Report report = { 0 };

  bytes_add_format (bytes, 1, 1, 8000, 2, 16);
  bytes_add_data (bytes, 2 * n_samples, n_samples);
  file = fixture_write (fixture, "long.wav", bytes->data, bytes->len);
  source = open_source (path);
  chorus_clip_writer_write_async (chorus_clip_new (source, 0, n_samples), target, NULL, report_cb, &report, finished_cb,
                                  &report);
  chorus_test_wait (report.result);
  g_assert_true (chorus_clip_writer_write_finish (report.result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_reports, ==, 3); /* a mebibyte at a time */
  g_assert_cmpint (report.last, ==, n_samples);
  g_assert_cmpint (report.total, ==, n_samples);
  g_clear_object (&report.result);
}

/* Past 4 GiB the sizes are where RF64 has them. The samples are a hole in the file. */
static void
test_clip_large (Fixture       *fixture,
                 gconstpointer  data)
{
  const guint64 n_frames = G_GUINT64_CONSTANT (1500000001);
  static const char look[] = "import soundfile, sys\n"
                             "info = soundfile.info(sys.argv[1])\n"
                             "print(info.format, info.frames, info.channels, info.samplerate, info.subtype)\n";
  g_autofree char *large_path = fixture_path (fixture, "large.wav");
  g_autoptr (ChorusWaveLayout) layout = chorus_wave_layout_new_for_integers (96000, 1, 24);
  g_autoptr (GBytes) guano = g_bytes_new_static ("GUANO|Version: 1.0\n", 19);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) tail = NULL;
  g_autofree char *output = NULL;
  const char *argv[] = { PYTHON, "-c", look, large_path, NULL };
  FILE *large = NULL;

  chorus_wave_layout_set_chunk (layout, "guan", guano);
  chorus_wave_layout_build (layout, 0, n_frames, &head, &tail);
  large = fopen (large_path, "wb");
  g_assert_nonnull (large);
  g_assert_cmpuint (fwrite (g_bytes_get_data (head, NULL), g_bytes_get_size (head), 1, large), ==, 1);
  g_assert_cmpint (fseeko (large, (off_t) (3 * n_frames), SEEK_CUR), ==, 0);
  g_assert_cmpuint (fwrite (g_bytes_get_data (tail, NULL), g_bytes_get_size (tail), 1, large), ==, 1);
  g_assert_cmpint (fclose (large), ==, 0);

  if (!can_check ())
    return;
  g_assert_true (fixture_run (argv, &output));
  g_assert_cmpstr (output, ==, "RF64 1500000001 1 96000 PCM_24\n");

  /* A byte less than what WAV can count, and one more. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusWaveLayout) edge = chorus_wave_layout_new_for_integers (8000, 1, 16);
      g_autoptr (GBytes) edge_head = NULL;
      g_autoptr (GBytes) edge_tail = NULL;

      chorus_wave_layout_build (edge, 0, (G_MAXUINT32 - 36) / 2 + i, &edge_head, &edge_tail);
      g_assert_cmpmem (g_bytes_get_data (edge_head, NULL), 4, i == 0 ? "RIFF" : "RF64", 4);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/clip/bit-exact", test_clip_bit_exact);
  fixture_add ("/audio/clip/odd-floats", test_clip_odd_floats);
  fixture_add ("/audio/clip/decoded", test_clip_decoded);
  fixture_add ("/audio/clip/padding", test_clip_padding);
  fixture_add ("/audio/clip/guano", test_clip_guano);
  fixture_add ("/audio/clip/guano-kept", test_clip_guano_kept);
  fixture_add ("/audio/clip/guano-expanded", test_clip_guano_expanded);
  fixture_add ("/audio/clip/fails-whole", test_clip_fails_whole);
  fixture_add ("/audio/clip/not-onto-itself", test_clip_not_onto_itself);
  fixture_add ("/audio/clip/source-shrinks", test_clip_source_shrinks);
  fixture_add ("/audio/clip/async", test_clip_async);
  fixture_add ("/audio/clip/large", test_clip_large);

  return g_test_run ();
}
