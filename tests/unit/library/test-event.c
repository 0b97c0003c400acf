/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "chorus-test.h"
#include "library/chorus-event.h"

#define N ((double) NAN)

/* The events as text: species, start-end, low-high, confidence and the parts. */
static char *
merge (const ChorusEventPart *parts,
       guint                  n,
       double                 gap)
{
  g_autoptr (GPtrArray) events = chorus_events_merge (parts, n, gap);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const ChorusEvent *event = g_ptr_array_index (events, i);

      g_string_append_printf (text, "%s%s %g-%g %g-%g %g [", i > 0 ? "; " : "", event->species ? event->species : "-",
                              event->start, event->end, event->low, event->high, event->confidence);
      for (guint j = 0; j < event->parts->len; j++)
        g_string_append_printf (text, "%s%u", j > 0 ? " " : "", g_array_index (event->parts, guint, j));
      g_string_append_c (text, ']');
    }

  return g_string_free (text, FALSE);
}

#define assert_events(parts, gap, expected)                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *events_ = merge (parts, G_N_ELEMENTS (parts), gap);                                               \
    g_assert_cmpstr (events_, ==, expected);                                                                           \
  }                                                                                                                    \
  G_STMT_END

static void
test_event_gap (void)
{
  static const ChorusEventPart parts[] = {
    { "owl", 9, 12, 300, 900, 0.4 }, { "owl", 0, 3, 200, 800, 0.5 }, { "owl", 3, 6, 100, 700, 0.9 },
    { "owl", 20, 23, 1, 2, 0.3 },    { "lark", 4, 5, 1, 2, 0.7 },
  };

  assert_events (parts, 0,
                 "owl 0-6 100-800 0.9 [1 2]; lark 4-5 1-2 0.7 [4]; owl 9-12 300-900 0.4 [0];"
                 " owl 20-23 1-2 0.3 [3]");
  assert_events (parts, 2.9,
                 "owl 0-6 100-800 0.9 [1 2]; lark 4-5 1-2 0.7 [4]; owl 9-12 300-900 0.4 [0];"
                 " owl 20-23 1-2 0.3 [3]");
  assert_events (parts, 3, "owl 0-12 100-900 0.9 [1 2 0]; lark 4-5 1-2 0.7 [4]; owl 20-23 1-2 0.3 [3]");
  assert_events (parts, 8, "owl 0-23 1-900 0.9 [1 2 0 3]; lark 4-5 1-2 0.7 [4]");
}

/* One that lies within a longer one does not end it. */
static void
test_event_within (void)
{
  static const ChorusEventPart parts[] = {
    { "owl", 0, 10, N, N, N }, { "owl", 1, 2, 5, 6, 0.5 }, { "owl", 10.5, 11, 5, 6, N },
    { NULL, 0, 1, 5, 6, N },   { NULL, 1, 2, 5, 7, N },
  };

  assert_events (parts, 0.5, "- 0-2 5-7 nan [3 4]; owl 0-11 nan-nan 0.5 [0 1 2]");
}

/* Windows that follow each other touch, whatever their times add up to. */
static void
test_event_rounding (void)
{
  ChorusEventPart parts[100];

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = (ChorusEventPart){ "owl", i * 0.1, i * 0.1 + 0.1, N, N, 0.5 };
  {
    g_autoptr (GPtrArray) events = chorus_events_merge (parts, G_N_ELEMENTS (parts), 0);

    g_assert_cmpuint (events->len, ==, 1);
  }
}

/* Against the definition: two neighbors of a species are together if no more than the gap lies between. */
static void
test_event_random (void)
{
  static const char *const species[] = { "a", "b" };

  for (guint round = 0; round < 50; round++)
    {
      ChorusEventPart parts[40];
      g_autoptr (GPtrArray) events = NULL;
      guint n_parts = 0;

      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          const double start = g_test_rand_int_range (0, 200);

          parts[i] = (ChorusEventPart){
            species[g_test_rand_int_range (0, 2)], start, start + g_test_rand_int_range (0, 6), N, N, N
          };
        }
      events = chorus_events_merge (parts, G_N_ELEMENTS (parts), 2);
      for (guint i = 0; i < events->len; i++)
        {
          const ChorusEvent *event = g_ptr_array_index (events, i);

          n_parts += event->parts->len;
          for (guint j = 0; j < i; j++)
            {
              const ChorusEvent *other = g_ptr_array_index (events, j);

              g_assert_cmpfloat (other->start, <=, event->start);
              g_assert_true (!g_str_equal (other->species, event->species) || event->start > other->end + 2);
            }
        }
      g_assert_cmpuint (n_parts, ==, G_N_ELEMENTS (parts));
    }
}

static void
test_event_detection (void)
{
  g_autoptr (ChorusDetection) detection =
    g_object_new (CHORUS_TYPE_DETECTION, "common-name", "Owl", "start", 1.0, "end", 2.0, "confidence", 0.25, NULL);
  const ChorusDetectionState state = { .verdict = CHORUS_VERDICT_CONFIRMED, .common_name = (char *) "Lark" };
  ChorusEventPart part = { 0 };

  chorus_detection_set_state (detection, &state);
  chorus_event_part_init (&part, detection);
  g_assert_cmpstr (part.species, ==, "Lark");
  g_assert_cmpfloat (part.end, ==, 2);
  g_assert_cmpfloat (part.confidence, ==, 0.25);
  g_assert_true (isnan (part.low));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/event/gap", test_event_gap);
  g_test_add_func ("/library/event/within", test_event_within);
  g_test_add_func ("/library/event/rounding", test_event_rounding);
  g_test_add_func ("/library/event/random", test_event_random);
  g_test_add_func ("/library/event/detection", test_event_detection);

  return g_test_run ();
}
