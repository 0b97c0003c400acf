/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusFrequencyBand:
 * @low: lower edge, in Hz
 * @high: upper edge, in Hz, not below @low
 *
 * A range of frequencies.
 */
typedef struct
{
  double low;
  double high;
} ChorusFrequencyBand;

G_END_DECLS
