/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-pack.h"

#define MB G_GINT64_CONSTANT (1000000)

static void
test_length (void)
{
  /* Base64 turns each three bytes, or what is left of them, into four; a data URI stands around it. */
  g_assert_cmpint (chorus_upload_pack_get_length (3) - chorus_upload_pack_get_length (0), ==, 4);
  g_assert_cmpint (chorus_upload_pack_get_length (4) - chorus_upload_pack_get_length (3), ==, 4);
  g_assert_cmpint (chorus_upload_pack_get_length (6), ==, chorus_upload_pack_get_length (4));
  g_assert_cmpint (chorus_upload_pack_get_length (0), >=, (goffset) sizeof "\"data:audio/wav;base64,\",");
}

static void
test_count (void)
{
  static const struct
  {
    goffset sizes[6];
    guint n;
    guint max_files;
    goffset budget;
    guint count;
  } cases[] = {
    { { 0 }, 0, 20, 32 * MB, 0 },
    { { 25 * MB }, 1, 20, 32 * MB, 1 },
    { { 25 * MB, 25 * MB }, 2, 20, 32 * MB, 1 },
    { { 12 * MB - 50, 12 * MB - 50 }, 2, 20, 32 * MB, 2 },
    { { 12 * MB, 12 * MB + 1 }, 2, 20, 32 * MB, 1 },
    { { 25 * MB, 1 }, 2, 20, 1 * MB, 1 }, /* the first always goes */
    { { 1, 1, 1, 1, 1, 1 }, 6, 4, 32 * MB, 4 },
    { { 1, 1, 25 * MB, 1, 1, 1 }, 6, 20, 32 * MB, 2 }, /* none is passed over */
    { { 1, 1, 1, 1, 1, 1 }, 6, 1, 32 * MB, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (chorus_upload_pack_count (cases[i].sizes, cases[i].n, cases[i].max_files, cases[i].budget), ==,
                        cases[i].count);
    }
}

/* Whatever the sizes: everything is sent, in order, and no request of more than one file is over the budget. */
static void
test_count_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      goffset sizes[300];
      goffset budget = g_test_rand_int_range (1, 100) * MB;
      guint n = (guint) g_test_rand_int_range (1, 300);
      guint sent = 0;

      for (guint i = 0; i < n; i++)
        sizes[i] = g_test_rand_int_range (1, 25000000);
      while (sent < n)
        {
          guint count = chorus_upload_pack_count (sizes + sent, n - sent, 20, budget);
          goffset length = 0;

          g_assert_cmpuint (count, >=, 1);
          g_assert_cmpuint (count, <=, 20);
          g_assert_cmpuint (sent + count, <=, n);
          for (guint i = 0; i < count; i++)
            length += chorus_upload_pack_get_length (sizes[sent + i]);
          g_assert_true (count == 1 || length <= budget);
          if (sent + count < n && count < 20)
            g_assert_cmpint (length + chorus_upload_pack_get_length (sizes[sent + count]), >, budget);
          sent += count;
        }
    }
}

static void
test_budget (void)
{
  goffset budget = CHORUS_UPLOAD_PACK_START;

  /* A small request says nothing of what is possible. */
  g_assert_cmpint (chorus_upload_pack_grow (budget, budget / 2 - 1), ==, budget);
  g_assert_cmpint (chorus_upload_pack_grow (budget, budget / 2), ==, 2 * budget);
  for (guint i = 0; i < 20; i++)
    budget = chorus_upload_pack_grow (budget, budget);
  g_assert_cmpint (budget, ==, CHORUS_UPLOAD_PACK_MOST);

  /* The budget is halved from what was really sent, not from what could have been. */
  g_assert_cmpint (chorus_upload_pack_shrink (budget, 40 * MB), ==, 20 * MB);
  for (guint i = 0; i < 20; i++)
    budget = chorus_upload_pack_shrink (budget, budget);
  g_assert_cmpint (budget, ==, CHORUS_UPLOAD_PACK_LEAST);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upload/pack/length", test_length);
  g_test_add_func ("/upload/pack/count", test_count);
  g_test_add_func ("/upload/pack/count-random", test_count_random);
  g_test_add_func ("/upload/pack/budget", test_budget);

  return g_test_run ();
}
