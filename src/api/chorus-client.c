/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-client-private.h"

/* The wait for the answer to an upload, in seconds; while bytes are being sent, the stall timeout is shorter. */
#define CHORUS_CLIENT_UPLOAD_TIMEOUT 600
#define CHORUS_CLIENT_STALL_TIMEOUT 60
#define CHORUS_CLIENT_MEDIA_TIMEOUT 60

struct _ChorusClient
{
  GObject parent_instance;

  ChorusSession *session;
  ChorusTransport *upload_transport;
  ChorusTransport *media_transport;
  guint stall_timeout;
};

G_DEFINE_FINAL_TYPE (ChorusClient, chorus_client, G_TYPE_OBJECT)

static void
chorus_client_finalize (GObject *object)
{
  ChorusClient *self = CHORUS_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->upload_transport);
  g_clear_object (&self->media_transport);

  G_OBJECT_CLASS (chorus_client_parent_class)->finalize (object);
}

static void
chorus_client_class_init (ChorusClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_client_finalize;
}

static void
chorus_client_init (ChorusClient *self)
{
  self->upload_transport = chorus_transport_new (CHORUS_CLIENT_UPLOAD_TIMEOUT);
  self->media_transport = chorus_transport_new (CHORUS_CLIENT_MEDIA_TIMEOUT);
  self->stall_timeout = CHORUS_CLIENT_STALL_TIMEOUT;
}

ChorusClient *
chorus_client_new (ChorusSession *session)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (session), NULL);

  ChorusClient *self = g_object_new (CHORUS_TYPE_CLIENT, NULL);

  self->session = g_object_ref (session);

  return self;
}

ChorusSession *
chorus_client_get_session (ChorusClient *self)
{
  g_return_val_if_fail (CHORUS_IS_CLIENT (self), NULL);

  return self->session;
}

guint
chorus_client_get_stall_timeout (ChorusClient *self)
{
  g_return_val_if_fail (CHORUS_IS_CLIENT (self), 0);

  return self->stall_timeout;
}

void
chorus_client_set_stall_timeout (ChorusClient *self,
                                 guint         seconds)
{
  g_return_if_fail (CHORUS_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);

  self->stall_timeout = seconds;
}

ChorusTransport *
chorus_client_get_upload_transport (ChorusClient *self)
{
  return self->upload_transport;
}

ChorusTransport *
chorus_client_get_media_transport (ChorusClient *self)
{
  return self->media_transport;
}

typedef struct
{
  GBytes *body;
  ChorusDecodeFunc decode;
  GDestroyNotify destroy;
  char *context;
} ChorusDecodeJob;

static void
chorus_decode_job_free (ChorusDecodeJob *job)
{
  g_bytes_unref (job->body);
  g_free (job->context);
  g_free (job);
}

static void
chorus_client_decode_thread (GTask        *task,
                             gpointer      source_object,
                             gpointer      task_data,
                             GCancellable *cancellable)
{
  ChorusDecodeJob *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root =
    chorus_json_parse (g_bytes_get_data (job->body, NULL), g_bytes_get_size (job->body), &error);
  gpointer objects = root ? job->decode (root, job->context, &error) : NULL;

  if (objects)
    g_task_return_pointer (task, objects, job->destroy);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_client_decode_async (GBytes              *body,
                            ChorusDecodeFunc     decode,
                            GDestroyNotify       destroy,
                            const char          *context,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ChorusDecodeJob *job = g_new0 (ChorusDecodeJob, 1);

  g_task_set_source_tag (task, chorus_client_decode_async);
  g_task_set_task_data (task, job, (GDestroyNotify) chorus_decode_job_free);
  job->body = g_bytes_ref (body);
  job->decode = decode;
  job->destroy = destroy;
  job->context = g_strdup (context);
  g_task_run_in_thread (task, chorus_client_decode_thread);
}

gpointer
chorus_client_decode_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
