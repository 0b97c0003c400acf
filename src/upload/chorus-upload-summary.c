/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-summary.h"

#include "chorus-upload.h"
#include "core/chorus-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define CHORUS_UPLOAD_SUMMARY_DAY G_GINT64_CONSTANT (86400)

/* What is only needed while counting. */
typedef struct
{
  ChorusUploadSummary *summary;
  GHashTable *days;
  GHashTable *deployments;
} ChorusUploadCount;

void
chorus_upload_summary_free (ChorusUploadSummary *self)
{
  g_ptr_array_unref (self->deployment_ids);
  g_free (self);
}

static ChorusUploadLeftOut
chorus_upload_summary_get_refusal (ChorusUpload *upload)
{
  static const struct
  {
    ChorusUploadFindingKind kind;
    ChorusUploadLeftOut left_out;
  } refusals[] = {
    { CHORUS_UPLOAD_FINDING_ALREADY_SENT, CHORUS_UPLOAD_LEFT_OUT_ALREADY_SENT },
    { CHORUS_UPLOAD_FINDING_DUPLICATE, CHORUS_UPLOAD_LEFT_OUT_DUPLICATE },
    { CHORUS_UPLOAD_FINDING_EMPTY, CHORUS_UPLOAD_LEFT_OUT_EMPTY },
    { CHORUS_UPLOAD_FINDING_NOT_AUDIO, CHORUS_UPLOAD_LEFT_OUT_NOT_AUDIO },
    { CHORUS_UPLOAD_FINDING_KIND, CHORUS_UPLOAD_LEFT_OUT_KIND },
    { CHORUS_UPLOAD_FINDING_SILENT, CHORUS_UPLOAD_LEFT_OUT_SILENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (chorus_upload_has_finding (upload, refusals[i].kind))
      return refusals[i].left_out;

  return CHORUS_UPLOAD_LEFT_OUT_OTHER;
}

static void
chorus_upload_summary_leave_out (ChorusUploadSummary *self,
                                 ChorusUploadLeftOut  why)
{
  self->n_left_out++;
  self->left_out[why]++;
}

static void
chorus_upload_count_day (ChorusUploadCount *count,
                         gint64             recorded)
{
  ChorusUploadSummary *self = count->summary;
  gint64 day = 0;

  if (recorded == G_MININT64)
    return;

  if (self->first == G_MININT64 || recorded < self->first)
    self->first = recorded;
  /* Days before 1970 come first too: division alone would take two of them for one. */
  day = recorded / CHORUS_UPLOAD_SUMMARY_DAY - (recorded < 0 && recorded % CHORUS_UPLOAD_SUMMARY_DAY != 0 ? 1 : 0);
  if (g_hash_table_add (count->days, GINT_TO_POINTER ((int) CLAMP (day, G_MININT, G_MAXINT))))
    self->n_days++;
}

static void
chorus_upload_count_ready (ChorusUploadCount *count,
                           ChorusUpload      *upload)
{
  ChorusUploadSummary *self = count->summary;
  const char *deployment_id = chorus_upload_get_deployment_id (upload);

  self->n_ready++;
  self->n_parts += chorus_upload_get_n_parts (upload);
  self->duration += chorus_upload_get_duration (upload);
  self->bytes += chorus_upload_get_bytes (upload);
  chorus_upload_count_day (count, chorus_upload_get_recorded (upload));
  for (int kind = 0; kind < CHORUS_UPLOAD_N_FINDINGS; kind++)
    if (chorus_upload_has_finding (upload, (ChorusUploadFindingKind) kind))
      self->warnings[kind]++;

  if (!g_hash_table_contains (count->deployments, deployment_id))
    {
      char *kept = g_strdup (deployment_id);

      g_ptr_array_add (self->deployment_ids, kept);
      g_hash_table_add (count->deployments, kept);
    }
}

static void
chorus_upload_count_add (ChorusUploadCount *count,
                         ChorusUpload      *upload)
{
  ChorusUploadSummary *self = count->summary;

  self->n_recordings++;
  switch (chorus_upload_get_state (upload))
    {
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_CHECKING:
      return;
    case CHORUS_UPLOAD_STATE_REFUSED:
      chorus_upload_summary_leave_out (self, chorus_upload_summary_get_refusal (upload));
      break;
    case CHORUS_UPLOAD_STATE_NEEDS_FILE:
      chorus_upload_summary_leave_out (self, CHORUS_UPLOAD_LEFT_OUT_UNREADABLE);
      break;
    case CHORUS_UPLOAD_STATE_PAUSED:
    case CHORUS_UPLOAD_STATE_CANCELED:
      chorus_upload_summary_leave_out (self, CHORUS_UPLOAD_LEFT_OUT_CANCELED);
      break;
    case CHORUS_UPLOAD_STATE_FAILED:
      chorus_upload_summary_leave_out (self, CHORUS_UPLOAD_LEFT_OUT_OTHER);
      break;
    case CHORUS_UPLOAD_STATE_READY:
    case CHORUS_UPLOAD_STATE_SENDING:
    case CHORUS_UPLOAD_STATE_CONFIRMING:
    case CHORUS_UPLOAD_STATE_SENT:
    case CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED:
    default:
      chorus_upload_count_ready (count, upload);
      break;
    }
  self->n_checked++;
}

ChorusUploadSummary *
chorus_upload_summary_new (GListModel *uploads)
{
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) deployments = g_hash_table_new (g_str_hash, g_str_equal);
  ChorusUploadSummary *self = g_new0 (ChorusUploadSummary, 1);
  ChorusUploadCount count = { self, days, deployments };
  guint n_items = 0;

  self->first = G_MININT64;
  self->deployment_ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (G_IS_LIST_MODEL (uploads), self);

  n_items = g_list_model_get_n_items (uploads);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (uploads, i);

      if (!chorus_upload_get_approved (upload))
        chorus_upload_count_add (&count, upload);
    }

  return self;
}

/* Puts one more thing into a list of things in a sentence. Takes @item. */
static void
chorus_upload_summary_append (GString *text,
                              char    *item)
{
  if (text->len > 0)
    /* Translators: stands between the things of a list, as in "3.5 hours, 2.1 GB" */
    g_string_append (text, _(", "));
  g_string_append (text, item);
  g_free (item);
}

static char *
chorus_upload_summary_dup_length (double seconds)
{
  guint whole = (guint) CLAMP (round (seconds), 0, G_MAXUINT);
  guint minutes = (guint) CLAMP (round (seconds / 60), 0, G_MAXUINT);

  if (whole < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", whole), whole);
  if (minutes < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", minutes), minutes);

  /* Translators: a length of time, such as "3.5 hours"; never less than one hour */
  return g_strdup_printf (_("%.1f hours"), seconds / 3600);
}

static char *
chorus_upload_summary_dup_days (const ChorusUploadSummary *self)
{
  g_autoptr (GDateTime) first = self->n_days == 1 ? g_date_time_new_from_unix_utc (self->first) : NULL;
  /* Translators: a day, a month and a year for g_date_time_format(), such as "3 June 2025" */
  g_autofree char *day = first ? g_date_time_format (first, _("%-e %B %Y")) : NULL;

  if (day)
    /* Translators: recordings from one day, such as "from 3 June 2025" */
    return g_strdup_printf (_("from %s"), day);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "from %u day", "from %u days", self->n_days), self->n_days);
}

char *
chorus_upload_summary_describe (const ChorusUploadSummary *self,
                                const char                *places)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *size = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_ready == 0)
    return NULL;

  size = chorus_text_from_size (self->bytes);
  chorus_upload_summary_append (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u recording", "%'u recordings",
                                                                    self->n_ready),
                                                       self->n_ready));
  chorus_upload_summary_append (text, chorus_upload_summary_dup_length (self->duration));
  if (self->n_parts > self->n_ready)
    /* Translators: a size and how many parts, such as "2.1 GB in 61 parts" */
    chorus_upload_summary_append (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s in %'u part",
                                                                      "%s in %'u parts", self->n_parts),
                                                         size, self->n_parts));
  else
    chorus_upload_summary_append (text, g_steal_pointer (&size));
  if (self->n_days > 0)
    chorus_upload_summary_append (text, chorus_upload_summary_dup_days (self));
  if (places)
    /* Translators: the names of deployments, such as "to North, Site A" */
    chorus_upload_summary_append (text, g_strdup_printf (_("to %s"), places));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
chorus_upload_summary_dup_reason (ChorusUploadLeftOut why,
                                  guint               n)
{
  switch (why)
    {
    case CHORUS_UPLOAD_LEFT_OUT_ALREADY_SENT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u already sent", "%u already sent", n), n);
    case CHORUS_UPLOAD_LEFT_OUT_DUPLICATE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is the same as another", "%u are the same as others",
                                           n),
                              n);
    case CHORUS_UPLOAD_LEFT_OUT_EMPTY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is empty", "%u are empty", n), n);
    case CHORUS_UPLOAD_LEFT_OUT_NOT_AUDIO:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is not audio", "%u are not audio", n), n);
    case CHORUS_UPLOAD_LEFT_OUT_KIND:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is of a kind that cannot be sent",
                                           "%u are of a kind that cannot be sent", n),
                              n);
    case CHORUS_UPLOAD_LEFT_OUT_SILENT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is silent", "%u are silent", n), n);
    case CHORUS_UPLOAD_LEFT_OUT_UNREADABLE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cannot be read", "%u cannot be read", n), n);
    case CHORUS_UPLOAD_LEFT_OUT_CANCELED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u canceled", "%u canceled", n), n);
    case CHORUS_UPLOAD_LEFT_OUT_OTHER:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u could not be checked", "%u could not be checked", n),
                              n);
    }
}

char *
chorus_upload_summary_describe_left_out (const ChorusUploadSummary *self)
{
  g_autoptr (GString) reasons = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_left_out == 0)
    return NULL;

  for (int why = 0; why < CHORUS_UPLOAD_N_LEFT_OUT; why++)
    if (self->left_out[why] > 0)
      chorus_upload_summary_append (reasons,
                                    chorus_upload_summary_dup_reason ((ChorusUploadLeftOut) why, self->left_out[why]));

  /* Translators: how many recordings, and a list of reasons, such as "2 already sent, 1 is empty" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u will not be sent: %s", "%'u will not be sent: %s",
                                       self->n_left_out),
                          self->n_left_out, reasons->str);
}

/* Returns: (nullable): what is said of recordings with a finding, if a person may want to look at them */
static char *
chorus_upload_summary_dup_warning (ChorusUploadFindingKind kind,
                                   guint                   n)
{
  switch (kind)
    {
    case CHORUS_UPLOAD_FINDING_TIME_GUESSED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u with a guessed time", "%u with a guessed time", n), n);
    case CHORUS_UPLOAD_FINDING_TIME_CONFLICT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u with two different times",
                                           "%u with two different times", n),
                              n);
    case CHORUS_UPLOAD_FINDING_TIME_IMPLAUSIBLE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u with a time that cannot be right",
                                           "%u with a time that cannot be right", n),
                              n);
    case CHORUS_UPLOAD_FINDING_OVERLAP:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u recorded at the same time as another",
                                           "%u recorded at the same time as others", n),
                              n);
    case CHORUS_UPLOAD_FINDING_TRUNCATED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cut off", "%u cut off", n), n);
    case CHORUS_UPLOAD_FINDING_SHORT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u shorter than a second", "%u shorter than a second", n),
                              n);
    case CHORUS_UPLOAD_FINDING_CUT:
    case CHORUS_UPLOAD_FINDING_AS_WAV:
    case CHORUS_UPLOAD_FINDING_SILENT:
    case CHORUS_UPLOAD_FINDING_DUPLICATE:
    case CHORUS_UPLOAD_FINDING_ALREADY_SENT:
    case CHORUS_UPLOAD_FINDING_EMPTY:
    case CHORUS_UPLOAD_FINDING_NOT_AUDIO:
    case CHORUS_UPLOAD_FINDING_KIND:
    default:
      return NULL;
    }
}

char *
chorus_upload_summary_describe_warnings (const ChorusUploadSummary *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (int kind = 0; kind < CHORUS_UPLOAD_N_FINDINGS; kind++)
    {
      guint n = self->warnings[kind];
      char *warning = n > 0 ? chorus_upload_summary_dup_warning ((ChorusUploadFindingKind) kind, n) : NULL;

      if (warning)
        chorus_upload_summary_append (text, warning);
    }

  /* Translators: a list of what may be wrong, such as "3 with a guessed time, 1 cut off" */
  return text->len > 0 ? g_strdup_printf (_("Worth a look: %s"), text->str) : NULL;
}
