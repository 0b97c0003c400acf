/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests that drive a whole upload queue share: recordings to send, a queue on a store, the wait for its end, and
 * the truth that has to hold whatever happened. */

#pragma once

#include "store/chorus-schema.h"
#include "upload/chorus-upload-queue.h"

#include "chorus-test.h"
#include "chorus-upload-server.h"

G_BEGIN_DECLS

/* Recordings in a folder. Use upload_recordings_new(). */
typedef struct
{
  char *folder;
  GPtrArray *names;
  GPtrArray *sha256s; /* in the order of @names */
} UploadRecordings;

/* Makes @n recordings in a new folder below @parent, each of noise of its own: 8 kHz (long ones 48 kHz), 16 bits, mono.
 * Every other one has @n_samples samples, as recorders make them, the rest a few more each. */
UploadRecordings *upload_recordings_new (const char *parent,
                                         guint       n,
                                         guint32     n_samples);

void upload_recordings_free (UploadRecordings *self);

/* Makes a recording anew. Returns: its SHA-256 */
char *upload_recordings_write (const char *path,
                               guint32     seed,
                               guint32     n_samples);

/* Makes a recording shorter, in place. Returns: its SHA-256 */
char *upload_recordings_shorten (const char *path,
                                 guint32     n_samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UploadRecordings, upload_recordings_free)

/* A queue with what it stands on. Initialized with zeros. */
typedef struct
{
  ChorusStore *store;
  ChorusClient *client;
  ChorusUploadQueue *queue;
} UploadFixture;

/* Opens a queue for a service. It does not send before upload_fixture_send_all(). @store_path is nullable, for a store in
 * memory. */
void upload_fixture_open (UploadFixture *self,
                          const char    *store_path,
                          const char    *url,
                          const char    *refresh_token);

/* Lets the queue go, whatever it is doing. The store stays open where there is somebody to look into it. */
void upload_fixture_close_queue (UploadFixture *self);

/* Another queue on the same store, as after a restart, loaded. */
void upload_fixture_reopen_queue (UploadFixture *self);

/* Lets everything go, and waits for the store to be closed. */
void upload_fixture_close (UploadFixture *self);

/* Adds everything in a folder, and waits until it is in the store. @error is for what a broken store says. */
gboolean upload_fixture_add (UploadFixture  *self,
                             const char     *folder,
                             GError        **error);

/* Waits until everything has been checked, and lets it be sent: so that the requests are the same in every run. */
void upload_fixture_send_all (UploadFixture *self);

gboolean upload_fixture_load (UploadFixture  *self,
                              GError        **error);

/* The word for where an upload stands, such as "sent" or "may-have-arrived". */
const char *upload_fixture_get_state (ChorusUpload *upload);

/* Whether an upload says that it is not known whether it arrived. */
gboolean upload_fixture_is_doubtful (ChorusUpload *upload);

/* How many uploads of the list stand there. */
guint upload_fixture_count (UploadFixture *self,
                            const char    *state);

/* Whether nothing more happens by itself. */
gboolean upload_fixture_is_settled (UploadFixture *self);

/* How true the ids have to be that the store holds for what was sent. Where a service names files of equal size in an
 * order of its own, nobody can tell which is which. */
typedef enum
{
  UPLOAD_IDS_TRUE,      /* the file of the id has the content of the recording, or no id is held */
  UPLOAD_IDS_SAME_SIZE, /* it has the size of the recording */
} UploadIds;

typedef struct
{
  guint n_sent;
  guint n_doubtful; /* the row says that it is not known whether the file arrived */
  guint n_given_up; /* the row says that it did not arrive */
  guint n_ids;      /* of what was sent: how many are known by the id of the service */
} UploadTruth;

/* Asserts what has to be true at the end whatever happened, of the service, the list and the store:
 * no content is stored twice; what is said to be sent is stored; what is said not to have arrived is not stored; what was
 * not sent says why, in a sentence; and every recording has its row. */
UploadTruth upload_fixture_check (UploadFixture      *self,
                                  ChorusUploadServer *server,
                                  UploadRecordings   *recordings,
                                  UploadIds           ids);

/* A row of a table: a service, and what has to come of it. */
typedef struct
{
  const char *name;
  ChorusUploadLimits limits;
  ChorusUploadStep script[6];
  guint n_foreign_size; /* samples of the files of somebody else; 0: of no size that occurs */
  gboolean has_bad;     /* one file is refused by the service */
  gboolean renews;      /* the sign-in can be renewed */
  gboolean retries;     /* a person signs in again and retries what has failed */
  guint max_doubtful;   /* how many may remain in doubt */
  guint min_uploads;    /* requests that the service has to have seen: proves that the script was followed */
  UploadIds ids;
} UploadCase;

/* Runs a case with @recordings: each ends with every file stored exactly once, but for what it allows. */
void upload_case_run (const UploadCase *self,
                      UploadRecordings *recordings);

G_END_DECLS
