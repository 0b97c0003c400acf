/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "library/chorus-recording-listing.h"

#include "chorus-error-box.h"
#include "chorus-filter-bar.h"
#include "chorus-filter-popover.h"
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
  GtkMenuButton *columns_button;
  GtkMenuButton *filter_button;
  ChorusFilterPopover *filter_popover;
  GtkLabel *night_label;
  ChorusRecordingPane *recording_pane;
  GMenuModel *row_menu;

  /* Owned references */
  ChorusWorkspace *workspace;
  ChorusRecordingList *recordings;
  GSettings *settings;
  GSignalGroup *workspace_signals;
  GSignalGroup *list_signals;
  GSignalGroup *selected_signals;
  ChorusRecordingListing *listing;
  GtkMultiSelection *selection;
  ChorusRecording *selected; /* the one that is selected, if it is one */
  GCancellable *cancellable; /* of the place that is shown */
  GtkWidget *popover;

  /* State */
  guint64 n_selected;
  gboolean choosing; /* a filter is being taken apart to be shown */
  gboolean to_top;   /* another filter was chosen */
  guint open_id;
};

void _chorus_recordings_page_class_actions_init (ChorusRecordingsPageClass *klass);
void _chorus_recordings_page_update_actions (ChorusRecordingsPage *self);
ChorusRecording *_chorus_recordings_page_get_selected (ChorusRecordingsPage *self);

/* All that are selected, as they stand: of ChorusRecording. */
GPtrArray *_chorus_recordings_page_list_selected (ChorusRecordingsPage *self) G_GNUC_WARN_UNUSED_RESULT;

/* Open the menu over the rows, by the pointer and by the keyboard. */
void _chorus_recordings_page_pressed_cb (ChorusRecordingsPage *self,
                                         int                   n_press,
                                         double                x,
                                         double                y);
gboolean _chorus_recordings_page_menu_key_cb (GtkWidget *widget,
                                              GVariant  *arguments,
                                              gpointer   user_data);

/* Shows what passes a filter. */
void _chorus_recordings_page_choose_filter (ChorusRecordingsPage        *self,
                                            const ChorusRecordingFilter *chosen);

/* Opens a recording below the list, or closes it. */
void _chorus_recordings_page_open (ChorusRecordingsPage *self,
                                   ChorusRecording      *recording);

/* Whether the opened recording has the page to itself. */
void _chorus_recordings_page_set_whole_page (ChorusRecordingsPage *self,
                                             gboolean              whole_page);

G_END_DECLS
