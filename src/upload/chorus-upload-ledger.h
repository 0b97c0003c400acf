/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The uploads of a profile as rows of the `recordings` table. Every function returns at once; the store writes in the
 * order of the calls. */

#pragma once

#include "chorus-upload-check.h"
#include "chorus-upload-state.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_LEDGER (chorus_upload_ledger_get_type ())

G_DECLARE_FINAL_TYPE (ChorusUploadLedger, chorus_upload_ledger, CHORUS, UPLOAD_LEDGER, GObject)

/* A row that an earlier run of the application left unfinished. */
typedef struct
{
  gint64 recording_id;
  char *deployment_id;
  char *name;
  GFile *file;           /* nullable */
  GDateTime *sent_since; /* nullable: bytes may have gone out, at this time or later */
} ChorusUploadRow;

ChorusUploadLedger *chorus_upload_ledger_new (ChorusStore *store,
                                              const char  *profile_id) G_GNUC_WARN_UNUSED_RESULT;

/* Adds rows that wait. Returns: (transfer full) (element-type gint64): their numbers, in the order of @files */
void chorus_upload_ledger_add_async (ChorusUploadLedger  *self,
                                     const char          *deployment_id,
                                     GPtrArray           *files,
                                     gboolean             synthetic,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GArray *chorus_upload_ledger_add_finish (ChorusUploadLedger  *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/* Writes where an upload stands. */
void chorus_upload_ledger_save_state_async (ChorusUploadLedger  *self,
                                            gint64               recording_id,
                                            ChorusUploadState    state,
                                            const char          *reason,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);

/* Writes what was found out about a file, unless the deployment already has or is getting the same content: then the
 * call fails with %CHORUS_UPLOAD_ERROR_ALREADY_SENT. */
void chorus_upload_ledger_save_check_async (ChorusUploadLedger      *self,
                                            gint64                   recording_id,
                                            const char              *deployment_id,
                                            const ChorusUploadCheck *check,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);

/* Writes that the service has the file, and as which. */
void chorus_upload_ledger_save_sent_async (ChorusUploadLedger  *self,
                                           gint64               recording_id,
                                           const char          *deployment_id,
                                           const char          *file_id,
                                           const char          *server_name,
                                           const char          *url,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/* Ends any of the three above. */
gboolean chorus_upload_ledger_save_finish (ChorusUploadLedger  *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Returns: (transfer full) (element-type ChorusUploadRow): what is unfinished, oldest first */
void chorus_upload_ledger_load_async (ChorusUploadLedger  *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GPtrArray *chorus_upload_ledger_load_finish (ChorusUploadLedger  *self,
                                             GAsyncResult        *result,
                                             GError             **error);

/* Returns: (transfer full) (element-type utf8): the set of the service's ids of a deployment that the store knows */
void chorus_upload_ledger_list_ids_async (ChorusUploadLedger  *self,
                                          const char          *deployment_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GHashTable *chorus_upload_ledger_list_ids_finish (ChorusUploadLedger  *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
