/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * chorus_show_in_files:
 * @file: a file of this computer
 *
 * Has the file manager show the folder of @file, with @file selected: through the interface that freedesktop.org names
 * org.freedesktop.FileManager1, or from a sandbox, which cannot reach that, through the portal OpenURI. Where there is
 * neither nothing happens. Returns at once.
 */
void chorus_show_in_files (GFile *file);

/**
 * chorus_show_all_in_files:
 * @files: (element-type GFile): files, perhaps none
 *
 * Shows several files in the file manager; where only a portal can be asked, the folder of the first.
 */
void chorus_show_all_in_files (GPtrArray *files);

G_END_DECLS
