/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-recording.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STATUS_BADGE (chorus_status_badge_get_type ())

/**
 * ChorusStatusBadge:
 *
 * The status of a recording as an icon and words, with the reason on a second line where there is one. It follows the
 * recording.
 */
G_DECLARE_FINAL_TYPE (ChorusStatusBadge, chorus_status_badge, CHORUS, STATUS_BADGE, AdwBin)

/**
 * chorus_status_badge_new:
 *
 * Returns: (transfer none): a new badge
 */
GtkWidget *chorus_status_badge_new (void);

/**
 * chorus_status_badge_get_recording:
 * @self: a badge
 *
 * Returns: (transfer none) (nullable): the recording whose status is shown
 */
ChorusRecording *chorus_status_badge_get_recording (ChorusStatusBadge *self);

/**
 * chorus_status_badge_set_recording:
 * @self: a badge
 * @recording: (nullable): the recording whose status is shown
 */
void chorus_status_badge_set_recording (ChorusStatusBadge *self,
                                        ChorusRecording   *recording);

G_END_DECLS
