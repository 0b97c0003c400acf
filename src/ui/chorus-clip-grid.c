/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-clip-cell.h"
#include "chorus-clip-grid.h"

#define CHORUS_CLIP_GRID_MOST_COLUMNS 12

struct _ChorusClipGrid
{
  AdwBin parent_instance;

  /* Borrowed: a child */
  GtkGridView *grid_view;

  /* Owned references */
  ChorusLibrary *library;
  ChorusClipLoader *loader;
  ChorusClipPlayer *player;
  GtkMultiSelection *selection;
};

enum
{
  PROP_0,
  PROP_N_SELECTED,
  N_PROPS
};

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_HOVER,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusClipGrid, chorus_clip_grid, ADW_TYPE_BIN)

static void
chorus_clip_grid_hover_cb (ChorusClipGrid *self,
                           gboolean        rests,
                           ChorusClipCell *cell)
{
  g_signal_emit (self, signals[SIGNAL_HOVER], 0, rests ? chorus_clip_cell_get_detection (cell) : NULL);
}

static void
chorus_clip_grid_setup_cb (ChorusClipGrid *self,
                           GtkListItem    *item)
{
  GtkWidget *cell = chorus_clip_cell_new (self->library, self->loader, self->player);

  g_signal_connect_object (cell, "hover", G_CALLBACK (chorus_clip_grid_hover_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, cell);
}

static void
chorus_clip_grid_bind_cb (ChorusClipGrid *self,
                          GtkListItem    *item)
{
  chorus_clip_cell_set_detection (CHORUS_CLIP_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
chorus_clip_grid_unbind_cb (ChorusClipGrid *self,
                            GtkListItem    *item)
{
  chorus_clip_cell_set_detection (CHORUS_CLIP_CELL (gtk_list_item_get_child (item)), NULL);
}

static void
chorus_clip_grid_activate_cb (ChorusClipGrid *self,
                              guint           position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

static void
chorus_clip_grid_selected_cb (ChorusClipGrid *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

/* Before the grid takes the space bar to select what is selected. */
static void
chorus_clip_grid_add_keys (ChorusClipGrid *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                          gtk_named_action_new ("review.play")));
  gtk_widget_add_controller (GTK_WIDGET (self->grid_view), controller);
}

static void
chorus_clip_grid_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ChorusClipGrid *self = CHORUS_CLIP_GRID (object);

  switch (prop_id)
    {
    case PROP_N_SELECTED:
      g_value_set_uint (value, chorus_clip_grid_get_n_selected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_clip_grid_dispose (GObject *object)
{
  ChorusClipGrid *self = CHORUS_CLIP_GRID (object);

  if (self->grid_view != NULL)
    gtk_grid_view_set_model (self->grid_view, NULL);
  self->grid_view = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->player);
  g_clear_object (&self->loader);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (chorus_clip_grid_parent_class)->dispose (object);
}

static void
chorus_clip_grid_class_init (ChorusClipGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_clip_grid_dispose;
  object_class->get_property = chorus_clip_grid_get_property;

  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", CHORUS_TYPE_CLIP_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_HOVER] = g_signal_new ("hover", CHORUS_TYPE_CLIP_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, CHORUS_TYPE_DETECTION);
}

static void
chorus_clip_grid_init (ChorusClipGrid *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *grid_view = gtk_grid_view_new (NULL, NULL);

  self->grid_view = GTK_GRID_VIEW (grid_view);
  gtk_grid_view_set_max_columns (self->grid_view, CHORUS_CLIP_GRID_MOST_COLUMNS);
  gtk_grid_view_set_enable_rubberband (self->grid_view, TRUE);
  gtk_widget_add_css_class (grid_view, "clip-grid");
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Clips"), -1);
  g_signal_connect_object (grid_view, "activate", G_CALLBACK (chorus_clip_grid_activate_cb), self, G_CONNECT_SWAPPED);
  chorus_clip_grid_add_keys (self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid_view);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
chorus_clip_grid_set_sources (ChorusClipGrid   *self,
                              ChorusLibrary    *library,
                              ChorusClipLoader *loader,
                              ChorusClipPlayer *player)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (CHORUS_IS_CLIP_GRID (self));
  g_return_if_fail ((library == NULL) == (loader == NULL));

  chorus_clip_grid_set_model (self, NULL);
  g_set_object (&self->library, library);
  g_set_object (&self->loader, loader);
  g_set_object (&self->player, player);

  /* Cells know where their clips come from. */
  if (library != NULL)
    {
      factory = gtk_signal_list_item_factory_new ();
      g_signal_connect_object (factory, "setup", G_CALLBACK (chorus_clip_grid_setup_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_clip_grid_bind_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (factory, "unbind", G_CALLBACK (chorus_clip_grid_unbind_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_grid_view_set_factory (self->grid_view, factory);
}

void
chorus_clip_grid_set_model (ChorusClipGrid *self,
                            GListModel     *model)
{
  g_return_if_fail (CHORUS_IS_CLIP_GRID (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  gtk_grid_view_set_model (self->grid_view, NULL);
  g_clear_object (&self->selection);
  if (model != NULL)
    {
      self->selection = gtk_multi_selection_new (g_object_ref (model));
      g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (chorus_clip_grid_selected_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_grid_view_set_model (self->grid_view, GTK_SELECTION_MODEL (self->selection));
    }
  chorus_clip_grid_selected_cb (self);
}

guint
chorus_clip_grid_get_n_selected (ChorusClipGrid *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (CHORUS_IS_CLIP_GRID (self), 0);

  if (self->selection == NULL)
    return 0;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return (guint) gtk_bitset_get_size (selected);
}

GPtrArray *
chorus_clip_grid_get_selected (ChorusClipGrid *self,
                               guint          *last)
{
  g_autoptr (GPtrArray) detections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position = 0;

  g_return_val_if_fail (CHORUS_IS_CLIP_GRID (self), NULL);

  if (self->selection == NULL)
    return g_steal_pointer (&detections);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      ChorusDetection *detection = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (detection == NULL)
        continue;
      g_ptr_array_add (detections, detection);
      if (last != NULL)
        *last = position;
    }

  return g_steal_pointer (&detections);
}

/* The widget of the list that has the cell of a detection, if that is near enough to what is seen to have one. */
static GtkWidget *
chorus_clip_grid_find_child (ChorusClipGrid  *self,
                             ChorusDetection *detection)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid_view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *cell = gtk_widget_get_first_child (child);

      if (CHORUS_IS_CLIP_CELL (cell) && chorus_clip_cell_get_detection (CHORUS_CLIP_CELL (cell)) == detection)
        return child;
    }

  return NULL;
}

static void
chorus_clip_grid_focus_position (ChorusClipGrid *self,
                                 guint           position)
{
  g_autoptr (ChorusDetection) detection = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GtkWidget *child = detection != NULL ? chorus_clip_grid_find_child (self, detection) : NULL;

  if (child != NULL)
    gtk_widget_grab_focus (child);
}

void
chorus_clip_grid_select (ChorusClipGrid *self,
                         guint           position)
{
  gboolean focused;

  g_return_if_fail (CHORUS_IS_CLIP_GRID (self));

  if (self->selection == NULL || position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    return;

  focused = gtk_widget_get_focus_child (GTK_WIDGET (self->grid_view)) != NULL;
  gtk_widget_activate_action (GTK_WIDGET (self->grid_view), "list.select-item", "(ubb)", position, FALSE, FALSE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->grid_view), "list.scroll-to-item", "u", position);
  if (focused)
    chorus_clip_grid_focus_position (self, position);
}

void
chorus_clip_grid_focus (ChorusClipGrid *self)
{
  guint position = 0;
  g_autoptr (GPtrArray) selected = NULL;

  g_return_if_fail (CHORUS_IS_CLIP_GRID (self));

  selected = chorus_clip_grid_get_selected (self, &position);
  if (self->selection != NULL)
    chorus_clip_grid_focus_position (self, position);
}
