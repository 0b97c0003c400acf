/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-format.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-audacity-writer.h"
#include "chorus-birdnet-writer.h"
#include "chorus-camtrap-writer.h"
#include "chorus-clips-writer.h"
#include "chorus-csv-writer.h"
#include "chorus-darwin-core-writer.h"
#include "chorus-kaleidoscope-writer.h"
#include "chorus-raven-sequence-writer.h"
#include "chorus-raven-writer.h"
#include "chorus-segments-writer.h"
#include "chorus-summary-writer.h"

static ChorusExportWriter *
chorus_export_format_new_segments (const ChorusExportOptions *options)
{
  ChorusSegmentsOptions segments = { 0 };

  if (!isnan (options->padding))
    segments.padding = options->padding;

  return chorus_segments_writer_new (&segments);
}

static ChorusExportWriter *
chorus_export_format_new_clips (const ChorusExportOptions *options)
{
  ChorusClipsOptions clips = { .padding = options->padding };

  return chorus_clips_writer_new (isnan (options->padding) ? NULL : &clips);
}

static ChorusExportWriter *
chorus_export_format_new_darwin_core (const ChorusExportOptions *options)
{
  ChorusDarwinCoreOptions darwin_core = { .package = options->camtrap->package };

  return chorus_darwin_core_writer_new (&darwin_core);
}

static ChorusExportWriter *
chorus_export_format_new_camtrap (const ChorusExportOptions *options)
{
  return chorus_camtrap_writer_new (options->camtrap);
}

static ChorusExportWriter *
chorus_export_format_new_summary (const ChorusExportOptions *options)
{
  ChorusSummaryOptions summary = { .title = options->camtrap->package->title };

  return chorus_summary_writer_new (&summary);
}

static const ChorusExportFormatInfo chorus_export_formats[] = {
  [CHORUS_EXPORT_CSV] = {
    .id = "csv",
    .name = N_("Table (CSV)"),
    .description = N_("All that is known of each detection, for R, Python and spreadsheets"),
    .extension = "csv",
    .is_text = TRUE,
    .new_table = chorus_csv_writer_new,
  },
  [CHORUS_EXPORT_RAVEN] = {
    .id = "raven",
    .name = N_("Raven Selection Tables"),
    .description = N_("One for each recording, to open beside it in Raven"),
    .is_text = TRUE,
    .new_table = chorus_raven_writer_new,
  },
  [CHORUS_EXPORT_RAVEN_SEQUENCE] = {
    .id = "raven-sequence",
    .name = N_("Raven Selection Table of a Sequence"),
    .description = N_("One for all recordings on this computer, to open as a sequence or as a sound selection table"),
    .extension = "txt",
    .is_text = TRUE,
    .new_table = chorus_raven_sequence_writer_new,
  },
  [CHORUS_EXPORT_AUDACITY] = {
    .id = "audacity",
    .name = N_("Audacity Labels"),
    .description = N_("One for each recording, with frequencies, to import beside it in Audacity"),
    .is_text = TRUE,
    .new_table = chorus_audacity_writer_new,
  },
  [CHORUS_EXPORT_BIRDNET] = {
    .id = "birdnet",
    .name = N_("BirdNET-Analyzer Table"),
    .description = N_("Detections as BirdNET-Analyzer writes them, for the scripts that read these"),
    .extension = "csv",
    .is_text = TRUE,
    .new_table = chorus_birdnet_writer_new,
  },
  [CHORUS_EXPORT_KALEIDOSCOPE] = {
    .id = "kaleidoscope",
    .name = N_("Kaleidoscope Table"),
    .description = N_("Detections to open in Kaleidoscope, with what was confirmed as manual IDs"),
    .extension = "csv",
    .is_text = TRUE,
    .new_table = chorus_kaleidoscope_writer_new,
  },
  [CHORUS_EXPORT_SEGMENTS] = {
    .id = "segments",
    .name = N_("BirdNET-Analyzer Segments"),
    .description = N_("A clip of each detection, in folders by species and verdict, for its statistics and training"),
    .has_clips = TRUE,
    .new_writer = chorus_export_format_new_segments,
  },
  [CHORUS_EXPORT_CLIPS] = {
    .id = "clips",
    .name = N_("Clips (WAV)"),
    .description = N_("A clip of each detection, in folders by species, with the recording’s own samples"),
    .has_clips = TRUE,
    .new_writer = chorus_export_format_new_clips,
  },
  [CHORUS_EXPORT_DARWIN_CORE] = {
    .id = "darwin-core",
    .name = N_("Darwin Core Archive"),
    .description = N_("Occurrences, for GBIF and OBIS"),
    .extension = "zip",
    .is_package = TRUE,
    .new_writer = chorus_export_format_new_darwin_core,
  },
  [CHORUS_EXPORT_CAMTRAP] = {
    .id = "camtrap-dp",
    .name = N_("Camtrap DP"),
    .description = N_("Deployments, recordings and observations, in the acoustic profile"),
    .extension = "zip",
    .is_package = TRUE,
    .new_writer = chorus_export_format_new_camtrap,
  },
  [CHORUS_EXPORT_SUMMARY] = {
    .id = "summary",
    .name = N_("Summary (HTML)"),
    .description = N_("One page: effort, species, verdicts and activity, to read and to print"),
    .extension = "html",
    .new_writer = chorus_export_format_new_summary,
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (chorus_export_formats) == CHORUS_N_EXPORT_FORMATS);

const ChorusExportFormatInfo *
chorus_export_format_get_info (ChorusExportFormat format)
{
  g_return_val_if_fail ((guint) format < CHORUS_N_EXPORT_FORMATS, NULL);

  return &chorus_export_formats[format];
}

ChorusExportFormat
chorus_export_format_from_id (const char *id)
{
  for (guint i = 0; i < CHORUS_N_EXPORT_FORMATS; i++)
    {
      if (g_strcmp0 (id, chorus_export_formats[i].id) == 0)
        return (ChorusExportFormat) i;
    }

  return CHORUS_EXPORT_CSV;
}

ChorusExportWriter *
chorus_export_format_info_new_writer (const ChorusExportFormatInfo *info,
                                      const ChorusExportOptions    *options)
{
  g_autoptr (ChorusExportOptions) own = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  if (info->new_table)
    return info->new_table ();

  own = options ? chorus_export_options_copy (options) : chorus_export_options_new ();

  return info->new_writer (own);
}
