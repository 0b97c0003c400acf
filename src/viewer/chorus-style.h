/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Colors of what is drawn by hand: from the theme around plots, from the color map within. */

#pragma once

#include <gtk/gtk.h>

#include "dsp/chorus-color-map.h"

G_BEGIN_DECLS

/**
 * chorus_style_get_text_color:
 * @widget: a widget
 *
 * Returns: the color of text in @widget
 */
GdkRGBA chorus_style_get_text_color (GtkWidget *widget);

/**
 * chorus_style_get_dim_color:
 * @widget: a widget
 *
 * Returns: the color of captions in @widget
 */
GdkRGBA chorus_style_get_dim_color (GtkWidget *widget);

/**
 * chorus_style_get_accent_color:
 * @widget: a widget
 *
 * Returns: the accent of the theme
 */
GdkRGBA chorus_style_get_accent_color (GtkWidget *widget);

/**
 * chorus_style_get_floor:
 * @map: a color map
 *
 * Returns: the color of silence
 */
GdkRGBA chorus_style_get_floor (ChorusColorMap map);

/**
 * chorus_style_get_plot_ink:
 * @map: a color map
 *
 * Returns: the color for lines over a plot
 */
GdkRGBA chorus_style_get_plot_ink (ChorusColorMap map);

/**
 * chorus_style_append_text:
 * @snapshot: what to draw into
 * @layout: how text looks; its text becomes @text
 * @text: the text
 * @color: its color
 * @x: its left edge, in pixels
 * @y: its top edge, in pixels
 *
 * Draws text on whole pixels, so that it is sharp.
 */
void chorus_style_append_text (GtkSnapshot   *snapshot,
                               PangoLayout   *layout,
                               const char    *text,
                               const GdkRGBA *color,
                               double         x,
                               double         y);

/**
 * chorus_style_get_contrast:
 * @color: a color
 *
 * Returns: black or white, whichever @color stands out on
 */
GdkRGBA chorus_style_get_contrast (const GdkRGBA *color);

/**
 * chorus_style_get_palette_on:
 * @index: a color of the palette
 * @background: what it is drawn on
 *
 * Returns: the color, in the form that stands out on @background
 */
GdkRGBA chorus_style_get_palette_on (guint          index,
                                     const GdkRGBA *background);

/**
 * chorus_style_to_pixel:
 * @color: a color
 *
 * Returns: @color as a pixel of GDK_MEMORY_DEFAULT
 */
guint32 chorus_style_to_pixel (const GdkRGBA *color);

G_END_DECLS
