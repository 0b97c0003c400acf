/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Synthetic calls and noises of which everything is known: for the sample recordings and for tests of detectors. */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* A random number generator of our own, so that a seed gives the same sounds everywhere (SplitMix64). */
typedef struct
{
  uint64_t state;
} ChorusSynthRandom;

double chorus_synth_random_uniform (ChorusSynthRandom *random,
                                    double             low,
                                    double             high);

typedef enum
{
  CHORUS_SYNTH_WHISTLE,         /* a tone that slides up from low to high */
  CHORUS_SYNTH_FALLING_WHISTLE, /* and down */
  CHORUS_SYNTH_TRILL,           /* the same short note, 12 times a second */
  CHORUS_SYNTH_TWO_NOTE,        /* a high note and a low one */
  CHORUS_SYNTH_CROAK,           /* a harmonic sound in 30 pulses a second */
  CHORUS_SYNTH_CRICKET,         /* chirps of three pulses of a pure tone */
  CHORUS_SYNTH_HOOT,            /* a steady low tone */
  CHORUS_SYNTH_N_KINDS,
} ChorusSynthKind;

/* A call: its kind, its time in seconds, its band in Hz, and the amplitude of its strongest part. */
typedef struct
{
  ChorusSynthKind kind;
  double start;
  double end;
  double low;
  double high;
  double amplitude;
} ChorusSynthCall;

const char *chorus_synth_kind_get_name (ChorusSynthKind kind);

/* Each of these adds to samples that are there already, at @rate samples in a second. */
void chorus_synth_add_call (const ChorusSynthCall *call,
                            double                 rate,
                            float                 *samples,
                            size_t                 n);

/* Noise with the same power in each octave from 20 Hz up; @rms is over the whole band. */
void chorus_synth_add_pink (ChorusSynthRandom *random,
                            double             rms,
                            double             rate,
                            float             *samples,
                            size_t             n);

/* Wind on the microphone: gusts of rumble under some 300 Hz. */
void chorus_synth_add_wind (ChorusSynthRandom *random,
                            double             rms,
                            double             rate,
                            float             *samples,
                            size_t             n);

/* Drops on the housing: bursts of white noise that die away within a few milliseconds, @per_second of them on average.
 * */
void chorus_synth_add_rain (ChorusSynthRandom *random,
                            double             per_second,
                            double             amplitude,
                            double             rate,
                            float             *samples,
                            size_t             n);

/* Mains hum: 50 Hz and its harmonics up to 1 kHz, falling by the order of the harmonic. */
void chorus_synth_add_hum (double  amplitude,
                           double  rate,
                           float  *samples,
                           size_t  n);
