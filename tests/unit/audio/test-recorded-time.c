/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a recording began, from whoever wrote it down. */

#include "audio-fixture.h"

#include "audio/chorus-recorded-time.h"

/* The instant of 2025-06-06T07:08:09Z, by date(1). */
#define MODIFIED (G_GINT64_CONSTANT (1749193689) * G_USEC_PER_SEC)

/* A WAV file without samples that holds a GUANO chunk of that text, to the letter of RIFF. */
static GFile *
write_wave (Fixture    *fixture,
            const char *name,
            const char *guano)
{
  static const guint8 format[] = { 'f',  'm',  't', ' ', 16,   0,    0, 0, 1, 0, 1,  0,
                                   0x80, 0xbb, 0,   0,   0x00, 0x77, 1, 0, 2, 0, 16, 0 };
  gsize length = guano ? (strlen (guano) + 1) / 2 * 2 : 0;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 size = GUINT32_TO_LE ((guint32) (4 + sizeof format + (guano ? 8 + length : 0) + 8));

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  g_byte_array_append (bytes, (const guint8 *) &size, 4);
  g_byte_array_append (bytes, (const guint8 *) "WAVE", 4);
  g_byte_array_append (bytes, format, sizeof format);
  if (guano)
    {
      guint32 exact = GUINT32_TO_LE ((guint32) strlen (guano));

      g_byte_array_append (bytes, (const guint8 *) "guan", 4);
      g_byte_array_append (bytes, (const guint8 *) &exact, 4);
      /* With the byte that pads it, which is the text's own end. */
      g_byte_array_append (bytes, (const guint8 *) guano, (guint) length);
    }
  g_byte_array_append (bytes, (const guint8 *) "data\0\0\0\0", 8);

  return fixture_write (fixture, name, bytes->data, bytes->len);
}

static void
assert_chosen (GFile      *file,
               gint64      modified,
               const char *source,
               const char *iso)
{
  g_autoptr (ChorusTimeChoice) choice = chorus_recorded_time_choose (file, modified);
  g_autofree char *text = NULL;

  g_assert_nonnull (choice->time);
  text = chorus_recording_time_to_iso (choice->time);
  g_assert_cmpstr (chorus_time_source_to_text (chorus_recording_time_get_source (choice->time)), ==, source);
  g_assert_cmpstr (text, ==, iso);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GFile) written =
    write_wave (fixture, "20240102_030405.wav", "GUANO|Version:1.0\nTimestamp:2025-06-04T05:00:00+05:30\n");
  g_autoptr (GFile) named = write_wave (fixture, "20250607_080910.wav", NULL);
  g_autoptr (GFile) silent = write_wave (fixture, "song.wav", NULL);

  assert_chosen (written, MODIFIED, "guano", "2025-06-04T05:00:00+05:30");
  assert_chosen (named, MODIFIED, "file-name", "2025-06-07T08:09:10");
  assert_chosen (silent, MODIFIED, "modified", "2025-06-06T07:08:09+00:00");
}

static void
test_nobody (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GFile) silent = write_wave (fixture, "song.wav", NULL);
  g_autoptr (ChorusTimeChoice) choice = chorus_recorded_time_choose (silent, 0);

  g_assert_null (choice->time);
  g_assert_false (choice->plausible);
}

/* What is not there, and what is no audio, still has a name. */
static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (GFile) text = fixture_write (fixture, "20250607_080910.txt", (const guint8 *) "Rain", 4);
  g_autoptr (GFile) folder = g_file_get_parent (text);
  g_autoptr (GFile) missing = g_file_get_child (folder, "20250608_080910.wav");

  assert_chosen (text, 0, "file-name", "2025-06-07T08:09:10");
  assert_chosen (missing, 0, "file-name", "2025-06-08T08:09:10");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/recorded-time/order", test_order);
  fixture_add ("/audio/recorded-time/nobody", test_nobody);
  fixture_add ("/audio/recorded-time/unreadable", test_unreadable);

  return g_test_run ();
}
