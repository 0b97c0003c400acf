/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For unshare(). */
#define _GNU_SOURCE

#include "scratch-disk.h"

#include "chorus-test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ScratchDisk
{
  char *folder;
  gboolean mounted;
  struct rlimit limit; /* as it was */
};

static gboolean
scratch_disk_write (const char *path,
                    const char *text)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gboolean written = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);

  return written;
}

/* Root needs no more than mounts of its own; anybody else first becomes root of a user namespace, where there are such. */
static gboolean
scratch_disk_enter (void)
{
  uid_t uid = getuid ();
  gid_t gid = getgid ();
  g_autofree char *uid_map = g_strdup_printf ("0 %u 1", uid);
  g_autofree char *gid_map = g_strdup_printf ("0 %u 1", gid);

  if (unshare (CLONE_NEWNS) != 0
      && (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0 || !scratch_disk_write ("/proc/self/setgroups", "deny")
          || !scratch_disk_write ("/proc/self/uid_map", uid_map)
          || !scratch_disk_write ("/proc/self/gid_map", gid_map)))
    return FALSE;

  return mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

ScratchDisk *
scratch_disk_new (const char *folder,
                  guint       megabytes)
{
  ScratchDisk *self = g_new0 (ScratchDisk, 1);
  g_autofree char *options = g_strdup_printf ("size=%um,mode=0700", megabytes);

  self->folder = g_strdup (folder);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  self->mounted = scratch_disk_enter () && mount ("scratch", folder, "tmpfs", 0, options) == 0;
  g_test_message ("The disk is %s", self->mounted ? "a file system" : "a limit");

  /* A write beyond the limit is an error, and no longer the end of the process. */
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &self->limit), ==, 0);

  return self;
}

void
scratch_disk_free (ScratchDisk *self)
{
  scratch_disk_clear (self);
  if (self->mounted)
    umount2 (self->folder, MNT_DETACH);
  g_free (self->folder);
  g_free (self);
}

static void
scratch_disk_fill_mounted (ScratchDisk *self)
{
  g_autofree char *path = g_build_filename (self->folder, "ballast", NULL);
  g_autofree char *block = g_malloc0 (64 * 1024);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  gssize n = 0;

  g_assert_cmpint (fd, >=, 0);
  for (gsize size = 64 * 1024; size > 0; size /= 2)
    {
      while ((n = write (fd, block, size)) > 0)
        continue;
    }
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);
}

/* No file grows beyond the largest one that is there. */
static void
scratch_disk_fill_limited (ScratchDisk *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  struct rlimit limit = self->limit;
  const char *name = NULL;

  limit.rlim_cur = 0;
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      struct stat info;

      if (stat (path, &info) == 0)
        limit.rlim_cur = MAX (limit.rlim_cur, (rlim_t) info.st_size);
    }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

void
scratch_disk_fill (ScratchDisk *self)
{
  if (self->mounted)
    scratch_disk_fill_mounted (self);
  else
    scratch_disk_fill_limited (self);
}

void
scratch_disk_clear (ScratchDisk *self)
{
  g_autofree char *path = g_build_filename (self->folder, "ballast", NULL);

  if (self->mounted)
    g_unlink (path);
  else
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &self->limit), ==, 0);
}

void
scratch_disk_change (const char *path,
                     gsize       bytes)
{
  static const char filling[16] = "something else";
  struct stat info;
  struct timespec times[2];
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (fstat (fd, &info), ==, 0);
  g_assert_cmpuint (bytes, <=, sizeof filling);
  if (bytes > 0)
    g_assert_cmpint (pwrite (fd, filling, bytes, info.st_size), ==, (gssize) bytes);
  else
    g_assert_cmpint (pwrite (fd, filling, sizeof filling, info.st_size / 2), ==, sizeof filling);

  /* On a file system with coarse times as well. */
  times[0] = info.st_atim;
  times[1] = info.st_mtim;
  times[1].tv_sec += 2;
  g_assert_cmpint (futimens (fd, times), ==, 0);
  close (fd);
}

void
scratch_disk_ruin (const char *path,
                   gsize       offset)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *contents = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpuint (size, >, offset);
  for (gsize i = offset; i < size; i++)
    contents[i] = (char) g_rand_int (random);

  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, contents, size), ==, (gssize) size);
  close (fd);
}
