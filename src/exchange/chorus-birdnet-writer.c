/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-birdnet-writer.h"

#include "chorus-table-file.h"

#define CHORUS_BIRDNET_HEADER "Start (s),End (s),Scientific name,Common name,Confidence,File"

/* Digits after the point: of seconds, and of confidences */
#define CHORUS_BIRDNET_TIME_DECIMALS 3
#define CHORUS_BIRDNET_CONFIDENCE_DECIMALS 4

struct _ChorusBirdnetWriter
{
  ChorusExportWriter parent_instance;

  ChorusTableFile *table;
};

G_DEFINE_FINAL_TYPE (ChorusBirdnetWriter, chorus_birdnet_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_birdnet_writer_begin (ChorusExportWriter  *writer,
                             GFile               *target,
                             GError             **error)
{
  ChorusBirdnetWriter *self = CHORUS_BIRDNET_WRITER (writer);

  self->table = chorus_table_file_create (target, CHORUS_TABLE_CSV, CHORUS_BIRDNET_HEADER, error);

  return self->table != NULL;
}

static gboolean
chorus_birdnet_writer_add_detection (ChorusBirdnetWriter          *self,
                                     const ChorusResult           *result,
                                     const ChorusResultDetection  *detection,
                                     GError                      **error)
{
  chorus_table_file_add_number (self->table, detection->start, CHORUS_BIRDNET_TIME_DECIMALS);
  chorus_table_file_add_number (self->table, detection->end, CHORUS_BIRDNET_TIME_DECIMALS);
  chorus_table_file_add_text (self->table, chorus_result_detection_get_scientific_name (detection));
  chorus_table_file_add_text (self->table, chorus_result_detection_get_common_name (detection));
  chorus_table_file_add_number (self->table, detection->confidence, CHORUS_BIRDNET_CONFIDENCE_DECIMALS);
  chorus_table_file_add_text (self->table, result->path ? result->path : result->name);

  return chorus_table_file_end_row (self->table, error);
}

static gboolean
chorus_birdnet_writer_add (ChorusExportWriter  *writer,
                           const ChorusResult  *result,
                           GCancellable        *cancellable,
                           GError             **error)
{
  ChorusBirdnetWriter *self = CHORUS_BIRDNET_WRITER (writer);

  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);

      if (detection->verdict == CHORUS_VERDICT_REJECTED)
        chorus_export_writer_leave_out (writer, CHORUS_LEFT_OUT_REJECTED, 0, 1);
      else if (!chorus_birdnet_writer_add_detection (self, result, detection, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_birdnet_writer_finish (ChorusExportWriter  *writer,
                              GError             **error)
{
  ChorusBirdnetWriter *self = CHORUS_BIRDNET_WRITER (writer);

  return chorus_table_file_finish (self->table, error);
}

static void
chorus_birdnet_writer_finalize (GObject *object)
{
  ChorusBirdnetWriter *self = CHORUS_BIRDNET_WRITER (object);

  g_clear_pointer (&self->table, chorus_table_file_free);

  G_OBJECT_CLASS (chorus_birdnet_writer_parent_class)->finalize (object);
}

static void
chorus_birdnet_writer_class_init (ChorusBirdnetWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  object_class->finalize = chorus_birdnet_writer_finalize;
  writer_class->begin = chorus_birdnet_writer_begin;
  writer_class->add = chorus_birdnet_writer_add;
  writer_class->finish = chorus_birdnet_writer_finish;
}

static void
chorus_birdnet_writer_init (ChorusBirdnetWriter *self)
{
}

ChorusExportWriter *
chorus_birdnet_writer_new (void)
{
  return g_object_new (CHORUS_TYPE_BIRDNET_WRITER, NULL);
}
