/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-inference.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_FILE (chorus_file_get_type ())

/**
 * ChorusFile:
 *
 * A file of a deployment, as the service holds it. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusFile, chorus_file, CHORUS, FILE, GObject)

/**
 * ChorusFileInit:
 * @id: the identifier, opaque
 * @name: (nullable): the original or an assigned name; data, never a path
 * @url: (nullable): where its audio is; not always an address that can be fetched
 * @created_at: (nullable): when it was registered, as the service wrote it (ISO 8601)
 * @deployment_id: (nullable): the deployment it belongs to
 * @duration: its length, in seconds, or NAN
 * @size: its size, in bytes, or -1
 * @uploader: (nullable): who sent it: the e-mail address, else the first name
 * @location_name: (nullable): the name of the place it was recorded at
 * @inferences: (element-type ChorusInference) (nullable): its runs, oldest first; %NULL when the answer did not speak of runs
 *
 * What a #ChorusFile is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *url;
  const char *created_at;
  const char *deployment_id;
  double duration;
  gint64 size;
  const char *uploader;
  const char *location_name;
  GPtrArray *inferences;
} ChorusFileInit;

/**
 * chorus_file_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusFile *chorus_file_new (const ChorusFileInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_file_get_id:
 * @self: a #ChorusFile
 *
 * Returns: the identifier, opaque
 */
const char *chorus_file_get_id (ChorusFile *self);

/**
 * chorus_file_get_name:
 * @self: a #ChorusFile
 *
 * Returns: (nullable): the original or an assigned name; data, never a path
 */
const char *chorus_file_get_name (ChorusFile *self);

/**
 * chorus_file_get_url:
 * @self: a #ChorusFile
 *
 * Returns: (nullable): where its audio is; not always an address that can be fetched
 */
const char *chorus_file_get_url (ChorusFile *self);

/**
 * chorus_file_get_created_at:
 * @self: a #ChorusFile
 *
 * Returns: (nullable): when it was registered, as the service wrote it (ISO 8601)
 */
const char *chorus_file_get_created_at (ChorusFile *self);

/**
 * chorus_file_get_deployment_id:
 * @self: a #ChorusFile
 *
 * Returns: (nullable): the deployment it belongs to
 */
const char *chorus_file_get_deployment_id (ChorusFile *self);

/**
 * chorus_file_get_duration:
 * @self: a #ChorusFile
 *
 * Returns: its length, in seconds, or NAN
 */
double chorus_file_get_duration (ChorusFile *self);

/**
 * chorus_file_get_size:
 * @self: a #ChorusFile
 *
 * Returns: its size, in bytes, or -1
 */
gint64 chorus_file_get_size (ChorusFile *self);

/**
 * chorus_file_get_uploader:
 * @self: a #ChorusFile
 *
 * Returns: (nullable): who sent it: the e-mail address, else the first name
 */
const char *chorus_file_get_uploader (ChorusFile *self);

/**
 * chorus_file_get_location_name:
 * @self: a #ChorusFile
 *
 * Returns: (nullable): the name of the place it was recorded at
 */
const char *chorus_file_get_location_name (ChorusFile *self);

/**
 * chorus_file_get_inferences:
 * @self: a #ChorusFile
 *
 * Returns: (transfer none) (element-type ChorusInference) (nullable): its runs, oldest first; %NULL when the answer did not speak of runs
 */
GPtrArray *chorus_file_get_inferences (ChorusFile *self);

G_END_DECLS
