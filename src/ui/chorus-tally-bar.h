/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_TALLY_BAR (chorus_tally_bar_get_type ())

/**
 * ChorusTallyBar:
 *
 * A thin bar of how much was confirmed, is uncertain, was rejected and is left, in this order.
 */
G_DECLARE_FINAL_TYPE (ChorusTallyBar, chorus_tally_bar, CHORUS, TALLY_BAR, GtkWidget)

/**
 * chorus_tally_bar_set_counts:
 * @self: a bar
 * @n_confirmed: how many were confirmed
 * @n_uncertain: how many are uncertain
 * @n_rejected: how many were rejected
 * @n: how many there are
 */
void chorus_tally_bar_set_counts (ChorusTallyBar *self,
                                  guint64         n_confirmed,
                                  guint64         n_uncertain,
                                  guint64         n_rejected,
                                  guint64         n);

G_END_DECLS
