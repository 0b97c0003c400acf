/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-summary-chart.h"

#include <math.h>

#include <glib/gi18n.h>

#include "chorus-package-text.h"

/* In the units of the drawings. */
#define CHORUS_CHART_WIDTH 720.0
#define CHORUS_CHART_LEFT 44.0
#define CHORUS_CHART_TOP 8.0
#define CHORUS_CHART_BARS 150.0 /* the height of the bars of detections */
#define CHORUS_CHART_GAP 20.0   /* where the hours stand */
#define CHORUS_CHART_EFFORT 22.0
#define CHORUS_CHART_HEIGHT (CHORUS_CHART_TOP + CHORUS_CHART_BARS + CHORUS_CHART_GAP + CHORUS_CHART_EFFORT + 4.0)

#define CHORUS_CHART_SMALL_WIDTH 96.0
#define CHORUS_CHART_SMALL_HEIGHT 18.0

static const char *const chorus_summary_chart_classes[CHORUS_SUMMARY_VERDICTS] = {
  [CHORUS_VERDICT_NONE] = "none",
  [CHORUS_VERDICT_CONFIRMED] = "confirmed",
  [CHORUS_VERDICT_REJECTED] = "rejected",
  [CHORUS_VERDICT_UNCERTAIN] = "uncertain",
};

/* An attribute, with a space before it. */
static void
chorus_summary_chart_append_number (GString    *html,
                                    const char *attribute,
                                    double      value)
{
  g_string_append_printf (html, " %s=\"", attribute);
  chorus_package_text_append_number (html, value, 2);
  g_string_append_c (html, '"');
}

static void
chorus_summary_chart_append_bar (GString    *html,
                                 const char *class,
                                 double      x,
                                 double      y,
                                 double      width,
                                 double      height)
{
  if (!(width > 0.0) || !(height > 0.0))
    return;

  g_string_append_printf (html, "<rect class=\"%s\"", class);
  chorus_summary_chart_append_number (html, "x", x);
  chorus_summary_chart_append_number (html, "y", y);
  chorus_summary_chart_append_number (html, "width", width);
  chorus_summary_chart_append_number (html, "height", height);
  g_string_append (html, "/>");
}

static void
chorus_summary_chart_append_label (GString    *html,
                                   const char *anchor,
                                   double      x,
                                   double      y,
                                   const char *label)
{
  g_string_append_printf (html, "<text text-anchor=\"%s\"", anchor);
  chorus_summary_chart_append_number (html, "x", x);
  chorus_summary_chart_append_number (html, "y", y);
  g_string_append_c (html, '>');
  chorus_package_text_append_xml (html, label);
  g_string_append (html, "</text>");
}

static void
chorus_summary_chart_append_line (GString *html,
                                  double   y)
{
  g_string_append (html, "<line class=\"rule\"");
  chorus_summary_chart_append_number (html, "x1", CHORUS_CHART_LEFT);
  chorus_summary_chart_append_number (html, "x2", CHORUS_CHART_WIDTH);
  chorus_summary_chart_append_number (html, "y1", y);
  chorus_summary_chart_append_number (html, "y2", y);
  g_string_append (html, "/>");
}

/* The least of 1, 2 and 5 times a power of ten that is not below @value: where an axis ends. */
static double
chorus_summary_chart_round_up (double value)
{
  static const double steps[] = { 1.0, 2.0, 5.0, 10.0 };
  double power = pow (10.0, floor (log10 (MAX (value, 1.0))));

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * power >= value)
      return steps[i] * power;

  return value;
}

/* What a pointer that rests on an hour is told. */
static void
chorus_summary_chart_append_hour_title (GString             *html,
                                        const ChorusSummary *summary,
                                        guint                hour)
{
  g_autofree char *detections =
    g_strdup_printf (ngettext ("%'u detection", "%'u detections", summary->hours[hour]), summary->hours[hour]);
  /* Translators: an hour of the day, "5 detections", how many of them are confirmed, and how many hours were recorded */
  g_autofree char *title = g_strdup_printf (_("%02u:00 to %02u:00: %s, %'u confirmed, in %.1f h of recordings"), hour,
                                            (hour + 1) % CHORUS_SUMMARY_HOURS, detections,
                                            summary->confirmed_hours[hour], summary->recorded_hours[hour] / 3600.0);

  g_string_append (html, "<title>");
  chorus_package_text_append_xml (html, title);
  g_string_append (html, "</title>");
}

static void
chorus_summary_chart_append_hour (GString             *html,
                                  const ChorusSummary *summary,
                                  guint                hour,
                                  double               most,
                                  double               longest)
{
  double step = (CHORUS_CHART_WIDTH - CHORUS_CHART_LEFT) / CHORUS_SUMMARY_HOURS;
  double x = CHORUS_CHART_LEFT + hour * step;
  double bottom = CHORUS_CHART_TOP + CHORUS_CHART_BARS;
  double all = CHORUS_CHART_BARS * summary->hours[hour] / most;
  double confirmed = CHORUS_CHART_BARS * summary->confirmed_hours[hour] / most;

  g_string_append (html, "<g>");
  chorus_summary_chart_append_hour_title (html, summary, hour);
  /* All of the column can be pointed at. */
  chorus_summary_chart_append_bar (html, "field", x, CHORUS_CHART_TOP, step, CHORUS_CHART_HEIGHT - CHORUS_CHART_TOP);
  chorus_summary_chart_append_bar (html, "none", x + 2.0, bottom - all, step - 4.0, all - confirmed);
  chorus_summary_chart_append_bar (html, "confirmed", x + 2.0, bottom - confirmed, step - 4.0, confirmed);
  if (longest > 0.0)
    chorus_summary_chart_append_bar (html, "effort", x + 2.0, bottom + CHORUS_CHART_GAP, step - 4.0,
                                     CHORUS_CHART_EFFORT * summary->recorded_hours[hour] / longest);
  g_string_append (html, "</g>");
}

void
chorus_summary_chart_append_activity (GString             *html,
                                      const ChorusSummary *summary)
{
  double bottom = CHORUS_CHART_TOP + CHORUS_CHART_BARS;
  double step = (CHORUS_CHART_WIDTH - CHORUS_CHART_LEFT) / CHORUS_SUMMARY_HOURS;
  double most = 1.0;
  double longest = 0.0;

  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    {
      most = MAX (most, summary->hours[i]);
      longest = MAX (longest, summary->recorded_hours[i]);
    }
  most = chorus_summary_chart_round_up (most);

  g_string_append_printf (html, "<svg class=\"activity\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"chart\">",
                          (int) CHORUS_CHART_WIDTH, (int) ceil (CHORUS_CHART_HEIGHT));
  g_string_append (html, "<title id=\"chart\">");
  chorus_package_text_append_xml (html, _("Detections by hour of the day, over how much was recorded in each hour"));
  g_string_append (html, "</title>\n");
  if (longest > 0.0)
    {
      /* Translators: a length of time in hours */
      g_autofree char *label = g_strdup_printf (_("%.1f\u202fh"), longest / 3600.0);

      chorus_summary_chart_append_label (html, "end", CHORUS_CHART_LEFT - 6.0,
                                         bottom + CHORUS_CHART_GAP + CHORUS_CHART_EFFORT, label);
    }
  for (guint i = 0; i <= 2; i++)
    {
      double y = bottom - CHORUS_CHART_BARS * i / 2.0;
      g_autofree char *label = g_strdup_printf ("%'g", most * i / 2.0);

      chorus_summary_chart_append_line (html, y);
      chorus_summary_chart_append_label (html, "end", CHORUS_CHART_LEFT - 6.0, y + 4.0, label);
    }
  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    chorus_summary_chart_append_hour (html, summary, i, most, longest);
  for (guint i = 0; i <= CHORUS_SUMMARY_HOURS; i += 3)
    {
      g_autofree char *label = g_strdup_printf ("%02u", i);

      chorus_summary_chart_append_label (html,
                                         i == CHORUS_SUMMARY_HOURS ? "end"
                                         : i == 0                  ? "start"
                                                                   : "middle",
                                         CHORUS_CHART_LEFT + i * step, bottom + 15.0, label);
    }
  g_string_append (html, "</svg>\n");
}

void
chorus_summary_chart_append_hours (GString                    *html,
                                   const ChorusSummarySpecies *species)
{
  double step = CHORUS_CHART_SMALL_WIDTH / CHORUS_SUMMARY_HOURS;
  guint most = 0;
  guint peak = 0;
  g_autofree char *label = NULL;

  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    if (species->hours[i] > most)
      {
        most = species->hours[i];
        peak = i;
      }
  if (most == 0)
    return;

  label = g_strdup_printf (_("Most between %02u:00 and %02u:00"), peak, (peak + 1) % CHORUS_SUMMARY_HOURS);
  g_string_append_printf (html, "<svg class=\"small\" viewBox=\"0 0 %d %d\" role=\"img\"><title>",
                          (int) CHORUS_CHART_SMALL_WIDTH, (int) CHORUS_CHART_SMALL_HEIGHT);
  chorus_package_text_append_xml (html, label);
  g_string_append (html, "</title>");
  chorus_summary_chart_append_bar (html, "track", 0.0, CHORUS_CHART_SMALL_HEIGHT - 1.0, CHORUS_CHART_SMALL_WIDTH, 1.0);
  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    {
      double height = CHORUS_CHART_SMALL_HEIGHT * species->hours[i] / most;

      /* What is there can be seen, however little. */
      if (height > 0.0)
        height = MAX (height, 1.0);
      chorus_summary_chart_append_bar (html, "confirmed", i * step + 0.5, CHORUS_CHART_SMALL_HEIGHT - height,
                                       step - 1.0, height);
    }
  g_string_append (html, "</svg>");
}

void
chorus_summary_chart_append_interval (GString *html,
                                      double   value,
                                      double   low,
                                      double   high)
{
  double middle = CHORUS_CHART_SMALL_HEIGHT / 2.0;

  g_string_append_printf (html, "<svg class=\"small\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">",
                          (int) CHORUS_CHART_SMALL_WIDTH, (int) CHORUS_CHART_SMALL_HEIGHT);
  chorus_summary_chart_append_bar (html, "track", 0.0, middle - 0.5, CHORUS_CHART_SMALL_WIDTH, 1.0);
  chorus_summary_chart_append_bar (html, "interval", low * CHORUS_CHART_SMALL_WIDTH, middle - 2.5,
                                   (high - low) * CHORUS_CHART_SMALL_WIDTH, 5.0);
  chorus_summary_chart_append_bar (html, "confirmed",
                                   CLAMP (value * CHORUS_CHART_SMALL_WIDTH - 1.5, 0.0, CHORUS_CHART_SMALL_WIDTH - 3.0),
                                   middle - 6.0, 3.0, 12.0);
  g_string_append (html, "</svg>");
}

void
chorus_summary_chart_append_verdicts (GString                   *html,
                                      const ChorusSummaryCounts *counts)
{
  static const ChorusVerdict order[] = { CHORUS_VERDICT_CONFIRMED, CHORUS_VERDICT_UNCERTAIN, CHORUS_VERDICT_REJECTED,
                                         CHORUS_VERDICT_NONE };
  double x = 0.0;

  /* The list beside it says the same in words. */
  g_string_append_printf (html,
                          "<svg class=\"verdicts\" viewBox=\"0 0 %d 16\" preserveAspectRatio=\"none\" "
                          "aria-hidden=\"true\">",
                          (int) CHORUS_CHART_WIDTH);
  chorus_summary_chart_append_bar (html, "none", 0.0, 0.0, CHORUS_CHART_WIDTH, 16.0);
  for (gsize i = 0; i < G_N_ELEMENTS (order) && counts->n > 0; i++)
    {
      double width = CHORUS_CHART_WIDTH * counts->by_verdict[order[i]] / counts->n;

      chorus_summary_chart_append_bar (html, chorus_summary_chart_classes[order[i]], x, 0.0, width, 16.0);
      x += width;
    }
  g_string_append (html, "</svg>\n");
}
