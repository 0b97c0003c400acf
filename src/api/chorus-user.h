/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_USER (chorus_user_get_type ())

/**
 * ChorusUser:
 *
 * A person with an account, as the service describes them. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusUser, chorus_user, CHORUS, USER, GObject)

/**
 * ChorusUserInit:
 * @id: (nullable): the identifier
 * @email: (nullable): the e-mail address
 * @first_name: (nullable): the first name
 * @last_name: (nullable): the last name
 *
 * What a #ChorusUser is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *id;
  const char *email;
  const char *first_name;
  const char *last_name;
} ChorusUserInit;

/**
 * chorus_user_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusUser *chorus_user_new (const ChorusUserInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_user_get_id:
 * @self: a #ChorusUser
 *
 * Returns: (nullable): the identifier
 */
const char *chorus_user_get_id (ChorusUser *self);

/**
 * chorus_user_get_email:
 * @self: a #ChorusUser
 *
 * Returns: (nullable): the e-mail address
 */
const char *chorus_user_get_email (ChorusUser *self);

/**
 * chorus_user_get_first_name:
 * @self: a #ChorusUser
 *
 * Returns: (nullable): the first name
 */
const char *chorus_user_get_first_name (ChorusUser *self);

/**
 * chorus_user_get_last_name:
 * @self: a #ChorusUser
 *
 * Returns: (nullable): the last name
 */
const char *chorus_user_get_last_name (ChorusUser *self);

G_END_DECLS
