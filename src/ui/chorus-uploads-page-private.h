/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the list and the summary (chorus-uploads-page.c) share with what a person does (chorus-uploads-page-actions.c). */

#pragma once

#include "upload/chorus-upload-order.h"

#include "chorus-upload-review.h"
#include "chorus-uploads-page.h"

G_BEGIN_DECLS

struct _ChorusUploadsPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *notice_box;
  GtkLabel *notice_label;
  GtkButton *notice_button;
  ChorusUploadReview *review;
  GtkWidget *summary_card;
  GtkLabel *summary_label;
  GtkProgressBar *total_bar;
  GtkLabel *rate_label;
  GtkWidget *retry_all_button;
  GtkWidget *clear_button;
  GtkToggleButton *pause_button;
  GtkListView *list_view;
  GtkToggleButton *sent_button;

  /* Owned references */
  ChorusWorkspace *workspace;
  ChorusUploadQueue *queue;
  GSettings *settings;
  GSignalGroup *queue_signals;
  ChorusUploadOrder *order;
  GtkNoSelection *selection;
  GtkWidget *popover;
  GtkFileChooserNative *chooser;
  GCancellable *search; /* of the search for recordings, or for files that are missing */

  /* State */
  guint n_searches;
  guint n_found;
  guint notice_id;
  guint n_open;
  guint n_problems;
  double rate; /* bytes a second, 0 when it is not known */
  double rate_bytes;
  gint64 rate_time;
  guint update_id;
  guint tick_id;
};

void _chorus_uploads_page_class_actions_init (ChorusUploadsPageClass *klass);
void _chorus_uploads_page_actions_init (ChorusUploadsPage *self);

/* Ends what is under way for the workspace that goes. */
void _chorus_uploads_page_actions_reset (ChorusUploadsPage *self);

/* Tells that recordings were added to the queue. */
void _chorus_uploads_page_note_found (ChorusUploadsPage *self,
                                      guint              n_found);

/* Sums up a moment later. */
void _chorus_uploads_page_queue_update (ChorusUploadsPage *self);

G_END_DECLS
