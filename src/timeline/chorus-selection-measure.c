/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-selection-measure.h"

#include <glib/gi18n.h>
#include <math.h>

/* What surrounds a selection, in parts of its length and in seconds. */
#define CHORUS_SELECTION_MEASURE_SURROUNDINGS 0.5
#define CHORUS_SELECTION_MEASURE_LEAST_SURROUNDINGS 0.1
#define CHORUS_SELECTION_MEASURE_MOST_SURROUNDINGS 2.0

/* Samples that are read at once. */
#define CHORUS_SELECTION_MEASURE_BLOCK 65536

typedef struct
{
  ChorusSampleSource *source;
  int channel;
  ChorusTimeSpan span;
  ChorusFrequencyBand band;
  ChorusStftParams params;
} ChorusSelectionMeasure;

static void
chorus_selection_measure_free (gpointer data)
{
  ChorusSelectionMeasure *self = data;

  g_object_unref (self->source);
  g_free (self);
}

static gboolean
chorus_selection_measure_push (ChorusSelectionMeasure  *self,
                               ChorusSelectionMeter    *meter,
                               ChorusSelectionPart      part,
                               guint64                  first,
                               guint64                  end,
                               float                   *samples,
                               GCancellable            *cancellable,
                               GError                 **error)
{
  for (guint64 frame = first; frame < end; frame += CHORUS_SELECTION_MEASURE_BLOCK)
    {
      gsize n = (gsize) MIN (end - frame, CHORUS_SELECTION_MEASURE_BLOCK);

      if (!chorus_sample_source_read_channel (self->source, self->channel, frame, n, samples, cancellable, error)
          || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      chorus_selection_meter_push (meter, part, samples, n);
    }

  return TRUE;
}

static guint64
chorus_selection_measure_get_frame (ChorusSelectionMeasure *self,
                                    double                  seconds)
{
  double n_frames = (double) chorus_sample_source_get_n_frames (self->source);

  return (guint64) CLAMP (round (seconds * chorus_sample_source_get_sample_rate (self->source)), 0.0, n_frames);
}

static void
chorus_selection_measure_thread (GTask        *task,
                                 gpointer      source_object,
                                 gpointer      task_data,
                                 GCancellable *cancellable)
{
  ChorusSelectionMeasure *self = task_data;
  double rate = chorus_sample_source_get_sample_rate (self->source);
  double around = CLAMP ((self->span.end - self->span.start) * CHORUS_SELECTION_MEASURE_SURROUNDINGS,
                         CHORUS_SELECTION_MEASURE_LEAST_SURROUNDINGS, CHORUS_SELECTION_MEASURE_MOST_SURROUNDINGS);
  guint64 begin = chorus_selection_measure_get_frame (self, self->span.start);
  guint64 end = chorus_selection_measure_get_frame (self, self->span.end);
  guint64 before = chorus_selection_measure_get_frame (self, self->span.start - around);
  guint64 after = chorus_selection_measure_get_frame (self, self->span.end + around);
  g_autofree float *samples = g_new (float, CHORUS_SELECTION_MEASURE_BLOCK);
  ChorusSelectionMeter *meter = chorus_selection_meter_new (&self->params, rate, self->band.low, self->band.high);
  GError *error = NULL;

  if (!meter)
    {
      g_task_return_new_error (task, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE, "%s",
                               _("There is not enough memory to measure the selection: select less, or close other "
                                  "programs."));
      return;
    }

  if (chorus_selection_measure_push (self, meter, CHORUS_SELECTION_BEFORE, before, begin, samples, cancellable, &error)
      && chorus_selection_measure_push (self, meter, CHORUS_SELECTION_INSIDE, begin, end, samples, cancellable, &error)
      && chorus_selection_measure_push (self, meter, CHORUS_SELECTION_AFTER, end, after, samples, cancellable, &error))
    {
      ChorusSelectionMeasurements *measurements = g_new0 (ChorusSelectionMeasurements, 1);

      chorus_selection_meter_finish (meter, measurements);
      g_task_return_pointer (task, measurements, g_free);
    }
  else
    g_task_return_error (task, error);
  chorus_selection_meter_free (meter);
}

void
chorus_selection_measure_async (ChorusSampleSource        *source,
                                int                        channel,
                                const ChorusTimeSpan      *span,
                                const ChorusFrequencyBand *band,
                                const ChorusStftParams    *params,
                                GCancellable              *cancellable,
                                GAsyncReadyCallback        callback,
                                gpointer                   user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusSelectionMeasure *self = NULL;
  double nyquist = 0.0;

  g_return_if_fail (CHORUS_IS_SAMPLE_SOURCE (source));
  g_return_if_fail (span != NULL);
  g_return_if_fail (params != NULL);

  nyquist = chorus_sample_source_get_sample_rate (source) / 2.0;
  self = g_new0 (ChorusSelectionMeasure, 1);
  self->source = g_object_ref (source);
  self->channel = channel < (int) chorus_sample_source_get_channels (source) ? channel : CHORUS_CHANNEL_MIX;
  self->span = *span;
  self->band = band ? *band : (ChorusFrequencyBand){ 0.0, nyquist };
  self->params = *params;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_selection_measure_async);
  g_task_set_task_data (task, self, chorus_selection_measure_free);
  g_task_run_in_thread (task, chorus_selection_measure_thread);
}

gboolean
chorus_selection_measure_finish (GAsyncResult                 *result,
                                 ChorusSelectionMeasurements  *measurements,
                                 GError                      **error)
{
  g_autofree ChorusSelectionMeasurements *measured = g_task_propagate_pointer (G_TASK (result), error);

  if (!measured)
    return FALSE;
  *measurements = *measured;

  return TRUE;
}

typedef struct
{
  GString *names;
  GString *values;
} ChorusSelectionTable;

static void
chorus_selection_table_add_text (ChorusSelectionTable *table,
                                 const char           *name,
                                 const char           *text)
{
  const char *separator = table->names->len > 0 ? "\t" : "";

  g_string_append_printf (table->names, "%s%s", separator, name);
  g_string_append_printf (table->values, "%s%s", separator, text);
}

static void
chorus_selection_table_add (ChorusSelectionTable *table,
                            const char           *name,
                            int                   decimals,
                            double                value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 16] = "";
  char format[] = "%.0f";

  format[2] = (char) ('0' + decimals);
  if (isfinite (value))
    g_ascii_formatd (text, sizeof text, format, value);
  chorus_selection_table_add_text (table, name, text);
}

/* A path is text of a table, and has to stay in its column. */
static char *
chorus_selection_table_dup_path (const char *path)
{
  char *text = g_filename_to_utf8 (path, -1, NULL, NULL, NULL);

  if (!text)
    text = g_filename_display_name (path);

  return g_strdelimit (text, "\t\r\n", ' ');
}

char *
chorus_selection_measure_to_table (const ChorusSelectionMeasurements *measurements,
                                   double                             begin,
                                   int                                channel,
                                   const char                        *path)
{
  const ChorusSelectionMeasurements *m = measurements;
  ChorusSelectionTable table = { g_string_new (NULL), g_string_new (NULL) };
  g_autofree char *shown = path ? chorus_selection_table_dup_path (path) : NULL;

  g_return_val_if_fail (measurements != NULL, NULL);

  chorus_selection_table_add (&table, "Selection", 0, 1);
  chorus_selection_table_add_text (&table, "View", "Spectrogram 1");
  chorus_selection_table_add (&table, "Channel", 0, MAX (channel, 0) + 1);
  chorus_selection_table_add (&table, "Begin Time (s)", 9, begin);
  chorus_selection_table_add (&table, "End Time (s)", 9, begin + m->duration);
  chorus_selection_table_add (&table, "Low Freq (Hz)", 3, m->low);
  chorus_selection_table_add (&table, "High Freq (Hz)", 3, m->high);
  chorus_selection_table_add_text (&table, "Begin Path", shown ? shown : "");
  chorus_selection_table_add (&table, "File Offset (s)", 9, begin);
  chorus_selection_table_add (&table, "Delta Time (s)", 6, m->duration);
  chorus_selection_table_add (&table, "Delta Freq (Hz)", 3, m->delta_frequency);
  chorus_selection_table_add (&table, "Peak Freq (Hz)", 3, m->peak_frequency);
  chorus_selection_table_add (&table, "Peak Time (s)", 6, begin + m->peak_time);
  chorus_selection_table_add (&table, "Center Freq (Hz)", 3, m->center_frequency);
  chorus_selection_table_add (&table, "Center Time (s)", 6, begin + m->center_time);
  chorus_selection_table_add (&table, "Freq 5% (Hz)", 3, m->frequency_5);
  chorus_selection_table_add (&table, "Freq 95% (Hz)", 3, m->frequency_95);
  chorus_selection_table_add (&table, "BW 90% (Hz)", 3, m->bandwidth_90);
  chorus_selection_table_add (&table, "Time 5% (s)", 6, begin + m->time_5);
  chorus_selection_table_add (&table, "Time 95% (s)", 6, begin + m->time_95);
  chorus_selection_table_add (&table, "Dur 90% (s)", 6, m->duration_90);
  chorus_selection_table_add (&table, "RMS Level (dBFS)", 2, m->rms_db);
  chorus_selection_table_add (&table, "Peak Level (dBFS)", 2, m->peak_db);
  chorus_selection_table_add (&table, "SEL (dBFS s)", 2, m->sel_db);
  chorus_selection_table_add (&table, "SNR (dB)", 2, m->snr_db);
  g_string_append_printf (table.names, "\n%s\n", table.values->str);
  g_string_free (table.values, TRUE);

  return g_string_free (table.names, FALSE);
}
