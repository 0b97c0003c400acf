/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-spare.h"

struct _ChorusUploadSpare
{
  GMutex mutex;
  ChorusUploadReader *reader; /* nullable */
};

ChorusUploadSpare *
chorus_upload_spare_new (void)
{
  ChorusUploadSpare *self = g_atomic_rc_box_new0 (ChorusUploadSpare);

  g_mutex_init (&self->mutex);

  return self;
}

ChorusUploadSpare *
chorus_upload_spare_ref (ChorusUploadSpare *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
chorus_upload_spare_clear (gpointer data)
{
  ChorusUploadSpare *self = data;

  g_clear_pointer (&self->reader, chorus_upload_reader_free);
  g_mutex_clear (&self->mutex);
}

void
chorus_upload_spare_unref (ChorusUploadSpare *self)
{
  g_atomic_rc_box_release_full (self, chorus_upload_spare_clear);
}

static ChorusUploadReader *
chorus_upload_spare_exchange (ChorusUploadSpare  *self,
                              ChorusUploadReader *reader)
{
  ChorusUploadReader *former = NULL;

  g_mutex_lock (&self->mutex);
  former = g_steal_pointer (&self->reader);
  self->reader = reader;
  g_mutex_unlock (&self->mutex);

  return former;
}

ChorusUploadReader *
chorus_upload_spare_take (ChorusUploadSpare *self)
{
  return chorus_upload_spare_exchange (self, NULL);
}

static void
chorus_upload_spare_discard_thread (GTask        *task,
                                    gpointer      source_object,
                                    gpointer      task_data,
                                    GCancellable *cancellable)
{
  chorus_upload_reader_free (task_data);
}

void
chorus_upload_spare_discard (ChorusUploadSpare *self)
{
  ChorusUploadReader *reader = chorus_upload_spare_take (self);
  g_autoptr (GTask) task = NULL;

  if (!reader)
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, chorus_upload_spare_discard);
  g_task_set_task_data (task, reader, NULL);
  g_task_run_in_thread (task, chorus_upload_spare_discard_thread);
}

void
chorus_upload_spare_put (ChorusUploadSpare  *self,
                         ChorusUploadReader *reader)
{
  ChorusUploadReader *former = chorus_upload_spare_exchange (self, reader);

  /* Ending a decoder takes a while: not while others wait for the lock. */
  chorus_upload_reader_free (former);
}
