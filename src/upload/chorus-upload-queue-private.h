/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the queue share: the list and its controls (chorus-upload-queue.c), adding files
 * (chorus-upload-queue-add.c) and the work on the uploads (chorus-upload-queue-work.c). */

#pragma once

#include "chorus-upload-ledger.h"
#include "chorus-upload-private.h"
#include "chorus-upload-queue.h"
#include "core/chorus-job-queue.h"

G_BEGIN_DECLS

struct _ChorusUploadQueue
{
  GObject parent_instance;

  ChorusUploadLedger *ledger;
  ChorusClient *client; /* nullable */
  GCancellable *cancellable;

  GListStore *uploads; /* of ChorusUpload: all */
  GQueue to_check; /* of ChorusUpload, owned: in the order of their turn; those whose state moved on are passed over */
  GQueue to_send;

  ChorusJobQueue *jobs;
  guint n_checking;
  guint n_sending;
  gboolean exclusive; /* the one that is being sent tolerates no other */
  guint n_unfinished;
  gboolean paused;
  guint retry_delay; /* before the second attempt, in milliseconds */
  gint64 not_before; /* the service wants no request before this monotonic time, in microseconds */
  guint not_before_id;
};

/* Starts whatever can start now. */
void chorus_upload_queue_pump (ChorusUploadQueue *self);

/* Lets something happen to an upload, writes it down and tells. Does nothing where it cannot happen. */
void chorus_upload_queue_happen (ChorusUploadQueue *self,
                                 ChorusUpload      *upload,
                                 ChorusUploadEvent  event,
                                 const char        *reason);

/* Tells what there is to tell about an upload. */
void chorus_upload_queue_tell (ChorusUploadQueue *self,
                               ChorusUpload      *upload);

/* Puts an upload that waits or is ready into its line. */
void chorus_upload_queue_line_up (ChorusUploadQueue *self,
                                  ChorusUpload      *upload);

/* Puts new uploads at the end of the list, all at once, and starts what can start. */
void chorus_upload_queue_append (ChorusUploadQueue *self,
                                 GPtrArray         *uploads);

/* Counts what is unfinished. */
void chorus_upload_queue_count (ChorusUploadQueue *self,
                                int                change);

G_END_DECLS
