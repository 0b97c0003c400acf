/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-raven-table.h"

#include <math.h>

/* Digits after the point: of seconds, of Hz, and of confidences. A table of a sequence counts up to a year, and a double
 * has sixteen digits. */
#define CHORUS_RAVEN_TIME_DECIMALS 6
#define CHORUS_RAVEN_FREQUENCY_DECIMALS 3
#define CHORUS_RAVEN_CONFIDENCE_DECIMALS 6

/* Hz; where nothing is known at all, what BirdNET-Analyzer writes. */
#define CHORUS_RAVEN_TOP 15000.0

void
chorus_raven_table_add (ChorusTableFile             *table,
                        guint                        selection,
                        double                       offset,
                        const ChorusResult          *result,
                        const ChorusResultDetection *detection)
{
  const char *scientific_name = chorus_result_detection_get_scientific_name (detection);
  const char *common_name = chorus_result_detection_get_common_name (detection);
  const gboolean has_band = !isnan (detection->low) && !isnan (detection->high);
  const double top = result->sample_rate > 0 ? result->sample_rate / 2 : CHORUS_RAVEN_TOP;

  g_return_if_fail (table != NULL);

  chorus_table_file_add_number (table, selection, 0);
  chorus_table_file_add_text (table, "Spectrogram 1");
  chorus_table_file_add_number (table, 1, 0);
  chorus_table_file_add_number (table, offset + detection->start, CHORUS_RAVEN_TIME_DECIMALS);
  chorus_table_file_add_number (table, offset + detection->end, CHORUS_RAVEN_TIME_DECIMALS);
  chorus_table_file_add_number (table, has_band ? detection->low : 0, CHORUS_RAVEN_FREQUENCY_DECIMALS);
  chorus_table_file_add_number (table, has_band ? detection->high : top, CHORUS_RAVEN_FREQUENCY_DECIMALS);
  chorus_table_file_add_text (table, result->name);
  chorus_table_file_add_number (table, detection->start, CHORUS_RAVEN_TIME_DECIMALS);
  chorus_table_file_add_text (table, common_name && *common_name ? common_name : scientific_name);
  chorus_table_file_add_text (table, scientific_name);
  chorus_table_file_add_text (table, common_name);
  chorus_table_file_add_number (table, detection->confidence, CHORUS_RAVEN_CONFIDENCE_DECIMALS);
  chorus_table_file_add_text (table, detection->verdict == CHORUS_VERDICT_NONE
                                       ? NULL
                                       : chorus_verdict_to_text (detection->verdict));
  chorus_table_file_add_text (table, detection->reviewer);
  chorus_table_file_add_text (table, detection->note);
  chorus_table_file_add_text (table, has_band ? NULL : CHORUS_RAVEN_NO_BAND);
}
