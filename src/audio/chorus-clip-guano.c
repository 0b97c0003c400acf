/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-guano.h"

#include <math.h>
#include <string.h>

#include "chorus-recorder-formats.h"
#include "core/chorus-text.h"

/* What the fields of GUANO are called that a clip has a say in. The version comes first in every file. */
static const char version_key[] = "GUANO|Version";
static const char timestamp_key[] = "Timestamp";
static const char length_key[] = "Length";
static const char rate_key[] = "Samplerate";
static const char name_key[] = "Original Filename";
static const char auto_key[] = "Species Auto ID";
static const char manual_key[] = "Species Manual ID";
static const char note_key[] = "Note";

/* What the recording says about itself: lines as they are, with their keys. */
typedef struct
{
  GPtrArray *keys;
  GPtrArray *lines;
} ChorusClipGuanoFields;

static void
chorus_clip_guano_fields_init (ChorusClipGuanoFields *self,
                               GBytes                *original)
{
  gsize size = 0;
  const char *data = original ? g_bytes_get_data (original, &size) : NULL;
  g_autofree char *text = data ? g_strndup (data, size) : g_strdup ("");
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);

  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; lines[i]; i++)
    {
      const char *line = g_strstrip (lines[i]);
      const char *colon = NULL;

      if (g_str_has_prefix (line, "\xef\xbb\xbf"))
        line += 3;
      colon = strchr (line, ':');
      if (!colon)
        continue;
      g_ptr_array_add (self->keys, g_strchomp (g_strndup (line, (gsize) (colon - line))));
      g_ptr_array_add (self->lines, g_strdup (line));
    }
}

static void
chorus_clip_guano_fields_clear (ChorusClipGuanoFields *self)
{
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->lines);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusClipGuanoFields, chorus_clip_guano_fields_clear)

static gint
chorus_clip_guano_fields_find (const ChorusClipGuanoFields *self,
                               const char                  *key)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      return (gint) i;

  return -1;
}

/* The value of a field without the space around it, or NULL. */
static const char *
chorus_clip_guano_fields_get (const ChorusClipGuanoFields *self,
                              const char                  *key)
{
  gint i = chorus_clip_guano_fields_find (self, key);
  const char *value = i >= 0 ? strchr (g_ptr_array_index (self->lines, (guint) i), ':') + 1 : NULL;

  while (value && g_ascii_isspace (*value))
    value++;

  return value && *value ? value : NULL;
}

static void
chorus_clip_guano_fields_remove (ChorusClipGuanoFields *self,
                                 const char            *key)
{
  gint i;

  while ((i = chorus_clip_guano_fields_find (self, key)) >= 0)
    {
      g_ptr_array_remove_index (self->keys, (guint) i);
      g_ptr_array_remove_index (self->lines, (guint) i);
    }
}

/* Adds a field in the place of the recording's. */
static void
chorus_clip_guano_set (GString               *text,
                       ChorusClipGuanoFields *fields,
                       const char            *key,
                       const char            *value)
{
  g_string_append_printf (text, "%s: %s\n", key, value);
  chorus_clip_guano_fields_remove (fields, key);
}

/* A text is one line, and a line break within it is written as the two characters that GUANO gives it. */
static char *
chorus_clip_guano_escape (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  for (gsize i = 0; lines[i]; i++)
    {
      char *safe = chorus_text_from_name (lines[i]);

      g_free (lines[i]);
      lines[i] = safe;
    }

  return g_strjoinv ("\\n", lines);
}

static void
chorus_clip_guano_set_text (GString               *text,
                            ChorusClipGuanoFields *fields,
                            const char            *key,
                            const char            *value)
{
  g_autofree char *escaped = NULL;

  if (!value || !*value)
    return;

  escaped = chorus_clip_guano_escape (value);
  chorus_clip_guano_set (text, fields, key, escaped);
}

static void
chorus_clip_guano_set_timestamp (GString               *text,
                                 ChorusClipGuanoFields *fields,
                                 const ChorusClip      *clip,
                                 double                 start)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (ChorusRecordingTime) moved = NULL;
  g_autofree char *iso = NULL;

  if (clip->recorded)
    time = g_date_time_add_seconds (chorus_recording_time_get_time (clip->recorded), start);
  if (!time)
    return;

  moved = chorus_recording_time_new (time, chorus_recording_time_get_has_zone (clip->recorded),
                                     chorus_recording_time_get_source (clip->recorded));
  iso = chorus_recording_time_to_iso (moved);
  chorus_clip_guano_set (text, fields, timestamp_key, iso);
}

/* What is said of the clip stands beside what was said of the recording. */
static void
chorus_clip_guano_set_note (GString               *text,
                            ChorusClipGuanoFields *fields,
                            const ChorusClip      *clip)
{
  const char *before = chorus_clip_guano_fields_get (fields, note_key);
  g_autofree char *note = clip->note ? chorus_clip_guano_escape (clip->note) : NULL;
  g_autofree char *both = NULL;

  if (!note || !*note)
    return;

  both = before ? g_strconcat (before, "\\n", note, NULL) : g_strdup (note);
  chorus_clip_guano_set (text, fields, note_key, both);
}

static double
chorus_clip_guano_get_expansion (GBytes *original)
{
  g_auto (ChorusRecorderFields) fields = { 0 };
  gsize size = 0;
  const guint8 *data = original ? g_bytes_get_data (original, &size) : NULL;

  if (data)
    chorus_guano_read (data, size, &fields);

  return MAX (fields.time_expansion, 1.0);
}

GBytes *
chorus_clip_guano_new (const ChorusClip *clip,
                       GBytes           *original)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (ChorusClipGuanoFields) fields = { 0 };
  g_autoptr (GBytes) moved = NULL;
  double rate = chorus_sample_source_get_sample_rate (clip->source);
  double expansion = chorus_clip_guano_get_expansion (original);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  guint64 first_frame = 0;
  guint64 n_frames = 0;

  chorus_clip_get_extent (clip, &first_frame, &n_frames);
  if (original)
    moved = chorus_guano_move_time (original, (double) first_frame / rate, (double) n_frames / rate);
  chorus_clip_guano_fields_init (&fields, moved);

  chorus_clip_guano_set (text, &fields, version_key, "1.0");
  chorus_clip_guano_set_timestamp (text, &fields, clip, (double) first_frame / rate / expansion);
  g_ascii_formatd (number, sizeof number, "%.6f", (double) n_frames / rate / expansion);
  chorus_clip_guano_set (text, &fields, length_key, number);
  /* Of a time-expanded file the recorder may have meant either rate. */
  if (expansion == 1.0 || !chorus_clip_guano_fields_get (&fields, rate_key))
    {
      g_ascii_formatd (number, sizeof number, "%.0f", rate);
      chorus_clip_guano_set (text, &fields, rate_key, number);
    }
  /* The name that the recorder gave goes before one that the file was given since. */
  if (!chorus_clip_guano_fields_get (&fields, name_key))
    chorus_clip_guano_set_text (text, &fields, name_key, clip->original_name);
  chorus_clip_guano_set_text (text, &fields, auto_key, clip->species_auto_id);
  chorus_clip_guano_set_text (text, &fields, manual_key, clip->species_manual_id);
  chorus_clip_guano_set_note (text, &fields, clip);
  for (guint i = 0; i < fields.lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (fields.lines, i));

  return g_string_free_to_bytes (g_steal_pointer (&text));
}
