/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_HIGH_VALUE_CLIP (chorus_high_value_clip_get_type ())

/**
 * ChorusHighValueClip:
 *
 * One of the best detections of a species at a site. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusHighValueClip, chorus_high_value_clip, CHORUS, HIGH_VALUE_CLIP, GObject)

/**
 * ChorusHighValueClipInit:
 * @species: (nullable): the name under which the service grouped it
 * @common_name: (nullable): the common name
 * @scientific_name: (nullable): the scientific name
 * @date: (nullable): the day, as the service wrote it
 * @time: (nullable): the time of day, as the service wrote it
 * @confidence: from 0 to 1, or NAN
 * @url: (nullable): where its audio is
 *
 * What a #ChorusHighValueClip is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *species;
  const char *common_name;
  const char *scientific_name;
  const char *date;
  const char *time;
  double confidence;
  const char *url;
} ChorusHighValueClipInit;

/**
 * chorus_high_value_clip_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusHighValueClip *chorus_high_value_clip_new (const ChorusHighValueClipInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_high_value_clip_get_species:
 * @self: a #ChorusHighValueClip
 *
 * Returns: (nullable): the name under which the service grouped it
 */
const char *chorus_high_value_clip_get_species (ChorusHighValueClip *self);

/**
 * chorus_high_value_clip_get_common_name:
 * @self: a #ChorusHighValueClip
 *
 * Returns: (nullable): the common name
 */
const char *chorus_high_value_clip_get_common_name (ChorusHighValueClip *self);

/**
 * chorus_high_value_clip_get_scientific_name:
 * @self: a #ChorusHighValueClip
 *
 * Returns: (nullable): the scientific name
 */
const char *chorus_high_value_clip_get_scientific_name (ChorusHighValueClip *self);

/**
 * chorus_high_value_clip_get_date:
 * @self: a #ChorusHighValueClip
 *
 * Returns: (nullable): the day, as the service wrote it
 */
const char *chorus_high_value_clip_get_date (ChorusHighValueClip *self);

/**
 * chorus_high_value_clip_get_time:
 * @self: a #ChorusHighValueClip
 *
 * Returns: (nullable): the time of day, as the service wrote it
 */
const char *chorus_high_value_clip_get_time (ChorusHighValueClip *self);

/**
 * chorus_high_value_clip_get_confidence:
 * @self: a #ChorusHighValueClip
 *
 * Returns: from 0 to 1, or NAN
 */
double chorus_high_value_clip_get_confidence (ChorusHighValueClip *self);

/**
 * chorus_high_value_clip_get_url:
 * @self: a #ChorusHighValueClip
 *
 * Returns: (nullable): where its audio is
 */
const char *chorus_high_value_clip_get_url (ChorusHighValueClip *self);

G_END_DECLS
