/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-species-list.h"
#include "chorus-tally.h"

G_BEGIN_DECLS

ChorusSpecies *chorus_species_new (const ChorusTally *tally,
                                   const char        *scientific_name,
                                   const char        *common_name,
                                   guint              color) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
