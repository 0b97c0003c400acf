/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-match.h"

#include <math.h>

/* Lengths that differ by less are the same recording, in seconds. */
#define CHORUS_UPLOAD_MATCH_DURATION 0.2

/* What a file does not say speaks for it. */
static gboolean
chorus_upload_trait_fits (const ChorusUploadTrait *part,
                          const ChorusUploadTrait *file)
{
  if (file->size >= 0 && file->size != part->size)
    return FALSE;

  return isnan (file->duration) || fabs (file->duration - part->duration) <= CHORUS_UPLOAD_MATCH_DURATION;
}

/* Marks everything that hangs together with the part: files that fit it, other parts that these fit, and so on. Where the
 * service tells sizes a group is the parts of one size; where it does not, it is all of them. */
static void
chorus_upload_match_gather (const ChorusUploadTrait *parts,
                            guint                    n_parts,
                            const ChorusUploadTrait *files,
                            guint                    n_files,
                            gboolean                *in_parts,
                            gboolean                *in_files)
{
  gboolean grown = TRUE;

  while (grown)
    {
      grown = FALSE;
      for (guint p = 0; p < n_parts; p++)
        for (guint f = 0; f < n_files; f++)
          if (in_parts[p] != in_files[f] && chorus_upload_trait_fits (&parts[p], &files[f]))
            in_parts[p] = in_files[f] = grown = TRUE;
    }
}

static gboolean
chorus_upload_match_is_one_group (const ChorusUploadTrait *parts,
                                  guint                    n_parts,
                                  const gboolean          *in_parts,
                                  const ChorusUploadTrait *files,
                                  guint                    n_files,
                                  const gboolean          *in_files)
{
  for (guint p = 0; p < n_parts; p++)
    for (guint f = 0; f < n_files; f++)
      if (in_parts[p] && in_files[f] && !chorus_upload_trait_fits (&parts[p], &files[f]))
        return FALSE;

  return TRUE;
}

void
chorus_upload_match (const ChorusUploadTrait *parts,
                     guint                    n_parts,
                     const ChorusUploadTrait *files,
                     guint                    n_files,
                     gboolean                 accepted,
                     ChorusUploadMatched     *matched)
{
  g_autofree gboolean *done = g_new0 (gboolean, n_parts + 1);

  for (guint first = 0; first < n_parts; first++)
    {
      g_autofree gboolean *in_parts = g_new0 (gboolean, n_parts + 1);
      g_autofree gboolean *in_files = g_new0 (gboolean, n_files + 1);
      guint n_in_parts = 0;
      guint n_in_files = 0;
      guint next = 0;
      gboolean plain;
      gboolean certain = TRUE;

      if (done[first])
        continue;

      in_parts[first] = TRUE;
      chorus_upload_match_gather (parts, n_parts, files, n_files, in_parts, in_files);
      for (guint p = 0; p < n_parts; p++)
        n_in_parts += in_parts[p];
      for (guint f = 0; f < n_files; f++)
        {
          n_in_files += in_files[f];
          certain = certain && (!in_files[f] || files[f].certain);
        }
      plain = chorus_upload_match_is_one_group (parts, n_parts, in_parts, files, n_files, in_files) && certain;

      for (guint p = 0; p < n_parts; p++)
        {
          if (!in_parts[p])
            continue;

          done[p] = TRUE;
          while (next < n_files && !in_files[next])
            next++;
          if (n_in_files == 0)
            matched[p] = (ChorusUploadMatched){ accepted ? CHORUS_UPLOAD_MATCH_FOUND : CHORUS_UPLOAD_MATCH_ABSENT,
                                                CHORUS_UPLOAD_MATCH_NO_FILE };
          else if (plain && n_in_files == n_in_parts)
            matched[p] = (ChorusUploadMatched){ CHORUS_UPLOAD_MATCH_FOUND, next++ };
          else
            matched[p] = (ChorusUploadMatched){ accepted ? CHORUS_UPLOAD_MATCH_FOUND : CHORUS_UPLOAD_MATCH_UNDECIDED,
                                                CHORUS_UPLOAD_MATCH_NO_FILE };
        }
    }
}
