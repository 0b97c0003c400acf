/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the queue share: the list and its controls (chorus-upload-queue.c), adding files
 * (chorus-upload-queue-add.c), checking them (chorus-upload-queue-check.c), deciding what is sent next
 * (chorus-upload-queue-pump.c), packing it (chorus-upload-queue-pack.c), sending it (chorus-upload-queue-send.c), finding
 * out what arrived (chorus-upload-queue-look.c), finding files again (chorus-upload-queue-find.c), and what a person does
 * (chorus-upload-queue-control.c). */

#pragma once

#include "chorus-upload-attempt.h"
#include "chorus-upload-queue.h"
#include "chorus-upload-retry.h"
#include "core/chorus-job-queue.h"

G_BEGIN_DECLS

struct _ChorusUploadQueue
{
  GObject parent_instance;

  ChorusUploadLedger *ledger;
  ChorusClient *client; /* nullable */
  GCancellable *cancellable;
  GNetworkMonitor *network;
  ChorusThrottle *throttle;
  ChorusUploadSpare *spare;

  GListStore *uploads; /* of ChorusUpload: all */
  /* Of ChorusUpload, owned, in the order of their turn; those whose state has moved on are passed over. */
  GQueue to_check;
  GQueue to_send;
  GQueue to_confirm;

  ChorusJobQueue *jobs;
  guint n_checking;

  /* The one request that is under way. */
  gboolean busy;
  GCancellable *attempt; /* nullable */
  GPtrArray *cargo;      /* nullable, of ChorusUploadCargo */
  goffset attempt_sent;
  goffset attempt_length;
  gboolean accepted; /* the look that follows is for what the service has said it took */

  /* What holds the next one back. */
  gboolean paused;
  gboolean allow_metered;
  gboolean renewed;  /* the last attempt was refused only because the sign-in had ended */
  gboolean offline;  /* what is waited for is the network */
  guint n_failures;  /* attempts and lists that failed in a row */
  guint n_unlisted;  /* lists that failed in a row */
  gint64 not_before; /* monotonic time, in microseconds */
  guint not_before_id;
  gint64 look_at; /* monotonic time before which nothing is looked for */
  ChorusUploadRate rate;
  guint hourly_limit;
  goffset budget;
  char *hold_reason;

  guint retry_delay; /* before the second attempt, in milliseconds */
  ChorusUploadTotals totals;
};

/* A reference that travels with something asynchronous and does not keep the queue; @release gives it up and returns the
 * queue, if it still is there. */
GWeakRef *chorus_upload_queue_hold (ChorusUploadQueue *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_upload_queue_drop (GWeakRef *ref);
ChorusUploadQueue *chorus_upload_queue_release (gpointer ref) G_GNUC_WARN_UNUSED_RESULT;

/* Starts whatever can start now. */
void chorus_upload_queue_pump (ChorusUploadQueue *self);
void chorus_upload_queue_pump_checks (ChorusUploadQueue *self);

/* Keeps the next request back for @delay milliseconds. */
void chorus_upload_queue_hold_back (ChorusUploadQueue *self,
                                    guint              delay);

/* Lets something happen to an upload in memory and in the totals, without writing it down.
 *
 * Returns: whether it can happen in its state */
gboolean chorus_upload_queue_apply (ChorusUploadQueue *self,
                                    ChorusUpload      *upload,
                                    ChorusUploadEvent  event,
                                    const char        *reason);

/* Lets something happen to a part, and works out what becomes of its upload. */
void chorus_upload_queue_apply_part (ChorusUploadQueue *self,
                                     ChorusUpload      *upload,
                                     guint              position,
                                     ChorusUploadEvent  event,
                                     const char        *reason);

/* Writes down uploads and tells of them once they are on the disk. What cannot be written down fails. */
void chorus_upload_queue_save (ChorusUploadQueue *self,
                               GPtrArray         *uploads);

/* Lets something happen to an upload, writes it down and tells. */
void chorus_upload_queue_happen (ChorusUploadQueue *self,
                                 ChorusUpload      *upload,
                                 ChorusUploadEvent  event,
                                 const char        *reason);

/* What the store could not write is not done: without it a file could be sent twice. */
void chorus_upload_queue_fail_unsaved (ChorusUploadQueue *self,
                                       GPtrArray         *uploads,
                                       const GError      *error);

/* Tells what there is to tell about an upload. */
void chorus_upload_queue_tell (ChorusUploadQueue *self,
                               ChorusUpload      *upload);

/* Tells that a recording is no longer in the store. */
void chorus_upload_queue_tell_forgotten (ChorusUploadQueue *self,
                                         gint64             recording_id);

/* Puts an upload into the line for what comes next. */
void chorus_upload_queue_line_up (ChorusUploadQueue *self,
                                  ChorusUpload      *upload);

/* Puts new uploads at the end of the list, all at once, and starts what can start. */
void chorus_upload_queue_append (ChorusUploadQueue *self,
                                 GPtrArray         *uploads);

/* Brings the totals up to date with an upload. */
void chorus_upload_queue_recount (ChorusUploadQueue *self,
                                  ChorusUpload      *upload);

void chorus_upload_queue_set_hold_reason (ChorusUploadQueue *self,
                                          const char        *reason);
void chorus_upload_queue_set_busy (ChorusUploadQueue *self,
                                   gboolean           busy);

/* Stops the request that is under way, unless all of it has gone out. */
void chorus_upload_queue_stop_attempt (ChorusUploadQueue *self);

/* The uploads of a cargo, each once, in order. */
GPtrArray *chorus_upload_queue_list_uploads (GPtrArray *cargo) G_GNUC_WARN_UNUSED_RESULT;

/* Sends the cargo that was chosen. */
void chorus_upload_queue_begin (ChorusUploadQueue *self);

/* Lets go of the cargo and writes down what has become of these uploads. */
void chorus_upload_queue_end_request (ChorusUploadQueue *self,
                                      GPtrArray         *uploads);

/* Begins a check, a request, or a look for what arrived.
 *
 * Returns: whether there was anything to begin */
void chorus_upload_queue_check (ChorusUploadQueue *self,
                                ChorusUpload      *upload);
gboolean chorus_upload_queue_send (ChorusUploadQueue *self);
gboolean chorus_upload_queue_look (ChorusUploadQueue *self);

G_END_DECLS
