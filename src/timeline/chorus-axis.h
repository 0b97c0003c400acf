/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From seconds and Hz to places on the screen and back, and where along them the ticks stand. No state, no GTK. */

#pragma once

#include "core/chorus-recording-time.h"

#include "chorus-frequency-scale.h"

G_BEGIN_DECLS

/**
 * ChorusAxis:
 * @low: the value at the beginning, in seconds or Hz
 * @high: the value at the end, in seconds or Hz
 * @length: how long the axis is drawn, in pixels
 * @inverted: whether the axis grows towards position 0, as frequency does on a screen
 * @scale: what is even along the axis; time is linear
 *
 * A mapping of values to positions. A logarithmic one begins above 0.
 */
typedef struct
{
  double low;
  double high;
  double length;
  gboolean inverted;
  ChorusFrequencyScale scale;
} ChorusAxis;

/**
 * ChorusTick:
 * @value: where it stands, in seconds or Hz
 * @position: where it stands, in pixels
 * @label: (nullable): text for it; %NULL for the small ticks between
 *
 * One mark on an axis.
 */
typedef struct
{
  double value;
  double position;
  char *label;
} ChorusTick;

/**
 * ChorusAxisMeasure:
 * @label: the text of a tick
 * @user_data: what was given with the function
 *
 * Returns: the length that @label takes along the axis, in pixels, with the air it needs around it
 */
typedef double (*ChorusAxisMeasure) (const char *label, gpointer user_data);

/**
 * chorus_axis_to_position:
 * @axis: an axis
 * @value: seconds or Hz
 *
 * Returns: its position, in pixels; may lie outside the axis
 */
double chorus_axis_to_position (const ChorusAxis *axis,
                                double            value);

/**
 * chorus_axis_to_value:
 * @axis: an axis
 * @position: pixels
 *
 * Returns: its value, in seconds or Hz; may lie outside the axis
 */
double chorus_axis_to_value (const ChorusAxis *axis,
                             double            position);

/**
 * chorus_axis_time_step:
 * @least: the smallest step wanted, in seconds
 *
 * Steps are 1, 2 and 5 times a power of ten up to 5 s, then those of a clock: 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min,
 * 1, 2, 3, 6, 12 h, then whole days.
 *
 * Returns: the smallest round step that is not below @least, in seconds
 */
double chorus_axis_time_step (double least);

/**
 * chorus_axis_frequency_step:
 * @least: the smallest step wanted, in Hz
 *
 * Returns: the smallest of 1, 2 and 5 times a power of ten that is not below @least, in Hz
 */
double chorus_axis_frequency_step (double least);

/**
 * chorus_axis_time_ticks:
 * @axis: seconds
 * @origin: (nullable): when the recording began, to label by the clock; %NULL to count from its start
 * @measure: measures labels
 * @user_data: for @measure
 *
 * Finds the ticks of a time axis: as many labels as fit and no more.
 *
 * Returns: (transfer full) (element-type ChorusTick): the ticks, in order; free with g_array_unref()
 */
GArray *chorus_axis_time_ticks (const ChorusAxis          *axis,
                                const ChorusRecordingTime *origin,
                                ChorusAxisMeasure          measure,
                                gpointer                   user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_axis_frequency_ticks:
 * @axis: Hz
 * @measure: measures labels
 * @user_data: for @measure
 *
 * Finds the ticks of a frequency axis, labeled in kHz as soon as the axis reaches 1 kHz, and in Hz below. The unit
 * itself is not repeated on every label; [func@axis_frequency_unit] tells it. Where a scale is not linear, labels stand at
 * 1, 2 and 5 times the powers of ten, or at even steps where it shows too few of those.
 *
 * Returns: (transfer full) (element-type ChorusTick): the ticks, in order; free with g_array_unref()
 */
GArray *chorus_axis_frequency_ticks (const ChorusAxis  *axis,
                                     ChorusAxisMeasure  measure,
                                     gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_axis_frequency_unit:
 * @axis: Hz
 *
 * Returns: (transfer none): "Hz" or "kHz"
 */
const char *chorus_axis_frequency_unit (const ChorusAxis *axis);

/**
 * chorus_axis_format_time:
 * @seconds: from the start of the recording
 * @step: what differences matter, in seconds; decides the number of decimals, six at most
 * @origin: (nullable): when the recording began, to tell the time by the clock
 *
 * Returns: (transfer full): "0:12.345", "1:02:03", or "05:00:12.345" by the clock; the day alone, such as "4 Jun", by
 *   the clock for steps of days
 */
char *chorus_axis_format_time (double                     seconds,
                               double                     step,
                               const ChorusRecordingTime *origin) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_axis_format_frequency:
 * @hertz: Hz
 *
 * Returns: (transfer full): three or four figures and the unit, such as "3.25 kHz" or "440 Hz"
 */
char *chorus_axis_format_frequency (double hertz) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
