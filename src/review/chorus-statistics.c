/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-statistics.h"

#include <math.h>

/* The quantile of the normal distribution at 0.975 */
#define CHORUS_STATISTICS_Z 1.959963984540054

#define CHORUS_CALIBRATION_ENOUGH 50
#define CHORUS_CALIBRATION_ENOUGH_OF_EACH 10

/* Confidences are written with four digits: 0 and 1 are what was rounded to them. */
#define CHORUS_CALIBRATION_LEAST 0.0001

#define CHORUS_CALIBRATION_MAX_ROUNDS 100
#define CHORUS_CALIBRATION_TOLERANCE 1e-12

gboolean
chorus_statistics_get_precision (guint           n_right,
                                 guint           n,
                                 ChorusInterval *precision)
{
  const double z2 = CHORUS_STATISTICS_Z * CHORUS_STATISTICS_Z;
  const double p = (double) n_right / n;
  double center = 0;
  double half = 0;

  g_return_val_if_fail (n_right <= n, FALSE);

  *precision = (ChorusInterval){ .estimate = (double) NAN, .low = 0, .high = 1 };
  if (n == 0)
    return FALSE;

  center = (p + z2 / (2.0 * n)) / (1 + z2 / n);
  half = CHORUS_STATISTICS_Z / (1 + z2 / n) * sqrt (p * (1 - p) / n + z2 / (4.0 * n * n));
  precision->estimate = p;
  /* At the ends rounding must not leave the estimate outside. */
  precision->low = n_right == 0 ? 0 : center - half;
  precision->high = n_right == n ? 1 : center + half;

  return TRUE;
}

static double
chorus_calibration_scale (ChorusCalibrationScale scale,
                          double                 confidence)
{
  const double kept = CLAMP (confidence, CHORUS_CALIBRATION_LEAST, 1 - CHORUS_CALIBRATION_LEAST);

  return scale == CHORUS_CALIBRATION_LOGIT ? log (kept / (1 - kept)) : confidence;
}

static double
chorus_statistics_expit (double x)
{
  return x >= 0 ? 1 / (1 + exp (-x)) : exp (x) / (1 + exp (x));
}

/* ln (1 + e^x) without overflow */
static double
chorus_statistics_log1pexp (double x)
{
  return x > 0 ? x + log1p (exp (-x)) : log1p (exp (x));
}

/* Looks at what there is before anything is fitted; with one predictor whether it parts the two can be seen. */
static void
chorus_calibration_look (ChorusCalibration *self,
                         const double      *confidences,
                         const gboolean    *right,
                         guint              n)
{
  double right_low = G_MAXDOUBLE, right_high = -G_MAXDOUBLE;
  double wrong_low = G_MAXDOUBLE, wrong_high = -G_MAXDOUBLE;

  for (guint i = 0; i < n; i++)
    {
      if (isnan (confidences[i]))
        continue;
      if (right[i])
        {
          self->n_right++;
          right_low = MIN (right_low, confidences[i]);
          right_high = MAX (right_high, confidences[i]);
        }
      else
        {
          self->n_wrong++;
          wrong_low = MIN (wrong_low, confidences[i]);
          wrong_high = MAX (wrong_high, confidences[i]);
        }
    }
  self->lowest = MIN (right_low, wrong_low);
  self->highest = MAX (right_high, wrong_high);

  if (self->n_right + self->n_wrong < CHORUS_CALIBRATION_ENOUGH)
    self->warnings |= CHORUS_CALIBRATION_FEW;
  if (self->n_right < CHORUS_CALIBRATION_ENOUGH_OF_EACH)
    self->warnings |= CHORUS_CALIBRATION_FEW_RIGHT;
  if (self->n_wrong < CHORUS_CALIBRATION_ENOUGH_OF_EACH)
    self->warnings |= CHORUS_CALIBRATION_FEW_WRONG;
  if (self->n_right + self->n_wrong > 0 && !(self->highest > self->lowest))
    self->warnings |= CHORUS_CALIBRATION_NO_SPREAD;
  else if (self->n_right == 0 || self->n_wrong == 0 || right_low >= wrong_high || right_high <= wrong_low)
    self->warnings |= CHORUS_CALIBRATION_SEPARABLE;
}

typedef struct
{
  const double *x;
  const gboolean *right;
  guint n;
} ChorusCalibrationData;

static double
chorus_calibration_get_likelihood (const ChorusCalibrationData *data,
                                   double                       intercept,
                                   double                       slope)
{
  double sum = 0;

  for (guint i = 0; i < data->n; i++)
    {
      const double eta = intercept + slope * data->x[i];

      sum += (data->right[i] ? eta : 0) - chorus_statistics_log1pexp (eta);
    }

  return sum;
}

/* One round of reweighted least squares: the step to take, and the standard errors at where it starts from. */
static gboolean
chorus_calibration_solve (ChorusCalibration           *self,
                          const ChorusCalibrationData *data,
                          double                       step[2])
{
  double w = 0, wx = 0, wxx = 0, r = 0, rx = 0;
  double determinant = 0;

  for (guint i = 0; i < data->n; i++)
    {
      const double p = chorus_statistics_expit (self->intercept + self->slope * data->x[i]);
      const double weight = p * (1 - p);
      const double residual = (data->right[i] ? 1 : 0) - p;

      w += weight;
      wx += weight * data->x[i];
      wxx += weight * data->x[i] * data->x[i];
      r += residual;
      rx += residual * data->x[i];
    }
  determinant = w * wxx - wx * wx;
  if (!(determinant > 0))
    return FALSE;

  step[0] = (wxx * r - wx * rx) / determinant;
  step[1] = (w * rx - wx * r) / determinant;
  self->intercept_error = sqrt (wxx / determinant);
  self->slope_error = sqrt (w / determinant);

  return TRUE;
}

static gboolean
chorus_calibration_iterate (ChorusCalibration           *self,
                            const ChorusCalibrationData *data)
{
  double likelihood = chorus_calibration_get_likelihood (data, self->intercept, self->slope);

  for (guint round = 0; round < CHORUS_CALIBRATION_MAX_ROUNDS; round++)
    {
      double step[2] = { 0 };
      double next = 0;

      if (!chorus_calibration_solve (self, data, step))
        return FALSE;
      /* A step that makes it worse is halved; at the end rounding alone may. */
      for (guint halves = 0; halves < 30; halves++)
        {
          next = chorus_calibration_get_likelihood (data, self->intercept + step[0], self->slope + step[1]);
          if (next >= likelihood)
            break;
          step[0] /= 2;
          step[1] /= 2;
        }
      if (!(next > likelihood))
        return TRUE;
      self->intercept += step[0];
      self->slope += step[1];
      if (next - likelihood < CHORUS_CALIBRATION_TOLERANCE * (fabs (next) + CHORUS_CALIBRATION_TOLERANCE))
        return chorus_calibration_solve (self, data, step);
      likelihood = next;
    }

  return FALSE;
}

gboolean
chorus_calibration_fit (ChorusCalibration      *self,
                        ChorusCalibrationScale  scale,
                        const double           *confidences,
                        const gboolean         *right,
                        guint                   n)
{
  g_autofree double *x = g_new (double, n + 1);
  g_autofree gboolean *known = g_new (gboolean, n + 1);
  ChorusCalibrationData data = { .x = x, .right = known };

  *self = (ChorusCalibration){ .scale = scale };
  chorus_calibration_look (self, confidences, right, n);
  if (self->n_right + self->n_wrong == 0
      || self->warnings & (CHORUS_CALIBRATION_SEPARABLE | CHORUS_CALIBRATION_NO_SPREAD))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (isnan (confidences[i]))
        continue;
      x[data.n] = chorus_calibration_scale (scale, confidences[i]);
      known[data.n++] = right[i];
    }
  if (!chorus_calibration_iterate (self, &data))
    {
      self->warnings |= CHORUS_CALIBRATION_SEPARABLE;
      return FALSE;
    }
  if (!(self->slope - CHORUS_STATISTICS_Z * self->slope_error > 0))
    self->warnings |= CHORUS_CALIBRATION_NOT_RISING;

  return TRUE;
}

double
chorus_calibration_get_probability (const ChorusCalibration *self,
                                    double                   confidence)
{
  return chorus_statistics_expit (self->intercept + self->slope * chorus_calibration_scale (self->scale, confidence));
}

gboolean
chorus_calibration_get_threshold (const ChorusCalibration *self,
                                  double                   probability,
                                  double                  *threshold,
                                  guint                   *warnings)
{
  double x = 0;

  g_return_val_if_fail (probability > 0 && probability < 1, FALSE);

  *threshold = (double) NAN;
  *warnings = self->warnings;
  if (self->slope <= 0)
    return FALSE;

  x = (log (probability / (1 - probability)) - self->intercept) / self->slope;
  *threshold = self->scale == CHORUS_CALIBRATION_LOGIT ? chorus_statistics_expit (x) : x;
  if (!(*threshold >= self->lowest && *threshold <= self->highest))
    *warnings |= CHORUS_CALIBRATION_BEYOND;

  return *threshold >= 0 && *threshold <= 1;
}

/* n times the square of the standard error, see equation 14 of Fleiss, Cohen and Everitt. */
static double
chorus_statistics_get_kappa_variance (const guint  *table,
                                      guint         k,
                                      const double *rows,
                                      const double *columns,
                                      double        n,
                                      double        kappa,
                                      double        expected)
{
  const double rest = 1 - kappa;
  double on = 0;
  double off = 0;

  for (guint i = 0; i < k; i++)
    {
      for (guint j = 0; j < k; j++)
        {
          const double p = table[i * k + j] / n;
          const double margins = i == j ? rows[i] + columns[i] : columns[i] + rows[j];

          if (i == j)
            on += p * pow (1 - margins * rest, 2);
          else
            off += p * margins * margins;
        }
    }

  return (on + rest * rest * off - pow (kappa - expected * rest, 2)) / pow (1 - expected, 2);
}

gboolean
chorus_statistics_get_kappa (const guint    *table,
                             guint           n_categories,
                             ChorusInterval *kappa,
                             double         *observed)
{
  const guint k = n_categories;
  g_autofree double *rows = g_new0 (double, k + 1);
  g_autofree double *columns = g_new0 (double, k + 1);
  double n = 0;
  double same = 0;
  double expected = 0;
  double half = 0;

  *kappa = (ChorusInterval){ .estimate = (double) NAN, .low = -1, .high = 1 };
  if (observed)
    *observed = (double) NAN;
  for (guint i = 0; i < k * k; i++)
    n += table[i];
  if (n == 0)
    return FALSE;

  for (guint i = 0; i < k; i++)
    {
      for (guint j = 0; j < k; j++)
        {
          rows[i] += table[i * k + j] / n;
          columns[j] += table[i * k + j] / n;
        }
      same += table[i * k + i] / n;
    }
  for (guint i = 0; i < k; i++)
    expected += rows[i] * columns[i];
  if (observed)
    *observed = same;
  if (!(expected < 1))
    return FALSE;

  kappa->estimate = (same - expected) / (1 - expected);
  half =
    CHORUS_STATISTICS_Z
    * sqrt (MAX (chorus_statistics_get_kappa_variance (table, k, rows, columns, n, kappa->estimate, expected), 0) / n);
  kappa->low = MAX (kappa->estimate - half, -1);
  kappa->high = MIN (kappa->estimate + half, 1);

  return TRUE;
}
