/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusProfileKind:
 * @CHORUS_PROFILE_KIND_LOCAL: the station that Chorus runs on this computer
 * @CHORUS_PROFILE_KIND_SERVICE: a server elsewhere, or a station that somebody else runs
 *
 * Where a profile keeps its recordings.
 */
typedef enum
{
  CHORUS_PROFILE_KIND_LOCAL,
  CHORUS_PROFILE_KIND_SERVICE,
} ChorusProfileKind;

/**
 * ChorusSignInMethod:
 * @CHORUS_SIGN_IN_METHOD_PASSWORD: e-mail address and password; the tokens they give are kept, the password never
 * @CHORUS_SIGN_IN_METHOD_TOKEN: a pasted access token
 * @CHORUS_SIGN_IN_METHOD_API_KEY: an API key
 *
 * How a person proves who they are.
 */
typedef enum
{
  CHORUS_SIGN_IN_METHOD_PASSWORD,
  CHORUS_SIGN_IN_METHOD_TOKEN,
  CHORUS_SIGN_IN_METHOD_API_KEY,
} ChorusSignInMethod;

#define CHORUS_TYPE_PROFILE (chorus_profile_get_type ())

/**
 * ChorusProfile:
 *
 * A place to work: this computer, or an account at a server. Holds no secrets. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusProfile, chorus_profile, CHORUS, PROFILE, GObject)

/**
 * ChorusProfileInit:
 * @id: (nullable): the identifier; a new one is made when %NULL
 * @label: (nullable): what the person calls it
 * @kind: where it is
 * @base_url: (nullable): the address of the server; may be %NULL for the local station only
 * @email: (nullable): the e-mail address of the account
 * @method: how the person signs in
 * @endpoints: (nullable): overrides of the endpoint table, see chorus_server_new()
 *
 * What a #ChorusProfile is made of.
 */
typedef struct
{
  const char *id;
  const char *label;
  ChorusProfileKind kind;
  const char *base_url;
  const char *email;
  ChorusSignInMethod method;
  GKeyFile *endpoints;
} ChorusProfileInit;

/**
 * chorus_profile_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusProfile *chorus_profile_new (const ChorusProfileInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_profile_get_id:
 * @self: a profile
 *
 * Returns: the identifier: lower-case letters, digits and dashes, the same for ever
 */
const char *chorus_profile_get_id (ChorusProfile *self);

/**
 * chorus_profile_get_label:
 * @self: a profile
 *
 * Returns: what to call it: the label given, else the e-mail address, else the host, else "This Computer"
 */
const char *chorus_profile_get_label (ChorusProfile *self);

/**
 * chorus_profile_get_kind:
 * @self: a profile
 *
 * Returns: where it is
 */
ChorusProfileKind chorus_profile_get_kind (ChorusProfile *self);

/**
 * chorus_profile_get_base_url:
 * @self: a profile
 *
 * Returns: (nullable): the address of the server
 */
const char *chorus_profile_get_base_url (ChorusProfile *self);

/**
 * chorus_profile_get_email:
 * @self: a profile
 *
 * Returns: (nullable): the e-mail address of the account
 */
const char *chorus_profile_get_email (ChorusProfile *self);

/**
 * chorus_profile_get_method:
 * @self: a profile
 *
 * Returns: how the person signs in
 */
ChorusSignInMethod chorus_profile_get_method (ChorusProfile *self);

/**
 * chorus_profile_get_endpoints:
 * @self: a profile
 *
 * Returns: (nullable) (transfer none): overrides of the endpoint table
 */
GKeyFile *chorus_profile_get_endpoints (ChorusProfile *self);

G_END_DECLS
