/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording of 250 s in three parts, of 100, 100 and 50 s, and runs that found something in them. */

#pragma once

#include "chorus-library-fixture.h"

G_BEGIN_DECLS

/* Recording 1, sent as the files f0, f1 and f2. */
#define PARTS_RECORDING                                                                                                \
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, local_path, size, duration, sample_rate,"    \
  "  recorded_at, time_source) VALUES (1, 'p', 'd', 'long.wav', '/card/long.wav', 24000044, 250, 48000,"               \
  "  '2025-06-04T05:00:00', 'file-name');"                                                                             \
  "INSERT INTO uploads (recording_id, state) VALUES (1, 'sending');"                                                   \
  "UPDATE uploads SET state = 'sent' WHERE recording_id = 1;"                                                          \
  "INSERT INTO parts (part_id, recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state,"       \
  "  file_id) VALUES (10, 1, 0, 0, 4800000, 0, 100, 9600044, 'sent', 'f0'),"                                           \
  "  (11, 1, 1, 4800000, 4800000, 100, 100, 9600044, 'sent', 'f1'),"                                                   \
  "  (12, 1, 2, 9600000, 2400000, 200, 50, 4800044, 'sent', 'f2');"

typedef struct
{
  const char *name;
  double start;
  double end;
  double confidence;
  double low;
  double high;
} Found;

/* The @n_found detections are at the time of the file. */
static inline ChorusInference *
parts_run_with (const char            *id,
                ChorusInferenceStatus  status,
                const Found           *found,
                gsize                  n_found)
{
  g_autoptr (GPtrArray) predictions = g_ptr_array_new_with_free_func (g_object_unref);
  ChorusInferenceInit init = { .id = id, .status = status, .predictions = predictions };

  for (gsize i = 0; i < n_found; i++)
    {
      ChorusPredictionInit prediction = {
        .scientific_name = found[i].name,
        .confidence = found[i].confidence,
        .start_time = found[i].start,
        .end_time = found[i].end,
        .low_freq = found[i].low,
        .high_freq = found[i].high,
      };

      g_ptr_array_add (predictions, chorus_prediction_new (&prediction));
    }

  return chorus_inference_new (&init);
}

#define parts_run(id, ...)                                                                                             \
  parts_run_with (id, CHORUS_INFERENCE_STATUS_COMPLETED, (const Found[]){ __VA_ARGS__ },                               \
                  G_N_ELEMENTS (((const Found[]){ __VA_ARGS__ })))

/* A refresh that lists part @ordinal alone, with @inference. */
static inline guint
parts_sync (ChorusStore     *store,
            guint            ordinal,
            ChorusInference *inference)
{
  const char *ids[] = { "f0", "f1", "f2" };

  return fixture_sync (store, fixture_file (ids[ordinal], "x.wav", inference, NULL));
}

/* What is shown, in the order in which it is read: name, start-end and confidence. */
#define PARTS_SHOWN                                                                                                    \
  "SELECT species || ' ' || round (start_time, 3) || '-' || round (end_time, 3) || ' ' || confidence || ';'"           \
  " FROM detections d WHERE continues IS NULL AND EXISTS (SELECT 1 FROM parts p WHERE p.run_id = d.run_id)"            \
  " ORDER BY start_time, detection_id"

#define PARTS_COUNTS                                                                                                   \
  "SELECT n_detections || '|' || n_species || '|' || n_reviewed || '|' || analysis_state FROM recordings"              \
  " WHERE recording_id = 1"

G_END_DECLS
