/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-darwin-core-metadata.h"

#include <math.h>

#include "chorus-package-text.h"

#define CHORUS_DARWIN_CORE_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

char *
chorus_darwin_core_metadata_write_archive (const char        *file_name,
                                           const char *const *terms,
                                           guint              n_terms)
{
  GString *xml = g_string_new (CHORUS_DARWIN_CORE_DECLARATION);

  g_string_append (xml, "<archive xmlns=\"http://rs.tdwg.org/dwc/text/\" metadata=\"eml.xml\">\n"
                        "  <core encoding=\"UTF-8\" fieldsTerminatedBy=\"\\t\" linesTerminatedBy=\"\\n\" "
                        "fieldsEnclosedBy=\"\" ignoreHeaderLines=\"1\" "
                        "rowType=\"http://rs.tdwg.org/dwc/terms/Occurrence\">\n"
                        "    <files>\n      <location>");
  chorus_package_text_append_xml (xml, file_name);
  g_string_append (xml, "</location>\n    </files>\n    <id index=\"0\"/>\n");
  for (guint i = 0; i < n_terms; i++)
    {
      g_string_append_printf (xml, "    <field index=\"%u\" term=\"", i);
      chorus_package_text_append_xml (xml, terms[i]);
      g_string_append (xml, "\"/>\n");
    }
  g_string_append (xml, "  </core>\n</archive>\n");

  return g_string_free (xml, FALSE);
}

static void
chorus_darwin_core_metadata_add (GString    *xml,
                                 const char *indent,
                                 const char *element,
                                 const char *text)
{
  g_string_append_printf (xml, "%s<%s>", indent, element);
  chorus_package_text_append_xml (xml, text);
  g_string_append_printf (xml, "</%s>\n", element);
}

static void
chorus_darwin_core_metadata_add_number (GString    *xml,
                                        const char *indent,
                                        const char *element,
                                        double      value)
{
  g_string_append_printf (xml, "%s<%s>", indent, element);
  chorus_package_text_append_number (xml, value, 6);
  g_string_append_printf (xml, "</%s>\n", element);
}

static void
chorus_darwin_core_metadata_add_party (GString                    *xml,
                                       const char                 *element,
                                       const ChorusPackageOptions *options)
{
  gboolean has_person = options->creator && *options->creator;
  gboolean has_organization = options->organization && *options->organization;

  g_string_append_printf (xml, "    <%s>\n", element);
  /* Which part of a name is the family's cannot be told from it. */
  if (has_person)
    {
      g_string_append (xml, "      <individualName>\n");
      chorus_darwin_core_metadata_add (xml, "        ", "surName", options->creator);
      g_string_append (xml, "      </individualName>\n");
    }
  if (has_organization || !has_person)
    chorus_darwin_core_metadata_add (xml, "      ", "organizationName",
                                     has_organization ? options->organization
                                                      : chorus_package_options_get_party (options));
  if (options->contact_email && *options->contact_email)
    chorus_darwin_core_metadata_add (xml, "      ", "electronicMailAddress", options->contact_email);
  g_string_append_printf (xml, "    </%s>\n", element);
}

static void
chorus_darwin_core_metadata_add_abstract (GString                       *xml,
                                          const ChorusDarwinCoreDataset *dataset)
{
  g_autofree char *text = NULL;

  if (dataset->options->description && *dataset->options->description)
    text = g_strdup (dataset->options->description);
  else
    text = g_strdup_printf ("%" G_GUINT64_FORMAT " detections of %d taxa in %" G_GUINT64_FORMAT " sound recordings, "
                            "found by machine and in part confirmed by listening; identificationVerificationStatus "
                            "says which.",
                            dataset->n_occurrences, g_tree_nnodes (dataset->coverage->taxa), dataset->n_recordings);
  g_string_append (xml, "    <abstract>\n");
  chorus_darwin_core_metadata_add (xml, "      ", "para", text);
  g_string_append (xml, "    </abstract>\n");
}

static void
chorus_darwin_core_metadata_add_rights (GString       *xml,
                                        ChorusLicense  license)
{
  g_string_append (xml, "    <intellectualRights>\n      <para>This work is licensed under <ulink url=\"");
  chorus_package_text_append_xml (xml, chorus_license_get_url (license));
  g_string_append (xml, "\"><citetitle>");
  chorus_package_text_append_xml (xml, chorus_license_get_title (license));
  g_string_append (xml, "</citetitle></ulink>.</para>\n    </intellectualRights>\n");
}

static gboolean
chorus_darwin_core_metadata_add_taxon_cb (gpointer key,
                                          gpointer value,
                                          gpointer data)
{
  GString *xml = data;

  g_string_append (xml, "        <taxonomicClassification>\n");
  chorus_darwin_core_metadata_add (xml, "          ", "taxonRankValue", key);
  if (*(const char *) value)
    chorus_darwin_core_metadata_add (xml, "          ", "commonName", value);
  g_string_append (xml, "        </taxonomicClassification>\n");

  return FALSE;
}

static void
chorus_darwin_core_metadata_add_place (GString                       *xml,
                                       const ChorusDarwinCoreDataset *dataset)
{
  const ChorusPackageCoverage *coverage = dataset->coverage;

  g_string_append (xml, "      <geographicCoverage>\n");
  chorus_darwin_core_metadata_add (xml, "        ", "geographicDescription",
                                   dataset->project ? dataset->project : "The places of the recorders");
  g_string_append (xml, "        <boundingCoordinates>\n");
  chorus_darwin_core_metadata_add_number (xml, "          ", "westBoundingCoordinate", coverage->west);
  chorus_darwin_core_metadata_add_number (xml, "          ", "eastBoundingCoordinate", coverage->east);
  chorus_darwin_core_metadata_add_number (xml, "          ", "northBoundingCoordinate", coverage->north);
  chorus_darwin_core_metadata_add_number (xml, "          ", "southBoundingCoordinate", coverage->south);
  g_string_append (xml, "        </boundingCoordinates>\n      </geographicCoverage>\n");
}

static void
chorus_darwin_core_metadata_add_coverage (GString                       *xml,
                                          const ChorusDarwinCoreDataset *dataset)
{
  const ChorusPackageCoverage *coverage = dataset->coverage;
  gboolean has_place = !isnan (coverage->south);
  gboolean has_taxa = g_tree_nnodes (coverage->taxa) > 0;

  if (!has_place && !coverage->first_day && !has_taxa)
    return;

  g_string_append (xml, "    <coverage>\n");
  if (has_place)
    chorus_darwin_core_metadata_add_place (xml, dataset);
  if (coverage->first_day)
    {
      g_string_append (xml, "      <temporalCoverage>\n        <rangeOfDates>\n          <beginDate>\n");
      chorus_darwin_core_metadata_add (xml, "            ", "calendarDate", coverage->first_day);
      g_string_append (xml, "          </beginDate>\n          <endDate>\n");
      chorus_darwin_core_metadata_add (xml, "            ", "calendarDate", coverage->last_day);
      g_string_append (xml, "          </endDate>\n        </rangeOfDates>\n      </temporalCoverage>\n");
    }
  if (has_taxa)
    {
      g_string_append (xml, "      <taxonomicCoverage>\n");
      g_tree_foreach (coverage->taxa, chorus_darwin_core_metadata_add_taxon_cb, xml);
      g_string_append (xml, "      </taxonomicCoverage>\n");
    }
  g_string_append (xml, "    </coverage>\n");
}

static void
chorus_darwin_core_metadata_add_step (GString    *xml,
                                      const char *text)
{
  g_string_append (xml, "      <methodStep>\n        <description>\n");
  chorus_darwin_core_metadata_add (xml, "          ", "para", text);
  g_string_append (xml, "        </description>\n      </methodStep>\n");
}

static void
chorus_darwin_core_metadata_add_methods (GString                       *xml,
                                         const ChorusDarwinCoreDataset *dataset)
{
  const char *protocol = dataset->options->sampling_protocol;
  g_autofree char *models = g_strjoinv (", ", (char **) dataset->models);
  g_autofree char *found = g_strconcat ("Detections were made by: ", models, ".", NULL);

  g_string_append (xml, "    <methods>\n");
  chorus_darwin_core_metadata_add_step (xml, protocol && *protocol ? protocol : "Sound recordings.");
  if (*models)
    chorus_darwin_core_metadata_add_step (xml, found);
  chorus_darwin_core_metadata_add_step (xml, "Detections that were rejected by listening are not part of the data.");
  g_string_append (xml, "    </methods>\n");
}

/* The same for the same data at the same time, and otherwise another. */
static char *
chorus_darwin_core_metadata_make_id (const ChorusDarwinCoreDataset *dataset,
                                     const char                    *title)
{
  g_autofree char *created = g_date_time_format_iso8601 (dataset->created);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%" G_GUINT64_FORMAT "\n%" G_GUINT64_FORMAT, title, created,
                                           dataset->n_occurrences, dataset->n_recordings);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("chorus-%.32s", digest);
}

char *
chorus_darwin_core_metadata_write_dataset (const ChorusDarwinCoreDataset *dataset)
{
  GString *xml = g_string_new (CHORUS_DARWIN_CORE_DECLARATION);
  g_autofree char *title = chorus_package_options_dup_title (dataset->options, dataset->project);
  g_autofree char *id = chorus_darwin_core_metadata_make_id (dataset, title);
  g_autofree char *day = g_date_time_format (dataset->created, "%F");
  g_autofree char *stamp = g_date_time_format (dataset->created, "%FT%T%:z");

  g_string_append_printf (
    xml,
    "<eml:eml xmlns:eml=\"eml://ecoinformatics.org/eml-2.1.1\" "
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xsi:schemaLocation=\"eml://ecoinformatics.org/eml-2.1.1 "
    "http://rs.gbif.org/schema/eml-gbif-profile/1.1/eml.xsd\" "
    "packageId=\"%s\" system=\"http://gbif.org\" scope=\"system\" xml:lang=\"eng\">\n  <dataset>\n",
    id);
  chorus_darwin_core_metadata_add (xml, "    ", "alternateIdentifier", id);
  chorus_darwin_core_metadata_add (xml, "    ", "title", title);
  chorus_darwin_core_metadata_add_party (xml, "creator", dataset->options);
  chorus_darwin_core_metadata_add_party (xml, "metadataProvider", dataset->options);
  chorus_darwin_core_metadata_add (xml, "    ", "pubDate", day);
  chorus_darwin_core_metadata_add (xml, "    ", "language", "eng");
  chorus_darwin_core_metadata_add_abstract (xml, dataset);
  g_string_append (xml, "    <keywordSet>\n");
  chorus_darwin_core_metadata_add (xml, "      ", "keyword", "Occurrence");
  chorus_darwin_core_metadata_add (xml, "      ", "keywordThesaurus",
                                   "GBIF Dataset Type Vocabulary: http://rs.gbif.org/vocabulary/gbif/dataset_type.xml");
  g_string_append (xml, "    </keywordSet>\n");
  chorus_darwin_core_metadata_add_rights (xml, dataset->options->license);
  chorus_darwin_core_metadata_add_coverage (xml, dataset);
  chorus_darwin_core_metadata_add_party (xml, "contact", dataset->options);
  chorus_darwin_core_metadata_add_methods (xml, dataset);
  g_string_append (xml, "  </dataset>\n  <additionalMetadata>\n    <metadata>\n      <gbif>\n");
  chorus_darwin_core_metadata_add (xml, "        ", "dateStamp", stamp);
  chorus_darwin_core_metadata_add (xml, "        ", "hierarchyLevel", "dataset");
  g_string_append (xml, "      </gbif>\n    </metadata>\n  </additionalMetadata>\n</eml:eml>\n");

  return g_string_free (xml, FALSE);
}
