/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-writer.h"

#include "chorus-export-remarks.h"

#include <glib/gi18n.h>

typedef struct
{
  struct
  {
    guint n_recordings;
    guint n_detections;
  } left_out[CHORUS_N_LEFT_OUT];
} ChorusExportWriterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChorusExportWriter, chorus_export_writer, G_TYPE_OBJECT)

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

void
chorus_export_writer_leave_out (ChorusExportWriter *self,
                                ChorusLeftOut       reason,
                                guint               n_recordings,
                                guint               n_detections)
{
  ChorusExportWriterPrivate *priv = chorus_export_writer_get_instance_private (self);

  g_return_if_fail (CHORUS_IS_EXPORT_WRITER (self));
  g_return_if_fail ((guint) reason < CHORUS_N_LEFT_OUT);

  priv->left_out[reason].n_recordings += n_recordings;
  priv->left_out[reason].n_detections += n_detections;
}

void
chorus_export_writer_get_left_out (ChorusExportWriter *self,
                                   ChorusLeftOut       reason,
                                   guint              *n_recordings,
                                   guint              *n_detections)
{
  ChorusExportWriterPrivate *priv = chorus_export_writer_get_instance_private (self);

  g_return_if_fail (CHORUS_IS_EXPORT_WRITER (self));
  g_return_if_fail ((guint) reason < CHORUS_N_LEFT_OUT);

  if (n_recordings)
    *n_recordings = priv->left_out[reason].n_recordings;
  if (n_detections)
    *n_detections = priv->left_out[reason].n_detections;
}

static char *
chorus_export_writer_dup_sentence (ChorusLeftOut reason,
                                   guint         n_recordings,
                                   guint         n_detections)
{
  switch (reason)
    {
    case CHORUS_LEFT_OUT_NO_DETECTIONS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u recording has no detection to write, and no file was made for it.",
                                           "%u recordings have no detection to write, and no files were made for them.",
                                           n_recordings),
                              n_recordings);

    case CHORUS_LEFT_OUT_NO_FILE:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "%u recording was left out, because its file is not where this computer knows it: find the "
                     "original and export again.",
                     "%u recordings were left out, because their files are not where this computer knows them: find "
                     "the originals and export again.",
                     n_recordings),
        n_recordings);

    case CHORUS_LEFT_OUT_NO_DURATION:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u recording was left out, because its length is not known.",
                                           "%u recordings were left out, because their lengths are not known.",
                                           n_recordings),
                              n_recordings);

    case CHORUS_LEFT_OUT_PATH:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "%u recording was left out, because the name of its file or of a folder above it has characters "
                     "that this format cannot hold: rename it and export again.",
                     "%u recordings were left out, because the names of their files or of folders above them have "
                     "characters that this format cannot hold: rename them and export again.",
                     n_recordings),
        n_recordings);

    case CHORUS_LEFT_OUT_REJECTED:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "%u rejected detection was left out, because this format cannot say that it is wrong.",
                     "%u rejected detections were left out, because this format cannot say that they are wrong.",
                     n_detections),
        n_detections);

    default:
      g_return_val_if_reached (NULL);
    }
}

char **
chorus_export_writer_list_left_out (ChorusExportWriter *self)
{
  ChorusExportWriterPrivate *priv = chorus_export_writer_get_instance_private (self);
  GPtrArray *sentences = NULL;

  g_return_val_if_fail (CHORUS_IS_EXPORT_WRITER (self), NULL);

  sentences = g_ptr_array_new ();
  for (guint i = 0; i < CHORUS_N_LEFT_OUT; i++)
    {
      const guint n_recordings = priv->left_out[i].n_recordings;
      const guint n_detections = priv->left_out[i].n_detections;

      if (n_recordings > 0 || n_detections > 0)
        g_ptr_array_add (sentences, chorus_export_writer_dup_sentence ((ChorusLeftOut) i, n_recordings, n_detections));
    }
  if (CHORUS_IS_EXPORT_REMARKS (self))
    {
      g_autofree char **remarks = chorus_export_remarks_dup (CHORUS_EXPORT_REMARKS (self));

      for (guint i = 0; remarks[i]; i++)
        g_ptr_array_add (sentences, remarks[i]);
    }
  g_ptr_array_add (sentences, NULL);

  return (char **) g_ptr_array_free (sentences, FALSE);
}
