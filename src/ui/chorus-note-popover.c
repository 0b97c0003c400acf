/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-note-popover.h"

#define CHORUS_NOTE_POPOVER_WIDTH 300
#define CHORUS_NOTE_POPOVER_HEIGHT 90

struct _ChorusNotePopover
{
  GtkPopover parent_instance;

  /* Borrowed: a child */
  GtkTextView *text_view;
};

enum
{
  SIGNAL_WRITTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusNotePopover, chorus_note_popover, GTK_TYPE_POPOVER)

static void
chorus_note_popover_keep (ChorusNotePopover *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *text = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_WRITTEN], 0, *text != '\0' ? text : NULL);
}

static gboolean
chorus_note_popover_key_cb (ChorusNotePopover *self,
                            guint              keyval,
                            guint              keycode,
                            GdkModifierType    modifiers)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (modifiers & GDK_SHIFT_MASK) != 0)
    return FALSE;

  chorus_note_popover_keep (self);

  return TRUE;
}

static void
chorus_note_popover_class_init (ChorusNotePopoverClass *klass)
{
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", CHORUS_TYPE_NOTE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
chorus_note_popover_init (ChorusNotePopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *text_view = gtk_text_view_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Keep Note"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->text_view = GTK_TEXT_VIEW (text_view);
  gtk_text_view_set_wrap_mode (self->text_view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text_view, FALSE);
  gtk_text_view_set_left_margin (self->text_view, 6);
  gtk_text_view_set_right_margin (self->text_view, 6);
  gtk_text_view_set_top_margin (self->text_view, 6);
  gtk_text_view_set_bottom_margin (self->text_view, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (chorus_note_popover_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (text_view, keys);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text_view);
  gtk_widget_set_size_request (scroller, CHORUS_NOTE_POPOVER_WIDTH, CHORUS_NOTE_POPOVER_HEIGHT);
  gtk_widget_add_css_class (scroller, "note");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect_object (button, "clicked", G_CALLBACK (chorus_note_popover_keep), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
chorus_note_popover_new (void)
{
  return g_object_new (CHORUS_TYPE_NOTE_POPOVER, NULL);
}

void
chorus_note_popover_open (ChorusNotePopover *self,
                          const char        *note)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;

  g_return_if_fail (CHORUS_IS_NOTE_POPOVER (self));

  buffer = gtk_text_view_get_buffer (self->text_view);
  gtk_text_buffer_set_text (buffer, note != NULL ? note : "", -1);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}
