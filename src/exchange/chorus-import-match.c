/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-import-match.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "core/chorus-clip-name.h"
#include "core/chorus-text.h"

/* Seconds that a detection may begin after the end of its recording: lengths are rounded. */
#define CHORUS_IMPORT_MATCH_ROUNDING 0.05

/* Bytes of text that are set aside at a time. */
#define CHORUS_IMPORT_MATCH_CHUNK 1024

typedef struct
{
  const ChorusResult *recording;
  const char *reason; /* of the chunk */
} ChorusImportTarget;

struct _ChorusImportMatch
{
  GArray *targets; /* of ChorusImportTarget, one for each row */
  GStringChunk *reasons;
  guint n_matched;
};

/* Recordings by what they can be found by: each a table from a key to a GPtrArray of ChorusResult. */
typedef struct
{
  GHashTable *by_file_id;
  GHashTable *by_path;
  GHashTable *by_name; /* in small letters, as the next */
  GHashTable *by_stem;
  GHashTable *by_clock;   /* seconds since 1970 by the clock of the recorder */
  GHashTable *by_instant; /* seconds since 1970 in UTC, where the zone is known */
} ChorusImportIndex;

static void
chorus_import_index_clear (ChorusImportIndex *self)
{
  g_clear_pointer (&self->by_file_id, g_hash_table_unref);
  g_clear_pointer (&self->by_path, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->by_stem, g_hash_table_unref);
  g_clear_pointer (&self->by_clock, g_hash_table_unref);
  g_clear_pointer (&self->by_instant, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusImportIndex, chorus_import_index_clear)

/* Takes over @key, which both kinds of tables free. */
static void
chorus_import_index_add (GHashTable         *table,
                         gpointer            key,
                         const ChorusResult *recording)
{
  GPtrArray *recordings = g_hash_table_lookup (table, key);

  if (!recordings)
    {
      recordings = g_ptr_array_new ();
      g_hash_table_insert (table, key, recordings);
    }
  else
    g_free (key);
  g_ptr_array_add (recordings, (gpointer) recording);
}

static gint64 *
chorus_import_index_new_second (GDateTime *time,
                                gboolean   by_clock)
{
  const gint64 second =
    g_date_time_to_unix (time) + (by_clock ? g_date_time_get_utc_offset (time) / G_TIME_SPAN_SECOND : 0);

  return g_memdup2 (&second, sizeof second);
}

/* The last part of a path of any system. */
static const char *
chorus_import_index_get_base (const char *path)
{
  const char *base = path;

  for (const char *p = path; *p; p++)
    {
      if (*p == '/' || *p == '\\')
        base = p + 1;
    }

  return base;
}

static char *
chorus_import_index_fold_stem (const char *name)
{
  const char *point = strrchr (name, '.');
  g_autofree char *stem = g_strndup (name, point && point != name ? (gsize) (point - name) : strlen (name));

  return g_utf8_casefold (stem, -1);
}

static void
chorus_import_index_add_recording (ChorusImportIndex  *self,
                                   const ChorusResult *recording)
{
  g_autofree char *name = g_utf8_make_valid (recording->name ? recording->name : "", -1);
  g_autofree char *safe = chorus_clip_name_new_stem (name);
  g_autofree char *stem = chorus_import_index_fold_stem (name);
  g_autofree char *safe_stem = g_utf8_casefold (safe, -1);

  chorus_import_index_add (self->by_name, g_utf8_casefold (name, -1), recording);
  /* Our own tables have names that are safe. */
  if (!g_str_equal (stem, safe_stem))
    chorus_import_index_add (self->by_stem, g_steal_pointer (&safe_stem), recording);
  chorus_import_index_add (self->by_stem, g_steal_pointer (&stem), recording);
  if (recording->file_id)
    chorus_import_index_add (self->by_file_id, g_strdup (recording->file_id), recording);
  if (recording->path)
    chorus_import_index_add (self->by_path, g_utf8_make_valid (recording->path, -1), recording);
  if (recording->recorded)
    {
      GDateTime *time = chorus_recording_time_get_time (recording->recorded);

      chorus_import_index_add (self->by_clock, chorus_import_index_new_second (time, TRUE), recording);
      if (chorus_recording_time_get_has_zone (recording->recorded))
        chorus_import_index_add (self->by_instant, chorus_import_index_new_second (time, FALSE), recording);
    }
}

static void
chorus_import_index_init (ChorusImportIndex *self,
                          GPtrArray         *recordings)
{
  GHashTable **by_text[] = { &self->by_file_id, &self->by_path, &self->by_name, &self->by_stem };
  GHashTable **by_second[] = { &self->by_clock, &self->by_instant };

  for (guint i = 0; i < G_N_ELEMENTS (by_text); i++)
    *by_text[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (by_second); i++)
    *by_second[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < recordings->len; i++)
    chorus_import_index_add_recording (self, g_ptr_array_index (recordings, i));
}

static void
chorus_import_found_add_all (GPtrArray  *found,
                             GHashTable *table,
                             gpointer    key)
{
  GPtrArray *recordings = g_hash_table_lookup (table, key);

  if (recordings)
    g_ptr_array_extend (found, recordings, NULL, NULL);
}

static void
chorus_import_index_find_path (const ChorusImportIndex *self,
                               const char              *file,
                               const char              *folded_name,
                               GPtrArray               *found)
{
  g_autofree char *path = g_strdelimit (g_strdup (file), "\\", '/');
  GPtrArray *named = NULL;

  chorus_import_found_add_all (found, self->by_path, path);
  if (found->len > 0 || !strchr (path, '/') || *path == '/')
    return;

  /* A relative path: that of a file whose path ends with it. */
  while (g_str_has_prefix (path, "./"))
    memmove (path, path + 2, strlen (path + 2) + 1);
  named = strchr (path, '/') ? g_hash_table_lookup (self->by_name, folded_name) : NULL;
  for (guint i = 0; named && i < named->len; i++)
    {
      const ChorusResult *recording = g_ptr_array_index (named, i);
      const char *end = recording->path ? g_strrstr (recording->path, path) : NULL;

      if (end && end > recording->path && end[-1] == '/' && g_str_equal (end, path))
        g_ptr_array_add (found, (gpointer) recording);
    }
}

static void
chorus_import_index_find_name (const ChorusImportIndex *self,
                               const char              *name,
                               const char              *folded_name,
                               GPtrArray               *found)
{
  GPtrArray *named = g_hash_table_lookup (self->by_name, folded_name);

  for (guint i = 0; named && i < named->len; i++)
    {
      if (g_strcmp0 (((const ChorusResult *) g_ptr_array_index (named, i))->name, name) == 0)
        g_ptr_array_add (found, g_ptr_array_index (named, i));
    }
  if (named && found->len == 0)
    g_ptr_array_extend (found, named, NULL, NULL);
}

static void
chorus_import_index_find_time (const ChorusImportIndex *self,
                               const char              *recorded,
                               const char              *name,
                               GPtrArray               *found)
{
  g_autoptr (ChorusRecordingTime) time = NULL;
  g_autofree gint64 *clock_second = NULL;
  g_autofree gint64 *instant = NULL;
  GPtrArray *recordings = NULL;

  if (recorded)
    time = chorus_recording_time_new_from_iso (recorded, CHORUS_TIME_SOURCE_UNKNOWN);
  if (!time)
    time = chorus_recording_time_new_from_file_name (name);
  if (!time)
    return;

  clock_second = chorus_import_index_new_second (chorus_recording_time_get_time (time), TRUE);
  if (!chorus_recording_time_get_has_zone (time))
    {
      chorus_import_found_add_all (found, self->by_clock, clock_second);
      return;
    }

  instant = chorus_import_index_new_second (chorus_recording_time_get_time (time), FALSE);
  chorus_import_found_add_all (found, self->by_instant, instant);
  recordings = g_hash_table_lookup (self->by_clock, clock_second);
  for (guint i = 0; recordings && i < recordings->len; i++)
    {
      const ChorusResult *recording = g_ptr_array_index (recordings, i);

      if (!chorus_recording_time_get_has_zone (recording->recorded))
        g_ptr_array_add (found, (gpointer) recording);
    }
}

/* All that a row may belong to. */
static void
chorus_import_index_find (const ChorusImportIndex *self,
                          const ChorusImportRow   *row,
                          const char              *stem,
                          GPtrArray               *found)
{
  const char *name = row->file ? chorus_import_index_get_base (row->file) : stem;
  g_autofree char *folded_name = g_utf8_casefold (name, -1);

  g_ptr_array_set_size (found, 0);
  if (row->file_id)
    chorus_import_found_add_all (found, self->by_file_id, (gpointer) row->file_id);
  if (found->len == 0 && row->file)
    chorus_import_index_find_path (self, row->file, folded_name, found);
  if (found->len == 0)
    chorus_import_index_find_name (self, name, folded_name, found);
  if (found->len == 0)
    {
      g_autofree char *folded_stem = row->file ? chorus_import_index_fold_stem (name) : g_strdup (folded_name);

      chorus_import_found_add_all (found, self->by_stem, folded_stem);
    }
  if (found->len == 0)
    chorus_import_index_find_time (self, row->recorded, name, found);
}

/* Where several are left, those of the deployment that the row names, if there are any. */
static void
chorus_import_found_narrow (GPtrArray  *found,
                            const char *deployment_id)
{
  guint n_left = 0;

  if (found->len < 2 || !deployment_id)
    return;

  for (guint i = 0; i < found->len; i++)
    {
      const ChorusResult *recording = g_ptr_array_index (found, i);

      if (g_strcmp0 (recording->deployment_id, deployment_id) == 0)
        found->pdata[n_left++] = (gpointer) recording;
    }
  if (n_left > 0)
    g_ptr_array_set_size (found, (int) n_left);
}

/* Why a row belongs to none of @found, or %NULL if it belongs to the only one. */
static char *
chorus_import_match_dup_reason (const ChorusImportRow *row,
                                const char            *stem,
                                GPtrArray             *found)
{
  g_autofree char *shown = chorus_text_from_name (row->file ? chorus_import_index_get_base (row->file) : stem);
  const ChorusResult *recording = NULL;

  if (found->len == 0 && !row->file)
    return g_strdup_printf (
      _("Its recording is not named, and none of these recordings is called “%s” as its table is: "
         "rename the table after its recording."),
      shown);
  if (found->len == 0)
    return g_strdup_printf (_("“%s” is none of these recordings."), shown);
  if (found->len > 1)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "“%s” may be %u recording, and nothing says which: choose its deployment.",
                   "“%s” may be any of %u recordings, and nothing says which: choose the deployment "
                   "that it belongs to.",
                   found->len),
      shown, found->len);

  recording = g_ptr_array_index (found, 0);
  if (row->start > recording->duration + CHORUS_IMPORT_MATCH_ROUNDING)
    {
      g_autofree char *start = chorus_text_from_duration (row->start);
      g_autofree char *duration = chorus_text_from_duration (recording->duration);

      /* Translators: a time such as 6:10, the name of a file, and a length such as 5:00 */
      return g_strdup_printf (_("It begins at %s, and “%s” is only %s long."), start, shown, duration);
    }

  return NULL;
}

ChorusImportMatch *
chorus_import_match_new (const ChorusImport *import,
                         GPtrArray          *recordings)
{
  g_auto (ChorusImportIndex) index = { 0 };
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  ChorusImportMatch *self = NULL;

  g_return_val_if_fail (import != NULL, NULL);
  g_return_val_if_fail (recordings != NULL, NULL);

  chorus_import_index_init (&index, recordings);
  self = g_new0 (ChorusImportMatch, 1);
  self->targets = g_array_new (FALSE, TRUE, sizeof (ChorusImportTarget));
  self->reasons = g_string_chunk_new (CHORUS_IMPORT_MATCH_CHUNK);
  g_array_set_size (self->targets, chorus_import_get_n_rows (import));
  for (guint i = 0; i < chorus_import_get_n_rows (import); i++)
    {
      const ChorusImportRow *row = chorus_import_get_row (import, i);
      ChorusImportTarget *target = &g_array_index (self->targets, ChorusImportTarget, i);
      g_autofree char *reason = NULL;

      chorus_import_index_find (&index, row, chorus_import_get_stem (import), found);
      chorus_import_found_narrow (found, row->deployment_id);
      reason = chorus_import_match_dup_reason (row, chorus_import_get_stem (import), found);
      if (reason)
        target->reason = g_string_chunk_insert_const (self->reasons, reason);
      else
        {
          target->recording = g_ptr_array_index (found, 0);
          self->n_matched++;
        }
    }

  return self;
}

void
chorus_import_match_free (ChorusImportMatch *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->targets);
  g_string_chunk_free (self->reasons);
  g_free (self);
}

const ChorusResult *
chorus_import_match_get_recording (const ChorusImportMatch *self,
                                   guint                    index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->targets->len, NULL);

  return g_array_index (self->targets, ChorusImportTarget, index).recording;
}

const char *
chorus_import_match_get_reason (const ChorusImportMatch *self,
                                guint                    index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->targets->len, NULL);

  return g_array_index (self->targets, ChorusImportTarget, index).reason;
}

guint
chorus_import_match_get_n_matched (const ChorusImportMatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_matched;
}
