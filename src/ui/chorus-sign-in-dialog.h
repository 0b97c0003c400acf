/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "account/chorus-account.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SIGN_IN_DIALOG (chorus_sign_in_dialog_get_type ())

/**
 * ChorusSignInDialog:
 *
 * Asks for an e-mail address and a password, an access token or an API key, and signs in.
 */
G_DECLARE_FINAL_TYPE (ChorusSignInDialog, chorus_sign_in_dialog, CHORUS, SIGN_IN_DIALOG, AdwWindow)

/**
 * ChorusSignInDialog::signed-in:
 * @self: the dialog
 * @account: the account, which is signed in
 *
 * Emitted when the server has accepted, before the dialog closes.
 */

/**
 * chorus_sign_in_dialog_new:
 * @profile: (nullable): the profile to sign in to again, or %NULL for a new one
 *
 * Returns: (transfer none): a new dialog
 */
ChorusSignInDialog *chorus_sign_in_dialog_new (ChorusProfile *profile);

G_END_DECLS
