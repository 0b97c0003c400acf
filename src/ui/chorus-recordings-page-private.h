/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-error-box.h"
#include "chorus-filter-bar.h"
#include "chorus-recording-pane.h"
#include "chorus-recordings-page.h"

G_BEGIN_DECLS

struct _ChorusRecordingsPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkPaned *paned;
  GtkWidget *list_box;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  ChorusErrorBox *error_box;
  ChorusFilterBar *filter_bar;
  GtkStack *list_stack;
  GtkColumnView *column_view;
  ChorusRecordingPane *recording_pane;
  GMenuModel *row_menu;

  /* Owned references */
  ChorusWorkspace *workspace;
  ChorusRecordingList *recordings;
  ChorusReview *review;
  GSettings *settings;
  GSignalGroup *list_signals;
  GSignalGroup *selected_signals;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;
  GCancellable *cancellable; /* of the deployment */
  GtkWidget *popover;

  /* State */
  char *needle; /* what is searched for, folded */
  guint open_id;
};

void _chorus_recordings_page_class_actions_init (ChorusRecordingsPageClass *klass);
void _chorus_recordings_page_update_actions (ChorusRecordingsPage *self);
ChorusRecording *_chorus_recordings_page_get_selected (ChorusRecordingsPage *self);

/* Opens a recording below the list, or closes it. */
void _chorus_recordings_page_open (ChorusRecordingsPage *self,
                                   ChorusRecording      *recording);

/* Whether the opened recording has the page to itself. */
void _chorus_recordings_page_set_whole_page (ChorusRecordingsPage *self,
                                             gboolean              whole_page);

G_END_DECLS
