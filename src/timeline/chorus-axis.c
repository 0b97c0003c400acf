/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-axis.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"

#define SECONDS_A_DAY 86400.0
/* Longer than any recording; the largest that is shown, in seconds. */
#define MOST_SECONDS 1e9
/* A tick at midnight must not be rounded into the day before, in seconds. */
#define MIDNIGHT_TOLERANCE 0.001
/* Small ticks closer than this would be a gray band, in pixels. */
#define LEAST_MINOR_DISTANCE 5.0
/* Round numbers that say enough about an axis; where fewer of them fit, even steps are read more easily. */
#define LEAST_DECADE_LABELS 3
/* Decades below the top of an axis of which none could be told from the bottom. */
#define MOST_DECADES 6.0
/* More ticks than any screen has room for: bounds the work whatever the axis and the measure say. */
#define MOST_TICKS 4096.0

typedef struct
{
  double seconds;
  int n_minor;
} ChorusClockStep;

static const ChorusClockStep clock_steps[] = {
  { 10, 5 },  { 15, 3 },   { 30, 3 },   { 60, 6 },   { 120, 4 },   { 300, 5 },   { 600, 5 },
  { 900, 3 }, { 1800, 3 }, { 3600, 4 }, { 7200, 4 }, { 10800, 3 }, { 21600, 6 }, { 43200, 4 },
};

static void
chorus_tick_clear (gpointer data)
{
  ChorusTick *tick = data;

  g_clear_pointer (&tick->label, g_free);
}

double
chorus_axis_to_position (const ChorusAxis *axis,
                         double            value)
{
  double low = chorus_frequency_scale_forward (axis->scale, axis->low);
  double high = chorus_frequency_scale_forward (axis->scale, axis->high);
  double fraction = (chorus_frequency_scale_forward (axis->scale, value) - low) / (high - low);

  return axis->length * (axis->inverted ? 1.0 - fraction : fraction);
}

double
chorus_axis_to_value (const ChorusAxis *axis,
                      double            position)
{
  double low = chorus_frequency_scale_forward (axis->scale, axis->low);
  double high = chorus_frequency_scale_forward (axis->scale, axis->high);
  double fraction = axis->inverted ? 1.0 - position / axis->length : position / axis->length;

  return chorus_frequency_scale_backward (axis->scale, low + (high - low) * fraction);
}

/* The smallest of 1, 2 and 5 times a power of ten that is not below @least. */
static double
chorus_axis_decimal_step (double least)
{
  double power = pow (10.0, floor (log10 (least)));
  /* Rounding must not turn 0.2 into 0.5 because 0.2 / 0.1 is a little above 2. */
  double mantissa = least / power * (1.0 - 1e-9);

  if (mantissa <= 1.0)
    return power;
  if (mantissa <= 2.0)
    return 2.0 * power;
  if (mantissa <= 5.0)
    return 5.0 * power;

  return 10.0 * power;
}

double
chorus_axis_frequency_step (double least)
{
  return chorus_axis_decimal_step (MAX (least, 1e-6));
}

double
chorus_axis_time_step (double least)
{
  least = MAX (least, 1e-6);
  if (least <= 5.0)
    return chorus_axis_decimal_step (least);
  for (gsize i = 0; i < G_N_ELEMENTS (clock_steps); i++)
    {
      if (least <= clock_steps[i].seconds)
        return clock_steps[i].seconds;
    }

  return SECONDS_A_DAY * chorus_axis_decimal_step (MAX (least / SECONDS_A_DAY, 1.0));
}

/* How many parts a step of 1, 2 or 5 times a power of ten falls into without odd numbers. */
static int
chorus_axis_decimal_parts (double step)
{
  double mantissa = step / pow (10.0, floor (log10 (step * (1.0 + 1e-9))));

  return fabs (mantissa - 2.0) < 0.1 ? 4 : 5;
}

static int
chorus_axis_time_parts (double step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clock_steps); i++)
    {
      if (step == clock_steps[i].seconds)
        return clock_steps[i].n_minor;
    }

  return step < SECONDS_A_DAY ? chorus_axis_decimal_parts (step) : 4;
}

/* Decimals that tell two values apart that differ by @step. */
static int
chorus_axis_decimals (double step)
{
  if (!(step < 1.0))
    return 0;

  return CLAMP ((int) ceil (-log10 (MAX (step, 1e-9)) - 1e-9), 0, 6);
}

/* Seconds from midnight to the start of the recording. */
static double
chorus_axis_time_of_day (const ChorusRecordingTime *origin)
{
  GDateTime *time = NULL;

  if (!origin)
    return 0.0;
  time = chorus_recording_time_get_time (origin);

  return g_date_time_get_hour (time) * 3600.0 + g_date_time_get_minute (time) * 60.0 + g_date_time_get_seconds (time);
}

/* Midnights differ only by their day. */
static char *
chorus_axis_format_day (double                     seconds,
                        const ChorusRecordingTime *origin)
{
  g_autoptr (GDateTime) time =
    g_date_time_add_seconds (chorus_recording_time_get_time (origin), seconds + MIDNIGHT_TOLERANCE);
  g_autofree char *text = time ? g_date_time_format (time, _("%-d %b")) : NULL;

  return text ? g_steal_pointer (&text) : g_strdup ("–");
}

char *
chorus_axis_format_time (double                     seconds,
                         double                     step,
                         const ChorusRecordingTime *origin)
{
  int decimals = chorus_axis_decimals (step);
  double unit = pow (10.0, decimals);
  const char *sign = "";
  double total = 0.0;
  double rest = 0.0;
  gint64 hours = 0;
  gint64 minutes = 0;

  if (!isfinite (seconds) || fabs (seconds) > MOST_SECONDS)
    return g_strdup ("–");
  if (origin && step >= SECONDS_A_DAY)
    return chorus_axis_format_day (seconds, origin);

  /* Rounded before it is taken apart, or 59.9996 s would become 0:60.000. */
  total = round ((seconds + chorus_axis_time_of_day (origin)) * unit) / unit;
  if (origin)
    {
      total = fmod (total, SECONDS_A_DAY);
      if (total < 0)
        total += SECONDS_A_DAY;
    }
  else if (total < 0)
    {
      sign = "-";
      total = -total;
    }
  hours = (gint64) (total / 3600.0);
  minutes = (gint64) (total / 60.0) - hours * 60;
  rest = MAX (total - (double) hours * 3600.0 - (double) minutes * 60.0, 0.0);
  /* Down again what the subtraction left above, as in 59.9999999. */
  rest = MIN (round (rest * unit) / unit, 60.0 - 1.0 / unit);

  if (origin)
    return g_strdup_printf ("%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT ":%0*.*f", hours, minutes,
                            decimals ? decimals + 3 : 2, decimals, rest);
  if (hours)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT ":%0*.*f", sign, hours, minutes,
                            decimals ? decimals + 3 : 2, decimals, rest);

  return g_strdup_printf ("%s%" G_GINT64_FORMAT ":%0*.*f", sign, minutes, decimals ? decimals + 3 : 2, decimals, rest);
}

char *
chorus_axis_format_frequency (double hertz)
{
  if (!isfinite (hertz))
    return g_strdup ("–");
  if (fabs (hertz) < 999.5)
    return g_strdup_printf ("%.0f" CHORUS_NARROW_SPACE "%s", hertz, _("Hz"));

  return g_strdup_printf ("%.2f" CHORUS_NARROW_SPACE "%s", hertz / 1000.0, _("kHz"));
}

static gboolean
chorus_axis_is_drawable (const ChorusAxis *axis)
{
  return isfinite (axis->low) && isfinite (axis->high) && axis->high > axis->low && axis->length > 0
         && (axis->scale != CHORUS_FREQUENCY_SCALE_LOGARITHMIC || axis->low > 0.0);
}

const char *
chorus_axis_frequency_unit (const ChorusAxis *axis)
{
  return axis->high >= 1000.0 ? _("kHz") : _("Hz");
}

static void
chorus_axis_append_tick (GArray           *ticks,
                         const ChorusAxis *axis,
                         double            value,
                         char             *label)
{
  ChorusTick tick = { value, chorus_axis_to_position (axis, value), label };

  g_array_append_val (ticks, tick);
}

/* The least distance of two values that differ by @step, which is that at one of the ends, in pixels. */
static double
chorus_axis_get_distance (const ChorusAxis *axis,
                          double            step)
{
  if (axis->scale == CHORUS_FREQUENCY_SCALE_LINEAR)
    return step / (axis->high - axis->low) * axis->length;

  return MIN (fabs (chorus_axis_to_position (axis, axis->low + step) - chorus_axis_to_position (axis, axis->low)),
              fabs (chorus_axis_to_position (axis, axis->high)
                    - chorus_axis_to_position (axis, MAX (axis->high - step, 0.0))));
}

/* Puts a labeled tick at every multiple of @step of value + @offset, and @n_parts - 1 small ones between. */
static GArray *
chorus_axis_place_ticks (const ChorusAxis *axis,
                         double step,
                         int n_parts,
                         double offset,
                         char *(*format) (double value, double step, gconstpointer data),
                         gconstpointer data)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (ChorusTick));
  double minor = step / n_parts;
  gint64 first = 0;
  gint64 last = 0;

  g_array_set_clear_func (ticks, chorus_tick_clear);
  if (chorus_axis_get_distance (axis, minor) < LEAST_MINOR_DISTANCE)
    {
      minor = step;
      n_parts = 1;
    }
  if (!((axis->high - axis->low) / minor < MOST_TICKS))
    return ticks;

  first = (gint64) ceil ((axis->low + offset) / minor - 1e-6);
  last = (gint64) floor ((axis->high + offset) / minor + 1e-6);
  for (gint64 i = first; i <= last; i++)
    {
      double value = (double) i * minor - offset;

      chorus_axis_append_tick (ticks, axis, value, i % n_parts == 0 ? format (value, step, data) : NULL);
    }

  return ticks;
}

/* Whether the longest label, which is that of one of the ends, fits into one step. */
static gboolean
chorus_axis_step_fits (const ChorusAxis *axis,
                       double step,
                       char *(*format) (double value, double step, gconstpointer data),
                       gconstpointer data,
                       ChorusAxisMeasure measure,
                       gpointer user_data)
{
  double room = chorus_axis_get_distance (axis, step);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (room < LEAST_MINOR_DISTANCE)
    return FALSE;
  first = format (floor (axis->low / step) * step, step, data);
  last = format (ceil (axis->high / step) * step, step, data);

  return measure (first, user_data) <= room && measure (last, user_data) <= room;
}

static char *
chorus_axis_format_time_tick (double        value,
                              double        step,
                              gconstpointer data)
{
  return chorus_axis_format_time (value, step, data);
}

GArray *
chorus_axis_time_ticks (const ChorusAxis          *axis,
                        const ChorusRecordingTime *origin,
                        ChorusAxisMeasure          measure,
                        gpointer                   user_data)
{
  double step = 0.0;

  g_return_val_if_fail (axis && measure, NULL);

  if (!chorus_axis_is_drawable (axis))
    return g_array_new (FALSE, FALSE, sizeof (ChorusTick));

  step = chorus_axis_time_step ((axis->high - axis->low) / axis->length * LEAST_MINOR_DISTANCE);
  while (step < axis->high - axis->low
         && !chorus_axis_step_fits (axis, step, chorus_axis_format_time_tick, origin, measure, user_data))
    step = chorus_axis_time_step (step * 1.01);

  return chorus_axis_place_ticks (axis, step, chorus_axis_time_parts (step), chorus_axis_time_of_day (origin),
                                  chorus_axis_format_time_tick, origin);
}

/* @data says whether the axis is labeled in kHz. */
static char *
chorus_axis_format_frequency_tick (double        value,
                                   double        step,
                                   gconstpointer data)
{
  double scale = *(const double *) data;

  return g_strdup_printf ("%.*f", chorus_axis_decimals (step / scale), value / scale);
}

/* Whether @tick has the room that its label needs beside the labels of @ticks. */
static gboolean
chorus_axis_label_fits (const GArray      *ticks,
                        const ChorusTick  *tick,
                        ChorusAxisMeasure  measure,
                        gpointer           user_data)
{
  double length = measure (tick->label, user_data);

  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *other = &g_array_index (ticks, ChorusTick, i);

      if (other->label && fabs (other->position - tick->position) < (measure (other->label, user_data) + length) / 2.0)
        return FALSE;
    }

  return TRUE;
}

/* Appends a tick at @digit times 10 to the power of @exponent, with a label where there is room. Returns whether it has
 * one; a tick without one is kept where @minor. */
static gboolean
chorus_axis_append_decimal (const ChorusAxis  *axis,
                            GArray            *ticks,
                            int                digit,
                            int                exponent,
                            gboolean           minor,
                            ChorusAxisMeasure  measure,
                            gpointer           user_data)
{
  double unit = pow (10.0, exponent);
  double scale = axis->high >= 1000.0 ? 1000.0 : 1.0;
  ChorusTick tick = { .value = digit * unit };

  if (tick.value < axis->low * (1.0 - 1e-9) || tick.value > axis->high * (1.0 + 1e-9))
    return FALSE;
  tick.position = chorus_axis_to_position (axis, tick.value);
  if (!minor)
    {
      tick.label = digit ? chorus_axis_format_frequency_tick (tick.value, unit, &scale) : g_strdup ("0");
      if (!chorus_axis_label_fits (ticks, &tick, measure, user_data))
        {
          g_clear_pointer (&tick.label, g_free);
          return FALSE;
        }
    }
  g_array_append_val (ticks, tick);

  return !minor;
}

/* Whether the small ticks of the decade from 10 to the power of @exponent can be told apart. */
static gboolean
chorus_axis_has_small_ticks (const ChorusAxis *axis,
                             int               exponent)
{
  double unit = pow (10.0, exponent);
  double first = chorus_axis_to_position (axis, 2.0 * unit) - chorus_axis_to_position (axis, unit);
  double last = chorus_axis_to_position (axis, 10.0 * unit) - chorus_axis_to_position (axis, 9.0 * unit);

  return MIN (fabs (first), fabs (last)) >= LEAST_MINOR_DISTANCE;
}

static int
chorus_tick_compare (gconstpointer a,
                     gconstpointer b)
{
  const ChorusTick *first = a;
  const ChorusTick *second = b;

  return (first->value > second->value) - (first->value < second->value);
}

/* Labels 0 and the powers of ten first, then what fits between them. Returns NULL where that is too little. */
static GArray *
chorus_axis_decade_ticks (const ChorusAxis  *axis,
                          ChorusAxisMeasure  measure,
                          gpointer           user_data)
{
  static const int digits[] = { 1, 5, 2 };
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (ChorusTick));
  int top = (int) floor (log10 (axis->high) + 1e-9);
  int bottom = (int) floor (MAX (log10 (MAX (axis->low, 1e-9)), top - MOST_DECADES));
  guint n_labels = 0;

  g_array_set_clear_func (ticks, chorus_tick_clear);
  if (axis->low <= 0.0)
    n_labels += chorus_axis_append_decimal (axis, ticks, 0, 0, FALSE, measure, user_data);
  for (gsize i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      for (int exponent = top; exponent >= bottom; exponent--)
        n_labels += chorus_axis_append_decimal (axis, ticks, digits[i], exponent, FALSE, measure, user_data);
    }
  if (n_labels < LEAST_DECADE_LABELS)
    return NULL;

  n_labels = ticks->len;
  for (int exponent = top; exponent >= bottom; exponent--)
    {
      for (int digit = 1; digit < 10 && chorus_axis_has_small_ticks (axis, exponent); digit++)
        {
          gboolean labeled = FALSE;

          for (guint i = 0; i < n_labels && !labeled; i++)
            labeled = fabs (g_array_index (ticks, ChorusTick, i).value / (digit * pow (10.0, exponent)) - 1.0) < 1e-9;
          if (!labeled)
            chorus_axis_append_decimal (axis, ticks, digit, exponent, TRUE, measure, user_data);
        }
    }
  g_array_sort (ticks, chorus_tick_compare);

  return g_steal_pointer (&ticks);
}

GArray *
chorus_axis_frequency_ticks (const ChorusAxis  *axis,
                             ChorusAxisMeasure  measure,
                             gpointer           user_data)
{
  GArray *decades = NULL;
  double step = 0.0;
  double scale = 1.0;

  g_return_val_if_fail (axis && measure, NULL);

  if (!chorus_axis_is_drawable (axis))
    return g_array_new (FALSE, FALSE, sizeof (ChorusTick));
  if (axis->scale != CHORUS_FREQUENCY_SCALE_LINEAR && (decades = chorus_axis_decade_ticks (axis, measure, user_data)))
    return decades;

  scale = axis->high >= 1000.0 ? 1000.0 : 1.0;
  step = chorus_axis_frequency_step ((axis->high - axis->low) / axis->length * LEAST_MINOR_DISTANCE);
  while (step < axis->high - axis->low
         && !chorus_axis_step_fits (axis, step, chorus_axis_format_frequency_tick, &scale, measure, user_data))
    step = chorus_axis_frequency_step (step * 1.01);

  return chorus_axis_place_ticks (axis, step, chorus_axis_decimal_parts (step), 0.0, chorus_axis_format_frequency_tick,
                                  &scale);
}
