/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-sun.h"

#include <math.h>

/* The Julian day of the beginning of 1970, and of the epoch J2000. */
#define CHORUS_SUN_JULIAN_1970 2440587.5
#define CHORUS_SUN_JULIAN_2000 2451545.0

static double
chorus_sun_radians (double degrees)
{
  return degrees * (G_PI / 180);
}

static double
chorus_sun_degrees (double radians)
{
  return radians * (180 / G_PI);
}

double
chorus_sun_get_elevation (double unix_time,
                          double latitude,
                          double longitude)
{
  /* Centuries since J2000; then, in degrees and by the names of the reference: the mean longitude and the mean anomaly of
   * the sun, the eccentricity of the orbit, the equation of the center, the apparent longitude, and the obliquity. */
  const double t = (unix_time / 86400 + CHORUS_SUN_JULIAN_1970 - CHORUS_SUN_JULIAN_2000) / 36525;
  const double mean_longitude = fmod (280.46646 + t * (36000.76983 + t * 0.0003032), 360);
  const double l0 = chorus_sun_radians (mean_longitude);
  const double m = chorus_sun_radians (357.52911 + t * (35999.05029 - 0.0001537 * t));
  const double e = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const double center = sin (m) * (1.914602 - t * (0.004817 + 0.000014 * t)) + sin (2 * m) * (0.019993 - 0.000101 * t)
                        + sin (3 * m) * 0.000289;
  const double omega = chorus_sun_radians (125.04 - 1934.136 * t);
  const double lambda = chorus_sun_radians (mean_longitude + center - 0.00569 - 0.00478 * sin (omega));
  const double epsilon = chorus_sun_radians (
    23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 + 0.00256 * cos (omega));

  const double declination = asin (sin (epsilon) * sin (lambda));
  const double y = tan (epsilon / 2) * tan (epsilon / 2);
  const double equation_of_time =
    4
    * chorus_sun_degrees (y * sin (2 * l0) - 2 * e * sin (m) + 4 * e * y * sin (m) * cos (2 * l0)
                          - 0.5 * y * y * sin (4 * l0) - 1.25 * e * e * sin (2 * m));
  const double minutes = fmod (unix_time, 86400) / 60;
  const double hour_angle = chorus_sun_radians ((minutes + equation_of_time + 4 * longitude) / 4 - 180);
  const double height = sin (chorus_sun_radians (latitude)) * sin (declination)
                        + cos (chorus_sun_radians (latitude)) * cos (declination) * cos (hour_angle);

  return chorus_sun_degrees (asin (CLAMP (height, -1, 1)));
}

gboolean
chorus_sun_is_night (double unix_time,
                     double latitude,
                     double longitude)
{
  return chorus_sun_get_elevation (unix_time, latitude, longitude) < CHORUS_SUN_HORIZON;
}
