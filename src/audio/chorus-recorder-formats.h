/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formats of recorder metadata, one file each: what chorus-recorder-metadata.c and chorus-recorder-chunk.c are made
 * of. All of these are pure functions over the contents of one chunk, and take any bytes. */

#pragma once

#include "chorus-written-time.h"
#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/* What one format said. What is read first stands, as the formats forbid to say a thing twice. */
typedef struct
{
  ChorusRecordingTime *time; /* nullable */
  char *make;                /* nullable, as the next two; valid UTF-8 */
  char *model;
  char *serial;
  double time_expansion; /* 0 where not said */
  gboolean has_position;
  double latitude;
  double longitude;
} ChorusRecorderFields;

void chorus_recorder_fields_clear (ChorusRecorderFields *self);
void chorus_recorder_fields_take_time (ChorusRecorderFields    *self,
                                       const ChorusWrittenTime *time,
                                       ChorusTimeSource         source);
void chorus_recorder_fields_take_text (char       **field,
                                       const char  *text,
                                       gssize       length);
void chorus_recorder_fields_take_time_expansion (ChorusRecorderFields *self,
                                                 double                expansion);
void chorus_recorder_fields_take_position (ChorusRecorderFields *self,
                                           double                latitude,
                                           double                longitude);

/* A finite number and nothing else. */
gboolean chorus_recorder_fields_parse_number (const char *text,
                                              gsize       length,
                                              double     *number);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusRecorderFields, chorus_recorder_fields_clear)

void chorus_guano_read (const guint8         *data,
                        gsize                 size,
                        ChorusRecorderFields *fields);
void chorus_wamd_read (const guint8         *data,
                       gsize                 size,
                       ChorusRecorderFields *fields);
void chorus_audiomoth_comment_read (const guint8         *data,
                                    gsize                 size,
                                    ChorusRecorderFields *fields);
void chorus_broadcast_chunk_read (const guint8         *data,
                                  gsize                 size,
                                  ChorusRecorderFields *fields);

/* Each makes the contents true for a part that begins @start seconds into the recording and is @duration seconds long,
 * and returns a reference to the same contents where there is nothing to change. */
GBytes *chorus_guano_move_time (GBytes *contents,
                                double  start,
                                double  duration);
GBytes *chorus_wamd_move_time (GBytes *contents,
                               double  start);
GBytes *chorus_audiomoth_comment_move_time (GBytes *contents,
                                            double  start);
GBytes *chorus_broadcast_chunk_move_time (GBytes *contents,
                                          double  start,
                                          double  sample_rate);

G_END_DECLS
