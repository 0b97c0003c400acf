/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts and times of packages: cases by hand, and JSON as Python reads it. */

#include "package-fixture.h"

#include "exchange/chorus-json-writer.h"
#include "exchange/chorus-package-options.h"
#include "exchange/chorus-package-text.h"
#include "exchange/chorus-package-time.h"
#include "exchange/chorus-sound-kind.h"

static void
test_package_text_cell (void)
{
  static const struct
  {
    const char *text;
    const char *comma;
    const char *tab;
  } cases[] = {
    { NULL, "", "" },
    { "Pavo cristatus", "Pavo cristatus", "Pavo cristatus" },
    { "a,b", "\"a,b\"", "a,b" },
    { "a \"b\"", "\"a \"\"b\"\"\"", "a \"b\"" },
    { "a\tb\r\nc\rd", "a b c d", "a b c d" },
    { "=1+2", "'=1+2", "'=1+2" },
    { "-1,5", "\"'-1,5\"", "'-1,5" },
    { "\x1b[31mred\x7f", "\xef\xbf\xbd[31mred\xef\xbf\xbd", "\xef\xbf\xbd[31mred\xef\xbf\xbd" },
    { "\xff\xc3\xa4", "\xef\xbf\xbd\xc3\xa4", "\xef\xbf\xbd\xc3\xa4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) comma = g_string_new (NULL);
      g_autoptr (GString) tab = g_string_new (NULL);

      chorus_package_text_append_cell (comma, cases[i].text, ',');
      chorus_package_text_append_cell (tab, cases[i].text, '\t');
      g_assert_cmpstr (comma->str, ==, cases[i].comma);
      g_assert_cmpstr (tab->str, ==, cases[i].tab);
    }
}

static void
test_package_text_number (void)
{
  static const struct
  {
    double value;
    int decimals;
    const char *expected;
  } cases[] = {
    { 0.0, 3, "0" },       { -0.0004, 3, "0" }, { 12.0, 3, "12" },     { 12.3456, 3, "12.346" },
    { -76.1, 7, "-76.1" }, { 100.0, 0, "100" }, { NAN, 3, "" },        { INFINITY, 3, "" },
    { 1e300, 3, "" },      { 0.5, 0, "0" },     { 1200.0, 2, "1200" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      chorus_package_text_append_number (text, cases[i].value, cases[i].decimals);
      g_assert_cmpstr (text->str, ==, cases[i].expected);
    }
}

static void
test_package_text_xml (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  chorus_package_text_append_xml (text, "<a href=\"x\">'&amp;'\x01\xef\xbf\xbf\xed\xa0\x80");
  g_assert_cmpstr (text->str, ==,
                   "&lt;a href=&quot;x&quot;&gt;&apos;&amp;amp;&apos;\xef\xbf\xbd\xef\xbf\xbd"
                   "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void
test_package_text_json (void)
{
  static const char look[] = "import json, sys\n"
                             "value = json.loads(sys.argv[1])\n"
                             "assert list(value) == ['text', 'list', 'empty', 'object', 'yes'], value\n"
                             "assert value['text'] == 'a\"b\\\\c\\nd\\te\\ufffd/</script>', value\n"
                             "assert value['list'] == [1.5, -2, 'x', []], value\n"
                             "assert value['empty'] == {} and value['object'] == {'n': 0.001}\n"
                             "assert value['yes'] is True\n";
  ChorusJsonWriter *json = chorus_json_writer_new ();
  g_autofree char *text = NULL;
  const char *argv[] = { PYTHON, "-c", look, NULL, NULL };

  chorus_json_writer_add_text (json, "none", NULL);
  chorus_json_writer_add_text (json, "text", "a\"b\\c\r\nd\te\x02/</script>");
  chorus_json_writer_begin (json, "list", '[');
  chorus_json_writer_add_number (json, NULL, 1.5, 3);
  chorus_json_writer_add_number (json, NULL, -2.0, 3);
  chorus_json_writer_add_text (json, NULL, "x");
  chorus_json_writer_begin (json, NULL, '[');
  chorus_json_writer_end (json);
  chorus_json_writer_end (json);
  chorus_json_writer_begin (json, "empty", '{');
  chorus_json_writer_end (json);
  chorus_json_writer_begin (json, "object", '{');
  chorus_json_writer_add_number (json, "n", 0.001, 9);
  chorus_json_writer_end (json);
  chorus_json_writer_add_boolean (json, "yes", TRUE);
  text = chorus_json_writer_end_all (json);
  argv[3] = text;
  g_assert_true (fixture_run (argv, NULL));
}

static void
test_package_time (void)
{
  static const struct
  {
    const char *recorded;
    double seconds;
    const char *iso;
    const char *precise;
    const char *down;
    const char *up;
  } cases[] = {
    { "2026-05-01T05:10:12+02:00", 0.0, "2026-05-01T05:10:12+02:00", "2026-05-01T05:10:12.000+02:00",
      "2026-05-01T05:10:12+02:00", "2026-05-01T05:10:12+02:00" },
    { "2026-12-31T23:59:59.75", 0.5, "2027-01-01T00:00:00.250", "2027-01-01T00:00:00.250+00:00",
      "2027-01-01T00:00:00+00:00", "2027-01-01T00:00:01+00:00" },
    /* To the nearest millisecond, wherever the recording began. */
    { "2026-05-01T05:10:12.0004Z", 0.0004, "2026-05-01T05:10:12.001+00:00", "2026-05-01T05:10:12.001+00:00",
      "2026-05-01T05:10:12+00:00", "2026-05-01T05:10:13+00:00" },
    { "2026-05-01T05:10:12-03:30", 59.9999, "2026-05-01T05:11:12-03:30", "2026-05-01T05:11:12.000-03:30",
      "2026-05-01T05:11:12-03:30", "2026-05-01T05:11:12-03:30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) recorded =
        chorus_recording_time_new_from_iso (cases[i].recorded, CHORUS_TIME_SOURCE_PERSON);
      g_autoptr (GDateTime) time = chorus_package_time_at (recorded, cases[i].seconds);
      g_autofree char *iso = chorus_package_time_to_iso (time, chorus_recording_time_get_has_zone (recorded));
      g_autofree char *precise = chorus_package_time_to_precise (time);
      g_autofree char *down = chorus_package_time_to_second (time, FALSE);
      g_autofree char *up = chorus_package_time_to_second (time, TRUE);

      g_assert_cmpstr (iso, ==, cases[i].iso);
      g_assert_cmpstr (precise, ==, cases[i].precise);
      g_assert_cmpstr (down, ==, cases[i].down);
      g_assert_cmpstr (up, ==, cases[i].up);
    }
  g_assert_null (chorus_package_time_at (NULL, 0.0));
}

static void
test_package_time_describe (void)
{
  static const struct
  {
    const char *recorded;
    ChorusTimeSource source;
    const char *expected;
  } cases[] = {
    { "2026-05-01T05:10:12+02:00", CHORUS_TIME_SOURCE_GUANO, NULL },
    { "2026-05-01T05:10:12", CHORUS_TIME_SOURCE_FILE_NAME,
      "The time zone of the recorder is not known: its clock time is written as UTC." },
    { "2026-05-01T05:10:12Z", CHORUS_TIME_SOURCE_MODIFIED, "The time is a guess: nobody wrote it down." },
    { "2026-05-01T05:10:12", CHORUS_TIME_SOURCE_UNKNOWN,
      "The time zone of the recorder is not known: its clock time is written as UTC. The time is a guess: nobody wrote it "
      "down." },
    { NULL, CHORUS_TIME_SOURCE_UNKNOWN, "It is not known when the recording began." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) recorded =
        chorus_recording_time_new_from_iso (cases[i].recorded, cases[i].source);
      g_autofree char *text = chorus_package_time_describe (recorded, TRUE);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* The place is never farther from what was written than the options say, measured on the sphere. */
static void
test_package_blur (void)
{
  g_autoptr (ChorusPackageOptions) options = chorus_package_options_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  double latitude = 11.123456;
  double longitude = 76.123456;

  g_assert_cmpuint (chorus_package_options_blur (options, &latitude, &longitude), ==, 0);
  g_assert_cmpfloat (latitude, ==, 11.123456);
  for (guint i = 0; i < 2000; i++)
    {
      double true_latitude = g_rand_double_range (rand, -90.0, 90.0);
      double true_longitude = g_rand_double_range (rand, -180.0, 180.0);
      double a = 0.0;
      guint uncertainty = 0;

      options->coordinate_decimals = (int) (i % 5);
      latitude = true_latitude;
      longitude = true_longitude;
      uncertainty = chorus_package_options_blur (options, &latitude, &longitude);
      a = pow (sin ((latitude - true_latitude) * G_PI / 360.0), 2)
          + cos (latitude * G_PI / 180.0) * cos (true_latitude * G_PI / 180.0)
              * pow (sin ((longitude - true_longitude) * G_PI / 360.0), 2);
      g_assert_cmpfloat (2.0 * 6371000.0 * asin (sqrt (a)), <=, uncertainty);
      g_assert_cmpfloat (fabs (latitude), <=, 90.0);
      g_assert_cmpfloat (fabs (longitude), <=, 180.0);
    }
}

static void
test_sound_kind (void)
{
  g_assert_cmpint (chorus_sound_kind_of ("Pavo cristatus", "Indian Peafowl"), ==, CHORUS_SOUND_KIND_ANIMAL);
  g_assert_cmpint (chorus_sound_kind_of ("Human vocal", "Human vocal"), ==, CHORUS_SOUND_KIND_HUMAN);
  g_assert_cmpint (chorus_sound_kind_of ("HOMO SAPIENS ", NULL), ==, CHORUS_SOUND_KIND_HUMAN);
  g_assert_cmpint (chorus_sound_kind_of (NULL, "Engine"), ==, CHORUS_SOUND_KIND_VEHICLE);
  g_assert_cmpint (chorus_sound_kind_of ("", "Noise"), ==, CHORUS_SOUND_KIND_OTHER);
  g_assert_cmpint (chorus_sound_kind_of (NULL, "Dog"), ==, CHORUS_SOUND_KIND_ANIMAL);
  /* A species with an engine's common name is one. */
  g_assert_cmpint (chorus_sound_kind_of ("Locustella naevia", "Engine"), ==, CHORUS_SOUND_KIND_ANIMAL);
  g_assert_cmpint (chorus_sound_kind_of (NULL, ""), ==, CHORUS_SOUND_KIND_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/package-text/cell", test_package_text_cell);
  g_test_add_func ("/exchange/package-text/number", test_package_text_number);
  g_test_add_func ("/exchange/package-text/xml", test_package_text_xml);
  g_test_add_func ("/exchange/package-text/json", test_package_text_json);
  g_test_add_func ("/exchange/package-text/time", test_package_time);
  g_test_add_func ("/exchange/package-text/time-describe", test_package_time_describe);
  g_test_add_func ("/exchange/package-text/blur", test_package_blur);
  g_test_add_func ("/exchange/package-text/sound-kind", test_sound_kind);

  return g_test_run ();
}
