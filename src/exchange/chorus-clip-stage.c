/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-stage.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "audio/chorus-clip-writer.h"
#include "chorus-package-text.h"
#include "core/chorus-clip-name.h"
#include "core/chorus-new-file.h"
#include "core/chorus-text.h"

/* How many recordings that cannot be read are named. */
#define CHORUS_CLIP_STAGE_MAX_FAILURES 5

/* A clip that was written. */
typedef struct
{
  char *subfolder; /* or NULL */
  char *name;
} ChorusClipStageItem;

struct _ChorusClipStage
{
  char *folder;
  char *hidden; /* until all is at its place */
  GPtrArray *items;
  GHashTable *taken; /* places, without regard to case */

  guint n_absent;
  GPtrArray *failures; /* sentences */
  guint n_more_failures;
};

static void
chorus_clip_stage_item_free (gpointer data)
{
  ChorusClipStageItem *self = data;

  g_free (self->subfolder);
  g_free (self->name);
  g_free (self);
}

ChorusClipStage *
chorus_clip_stage_create (GFile   *folder,
                          GError **error)
{
  g_autoptr (ChorusClipStage) self = NULL;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_new0 (ChorusClipStage, 1);
  self->items = g_ptr_array_new_with_free_func (chorus_clip_stage_item_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  self->folder = g_file_get_path (folder);
  if (self->folder)
    self->hidden = g_build_filename (self->folder, ".chorus-XXXXXX", NULL);
  if (!self->hidden || !g_mkdtemp_full (self->hidden, 0777))
    {
      int number = self->hidden ? errno : ENOTSUP;
      g_autofree char *name = g_file_get_basename (folder);

      g_clear_pointer (&self->hidden, g_free);
      chorus_new_file_set_error (name, number, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static char *
chorus_clip_stage_get_folder (const ChorusClipStage *self,
                              const char            *parent,
                              const char            *subfolder)
{
  return subfolder ? g_build_filename (parent, subfolder, NULL) : g_strdup (parent);
}

/* Folders that are empty go, from the innermost up to @parent itself, which stays. */
static void
chorus_clip_stage_remove_folders (const char *parent,
                                  const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  while (strlen (path) > strlen (parent) && g_rmdir (path) == 0)
    {
      char *above = g_path_get_dirname (path);

      g_free (path);
      path = above;
    }
}

void
chorus_clip_stage_free (ChorusClipStage *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; self->hidden && i < self->items->len; i++)
    {
      const ChorusClipStageItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *folder = chorus_clip_stage_get_folder (self, self->hidden, item->subfolder);
      g_autofree char *path = g_build_filename (folder, item->name, NULL);

      g_unlink (path);
      chorus_clip_stage_remove_folders (self->hidden, folder);
    }
  if (self->hidden)
    g_rmdir (self->hidden);
  g_free (self->hidden);
  g_free (self->folder);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->failures);
  g_free (self);
}

/* Each sentence once: every detection of a recording has the same to say. */
static void
chorus_clip_stage_note (ChorusClipStage *self,
                        const char      *sentence)
{
  if (g_ptr_array_find_with_equal_func (self->failures, sentence, g_str_equal, NULL))
    return;
  if (self->failures->len < CHORUS_CLIP_STAGE_MAX_FAILURES)
    g_ptr_array_add (self->failures, g_strdup (sentence));
  else
    self->n_more_failures++;
}

ChorusSampleSource *
chorus_clip_stage_open (ChorusClipStage     *self,
                        const ChorusResult  *result,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr (GFile) file = result->path ? g_file_new_for_path (result->path) : NULL;
  g_autoptr (GError) local = NULL;
  ChorusSampleSource *source = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!file || !g_file_query_exists (file, NULL))
    {
      self->n_absent++;
      return NULL;
    }

  source = chorus_sample_source_open (file, cancellable, &local);
  if (source)
    return source;
  if (local->domain == CHORUS_AUDIO_ERROR)
    chorus_clip_stage_note (self, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

gboolean
chorus_clip_stage_check (ChorusClipStage             *self,
                         ChorusSampleSource          *source,
                         const ChorusResult          *result,
                         const ChorusResultDetection *detection)
{
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (detection->start < chorus_sample_source_get_duration (source))
    return TRUE;

  name = chorus_text_from_name (result->name);
  /* Translators: the name of a recording */
  sentence = g_strdup_printf (_("“%s” ends before a detection in it begins: find the file that was analyzed."), name);
  chorus_clip_stage_note (self, sentence);

  return FALSE;
}

static const char *
chorus_clip_stage_get_model_species (const ChorusResultDetection *detection)
{
  return detection->scientific_name ? detection->scientific_name : detection->common_name;
}

/* Not translated: other people's programs read it. */
static char *
chorus_clip_stage_make_note (const ChorusResult          *result,
                             const ChorusResultDetection *detection)
{
  GString *note = g_string_new ("From ");

  chorus_package_text_append_number (note, detection->start, 3);
  g_string_append (note, " to ");
  chorus_package_text_append_number (note, detection->end, 3);
  g_string_append_printf (note, " s of %s", result->name);
  if (isfinite (detection->low) && isfinite (detection->high))
    {
      g_string_append (note, ", ");
      chorus_package_text_append_number (note, detection->low, 0);
      g_string_append (note, " to ");
      chorus_package_text_append_number (note, detection->high, 0);
      g_string_append (note, " Hz");
    }
  if (isfinite (detection->confidence))
    {
      g_string_append (note, ", confidence ");
      chorus_package_text_append_number (note, detection->confidence, 4);
    }
  if (detection->verdict != CHORUS_VERDICT_NONE)
    g_string_append_printf (note, ", %s", chorus_verdict_to_text (detection->verdict));

  return g_string_free (note, FALSE);
}

ChorusClip *
chorus_clip_stage_make_clip (ChorusSampleSource          *source,
                             const ChorusResult          *result,
                             const ChorusResultDetection *detection,
                             double                       padding)
{
  ChorusClip *clip = chorus_clip_new_for_span (source, detection->start, detection->end);
  const char *scientific = chorus_result_detection_get_scientific_name (detection);

  clip->padding = padding;
  clip->recorded = result->recorded ? chorus_recording_time_copy (result->recorded) : NULL;
  clip->original_name = g_strdup (result->name);
  clip->species_auto_id = g_strdup (chorus_clip_stage_get_model_species (detection));
  if (detection->verdict == CHORUS_VERDICT_CONFIRMED)
    clip->species_manual_id = g_strdup (scientific ? scientific : chorus_result_detection_get_common_name (detection));
  clip->note = chorus_clip_stage_make_note (result, detection);

  return clip;
}

/* The name, or one with a number that no other clip has. */
static char *
chorus_clip_stage_take_name (ChorusClipStage *self,
                             const char      *subfolder,
                             const char      *name)
{
  const char *point = strrchr (name, '.');
  g_autofree char *stem = point ? g_strndup (name, (gsize) (point - name)) : g_strdup (name);
  g_autofree char *candidate = g_strdup (name);

  for (guint i = 2;; i++)
    {
      g_autofree char *place = g_strconcat (subfolder ? subfolder : "", "/", candidate, NULL);
      g_autofree char *key = g_utf8_casefold (place, -1);

      if (g_hash_table_add (self->taken, g_steal_pointer (&key)))
        return g_steal_pointer (&candidate);
      g_free (candidate);
      candidate = g_strdup_printf ("%s (%u)%s", stem, i, point ? point : "");
    }
}

gboolean
chorus_clip_stage_write (ChorusClipStage   *self,
                         const ChorusClip  *clip,
                         const char        *subfolder,
                         const char        *name,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GFile) target = NULL;
  g_autoptr (GError) local = NULL;
  ChorusClipStageItem *item = NULL;

  g_return_val_if_fail (self != NULL && self->hidden != NULL, FALSE);

  folder = chorus_clip_stage_get_folder (self, self->hidden, subfolder);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      chorus_new_file_set_error (name, errno, error);
      return FALSE;
    }

  /* Known before it is there, so that its folder goes as well when it never is. */
  item = g_new0 (ChorusClipStageItem, 1);
  item->subfolder = g_strdup (subfolder);
  item->name = chorus_clip_stage_take_name (self, subfolder, name);
  g_ptr_array_add (self->items, item);
  target = g_file_new_build_filename (folder, item->name, NULL);
  if (chorus_clip_writer_write (clip, target, cancellable, NULL, NULL, &local))
    return TRUE;

  if (local->domain != CHORUS_AUDIO_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_remove_index (self->items, self->items->len - 1);
  chorus_clip_stage_remove_folders (self->hidden, folder);
  chorus_clip_stage_note (self, local->message);

  return TRUE;
}

/* Moves a clip to its place, which @moved then tells. */
static gboolean
chorus_clip_stage_move (ChorusClipStage            *self,
                        const ChorusClipStageItem  *item,
                        GPtrArray                  *moved,
                        GError                    **error)
{
  g_autofree char *from = chorus_clip_stage_get_folder (self, self->hidden, item->subfolder);
  g_autofree char *path = g_build_filename (from, item->name, NULL);
  g_autofree char *to = chorus_clip_stage_get_folder (self, self->folder, item->subfolder);
  g_autoptr (GFile) folder = g_file_new_for_path (to);
  g_autoptr (GFile) target = NULL;

  if (g_mkdir_with_parents (to, 0777) != 0)
    {
      chorus_new_file_set_error (item->name, errno, error);
      return FALSE;
    }
  target = chorus_clip_name_make_unique (folder, item->name);
  if (g_rename (path, g_file_peek_path (target)) != 0)
    {
      chorus_new_file_set_error (item->name, errno, error);
      chorus_clip_stage_remove_folders (self->folder, to);
      return FALSE;
    }
  g_ptr_array_add (moved, g_strdup (g_file_peek_path (target)));
  chorus_clip_stage_remove_folders (self->hidden, from);

  return TRUE;
}

gboolean
chorus_clip_stage_finish (ChorusClipStage  *self,
                          GError          **error)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL && self->hidden != NULL, FALSE);

  for (guint i = 0; i < self->items->len; i++)
    if (!chorus_clip_stage_move (self, g_ptr_array_index (self->items, i), moved, error))
      {
        for (guint j = 0; j < moved->len; j++)
          {
            g_autofree char *folder = g_path_get_dirname (g_ptr_array_index (moved, j));

            g_unlink (g_ptr_array_index (moved, j));
            chorus_clip_stage_remove_folders (self->folder, folder);
          }
        return FALSE;
      }
  g_rmdir (self->hidden);
  g_clear_pointer (&self->hidden, g_free);

  return TRUE;
}

char **
chorus_clip_stage_dup_remarks (const ChorusClipStage *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self && self->n_absent > 0)
    {
      g_autofree char *text = g_strdup_printf (
        ngettext (
          "%u recording with detections is not on this computer, so that there are no clips of it: find its file "
          "and export again.",
          "%u recordings with detections are not on this computer, so that there are no clips of them: find "
          "their files and export again.",
          self->n_absent),
        self->n_absent);

      g_strv_builder_add (builder, text);
    }
  for (guint i = 0; self && i < self->failures->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->failures, i));
  if (self && self->n_more_failures > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u more clip could not be made for such a reason.",
                                   "%u more clips could not be made for such reasons.", self->n_more_failures),
                         self->n_more_failures);

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}
