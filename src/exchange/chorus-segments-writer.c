/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-segments-writer.h"

#include <math.h>
#include <string.h>

#include "chorus-clip-stage.h"
#include "chorus-export-remarks.h"
#include "core/chorus-clip-name.h"

/* Bytes of the name of a recording in that of a clip; the rest is its numbers. */
#define CHORUS_SEGMENTS_MAX_STEM 120

/* Longer than any recording, in seconds. */
#define CHORUS_SEGMENTS_MAX_TIME 1e9

#define CHORUS_SEGMENTS_POSITIVE "Positive"
#define CHORUS_SEGMENTS_NEGATIVE "Negative"

struct _ChorusSegmentsWriter
{
  ChorusExportWriter parent_instance;

  ChorusSegmentsOptions options;
  ChorusClipStage *stage;
  GHashTable *folders; /* by species */
  GHashTable *taken;   /* folders, without regard to case */
};

static void chorus_segments_writer_remarks_init (ChorusExportRemarksInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusSegmentsWriter,
                               chorus_segments_writer,
                               CHORUS_TYPE_EXPORT_WRITER,
                               G_IMPLEMENT_INTERFACE (CHORUS_TYPE_EXPORT_REMARKS, chorus_segments_writer_remarks_init))

static char **
chorus_segments_writer_dup_remarks (ChorusExportRemarks *remarks)
{
  return chorus_clip_stage_dup_remarks (CHORUS_SEGMENTS_WRITER (remarks)->stage);
}

static void
chorus_segments_writer_remarks_init (ChorusExportRemarksInterface *iface)
{
  iface->dup_remarks = chorus_segments_writer_dup_remarks;
}

static gboolean
chorus_segments_writer_begin (ChorusExportWriter  *writer,
                              GFile               *target,
                              GError             **error)
{
  ChorusSegmentsWriter *self = CHORUS_SEGMENTS_WRITER (writer);

  g_return_val_if_fail (self->stage == NULL, FALSE);

  self->stage = chorus_clip_stage_create (target, error);

  return self->stage != NULL;
}

/* A folder of its own for each species, even where two of them make the same safe name. */
static const char *
chorus_segments_writer_get_folder (ChorusSegmentsWriter *self,
                                   const char           *scientific,
                                   const char           *common)
{
  const char *first = self->options.scientific ? scientific : common;
  const char *second = self->options.scientific ? common : scientific;
  const char *species = first && *first ? first : second && *second ? second : "Unknown";
  const char *known = g_hash_table_lookup (self->folders, species);
  g_autofree char *safe = NULL;
  g_autofree char *folder = NULL;

  if (known)
    return known;

  safe = chorus_clip_name_make_safe (species);
  folder = g_strdup (safe);
  for (guint i = 2;; i++)
    {
      g_autofree char *key = g_utf8_casefold (folder, -1);

      if (g_hash_table_add (self->taken, g_steal_pointer (&key)))
        break;
      g_free (folder);
      folder = g_strdup_printf ("%s (%u)", safe, i);
    }
  g_hash_table_insert (self->folders, g_strdup (species), folder);

  known = folder;
  folder = NULL;

  return known;
}

static void
chorus_segments_writer_append_time (GString *name,
                                    double   seconds)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double inside = isnan (seconds) ? 0.0 : CLAMP (seconds, 0.0, CHORUS_SEGMENTS_MAX_TIME);

  g_string_append_printf (name, "_%ss", g_ascii_formatd (number, sizeof number, "%.2f", inside));
}

static char *
chorus_segments_writer_make_name (const ChorusResult          *result,
                                  const ChorusResultDetection *detection,
                                  gboolean                     has_score,
                                  guint                        place)
{
  GString *name = g_string_new (NULL);
  g_autofree char *stem = chorus_clip_name_make_safe (result->name);
  char *point = strrchr (stem, '.');
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length = 0;

  if (point && point != stem)
    *point = '\0';
  length = strlen (stem);
  if (length > CHORUS_SEGMENTS_MAX_STEM)
    length = (gsize) (g_utf8_find_prev_char (stem, stem + CHORUS_SEGMENTS_MAX_STEM + 1) - stem);

  if (has_score && isfinite (detection->confidence))
    g_string_append (name, g_ascii_formatd (number, sizeof number, "%.3f", CLAMP (detection->confidence, 0.0, 1.0)));
  else
    g_string_append (name, "none");
  g_string_append_printf (name, "_%u_", place);
  g_string_append_len (name, stem, (gssize) length);
  chorus_segments_writer_append_time (name, detection->start);
  chorus_segments_writer_append_time (name, detection->end);
  g_string_append (name, ".wav");

  return g_string_free (name, FALSE);
}

/* A clip as one of a species; @label is the folder in that of the species, or NULL. */
static gboolean
chorus_segments_writer_write (ChorusSegmentsWriter  *self,
                              const ChorusClip      *clip,
                              const char            *folder,
                              const char            *label,
                              const char            *name,
                              GCancellable          *cancellable,
                              GError               **error)
{
  g_autofree char *path = label ? g_strconcat (folder, "/", label, NULL) : g_strdup (folder);

  return chorus_clip_stage_write (self->stage, clip, path, name, cancellable, error);
}

static gboolean
chorus_segments_writer_add_detection (ChorusSegmentsWriter         *self,
                                      ChorusSampleSource           *source,
                                      const ChorusResult           *result,
                                      const ChorusResultDetection  *detection,
                                      guint                         place,
                                      GCancellable                 *cancellable,
                                      GError                      **error)
{
  g_autoptr (ChorusClip) clip = chorus_clip_stage_make_clip (source, result, detection, self->options.padding);
  gboolean rejected = detection->verdict == CHORUS_VERDICT_REJECTED;
  gboolean renamed = !rejected && (detection->verdict_scientific_name || detection->verdict_common_name);
  const char *scientific =
    rejected ? detection->scientific_name : chorus_result_detection_get_scientific_name (detection);
  const char *common = rejected ? detection->common_name : chorus_result_detection_get_common_name (detection);
  const char *label = rejected                                         ? CHORUS_SEGMENTS_NEGATIVE
                      : detection->verdict == CHORUS_VERDICT_CONFIRMED ? CHORUS_SEGMENTS_POSITIVE
                                                                       : NULL;
  g_autofree char *name = chorus_segments_writer_make_name (result, detection, !renamed, place);
  g_autofree char *scored = NULL;

  if (!chorus_segments_writer_write (self, clip, chorus_segments_writer_get_folder (self, scientific, common), label,
                                     name, cancellable, error))
    return FALSE;
  if (!renamed || detection->verdict != CHORUS_VERDICT_CONFIRMED
      || (!detection->scientific_name && !detection->common_name))
    return TRUE;

  scored = chorus_segments_writer_make_name (result, detection, TRUE, place);

  return chorus_segments_writer_write (self, clip,
                                       chorus_segments_writer_get_folder (self, detection->scientific_name,
                                                                          detection->common_name),
                                       CHORUS_SEGMENTS_NEGATIVE, scored, cancellable, error);
}

static gboolean
chorus_segments_writer_add (ChorusExportWriter  *writer,
                            const ChorusResult  *result,
                            GCancellable        *cancellable,
                            GError             **error)
{
  ChorusSegmentsWriter *self = CHORUS_SEGMENTS_WRITER (writer);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self->stage != NULL, FALSE);

  if (result->detections->len == 0)
    return TRUE;

  source = chorus_clip_stage_open (self->stage, result, cancellable, &local);
  if (!source)
    {
      /* What is not there has been noted. */
      if (!local)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);

      if (chorus_clip_stage_check (self->stage, source, result, detection)
          && !chorus_segments_writer_add_detection (self, source, result, detection, i + 1, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_segments_writer_finish (ChorusExportWriter  *writer,
                               GError             **error)
{
  ChorusSegmentsWriter *self = CHORUS_SEGMENTS_WRITER (writer);

  g_return_val_if_fail (self->stage != NULL, FALSE);

  return chorus_clip_stage_finish (self->stage, error);
}

static void
chorus_segments_writer_finalize (GObject *object)
{
  ChorusSegmentsWriter *self = CHORUS_SEGMENTS_WRITER (object);

  g_clear_pointer (&self->stage, chorus_clip_stage_free);
  g_clear_pointer (&self->folders, g_hash_table_unref);
  g_clear_pointer (&self->taken, g_hash_table_unref);

  G_OBJECT_CLASS (chorus_segments_writer_parent_class)->finalize (object);
}

static void
chorus_segments_writer_class_init (ChorusSegmentsWriterClass *klass)
{
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_segments_writer_finalize;
  writer_class->begin = chorus_segments_writer_begin;
  writer_class->add = chorus_segments_writer_add;
  writer_class->finish = chorus_segments_writer_finish;
}

static void
chorus_segments_writer_init (ChorusSegmentsWriter *self)
{
  self->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* A review takes folders of these names for something else. */
  g_hash_table_add (self->taken, g_utf8_casefold (CHORUS_SEGMENTS_POSITIVE, -1));
  g_hash_table_add (self->taken, g_utf8_casefold (CHORUS_SEGMENTS_NEGATIVE, -1));
}

ChorusExportWriter *
chorus_segments_writer_new (const ChorusSegmentsOptions *options)
{
  ChorusSegmentsWriter *self = g_object_new (CHORUS_TYPE_SEGMENTS_WRITER, NULL);

  if (options)
    self->options = *options;

  return CHORUS_EXPORT_WRITER (self);
}
