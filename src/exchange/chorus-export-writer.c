/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-writer.h"

G_DEFINE_ABSTRACT_TYPE (ChorusExportWriter, chorus_export_writer, G_TYPE_OBJECT)

static void
chorus_export_writer_class_init (ChorusExportWriterClass *klass)
{
}

static void
chorus_export_writer_init (ChorusExportWriter *self)
{
}

gboolean
chorus_export_writer_begin (ChorusExportWriter  *self,
                            GFile               *target,
                            GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT_WRITER (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (target), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return CHORUS_EXPORT_WRITER_GET_CLASS (self)->begin (self, target, error);
}

gboolean
chorus_export_writer_add (ChorusExportWriter  *self,
                          const ChorusResult  *result,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT_WRITER (self), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return CHORUS_EXPORT_WRITER_GET_CLASS (self)->add (self, result, cancellable, error);
}

gboolean
chorus_export_writer_finish (ChorusExportWriter  *self,
                             GError             **error)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT_WRITER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return CHORUS_EXPORT_WRITER_GET_CLASS (self)->finish (self, error);
}
