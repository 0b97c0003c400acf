/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is handed on: a recording and its detections, apart from what the interface shows and safe to hand to a thread. */

#pragma once

#include <gio/gio.h>

#include "chorus-verdict.h"
#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * ChorusResultDetection:
 * @detection_id: its id in the store, the same for ever
 * @scientific_name: (nullable): the species that the model named
 * @common_name: (nullable): its common name
 * @confidence: 0 to 1, or NaN where none is known, as for what a person has added
 * @start: in seconds from the start of the recording
 * @end: in seconds from the start of the recording
 * @low: in Hz, or NaN
 * @high: in Hz, or NaN
 * @verdict: the verdict in force
 * @verdict_scientific_name: (nullable): the species that a person named instead
 * @verdict_common_name: (nullable): its common name
 * @reviewer: (nullable): who gave the verdict
 * @reviewed_at: (nullable): when, in ISO 8601 with its offset
 * @model_name: (nullable): what found it
 * @model_version: (nullable): which version of it
 * @note: (nullable): what a person wrote about it
 * @starred: whether a person marked it
 *
 * A species in a span of time of a recording, and what was said about it. The texts are data: any valid UTF-8.
 */
typedef struct
{
  gint64 detection_id;
  char *scientific_name;
  char *common_name;
  double confidence;
  double start;
  double end;
  double low;
  double high;
  ChorusVerdict verdict;
  char *verdict_scientific_name;
  char *verdict_common_name;
  char *reviewer;
  char *reviewed_at;
  char *model_name;
  char *model_version;
  char *note;
  gboolean starred;
} ChorusResultDetection;

/**
 * ChorusResult:
 * @recording_id: its id in the store, the same for ever
 * @name: the name of its file, without folders
 * @path: (nullable): where its file is on this computer
 * @file_id: (nullable): the id of its file at the service
 * @sha256: (nullable): the digest of its file, as hexadecimal digits
 * @deployment_id: the id of its deployment at the service
 * @project: (nullable): the name of the project
 * @site: (nullable): the name of the site
 * @deployment: (nullable): the name of the deployment
 * @latitude: in degrees, or NaN where it is not known
 * @longitude: in degrees, or NaN where it is not known
 * @recorded: (nullable): when it began
 * @duration: in seconds, or NaN
 * @sample_rate: in Hz, or NaN
 * @n_channels: how many channels it has, or 0 where it is not known
 * @size: in bytes, or -1
 * @analyzed: whether a model has looked for species in it; without, no detections mean nothing
 * @detections: (element-type ChorusResultDetection): by start
 *
 * A recording and its detections. The texts are data: any valid UTF-8, and @path is any bytes.
 */
typedef struct
{
  gint64 recording_id;
  char *name;
  char *path;
  char *file_id;
  char *sha256;
  char *deployment_id;
  char *project;
  char *site;
  char *deployment;
  double latitude;
  double longitude;
  ChorusRecordingTime *recorded;
  double duration;
  double sample_rate;
  guint n_channels;
  gint64 size;
  gboolean analyzed;
  GPtrArray *detections;
} ChorusResult;

/**
 * chorus_result_detection_new:
 *
 * Returns: (transfer full): a detection about which nothing is known yet; set its fields to copies
 */
ChorusResultDetection *chorus_result_detection_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_result_detection_free:
 * @self: (transfer full) (nullable): a detection
 */
void chorus_result_detection_free (ChorusResultDetection *self);

/**
 * chorus_result_detection_get_scientific_name:
 * @self: a detection
 *
 * Returns: (nullable): the scientific name that holds: the one of the verdict where a person named another species
 */
const char *chorus_result_detection_get_scientific_name (const ChorusResultDetection *self);

/**
 * chorus_result_detection_get_common_name:
 * @self: a detection
 *
 * Returns: (nullable): the common name that holds; %NULL where a person named another species by its scientific name alone
 */
const char *chorus_result_detection_get_common_name (const ChorusResultDetection *self);

/**
 * chorus_result_new:
 *
 * Returns: (transfer full): a recording about which nothing is known yet; set its fields to copies
 */
ChorusResult *chorus_result_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_result_free:
 * @self: (transfer full) (nullable): a recording
 */
void chorus_result_free (ChorusResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusResultDetection, chorus_result_detection_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusResult, chorus_result_free)

G_END_DECLS
