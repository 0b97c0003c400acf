/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ChorusUploadState:
 * @CHORUS_UPLOAD_STATE_WAITING: not looked at yet
 * @CHORUS_UPLOAD_STATE_CHECKING: being looked at
 * @CHORUS_UPLOAD_STATE_READY: found good, waiting for its turn
 * @CHORUS_UPLOAD_STATE_SENDING: on its way
 * @CHORUS_UPLOAD_STATE_CONFIRMING: sent, and it has to be found out whether it arrived
 * @CHORUS_UPLOAD_STATE_SENT: the service has it
 * @CHORUS_UPLOAD_STATE_PAUSED: held back by a person
 * @CHORUS_UPLOAD_STATE_FAILED: given up; a person may retry it
 * @CHORUS_UPLOAD_STATE_NEEDS_FILE: its file cannot be read any more; a person may find it
 * @CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED: it cannot be found out whether it arrived; a person decides
 * @CHORUS_UPLOAD_STATE_CANCELED: given up by a person
 * @CHORUS_UPLOAD_STATE_REFUSED: never sent, because the service would not take it or has it already
 *
 * Where an upload stands, or one of its parts. A part only knows ready, sending, confirming, sent, failed and may have
 * arrived.
 */
typedef enum
{
  CHORUS_UPLOAD_STATE_WAITING,
  CHORUS_UPLOAD_STATE_CHECKING,
  CHORUS_UPLOAD_STATE_READY,
  CHORUS_UPLOAD_STATE_SENDING,
  CHORUS_UPLOAD_STATE_CONFIRMING,
  CHORUS_UPLOAD_STATE_SENT,
  CHORUS_UPLOAD_STATE_PAUSED,
  CHORUS_UPLOAD_STATE_FAILED,
  CHORUS_UPLOAD_STATE_NEEDS_FILE,
  CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED,
  CHORUS_UPLOAD_STATE_CANCELED,
  CHORUS_UPLOAD_STATE_REFUSED,
} ChorusUploadState;

#define CHORUS_UPLOAD_N_STATES (CHORUS_UPLOAD_STATE_REFUSED + 1)

/**
 * ChorusUploadEvent:
 * @CHORUS_UPLOAD_EVENT_CHECK: a check begins
 * @CHORUS_UPLOAD_EVENT_PASS: the check found it good
 * @CHORUS_UPLOAD_EVENT_REFUSE: the check found why the service would not take it
 * @CHORUS_UPLOAD_EVENT_SEND: the first byte is about to go out
 * @CHORUS_UPLOAD_EVENT_RETURN: an attempt ended and nothing arrived; another one follows by itself
 * @CHORUS_UPLOAD_EVENT_LOOK: whether it arrived has to be found out
 * @CHORUS_UPLOAD_EVENT_CONFIRM: the service has it
 * @CHORUS_UPLOAD_EVENT_DOUBT: it cannot be found out whether it arrived
 * @CHORUS_UPLOAD_EVENT_FAIL: something went wrong for good
 * @CHORUS_UPLOAD_EVENT_MISS: the file cannot be read
 * @CHORUS_UPLOAD_EVENT_PAUSE: a person holds it back
 * @CHORUS_UPLOAD_EVENT_RESUME: a person lets it go on
 * @CHORUS_UPLOAD_EVENT_CANCEL: a person gives it up
 * @CHORUS_UPLOAD_EVENT_RETRY: a person wants it tried again, from the start
 *
 * What can happen to an upload or to one of its parts.
 */
typedef enum
{
  CHORUS_UPLOAD_EVENT_CHECK,
  CHORUS_UPLOAD_EVENT_PASS,
  CHORUS_UPLOAD_EVENT_REFUSE,
  CHORUS_UPLOAD_EVENT_SEND,
  CHORUS_UPLOAD_EVENT_RETURN,
  CHORUS_UPLOAD_EVENT_LOOK,
  CHORUS_UPLOAD_EVENT_CONFIRM,
  CHORUS_UPLOAD_EVENT_DOUBT,
  CHORUS_UPLOAD_EVENT_FAIL,
  CHORUS_UPLOAD_EVENT_MISS,
  CHORUS_UPLOAD_EVENT_PAUSE,
  CHORUS_UPLOAD_EVENT_RESUME,
  CHORUS_UPLOAD_EVENT_CANCEL,
  CHORUS_UPLOAD_EVENT_RETRY,
} ChorusUploadEvent;

#define CHORUS_UPLOAD_N_EVENTS (CHORUS_UPLOAD_EVENT_RETRY + 1)

#define CHORUS_TYPE_UPLOAD_STATE (chorus_upload_state_get_type ())

GType chorus_upload_state_get_type (void);

/**
 * chorus_upload_state_next:
 * @state: where an upload or a part stands
 * @event: what happens to it
 * @next: (out): where it stands afterwards; untouched when there is no such transition
 *
 * The transition table.
 *
 * Returns: whether @event can happen in @state
 */
gboolean chorus_upload_state_next (ChorusUploadState  state,
                                   ChorusUploadEvent  event,
                                   ChorusUploadState *next);

/**
 * chorus_upload_state_combine:
 * @state: where the upload stands by itself
 * @parts: (array length=n_parts): where its parts stand
 * @n_parts: the number of parts
 *
 * What becomes of an upload through its parts. It is sent when all of them are, and whatever a person has decided stands
 * until then. A part that is on its way or has to be found shows before one that has failed, and that before those whose
 * turn has not come, because nothing of an upload is sent once a part of it has failed.
 *
 * Returns: where the upload stands
 */
ChorusUploadState chorus_upload_state_combine (ChorusUploadState        state,
                                               const ChorusUploadState *parts,
                                               guint                    n_parts);

/**
 * chorus_upload_state_is_unfinished:
 * @state: a state
 *
 * Returns: whether something still happens by itself
 */
gboolean chorus_upload_state_is_unfinished (ChorusUploadState state);

/**
 * chorus_upload_state_is_problem:
 * @state: a state
 *
 * Returns: whether a person has to look at it: failed, needs its file, may have arrived, or refused
 */
gboolean chorus_upload_state_is_problem (ChorusUploadState state);

/**
 * chorus_upload_state_to_text:
 * @state: a state
 *
 * Returns: the word for @state in the store, such as "needs-file"
 */
const char *chorus_upload_state_to_text (ChorusUploadState state);

/**
 * chorus_upload_state_from_text:
 * @text: (nullable): a word of [func@upload_state_to_text]
 *
 * Returns: the state, %CHORUS_UPLOAD_STATE_WAITING for any other text
 */
ChorusUploadState chorus_upload_state_from_text (const char *text);

/**
 * chorus_upload_state_to_coarse_text:
 * @state: a state
 *
 * Returns: the word for @state among those that the list of recordings knows: waiting, checking, sending, sent, failed or
 *   refused
 */
const char *chorus_upload_state_to_coarse_text (ChorusUploadState state);

G_END_DECLS
