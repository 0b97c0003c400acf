/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The uploads that wait for a go-ahead, in numbers and in sentences. */

#pragma once

#include <gio/gio.h>

#include "chorus-upload-finding.h"

G_BEGIN_DECLS

/**
 * ChorusUploadLeftOut:
 * @CHORUS_UPLOAD_LEFT_OUT_ALREADY_SENT: the deployment has it
 * @CHORUS_UPLOAD_LEFT_OUT_DUPLICATE: it is in the list twice
 * @CHORUS_UPLOAD_LEFT_OUT_EMPTY: there is nothing in it
 * @CHORUS_UPLOAD_LEFT_OUT_NOT_AUDIO: it holds no sound
 * @CHORUS_UPLOAD_LEFT_OUT_KIND: its sound is of a kind that cannot be sent
 * @CHORUS_UPLOAD_LEFT_OUT_SILENT: every sample is zero
 * @CHORUS_UPLOAD_LEFT_OUT_UNREADABLE: its file cannot be read
 * @CHORUS_UPLOAD_LEFT_OUT_CANCELED: a person does not want it sent
 * @CHORUS_UPLOAD_LEFT_OUT_OTHER: it could not be checked
 *
 * Why a recording is not sent when the go-ahead is given.
 */
typedef enum
{
  CHORUS_UPLOAD_LEFT_OUT_ALREADY_SENT,
  CHORUS_UPLOAD_LEFT_OUT_DUPLICATE,
  CHORUS_UPLOAD_LEFT_OUT_EMPTY,
  CHORUS_UPLOAD_LEFT_OUT_NOT_AUDIO,
  CHORUS_UPLOAD_LEFT_OUT_KIND,
  CHORUS_UPLOAD_LEFT_OUT_SILENT,
  CHORUS_UPLOAD_LEFT_OUT_UNREADABLE,
  CHORUS_UPLOAD_LEFT_OUT_CANCELED,
  CHORUS_UPLOAD_LEFT_OUT_OTHER,
} ChorusUploadLeftOut;

#define CHORUS_UPLOAD_N_LEFT_OUT (CHORUS_UPLOAD_LEFT_OUT_OTHER + 1)

/**
 * ChorusUploadSummary:
 * @n_recordings: how many wait for a go-ahead
 * @n_checked: how many of them have been checked
 * @n_ready: how many of them will be sent
 * @n_parts: in how many parts
 * @duration: the length of those that will be sent, in seconds
 * @bytes: the size of their files
 * @n_days: on how many days they were recorded, by the clock of the recorder
 * @first: when the earliest of them began, in seconds since 1970; %G_MININT64 where no time is known
 * @deployment_ids: (element-type utf8): where they are sent, each once, in the order of the uploads
 * @n_left_out: how many will not be sent
 * @left_out: how many of those for which reason, by #ChorusUploadLeftOut
 * @warnings: of how many that will be sent something was found, by #ChorusUploadFindingKind
 *
 * What a person is asked about before anything is sent.
 */
typedef struct
{
  guint n_recordings;
  guint n_checked;
  guint n_ready;
  guint n_parts;
  double duration;
  guint64 bytes;
  guint n_days;
  gint64 first;
  GPtrArray *deployment_ids;
  guint n_left_out;
  guint left_out[CHORUS_UPLOAD_N_LEFT_OUT];
  guint warnings[CHORUS_UPLOAD_N_FINDINGS];
} ChorusUploadSummary;

/**
 * chorus_upload_summary_new:
 * @uploads: (element-type ChorusUpload): uploads, such as an upload queue
 *
 * Goes through all @uploads once and counts those that wait for a go-ahead.
 *
 * Returns: (transfer full): the numbers
 */
ChorusUploadSummary *chorus_upload_summary_new (GListModel *uploads) G_GNUC_WARN_UNUSED_RESULT;

void chorus_upload_summary_free (ChorusUploadSummary *self);

/**
 * chorus_upload_summary_describe:
 * @self: a summary
 * @places: (nullable): the names of the deployments
 *
 * Returns: (transfer full) (nullable): what will be sent, such as "42 recordings, 3.5 hours, 2.1 GB in 61 parts, from 3
 *   days, to North, Site A"; %NULL where nothing will
 */
char *chorus_upload_summary_describe (const ChorusUploadSummary *self,
                                      const char                *places) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_summary_describe_left_out:
 * @self: a summary
 *
 * Returns: (transfer full) (nullable): what will not be sent and why, such as "4 will not be sent: 2 already sent, 1 is
 *   empty, 1 is not audio"; %NULL where that is nothing
 */
char *chorus_upload_summary_describe_left_out (const ChorusUploadSummary *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_summary_describe_warnings:
 * @self: a summary
 *
 * Returns: (transfer full) (nullable): what a person may want to look at first, such as "Worth a look: 3 with a guessed
 *   time, 1 cut off"; %NULL where that is nothing
 */
char *chorus_upload_summary_describe_warnings (const ChorusUploadSummary *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadSummary, chorus_upload_summary_free)

G_END_DECLS
