/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing text as a person who types a few letters means it: without case and without accents. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_folding_fold:
 * @text: UTF-8
 *
 * Takes away case, accents and the differences between forms of one letter: "Pícus Sharpei" becomes "picus sharpei", "ß"
 * becomes "ss" and a full-width "Ａ" becomes "a". (Unicode's NFKD without marks, case folded.)
 *
 * Returns: (transfer full): the text as it is compared
 */
char *chorus_folding_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_folding_split:
 * @text: what a person typed
 *
 * Returns: (transfer full): the words of @text between spaces, folded; empty for text without a word
 */
char **chorus_folding_split (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_folding_contains_ascii:
 * @text: text of ASCII characters alone
 * @word: a word that was folded
 *
 * Finds a word in text that was not folded, without making a copy of it.
 *
 * Returns: whether chorus_folding_fold() of @text contains @word
 */
gboolean chorus_folding_contains_ascii (const char *text,
                                        const char *word);

G_END_DECLS
