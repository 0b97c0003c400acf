/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-darwin-core-writer.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chorus-darwin-core-metadata.h"
#include "chorus-export-remarks.h"
#include "chorus-package-detection.h"
#include "chorus-package-table.h"
#include "chorus-package-text.h"
#include "chorus-package-time.h"
#include "chorus-sound-kind.h"
#include "chorus-zip-writer.h"

#define CHORUS_DARWIN_CORE_TABLE "occurrence.txt"

/* Rows are packed once there are so many bytes of them. */
#define CHORUS_DARWIN_CORE_BUFFER (64 * 1024)

#define DWC "http://rs.tdwg.org/dwc/terms/"
#define AC "http://rs.tdwg.org/ac/terms/"

enum
{
  OCCURRENCE_ID,
  BASIS_OF_RECORD,
  EVENT_ID,
  PARENT_EVENT_ID,
  EVENT_DATE,
  EVENT_TIME,
  EVENT_REMARKS,
  SAMPLING_PROTOCOL,
  SAMPLE_SIZE_VALUE,
  SAMPLE_SIZE_UNIT,
  SAMPLING_EFFORT,
  DECIMAL_LATITUDE,
  DECIMAL_LONGITUDE,
  GEODETIC_DATUM,
  COORDINATE_UNCERTAINTY,
  SCIENTIFIC_NAME,
  VERNACULAR_NAME,
  TAXON_RANK,
  VERBATIM_IDENTIFICATION,
  IDENTIFICATION_QUALIFIER,
  IDENTIFIED_BY,
  IDENTIFIED_BY_ID,
  DATE_IDENTIFIED,
  IDENTIFICATION_REFERENCES,
  IDENTIFICATION_REMARKS,
  IDENTIFICATION_STATUS,
  ASSOCIATED_MEDIA,
  RECORDED_BY,
  BEHAVIOR,
  OCCURRENCE_STATUS,
  OCCURRENCE_REMARKS,
  IS_ROI_OF,
  START_TIME,
  END_TIME,
  FREQUENCY_LOW,
  FREQUENCY_HIGH,
  N_COLUMNS
};

static const char *const chorus_darwin_core_terms[N_COLUMNS] = {
  [OCCURRENCE_ID] = DWC "occurrenceID",
  [BASIS_OF_RECORD] = DWC "basisOfRecord",
  [EVENT_ID] = DWC "eventID",
  [PARENT_EVENT_ID] = DWC "parentEventID",
  [EVENT_DATE] = DWC "eventDate",
  [EVENT_TIME] = DWC "eventTime",
  [EVENT_REMARKS] = DWC "eventRemarks",
  [SAMPLING_PROTOCOL] = DWC "samplingProtocol",
  [SAMPLE_SIZE_VALUE] = DWC "sampleSizeValue",
  [SAMPLE_SIZE_UNIT] = DWC "sampleSizeUnit",
  [SAMPLING_EFFORT] = DWC "samplingEffort",
  [DECIMAL_LATITUDE] = DWC "decimalLatitude",
  [DECIMAL_LONGITUDE] = DWC "decimalLongitude",
  [GEODETIC_DATUM] = DWC "geodeticDatum",
  [COORDINATE_UNCERTAINTY] = DWC "coordinateUncertaintyInMeters",
  [SCIENTIFIC_NAME] = DWC "scientificName",
  [VERNACULAR_NAME] = DWC "vernacularName",
  [TAXON_RANK] = DWC "taxonRank",
  [VERBATIM_IDENTIFICATION] = DWC "verbatimIdentification",
  [IDENTIFICATION_QUALIFIER] = DWC "identificationQualifier",
  [IDENTIFIED_BY] = DWC "identifiedBy",
  [IDENTIFIED_BY_ID] = DWC "identifiedByID",
  [DATE_IDENTIFIED] = DWC "dateIdentified",
  [IDENTIFICATION_REFERENCES] = DWC "identificationReferences",
  [IDENTIFICATION_REMARKS] = DWC "identificationRemarks",
  [IDENTIFICATION_STATUS] = DWC "identificationVerificationStatus",
  [ASSOCIATED_MEDIA] = DWC "associatedMedia",
  [RECORDED_BY] = DWC "recordedBy",
  [BEHAVIOR] = DWC "behavior",
  [OCCURRENCE_STATUS] = DWC "occurrenceStatus",
  [OCCURRENCE_REMARKS] = DWC "occurrenceRemarks",
  [IS_ROI_OF] = AC "isROIOf",
  [START_TIME] = AC "startTime",
  [END_TIME] = AC "endTime",
  [FREQUENCY_LOW] = AC "freqLow",
  [FREQUENCY_HIGH] = AC "freqHigh",
};

struct _ChorusDarwinCoreWriter
{
  ChorusExportWriter parent_instance;

  /* How to write */
  ChorusPackageOptions *options;
  char *occurrence_status;
  gboolean without_machine;

  /* What is being written */
  ChorusZipWriter *archive;
  GDateTime *created;
  ChorusPackageTable *table;
  const char *columns[N_COLUMNS];
  GString *rows;

  /* What was written */
  ChorusPackageCoverage *coverage;
  GTree *models;
  char *project;
  guint64 n_occurrences;
  guint64 n_recordings;
  guint n_other; /* no animals */
  guint n_nameless;
  guint n_rejected;
};

static void chorus_darwin_core_writer_remarks_init (ChorusExportRemarksInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusDarwinCoreWriter,
                               chorus_darwin_core_writer,
                               CHORUS_TYPE_EXPORT_WRITER,
                               G_IMPLEMENT_INTERFACE (CHORUS_TYPE_EXPORT_REMARKS,
                                                      chorus_darwin_core_writer_remarks_init))

static char **
chorus_darwin_core_writer_dup_remarks (ChorusExportRemarks *remarks)
{
  ChorusDarwinCoreWriter *self = CHORUS_DARWIN_CORE_WRITER (remarks);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->n_rejected > 0)
    {
      g_autofree char *text = chorus_export_remarks_describe_rejected (self->n_rejected);

      g_strv_builder_add (builder, text);
    }
  if (self->n_other > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u detection was left out, because it is not of an animal.",
                                   "%u detections were left out, because they are not of animals.", self->n_other),
                         self->n_other);

      g_strv_builder_add (builder, text);
    }
  if (self->n_nameless > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u detection was left out, because it has no species.",
                                   "%u detections were left out, because they have no species.", self->n_nameless),
                         self->n_nameless);

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static void
chorus_darwin_core_writer_remarks_init (ChorusExportRemarksInterface *iface)
{
  iface->dup_remarks = chorus_darwin_core_writer_dup_remarks;
}

static gboolean
chorus_darwin_core_writer_flush (ChorusDarwinCoreWriter  *self,
                                 GError                 **error)
{
  if (!chorus_zip_writer_write (self->archive, CHORUS_DARWIN_CORE_TABLE, self->rows->str, self->rows->len, error))
    return FALSE;
  g_string_truncate (self->rows, 0);

  return TRUE;
}

static gboolean
chorus_darwin_core_writer_begin (ChorusExportWriter  *writer,
                                 GFile               *target,
                                 GError             **error)
{
  ChorusDarwinCoreWriter *self = CHORUS_DARWIN_CORE_WRITER (writer);

  g_return_val_if_fail (self->archive == NULL, FALSE);

  self->created = self->options->created ? g_date_time_ref (self->options->created) : g_date_time_new_now_local ();
  self->archive = chorus_zip_writer_new (target, self->created);
  chorus_package_table_append_header (self->table, self->rows);

  return chorus_zip_writer_add_file (self->archive, CHORUS_DARWIN_CORE_TABLE, error)
         && chorus_zip_writer_add_file (self->archive, "meta.xml", error)
         && chorus_zip_writer_add_file (self->archive, "eml.xml", error);
}

/* When it is: an interval, its clock times, and what is to be said of them. */
static void
chorus_darwin_core_writer_set_time (ChorusDarwinCoreWriter      *self,
                                    const ChorusResult          *result,
                                    const ChorusResultDetection *detection)
{
  g_autoptr (GDateTime) start = chorus_package_time_at (result->recorded, detection->start);
  g_autoptr (GDateTime) end = chorus_package_time_at (result->recorded, MAX (detection->start, detection->end));
  g_autofree char *remarks = chorus_package_time_describe (result->recorded, FALSE);

  chorus_package_table_set_text (self->table, EVENT_REMARKS, remarks);
  if (start && end)
    {
      gboolean has_zone = chorus_recording_time_get_has_zone (result->recorded);
      g_autofree char *from = chorus_package_time_to_iso (start, has_zone);
      g_autofree char *to = chorus_package_time_to_iso (end, has_zone);
      g_autofree char *date = g_strdup_printf ("%s/%s", from, to);
      g_autofree char *time = g_strdup_printf ("%s/%s", strchr (from, 'T') + 1, strchr (to, 'T') + 1);

      chorus_package_table_set_text (self->table, EVENT_DATE, date);
      chorus_package_table_set_text (self->table, EVENT_TIME, time);
      chorus_package_coverage_add_time (self->coverage, start);
      chorus_package_coverage_add_time (self->coverage, end);
    }
}

static void
chorus_darwin_core_writer_set_effort (ChorusDarwinCoreWriter *self,
                                      const ChorusResult     *result)
{
  g_autoptr (GString) effort = g_string_new (NULL);

  chorus_package_table_set_text (self->table, SAMPLING_PROTOCOL, self->options->sampling_protocol);
  if (!isfinite (result->duration) || result->duration <= 0)
    return;

  chorus_package_table_set_number (self->table, SAMPLE_SIZE_VALUE, result->duration, 3);
  chorus_package_table_set_text (self->table, SAMPLE_SIZE_UNIT, "second");
  chorus_package_text_append_number (effort, result->duration, 3);
  g_string_append (effort, " seconds of recording");
  chorus_package_table_set_text (self->table, SAMPLING_EFFORT, effort->str);
}

static void
chorus_darwin_core_writer_set_place (ChorusDarwinCoreWriter *self,
                                     const ChorusResult     *result)
{
  double latitude = result->latitude;
  double longitude = result->longitude;
  guint uncertainty = 0;

  if (isnan (latitude) || isnan (longitude))
    return;

  uncertainty = chorus_package_options_blur (self->options, &latitude, &longitude);
  chorus_package_table_set_number (self->table, DECIMAL_LATITUDE, latitude, 7);
  chorus_package_table_set_number (self->table, DECIMAL_LONGITUDE, longitude, 7);
  chorus_package_table_set_text (self->table, GEODETIC_DATUM, "EPSG:4326");
  if (uncertainty > 0)
    chorus_package_table_set_number (self->table, COORDINATE_UNCERTAINTY, uncertainty, 0);
  chorus_package_coverage_add_place (self->coverage, latitude, longitude);
}

/* In English: it is read elsewhere. */
static char *
chorus_darwin_core_writer_make_remarks (const ChorusResultDetection *detection,
                                        const char                  *verbatim)
{
  GString *remarks = g_string_new (NULL);

  if (isfinite (detection->confidence))
    {
      g_string_append (remarks, "score: ");
      chorus_package_text_append_number (remarks, detection->confidence, 4);
    }
  else
    g_string_append (remarks, "no score");
  if (detection->verdict_scientific_name || detection->verdict_common_name)
    g_string_append_printf (remarks, "; named by a person%s%s", verbatim ? " in the place of " : "",
                            verbatim ? verbatim : "");
  if (detection->verdict == CHORUS_VERDICT_UNCERTAIN)
    g_string_append (remarks, "; a person listened and could not tell");

  return g_string_free (remarks, FALSE);
}

static void
chorus_darwin_core_writer_set_identification (ChorusDarwinCoreWriter      *self,
                                              const ChorusResultDetection *detection)
{
  const char *scientific = chorus_result_detection_get_scientific_name (detection);
  const char *common = chorus_result_detection_get_common_name (detection);
  const char *verbatim = detection->scientific_name ? detection->scientific_name : detection->common_name;
  gboolean confirmed = detection->verdict == CHORUS_VERDICT_CONFIRMED;
  g_autofree char *model = chorus_package_detection_dup_model (detection);
  g_autofree char *remarks = chorus_darwin_core_writer_make_remarks (detection, verbatim);

  chorus_package_table_set_text (self->table, SCIENTIFIC_NAME, scientific);
  chorus_package_table_set_text (self->table, VERNACULAR_NAME, common);
  chorus_package_table_set_text (self->table, TAXON_RANK, chorus_package_detection_get_rank (scientific));
  chorus_package_table_set_text (self->table, VERBATIM_IDENTIFICATION, verbatim);
  chorus_package_table_set_text (self->table, IDENTIFICATION_REFERENCES, model);
  chorus_package_table_set_text (self->table, IDENTIFICATION_REMARKS, remarks);
  /* What a person added and nobody confirmed is neither. */
  if (confirmed)
    chorus_package_table_set_text (self->table, IDENTIFICATION_STATUS, "ValidatedByHuman");
  else if (chorus_package_detection_is_by_machine (detection))
    chorus_package_table_set_text (self->table, IDENTIFICATION_STATUS, "PredictedByMachine");
  if (confirmed)
    {
      chorus_package_table_set_text (self->table, IDENTIFIED_BY, detection->reviewer);
      chorus_package_table_set_text (self->table, DATE_IDENTIFIED, detection->reviewed_at);
    }
  chorus_package_coverage_add_taxon (self->coverage, scientific, common);
  if (model && !g_tree_lookup (self->models, model))
    g_tree_insert (self->models, g_strdup (model), GINT_TO_POINTER (TRUE));
}

static void
chorus_darwin_core_writer_add_row (ChorusDarwinCoreWriter      *self,
                                   const ChorusResult          *result,
                                   const ChorusResultDetection *detection)
{
  const char *deployment = result->deployment_id ? result->deployment_id : "";
  g_autofree char *event = g_strdup_printf ("%s:%" G_GINT64_FORMAT, deployment, result->recording_id);
  g_autofree char *id = g_strdup_printf ("%s:%" G_GINT64_FORMAT, event, detection->detection_id);

  chorus_package_table_set_text (self->table, OCCURRENCE_ID, id);
  chorus_package_table_set_text (self->table, BASIS_OF_RECORD, "MachineObservation");
  chorus_package_table_set_text (self->table, EVENT_ID, event);
  chorus_package_table_set_text (self->table, PARENT_EVENT_ID, deployment);
  chorus_darwin_core_writer_set_time (self, result, detection);
  chorus_darwin_core_writer_set_effort (self, result);
  chorus_darwin_core_writer_set_place (self, result);
  chorus_darwin_core_writer_set_identification (self, detection);
  chorus_package_table_set_text (self->table, OCCURRENCE_STATUS, self->occurrence_status);
  chorus_package_table_set_text (self->table, OCCURRENCE_REMARKS, detection->note);
  chorus_package_table_set_text (self->table, IS_ROI_OF, result->name);
  chorus_package_table_set_number (self->table, START_TIME, detection->start, 3);
  chorus_package_table_set_number (self->table, END_TIME, detection->end, 3);
  chorus_package_table_set_number (self->table, FREQUENCY_LOW, detection->low, 1);
  chorus_package_table_set_number (self->table, FREQUENCY_HIGH, detection->high, 1);
  chorus_package_table_append_row (self->table, self->rows);
  self->n_occurrences++;
}

/* Whether it is an occurrence; counts what nobody asked to be left out. */
static gboolean
chorus_darwin_core_writer_takes (ChorusDarwinCoreWriter      *self,
                                 const ChorusResultDetection *detection)
{
  if (detection->verdict == CHORUS_VERDICT_REJECTED)
    {
      self->n_rejected++;
      return FALSE;
    }
  if (self->without_machine && detection->verdict != CHORUS_VERDICT_CONFIRMED)
    return FALSE;

  switch (chorus_sound_kind_of (chorus_result_detection_get_scientific_name (detection),
                                chorus_result_detection_get_common_name (detection)))
    {
    case CHORUS_SOUND_KIND_ANIMAL:
      return TRUE;

    case CHORUS_SOUND_KIND_NONE:
      self->n_nameless++;
      return FALSE;

    case CHORUS_SOUND_KIND_HUMAN:
    case CHORUS_SOUND_KIND_VEHICLE:
    case CHORUS_SOUND_KIND_OTHER:
    default:
      self->n_other++;
      return FALSE;
    }
}

static gboolean
chorus_darwin_core_writer_add (ChorusExportWriter  *writer,
                               const ChorusResult  *result,
                               GCancellable        *cancellable,
                               GError             **error)
{
  ChorusDarwinCoreWriter *self = CHORUS_DARWIN_CORE_WRITER (writer);

  g_return_val_if_fail (self->archive != NULL, FALSE);

  self->n_recordings++;
  if (!self->project)
    self->project = g_strdup (result->project);
  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);

      if (!chorus_darwin_core_writer_takes (self, detection))
        continue;
      chorus_darwin_core_writer_add_row (self, result, detection);
      if (self->rows->len >= CHORUS_DARWIN_CORE_BUFFER
          && (g_cancellable_set_error_if_cancelled (cancellable, error)
              || !chorus_darwin_core_writer_flush (self, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_darwin_core_writer_add_model_cb (gpointer key,
                                        gpointer value,
                                        gpointer data)
{
  g_ptr_array_add (data, key);

  return FALSE;
}

static gboolean
chorus_darwin_core_writer_finish (ChorusExportWriter  *writer,
                                  GError             **error)
{
  ChorusDarwinCoreWriter *self = CHORUS_DARWIN_CORE_WRITER (writer);
  g_autoptr (GPtrArray) models = g_ptr_array_new ();
  ChorusDarwinCoreDataset dataset = { self->options, self->coverage,      self->project,     NULL,
                                      self->created, self->n_occurrences, self->n_recordings };
  g_autofree char *meta = NULL;
  g_autofree char *eml = NULL;

  g_return_val_if_fail (self->archive != NULL, FALSE);

  g_tree_foreach (self->models, chorus_darwin_core_writer_add_model_cb, models);
  g_ptr_array_add (models, NULL);
  dataset.models = (const char *const *) models->pdata;
  meta = chorus_darwin_core_metadata_write_archive (CHORUS_DARWIN_CORE_TABLE, chorus_darwin_core_terms, N_COLUMNS);
  eml = chorus_darwin_core_metadata_write_dataset (&dataset);

  return chorus_darwin_core_writer_flush (self, error)
         && chorus_zip_writer_write (self->archive, "meta.xml", meta, strlen (meta), error)
         && chorus_zip_writer_write (self->archive, "eml.xml", eml, strlen (eml), error)
         && chorus_zip_writer_finish (self->archive, error);
}

static void
chorus_darwin_core_writer_finalize (GObject *object)
{
  ChorusDarwinCoreWriter *self = CHORUS_DARWIN_CORE_WRITER (object);

  g_clear_pointer (&self->options, chorus_package_options_free);
  g_clear_pointer (&self->occurrence_status, g_free);
  g_clear_pointer (&self->archive, chorus_zip_writer_free);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_clear_pointer (&self->table, chorus_package_table_free);
  g_string_free (self->rows, TRUE);
  g_clear_pointer (&self->coverage, chorus_package_coverage_free);
  g_clear_pointer (&self->models, g_tree_unref);
  g_clear_pointer (&self->project, g_free);

  G_OBJECT_CLASS (chorus_darwin_core_writer_parent_class)->finalize (object);
}

static void
chorus_darwin_core_writer_class_init (ChorusDarwinCoreWriterClass *klass)
{
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_darwin_core_writer_finalize;
  writer_class->begin = chorus_darwin_core_writer_begin;
  writer_class->add = chorus_darwin_core_writer_add;
  writer_class->finish = chorus_darwin_core_writer_finish;
}

static int
chorus_darwin_core_writer_compare (gconstpointer a,
                                   gconstpointer b,
                                   gpointer      user_data)
{
  return strcmp (a, b);
}

static void
chorus_darwin_core_writer_init (ChorusDarwinCoreWriter *self)
{
  /* A column is headed by the last part of its term. */
  for (guint i = 0; i < N_COLUMNS; i++)
    self->columns[i] = strrchr (chorus_darwin_core_terms[i], '/') + 1;
  self->table = chorus_package_table_new (self->columns, N_COLUMNS, '\t');
  self->rows = g_string_new (NULL);
  self->coverage = chorus_package_coverage_new ();
  self->models = g_tree_new_full (chorus_darwin_core_writer_compare, NULL, g_free, NULL);
}

ChorusExportWriter *
chorus_darwin_core_writer_new (const ChorusDarwinCoreOptions *options)
{
  ChorusDarwinCoreWriter *self = g_object_new (CHORUS_TYPE_DARWIN_CORE_WRITER, NULL);

  self->options =
    options && options->package ? chorus_package_options_copy (options->package) : chorus_package_options_new ();
  self->occurrence_status = g_strdup (options && options->occurrence_status ? options->occurrence_status : "present");
  self->without_machine = options && options->without_machine;

  return CHORUS_EXPORT_WRITER (self);
}
