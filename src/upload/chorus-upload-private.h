/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the queue keeps with each upload. */

#pragma once

#include "chorus-upload-check.h"
#include "chorus-upload.h"

G_BEGIN_DECLS

struct _ChorusUpload
{
  GObject parent_instance;

  GFile *file;
  char *name;
  char *deployment_id;
  gint64 recording_id;

  ChorusUploadState state;
  double progress;
  guint64 bytes;
  char *reason;

  /* The queue's own. */
  ChorusUploadCheck *check;  /* of the file as it is now, once it was found good */
  GCancellable *cancellable; /* of what is under way */
  guint n_tries;             /* that failed */
  guint delay_id;            /* the timeout that ends a delay */
  gboolean renewed;          /* sent again at once after the sign-in was renewed */
  gboolean restored;         /* from an earlier run of the application */
  GDateTime *attempted;      /* nullable: when the last attempt began */
  GDateTime *uncertain;      /* nullable: when an attempt began that may have arrived */
};

ChorusUpload *chorus_upload_new (GFile      *file,
                                 const char *name,
                                 const char *deployment_id,
                                 gint64      recording_id)
  G_GNUC_WARN_UNUSED_RESULT;
void chorus_upload_set_state (ChorusUpload      *self,
                              ChorusUploadState  state);
void chorus_upload_set_progress (ChorusUpload *self,
                                 double        progress);
void chorus_upload_set_reason (ChorusUpload *self,
                               const char   *reason);
void chorus_upload_set_check (ChorusUpload      *self,
                              ChorusUploadCheck *check);

G_END_DECLS
