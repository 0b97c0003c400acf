/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What recorders write about themselves, in chunks made to the letter, and what ffmpeg writes in their place. */

#include "audio-fixture.h"

#include "audio/chorus-recorder-metadata.h"

#define GUANO_TIME "Timestamp: 2025-06-04T05:00:00+05:30\n"

/* Everything in one line: "guano 2025-06-04T05:00:00+05:30, model X, serial Y, x10, 27.5 -71.25" */
static char *
describe (const ChorusRecorderMetadata *metadata)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < metadata->times->len; i++)
    {
      const ChorusRecordingTime *time = g_ptr_array_index (metadata->times, i);
      g_autofree char *iso = chorus_recording_time_to_iso (time);

      g_string_append_printf (text, "%s%s %s", text->len ? ", " : "",
                              chorus_time_source_to_text (chorus_recording_time_get_source (time)), iso);
    }
  if (metadata->make)
    g_string_append_printf (text, "%smake %s", text->len ? ", " : "", metadata->make);
  if (metadata->model)
    g_string_append_printf (text, "%smodel %s", text->len ? ", " : "", metadata->model);
  if (metadata->serial)
    g_string_append_printf (text, "%sserial %s", text->len ? ", " : "", metadata->serial);
  if (metadata->time_expansion > 1)
    g_string_append_printf (text, "%sx%g", text->len ? ", " : "", metadata->time_expansion);
  if (metadata->has_position)
    g_string_append_printf (text, "%sat %g %g", text->len ? ", " : "", metadata->latitude, metadata->longitude);

  return g_string_free (text, FALSE);
}

static char *
read_path (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusAudioFile) audio_file = chorus_audio_file_open (file, &error);
  g_autoptr (ChorusRecorderMetadata) metadata = NULL;

  g_assert_no_error (error);
  metadata = chorus_recorder_metadata_read (audio_file, &error);
  g_assert_no_error (error);
  g_assert_nonnull (metadata);

  return describe (metadata);
}

static void
assert_says (Fixture    *fixture,
             GByteArray *bytes,
             const char *expected)
{
  g_autoptr (GFile) file = fixture_write (fixture, "a.wav", bytes->data, bytes->len);
  g_autofree char *text = read_path (g_file_peek_path (file));

  g_assert_cmpstr (text, ==, expected);
}

static void
add_chunk (GByteArray *bytes,
           const char *id,
           const void *data,
           gsize       size)
{
  bytes_add_text (bytes, id);
  bytes_add_32 (bytes, (guint32) size);
  g_byte_array_append (bytes, data, (guint) size);
  if (size % 2 == 1)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

/* Format, samples, then this chunk. */
static void
assert_chunk_says (Fixture    *fixture,
                   const char *id,
                   const void *data,
                   gsize       size,
                   const char *expected)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");

  bytes_add_format (bytes, 1, 1, 48000, 2, 16);
  bytes_add_data (bytes, 8, 4);
  add_chunk (bytes, id, data, size);
  assert_says (fixture, bytes, expected);
}

static void
test_guano (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    /* As an AudioMoth writes it */
    { "GUANO|Version:1.0\nMake:Open Acoustic Devices\nModel:AudioMoth\nSerial:24F319055FDF2205\n"
      "OAD|Deployment ID:0123456789ABCDEF\nFirmware Version:AudioMoth-Firmware-Basic (1.10.0)\n"
      "Timestamp:2025-06-04T05:00:00+05:30\nLoc Position:-27.386600 152.876100\nOAD|Loc Source:App\n"
      "Original Filename:20250604_050000.WAV\nOAD|Battery Voltage:4.1\nTemperature Int:21.4",
      "guano 2025-06-04T05:00:00+05:30, make Open Acoustic Devices, model AudioMoth, serial 24F319055FDF2205, at "
      "-27.3866 152.876" },
    /* As a Song Meter does: a space for the T, no zone */
    { "GUANO|Version: 1.0\nTimestamp: 2025-06-04 05:00:00\nMake: Wildlife Acoustics\nModel: SM4BAT-FS\n"
      "WA|Song Meter|Prefix: S4U09523\nTE: 1\n",
      "guano 2025-06-04T05:00:00, make Wildlife Acoustics, model SM4BAT-FS" },
    { "GUANO|Version: 1.0\r\nTE: 10\r\nTimestamp: 2025-06-04T05:00:00.123Z\r\nLoc Position: 41.5, -71.25\r\n",
      "guano 2025-06-04T05:00:00.123000+00:00, x10, at 41.5 -71.25" },
    { "\xef\xbb\xbfTimestamp: 2025-06-04T05:00:00-0330\n", "guano 2025-06-04T05:00:00-03:30" },
    /* No version, keys twice, empty lines, lines without a colon */
    { "\n\nnonsense\n:\nTimestamp: 2025-06-04T05:00:00+10\nTimestamp: 2020-01-01T00:00:00Z\nModel:\nModel: A\nModel: B",
      "guano 2025-06-04T05:00:00+10:00, model A" },
    { "Timestamp: soon\nTimestamp: 2025-06-04T05:00:00 UTC\n", "guano 2025-06-04T05:00:00+00:00" },
    { "Timestamp: 2025-06-04T05:00:00 +05:45  \n", "guano 2025-06-04T05:00:00+05:45" },
    { "Timestamp: 2025-06-04T05:00:00.1234567+09:30\n", "guano 2025-06-04T05:00:00.123456+09:30" },
    { "timestamp: 2025-06-04T05:00:00\nPET|Timestamp: 2025-06-04T05:00:00\n", "" },
    { "Timestamp: 2025-13-04T05:00:00\n", "" },
    { "Timestamp: 2025-02-29T05:00:00\n", "" },
    { "Timestamp: 2025-06-04T25:00:00\n", "" },
    { "Timestamp: 2025-06-04T05:00:00+15:00\n", "" },
    { "Timestamp: 2025-06-04T05:00:00+5h\n", "" },
    { "Timestamp: 2025-06-04T05:00:00.\n", "" },
    { "Timestamp: 2025-06-04T05:00\n", "" },
    { "Timestamp: 0000-00-00T00:00:00\n", "" },
    { "TE: nan\nTE: -3\nTE: ten\nLoc Position: 91 0\nLoc Position: 0 0\nLoc Position: 1e999 5\nLoc Position: 5\n", "" },
    { "Loc Position: 5 181\nLoc Position: \nLoc Position: 1 2 3\nLoc Position: -90 180\n", "at -90 180" },
    { "Model: \xff\x01\xe2\x80\xae evil\n", "model \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd evil" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = g_strescape (cases[i].text, NULL);

      g_test_message ("%s", shown);
      assert_chunk_says (fixture, "guan", cases[i].text, strlen (cases[i].text), cases[i].expected);
    }
}

/* A line of a megabyte and more is read over, and cut off where reading ends. */
static void
test_guano_huge_lines (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *line = g_strnfill (1000 * 1000, 'x');
  g_autofree char *within = g_strconcat ("Note: ", line, "\n" GUANO_TIME, NULL);
  g_autofree char *beyond = g_strconcat (GUANO_TIME "Note: ", line, line, "\nModel: A\n", NULL);
  g_autofree char *model = g_strconcat ("Model: ", line, NULL);
  g_autofree char *shortened = g_strnfill (128, 'x');
  g_autofree char *expected = g_strconcat ("model ", shortened, NULL);

  assert_chunk_says (fixture, "guan", within, strlen (within), "guano 2025-06-04T05:00:00+05:30");
  assert_chunk_says (fixture, "guan", beyond, strlen (beyond), "guano 2025-06-04T05:00:00+05:30");
  assert_chunk_says (fixture, "guan", model, strlen (model), expected);
}

static void
wamd_add (GByteArray *bytes,
          guint       id,
          const char *value,
          gsize       size)
{
  bytes_add_16 (bytes, id);
  bytes_add_32 (bytes, (guint32) size);
  g_byte_array_append (bytes, (const guint8 *) value, (guint) size);
}

#define wamd_add_text(bytes, id, text) wamd_add (bytes, id, text, strlen (text))

static void
test_wamd (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GByteArray) wamd = g_byte_array_new ();

  wamd_add (wamd, 0x00, "\x01\x00", 2);
  wamd_add_text (wamd, 0x01, "SM4BAT-FS");
  wamd_add_text (wamd, 0x02, "S4U09523");
  wamd_add_text (wamd, 0x03, "2.2.1");
  wamd_add (wamd, 0xffff, "\0\0\0", 3);
  wamd_add_text (wamd, 0x05, "2021-06-21 20:57:06+10:00");
  wamd_add_text (wamd, 0x06, "WGS84,27.38660,S,152.87610,E,45");
  wamd_add (wamd, 0x0f, "\x0a\x00", 2);
  assert_chunk_says (fixture, "wamd", wamd->data, wamd->len,
                     "wamd 2021-06-21T20:57:06+10:00, make Wildlife Acoustics, model SM4BAT-FS, serial S4U09523, x10, "
                     "at -27.3866 152.876");
}

static void
test_wamd_times (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct
  {
    const char *start;
    gsize size;
    const char *expected;
  } cases[] = {
    { "2021-06-21 20:57:06", 19, "wamd 2021-06-21T20:57:06" },
    { "2021-06-21 20:57:06\0\0\0", 22, "wamd 2021-06-21T20:57:06" },
    { "2021-06-21 20:57:06.250", 23, "wamd 2021-06-21T20:57:06.250000" },
    { "2021-06-21 20:57:06.250-03:30", 29, "wamd 2021-06-21T20:57:06.250000-03:30" },
    { "2021-06-21 20:57:06 ", 20, "wamd 2021-06-21T20:57:06" },
    { "2021-06-21", 10, "" },
    { "2021-06-31 20:57:06", 19, "" },
    { "", 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) wamd = g_byte_array_new ();

      g_test_message ("%s", cases[i].start);
      wamd_add (wamd, 0x05, cases[i].start, cases[i].size);
      assert_chunk_says (fixture, "wamd", wamd->data, wamd->len, cases[i].expected);
    }
}

static void
test_wamd_positions (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "WGS84,42.43000,N,71.47000,W", "at 42.43 -71.47" },
    { "WGS84, 42.43 ,S, 71.47 ,E, 12", "at -42.43 71.47" },
    { "WGS84,42.43,X,71.47,W", "" },
    { "WGS84,42.43,,71.47,W", "" },
    { "WGS84,142.43,N,71.47,W", "" },
    { "NAD27,42.43,N,71.47,W", "" },
    { "WGS84,42.43", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) wamd = g_byte_array_new ();

      g_test_message ("%s", cases[i].text);
      wamd_add_text (wamd, 0x06, cases[i].text);
      assert_chunk_says (fixture, "wamd", wamd->data, wamd->len, cases[i].expected);
    }
}

static void
test_wamd_damaged (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GByteArray) wamd = g_byte_array_new ();

  /* A record that claims to be longer than the chunk ends it; what came before stands. */
  wamd_add_text (wamd, 0x01, "SM4");
  bytes_add_16 (wamd, 0x02);
  bytes_add_32 (wamd, 0xffffffff);
  wamd_add_text (wamd, 0x05, "2021-06-21 20:57:06");
  assert_chunk_says (fixture, "wamd", wamd->data, wamd->len, "make Wildlife Acoustics, model SM4");

  for (guint size = 0; size < 9; size++)
    assert_chunk_says (fixture, "wamd", wamd->data, size, "");
}

/* The chunk of an AudioMoth: a comment of 384 bytes, an artist of 32. */
static void
add_audiomoth (GByteArray *bytes,
               const char *comment,
               const char *artist)
{
  char padded[384] = { 0 };
  g_autoptr (GByteArray) list = g_byte_array_new ();

  bytes_add_text (list, "INFO");
  memcpy (padded, comment, strlen (comment));
  add_chunk (list, "ICMT", padded, 384);
  memset (padded, 0, sizeof padded);
  memcpy (padded, artist, strlen (artist));
  add_chunk (list, "IART", padded, 32);
  add_chunk (bytes, "LIST", list->data, list->len);
}

#define MOTH ", make Open Acoustic Devices, model AudioMoth, serial 24F319055FDF2205"
#define BY " by AudioMoth 24F319055FDF2205 "

static void
test_audiomoth (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *comment;
    const char *expected;
  } cases[] = {
    /* Firmware 1.0, 1.0.1, 1.2.0, 1.2.1, 1.2.2, 1.4.0, 1.5.0, 1.6.0, 1.8.0 in turn */
    { "Recorded at 19:17:30 04/12/2017" BY "at gain setting 2 while battery state was > 5.0V",
      "audiomoth 2017-12-04T19:17:30" MOTH },
    { "Recorded at 19:17:30 04/12/2018 (UTC)" BY "at gain setting 2 while battery state was < 3.6V",
      "audiomoth 2018-12-04T19:17:30+00:00" MOTH },
    { "Recorded at 19:17:30 04/12/2018 (UTC-3)" BY "at gain setting 2 while battery state was 4.1V.",
      "audiomoth 2018-12-04T19:17:30-03:00" MOTH },
    { "Recorded at 19:17:30 04/12/2019 (UTC+11)" BY "at gain setting 2 while battery state was greater than 4.9V. "
      "Recording cancelled before completion due to low battery voltage.",
      "audiomoth 2019-12-04T19:17:30+11:00" MOTH },
    { "Recorded at 19:17:30 04/12/2019 (UTC+5:30)" BY "at gain setting 2 while battery state was less than 3.6V.",
      "audiomoth 2019-12-04T19:17:30+05:30" MOTH },
    { "Recorded at 19:17:30 04/12/2019 (UTC:30)" BY "at gain setting 2 while battery state was 4.0V.",
      "audiomoth 2019-12-04T19:17:30" MOTH },
    { "Recorded at 19:17:30 04/12/2020 (UTC-3:30)" BY "at medium-high gain setting while battery state was 4.0V and "
      "temperature was 24.5C. Amplitude threshold was 512. Low-pass filter applied with cut-off frequency of 8.0kHz.",
      "audiomoth 2020-12-04T19:17:30-03:30" MOTH },
    { "Recorded at 19:17:30 04/12/2020 (UTC+0:30) during deployment 0123456789ABCDEF using external microphone at low "
      "gain setting while battery state was less than 2.5V and temperature was -4.5C. Recording cancelled before "
      "completion due to microphone change.",
      "audiomoth 2020-12-04T19:17:30+00:30" MOTH },
    { "Recorded at 19:17:30 04/12/2021 (UTC-0:30)" BY "at high gain while battery was 4.0V and temperature was 24.5C. "
      "Band-pass filter with frequencies of 1.0kHz and 8.0kHz applied. Recording stopped due to switch position change.",
      "audiomoth 2021-12-04T19:17:30-00:30" MOTH },
    { "Recorded at 19:17:30 04/12/2022 (UTC)" BY "at medium gain while battery was 4.0V and temperature was 24.5C. "
      "Frequency trigger (8.0kHz and window length of 16 samples) threshold was 1.5% with 1s minimum trigger duration. "
      "Recording stopped by magnetic switch.",
      "audiomoth 2022-12-04T19:17:30+00:00" MOTH },
    /* AudioMoth Live */
    { "Recorded at 19:17:30.250 04/12/2024 (UTC+5:45) by AudioMoth Live",
      "audiomoth 2024-12-04T19:17:30.250000+05:45" MOTH },
    /* Not that */
    { "Recorded at 19:17:30 04/12/2022 (UTC+15)", "audiomoth 2022-12-04T19:17:30" MOTH },
    { "Recorded at 19:17:30 04/12/2022 (UTC+5", "audiomoth 2022-12-04T19:17:30" MOTH },
    { "Recorded at 19:17:30 30/02/2022 (UTC)", &MOTH[2] },
    { "Recorded at 24:00:00 04/12/2022 (UTC)", &MOTH[2] },
    { "Recorded at 19:17:30.2x0 04/12/2024 (UTC)", &MOTH[2] },
    { "Recorded at dusk", &MOTH[2] },
    { "{\"recording_start_time\": \"2021-09-24T06:52:00+00:00\"}", &MOTH[2] },
    { "", &MOTH[2] },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");

      g_test_message ("%s", cases[i].comment);
      bytes_add_format (bytes, 1, 1, 48000, 2, 16);
      add_audiomoth (bytes, cases[i].comment, "AudioMoth 24F319055FDF2205");
      bytes_add_data (bytes, 8, 4);
      assert_says (fixture, bytes, cases[i].expected);
    }
}

/* The name of another program is not that of a recorder, nor is half a number. */
static void
test_audiomoth_artists (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char *const artists[] = { "",
                                         "AudioMoth",
                                         "AudioMoth Live",
                                         "AudioMoth 24F319055FDF220",
                                         "AudioMoth 24F319055FDF220G",
                                         "audiomoth 24F319055FDF2205" };

  for (gsize i = 0; i < G_N_ELEMENTS (artists); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");

      add_audiomoth (bytes, "Recorded at 19:17:30 04/12/2022 (UTC)", artists[i]);
      assert_says (fixture, bytes, "audiomoth 2022-12-04T19:17:30+00:00");
    }
}

static void
test_broadcast (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *date_and_time;
    const char *expected;
  } cases[] = {
    { "2025-06-0405:00:00", "bext 2025-06-04T05:00:00" },
    { "2025:06:0405-00-00", "bext 2025-06-04T05:00:00" },
    { "2025_06_0405 00 00", "bext 2025-06-04T05:00:00" },
    { "2025-06-04\0\0\0\0\0\0\0\0", "" },
    { "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "" },
    { "                  ", "" },
    { "2025-13-0405:00:00", "" },
    { "2025-06-0424:00:00", "" },
    { "04-06-202505:00:00", "" },
    { "202506041205:00:00", "" },
    { "0000-00-0000:00:00", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 chunk[602] = { 0 };

      g_test_message ("%s", cases[i].date_and_time);
      memcpy (chunk + 320, cases[i].date_and_time, 18);
      assert_chunk_says (fixture, "bext", chunk, sizeof chunk, cases[i].expected);
      assert_chunk_says (fixture, "bext", chunk, 338, cases[i].expected);
      assert_chunk_says (fixture, "bext", chunk, 337, "");
    }
}

/* All at once, the least trusted first: told in the order of trust, each for itself. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autoptr (GByteArray) wamd = g_byte_array_new ();
  guint8 broadcast[602] = { 0 };

  memcpy (broadcast + 320, "2025-06-0404:00:00", 18);
  wamd_add_text (wamd, 0x05, "2025-06-04 02:00:00");
  wamd_add_text (wamd, 0x01, "SM4");

  add_chunk (bytes, "bext", broadcast, sizeof broadcast);
  bytes_add_format (bytes, 1, 1, 48000, 2, 16);
  add_audiomoth (bytes, "Recorded at 03:00:00 04/06/2025 (UTC)", "AudioMoth 24F319055FDF2205");
  bytes_add_data (bytes, 8, 4);
  add_chunk (bytes, "wamd", wamd->data, wamd->len);
  add_chunk (bytes, "guan", "Timestamp: 2025-06-04T01:00:00Z\nModel: X", 40);
  assert_says (fixture, bytes,
               "guano 2025-06-04T01:00:00+00:00, wamd 2025-06-04T02:00:00, audiomoth 2025-06-04T03:00:00+00:00, bext "
               "2025-06-04T04:00:00, make Wildlife Acoustics, model X, serial 24F319055FDF2205");
}

/* What cards and firmware do to the chunks around it. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");

  /* An odd data chunk without a pad byte, then one of GUANO whose size is beyond the end */
  bytes_add_format (bytes, 1, 1, 48000, 1, 8);
  bytes_add_text (bytes, "data");
  bytes_add_32 (bytes, 3);
  g_byte_array_append (bytes, (const guint8 *) "\x80\x81\x82", 3);
  bytes_add_text (bytes, "guan");
  bytes_add_32 (bytes, 0xfffffff0);
  bytes_add_text (bytes, GUANO_TIME);
  assert_says (fixture, bytes, "guano 2025-06-04T05:00:00+05:30");

  /* Cut off at every place: a time only when all of it is there */
  for (guint size = bytes->len - 1; size > 12; size--)
    {
      g_autoptr (GByteArray) cut = g_byte_array_new ();
      g_autoptr (GFile) file = NULL;
      g_autofree char *text = NULL;

      g_byte_array_append (cut, bytes->data, size);
      file = fixture_write (fixture, "cut.wav", cut->data, cut->len);
      text = read_path (g_file_peek_path (file));
      g_assert_true (g_str_equal (text, "") || g_str_has_prefix (text, "guano 2025-06-04T05:00:00"));
      if (size < bytes->len - strlen ("+05:30\n"))
        g_assert_cmpstr (text, ==, "");
    }
}

/* The samples are never taken for a chunk: the recorder lost power, and the size of the samples stayed at 0. */
static void
test_samples_are_not_chunks (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");

  bytes_add_format (bytes, 1, 1, 48000, 2, 16);
  bytes_add_data (bytes, 0, 2);
  bytes_add_32 (bytes, 0);
  add_chunk (bytes, "guan", GUANO_TIME, strlen (GUANO_TIME));
  assert_says (fixture, bytes, "");
}

static void
test_other_files (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const heads[] = { "RIFX", "FORM", "fLaC" };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_new_riff (heads[i]);

      add_chunk (bytes, "guan", GUANO_TIME, strlen (GUANO_TIME));
      assert_says (fixture, bytes, "");
    }

  for (gsize size = 1; size < 12; size++)
    {
      g_autoptr (GFile) file = fixture_write (fixture, "a.wav", "RIFF\0\0\0\0WAVE", size);
      g_autofree char *text = read_path (g_file_peek_path (file));

      g_assert_cmpstr (text, ==, "");
    }
}

/* An RF64 file whose samples end where "ds64" says, with metadata after them. */
static void
test_rf64 (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const heads[] = { "RF64", "BW64" };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_new_riff (heads[i]);

      bytes_add_text (bytes, "ds64");
      bytes_add_32 (bytes, 28);
      for (guint word = 0; word < 7; word++)
        bytes_add_32 (bytes, word == 2 ? 8 : 0);
      bytes_add_format (bytes, 1, 1, 48000, 2, 16);
      bytes_add_data (bytes, 0xffffffff, 4);
      add_chunk (bytes, "guan", GUANO_TIME, strlen (GUANO_TIME));
      assert_says (fixture, bytes, "guano 2025-06-04T05:00:00+05:30");
    }
}

/* ffmpeg writes bext and the comment by its own reading of the standards. */
static void
test_ffmpeg (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const containers[] = { "never", "always" };

  if (!fixture_has_tool ("ffmpeg"))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autofree char *path = fixture_path (fixture, "a.wav");
      g_autofree char *text = NULL;
      const char *argv[] = {
        "ffmpeg",      "-v",
        "error",       "-y",
        "-f",          "lavfi",
        "-i",          "sine=d=0.1:r=8000",
        "-write_bext", "1",
        "-metadata",   "origination_date=2025-06-04",
        "-metadata",   "origination_time=05:00:01",
        "-metadata",   "comment=Recorded at 05:00:02 04/06/2025 (UTC-9:30) by AudioMoth 0123456789ABCDEF at x",
        "-rf64",       containers[i],
        path,          NULL
      };

      g_assert_true (fixture_run (argv, NULL));
      text = read_path (path);
      g_assert_cmpstr (
        text, ==,
        "audiomoth 2025-06-04T05:00:02-09:30, bext 2025-06-04T05:00:01, make Open Acoustic Devices, model "
        "AudioMoth, serial 0123456789ABCDEF");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/recorder-metadata/guano", test_guano);
  fixture_add ("/audio/recorder-metadata/guano-huge-lines", test_guano_huge_lines);
  fixture_add ("/audio/recorder-metadata/wamd", test_wamd);
  fixture_add ("/audio/recorder-metadata/wamd-times", test_wamd_times);
  fixture_add ("/audio/recorder-metadata/wamd-positions", test_wamd_positions);
  fixture_add ("/audio/recorder-metadata/wamd-damaged", test_wamd_damaged);
  fixture_add ("/audio/recorder-metadata/audiomoth", test_audiomoth);
  fixture_add ("/audio/recorder-metadata/audiomoth-artists", test_audiomoth_artists);
  fixture_add ("/audio/recorder-metadata/broadcast", test_broadcast);
  fixture_add ("/audio/recorder-metadata/order", test_order);
  fixture_add ("/audio/recorder-metadata/damaged", test_damaged);
  fixture_add ("/audio/recorder-metadata/samples-are-not-chunks", test_samples_are_not_chunks);
  fixture_add ("/audio/recorder-metadata/other-files", test_other_files);
  fixture_add ("/audio/recorder-metadata/rf64", test_rf64);
  fixture_add ("/audio/recorder-metadata/ffmpeg", test_ffmpeg);

  return g_test_run ();
}
