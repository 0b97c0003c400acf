/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How to look at what kind of voice. Pure values. */

#pragma once

#include "core/chorus-frequency-band.h"
#include "dsp/chorus-stft.h"

#include "chorus-frequency-scale.h"

G_BEGIN_DECLS

/* The largest overlap of a transform with the next, as a part of its length. */
#define CHORUS_VIEW_SESSION_MOST_OVERLAP 0.95
/* The largest beta of a Kaiser window. */
#define CHORUS_VIEW_SESSION_MOST_BETA 30.0

/**
 * ChorusViewPreset:
 * @CHORUS_VIEW_PRESET_CUSTOM: as a person has set it
 * @CHORUS_VIEW_PRESET_BIRDS: birds
 * @CHORUS_VIEW_PRESET_BATS: bats
 * @CHORUS_VIEW_PRESET_INSECTS_AND_FROGS: insects and frogs
 * @CHORUS_VIEW_PRESET_WHALES: whales
 *
 * A choice of all that suits one kind of voice.
 */
typedef enum
{
  CHORUS_VIEW_PRESET_CUSTOM,
  CHORUS_VIEW_PRESET_BIRDS,
  CHORUS_VIEW_PRESET_BATS,
  CHORUS_VIEW_PRESET_INSECTS_AND_FROGS,
  CHORUS_VIEW_PRESET_WHALES,
  CHORUS_VIEW_PRESET_N,
} ChorusViewPreset;

/**
 * ChorusViewPresetValues:
 * @window_length: samples, a power of two from %CHORUS_STFT_MIN_WINDOW_LENGTH to %CHORUS_STFT_MAX_WINDOW_LENGTH
 * @overlap: how much of a transform its successor shares, 0 to %CHORUS_VIEW_SESSION_MOST_OVERLAP
 * @window_function: the window
 * @scale: what is even along the frequency axis
 * @band: what to show, in Hz, no higher than the recording goes
 *
 * What a preset comes to for one recording. The range of levels is found by itself.
 */
typedef struct
{
  guint window_length;
  double overlap;
  ChorusWindowFunction window_function;
  ChorusFrequencyScale scale;
  ChorusFrequencyBand band;
} ChorusViewPresetValues;

/**
 * chorus_view_preset_round_window:
 * @samples: a length
 *
 * Returns: the window length that is nearest by ratio: a power of two from %CHORUS_STFT_MIN_WINDOW_LENGTH to
 *   %CHORUS_STFT_MAX_WINDOW_LENGTH
 */
guint chorus_view_preset_round_window (guint samples);

/**
 * chorus_view_preset_get_values:
 * @preset: a preset
 * @sample_rate: that of the recording, in Hz
 * @values: (out caller-allocates): what it comes to
 *
 * Returns: whether there are any; %CHORUS_VIEW_PRESET_CUSTOM has none
 */
gboolean chorus_view_preset_get_values (ChorusViewPreset        preset,
                                        double                  sample_rate,
                                        ChorusViewPresetValues *values);

G_END_DECLS
