/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-server-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define CHORUS_UPLOAD_SERVER_MAX_HEAD (64 * 1024)
#define CHORUS_UPLOAD_SERVER_MAX_BODY (256 * 1024 * 1024)

static gssize
chorus_upload_visit_read (ChorusUploadVisit *visit,
                          gpointer           buffer,
                          gsize              size)
{
  return g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (visit->stream)), buffer, size,
                              visit->server->stop, NULL);
}

void
chorus_upload_visit_write (ChorusUploadVisit *visit,
                           const char        *data,
                           gsize              size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (visit->stream)), data, size, NULL,
                             visit->server->stop, NULL);
}

void
chorus_upload_visit_reset (ChorusUploadVisit *visit)
{
  GSocket *socket = g_socket_connection_get_socket (visit->stream);
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  /* With a linger time of zero, closing sends RST in place of FIN. */
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (socket, NULL);
}

void
chorus_upload_visit_leave (ChorusUploadVisit *visit)
{
  g_mutex_lock (&visit->server->mutex);
  if (visit->is_active)
    visit->server->n_active--;
  visit->is_active = FALSE;
  g_mutex_unlock (&visit->server->mutex);
}

/* Reading. */

/* Throws away what the client still says, until it goes away or the server ends. */
static void
chorus_upload_visit_drain (ChorusUploadVisit *visit)
{
  char buffer[4096];

  while (chorus_upload_visit_read (visit, buffer, sizeof buffer) > 0)
    continue;
}

static gboolean
chorus_upload_visit_read_head (ChorusUploadVisit *visit)
{
  char buffer[4096];
  const char *end = NULL;

  while (!end)
    {
      gssize n = chorus_upload_visit_read (visit, buffer, sizeof buffer);

      if (n <= 0 || visit->head->len + (gsize) n > CHORUS_UPLOAD_SERVER_MAX_HEAD)
        return FALSE;
      g_byte_array_append (visit->head, (const guint8 *) buffer, (guint) n);
      end = g_strstr_len ((const char *) visit->head->data, visit->head->len, "\r\n\r\n");
    }
  visit->n_head = (gsize) (end - (const char *) visit->head->data) + 4;

  g_autofree char *text = g_strndup ((const char *) visit->head->data, visit->n_head);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 3);

  if (g_strv_length (words) != 3)
    return FALSE;
  g_auto (GStrv) target = g_strsplit (words[1], "?", 2);

  visit->method = g_strdup (words[0]);
  visit->path = g_strdup (target[0] ? target[0] : "");
  visit->query = g_strdup (target[0] && target[1] ? target[1] : "");
  for (gsize i = 1; lines[i]; i++)
    {
      if (g_ascii_strncasecmp (lines[i], "Content-Length:", 15) == 0)
        visit->length = g_ascii_strtoull (lines[i] + 15, NULL, 10);
      else if (g_ascii_strncasecmp (lines[i], "Expect:", 7) == 0)
        visit->expects = TRUE;
    }

  return visit->length <= CHORUS_UPLOAD_SERVER_MAX_BODY;
}

/* Reads on until so much of the body is there. */
static gboolean
chorus_upload_visit_read_body (ChorusUploadVisit *visit,
                               guint64            wanted)
{
  g_autofree char *buffer = g_malloc (64 * 1024);
  guint64 before = visit->body->len;

  if (visit->body->len == 0)
    g_byte_array_append (visit->body, visit->head->data + visit->n_head, visit->head->len - (guint) visit->n_head);
  while (visit->body->len < wanted)
    {
      gssize n = chorus_upload_visit_read (visit, buffer, (gsize) MIN (wanted - visit->body->len, 64 * 1024));

      if (n <= 0)
        break;
      g_byte_array_append (visit->body, (const guint8 *) buffer, (guint) n);
    }

  g_mutex_lock (&visit->server->mutex);
  visit->server->n_bytes += visit->body->len - before;
  g_mutex_unlock (&visit->server->mutex);

  return visit->body->len >= wanted;
}

/* Uploads. */

static void
chorus_upload_visit_arrive (ChorusUploadVisit *visit)
{
  ChorusUploadServer *self = visit->server;

  g_mutex_lock (&self->mutex);
  self->n_uploads++;
  self->n_hurried += g_get_real_time () + G_USEC_PER_SEC / 10 < self->not_before;
  self->n_active++;
  self->max_active = MAX (self->max_active, self->n_active);
  visit->is_active = TRUE;
  if (self->limits.max_body > 0 && visit->length > self->limits.max_body)
    {
      visit->step.status = 413;
      visit->step.manner = CHORUS_UPLOAD_MANNER_REFUSE_UNREAD;
    }
  else if (self->n_steps < self->script->len)
    {
      visit->step = g_array_index (self->script, ChorusUploadStep, self->n_steps);
      if (++self->n_repeated >= MAX (visit->step.times, 1))
        {
          self->n_steps++;
          self->n_repeated = 0;
        }
    }
  self->clock += visit->step.clock;
  chorus_upload_server_add_foreign (self, visit->step.n_foreign, chorus_upload_server_get_time (self));
  chorus_upload_server_tell (self);
  g_mutex_unlock (&self->mutex);
}

static void
chorus_upload_visit_await_release (ChorusUploadVisit *visit)
{
  ChorusUploadServer *self = visit->server;

  g_mutex_lock (&self->mutex);
  self->n_held++;
  chorus_upload_server_tell (self);
  while (self->n_released == 0 && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait (&self->changed, &self->mutex);
  if (self->n_released > 0)
    self->n_released--;
  self->n_held--;
  chorus_upload_server_tell (self);
  g_mutex_unlock (&self->mutex);
}

static void
chorus_upload_visit_await_lists (ChorusUploadVisit *visit)
{
  ChorusUploadServer *self = visit->server;

  g_mutex_lock (&self->mutex);

  guint wanted = self->n_lists + visit->step.after_lists;

  while (self->n_lists < wanted && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
chorus_upload_visit_keep (ChorusUploadVisit *visit,
                          GPtrArray         *files,
                          guint              status)
{
  ChorusUploadServer *self = visit->server;
  ChorusUploadKeep keep = visit->step.keep;
  guint n = 0;

  if (keep == CHORUS_UPLOAD_KEEP_ALL || (keep == CHORUS_UPLOAD_KEEP_DEFAULT && status < 300))
    n = files->len;
  else if (keep == CHORUS_UPLOAD_KEEP_HALF)
    n = (files->len + 1) / 2;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < n; i++)
    {
      guint listed_from = visit->step.listed_from > 0 ? self->n_lists + visit->step.listed_from : 0;

      g_ptr_array_add (visit->stored,
                       (gpointer) chorus_upload_shelf_keep (self->shelf, files->pdata[i],
                                                            chorus_upload_server_get_time (self), listed_from, FALSE));
    }
  chorus_upload_server_tell (self);
  g_mutex_unlock (&self->mutex);
}

static gboolean
chorus_upload_visit_has_bad (ChorusUploadVisit *visit,
                             GPtrArray         *files)
{
  gboolean has_bad = FALSE;

  g_mutex_lock (&visit->server->mutex);
  visit->server->max_files = MAX (visit->server->max_files, files->len);
  for (guint i = 0; visit->server->bad && i < files->len; i++)
    {
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, files->pdata[i]);

      has_bad = has_bad || strcmp (sha256, visit->server->bad) == 0;
    }
  g_mutex_unlock (&visit->server->mutex);

  return has_bad;
}

/* Takes the body apart, and goes on to the reply. */
static void
chorus_upload_visit_take (ChorusUploadVisit *visit)
{
  const ChorusUploadStep *step = &visit->step;
  g_autoptr (GBytes) body = g_bytes_new (visit->body->data, visit->body->len);
  g_autoptr (GPtrArray) files = chorus_upload_shelf_unpack (body);
  gboolean is_bad = !files || files->len == 0 || files->len > 20 || chorus_upload_visit_has_bad (visit, files);
  guint status = is_bad ? 400 : step->status ? step->status : 201;

  if (!is_bad && !step->keeps_late)
    chorus_upload_visit_keep (visit, files, status);
  if (step->after_lists > 0)
    chorus_upload_visit_await_lists (visit);
  if (step->held)
    chorus_upload_visit_await_release (visit);
  if (!is_bad && step->keeps_late)
    chorus_upload_visit_keep (visit, files, status);

  if (step->manner == CHORUS_UPLOAD_MANNER_RESET_REPLY)
    {
      chorus_upload_visit_leave (visit);
      chorus_upload_visit_reset (visit);
    }
  else if (step->manner == CHORUS_UPLOAD_MANNER_STALL_REPLY)
    {
      chorus_upload_visit_leave (visit);
      chorus_upload_visit_drain (visit);
    }
  else
    {
      g_autofree char *reply = chorus_upload_visit_make_body (visit, status);

      chorus_upload_visit_send (visit, status, reply);
    }
}

static void
chorus_upload_visit_serve_upload (ChorusUploadVisit *visit)
{
  GSocket *socket = g_socket_connection_get_socket (visit->stream);
  const ChorusUploadStep *step = &visit->step;

  chorus_upload_visit_arrive (visit);
  if (step->manner == CHORUS_UPLOAD_MANNER_REFUSE_UNREAD)
    {
      g_autofree char *reply = chorus_upload_visit_make_body (visit, step->status);

      chorus_upload_visit_send (visit, step->status, reply);
      chorus_upload_visit_reset (visit);
      return;
    }

  if (visit->expects && step->manner != CHORUS_UPLOAD_MANNER_IGNORE_EXPECT)
    chorus_upload_visit_write (visit, "HTTP/1.1 100 Continue\r\n\r\n", 25);
  switch (step->manner)
    {
    case CHORUS_UPLOAD_MANNER_RESET_READING:
      chorus_upload_visit_read_body (visit, MIN (step->n_bytes, visit->length));
      chorus_upload_visit_leave (visit);
      chorus_upload_visit_reset (visit);
      return;

    case CHORUS_UPLOAD_MANNER_STALL_READING:
      chorus_upload_visit_read_body (visit, MIN (step->n_bytes, visit->length));
      chorus_upload_visit_leave (visit);
      g_socket_condition_wait (socket, G_IO_HUP | G_IO_ERR, visit->server->stop, NULL);
      return;

    case CHORUS_UPLOAD_MANNER_HOLD_READING:
      chorus_upload_visit_read_body (visit, MIN (step->n_bytes, visit->length));
      chorus_upload_visit_await_release (visit);
      break;

    case CHORUS_UPLOAD_MANNER_NONE:
    case CHORUS_UPLOAD_MANNER_REFUSE_UNREAD:
    case CHORUS_UPLOAD_MANNER_RESET_REPLY:
    case CHORUS_UPLOAD_MANNER_RESET_IN_REPLY:
    case CHORUS_UPLOAD_MANNER_STALL_REPLY:
    case CHORUS_UPLOAD_MANNER_LONG_LENGTH:
    case CHORUS_UPLOAD_MANNER_SHORT_LENGTH:
    case CHORUS_UPLOAD_MANNER_IGNORE_EXPECT:
    default:
      break;
    }

  /* A client that breaks off has uploaded nothing. */
  if (chorus_upload_visit_read_body (visit, visit->length))
    chorus_upload_visit_take (visit);
  chorus_upload_visit_leave (visit);
}

/* Lists. */

static guint
chorus_upload_visit_get_number (ChorusUploadVisit *visit,
                                const char        *name)
{
  g_auto (GStrv) parts = g_strsplit (visit->query, "&", -1);
  gsize n_name = strlen (name);

  for (gsize i = 0; parts[i]; i++)
    {
      if (strncmp (parts[i], name, n_name) == 0 && parts[i][n_name] == '=')
        return (guint) strtoul (parts[i] + n_name + 1, NULL, 10);
    }

  return 0;
}

static void
chorus_upload_visit_serve_list (ChorusUploadVisit *visit,
                                gboolean           needing_inference)
{
  ChorusUploadServer *self = visit->server;
  const ChorusUploadLimits *limits = &self->limits;
  ChorusUploadLacks lacks = limits->lacks;
  guint skip = chorus_upload_visit_get_number (visit, "skip");
  guint limit = chorus_upload_visit_get_number (visit, "limit");
  g_autofree char *list = NULL;

  if (needing_inference ? limits->no_inference_list : limits->no_list)
    {
      chorus_upload_visit_send (visit, 404, "<html><body>404</body></html>");
      return;
    }

  if (limits->max_page > 0)
    limit = limit > 0 ? MIN (limit, limits->max_page) : limits->max_page;
  if (needing_inference)
    lacks |= CHORUS_UPLOAD_LACKS_SIZE | CHORUS_UPLOAD_LACKS_DURATION | CHORUS_UPLOAD_LACKS_RUNS;

  g_mutex_lock (&self->mutex);
  if (self->n_list_failures < limits->n_list_failures)
    {
      self->n_list_failures++;
    }
  else
    {
      self->n_lists += skip == 0;
      list = chorus_upload_shelf_list (self->shelf, lacks, self->n_lists, limits->ignores_skip ? 0 : skip, limit,
                                       limits->newest_first);
      chorus_upload_server_tell (self);
    }
  g_mutex_unlock (&self->mutex);

  if (list)
    chorus_upload_visit_send (visit, 200, list);
  else
    chorus_upload_visit_send (visit, 503, "<html><body>503</body></html>");
}

void
chorus_upload_visit_serve (ChorusUploadVisit *visit)
{
  if (!chorus_upload_visit_read_head (visit))
    return;

  gboolean posts = strcmp (visit->method, "POST") == 0;

  if (posts && strcmp (visit->path, "/api/v1/deployments/deployment-1/audio/upload") == 0)
    chorus_upload_visit_serve_upload (visit);
  else if (!posts && strcmp (visit->path, "/api/v1/admin/files/deployment-1") == 0)
    chorus_upload_visit_serve_list (visit, FALSE);
  else if (!posts && strcmp (visit->path, "/api/v1/admin/files/deployment-1/inference") == 0)
    chorus_upload_visit_serve_list (visit, TRUE);
  else if (posts && strcmp (visit->path, "/auth/refresh") == 0)
    chorus_upload_visit_send (visit, 200, "{\"access_token\":\"renewed\",\"refresh_token\":\"again\"}");
  else
    chorus_upload_visit_send (visit, 404, "{\"error\":{\"code\":\"DEPLOYMENT_NOT_FOUND\",\"message\":\"none\"}}");

  /* Closing while something unread is left would reset the connection. */
  if (!g_socket_is_closed (g_socket_connection_get_socket (visit->stream)))
    {
      g_socket_shutdown (g_socket_connection_get_socket (visit->stream), FALSE, TRUE, NULL);
      chorus_upload_visit_drain (visit);
    }
}
