/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-raven-sequence-writer.h"

#include <math.h>

#include "chorus-raven-table.h"

struct _ChorusRavenSequenceWriter
{
  ChorusExportWriter parent_instance;

  ChorusTableFile *table;
  guint n_selections;
  double offset; /* where the next recording begins, in seconds */
};

G_DEFINE_FINAL_TYPE (ChorusRavenSequenceWriter, chorus_raven_sequence_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_raven_sequence_writer_begin (ChorusExportWriter  *writer,
                                    GFile               *target,
                                    GError             **error)
{
  ChorusRavenSequenceWriter *self = CHORUS_RAVEN_SEQUENCE_WRITER (writer);

  self->table = chorus_table_file_create (target, CHORUS_TABLE_TSV, CHORUS_RAVEN_HEADER "\tBegin Path", error);

  return self->table != NULL;
}

static gboolean
chorus_raven_sequence_writer_can_hold (const char *path)
{
  if (!g_utf8_validate (path, -1, NULL))
    return FALSE;

  for (const char *p = path; *p; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)) || g_utf8_get_char (p) == 0x2028 || g_utf8_get_char (p) == 0x2029)
        return FALSE;
    }

  return TRUE;
}

/* Whether a recording is a part of the sequence; if not, why. */
static gboolean
chorus_raven_sequence_writer_takes (const ChorusResult *result,
                                    ChorusLeftOut      *reason)
{
  if (!result->path || !g_file_test (result->path, G_FILE_TEST_IS_REGULAR))
    *reason = CHORUS_LEFT_OUT_NO_FILE;
  else if (!chorus_raven_sequence_writer_can_hold (result->path))
    *reason = CHORUS_LEFT_OUT_PATH;
  else if (!isfinite (result->duration) || result->duration < 0)
    *reason = CHORUS_LEFT_OUT_NO_DURATION;
  else
    return TRUE;

  return FALSE;
}

static gboolean
chorus_raven_sequence_writer_add (ChorusExportWriter  *writer,
                                  const ChorusResult  *result,
                                  GCancellable        *cancellable,
                                  GError             **error)
{
  ChorusRavenSequenceWriter *self = CHORUS_RAVEN_SEQUENCE_WRITER (writer);
  ChorusLeftOut reason = CHORUS_LEFT_OUT_NO_FILE;

  if (!chorus_raven_sequence_writer_takes (result, &reason))
    {
      chorus_export_writer_leave_out (writer, reason, 1, result->detections->len);
      return TRUE;
    }

  for (guint i = 0; i < result->detections->len; i++)
    {
      self->n_selections++;
      chorus_raven_table_add (self->table, self->n_selections, self->offset, result,
                              g_ptr_array_index (result->detections, i));
      chorus_table_file_add_text (self->table, result->path);
      if (!chorus_table_file_end_row (self->table, error))
        return FALSE;
    }
  self->offset += result->duration;

  return TRUE;
}

static gboolean
chorus_raven_sequence_writer_finish (ChorusExportWriter  *writer,
                                     GError             **error)
{
  ChorusRavenSequenceWriter *self = CHORUS_RAVEN_SEQUENCE_WRITER (writer);

  return chorus_table_file_finish (self->table, error);
}

static void
chorus_raven_sequence_writer_finalize (GObject *object)
{
  ChorusRavenSequenceWriter *self = CHORUS_RAVEN_SEQUENCE_WRITER (object);

  g_clear_pointer (&self->table, chorus_table_file_free);

  G_OBJECT_CLASS (chorus_raven_sequence_writer_parent_class)->finalize (object);
}

static void
chorus_raven_sequence_writer_class_init (ChorusRavenSequenceWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  object_class->finalize = chorus_raven_sequence_writer_finalize;
  writer_class->begin = chorus_raven_sequence_writer_begin;
  writer_class->add = chorus_raven_sequence_writer_add;
  writer_class->finish = chorus_raven_sequence_writer_finish;
}

static void
chorus_raven_sequence_writer_init (ChorusRavenSequenceWriter *self)
{
}

ChorusExportWriter *
chorus_raven_sequence_writer_new (void)
{
  return g_object_new (CHORUS_TYPE_RAVEN_SEQUENCE_WRITER, NULL);
}
