/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-format.h"

#include <glib/gi18n.h>

#include "chorus-audacity-writer.h"
#include "chorus-birdnet-writer.h"
#include "chorus-csv-writer.h"
#include "chorus-kaleidoscope-writer.h"
#include "chorus-raven-sequence-writer.h"
#include "chorus-raven-writer.h"

static const ChorusExportFormatInfo chorus_export_formats[] = {
  [CHORUS_EXPORT_CSV] = {
    .id = "csv",
    .name = N_("Table (CSV)"),
    .description = N_("All that is known of each detection, for R, Python and spreadsheets"),
    .extension = "csv",
    .is_text = TRUE,
    .new_writer = chorus_csv_writer_new,
  },
  [CHORUS_EXPORT_RAVEN] = {
    .id = "raven",
    .name = N_("Raven Selection Tables"),
    .description = N_("One for each recording, to open beside it in Raven"),
    .is_text = TRUE,
    .new_writer = chorus_raven_writer_new,
  },
  [CHORUS_EXPORT_RAVEN_SEQUENCE] = {
    .id = "raven-sequence",
    .name = N_("Raven Selection Table of a Sequence"),
    .description = N_("One for all recordings on this computer, to open as a sequence or as a sound selection table"),
    .extension = "txt",
    .is_text = TRUE,
    .new_writer = chorus_raven_sequence_writer_new,
  },
  [CHORUS_EXPORT_AUDACITY] = {
    .id = "audacity",
    .name = N_("Audacity Labels"),
    .description = N_("One for each recording, with frequencies, to import beside it in Audacity"),
    .is_text = TRUE,
    .new_writer = chorus_audacity_writer_new,
  },
  [CHORUS_EXPORT_BIRDNET] = {
    .id = "birdnet",
    .name = N_("BirdNET-Analyzer Table"),
    .description = N_("Detections as BirdNET-Analyzer writes them, for the scripts that read these"),
    .extension = "csv",
    .is_text = TRUE,
    .new_writer = chorus_birdnet_writer_new,
  },
  [CHORUS_EXPORT_KALEIDOSCOPE] = {
    .id = "kaleidoscope",
    .name = N_("Kaleidoscope Table"),
    .description = N_("Detections to open in Kaleidoscope, with what was confirmed as manual IDs"),
    .extension = "csv",
    .is_text = TRUE,
    .new_writer = chorus_kaleidoscope_writer_new,
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
