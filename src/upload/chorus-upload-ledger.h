/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The uploads of a profile in the store. Every function returns at once; the store writes in the order of the calls. */

#pragma once

#include "chorus-upload-private.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_LEDGER (chorus_upload_ledger_get_type ())

G_DECLARE_FINAL_TYPE (ChorusUploadLedger, chorus_upload_ledger, CHORUS, UPLOAD_LEDGER, GObject)

/* What an earlier run of the application left. */
typedef struct
{
  GPtrArray *uploads; /* of ChorusUpload, oldest first */
  goffset budget;     /* the most bytes of a request to the service, 0 where that is not known */
} ChorusUploadLedgerState;

void chorus_upload_ledger_state_free (ChorusUploadLedgerState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadLedgerState, chorus_upload_ledger_state_free)

ChorusUploadLedger *chorus_upload_ledger_new (ChorusStore *store,
                                              const char  *profile_id) G_GNUC_WARN_UNUSED_RESULT;

/* Adds recordings that wait. Returns: (transfer full) (element-type gint64): their numbers, in the order of @files */
void chorus_upload_ledger_add_async (ChorusUploadLedger  *self,
                                     const char          *deployment_id,
                                     GPtrArray           *files,
                                     gboolean             synthetic,
                                     gboolean             approved,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GArray *chorus_upload_ledger_add_finish (ChorusUploadLedger  *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/* Writes where uploads stand, with all their parts, in one transaction. What is written is as it was at the call. */
void chorus_upload_ledger_save_async (ChorusUploadLedger  *self,
                                      GPtrArray           *uploads,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean chorus_upload_ledger_save_finish (ChorusUploadLedger  *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Writes what was found out about the file of an upload, the parts that follow from it, and that it is ready or refused.
 *
 * Returns: (transfer full) (element-type ChorusUploadFinding): what the other recordings of the deployment say about it */
void chorus_upload_ledger_save_check_async (ChorusUploadLedger      *self,
                                            ChorusUpload            *upload,
                                            const ChorusUploadCheck *check,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
GPtrArray *chorus_upload_ledger_save_check_finish (ChorusUploadLedger  *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);

/* Takes recordings out of the store of which nothing was ever sent. Returns: (transfer full) (element-type gint64): the
 * numbers of those that are gone */
void chorus_upload_ledger_forget_async (ChorusUploadLedger  *self,
                                        GArray              *recording_ids,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GArray *chorus_upload_ledger_forget_finish (ChorusUploadLedger  *self,
                                            GAsyncResult        *result,
                                            GError             **error);

/* Remembers how much the service takes at once. */
void chorus_upload_ledger_save_budget (ChorusUploadLedger *self,
                                       goffset             budget);

/* Returns: (transfer full): what is in the list and was not sent */
void chorus_upload_ledger_load_async (ChorusUploadLedger  *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
ChorusUploadLedgerState *chorus_upload_ledger_load_finish (ChorusUploadLedger  *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

/* Returns: (transfer full) (element-type utf8 gboolean): the service's ids of a deployment that the store knows, each with
 * whether it was sent from here */
void chorus_upload_ledger_list_ids_async (ChorusUploadLedger  *self,
                                          const char          *deployment_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GHashTable *chorus_upload_ledger_list_ids_finish (ChorusUploadLedger  *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
