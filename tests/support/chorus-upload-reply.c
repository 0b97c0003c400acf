/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-server-private.h"

#include <string.h>

static char *
chorus_upload_visit_format_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  return g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
}

static const char *
chorus_upload_visit_get_code (guint status)
{
  switch (status)
    {
    case 400:
      return "BAD_REQUEST";
    case 401:
      return "UNAUTHORIZED";
    case 404:
      return "DEPLOYMENT_NOT_FOUND";
    case 413:
      return "BODY_TOO_LARGE";
    case 429:
      return "RATE_LIMITED";
    default:
      return "SERVER_ERROR";
    }
}

static void
chorus_upload_visit_append_files (ChorusUploadVisit *visit,
                                  GString           *body)
{
  ChorusUploadAnswer answer = visit->step.answer;
  gboolean only_ids = answer == CHORUS_UPLOAD_ANSWER_IDS || answer == CHORUS_UPLOAD_ANSWER_FILE_IDS;
  guint n = visit->stored->len - (answer == CHORUS_UPLOAD_ANSWER_FEWER && visit->stored->len > 0);

  if (answer == CHORUS_UPLOAD_ANSWER_FILE_IDS)
    g_string_append (body, "{\"file_ids\":");
  else if (!only_ids)
    g_string_append (body, "{\"files\":");
  g_string_append_c (body, '[');
  for (guint i = 0; i < n; i++)
    {
      const ChorusUploadShelved *file = visit->stored->pdata[answer == CHORUS_UPLOAD_ANSWER_REVERSED ? n - 1 - i : i];

      if (i > 0)
        g_string_append_c (body, ',');
      if (only_ids)
        g_string_append_printf (body, "\"%s\"", file->file_id);
      else
        chorus_upload_shelf_describe (file, visit->server->limits.lacks, body);
    }
  g_string_append (body, answer == CHORUS_UPLOAD_ANSWER_IDS ? "]" : "]}");
}

char *
chorus_upload_visit_make_body (ChorusUploadVisit *visit,
                               guint              status)
{
  g_autoptr (GString) body = g_string_new (NULL);

  switch (visit->step.answer)
    {
    case CHORUS_UPLOAD_ANSWER_EMPTY:
      break;

    case CHORUS_UPLOAD_ANSWER_NOTHING:
      g_string_append (body, "{\"message\":\"uploaded\"}");
      break;

    case CHORUS_UPLOAD_ANSWER_NONSENSE:
      g_string_append (body, "{\"files\":[");
      break;

    case CHORUS_UPLOAD_ANSWER_DETAIL:
      g_string_append (body, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"not well\",\"type\":\"value_error\"}]}");
      break;

    case CHORUS_UPLOAD_ANSWER_HTML:
      g_string_append (body, "<html><head><title>Gateway</title></head><body>It <b>broke</b>.</body></html>");
      break;

    case CHORUS_UPLOAD_ANSWER_DEFAULT:
    case CHORUS_UPLOAD_ANSWER_REVERSED:
    case CHORUS_UPLOAD_ANSWER_IDS:
    case CHORUS_UPLOAD_ANSWER_FILE_IDS:
    case CHORUS_UPLOAD_ANSWER_FEWER:
    default:
      if (status < 300)
        chorus_upload_visit_append_files (visit, body);
      else
        g_string_append_printf (body,
                                "{\"error\":{\"code\":\"%s\",\"message\":\"The service does not say more.\","
                                "\"details\":\"\",\"request_id\":\"req_1\",\"timestamp\":\"2025-12-04T13:30:00Z\"}}",
                                chorus_upload_visit_get_code (status));
      break;
    }

  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
chorus_upload_visit_append_wait (ChorusUploadVisit *visit,
                                 GString           *head,
                                 gint64             now)
{
  g_autofree char *date = chorus_upload_visit_format_date (now + 1);
  gboolean by_clock = visit->step.wait == CHORUS_UPLOAD_WAIT_DATE || visit->step.wait == CHORUS_UPLOAD_WAIT_EPOCH;
  gint64 real_now = g_get_real_time ();

  if (visit->step.wait == CHORUS_UPLOAD_WAIT_UNSAID)
    return;

  /* Where the connection is reset, the client may not have heard. */
  g_mutex_lock (&visit->server->mutex);
  if (visit->step.manner != CHORUS_UPLOAD_MANNER_REFUSE_UNREAD)
    visit->server->not_before = (by_clock ? real_now / G_USEC_PER_SEC * G_USEC_PER_SEC : real_now) + G_USEC_PER_SEC;
  g_mutex_unlock (&visit->server->mutex);

  if (visit->step.wait == CHORUS_UPLOAD_WAIT_SECONDS)
    g_string_append (head, "Retry-After: 1\r\n");
  else if (visit->step.wait == CHORUS_UPLOAD_WAIT_DATE)
    g_string_append_printf (head, "Retry-After: %s\r\n", date);
  else if (visit->step.wait == CHORUS_UPLOAD_WAIT_RESET)
    g_string_append (head, "X-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1\r\n");
  else if (visit->step.wait == CHORUS_UPLOAD_WAIT_EPOCH)
    g_string_append_printf (head,
                            "X-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 0\r\n"
                            "X-RateLimit-Reset: %" G_GINT64_FORMAT "\r\n",
                            now + 1);
}

void
chorus_upload_visit_send (ChorusUploadVisit *visit,
                          guint              status,
                          const char        *body)
{
  g_autoptr (GString) reply = g_string_new (NULL);
  ChorusUploadManner manner = visit->step.manner;
  gsize length = strlen (body);
  gsize announced = length;
  gint64 now = 0;

  g_mutex_lock (&visit->server->mutex);
  now = chorus_upload_server_get_time (visit->server);
  g_mutex_unlock (&visit->server->mutex);

  g_autofree char *date = chorus_upload_visit_format_date (now);

  if (manner == CHORUS_UPLOAD_MANNER_LONG_LENGTH)
    announced = length + 100;
  else if (manner == CHORUS_UPLOAD_MANNER_SHORT_LENGTH)
    announced = length / 2;

  g_string_append_printf (reply, "HTTP/1.1 %u Told\r\nConnection: close\r\nDate: %s\r\nContent-Type: %s\r\n", status,
                          date, *body == '<' ? "text/html" : "application/json");
  g_string_append_printf (reply, "Content-Length: %" G_GSIZE_FORMAT "\r\n", announced);
  chorus_upload_visit_append_wait (visit, reply, now);
  g_string_append (reply, "\r\n");
  g_string_append (reply, body);
  chorus_upload_visit_leave (visit);
  if (manner == CHORUS_UPLOAD_MANNER_RESET_IN_REPLY)
    {
      chorus_upload_visit_write (visit, reply->str, reply->len - length + length / 2);
      chorus_upload_visit_reset (visit);
    }
  else
    {
      chorus_upload_visit_write (visit, reply->str, reply->len);
    }
}
