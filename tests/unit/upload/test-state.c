/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-state.h"

#define NONE (-1)

#define W CHORUS_UPLOAD_STATE_WAITING
#define C CHORUS_UPLOAD_STATE_CHECKING
#define R CHORUS_UPLOAD_STATE_READY
#define S CHORUS_UPLOAD_STATE_SENDING
#define D CHORUS_UPLOAD_STATE_DELAYED
#define OK CHORUS_UPLOAD_STATE_SENT
#define F CHORUS_UPLOAD_STATE_FAILED
#define X CHORUS_UPLOAD_STATE_REFUSED

/* Every state against every event, written down a second time and the other way round. */
static const int expected[CHORUS_UPLOAD_N_STATES][CHORUS_UPLOAD_N_EVENTS] = {
  /*       CHECK  PASS  REFUSE SEND  CONFIRM DELAY RESUME FAIL  RETRY */
  [W] = { C, NONE, NONE, NONE, NONE, NONE, NONE, F, NONE },
  [C] = { NONE, R, X, NONE, NONE, NONE, NONE, F, NONE },
  [R] = { NONE, NONE, NONE, S, NONE, NONE, NONE, F, NONE },
  [S] = { NONE, NONE, X, NONE, OK, D, NONE, F, NONE },
  [D] = { NONE, NONE, NONE, NONE, NONE, NONE, R, F, NONE },
  [OK] = { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE },
  [F] = { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, W },
  [X] = { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, W },
};

static void
test_table (void)
{
  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    for (int event = 0; event < CHORUS_UPLOAD_N_EVENTS; event++)
      {
        ChorusUploadState next = (ChorusUploadState) 99;
        gboolean possible = chorus_upload_state_next ((ChorusUploadState) state, (ChorusUploadEvent) event, &next);

        g_test_message ("state %d, event %d", state, event);
        g_assert_cmpint (possible, ==, expected[state][event] != NONE);
        g_assert_cmpint ((int) next, ==, possible ? expected[state][event] : 99);
      }
}

/* From wherever an upload stands, a person or time can bring it to its end: no state is a trap. */
static void
test_every_state_can_end (void)
{
  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    {
      ChorusUploadState next = (ChorusUploadState) state;

      if (!chorus_upload_state_is_finished (next))
        {
          g_assert_true (chorus_upload_state_next (next, CHORUS_UPLOAD_EVENT_FAIL, &next));
          g_assert_true (chorus_upload_state_is_finished (next));
        }
    }
}

/* What was sent is never sent again. */
static void
test_sent_is_final (void)
{
  for (int event = 0; event < CHORUS_UPLOAD_N_EVENTS; event++)
    {
      ChorusUploadState next = CHORUS_UPLOAD_STATE_SENT;

      g_assert_false (chorus_upload_state_next (CHORUS_UPLOAD_STATE_SENT, (ChorusUploadEvent) event, &next));
    }
}

static void
test_text (void)
{
  static const char *const texts[CHORUS_UPLOAD_N_STATES] = {
    [W] = "waiting", [C] = "checking", [R] = "waiting", [S] = "sending",
    [D] = "waiting", [OK] = "sent",    [F] = "failed",  [X] = "refused",
  };

  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    g_assert_cmpstr (chorus_upload_state_to_text ((ChorusUploadState) state), ==, texts[state]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upload/state/table", test_table);
  g_test_add_func ("/upload/state/every-state-can-end", test_every_state_can_end);
  g_test_add_func ("/upload/state/sent-is-final", test_sent_is_final);
  g_test_add_func ("/upload/state/text", test_text);

  return g_test_run ();
}
