/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-level-tile.h"

/*
 * chorus_level_tile_quantize:
 * @powers: (array length=n): powers, 1 for a full-scale sine
 * @levels: (out caller-allocates) (array length=n): receives the same as 8-bit levels
 * @n: how many
 *
 * The fast form of chorus_level_from_db() for many powers.
 */
void chorus_level_tile_quantize (const float *restrict powers,
                                 uint8_t     *restrict levels,
                                 unsigned              n);
