/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-name.h"

#include <math.h>
#include <string.h>

#include "chorus-text.h"

/* Bytes of a name without its extension; file systems take 255, and a number may have to be added. */
#define CHORUS_CLIP_NAME_MAX_STEM 180
#define CHORUS_CLIP_NAME_MAX_EXTENSION 15

/* How often another name is tried. */
#define CHORUS_CLIP_NAME_MAX_TRIES 100000

/* Longer than any recording, in seconds. */
#define CHORUS_CLIP_NAME_MAX_START 1e9

static gboolean
chorus_clip_name_is_unsafe (gunichar c)
{
  return c < 0x20 || c == 0x7f || c == 0xfffd || (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL);
}

static void
chorus_clip_name_append (GString    *name,
                         const char *text)
{
  g_autofree char *safe = chorus_text_from_name (text);

  for (const char *p = safe; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (name, chorus_clip_name_is_unsafe (c) ? '-' : c);
    }
}

/* Windows opens a device for these, whatever follows the first point. */
static gboolean
chorus_clip_name_is_reserved (const char *name)
{
  static const char devices[][4] = { "CON", "PRN", "AUX", "NUL", "COM", "LPT" };
  gsize length = strcspn (name, ".");

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_ascii_strncasecmp (name, devices[i], 3) == 0
        && (length == 3 || (i >= 4 && length == 4 && g_ascii_isdigit (name[3]))))
      return TRUE;

  return FALSE;
}

/* Windows takes points and spaces off the end, and a point at the beginning hides a file. */
static void
chorus_clip_name_trim (GString *name)
{
  gsize length = MIN (name->len, CHORUS_CLIP_NAME_MAX_STEM);

  if (length < name->len)
    {
      const char *end = g_utf8_find_prev_char (name->str, name->str + length + 1);

      g_string_truncate (name, end ? (gsize) (end - name->str) : 0);
    }
  while (name->len > 0 && (name->str[name->len - 1] == '.' || name->str[name->len - 1] == ' '))
    g_string_truncate (name, name->len - 1);
  while (name->len > 0 && (name->str[0] == '.' || name->str[0] == ' '))
    g_string_erase (name, 0, 1);

  if (name->len == 0 || chorus_clip_name_is_reserved (name->str))
    g_string_prepend_c (name, '_');
}

/* The name of a recording without the extension of its file. */
static char *
chorus_clip_name_get_stem (const char *recording)
{
  g_autofree char *base = g_path_get_basename (recording);
  char *point = strrchr (base, '.');

  if (point && point != base && strlen (point) <= 5)
    *point = '\0';

  return g_steal_pointer (&base);
}

static void
chorus_clip_name_append_start (GString                   *name,
                               const ChorusRecordingTime *recorded,
                               const char                *recording,
                               double                     start)
{
  double inside = CLAMP (start, 0.0, CHORUS_CLIP_NAME_MAX_START);
  int seconds = (int) floor (inside);
  g_autoptr (GDateTime) time = NULL;

  if (recorded)
    time = g_date_time_add_seconds (chorus_recording_time_get_time (recorded), inside);
  if (time)
    {
      g_autofree char *text = g_date_time_format (time, "%Y%m%d_%H%M%S");

      g_string_append (name, text);
      return;
    }

  if (recording && *recording)
    {
      g_autofree char *stem = chorus_clip_name_get_stem (recording);

      chorus_clip_name_append (name, stem);
      g_string_append_c (name, ' ');
    }
  g_string_append_printf (name, "%dh%02dm%02ds", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

char *
chorus_clip_name_new (const ChorusRecordingTime *recorded,
                      const char                *recording,
                      double                     start,
                      const char                *species,
                      double                     confidence,
                      const char                *extension)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) suffix = g_string_new (NULL);

  g_return_val_if_fail (extension != NULL, NULL);

  chorus_clip_name_append_start (name, recorded, recording, isnan (start) ? 0.0 : start);
  if (species && *species)
    {
      g_string_append_c (name, ' ');
      chorus_clip_name_append (name, species);
    }
  if (!isnan (confidence))
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, "%.2f", CLAMP (confidence, 0.0, 1.0));
      g_string_append_c (name, ' ');
      g_string_append (name, number);
    }
  chorus_clip_name_trim (name);

  chorus_clip_name_append (suffix, extension);
  g_string_truncate (suffix, MIN (suffix->len, CHORUS_CLIP_NAME_MAX_EXTENSION));

  return g_strconcat (name->str, ".", suffix->str, NULL);
}

char *
chorus_clip_name_make_safe (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);

  chorus_clip_name_append (name, text);
  chorus_clip_name_trim (name);

  return g_strdup (name->str);
}

char *
chorus_clip_name_new_stem (const char *recording)
{
  g_autofree char *stem = chorus_clip_name_get_stem (recording && *recording ? recording : "_");

  return chorus_clip_name_make_safe (stem);
}

GFile *
chorus_clip_name_make_unique (GFile      *folder,
                              const char *name)
{
  const char *point = strrchr (name, '.');
  g_autofree char *stem = point ? g_strndup (name, (gsize) (point - name)) : g_strdup (name);
  g_autoptr (GFile) file = g_file_get_child (folder, name);

  for (guint i = 2; i < CHORUS_CLIP_NAME_MAX_TRIES && g_file_query_exists (file, NULL); i++)
    {
      g_autofree char *other = g_strdup_printf ("%s (%u)%s", stem, i, point ? point : "");

      g_set_object (&file, NULL);
      file = g_file_get_child (folder, other);
    }

  return g_steal_pointer (&file);
}
