/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ChorusTimeSource:
 * @CHORUS_TIME_SOURCE_UNKNOWN: nobody has said
 * @CHORUS_TIME_SOURCE_METADATA: the recorder wrote it into the file; from before the four that follow were told apart
 * @CHORUS_TIME_SOURCE_GUANO: the recorder wrote it into the file, as GUANO
 * @CHORUS_TIME_SOURCE_WAMD: the recorder wrote it into the file, as Wildlife Acoustics metadata
 * @CHORUS_TIME_SOURCE_AUDIOMOTH: the recorder wrote it into the file, in the comment of an AudioMoth
 * @CHORUS_TIME_SOURCE_BEXT: the recorder wrote it into the file, as broadcast extension
 * @CHORUS_TIME_SOURCE_FILE_NAME: the recorder wrote it into the name of the file
 * @CHORUS_TIME_SOURCE_MODIFIED: a guess: when the file was last written
 * @CHORUS_TIME_SOURCE_SERVICE: the service said so
 * @CHORUS_TIME_SOURCE_PERSON: a person entered it
 *
 * Where the time of a recording comes from.
 */
typedef enum
{
  CHORUS_TIME_SOURCE_UNKNOWN,
  CHORUS_TIME_SOURCE_METADATA,
  CHORUS_TIME_SOURCE_GUANO,
  CHORUS_TIME_SOURCE_WAMD,
  CHORUS_TIME_SOURCE_AUDIOMOTH,
  CHORUS_TIME_SOURCE_BEXT,
  CHORUS_TIME_SOURCE_FILE_NAME,
  CHORUS_TIME_SOURCE_MODIFIED,
  CHORUS_TIME_SOURCE_SERVICE,
  CHORUS_TIME_SOURCE_PERSON,
} ChorusTimeSource;

#define CHORUS_TYPE_TIME_SOURCE (chorus_time_source_get_type ())

GType chorus_time_source_get_type (void);

/**
 * chorus_time_source_to_text:
 * @source: a source
 *
 * Returns: the word that stands for @source in the store, such as "file-name"
 */
const char *chorus_time_source_to_text (ChorusTimeSource source);

/**
 * chorus_time_source_from_text:
 * @text: (nullable): a word of [func@time_source_to_text]
 *
 * Returns: the source, or %CHORUS_TIME_SOURCE_UNKNOWN for any other text
 */
ChorusTimeSource chorus_time_source_from_text (const char *text);

/**
 * chorus_time_source_to_display:
 * @source: a source
 *
 * Returns: the words that stand for @source in a sentence or a row, in the language of the user, such as "the file name"
 */
const char *chorus_time_source_to_display (ChorusTimeSource source);

#define CHORUS_TYPE_RECORDING_TIME (chorus_recording_time_get_type ())

/**
 * ChorusRecordingTime:
 *
 * When a recording began, whether its time zone is known, and who said so. Immutable.
 *
 * Where the zone is not known, the time is what the clock of the recorder showed and is kept as if it were UTC; it must
 * never be shown or compared as an instant without saying so.
 */
typedef struct _ChorusRecordingTime ChorusRecordingTime;

GType chorus_recording_time_get_type (void);

/**
 * chorus_recording_time_new:
 * @time: the time; where the zone is not known, the clock of the recorder in UTC
 * @has_zone: whether the offset of @time from UTC is known
 * @source: where @time comes from
 *
 * Returns: (transfer full): a new recording time
 */
ChorusRecordingTime *chorus_recording_time_new (GDateTime        *time,
                                                gboolean          has_zone,
                                                ChorusTimeSource  source) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_time_new_from_file_name:
 * @name: the name of a file, without folders; any bytes
 *
 * Reads the time from the name of a file, as these recorders write it:
 *
 * - AudioMoth: `20250604_050000.WAV`, `20250604_050000T.WAV`, `24F3190361CBEE8A_20250604_050000.WAV`, and, in old
 *   firmware, the Unix time in hexadecimal digits: `5AFCD4F4.WAV`
 * - Wildlife Acoustics: `PREFIX_20250604_050000.wav`, `PREFIX_0+1_20250604$050000.wav`, with `_mmm` or `_uuuuuu`
 * - Frontier Labs: `20191125T000000+1000_REC_-27.38+152.87.flac`, `20191125T000000+1000_REC [-27.38 152.87].flac`,
 *   `S20240815T091156.982648+1000_E20240815T091251.967555+1000_-12.34567+78.98102.wav`, and, in old firmware,
 *   `201905 8T020000+1000_REC.flac`
 * - anything close to ISO 8601: `2025-06-04T05-00-00Z.wav`, `2025-06-04 05.00.00.wav`
 *
 * Returns: (transfer full) (nullable): the time, or %NULL when @name holds none
 */
ChorusRecordingTime *chorus_recording_time_new_from_file_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_time_new_from_modified:
 * @seconds: when a file was last written, in seconds since 1970 in UTC
 *
 * Returns: (transfer full) (nullable): the time in the zone of this computer, or %NULL when it is out of range
 */
ChorusRecordingTime *chorus_recording_time_new_from_modified (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_time_new_from_iso:
 * @text: (nullable): a time as [method@RecordingTime.to_iso] writes it
 * @source: where it comes from
 *
 * The zone counts as known when @text holds one.
 *
 * Returns: (transfer full) (nullable): the time, or %NULL when @text is not one
 */
ChorusRecordingTime *chorus_recording_time_new_from_iso (const char       *text,
                                                         ChorusTimeSource  source) G_GNUC_WARN_UNUSED_RESULT;

ChorusRecordingTime *chorus_recording_time_copy (const ChorusRecordingTime *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_time_free (ChorusRecordingTime *self);

/**
 * chorus_recording_time_get_time:
 * @self: a recording time
 *
 * Returns: (transfer none): the time
 */
GDateTime *chorus_recording_time_get_time (const ChorusRecordingTime *self);

/**
 * chorus_recording_time_get_has_zone:
 * @self: a recording time
 *
 * Returns: whether the offset from UTC is known
 */
gboolean chorus_recording_time_get_has_zone (const ChorusRecordingTime *self);

/**
 * chorus_recording_time_get_source:
 * @self: a recording time
 *
 * Returns: where the time comes from
 */
ChorusTimeSource chorus_recording_time_get_source (const ChorusRecordingTime *self);

/**
 * chorus_recording_time_is_guess:
 * @self: a recording time
 *
 * Returns: whether nobody wrote the time down, so that it should be shown as a guess
 */
gboolean chorus_recording_time_is_guess (const ChorusRecordingTime *self);

/**
 * chorus_recording_time_is_plausible:
 * @self: a recording time
 * @now: the present time
 *
 * A recorder whose clock was never set writes times of 1970 or 2000 or of the future. A time counts as plausible from
 * the year 2000 to @now, with a day to spare where the zone is not known, and five minutes where it is, because clocks
 * differ.
 *
 * Returns: whether @self can be true
 */
gboolean chorus_recording_time_is_plausible (const ChorusRecordingTime *self,
                                             GDateTime                 *now);

/**
 * chorus_recording_time_to_iso:
 * @self: a recording time
 *
 * Returns: (transfer full): ISO 8601 with an offset only where the zone is known and a fraction only where there is
 *   one, such as "2025-06-04T05:00:00+05:30"
 */
char *chorus_recording_time_to_iso (const ChorusRecordingTime *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_time_to_display:
 * @self: a recording time
 *
 * Returns: (transfer full): text for people, such as "4 Jun 2025 05:00 +05:30"; without an offset where the zone is
 *   not known
 */
char *chorus_recording_time_to_display (const ChorusRecordingTime *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRecordingTime, chorus_recording_time_free)

G_END_DECLS
