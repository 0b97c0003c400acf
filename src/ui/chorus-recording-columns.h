/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * chorus_recording_columns_install:
 * @view: a column view without columns, whose items will be #ChorusRecording
 *
 * Adds the columns Name, Recorded, Length, Status, Species and Reviewed, each with its sorter. Their cells follow the
 * recordings.
 */
void chorus_recording_columns_install (GtkColumnView *view);

G_END_DECLS
