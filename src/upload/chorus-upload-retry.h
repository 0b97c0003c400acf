/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows a failed attempt, and when. Pure functions. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How often the same part is sent before a person is asked. */
#define CHORUS_UPLOAD_RETRY_TRIES 6

/**
 * ChorusUploadVerdict:
 * @CHORUS_UPLOAD_VERDICT_AGAIN: the same request may be sent again at once
 * @CHORUS_UPLOAD_VERDICT_LATER: it can pass: the same files are sent again later
 * @CHORUS_UPLOAD_VERDICT_OFFLINE: nothing reached the service: wait for as long as it takes
 * @CHORUS_UPLOAD_VERDICT_HOLD: the service wants no request for a while
 * @CHORUS_UPLOAD_VERDICT_SMALLER: fewer files at once
 * @CHORUS_UPLOAD_VERDICT_SIGN_IN: nobody is signed in: no file can be sent
 * @CHORUS_UPLOAD_VERDICT_DEPLOYMENT: the deployment takes nothing from this account
 * @CHORUS_UPLOAD_VERDICT_FAIL: it cannot pass
 *
 * What to do about files of which none arrived.
 */
typedef enum
{
  CHORUS_UPLOAD_VERDICT_AGAIN,
  CHORUS_UPLOAD_VERDICT_LATER,
  CHORUS_UPLOAD_VERDICT_OFFLINE,
  CHORUS_UPLOAD_VERDICT_HOLD,
  CHORUS_UPLOAD_VERDICT_SMALLER,
  CHORUS_UPLOAD_VERDICT_SIGN_IN,
  CHORUS_UPLOAD_VERDICT_DEPLOYMENT,
  CHORUS_UPLOAD_VERDICT_FAIL,
} ChorusUploadVerdict;

/**
 * chorus_upload_retry_judge:
 * @error: how an attempt ended, an error of `CHORUS_API_ERROR`
 * @n_files: how many files were in the request
 * @n_sent: how many bytes of it went out
 *
 * Tells what can pass (the network, too many requests, a service that fails) from what cannot (a refusal, a sign-in that
 * has ended, a deployment that is not there). A request of several files that is refused is divided, because the service
 * does not say which of them it did not like.
 *
 * Returns: what to do
 */
ChorusUploadVerdict chorus_upload_retry_judge (const GError *error,
                                               guint         n_files,
                                               goffset       n_sent);

/**
 * chorus_upload_retry_may_have_arrived:
 * @error: how an attempt ended
 * @complete: whether every byte of the request went out
 *
 * Returns: whether the service may have taken the files although the attempt failed
 */
gboolean chorus_upload_retry_may_have_arrived (const GError *error,
                                               gboolean      complete);

/**
 * chorus_upload_retry_get_delay:
 * @base: the wait before the second attempt, in milliseconds
 * @n_failures: how many attempts failed in a row, at least 1
 * @chance: a random number from 0 to 1
 * @retry_after: how long the service asked to wait, in seconds, or -1
 *
 * Doubles from failure to failure up to a minute, with up to a quarter added by chance so that many computers do not come
 * back at once. What the service asks for counts, up to an hour.
 *
 * Returns: the wait, in milliseconds
 */
guint chorus_upload_retry_get_delay (guint  base,
                                     guint  n_failures,
                                     double chance,
                                     gint64 retry_after);

/**
 * ChorusUploadRate:
 *
 * Counts the requests of the past hour, so that uploading leaves some of the hour's requests to the rest of the program.
 * Initialized with zeros.
 */
typedef struct
{
  /*< private >*/
  GQueue times; /* of gint64 *, in microseconds */
} ChorusUploadRate;

/* How many requests of an hour uploading takes for itself, of the 1,000 that a standard account has. */
#define CHORUS_UPLOAD_RATE_REQUESTS 700

/**
 * chorus_upload_rate_note:
 * @self: the count
 * @now: the monotonic time, in microseconds
 *
 * Counts a request.
 */
void chorus_upload_rate_note (ChorusUploadRate *self,
                              gint64            now);

/**
 * chorus_upload_rate_get_wait:
 * @self: the count
 * @limit: the most requests of an hour; 0 for no limit
 * @now: the monotonic time, in microseconds
 *
 * Returns: how long to wait before the next request, in microseconds
 */
gint64 chorus_upload_rate_get_wait (ChorusUploadRate *self,
                                    guint             limit,
                                    gint64            now);

void chorus_upload_rate_clear (ChorusUploadRate *self);

G_END_DECLS
