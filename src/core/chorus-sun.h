/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the sun stands. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CHORUS_SUN_HORIZON:
 *
 * The height of the middle of the sun at sunrise and sunset, in degrees: its upper edge is seen at the horizon then, lifted
 * by 34 minutes of arc of refraction, with a radius of 16.
 */
#define CHORUS_SUN_HORIZON (-50.0 / 60.0)

/**
 * chorus_sun_get_elevation:
 * @unix_time: an instant, in seconds since 1970 in UTC
 * @latitude: in degrees north
 * @longitude: in degrees east
 *
 * Computes how high the middle of the sun stands above the horizon, without refraction. This is the method of the NOAA
 * Solar Calculator (https://gml.noaa.gov/grad/solcalc/calcdetails.html), which takes its series from J. Meeus, Astronomical
 * Algorithms, chapters 22, 25 and 28. It is good to about 0.01 degrees from 1900 to 2100.
 *
 * Returns: the elevation in degrees, -90 to 90
 */
double chorus_sun_get_elevation (double unix_time,
                                 double latitude,
                                 double longitude);

/**
 * chorus_sun_is_night:
 * @unix_time: an instant, in seconds since 1970 in UTC
 * @latitude: in degrees north
 * @longitude: in degrees east
 *
 * Returns: whether the sun is below the horizon, as tables of sunrise and sunset mean it
 */
gboolean chorus_sun_is_night (double unix_time,
                              double latitude,
                              double longitude);

G_END_DECLS
