/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-label-layout.h"

#define WIDTH 800.0
#define HEIGHT 300.0
#define LABEL_HEIGHT 16.0
#define LEAST_WIDTH 30.0

static gboolean
overlap (const ChorusLabelRect *a,
         const ChorusLabelRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
assert_sound (const ChorusLabel *labels,
              gsize              n)
{
  for (gsize i = 0; i < n; i++)
    {
      const ChorusLabelRect *place = &labels[i].place;

      if (place->width == 0)
        continue;
      g_assert_cmpfloat (place->x, >=, 0);
      g_assert_cmpfloat (place->y, >=, 0);
      g_assert_cmpfloat (place->x + place->width, <=, WIDTH + 1e-9);
      g_assert_cmpfloat (place->y + place->height, <=, HEIGHT + 1e-9);
      g_assert_cmpfloat (place->width, <=, labels[i].natural_width);
      g_assert_cmpfloat (place->width, >=, MIN (LEAST_WIDTH, labels[i].natural_width));
      for (gsize k = 0; k < i; k++)
        {
          if (labels[k].place.width > 0)
            g_assert_false (overlap (place, &labels[k].place));
        }
    }
}

static void
lay_out (ChorusLabel *labels,
         gsize        n)
{
  chorus_label_layout (labels, n, WIDTH, HEIGHT, LABEL_HEIGHT, LEAST_WIDTH);
  assert_sound (labels, n);
}

static void
test_alone (void)
{
  ChorusLabel label = { .box = { 100, 100, 50, 50 }, .natural_width = 80 };

  lay_out (&label, 1);
  g_assert_cmpfloat (label.place.x, ==, 100);
  g_assert_cmpfloat (label.place.y, ==, 100 - LABEL_HEIGHT);
  g_assert_cmpfloat (label.place.width, ==, 80);
}

/* Without room above, it goes inside. */
static void
test_at_top (void)
{
  ChorusLabel label = { .box = { 100, 0, 50, HEIGHT }, .natural_width = 80 };

  lay_out (&label, 1);
  g_assert_cmpfloat (label.place.y, ==, 0);
}

static void
test_at_right_edge (void)
{
  ChorusLabel label = { .box = { WIDTH - 10, 100, 50, 50 }, .natural_width = 80 };

  lay_out (&label, 1);
  g_assert_cmpfloat (label.place.x, ==, WIDTH - 80);
}

/* Two of the same box: both can be read. */
static void
test_same_box (void)
{
  ChorusLabel labels[] = {
    { .box = { 100, 100, 50, 50 }, .natural_width = 80 },
    { .box = { 100, 100, 50, 50 }, .natural_width = 80 },
  };

  lay_out (labels, G_N_ELEMENTS (labels));
  g_assert_cmpfloat (labels[0].place.width, ==, 80);
  g_assert_cmpfloat (labels[1].place.width, ==, 80);
}

/* The first rank has the best place, wherever it stands in the array. */
static void
test_rank (void)
{
  ChorusLabel labels[] = {
    { .box = { 100, 100, 50, 50 }, .natural_width = 80, .rank = 1 },
    { .box = { 100, 100, 50, 50 }, .natural_width = 80, .rank = 0 },
  };

  lay_out (labels, G_N_ELEMENTS (labels));
  g_assert_cmpfloat (labels[1].place.y, ==, 100 - LABEL_HEIGHT);
  g_assert_cmpfloat (labels[0].place.y, !=, labels[1].place.y);
}

static void
test_outside (void)
{
  ChorusLabel labels[] = {
    { .box = { -100, 100, 50, 50 }, .natural_width = 80 },
    { .box = { WIDTH + 1, 100, 50, 50 }, .natural_width = 80 },
  };

  lay_out (labels, G_N_ELEMENTS (labels));
  g_assert_cmpfloat (labels[0].place.width, ==, 0);
  g_assert_cmpfloat (labels[1].place.width, ==, 0);
  chorus_label_layout (NULL, 0, WIDTH, HEIGHT, LABEL_HEIGHT, LEAST_WIDTH);
}

/* Whatever the boxes, no label overlaps another; and most are placed. */
static void
test_crowds (void)
{
  for (guint seed = 0; seed < 60; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      gsize n = (gsize) g_rand_int_range (rand, 1, 120);
      g_autofree ChorusLabel *labels = g_new0 (ChorusLabel, n);
      gsize n_placed = 0;

      for (gsize i = 0; i < n; i++)
        {
          labels[i].box =
            (ChorusLabelRect){ g_rand_double_range (rand, -100, WIDTH), g_rand_double_range (rand, -50, HEIGHT),
                               g_rand_double_range (rand, 1, 300), g_rand_double_range (rand, 1, 300) };
          labels[i].natural_width = g_rand_double_range (rand, 10, 260);
          labels[i].rank = g_rand_int_range (rand, 0, 3);
        }
      lay_out (labels, n);
      for (gsize i = 0; i < n; i++)
        n_placed += labels[i].place.width > 0;
      g_assert_cmpuint (n_placed, >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/label-layout/alone", test_alone);
  g_test_add_func ("/timeline/label-layout/at-top", test_at_top);
  g_test_add_func ("/timeline/label-layout/at-right-edge", test_at_right_edge);
  g_test_add_func ("/timeline/label-layout/same-box", test_same_box);
  g_test_add_func ("/timeline/label-layout/rank", test_rank);
  g_test_add_func ("/timeline/label-layout/outside", test_outside);
  g_test_add_func ("/timeline/label-layout/crowds", test_crowds);

  return g_test_run ();
}
