/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bound that a token bucket promises, with a clock that the test moves. */

#include "core/chorus-throttle.h"

#include "chorus-test.h"

#define KIB 1024

typedef struct
{
  ChorusThrottle *throttle;
  gint64 now; /* of the clock, in microseconds */
} Fixture;

static gint64
fixture_clock (gpointer user_data)
{
  return ((Fixture *) user_data)->now;
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->now = 1000 * G_USEC_PER_SEC;
  fixture->throttle = chorus_throttle_new_with_clock (fixture_clock, fixture);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->throttle);
}

/* What is handed out at most at one moment. */
static guint64
get_step (guint64 rate)
{
  return MAX (rate / 20, 2 * KIB);
}

/* Takes all there is for so long, looking again as soon as told and @late microseconds later. Checks the bound between
 * any two moments. */
static guint64
fixture_drain (Fixture *fixture,
               gint64   duration,
               gint64   late,
               gsize    piece)
{
  guint64 rate = chorus_throttle_get_rate (fixture->throttle);
  gint64 start = fixture->now;
  guint64 total = 0;
  double lowest = 0.0; /* the least of what was ahead of the limit at any moment */

  while (fixture->now < start + duration)
    {
      gint64 wait = chorus_throttle_get_wait (fixture->throttle, piece);
      double due = (double) (fixture->now - start) * (double) rate / G_USEC_PER_SEC;
      gsize taken = 0;

      lowest = MIN (lowest, (double) total - due);
      if (wait > 0)
        {
          fixture->now += wait + late;
          continue;
        }
      taken = chorus_throttle_take (fixture->throttle, piece);
      g_assert_cmpuint (taken, >=, MIN (piece, KIB));
      g_assert_cmpuint (taken, <=, piece);
      total += taken;
      g_assert_cmpfloat ((double) total - due - lowest, <=, (double) get_step (rate) + 1.0);
    }

  return total;
}

static void
test_no_limit (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_cmpuint (chorus_throttle_get_rate (fixture->throttle), ==, 0);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, G_MAXSIZE), ==, 0);
      g_assert_cmpuint (chorus_throttle_take (fixture->throttle, G_MAXSIZE), ==, G_MAXSIZE);
    }
}

static void
test_rates (Fixture       *fixture,
            gconstpointer  data)
{
  static const guint64 rates[] = {
    1, 333, KIB, 10 * KIB, 100 * KIB, 1000 * KIB, 12345678, G_GUINT64_CONSTANT (1) << 33
  };
  static const gsize pieces[] = { 1, 1000, 8192, 300000 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (pieces); j++)
      {
        /* Long enough for some hundred pieces, and at least for twenty steps. */
        guint64 amount = MIN (MAX (100 * pieces[j], 20 * get_step (rates[i])), rates[i] * 100000);
        gint64 duration = (gint64) ((double) amount / (double) rates[i] * G_USEC_PER_SEC);
        guint64 total = 0;

        if (amount / pieces[j] > 1000000)
          continue;
        chorus_throttle_set_rate (fixture->throttle, 0);
        chorus_throttle_set_rate (fixture->throttle, rates[i]);
        total = fixture_drain (fixture, duration, 0, pieces[j]);
        g_assert_cmpuint (total, <=, amount + get_step (rates[i]));
        g_assert_cmpuint (total + get_step (rates[i]), >=, amount);
      }
}

/* Whoever looks up to 20 ms late still gets all of the limit. */
static void
test_late (Fixture       *fixture,
           gconstpointer  data)
{
  const guint64 rate = 5000 * KIB;
  guint64 total = 0;

  chorus_throttle_set_rate (fixture->throttle, rate);
  total = fixture_drain (fixture, 10 * G_USEC_PER_SEC, 20 * 1000, 8192);
  g_assert_cmpuint (total, >=, 10 * rate - get_step (rate));
}

/* Time without a reader is not saved up. */
static void
test_idle (Fixture       *fixture,
           gconstpointer  data)
{
  chorus_throttle_set_rate (fixture->throttle, 100 * KIB);
  fixture->now += G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, G_MAXSIZE), ==, 5 * KIB);
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, G_MAXSIZE), ==, 0);
}

static void
test_smooth (Fixture       *fixture,
             gconstpointer  data)
{
  /* One step fills in 50 ms; no wait is longer than that, or than 1 KiB takes. */
  chorus_throttle_set_rate (fixture->throttle, 1000 * KIB);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, G_MAXSIZE), >, 0);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, G_MAXSIZE), <=, 50 * 1000);
  chorus_throttle_set_rate (fixture->throttle, 10 * KIB);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, G_MAXSIZE), ==, 100 * 1000);

  /* The end of a body does not wait for a whole KiB. */
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, 100), <, 10 * 1000);
  fixture->now += 9766;
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, G_MAXSIZE), ==, 0);
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, 100), ==, 100);
}

static void
notify_cb (ChorusThrottle *throttle,
           GParamSpec     *spec,
           guint          *n_calls)
{
  (*n_calls)++;
}

static void
test_change (Fixture       *fixture,
             gconstpointer  data)
{
  guint n_calls = 0;

  g_signal_connect (fixture->throttle, "notify::rate", G_CALLBACK (notify_cb), &n_calls);
  chorus_throttle_set_rate (fixture->throttle, 1);
  g_assert_cmpuint (n_calls, ==, 1);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, 8192), ==, KIB * G_USEC_PER_SEC);

  /* Faster: what is missing comes at the new speed. */
  chorus_throttle_set_rate (fixture->throttle, 1000 * KIB);
  g_assert_cmpuint (n_calls, ==, 2);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, KIB), ==, 1000);

  /* Slower: what was saved up counts only for a step of the new limit. */
  fixture->now += G_USEC_PER_SEC;
  chorus_throttle_set_rate (fixture->throttle, 10 * KIB);
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, G_MAXSIZE), ==, 2 * KIB);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, 8192), >, 0);

  g_object_set (fixture->throttle, "rate", (guint64) 0, NULL);
  g_assert_cmpuint (n_calls, ==, 4);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, 8192), ==, 0);
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, 8192), ==, 8192);

  /* A limit after none starts with nothing saved up. */
  chorus_throttle_set_rate (fixture->throttle, 10 * KIB);
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, 8192), ==, 0);
  chorus_throttle_set_rate (fixture->throttle, 10 * KIB);
  g_assert_cmpuint (n_calls, ==, 5);

  chorus_throttle_set_rate (fixture->throttle, G_MAXUINT64);
  g_assert_cmpuint (chorus_throttle_get_rate (fixture->throttle), ==, CHORUS_THROTTLE_MAX_RATE);
  fixture->now += G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, 1 << 30), ==, 1 << 30);
}

static void
test_clock_stands (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_throttle_set_rate (fixture->throttle, 10 * KIB);
  fixture->now += 100 * 1000;
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, 8192), ==, KIB);
  fixture->now -= G_USEC_PER_SEC;
  g_assert_cmpuint (chorus_throttle_take (fixture->throttle, 8192), ==, 0);
  g_assert_cmpint (chorus_throttle_get_wait (fixture->throttle, 8192), ==, 100 * 1000);
}

#define TEST_N_THREADS 4

typedef struct
{
  ChorusThrottle *throttle;
  gint64 now; /* moved on by every look at it; under the throttle's own lock */
  guint64 taken[TEST_N_THREADS];
} Shared;

static gint64
shared_clock (gpointer user_data)
{
  return ((Shared *) user_data)->now += 100;
}

typedef struct
{
  Shared *shared;
  guint index;
} Taker;

static gpointer
taker_thread (gpointer data)
{
  Taker *taker = data;

  for (guint i = 0; i < 5000; i++)
    {
      taker->shared->taken[taker->index] += chorus_throttle_take (taker->shared->throttle, 8192);
      if (i % 100 == 0)
        chorus_throttle_get_wait (taker->shared->throttle, 8192);
    }

  return NULL;
}

/* Four at once get what one would: the clock moves by 100 us for each look, so the sum is known. */
static void
test_shared (void)
{
  const guint64 rate = 1000 * 1000;
  Shared shared = { 0 };
  Taker takers[TEST_N_THREADS];
  GThread *threads[TEST_N_THREADS];
  guint64 total = 0;

  shared.throttle = chorus_throttle_new_with_clock (shared_clock, &shared);
  chorus_throttle_set_rate (shared.throttle, rate);
  for (guint i = 0; i < TEST_N_THREADS; i++)
    {
      takers[i] = (Taker){ &shared, i };
      threads[i] = g_thread_new ("taker", taker_thread, &takers[i]);
    }
  for (guint i = 0; i < TEST_N_THREADS; i++)
    {
      g_thread_join (threads[i]);
      total += shared.taken[i];
    }

  g_assert_cmpuint (total, <=, (guint64) shared.now * rate / G_USEC_PER_SEC + get_step (rate));
  g_assert_cmpuint (total + get_step (rate), >=, (guint64) shared.now * rate / G_USEC_PER_SEC);
  g_assert_finalize_object (shared.throttle);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  TEST ("/throttle/no-limit", test_no_limit);
  TEST ("/throttle/rates", test_rates);
  TEST ("/throttle/late", test_late);
  TEST ("/throttle/idle", test_idle);
  TEST ("/throttle/smooth", test_smooth);
  TEST ("/throttle/change", test_change);
  TEST ("/throttle/clock-stands", test_clock_stands);
#undef TEST
  g_test_add_func ("/throttle/shared", test_shared);

  return g_test_run ();
}
