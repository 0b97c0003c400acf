/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-project-summary.h"

struct _ChorusProjectSummary
{
  GObject parent_instance;

  gint64 n_audio_devices;
  gint64 n_cameras;
  gint64 n_audio_files;
  gint64 n_images_videos;
  gint64 n_species;
  GPtrArray *in_situ;
  GPtrArray *ex_situ;
};

G_DEFINE_FINAL_TYPE (ChorusProjectSummary, chorus_project_summary, G_TYPE_OBJECT)

static void
chorus_project_summary_finalize (GObject *object)
{
  ChorusProjectSummary *self = CHORUS_PROJECT_SUMMARY (object);

  g_clear_pointer (&self->in_situ, g_ptr_array_unref);
  g_clear_pointer (&self->ex_situ, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_project_summary_parent_class)->finalize (object);
}

static void
chorus_project_summary_class_init (ChorusProjectSummaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_project_summary_finalize;
}

static void
chorus_project_summary_init (ChorusProjectSummary *self)
{
}

ChorusProjectSummary *
chorus_project_summary_new (const ChorusProjectSummaryInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);

  ChorusProjectSummary *self = g_object_new (CHORUS_TYPE_PROJECT_SUMMARY, NULL);

  self->n_audio_devices = init->n_audio_devices;
  self->n_cameras = init->n_cameras;
  self->n_audio_files = init->n_audio_files;
  self->n_images_videos = init->n_images_videos;
  self->n_species = init->n_species;
  self->in_situ = init->in_situ ? g_ptr_array_ref (init->in_situ) : g_ptr_array_new ();
  self->ex_situ = init->ex_situ ? g_ptr_array_ref (init->ex_situ) : g_ptr_array_new ();

  return self;
}

gint64
chorus_project_summary_get_n_audio_devices (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), -1);

  return self->n_audio_devices;
}

gint64
chorus_project_summary_get_n_cameras (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), -1);

  return self->n_cameras;
}

gint64
chorus_project_summary_get_n_audio_files (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), -1);

  return self->n_audio_files;
}

gint64
chorus_project_summary_get_n_images_videos (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), -1);

  return self->n_images_videos;
}

gint64
chorus_project_summary_get_n_species (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), -1);

  return self->n_species;
}

GPtrArray *
chorus_project_summary_get_in_situ (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), NULL);

  return self->in_situ;
}

GPtrArray *
chorus_project_summary_get_ex_situ (ChorusProjectSummary *self)
{
  g_return_val_if_fail (CHORUS_IS_PROJECT_SUMMARY (self), NULL);

  return self->ex_situ;
}
