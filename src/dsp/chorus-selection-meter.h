/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-stft.h"

/**
 * ChorusSelectionPart:
 * @CHORUS_SELECTION_BEFORE: surroundings before the selection
 * @CHORUS_SELECTION_INSIDE: the selection itself
 * @CHORUS_SELECTION_AFTER: surroundings after the selection
 *
 * Where samples belong that are given to a #ChorusSelectionMeter.
 */
typedef enum
{
  CHORUS_SELECTION_BEFORE,
  CHORUS_SELECTION_INSIDE,
  CHORUS_SELECTION_AFTER,
} ChorusSelectionPart;

/**
 * ChorusSelectionMeasurements:
 * @duration: length of the selection, in seconds; Raven's Delta Time
 * @low: lower edge of the band, in Hz
 * @high: upper edge of the band, in Hz
 * @delta_frequency: @high less @low, in Hz
 * @peak_frequency: the bin with the most power in one frame, in Hz
 * @peak_power_time: the center of that frame, in seconds
 * @peak_power_db: the level of that bin in that frame, in dBFS, as a spectrogram of the selection alone would show it
 * @peak_time: the first sample of the greatest magnitude, in seconds; from the waveform, whatever the band
 * @peak_db: that magnitude against full scale, in dBFS; from the waveform, whatever the band
 * @frequency_5: 5 % of the energy lies in this bin and below, in Hz
 * @frequency_25: the same for 25 %, the first quartile
 * @center_frequency: the same for half of the energy
 * @frequency_75: the same for 75 %, the third quartile
 * @frequency_95: the same for 95 %
 * @bandwidth_50: between the quartiles, in Hz
 * @bandwidth_90: from @frequency_5 to @frequency_95, in Hz
 * @time_5: 5 % of the energy has passed at the end of the frame centered here, in seconds
 * @time_25: the same for 25 %, the first quartile
 * @center_time: the same for half of the energy
 * @time_75: the same for 75 %, the third quartile
 * @time_95: the same for 95 %
 * @duration_50: between the quartiles, in seconds
 * @duration_90: from @time_5 to @time_95, in seconds
 * @rms_db: root mean square level in the band, in dBFS; Raven's Inband Power but for the reference
 * @sel_db: level of the energy in the band, in dBFS for one second
 * @snr_db: level of the signal in the band above that of the surroundings, in dB
 *
 * What can be said of a selection. Times are seconds from its beginning.
 *
 * The names and definitions are those of Raven Pro (R. A. Charif, A. M. Waack and L. M. Strickman, "Raven Pro 1.4
 * User's Manual", Cornell Lab of Ornithology, 2010, chapter on measurements): frequencies and times at a percentage are
 * the first discrete frequency or frame at which the energy, added up over the frames and bins of the band, reaches
 * that percentage. They are as fine as the bins and the frames are; @time_5 and its like of more than 65536 frames are
 * as fine as a 65536th of the selection.
 *
 * Levels are relative to a full-scale sine, as everywhere in Chorus: a sine of amplitude 1 is at 0 dBFS in @rms_db and,
 * if it lasts one second, in @sel_db. The latter is what is called sound exposure level (ISO 18405:2017, 3.2.1.5) of a
 * calibrated recording; here it knows of full scale and not of pressure.
 *
 * @snr_db follows the protocol that Raven's makers publish ("Signal-to-Noise Ratio (SNR) – user protocol", knowledge
 * base of Raven Sound Software): with S the mean square in the band inside the selection and N the same of the
 * surroundings, before and after alike, it is 10 log10 ((S - N) / N). It is minus infinity where S is not above N,
 * infinity where the surroundings are digital silence, and NAN where there are no surroundings or nothing at all.
 *
 * Where there is no energy in the band, levels are %CHORUS_MEASURE_FLOOR_DB, and frequencies and times of energy NAN.
 */
typedef struct
{
  double duration;
  double low;
  double high;
  double delta_frequency;
  double peak_frequency;
  double peak_power_time;
  double peak_power_db;
  double peak_time;
  double peak_db;
  double frequency_5;
  double frequency_25;
  double center_frequency;
  double frequency_75;
  double frequency_95;
  double bandwidth_50;
  double bandwidth_90;
  double time_5;
  double time_25;
  double center_time;
  double time_75;
  double time_95;
  double duration_50;
  double duration_90;
  double rms_db;
  double sel_db;
  double snr_db;
} ChorusSelectionMeasurements;

/**
 * ChorusSelectionMeter:
 *
 * Measures a selection of time, or of time and band, while its samples pass by.
 *
 * Only the samples inside count, with silence around them, so that what is measured does not depend on what is next to
 * a selection. Frames are at most a quarter of a window apart (an eighth for Blackman-Harris and Kaiser windows),
 * however far apart they are on screen, because then every sample weighs the same in their sum. A bin counts in so
 * far as its width lies in the band, and may be the peak if its frequency does; a band that is narrower than a bin is
 * the bin nearest to its middle.
 *
 * Memory stays under 2 MB beyond that of the transform, however long the selection is.
 *
 * Use an object from one thread at a time.
 */
typedef struct _ChorusSelectionMeter ChorusSelectionMeter;

/**
 * chorus_selection_meter_new:
 * @params: the transform, as the spectrogram has it
 * @rate: samples in a second
 * @low: the lower edge of the band, in Hz; what is below 0 or not a number is 0
 * @high: the upper edge of the band, in Hz; what is above half of @rate, or not a number, is half of @rate
 *
 * Returns: (transfer full) (nullable): a meter, or %NULL if @params or @rate are out of range, @low is above @high or
 *   above half of @rate, or memory is short
 */
ChorusSelectionMeter *chorus_selection_meter_new (const ChorusStftParams *params,
                                                  double                  rate,
                                                  double                  low,
                                                  double                  high);

/**
 * chorus_selection_meter_free:
 * @meter: (transfer full) (nullable): a meter
 *
 * Frees a meter.
 */
void chorus_selection_meter_free (ChorusSelectionMeter *meter);

/**
 * chorus_selection_meter_push:
 * @meter: a meter
 * @part: where the samples belong; never goes back to an earlier part
 * @samples: (array length=n): the next samples, full scale 1; damage counts as 0 (see %CHORUS_STFT_SAMPLE_LIMIT)
 * @n: how many
 *
 * Takes the samples of a recording in order, in pieces of any length: some of those before the selection, if any; those
 * of the selection, all of them; some of those after it, if any. The result does not depend on the pieces.
 */
void chorus_selection_meter_push (ChorusSelectionMeter *meter,
                                  ChorusSelectionPart   part,
                                  const float          *samples,
                                  size_t                n);

/**
 * chorus_selection_meter_finish:
 * @meter: a meter; nothing can be pushed any more
 * @measurements: (out caller-allocates): receives what was measured
 *
 * Measures what was pushed.
 */
void chorus_selection_meter_finish (ChorusSelectionMeter        *meter,
                                    ChorusSelectionMeasurements *measurements);
