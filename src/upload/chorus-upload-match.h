/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the new files of a deployment are the parts that were sent. Pure functions. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusUploadMatch:
 * @CHORUS_UPLOAD_MATCH_ABSENT: the deployment does not have the part
 * @CHORUS_UPLOAD_MATCH_FOUND: the deployment has the part
 * @CHORUS_UPLOAD_MATCH_UNDECIDED: it cannot be told
 *
 * What a list of files says of a part.
 */
typedef enum
{
  CHORUS_UPLOAD_MATCH_ABSENT,
  CHORUS_UPLOAD_MATCH_FOUND,
  CHORUS_UPLOAD_MATCH_UNDECIDED,
} ChorusUploadMatch;

/**
 * ChorusUploadTrait:
 * @size: the size, in bytes; below 0 where the service does not say
 * @duration: the length, in seconds; NaN where the service does not say
 * @certain: for a file of the service: whether it is known to have come after the attempt began, and nothing says that
 *   somebody else has sent it
 *
 * What a part and a file of the service are compared by.
 */
typedef struct
{
  goffset size;
  double duration;
  gboolean certain;
} ChorusUploadTrait;

/**
 * ChorusUploadMatched:
 * @match: what became of the part
 * @file: the position of its file, where it was found
 *
 * The answer for one part.
 */
typedef struct
{
  ChorusUploadMatch match;
  guint file;
} ChorusUploadMatched;

/**
 * chorus_upload_match:
 * @parts: (array length=n_parts): the parts whose fate is not known, in the order in which they were sent
 * @n_parts: how many
 * @files: (array length=n_files): the files of the deployment that nobody here knew, in the order of the list
 * @n_files: how many
 * @accepted: whether the service has said that it took all of the parts
 * @matched: (array length=n_parts) (out caller-allocates): the answer for each part
 *
 * Compares what was sent with what is there. Recorders make files of equal size all day long, so parts that look alike are
 * counted together: as many files as parts means that all arrived, in order; none means that none did. Anything between
 * can only be told apart by a person, unless the service has said that all arrived: then those in excess are found
 * without a file. Nothing is taken for found that could be somebody else's file: to take for sent what was not would lose
 * a recording.
 */
void chorus_upload_match (const ChorusUploadTrait *parts,
                          guint                    n_parts,
                          const ChorusUploadTrait *files,
                          guint                    n_files,
                          gboolean                 accepted,
                          ChorusUploadMatched     *matched);

/* The position of a part that was found without it being known as which file. */
#define CHORUS_UPLOAD_MATCH_NO_FILE G_MAXUINT

G_END_DECLS
