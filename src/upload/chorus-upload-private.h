/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the queue keeps with each upload. */

#pragma once

#include "chorus-upload-check.h"
#include "chorus-upload.h"

G_BEGIN_DECLS

/* A part of a recording, and where it stands. */
typedef struct
{
  ChorusUploadPart part;
  ChorusUploadState state;
  char *
    attempted_at; /* nullable: when the attempt began whose end is not known, as ISO 8601 by the clock of the service */
  char *file_id;  /* nullable: what the service calls it */
  char *server_name; /* nullable */
  char *url;         /* nullable */

  /* Not kept in the store. */
  gint64 attempted_mono; /* monotonic time of that attempt, in microseconds, or 0 where an earlier run made it */
  guint n_failures;      /* attempts that failed */
  guint n_looks;         /* lists of the deployment that did not have it */
  guint max_files;       /* the most files of the request that it goes into, or 0 */
} ChorusUploadEntry;

struct _ChorusUpload
{
  GObject parent_instance;

  GFile *file; /* nullable: an earlier version may not have kept it */
  char *name;
  char *deployment_id;
  gint64 recording_id;

  ChorusUploadState state;
  double progress;
  guint64 bytes;
  double duration;
  char *reason;
  char *notes;
  guint findings; /* bits, see CHORUS_UPLOAD_FINDING_BIT() */
  gboolean approved;

  /* The queue's own. */
  gboolean override; /* a person wants it sent although the check advises against it */
  gboolean listed;   /* in the list */
  gboolean lined_up; /* in the line of those to be sent */
  gboolean arrived;  /* all of it is at the service; it counts as sent once that is in the store */
  char *sha256;      /* nullable: of the content as it was checked */
  gint64 modified;   /* when the file was last written, in microseconds since 1970 */
  gint64 recorded;   /* when the recording began, in seconds since 1970; G_MININT64 where that is not known */
  ChorusUploadMethod method;
  char *format;
  GArray *entries; /* of ChorusUploadEntry: the parts; empty until checked */

  /* What counts in the totals of the queue now. */
  gboolean counted;
  ChorusUploadState counted_state;
  guint64 counted_bytes;
  double counted_sent;
};

ChorusUpload *chorus_upload_new (GFile      *file,
                                 const char *name,
                                 const char *deployment_id,
                                 gint64      recording_id)
  G_GNUC_WARN_UNUSED_RESULT;
ChorusUploadEntry *chorus_upload_get_entry (ChorusUpload *self,
                                            guint         position);
void chorus_upload_set_file (ChorusUpload *self,
                             GFile        *file);
void chorus_upload_set_state (ChorusUpload      *self,
                              ChorusUploadState  state);
void chorus_upload_set_progress (ChorusUpload *self,
                                 double        progress);
void chorus_upload_set_reason (ChorusUpload *self,
                               const char   *reason);
void chorus_upload_set_approved (ChorusUpload *self,
                                 gboolean      approved);
void chorus_upload_set_notes (ChorusUpload *self,
                              const char   *notes);

/* Takes over what was found out about the file. Parts that have already gone out are kept when the content is the same. */
void chorus_upload_set_check (ChorusUpload            *self,
                              const ChorusUploadCheck *check);

/* Whether parts that have already gone out stay, because they are of the same content. */
gboolean chorus_upload_keeps_parts (ChorusUpload            *self,
                                    const ChorusUploadCheck *check);

/* Fills @entries with the parts of a cut, none of which has gone out. */
void chorus_upload_fill_entries (GArray                *entries,
                                 const ChorusUploadCut *cut);

/* How many bytes of it the service has, those of @extra on the way included. */
double chorus_upload_count_sent (ChorusUpload *self,
                                 double        extra);

void chorus_upload_entry_clear (gpointer data);

G_END_DECLS
