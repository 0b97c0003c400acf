/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "core/chorus-folding.h"

static void
test_folding_fold (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "", "" },
    { "Turdus MERULA", "turdus merula" },
    { "Pic épeiche", "pic epeiche" },
    { "Pic e\xcc\x81peiche", "pic epeiche" },
    { "Grünfink", "grunfink" },
    { "GRÜNFINK", "grunfink" },
    { "Straße", "strasse" },
    { "ＡＢＣ１", "abc1" },
    { "ΟΔΟΣ", "οδοσ" },
    /* Vowels of Hindi are no accents. */
    { "कोयल", "कोयल" },
    { "मैना", "मैना" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = chorus_folding_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_folding_split (void)
{
  g_auto (GStrv) words = chorus_folding_split ("  Größe  épeiche\t");
  g_auto (GStrv) none = chorus_folding_split ("  ");
  const char *expected[] = { "grosse", "epeiche", NULL };

  g_assert_cmpstrv (words, expected);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_folding_contains (void)
{
  static const char *const texts[] = { "", "a", "REC_0001.WAV", "20250604_050000.wav", "aab", "AAAB" };
  static const char *const words[] = { "", "a", "b", "aab", "rec", "0001.w", "v", "wav", "x", "é", "rec_0001.wav.old" };

  /* The same as with a copy that was folded. */
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = chorus_folding_fold (texts[i]);

      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        g_assert_true (chorus_folding_contains_ascii (texts[i], words[j]) == (strstr (folded, words[j]) != NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/folding/fold", test_folding_fold);
  g_test_add_func ("/core/folding/split", test_folding_split);
  g_test_add_func ("/core/folding/contains", test_folding_contains);

  return g_test_run ();
}
