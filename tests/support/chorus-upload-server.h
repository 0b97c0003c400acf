/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An upload service for tests that follows a script of misbehavior, one step for each upload request, and tells
 * afterwards what it stored.
 *
 * It listens on a free port of the loopback interface and serves each connection in a thread of its own, by hand, since
 * HTTP libraries do not misbehave well. Nothing in it sleeps: where it waits, it waits for the client, for a listing, for
 * the test or for the end. It serves
 *
 *     POST /api/v1/deployments/deployment-1/audio/upload
 *     GET  /api/v1/admin/files/deployment-1?skip&limit
 *     GET  /api/v1/admin/files/deployment-1/inference
 *     POST /auth/refresh
 */

#pragma once

#include "chorus-upload-shelf.h"

G_BEGIN_DECLS

/* The one deployment that it knows. */
#define CHORUS_UPLOAD_SERVER_DEPLOYMENT "deployment-1"

/**
 * ChorusUploadManner:
 * @CHORUS_UPLOAD_MANNER_NONE: reads, stores, replies
 * @CHORUS_UPLOAD_MANNER_REFUSE_UNREAD: replies after the head and closes without reading on, which resets the connection
 * @CHORUS_UPLOAD_MANNER_RESET_READING: resets the connection after @n_bytes of the body
 * @CHORUS_UPLOAD_MANNER_STALL_READING: stops reading after @n_bytes of the body, until the client gives up
 * @CHORUS_UPLOAD_MANNER_HOLD_READING: stops reading after @n_bytes of the body, until told to go on
 * @CHORUS_UPLOAD_MANNER_RESET_REPLY: resets the connection in place of the reply
 * @CHORUS_UPLOAD_MANNER_RESET_IN_REPLY: resets it after half of the reply
 * @CHORUS_UPLOAD_MANNER_STALL_REPLY: never replies, until the client gives up
 * @CHORUS_UPLOAD_MANNER_LONG_LENGTH: announces a longer reply than it sends, and closes
 * @CHORUS_UPLOAD_MANNER_SHORT_LENGTH: announces half of the reply that it sends
 * @CHORUS_UPLOAD_MANNER_IGNORE_EXPECT: never says 100 (Continue) to a client that waits for it
 *
 * How an upload request is handled.
 */
typedef enum
{
  CHORUS_UPLOAD_MANNER_NONE,
  CHORUS_UPLOAD_MANNER_REFUSE_UNREAD,
  CHORUS_UPLOAD_MANNER_RESET_READING,
  CHORUS_UPLOAD_MANNER_STALL_READING,
  CHORUS_UPLOAD_MANNER_HOLD_READING,
  CHORUS_UPLOAD_MANNER_RESET_REPLY,
  CHORUS_UPLOAD_MANNER_RESET_IN_REPLY,
  CHORUS_UPLOAD_MANNER_STALL_REPLY,
  CHORUS_UPLOAD_MANNER_LONG_LENGTH,
  CHORUS_UPLOAD_MANNER_SHORT_LENGTH,
  CHORUS_UPLOAD_MANNER_IGNORE_EXPECT,
} ChorusUploadManner;

/**
 * ChorusUploadAnswer:
 * @CHORUS_UPLOAD_ANSWER_DEFAULT: the files in the order sent for a success, the error envelope otherwise
 * @CHORUS_UPLOAD_ANSWER_REVERSED: the files in the opposite order
 * @CHORUS_UPLOAD_ANSWER_IDS: a bare array of ids, in the order sent
 * @CHORUS_UPLOAD_ANSWER_FILE_IDS: the ids, in the order sent, under `file_ids`
 * @CHORUS_UPLOAD_ANSWER_EMPTY: no body at all
 * @CHORUS_UPLOAD_ANSWER_NOTHING: an object that names nothing
 * @CHORUS_UPLOAD_ANSWER_NONSENSE: no JSON
 * @CHORUS_UPLOAD_ANSWER_FEWER: all files but the last, in the order sent
 * @CHORUS_UPLOAD_ANSWER_DETAIL: the errors of FastAPI
 * @CHORUS_UPLOAD_ANSWER_HTML: the page of a proxy
 *
 * What is in the body of the reply.
 */
typedef enum
{
  CHORUS_UPLOAD_ANSWER_DEFAULT,
  CHORUS_UPLOAD_ANSWER_REVERSED,
  CHORUS_UPLOAD_ANSWER_IDS,
  CHORUS_UPLOAD_ANSWER_FILE_IDS,
  CHORUS_UPLOAD_ANSWER_EMPTY,
  CHORUS_UPLOAD_ANSWER_NOTHING,
  CHORUS_UPLOAD_ANSWER_NONSENSE,
  CHORUS_UPLOAD_ANSWER_FEWER,
  CHORUS_UPLOAD_ANSWER_DETAIL,
  CHORUS_UPLOAD_ANSWER_HTML,
} ChorusUploadAnswer;

/**
 * ChorusUploadKeep:
 * @CHORUS_UPLOAD_KEEP_DEFAULT: all of a request that ends in a success, nothing otherwise
 * @CHORUS_UPLOAD_KEEP_ALL: all
 * @CHORUS_UPLOAD_KEEP_NONE: nothing
 * @CHORUS_UPLOAD_KEEP_HALF: the first half of them, rounded up
 *
 * Which files of a request are stored.
 */
typedef enum
{
  CHORUS_UPLOAD_KEEP_DEFAULT,
  CHORUS_UPLOAD_KEEP_ALL,
  CHORUS_UPLOAD_KEEP_NONE,
  CHORUS_UPLOAD_KEEP_HALF,
} ChorusUploadKeep;

/**
 * ChorusUploadWait:
 * @CHORUS_UPLOAD_WAIT_UNSAID: nothing
 * @CHORUS_UPLOAD_WAIT_SECONDS: `Retry-After` in seconds
 * @CHORUS_UPLOAD_WAIT_DATE: `Retry-After` as a date, by the clock of the service
 * @CHORUS_UPLOAD_WAIT_RESET: `X-RateLimit-Remaining: 0` and `X-RateLimit-Reset` in seconds
 * @CHORUS_UPLOAD_WAIT_EPOCH: `X-RateLimit-Remaining: 0` and `X-RateLimit-Reset` as seconds since 1970
 *
 * How the client is asked to wait for one second.
 */
typedef enum
{
  CHORUS_UPLOAD_WAIT_UNSAID,
  CHORUS_UPLOAD_WAIT_SECONDS,
  CHORUS_UPLOAD_WAIT_DATE,
  CHORUS_UPLOAD_WAIT_RESET,
  CHORUS_UPLOAD_WAIT_EPOCH,
} ChorusUploadWait;

/**
 * ChorusUploadStep:
 * @status: the status of the reply; 0 stands for 201
 * @manner: how the request is handled
 * @answer: what the reply says
 * @keep: what is stored
 * @wait: how the client is asked to wait
 * @n_bytes: how much of the body is read; see the manners
 * @listed_from: what was stored is left out of that many further listings less one: 0 and 1 show it at once
 * @after_lists: replies only when so many further listings were asked for
 * @held: replies only when chorus_upload_server_release() is called
 * @keeps_late: stores when the reply is due, not when the body has arrived
 * @clock: moves the clock of the service by so many seconds before anything else
 * @n_foreign: so many files of somebody else arrive together with the request
 * @times: for how many requests; 0 stands for one
 *
 * What happens to an upload request. All zero: it is accepted.
 */
typedef struct
{
  guint status;
  ChorusUploadManner manner;
  ChorusUploadAnswer answer;
  ChorusUploadKeep keep;
  ChorusUploadWait wait;
  guint64 n_bytes;
  guint listed_from;
  guint after_lists;
  gboolean held;
  gboolean keeps_late;
  gint64 clock;
  guint n_foreign;
  guint times;
} ChorusUploadStep;

/**
 * ChorusUploadLimits:
 * @no_list: the list of files is a 404 without the envelope
 * @no_inference_list: so is the list of files that need inference
 * @lacks: what lists and replies do not say of a file
 * @ignores_skip: every page is the first
 * @newest_first: lists begin with the newest file
 * @max_page: no page is longer, whatever was asked for; 0 for no limit
 * @n_list_failures: the first listings are a 503
 * @max_body: a larger upload is refused with 413, unread; 0 for no limit
 * @clock: how far the clock of the service is ahead, in seconds
 * @n_foreign: how many files of somebody else are there from the start, stored a day ago
 * @foreign: (nullable): what all files of somebody else begin with; each goes on with its number in 4 bytes
 *
 * What the service is like. All zero: it is as documented, and lists everything.
 */
typedef struct
{
  gboolean no_list;
  gboolean no_inference_list;
  ChorusUploadLacks lacks;
  gboolean ignores_skip;
  gboolean newest_first;
  guint max_page;
  guint n_list_failures;
  guint64 max_body;
  gint64 clock;
  guint n_foreign;
  GBytes *foreign;
} ChorusUploadLimits;

typedef struct _ChorusUploadServer ChorusUploadServer;

/* Starts a server. @limits is nullable. It follows @script once, and accepts what comes after: so steps that are left out
 * at the end of an array change nothing. Both are copied. */
ChorusUploadServer *chorus_upload_server_new (const ChorusUploadLimits *limits,
                                              const ChorusUploadStep   *script,
                                              guint                     n_script);

/* Ends every connection, and waits for their threads. */
void chorus_upload_server_free (ChorusUploadServer *self);

/* The address, "http://127.0.0.1:PORT". */
const char *chorus_upload_server_get_url (ChorusUploadServer *self);

/* Any request that contains a file with this content is refused whole, with a 400 that does not say why. */
void chorus_upload_server_set_bad (ChorusUploadServer *self,
                                   const char         *sha256);

/* Lets one request go on that is held, now or later. */
void chorus_upload_server_release (ChorusUploadServer *self);

/* How many requests are held. A change of any of these figures wakes the default main context. */
guint chorus_upload_server_get_n_held (ChorusUploadServer *self);

/* How many uploads began, whatever became of them. */
guint chorus_upload_server_get_n_uploads (ChorusUploadServer *self);

/* The greatest number of uploads that were under way at the same time. One that stalls is not counted from there on. */
guint chorus_upload_server_get_max_uploads (ChorusUploadServer *self);

/* How many listings were asked for, each counted once however many pages it has. */
guint chorus_upload_server_get_n_lists (ChorusUploadServer *self);

/* How many uploads came although the client had been asked to wait, a tenth of a second granted. */
guint chorus_upload_server_get_n_hurried (ChorusUploadServer *self);

/* How many bytes of bodies of uploads were read. */
guint64 chorus_upload_server_get_n_bytes (ChorusUploadServer *self);

/* The most files that an upload brought. */
guint chorus_upload_server_get_max_files (ChorusUploadServer *self);

/* How many files were stored, without those of somebody else. */
guint chorus_upload_server_get_n_stored (ChorusUploadServer *self);

/* How often this content was stored. */
guint chorus_upload_server_count_stored (ChorusUploadServer *self,
                                         const char         *sha256);

/* What is stored under an id; valid as long as the server. */
const ChorusUploadShelved *chorus_upload_server_find_stored (ChorusUploadServer *self,
                                                             const char         *file_id);

/* Asserts that each of @sha256s (element-type utf8) was stored exactly once, and nothing else. */
void chorus_upload_server_assert_exactly_once (ChorusUploadServer *self,
                                               GPtrArray          *sha256s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadServer, chorus_upload_server_free)

G_END_DECLS
