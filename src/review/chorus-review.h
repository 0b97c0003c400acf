/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "library/chorus-detection.h"
#include "library/chorus-library.h"
#include "library/chorus-recording.h"
#include "library/chorus-result.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_REVIEW (chorus_review_get_type ())

/**
 * ChorusReview:
 *
 * Gives verdicts and takes them back.
 *
 * A verdict is a row that is added, with who gave it and when, what model and threshold they had before them, and the note
 * of that time; nothing is ever changed or removed. Notes and stars are rows of their own. An object shows what was said
 * only when the store has it. Steps are written in the order in which they were given, each as a whole or not at all.
 *
 * A step is about one detection or many, and is undone and redone as one. An undo takes back what this reviewer said and
 * leaves alone what another has said since.
 *
 * Properties: reviewer, can-undo, can-redo, blind, threshold.
 */
G_DECLARE_FINAL_TYPE (ChorusReview, chorus_review, CHORUS, REVIEW, GObject)

/**
 * ChorusReview::changed:
 * @self: a session
 * @detection: a detection
 *
 * Emitted for each detection of a step when the store has it. @detection is up to date, or in the case of an undo of
 * [method@Review.add_async] withdrawn; whoever shows the same detection by another object takes over its state.
 */

/**
 * chorus_review_new:
 * @store: the store of the application
 * @reviewer: (nullable): who reviews, for example the e-mail address of the account; %NULL for the name of the person
 *   who is logged in to this computer
 *
 * Returns: (transfer full): a session of reviewing, with nothing to undo
 */
ChorusReview *chorus_review_new (ChorusStore *store,
                                 const char  *reviewer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_review_set_library:
 * @self: a session
 * @library: (nullable): a library
 *
 * Has the recordings that a library shows brought up to date after each step.
 */
void chorus_review_set_library (ChorusReview  *self,
                                ChorusLibrary *library);

/**
 * chorus_review_get_reviewer:
 * @self: a session
 *
 * Returns: who is written down with each verdict
 */
const char *chorus_review_get_reviewer (ChorusReview *self);

/**
 * chorus_review_get_blind:
 * @self: a session
 *
 * Returns: whether the reviewer is to see nothing of what others say: detections then show what this reviewer alone has
 *   said about them
 */
gboolean chorus_review_get_blind (ChorusReview *self);
void chorus_review_set_blind (ChorusReview *self,
                              gboolean      blind);

/**
 * chorus_review_get_threshold:
 * @self: a session
 *
 * Returns: the confidence from which on the reviewer is shown detections, which is written down with each verdict, or NaN
 *   for the one that the store remembers for the species
 */
double chorus_review_get_threshold (ChorusReview *self);
void chorus_review_set_threshold (ChorusReview *self,
                                  double        threshold);

/**
 * chorus_review_get_can_undo:
 * @self: a session
 *
 * Returns: whether a step of this session can be taken back
 */
gboolean chorus_review_get_can_undo (ChorusReview *self);

/**
 * chorus_review_get_can_redo:
 * @self: a session
 *
 * Returns: whether a step that was taken back can be done again; a new step ends that
 */
gboolean chorus_review_get_can_redo (ChorusReview *self);

/**
 * chorus_review_set_verdict_async:
 * @self: a session
 * @recording: the recording of @detection
 * @detection: a detection
 * @verdict: what to say about it; %CHORUS_VERDICT_NONE takes a verdict back
 *
 * Gives a verdict. Giving one's own again that is in force adds nothing.
 */
void chorus_review_set_verdict_async (ChorusReview        *self,
                                      ChorusRecording     *recording,
                                      ChorusDetection     *detection,
                                      ChorusVerdict        verdict,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_review_set_verdict_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether the store has it
 */
gboolean chorus_review_set_verdict_finish (ChorusReview  *self,
                                           GAsyncResult  *result,
                                           GError       **error);

/**
 * chorus_review_judge_async:
 * @self: a session
 * @detections: (element-type ChorusDetection): detections, one or many
 * @verdict: what to say about each; %CHORUS_VERDICT_NONE clears
 *
 * Gives the same verdict to many detections in one step.
 */
void chorus_review_judge_async (ChorusReview        *self,
                                GPtrArray           *detections,
                                ChorusVerdict        verdict,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);

/**
 * chorus_review_rename_async:
 * @self: a session
 * @detections: (element-type ChorusDetection): detections, one or many
 * @scientific_name: (nullable): the species that it is
 * @common_name: (nullable): its common name; one of the two is given
 *
 * Confirms detections as another species than the one that the model named.
 */
void chorus_review_rename_async (ChorusReview        *self,
                                 GPtrArray           *detections,
                                 const char          *scientific_name,
                                 const char          *common_name,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);

/**
 * chorus_review_set_note_async:
 * @self: a session
 * @detections: (element-type ChorusDetection): detections, one or many
 * @note: (nullable): a note, or %NULL for none
 *
 * Writes a note to detections, in place of the one that they have.
 */
void chorus_review_set_note_async (ChorusReview        *self,
                                   GPtrArray           *detections,
                                   const char          *note,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

/**
 * chorus_review_set_starred_async:
 * @self: a session
 * @detections: (element-type ChorusDetection): detections, one or many
 * @starred: whether to mark them as good examples
 */
void chorus_review_set_starred_async (ChorusReview        *self,
                                      GPtrArray           *detections,
                                      gboolean             starred,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_review_step_finish:
 * @self: a session
 * @result: what the callback of judging, renaming, a note or a star got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether the store has it, for all detections of the step
 */
gboolean chorus_review_step_finish (ChorusReview  *self,
                                    GAsyncResult  *result,
                                    GError       **error);

/**
 * chorus_review_add_async:
 * @self: a session
 * @recording_id: the recording that was listened to
 * @what: what the model missed: species, start, end, low and high; copied
 *
 * Adds a detection, confirmed by who adds it. It has no confidence. While nobody has a verdict of it it is withdrawn.
 */
void chorus_review_add_async (ChorusReview                *self,
                              gint64                       recording_id,
                              const ChorusResultDetection *what,
                              GCancellable                *cancellable,
                              GAsyncReadyCallback          callback,
                              gpointer                     user_data);

/**
 * chorus_review_add_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the detection, to be shown
 */
ChorusDetection *chorus_review_add_finish (ChorusReview  *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_review_undo_async:
 * @self: a session
 *
 * Takes back the last step of this session that was not taken back yet.
 */
void chorus_review_undo_async (ChorusReview        *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);

/**
 * chorus_review_undo_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the first detection it was about, to be shown; %NULL with @error unset when there was
 *   nothing to undo
 */
ChorusDetection *chorus_review_undo_finish (ChorusReview  *self,
                                            GAsyncResult  *result,
                                            GError       **error);

/**
 * chorus_review_redo_async:
 * @self: a session
 *
 * Does again the step that was taken back last.
 */
void chorus_review_redo_async (ChorusReview        *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);

/**
 * chorus_review_redo_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the first detection it was about; %NULL with @error unset when there was nothing to
 *   redo
 */
ChorusDetection *chorus_review_redo_finish (ChorusReview  *self,
                                            GAsyncResult  *result,
                                            GError       **error);

/**
 * chorus_review_dup_detections:
 * @self: a session
 * @result: what the callback of a step, an undo or a redo got
 *
 * Returns: (transfer full) (element-type ChorusDetection): all detections that it was about, to be selected again; none when
 *   there was nothing to undo or redo
 */
GPtrArray *chorus_review_dup_detections (ChorusReview *self,
                                         GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
