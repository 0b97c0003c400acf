/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-retry.h"

#include "api/chorus-api-error.h"

/* In milliseconds. */
#define CHORUS_UPLOAD_RETRY_LONGEST 60000
#define CHORUS_UPLOAD_RETRY_LONGEST_ASKED (3600 * 1000)

#define CHORUS_UPLOAD_RATE_WINDOW (3600 * G_TIME_SPAN_SECOND)

ChorusUploadVerdict
chorus_upload_retry_judge (const GError *error,
                           guint         n_files,
                           goffset       n_sent)
{
  if (error->domain != CHORUS_API_ERROR)
    return CHORUS_UPLOAD_VERDICT_FAIL;

  switch ((ChorusApiError) error->code)
    {
    case CHORUS_API_ERROR_RENEWED:
      return CHORUS_UPLOAD_VERDICT_AGAIN;

    case CHORUS_API_ERROR_RATE_LIMITED:
      return CHORUS_UPLOAD_VERDICT_HOLD;

    case CHORUS_API_ERROR_OFFLINE:
    case CHORUS_API_ERROR_TIMED_OUT:
      return n_sent > 0 || chorus_api_error_is_broken (error) ? CHORUS_UPLOAD_VERDICT_LATER
                                                              : CHORUS_UPLOAD_VERDICT_OFFLINE;

    case CHORUS_API_ERROR_SERVER:
    case CHORUS_API_ERROR_PROTOCOL:
      return CHORUS_UPLOAD_VERDICT_LATER;

    case CHORUS_API_ERROR_TOO_LARGE:
    case CHORUS_API_ERROR_BAD_REQUEST:
      return n_files > 1 ? CHORUS_UPLOAD_VERDICT_SMALLER : CHORUS_UPLOAD_VERDICT_FAIL;

    case CHORUS_API_ERROR_UNAUTHENTICATED:
    case CHORUS_API_ERROR_INVALID_CREDENTIALS:
    case CHORUS_API_ERROR_INSECURE:
      return CHORUS_UPLOAD_VERDICT_SIGN_IN;

    case CHORUS_API_ERROR_FORBIDDEN:
    case CHORUS_API_ERROR_NOT_FOUND:
    case CHORUS_API_ERROR_NOT_OFFERED:
      return CHORUS_UPLOAD_VERDICT_DEPLOYMENT;

    case CHORUS_API_ERROR_CONFLICT:
    case CHORUS_API_ERROR_UNREACHABLE_URL:
    case CHORUS_API_ERROR_FAILED:
    default:
      return CHORUS_UPLOAD_VERDICT_FAIL;
    }
}

gboolean
chorus_upload_retry_may_have_arrived (const GError *error,
                                      gboolean      complete)
{
  guint status = chorus_api_error_get_status (error);

  if (!complete)
    return FALSE;

  /* A service that says when to come back did not look at the request; a gateway in front of it does not know. */
  return status == 0 || status == 408 || status == 500 || status == 502 || status == 504
         || (status == 503 && chorus_api_error_get_retry_after (error) < 0);
}

guint
chorus_upload_retry_get_delay (guint  base,
                               guint  n_failures,
                               double chance,
                               gint64 retry_after)
{
  guint64 delay = MIN ((guint64) base << MIN (n_failures - 1, 16), CHORUS_UPLOAD_RETRY_LONGEST);

  delay += (guint64) ((double) delay * CLAMP (chance, 0, 1) / 4);
  if (retry_after > 0)
    delay = MIN ((guint64) MIN (retry_after, G_MAXINT / 1000) * 1000, CHORUS_UPLOAD_RETRY_LONGEST_ASKED);

  return (guint) delay;
}

void
chorus_upload_rate_note (ChorusUploadRate *self,
                         gint64            now)
{
  g_queue_push_tail (&self->times, g_memdup2 (&now, sizeof now));
}

gint64
chorus_upload_rate_get_wait (ChorusUploadRate *self,
                             guint             limit,
                             gint64            now)
{
  while (!g_queue_is_empty (&self->times) && now - *(gint64 *) self->times.head->data >= CHORUS_UPLOAD_RATE_WINDOW)
    g_free (g_queue_pop_head (&self->times));

  if (limit == 0 || g_queue_get_length (&self->times) < limit)
    return 0;

  return *(gint64 *) g_queue_peek_nth (&self->times, g_queue_get_length (&self->times) - limit)
         + CHORUS_UPLOAD_RATE_WINDOW - now;
}

void
chorus_upload_rate_clear (ChorusUploadRate *self)
{
  g_queue_clear_full (&self->times, g_free);
}
