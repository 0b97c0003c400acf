/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-file.h"

#include "chorus-upload-error.h"
#include "core/chorus-text.h"

#include <glib/gi18n.h>

gint64
chorus_upload_file_get_modified (GFileInfo *info)
{
  guint64 seconds = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);

  if (seconds > G_MAXINT64 / G_USEC_PER_SEC - 1)
    return 0;

  return (gint64) seconds * G_USEC_PER_SEC
         + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
}

char *
chorus_upload_file_dup_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return chorus_text_from_name (name);
}

/* Whether a file came into a sandbox through the document portal, and what it came as is not shared any more: for dropped
 * files that is when the session ends. The portal shows each thing it shares as DOC/IDENTIFIER/NAME. */
static gboolean
chorus_upload_file_was_shared (GFile *file)
{
  g_autofree char *root = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);
  g_autoptr (GFile) documents = g_file_new_for_path (root);
  g_autofree char *path = g_file_get_relative_path (documents, file);
  g_auto (GStrv) parts = path ? g_strsplit (path, G_DIR_SEPARATOR_S, 2) : NULL;
  g_autofree char *shared = parts ? g_build_filename (root, parts[0], NULL) : NULL;

  return shared && !g_file_test (shared, G_FILE_TEST_EXISTS);
}

void
chorus_upload_file_set_unreadable (GError       **error,
                                   GFile         *file,
                                   const GError  *cause)
{
  g_autofree char *name = chorus_upload_file_dup_name (file);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_error_copy (cause));
      return;
    }

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && chorus_upload_file_was_shared (file))
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE,
                 /* Translators: “%s” is the name of a file that was dropped on Chorus in its sandbox. */
                 _("“%s” was shared with Chorus until you logged out: choose its folder."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE,
                 /* Translators: “%s” is the name of a file. */
                 _("“%s” is no longer there: insert the card or bring the file back, then retry."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE,
                 /* Translators: “%s” is the name of a file. */
                 _("Chorus may not read “%s”: change its permissions or choose it with Add Files."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE,
                 /* Translators: “%s” is the name of a device or something similar. */
                 _("“%s” is not a file: add recordings or folders with recordings."), name);
  else
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE,
                 /* Translators: “%s” is the name of a file. */
                 _("“%s” cannot be read from its disk: copy it elsewhere and add it from there."), name);
}
