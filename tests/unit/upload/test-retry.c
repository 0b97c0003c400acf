/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "api/chorus-api-error.h"
#include "upload/chorus-upload-retry.h"

static void
test_judge (void)
{
  static const struct
  {
    ChorusApiError code;
    guint n_files;
    goffset n_sent;
    ChorusUploadVerdict verdict;
  } cases[] = {
    { CHORUS_API_ERROR_OFFLINE, 20, 0, CHORUS_UPLOAD_VERDICT_OFFLINE },
    { CHORUS_API_ERROR_OFFLINE, 20, 1, CHORUS_UPLOAD_VERDICT_LATER },
    { CHORUS_API_ERROR_TIMED_OUT, 1, 1, CHORUS_UPLOAD_VERDICT_LATER },
    { CHORUS_API_ERROR_SERVER, 1, 9, CHORUS_UPLOAD_VERDICT_LATER },
    { CHORUS_API_ERROR_PROTOCOL, 1, 9, CHORUS_UPLOAD_VERDICT_LATER },
    { CHORUS_API_ERROR_RATE_LIMITED, 20, 9, CHORUS_UPLOAD_VERDICT_HOLD },
    { CHORUS_API_ERROR_RENEWED, 20, 9, CHORUS_UPLOAD_VERDICT_AGAIN },
    { CHORUS_API_ERROR_TOO_LARGE, 20, 9, CHORUS_UPLOAD_VERDICT_SMALLER },
    { CHORUS_API_ERROR_TOO_LARGE, 1, 9, CHORUS_UPLOAD_VERDICT_FAIL },
    { CHORUS_API_ERROR_BAD_REQUEST, 2, 9, CHORUS_UPLOAD_VERDICT_SMALLER },
    { CHORUS_API_ERROR_BAD_REQUEST, 1, 9, CHORUS_UPLOAD_VERDICT_FAIL },
    { CHORUS_API_ERROR_UNAUTHENTICATED, 20, 0, CHORUS_UPLOAD_VERDICT_SIGN_IN },
    { CHORUS_API_ERROR_FORBIDDEN, 20, 9, CHORUS_UPLOAD_VERDICT_DEPLOYMENT },
    { CHORUS_API_ERROR_NOT_FOUND, 20, 9, CHORUS_UPLOAD_VERDICT_DEPLOYMENT },
    { CHORUS_API_ERROR_CONFLICT, 1, 9, CHORUS_UPLOAD_VERDICT_FAIL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (CHORUS_API_ERROR, (int) cases[i].code, "A sentence.");

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (chorus_upload_retry_judge (error, cases[i].n_files, cases[i].n_sent), ==, cases[i].verdict);
    }
}

static void
test_may_have_arrived (void)
{
  g_autoptr (GError) error = g_error_new_literal (CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE, "A sentence.");

  g_assert_true (chorus_upload_retry_may_have_arrived (error, TRUE));
  g_assert_false (chorus_upload_retry_may_have_arrived (error, FALSE));
}

static void
test_delay (void)
{
  guint before = 0;

  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 1, 0, -1), ==, 2000);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 2, 0, -1), ==, 4000);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 1, 1, -1), ==, 2500);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 6, 0, -1), ==, 60000);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, G_MAXUINT, 1, -1), ==, 75000);
  for (guint n = 1; n < 40; n++)
    {
      guint delay = chorus_upload_retry_get_delay (1, n, 0, -1);

      g_assert_cmpuint (delay, >=, before);
      before = delay;
    }

  /* What the service asks for counts, within reason. */
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 1, 0, 30), ==, 30000);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 6, 1, 1), ==, 1000);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 1, 0, 0), ==, 2000);
  g_assert_cmpuint (chorus_upload_retry_get_delay (2000, 1, 0, G_MAXINT64), ==, 3600 * 1000);
}

static void
test_rate (void)
{
  ChorusUploadRate rate = { 0 };
  const gint64 second = G_TIME_SPAN_SECOND;

  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 3, 0), ==, 0);
  for (guint i = 0; i < 3; i++)
    chorus_upload_rate_note (&rate, i * second);
  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 4, 10 * second), ==, 0);
  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 0, 10 * second), ==, 0);
  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 3, 10 * second), ==, 3590 * second);
  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 2, 10 * second), ==, 3591 * second);

  /* An hour after the first there is room for one, and so on. */
  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 3, 3600 * second), ==, 0);
  chorus_upload_rate_note (&rate, 3600 * second);
  g_assert_cmpint (chorus_upload_rate_get_wait (&rate, 3, 3600 * second), ==, second);
  chorus_upload_rate_clear (&rate);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upload/retry/judge", test_judge);
  g_test_add_func ("/upload/retry/may-have-arrived", test_may_have_arrived);
  g_test_add_func ("/upload/retry/delay", test_delay);
  g_test_add_func ("/upload/retry/rate", test_rate);

  return g_test_run ();
}
