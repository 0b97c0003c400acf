/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chorus-station-json.h"
#include "chorus-station-token.h"

/* 256 bits in base64url. */
#define CHORUS_STATION_FOLDER_TOKEN_LENGTH 43

struct _ChorusStationFolder
{
  GObject parent_instance;

  char *path;
  char *store_path;
  char *files_path;
  char *incoming_path;
  int lock_fd;
};

G_DEFINE_FINAL_TYPE (ChorusStationFolder, chorus_station_folder, G_TYPE_OBJECT)

static void
chorus_station_folder_finalize (GObject *object)
{
  ChorusStationFolder *self = CHORUS_STATION_FOLDER (object);

  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self->store_path);
  g_free (self->files_path);
  g_free (self->incoming_path);

  G_OBJECT_CLASS (chorus_station_folder_parent_class)->finalize (object);
}

static void
chorus_station_folder_class_init (ChorusStationFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_station_folder_finalize;
}

static void
chorus_station_folder_init (ChorusStationFolder *self)
{
  self->lock_fd = -1;
}

static gboolean
chorus_station_folder_fail (const char  *what,
                            const char  *path,
                            int          saved_errno,
                            GError     **error)
{
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (saved_errno), "%s “%s”: %s.", what, path,
               g_strerror (saved_errno));

  return FALSE;
}

static gboolean
chorus_station_folder_make (const char  *path,
                            GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  return chorus_station_folder_fail ("Cannot make the folder", path, errno, error);
}

static gboolean
chorus_station_folder_lock (ChorusStationFolder  *self,
                            GError              **error)
{
  g_autofree char *path = g_build_filename (self->path, "lock", NULL);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock_fd < 0)
    return chorus_station_folder_fail ("Cannot open", path, errno, error);
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return chorus_station_folder_fail ("Cannot lock", path, errno, error);

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, "Another station is using the folder “%s”.", self->path);

  return FALSE;
}

ChorusStationFolder *
chorus_station_folder_open (const char  *path,
                            GError     **error)
{
  g_autoptr (ChorusStationFolder) self = g_object_new (CHORUS_TYPE_STATION_FOLDER, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  self->store_path = chorus_station_folder_build_store_path (self->path);
  self->files_path = g_build_filename (self->path, "files", NULL);
  self->incoming_path = g_build_filename (self->path, "incoming", NULL);

  if (!chorus_station_folder_make (self->path, error) || !chorus_station_folder_lock (self, error)
      || !chorus_station_folder_make (self->files_path, error)
      || !chorus_station_folder_make (self->incoming_path, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
chorus_station_folder_get_store_path (ChorusStationFolder *self)
{
  g_return_val_if_fail (CHORUS_IS_STATION_FOLDER (self), NULL);

  return self->store_path;
}

char *
chorus_station_folder_build_store_path (const char *path)
{
  return g_build_filename (path, "station.db", NULL);
}

char *
chorus_station_folder_build_file_path (ChorusStationFolder *self,
                                       const char          *file_id,
                                       const char          *kind)
{
  g_autofree char *name = g_strconcat (file_id, ".", kind, NULL);

  g_return_val_if_fail (CHORUS_IS_STATION_FOLDER (self), NULL);

  return g_build_filename (self->files_path, name, NULL);
}

char *
chorus_station_folder_build_incoming_path (ChorusStationFolder *self)
{
  g_autofree char *name = g_uuid_string_random ();

  g_return_val_if_fail (CHORUS_IS_STATION_FOLDER (self), NULL);

  return g_build_filename (self->incoming_path, name, NULL);
}

gboolean
chorus_station_folder_sync_files (ChorusStationFolder  *self,
                                  GError              **error)
{
  int fd = open (self->files_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);

  return synced || chorus_station_folder_fail ("Cannot write to the folder", self->files_path, saved_errno, error);
}

static void
chorus_station_folder_clean_one (const char *path,
                                 GHashTable *known)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file_id = g_strndup (name, strcspn (name, "."));
      g_autofree char *file_path = g_build_filename (path, name, NULL);

      if (!known || !g_hash_table_contains (known, file_id))
        g_unlink (file_path);
    }
}

void
chorus_station_folder_clean (ChorusStationFolder *self,
                             GHashTable          *known)
{
  g_return_if_fail (CHORUS_IS_STATION_FOLDER (self));
  g_return_if_fail (known != NULL);

  chorus_station_folder_clean_one (self->incoming_path, NULL);
  chorus_station_folder_clean_one (self->files_path, known);
}

static gboolean
chorus_station_folder_is_token (const char *text)
{
  return strlen (text) == CHORUS_STATION_FOLDER_TOKEN_LENGTH
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
              == CHORUS_STATION_FOLDER_TOKEN_LENGTH;
}

/* A token that others could read is as good as published: it counts only where the file is the owner's alone. */
static char *
chorus_station_folder_read_token (const char *path)
{
  g_autofree char *text = NULL;
  GStatBuf info = { 0 };

  if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_uid != getuid () || (info.st_mode & 077) != 0
      || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strchomp (text);

  return chorus_station_folder_is_token (text) ? g_steal_pointer (&text) : NULL;
}

char *
chorus_station_folder_dup_token (ChorusStationFolder  *self,
                                 GError              **error)
{
  g_autofree char *path = g_build_filename (self->path, "token", NULL);
  g_autofree char *token = chorus_station_folder_read_token (path);

  g_return_val_if_fail (CHORUS_IS_STATION_FOLDER (self), NULL);

  if (token)
    return g_steal_pointer (&token);

  /* The mode counts for a new file alone: one that others could read must not lend its mode to the next. */
  g_unlink (path);
  token = chorus_station_token_new_random (error);
  if (!token
      || !g_file_set_contents_full (path, token, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                    error))
    return NULL;

  return g_steal_pointer (&token);
}

gboolean
chorus_station_folder_write_address (ChorusStationFolder  *self,
                                     const char           *url,
                                     guint                 port,
                                     GError              **error)
{
  g_autofree char *path = g_build_filename (self->path, "station.json", NULL);
  g_autoptr (JsonNode) node = chorus_station_json_take_object (json_object_new ());
  JsonObject *object = json_node_get_object (node);
  g_autofree char *text = NULL;

  g_return_val_if_fail (CHORUS_IS_STATION_FOLDER (self), FALSE);

  json_object_set_string_member (object, "url", url);
  json_object_set_int_member (object, "port", port);
  json_object_set_int_member (object, "pid", getpid ());
  json_object_set_string_member (object, "version", PACKAGE_VERSION);
  text = json_to_string (node, TRUE);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

guint
chorus_station_folder_get_last_port (ChorusStationFolder *self)
{
  g_autofree char *path = g_build_filename (self->path, "station.json", NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = file ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (JsonObject) object = bytes ? chorus_station_json_parse_object (bytes, NULL) : NULL;
  gint64 port = object ? json_object_get_int_member_with_default (object, "port", 0) : 0;

  return port > 0 && port <= G_MAXUINT16 ? (guint) port : 0;
}
