/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-camtrap-writer.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chorus-camtrap-deployment.h"
#include "chorus-camtrap-descriptor.h"
#include "chorus-camtrap-rows.h"
#include "chorus-export-remarks.h"
#include "chorus-zip-writer.h"
#include "core/chorus-text.h"

#define CHORUS_CAMTRAP_PACKAGE "datapackage.json"

/* Rows are packed once there are so many bytes of them. */
#define CHORUS_CAMTRAP_BUFFER (64 * 1024)

struct _ChorusCamtrapWriter
{
  ChorusExportWriter parent_instance;

  ChorusCamtrapOptions *options;

  /* What is being written */
  ChorusZipWriter *archive;
  GDateTime *created;
  ChorusPackageTable *media_table;
  ChorusPackageTable *observations_table;
  GString *media;
  GString *observations;

  /* What was written */
  ChorusPackageCoverage *coverage;
  GPtrArray *deployments;        /* of ChorusCamtrapDeployment */
  GHashTable *deployments_by_id; /* borrowed from the former */
  char *project;
  guint n_untimed;
  guint n_rejected;
};

static void chorus_camtrap_writer_remarks_init (ChorusExportRemarksInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusCamtrapWriter,
                               chorus_camtrap_writer,
                               CHORUS_TYPE_EXPORT_WRITER,
                               G_IMPLEMENT_INTERFACE (CHORUS_TYPE_EXPORT_REMARKS, chorus_camtrap_writer_remarks_init))

static char **
chorus_camtrap_writer_dup_remarks (ChorusExportRemarks *remarks)
{
  ChorusCamtrapWriter *self = CHORUS_CAMTRAP_WRITER (remarks);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->n_rejected > 0)
    {
      g_autofree char *text = chorus_export_remarks_describe_rejected (self->n_rejected);

      g_strv_builder_add (builder, text);
    }
  if (self->n_untimed > 0)
    {
      g_autofree char *text = g_strdup_printf (
        ngettext ("%u recording was left out, because it is not known when it began: set its time and export again.",
                  "%u recordings were left out, because it is not known when they began: set their times and export "
                  "again.",
                  self->n_untimed),
        self->n_untimed);

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static void
chorus_camtrap_writer_remarks_init (ChorusExportRemarksInterface *iface)
{
  iface->dup_remarks = chorus_camtrap_writer_dup_remarks;
}

static gboolean
chorus_camtrap_writer_begin (ChorusExportWriter  *writer,
                             GFile               *target,
                             GError             **error)
{
  ChorusCamtrapWriter *self = CHORUS_CAMTRAP_WRITER (writer);
  const ChorusPackageOptions *package = self->options->package;

  g_return_val_if_fail (self->archive == NULL, FALSE);

  self->created = package->created ? g_date_time_ref (package->created) : g_date_time_new_now_local ();
  self->archive = chorus_zip_writer_new (target, self->created);
  chorus_package_table_append_header (self->media_table, self->media);
  chorus_package_table_append_header (self->observations_table, self->observations);

  return chorus_zip_writer_add_file (self->archive, CHORUS_CAMTRAP_PACKAGE, error)
         && chorus_zip_writer_add_file (self->archive, CHORUS_CAMTRAP_DEPLOYMENTS, error)
         && chorus_zip_writer_add_file (self->archive, CHORUS_CAMTRAP_MEDIA, error)
         && chorus_zip_writer_add_file (self->archive, CHORUS_CAMTRAP_OBSERVATIONS, error);
}

static gboolean
chorus_camtrap_writer_flush (ChorusCamtrapWriter  *self,
                             GError              **error)
{
  if (!chorus_zip_writer_write (self->archive, CHORUS_CAMTRAP_MEDIA, self->media->str, self->media->len, error)
      || !chorus_zip_writer_write (self->archive, CHORUS_CAMTRAP_OBSERVATIONS, self->observations->str,
                                   self->observations->len, error))
    return FALSE;
  g_string_truncate (self->media, 0);
  g_string_truncate (self->observations, 0);

  return TRUE;
}

static ChorusCamtrapDeployment *
chorus_camtrap_writer_find_deployment (ChorusCamtrapWriter *self,
                                       const ChorusResult  *result)
{
  ChorusCamtrapDeployment *deployment =
    g_hash_table_lookup (self->deployments_by_id, result->deployment_id ? result->deployment_id : "");

  if (!deployment)
    {
      deployment = chorus_camtrap_deployment_new (result);
      g_ptr_array_add (self->deployments, deployment);
      g_hash_table_insert (self->deployments_by_id, deployment->id, deployment);
    }

  return deployment;
}

static gboolean
chorus_camtrap_writer_add (ChorusExportWriter  *writer,
                           const ChorusResult  *result,
                           GCancellable        *cancellable,
                           GError             **error)
{
  ChorusCamtrapWriter *self = CHORUS_CAMTRAP_WRITER (writer);

  g_return_val_if_fail (self->archive != NULL, FALSE);

  if (!self->project)
    self->project = g_strdup (result->project);
  if (!result->recorded)
    {
      self->n_untimed++;
      return TRUE;
    }

  chorus_camtrap_deployment_add (chorus_camtrap_writer_find_deployment (self, result), result, self->options);
  chorus_camtrap_rows_append_media (self->media_table, self->media, result, self->options);
  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);

      if (detection->verdict == CHORUS_VERDICT_REJECTED)
        {
          self->n_rejected++;
          continue;
        }
      if (chorus_camtrap_rows_append_observation (self->observations_table, self->observations, result, detection,
                                                  self->options))
        chorus_package_coverage_add_taxon (self->coverage, chorus_result_detection_get_scientific_name (detection),
                                           chorus_result_detection_get_common_name (detection));
      if (self->observations->len >= CHORUS_CAMTRAP_BUFFER
          && (g_cancellable_set_error_if_cancelled (cancellable, error) || !chorus_camtrap_writer_flush (self, error)))
        return FALSE;
    }

  return self->media->len < CHORUS_CAMTRAP_BUFFER || chorus_camtrap_writer_flush (self, error);
}

/* What the standard cannot do without. */
static gboolean
chorus_camtrap_writer_check (ChorusCamtrapWriter  *self,
                             GError              **error)
{
  if (self->deployments->len == 0)
    {
      g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        _("Nothing was exported, because Camtrap DP takes no recordings without a time: set the time "
           "of a recording, or choose another format."));
      return FALSE;
    }
  for (guint i = 0; i < self->deployments->len; i++)
    {
      const ChorusCamtrapDeployment *deployment = g_ptr_array_index (self->deployments, i);
      g_autofree char *name = chorus_text_from_name (deployment->name ? deployment->name : deployment->id);

      if (deployment->has_place)
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   /* Translators: the name of a deployment */
                   _("Nothing was exported, because Camtrap DP needs to know where “%s” is: enter its latitude and "
                      "longitude."),
                   name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_camtrap_writer_finish (ChorusExportWriter  *writer,
                              GError             **error)
{
  ChorusCamtrapWriter *self = CHORUS_CAMTRAP_WRITER (writer);
  g_autoptr (ChorusPackageTable) table = chorus_camtrap_deployment_new_table ();
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *package = NULL;

  g_return_val_if_fail (self->archive != NULL, FALSE);

  if (!chorus_camtrap_writer_check (self, error))
    return FALSE;

  chorus_package_table_append_header (table, rows);
  for (guint i = 0; i < self->deployments->len; i++)
    {
      const ChorusCamtrapDeployment *deployment = g_ptr_array_index (self->deployments, i);

      chorus_camtrap_deployment_append_row (deployment, table, rows);
      chorus_package_coverage_add_place (self->coverage, deployment->place.latitude, deployment->place.longitude);
      chorus_package_coverage_add_time (self->coverage, deployment->start);
      chorus_package_coverage_add_time (self->coverage, deployment->end);
    }
  package =
    chorus_camtrap_descriptor_write (self->options, self->coverage, self->project, self->deployments, self->created);

  return chorus_camtrap_writer_flush (self, error)
         && chorus_zip_writer_write (self->archive, CHORUS_CAMTRAP_DEPLOYMENTS, rows->str, rows->len, error)
         && chorus_zip_writer_write (self->archive, CHORUS_CAMTRAP_PACKAGE, package, strlen (package), error)
         && chorus_zip_writer_finish (self->archive, error);
}

static void
chorus_camtrap_writer_finalize (GObject *object)
{
  ChorusCamtrapWriter *self = CHORUS_CAMTRAP_WRITER (object);

  g_clear_pointer (&self->options, chorus_camtrap_options_free);
  g_clear_pointer (&self->archive, chorus_zip_writer_free);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_clear_pointer (&self->media_table, chorus_package_table_free);
  g_clear_pointer (&self->observations_table, chorus_package_table_free);
  g_string_free (self->media, TRUE);
  g_string_free (self->observations, TRUE);
  g_clear_pointer (&self->coverage, chorus_package_coverage_free);
  g_clear_pointer (&self->deployments_by_id, g_hash_table_unref);
  g_clear_pointer (&self->deployments, g_ptr_array_unref);
  g_clear_pointer (&self->project, g_free);

  G_OBJECT_CLASS (chorus_camtrap_writer_parent_class)->finalize (object);
}

static void
chorus_camtrap_writer_class_init (ChorusCamtrapWriterClass *klass)
{
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_camtrap_writer_finalize;
  writer_class->begin = chorus_camtrap_writer_begin;
  writer_class->add = chorus_camtrap_writer_add;
  writer_class->finish = chorus_camtrap_writer_finish;
}

static void
chorus_camtrap_writer_init (ChorusCamtrapWriter *self)
{
  self->media_table = chorus_camtrap_rows_new_media ();
  self->observations_table = chorus_camtrap_rows_new_observations ();
  self->media = g_string_new (NULL);
  self->observations = g_string_new (NULL);
  self->coverage = chorus_package_coverage_new ();
  self->deployments = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_camtrap_deployment_free);
  self->deployments_by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

ChorusExportWriter *
chorus_camtrap_writer_new (const ChorusCamtrapOptions *options)
{
  ChorusCamtrapWriter *self = g_object_new (CHORUS_TYPE_CAMTRAP_WRITER, NULL);

  self->options = options ? chorus_camtrap_options_copy (options) : chorus_camtrap_options_new ();

  return CHORUS_EXPORT_WRITER (self);
}
