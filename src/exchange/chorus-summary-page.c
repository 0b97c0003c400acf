/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-summary-page.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chorus-package-text.h"
#include "chorus-summary-chart.h"

static const char chorus_summary_page_style[] =
  ":root{color-scheme:light dark;--page:#fafafb;--card:#fff;--text:#1d1d20;--dim:#5e5c64;--line:#deddda;--soft:#eceaf0;"
  "--confirmed:#1a7f5a;--none:#a8b4c4;--uncertain:#b7791f;--rejected:#b3413b;--effort:#8f8aa0}\n"
  "@media(prefers-color-scheme:dark){:root{--page:#1e1e22;--card:#29292e;--text:#f4f4f6;--dim:#b4b2bb;--line:#3f3f46;"
  "--soft:#35353c;--confirmed:#57d6a4;--none:#65738a;--uncertain:#e5b45c;--rejected:#f08a80;--effort:#8f8aa0}}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 Cantarell,system-ui,sans-serif}\n"
  "main{max-width:62rem;margin:0 auto;padding:2.5rem 1.25rem 3rem}\n"
  "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem;overflow-wrap:anywhere}\n"
  "h2{font-size:1.15rem;margin:2.25rem 0 .75rem}\n"
  "p{margin:.4rem 0}.dim{color:var(--dim)}\n"
  ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.5rem 0 0;padding:0}\n"
  ".cards div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.8rem 1rem}\n"
  ".cards dt{color:var(--dim);font-size:.85rem}\n"
  ".cards dd{margin:0;font-size:1.6rem;font-weight:700;line-height:1.25}\n"
  ".cards dd small{display:block;font-size:.8rem;font-weight:400;color:var(--dim)}\n"
  ".panel{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem;overflow-x:auto}\n"
  "svg{display:block}svg text{fill:var(--dim);font-size:11px}\n"
  "svg .rule{stroke:var(--line)}svg .field{fill:transparent}svg g:hover .field{fill:var(--soft)}\n"
  "svg .confirmed{fill:var(--confirmed)}svg .none{fill:var(--none)}svg .uncertain{fill:var(--uncertain)}\n"
  "svg .rejected{fill:var(--rejected)}svg .effort{fill:var(--effort)}svg .track{fill:var(--line)}\n"
  "svg .interval{fill:var(--none)}\n"
  ".activity{width:100%;min-width:34rem;height:auto}.small{width:96px;height:18px}\n"
  ".verdicts{width:100%;height:16px;border-radius:8px;overflow:hidden}\n"
  ".legend{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;list-style:none;margin:.75rem 0 0;padding:0}\n"
  ".legend li::before{content:\"\";display:inline-block;width:.7rem;height:.7rem;border-radius:3px;margin-right:.45rem;"
  "background:var(--swatch)}\n"
  "table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--dim);padding-bottom:.5rem}\n"
  "th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:middle}\n"
  "thead th{color:var(--dim);font-weight:600;font-size:.85rem}tbody th{font-weight:400;overflow-wrap:anywhere}"
  "table.names tbody th{min-width:11rem}\n"
  "tbody tr:last-child>*{border-bottom:0}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
  "tbody th i{display:block;color:var(--dim)}tbody th b{font-weight:600}\n"
  "details{margin-top:.75rem}summary{color:var(--dim);cursor:pointer}\n"
  "footer{margin-top:2.5rem;color:var(--dim);font-size:.85rem}\n"
  "@media print{body{background:none;font-size:11.5px;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
  "main{padding:0;max-width:none}h2{break-after:avoid;margin-top:1.5rem}tr,.cards div{break-inside:avoid}"
  "td,th{padding:.25rem .5rem .25rem 0}.cards{grid-template-columns:repeat(5,1fr)}"
  ".panel{overflow:visible}.activity{min-width:0}details{display:none}}\n";

static void
chorus_summary_page_add_text (GString    *html,
                              const char *open,
                              const char *text,
                              const char *close)
{
  g_string_append (html, open);
  chorus_package_text_append_xml (html, text);
  g_string_append (html, close);
}

static void
chorus_summary_page_add_count (GString    *html,
                               const char *open,
                               guint       n,
                               const char *close)
{
  g_autofree char *text = g_strdup_printf ("%'u", n);

  chorus_summary_page_add_text (html, open, text, close);
}

static void
chorus_summary_page_add_hours (GString    *html,
                               const char *open,
                               double      seconds,
                               const char *close)
{
  /* Translators: a length of time in hours */
  g_autofree char *text =
    g_strdup_printf (seconds < 360000.0 ? _("%.1f\u202fh") : _("%'.0f\u202fh"), seconds / 3600.0);

  chorus_summary_page_add_text (html, open, text, close);
}

static char *
chorus_summary_page_make_dates (GDateTime *first,
                                GDateTime *last)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!first)
    return g_strdup ("–");

  /* Translators: a day, as g_date_time_format() has it */
  from = g_date_time_format (first, _("%-d %b %Y"));
  to = g_date_time_format (last, _("%-d %b %Y"));
  if (g_str_equal (from, to))
    return g_steal_pointer (&from);

  return g_strdup_printf ("%s – %s", from, to);
}

static char *
chorus_summary_page_make_percent (guint part,
                                  guint whole)
{
  /* Translators: a percentage */
  return whole > 0 ? g_strdup_printf (_("%.0f\u202f%%"), 100.0 * part / whole) : g_strdup ("–");
}

static void
chorus_summary_page_add_card (GString    *html,
                              const char *term,
                              const char *value,
                              const char *detail)
{
  chorus_summary_page_add_text (html, "<div><dt>", term, "</dt>");
  chorus_summary_page_add_text (html, "<dd>", value, "");
  if (detail)
    chorus_summary_page_add_text (html, "<small>", detail, "</small>");
  g_string_append (html, "</dd></div>\n");
}

static guint
chorus_summary_page_count_confirmed (GPtrArray *species)
{
  guint n = 0;

  for (guint i = 0; i < species->len; i++)
    n +=
      ((const ChorusSummarySpecies *) g_ptr_array_index (species, i))->counts.by_verdict[CHORUS_VERDICT_CONFIRMED] > 0;

  return n;
}

static void
chorus_summary_page_add_cards (GString             *html,
                               const ChorusSummary *summary,
                               GPtrArray           *species)
{
  guint n_confirmed = chorus_summary_page_count_confirmed (species);
  guint n_reviewed = summary->counts.n - summary->counts.by_verdict[CHORUS_VERDICT_NONE];
  g_autofree char *recordings = g_strdup_printf ("%'u", summary->n_recordings);
  g_autofree char *analyzed = g_strdup_printf (_("%'u analyzed"), summary->n_analyzed);
  g_autofree char *deployments =
    g_strdup_printf (ngettext ("at %'u deployment", "at %'u deployments", summary->deployments->len),
                     summary->deployments->len);
  g_autofree char *found = g_strdup_printf ("%'u", species->len);
  g_autofree char *confirmed = g_strdup_printf (_("%'u confirmed"), n_confirmed);
  g_autofree char *detections = g_strdup_printf ("%'u", summary->counts.n);
  g_autofree char *rejected = g_strdup_printf (_("%'u rejected"), summary->counts.by_verdict[CHORUS_VERDICT_REJECTED]);
  g_autofree char *reviewed = chorus_summary_page_make_percent (n_reviewed, summary->counts.n);
  g_autofree char *of = g_strdup_printf (_("%'u of %'u"), n_reviewed, summary->counts.n);
  g_autoptr (GString) hours = g_string_new (NULL);

  chorus_summary_page_add_hours (hours, "", summary->seconds, "");
  g_string_append (html, "<dl class=\"cards\">\n");
  chorus_summary_page_add_card (html, _("Recordings"), recordings, analyzed);
  chorus_summary_page_add_card (html, _("Recorded"), hours->str, deployments);
  chorus_summary_page_add_card (html, _("Species"), found, confirmed);
  chorus_summary_page_add_card (html, _("Detections"), detections, rejected);
  chorus_summary_page_add_card (html, _("Reviewed"), reviewed, of);
  g_string_append (html, "</dl>\n");
}

static void
chorus_summary_page_add_verdict (GString    *html,
                                 const char *color,
                                 const char *name,
                                 guint       n,
                                 guint       whole)
{
  g_autofree char *percent = chorus_summary_page_make_percent (n, whole);
  g_autofree char *text = g_strdup_printf ("%s: %'u (%s)", name, n, percent);

  g_string_append_printf (html, "<li style=\"--swatch:var(--%s)\">", color);
  chorus_summary_page_add_text (html, "", text, "</li>\n");
}

static void
chorus_summary_page_add_verdicts (GString                   *html,
                                  const ChorusSummaryCounts *counts)
{
  chorus_summary_page_add_text (html, "<section aria-labelledby=\"verdicts\">\n<h2 id=\"verdicts\">", _("Verdicts"),
                                "</h2>\n<div class=\"panel\">\n");
  chorus_summary_chart_append_verdicts (html, counts);
  g_string_append (html, "<ul class=\"legend\">\n");
  chorus_summary_page_add_verdict (html, "confirmed", _("Confirmed"), counts->by_verdict[CHORUS_VERDICT_CONFIRMED],
                                   counts->n);
  chorus_summary_page_add_verdict (html, "uncertain", _("Uncertain"), counts->by_verdict[CHORUS_VERDICT_UNCERTAIN],
                                   counts->n);
  chorus_summary_page_add_verdict (html, "rejected", _("Rejected"), counts->by_verdict[CHORUS_VERDICT_REJECTED],
                                   counts->n);
  chorus_summary_page_add_verdict (html, "none", _("Not reviewed"), counts->by_verdict[CHORUS_VERDICT_NONE],
                                   counts->n);
  g_string_append (html, "</ul>\n</div>\n</section>\n");
}

static void
chorus_summary_page_add_note (GString    *html,
                              guint       n,
                              const char *text)
{
  if (n > 0)
    chorus_summary_page_add_text (html, "<p class=\"dim\">", text, "</p>\n");
}

/* What the reader has to know about the hours. */
static void
chorus_summary_page_add_time_notes (GString             *html,
                                    const ChorusSummary *summary)
{
  g_autofree char *unzoned = g_strdup_printf (
    ngettext ("The time zone of %'u recording is not known: its hours are those of the recorder’s clock.",
              "The time zones of %'u recordings are not known: their hours are those of the recorders’ clocks.",
              summary->n_unzoned),
    summary->n_unzoned);
  g_autofree char *guessed = g_strdup_printf (ngettext ("The time of %'u recording is a guess.",
                                                        "The times of %'u recordings are guesses.", summary->n_guessed),
                                              summary->n_guessed);
  g_autofree char *untimed =
    g_strdup_printf (ngettext ("%'u recording has no time and is not in this drawing.",
                               "%'u recordings have no time and are not in this drawing.", summary->n_untimed),
                     summary->n_untimed);

  chorus_summary_page_add_note (html, summary->n_unzoned, unzoned);
  chorus_summary_page_add_note (html, summary->n_guessed, guessed);
  chorus_summary_page_add_note (html, summary->n_untimed, untimed);
}

/* The drawing in numbers, for those who cannot see it or want to copy them. */
static void
chorus_summary_page_add_hour_table (GString             *html,
                                    const ChorusSummary *summary)
{
  chorus_summary_page_add_text (html, "<details>\n<summary>", _("Numbers"), "</summary>\n<table>\n<thead><tr>");
  chorus_summary_page_add_text (html, "<th scope=\"col\">", _("Hour"), "</th>");
  chorus_summary_page_add_text (html, "<th scope=\"col\" class=\"n\">", _("Not rejected"), "</th>");
  chorus_summary_page_add_text (html, "<th scope=\"col\" class=\"n\">", _("Confirmed"), "</th>");
  chorus_summary_page_add_text (html, "<th scope=\"col\" class=\"n\">", _("Recorded"),
                                "</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    {
      g_string_append_printf (html, "<tr><th scope=\"row\">%02u:00</th>", i);
      chorus_summary_page_add_count (html, "<td class=\"n\">", summary->hours[i], "</td>");
      chorus_summary_page_add_count (html, "<td class=\"n\">", summary->confirmed_hours[i], "</td>");
      chorus_summary_page_add_hours (html, "<td class=\"n\">", summary->recorded_hours[i], "</td></tr>\n");
    }
  g_string_append (html, "</tbody>\n</table>\n</details>\n");
}

static void
chorus_summary_page_add_activity (GString             *html,
                                  const ChorusSummary *summary)
{
  chorus_summary_page_add_text (html, "<section aria-labelledby=\"activity\">\n<h2 id=\"activity\">",
                                _("Activity by hour of the day"), "</h2>\n<div class=\"panel\">\n");
  chorus_summary_chart_append_activity (html, summary);
  g_string_append (html, "<ul class=\"legend\">\n<li style=\"--swatch:var(--confirmed)\">");
  chorus_summary_page_add_text (html, "", _("Confirmed detections"), "</li>\n<li style=\"--swatch:var(--none)\">");
  chorus_summary_page_add_text (html, "", _("Other detections that were not rejected"),
                                "</li>\n<li style=\"--swatch:var(--effort)\">");
  chorus_summary_page_add_text (html, "", _("Recorded time"), "</li>\n</ul>\n");
  chorus_summary_page_add_time_notes (html, summary);
  chorus_summary_page_add_hour_table (html, summary);
  g_string_append (html, "</div>\n</section>\n");
}

/* The head of a table: its columns, of which those from @first_number on hold numbers. */
static void
chorus_summary_page_add_head (GString           *html,
                              const char        *caption,
                              const char *const *columns,
                              guint              first_number)
{
  chorus_summary_page_add_text (html, "<div class=\"panel\">\n<table class=\"names\">\n<caption>", caption,
                                "</caption>\n<thead><tr>");
  for (guint i = 0; columns[i]; i++)
    chorus_summary_page_add_text (html, i >= first_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
                                  columns[i], "</th>");
  g_string_append (html, "</tr></thead>\n<tbody>\n");
}

static void
chorus_summary_page_add_species_name (GString                    *html,
                                      const ChorusSummarySpecies *species)
{
  const char *common = species->common_name && *species->common_name ? species->common_name : NULL;
  const char *scientific = species->scientific_name && *species->scientific_name ? species->scientific_name : NULL;

  /* Labels that are no species have the same name twice. */
  if (common && scientific && g_str_equal (common, scientific))
    scientific = NULL;
  g_string_append (html, "<th scope=\"row\">");
  if (common)
    chorus_summary_page_add_text (html, "<b>", common, "</b>");
  if (scientific)
    chorus_summary_page_add_text (html, "<i>", scientific, "</i>");
  if (!common && !scientific)
    chorus_package_text_append_xml (html, _("Without a name"));
  g_string_append (html, "</th>");
}

static void
chorus_summary_page_add_precision (GString                    *html,
                                   const ChorusSummarySpecies *species)
{
  double low = NAN;
  double high = NAN;
  double precision = chorus_summary_species_get_precision (species, &low, &high);
  g_autofree char *text = NULL;

  if (isnan (precision))
    {
      g_string_append (html, "<td class=\"n\">–</td><td></td>");
      return;
    }

  /* Translators: a percentage and the interval around it */
  text = g_strdup_printf (_("%.0f\u202f%% (%.0f to %.0f)"), 100.0 * precision, 100.0 * low, 100.0 * high);
  chorus_summary_page_add_text (html, "<td class=\"n\">", text, "</td><td>");
  chorus_summary_chart_append_interval (html, precision, low, high);
  g_string_append (html, "</td>");
}

static void
chorus_summary_page_add_species_row (GString                    *html,
                                     const ChorusSummarySpecies *species)
{
  const guint *counts = species->counts.by_verdict;

  g_string_append (html, "<tr>");
  chorus_summary_page_add_species_name (html, species);
  g_string_append (html, "<td>");
  chorus_summary_chart_append_hours (html, species);
  g_string_append (html, "</td>");
  chorus_summary_page_add_count (html, "<td class=\"n\">", species->counts.n, "</td>");
  chorus_summary_page_add_count (html, "<td class=\"n\">", counts[CHORUS_VERDICT_CONFIRMED], "</td>");
  chorus_summary_page_add_count (html, "<td class=\"n\">", counts[CHORUS_VERDICT_UNCERTAIN], "</td>");
  chorus_summary_page_add_count (html, "<td class=\"n\">", counts[CHORUS_VERDICT_REJECTED], "</td>");
  chorus_summary_page_add_precision (html, species);
  g_string_append (html, "</tr>\n");
}

static void
chorus_summary_page_add_species (GString    *html,
                                 const char *id,
                                 const char *heading,
                                 const char *caption,
                                 GPtrArray  *species)
{
  const char *const columns[] = {
    _("Name"),
    _("Hours"),
    _("Detections"),
    _("Confirmed"),
    _("Uncertain"),
    _("Rejected"),
    _("Precision"),
    _("From 0 to 100\u202f%"),
    NULL,
  };

  if (species->len == 0)
    return;

  g_string_append_printf (html, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
  chorus_summary_page_add_text (html, "", heading, "</h2>\n");
  chorus_summary_page_add_head (html, caption, columns, 2);
  for (guint i = 0; i < species->len; i++)
    chorus_summary_page_add_species_row (html, g_ptr_array_index (species, i));
  g_string_append (html, "</tbody>\n</table>\n</div>\n</section>\n");
}

static void
chorus_summary_page_add_deployments (GString             *html,
                                     const ChorusSummary *summary)
{
  const char *const columns[] = {
    _("Deployment"), _("Site"), _("From"), _("Recordings"), _("Recorded"), _("Detections"), NULL,
  };

  if (summary->deployments->len == 0)
    return;

  chorus_summary_page_add_text (html, "<section aria-labelledby=\"effort\">\n<h2 id=\"effort\">", _("Effort"),
                                "</h2>\n");
  chorus_summary_page_add_head (html, _("Recordings by deployment, and detections that were not rejected."), columns,
                                3);
  for (guint i = 0; i < summary->deployments->len; i++)
    {
      const ChorusSummaryDeployment *deployment = g_ptr_array_index (summary->deployments, i);
      g_autofree char *dates = chorus_summary_page_make_dates (deployment->first, deployment->last);

      chorus_summary_page_add_text (html, "<tr><th scope=\"row\"><b>",
                                    deployment->name ? deployment->name : deployment->id, "</b></th>");
      chorus_summary_page_add_text (html, "<td>", deployment->site, "</td>");
      chorus_summary_page_add_text (html, "<td>", dates, "</td>");
      chorus_summary_page_add_count (html, "<td class=\"n\">", deployment->n_recordings, "</td>");
      chorus_summary_page_add_hours (html, "<td class=\"n\">", deployment->seconds, "</td>");
      chorus_summary_page_add_count (html, "<td class=\"n\">", deployment->n_detections, "</td></tr>\n");
    }
  g_string_append (html, "</tbody>\n</table>\n</div>\n</section>\n");
}

static void
chorus_summary_page_add_models (GString             *html,
                                const ChorusSummary *summary)
{
  const char *const columns[] = { _("Model"), _("Detections"), NULL };
  g_autoptr (GPtrArray) models = chorus_summary_list_models (summary);

  if (models->len == 0)
    return;

  chorus_summary_page_add_text (html, "<section aria-labelledby=\"models\">\n<h2 id=\"models\">", _("Models"),
                                "</h2>\n");
  chorus_summary_page_add_head (html, _("What found the detections."), columns, 1);
  for (guint i = 0; i < models->len; i++)
    {
      const char *model = g_ptr_array_index (models, i);

      chorus_summary_page_add_text (html, "<tr><th scope=\"row\"><b>", model, "</b></th>");
      chorus_summary_page_add_count (html, "<td class=\"n\">",
                                     GPOINTER_TO_UINT (g_hash_table_lookup (summary->models, model)), "</td></tr>\n");
    }
  g_string_append (html, "</tbody>\n</table>\n</div>\n</section>\n");
}

/* The language of the texts, as HTML has it. */
static char *
chorus_summary_page_dup_language (void)
{
  g_autofree char *language = g_strdup (g_get_language_names ()[0]);

  language[strcspn (language, ".@")] = '\0';
  g_strdelimit (language, "_", '-');
  if (*language == '\0' || g_str_equal (language, "C") || g_str_equal (language, "POSIX"))
    return g_strdup ("en");

  return g_steal_pointer (&language);
}

static void
chorus_summary_page_add_start (GString    *html,
                               const char *title)
{
  g_autofree char *language = chorus_summary_page_dup_language ();

  chorus_summary_page_add_text (html, "<!DOCTYPE html>\n<html lang=\"", language,
                                "\">\n<head>\n<meta charset=\"utf-8\">\n");
  /* Nothing is loaded and nothing runs, whatever came in with the names. */
  g_string_append (html, "<meta http-equiv=\"Content-Security-Policy\" "
                         "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  chorus_summary_page_add_text (html, "<title>", title, "</title>\n<style>\n");
  g_string_append (html, chorus_summary_page_style);
  chorus_summary_page_add_text (html, "</style>\n</head>\n<body>\n<main>\n<header>\n<h1>", title, "</h1>\n");
}

char *
chorus_summary_page_new (const ChorusSummary *summary,
                         const char          *title,
                         GDateTime           *created)
{
  GString *html = g_string_new (NULL);
  g_autoptr (GPtrArray) species = chorus_summary_list_species (summary, TRUE);
  g_autoptr (GPtrArray) others = chorus_summary_list_species (summary, FALSE);
  g_autofree char *dates = chorus_summary_page_make_dates (summary->first, summary->last);
  g_autofree char *day = g_date_time_format (created, _("%-d %b %Y"));
  g_autofree char *made = g_strdup_printf (_("Made with Chorus %s on %s."), PACKAGE_VERSION, day);
  const char *precision = _(
    "Precision is the share of what a model found that turned out to be right, among what was confirmed or rejected, "
    "with its 95\u202f% interval (Wilson). A detection that a person gave another name counts as rejected where the "
    "model had put it.");
  const char *shown = title && *title                         ? title
                      : summary->project && *summary->project ? summary->project
                                                              : _("Summary");

  chorus_summary_page_add_start (html, shown);
  chorus_summary_page_add_text (html, "<p class=\"dim\">", dates, "</p>\n</header>\n");
  chorus_summary_page_add_cards (html, summary, species);
  chorus_summary_page_add_verdicts (html, &summary->counts);
  chorus_summary_page_add_activity (html, summary);
  chorus_summary_page_add_species (html, "species", _("Species"), precision, species);
  chorus_summary_page_add_species (html, "others", _("Other sounds"), _("What models name beside species."), others);
  chorus_summary_page_add_deployments (html, summary);
  chorus_summary_page_add_models (html, summary);
  chorus_summary_page_add_text (html, "<footer><p>", made, "</p></footer>\n</main>\n</body>\n</html>\n");

  return g_string_free (html, FALSE);
}
