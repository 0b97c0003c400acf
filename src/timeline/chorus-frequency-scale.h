/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How frequencies are spread over a picture. No state, no GTK. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusFrequencyScale:
 * @CHORUS_FREQUENCY_SCALE_LINEAR: every hertz as high as the next
 * @CHORUS_FREQUENCY_SCALE_LOGARITHMIC: every octave as high as the next
 * @CHORUS_FREQUENCY_SCALE_MEL: steps of pitch that people hear as equal, almost linear below 700 Hz and almost
 *   logarithmic above
 *
 * What is even along a frequency axis.
 *
 * The mel scale is that of D. O'Shaughnessy, "Speech Communication: Human and Machine", Addison-Wesley, 1987:
 * 2595 log10 (1 + f / 700).
 */
typedef enum
{
  CHORUS_FREQUENCY_SCALE_LINEAR,
  CHORUS_FREQUENCY_SCALE_LOGARITHMIC,
  CHORUS_FREQUENCY_SCALE_MEL,
} ChorusFrequencyScale;

/**
 * chorus_frequency_scale_get_floor:
 * @scale: a scale
 * @nyquist: the highest frequency of the recording, in Hz
 *
 * The lowest frequency that is shown. A logarithmic axis cannot begin at 0 Hz. It has ten octaves: from 23 Hz at a
 * sample rate of 48 kHz, about where hearing begins, and as deep below for what was recorded slowly, so that a whale
 * at 10 Hz is in the picture. It does not depend on the window, or another window would move the axis.
 *
 * Returns: the lowest frequency, in Hz; 0 for scales that begin there
 */
double chorus_frequency_scale_get_floor (ChorusFrequencyScale scale,
                                         double               nyquist);

/**
 * chorus_frequency_scale_forward:
 * @scale: a scale
 * @hertz: a frequency, in Hz
 *
 * Returns: the frequency in units that are even along the axis: Hz, octaves above 1 Hz, or mel. On a logarithmic scale
 *   everything up to a millihertz stands at one place, far below any axis.
 */
double chorus_frequency_scale_forward (ChorusFrequencyScale scale,
                                       double               hertz);

/**
 * chorus_frequency_scale_backward:
 * @scale: a scale
 * @value: Hz, octaves above 1 Hz, or mel
 *
 * Returns: the frequency, in Hz
 */
double chorus_frequency_scale_backward (ChorusFrequencyScale scale,
                                        double               value);

G_END_DECLS
