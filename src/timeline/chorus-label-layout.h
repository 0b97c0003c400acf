/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusLabelRect:
 *
 * A rectangle, in pixels.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} ChorusLabelRect;

/**
 * ChorusLabel:
 * @box: what is to be labeled; may lie partly outside the plot
 * @natural_width: what the whole text takes, in pixels
 * @rank: the lowest is placed first; equal ranks in the order of the array
 * @place: (out): where the label goes; its width is 0 where there is no room
 *
 * A label and the box that it belongs to.
 */
typedef struct
{
  ChorusLabelRect box;
  double natural_width;
  int rank;
  ChorusLabelRect place;
} ChorusLabel;

/**
 * chorus_label_layout:
 * @labels: (array length=n_labels) (inout): the labels
 * @n_labels: length of @labels
 * @width: width of the plot, in pixels
 * @height: height of the plot, in pixels
 * @label_height: height of every label, in pixels
 * @least_width: below this width a label is left out rather than cut further, in pixels
 *
 * Finds a place for each label: above its box, inside at its top, below it, or moved aside, whole where that is
 * possible and else cut. No label leaves the plot, and no two overlap.
 */
void chorus_label_layout (ChorusLabel *labels,
                          gsize        n_labels,
                          double       width,
                          double       height,
                          double       label_height,
                          double       least_width);

G_END_DECLS
