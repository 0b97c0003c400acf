/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-kaleidoscope-writer.h"

#include "chorus-table-file.h"

#define CHORUS_KALEIDOSCOPE_HEADER                                                                                     \
  "INDIR,FOLDER,IN FILE,CHANNEL,OFFSET,DURATION,Fmin,Fmax,DATE,TIME,HOUR,TOP1MATCH,TOP1DIST,MANUAL ID"

/* Digits after the point: of seconds and kHz, and of distances */
#define CHORUS_KALEIDOSCOPE_DECIMALS 4

struct _ChorusKaleidoscopeWriter
{
  ChorusExportWriter parent_instance;

  ChorusTableFile *table;
};

G_DEFINE_FINAL_TYPE (ChorusKaleidoscopeWriter, chorus_kaleidoscope_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_kaleidoscope_writer_begin (ChorusExportWriter  *writer,
                                  GFile               *target,
                                  GError             **error)
{
  ChorusKaleidoscopeWriter *self = CHORUS_KALEIDOSCOPE_WRITER (writer);

  self->table = chorus_table_file_create (target, CHORUS_TABLE_CSV, CHORUS_KALEIDOSCOPE_HEADER, error);

  return self->table != NULL;
}

static void
chorus_kaleidoscope_writer_add_time (ChorusKaleidoscopeWriter  *self,
                                     const ChorusRecordingTime *recorded)
{
  static const char *const formats[] = { "%Y-%m-%d", "%H:%M:%S", "%H" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text =
        recorded ? g_date_time_format (chorus_recording_time_get_time (recorded), formats[i]) : NULL;

      chorus_table_file_add_text (self->table, text);
    }
}

static const char *
chorus_kaleidoscope_writer_get_name (const char *scientific_name,
                                     const char *common_name)
{
  return scientific_name && *scientific_name ? scientific_name : common_name;
}

static gboolean
chorus_kaleidoscope_writer_add_detection (ChorusKaleidoscopeWriter     *self,
                                          const ChorusResult           *result,
                                          const ChorusResultDetection  *detection,
                                          GError                      **error)
{
  g_autofree char *folder = result->path ? g_path_get_dirname (result->path) : NULL;
  g_autofree char *name = result->path ? g_path_get_basename (result->path) : g_strdup (result->name);

  chorus_table_file_add_text (self->table, folder);
  chorus_table_file_add_text (self->table, NULL);
  chorus_table_file_add_text (self->table, name);
  chorus_table_file_add_number (self->table, 0, 0);
  chorus_table_file_add_number (self->table, detection->start, CHORUS_KALEIDOSCOPE_DECIMALS);
  chorus_table_file_add_number (self->table, detection->end - detection->start, CHORUS_KALEIDOSCOPE_DECIMALS);
  chorus_table_file_add_number (self->table, detection->low / 1000, CHORUS_KALEIDOSCOPE_DECIMALS);
  chorus_table_file_add_number (self->table, detection->high / 1000, CHORUS_KALEIDOSCOPE_DECIMALS);
  chorus_kaleidoscope_writer_add_time (self, result->recorded);
  chorus_table_file_add_text (self->table,
                              chorus_kaleidoscope_writer_get_name (detection->scientific_name, detection->common_name));
  chorus_table_file_add_number (self->table, 1 - detection->confidence, CHORUS_KALEIDOSCOPE_DECIMALS);
  chorus_table_file_add_text (self->table,
                              detection->verdict == CHORUS_VERDICT_CONFIRMED
                                ? chorus_kaleidoscope_writer_get_name (chorus_result_detection_get_scientific_name (
                                                                         detection),
                                                                       chorus_result_detection_get_common_name (
                                                                         detection))
                                : NULL);

  return chorus_table_file_end_row (self->table, error);
}

static gboolean
chorus_kaleidoscope_writer_add (ChorusExportWriter  *writer,
                                const ChorusResult  *result,
                                GCancellable        *cancellable,
                                GError             **error)
{
  ChorusKaleidoscopeWriter *self = CHORUS_KALEIDOSCOPE_WRITER (writer);

  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);

      if (detection->verdict == CHORUS_VERDICT_REJECTED)
        chorus_export_writer_leave_out (writer, CHORUS_LEFT_OUT_REJECTED, 0, 1);
      else if (!chorus_kaleidoscope_writer_add_detection (self, result, detection, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_kaleidoscope_writer_finish (ChorusExportWriter  *writer,
                                   GError             **error)
{
  ChorusKaleidoscopeWriter *self = CHORUS_KALEIDOSCOPE_WRITER (writer);

  return chorus_table_file_finish (self->table, error);
}

static void
chorus_kaleidoscope_writer_finalize (GObject *object)
{
  ChorusKaleidoscopeWriter *self = CHORUS_KALEIDOSCOPE_WRITER (object);

  g_clear_pointer (&self->table, chorus_table_file_free);

  G_OBJECT_CLASS (chorus_kaleidoscope_writer_parent_class)->finalize (object);
}

static void
chorus_kaleidoscope_writer_class_init (ChorusKaleidoscopeWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  object_class->finalize = chorus_kaleidoscope_writer_finalize;
  writer_class->begin = chorus_kaleidoscope_writer_begin;
  writer_class->add = chorus_kaleidoscope_writer_add;
  writer_class->finish = chorus_kaleidoscope_writer_finish;
}

static void
chorus_kaleidoscope_writer_init (ChorusKaleidoscopeWriter *self)
{
}

ChorusExportWriter *
chorus_kaleidoscope_writer_new (void)
{
  return g_object_new (CHORUS_TYPE_KALEIDOSCOPE_WRITER, NULL);
}
