/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes soundscapes of which everything is known: 16-bit WAV files with synthetic calls, and beside each a table of
 * the truth. The same options give the same files. */

#include "soundscape-scenes.h"
#include "soundscape-wav.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHORUS_SOUNDSCAPE_COMMENT "Synthetic soundscape made by chorus-soundscape. No animal was recorded."

typedef struct
{
  const char *path;
  unsigned scene;
  double seconds;
  double rate;
  double seed;
  double channels;
} ChorusSoundscapeOptions;

static const char chorus_soundscape_usage[] =
  "Usage: chorus-soundscape FOLDER\n"
  "         three sample recordings of 24 s at 32 kHz\n"
  "       chorus-soundscape --out FILE [--seconds N] [--rate HZ] [--seed N] [--channels N]\n"
  "         one dawn chorus\n"
  "Beside each WAV file stands the truth: start_s,end_s,low_hz,high_hz,kind\n";

static bool
chorus_soundscape_write_truth (const char                  *wav_path,
                               const ChorusSoundscapeCalls *calls)
{
  size_t length = strlen (wav_path);
  size_t stem = length > 4 && strcmp (wav_path + length - 4, ".wav") == 0 ? length - 4 : length;
  char *path = malloc (stem + sizeof ".csv");
  FILE *file;
  bool written;

  if (!path)
    return false;

  memcpy (path, wav_path, stem);
  memcpy (path + stem, ".csv", sizeof ".csv");
  file = fopen (path, "w");
  free (path);
  if (!file)
    return false;

  fputs ("start_s,end_s,low_hz,high_hz,kind\n", file);
  for (size_t i = 0; i < calls->n_calls; i++)
    {
      const ChorusSynthCall *call = &calls->calls[i];

      fprintf (file, "%.3f,%.3f,%.0f,%.0f,%s\n", call->start, call->end, call->low, call->high,
               chorus_synth_kind_get_name (call->kind));
    }
  written = !ferror (file);

  return fclose (file) == 0 && written;
}

static bool
chorus_soundscape_write (const ChorusSoundscapeOptions *options)
{
  size_t n_frames = (size_t) round (options->seconds * options->rate);
  unsigned n_channels = (unsigned) options->channels;
  uint64_t seed = (uint64_t) options->seed;
  float *channel = malloc ((n_frames + 1) * sizeof *channel);
  float *samples = malloc ((n_frames + 1) * n_channels * sizeof *samples);
  ChorusSoundscapeCalls *calls = malloc (sizeof *calls);
  bool written = false;

  if (channel && samples && calls)
    {
      chorus_soundscape_scene_plan (options->scene, seed, options->seconds, options->rate, calls);
      /* The animals are the same in each channel; the noise is not. */
      for (unsigned i = 0; i < n_channels; i++)
        {
          memset (channel, 0, n_frames * sizeof *channel);
          chorus_soundscape_scene_render (options->scene, seed + 1 + i, calls, options->rate, channel, n_frames);
          for (size_t frame = 0; frame < n_frames; frame++)
            samples[frame * n_channels + i] = channel[frame];
        }
      written = chorus_soundscape_wav_write (options->path, samples, n_frames, n_channels, (unsigned) options->rate,
                                             CHORUS_SOUNDSCAPE_COMMENT)
                && chorus_soundscape_write_truth (options->path, calls);
    }

  if (!written)
    fprintf (stderr, "chorus-soundscape: %s could not be written: %s\n", options->path, strerror (errno));
  free (channel);
  free (samples);
  free (calls);

  return written;
}

static bool
chorus_soundscape_write_samples (const char *folder)
{
  bool written = true;

  for (unsigned scene = 0; scene < CHORUS_SOUNDSCAPE_N_SCENES && written; scene++)
    {
      const char *name = chorus_soundscape_scene_get_name (scene);
      size_t size = strlen (folder) + strlen (name) + sizeof "/.wav";
      char *path = malloc (size);
      ChorusSoundscapeOptions options = { path, scene, 24.0, 32000.0, 2025.0 + scene, 1.0 };

      if (!path)
        return false;

      snprintf (path, size, "%s/%s.wav", folder, name);
      written = chorus_soundscape_write (&options);
      free (path);
    }

  return written;
}

static bool
chorus_soundscape_parse_number (const char *text,
                                double      low,
                                double      high,
                                double     *number)
{
  char *end = NULL;

  *number = strtod (text, &end);

  return end != text && *end == '\0' && *number >= low && *number <= high;
}

static bool
chorus_soundscape_parse (int                       argc,
                         char                    **argv,
                         ChorusSoundscapeOptions  *options)
{
  bool valid = argc % 2 == 1;

  for (int i = 1; i + 1 < argc && valid; i += 2)
    {
      if (strcmp (argv[i], "--out") == 0)
        options->path = argv[i + 1];
      else if (strcmp (argv[i], "--seconds") == 0)
        valid = chorus_soundscape_parse_number (argv[i + 1], 0.0, 86400.0, &options->seconds);
      else if (strcmp (argv[i], "--rate") == 0)
        valid = chorus_soundscape_parse_number (argv[i + 1], 1000.0, 1e6, &options->rate);
      else if (strcmp (argv[i], "--seed") == 0)
        valid = chorus_soundscape_parse_number (argv[i + 1], 0.0, 4294967295.0, &options->seed);
      else if (strcmp (argv[i], "--channels") == 0)
        valid = chorus_soundscape_parse_number (argv[i + 1], 1.0, 64.0, &options->channels);
      else
        valid = false;
    }

  return valid && options->path;
}

int
main (int    argc,
      char **argv)
{
  ChorusSoundscapeOptions options = { NULL, 0, 24.0, 32000.0, 1.0, 1.0 };

  if (argc == 2 && argv[1][0] != '-')
    return chorus_soundscape_write_samples (argv[1]) ? EXIT_SUCCESS : EXIT_FAILURE;

  if (!chorus_soundscape_parse (argc, argv, &options))
    {
      fputs (chorus_soundscape_usage, stderr);
      return EXIT_FAILURE;
    }

  return chorus_soundscape_write (&options) ? EXIT_SUCCESS : EXIT_FAILURE;
}
