/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-recording-cell.h"
#include "chorus-recording-columns.h"
#include "chorus-status-badge.h"

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

/* Digits in a name are compared by value, so that "REC_9" comes before "REC_10". */
static int
chorus_recording_columns_compare_names (gconstpointer a,
                                        gconstpointer b,
                                        gpointer      user_data)
{
  g_autofree char *key_a = g_utf8_collate_key_for_filename (chorus_recording_get_name ((ChorusRecording *) a), -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (chorus_recording_get_name ((ChorusRecording *) b), -1);

  return strcmp (key_a, key_b);
}

static int
chorus_recording_columns_compare_times (gconstpointer a,
                                        gconstpointer b,
                                        gpointer      user_data)
{
  const ChorusRecordingTime *time_a = chorus_recording_get_recorded ((ChorusRecording *) a);
  const ChorusRecordingTime *time_b = chorus_recording_get_recorded ((ChorusRecording *) b);

  if (time_a == NULL || time_b == NULL)
    return (time_a != NULL) - (time_b != NULL);

  return g_date_time_compare (chorus_recording_time_get_time (time_a), chorus_recording_time_get_time (time_b));
}

static int
chorus_recording_columns_compare_lengths (gconstpointer a,
                                          gconstpointer b,
                                          gpointer      user_data)
{
  double length_a = chorus_recording_get_duration ((ChorusRecording *) a);
  double length_b = chorus_recording_get_duration ((ChorusRecording *) b);

  return (length_a > length_b) - (length_a < length_b);
}

static int
chorus_recording_columns_compare_statuses (gconstpointer a,
                                           gconstpointer b,
                                           gpointer      user_data)
{
  ChorusRecordingStatus status_a = chorus_recording_get_status ((ChorusRecording *) a);
  ChorusRecordingStatus status_b = chorus_recording_get_status ((ChorusRecording *) b);
  guint n_a = chorus_recording_get_n_detections ((ChorusRecording *) a);
  guint n_b = chorus_recording_get_n_detections ((ChorusRecording *) b);

  if (status_a != status_b)
    return status_a < status_b ? -1 : 1;

  return (n_a > n_b) - (n_a < n_b);
}

static int
chorus_recording_columns_compare_species (gconstpointer a,
                                          gconstpointer b,
                                          gpointer      user_data)
{
  guint n_a = chorus_recording_get_n_species ((ChorusRecording *) a);
  guint n_b = chorus_recording_get_n_species ((ChorusRecording *) b);

  return (n_a > n_b) - (n_a < n_b);
}

/* By what is left to review, since that is what a reviewer looks for. */
static int
chorus_recording_columns_compare_reviews (gconstpointer a,
                                          gconstpointer b,
                                          gpointer      user_data)
{
  guint left_a =
    chorus_recording_get_n_detections ((ChorusRecording *) a) - chorus_recording_get_n_reviewed ((ChorusRecording *) a);
  guint left_b =
    chorus_recording_get_n_detections ((ChorusRecording *) b) - chorus_recording_get_n_reviewed ((ChorusRecording *) b);

  return (left_a > left_b) - (left_a < left_b);
}

static GtkColumnViewColumn *
chorus_recording_columns_append (GtkColumnView      *view,
                                 const char         *title,
                                 GtkListItemFactory *factory,
                                 GCompareDataFunc    compare)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL));

  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (view, column);

  return column;
}

static GtkColumnViewColumn *
chorus_recording_columns_append_text (GtkColumnView           *view,
                                      const char              *title,
                                      ChorusRecordingCellKind  kind,
                                      GCompareDataFunc         compare)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (chorus_recording_columns_setup_text_cb), GUINT_TO_POINTER (kind));
  g_signal_connect (factory, "bind", G_CALLBACK (chorus_recording_columns_bind_text_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (chorus_recording_columns_unbind_text_cb), NULL);

  return chorus_recording_columns_append (view, title, factory, compare);
}

static GtkColumnViewColumn *
chorus_recording_columns_append_status (GtkColumnView *view)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (chorus_recording_columns_setup_status_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (chorus_recording_columns_bind_status_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (chorus_recording_columns_unbind_status_cb), NULL);

  return chorus_recording_columns_append (view, _("Status"), factory, chorus_recording_columns_compare_statuses);
}

void
chorus_recording_columns_install (GtkColumnView *view)
{
  GtkColumnViewColumn *column;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  column = chorus_recording_columns_append_text (view, _("Name"), CHORUS_RECORDING_CELL_NAME,
                                                 chorus_recording_columns_compare_names);
  gtk_column_view_column_set_expand (column, TRUE);

  chorus_recording_columns_append_text (view, _("Recorded"), CHORUS_RECORDING_CELL_RECORDED,
                                        chorus_recording_columns_compare_times);
  chorus_recording_columns_append_text (view, _("Length"), CHORUS_RECORDING_CELL_LENGTH,
                                        chorus_recording_columns_compare_lengths);

  /* The words change while a recording is sent and analyzed: a fixed width keeps the columns still. What is left over
   * goes to the reason of a failure. */
  column = chorus_recording_columns_append_status (view);
  gtk_column_view_column_set_fixed_width (column, 210);
  gtk_column_view_column_set_expand (column, TRUE);

  chorus_recording_columns_append_text (view, _("Species"), CHORUS_RECORDING_CELL_SPECIES,
                                        chorus_recording_columns_compare_species);
  chorus_recording_columns_append_text (view, _("Reviewed"), CHORUS_RECORDING_CELL_REVIEWED,
                                        chorus_recording_columns_compare_reviews);
}
