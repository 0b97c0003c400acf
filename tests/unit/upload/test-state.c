/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-state.h"

#define NONE (-1)

#define W CHORUS_UPLOAD_STATE_WAITING
#define C CHORUS_UPLOAD_STATE_CHECKING
#define R CHORUS_UPLOAD_STATE_READY
#define S CHORUS_UPLOAD_STATE_SENDING
#define L CHORUS_UPLOAD_STATE_CONFIRMING
#define OK CHORUS_UPLOAD_STATE_SENT
#define P CHORUS_UPLOAD_STATE_PAUSED
#define F CHORUS_UPLOAD_STATE_FAILED
#define N CHORUS_UPLOAD_STATE_NEEDS_FILE
#define M CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED
#define X CHORUS_UPLOAD_STATE_CANCELED
#define U CHORUS_UPLOAD_STATE_REFUSED

/* Every state against every event, written down a second time and the other way round. */
static const int expected[CHORUS_UPLOAD_N_STATES][CHORUS_UPLOAD_N_EVENTS] = {
  /*       CHECK PASS  REFUSE SEND  RETURN LOOK CONFIRM DOUBT FAIL MISS PAUSE RESUME CANCEL RETRY */
  [W] = { C, NONE, NONE, NONE, NONE, NONE, NONE, NONE, F, N, P, NONE, X, NONE },
  [C] = { NONE, R, U, NONE, NONE, NONE, NONE, NONE, F, N, P, NONE, X, NONE },
  [R] = { C, NONE, NONE, S, NONE, NONE, NONE, NONE, F, N, P, NONE, X, NONE },
  [S] = { NONE, NONE, NONE, NONE, R, L, OK, NONE, F, N, P, NONE, X, NONE },
  [L] = { NONE, NONE, NONE, NONE, R, NONE, OK, M, F, NONE, NONE, NONE, X, NONE },
  [OK] = { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE },
  [P] = { NONE, NONE, NONE, NONE, NONE, NONE, OK, NONE, F, N, NONE, W, X, NONE },
  [F] = { NONE, NONE, NONE, NONE, NONE, NONE, OK, NONE, NONE, NONE, NONE, NONE, X, W },
  [N] = { NONE, NONE, NONE, NONE, NONE, NONE, OK, NONE, NONE, NONE, NONE, NONE, X, W },
  [M] = { NONE, NONE, NONE, NONE, NONE, L, OK, NONE, NONE, NONE, NONE, NONE, X, W },
  [X] = { NONE, NONE, NONE, NONE, NONE, NONE, OK, NONE, NONE, NONE, NONE, NONE, NONE, W },
  [U] = { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, W },
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

/* Nothing that goes on by itself can go on for ever: a person can always give it up. */
static void
test_every_state_can_end (void)
{
  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    {
      ChorusUploadState next = (ChorusUploadState) state;

      if (!chorus_upload_state_is_unfinished (next))
        continue;
      g_assert_true (chorus_upload_state_next (next, CHORUS_UPLOAD_EVENT_CANCEL, &next));
      g_assert_false (chorus_upload_state_is_unfinished (next));
    }
}

/* What needs a person leads on when the person has done something. */
static void
test_no_problem_is_a_trap (void)
{
  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    {
      ChorusUploadState next = (ChorusUploadState) state;

      if (!chorus_upload_state_is_problem (next))
        continue;
      g_assert_false (chorus_upload_state_is_unfinished (next));
      g_assert_true (chorus_upload_state_next (next, CHORUS_UPLOAD_EVENT_RETRY, &next));
      g_assert_true (chorus_upload_state_is_unfinished (next));
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

/* Between the moment the bytes went out and the next time they do, somebody has looked. */
static void
test_nothing_is_sent_blindly (void)
{
  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    {
      ChorusUploadState next = (ChorusUploadState) state;

      if (chorus_upload_state_next ((ChorusUploadState) state, CHORUS_UPLOAD_EVENT_SEND, &next))
        g_assert_cmpint (state, ==, CHORUS_UPLOAD_STATE_READY);
    }
}

static void
test_combine (void)
{
  static const struct
  {
    ChorusUploadState state;
    ChorusUploadState parts[3];
    ChorusUploadState combined;
  } cases[] = {
    { R, { R, R, R }, R },     { R, { S, R, R }, S },     { S, { OK, R, R }, R },    { S, { OK, S, F }, S },
    { S, { OK, L, F }, L },    { L, { OK, R, F }, F },    { S, { OK, OK, OK }, OK }, { L, { OK, OK, M }, M },
    { L, { OK, R, M }, R },    { P, { OK, R, R }, P },    { X, { OK, L, R }, X },    { X, { OK, OK, OK }, OK },
    { N, { OK, R, R }, N },    { N, { OK, OK, OK }, OK }, { F, { OK, R, R }, R },    { M, { M, M, OK }, M },
    { P, { OK, OK, OK }, OK }, { U, { R, R, R }, U },     { C, { R, R, R }, C },     { W, { OK, R, F }, W },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (chorus_upload_state_combine (cases[i].state, cases[i].parts, 3), ==, cases[i].combined);
    }
}

static void
test_text (void)
{
  static const char *const texts[CHORUS_UPLOAD_N_STATES][2] = {
    [W] = { "waiting", "waiting" },         [C] = { "checking", "checking" },  [R] = { "ready", "waiting" },
    [S] = { "sending", "sending" },         [L] = { "confirming", "sending" }, [OK] = { "sent", "sent" },
    [P] = { "paused", "waiting" },          [F] = { "failed", "failed" },      [N] = { "needs-file", "failed" },
    [M] = { "may-have-arrived", "failed" }, [X] = { "canceled", "failed" },    [U] = { "refused", "refused" },
  };

  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    {
      g_assert_cmpstr (chorus_upload_state_to_text ((ChorusUploadState) state), ==, texts[state][0]);
      g_assert_cmpint (chorus_upload_state_from_text (texts[state][0]), ==, state);
      g_assert_cmpstr (chorus_upload_state_to_coarse_text ((ChorusUploadState) state), ==, texts[state][1]);
    }
  g_assert_cmpint (chorus_upload_state_from_text ("lost"), ==, W);
  g_assert_cmpint (chorus_upload_state_from_text (NULL), ==, W);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upload/state/table", test_table);
  g_test_add_func ("/upload/state/every-state-can-end", test_every_state_can_end);
  g_test_add_func ("/upload/state/no-problem-is-a-trap", test_no_problem_is_a_trap);
  g_test_add_func ("/upload/state/sent-is-final", test_sent_is_final);
  g_test_add_func ("/upload/state/nothing-is-sent-blindly", test_nothing_is_sent_blindly);
  g_test_add_func ("/upload/state/combine", test_combine);
  g_test_add_func ("/upload/state/text", test_text);

  return g_test_run ();
}
