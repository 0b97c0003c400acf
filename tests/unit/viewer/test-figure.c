/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures, measured by a program that knows the recording and nothing of ours. */

#include "viewer/chorus-figure.h"

#include <math.h>
#include <string.h>

#include "chorus-test.h"

#define PYTHON "/usr/bin/python3"
#define RATE 48000
#define TONE 6000.0

/* More bins than rows, so that a row has the level of a bin and not one between two. */
static const ChorusStftParams params = { 4096, 1024, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

typedef struct
{
  char *folder;
  ChorusSampleSource *source;
} Fixture;

static gboolean
run (const char *const *argv,
     char             **output)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);

  return process && g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, &error)
         && g_subprocess_get_successful (process);
}

/* A second with a tone of half of full scale in the middle of it. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const guint32 head[] = { 0x46464952, 36 + 2 * RATE, 0x45564157, 0x20746d66, 16,      0x00010001,
                                  RATE,       2 * RATE,      0x00100002, 0x61746164, 2 * RATE };
  g_autofree guint8 *bytes = g_malloc0 (sizeof head + 2 * RATE);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-figure-XXXXXX", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    {
      guint32 le = GUINT32_TO_LE (head[i]);

      memcpy (bytes + 4 * i, &le, 4);
    }
  for (guint i = RATE / 4; i < 3 * RATE / 4; i++)
    {
      gint16 sample = GINT16_TO_LE ((gint16) lround (16384 * sin (2 * G_PI * TONE * i / RATE)));

      memcpy (bytes + sizeof head + 2 * i, &sample, 2);
    }
  path = g_build_filename (fixture->folder, "tone.wav", NULL);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) (sizeof head + 2 * RATE), &error));
  file = g_file_new_for_path (path);
  fixture->source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->source);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static ChorusFigure *
make_figure (Fixture            *fixture,
             ChorusFigureFormat  format)
{
  ChorusFigure *figure = chorus_figure_new (fixture->source, &params);

  figure->format = format;
  figure->width = 120.0;
  figure->height = 80.0;
  figure->with_scale = FALSE;
  figure->with_caption = FALSE;

  return figure;
}

/* Renders @figure into a file, as the program does. */
static char *
save (Fixture      *fixture,
      ChorusFigure *figure)
{
  g_autofree char *name = g_strconcat ("figure.", chorus_figure_format_get_extension (figure->format), NULL);
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  chorus_figure_render_async (figure, target, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  contents = chorus_figure_render_finish (result, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_figure_measured (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "viewer", "check-figure.py", NULL);

  for (guint format = CHORUS_FIGURE_FORMAT_PNG; format <= CHORUS_FIGURE_FORMAT_SVG; format++)
    {
      g_autofree char *path = save (fixture, make_figure (fixture, format));
      const char *argv[] = { PYTHON, script, chorus_figure_format_get_extension (format), path, NULL };

      g_assert_true (run (argv, NULL));
    }
}

/* Narrow spaces come out as others do, and the caption has lines. */
static char *
collapse (const char *text)
{
  g_autoptr (GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (space, text, -1, 0, " ", 0, NULL);
}

/* Everything at once, with texts that are not what they seem. */
static ChorusFigure *
make_full_figure (Fixture            *fixture,
                  ChorusFigureFormat  format)
{
  ChorusFigure *figure = make_figure (fixture, format);
  ChorusFigureBox box = { { 0.2, 0.8 }, { 4000.0, 8000.0 }, g_strdup ("Malabar <i>thrush</i> & %s 0.93"), 1 };
  ChorusFigureBox whole = { { -5.0, 0.1 }, { NAN, NAN }, g_strdup ("No band"), 2 };

  g_array_append_val (figure->boxes, box);
  g_array_append_val (figure->boxes, whole);
  figure->name = g_strdup ("20250604_050000 <b>&amp;%n.WAV");
  figure->recorded = chorus_recording_time_new_from_iso ("2025-06-04T05:00:00+05:30", CHORUS_TIME_SOURCE_PERSON);
  figure->time = CHORUS_FIGURE_TIME_CLOCK;
  figure->with_boxes = figure->with_scale = figure->with_waveform = figure->with_caption = TRUE;

  return figure;
}

/* A second on a thousand pixels: frames stand as close as they ever do, a 32nd of the window. */
static void
test_figure_text (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const expected[] = { "Frequency (kHz)",
                                          "Time (UTC+05:30)",
                                          "05:00:00.5",
                                          "Level (dBFS)",
                                          "\u2212100",
                                          "Malabar <i>thrush</i> & %s 0.93",
                                          "20250604_050000 <b>&amp;%n.WAV, 4 Jun 2025 05:00:00 +05:30. Hann window,",
                                          "4096 samples (85.3 ms), hop 128 samples (2.67 ms), sampled at 48 kHz." };
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  g_autofree char *path = save (fixture, make_full_figure (fixture, CHORUS_FIGURE_FORMAT_PDF));
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *output = NULL;
  g_autofree char *text = NULL;
  g_autofree char *contents = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpuint (size, >, 1000);
  g_assert_true (g_str_has_prefix (contents, "%PDF-1."));
  g_assert_cmpmem (contents + size - 6, 6, "%%EOF\n", 6);
  if (!tool)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  g_assert_true (run (argv, &output));
  text = collapse (output);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (!strstr (text, expected[i]))
      g_error ("“%s” is not in the figure:\n%s", expected[i], text);
}

/* Every choice, to see that none of them fails or leaks. */
static void
test_figure_choices (Fixture       *fixture,
                     gconstpointer  data)
{
  for (guint choice = 0; choice < 3 * 3 * 16; choice++)
    {
      g_autoptr (ChorusFigure) figure = make_full_figure (fixture, choice % 3);
      g_autoptr (GBytes) contents = NULL;
      g_autoptr (GError) error = NULL;

      figure->time = choice / 3 % 3;
      figure->with_waveform = (choice / 9) & 1;
      figure->with_scale = (choice / 9 >> 1) & 1;
      figure->with_boxes = (choice / 9 >> 2) & 1;
      figure->with_caption = (choice / 9 >> 3) & 1;
      figure->dpi = 72.0;
      figure->span = (ChorusTimeSpan){ 0.1, choice % 2 ? 0.1001 : 0.9 };
      contents = chorus_figure_render (figure, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (contents), >, 500);
    }
}

static void
test_figure_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct
  {
    double width;
    double height;
    double dpi;
    double font_size;
    const char *sentence;
  } cases[] = {
    { 1000.0, 1000.0, 1200.0, 8.0, "The figure would have 2232 million pixels: choose a smaller size or resolution." },
    { NAN, 80.0, 300.0, 8.0, "The figure cannot be drawn at this size: choose another size or resolution." },
    { 120.0, -1.0, 300.0, 8.0, "The figure cannot be drawn at this size: choose another size or resolution." },
    { 120.0, 80.0, 1e9, 8.0, "The figure cannot be drawn at this size: choose another size or resolution." },
    { 40.0, 40.0, 300.0, 36.0, "The figure is too small for its labels: choose a larger size or a smaller font." },
  };
  g_autoptr (ChorusFigure) figure = make_figure (fixture, CHORUS_FIGURE_FORMAT_PNG);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (chorus_figure_render (figure, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      figure->width = cases[i].width;
      figure->height = cases[i].height;
      figure->dpi = cases[i].dpi;
      figure->font_size = cases[i].font_size;
      g_assert_null (chorus_figure_render (figure, NULL, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_cmpstr (error->message, ==, cases[i].sentence);
      g_clear_error (&error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/viewer/figure/measured", Fixture, NULL, set_up, test_figure_measured, tear_down);
  g_test_add ("/viewer/figure/text", Fixture, NULL, set_up, test_figure_text, tear_down);
  g_test_add ("/viewer/figure/choices", Fixture, NULL, set_up, test_figure_choices, tear_down);
  g_test_add ("/viewer/figure/refused", Fixture, NULL, set_up, test_figure_refused, tear_down);

  return g_test_run ();
}
