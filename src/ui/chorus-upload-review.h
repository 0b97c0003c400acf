/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chorus-workspace.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_REVIEW (chorus_upload_review_get_type ())

/**
 * ChorusUploadReview:
 *
 * Asks for the go-ahead: what would be sent, what not and why, and what a person may want to look at first. It is seen
 * only while there is something to ask.
 *
 * Its buttons activate "uploads.approve" and "uploads.discard".
 */
G_DECLARE_FINAL_TYPE (ChorusUploadReview, chorus_upload_review, CHORUS, UPLOAD_REVIEW, AdwBin)

/**
 * chorus_upload_review_set_workspace:
 * @self: a review
 * @workspace: (nullable): an open workspace
 */
void chorus_upload_review_set_workspace (ChorusUploadReview *self,
                                         ChorusWorkspace    *workspace);

/**
 * chorus_upload_review_focus:
 * @self: a review
 *
 * Gives the keyboard to its first button that can be used.
 */
void chorus_upload_review_focus (ChorusUploadReview *self);

G_END_DECLS
