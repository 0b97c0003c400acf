/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-summary-writer.h"

#include <string.h>

#include "chorus-summary-page.h"
#include "core/chorus-new-file.h"

struct _ChorusSummaryWriter
{
  ChorusExportWriter parent_instance;

  char *title;
  GDateTime *created;
  ChorusSummary *summary;
  ChorusNewFile *file;
};

G_DEFINE_FINAL_TYPE (ChorusSummaryWriter, chorus_summary_writer, CHORUS_TYPE_EXPORT_WRITER)

static gboolean
chorus_summary_writer_begin (ChorusExportWriter  *writer,
                             GFile               *target,
                             GError             **error)
{
  ChorusSummaryWriter *self = CHORUS_SUMMARY_WRITER (writer);

  g_return_val_if_fail (self->file == NULL, FALSE);

  self->file = chorus_new_file_create (target, error);

  return self->file != NULL;
}

static gboolean
chorus_summary_writer_add (ChorusExportWriter  *writer,
                           const ChorusResult  *result,
                           GCancellable        *cancellable,
                           GError             **error)
{
  chorus_summary_add (CHORUS_SUMMARY_WRITER (writer)->summary, result);

  return TRUE;
}

static gboolean
chorus_summary_writer_finish (ChorusExportWriter  *writer,
                              GError             **error)
{
  ChorusSummaryWriter *self = CHORUS_SUMMARY_WRITER (writer);
  g_autoptr (GDateTime) now = self->created ? g_date_time_ref (self->created) : g_date_time_new_now_local ();
  g_autofree char *page = chorus_summary_page_new (self->summary, self->title, now);

  g_return_val_if_fail (self->file != NULL, FALSE);

  return chorus_new_file_write (self->file, page, strlen (page), error) && chorus_new_file_finish (self->file, error);
}

static void
chorus_summary_writer_finalize (GObject *object)
{
  ChorusSummaryWriter *self = CHORUS_SUMMARY_WRITER (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_clear_pointer (&self->summary, chorus_summary_free);
  g_clear_pointer (&self->file, chorus_new_file_free);

  G_OBJECT_CLASS (chorus_summary_writer_parent_class)->finalize (object);
}

static void
chorus_summary_writer_class_init (ChorusSummaryWriterClass *klass)
{
  ChorusExportWriterClass *writer_class = CHORUS_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_summary_writer_finalize;
  writer_class->begin = chorus_summary_writer_begin;
  writer_class->add = chorus_summary_writer_add;
  writer_class->finish = chorus_summary_writer_finish;
}

static void
chorus_summary_writer_init (ChorusSummaryWriter *self)
{
  self->summary = chorus_summary_new ();
}

ChorusExportWriter *
chorus_summary_writer_new (const ChorusSummaryOptions *options)
{
  ChorusSummaryWriter *self = g_object_new (CHORUS_TYPE_SUMMARY_WRITER, NULL);

  if (options)
    {
      self->title = g_strdup (options->title);
      self->created = options->created ? g_date_time_ref (options->created) : NULL;
    }

  return CHORUS_EXPORT_WRITER (self);
}
