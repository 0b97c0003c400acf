/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-file.h"

#include "audio/chorus-recorder-metadata.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (ChorusAudioFile) file = fuzz_open (data, size);
  g_autoptr (ChorusRecorderMetadata) metadata = NULL;
  g_autoptr (GError) error = NULL;

  if (!file)
    return 0;

  metadata = chorus_recorder_metadata_read (file, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (metadata->time_expansion, >=, 1);
  g_assert_cmpuint (metadata->times->len, <=, 4);

  return 0;
}
