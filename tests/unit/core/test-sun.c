/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "core/chorus-sun.h"

static double
get_unix_time (int    year,
               int    month,
               int    day,
               int    hour,
               int    minute,
               double second)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, second);

  return (double) g_date_time_to_unix (time) + g_date_time_get_seconds (time) - g_date_time_get_second (time);
}

/* J. Meeus, Astronomical Algorithms, examples 25.a and 28.a: at 0h of 13 October 1992 the declination of the sun is
 * -7.78507 degrees and the equation of time 13 minutes and 42.6 seconds. At a pole the sun is as high as its declination;
 * at the equator it rises a quarter of a day before its noon, for the center of the sun. */
static void
test_sun_meeus (void)
{
  const double time = get_unix_time (1992, 10, 13, 0, 0, 0);
  const double noon = (720 - (13 + 42.6 / 60)) / 4;

  g_assert_cmpfloat_with_epsilon (chorus_sun_get_elevation (time, 90, 0), -7.78507, 0.002);
  g_assert_cmpfloat_with_epsilon (chorus_sun_get_elevation (time, -90, 137), 7.78507, 0.002);
  g_assert_cmpfloat_with_epsilon (chorus_sun_get_elevation (time, 0, noon), 90 - 7.78507, 0.003);
  g_assert_cmpfloat_with_epsilon (chorus_sun_get_elevation (time, 0, noon - 90), 0, 0.01);
  g_assert_cmpfloat_with_epsilon (chorus_sun_get_elevation (time, 0, noon + 90), 0, 0.01);
}

/* I. Reda and A. Andreas, Solar Position Algorithm for Solar Radiation Applications, NREL/TP-560-34302, table A5.1: in
 * Golden on 17 October 2003 at 12:30:30, seven hours behind UTC, the sun stands 39.872046 degrees high without
 * refraction. */
static void
test_sun_reda (void)
{
  const double time = get_unix_time (2003, 10, 17, 19, 30, 30);

  g_assert_cmpfloat_with_epsilon (chorus_sun_get_elevation (time, 39.742476, -105.1786), 39.872046, 0.01);
}

/* Across the equinox the day is as long at the equator as everywhere: about twelve hours, and longer by the size of the sun
 * and by refraction. */
static void
test_sun_night (void)
{
  const double midnight = get_unix_time (2025, 3, 20, 0, 0, 0);
  guint n_night = 0;

  for (guint minute = 0; minute < 24 * 60; minute++)
    n_night += chorus_sun_is_night (midnight + 60.0 * minute, 0, 0);

  /* Four minutes for each degree, at both ends. */
  g_assert_cmpfloat_with_epsilon (n_night, 12 * 60 - 2 * 4 * 50.0 / 60, 1.1);

  /* The sun of midsummer and the night of midwinter, north of the polar circle. */
  for (guint hour = 0; hour < 24; hour++)
    {
      g_assert_false (chorus_sun_is_night (get_unix_time (2025, 6, 21, (int) hour, 0, 0), 69.65, 18.96));
      g_assert_true (chorus_sun_is_night (get_unix_time (2025, 12, 21, (int) hour, 0, 0), 69.65, 18.96));
    }
}

/* Before 1970 too. */
static void
test_sun_before (void)
{
  const double time = get_unix_time (1969, 6, 21, 12, 0, 0);

  g_assert_cmpfloat (chorus_sun_get_elevation (time, 23.44, 0), >, 89);
  g_assert_cmpfloat (chorus_sun_get_elevation (time - 12 * 3600, 23.44, 0), <, -42);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/sun/meeus", test_sun_meeus);
  g_test_add_func ("/core/sun/reda", test_sun_reda);
  g_test_add_func ("/core/sun/night", test_sun_night);
  g_test_add_func ("/core/sun/before", test_sun_before);

  return g_test_run ();
}
