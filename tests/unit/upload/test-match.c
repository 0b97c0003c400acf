/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-match.h"

#include <math.h>

#define ABSENT CHORUS_UPLOAD_MATCH_ABSENT
#define FOUND CHORUS_UPLOAD_MATCH_FOUND
#define DOUBT CHORUS_UPLOAD_MATCH_UNDECIDED
#define NO_FILE CHORUS_UPLOAD_MATCH_NO_FILE

typedef struct
{
  const char *name;
  guint n_parts;
  ChorusUploadTrait parts[4];
  guint n_files;
  ChorusUploadTrait files[5];
  gboolean accepted;
  ChorusUploadMatched expected[4];
} Case;

static const Case cases[] = {
  { "nothing there",
    2,
    { { 10, 1, 0 }, { 20, 2, 0 } },
    0,
    { { 0 } },
    FALSE,
    { { ABSENT, NO_FILE }, { ABSENT, NO_FILE } } },
  { "other files only", 1, { { 10, 1, 0 } }, 2, { { 11, 1, 1 }, { 10, 5, 1 } }, FALSE, { { ABSENT, NO_FILE } } },
  { "sizes tell",
    2,
    { { 10, 1, 0 }, { 20, 2, 0 } },
    2,
    { { 20, 2, 1 }, { 10, 1, 1 } },
    FALSE,
    { { FOUND, 1 }, { FOUND, 0 } } },
  { "one of two",
    2,
    { { 10, 1, 0 }, { 20, 2, 0 } },
    1,
    { { 20, 2, 1 } },
    FALSE,
    { { ABSENT, NO_FILE }, { FOUND, 0 } } },
  { "equal ones in order",
    3,
    { { 10, 1, 0 }, { 20, 2, 0 }, { 10, 1, 0 } },
    3,
    { { 10, 1, 1 }, { 10, 1, 1 }, { 20, 2, 1 } },
    FALSE,
    { { FOUND, 0 }, { FOUND, 2 }, { FOUND, 1 } } },
  { "one of two equal ones",
    3,
    { { 10, 1, 0 }, { 10, 1, 0 }, { 20, 2, 0 } },
    2,
    { { 10, 1, 1 }, { 20, 2, 1 } },
    FALSE,
    { { DOUBT, NO_FILE }, { DOUBT, NO_FILE }, { FOUND, 1 } } },
  { "somebody else's as well", 1, { { 10, 1, 0 } }, 2, { { 10, 1, 1 }, { 10, 1, 1 } }, FALSE, { { DOUBT, NO_FILE } } },
  { "no sizes, as many",
    2,
    { { 10, 1, 0 }, { 20, 2, 0 } },
    2,
    { { -1, NAN, 1 }, { -1, NAN, 1 } },
    FALSE,
    { { FOUND, 0 }, { FOUND, 1 } } },
  { "no sizes, fewer",
    2,
    { { 10, 1, 0 }, { 20, 2, 0 } },
    1,
    { { -1, NAN, 1 } },
    FALSE,
    { { DOUBT, NO_FILE }, { DOUBT, NO_FILE } } },
  { "lengths tell",
    2,
    { { 10, 1, 0 }, { 20, 2, 0 } },
    1,
    { { -1, 2.1, 1 } },
    FALSE,
    { { ABSENT, NO_FILE }, { FOUND, 0 } } },
  { "not dated", 1, { { 10, 1, 0 } }, 1, { { 10, 1, 0 } }, FALSE, { { DOUBT, NO_FILE } } },
  { "accepted, nothing there", 1, { { 10, 1, 0 } }, 0, { { 0 } }, TRUE, { { FOUND, NO_FILE } } },
  { "accepted, too many", 1, { { 10, 1, 0 } }, 2, { { 10, 1, 1 }, { 10, 1, 1 } }, TRUE, { { FOUND, NO_FILE } } },
  { "accepted, as many",
    2,
    { { 10, 1, 0 }, { 10, 1, 0 } },
    2,
    { { 10, 1, 1 }, { 10, 1, 1 } },
    TRUE,
    { { FOUND, 0 }, { FOUND, 1 } } },
  /* A file that may be either of two different parts leaves both in doubt. */
  { "half told",
    2,
    { { 10, 1, 0 }, { 20, 1, 0 } },
    2,
    { { 10, 1, 1 }, { -1, 1, 1 } },
    FALSE,
    { { DOUBT, NO_FILE }, { DOUBT, NO_FILE } } },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChorusUploadMatched matched[4] = { 0 };

      g_test_message ("%s", cases[i].name);
      chorus_upload_match (cases[i].parts, cases[i].n_parts, cases[i].files, cases[i].n_files, cases[i].accepted,
                           matched);
      for (guint p = 0; p < cases[i].n_parts; p++)
        {
          g_assert_cmpint (matched[p].match, ==, cases[i].expected[p].match);
          g_assert_cmpuint (matched[p].file, ==, cases[i].expected[p].file);
        }
    }
}

/* Some of a batch arrived, among files of others. Whatever is said for certain has to be true, however much is said: a
 * part taken for sent that was not would be lost, one taken for absent that was not would be doubled. */
static void
test_never_wrong (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      ChorusUploadTrait parts[20] = { 0 };
      ChorusUploadTrait files[40] = { 0 };
      ChorusUploadMatched matched[20] = { 0 };
      gboolean arrived[20] = { FALSE };
      guint n_parts = (guint) g_test_rand_int_range (1, 20);
      guint n_files = 0;
      guint n_sizes = (guint) g_test_rand_int_range (1, 20);

      for (guint p = 0; p < n_parts; p++)
        {
          parts[p].size = 100 + g_test_rand_int_range (0, (int) n_sizes);
          parts[p].duration = (double) parts[p].size;
          arrived[p] = g_test_rand_bit ();
          if (arrived[p])
            files[n_files++] = (ChorusUploadTrait){ parts[p].size, parts[p].duration, TRUE };
        }
      /* Those of others are of other sizes here: equal ones nobody could tell apart. */
      for (guint f = 0; f < 5; f++)
        files[n_files++] = (ChorusUploadTrait){ 1000 + g_test_rand_int_range (0, 9), 7, TRUE };

      chorus_upload_match (parts, n_parts, files, n_files, FALSE, matched);
      for (guint p = 0; p < n_parts; p++)
        {
          if (matched[p].match == FOUND)
            {
              g_assert_true (arrived[p]);
              g_assert_cmpint (files[matched[p].file].size, ==, parts[p].size);
              for (guint q = 0; q < p; q++)
                g_assert_true (matched[q].match != FOUND || matched[q].file != matched[p].file);
            }
          if (matched[p].match == ABSENT)
            g_assert_false (arrived[p]);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upload/match/cases", test_cases);
  g_test_add_func ("/upload/match/never-wrong", test_never_wrong);

  return g_test_run ();
}
