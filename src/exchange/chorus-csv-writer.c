/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-csv-writer.h"

#include <math.h>

#include "chorus-table-file.h"

#define CHORUS_CSV_HEADER                                                                                              \
  "project,site,deployment,deployment_id,latitude,longitude,recording,file_id,sha256,recorded,recorded_source,"        \
  "duration,time,start,end,low,high,scientific_name,common_name,confidence,verdict,verdict_scientific_name,"           \
  "verdict_common_name,reviewer,reviewed_at,model,model_version,note,starred"

/* Digits after the point */
#define CHORUS_CSV_TIME_DECIMALS 6
#define CHORUS_CSV_FREQUENCY_DECIMALS 3
#define CHORUS_CSV_DEGREE_DECIMALS 6
#define CHORUS_CSV_CONFIDENCE_DECIMALS 6

struct _ChorusCsvWriter
{
  ChorusExportWriter parent_instance;

  ChorusTableFile *table;
};

G_DEFINE_FINAL_TYPE (ChorusCsvWriter, chorus_csv_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_csv_writer_begin (ChorusExportWriter  *writer,
                         GFile               *target,
                         GError             **error)
{
  ChorusCsvWriter *self = CHORUS_CSV_WRITER (writer);

  self->table = chorus_table_file_create (target, CHORUS_TABLE_CSV, CHORUS_CSV_HEADER, error);

  return self->table != NULL;
}

/* When something @seconds into the recording happened, to the millisecond. */
static char *
chorus_csv_writer_dup_time (const ChorusRecordingTime *recorded,
                            double                     seconds)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (ChorusRecordingTime) moment = NULL;

  if (!recorded || !(fabs (seconds) < 1e9))
    return NULL;

  time = g_date_time_add (chorus_recording_time_get_time (recorded), (GTimeSpan) llround (seconds * 1000) * 1000);
  if (!time)
    return NULL;
  moment = chorus_recording_time_new (time, chorus_recording_time_get_has_zone (recorded),
                                      chorus_recording_time_get_source (recorded));

  return chorus_recording_time_to_iso (moment);
}

static void
chorus_csv_writer_add_recording (ChorusCsvWriter    *self,
                                 const ChorusResult *result)
{
  g_autofree char *recorded = result->recorded ? chorus_recording_time_to_iso (result->recorded) : NULL;

  chorus_table_file_add_text (self->table, result->project);
  chorus_table_file_add_text (self->table, result->site);
  chorus_table_file_add_text (self->table, result->deployment);
  chorus_table_file_add_text (self->table, result->deployment_id);
  chorus_table_file_add_number (self->table, result->latitude, CHORUS_CSV_DEGREE_DECIMALS);
  chorus_table_file_add_number (self->table, result->longitude, CHORUS_CSV_DEGREE_DECIMALS);
  chorus_table_file_add_text (self->table, result->name);
  chorus_table_file_add_text (self->table, result->file_id);
  chorus_table_file_add_text (self->table, result->sha256);
  chorus_table_file_add_text (self->table, recorded);
  chorus_table_file_add_text (self->table, recorded ? chorus_time_source_to_text (
                                             chorus_recording_time_get_source (result->recorded))
                                                    : NULL);
  chorus_table_file_add_number (self->table, result->duration, CHORUS_CSV_TIME_DECIMALS);
}

static void
chorus_csv_writer_add_detection (ChorusCsvWriter             *self,
                                 const ChorusResult          *result,
                                 const ChorusResultDetection *detection)
{
  g_autofree char *time = chorus_csv_writer_dup_time (result->recorded, detection->start);

  chorus_table_file_add_text (self->table, time);
  chorus_table_file_add_number (self->table, detection->start, CHORUS_CSV_TIME_DECIMALS);
  chorus_table_file_add_number (self->table, detection->end, CHORUS_CSV_TIME_DECIMALS);
  chorus_table_file_add_number (self->table, detection->low, CHORUS_CSV_FREQUENCY_DECIMALS);
  chorus_table_file_add_number (self->table, detection->high, CHORUS_CSV_FREQUENCY_DECIMALS);
  chorus_table_file_add_text (self->table, detection->scientific_name);
  chorus_table_file_add_text (self->table, detection->common_name);
  chorus_table_file_add_number (self->table, detection->confidence, CHORUS_CSV_CONFIDENCE_DECIMALS);
  chorus_table_file_add_text (self->table, detection->verdict == CHORUS_VERDICT_NONE
                                             ? NULL
                                             : chorus_verdict_to_text (detection->verdict));
  chorus_table_file_add_text (self->table, detection->verdict_scientific_name);
  chorus_table_file_add_text (self->table, detection->verdict_common_name);
  chorus_table_file_add_text (self->table, detection->reviewer);
  chorus_table_file_add_text (self->table, detection->reviewed_at);
  chorus_table_file_add_text (self->table, detection->model_name);
  chorus_table_file_add_text (self->table, detection->model_version);
  chorus_table_file_add_text (self->table, detection->note);
  chorus_table_file_add_number (self->table, detection->starred ? 1 : 0, 0);
}

static gboolean
chorus_csv_writer_add (ChorusExportWriter  *writer,
                       const ChorusResult  *result,
                       GCancellable        *cancellable,
                       GError             **error)
{
  ChorusCsvWriter *self = CHORUS_CSV_WRITER (writer);

  for (guint i = 0; i < result->detections->len; i++)
    {
      chorus_csv_writer_add_recording (self, result);
      chorus_csv_writer_add_detection (self, result, g_ptr_array_index (result->detections, i));
      if (!chorus_table_file_end_row (self->table, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_csv_writer_finish (ChorusExportWriter  *writer,
                          GError             **error)
{
  ChorusCsvWriter *self = CHORUS_CSV_WRITER (writer);

  return chorus_table_file_finish (self->table, error);
}

static void
chorus_csv_writer_finalize (GObject *object)
{
  ChorusCsvWriter *self = CHORUS_CSV_WRITER (object);

  g_clear_pointer (&self->table, chorus_table_file_free);

  G_OBJECT_CLASS (chorus_csv_writer_parent_class)->finalize (object);
}

static void
chorus_csv_writer_class_init (ChorusCsvWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  object_class->finalize = chorus_csv_writer_finalize;
  writer_class->begin = chorus_csv_writer_begin;
  writer_class->add = chorus_csv_writer_add;
  writer_class->finish = chorus_csv_writer_finish;
}

static void
chorus_csv_writer_init (ChorusCsvWriter *self)
{
}

ChorusExportWriter *
chorus_csv_writer_new (void)
{
  return g_object_new (CHORUS_TYPE_CSV_WRITER, NULL);
}
