/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-verdict.h"

G_DEFINE_ENUM_TYPE (ChorusVerdict,
                    chorus_verdict,
                    G_DEFINE_ENUM_VALUE (CHORUS_VERDICT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (CHORUS_VERDICT_CONFIRMED, "confirmed"),
                    G_DEFINE_ENUM_VALUE (CHORUS_VERDICT_REJECTED, "rejected"),
                    G_DEFINE_ENUM_VALUE (CHORUS_VERDICT_UNCERTAIN, "uncertain"))

static const char *const chorus_verdict_words[] = {
  [CHORUS_VERDICT_NONE] = "none",
  [CHORUS_VERDICT_CONFIRMED] = "confirmed",
  [CHORUS_VERDICT_REJECTED] = "rejected",
  [CHORUS_VERDICT_UNCERTAIN] = "uncertain",
};

const char *
chorus_verdict_to_text (ChorusVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (chorus_verdict_words), "none");

  return chorus_verdict_words[verdict];
}

ChorusVerdict
chorus_verdict_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (chorus_verdict_words); i++)
    {
      if (g_strcmp0 (text, chorus_verdict_words[i]) == 0)
        return (ChorusVerdict) i;
    }

  return CHORUS_VERDICT_NONE;
}
