/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload-fixture.h"

#include "upload/chorus-upload-encoder.h"
#include "upload/chorus-upload-error.h"

#include <fcntl.h>
#include <unistd.h>

static void
assert_same (GBytes *a,
             GBytes *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_true (g_bytes_equal (a, b));
}

/* A part is the same whenever, in whatever order and in whatever pieces it is read. */
static void
assert_order_is_free (GFile *file)
{
  g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 25000000, 13);
  g_autoptr (ChorusUploadReader) forwards = fixture_reader (file, cut);
  g_autoptr (ChorusUploadReader) backwards = fixture_reader (file, cut);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_assert_cmpint (cut->parts->len, ==, NOISE_SECONDS / 12);
  for (guint i = 0; i < cut->parts->len; i++)
    g_ptr_array_add (parts, fixture_read (forwards, fixture_part (cut, i), 1024 * 1024, NULL));

  for (guint i = cut->parts->len; i-- > 0;)
    {
      g_autoptr (ChorusUploadReader) alone = fixture_reader (file, cut);
      g_autoptr (GBytes) in_pieces = fixture_read (backwards, fixture_part (cut, i), 1001, NULL);
      g_autoptr (GBytes) by_itself = fixture_read (alone, fixture_part (cut, i), 65536, NULL);

      assert_same (parts->pdata[i], in_pieces);
      assert_same (parts->pdata[i], by_itself);
    }

  /* Given up in the middle, then begun again. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) again = NULL;
      guint8 buffer[1001];

      g_assert_true (chorus_upload_reader_begin (forwards, fixture_part (cut, 2 + i), NULL, NULL));
      g_assert_cmpint (chorus_upload_reader_read (forwards, buffer, sizeof buffer, NULL, NULL), ==, sizeof buffer);
      again = fixture_read (forwards, fixture_part (cut, 2 + i), 4096, NULL);
      assert_same (parts->pdata[2 + i], again);
    }
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GFile) wave = NULL;
  g_autoptr (GFile) aiff = NULL;
  g_autoptr (GFile) flac = NULL;
  g_autoptr (GFile) flac_24 = NULL;

  if (fixture_skip_without ("numpy, soundfile"))
    return;

  wave = write_noise (fixture, "a.wav", "PCM_24");
  assert_order_is_free (wave);
  aiff = write_noise (fixture, "a.aiff", "PCM_24");
  assert_order_is_free (aiff);
  flac = write_noise (fixture, "a.flac", "PCM_16");
  assert_order_is_free (flac);
  flac_24 = write_noise (fixture, "b.flac", "PCM_24");
  assert_order_is_free (flac_24);
}

/* Bytes that this process has read so far, from wherever. */
static gint64
get_bytes_read (void)
{
  g_autofree char *io = NULL;

  if (!g_file_get_contents ("/proc/self/io", &io, NULL, NULL) || !g_str_has_prefix (io, "rchar: "))
    return -1;

  return g_ascii_strtoll (io + strlen ("rchar: "), NULL, 10);
}

static gboolean
skip_without_count (void)
{
  if (fixture_skip_without ("numpy, soundfile"))
    return TRUE;
  if (get_bytes_read () >= 0)
    return FALSE;

  g_test_skip ("/proc/self/io cannot be read");

  return TRUE;
}

/* Parts that follow one another are decoded in one go. */
static void
test_decodes_once (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (ChorusUploadReader) reader = NULL;
  gint64 before = 0;
  gint64 n_read = 0;
  gint64 modified = 0;
  goffset size = 0;

  if (skip_without_count ())
    return;

  file = write_noise (fixture, "a.flac", "PCM_24");
  fixture_stat (file, &size, &modified);
  cut = fixture_cut (file, 25000000, 3);
  g_assert_cmpuint (cut->parts->len, ==, NOISE_SECONDS / 3);

  before = get_bytes_read ();
  reader = fixture_reader (file, cut);
  for (guint i = 0; i < cut->parts->len; i++)
    {
      g_autoptr (GBytes) bytes = fixture_read (reader, fixture_part (cut, i), 65536, NULL);

      g_assert_nonnull (bytes);
    }
  n_read = get_bytes_read () - before;
  g_test_message ("a file of %" G_GOFFSET_FORMAT " bytes: %" G_GINT64_FORMAT " bytes read for %u parts", size, n_read,
                  cut->parts->len);
  g_assert_cmpint (n_read, <, 2 * size);
}

static gsize
encode_part (ChorusUploadSpare *spare,
             GFile             *file,
             ChorusUploadCut   *cut,
             guint              number)
{
  ChorusUploadEncoder *encoder = chorus_upload_encoder_new ();
  g_autofree char *block = g_malloc (CHORUS_UPLOAD_ENCODER_BLOCK);
  g_autoptr (GError) error = NULL;
  gint64 modified = 0;
  goffset size = 0;
  gsize total = 0;
  gssize n = 0;

  fixture_stat (file, &size, &modified);
  chorus_upload_encoder_add_part (encoder, file, cut->format, cut->method, size, modified, fixture_part (cut, number));
  chorus_upload_encoder_set_spare (encoder, spare);
  while ((n = chorus_upload_encoder_fill (encoder, block, NULL, &error)) > 0)
    total += (gsize) n;
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, chorus_upload_encoder_get_length (encoder));
  chorus_upload_encoder_free (encoder);

  return total;
}

/* Parts that go out in a request each are decoded in one go as well, and a part that comes back is decoded anew. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ChorusUploadSpare) spare = chorus_upload_spare_new ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) wave = NULL;
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (ChorusUploadCut) wave_cut = NULL;
  gint64 before = 0;
  gint64 n_read = 0;
  gint64 modified = 0;
  goffset size = 0;

  if (skip_without_count ())
    return;

  file = write_noise (fixture, "a.flac", "PCM_24");
  fixture_stat (file, &size, &modified);
  cut = fixture_cut (file, 25000000, 3);

  before = get_bytes_read ();
  for (guint i = 0; i < cut->parts->len; i++)
    encode_part (spare, file, cut, i);
  n_read = get_bytes_read () - before;
  g_test_message ("a file of %" G_GOFFSET_FORMAT " bytes: %" G_GINT64_FORMAT " bytes read for %u requests", size,
                  n_read, cut->parts->len);
  g_assert_cmpint (n_read, <, 2 * size);

  encode_part (spare, file, cut, 0);
  encode_part (spare, file, cut, cut->parts->len - 1);

  /* What need not be decoded is not kept open. */
  wave = write_noise (fixture, "b.wav", "PCM_16");
  wave_cut = fixture_cut (wave, 25000000, 3);
  encode_part (spare, wave, wave_cut, 0);
  g_assert_null (chorus_upload_spare_take (spare));
}

/* Three gigabytes of which only the last seconds are read. */
static void
test_far_end (Fixture       *fixture,
              gconstpointer  data)
{
  const guint64 n_frames = G_GUINT64_CONSTANT (1500000123);
  g_autoptr (GFile) file = fixture_file (fixture, "long.rf64");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint32 format[] = { 0x00010001, 48000, 96000, 0x00100002 };
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (ChorusUploadReader) reader = NULL;
  g_autoptr (GBytes) part = NULL;
  ChorusUploadPart *last = NULL;
  const guint8 *contents = NULL;
  gint64 before = 0;
  gsize size = 0;
  int fd = -1;

  g_byte_array_append (bytes, (const guint8 *) "RF64\xff\xff\xff\xffWAVE", 12);
  g_byte_array_append (bytes, (const guint8 *) "ds64\x1c\0\0\0", 8);
  add_32 (bytes, 0xb2d05e00 + 0x100);
  add_32 (bytes, 0);
  add_32 (bytes, (guint32) (2 * n_frames));
  add_32 (bytes, 0);
  add_32 (bytes, (guint32) n_frames);
  add_32 (bytes, 0);
  add_32 (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) "fmt \x10\0\0\0", 8);
  for (guint i = 0; i < G_N_ELEMENTS (format); i++)
    add_32 (bytes, format[i]);
  g_byte_array_append (bytes, (const guint8 *) "data\xff\xff\xff\xff", 8);

  fd = g_open (g_file_peek_path (file), O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, bytes->len);
  g_assert_cmpint (ftruncate (fd, bytes->len + (goffset) (2 * n_frames)), ==, 0);
  g_assert_cmpint (pwrite (fd, "end!", 4, bytes->len + (goffset) (2 * n_frames) - 4), ==, 4);
  close (fd);

  before = get_bytes_read ();
  cut = fixture_cut (file, 25000000, 300);
  g_assert_cmpint (cut->method, ==, CHORUS_UPLOAD_METHOD_COPY);

  /* 25 MB are 260.4 seconds, of which 258 are whole steps. */
  g_assert_cmpuint (cut->parts->len, ==, n_frames / (258 * 48000) + 1);
  last = fixture_part (cut, cut->parts->len - 1);
  g_assert_cmpuint (last->first_frame, ==, 258 * 48000 * (guint64) (cut->parts->len - 1));
  g_assert_cmpuint (last->first_frame + last->n_frames, ==, n_frames);

  reader = fixture_reader (file, cut);
  part = fixture_read (reader, last, 3 * 254 * 1024, NULL);
  contents = g_bytes_get_data (part, &size);
  g_assert_cmpint ((gint64) size, ==, last->size);
  g_assert_cmpmem (contents, 4, "RIFF", 4);
  g_assert_cmpmem (contents + size - 4, 4, "end!", 4);
  if (before >= 0)
    g_assert_cmpint (get_bytes_read () - before, <, 26000000);
}

static void
assert_has (GBytes     *part,
            const char *text)
{
  gsize length = strlen (text);
  gsize size = 0;
  const char *contents = g_bytes_get_data (part, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (contents + i, text, length) == 0)
      return;

  g_error ("there is no “%s” in the part", text);
}

static GByteArray *
make_metadata (void)
{
  static const char guano[] = "GUANO|Version:1.0\nTimestamp:2026-05-11T23:59:50+02:00\nLength:21.0\nNote:stays\n";
  GByteArray *metadata = g_byte_array_new ();
  char broadcast[602] = { 0 };

  memcpy (broadcast + 320, "2026-05-11", 10);
  memcpy (broadcast + 330, "23:59:50", 8);
  add_chunk (metadata, "guan", guano, strlen (guano));
  add_chunk (metadata, "bext", broadcast, sizeof broadcast);

  return metadata;
}

/* The times in a part are its own. */
static void
test_times (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *guano;
    const char *length;
    const char *broadcast;
  } expected[] = {
    { "Timestamp:2026-05-11T23:59:50+02:00\n", "Length:9", "2026-05-1123:59:50" },
    { "Timestamp:2026-05-11T23:59:59+02:00\n", "Length:9", "2026-05-1123:59:59" },
    { "Timestamp:2026-05-12T00:00:08+02:00\n", "Length:3", "2026-05-1200:00:08" },
  };
  g_autoptr (GByteArray) metadata = make_metadata ();
  g_autoptr (GFile) file = write_wave (fixture, "a.wav", 21 * RATE, metadata);
  g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 25000000, 9);
  g_autoptr (ChorusUploadReader) reader = fixture_reader (file, cut);

  g_assert_cmpuint (cut->parts->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < cut->parts->len; i++)
    {
      g_autoptr (GBytes) part = fixture_read (reader, fixture_part (cut, i), 4096, NULL);

      assert_has (part, expected[i].guano);
      assert_has (part, expected[i].length);
      assert_has (part, expected[i].broadcast);
      assert_has (part, "Note:stays\n");
    }
}

/* A part that is the whole recording says what the recording says, were it wrong. */
static void
test_times_of_whole (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GByteArray) metadata = make_metadata ();
  g_autoptr (GFile) file = write_wave (fixture, "a.wav", 2 * RATE, metadata);
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (ChorusUploadReader) reader = NULL;
  g_autoptr (GBytes) part = NULL;
  int fd = g_open (g_file_peek_path (file), O_RDWR, 0);

  g_assert_cmpint (pwrite (fd, "\0\0\0\0", 4, 4), ==, 4);
  close (fd);

  cut = fixture_cut (file, 25000000, 9);
  g_assert_cmpint (cut->method, ==, CHORUS_UPLOAD_METHOD_COPY);
  g_assert_cmpuint (cut->parts->len, ==, 1);
  reader = fixture_reader (file, cut);
  part = fixture_read (reader, fixture_part (cut, 0), 4096, NULL);
  assert_has (part, "Timestamp:2026-05-11T23:59:50+02:00\nLength:21.0\n");
  assert_has (part, "2026-05-1123:59:50");
}

/* A decoder that gives less than was counted never makes a short part. */
static void
test_decodes_less (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (ChorusUploadReader) reader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ChorusUploadPart part;

  if (fixture_skip_without ("numpy, soundfile"))
    return;

  file = write_noise (fixture, "a.flac", "PCM_16");
  cut = fixture_cut (file, 25000000, 30);
  reader = fixture_reader (file, cut);
  part = *fixture_part (cut, cut->parts->len - 1);
  part.n_frames += 1;
  part.size += 4;
  bytes = fixture_read (reader, &part, 65536, &error);
  g_assert_null (bytes);
  g_assert_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_FILE_CHANGED);
  g_clear_error (&error);

  part.first_frame = 10 * NOISE_SECONDS * RATE;
  bytes = fixture_read (reader, &part, 65536, &error);
  g_assert_null (bytes);
  g_assert_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_FILE_CHANGED);
}

/* Cut off, and with rubbish in the middle: what can be decoded is cut, and every part has its size. */
static void
test_damaged_flac (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GFile) file = NULL;
  gint64 modified = 0;
  goffset size = 0;

  if (fixture_skip_without ("numpy, soundfile"))
    return;

  file = write_noise (fixture, "a.flac", "PCM_16");
  fixture_stat (file, &size, &modified);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusUploadCut) cut = NULL;
      g_autoptr (ChorusUploadReader) reader = NULL;
      guint64 n_frames = 0;
      int fd = g_open (g_file_peek_path (file), O_RDWR, 0);

      if (i == 0)
        g_assert_cmpint (pwrite (fd, "this is no sound, but there is some before and after it", 55, size / 2), ==, 55);
      else
        g_assert_cmpint (ftruncate (fd, size / 2), ==, 0);
      close (fd);

      cut = fixture_cut (file, 25000000, 7);
      reader = fixture_reader (file, cut);
      for (guint k = 0; k < cut->parts->len; k++)
        {
          g_autoptr (GBytes) bytes = fixture_read (reader, fixture_part (cut, k), 65536, NULL);

          g_assert_nonnull (bytes);
          g_assert_cmpint ((gint64) g_bytes_get_size (bytes), ==, fixture_part (cut, k)->size);
          n_frames += fixture_part (cut, k)->n_frames;
        }
      g_test_message ("%u of %u frames", (guint) n_frames, NOISE_SECONDS * RATE);
      g_assert_cmpuint (n_frames, >, NOISE_SECONDS * RATE / 2 - 2 * 4608);
    }
}

#define ADD(name, func) g_test_add ("/upload/reader/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("order", test_order);
  ADD ("decodes-once", test_decodes_once);
  ADD ("goes-on", test_goes_on);
  ADD ("far-end", test_far_end);
  ADD ("times", test_times);
  ADD ("times-of-whole", test_times_of_whole);
  ADD ("decodes-less", test_decodes_less);
  ADD ("damaged-flac", test_damaged_flac);

  return g_test_run ();
}
