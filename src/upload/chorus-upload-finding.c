/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-finding.h"

#include "chorus-upload-error.h"

ChorusUploadFinding *
chorus_upload_finding_new (ChorusUploadFindingKind  kind,
                           char                    *text)
{
  ChorusUploadFinding *self = g_new0 (ChorusUploadFinding, 1);

  self->kind = kind;
  self->text = text;

  return self;
}

void
chorus_upload_finding_free (ChorusUploadFinding *self)
{
  g_free (self->text);
  g_free (self);
}

gboolean
chorus_upload_finding_is_refusal (ChorusUploadFindingKind kind)
{
  return kind == CHORUS_UPLOAD_FINDING_SILENT || kind == CHORUS_UPLOAD_FINDING_DUPLICATE
         || kind == CHORUS_UPLOAD_FINDING_ALREADY_SENT;
}

guint
chorus_upload_findings_to_bits (GPtrArray *findings)
{
  guint bits = 0;

  for (guint i = 0; i < findings->len; i++)
    bits |= CHORUS_UPLOAD_FINDING_BIT (((const ChorusUploadFinding *) findings->pdata[i])->kind);

  return bits;
}

guint
chorus_upload_finding_bits_from_error (const GError *error)
{
  if (g_error_matches (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_EMPTY))
    return CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_EMPTY);
  if (g_error_matches (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_NOT_AUDIO))
    return CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_NOT_AUDIO);
  if (g_error_matches (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_KIND))
    return CHORUS_UPLOAD_FINDING_BIT (CHORUS_UPLOAD_FINDING_KIND);

  return 0;
}

const char *
chorus_upload_findings_get_refusal (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ChorusUploadFinding *finding = findings->pdata[i];

      if (chorus_upload_finding_is_refusal (finding->kind))
        return finding->text;
    }

  return NULL;
}

char *
chorus_upload_findings_to_text (GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const ChorusUploadFinding *finding = findings->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", finding->text);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
