/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of a ZIP file around its contents, as PKWARE's APPNOTE 6.3.10 has them
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.5.3). */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusZipMember:
 * @name: its name in the archive, with slashes between folders
 * @checksum: CRC-32 of what it holds
 * @packed_size: its size as it is in the archive, in bytes
 * @size: its size once unpacked, in bytes
 * @offset: where its header begins, in bytes from the start of the archive
 *
 * A file in an archive, packed with Deflate.
 */
typedef struct
{
  char *name;
  guint32 checksum;
  guint64 packed_size;
  guint64 size;
  guint64 offset;
} ChorusZipMember;

/**
 * chorus_zip_format_add_header:
 * @bytes: where to
 * @member: a file
 * @modified: when it was written; its clock time alone is kept, to two seconds, from 1980 to 2107
 *
 * Adds what comes before the contents of @member. Fields of ZIP64 are added where a size needs them, and no other.
 */
void chorus_zip_format_add_header (GByteArray            *bytes,
                                   const ChorusZipMember *member,
                                   GDateTime             *modified);

/**
 * chorus_zip_format_add_directory:
 * @bytes: where to
 * @members: (element-type ChorusZipMember): the files, in the order in which they are in the archive
 * @modified: when they were written
 * @offset: where the directory begins, in bytes from the start of the archive
 *
 * Adds what comes after the contents of all files.
 */
void chorus_zip_format_add_directory (GByteArray *bytes,
                                      GPtrArray  *members,
                                      GDateTime  *modified,
                                      guint64     offset);

G_END_DECLS
