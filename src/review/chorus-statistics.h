/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What verdicts say about a model and about each other: functions of numbers alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusInterval:
 * @estimate: the value found
 * @low: the lower end of its 95 % interval
 * @high: the upper end
 */
typedef struct
{
  double estimate;
  double low;
  double high;
} ChorusInterval;

/**
 * chorus_statistics_get_precision:
 * @n_right: how many of the detections are right
 * @n: how many were judged right or wrong
 * @precision: (out caller-allocates): which share is right
 *
 * Estimates the precision of a model from verdicts, with the score interval of Wilson (1927), "Probable inference, the law
 * of succession, and statistical inference", Journal of the American Statistical Association 22, without a correction for
 * continuity. It holds for a random sample of the detections in question, not for one that was drawn to have as many of each
 * confidence.
 *
 * Returns: whether there was anything to judge by; if not, the estimate is NaN and the interval 0 to 1
 */
gboolean chorus_statistics_get_precision (guint           n_right,
                                          guint           n,
                                          ChorusInterval *precision);

/**
 * ChorusCalibrationWarning:
 * @CHORUS_CALIBRATION_FEW: fewer than 50 detections were judged
 * @CHORUS_CALIBRATION_FEW_RIGHT: fewer than 10 of them are right
 * @CHORUS_CALIBRATION_FEW_WRONG: fewer than 10 of them are wrong
 * @CHORUS_CALIBRATION_SEPARABLE: some confidence parts right from wrong without an exception, or there is only one of the two:
 *   there is no finite estimate
 * @CHORUS_CALIBRATION_NO_SPREAD: all have the same confidence
 * @CHORUS_CALIBRATION_NOT_RISING: a greater confidence does not go with more that is right, or not for certain
 * @CHORUS_CALIBRATION_BEYOND: the threshold lies outside of the confidences that were judged
 *
 * Why a threshold is not to be relied on. The numbers 10 and 50 are ours: 10 of the rarer outcome for the one predictor is the
 * usual rule for logistic regression (Peduzzi and others, 1996), and 50 a species is what validations of BirdNET judge.
 */
typedef enum
{
  CHORUS_CALIBRATION_FEW = 1 << 0,
  CHORUS_CALIBRATION_FEW_RIGHT = 1 << 1,
  CHORUS_CALIBRATION_FEW_WRONG = 1 << 2,
  CHORUS_CALIBRATION_SEPARABLE = 1 << 3,
  CHORUS_CALIBRATION_NO_SPREAD = 1 << 4,
  CHORUS_CALIBRATION_NOT_RISING = 1 << 5,
  CHORUS_CALIBRATION_BEYOND = 1 << 6,
} ChorusCalibrationWarning;

/**
 * ChorusCalibrationScale:
 * @CHORUS_CALIBRATION_LOGIT: the logit of the confidence, ln (c / (1 - c)), with c kept within 0.0001 and 0.9999
 * @CHORUS_CALIBRATION_LINEAR: the confidence itself
 *
 * What correctness is regressed on.
 */
typedef enum
{
  CHORUS_CALIBRATION_LOGIT,
  CHORUS_CALIBRATION_LINEAR,
} ChorusCalibrationScale;

/**
 * ChorusCalibration:
 * @scale: what correctness was regressed on
 * @intercept: the intercept
 * @slope: the slope
 * @intercept_error: its standard error
 * @slope_error: its standard error
 * @n_right: how many detections are right
 * @n_wrong: how many are wrong
 * @lowest: the lowest confidence that was judged
 * @highest: the highest
 * @warnings: of #ChorusCalibrationWarning
 *
 * How likely a detection is right at each confidence.
 */
typedef struct
{
  ChorusCalibrationScale scale;
  double intercept;
  double slope;
  double intercept_error;
  double slope_error;
  guint n_right;
  guint n_wrong;
  double lowest;
  double highest;
  guint warnings;
} ChorusCalibration;

/**
 * chorus_calibration_fit:
 * @self: (out caller-allocates): a calibration
 * @scale: what to regress on
 * @confidences: (array length=n): 0 to 1; NaN is left out
 * @right: (array length=n): whether each detection is right
 * @n: how many
 *
 * Fits a logistic regression of whether detections are right on their confidence, by iteratively reweighted least squares.
 *
 * The method is that of Wood and Kahl (2024), "Guidelines for appropriate use of BirdNET scores and other detector outputs",
 * Journal of Ornithology 165: the score is a quantity without a unit, and what it means is learned for each species and data
 * set from verdicts on detections from all over its range. A sample that has as many detections of each confidence is right
 * for this.
 *
 * Returns: whether there is an estimate; the warnings tell why not
 */
gboolean chorus_calibration_fit (ChorusCalibration      *self,
                                 ChorusCalibrationScale  scale,
                                 const double           *confidences,
                                 const gboolean         *right,
                                 guint                   n);

/**
 * chorus_calibration_get_probability:
 * @self: a calibration with an estimate
 * @confidence: 0 to 1
 *
 * Returns: how likely a detection of that confidence is right
 */
double chorus_calibration_get_probability (const ChorusCalibration *self,
                                           double                   confidence);

/**
 * chorus_calibration_get_threshold:
 * @self: a calibration with an estimate
 * @probability: how likely a detection is to be right, between 0 and 1
 * @threshold: (out): the confidence
 * @warnings: (out): of #ChorusCalibrationWarning, those of @self and those of this threshold
 *
 * Finds the confidence from which on each detection is right with a probability, as far as the estimate goes. All above it
 * together are right more often.
 *
 * Returns: whether there is such a confidence between 0 and 1
 */
gboolean chorus_calibration_get_threshold (const ChorusCalibration *self,
                                           double                   probability,
                                           double                  *threshold,
                                           guint                   *warnings);

/**
 * chorus_statistics_get_kappa:
 * @table: (array): how often one reviewer said the row and the other the column, row by row
 * @n_categories: how many rows and columns it has
 * @kappa: (out caller-allocates): the agreement beyond chance
 * @observed: (out) (optional): the share on which they agree
 *
 * Computes the kappa of Cohen (1960) of two reviewers, with the interval that follows from the standard error of Fleiss, Cohen
 * and Everitt (1969), "Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72.
 *
 * Returns: whether it is defined: it is not when nothing was judged by both, or when both said one and the same always
 */
gboolean chorus_statistics_get_kappa (const guint    *table,
                                      guint           n_categories,
                                      ChorusInterval *kappa,
                                      double         *observed);

G_END_DECLS
