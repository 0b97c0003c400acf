/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusUploadFindingKind:
 * @CHORUS_UPLOAD_FINDING_CUT: over a limit of the service: will be sent in parts
 * @CHORUS_UPLOAD_FINDING_AS_WAV: of a format that the service does not take: will be sent as WAV
 * @CHORUS_UPLOAD_FINDING_TRUNCATED: the header promises more than there is
 * @CHORUS_UPLOAD_FINDING_SHORT: so short that the recorder may have failed
 * @CHORUS_UPLOAD_FINDING_TIME_GUESSED: nobody wrote down when it was recorded
 * @CHORUS_UPLOAD_FINDING_TIME_CONFLICT: two sources tell different times
 * @CHORUS_UPLOAD_FINDING_TIME_IMPLAUSIBLE: recorded before 2000 or in the future
 * @CHORUS_UPLOAD_FINDING_OVERLAP: recorded at the same time as another recording of the deployment
 * @CHORUS_UPLOAD_FINDING_SILENT: every sample is zero
 * @CHORUS_UPLOAD_FINDING_DUPLICATE: the same content as another file of the list
 * @CHORUS_UPLOAD_FINDING_ALREADY_SENT: the deployment has the same content
 * @CHORUS_UPLOAD_FINDING_EMPTY: there is nothing in the file
 * @CHORUS_UPLOAD_FINDING_NOT_AUDIO: there is no sound in the file that can be read
 * @CHORUS_UPLOAD_FINDING_KIND: the sound is of a kind that cannot be sent
 *
 * What a check can find about a file. The numbers are kept in the store: new kinds go to the end.
 */
typedef enum
{
  CHORUS_UPLOAD_FINDING_CUT,
  CHORUS_UPLOAD_FINDING_AS_WAV,
  CHORUS_UPLOAD_FINDING_TRUNCATED,
  CHORUS_UPLOAD_FINDING_SHORT,
  CHORUS_UPLOAD_FINDING_TIME_GUESSED,
  CHORUS_UPLOAD_FINDING_TIME_CONFLICT,
  CHORUS_UPLOAD_FINDING_TIME_IMPLAUSIBLE,
  CHORUS_UPLOAD_FINDING_OVERLAP,
  CHORUS_UPLOAD_FINDING_SILENT,
  CHORUS_UPLOAD_FINDING_DUPLICATE,
  CHORUS_UPLOAD_FINDING_ALREADY_SENT,
  CHORUS_UPLOAD_FINDING_EMPTY,
  CHORUS_UPLOAD_FINDING_NOT_AUDIO,
  CHORUS_UPLOAD_FINDING_KIND,
} ChorusUploadFindingKind;

#define CHORUS_UPLOAD_N_FINDINGS (CHORUS_UPLOAD_FINDING_KIND + 1)

/**
 * CHORUS_UPLOAD_FINDING_BIT:
 * @kind: a kind
 *
 * The bit of @kind in a set of findings.
 */
#define CHORUS_UPLOAD_FINDING_BIT(kind) (1u << (guint) (kind))

/**
 * ChorusUploadFinding:
 * @kind: what was found
 * @text: a sentence for people that says so and what follows from it
 *
 * One finding about a file.
 */
typedef struct
{
  ChorusUploadFindingKind kind;
  char *text;
} ChorusUploadFinding;

/**
 * chorus_upload_finding_new:
 * @kind: what was found
 * @text: (transfer full): a sentence
 *
 * Returns: (transfer full): a finding
 */
ChorusUploadFinding *chorus_upload_finding_new (ChorusUploadFindingKind  kind,
                                                char                    *text) G_GNUC_WARN_UNUSED_RESULT;

void chorus_upload_finding_free (ChorusUploadFinding *self);

/**
 * chorus_upload_finding_is_refusal:
 * @kind: a kind
 *
 * Returns: whether such a file is not sent unless a person wants it sent anyway
 */
gboolean chorus_upload_finding_is_refusal (ChorusUploadFindingKind kind);

/**
 * chorus_upload_findings_to_bits:
 * @findings: (element-type ChorusUploadFinding): findings
 *
 * Returns: the set of their kinds, see CHORUS_UPLOAD_FINDING_BIT()
 */
guint chorus_upload_findings_to_bits (GPtrArray *findings);

/**
 * chorus_upload_finding_bits_from_error:
 * @error: why a check did not come to its end
 *
 * Returns: the set of what was found, empty where the error does not lie in the content of the file
 */
guint chorus_upload_finding_bits_from_error (const GError *error);

/**
 * chorus_upload_findings_get_refusal:
 * @findings: (element-type ChorusUploadFinding): findings
 *
 * Returns: (transfer none) (nullable): the sentence of the first one for which a file is not sent by itself
 */
const char *chorus_upload_findings_get_refusal (GPtrArray *findings);

/**
 * chorus_upload_findings_to_text:
 * @findings: (element-type ChorusUploadFinding): findings
 *
 * Returns: (transfer full) (nullable): their sentences, one a line, or %NULL where there are none
 */
char *chorus_upload_findings_to_text (GPtrArray *findings) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadFinding, chorus_upload_finding_free)

G_END_DECLS
