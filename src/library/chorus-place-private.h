/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-place.h"

G_BEGIN_DECLS

ChorusPlace *chorus_place_new (ChorusPlaceKind  kind,
                               const char      *id,
                               const char      *name,
                               const char      *parent_id,
                               gboolean         typed) G_GNUC_WARN_UNUSED_RESULT;
void chorus_place_set_name (ChorusPlace *self,
                            const char  *name);
void chorus_place_set_children (ChorusPlace *self,
                                GPtrArray   *children);
void chorus_place_replace_list (GListStore *list,
                                GPtrArray  *places);

G_END_DECLS
