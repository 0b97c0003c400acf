/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_SAVE_BAR (chorus_save_bar_get_type ())

/**
 * ChorusSaveBar:
 *
 * One line over a view that says what is being saved, what was, or why it was not. What was saved goes away by itself.
 *
 * Signal: "cancel" when the person wants no more of it.
 */
G_DECLARE_FINAL_TYPE (ChorusSaveBar, chorus_save_bar, CHORUS, SAVE_BAR, GtkWidget)

/**
 * chorus_save_bar_show_progress:
 * @self: a bar
 * @text: what is being saved
 *
 * Shows @text and a way to give up, once it has taken long enough to be read.
 */
void chorus_save_bar_show_progress (ChorusSaveBar *self,
                                    const char    *text);

/**
 * chorus_save_bar_show_saved:
 * @self: a bar
 * @text: what was saved
 * @file: where it is
 *
 * Shows @text for a while, with a way to @file.
 */
void chorus_save_bar_show_saved (ChorusSaveBar *self,
                                 const char    *text,
                                 GFile         *file);

/**
 * chorus_save_bar_show_problem:
 * @self: a bar
 * @sentence: why it was not saved
 *
 * Shows @sentence until it is dismissed.
 */
void chorus_save_bar_show_problem (ChorusSaveBar *self,
                                   const char    *sentence);

/**
 * chorus_save_bar_hide:
 * @self: a bar
 */
void chorus_save_bar_hide (ChorusSaveBar *self);

G_END_DECLS
