/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-view-preset.h"

#include <math.h>

/* The band goes up to the highest frequency there is where that is lower. The window is a length of time, because what
 * suits a voice does not depend on how it was sampled. */
typedef struct
{
  double window;
  double overlap;
  ChorusWindowFunction function;
  ChorusFrequencyScale scale;
  double low;
  double high;
} ChorusViewPresetRow;

/* Birds: 1024 samples at 48 kHz, Hann, 50 %, up to 15 kHz, as BirdNET 2.4 computes its upper picture (its model
 * documentation) and as Wägele and Tschan (2024) print theirs.
 *
 * Bats: 512 samples at 256 kHz, 75 %, 10 to 120 kHz, as BatDetect2 (Mac Aodha et al. 2022). A shorter window would show
 * the sweeps of FM bats steeper, a longer one the constant part of horseshoe bats thinner.
 *
 * Insects and frogs: 512 samples at 44.1 kHz, as warbleR draws by default, for pulses a few milliseconds apart, with a
 * little more overlap; on the mel scale, so that a frog at 500 Hz and a katydid at 18 kHz both have room.
 *
 * Whales: 640 samples at 2048 Hz, Hann, 80 %, as Baumgartner and Mussoline (2011, J. Acoust. Soc. Am. 129) for baleen
 * whales; logarithmic, so that a fin whale at 20 Hz, a humpback at 1 kHz and whistles at 10 kHz are in one picture. */
static const ChorusViewPresetRow rows[CHORUS_VIEW_PRESET_N] = {
  [CHORUS_VIEW_PRESET_BIRDS] = { 1024.0 / 48000.0, 0.5, CHORUS_WINDOW_FUNCTION_HANN, CHORUS_FREQUENCY_SCALE_LINEAR, 0.0,
                                 15000.0 },
  [CHORUS_VIEW_PRESET_BATS] = { 512.0 / 256000.0, 0.75, CHORUS_WINDOW_FUNCTION_HANN, CHORUS_FREQUENCY_SCALE_LINEAR,
                                10000.0, 120000.0 },
  [CHORUS_VIEW_PRESET_INSECTS_AND_FROGS] = { 512.0 / 44100.0, 0.75, CHORUS_WINDOW_FUNCTION_HANN,
                                             CHORUS_FREQUENCY_SCALE_MEL, 0.0, 22050.0 },
  [CHORUS_VIEW_PRESET_WHALES] = { 640.0 / 2048.0, 0.8, CHORUS_WINDOW_FUNCTION_HANN, CHORUS_FREQUENCY_SCALE_LOGARITHMIC,
                                  0.0, 24000.0 },
};

guint
chorus_view_preset_round_window (guint samples)
{
  guint rounded = CHORUS_STFT_MIN_WINDOW_LENGTH;

  while (rounded < CHORUS_STFT_MAX_WINDOW_LENGTH && (guint64) rounded * rounded * 2 <= (guint64) samples * samples)
    rounded *= 2;

  return rounded;
}

gboolean
chorus_view_preset_get_values (ChorusViewPreset        preset,
                               double                  sample_rate,
                               ChorusViewPresetValues *values)
{
  double nyquist = sample_rate / 2.0;

  if (preset <= CHORUS_VIEW_PRESET_CUSTOM || preset >= CHORUS_VIEW_PRESET_N)
    return FALSE;
  *values = (ChorusViewPresetValues){
    .window_length = chorus_view_preset_round_window (
      (guint) CLAMP (rows[preset].window * sample_rate, 0.0, 2.0 * CHORUS_STFT_MAX_WINDOW_LENGTH)),
    .overlap = rows[preset].overlap,
    .window_function = rows[preset].function,
    .scale = rows[preset].scale,
    /* In a recording without ultrasound there is nothing to see in the band of bats. */
    .band = { rows[preset].low < nyquist / 2.0 ? rows[preset].low : 0.0, MIN (rows[preset].high, nyquist) },
  };

  return TRUE;
}
