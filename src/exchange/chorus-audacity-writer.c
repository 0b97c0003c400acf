/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audacity-writer.h"

#include <math.h>

#include "chorus-export-folder.h"
#include "chorus-species-label.h"
#include "chorus-table-file.h"

/* Digits after the point */
#define CHORUS_AUDACITY_DECIMALS 6

struct _ChorusAudacityWriter
{
  ChorusExportWriter parent_instance;

  ChorusExportFolder *folder;
};

G_DEFINE_FINAL_TYPE (ChorusAudacityWriter, chorus_audacity_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_audacity_writer_begin (ChorusExportWriter  *writer,
                              GFile               *target,
                              GError             **error)
{
  ChorusAudacityWriter *self = CHORUS_AUDACITY_WRITER (writer);

  self->folder = chorus_export_folder_create (target, error);

  return self->folder != NULL;
}

static gboolean
chorus_audacity_writer_add_label (ChorusTableFile              *table,
                                  const ChorusResultDetection  *detection,
                                  GError                      **error)
{
  g_autofree char *text = chorus_species_label_write (chorus_result_detection_get_scientific_name (detection),
                                                      chorus_result_detection_get_common_name (detection),
                                                      detection->confidence, detection->verdict);

  chorus_table_file_add_number (table, detection->start, CHORUS_AUDACITY_DECIMALS);
  chorus_table_file_add_number (table, detection->end, CHORUS_AUDACITY_DECIMALS);
  chorus_table_file_add_text (table, text);
  if (!chorus_table_file_end_row (table, error))
    return FALSE;
  if (isnan (detection->low) && isnan (detection->high))
    return TRUE;

  chorus_table_file_add_text (table, "\\");
  chorus_table_file_add_number (table, isnan (detection->low) ? -1 : detection->low, CHORUS_AUDACITY_DECIMALS);
  chorus_table_file_add_number (table, isnan (detection->high) ? -1 : detection->high, CHORUS_AUDACITY_DECIMALS);

  return chorus_table_file_end_row (table, error);
}

static gboolean
chorus_audacity_writer_add (ChorusExportWriter  *writer,
                            const ChorusResult  *result,
                            GCancellable        *cancellable,
                            GError             **error)
{
  ChorusAudacityWriter *self = CHORUS_AUDACITY_WRITER (writer);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ChorusTableFile) table = NULL;

  if (result->detections->len == 0)
    {
      chorus_export_writer_leave_out (writer, CHORUS_LEFT_OUT_NO_DETECTIONS, 1, 0);
      return TRUE;
    }

  file = chorus_export_folder_new_file (self->folder, result->name, ".Chorus.labels.txt");
  table = chorus_table_file_create_in_folder (file, CHORUS_TABLE_TSV, NULL, error);
  if (!table)
    return FALSE;
  for (guint i = 0; i < result->detections->len; i++)
    {
      if (!chorus_audacity_writer_add_label (table, g_ptr_array_index (result->detections, i), error))
        return FALSE;
    }

  return chorus_table_file_finish (table, error);
}

static gboolean
chorus_audacity_writer_finish (ChorusExportWriter  *writer,
                               GError             **error)
{
  ChorusAudacityWriter *self = CHORUS_AUDACITY_WRITER (writer);

  return chorus_export_folder_finish (self->folder, error);
}

static void
chorus_audacity_writer_finalize (GObject *object)
{
  ChorusAudacityWriter *self = CHORUS_AUDACITY_WRITER (object);

  g_clear_pointer (&self->folder, chorus_export_folder_free);

  G_OBJECT_CLASS (chorus_audacity_writer_parent_class)->finalize (object);
}

static void
chorus_audacity_writer_class_init (ChorusAudacityWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  object_class->finalize = chorus_audacity_writer_finalize;
  writer_class->begin = chorus_audacity_writer_begin;
  writer_class->add = chorus_audacity_writer_add;
  writer_class->finish = chorus_audacity_writer_finish;
}

static void
chorus_audacity_writer_init (ChorusAudacityWriter *self)
{
}

ChorusExportWriter *
chorus_audacity_writer_new (void)
{
  return g_object_new (CHORUS_TYPE_AUDACITY_WRITER, NULL);
}
