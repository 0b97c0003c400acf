/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "soundscape-scenes.h"

#include <math.h>
#include <stdlib.h>

#define CHORUS_SOUNDSCAPE_MAX_VOICES 6u

/* An animal: the call it repeats, its band in Hz, how long a call and how far apart the calls are in seconds. */
typedef struct
{
  ChorusSynthKind kind;
  double low;
  double high;
  double duration;
  double period;
  double amplitude;
} ChorusSoundscapeVoice;

typedef struct
{
  const char *name;
  double pink;
  double wind;
  double hum;
  ChorusSoundscapeVoice voices[CHORUS_SOUNDSCAPE_MAX_VOICES];
} ChorusSoundscapeScene;

static const ChorusSoundscapeScene chorus_soundscape_scenes[CHORUS_SOUNDSCAPE_N_SCENES] = {
  /* Dawn chorus. */
  { "SYNTHETIC_20250604_050000",
    0.006,
    0.0,
    0.0,
    {
      { CHORUS_SYNTH_FALLING_WHISTLE, 2200.0, 3400.0, 0.9, 4.2, 0.10 },
      { CHORUS_SYNTH_WHISTLE, 1500.0, 2050.0, 0.5, 3.1, 0.05 },
      { CHORUS_SYNTH_TRILL, 5200.0, 6400.0, 1.3, 5.4, 0.06 },
      { CHORUS_SYNTH_TWO_NOTE, 3700.0, 4700.0, 0.8, 3.6, 0.07 },
      { CHORUS_SYNTH_TRILL, 7300.0, 8600.0, 0.6, 6.5, 0.04 },
      { CHORUS_SYNTH_HOOT, 480.0, 560.0, 0.7, 7.9, 0.05 },
    } },
  /* Night: frogs and insects. */
  { "SYNTHETIC_20250604_203000",
    0.004,
    0.0,
    0.0,
    {
      { CHORUS_SYNTH_CROAK, 500.0, 2400.0, 0.6, 2.3, 0.12 },
      { CHORUS_SYNTH_CROAK, 1100.0, 3600.0, 0.35, 3.7, 0.06 },
      { CHORUS_SYNTH_CRICKET, 4300.0, 4600.0, 3.2, 6.1, 0.05 },
      { CHORUS_SYNTH_CRICKET, 6900.0, 7200.0, 2.1, 7.3, 0.03 },
      { CHORUS_SYNTH_HOOT, 330.0, 410.0, 0.9, 11.0, 0.06 },
    } },
  /* A quiet hour: wind, a hum from far off, few calls. */
  { "SYNTHETIC_20250605_053000",
    0.003,
    0.01,
    0.004,
    {
      { CHORUS_SYNTH_TWO_NOTE, 2600.0, 3200.0, 0.9, 9.5, 0.05 },
      { CHORUS_SYNTH_FALLING_WHISTLE, 4000.0, 5600.0, 0.5, 12.5, 0.03 },
    } },
};

const char *
chorus_soundscape_scene_get_name (unsigned scene)
{
  return chorus_soundscape_scenes[scene].name;
}

static int
chorus_soundscape_compare_calls (const void *a,
                                 const void *b)
{
  const ChorusSynthCall *x = a;
  const ChorusSynthCall *y = b;

  if (x->start == y->start)
    return (x->low > y->low) - (x->low < y->low);

  return x->start > y->start ? 1 : -1;
}

static void
chorus_soundscape_plan_voice (const ChorusSoundscapeVoice *voice,
                              ChorusSynthRandom           *random,
                              double                       seconds,
                              ChorusSoundscapeCalls       *calls)
{
  double start = chorus_synth_random_uniform (random, 0.4, 0.4 + voice->period / 2.0);

  while (start + voice->duration < seconds - 0.2 && calls->n_calls < CHORUS_SOUNDSCAPE_MAX_CALLS)
    {
      double loudness = chorus_synth_random_uniform (random, 0.5, 1.0);

      calls->calls[calls->n_calls++] = (ChorusSynthCall){
        voice->kind, start, start + voice->duration, voice->low, voice->high, voice->amplitude * loudness,
      };
      start += voice->period * chorus_synth_random_uniform (random, 0.85, 1.2);
    }
}

void
chorus_soundscape_scene_plan (unsigned               scene,
                              uint64_t               seed,
                              double                 seconds,
                              double                 rate,
                              ChorusSoundscapeCalls *calls)
{
  ChorusSynthRandom random = { seed };

  calls->n_calls = 0;
  for (unsigned i = 0; i < CHORUS_SOUNDSCAPE_MAX_VOICES; i++)
    {
      const ChorusSoundscapeVoice *voice = &chorus_soundscape_scenes[scene].voices[i];

      if (voice->duration > 0.0 && voice->high < 0.45 * rate)
        chorus_soundscape_plan_voice (voice, &random, seconds, calls);
    }

  qsort (calls->calls, calls->n_calls, sizeof *calls->calls, chorus_soundscape_compare_calls);
}

void
chorus_soundscape_scene_render (unsigned                     scene,
                                uint64_t                     seed,
                                const ChorusSoundscapeCalls *calls,
                                double                       rate,
                                float                       *samples,
                                size_t                       n)
{
  const ChorusSoundscapeScene *settings = &chorus_soundscape_scenes[scene];
  ChorusSynthRandom random = { seed };

  chorus_synth_add_pink (&random, settings->pink, rate, samples, n);
  if (settings->wind > 0.0)
    chorus_synth_add_wind (&random, settings->wind, rate, samples, n);
  if (settings->hum > 0.0)
    chorus_synth_add_hum (settings->hum, rate, samples, n);
  for (size_t i = 0; i < calls->n_calls; i++)
    chorus_synth_add_call (&calls->calls[i], rate, samples, n);
}
