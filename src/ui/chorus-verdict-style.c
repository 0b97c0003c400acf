/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-verdict-style.h"

#include <glib/gi18n.h>

const char *
chorus_verdict_style_get_name (ChorusVerdict verdict)
{
  switch (verdict)
    {
    case CHORUS_VERDICT_CONFIRMED:
      return _("Confirmed");
    case CHORUS_VERDICT_REJECTED:
      return _("Rejected");
    case CHORUS_VERDICT_UNCERTAIN:
      return _("Uncertain");
    case CHORUS_VERDICT_NONE:
    default:
      return _("Not reviewed");
    }
}

const char *
chorus_verdict_style_get_icon_name (ChorusVerdict verdict)
{
  switch (verdict)
    {
    case CHORUS_VERDICT_CONFIRMED:
      return "object-select-symbolic";
    case CHORUS_VERDICT_REJECTED:
      return "window-close-symbolic";
    case CHORUS_VERDICT_UNCERTAIN:
      return "chorus-question-symbolic";
    case CHORUS_VERDICT_NONE:
    default:
      return NULL;
    }
}

const char *
chorus_verdict_style_get_css_class (ChorusVerdict verdict)
{
  switch (verdict)
    {
    case CHORUS_VERDICT_CONFIRMED:
      return "success";
    case CHORUS_VERDICT_REJECTED:
      return "error";
    case CHORUS_VERDICT_UNCERTAIN:
      return "warning";
    case CHORUS_VERDICT_NONE:
    default:
      return NULL;
    }
}
