/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"

G_BEGIN_DECLS

/**
 * ChorusBox:
 * @type: four characters
 * @start: where the box begins in the file, in bytes: its type comes four bytes later
 * @offset: where its contents begin
 * @end: where it ends, not beyond the box it is in
 *
 * One box of a file of the MPEG-4 family (ISO/IEC 14496-12).
 */
typedef struct
{
  char type[5];
  goffset start;
  goffset offset;
  goffset end;
} ChorusBox;

/**
 * ChorusBoxReader:
 *
 * Walks over the boxes of a file, or over those in a box. To be kept on the stack.
 */
typedef struct
{
  /*< private >*/
  const ChorusAudioFile *file;
  goffset next;
  goffset end;
  guint n_left;
} ChorusBoxReader;

/**
 * chorus_box_reader_init:
 * @self: (out caller-allocates): a reader
 * @file: (transfer none): what to read; must outlive @self
 * @offset: where the first box begins, in bytes
 * @end: where the last one ends, in bytes
 *
 * Prepares @self for reading.
 */
void chorus_box_reader_init (ChorusBoxReader       *self,
                             const ChorusAudioFile *file,
                             goffset                offset,
                             goffset                end);

/**
 * chorus_box_reader_next:
 * @self: a reader
 * @box: (out): the box
 * @error: return location for an error
 *
 * Goes to the next box. Ends at a box that is not whole, and after a thousand.
 *
 * Returns: %TRUE when there is one; %FALSE at the end, or with @error set when the file cannot be read
 */
gboolean chorus_box_reader_next (ChorusBoxReader  *self,
                                 ChorusBox        *box,
                                 GError          **error);

/**
 * chorus_box_reader_find:
 * @self: a reader
 * @type: four characters
 * @box: (out): the box
 * @error: return location for an error
 *
 * Goes to the next box of a type.
 *
 * Returns: %TRUE when there is one; %FALSE when there is none, or with @error set when the file cannot be read
 */
gboolean chorus_box_reader_find (ChorusBoxReader  *self,
                                 const char       *type,
                                 ChorusBox        *box,
                                 GError          **error);

G_END_DECLS
