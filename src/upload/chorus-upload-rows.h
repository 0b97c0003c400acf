/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs that the ledger gives to the store's thread. */

#pragma once

#include "chorus-upload-ledger.h"

G_BEGIN_DECLS

/* An upload as it was when it was to be written; the upload itself belongs to the main thread. */
typedef struct
{
  gint64 recording_id;
  char *deployment_id;
  char *path; /* nullable */
  ChorusUploadState state;
  char *reason;
  guint findings;
  gboolean approved;
  gboolean override;
  gboolean listed;
  GArray *entries; /* of ChorusUploadEntry */
} ChorusUploadSnapshot;

/* What one job needs; each uses its part. */
typedef struct
{
  char *profile_id;
  char *deployment_id;

  GPtrArray *files; /* of GFile */
  gboolean synthetic;
  gboolean approved;

  GPtrArray *snapshots; /* of ChorusUploadSnapshot */

  ChorusUploadSnapshot *upload;
  gboolean keeps_parts;
  char *refusal;  /* nullable: why the file itself should not be sent */
  guint findings; /* bits */
  char *notes;
  goffset size;
  gint64 modified;
  char *sha256;
  double duration;
  double sample_rate;
  guint channels;
  char *recorded_at;
  gboolean has_zone;
  const char *time_source;
  double start_time; /* seconds since 1970, NaN where not known */
  const char *method;
  char *format;

  GArray *ids; /* of gint64 */
  goffset budget;
} ChorusUploadJob;

ChorusUploadSnapshot *chorus_upload_snapshot_new (ChorusUpload *upload) G_GNUC_WARN_UNUSED_RESULT;
void chorus_upload_snapshot_free (ChorusUploadSnapshot *self);

ChorusUploadJob *chorus_upload_job_new (const char *profile_id,
                                        const char *deployment_id) G_GNUC_WARN_UNUSED_RESULT;
void chorus_upload_job_free (gpointer data);

gpointer chorus_upload_rows_add (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error);
gpointer chorus_upload_rows_save (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error);
gpointer chorus_upload_rows_save_check (ChorusDatabase  *db,
                                        gpointer         data,
                                        GError         **error);
gpointer chorus_upload_rows_forget (ChorusDatabase  *db,
                                    gpointer         data,
                                    GError         **error);
gpointer chorus_upload_rows_save_budget (ChorusDatabase  *db,
                                         gpointer         data,
                                         GError         **error);
gpointer chorus_upload_rows_load (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error);
gpointer chorus_upload_rows_list_ids (ChorusDatabase  *db,
                                      gpointer         data,
                                      GError         **error);

/* A path as it is, where it is UTF-8, and else as a URI: the store holds nothing but UTF-8. */
char *chorus_upload_rows_path_from_file (GFile *file);
GFile *chorus_upload_rows_file_from_path (const char *path);

G_END_DECLS
