/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_NOTE_POPOVER (chorus_note_popover_get_type ())

/**
 * ChorusNotePopover:
 *
 * A popover to write a note. Return keeps it, Shift and Return begin another line.
 */
G_DECLARE_FINAL_TYPE (ChorusNotePopover, chorus_note_popover, CHORUS, NOTE_POPOVER, GtkPopover)

/**
 * ChorusNotePopover::written:
 * @self: a popover
 * @note: (nullable): the note, or %NULL for none
 */

GtkWidget *chorus_note_popover_new (void);

/**
 * chorus_note_popover_open:
 * @self: a popover, which has a parent
 * @note: (nullable): what is written already
 */
void chorus_note_popover_open (ChorusNotePopover *self,
                               const char        *note);

G_END_DECLS
