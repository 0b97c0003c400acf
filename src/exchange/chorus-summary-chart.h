/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drawings of a summary, as SVG within HTML. Their colors come from the page. */

#pragma once

#include "chorus-summary.h"

G_BEGIN_DECLS

/**
 * chorus_summary_chart_append_activity:
 * @html: where to
 * @summary: a summary
 *
 * Appends detections by hour of the day, over how much was recorded in each.
 */
void chorus_summary_chart_append_activity (GString             *html,
                                           const ChorusSummary *summary);

/**
 * chorus_summary_chart_append_hours:
 * @html: where to
 * @species: a species
 *
 * Appends its hours, as small as a word.
 */
void chorus_summary_chart_append_hours (GString                    *html,
                                        const ChorusSummarySpecies *species);

/**
 * chorus_summary_chart_append_interval:
 * @html: where to
 * @value: 0 to 1
 * @low: the lower end of its interval
 * @high: the upper end
 *
 * Appends a value and its interval between 0 and 1, as small as a word.
 */
void chorus_summary_chart_append_interval (GString *html,
                                           double   value,
                                           double   low,
                                           double   high);

/**
 * chorus_summary_chart_append_verdicts:
 * @html: where to
 * @counts: what has each verdict
 *
 * Appends one bar of all verdicts, in the order confirmed, uncertain, rejected, none.
 */
void chorus_summary_chart_append_verdicts (GString                   *html,
                                           const ChorusSummaryCounts *counts);

G_END_DECLS
