/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the server share: the server itself and its figures (chorus-upload-server.c), a visit from its first
 * byte on (chorus-upload-visit.c), and the replies (chorus-upload-reply.c). */

#pragma once

#include "chorus-upload-server.h"

G_BEGIN_DECLS

struct _ChorusUploadServer
{
  GSocketListener *listener;
  GThread *accepting;
  char *url;
  GCancellable *stop;
  ChorusUploadLimits limits;
  GArray *script; /* of ChorusUploadStep */

  GMutex mutex; /* guards all that follows */
  GCond changed;
  ChorusUploadShelf *shelf;
  guint n_foreign; /* on the shelf */
  char *bad;       /* nullable: SHA-256 */
  gint64 clock;
  guint n_steps; /* taken of the script, with repetitions of the current one in n_repeated */
  guint n_repeated;
  guint n_released;
  guint n_held;
  guint n_uploads;
  guint n_active;
  guint max_active;
  guint max_files;
  guint n_hurried;
  gint64 not_before; /* real time, in microseconds: what the client was asked to wait for */
  guint n_lists;
  guint n_list_failures;
  guint64 n_bytes;
  guint n_connections;
};

/* One connection, with the request that came over it. */
typedef struct
{
  ChorusUploadServer *server;
  GSocketConnection *stream;
  GByteArray *head; /* with what was read of the body */
  gsize n_head;
  char *method;
  char *path;
  char *query;
  guint64 length;
  gboolean expects;

  GByteArray *body;
  gboolean is_active;
  ChorusUploadStep step;
  GPtrArray *stored; /* of ChorusUploadShelved, of the server */
} ChorusUploadVisit;

/* Serves a visit to its end. */
void chorus_upload_visit_serve (ChorusUploadVisit *visit);

void chorus_upload_visit_write (ChorusUploadVisit *visit,
                                const char        *data,
                                gsize              size);
void chorus_upload_visit_reset (ChorusUploadVisit *visit);

/* Ends an upload. The client may send the next request as soon as it has the last byte of a reply, so this is called
 * before that. */
void chorus_upload_visit_leave (ChorusUploadVisit *visit);

/* What the step has to say, and how it is said. */
char *chorus_upload_visit_make_body (ChorusUploadVisit *visit,
                                     guint              status);
void chorus_upload_visit_send (ChorusUploadVisit *visit,
                               guint              status,
                               const char        *body);

/* Wakes everybody who waits for a change. Call with the mutex held, as the next one. */
void chorus_upload_server_tell (ChorusUploadServer *self);

/* Lets files of somebody else arrive. */
void chorus_upload_server_add_foreign (ChorusUploadServer *self,
                                       guint               n,
                                       gint64              created_at);

/* Seconds since 1970, by the clock of the service. */
gint64 chorus_upload_server_get_time (ChorusUploadServer *self);

G_END_DECLS
