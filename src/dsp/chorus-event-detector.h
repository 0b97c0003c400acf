/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * ChorusEvent:
 * @start: when the sound begins, in seconds from the first sample
 * @end: when it ends, in seconds from the first sample
 * @low: the lower edge of its band, in Hz
 * @high: the upper edge of its band, in Hz
 * @peak_level_db: the level of its strongest point in the smoothed spectrogram, in dBFS
 * @snr_db: the mean power of its part of the spectrogram over the background there, in dB
 * @confidence: 0 to 1, see #ChorusEventDetector
 *
 * A sound that stands out of its background. What made it is not known.
 */
typedef struct
{
  double start;
  double end;
  double low;
  double high;
  double peak_level_db;
  double snr_db;
  double confidence;
} ChorusEvent;

/**
 * ChorusEventDetectorParams:
 * @low: ignore what is below, in Hz
 * @high: ignore what is above, in Hz; 0 for no limit
 * @seed_db: an event must rise this far above the background somewhere, in dB
 * @grow_db: and reaches as far as this level above the background, in dB, not more than @seed_db
 * @min_duration: drop shorter events, in seconds; 0 chooses by the resolution of the spectrogram
 * @min_bandwidth: drop narrower events, in Hz
 * @min_confidence: drop less confident events, 0 to 1
 * @merge_gap: join events in the same band with no longer a pause between them, in seconds: the notes of a trill
 * @merge_band: join events that begin and end together with no wider a gap between them, in Hz: harmonics
 *
 * What counts as an event.
 */
typedef struct
{
  double low;
  double high;
  double seed_db;
  double grow_db;
  double min_duration;
  double min_bandwidth;
  double min_confidence;
  double merge_gap;
  double merge_band;
} ChorusEventDetectorParams;

/**
 * ChorusEventDetector:
 *
 * Finds acoustic events in a recording: regions of the spectrogram that stand out of the background. It takes samples
 * in chunks of any size, and its answer does not depend on how they were cut. It never names a species.
 *
 * The method:
 *
 * 1. A spectrogram with a Hann window of about 18.5 ms (1024 samples for recordings of ultrasound, above 100 kHz) and
 *    half of it as the hop, smoothed over 3 frames and 3 bins.
 * 2. The background of a bin is a low percentile of its levels over 30 s (a block of 10 s and its neighbors), raised
 *    to the mean power of the noise that has such a percentile. A constant tone such as mains hum becomes background.
 * 3. The rise above the background is reduced by its median over the bins of the frame, which a click over the whole
 *    band raises and a call does not, and by as much again for the raggedness of clicks.
 * 4. Cells at or above grow_db that hang together, over a gap of one cell at most, are a region (region growing with
 *    hysteresis). It becomes an event if one of its cells reaches seed_db and it is longer than a click, larger than
 *    min_duration and min_bandwidth, and not less confident than min_confidence.
 * 5. Events in the same band with a short pause between them are joined, and events that begin and end together.
 *
 * Sources: the per-bin noise floor from the histogram of levels and events as connected regions above it: M. Towsey,
 * B. Planitz, A. Nantes, J. Wimmer and P. Roe, "A toolbox for animal call recognition", Bioacoustics 21(2), 2012. The
 * comparison with the median both of the bin and of the frame: M. Lasseck, "Bird song classification in field
 * recordings: winning solution for NIPS4B 2013 competition", Proceedings of Neural Information Processing Scaled for
 * Bioacoustics, 2013. The percentile, the decibels and the confidence are our own.
 *
 * The confidence is a logistic function of the mean rise of the region above its background, in dB:
 * 1 / (1 + exp (-(snr_db - 9) / 2 - size)), where size is 0 for a region of 32 cells and more and log2 (cells / 32) /
 * 2 for a smaller one. So 9 dB gives 0.5, 13 dB gives 0.88, and gusts of wind, which are large but weak, stay under
 * 0.5. It is a scale of how well a sound stands out, not a measured probability, and says nothing about what the sound
 * is. Joined events keep the confidence of the best of them.
 *
 * It does not see a sound that goes on for more than two thirds of the time in the same bin, nor one that fills more
 * than half of the band at once.
 *
 * It holds 30 s of levels: under 20 MB at 384 kHz, however long the recording. Of more than some four thousand events
 * it keeps the most confident ones.
 */
typedef struct _ChorusEventDetector ChorusEventDetector;

/**
 * chorus_event_detector_params_init:
 * @params: (out caller-allocates): receives the parameters that suit most recordings
 *
 * Sets the default parameters.
 */
void chorus_event_detector_params_init (ChorusEventDetectorParams *params);

/**
 * chorus_event_detector_new:
 * @sample_rate: samples in a second, 1000 to 1,000,000
 * @params: (nullable): what counts as an event, or %NULL for the defaults
 *
 * Makes a detector for one recording.
 *
 * Returns: (transfer full) (nullable): a detector, or %NULL if a number is out of range or memory is short
 */
ChorusEventDetector *chorus_event_detector_new (double                           sample_rate,
                                                const ChorusEventDetectorParams *params);

/**
 * chorus_event_detector_free:
 * @detector: (transfer full) (nullable): a detector
 *
 * Frees a detector.
 */
void chorus_event_detector_free (ChorusEventDetector *detector);

/**
 * chorus_event_detector_push:
 * @detector: a detector that has not been finished
 * @samples: (array length=n): the next samples of one channel, full scale 1; what is not finite counts as silence
 * @n: how many
 *
 * Listens to more of the recording.
 */
void chorus_event_detector_push (ChorusEventDetector *detector,
                                 const float         *samples,
                                 size_t               n);

/**
 * chorus_event_detector_finish:
 * @detector: a detector
 * @events: (out) (transfer full) (array): receives the events by their start, to be freed with free(); %NULL if there
 *   are none
 *
 * Ends the recording. Afterwards the detector can only be freed.
 *
 * Returns: the number of events
 */
size_t chorus_event_detector_finish (ChorusEventDetector  *detector,
                                     ChorusEvent         **events);
