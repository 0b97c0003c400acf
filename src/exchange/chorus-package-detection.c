/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-package-detection.h"

#include <math.h>
#include <string.h>

char *
chorus_package_detection_dup_model (const ChorusResultDetection *detection)
{
  g_return_val_if_fail (detection != NULL, NULL);

  if (!detection->model_name || !*detection->model_name)
    return NULL;

  return detection->model_version && *detection->model_version
           ? g_strconcat (detection->model_name, " ", detection->model_version, NULL)
           : g_strdup (detection->model_name);
}

gboolean
chorus_package_detection_is_by_machine (const ChorusResultDetection *detection)
{
  g_return_val_if_fail (detection != NULL, FALSE);

  return isfinite (detection->confidence) || (detection->model_name && *detection->model_name);
}

const char *
chorus_package_detection_get_rank (const char *scientific_name)
{
  g_auto (GStrv) words = g_strsplit (scientific_name ? scientific_name : "", " ", -1);
  guint n_words = g_strv_length (words);

  if (n_words < 2 || n_words > 3 || !g_ascii_isupper (words[0][0]))
    return NULL;
  for (guint i = 1; i < n_words; i++)
    if (!*words[i] || strspn (words[i], "abcdefghijklmnopqrstuvwxyz-") != strlen (words[i]))
      return NULL;

  return n_words == 2 ? "species" : "subspecies";
}
