/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "soundscape-synth.h"

#include <math.h>

#define CHORUS_SYNTH_PINK_LOWEST_HZ 20.0
#define CHORUS_SYNTH_PINK_MAX_POLES 16u
#define CHORUS_SYNTH_N_HUM_HARMONICS 20

static uint64_t
chorus_synth_random_next (ChorusSynthRandom *random)
{
  uint64_t z = random->state += 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;

  return z ^ (z >> 31);
}

double
chorus_synth_random_uniform (ChorusSynthRandom *random,
                             double             low,
                             double             high)
{
  return low + (high - low) * (double) (chorus_synth_random_next (random) >> 11) * 0x1p-53;
}

/* White noise of variance 1. */
static double
chorus_synth_random_white (ChorusSynthRandom *random)
{
  return chorus_synth_random_uniform (random, -sqrt (3.0), sqrt (3.0));
}

const char *
chorus_synth_kind_get_name (ChorusSynthKind kind)
{
  static const char *const names[CHORUS_SYNTH_N_KINDS] = {
    "whistle", "falling whistle", "trill", "two-note song", "croak", "cricket", "hoot",
  };

  return names[kind];
}

/* A rise and a fall of @edge seconds around a steady part; 0 outside of the note. */
static double
chorus_synth_envelope (double t,
                       double duration,
                       double edge)
{
  double bounded = fmin (edge, duration / 2.0);
  double distance = fmin (t, duration - t);

  if (distance <= 0.0)
    return 0.0;

  return distance >= bounded ? 1.0 : 0.5 - 0.5 * cos (M_PI * distance / bounded);
}

/* The phase, in radians, @t seconds into a tone that slides evenly from one frequency to another. */
static double
chorus_synth_slide (double t,
                    double duration,
                    double from,
                    double to)
{
  return 2.0 * M_PI * (from * t + (to - from) * t * t / (2.0 * duration));
}

static double
chorus_synth_note (double t,
                   double duration,
                   double from,
                   double to,
                   double edge)
{
  if (t < 0.0 || t > duration)
    return 0.0;

  return chorus_synth_envelope (t, duration, edge) * sin (chorus_synth_slide (t, duration, from, to));
}

/* Equal notes in equal slots: the notes of a trill. The last slot ends with its note, so that the call ends there too.
 * */
static double
chorus_synth_trill (double t,
                    double duration,
                    double low,
                    double high)
{
  const double note = 0.05;
  double n_slots = fmax (1.0, round ((duration - note) * 12.0));
  double slot = fmax (note, (duration - note) / n_slots);

  return chorus_synth_note (t - slot * floor (t / slot), note, high, low, 0.012);
}

static double
chorus_synth_croak (double t,
                    double duration,
                    double low,
                    double high)
{
  double fundamental = low + 60.0;
  double pulse = 0.5 - 0.5 * cos (2.0 * M_PI * 30.0 * t);
  double sum = 0.0;
  double weight = 1.0;

  for (double harmonic = fundamental; harmonic <= high - 60.0; harmonic += fundamental)
    {
      sum += weight * sin (2.0 * M_PI * harmonic * t);
      weight *= 0.7;
    }

  return 0.6 * sum * pulse * pulse * chorus_synth_envelope (t, duration, 0.04);
}

/* Chirps of three pulses, five chirps in two seconds, the last one whole. */
static double
chorus_synth_cricket (double t,
                      double duration,
                      double low,
                      double high)
{
  const double pulse = 0.018;
  const double pulse_slot = 0.032;
  const double chirp = 2.0 * pulse_slot + pulse;
  double n_slots = fmax (1.0, round ((duration - chirp) * 2.5));
  double slot = fmax (chirp, (duration - chirp) / n_slots);
  double within = t - slot * floor (t / slot);
  double middle = (low + high) / 2.0;

  if (within > chirp)
    return 0.0;

  return chorus_synth_note (within - pulse_slot * floor (within / pulse_slot), pulse, middle, middle, 0.006);
}

static double
chorus_synth_call_at (const ChorusSynthCall *call,
                      double                 t)
{
  double duration = call->end - call->start;
  double middle = (call->low + call->high) / 2.0;
  double note = duration * 0.45;

  switch (call->kind)
    {
    case CHORUS_SYNTH_WHISTLE:
      return chorus_synth_note (t, duration, call->low, call->high, 0.03);

    case CHORUS_SYNTH_FALLING_WHISTLE:
      return chorus_synth_note (t, duration, call->high, call->low, 0.03);

    case CHORUS_SYNTH_TRILL:
      return chorus_synth_trill (t, duration, call->low, call->high);

    case CHORUS_SYNTH_TWO_NOTE:
      return chorus_synth_note (t, note, call->high, call->high, 0.02)
             + chorus_synth_note (t - (duration - note), note, call->low, call->low, 0.02);

    case CHORUS_SYNTH_CROAK:
      return chorus_synth_croak (t, duration, call->low, call->high);

    case CHORUS_SYNTH_CRICKET:
      return chorus_synth_cricket (t, duration, call->low, call->high);

    case CHORUS_SYNTH_HOOT:
    case CHORUS_SYNTH_N_KINDS:
    default:
      return chorus_synth_note (t, duration, middle, middle, 0.06);
    }
}

void
chorus_synth_add_call (const ChorusSynthCall *call,
                       double                 rate,
                       float                 *samples,
                       size_t                 n)
{
  size_t first = (size_t) ceil (fmax (call->start, 0.0) * rate);

  for (size_t i = first; i < n && (double) i / rate < call->end; i++)
    samples[i] += (float) (call->amplitude * chorus_synth_call_at (call, (double) i / rate - call->start));
}

/* Independent noises, each behind a one-pole low-pass filter an octave above the last and all of the same power, add
 * up to a spectrum that falls by 3 dB an octave. */
void
chorus_synth_add_pink (ChorusSynthRandom *random,
                       double             rms,
                       double             rate,
                       float             *samples,
                       size_t             n)
{
  double keep[CHORUS_SYNTH_PINK_MAX_POLES];
  double gain[CHORUS_SYNTH_PINK_MAX_POLES];
  double state[CHORUS_SYNTH_PINK_MAX_POLES] = { 0.0 };
  unsigned n_poles = 0;

  for (double hz = CHORUS_SYNTH_PINK_LOWEST_HZ; hz < rate / 2.0 && n_poles < CHORUS_SYNTH_PINK_MAX_POLES; hz *= 2.0)
    {
      keep[n_poles] = exp (-2.0 * M_PI * hz / rate);
      gain[n_poles] = sqrt (1.0 - keep[n_poles] * keep[n_poles]);
      n_poles++;
    }

  for (size_t i = 0; i < n; i++)
    {
      double sum = 0.0;

      for (unsigned pole = 0; pole < n_poles; pole++)
        {
          state[pole] = keep[pole] * state[pole] + gain[pole] * chorus_synth_random_white (random);
          sum += state[pole];
        }
      samples[i] += (float) (rms * sum / sqrt (n_poles));
    }
}

void
chorus_synth_add_wind (ChorusSynthRandom *random,
                       double             rms,
                       double             rate,
                       float             *samples,
                       size_t             n)
{
  double rumble_keep = exp (-2.0 * M_PI * 90.0 / rate);
  double gust_keep = exp (-2.0 * M_PI * 0.3 / rate);
  double first = 0.0;
  double second = 0.0;
  double gust = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      /* Two poles fall steeply enough to leave the birds alone. */
      first = rumble_keep * first + (1.0 - rumble_keep) * chorus_synth_random_white (random);
      second = rumble_keep * second + (1.0 - rumble_keep) * first;
      gust = gust_keep * gust + sqrt (1.0 - gust_keep * gust_keep) * chorus_synth_random_white (random);
      samples[i] += (float) (rms * exp (0.6 * gust) * second / sqrt ((1.0 - rumble_keep) / 4.0));
    }
}

void
chorus_synth_add_rain (ChorusSynthRandom *random,
                       double             per_second,
                       double             amplitude,
                       double             rate,
                       float             *samples,
                       size_t             n)
{
  for (size_t start = 0; start < n; start++)
    {
      size_t length = (size_t) (rate * 0.008);
      double strength;
      double decay;

      if (chorus_synth_random_uniform (random, 0.0, rate) >= per_second)
        continue;

      strength = amplitude * chorus_synth_random_uniform (random, 0.2, 1.0);
      decay = chorus_synth_random_uniform (random, 0.0005, 0.0015) * rate;
      for (size_t i = 0; i < length && start + i < n; i++)
        {
          double white = chorus_synth_random_uniform (random, -1.0, 1.0);

          samples[start + i] += (float) (strength * exp (-(double) i / decay) * white);
        }
    }
}

void
chorus_synth_add_hum (double  amplitude,
                      double  rate,
                      float  *samples,
                      size_t  n)
{
  for (int harmonic = 1; harmonic <= CHORUS_SYNTH_N_HUM_HARMONICS; harmonic++)
    for (size_t i = 0; i < n; i++)
      samples[i] += (float) (amplitude / harmonic * sin (2.0 * M_PI * 50.0 * harmonic * (double) i / rate + harmonic));
}
