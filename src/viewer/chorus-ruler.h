/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RULER (chorus_ruler_get_type ())

/**
 * ChorusRuler:
 *
 * The axis beside a plot: time where it is horizontal, frequency where it is vertical. Property: "orientation".
 */
G_DECLARE_FINAL_TYPE (ChorusRuler, chorus_ruler, CHORUS, RULER, GtkWidget)

void chorus_ruler_set_session (ChorusRuler       *self,
                               ChorusViewSession *session);

G_END_DECLS
