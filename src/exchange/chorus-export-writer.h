/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "library/chorus-result.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_EXPORT_WRITER (chorus_export_writer_get_type ())

/**
 * ChorusExportWriter:
 *
 * Writes recordings and their detections in one format.
 *
 * It is given one recording after another, by deployment and then by time, so that a deployment of any size takes little
 * memory. Nothing is at its place before [method@ExportWriter.finish]: files grow beside their places, under names that no
 * program opens, and are removed when the writer goes without having been finished. To be used in one thread at a time; every
 * function blocks for as long as the disk does.
 *
 * Errors are in %G_IO_ERROR and their message is a sentence that names the file.
 */
G_DECLARE_DERIVABLE_TYPE (ChorusExportWriter, chorus_export_writer, CHORUS, EXPORT_WRITER, GObject)

struct _ChorusExportWriterClass
{
  GObjectClass parent_class;

  gboolean (*begin) (ChorusExportWriter *self, GFile *target, GError **error);
  gboolean (*add) (ChorusExportWriter *self, const ChorusResult *result, GCancellable *cancellable, GError **error);
  gboolean (*finish) (ChorusExportWriter *self, GError **error);
};

/**
 * chorus_export_writer_begin:
 * @self: a writer that has not begun
 * @target: the file that is to be written or, for a format of several files, the folder that receives them and is there
 * @error: return location for an error
 *
 * Begins. To be called once.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_export_writer_begin (ChorusExportWriter  *self,
                                     GFile               *target,
                                     GError             **error);

/**
 * chorus_export_writer_add:
 * @self: a writer that has begun
 * @result: a recording with those of its detections that are to be written
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Writes what a recording has. A writer that failed is done with.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_export_writer_add (ChorusExportWriter  *self,
                                   const ChorusResult  *result,
                                   GCancellable        *cancellable,
                                   GError             **error);

/**
 * chorus_export_writer_finish:
 * @self: a writer that has begun
 * @error: return location for an error
 *
 * Puts what was written to its place.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_export_writer_finish (ChorusExportWriter  *self,
                                      GError             **error);

G_END_DECLS
