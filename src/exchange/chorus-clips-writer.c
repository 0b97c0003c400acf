/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clips-writer.h"

#include "chorus-clip-stage.h"
#include "chorus-export-remarks.h"
#include "core/chorus-clip-name.h"

/* Around a detection, in seconds: enough to hear what it comes out of. */
#define CHORUS_CLIPS_PADDING 1.0

struct _ChorusClipsWriter
{
  ChorusExportWriter parent_instance;

  ChorusClipsOptions options;
  ChorusClipStage *stage;
  guint n_rejected;
};

static void chorus_clips_writer_remarks_init (ChorusExportRemarksInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusClipsWriter,
                               chorus_clips_writer,
                               CHORUS_TYPE_EXPORT_WRITER,
                               G_IMPLEMENT_INTERFACE (CHORUS_TYPE_EXPORT_REMARKS, chorus_clips_writer_remarks_init))

static char **
chorus_clips_writer_dup_remarks (ChorusExportRemarks *remarks)
{
  ChorusClipsWriter *self = CHORUS_CLIPS_WRITER (remarks);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) missing = chorus_clip_stage_dup_remarks (self->stage);

  if (self->n_rejected > 0)
    {
      g_autofree char *text = chorus_export_remarks_describe_rejected (self->n_rejected);

      g_strv_builder_add (builder, text);
    }
  g_strv_builder_addv (builder, (const char **) missing);

  return g_strv_builder_end (builder);
}

static void
chorus_clips_writer_remarks_init (ChorusExportRemarksInterface *iface)
{
  iface->dup_remarks = chorus_clips_writer_dup_remarks;
}

static gboolean
chorus_clips_writer_begin (ChorusExportWriter  *writer,
                           GFile               *target,
                           GError             **error)
{
  ChorusClipsWriter *self = CHORUS_CLIPS_WRITER (writer);

  g_return_val_if_fail (self->stage == NULL, FALSE);

  self->stage = chorus_clip_stage_create (target, error);

  return self->stage != NULL;
}

static gboolean
chorus_clips_writer_takes (ChorusClipsWriter           *self,
                           const ChorusResultDetection *detection)
{
  return self->options.with_rejected || detection->verdict != CHORUS_VERDICT_REJECTED;
}

/* How many are taken; counts the others. */
static guint
chorus_clips_writer_count (ChorusClipsWriter  *self,
                           const ChorusResult *result)
{
  guint n = 0;

  for (guint i = 0; i < result->detections->len; i++)
    n += chorus_clips_writer_takes (self, g_ptr_array_index (result->detections, i)) ? 1 : 0;
  self->n_rejected += result->detections->len - n;

  return n;
}

static gboolean
chorus_clips_writer_add_detection (ChorusClipsWriter            *self,
                                   ChorusSampleSource           *source,
                                   const ChorusResult           *result,
                                   const ChorusResultDetection  *detection,
                                   GCancellable                 *cancellable,
                                   GError                      **error)
{
  g_autoptr (ChorusClip) clip = chorus_clip_stage_make_clip (source, result, detection, self->options.padding);
  const char *scientific = chorus_result_detection_get_scientific_name (detection);
  g_autofree char *name = NULL;
  guint64 first_frame = 0;
  guint64 n_frames = 0;

  /* The time in a name is that of the first sample. */
  chorus_clip_get_extent (clip, &first_frame, &n_frames);
  name = chorus_clip_name_new (result->recorded, result->name,
                               (double) first_frame / chorus_sample_source_get_sample_rate (source),
                               scientific ? scientific : chorus_result_detection_get_common_name (detection),
                               detection->confidence, "wav");

  return chorus_clip_stage_write (self->stage, clip, NULL, name, cancellable, error);
}

static gboolean
chorus_clips_writer_add (ChorusExportWriter  *writer,
                         const ChorusResult  *result,
                         GCancellable        *cancellable,
                         GError             **error)
{
  ChorusClipsWriter *self = CHORUS_CLIPS_WRITER (writer);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self->stage != NULL, FALSE);

  if (chorus_clips_writer_count (self, result) == 0)
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

      if (chorus_clips_writer_takes (self, detection)
          && chorus_clip_stage_check (self->stage, source, result, detection)
          && !chorus_clips_writer_add_detection (self, source, result, detection, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_clips_writer_finish (ChorusExportWriter  *writer,
                            GError             **error)
{
  ChorusClipsWriter *self = CHORUS_CLIPS_WRITER (writer);

  g_return_val_if_fail (self->stage != NULL, FALSE);

  return chorus_clip_stage_finish (self->stage, error);
}

static void
chorus_clips_writer_finalize (GObject *object)
{
  ChorusClipsWriter *self = CHORUS_CLIPS_WRITER (object);

  g_clear_pointer (&self->stage, chorus_clip_stage_free);

  G_OBJECT_CLASS (chorus_clips_writer_parent_class)->finalize (object);
}

static void
chorus_clips_writer_class_init (ChorusClipsWriterClass *klass)
{
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_clips_writer_finalize;
  writer_class->begin = chorus_clips_writer_begin;
  writer_class->add = chorus_clips_writer_add;
  writer_class->finish = chorus_clips_writer_finish;
}

static void
chorus_clips_writer_init (ChorusClipsWriter *self)
{
  self->options.padding = CHORUS_CLIPS_PADDING;
}

ChorusExportWriter *
chorus_clips_writer_new (const ChorusClipsOptions *options)
{
  ChorusClipsWriter *self = g_object_new (CHORUS_TYPE_CLIPS_WRITER, NULL);

  if (options)
    self->options = *options;

  return CHORUS_EXPORT_WRITER (self);
}
