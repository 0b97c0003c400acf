/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusLibrary share. */

#pragma once

#include "chorus-library.h"
#include "chorus-part-rows.h"
#include "chorus-place-rows.h"
#include "chorus-recording-private.h"

G_BEGIN_DECLS

struct _ChorusLibrary
{
  GObject parent_instance;

  ChorusStore *store;
  ChorusClient *client; /* NULL without a connection */
  char *profile_id;
  char *cache_folder;
  GCancellable *cancellable; /* cancelled when the library goes: ends what nobody waits for */

  /* Places */
  GListStore *places;        /* of ChorusPlace: what has no parent among the places known */
  GHashTable *places_by_key; /* kind and id to ChorusPlace */
  GDateTime *synced_at;
  gboolean lists_deployments;

  /* Recordings */
  GHashTable *lists; /* scope, as text, to ChorusRecordingList, which is not owned */
  GHashTable *stale; /* of ids (gint64 *): what the upload queue has written about and was not read again yet */
  gboolean reading;  /* some of it is being read */

  /* Analysis: see chorus-library-analysis.c */
  GQueue *pending;       /* of ChorusPending, next to be asked about first */
  GHashTable *requested; /* of ids (gint64 *) of recordings that the service is being asked to analyze */
  GHashTable *n_nothing; /* ids (gint64 *) of parts to how often the service knew of no run of them */
  guint poll_id;
  guint poll_interval; /* milliseconds */
  gboolean polling;    /* a round of questions is under way */
};

void chorus_library_set_synced_at (ChorusLibrary *self,
                                   GDateTime     *synced_at);
void chorus_library_set_lists_deployments (ChorusLibrary *self,
                                           gboolean       lists_deployments);
gboolean chorus_library_check_client (ChorusLibrary *self,
                                      GTask         *task);
void chorus_library_note_error (const GError *error);

void chorus_library_store_places (ChorusLibrary   *self,
                                  ChorusStoreFunc  func,
                                  ChorusPlaceRows *rows,
                                  GTask           *task);

void chorus_library_take_recordings (ChorusLibrary   *self,
                                     ChorusRecording *recording,
                                     GPtrArray       *fresh);
ChorusRecordingList *chorus_library_get_open_list (ChorusLibrary *self,
                                                   const char    *deployment_id);
gboolean chorus_library_scope_has (ChorusLibrary     *self,
                                   const ChorusScope *scope,
                                   const char        *deployment_id);
void chorus_library_drop_recordings (ChorusLibrary *self,
                                     GArray        *ids);
void chorus_library_forget_lists (ChorusLibrary *self);

/* Which parts of a recording to ask about; for a recording that is one file none of it matters. */
typedef struct
{
  gboolean only_under_way;
  guint first;        /* from this part on */
  guint most;         /* no more than this many */
  GHashTable *except; /* (nullable): a set of file ids to leave out */
} ChorusAskScope;

void chorus_library_ask_about (ChorusLibrary        *self,
                               ChorusRecording      *recording,
                               const ChorusAskScope *scope,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
gboolean chorus_library_ask_about_finish (ChorusLibrary  *self,
                                          GAsyncResult   *result,
                                          guint          *next,
                                          GError        **error);
void chorus_library_read_targets_async (ChorusLibrary       *self,
                                        ChorusRecording     *recording,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GPtrArray *chorus_library_read_targets_finish (ChorusLibrary  *self,
                                               GAsyncResult   *result,
                                               GError        **error);
void chorus_library_write_analysis_async (ChorusLibrary           *self,
                                          ChorusRecording         *recording,
                                          GArray                  *part_ids,
                                          ChorusRecordingAnalysis  analysis,
                                          const char              *reason,
                                          GAsyncReadyCallback      callback,
                                          gpointer                 user_data);
void chorus_library_write_runs_async (ChorusLibrary       *self,
                                      ChorusRecording     *recording,
                                      gint64               part_id,
                                      GPtrArray           *inferences,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean chorus_library_write_analysis_finish (ChorusLibrary  *self,
                                               GAsyncResult   *result,
                                               GError        **error);
gboolean chorus_library_is_lasting_error (const GError *error);

void chorus_library_init_analysis (ChorusLibrary *self);
void chorus_library_stop_analysis (ChorusLibrary *self);
void chorus_library_free_analysis (ChorusLibrary *self);
void chorus_library_schedule_poll (ChorusLibrary *self);
void chorus_library_watch_analysis (ChorusLibrary   *self,
                                    ChorusRecording *recording);

G_END_DECLS
