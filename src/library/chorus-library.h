/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "api/chorus-client.h"
#include "chorus-activity.h"
#include "chorus-detection.h"
#include "chorus-library-error.h"
#include "chorus-place.h"
#include "chorus-recording-list.h"
#include "chorus-recording.h"
#include "core/chorus-time-correction.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_LIBRARY (chorus_library_get_type ())

/**
 * ChorusLibrary:
 *
 * Places, recordings and detections of one profile, as objects to show.
 *
 * What is shown comes from the store, so that it is there at once and without a network; the service refreshes the store.
 * Lists are live: whatever changes the store through the library changes them too. All of it is for the main thread, and
 * none of it waits.
 */
G_DECLARE_FINAL_TYPE (ChorusLibrary, chorus_library, CHORUS, LIBRARY, GObject)

/**
 * chorus_library_new:
 * @store: the store of the application, with the schema of chorus_schema_get_migrations()
 * @client: (nullable): the way to the service, or %NULL to show what the store has
 * @profile_id: the profile that the client belongs to
 *
 * Returns: (transfer full): a library; its places are empty until [method@Library.load_places_async]
 */
ChorusLibrary *chorus_library_new (ChorusStore  *store,
                                   ChorusClient *client,
                                   const char   *profile_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_library_get_store:
 * @self: a library
 *
 * Returns: (transfer none): the store
 */
ChorusStore *chorus_library_get_store (ChorusLibrary *self);

/**
 * chorus_library_get_client:
 * @self: a library
 *
 * Returns: (transfer none) (nullable): the way to the service
 */
ChorusClient *chorus_library_get_client (ChorusLibrary *self);
void chorus_library_set_client (ChorusLibrary *self,
                                ChorusClient  *client);

/**
 * chorus_library_get_profile_id:
 * @self: a library
 *
 * Returns: the profile whose rows of the store it shows
 */
const char *chorus_library_get_profile_id (ChorusLibrary *self);

/**
 * chorus_library_get_cache_folder:
 * @self: a library
 *
 * Returns: (type filename): where downloaded audio is kept; a property that may be given at construction
 */
const char *chorus_library_get_cache_folder (ChorusLibrary *self);

/* Places: chorus-library-places.c */

/**
 * chorus_library_get_places:
 * @self: a library
 *
 * Returns: (transfer none): a live list of #ChorusPlace sorted by name: the projects, and what belongs to none of those
 *   known, such as a deployment that was typed
 */
GListModel *chorus_library_get_places (ChorusLibrary *self);

/**
 * chorus_library_find_place:
 * @self: a library
 * @kind: the kind of place
 * @id: its id
 *
 * Returns: (transfer none) (nullable): the place, if it is known
 */
ChorusPlace *chorus_library_find_place (ChorusLibrary   *self,
                                        ChorusPlaceKind  kind,
                                        const char      *id);

/**
 * chorus_library_get_synced_at:
 * @self: a library
 *
 * Returns: (transfer none) (nullable): when the service last told its places, in UTC; a property
 */
GDateTime *chorus_library_get_synced_at (ChorusLibrary *self);

/**
 * chorus_library_get_lists_deployments:
 * @self: a library
 *
 * Returns: %FALSE once the service has shown that it cannot list deployments, so that ids must be typed; a property
 */
gboolean chorus_library_get_lists_deployments (ChorusLibrary *self);

/**
 * chorus_library_load_places_async:
 * @self: a library
 *
 * Reads the places that the store has. Needs no network.
 */
void chorus_library_load_places_async (ChorusLibrary       *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean chorus_library_load_places_finish (ChorusLibrary  *self,
                                            GAsyncResult   *result,
                                            GError        **error);

/**
 * chorus_library_refresh_places_async:
 * @self: a library
 *
 * Asks the service for its projects, sites and deployments. Nothing changes unless all of it arrives. A service that
 * does not list sites or deployments is no error: what is known of them stays.
 */
void chorus_library_refresh_places_async (ChorusLibrary       *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean chorus_library_refresh_places_finish (ChorusLibrary  *self,
                                               GAsyncResult   *result,
                                               GError        **error);

/**
 * chorus_library_create_place_async:
 * @self: a library
 * @kind: the kind of place
 * @parent_id: (nullable): the project of a site or the site of a deployment
 * @name: its name
 *
 * Creates a place at the service.
 */
void chorus_library_create_place_async (ChorusLibrary       *self,
                                        ChorusPlaceKind      kind,
                                        const char          *parent_id,
                                        const char          *name,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

/**
 * chorus_library_add_typed_deployment_async:
 * @self: a library
 * @deployment_id: the id that the service knows the deployment by
 * @label: (nullable): a name for it, or %NULL to call it by its id
 *
 * Remembers a deployment of a service that cannot list them. The service is not asked.
 */
void chorus_library_add_typed_deployment_async (ChorusLibrary       *self,
                                                const char          *deployment_id,
                                                const char          *label,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);

/**
 * chorus_library_create_place_finish:
 * @self: a library
 * @result: what the callback of either function above got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the place, which is in the list already
 */
ChorusPlace *chorus_library_create_place_finish (ChorusLibrary  *self,
                                                 GAsyncResult   *result,
                                                 GError        **error);

/* Recordings: chorus-library-recordings.c and chorus-library-sync.c */

/**
 * chorus_library_open_recordings:
 * @self: a library
 * @deployment_id: a deployment
 *
 * Gets the live list of the recordings of a deployment. It is read from the store as soon as possible, see
 * [property@RecordingList:loading]; everybody who holds it gets the same one.
 *
 * Returns: (transfer full): the list
 */
ChorusRecordingList *chorus_library_open_recordings (ChorusLibrary *self,
                                                     const char    *deployment_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_library_open_scope:
 * @self: a library
 * @scope: whose recordings
 *
 * The same for the recordings of a site, a project or everything. Load the places first: by them the list knows which
 * deployments it holds the recordings of.
 *
 * Returns: (transfer full): the list
 */
ChorusRecordingList *chorus_library_open_scope (ChorusLibrary     *self,
                                                const ChorusScope *scope) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_library_load_recording_async:
 * @self: a library
 * @recording_id: the row of a recording
 *
 * Gets one recording: the object of the list that shows it, if there is one open, else one that was just read.
 */
void chorus_library_load_recording_async (ChorusLibrary       *self,
                                          gint64               recording_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
ChorusRecording *chorus_library_load_recording_finish (ChorusLibrary  *self,
                                                       GAsyncResult   *result,
                                                       GError        **error);

/**
 * chorus_library_update_upload:
 * @self: a library
 * @recording_id: the row of a recording that is being uploaded
 * @state: the word for the state of the upload in the store, such as "sending"
 * @progress: how much of it was sent, 0 to 1
 * @reason: (nullable): why it failed or was refused
 *
 * Tells what the upload queue has done with a recording, which it has written to the store already. Call it for every
 * change of state, and for progress as often as it should be seen.
 */
void chorus_library_update_upload (ChorusLibrary *self,
                                   gint64         recording_id,
                                   const char    *state,
                                   double         progress,
                                   const char    *reason);

/**
 * chorus_library_reread_recording:
 * @self: a library
 * @recording_id: the row of a recording that was written to
 *
 * Reads a recording again, for the list that shows it, if there is one open. Several that are asked for at a time are read
 * together.
 */
void chorus_library_reread_recording (ChorusLibrary *self,
                                      gint64         recording_id);

/**
 * chorus_library_forget_recording:
 * @self: a library
 * @recording_id: the row of a recording that has been taken out of the store
 *
 * Tells that the upload queue has taken a recording back of which nothing was ever sent.
 */
void chorus_library_forget_recording (ChorusLibrary *self,
                                      gint64         recording_id);

/**
 * chorus_library_refresh_deployment_async:
 * @self: a library
 * @deployment_id: a deployment
 *
 * Asks the service for the files of a deployment and what their inference found, and brings the store and the open list
 * up to date. A service that cannot list files is asked for those that need inference, and for the rest among those that
 * this computer uploaded.
 */
void chorus_library_refresh_deployment_async (ChorusLibrary       *self,
                                              const char          *deployment_id,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean chorus_library_refresh_deployment_finish (ChorusLibrary  *self,
                                                   GAsyncResult   *result,
                                                   GError        **error);

/**
 * chorus_library_refresh_scope_async:
 * @self: a library
 * @scope: whose recordings
 *
 * The same for every deployment of a site, a project or everything, one after the other. It ends at the first that fails.
 */
void chorus_library_refresh_scope_async (ChorusLibrary       *self,
                                         const ChorusScope   *scope,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean chorus_library_refresh_scope_finish (ChorusLibrary  *self,
                                              GAsyncResult   *result,
                                              GError        **error);

/* Times: chorus-library-times.c */

/**
 * chorus_library_correct_times_async:
 * @self: a library
 * @recordings: (element-type ChorusRecording): recordings, uploaded or not; with a time that is set, no more than one
 * @correction: what is wrong with their times
 *
 * Corrects when recordings begin, all of them or, on an error, none. What the recorder said is kept: a correction of
 * %CHORUS_TIME_CORRECTION_RECORDER brings it back. A recording without a time is left alone where there is nothing to
 * correct. The service is not told: it does not know times.
 */
void chorus_library_correct_times_async (ChorusLibrary              *self,
                                         GPtrArray                  *recordings,
                                         const ChorusTimeCorrection *correction,
                                         GCancellable               *cancellable,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data);

/**
 * chorus_library_correct_times_finish:
 * @self: a library
 * @result: what the callback got
 * @n_corrected: (out) (optional): how many recordings have another time now
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether they were corrected
 */
gboolean chorus_library_correct_times_finish (ChorusLibrary  *self,
                                              GAsyncResult   *result,
                                              guint          *n_corrected,
                                              GError        **error);

/* Analysis: chorus-library-analyze.c, chorus-library-analyze-all.c and chorus-library-analysis.c */

/**
 * chorus_library_analyze_async:
 * @self: a library
 * @recording: a recording that the service has
 *
 * Asks the service to analyze a recording. This ends when the service has accepted or refused; the result arrives in the
 * recording by itself, whenever it is ready. What fails is also told by [property@Recording:reason].
 */
void chorus_library_analyze_async (ChorusLibrary       *self,
                                   ChorusRecording     *recording,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean chorus_library_analyze_finish (ChorusLibrary  *self,
                                        GAsyncResult   *result,
                                        GError        **error);

/**
 * chorus_library_analyze_all_async:
 * @self: a library
 * @list: the recordings of a deployment
 *
 * Asks the service to analyze every recording of the list that was not analyzed, or whose analysis failed, a few at a
 * time. Cancelling leaves those not asked for yet as they were.
 */
void chorus_library_analyze_all_async (ChorusLibrary       *self,
                                       ChorusRecordingList *list,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

/**
 * chorus_library_analyze_several_async:
 * @self: a library
 * @recordings: (element-type ChorusRecording): recordings that a person chose
 *
 * Asks the service to analyze recordings, a few at a time; those analyzed already are analyzed again. Those that the
 * service does not have, and those under way, are left out.
 */
void chorus_library_analyze_several_async (ChorusLibrary       *self,
                                           GPtrArray           *recordings,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/**
 * chorus_library_analyze_all_finish:
 * @self: a library
 * @result: what the callback of either function above got
 * @n_failed: (out) (optional): how many could not be started; each says why
 * @error: return location for an error that ended it before the last recording
 *
 * Returns: whether the service was asked for every recording
 */
gboolean chorus_library_analyze_all_finish (ChorusLibrary  *self,
                                            GAsyncResult   *result,
                                            guint          *n_failed,
                                            GError        **error);

/**
 * chorus_library_load_detections_async:
 * @self: a library
 * @recording: a recording
 *
 * Reads the detections of the run that is shown. Load them again when [property@Recording:run-id] changes.
 */
void chorus_library_load_detections_async (ChorusLibrary       *self,
                                           ChorusRecording     *recording,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/**
 * chorus_library_load_detections_finish:
 * @self: a library
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): a list of #ChorusDetection in the order of their start
 */
GListModel *chorus_library_load_detections_finish (ChorusLibrary  *self,
                                                   GAsyncResult   *result,
                                                   GError        **error);

/* Activity: chorus-library-activity.c */

/**
 * chorus_library_load_activity_async:
 * @self: a library
 * @scope: whose recordings
 * @species: (nullable): the species whose detections are counted, as the store names it; %NULL to count recordings
 * @threshold: the least confidence of a detection that counts, or 0
 *
 * Counts by day and hour what the store has.
 */
void chorus_library_load_activity_async (ChorusLibrary       *self,
                                         const ChorusScope   *scope,
                                         const char          *species,
                                         double               threshold,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);

/**
 * chorus_library_load_activity_finish:
 * @self: a library
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the counts
 */
ChorusActivity *chorus_library_load_activity_finish (ChorusLibrary  *self,
                                                     GAsyncResult   *result,
                                                     GError        **error);

/* Audio: chorus-library-audio.c */

/**
 * chorus_library_import_async:
 * @self: a library
 * @source: what they come from, such as the name of a file: of one source nothing is taken over twice
 * @results: (element-type ChorusResult): recordings of the store, by their recording_id, with the detections to take over;
 *   not to be changed until the callback. Of a detection the species, the span, the band, the confidence, the model and
 *   what was said about it are taken.
 *
 * Adds detections that were made elsewhere to recordings, where they are shown together with those of the service. All are
 * written or none.
 */
void chorus_library_import_async (ChorusLibrary       *self,
                                  const char          *source,
                                  GPtrArray           *results,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/**
 * chorus_library_import_finish:
 * @self: a library
 * @result: what the callback got
 * @n_added: (out) (optional): how many detections are new
 * @n_known: (out) (optional): how many had been imported from the same source before
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether they are in the store
 */
gboolean chorus_library_import_finish (ChorusLibrary  *self,
                                       GAsyncResult   *result,
                                       guint          *n_added,
                                       guint          *n_known,
                                       GError        **error);

/**
 * chorus_library_locate_audio_async:
 * @self: a library
 * @recording: a recording
 *
 * Finds a file to play and draw: the original on this computer if it still has the size it was uploaded with, else the
 * copy downloaded before, else one that is downloaded now.
 */
void chorus_library_locate_audio_async (ChorusLibrary       *self,
                                        ChorusRecording     *recording,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

/**
 * chorus_library_find_audio_async:
 * @self: a library
 * @recording: a recording
 *
 * Does what [method@Library.locate_audio_async] does, without downloading anything: for many recordings at a time.
 */
void chorus_library_find_audio_async (ChorusLibrary       *self,
                                      ChorusRecording     *recording,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_library_locate_audio_finish:
 * @self: a library
 * @result: what the callback of either function above got
 * @error: return location for an error; with %CHORUS_LIBRARY_ERROR_NO_AUDIO, offer to choose the original
 *
 * Returns: (transfer full) (nullable): the file
 */
GFile *chorus_library_locate_audio_finish (ChorusLibrary  *self,
                                           GAsyncResult   *result,
                                           GError        **error);

/**
 * chorus_library_set_original_async:
 * @self: a library
 * @recording: a recording
 * @file: the file it was uploaded from, as a person chose it
 *
 * Remembers where the original of a recording is on this computer. A file of another size is refused.
 */
void chorus_library_set_original_async (ChorusLibrary       *self,
                                        ChorusRecording     *recording,
                                        GFile               *file,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean chorus_library_set_original_finish (ChorusLibrary  *self,
                                             GAsyncResult   *result,
                                             GError        **error);

G_END_DECLS
