/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-recording-cell.h"
#include "chorus-recording-columns.h"
#include "chorus-status-badge.h"

/* The words stand in the settings. A column that is not chosen comes and goes with what is shown. */
static const struct
{
  const char *word;
  const char *title;
  ChorusRecordingOrder order;
  ChorusRecordingCellKind kind;
  gboolean chosen;
} chorus_recording_columns[] = {
  { "name", N_("Name"), CHORUS_RECORDING_ORDER_NAME, CHORUS_RECORDING_CELL_NAME, FALSE },
  { "deployment", N_("Deployment"), CHORUS_RECORDING_ORDER_DEPLOYMENT, CHORUS_RECORDING_CELL_DEPLOYMENT, FALSE },
  { "recorded", N_("Recorded"), CHORUS_RECORDING_ORDER_TIME, CHORUS_RECORDING_CELL_RECORDED, TRUE },
  { "length", N_("Length"), CHORUS_RECORDING_ORDER_LENGTH, CHORUS_RECORDING_CELL_LENGTH, TRUE },
  { "size", N_("Size"), CHORUS_RECORDING_ORDER_SIZE, CHORUS_RECORDING_CELL_SIZE, TRUE },
  { "status", N_("Status"), CHORUS_RECORDING_ORDER_STATUS, CHORUS_RECORDING_CELL_NAME, TRUE },
  { "species", N_("Species"), CHORUS_RECORDING_ORDER_SPECIES, CHORUS_RECORDING_CELL_SPECIES, TRUE },
  { "reviewed", N_("Reviewed"), CHORUS_RECORDING_ORDER_REVIEW, CHORUS_RECORDING_CELL_REVIEWED, TRUE },
};

static GQuark
chorus_recording_columns_place_quark (void)
{
  return g_quark_from_static_string ("chorus-recording-columns-place");
}

static GQuark
chorus_recording_columns_workspace_quark (void)
{
  return g_quark_from_static_string ("chorus-recording-columns-workspace");
}

static GQuark
chorus_recording_columns_settings_quark (void)
{
  return g_quark_from_static_string ("chorus-recording-columns-settings");
}

static GQuark
chorus_recording_columns_width_quark (void)
{
  return g_quark_from_static_string ("chorus-recording-columns-width");
}

/* The place of a column in the table above. */
static guint
chorus_recording_columns_get_place (gpointer column)
{
  return GPOINTER_TO_UINT (g_object_get_qdata (column, chorus_recording_columns_place_quark ()));
}

static GtkColumnViewColumn *
chorus_recording_columns_find (GtkColumnView *view,
                               const char    *word)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (chorus_recording_columns[chorus_recording_columns_get_place (column)].word, word))
        return column;
    }

  return NULL;
}

/* GTK 4.8 leaves room for a column that is hidden if its width is fixed, which it is when a person has dragged its edge. */
static void
chorus_recording_columns_set_visible (GtkColumnViewColumn *column,
                                      gboolean             visible)
{
  const GQuark quark = chorus_recording_columns_width_quark ();

  if (gtk_column_view_column_get_visible (column) == visible)
    return;

  if (visible)
    {
      gtk_column_view_column_set_fixed_width (column, GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (column), quark)));
    }
  else
    {
      g_object_set_qdata (G_OBJECT (column), quark, GINT_TO_POINTER (gtk_column_view_column_get_fixed_width (column)));
      gtk_column_view_column_set_fixed_width (column, -1);
    }
  gtk_column_view_column_set_visible (column, visible);
}

/* Cells */

static void
chorus_recording_columns_setup_text_cb (GtkSignalListItemFactory *factory,
                                        GtkListItem              *item,
                                        gpointer                  kind)
{
  gtk_list_item_set_child (item, chorus_recording_cell_new (GPOINTER_TO_UINT (kind)));
}

static void
chorus_recording_columns_bind_text_cb (GtkSignalListItemFactory *factory,
                                       GtkListItem              *item,
                                       gpointer                  user_data)
{
  chorus_recording_cell_set_recording (CHORUS_RECORDING_CELL (gtk_list_item_get_child (item)),
                                       gtk_list_item_get_item (item));
}

static void
chorus_recording_columns_bind_deployment_cb (GtkSignalListItemFactory *factory,
                                             GtkListItem              *item,
                                             gpointer                  view)
{
  ChorusWorkspace *workspace = g_object_get_qdata (view, chorus_recording_columns_workspace_quark ());
  const char *deployment_id = chorus_recording_get_deployment_id (gtk_list_item_get_item (item));
  g_autofree char *name = NULL;

  if (workspace != NULL)
    name = chorus_workspace_dup_deployment_name (workspace, deployment_id);
  chorus_recording_cell_set_deployment (CHORUS_RECORDING_CELL (gtk_list_item_get_child (item)),
                                        name != NULL ? name : deployment_id);
}

static void
chorus_recording_columns_unbind_text_cb (GtkSignalListItemFactory *factory,
                                         GtkListItem              *item,
                                         gpointer                  user_data)
{
  chorus_recording_cell_set_recording (CHORUS_RECORDING_CELL (gtk_list_item_get_child (item)), NULL);
}

static void
chorus_recording_columns_setup_status_cb (GtkSignalListItemFactory *factory,
                                          GtkListItem              *item,
                                          gpointer                  user_data)
{
  gtk_list_item_set_child (item, chorus_status_badge_new ());
}

static void
chorus_recording_columns_bind_status_cb (GtkSignalListItemFactory *factory,
                                         GtkListItem              *item,
                                         gpointer                  user_data)
{
  chorus_status_badge_set_recording (CHORUS_STATUS_BADGE (gtk_list_item_get_child (item)),
                                     gtk_list_item_get_item (item));
}

static void
chorus_recording_columns_unbind_status_cb (GtkSignalListItemFactory *factory,
                                           GtkListItem              *item,
                                           gpointer                  user_data)
{
  chorus_status_badge_set_recording (CHORUS_STATUS_BADGE (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
chorus_recording_columns_create_factory (GtkColumnView *view,
                                         guint          place)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const ChorusRecordingCellKind kind = chorus_recording_columns[place].kind;

  if (chorus_recording_columns[place].order == CHORUS_RECORDING_ORDER_STATUS)
    {
      g_signal_connect (factory, "setup", G_CALLBACK (chorus_recording_columns_setup_status_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (chorus_recording_columns_bind_status_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (chorus_recording_columns_unbind_status_cb), NULL);
      return factory;
    }

  g_signal_connect (factory, "setup", G_CALLBACK (chorus_recording_columns_setup_text_cb), GUINT_TO_POINTER (kind));
  if (kind == CHORUS_RECORDING_CELL_DEPLOYMENT)
    g_signal_connect (factory, "bind", G_CALLBACK (chorus_recording_columns_bind_deployment_cb), view);
  else
    g_signal_connect (factory, "bind", G_CALLBACK (chorus_recording_columns_bind_text_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (chorus_recording_columns_unbind_text_cb), NULL);

  return factory;
}

/* Order */

/* The headers of a column view choose among sorters, and up to GTK 4.10 do not tell which one was chosen. So each is asked
 * to compare, and the first that is asked says who it is; that it says "smaller" tells the direction. */
static int
chorus_recording_columns_compare_cb (gconstpointer a,
                                     gconstpointer b,
                                     gpointer      user_data)
{
  guint *asked = (guint *) a;

  *asked = GPOINTER_TO_UINT (user_data);

  return -1;
}

void
chorus_recording_columns_get_order (GtkColumnView        *view,
                                    ChorusRecordingOrder *order,
                                    gboolean             *descending)
{
  guint asked = G_N_ELEMENTS (chorus_recording_columns);
  guint other = 0;
  GtkOrdering ordering = GTK_ORDERING_EQUAL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  *order = CHORUS_RECORDING_ORDER_TIME;
  *descending = FALSE;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (view), &asked, &other);
  if (asked >= G_N_ELEMENTS (chorus_recording_columns))
    return;

  *order = chorus_recording_columns[asked].order;
  *descending = ordering == GTK_ORDERING_LARGER;
}

static void
chorus_recording_columns_save_order_cb (GtkColumnView *view)
{
  GSettings *settings = g_object_get_qdata (G_OBJECT (view), chorus_recording_columns_settings_quark ());
  ChorusRecordingOrder order;
  gboolean descending;

  /* A view that goes lets go of its columns first, and of the order with the one that gave it. */
  if (g_list_model_get_n_items (gtk_column_view_get_columns (view)) != G_N_ELEMENTS (chorus_recording_columns))
    return;

  chorus_recording_columns_get_order (view, &order, &descending);
  for (guint i = 0; i < G_N_ELEMENTS (chorus_recording_columns); i++)
    {
      if (chorus_recording_columns[i].order == order)
        g_settings_set_string (settings, "list-order", chorus_recording_columns[i].word);
    }
  g_settings_set_boolean (settings, "list-descending", descending);
}

/* Choice */

static void
chorus_recording_columns_save (GtkColumnView *view)
{
  GSettings *settings = g_object_get_qdata (G_OBJECT (view), chorus_recording_columns_settings_quark ());
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) saved = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      guint place = chorus_recording_columns_get_place (column);

      if (!chorus_recording_columns[place].chosen || gtk_column_view_column_get_visible (column))
        g_strv_builder_add (words, chorus_recording_columns[place].word);
    }

  saved = g_strv_builder_end (words);
  g_settings_set_strv (settings, "list-columns", (const char *const *) saved);
}

/* A column that is dragged goes and comes again: what there is in between is not kept. */
static void
chorus_recording_columns_moved_cb (GtkColumnView *view)
{
  if (g_list_model_get_n_items (gtk_column_view_get_columns (view)) == G_N_ELEMENTS (chorus_recording_columns))
    chorus_recording_columns_save (view);
}

static void
chorus_recording_columns_show_cb (GSimpleAction *action,
                                  GVariant      *state,
                                  gpointer       user_data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (user_data);
  GtkColumnViewColumn *column = chorus_recording_columns_find (view, g_action_get_name (G_ACTION (action)));

  g_simple_action_set_state (action, state);
  chorus_recording_columns_set_visible (column, g_variant_get_boolean (state));
  chorus_recording_columns_save (view);
}

GMenuModel *
chorus_recording_columns_create_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (chorus_recording_columns); i++)
    {
      g_autofree char *action = g_strconcat ("columns.", chorus_recording_columns[i].word, NULL);

      if (chorus_recording_columns[i].chosen)
        g_menu_append (menu, _(chorus_recording_columns[i].title), action);
    }

  return G_MENU_MODEL (menu);
}

static void
chorus_recording_columns_append (GtkColumnView *view,
                                 guint          place,
                                 GMenuModel    *menu)
{
  g_autoptr (GtkColumnViewColumn) column =
    gtk_column_view_column_new (_(chorus_recording_columns[place].title),
                                chorus_recording_columns_create_factory (view, place));
  g_autoptr (GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (chorus_recording_columns_compare_cb, GUINT_TO_POINTER (place), NULL));
  const ChorusRecordingOrder order = chorus_recording_columns[place].order;

  g_object_set_qdata (G_OBJECT (column), chorus_recording_columns_place_quark (), GUINT_TO_POINTER (place));
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_header_menu (column, menu);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column,
                                     order == CHORUS_RECORDING_ORDER_NAME || order == CHORUS_RECORDING_ORDER_STATUS);

  /* The words change while a recording is sent and analyzed: a fixed width keeps the columns still. What is left over
   * goes to the reason of a failure. */
  if (order == CHORUS_RECORDING_ORDER_STATUS)
    gtk_column_view_column_set_fixed_width (column, 210);
  if (order == CHORUS_RECORDING_ORDER_DEPLOYMENT)
    gtk_column_view_column_set_fixed_width (column, 130);

  gtk_column_view_append_column (view, column);
}

/* The columns that were chosen in the order that was chosen, and the others where they are in the table. */
static void
chorus_recording_columns_append_all (GtkColumnView *view,
                                     GSettings     *settings)
{
  g_auto (GStrv) words = g_settings_get_strv (settings, "list-columns");
  g_autoptr (GMenuModel) menu = chorus_recording_columns_create_menu ();
  gboolean appended[G_N_ELEMENTS (chorus_recording_columns)] = { FALSE };

  for (guint i = 0; words[i] != NULL; i++)
    {
      for (guint place = 0; place < G_N_ELEMENTS (chorus_recording_columns); place++)
        {
          if (appended[place] || !g_str_equal (words[i], chorus_recording_columns[place].word))
            continue;
          appended[place] = TRUE;
          chorus_recording_columns_append (view, place, menu);
        }
    }
  for (guint place = 0; place < G_N_ELEMENTS (chorus_recording_columns); place++)
    {
      if (!appended[place])
        chorus_recording_columns_append (view, place, menu);
    }
}

void
chorus_recording_columns_install (GtkColumnView *view,
                                  GSettings     *settings,
                                  GtkWidget     *page)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *sorted = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (GTK_IS_WIDGET (page));

  words = g_settings_get_strv (settings, "list-columns");
  sorted = g_settings_get_string (settings, "list-order");
  g_object_set_qdata_full (G_OBJECT (view), chorus_recording_columns_settings_quark (), g_object_ref (settings),
                           g_object_unref);
  chorus_recording_columns_append_all (view, settings);

  for (guint place = 0; place < G_N_ELEMENTS (chorus_recording_columns); place++)
    {
      const char *word = chorus_recording_columns[place].word;
      const gboolean visible = g_strv_contains ((const char *const *) words, word);
      g_autoptr (GSimpleAction) action = NULL;

      if (!chorus_recording_columns[place].chosen)
        continue;
      action = g_simple_action_new_stateful (word, NULL, g_variant_new_boolean (visible));
      g_signal_connect_object (action, "change-state", G_CALLBACK (chorus_recording_columns_show_cb), view, 0);
      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
      chorus_recording_columns_set_visible (chorus_recording_columns_find (view, word), visible);
    }
  gtk_widget_insert_action_group (page, "columns", G_ACTION_GROUP (actions));
  chorus_recording_columns_set_workspace (view, NULL, FALSE);

  if (chorus_recording_columns_find (view, sorted) != NULL)
    gtk_column_view_sort_by_column (view, chorus_recording_columns_find (view, sorted),
                                    g_settings_get_boolean (settings, "list-descending") ? GTK_SORT_DESCENDING
                                                                                         : GTK_SORT_ASCENDING);

  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (chorus_recording_columns_moved_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (chorus_recording_columns_save_order_cb), view, G_CONNECT_SWAPPED);
}

void
chorus_recording_columns_set_workspace (GtkColumnView   *view,
                                        ChorusWorkspace *workspace,
                                        gboolean         several)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (workspace == NULL || CHORUS_IS_WORKSPACE (workspace));

  g_object_set_qdata_full (G_OBJECT (view), chorus_recording_columns_workspace_quark (),
                           workspace != NULL ? g_object_ref (workspace) : NULL, g_object_unref);
  chorus_recording_columns_set_visible (chorus_recording_columns_find (view, "deployment"), several);
}
