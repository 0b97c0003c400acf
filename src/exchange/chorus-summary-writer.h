/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SUMMARY_WRITER (chorus_summary_writer_get_type ())

/**
 * ChorusSummaryWriter:
 *
 * Writes a page about what was recorded, found and judged: effort, verdicts, activity, species with the precision of the
 * model, and models. The target is one file of HTML that loads nothing and runs nothing.
 */
G_DECLARE_FINAL_TYPE (ChorusSummaryWriter, chorus_summary_writer, CHORUS, SUMMARY_WRITER, ChorusExportWriter)

/**
 * ChorusSummaryOptions:
 * @title: (nullable): what the page is called; %NULL for the name of the project
 * @created: (nullable): when it is made; %NULL for now
 */
typedef struct
{
  const char *title;
  GDateTime *created;
} ChorusSummaryOptions;

/**
 * chorus_summary_writer_new:
 * @options: (nullable): how to write; copied
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_summary_writer_new (const ChorusSummaryOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
