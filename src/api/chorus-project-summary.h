/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-species-category.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PROJECT_SUMMARY (chorus_project_summary_get_type ())

/**
 * ChorusProjectSummary:
 *
 * The figures of a project. Immutable; a figure the service did not give is -1.
 */
G_DECLARE_FINAL_TYPE (ChorusProjectSummary, chorus_project_summary, CHORUS, PROJECT_SUMMARY, GObject)

/**
 * ChorusProjectSummaryInit:
 * @n_audio_devices: audio recorders installed
 * @n_cameras: cameras installed
 * @n_audio_files: audio files
 * @n_images_videos: images and videos
 * @n_species: species found on site
 * @in_situ: (element-type ChorusSpeciesCategory): species found on site by conservation status
 * @ex_situ: (element-type ChorusSpeciesCategory): species expected from other sources by conservation status
 *
 * What a #ChorusProjectSummary is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  gint64 n_audio_devices;
  gint64 n_cameras;
  gint64 n_audio_files;
  gint64 n_images_videos;
  gint64 n_species;
  GPtrArray *in_situ;
  GPtrArray *ex_situ;
} ChorusProjectSummaryInit;

/**
 * chorus_project_summary_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusProjectSummary *chorus_project_summary_new (const ChorusProjectSummaryInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_project_summary_get_n_audio_devices:
 * @self: a #ChorusProjectSummary
 *
 * Returns: audio recorders installed
 */
gint64 chorus_project_summary_get_n_audio_devices (ChorusProjectSummary *self);

/**
 * chorus_project_summary_get_n_cameras:
 * @self: a #ChorusProjectSummary
 *
 * Returns: cameras installed
 */
gint64 chorus_project_summary_get_n_cameras (ChorusProjectSummary *self);

/**
 * chorus_project_summary_get_n_audio_files:
 * @self: a #ChorusProjectSummary
 *
 * Returns: audio files
 */
gint64 chorus_project_summary_get_n_audio_files (ChorusProjectSummary *self);

/**
 * chorus_project_summary_get_n_images_videos:
 * @self: a #ChorusProjectSummary
 *
 * Returns: images and videos
 */
gint64 chorus_project_summary_get_n_images_videos (ChorusProjectSummary *self);

/**
 * chorus_project_summary_get_n_species:
 * @self: a #ChorusProjectSummary
 *
 * Returns: species found on site
 */
gint64 chorus_project_summary_get_n_species (ChorusProjectSummary *self);

/**
 * chorus_project_summary_get_in_situ:
 * @self: a #ChorusProjectSummary
 *
 * Returns: (transfer none) (element-type ChorusSpeciesCategory): species found on site by conservation status
 */
GPtrArray *chorus_project_summary_get_in_situ (ChorusProjectSummary *self);

/**
 * chorus_project_summary_get_ex_situ:
 * @self: a #ChorusProjectSummary
 *
 * Returns: (transfer none) (element-type ChorusSpeciesCategory): species expected from other sources by conservation status
 */
GPtrArray *chorus_project_summary_get_ex_situ (ChorusProjectSummary *self);

G_END_DECLS
