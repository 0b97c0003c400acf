/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "upload/chorus-upload-queue.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOADS_PAGE (chorus_uploads_page_get_type ())

/**
 * ChorusUploadsPage:
 *
 * The files on their way: first those that failed with the reason, then those being sent, those that wait, and, folded,
 * those that were sent.
 *
 * Properties: "queue" (ChorusUploadQueue), "n-failed" (uint, read-only), "n-unfinished" (uint, read-only).
 */
G_DECLARE_FINAL_TYPE (ChorusUploadsPage, chorus_uploads_page, CHORUS, UPLOADS_PAGE, AdwBin)

/**
 * chorus_uploads_page_get_queue:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the queue that is shown
 */
ChorusUploadQueue *chorus_uploads_page_get_queue (ChorusUploadsPage *self);

/**
 * chorus_uploads_page_set_queue:
 * @self: a page
 * @queue: (nullable): the queue that is shown
 */
void chorus_uploads_page_set_queue (ChorusUploadsPage *self,
                                    ChorusUploadQueue *queue);

/**
 * chorus_uploads_page_get_n_failed:
 * @self: a page
 *
 * Returns: the number of uploads that were refused or failed
 */
guint chorus_uploads_page_get_n_failed (ChorusUploadsPage *self);

/**
 * chorus_uploads_page_get_n_unfinished:
 * @self: a page
 *
 * Returns: the number of uploads that go on by themselves
 */
guint chorus_uploads_page_get_n_unfinished (ChorusUploadsPage *self);

G_END_DECLS
