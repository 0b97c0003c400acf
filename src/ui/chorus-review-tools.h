/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "review/chorus-review.h"
#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_REVIEW_TOOLS (chorus_review_tools_get_type ())

/**
 * ChorusReviewTools:
 *
 * What is said about detections beyond a verdict, with the popovers that ask for it: another species, a note, and a
 * detection that the model missed.
 *
 * It is disposed of by its owner, before the widgets that its popovers stand on.
 */
G_DECLARE_FINAL_TYPE (ChorusReviewTools, chorus_review_tools, CHORUS, REVIEW_TOOLS, GObject)

/**
 * ChorusReviewTools::relabeled:
 * @self: the tools
 *
 * Emitted when a species was chosen for detections, and is being written.
 */

/**
 * ChorusReviewTools::added:
 * @self: the tools
 * @detection: what the model missed, now in the store
 */

/**
 * ChorusReviewTools::stepped:
 * @self: the tools
 * @error: (nullable): what went wrong, or %NULL when the store has it
 */

/**
 * ChorusReviewTools::closed:
 * @self: the tools
 *
 * Emitted when a popover is gone, and the keyboard is to go back to where it was.
 */

/**
 * chorus_review_tools_new:
 * @relabel_anchor: what the popover to choose a species points to
 * @note_anchor: what the popover with a note points to
 *
 * Returns: (transfer full): tools without a review
 */
ChorusReviewTools *chorus_review_tools_new (GtkWidget *relabel_anchor,
                                            GtkWidget *note_anchor) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_review_tools_set_review:
 * @self: the tools
 * @library: (nullable): whose species there are to choose from
 * @review: (nullable): keeps what is said; %NULL if and only if @library is
 */
void chorus_review_tools_set_review (ChorusReviewTools *self,
                                     ChorusLibrary     *library,
                                     ChorusReview      *review);

/**
 * chorus_review_tools_relabel:
 * @self: the tools
 * @detections: (element-type ChorusDetection): detections
 *
 * Asks for a species, and confirms @detections as it.
 */
void chorus_review_tools_relabel (ChorusReviewTools *self,
                                  GPtrArray         *detections);

/**
 * chorus_review_tools_relabel_as_favorite:
 * @self: the tools
 * @detections: (element-type ChorusDetection): detections
 * @number: from 1 to 9
 *
 * Confirms @detections as a favorite species.
 *
 * Returns: whether there is a favorite of that number
 */
gboolean chorus_review_tools_relabel_as_favorite (ChorusReviewTools *self,
                                                  GPtrArray         *detections,
                                                  guint              number);

/**
 * chorus_review_tools_write_note:
 * @self: the tools
 * @detections: (element-type ChorusDetection): detections
 */
void chorus_review_tools_write_note (ChorusReviewTools *self,
                                     GPtrArray         *detections);

/**
 * chorus_review_tools_toggle_star:
 * @self: the tools
 * @detections: (element-type ChorusDetection): detections
 *
 * Marks them all, or if all are marked takes the marks away.
 */
void chorus_review_tools_toggle_star (ChorusReviewTools *self,
                                      GPtrArray         *detections);

/**
 * chorus_review_tools_add:
 * @self: the tools
 * @recording_id: the row of the recording that is shown
 * @session: what is selected in it is what the model missed
 *
 * Asks for the species of a detection that the model missed, and adds it.
 */
void chorus_review_tools_add (ChorusReviewTools *self,
                              gint64             recording_id,
                              ChorusViewSession *session);

G_END_DECLS
