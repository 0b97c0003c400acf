/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recorded-time.h"

#include "chorus-recorder-metadata.h"

/* What the recorder wrote into the file, in order of trust, then into its name, then when it was last written. */
static GPtrArray *
chorus_recorded_time_gather (GFile  *file,
                             gint64  modified)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (ChorusAudioFile) audio = chorus_audio_file_open (file, NULL);
  g_autoptr (ChorusRecorderMetadata) metadata = audio ? chorus_recorder_metadata_read (audio, NULL) : NULL;
  GPtrArray *times = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_recording_time_free);

  for (guint i = 0; metadata && i < metadata->times->len; i++)
    g_ptr_array_add (times, chorus_recording_time_copy (metadata->times->pdata[i]));
  if (name)
    g_ptr_array_add (times, chorus_recording_time_new_from_file_name (name));
  if (modified > 0)
    g_ptr_array_add (times, chorus_recording_time_new_from_modified (modified / G_USEC_PER_SEC));

  return times;
}

ChorusTimeChoice *
chorus_recorded_time_choose (GFile  *file,
                             gint64  modified)
{
  g_autoptr (GPtrArray) times = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  times = chorus_recorded_time_gather (file, modified);

  return chorus_time_choice_new ((const ChorusRecordingTime *const *) times->pdata, times->len, now);
}
