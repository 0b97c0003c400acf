/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "chorus-test.h"
#include "review/chorus-statistics.h"

#define PYTHON "/usr/bin/python3"

/* Whether scipy is here; if not, the test is skipped. */
static gboolean
has_scipy (void)
{
  g_autoptr (GSubprocess) python = NULL;

  if (g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, PYTHON, "-c", "import scipy.stats", NULL);
  if (python && g_subprocess_wait_check (python, NULL, NULL))
    return TRUE;

  g_test_skip ("Debian's python3-scipy is not installed");

  return FALSE;
}

/* Asks for one line for each of @questions; the numbers of all answers, one after the other. */
static GArray *
ask (GString *questions)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "review", "check-statistics.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, PYTHON, script, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, questions->str, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  words = g_strsplit_set (g_strstrip (text), " \n", -1);
  for (guint i = 0; words[i]; i++)
    {
      double number = g_ascii_strtod (words[i], NULL);

      g_array_append_val (numbers, number);
    }

  return numbers;
}

static void
test_statistics_precision (void)
{
  static const guint cases[][2] = { { 0, 1 },   { 1, 1 },   { 0, 20 },    { 20, 20 },       { 1, 20 },
                                    { 19, 20 }, { 45, 50 }, { 500, 999 }, { 99999, 100000 } };
  g_autoptr (GString) questions = g_string_new (NULL);
  g_autoptr (GArray) expected = NULL;
  ChorusInterval precision = { 0 };

  g_assert_false (chorus_statistics_get_precision (0, 0, &precision));
  g_assert_true (isnan (precision.estimate));
  g_assert_cmpfloat (precision.low, ==, 0);
  g_assert_cmpfloat (precision.high, ==, 1);

  if (!has_scipy ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (questions, "precision %u %u\n", cases[i][0], cases[i][1]);
  expected = ask (questions);
  g_assert_cmpuint (expected->len, ==, 3 * G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double *truth = &g_array_index (expected, double, 3 * i);

      g_assert_true (chorus_statistics_get_precision (cases[i][0], cases[i][1], &precision));
      g_assert_cmpfloat_with_epsilon (precision.estimate, truth[0], 1e-12);
      g_assert_cmpfloat_with_epsilon (precision.low, truth[1], 1e-12);
      g_assert_cmpfloat_with_epsilon (precision.high, truth[2], 1e-12);
      g_assert_cmpfloat (precision.low, <=, precision.estimate);
      g_assert_cmpfloat (precision.high, >=, precision.estimate);
    }
}

/* Detections whose chance to be right rises with confidence, so many that either outcome is met. */
static void
draw (double   *confidences,
      gboolean *right,
      guint     n,
      double    intercept,
      double    slope)
{
  for (guint i = 0; i < n; i++)
    {
      const double c = g_test_rand_double_range (0.1, 1);

      /* With four digits, as it is written. */
      confidences[i] = round (c * 1e4) / 1e4;
      right[i] = g_test_rand_double () < 1 / (1 + exp (-(intercept + slope * log (c / (1 - c)))));
    }
}

static void
test_statistics_calibration (void)
{
  static const ChorusCalibrationScale scales[] = { CHORUS_CALIBRATION_LOGIT, CHORUS_CALIBRATION_LINEAR };
  enum
  {
    N_CASES = 8,
    N = 120
  };
  g_autofree double *confidences = g_new (double, N_CASES *N);
  g_autofree gboolean *right = g_new (gboolean, N_CASES * N);
  g_autoptr (GString) questions = g_string_new (NULL);
  g_autoptr (GArray) expected = NULL;

  if (!has_scipy ())
    return;
  for (guint i = 0; i < N_CASES; i++)
    {
      draw (confidences + i * N, right + i * N, N, -1.5 + 0.4 * i, 0.6 + 0.1 * i);
      g_string_append_printf (questions, "calibration %s", i % 2 == 0 ? "logit" : "linear");
      for (guint j = i * N; j < (i + 1) * N; j++)
        g_string_append_printf (questions, " %.4f %d", confidences[j], right[j]);
      g_string_append_c (questions, '\n');
    }
  expected = ask (questions);
  g_assert_cmpuint (expected->len, ==, 5 * N_CASES);
  for (guint i = 0; i < N_CASES; i++)
    {
      const double *truth = &g_array_index (expected, double, 5 * i);
      ChorusCalibration calibration = { 0 };
      double threshold = 0;
      guint warnings = 0;
      gboolean possible = FALSE;

      g_assert_true (chorus_calibration_fit (&calibration, scales[i % 2], confidences + i * N, right + i * N, N));
      g_assert_cmpuint (calibration.n_right + calibration.n_wrong, ==, N);
      g_assert_cmpfloat_with_epsilon (calibration.intercept, truth[0], 1e-7);
      g_assert_cmpfloat_with_epsilon (calibration.slope, truth[1], 1e-7);
      g_assert_cmpfloat_with_epsilon (calibration.intercept_error, truth[2], 1e-7);
      g_assert_cmpfloat_with_epsilon (calibration.slope_error, truth[3], 1e-7);
      possible = chorus_calibration_get_threshold (&calibration, 0.95, &threshold, &warnings);
      g_assert_cmpfloat_with_epsilon (threshold, truth[4], 1e-6);
      g_assert_cmpint (possible, ==, truth[4] <= 1);
      if (possible)
        g_assert_cmpfloat_with_epsilon (chorus_calibration_get_probability (&calibration, threshold), 0.95, 1e-3);
    }
}

static guint
fit_and_warn (const double   *confidences,
              const gboolean *right,
              guint           n,
              gboolean        has_estimate)
{
  ChorusCalibration calibration = { 0 };

  g_assert_cmpint (chorus_calibration_fit (&calibration, CHORUS_CALIBRATION_LOGIT, confidences, right, n), ==,
                   has_estimate);

  return calibration.warnings;
}

static void
test_statistics_warnings (void)
{
  static const double rising[] = { 0.1, 0.2, 0.3, 0.4, 0.5, 0.6 };
  static const double same[] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 };
  static const double unknown[] = { 0.1, 0.2, 0.3, 0.4, 0.5, (double) NAN };
  static const gboolean mixed[] = { 0, 1, 0, 1, 0, 1 };
  static const gboolean parted[] = { 0, 0, 0, 1, 1, 1 };
  static const gboolean falling[] = { 1, 1, 1, 0, 0, 0 };
  static const gboolean all[] = { 1, 1, 1, 1, 1, 1 };
  const guint few = CHORUS_CALIBRATION_FEW | CHORUS_CALIBRATION_FEW_RIGHT | CHORUS_CALIBRATION_FEW_WRONG;
  ChorusCalibration calibration = { 0 };
  double threshold = 0;
  guint warnings = 0;

  g_assert_cmpuint (fit_and_warn (rising, mixed, 0, FALSE), ==, few | CHORUS_CALIBRATION_SEPARABLE);
  g_assert_cmpuint (fit_and_warn (rising, mixed, 6, TRUE), ==, few | CHORUS_CALIBRATION_NOT_RISING);
  g_assert_cmpuint (fit_and_warn (rising, parted, 6, FALSE), ==, few | CHORUS_CALIBRATION_SEPARABLE);
  g_assert_cmpuint (fit_and_warn (rising, falling, 6, FALSE), ==, few | CHORUS_CALIBRATION_SEPARABLE);
  g_assert_cmpuint (fit_and_warn (rising, all, 6, FALSE), ==, few | CHORUS_CALIBRATION_SEPARABLE);
  g_assert_cmpuint (fit_and_warn (same, mixed, 6, FALSE), ==, few | CHORUS_CALIBRATION_NO_SPREAD);
  g_assert_cmpuint (fit_and_warn (unknown, parted, 6, FALSE), ==, few | CHORUS_CALIBRATION_SEPARABLE);

  /* A tie at the border is still parted. */
  {
    static const double tie[] = { 0.1, 0.2, 0.3, 0.3, 0.4, 0.5 };

    g_assert_cmpuint (fit_and_warn (tie, parted, 6, FALSE), ==, few | CHORUS_CALIBRATION_SEPARABLE);
  }

  /* A threshold beyond what was judged. */
  g_assert_true (chorus_calibration_fit (&calibration, CHORUS_CALIBRATION_LOGIT, rising, mixed, 6));
  g_assert_true (chorus_calibration_get_threshold (&calibration, 0.99, &threshold, &warnings));
  g_assert_cmpfloat (threshold, >, 0.6);
  g_assert_cmpuint (warnings & CHORUS_CALIBRATION_BEYOND, !=, 0);

  /* One that falls has none. */
  {
    static const gboolean mostly_falling[] = { 1, 1, 0, 1, 0, 0 };

    g_assert_true (chorus_calibration_fit (&calibration, CHORUS_CALIBRATION_LOGIT, rising, mostly_falling, 6));
    g_assert_false (chorus_calibration_get_threshold (&calibration, 0.9, &threshold, &warnings));
    g_assert_true (isnan (threshold));
  }
}

static void
test_statistics_enough (void)
{
  enum
  {
    N = 400
  };
  g_autofree double *confidences = g_new (double, N);
  g_autofree gboolean *right = g_new (gboolean, N);

  draw (confidences, right, N, 0, 1.2);
  g_assert_cmpuint (fit_and_warn (confidences, right, N, TRUE), ==, 0);
}

static void
test_statistics_kappa (void)
{
  static const struct
  {
    guint k;
    guint table[16];
  } cases[] = {
    { 2, { 20, 5, 10, 15 } },
    { 2, { 0, 7, 9, 0 } },
    { 2, { 40, 0, 0, 2 } },
    /* Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, table 18.1, in hundredths */
    { 3, { 75, 1, 4, 5, 4, 1, 0, 0, 10 } },
    { 4, { 11, 2, 0, 1, 3, 9, 4, 0, 0, 2, 8, 1, 2, 0, 3, 7 } },
  };
  g_autoptr (GString) questions = g_string_new (NULL);
  g_autoptr (GArray) expected = NULL;
  ChorusInterval kappa = { 0 };
  double observed = 0;

  /* As the book has it: 0.68 with a standard error of 0.087. */
  g_assert_true (chorus_statistics_get_kappa (cases[3].table, 3, &kappa, &observed));
  g_assert_cmpfloat_with_epsilon (kappa.estimate, 0.68, 0.005);
  g_assert_cmpfloat_with_epsilon ((kappa.high - kappa.low) / 2 / 1.96, 0.087, 0.001);
  g_assert_cmpfloat_with_epsilon (observed, 0.89, 1e-12);

  /* Where chance alone would agree always there is none. */
  g_assert_false (chorus_statistics_get_kappa ((const guint[]){ 9, 0, 0, 0 }, 2, &kappa, NULL));
  g_assert_true (isnan (kappa.estimate));
  g_assert_false (chorus_statistics_get_kappa ((const guint[]){ 0, 0, 0, 0 }, 2, &kappa, &observed));
  g_assert_true (isnan (observed));

  if (!has_scipy ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_string_append (questions, "kappa");
      for (guint j = 0; j < cases[i].k * cases[i].k; j++)
        g_string_append_printf (questions, " %u", cases[i].table[j]);
      g_string_append_c (questions, '\n');
    }
  expected = ask (questions);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double *truth = &g_array_index (expected, double, 3 * i);

      g_assert_true (chorus_statistics_get_kappa (cases[i].table, cases[i].k, &kappa, &observed));
      g_assert_cmpfloat_with_epsilon (kappa.estimate, truth[0], 1e-12);
      g_assert_cmpfloat_with_epsilon (kappa.low, truth[1], 1e-6);
      g_assert_cmpfloat_with_epsilon (kappa.high, truth[2], 1e-6);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/review/statistics/precision", test_statistics_precision);
  g_test_add_func ("/review/statistics/calibration", test_statistics_calibration);
  g_test_add_func ("/review/statistics/warnings", test_statistics_warnings);
  g_test_add_func ("/review/statistics/enough", test_statistics_enough);
  g_test_add_func ("/review/statistics/kappa", test_statistics_kappa);

  return g_test_run ();
}
