/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-folding.h"

#include <string.h>

char *
chorus_folding_fold (const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autoptr (GString) bare = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (!decomposed)
    return g_ascii_strdown (text, -1);

  bare = g_string_sized_new (strlen (decomposed));
  for (const char *at = decomposed; *at != '\0'; at = g_utf8_next_char (at))
    {
      const gunichar c = g_utf8_get_char (at);

      /* A mark that spaces out, such as a vowel of an Indian script, is a letter to its readers. */
      if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK || g_unichar_get_script (c) != G_UNICODE_SCRIPT_INHERITED)
        g_string_append_unichar (bare, c);
    }

  return g_utf8_casefold (bare->str, (gssize) bare->len);
}

char **
chorus_folding_split (const char *text)
{
  g_auto (GStrv) pieces = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  folded = chorus_folding_fold (text);
  pieces = g_strsplit_set (folded, " \t\n", -1);
  for (guint i = 0; pieces[i]; i++)
    {
      if (pieces[i][0] != '\0')
        g_strv_builder_add (words, pieces[i]);
    }

  return g_strv_builder_end (words);
}

gboolean
chorus_folding_contains_ascii (const char *text,
                               const char *word)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (word != NULL, FALSE);

  for (; *text != '\0'; text++)
    {
      const char *a = text;
      const char *b = word;

      while (*b != '\0' && g_ascii_tolower (*a) == *b)
        {
          a++;
          b++;
        }
      if (*b == '\0')
        return TRUE;
    }

  return *word == '\0';
}
