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
 * ChorusLeftOut:
 * @CHORUS_LEFT_OUT_NO_DETECTIONS: recordings without a detection that is to be written, in a format of one file each
 * @CHORUS_LEFT_OUT_NO_FILE: recordings whose file is not on this computer, in a format that points to it
 * @CHORUS_LEFT_OUT_NO_DURATION: recordings of unknown length, in a format that counts on from one to the next
 * @CHORUS_LEFT_OUT_PATH: recordings in a folder whose name the format cannot hold
 * @CHORUS_LEFT_OUT_REJECTED: rejected detections, in a format that cannot say that they are wrong
 *
 * Why a writer does not write all that it is given.
 */
typedef enum
{
  CHORUS_LEFT_OUT_NO_DETECTIONS,
  CHORUS_LEFT_OUT_NO_FILE,
  CHORUS_LEFT_OUT_NO_DURATION,
  CHORUS_LEFT_OUT_PATH,
  CHORUS_LEFT_OUT_REJECTED,
} ChorusLeftOut;

#define CHORUS_N_LEFT_OUT (CHORUS_LEFT_OUT_REJECTED + 1)

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

/**
 * chorus_export_writer_leave_out:
 * @self: a writer
 * @reason: why
 * @n_recordings: how many recordings are left out whole
 * @n_detections: how many detections are left out, with those of these recordings
 *
 * Counts what a writer leaves out of what it is given. For the writers.
 */
void chorus_export_writer_leave_out (ChorusExportWriter *self,
                                     ChorusLeftOut       reason,
                                     guint               n_recordings,
                                     guint               n_detections);

/**
 * chorus_export_writer_get_left_out:
 * @self: a writer
 * @reason: why
 * @n_recordings: (out) (optional): how many recordings were left out whole
 * @n_detections: (out) (optional): how many detections were left out, with those of these recordings
 *
 * Gets what was left out so far.
 */
void chorus_export_writer_get_left_out (ChorusExportWriter *self,
                                        ChorusLeftOut       reason,
                                        guint              *n_recordings,
                                        guint              *n_detections);

/**
 * chorus_export_writer_list_left_out:
 * @self: a writer
 *
 * Says what was left out so far and why.
 *
 * Returns: (transfer full): a sentence for each reason, none where everything was written
 */
char **chorus_export_writer_list_left_out (ChorusExportWriter *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
