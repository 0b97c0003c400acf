/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-camtrap-descriptor.h"

#include <math.h>

#include "chorus-camtrap-deployment.h"
#include "chorus-json-writer.h"
#include "chorus-package-detection.h"
#include "chorus-package-time.h"

/* The profile is not released: the state of it that others write, too. */
#define CHORUS_CAMTRAP_PROFILE                                                                                         \
  "https://raw.githubusercontent.com/camera-traps/bioacoustics/e4b4722fb453f5ca39c39ea3c4f348e9953f0084/"              \
  "camtrap-dp/1.0.2/"

/* What a name of a package may be made of, as Frictionless has it. */
static char *
chorus_camtrap_descriptor_make_name (const char *title)
{
  GString *name = g_string_new (NULL);

  for (const char *p = title; *p; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (name, g_ascii_tolower (*p));
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, "acoustic-detections");

  return g_string_free (name, FALSE);
}

static void
chorus_camtrap_descriptor_add_resource (ChorusJsonWriter *json,
                                        const char       *name,
                                        const char       *path)
{
  g_autofree char *schema = g_strdup_printf (CHORUS_CAMTRAP_PROFILE "%s-table-schema-acoustic.json", name);

  chorus_json_writer_begin (json, NULL, '{');
  chorus_json_writer_add_text (json, "name", name);
  chorus_json_writer_add_text (json, "path", path);
  chorus_json_writer_add_text (json, "profile", "tabular-data-resource");
  chorus_json_writer_add_text (json, "format", "csv");
  chorus_json_writer_add_text (json, "mediatype", "text/csv");
  chorus_json_writer_add_text (json, "encoding", "utf-8");
  chorus_json_writer_add_text (json, "schema", schema);
  chorus_json_writer_end (json);
}

static void
chorus_camtrap_descriptor_add_people (ChorusJsonWriter           *json,
                                      const ChorusPackageOptions *options)
{
  gboolean has_person = options->creator && *options->creator;
  gboolean has_organization = options->organization && *options->organization;

  chorus_json_writer_begin (json, "contributors", '[');
  chorus_json_writer_begin (json, NULL, '{');
  chorus_json_writer_add_text (json, "title", chorus_package_options_get_party (options));
  if (options->contact_email && *options->contact_email)
    chorus_json_writer_add_text (json, "email", options->contact_email);
  if (has_person && has_organization)
    chorus_json_writer_add_text (json, "organization", options->organization);
  chorus_json_writer_add_text (json, "role", "contact");
  chorus_json_writer_end (json);
  chorus_json_writer_end (json);
}

static void
chorus_camtrap_descriptor_add_licenses (ChorusJsonWriter *json,
                                        ChorusLicense     license)
{
  static const char *const scopes[] = { "data", "media" };

  chorus_json_writer_begin (json, "licenses", '[');
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      chorus_json_writer_begin (json, NULL, '{');
      chorus_json_writer_add_text (json, "name", chorus_license_get_id (license));
      chorus_json_writer_add_text (json, "title", chorus_license_get_title (license));
      chorus_json_writer_add_text (json, "path", chorus_license_get_url (license));
      chorus_json_writer_add_text (json, "scope", scopes[i]);
      chorus_json_writer_end (json);
    }
  chorus_json_writer_end (json);
}

/* Single detections are spans of time within a file. The profile knows them in the table, and here only what is nearest. */
static void
chorus_camtrap_descriptor_add_project (ChorusJsonWriter           *json,
                                       const ChorusCamtrapOptions *options,
                                       const char                 *project)
{
  chorus_json_writer_begin (json, "project", '{');
  chorus_json_writer_add_text (json, "title", project && *project ? project : "Not stated");
  chorus_json_writer_add_text (json, "protocolType", "acoustic");
  chorus_json_writer_add_text (json, "samplingDesign", chorus_camtrap_options_get_design_word (options));
  chorus_json_writer_begin (json, "captureMethod", '[');
  chorus_json_writer_add_text (json, NULL, chorus_camtrap_options_get_capture_word (options));
  chorus_json_writer_end (json);
  chorus_json_writer_add_boolean (json, "individualAnimals", FALSE);
  chorus_json_writer_begin (json, "observationLevel", '[');
  chorus_json_writer_add_text (json, NULL, "media");
  chorus_json_writer_end (json);
  chorus_json_writer_end (json);
}

static void
chorus_camtrap_descriptor_add_position (ChorusJsonWriter *json,
                                        const char       *name,
                                        double            longitude,
                                        double            latitude)
{
  chorus_json_writer_begin (json, name, '[');
  chorus_json_writer_add_number (json, NULL, longitude, 7);
  chorus_json_writer_add_number (json, NULL, latitude, 7);
  chorus_json_writer_end (json);
}

/* GeoJSON (RFC 7946): a point, the points that lie on a line with the axes, or the rectangle around all. */
static void
chorus_camtrap_descriptor_add_place (ChorusJsonWriter            *json,
                                     const ChorusPackageCoverage *coverage,
                                     GPtrArray                   *deployments)
{
  gboolean is_point = coverage->south == coverage->north && coverage->west == coverage->east;
  gboolean is_flat = coverage->south == coverage->north || coverage->west == coverage->east;

  chorus_json_writer_begin (json, "spatial", '{');
  chorus_json_writer_add_text (json, "type", is_point ? "Point" : is_flat ? "MultiPoint" : "Polygon");
  if (is_point)
    chorus_camtrap_descriptor_add_position (json, "coordinates", coverage->west, coverage->south);
  else
    {
      chorus_json_writer_begin (json, "coordinates", '[');
      if (is_flat)
        for (guint i = 0; i < deployments->len; i++)
          {
            const ChorusCamtrapDeployment *deployment = g_ptr_array_index (deployments, i);

            chorus_camtrap_descriptor_add_position (json, NULL, deployment->place.longitude,
                                                    deployment->place.latitude);
          }
      else
        {
          chorus_json_writer_begin (json, NULL, '[');
          chorus_camtrap_descriptor_add_position (json, NULL, coverage->west, coverage->south);
          chorus_camtrap_descriptor_add_position (json, NULL, coverage->east, coverage->south);
          chorus_camtrap_descriptor_add_position (json, NULL, coverage->east, coverage->north);
          chorus_camtrap_descriptor_add_position (json, NULL, coverage->west, coverage->north);
          chorus_camtrap_descriptor_add_position (json, NULL, coverage->west, coverage->south);
          chorus_json_writer_end (json);
        }
      chorus_json_writer_end (json);
    }
  chorus_json_writer_end (json);
}

static gboolean
chorus_camtrap_descriptor_add_taxon_cb (gpointer key,
                                        gpointer value,
                                        gpointer data)
{
  ChorusJsonWriter *json = data;

  chorus_json_writer_begin (json, NULL, '{');
  chorus_json_writer_add_text (json, "scientificName", key);
  chorus_json_writer_add_text (json, "taxonRank", chorus_package_detection_get_rank (key));
  chorus_json_writer_end (json);

  return FALSE;
}

static void
chorus_camtrap_descriptor_add_coverage (ChorusJsonWriter            *json,
                                        const ChorusCamtrapOptions  *options,
                                        const ChorusPackageCoverage *coverage,
                                        GPtrArray                   *deployments)
{
  if (options->package->coordinate_decimals >= 0)
    chorus_json_writer_add_number (json, "coordinatePrecision", pow (10.0, -options->package->coordinate_decimals), 9);
  chorus_camtrap_descriptor_add_place (json, coverage, deployments);
  chorus_json_writer_begin (json, "temporal", '{');
  chorus_json_writer_add_text (json, "start", coverage->first_day);
  chorus_json_writer_add_text (json, "end", coverage->last_day);
  chorus_json_writer_end (json);
  chorus_json_writer_begin (json, "taxonomic", '[');
  g_tree_foreach (coverage->taxa, chorus_camtrap_descriptor_add_taxon_cb, json);
  chorus_json_writer_end (json);
}

char *
chorus_camtrap_descriptor_write (const ChorusCamtrapOptions  *options,
                                 const ChorusPackageCoverage *coverage,
                                 const char                  *project,
                                 GPtrArray                   *deployments,
                                 GDateTime                   *created)
{
  ChorusJsonWriter *json = chorus_json_writer_new ();
  g_autofree char *title = chorus_package_options_dup_title (options->package, project);
  g_autofree char *name = chorus_camtrap_descriptor_make_name (title);
  g_autofree char *now = chorus_package_time_to_second (created, FALSE);
  const char *description = options->package->description;

  chorus_json_writer_begin (json, "resources", '[');
  chorus_camtrap_descriptor_add_resource (json, "deployments", CHORUS_CAMTRAP_DEPLOYMENTS);
  chorus_camtrap_descriptor_add_resource (json, "media", CHORUS_CAMTRAP_MEDIA);
  chorus_camtrap_descriptor_add_resource (json, "observations", CHORUS_CAMTRAP_OBSERVATIONS);
  chorus_json_writer_end (json);
  chorus_json_writer_add_text (json, "profile", CHORUS_CAMTRAP_PROFILE "camtrap-dp-profile-acoustic.json");
  chorus_json_writer_add_text (json, "name", name);
  chorus_json_writer_add_text (json, "created", now);
  chorus_json_writer_add_text (json, "title", title);
  chorus_json_writer_add_text (json, "description", description && *description ? description : NULL);
  chorus_camtrap_descriptor_add_people (json, options->package);
  chorus_json_writer_begin (json, "sources", '[');
  chorus_json_writer_begin (json, NULL, '{');
  chorus_json_writer_add_text (json, "title", "Chorus");
  chorus_json_writer_add_text (json, "version", PACKAGE_VERSION);
  chorus_json_writer_end (json);
  chorus_json_writer_end (json);
  chorus_camtrap_descriptor_add_licenses (json, options->package->license);
  chorus_camtrap_descriptor_add_project (json, options, project);
  chorus_camtrap_descriptor_add_coverage (json, options, coverage, deployments);

  return chorus_json_writer_end_all (json);
}
