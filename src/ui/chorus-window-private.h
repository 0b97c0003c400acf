/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-recordings-page.h"
#include "chorus-sidebar.h"
#include "chorus-species-page.h"
#include "chorus-uploads-page.h"
#include "chorus-window.h"

G_BEGIN_DECLS

struct _ChorusWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toast_overlay;
  GtkWidget *drop_overlay;
  GtkLabel *drop_label;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkWidget *start_over_button;
  GtkPaned *paned;
  ChorusSidebar *sidebar;
  AdwHeaderBar *header_bar;
  GtkToggleButton *search_button;
  AdwViewStack *view_stack;
  AdwViewStackPage *uploads_stack_page;
  ChorusRecordingsPage *recordings_page;
  ChorusSpeciesPage *species_page;
  ChorusUploadsPage *uploads_page;

  /* Owned references */
  ChorusWorkspace *workspace;
  GSignalGroup *workspace_signals;
  GSettings *settings;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  GListModel *waiting_files; /* until there is a deployment for them */

  /* State */
  gboolean narrow;
  int narrow_width;             /* at which the sidebar goes */
  int sidebar_width;            /* as it was last with room for it */
  gboolean show_sidebar;        /* what the person wants where there is room */
  gboolean show_sidebar_narrow; /* and where there is little */
  guint narrow_id;
};

enum
{
  CHORUS_WINDOW_SIGNAL_CONNECT_ACCOUNT,
  CHORUS_WINDOW_SIGNAL_WORK_LOCALLY,
  CHORUS_WINDOW_SIGNAL_SIGN_OUT,
  CHORUS_WINDOW_SIGNAL_TRY_AGAIN,
  CHORUS_WINDOW_SIGNAL_START_OVER,
  CHORUS_WINDOW_N_SIGNALS
};

extern guint chorus_window_signals[CHORUS_WINDOW_N_SIGNALS];

void _chorus_window_class_actions_init (ChorusWindowClass *klass);
void _chorus_window_actions_update (ChorusWindow *self);
void _chorus_window_dnd_init (ChorusWindow *self);
void _chorus_window_show_toast (ChorusWindow *self,
                                const char   *text);
gboolean _chorus_window_get_show_sidebar (ChorusWindow *self);
void _chorus_window_set_show_sidebar (ChorusWindow *self,
                                      gboolean      show_sidebar);

/* The name of what receives dropped files, "North, Site A", or %NULL. */
char *_chorus_window_dup_receiver (ChorusWindow *self);

G_END_DECLS
