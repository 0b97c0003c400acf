/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-zip-format.h"

#include <string.h>

#define CHORUS_ZIP_LOCAL_HEADER 0x04034b50
#define CHORUS_ZIP_CENTRAL_HEADER 0x02014b50
#define CHORUS_ZIP_END 0x06054b50
#define CHORUS_ZIP_LONG_END 0x06064b50
#define CHORUS_ZIP_LONG_LOCATOR 0x07064b50

/* Which version of the format is needed to unpack: 2.0 for Deflate, 4.5 for what is long. */
#define CHORUS_ZIP_VERSION 20
#define CHORUS_ZIP_LONG_VERSION 45

#define CHORUS_ZIP_UNIX (3 << 8)
#define CHORUS_ZIP_UTF8 (1 << 11)
#define CHORUS_ZIP_DEFLATE 8
#define CHORUS_ZIP_LONG_FIELD 1

/* A plain file that everybody may read, as Unix has it. */
#define CHORUS_ZIP_ATTRIBUTES (0100644u << 16)

static void
chorus_zip_format_add (GByteArray *bytes,
                       guint64     value,
                       guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static gboolean
chorus_zip_format_is_long (guint64 value)
{
  return value >= G_MAXUINT32;
}

static gboolean
chorus_zip_member_has_long_size (const ChorusZipMember *member)
{
  return chorus_zip_format_is_long (member->size) || chorus_zip_format_is_long (member->packed_size);
}

static guint
chorus_zip_format_get_date (GDateTime *modified)
{
  int year = CLAMP (g_date_time_get_year (modified), 1980, 2107);

  return (guint) ((year - 1980) << 9 | g_date_time_get_month (modified) << 5 | g_date_time_get_day_of_month (modified));
}

static guint
chorus_zip_format_get_time (GDateTime *modified)
{
  return (guint) (g_date_time_get_hour (modified) << 11 | g_date_time_get_minute (modified) << 5
                  | g_date_time_get_second (modified) / 2);
}

/* What both headers of a file have in common: from the version that is needed to the length of the name. */
static void
chorus_zip_format_add_common (GByteArray            *bytes,
                              const ChorusZipMember *member,
                              GDateTime             *modified,
                              gboolean               is_long)
{
  gboolean has_long_size = chorus_zip_member_has_long_size (member);

  chorus_zip_format_add (bytes, is_long ? CHORUS_ZIP_LONG_VERSION : CHORUS_ZIP_VERSION, 2);
  chorus_zip_format_add (bytes, CHORUS_ZIP_UTF8, 2);
  chorus_zip_format_add (bytes, CHORUS_ZIP_DEFLATE, 2);
  chorus_zip_format_add (bytes, chorus_zip_format_get_time (modified), 2);
  chorus_zip_format_add (bytes, chorus_zip_format_get_date (modified), 2);
  chorus_zip_format_add (bytes, member->checksum, 4);
  chorus_zip_format_add (bytes, has_long_size ? G_MAXUINT32 : member->packed_size, 4);
  chorus_zip_format_add (bytes, has_long_size ? G_MAXUINT32 : member->size, 4);
  chorus_zip_format_add (bytes, strlen (member->name), 2);
}

static void
chorus_zip_format_add_text (GByteArray *bytes,
                            const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

void
chorus_zip_format_add_header (GByteArray            *bytes,
                              const ChorusZipMember *member,
                              GDateTime             *modified)
{
  gboolean is_long = chorus_zip_member_has_long_size (member);

  g_return_if_fail (strlen (member->name) <= G_MAXUINT16);

  chorus_zip_format_add (bytes, CHORUS_ZIP_LOCAL_HEADER, 4);
  chorus_zip_format_add_common (bytes, member, modified, is_long);
  chorus_zip_format_add (bytes, is_long ? 20 : 0, 2);
  chorus_zip_format_add_text (bytes, member->name);
  if (is_long)
    {
      chorus_zip_format_add (bytes, CHORUS_ZIP_LONG_FIELD, 2);
      chorus_zip_format_add (bytes, 16, 2);
      chorus_zip_format_add (bytes, member->size, 8);
      chorus_zip_format_add (bytes, member->packed_size, 8);
    }
}

static void
chorus_zip_format_add_central (GByteArray            *bytes,
                               const ChorusZipMember *member,
                               GDateTime             *modified)
{
  gboolean has_long_size = chorus_zip_member_has_long_size (member);
  gboolean has_long_offset = chorus_zip_format_is_long (member->offset);
  guint n_long = (has_long_size ? 16 : 0) + (has_long_offset ? 8 : 0);

  chorus_zip_format_add (bytes, CHORUS_ZIP_CENTRAL_HEADER, 4);
  chorus_zip_format_add (bytes, CHORUS_ZIP_UNIX | (n_long > 0 ? CHORUS_ZIP_LONG_VERSION : CHORUS_ZIP_VERSION), 2);
  chorus_zip_format_add_common (bytes, member, modified, n_long > 0);
  chorus_zip_format_add (bytes, n_long > 0 ? 4 + n_long : 0, 2);
  chorus_zip_format_add (bytes, 0, 2); /* no comment */
  chorus_zip_format_add (bytes, 0, 2); /* on the first disk */
  chorus_zip_format_add (bytes, 0, 2); /* not known to be text */
  chorus_zip_format_add (bytes, CHORUS_ZIP_ATTRIBUTES, 4);
  chorus_zip_format_add (bytes, has_long_offset ? G_MAXUINT32 : member->offset, 4);
  chorus_zip_format_add_text (bytes, member->name);
  if (n_long > 0)
    {
      chorus_zip_format_add (bytes, CHORUS_ZIP_LONG_FIELD, 2);
      chorus_zip_format_add (bytes, n_long, 2);
    }
  if (has_long_size)
    {
      chorus_zip_format_add (bytes, member->size, 8);
      chorus_zip_format_add (bytes, member->packed_size, 8);
    }
  if (has_long_offset)
    chorus_zip_format_add (bytes, member->offset, 8);
}

/* Where the end is once more, in 64 bits. */
static void
chorus_zip_format_add_long_end (GByteArray *bytes,
                                guint64     n_members,
                                guint64     offset,
                                guint64     size)
{
  chorus_zip_format_add (bytes, CHORUS_ZIP_LONG_END, 4);
  chorus_zip_format_add (bytes, 44, 8); /* of what follows in this record */
  chorus_zip_format_add (bytes, CHORUS_ZIP_UNIX | CHORUS_ZIP_LONG_VERSION, 2);
  chorus_zip_format_add (bytes, CHORUS_ZIP_LONG_VERSION, 2);
  chorus_zip_format_add (bytes, 0, 4);
  chorus_zip_format_add (bytes, 0, 4);
  chorus_zip_format_add (bytes, n_members, 8);
  chorus_zip_format_add (bytes, n_members, 8);
  chorus_zip_format_add (bytes, size, 8);
  chorus_zip_format_add (bytes, offset, 8);

  chorus_zip_format_add (bytes, CHORUS_ZIP_LONG_LOCATOR, 4);
  chorus_zip_format_add (bytes, 0, 4);
  chorus_zip_format_add (bytes, offset + size, 8);
  chorus_zip_format_add (bytes, 1, 4);
}

void
chorus_zip_format_add_directory (GByteArray *bytes,
                                 GPtrArray  *members,
                                 GDateTime  *modified,
                                 guint64     offset)
{
  guint start = bytes->len;
  guint64 size = 0;
  gboolean is_long = FALSE;

  for (guint i = 0; i < members->len; i++)
    chorus_zip_format_add_central (bytes, g_ptr_array_index (members, i), modified);

  size = bytes->len - start;
  is_long = chorus_zip_format_is_long (offset) || members->len >= G_MAXUINT16;
  if (is_long)
    chorus_zip_format_add_long_end (bytes, members->len, offset, size);
  chorus_zip_format_add (bytes, CHORUS_ZIP_END, 4);
  chorus_zip_format_add (bytes, 0, 2);
  chorus_zip_format_add (bytes, 0, 2);
  chorus_zip_format_add (bytes, is_long ? G_MAXUINT16 : members->len, 2);
  chorus_zip_format_add (bytes, is_long ? G_MAXUINT16 : members->len, 2);
  chorus_zip_format_add (bytes, is_long ? G_MAXUINT32 : size, 4);
  chorus_zip_format_add (bytes, is_long ? G_MAXUINT32 : offset, 4);
  chorus_zip_format_add (bytes, 0, 2);
}
