/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu over the rows. */

#include "config.h"

#include "chorus-recording-cell.h"
#include "chorus-recordings-page-private.h"

static void
chorus_recordings_page_show_menu (ChorusRecordingsPage *self,
                                  GtkWidget            *over,
                                  double                x,
                                  double                y)
{
  GdkRectangle rectangle = { .width = 1, .height = 1 };
  double page_x = 0;
  double page_y = 0;

  if (!gtk_widget_translate_coordinates (over, GTK_WIDGET (self), x, y, &page_x, &page_y))
    return;

  rectangle.x = (int) page_x;
  rectangle.y = (int) page_y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &rectangle);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* The recording of the row that is at a point of the list. */
static ChorusRecording *
chorus_recordings_page_pick (ChorusRecordingsPage *self,
                             double                x,
                             double                y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self->column_view), x, y, GTK_PICK_DEFAULT);

  /* Up to the row, which holds the cells, and down to the first of them that knows. */
  for (; at != NULL && at != GTK_WIDGET (self->column_view); at = gtk_widget_get_parent (at))
    {
      for (GtkWidget *cell = gtk_widget_get_first_child (at); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
        {
          GtkWidget *content = CHORUS_IS_RECORDING_CELL (cell) ? cell : gtk_widget_get_first_child (cell);

          if (CHORUS_IS_RECORDING_CELL (content))
            return chorus_recording_cell_get_recording (CHORUS_RECORDING_CELL (content));
        }
    }

  return NULL;
}

/* What the menu is about is selected when it opens: the row under the pointer, unless it is one of several. */
void
_chorus_recordings_page_pressed_cb (ChorusRecordingsPage *self,
                                    int                   n_press,
                                    double                x,
                                    double                y)
{
  ChorusRecording *recording = chorus_recordings_page_pick (self, x, y);
  guint position = chorus_recording_listing_find (self->listing, recording);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);

  chorus_recordings_page_show_menu (self, GTK_WIDGET (self->column_view), x, y);
}

gboolean
_chorus_recordings_page_menu_key_cb (GtkWidget *widget,
                                     GVariant  *arguments,
                                     gpointer   user_data)
{
  ChorusRecordingsPage *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (self->n_selected == 0)
    return FALSE;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    focus = widget;
  chorus_recordings_page_show_menu (self, focus, 24, (double) gtk_widget_get_height (focus) / 2);

  return TRUE;
}
