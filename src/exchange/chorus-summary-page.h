/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-summary.h"

G_BEGIN_DECLS

/**
 * chorus_summary_page_new:
 * @summary: what recordings and their detections come to
 * @title: (nullable): what the page is called; %NULL for the name of the project
 * @created: when it is made
 *
 * Makes a page for people, in their language: one file of HTML with its style and its drawings, that loads nothing and runs
 * nothing, is light or dark as the reader has it, and can be printed.
 *
 * Returns: (transfer full): HTML
 */
char *chorus_summary_page_new (const ChorusSummary *summary,
                               const char          *title,
                               GDateTime           *created) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
