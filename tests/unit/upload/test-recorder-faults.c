/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What recorders are known to get wrong, each with a file of that kind. The names are those of the list of known problems
 * that the Open Ecoacoustics project keeps (github.com/ecoacoustics/known-problems). */

#include "upload/chorus-upload-check.h"
#include "upload/chorus-upload-error.h"
#include "upload/chorus-upload-finding.h"

#include "chorus-test.h"

#include <string.h>
#include <unistd.h>

#define RATE 8000
#define N_FRAMES (4 * RATE)
#define BIT(kind) CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_##kind)
#define NO_ERROR (-1)

/* A WAV file of four seconds: noise, or nothing; what @spoil does to it comes afterwards. */
typedef struct
{
  const char *fault;
  const char *name;
  gboolean silent;
  void (*spoil) (GByteArray *wav);
  int error;       /* a ChorusUploadError, or NO_ERROR where it can be sent */
  guint findings;  /* BIT()s */
  double duration; /* of what is sent, in seconds */
  gboolean whole;  /* the file as it is */
} Fault;

static void
set_32 (GByteArray *wav,
        guint       offset,
        guint32     value)
{
  for (guint i = 0; i < 4; i++)
    wav->data[offset + i] = (guint8) (value >> (8 * i));
}

static void
make_empty (GByteArray *wav)
{
  g_byte_array_set_size (wav, 0);
}

static void
make_stub (GByteArray *wav)
{
  g_byte_array_set_size (wav, 44);
  set_32 (wav, 4, 36);
  set_32 (wav, 40, 0);
}

/* The size of the header is counted in, as far as 44 bytes beyond the end of the file. */
static void
count_header (GByteArray *wav)
{
  set_32 (wav, 40, 2 * N_FRAMES + 44);
}

static void
forget_sizes (GByteArray *wav)
{
  set_32 (wav, 4, 0);
  set_32 (wav, 40, 0);
}

static void
leave_sizes_open (GByteArray *wav)
{
  set_32 (wav, 4, G_MAXUINT32);
  set_32 (wav, 40, G_MAXUINT32);
}

static void
lose_power (GByteArray *wav)
{
  g_byte_array_set_size (wav, 44 + N_FRAMES);
}

static void
lose_header (GByteArray *wav)
{
  for (guint i = 0; i < 44; i++)
    wav->data[i] = (guint8) (37 * i + 11);
}

static void
make_tiny (GByteArray *wav)
{
  g_byte_array_set_size (wav, 44 + 2 * RATE / 10);
  set_32 (wav, 4, 36 + 2 * RATE / 10);
  set_32 (wav, 40, 2 * RATE / 10);
}

/* A chunk of three bytes before the samples, and no byte after it that makes it even. */
static void
insert_odd_chunk (GByteArray *wav)
{
  static const guint8 chunk[] = { 'n', 'o', 't', 'e', 3, 0, 0, 0, 'a', 'b', 'c' };
  guint length = wav->len;

  g_byte_array_set_size (wav, length + sizeof chunk);
  memmove (wav->data + 36 + sizeof chunk, wav->data + 36, length - 36);
  memcpy (wav->data + 36, chunk, sizeof chunk);
  set_32 (wav, 4, wav->len - 8);
}

static const Fault faults[] = {
  { "OE001 no date", "noise.wav", FALSE, NULL, NO_ERROR, BIT (TIME_GUESSED), 4, TRUE },
  { "OE002 no zone", "20250604_050000.wav", FALSE, NULL, NO_ERROR, 0, 4, TRUE },
  { "OE004 zero bytes", "20250604_050000.wav", FALSE, make_empty, CHORUS_UPLOAD_ERROR_EMPTY, 0, 0, FALSE },
  { "OE005 and WA002 all zeros", "20250604_050000.wav", TRUE, NULL, NO_ERROR, BIT (SILENT), 4, TRUE },
  { "WA004 no header", "20250604_050000.wav", FALSE, lose_header, CHORUS_UPLOAD_ERROR_NOT_AUDIO, 0, 0, FALSE },
  { "FL001 header only", "20250604_050000.wav", FALSE, make_stub, CHORUS_UPLOAD_ERROR_EMPTY, 0, 0, FALSE },
  { "FL005 44 bytes too many", "20250604_050000.wav", FALSE, count_header, NO_ERROR, 0, 4, FALSE },
  { "FL012 size 0", "20250604_050000.wav", FALSE, forget_sizes, NO_ERROR, 0, 4, FALSE },
  { "size not known", "20250604_050000.wav", FALSE, leave_sizes_open, NO_ERROR, 0, 4, FALSE },
  { "power cut", "20250604_050000.wav", FALSE, lose_power, NO_ERROR, BIT (TRUNCATED), 2, FALSE },
  { "OA002 low battery", "20250604_050000.wav", FALSE, make_tiny, NO_ERROR, BIT (SHORT), 0.1, TRUE },
  { "odd chunk without a pad", "20250604_050000.wav", FALSE, insert_odd_chunk, NO_ERROR, 0, 4, FALSE },
  { "clock never set", "20000000_000000.wav", FALSE, NULL, NO_ERROR, BIT (TIME_GUESSED), 4, TRUE },
  { "clock of 1999", "19991231_235900.wav", FALSE, NULL, NO_ERROR, BIT (TIME_IMPLAUSIBLE), 4, TRUE },
  { "clock of the future", "20980101_000000.wav", FALSE, NULL, NO_ERROR, BIT (TIME_IMPLAUSIBLE), 4, TRUE },
};

static GByteArray *
make_wav (gboolean silent)
{
  static const guint8 header[44] = "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0";
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  GByteArray *wav = g_byte_array_new ();

  g_byte_array_append (wav, header, sizeof header);
  set_32 (wav, 4, 36 + 2 * N_FRAMES);
  set_32 (wav, 40, 2 * N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      gint16 sample = GINT16_TO_LE (silent ? 0 : (gint16) g_rand_int_range (random, -9999, 9999));

      g_byte_array_append (wav, (guint8 *) &sample, 2);
    }

  return wav;
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *folder = g_dir_make_tmp ("chorus-faults-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, fault->name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GByteArray) wav = make_wav (fault->silent);
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  if (fault->spoil)
    fault->spoil (wav);
  g_assert_true (g_file_set_contents (path, (char *) wav->data, (gssize) wav->len, NULL));

  check = chorus_upload_check_run (file, NULL, &error);
  if (fault->error != NO_ERROR)
    {
      g_assert_error (error, CHORUS_UPLOAD_ERROR, fault->error);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_nonnull (strstr (error->message, fault->name));
    }
  else
    {
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = chorus_upload_findings_to_text (check->findings);
      g_test_message ("%s", text ? text : "nothing found");
      g_assert_cmphex (chorus_upload_findings_to_bits (check->findings), ==, fault->findings);
      g_assert_cmpfloat_with_epsilon (check->info->duration, fault->duration, 1e-9);
      g_assert_cmpint (check->cut->method == CHORUS_UPLOAD_METHOD_WHOLE, ==, fault->whole);
    }
  chorus_test_remove_folder (folder);
}

/* FL010: the header of a FLAC file that promises twice as much as there is. */
static void
test_doubled_flac (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-faults-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "20250604_050000.flac", NULL);
  const char *argv[] = { "sox", "-r", "8000", "-n", "-b", "16", path, "synth", "4", "whitenoise", NULL };
  g_autofree char *sox = g_find_program_in_path (argv[0]);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *contents = NULL;
  gsize size = 0;
  guint64 n_frames = 0;

  if (!sox)
    {
      g_test_skip ("sox is not installed");
      return;
    }

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, (char **) &contents, &size, NULL));

  /* The number of samples: 36 bits of STREAMINFO, which begins at byte 8 (FLAC format, METADATA_BLOCK_STREAMINFO). */
  for (guint i = 0; i < 5; i++)
    n_frames = n_frames << 8 | (contents[21 + i] & (i == 0 ? 0x0f : 0xff));
  g_assert_cmpuint (n_frames, ==, N_FRAMES);
  n_frames *= 2;
  for (guint i = 4; i > 0; i--, n_frames >>= 8)
    contents[21 + i] = (guint8) n_frames;
  g_assert_true (g_file_set_contents (path, (char *) contents, (gssize) size, NULL));

  check = chorus_upload_check_run (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmphex (chorus_upload_findings_to_bits (check->findings), ==, BIT (TRUNCATED) | BIT (AS_WAV));
  g_assert_cmpfloat (check->info->duration, ==, 4);
  g_assert_cmpuint (g_array_index (check->cut->parts, ChorusUploadPart, 0).n_frames, ==, N_FRAMES);
  chorus_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/upload/recorder-faults/%s", faults[i].fault);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/upload/recorder-faults/FL010 doubled length", test_doubled_flac);

  return g_test_run ();
}
