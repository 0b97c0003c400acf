/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusFigurePage share: -drawing.c draws what the other has made room for. */

#pragma once

#include "chorus-figure-page.h"

#include "timeline/chorus-axis.h"

G_BEGIN_DECLS

/* In points. */
#define CHORUS_FIGURE_TICK 3.0
#define CHORUS_FIGURE_GAP 2.0
/* At the edge of the page, by the size of the letters. */
#define CHORUS_FIGURE_MARGIN 0.5
#define CHORUS_FIGURE_MINUS "\u2212"
#define CHORUS_FIGURE_POINTS_PER_MM (72.0 / 25.4)

typedef enum
{
  CHORUS_FIGURE_LEFT,
  CHORUS_FIGURE_CENTER,
  CHORUS_FIGURE_RIGHT,
} ChorusFigureAlign;

void chorus_figure_page_measure_text (const ChorusFigurePage *self,
                                      const char             *text,
                                      double                 *width,
                                      double                 *height);

double chorus_figure_page_get_text_height (const ChorusFigurePage *self);

/* Writes @text with the middle of its height at @y; @up to read upwards, with the middle of its height at @x. */
void chorus_figure_page_write (ChorusFigurePage  *self,
                               const char        *text,
                               double             x,
                               double             y,
                               ChorusFigureAlign  align,
                               gboolean           up);

/* A ChorusAxisMeasure for the labels beside a plot. */
double chorus_figure_page_measure_height_cb (const char *label,
                                             gpointer    user_data);

ChorusAxis chorus_figure_page_get_frequency_axis (const ChorusFigurePage *self);

ChorusAxis chorus_figure_page_get_level_axis (const ChorusFigurePage *self);

GArray *chorus_figure_page_get_time_ticks (ChorusFigurePage *self);

char *chorus_figure_page_get_time_title (const ChorusFigurePage *self);

/* The largest round number that is within the waveform. */
double chorus_figure_page_get_mark (const ChorusFigurePage *self);

char *chorus_figure_page_format_mark (double mark);

/* Has the caption in the layout; returns its height. */
double chorus_figure_page_measure_caption (ChorusFigurePage *self,
                                           double            width);

G_END_DECLS
