/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold for a chunk of a recorder, whatever is in it. */

#pragma once

#include "fuzz.h"

#include "audio/chorus-recorder-chunk.h"
#include "audio/chorus-recorder-formats.h"

#include <math.h>
#include <string.h>

#define FUZZ_RATE 48000.0

typedef void (*FuzzReadFunc) (const guint8 *data, gsize size, ChorusRecorderFields *fields);

static inline void
fuzz_check_text (const char *text)
{
  if (text)
    g_assert_true (*text != '\0' && g_utf8_validate (text, -1, NULL));
}

static inline void
fuzz_check_fields (const ChorusRecorderFields *fields)
{
  fuzz_check_text (fields->make);
  fuzz_check_text (fields->model);
  fuzz_check_text (fields->serial);
  g_assert_true (fields->time_expansion >= 0 && isfinite (fields->time_expansion));
  if (fields->has_position)
    g_assert_true (fabs (fields->latitude) <= 90 && fabs (fields->longitude) <= 180);
  if (fields->time)
    {
      g_autofree char *iso = chorus_recording_time_to_iso (fields->time);

      g_assert_nonnull (iso);
    }
}

/* That the time in the chunk of a part is the time in the chunk of the recording and as much later as the part begins, to
 * @precision seconds; and that a part from the beginning keeps the time as it is. */
static inline void
fuzz_check_move (const char   *id,
                 FuzzReadFunc  read,
                 const guint8 *data,
                 gsize         size,
                 double        start,
                 double        precision)
{
  g_autoptr (GBytes) contents = g_bytes_new (data, size);
  g_autoptr (GBytes) moved = chorus_recorder_chunk_move_time (id, contents, start, 150, FUZZ_RATE);
  g_auto (ChorusRecorderFields) before = { 0 };
  g_auto (ChorusRecorderFields) after = { 0 };
  double expected = 0;
  double difference = 0;

  read (data, size, &before);
  fuzz_check_fields (&before);
  read (g_bytes_get_data (moved, NULL), g_bytes_get_size (moved), &after);
  fuzz_check_fields (&after);

  g_assert_true ((before.time == NULL) == (after.time == NULL));
  g_assert_cmpstr (before.make, ==, after.make);
  g_assert_cmpstr (before.model, ==, after.model);
  g_assert_cmpstr (before.serial, ==, after.serial);
  g_assert_cmpfloat (before.time_expansion, ==, after.time_expansion);
  if (!before.time)
    return;

  /* The years end with 9999. */
  if (g_date_time_get_year (chorus_recording_time_get_time (before.time)) >= 9999)
    return;

  expected = start / MAX (1, before.time_expansion);
  difference = (double) g_date_time_difference (chorus_recording_time_get_time (after.time),
                                                chorus_recording_time_get_time (before.time))
               / G_USEC_PER_SEC;
  g_assert_cmpfloat_with_epsilon (difference, expected, precision);
  g_assert_cmpint (chorus_recording_time_get_has_zone (after.time), ==,
                   chorus_recording_time_get_has_zone (before.time));
}

static inline int
fuzz_chunk (const char   *id,
            FuzzReadFunc  read,
            const guint8 *data,
            gsize         size,
            double        precision)
{
  fuzz_check_move (id, read, data, size, 0, 1e-9);
  fuzz_check_move (id, read, data, size, 300, precision);
  fuzz_check_move (id, read, data, size, 86399.875, precision);

  return 0;
}
