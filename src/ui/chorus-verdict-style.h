/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a verdict is called and looks like, wherever it is shown. */

#pragma once

#include "library/chorus-verdict.h"

G_BEGIN_DECLS

/**
 * chorus_verdict_style_get_name:
 * @verdict: a verdict
 *
 * Returns: what it is called, or "Not reviewed" for none
 */
const char *chorus_verdict_style_get_name (ChorusVerdict verdict);

/**
 * chorus_verdict_style_get_icon_name:
 * @verdict: a verdict
 *
 * Returns: (nullable): its icon
 */
const char *chorus_verdict_style_get_icon_name (ChorusVerdict verdict);

/**
 * chorus_verdict_style_get_css_class:
 * @verdict: a verdict
 *
 * Returns: (nullable): the class for its color
 */
const char *chorus_verdict_style_get_css_class (ChorusVerdict verdict);

G_END_DECLS
