/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusSpeciesPage share. */

#pragma once

#include "chorus-clip-grid.h"
#include "chorus-error-box.h"
#include "chorus-review-pane.h"
#include "chorus-review-tools.h"
#include "chorus-species-page.h"
#include "chorus-verdict-bar.h"
#include "review/chorus-review-queue.h"
#include "review/chorus-species-list.h"
#include "review/chorus-thresholds.h"

G_BEGIN_DECLS

struct _ChorusSpeciesPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  ChorusErrorBox *list_error_box;
  GtkPaned *paned;
  GtkDropDown *scope_drop_down;
  GtkSearchEntry *search_entry;
  GtkStack *list_stack;
  GtkListView *list_view;
  GtkProgressBar *progress_bar;
  GtkLabel *title_label;
  GtkLabel *scientific_label;
  GtkLabel *left_label;
  GtkWidget *options_box;
  GtkDropDown *order_drop_down;
  GtkToggleButton *unreviewed_button;
  GtkAdjustment *threshold_adjustment;
  GtkLabel *threshold_label;
  GtkWidget *sample_box;
  GtkAdjustment *per_bin_adjustment;
  GtkAdjustment *seed_adjustment;
  ChorusErrorBox *error_box;
  GtkStack *review_stack;
  ChorusClipGrid *grid;
  ChorusReviewPane *review_pane;
  AdwStatusPage *all_reviewed_page;
  ChorusVerdictBar *verdict_bar;

  /* Owned references */
  ChorusWorkspace *workspace;
  ChorusPlace *deployment;
  GSettings *settings;
  GSignalGroup *workspace_signals;
  GSignalGroup *review_signals;
  GSignalGroup *list_signals;
  GSignalGroup *queue_signals;
  ChorusRecordingList *recordings; /* of the deployment: when they change, species may */
  ChorusThresholds *thresholds;
  ChorusClipLoader *loader;
  ChorusClipPlayer *player;
  ChorusReviewTools *tools;
  GPtrArray *places; /* of ChorusPlace: the choices of where to look, NULL for everywhere */
  GListStore *species;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  ChorusReviewQueue *queue;
  GCancellable *list_cancellable;
  GCancellable *queue_cancellable;

  /* State */
  char *chosen; /* the species that is reviewed, as queues know it */
  char *needle; /* what is searched for, folded */
  guint reload_id;
  guint threshold_id;
  guint reopen_id;
  gboolean updating;    /* what a person chooses is being set by the page */
  gboolean loaded;      /* species have been read once */
  gboolean wants_focus; /* for the clips, once there are any */
};

void _chorus_species_page_class_actions_init (ChorusSpeciesPageClass *klass);
void _chorus_species_page_actions_init (ChorusSpeciesPage *self);
void _chorus_species_page_update_actions (ChorusSpeciesPage *self);

/* Reads the species again soon: many verdicts at a time are one reading. */
void _chorus_species_page_reload_soon (ChorusSpeciesPage *self);

/* What is chosen in the list, or %NULL. */
ChorusSpecies *_chorus_species_page_get_species (ChorusSpeciesPage *self);

/* The deployments to look in, or %NULL for all. */
char **_chorus_species_page_dup_deployment_ids (ChorusSpeciesPage *self);

/* The queue: chorus-species-page-queue.c */
void _chorus_species_page_class_queue_init (ChorusSpeciesPageClass *klass);
void _chorus_species_page_queue_init (ChorusSpeciesPage *self);
void _chorus_species_page_open_queue (ChorusSpeciesPage *self);
void _chorus_species_page_close_queue (ChorusSpeciesPage *self);
void _chorus_species_page_update_counts (ChorusSpeciesPage *self);
gboolean _chorus_species_page_is_single (ChorusSpeciesPage *self);
void _chorus_species_page_show_clip (ChorusSpeciesPage *self,
                                     guint              position,
                                     gboolean           play);
void _chorus_species_page_show_grid (ChorusSpeciesPage *self);

/* Gives the keyboard to the clips when the page has just been shown, so that one key is one verdict. */
void _chorus_species_page_take_focus (ChorusSpeciesPage *self);

/* What is to be judged: the clip that is shown large, or those that are selected, and the position of the last of them. */
GPtrArray *_chorus_species_page_get_targets (ChorusSpeciesPage *self,
                                             guint             *last);

G_END_DECLS
