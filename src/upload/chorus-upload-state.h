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
 * @CHORUS_UPLOAD_STATE_DELAYED: an attempt failed, the next one follows by itself
 * @CHORUS_UPLOAD_STATE_SENT: the service has it
 * @CHORUS_UPLOAD_STATE_FAILED: given up; a person may retry it
 * @CHORUS_UPLOAD_STATE_REFUSED: never sent, because the service would not take it
 *
 * Where an upload stands.
 */
typedef enum
{
  CHORUS_UPLOAD_STATE_WAITING,
  CHORUS_UPLOAD_STATE_CHECKING,
  CHORUS_UPLOAD_STATE_READY,
  CHORUS_UPLOAD_STATE_SENDING,
  CHORUS_UPLOAD_STATE_DELAYED,
  CHORUS_UPLOAD_STATE_SENT,
  CHORUS_UPLOAD_STATE_FAILED,
  CHORUS_UPLOAD_STATE_REFUSED,
} ChorusUploadState;

#define CHORUS_UPLOAD_N_STATES (CHORUS_UPLOAD_STATE_REFUSED + 1)

/**
 * ChorusUploadEvent:
 * @CHORUS_UPLOAD_EVENT_CHECK: a check begins
 * @CHORUS_UPLOAD_EVENT_PASS: the check found nothing wrong
 * @CHORUS_UPLOAD_EVENT_REFUSE: the check found why the service would not take it
 * @CHORUS_UPLOAD_EVENT_SEND: the first byte is about to go out
 * @CHORUS_UPLOAD_EVENT_CONFIRM: the service has it
 * @CHORUS_UPLOAD_EVENT_DELAY: the attempt failed and another one follows later
 * @CHORUS_UPLOAD_EVENT_RESUME: the delay is over
 * @CHORUS_UPLOAD_EVENT_FAIL: something went wrong for good, or a person canceled it
 * @CHORUS_UPLOAD_EVENT_RETRY: a person wants it tried again, from the start
 *
 * What can happen to an upload.
 */
typedef enum
{
  CHORUS_UPLOAD_EVENT_CHECK,
  CHORUS_UPLOAD_EVENT_PASS,
  CHORUS_UPLOAD_EVENT_REFUSE,
  CHORUS_UPLOAD_EVENT_SEND,
  CHORUS_UPLOAD_EVENT_CONFIRM,
  CHORUS_UPLOAD_EVENT_DELAY,
  CHORUS_UPLOAD_EVENT_RESUME,
  CHORUS_UPLOAD_EVENT_FAIL,
  CHORUS_UPLOAD_EVENT_RETRY,
} ChorusUploadEvent;

#define CHORUS_UPLOAD_N_EVENTS (CHORUS_UPLOAD_EVENT_RETRY + 1)

#define CHORUS_TYPE_UPLOAD_STATE (chorus_upload_state_get_type ())

GType chorus_upload_state_get_type (void);

/**
 * chorus_upload_state_next:
 * @state: where an upload stands
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
 * chorus_upload_state_is_finished:
 * @state: a state
 *
 * Returns: whether nothing more happens by itself
 */
gboolean chorus_upload_state_is_finished (ChorusUploadState state);

/**
 * chorus_upload_state_to_text:
 * @state: a state
 *
 * Returns: the word for @state in the store: waiting, checking, sending, sent, failed or refused. An upload that is
 *   ready or delayed is stored as waiting.
 */
const char *chorus_upload_state_to_text (ChorusUploadState state);

G_END_DECLS
