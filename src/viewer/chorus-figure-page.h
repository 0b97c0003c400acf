/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drawing of a figure, in points, with cairo and Pango alone: any thread may do it. */

#pragma once

#include "chorus-figure.h"

G_BEGIN_DECLS

/**
 * ChorusFigureRect:
 *
 * A rectangle, in points. Its width is 0 where there is none.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} ChorusFigureRect;

/**
 * ChorusFigurePage:
 * @figure: what is drawn
 * @cr: where to
 * @layout: for all texts
 * @extent: the sample value at the edge of the waveform
 * @caption: (nullable): what the caption says
 * @plot: where the spectrogram is
 * @waveform: where the waveform is
 * @scale: where the level scale is
 * @caption_y: where the caption begins
 *
 * A figure that is being drawn.
 */
typedef struct
{
  const ChorusFigure *figure;
  cairo_t *cr;
  PangoLayout *layout;
  double extent;
  char *caption;
  ChorusFigureRect plot;
  ChorusFigureRect waveform;
  ChorusFigureRect scale;
  double caption_y;
} ChorusFigurePage;

/**
 * chorus_figure_page_init:
 * @self: (out caller-allocates): a page
 * @figure: what to draw; must outlive the page
 * @extent: the sample value at the edge of the waveform, where it is shown
 * @surface: where to, in points
 *
 * Makes room for everything on the page.
 */
void chorus_figure_page_init (ChorusFigurePage   *self,
                              const ChorusFigure *figure,
                              double              extent,
                              cairo_surface_t    *surface);

void chorus_figure_page_clear (ChorusFigurePage *self);

/**
 * chorus_figure_page_draw:
 * @self: a page
 * @spectrogram: pixels for the plot
 * @peaks: (nullable) (array length=n_peaks): the waveform
 * @n_peaks: how many columns
 *
 * Draws the figure.
 */
void chorus_figure_page_draw (ChorusFigurePage *self,
                              cairo_surface_t  *spectrogram,
                              const ChorusPeak *peaks,
                              guint             n_peaks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusFigurePage, chorus_figure_page_clear)

G_END_DECLS
