/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-pack.h"

/* What stands around each file: quotes, a comma and the start of its data URI, in bytes. */
#define CHORUS_UPLOAD_PACK_AROUND 32

goffset
chorus_upload_pack_get_length (goffset size)
{
  return (size + 2) / 3 * 4 + CHORUS_UPLOAD_PACK_AROUND;
}

guint
chorus_upload_pack_count (const goffset *sizes,
                          guint          n_sizes,
                          guint          max_files,
                          goffset        budget)
{
  goffset length = 0;
  guint n = 0;

  while (n < MIN (n_sizes, max_files))
    {
      length += chorus_upload_pack_get_length (sizes[n]);
      if (n > 0 && length > budget)
        break;
      n++;
    }

  return n;
}

goffset
chorus_upload_pack_grow (goffset budget,
                         goffset length)
{
  return length < budget / 2 ? budget : MIN (budget * 2, CHORUS_UPLOAD_PACK_MOST);
}

goffset
chorus_upload_pack_shrink (goffset budget,
                           goffset length)
{
  return MAX (MIN (budget, length) / 2, CHORUS_UPLOAD_PACK_LEAST);
}
