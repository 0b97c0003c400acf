/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-raven-writer.h"

#include "chorus-export-folder.h"
#include "chorus-raven-table.h"

struct _ChorusRavenWriter
{
  ChorusExportWriter parent_instance;

  ChorusExportFolder *folder;
};

G_DEFINE_FINAL_TYPE (ChorusRavenWriter, chorus_raven_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_raven_writer_begin (ChorusExportWriter  *writer,
                           GFile               *target,
                           GError             **error)
{
  ChorusRavenWriter *self = CHORUS_RAVEN_WRITER (writer);

  self->folder = chorus_export_folder_create (target, error);

  return self->folder != NULL;
}

static gboolean
chorus_raven_writer_add (ChorusExportWriter  *writer,
                         const ChorusResult  *result,
                         GCancellable        *cancellable,
                         GError             **error)
{
  ChorusRavenWriter *self = CHORUS_RAVEN_WRITER (writer);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ChorusTableFile) table = NULL;

  if (result->detections->len == 0)
    {
      chorus_export_writer_leave_out (writer, CHORUS_LEFT_OUT_NO_DETECTIONS, 1, 0);
      return TRUE;
    }

  file = chorus_export_folder_new_file (self->folder, result->name, ".Chorus.selections.txt");
  table = chorus_table_file_create_in_folder (file, CHORUS_TABLE_TSV, CHORUS_RAVEN_HEADER, error);
  if (!table)
    return FALSE;
  for (guint i = 0; i < result->detections->len; i++)
    {
      chorus_raven_table_add (table, i + 1, 0, result, g_ptr_array_index (result->detections, i));
      if (!chorus_table_file_end_row (table, error))
        return FALSE;
    }

  return chorus_table_file_finish (table, error);
}

static gboolean
chorus_raven_writer_finish (ChorusExportWriter  *writer,
                            GError             **error)
{
  ChorusRavenWriter *self = CHORUS_RAVEN_WRITER (writer);

  return chorus_export_folder_finish (self->folder, error);
}

static void
chorus_raven_writer_finalize (GObject *object)
{
  ChorusRavenWriter *self = CHORUS_RAVEN_WRITER (object);

  g_clear_pointer (&self->folder, chorus_export_folder_free);

  G_OBJECT_CLASS (chorus_raven_writer_parent_class)->finalize (object);
}

static void
chorus_raven_writer_class_init (ChorusRavenWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  object_class->finalize = chorus_raven_writer_finalize;
  writer_class->begin = chorus_raven_writer_begin;
  writer_class->add = chorus_raven_writer_add;
  writer_class->finish = chorus_raven_writer_finish;
}

static void
chorus_raven_writer_init (ChorusRavenWriter *self)
{
}

ChorusExportWriter *
chorus_raven_writer_new (void)
{
  return g_object_new (CHORUS_TYPE_RAVEN_WRITER, NULL);
}
