/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "library/chorus-detection.h"
#include "library/chorus-recording.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_REVIEW (chorus_review_get_type ())

/**
 * ChorusReview:
 *
 * Gives verdicts and takes them back.
 *
 * A verdict is a row that is added, with who gave it and when; nothing is ever changed or removed. An object shows a
 * verdict only when the store has it. Verdicts are written in the order in which they were given.
 *
 * Properties: reviewer, can-undo.
 */
G_DECLARE_FINAL_TYPE (ChorusReview, chorus_review, CHORUS, REVIEW, GObject)

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
 * chorus_review_get_reviewer:
 * @self: a session
 *
 * Returns: who is written down with each verdict
 */
const char *chorus_review_get_reviewer (ChorusReview *self);

/**
 * chorus_review_get_can_undo:
 * @self: a session
 *
 * Returns: whether a verdict of this session can be taken back
 */
gboolean chorus_review_get_can_undo (ChorusReview *self);

/**
 * chorus_review_set_verdict_async:
 * @self: a session
 * @recording: the recording of @detection
 * @detection: a detection
 * @verdict: what to say about it; %CHORUS_VERDICT_NONE takes a verdict back
 *
 * Gives a verdict. Giving the one in force again adds nothing.
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
 * chorus_review_undo_async:
 * @self: a session
 *
 * Takes back the last verdict of this session that was not taken back yet, by giving again the one that was in force
 * before it.
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
 * Returns: (transfer full) (nullable): the detection it was about, to be shown; %NULL with @error unset when there was
 *   nothing to undo
 */
ChorusDetection *chorus_review_undo_finish (ChorusReview  *self,
                                            GAsyncResult  *result,
                                            GError       **error);

G_END_DECLS
