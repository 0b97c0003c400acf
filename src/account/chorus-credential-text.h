/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The credential of a session as one text for a keyring. */

#pragma once

#include "api/chorus-session.h"

G_BEGIN_DECLS

/**
 * chorus_credential_text_from_session:
 * @session: a session
 *
 * Returns: (transfer full) (nullable): its credential, a secret, or %NULL when it has none
 */
char *chorus_credential_text_from_session (ChorusSession *session) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_credential_text_to_session:
 * @text: a text of chorus_credential_text_from_session(); any other leaves the session as it is
 * @session: a session
 */
void chorus_credential_text_to_session (const char    *text,
                                        ChorusSession *session);

/**
 * chorus_credential_text_wipe:
 * @text: (nullable): a secret
 *
 * Overwrites the text, which still has to be freed.
 */
void chorus_credential_text_wipe (char *text);

G_END_DECLS
