/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "core/chorus-recording-time.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *name = g_strndup ((const char *) data, size);
  g_autoptr (ChorusRecordingTime) time = chorus_recording_time_new_from_file_name (name);

  if (time)
    {
      g_autofree char *iso = chorus_recording_time_to_iso (time);
      g_autoptr (ChorusRecordingTime) again = chorus_recording_time_new_from_iso (iso, CHORUS_TIME_SOURCE_FILE_NAME);
      g_autofree char *iso_again = again ? chorus_recording_time_to_iso (again) : NULL;

      g_assert_cmpstr (iso, ==, iso_again);
    }

  return 0;
}
