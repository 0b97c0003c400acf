/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A species, its confidence and a verdict as the one text that Audacity has for a label. */

#pragma once

#include "library/chorus-verdict.h"

G_BEGIN_DECLS

/**
 * chorus_species_label_write:
 * @scientific_name: (nullable): the scientific name
 * @common_name: (nullable): the common name
 * @confidence: 0 to 1, or NaN
 * @verdict: what a person said
 *
 * Makes a text such as "Erithacus rubecula_European Robin 0.8765 [confirmed]". An underscore in a name becomes a space.
 *
 * Returns: (transfer full): the text, empty where nothing is known
 */
char *chorus_species_label_write (const char    *scientific_name,
                                  const char    *common_name,
                                  double         confidence,
                                  ChorusVerdict  verdict) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_species_label_read:
 * @text: the text of a label
 * @scientific_name: (out) (transfer full) (nullable): the scientific name
 * @common_name: (out) (transfer full) (nullable): the common name
 * @confidence: (out): 0 to 1, or NaN
 * @verdict: (out): what a person said
 *
 * Reads what [func@species_label_write] writes, and what people and other programs write: a number of 0 to 1 with a point or
 * a comma at the end is the confidence, and an underscore parts the names. One name alone is a scientific one if it looks
 * like one, see [func@species_label_is_scientific].
 */
void chorus_species_label_read (const char     *text,
                                char          **scientific_name,
                                char          **common_name,
                                double         *confidence,
                                ChorusVerdict  *verdict);

/**
 * chorus_species_label_is_scientific:
 * @name: a name of a species
 *
 * A name counts as scientific if it is of two or three words, the first with a capital letter and the rest in small
 * letters, and all of ASCII letters and hyphens. "House sparrow" counts too: there is no telling without a list of all
 * species.
 *
 * Returns: whether @name looks like a scientific one
 */
gboolean chorus_species_label_is_scientific (const char *name);

G_END_DECLS
