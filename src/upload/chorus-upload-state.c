/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-state.h"

G_DEFINE_ENUM_TYPE (ChorusUploadState,
                    chorus_upload_state,
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_DELAYED, "delayed"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (CHORUS_UPLOAD_STATE_REFUSED, "refused"))

typedef struct
{
  ChorusUploadState state;
  ChorusUploadEvent event;
  ChorusUploadState next;
} ChorusUploadTransition;

static const ChorusUploadTransition chorus_upload_transitions[] = {
  { CHORUS_UPLOAD_STATE_WAITING, CHORUS_UPLOAD_EVENT_CHECK, CHORUS_UPLOAD_STATE_CHECKING },
  { CHORUS_UPLOAD_STATE_WAITING, CHORUS_UPLOAD_EVENT_FAIL, CHORUS_UPLOAD_STATE_FAILED },

  { CHORUS_UPLOAD_STATE_CHECKING, CHORUS_UPLOAD_EVENT_PASS, CHORUS_UPLOAD_STATE_READY },
  { CHORUS_UPLOAD_STATE_CHECKING, CHORUS_UPLOAD_EVENT_REFUSE, CHORUS_UPLOAD_STATE_REFUSED },
  { CHORUS_UPLOAD_STATE_CHECKING, CHORUS_UPLOAD_EVENT_FAIL, CHORUS_UPLOAD_STATE_FAILED },

  { CHORUS_UPLOAD_STATE_READY, CHORUS_UPLOAD_EVENT_SEND, CHORUS_UPLOAD_STATE_SENDING },
  { CHORUS_UPLOAD_STATE_READY, CHORUS_UPLOAD_EVENT_FAIL, CHORUS_UPLOAD_STATE_FAILED },

  { CHORUS_UPLOAD_STATE_SENDING, CHORUS_UPLOAD_EVENT_CONFIRM, CHORUS_UPLOAD_STATE_SENT },
  { CHORUS_UPLOAD_STATE_SENDING, CHORUS_UPLOAD_EVENT_REFUSE, CHORUS_UPLOAD_STATE_REFUSED },
  { CHORUS_UPLOAD_STATE_SENDING, CHORUS_UPLOAD_EVENT_DELAY, CHORUS_UPLOAD_STATE_DELAYED },
  { CHORUS_UPLOAD_STATE_SENDING, CHORUS_UPLOAD_EVENT_FAIL, CHORUS_UPLOAD_STATE_FAILED },

  { CHORUS_UPLOAD_STATE_DELAYED, CHORUS_UPLOAD_EVENT_RESUME, CHORUS_UPLOAD_STATE_READY },
  { CHORUS_UPLOAD_STATE_DELAYED, CHORUS_UPLOAD_EVENT_FAIL, CHORUS_UPLOAD_STATE_FAILED },

  { CHORUS_UPLOAD_STATE_FAILED, CHORUS_UPLOAD_EVENT_RETRY, CHORUS_UPLOAD_STATE_WAITING },
  { CHORUS_UPLOAD_STATE_REFUSED, CHORUS_UPLOAD_EVENT_RETRY, CHORUS_UPLOAD_STATE_WAITING },
};

gboolean
chorus_upload_state_next (ChorusUploadState  state,
                          ChorusUploadEvent  event,
                          ChorusUploadState *next)
{
  g_return_val_if_fail (next != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (chorus_upload_transitions); i++)
    {
      const ChorusUploadTransition *transition = &chorus_upload_transitions[i];

      if (transition->state == state && transition->event == event)
        {
          *next = transition->next;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
chorus_upload_state_is_finished (ChorusUploadState state)
{
  return state == CHORUS_UPLOAD_STATE_SENT || state == CHORUS_UPLOAD_STATE_FAILED
         || state == CHORUS_UPLOAD_STATE_REFUSED;
}

const char *
chorus_upload_state_to_text (ChorusUploadState state)
{
  switch (state)
    {
    case CHORUS_UPLOAD_STATE_CHECKING:
      return "checking";
    case CHORUS_UPLOAD_STATE_SENDING:
      return "sending";
    case CHORUS_UPLOAD_STATE_SENT:
      return "sent";
    case CHORUS_UPLOAD_STATE_FAILED:
      return "failed";
    case CHORUS_UPLOAD_STATE_REFUSED:
      return "refused";
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_READY:
    case CHORUS_UPLOAD_STATE_DELAYED:
    default:
      return "waiting";
    }
}
